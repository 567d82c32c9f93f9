"""Twenty cases for each tool: what it is given, and the truth."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
import torch
from camera_noise import ENLARGE, take_picture
from colorize import coloured, random_hints
from denoise import jpeg
from drawn_marks import Case as Marked
from drawn_marks import draw_case
from inpaint import RADIUS, random_mask
from numpy.typing import NDArray
from PIL import Image
from results_photos import U8, Rgb, Scene, Size, densest, in_turn, levels, moved, part, widened
from unwatermark import decibels

from aestudio.codec.rivals import RIVALS, at_size
from aestudio.explore.index import look_at
from aestudio.images.lab import rgb_to_lab
from aestudio.images.photo import LUMA, Box
from aestudio.images.tensors import to_tensor
from aestudio.progress import Progress

TILE: Size = (180, 270)  # pixels of a photo that are shown: twenty rows of noise do not fit into a sheet with more
CASES = 20
WORKING_SIDE = 960  # pixels: photos of twice that size lose the traces of their noise and of their JPEG files
MARKED_SIDE = 768  # as the benchmark's photos: marks are as large as there
COMPRESSED_SIDE = 1280  # a search for a file's size takes long

Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Case:
    """One thing to be restored."""

    photo: str
    damage: str
    given: Arrays  # for the tool: "pixels", and whatever else it is told
    truth: NDArray[Any]
    beside: Arrays  # what the tool must be better than: what was given as it is, or what a simpler way makes of it
    seen: U8  # what the picture shows first
    view: Box | None  # the part that is shown; None: where a tool changed most
    facts: dict[str, Any] = field(default_factory=dict)  # for the table


# Denoise

Damage = Callable[[Scene, int], tuple[U8, U8]]  # a photo and a seed -> noisy and clean


def _camera(iso: int, quality: int | None = None) -> Damage:
    def damage(scene: Scene, seed: int) -> tuple[U8, U8]:
        # the camera enlarges what it takes
        rgb = scene.reduced(round(WORKING_SIDE / ENLARGE))
        shot = take_picture(rgb, iso, np.random.default_rng(iso + seed))
        return (jpeg(shot, quality) if quality else shot.noisy), shot.clean

    return damage


def _white(sigma: float) -> Damage:
    def damage(scene: Scene, seed: int) -> tuple[U8, U8]:
        rgb = scene.reduced(WORKING_SIDE)
        noise = np.random.default_rng(seed).standard_normal(rgb.shape, dtype=np.float32)
        return levels(rgb + noise * np.float32(sigma / 255)), levels(rgb)

    return damage


def _film(scene: Scene, seed: int) -> tuple[U8, U8]:
    """Grain in clumps of several sizes, strongest in the middle tones, nearly the same in all three layers."""
    rgb = scene.reduced(WORKING_SIDE)
    rng = np.random.default_rng(seed)
    grain = np.zeros_like(rgb)
    for size, share in ((0.8, 0.6), (1.6, 0.7), (3.2, 0.4)):  # a standard deviation in pixels, and of how much
        noise = rng.standard_normal((*rgb.shape[:2], 4), dtype=np.float32)
        clumps = cv2.GaussianBlur(noise, (0, 0), size)
        clumps = clumps[..., :1] + 0.4 * clumps[..., 1:]  # what all layers share, and what each has for itself
        grain += np.float32(share) * clumps / clumps.std()
    light = (rgb @ LUMA)[..., None]
    strength = np.float32(15 / 255) * np.sqrt(np.maximum(4 * light * (1 - light), 0.1))
    return levels(rgb + strength * grain / grain.std()), levels(rgb)


NOISES: tuple[tuple[str, Damage], ...] = (
    ("ISO 6400", _camera(6400)),
    ("white noise, sigma 25", _white(25)),
    ("ISO 25600, JPEG 92", _camera(25600, 92)),
    ("ISO 25600", _camera(25600)),
    ("ISO 6400, JPEG 92", _camera(6400, 92)),
    ("ISO 1600", _camera(1600)),
    ("film grain", _film),
    ("white noise, sigma 50", _white(50)),
    ("ISO 25600, JPEG 92", _camera(25600, 92)),
    ("ISO 1600, JPEG 92", _camera(1600, 92)),
    ("ISO 6400", _camera(6400)),
    ("white noise, sigma 50", _white(50)),
    ("white noise, sigma 15", _white(15)),
    ("ISO 25600", _camera(25600)),
    ("ISO 1600, JPEG 92", _camera(1600, 92)),
    ("little noise: white, sigma 5", _white(5)),
    ("ISO 6400, JPEG 92", _camera(6400, 92)),
    ("white noise, sigma 15", _white(15)),
    ("white noise, sigma 25", _white(25)),
    ("ISO 1600", _camera(1600)),
)


def noisy(scenes: Sequence[Scene]) -> list[Case]:
    """Whole photos of WORKING_SIDE with noise, of which a part is shown."""
    cases = []
    for number, ((scene, kind), (name, damage)) in enumerate(zip(in_turn(scenes, CASES), NOISES, strict=True)):
        given, clean = damage(scene, number)
        view = part(clean.astype(np.float32) / np.float32(255), kind, TILE)
        pixels = {"pixels": given}
        cases.append(Case(scene.name, name, pixels, clean, pixels, given, view, {"shows": kind}))
    return cases


# Colorize

HINTS = 10
_RADIUS, _RING = 11, 4  # pixels of a hint's mark, of a picture of WORKING_SIDE


def grey(scenes: Sequence[Scene]) -> list[Case]:
    """Photos without their colours: half of the cases without hints, the other half with true ones."""
    cases = []
    for number in range(CASES):
        count = 0 if number < CASES // 2 else HINTS
        # the second half counts from the last photo on: so most are shown once
        scene = scenes[(CASES // 2 - 1 - number if count else number) % len(scenes)]
        clean = scene.reduced(WORKING_SIDE)
        lab = rgb_to_lab(to_tensor(clean))
        pixels = coloured(lab[:, :1], torch.zeros_like(lab[:, 1:]))
        hints = random_hints(lab, count, np.random.default_rng(1000 * count + number))
        seen = levels(pixels).copy()
        for hint in hints:
            at = int(hint.x * seen.shape[1]), int(hint.y * seen.shape[0])
            colour = tuple(int(level) for level in levels(clean)[at[1], at[0]])
            cv2.circle(seen, at, _RADIUS + _RING, (255, 255, 255), -1, cv2.LINE_AA)
            cv2.circle(seen, at, _RADIUS, colour, -1, cv2.LINE_AA)
        told = np.array([(hint.x, hint.y, hint.a, hint.b) for hint in hints], np.float64).reshape(-1, 4)
        damage = f"{count} hints" if count else "no hints"
        given: Arrays = {"pixels": pixels, "hints": told}
        cases.append(Case(scene.name, damage, given, clean, {"pixels": pixels}, seen, _whole(seen)))
    return cases


# Remove watermarks

MARKS = {"word": (0, 4), "date": (1,), "logo": (2,), "tiled": (3, 5)}  # seeds of draw_case, modulo 6
OPACITIES = {"faint": (0.2, 0.4), "half": (0.4, 0.65), "strong": (0.65, 0.85), "opaque": (0.85, 0.95)}
WANTED: tuple[tuple[str, str] | None, ...] = (
    ("word", "half"),
    ("tiled", "faint"),
    ("logo", "strong"),
    ("date", "opaque"),
    None,
    ("word", "faint"),
    ("tiled", "half"),
    ("logo", "faint"),
    ("word", "opaque"),
    None,
    ("date", "strong"),
    ("tiled", "strong"),
    ("logo", "opaque"),
    ("word", "strong"),
    ("tiled", "faint"),
    None,
    ("date", "opaque"),
    ("logo", "half"),
    ("word", "half"),
    ("tiled", "opaque"),
)
_TRIES = 1000
_SEEN = 24.0  # dB under the mark: black on black, and the like, is left out


def marked(scenes: Sequence[Scene]) -> list[Case]:
    """Photos with a mark, and a few without; where the mark is seen best is shown."""
    cases = []
    for number, ((scene, _), wanted) in enumerate(zip(in_turn(scenes, CASES), WANTED, strict=True)):
        clean = scene.reduced(MARKED_SIDE)
        if wanted is None:
            pixels = levels(clean)
            clean = pixels.astype(np.float32) / np.float32(255)
            cases.append(Case(scene.name, "no mark", {"pixels": clean}, clean, {"pixels": clean}, pixels, None))
            continue
        kind, opacity = wanted
        drawn, seed = _mark(clean, kind, OPACITIES[opacity], number)
        damage = f"{kind}, opacity {drawn.opacity:.2f}"
        given, beside = {"pixels": drawn.marked, "covered": drawn.covered}, {"pixels": drawn.marked}
        facts = {"seed": seed, "covered": round(float(drawn.covered.mean()), 4)}
        view = densest(np.abs(drawn.marked - drawn.clean).mean(axis=2), TILE)
        cases.append(Case(scene.name, damage, given, drawn.clean, beside, levels(drawn.marked), view, facts))
    return cases


def _mark(clean: Rgb, kind: str, opacities: tuple[float, float], number: int) -> tuple[Marked, int]:
    """The first mark of that kind that can be seen and whose opacity lies in the range, and its seed."""
    first = 100 * number
    for seed in range(first, first + _TRIES):
        if seed % 6 in MARKS[kind]:
            drawn = draw_case(clean, seed)
            error = np.square(drawn.marked - drawn.clean)[drawn.covered]
            if opacities[0] <= drawn.opacity <= opacities[1] and decibels(error) < _SEEN:
                return drawn, seed
    raise SystemExit(f"There is no {kind} of an opacity of {opacities}.")


# Paint over

SHARES = {"1 % hidden": 0.01, "5 % hidden": 0.05, "15 % hidden": 0.15}
STROKE, BOX = "thick stroke", "big box"
HOLES = (*SHARES, STROKE, "15 % hidden", "5 % hidden", BOX, *SHARES) * 2
_AROUND = 150  # pixels beside the part that is shown: what the holes are painted from
_STROKE = 36  # pixels thick
_BOX = (120, 160)  # height and width
_HIDDEN = (255, 0, 144)  # no photo has that pink


def holed(scenes: Sequence[Scene]) -> list[Case]:
    """Parts of photos with holes; where most is hidden is shown."""
    cases = []
    for number, ((scene, kind), holes) in enumerate(zip(in_turn(scenes, CASES, shift=2), HOLES, strict=True)):
        rgb = levels(scene.reduced(WORKING_SIDE))
        middle = part(rgb.astype(np.float32) / np.float32(255), kind, TILE)
        around = widened(middle, _AROUND, rgb.shape)
        clean = np.ascontiguousarray(rgb[around.slices])
        view = moved(middle, around)
        hole = _hole(clean.shape[:2], view, holes, number)
        if holes in SHARES:
            view = densest(hole > 0, TILE)
        pixels, seen = clean.copy(), clean.copy()
        pixels[hole > 0] = 255  # as in the benchmark: the tool is not shown what is hidden
        seen[hole > 0] = _HIDDEN
        simple = cv2.inpaint(pixels, hole, RADIUS, cv2.INPAINT_TELEA)
        given, beside = {"pixels": pixels, "hole": hole}, {"pixels": simple}
        cases.append(Case(scene.name, holes, given, clean, beside, seen, view, {"shows": kind}))
    return cases


def _hole(size: Size, view: Box, holes: str, seed: int) -> U8:
    """What is hidden: 255 in (H, W)."""
    if holes in SHARES:
        return np.asarray(random_mask(*size, SHARES[holes], seed), np.uint8)
    hole = np.zeros(size, np.uint8)
    if holes == BOX:
        y, x = (view.y0 + view.y1 - _BOX[0]) // 2, (view.x0 + view.x1 - _BOX[1]) // 2
        hole[y : y + _BOX[0], x : x + _BOX[1]] = 255
        return hole
    along = np.linspace(0, 1, 40)
    across = view.x0 + view.width * (0.08 + 0.84 * along)
    down = view.y0 + view.height * (0.5 + 0.3 * np.sin(2 * np.pi * along))
    cv2.polylines(hole, [np.stack((across, down), axis=1).astype(np.int32)], False, 255, _STROKE)
    return hole


# Compress

RATES = (0.15, 0.3, 0.6)  # bits per pixel
JPEG_420 = RIVALS[0]


def large(scenes: Sequence[Scene]) -> list[Case]:
    """Whole photos for small files, of which a part is shown beside what a JPEG file of the same size makes of it."""
    cases = []
    for number, (scene, kind) in enumerate(in_turn(scenes, CASES, shift=4)):
        rgb = levels(scene.reduced(COMPRESSED_SIDE))
        height, width = rgb.shape[:2]
        rate = RATES[number % len(RATES)]
        size = int(rate * height * width / 8)
        point, decoded = at_size(JPEG_420, rgb, size, Progress())
        view = part(rgb.astype(np.float32) / np.float32(255), kind, TILE)
        given: Arrays = {"pixels": rgb, "size": np.array(size)}
        beside: Arrays = {"pixels": decoded, "size": np.array(point.size)}
        facts = {"shows": kind, "JPEG quality": point.quality}
        cases.append(Case(scene.name, f"{rate} bits per pixel", given, rgb, beside, decoded, view, facts))
    return cases


# Explore


def small(scenes: Sequence[Scene]) -> list[Case]:
    """Photos as Explore keeps them, and parts of a few when all have had their turn."""
    cases = []
    for number, (scene, kind) in enumerate(in_turn(scenes, CASES)):
        data, damage = scene.path.read_bytes(), "whole"
        rgb = scene.reduced(WORKING_SIDE)
        if number >= len(scenes):
            box = part(rgb, kind, (rgb.shape[0] // 2, rgb.shape[1] // 2))
            rgb, damage = rgb[box.slices], f"a part: {kind}"
            file = io.BytesIO()
            Image.fromarray(levels(rgb)).save(file, "PNG")
            data = file.getvalue()
        kept = np.asarray(Image.open(io.BytesIO(look_at(scene.path, data)[1])).convert("RGB"))
        # back in the photo's own shape, and no sharper than the codes can make it
        seen = np.asarray(cv2.resize(kept, (rgb.shape[1], rgb.shape[0]), interpolation=cv2.INTER_CUBIC), np.uint8)
        cases.append(Case(scene.name, damage, {"pixels": kept}, kept, {}, seen, _whole(seen)))
    return cases


def _whole(picture: U8) -> Box:
    return Box(0, picture.shape[0], 0, picture.shape[1])


CASES_OF: dict[str, Callable[[Sequence[Scene]], list[Case]]] = {
    "denoise": noisy,
    "colorize": grey,
    "unwatermark": marked,
    "inpaint": holed,
    "compress": large,
    "explore": small,
}
