"""Teaches a codec: fewest bits for the least error, at every quality at once."""

import math
from collections.abc import Callable, Mapping
from typing import cast

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.engine.device import fast_precision
from aestudio.entropy.context import (
    CHANNELS,
    CLASSES,
    FLAG,
    FORETOLD,
    LONGEST,
    MEANS,
    ONE,
    QUALITIES,
    SCALES,
    STEP_ONE,
    VALUE_ONE,
    Ints,
    Quality,
    Scan,
    shapes,
)
from aestudio.models.networks.codec import (
    CELL,
    LEVELS,
    Compressed,
    PrincipalCodec,
    bits_for_error,
    context_model,
    principal_components,
    symbols_of,
)
from aestudio.progress import Progress
from aestudio.training.data.pool import PhotoPool
from aestudio.training.recipe import Recipe
from aestudio.training.teaching.objective import Objective, Picture, picture_of

CHEAPEST, DEAREST = 0.1, 3.0  # bits per pixel at the lowest and the highest quality, near enough to weigh them alike
BLOCKS = 200_000  # for the principal components
PATCH = 256  # pixels, of patches that are looked at after training
WHOLE = 512  # pixels, of photos that tables are counted on: as large as tiles
RATE = 4e-3  # of learning, while refining
REACH = (0.02, 40.0)  # expected magnitudes at which the second and the last kind of table begin
JPEG_TABLES = 620  # bytes of a JPEG that tell nothing of its photo
PRIOR = 30.0  # symbols that a guess counts for beside those that were counted

DrawLevels = Callable[[int, torch.Generator], Tensor]


class CompressObjective(Objective):
    """Photos and qualities; (N, 4, H, W) in, the fourth channel holding the level; photo and bits out."""

    channels = 4

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._qualities = int(recipe.arguments.get("qualities", QUALITIES))

    def prepare(self, net: nn.Module, pool: PhotoPool) -> None:
        """The linear path becomes the principal component transform of the photos' blocks."""
        net = cast(PrincipalCodec, net)
        generator = torch.Generator(pool.data.device).manual_seed(self._recipe.seed)
        patches = 0
        found = []
        wanted = min(BLOCKS, 4 * len(pool.data) // CHANNELS)
        while patches * (self._recipe.patch // CELL) ** 2 < wanted:
            clean = pool.patches(self._recipe.batch, self._recipe.patch, generator)
            blocks = F.pixel_unshuffle(clean - 0.5, CELL)
            found.append(blocks.permute(0, 2, 3, 1).reshape(-1, CHANNELS))
            patches += len(clean)
        net.components.copy_(principal_components(torch.cat(found)).to(net.components))

    def batch(self, pool: PhotoPool, step: int) -> tuple[Tensor, Tensor]:
        recipe = self._recipe
        generator = torch.Generator(pool.data.device).manual_seed(recipe.seed * 1_000_003 + step)
        return with_level(pool.patches(recipe.batch, recipe.patch, generator), self._levels(recipe.batch, generator))

    def _levels(self, count: int, generator: torch.Generator) -> Tensor:
        """Qualities spread evenly over the range, so that each batch is as dear as the next."""
        spread = torch.rand(count, generator=generator, device=generator.device) + torch.arange(
            count, device=generator.device
        )
        return spread / count * (self._qualities - 1)

    def loss(self, output: Compressed, x: Tensor, target: Tensor) -> Tensor:
        """Bits, and squared errors for what they are worth in bits; each quality counts alike."""
        share = target / (self._qualities - 1)
        pixels = x.shape[2] * x.shape[3]
        error = (output.photo.float() - x[:, :3]).mul(LEVELS).square().sum((1, 2, 3)) / pixels
        cost = output.bits / pixels + error * bits_for_error(target, self._qualities)
        return (cost / (CHEAPEST * (DEAREST / CHEAPEST) ** share)).mean()

    def validate(self, net: nn.Module, pool: PhotoPool) -> Mapping[str, float]:
        """PSNR less what its bits would have bought at 6 dB for each, over all qualities; beside both at three."""
        gains: list[float] = []
        rows: dict[str, list[float]] = {}
        for clean in pool.centres(PATCH):
            for level in range(0, self._qualities, 2):
                levels = torch.full((1,), float(level), device=clean.device)
                output = net(with_level(clean, levels)[0])
                error = float((output.photo.float().clamp(0, 1) - clean).square().mean())
                psnr, bpp = -10 * math.log10(max(error, 1e-9)), float(output.bits) / clean.shape[2] / clean.shape[3]
                gains.append(psnr - 6.02 * math.log2(max(bpp, 1e-3)) / 2)
                rows.setdefault(f"psnr_{level}", []).append(psnr)
                rows.setdefault(f"bpp_{level}", []).append(bpp)
        return {"gain": sum(gains) / len(gains), **{name: sum(values) / len(values) for name, values in rows.items()}}

    def picture(self, net: nn.Module, pool: PhotoPool, index: int) -> Picture:
        """A JPEG of as many bytes, the photo compressed at a middle quality, and as it was."""
        clean = pool.photo(index, PATCH)
        output = net(with_level(clean, torch.full((1,), float(self._qualities // 2), device=clean.device))[0])
        truth = picture_of(clean)
        return _as_jpeg(truth, float(output.bits.sum()) / 8), picture_of(output.photo), truth

    def finish(self, net: nn.Module, pool: PhotoPool, progress: Progress) -> None:
        """Refine the context model on whole symbols, write it in whole numbers, and count its tables."""
        net = cast(PrincipalCodec, net)
        generator = torch.Generator(pool.data.device).manual_seed(self._recipe.seed)
        steps, photos = self._recipe.refine_steps, self._recipe.count_photos
        total = steps + photos
        refine(net, pool, generator, steps, self._levels, lambda done: progress.step(done, total))
        write_weights(net)
        write_tables(net, pool, generator, photos, lambda done: progress.step(steps + done, total))


def _as_jpeg(rgb: Tensor, size: float) -> Tensor:
    """(3, h, w) uint8 as the best JPEG of at most `size` bytes beside its tables shows it; the coarsest if none is."""
    pixels = np.ascontiguousarray(rgb.permute(1, 2, 0).numpy()[..., ::-1])
    coded = [cv2.imencode(".jpg", pixels, (cv2.IMWRITE_JPEG_QUALITY, quality))[1] for quality in range(2, 97, 2)]
    fitting = [each for each in coded if len(each) <= size + JPEG_TABLES]
    shown = np.asarray(cv2.imdecode(max(fitting, key=len) if fitting else coded[0], cv2.IMREAD_COLOR))
    return torch.from_numpy(np.ascontiguousarray(shown[..., ::-1])).permute(2, 0, 1)


def with_level(clean: Tensor, levels: Tensor) -> tuple[Tensor, Tensor]:
    """Photos with their qualities' levels in a fourth channel, and the levels."""
    plane = levels.view(-1, 1, 1, 1).expand(-1, 1, *clean.shape[2:])
    return torch.cat((clean, plane), dim=1), levels


def refine(
    net: PrincipalCodec,
    pool: PhotoPool,
    generator: torch.Generator,
    steps: int,
    draw_levels: DrawLevels,
    on_step: Callable[[int], object] = lambda done: None,
) -> None:
    """Teach the rate model alone, on symbols that are rounded as they will be."""
    device = pool.data.device
    fast = fast_precision(device) != torch.float32
    side = min(PATCH, pool.smallest) // 16 * 16
    optimizer = torch.optim.Adam(net.rate.parameters(), lr=RATE)
    for step in range(steps):
        on_step(step)
        for group in optimizer.param_groups:
            group["lr"] = RATE * (1 - step / steps) + RATE / 40
        levels = draw_levels(8, generator)
        clean = pool.patches(8, side, generator)
        with torch.no_grad(), torch.autocast(device.type, torch.bfloat16, enabled=fast):
            width = net.steps(levels)
            y = net.analyse(clean, levels)
            symbols = net.chosen(y, width, levels)
        bits = net.rate(symbols * width, width, levels, torch.zeros_like(symbols), symbols)
        share = levels / (net.qualities - 1)
        loss = (bits.mean((1, 2, 3)) / (CHEAPEST * (DEAREST / CHEAPEST) ** share)).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def write_weights(net: PrincipalCodec) -> None:
    """The context model's weights, steps and thresholds as whole numbers, into the network's buffers."""
    rate = net.rate
    around = (rate.earlier[None, :, :, None] * F.softplus(rate.around)).flatten(2)
    values = F.pad(rate.values, (0, 0, MEANS, CHANNELS - FORETOLD))
    spread, mean_bias = F.softplus(rate.mean_spread), F.softplus(rate.mean_bias)
    limits = torch.from_numpy(np.geomspace(*REACH, SCALES - 1))
    parts = {
        "around": around * ONE,
        "own": F.softplus(rate.own) * ONE,
        "bias": F.softplus(rate.bias) * ONE,
        "mean_spread": torch.cat((spread[:-1], spread[-2:-1])) * ONE,  # coarse places are too few to learn from
        "mean_bias": torch.cat((mean_bias[:-1], mean_bias[-2:-1])) * ONE,
        "values": values * VALUE_ONE,
        "thresholds": limits * ONE,
        "steps": net.log_steps.exp() * STEP_ONE,
    }
    for name, part in parts.items():
        net.get_buffer(f"context_{name}").copy_(part.detach().round().int())


def write_tables(
    net: PrincipalCodec,
    pool: PhotoPool,
    generator: torch.Generator,
    photos: int,
    on_photo: Callable[[int], object] = lambda done: None,
) -> None:
    """Count how often each magnitude comes in each kind of place, on whole photos at random qualities."""
    counts = np.zeros(shapes(net.qualities)["tables"], np.int64)
    lengths = np.zeros(shapes(net.qualities)["lengths"], np.int64)

    def count(tables: NDArray[np.uint8], symbols: Ints | None) -> Ints:
        assert symbols is not None
        if len(tables) and tables[0] == FLAG:  # two words of equal weight: nothing to count
            return symbols
        size = np.abs(symbols)
        np.add.at(counts, (tables, np.minimum(size, LONGEST)), 1)
        for beyond in (size[size >= LONGEST] - LONGEST).tolist():
            lengths[int(beyond).bit_length()] += 1
        return symbols

    model = context_model(net)
    chosen = torch.multinomial(pool.weights, photos, replacement=True, generator=generator).tolist()
    parts = Quality.PARTS * (net.qualities - 1) + 1
    for done, index in enumerate(chosen):
        on_photo(done)
        number = int(torch.randint(parts, (), generator=generator, device=generator.device))
        quality = Quality.of(number, net.qualities)
        symbols = symbols_of(net, model, pool.photo(index, WHOLE), quality)
        Scan(model, quality, *symbols.shape[1:]).code(count, symbols)
    net.get_buffer("context_tables").copy_(torch.from_numpy(smoothed(counts)))
    rare = 1 + 1000 * lengths // max(1, int(lengths.max()))
    net.get_buffer("context_lengths").copy_(torch.from_numpy(rare.astype(np.int32)))


def smoothed(counts: NDArray[np.int64]) -> Ints:
    """Counts with some of Laplace's distribution mixed in, so that nothing is taken for impossible."""
    limits = np.geomspace(*REACH, SCALES - 1)
    scales = np.sqrt(np.append(limits[0] / 2, limits) * np.append(limits, limits[-1] * 2))
    size = np.arange(LONGEST + 1)
    guess = np.exp(-np.maximum(size - 0.5, 0) / scales[:, None]) + 1e-6
    guess[:, 0] = 1 / (1 + np.exp(-0.5 / scales))  # within half a step of zero
    guess /= guess.sum(1, keepdims=True)
    mixed = counts + PRIOR * np.tile(guess, (CLASSES, 1))
    weights: Ints = (mixed / mixed.sum(1, keepdims=True) * 2**22).round().astype(np.int32)
    return weights
