"""Training learns, stops when asked, and goes on as if it had never stopped."""

import dataclasses
import json
from pathlib import Path

import platformdirs
import pytest
import torch

from aestudio.errors import Cancelled, ImageError, SettingsError, TrainingDataError
from aestudio.models.loader import load_model
from aestudio.models.networks.codec import PrincipalCodec
from aestudio.progress import Progress, Step
from aestudio.training.checkpoint import identity
from aestudio.training.export import export
from aestudio.training.growth import take_over
from aestudio.training.recipe import Recipe, read_recipe
from aestudio.training.schedule import learning_rate
from aestudio.training.trainer import TrainingReport, fit


def train(recipe: Recipe, photo_dir: Path, run_dir: Path, progress: Progress | None = None) -> TrainingReport:
    return fit("denoise", recipe, photo_dir, run_dir, progress or Progress(), device="cpu")


def test_training_makes_photos_cleaner(recipe: Recipe, photo_dir: Path, tmp_path: Path) -> None:
    wider = dataclasses.replace(recipe, arguments={"channels": (16, 16, 16), "blocks": (1, 1, 1, 1, 1)}, batch=4)
    untrained = train(dataclasses.replace(wider, steps=1, learning_rate=0.0), photo_dir, tmp_path / "none")
    report = train(
        dataclasses.replace(wider, steps=300, validate_every=300, ema=0.5, learning_rate=5e-3),
        photo_dir,
        tmp_path / "run",
    )
    assert report.steps == 300
    assert report.scores["psnr_white"] > untrained.scores["psnr_white"] + 2


@pytest.mark.parametrize("optimizer", ["adamw", "muon"])
def test_a_stopped_run_goes_on_to_the_same_state(
    recipe: Recipe, photo_dir: Path, tmp_path: Path, optimizer: str
) -> None:
    recipe = dataclasses.replace(recipe, steps=60, validate_every=20, optimizer=optimizer)
    whole = train(recipe, photo_dir, tmp_path / "whole")

    progress = Progress(lambda step: progress.cancel() if step.done >= 20 else None)
    with pytest.raises(Cancelled):
        train(recipe, photo_dir, tmp_path / "halves", progress)
    steps: list[Step] = []
    halves = train(recipe, photo_dir, tmp_path / "halves", Progress(steps.append))

    assert steps[0].done > 20
    for name, value in whole.net.state_dict().items():
        assert torch.equal(value, halves.net.state_dict()[name]), name
    assert [h["psnr"] for h in whole.history] == [h["psnr"] for h in halves.history]


def test_a_time_limit_ends_the_schedule(recipe: Recipe, photo_dir: Path, tmp_path: Path) -> None:
    report = train(dataclasses.replace(recipe, steps=100_000, hours=1 / 3600), photo_dir, tmp_path / "run")
    assert 0 < report.steps < 100_000


def test_a_recipe_goes_on_from_the_weights_of_another(
    recipe: Recipe, photo_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platformdirs, "user_data_path", lambda *_, **__: tmp_path / "aestudio")
    first = train(recipe, photo_dir, tmp_path / "first")
    export(first, "denoise", recipe, tmp_path / "aestudio" / "models")
    onward = dataclasses.replace(recipe, name="tiny-2", start="tiny", learning_rate=0.0, steps=2, weight_decay=0.0)
    second = train(onward, photo_dir, tmp_path / "second")
    for name, value in second.net.state_dict().items():
        assert torch.equal(value, first.net.state_dict()[name]), name
    card = load_model(export(second, "denoise", onward, tmp_path / "aestudio" / "models"), torch.device("cpu")).card
    assert card.start is not None
    assert (card.start.name, card.start.steps, card.steps) == ("tiny", recipe.steps, 2)


def test_a_damaged_checkpoint_is_refused(recipe: Recipe, photo_dir: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    run.mkdir()
    (run / "last.ckpt").write_bytes(b"damaged")
    with pytest.raises(TrainingDataError, match=r"last\.ckpt is damaged"):
        train(recipe, photo_dir, run)


def test_a_checkpoint_of_another_recipe_is_refused(recipe: Recipe, photo_dir: Path, tmp_path: Path) -> None:
    train(recipe, photo_dir, tmp_path / "run")
    with pytest.raises(TrainingDataError, match="another recipe"):
        train(dataclasses.replace(recipe, learning_rate=0.1), photo_dir, tmp_path / "run")


def test_a_run_is_known_by_what_is_not_as_usual(recipe: Recipe) -> None:
    known = identity(recipe)
    assert "optimizer" not in known
    assert identity(dataclasses.replace(recipe, hours=3.0)) == known
    mixture = dataclasses.replace(recipe.mixture, flat=0.123)
    others = (
        dataclasses.replace(recipe, optimizer="muon"),
        dataclasses.replace(recipe, steps=recipe.steps + 1),
        dataclasses.replace(recipe, mixture=mixture),
        dataclasses.replace(recipe, folders={}),
    )
    assert len({known, *map(identity, others)}) == 5


def test_an_unknown_network_is_refused(recipe: Recipe, photo_dir: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no network “nonsense”"):
        train(dataclasses.replace(recipe, architecture="nonsense"), photo_dir, tmp_path / "run")


def test_exported_weights_load_and_do_the_same(recipe: Recipe, photo_dir: Path, tmp_path: Path) -> None:
    report = train(recipe, photo_dir, tmp_path / "run")
    card = export(report, "denoise", recipe, tmp_path / "models")
    model = load_model(card, torch.device("cpu"))
    x = torch.rand(1, 4, 16, 16, generator=torch.Generator().manual_seed(0))
    assert torch.equal(model.net(x), report.net(x))
    assert model.card.steps == recipe.steps
    assert model.card.training_folders == ["one"]
    assert model.card.kmac_per_pixel > 0
    assert json.loads(card.read_text(encoding="utf-8"))["name"] == "tiny"
    with pytest.raises(ImageError, match="tiny"):
        export(report, "denoise", recipe, tmp_path / "models")


def test_the_learning_rate_warms_up_and_falls(recipe: Recipe) -> None:
    rates = [learning_rate(recipe, done / 100) for done in range(101)]
    assert max(rates) == pytest.approx(recipe.learning_rate, rel=0.01)
    assert rates.index(max(rates)) == round(recipe.warmup * 100)
    assert rates[-1] == pytest.approx(recipe.learning_rate / 1000)


RECIPE = """
name = "one"
version = "1"
architecture = "denoising-unet"
steps = 5
[arguments]
channels = [4, 8, 8]
[folders]
photos = 1.0
[mixture]
white = 1.0
"""


def test_a_recipe_is_read(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(RECIPE, encoding="utf-8")
    recipe = read_recipe(path)
    assert (recipe.name, recipe.steps, recipe.mixture.white) == ("one", 5, 1.0)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("steps = 5", "stepps = 5"), "unknown keys: stepps"),
        (("steps = 5", 'steps = 5\nleft_out = "one/a.jpg"'), "left_out is no list"),
        (("white = 1.0", "pink = 1.0"), "unknown keys: pink"),
        (("steps = 5", ""), "incomplete"),
        (("steps = 5", "steps = 5\nloss = 'l3'"), "write one of “l1”, “mse”"),
        (("steps = 5", "steps = 5\noptimizer = 'sgd'"), "write one of “adamw”, “muon”"),
        (("steps = 5", "steps = 5\npatch = 50"), "multiple of 16"),
        (("steps = 5", "steps ="), "cannot be read"),
    ],
)
def test_a_wrong_recipe_is_refused_by_name(tmp_path: Path, change: tuple[str, str], sentence: str) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(RECIPE.replace(*change), encoding="utf-8")
    with pytest.raises(SettingsError, match=sentence) as caught:
        read_recipe(path)
    assert str(path) in str(caught.value)


def test_a_wider_network_begins_where_a_narrower_one_ended() -> None:
    arguments = {"encoder_blocks": 1, "decoder_blocks": 1, "filters": 8}
    torch.manual_seed(1)
    narrow, wide = PrincipalCodec(8, **arguments).eval(), PrincipalCodec(12, **arguments).eval()
    with torch.no_grad():
        for weights in narrow.parameters():
            weights.add_(torch.randn_like(weights), alpha=0.02)
    take_over(wide, narrow.state_dict(), "narrow")
    x = torch.rand(1, 4, 32, 32)
    x[:, 3] = 3.3
    with torch.inference_mode():
        before, after = narrow(x), wide(x)
    torch.testing.assert_close(after.photo, before.photo)
    torch.testing.assert_close(after.bits, before.bits)
    for name, weights in narrow.state_dict().items():
        corner = tuple(slice(0, size) for size in weights.shape)
        assert torch.equal(wide.state_dict()[name][corner], weights), name


def test_a_narrower_network_cannot_go_on_from_a_wider_one() -> None:
    wide = PrincipalCodec(12, encoder_blocks=1, decoder_blocks=1, filters=8)
    narrow = PrincipalCodec(8, encoder_blocks=1, decoder_blocks=1, filters=8)
    with pytest.raises(SettingsError, match=r"go on from the model “wide”.*wider ones"):
        take_over(narrow, wide.state_dict(), "wide")
