from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from aestudio.codec.codec import TILE, Codec
from aestudio.engine.device import Device
from aestudio.entropy.coder import TileEncoder
from aestudio.entropy.context import LARGEST, Quality, Scan
from aestudio.entropy.tables import Tables
from aestudio.errors import Cancelled
from aestudio.images.io import read_photo
from aestudio.models.loader import LoadedModel, load_model
from aestudio.models.networks.codec import PrincipalCodec, context_model, principal_components, symbols_of
from aestudio.models.networks.latent_rate import laplace_bits
from aestudio.progress import Progress
from aestudio.training.data.pool import pool_of
from aestudio.training.events import FINISHING, Event, Working
from aestudio.training.export import export
from aestudio.training.recipe import Recipe
from aestudio.training.teaching.compress import CompressObjective, smoothed
from aestudio.training.trainer import fit


@pytest.fixture(scope="module")
def codec_recipe(recipe: Recipe) -> Recipe:
    """A very small codec."""
    return replace(
        recipe,
        architecture="principal-codec",
        arguments={
            "channels": 8,
            "encoder_blocks": 1,
            "decoder_blocks": 1,
            "filters": 4,
            "qualities": 3,
            "adaptation": 60,
        },
        steps=4,
        refine_steps=3,
        count_photos=4,
    )


@pytest.fixture(scope="module")
def trained(codec_recipe: Recipe, shared_photo_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> LoadedModel:
    """The small codec, trained for a moment."""
    tmp_path = tmp_path_factory.mktemp("codec")
    report = fit("compress", codec_recipe, shared_photo_dir, tmp_path / "run", Progress(), "cpu")
    card = export(report, "compress", codec_recipe, tmp_path / "models")
    return load_model(card, torch.device("cpu"))


def test_what_is_trained_codes_photos(trained: LoadedModel, shared_photo_dir: Path) -> None:
    assert isinstance(trained.net, PrincipalCodec)
    model = context_model(trained.net)
    assert model.is_sound()
    assert model.tables.sum(axis=1).min() > 0
    codec = Codec(trained, Device(torch.device("cpu"), torch.float32, ""))
    pixels = read_photo(shared_photo_dir / "one" / "2.png").pixels
    coded = codec.encode(pixels, codec.finest, Progress())
    back = codec.decode(coded.tiles, pixels.shape[0], pixels.shape[1], TILE, coded.quality, Progress())
    assert back.digest == coded.digest
    assert np.abs(back.pixels.astype(int) - pixels).mean() < 4


def test_what_the_rate_model_foretells_is_what_the_coder_needs(trained: LoadedModel, shared_photo_dir: Path) -> None:
    """The network's own count of bits, in real numbers, against real bytes of whole ones.

    With tables that follow Laplace's distribution, as the network believes: those that were counted know better.
    """
    net = trained.net
    assert isinstance(net, PrincipalCodec)
    model = context_model(net)
    model = replace(model, tables=smoothed(np.zeros(model.tables.shape, np.int64)), adaptation=0)
    pixels = (
        torch.from_numpy(read_photo(shared_photo_dir / "one" / "1.png").pixels).permute(2, 0, 1)[None].float() / 255
    )
    number = Quality.PARTS
    quality = Quality.of(number, net.qualities)
    symbols = symbols_of(net, model, pixels, quality)
    level = torch.tensor([quality.level])
    step = net.steps(level)
    y = torch.from_numpy(symbols)[None] * step
    foretold = float(net.rate(y, step, level, torch.zeros_like(y), y / step).sum())
    encoder = TileEncoder(Tables(model))
    Scan(model, quality, *symbols.shape[1:]).code(encoder.exchange, symbols)
    assert len(encoder.bytes()) * 8 == pytest.approx(foretold, rel=0.05)


def test_training_begins_as_the_principal_component_transform(codec_recipe: Recipe) -> None:
    rng = np.random.default_rng(0)
    data = torch.from_numpy(np.kron(rng.integers(0, 256, (10, 10, 3), dtype=np.uint8), np.ones((8, 8, 1), np.uint8)))
    pool = pool_of([(data.numpy(), 1.0)])
    net = PrincipalCodec(**codec_recipe.arguments)
    CompressObjective(codec_recipe).prepare(net, pool)
    rows = net.components
    assert torch.allclose(rows @ rows.T, torch.eye(len(rows)), atol=1e-4)
    x = pool.photo(0, 80)
    level = torch.tensor([1.0])
    assert torch.allclose(net.synthesise(net.analyse(x, level), level), x, atol=1e-4)


def test_the_mean_colours_come_first() -> None:
    blocks = torch.randn(500, 192) + 9 * torch.randn(500, 3).repeat_interleave(64, dim=1)
    rows = principal_components(blocks)
    flat = rows.view(192, 3, 64).mean(2).norm(dim=1) * 8
    assert flat[:3].min() > 0.9
    assert flat[3:].max() < 0.5


def test_bits_are_those_of_the_distribution() -> None:
    """All the chances together are one, and bits are their logarithms."""
    sizes = torch.arange(-400.0, 401.0)
    for scale in (0.02, 0.3, 2.0, 30.0):
        chances = 2 ** -laplace_bits(sizes, torch.tensor(scale))
        assert float(chances.sum()) == pytest.approx(1, abs=2e-3)


def test_sums_stay_where_float32_is_exact(trained: LoadedModel) -> None:
    assert isinstance(trained.net, PrincipalCodec)
    model = context_model(trained.net)
    wild = np.full_like(model.around, 2000)
    assert not replace(model, around=wild).is_sound()
    assert float(model.bias.max()) < LARGEST


def test_settling_what_was_learnt_can_be_stopped_and_gone_on_with(
    codec_recipe: Recipe, shared_photo_dir: Path, tmp_path: Path
) -> None:
    progress = Progress()
    told: list[Event] = []

    def on_event(event: Event) -> None:
        told.append(event)
        if isinstance(event, Working):
            progress.cancel()

    with pytest.raises(Cancelled):
        fit("compress", codec_recipe, shared_photo_dir, tmp_path, progress, "cpu", on_event)
    assert [event.phase for event in told if isinstance(event, Working)] == [FINISHING]
    report = fit("compress", codec_recipe, shared_photo_dir, tmp_path, Progress(), "cpu")
    assert report.steps == codec_recipe.steps
