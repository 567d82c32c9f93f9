"""Teaches a network to paint what is hidden: photos with holes of many shapes, and what was in them."""

from collections.abc import Mapping

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from aestudio.errors import SettingsError
from aestudio.training.data.pool import PhotoPool
from aestudio.training.recipe import Recipe
from aestudio.training.teaching.losses import decibels
from aestudio.training.teaching.objective import Objective, Picture, picture_of, seeded
from aestudio.training.teaching.stamps import HEIGHT, draw_stamps

SIDE = 320  # pixels of the planes that holes are drawn on: patches are cut out of them
BANK = 600
SHARES = (0.01, 0.05, 0.15)  # of the photo that is hidden, in validation


class InpaintObjective(Objective):
    """Photos with holes; (N, 4, H, W) in, (N, 3, H, W) out."""

    channels = 4

    def __init__(self, recipe: Recipe) -> None:
        if recipe.patch > SIDE:
            raise SettingsError(
                "Patches of {patch} pixels are too large for “inpaint”. Please choose {most} or less.",
                patch=recipe.patch,
                most=SIDE,
            )
        self._recipe = recipe
        self._bank: Tensor | None = None

    def batch(self, pool: PhotoPool, step: int) -> tuple[Tensor, Tensor]:
        recipe, device = self._recipe, pool.data.device
        if self._bank is None:
            self._bank = draw_holes(BANK, recipe.seed).to(device)
        generator = torch.Generator(device).manual_seed(recipe.seed * 1_000_003 + step)
        clean = pool.patches(recipe.batch, recipe.patch, generator, upright=recipe.upright)
        hole = cut_holes(self._bank, recipe.batch, recipe.patch, generator)
        return torch.cat((clean * (1 - hole), hole), dim=1), clean

    def loss(self, output: Tensor, x: Tensor, target: Tensor) -> Tensor:
        """The absolute error in the holes, and that of its differences: edges count twice."""
        hole = x[:, 3:]
        error = (output.float() - target) * hole
        share = hole.sum().clamp(min=1) * 3
        steps = sum((error.diff(dim=dim)).abs().sum() for dim in (-1, -2))
        return error.abs().sum() / share + 0.25 * steps / share

    def validate(self, net: nn.Module, pool: PhotoPool) -> Mapping[str, float]:
        """PSNR in the holes for small, middle and large shares, beside what OpenCV's inpainters reach."""
        scores: dict[str, list[float]] = {}
        for clean in pool.centres(256):
            for share in SHARES:
                hole = holes_of(share, clean.shape[2], _number(clean))
                mask, painted = _painted(net, clean, hole)
                scores.setdefault(f"psnr_{share:g}", []).append(decibels(painted, clean, mask))
                levels = np.ascontiguousarray((clean[0].permute(1, 2, 0).cpu().numpy() * 255).round().astype(np.uint8))
                best = max(
                    decibels(
                        torch.from_numpy(cv2.inpaint(levels, hole, 3, flag)).permute(2, 0, 1)[None].to(clean) / 255,
                        clean,
                        mask,
                    )
                    for flag in (cv2.INPAINT_TELEA, cv2.INPAINT_NS)
                )
                scores.setdefault(f"opencv_{share:g}", []).append(best)
        means = {name: sum(values) / len(values) for name, values in scores.items()}
        gain = sum(means[f"psnr_{share:g}"] - means[f"opencv_{share:g}"] for share in SHARES) / len(SHARES)
        return {"gain": gain, **means}

    def picture(self, net: nn.Module, pool: PhotoPool, index: int) -> Picture:
        """The photo with grey holes, painted, and as it was."""
        side = min(256, int(pool.sizes[index].min()))
        clean = pool.photo(index, side)
        mask, painted = _painted(net, clean, holes_of(SHARES[1], clean.shape[2], _number(clean)))
        whole = clean * (1 - mask) + painted * mask
        return picture_of(clean * (1 - mask) + 0.5 * mask), picture_of(whole), picture_of(clean)


def _number(clean: Tensor) -> int:
    """What the same photo always has, for its holes."""
    return seeded(clean).initial_seed()


def _painted(net: nn.Module, clean: Tensor, hole: NDArray[np.uint8]) -> tuple[Tensor, Tensor]:
    """The mask (1, 1, H, W) of a hole, and the photo as the network paints it."""
    mask = torch.from_numpy(hole)[None, None].float().to(clean.device)
    return mask, net(torch.cat((clean * (1 - mask), mask), dim=1)).float().clamp(0, 1)


def draw_holes(count: int, seed: int) -> Tensor:
    """(count, SIDE, SIDE) uint8, 1 in holes: strokes, spots, scratches, boxes and letters."""
    rng = np.random.default_rng(seed)
    letters = draw_stamps(60, seed).cover.numpy()
    planes = []
    for _ in range(count):
        plane = np.zeros((SIDE, SIDE), np.uint8)
        wanted = 0.005 * (0.3 / 0.005) ** rng.random()
        while plane.mean() < wanted:
            _HOLES[int(rng.integers(len(_HOLES)))](plane, rng)
            if rng.random() < 0.25:
                _letters(plane, letters[int(rng.integers(len(letters)))], rng)
        planes.append(torch.from_numpy(plane))
    return torch.stack(planes)


def holes_of(share: float, side: int, seed: int) -> NDArray[np.uint8]:
    """Holes that hide about that share of a square, the same for the same seed."""
    rng = np.random.default_rng(1000 + seed)
    plane = np.zeros((SIDE, SIDE), np.uint8)
    while plane[:side, :side].mean() < share:
        _HOLES[int(rng.integers(len(_HOLES)))](plane, rng)
    return np.ascontiguousarray(plane[:side, :side])


def cut_holes(bank: Tensor, count: int, side: int, generator: torch.Generator) -> Tensor:
    """(count, 1, side, side): parts of planes of the bank, some of them mirrored."""
    device = bank.device
    chosen = torch.randint(len(bank), (count,), generator=generator, device=device)
    corner = torch.randint(SIDE - side + 1, (2,), generator=generator, device=device).tolist()
    holes = bank[chosen, corner[0] : corner[0] + side, corner[1] : corner[1] + side][:, None].float()
    flip = torch.rand(count, 1, 1, 1, generator=generator, device=device) < 0.5
    holes = torch.where(flip, holes.flip(3), holes)
    empty = holes.flatten(1).sum(1) == 0
    holes[:, :, side // 3 : side // 2, side // 3 : side // 2].masked_fill_(empty.view(-1, 1, 1, 1), 1)
    return holes


def _stroke(plane: NDArray[np.uint8], rng: np.random.Generator) -> None:
    points = rng.integers(0, SIDE, 2) + np.cumsum(rng.normal(0, 22, (int(rng.integers(2, 9)), 2)), axis=0)
    cv2.polylines(plane, [points.astype(np.int32)], False, 1, int(rng.integers(2, 26)), cv2.LINE_8)


def _spot(plane: NDArray[np.uint8], rng: np.random.Generator) -> None:
    axes = tuple(int(v) for v in rng.integers(1, 26, 2))
    middle = tuple(int(v) for v in rng.integers(0, SIDE, 2))
    cv2.ellipse(plane, middle, axes, float(rng.uniform(0, 180)), 0, 360, 1, -1, cv2.LINE_8)


def _scratch(plane: NDArray[np.uint8], rng: np.random.Generator) -> None:
    ends = rng.integers(0, SIDE, 4).tolist()
    cv2.line(plane, (ends[0], ends[1]), (ends[2], ends[3]), 1, int(rng.integers(1, 4)), cv2.LINE_8)


def _rectangle(plane: NDArray[np.uint8], rng: np.random.Generator) -> None:
    x, y = rng.integers(0, SIDE, 2)
    width, height = rng.integers(6, 60, 2)
    plane[y : y + height, x : x + width] = 1


def _letters(plane: NDArray[np.uint8], cover: NDArray[np.uint8], rng: np.random.Generator) -> None:
    scale = float(rng.uniform(24, 77)) / HEIGHT
    small = cv2.resize(cover, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    y, x = int(rng.integers(-10, SIDE - 20)), int(rng.integers(-40, SIDE - 60))
    part = plane[max(y, 0) : y + small.shape[0], max(x, 0) : x + small.shape[1]]
    part |= (small[max(-y, 0) :, max(-x, 0) :][: part.shape[0], : part.shape[1]] > 60).astype(np.uint8)


_HOLES = (_stroke, _spot, _scratch, _rectangle)
