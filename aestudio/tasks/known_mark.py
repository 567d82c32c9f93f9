"""A mark that is known: found in a photo by its edges, and taken off by undoing the blend that put it there."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from aestudio.errors import SettingsError
from aestudio.images.io import read_photo
from aestudio.images.photo import RgbTile, to_rgb

Plane = NDArray[np.float32]

SEARCHED = 640  # pixels of the photo's longer side at which a mark is looked for first
NARROWEST, WIDEST = 0.04, 1.0  # width of a mark as a share of the photo's
STEP = 1.07  # from one size that is tried to the next
PLAIN = 0.97  # share of the best score at which an unturned mark, or one of its own size, is believed instead
SMALLEST = 8  # pixels of a side: in less there is no mark to be told
TURNS = (-4.0, -2.0, 2.0, 4.0)  # degrees that are tried beside none; the search between them is finer
PLAIN_COSTS = 0.003  # share by which more edges may be left for an unturned mark of its own size on whole pixels
CANDIDATES = 5  # places that are looked at closely
CHANCE = 5.0  # score below which edges agree by chance
FOUND = 0.12  # gain from which a mark is there: a photo's own edges may get a little weaker by chance
_COMPRESS = 0.03  # gradient at which an edge counts half: strong edges of the photo must not drown faint marks
_MARGIN = 6  # pixels around a mark in which edges are looked at
_SOLID = 0.92  # share of cover from which nothing of the photo is left to see
_ACROSS = 3  # pixels over which an edge is measured: JPEG blurs it over fewer
_BEYOND = 0.15  # beyond black and white, of an unblended pixel
_OPACITIES = (0.04, 0.99)


@dataclass(frozen=True, eq=False)
class KnownMark:
    """A logo with its own transparency."""

    name: str
    cover: Plane  # (h, w) in [0, 1]
    colour: RgbTile  # (h, w, 3) sRGB in [0, 1]


@dataclass(frozen=True)
class Placement:
    """Where a mark lies in a photo, and how strongly."""

    x: float  # of its left edge, in pixels of the photo
    y: float
    scale: float  # pixels of the photo for one of the mark
    angle: float  # degrees, clockwise
    score: float  # how well the edges agree, in standard deviations of what chance would do
    opacity: float = 1.0
    gain: float = 0.0  # how much less is left of the mark's edges once it is taken off, as a share


def read_mark(path: Path) -> KnownMark:
    """A logo from a file. Raises ImageError if it cannot be read, SettingsError if it has no shape of its own."""
    photo = read_photo(path)
    if photo.pixels.shape[2] not in (2, 4):
        raise SettingsError(
            "{name} has no transparent background. Please save the logo as a PNG with transparency.", name=path.name
        )
    top = 1.0 if photo.pixels.dtype == np.float32 else float(np.iinfo(photo.pixels.dtype).max)
    cover = photo.pixels[..., -1].astype(np.float32) / np.float32(top)
    rows, columns = np.flatnonzero(cover.max(axis=1) > 0), np.flatnonzero(cover.max(axis=0) > 0)
    if not len(rows):
        raise SettingsError("{name} is empty: nothing in it is opaque. Please choose another logo.", name=path.name)
    if float(cover.min()) > 0.99:
        raise SettingsError(
            "{name} is opaque everywhere. Please save the logo with its shape as transparency.", name=path.name
        )
    box = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    return KnownMark(path.stem, np.ascontiguousarray(cover[box]), to_rgb(photo.pixels, photo.metadata.icc)[box])


def locate(rgb: RgbTile, mark: KnownMark) -> Placement | None:
    """Where the mark is in a photo (H, W, 3), at any size and turned by a few degrees; None if it is not there.

    Edges that run as the mark's do are looked for at a small size first, and what agrees best is looked at closely: of
    a mark that is there, taking it off leaves much less of its edges.
    """
    if min(rgb.shape[:2]) < SMALLEST:
        return None
    shrink = min(1.0, SEARCHED / max(rgb.shape[:2]))
    small = resized(rgb, shrink, cv2.INTER_AREA) if shrink < 1 else rgb
    edges, coarse = _edges(small), _edges(resized(small, 0.5, cv2.INTER_AREA))
    found = []
    for scale in _scales(mark, small.shape[1], shrink):
        match = _matched(edges, mark, scale * shrink, 0.0)
        if match is not None:
            found.append(replace(match, scale=scale, x=match.x / shrink, y=match.y / shrink))
    for angle in TURNS:  # at half the size: a mark that is turned agrees less, and small edges not at all
        for scale in _scales(mark, small.shape[1], shrink):
            match = _matched(coarse, mark, scale * shrink / 2, angle)
            if match is not None:
                found.append(replace(match, scale=scale, x=match.x * 2 / shrink, y=match.y * 2 / shrink))
    best: Placement | None = None
    for start in _apart(found, mark):
        refined = _refined(rgb, mark, start)
        closer = replace(refined, **dict(zip(("opacity", "gain"), opacity_of(rgb, mark, refined), strict=True)))
        if closer.gain >= FOUND and closer.score >= CHANCE and (best is None or closer.gain > best.gain):
            best = closer
    return None if best is None else fitted(rgb, mark, best)


def _apart(found: Sequence[Placement], mark: KnownMark) -> list[Placement]:
    """The few best that do not lie on each other."""
    kept: list[Placement] = []
    for each in sorted(found, key=lambda placement: -placement.score):
        near = 0.25 * min(mark.cover.shape) * each.scale
        if all(max(abs(each.x - other.x), abs(each.y - other.y)) > near for other in kept):
            kept.append(each)
        if len(kept) == CANDIDATES:
            break
    return kept


def _scales(mark: KnownMark, width: int, shrink: float) -> Iterator[float]:
    """Sizes to try, in pixels of the full photo for one of the mark; its own size among them."""
    yield 1.0
    narrowest = NARROWEST * width / shrink / mark.cover.shape[1]
    widest = WIDEST * width / shrink / mark.cover.shape[1]
    scale = narrowest
    while scale <= widest:
        yield scale
        scale *= STEP


def resized(plane: Plane, scale: float, interpolation: int) -> Plane:
    """Another size, by a factor."""
    height, width = (max(1, round(side * scale)) for side in plane.shape[:2])
    return cv2.resize(plane, (width, height), interpolation=interpolation).astype(np.float32)


def _edges(rgb: RgbTile) -> Plane:
    """(H, W, 2): the double angle of each pixel's strongest gradient, as long as it is clear, whatever its sign."""
    return _doubled(*_gradients(rgb))


def _gradients(plane: Plane) -> tuple[Plane, Plane]:
    gx, gy = (cv2.Sobel(plane, cv2.CV_32F, dx, dy, ksize=3, scale=1 / 8) for dx, dy in ((1, 0), (0, 1)))
    return gx.astype(np.float32), gy.astype(np.float32)


def _doubled(gx: Plane, gy: Plane) -> Plane:
    if gx.ndim == 3:
        squares = gx * gx + gy * gy
        strongest = squares.argmax(axis=2)[..., None]
        gx, gy = (np.take_along_axis(g, strongest, axis=2)[..., 0] for g in (gx, gy))
    length = np.hypot(gx, gy)
    weight = 1 / ((length + 1e-6) * (length + _COMPRESS))
    doubled: Plane = np.stack(((gx * gx - gy * gy) * weight, 2 * gx * gy * weight), axis=2).astype(np.float32)
    return doubled


def _template(mark: KnownMark, scale: float, angle: float) -> Plane | None:
    """The mark's cover at a size, with a margin; None where nothing would be left of it."""
    if min(mark.cover.shape) * scale < 4:
        return None
    interpolation = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    cover = mark.cover if scale == 1 else resized(mark.cover, scale, interpolation)
    return _turned(np.pad(np.clip(cover, 0, 1), _MARGIN), angle)


def _turned(plane: Plane, angle: float) -> Plane:
    if angle == 0:
        return plane
    height, width = plane.shape[:2]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -angle, 1.0)
    turned: Plane = cv2.warpAffine(plane, matrix, (width, height), flags=cv2.INTER_CUBIC).astype(np.float32)
    return turned


def _matched(edges: Plane, mark: KnownMark, scale: float, angle: float) -> Placement | None:
    """The best place for the mark at one size and angle: normalised correlation of the edges' directions."""
    cover = _template(mark, scale, angle)
    if cover is None:
        return None
    room = max(0, cover.shape[0] - edges.shape[0] + 2), max(0, cover.shape[1] - edges.shape[1] + 2)
    around = _MARGIN + room[0], _MARGIN + room[1]
    padded = cv2.copyMakeBorder(edges, around[0], around[0], around[1], around[1], cv2.BORDER_CONSTANT)
    template = _cover_edges(cover)
    scores = cv2.matchTemplate(padded, template, cv2.TM_CCORR_NORMED)
    _, score, _, (x, y) = cv2.minMaxLoc(np.nan_to_num(scores))
    evidence = score * float(np.count_nonzero(template.any(axis=2))) ** 0.5  # many edges seldom agree by chance
    return Placement(x - around[1] + _MARGIN, y - around[0] + _MARGIN, scale, angle, evidence)


def _cover_edges(cover: Plane) -> Plane:
    gx, gy = _gradients(cover)
    edges: Plane = _doubled(gx, gy) * (np.hypot(gx, gy) > 0.02)[..., None]
    return edges


def _refined(rgb: RgbTile, mark: KnownMark, start: Placement) -> Placement:
    """At full size: finer steps of size and angle around the first finding. Its own size wins where it is as good."""
    height, width = (side * start.scale for side in mark.cover.shape)
    reach = max(8.0, 0.06 * max(height, width))
    y0, x0 = max(0, int(start.y - reach)), max(0, int(start.x - reach))
    y1, x1 = int(start.y + height + reach) + 1, int(start.x + width + reach) + 1
    part = np.ascontiguousarray(rgb[y0:y1, x0:x1])
    if min(part.shape[:2]) < SMALLEST:
        return replace(start, score=0.0)
    edges = _edges(part)
    best = replace(start, score=-1.0)
    for step in (0.02, 0.007):
        centre = start if best.score < 0 else best
        for scale in (centre.scale * (1 + step * k) for k in (-2, -1, 0, 1, 2)):
            for angle in (centre.angle + 40 * step * k for k in (-2, -1, 0, 1, 2)):
                found = _matched(edges, mark, scale, angle)
                if found is not None and found.score > best.score:
                    best = replace(found, x=found.x + x0, y=found.y + y0)
    for scale, angle in ((1.0, 0.0), (best.scale, 0.0), (1.0, best.angle)):  # what is likely anyway
        plain = _matched(edges, mark, scale, angle) if abs(best.scale - scale) < 0.05 else None
        if plain is not None and plain.score > PLAIN * best.score:
            return replace(plain, x=plain.x + x0, y=plain.y + y0)
    return best


def laid(mark: KnownMark, placement: Placement, height: int, width: int) -> tuple[Plane, RgbTile]:
    """Cover (H, W) and colour (H, W, 3) of the mark where it lies in a photo of that size, at full opacity."""
    interpolation = cv2.INTER_AREA if placement.scale < 1 else cv2.INTER_CUBIC
    premultiplied = np.concatenate((mark.colour * mark.cover[..., None], mark.cover[..., None]), axis=2)
    if placement.scale != 1:
        premultiplied = resized(premultiplied, placement.scale, interpolation)
    padded = np.pad(premultiplied, ((_MARGIN, _MARGIN), (_MARGIN, _MARGIN), (0, 0)))
    high, wide = (side * placement.scale for side in mark.cover.shape)
    middle = placement.x + wide / 2 - 0.5, placement.y + high / 2 - 0.5
    matrix = cv2.getRotationMatrix2D(
        ((padded.shape[1] - 1) / 2, (padded.shape[0] - 1) / 2), -placement.angle, wide / premultiplied.shape[1]
    )
    reach = math.hypot(*padded.shape[:2]) / 2 + 2  # what the mark cannot leave however it is turned
    y0, x0 = max(0, int(middle[1] - reach)), max(0, int(middle[0] - reach))
    y1, x1 = min(height, int(middle[1] + reach) + 1), min(width, int(middle[0] + reach) + 1)
    whole = np.zeros((height, width, 4), np.float32)
    if y1 > y0 and x1 > x0:
        matrix[0, 2] += middle[0] - (padded.shape[1] - 1) / 2 - x0
        matrix[1, 2] += middle[1] - (padded.shape[0] - 1) / 2 - y0
        whole[y0:y1, x0:x1] = cv2.warpAffine(padded, matrix, (x1 - x0, y1 - y0), flags=cv2.INTER_CUBIC)
    cover = np.clip(whole[..., 3], 0, 1)
    colour: RgbTile = np.clip(whole[..., :3] / np.maximum(whole[..., 3:], 1e-4), 0, 1).astype(np.float32)
    return cover, colour


def fitted(rgb: RgbTile, mark: KnownMark, start: Placement) -> Placement:
    """The placement and opacity, to fractions of a pixel, with which the fewest edges are left once the mark is off.

    By pattern search (Hooke and Jeeves, Journal of the ACM 1961). Whole pixels, the mark's own size and no turn are
    believed where they are as good: that is how programs lay marks.
    """
    height, width = (side * start.scale for side in mark.cover.shape)
    y0, x0 = max(0, int(start.y) - 2 * _MARGIN), max(0, int(start.x) - 2 * _MARGIN)
    part = np.ascontiguousarray(rgb[y0 : int(start.y + height) + 2 * _MARGIN, x0 : int(start.x + width) + 2 * _MARGIN])
    size = max(width, height)

    def placed(values: NDArray[np.float64]) -> Placement:
        x, y, scale, angle, opacity = values.tolist()
        opacity = min(max(opacity, _OPACITIES[0]), _OPACITIES[1])
        return replace(start, x=x, y=y, scale=scale, angle=angle, opacity=opacity)

    def left(values: NDArray[np.float64]) -> float:
        return _edges_left(part, mark, placed(values))

    values = np.array([start.x - x0, start.y - y0, start.scale, start.angle, start.opacity])
    steps = np.array([0.5, 0.5, start.scale / size, math.degrees(1 / size), 0.02])  # about half a pixel at its ends
    best = left(values)
    for _ in range(7):
        for _ in range(4):
            before = values.copy()
            for which in range(len(values)):
                for sign in (1, -1):
                    tried = values.copy()
                    tried[which] += sign * steps[which]
                    if which == 2:  # a mark grows from its middle
                        tried[:2] -= np.array([width, height]) / start.scale * sign * steps[2] / 2
                    score = left(tried)
                    if score < best:
                        best, values = score, tried
                        break
            if np.array_equal(before, values):
                break
        steps /= 2
    for tried in _plain(values, size):
        if left(tried) < best * (1 + PLAIN_COSTS):
            values = tried
            break
    for step in 0.004 * 0.5 ** np.arange(6):  # the place has changed since it was fitted
        around = [values + sign * np.array([0, 0, 0, 0, step]) for sign in (-1, 0, 1)]
        values = min(around, key=left)
    found = placed(values)
    return replace(found, x=found.x + x0, y=found.y + y0)


def _plain(values: NDArray[np.float64], size: float) -> Iterator[NDArray[np.float64]]:
    """Likelier placements near one, the likeliest first."""
    x, y, own, angle, opacity = values.tolist()
    if abs(own - 1) * size < 3 and abs(math.radians(angle)) * size < 3:
        yield np.array([round(x), round(y), 1.0, 0.0, opacity])
    if abs(math.radians(angle)) * size < 3:
        yield np.array([x, y, own, 0.0, opacity])


def _edges_left(rgb: RgbTile, mark: KnownMark, placement: Placement) -> float:
    """The mean step between neighbours once the mark is taken off, in units of what noise would do to it."""
    cover, colour = laid(mark, placement, *rgb.shape[:2])
    alpha = placement.opacity * cover[..., None]
    shown = rgb - alpha * colour
    total = 0.0
    for axis in (0, 1):
        bare, other = (np.moveaxis(1 - alpha, axis, 0)[part] for part in (slice(None, -1), slice(1, None)))
        one, two = (np.moveaxis(shown, axis, 0)[part] for part in (slice(None, -1), slice(1, None)))
        total += float((np.abs(other * one - bare * two) / np.hypot(bare, other)).mean())
    return total


def unblended(rgb: RgbTile, cover: Plane, colour: RgbTile, opacity: float) -> RgbTile:
    """I of J = (1 - a) I + a L, with a = opacity * cover; not clipped, and without sense where a is near 1."""
    alpha = (opacity * cover)[..., None]
    bare: RgbTile = (rgb - alpha * colour) / np.maximum(1 - alpha, 1 - _SOLID)
    return bare


def opacity_of(rgb: RgbTile, mark: KnownMark, placement: Placement) -> tuple[float, float]:
    """How strongly the mark is laid, and how much less is left of its edges without it, as a share.

    A photo's own edges lie anywhere; those of a mark that is taken off too weakly or too strongly lie where its cover
    changes. The sum of steps there is made small, by golden section. Each step counts in units of what noise would do
    to it, which taking off strengthens: or too low an opacity would win.
    """
    height, width = (side * placement.scale for side in mark.cover.shape)
    y0, x0 = max(0, int(placement.y) - 2 * _MARGIN), max(0, int(placement.x) - 2 * _MARGIN)
    part = rgb[y0 : int(placement.y + height) + 2 * _MARGIN, x0 : int(placement.x + width) + 2 * _MARGIN]
    moved = replace(placement, x=placement.x - x0, y=placement.y - y0)
    cover, colour = laid(mark, moved, *part.shape[:2])
    first, second = slice(None, -_ACROSS), slice(_ACROSS, None)
    pairs = [
        tuple(np.moveaxis(plane, axis, 0)[where] for plane in (part, colour, cover) for where in (first, second))
        for axis in (0, 1)
    ]

    def left(opacity: float) -> float:
        total = 0.0
        for j_one, j_other, l_one, l_other, a_one, a_other in pairs:
            edge = np.abs(a_one - a_other) > 0.1
            bare_one, bare_other = ((1 - opacity * a[edge])[:, None] for a in (a_one, a_other))
            one = bare_other * (j_one[edge] - opacity * a_one[edge][:, None] * l_one[edge])
            other = bare_one * (j_other[edge] - opacity * a_other[edge][:, None] * l_other[edge])
            total += float((np.abs(one - other) / np.hypot(bare_one, bare_other)).sum())
        return total

    # coarse first: there may be more than one valley
    tried = np.linspace(*_OPACITIES, 24)
    middle = int(np.argmin([left(float(opacity)) for opacity in tried]))
    low, high = float(tried[max(0, middle - 1)]), float(tried[min(len(tried) - 1, middle + 1)])
    golden = (5**0.5 - 1) / 2
    for _ in range(14):
        one, other = high - golden * (high - low), low + golden * (high - low)
        if left(one) < left(other):
            high = other
        else:
            low = one
    opacity = (low + high) / 2
    return opacity, 1 - left(opacity) / max(left(0.0), 1e-9)


def taken_off(rgb: RgbTile, mark: KnownMark, placement: Placement) -> tuple[RgbTile, NDArray[np.bool_]]:
    """The photo (H, W, 3) without the mark, and which pixels were changed. What it hid altogether is painted over."""
    cover, colour = laid(mark, placement, *rgb.shape[:2])
    alpha = placement.opacity * cover
    changed = alpha > 1 / 512
    bare = np.where(changed[..., None], unblended(rgb, cover, colour, placement.opacity), rgb)
    beyond = (bare < -_BEYOND) | (bare > 1 + _BEYOND)  # no photo is: something was cut off, or coded coarsely
    lost = (alpha > _SOLID) | (beyond.any(axis=2) & (alpha > 0.5))
    bare = np.clip(bare, 0, 1)
    if lost.any():
        levels = np.rint(bare * 255).astype(np.uint8)
        painted = cv2.inpaint(levels, lost.astype(np.uint8), 3, cv2.INPAINT_TELEA).astype(np.float32) / 255
        bare = np.where(lost[..., None], painted, bare)
    return bare.astype(np.float32), changed
