"""Scenes as pixels to learn from: photos are decoded, laid over one another, and cut."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aestudio.errors import DamagedPhotoError, ImageError, Sentence
from aestudio.images.glance import Glance
from aestudio.images.io import read_contents, read_photo
from aestudio.images.photo import Photo, to_rgb
from aestudio.tasks.noise import estimate_noise
from aestudio.training.data.align import Aligned, align
from aestudio.training.data.crops import LEAST, middle, places
from aestudio.training.data.dataset import copy_sizes, shrunk_copies, shrunk_to
from aestudio.training.data.pairing import Scene
from aestudio.training.data.source import CLEAN

Bytes = NDArray[np.uint8]

HELD_OUT_SIDE = 1024  # pixels
_AROUND = 32  # pixels beside that, for frames which are shifted against one another
_ROWS = 256  # converted at a time: a float copy of a large photo would take four times its memory


@dataclass(frozen=True)
class Example:
    """One photo, or a part of one, with its other half behind it where it has one."""

    pixels: Bytes  # (H, W, 3 or 6)
    profile: tuple[float, float]  # read and shot of its noise
    path: Path


@dataclass
class Examples:
    """What a scene gave, and what of it could not be used, with why."""

    scene: Scene
    good: list[Example] = field(default_factory=list)
    damaged: list[tuple[str, Sentence]] = field(default_factory=list)
    unfit: list[tuple[str, Sentence]] = field(default_factory=list)


@dataclass(frozen=True)
class Cutting:
    """How scenes become examples."""

    kind: str  # of the source
    side: int  # pixels: the least
    shorter: int = 0  # see Recipe
    share: int = 2**62  # pixels that are kept of each photo

    @property
    def least(self) -> int:
        """Pixels of a side of a part."""
        return max(LEAST, self.side)

    def sizes(self, scene: Scene) -> list[tuple[int, int]]:
        """Height and width of each example of a scene, before it is cut."""
        size = scene.shown.size
        if self.kind != CLEAN:
            return [size] * scene.examples
        if not self.shorter:
            return copy_sizes(*size, self.side)
        factor = min(1.0, self.shorter / min(size))
        return [(round(size[0] * factor), round(size[1] * factor))]


def to_learn_from(scene: Scene, cutting: Cutting) -> Examples:
    """A scene's examples, in parts where they are large."""
    found = Examples(scene)
    for whole in _wholes(scene, cutting, found):
        height, width = whole.pixels.shape[:2]
        for box in places(height, width, cutting.share, cutting.least):
            found.good.append(Example(np.ascontiguousarray(whole.pixels[box.slices]), whole.profile, whole.path))
    return found


def to_hold_out(scene: Scene, cutting: Cutting) -> Examples:
    """One example of each photo of a scene: its middle. A frame of a burst is held against the mean of the others."""
    found = Examples(scene)
    if scene.truth is None and len(scene.frames) > 1:
        wholes = _against_the_others(scene, cutting, found)
    else:
        wholes = _wholes(scene, cutting, found)
    met: set[Path] = set()
    for whole in wholes:
        if whole.path not in met:  # of several sizes the first
            met.add(whole.path)
            cut = np.ascontiguousarray(middle(whole.pixels, HELD_OUT_SIDE))
            found.good.append(Example(cut, whole.profile, whole.path))
    return found


def _wholes(scene: Scene, cutting: Cutting, found: Examples) -> Iterator[Example]:
    if cutting.kind == CLEAN:
        decoded = _decoded(scene.frames[0], found)
        if decoded is not None:
            rgb_u8 = _rgb(decoded)
            copies = [shrunk_to(rgb_u8, cutting.shorter)] if cutting.shorter else shrunk_copies(rgb_u8, cutting.side)
            for copy in copies:
                yield Example(copy, (0.0, 0.0), scene.frames[0].path)
    elif scene.truth is not None:
        yield from _with_truth(scene, scene.truth, cutting, found)
    elif len(scene.frames) == 1:
        photo = _decoded(scene.frames[0], found)
        if photo is not None:
            yield Example(_rgb(photo), _profile(photo), scene.frames[0].path)
    else:
        yield from _one_after_the_other(scene, cutting, found)


def _with_truth(scene: Scene, truth: Glance, cutting: Cutting, found: Examples) -> Iterator[Example]:
    """The noisy frames of a scene, each with the clean photo."""
    clean = _decoded(truth, found)
    if clean is None:
        return
    target = _rgb(clean)
    for frame in scene.frames:
        photo = _decoded(frame, found)
        if photo is not None:
            pair = _pair(frame, _rgb(photo), target, cutting, found)
            if pair is not None:
                yield Example(_stacked(pair), _profile(photo), frame.path)


def _one_after_the_other(scene: Scene, cutting: Cutting, found: Examples) -> Iterator[Example]:
    """Each frame of a burst with the one behind it: Noise2Noise (Lehtinen et al., ICML 2018)."""
    before: tuple[Glance, Bytes, tuple[float, float]] | None = None
    for frame in scene.frames:
        photo = _decoded(frame, found)
        if photo is None:
            continue
        rgb_u8 = _rgb(photo)
        if before is not None:
            pair = _pair(before[0], before[1], rgb_u8, cutting, found)
            if pair is not None:
                yield Example(_stacked(pair), before[2], before[0].path)
        before = frame, rgb_u8, _profile(photo)


def _against_the_others(scene: Scene, cutting: Cutting, found: Examples) -> Iterator[Example]:
    """Each frame of a burst with the mean of the others, laid over it; of the middle of the photo."""
    frames = []
    for frame in scene.frames:
        photo = _decoded(frame, found)
        if photo is not None:
            part = np.ascontiguousarray(middle(_rgb(photo), HELD_OUT_SIDE + 2 * _AROUND))
            frames.append((frame, part, _profile(photo)))
    for index, (frame, rgb_u8, profile) in enumerate(frames):
        pairs = [align(rgb_u8, other[1]) for number, other in enumerate(frames) if number != index]
        fitting = [pair for pair in pairs if isinstance(pair, Aligned)]
        if not fitting:
            found.unfit += [(str(frame.path), pair) for pair in pairs[:1] if isinstance(pair, Sentence)]
            continue
        top, left = (max(pair.corner[axis] for pair in fitting) for axis in (0, 1))
        bottom, right = (min(pair.corner[axis] + pair.noisy.shape[axis] for pair in fitting) for axis in (0, 1))
        total = np.zeros((bottom - top, right - left, 3), np.float32)
        for pair in fitting:
            y, x = top - pair.corner[0], left - pair.corner[1]
            total += pair.target[y : y + bottom - top, x : x + right - left]
        mean = np.rint(total / len(fitting)).astype(np.uint8)
        if min(mean.shape[:2]) >= cutting.side:
            yield Example(np.concatenate((rgb_u8[top:bottom, left:right], mean), axis=2), profile, frame.path)


def _pair(frame: Glance, noisy: Bytes, target: Bytes, cutting: Cutting, found: Examples) -> Aligned | None:
    pair = align(noisy, target)
    if isinstance(pair, Aligned) and min(pair.noisy.shape[:2]) < cutting.side:
        pair = Sentence("What both photos of the pair show is too small.")
    if isinstance(pair, Aligned):
        return pair
    found.unfit.append((str(frame.path), pair))
    return None


def _stacked(pair: Aligned) -> Bytes:
    return np.concatenate((pair.noisy, pair.target), axis=2)


def _decoded(glance: Glance, found: Examples) -> Photo | None:
    """The photo; None if it is damaged, or another one by now."""
    try:
        data = read_contents(glance.path)
        if hashlib.sha256(data).hexdigest() != glance.digest:
            raise DamagedPhotoError("{name} was changed while photos were read.", name=glance.path.name)
        return read_photo(glance.path, data=data)
    except ImageError as exc:
        found.damaged.append((str(glance.path), exc.sentence))
        return None


def _rgb(photo: Photo) -> Bytes:
    """(H, W, 3) in sRGB."""
    out = np.empty((photo.height, photo.width, 3), np.uint8)
    for top in range(0, photo.height, _ROWS):
        rows = slice(top, top + _ROWS)
        np.rint(to_rgb(photo.pixels[rows], photo.metadata.icc) * 255, out=out[rows], casting="unsafe")
    return out


def _profile(photo: Photo) -> tuple[float, float]:
    profile = estimate_noise(photo)
    return profile.read, profile.shot
