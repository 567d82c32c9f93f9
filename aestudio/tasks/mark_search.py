"""Where a known mark is in a photo: at any size, turned by a few degrees, or nowhere."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np

from aestudio.images.photo import Photo, RgbTile
from aestudio.images.small import resized_to
from aestudio.progress import Progress
from aestudio.tasks.known_mark import MARGIN, KnownMark, Placement, Plane, resized
from aestudio.tasks.mark_fit import SMALLEST, fitted, opacity_of, view_of

SEARCHED = 640  # pixels of the photo's longer side at which a mark is looked for first
NARROWEST, WIDEST = 0.04, 1.0  # width of a mark as a share of the photo's
STEP = 1.07  # from one size that is tried to the next
PLAIN = 0.97  # share of the best score at which an unturned mark, or one of its own size, is believed instead
TURNS = (-4.0, -2.0, 2.0, 4.0)  # degrees that are tried beside none; the search between them is finer
CANDIDATES = 5  # places that are looked at closely
CHANCE = 5.0  # score below which edges agree by chance
OUTSIDE = 0.4  # of a mark's sides that may lie beside the photo: it was cropped later
FOUND = 0.12  # gain from which a mark is there: a photo's own edges may get a little weaker by chance
_COMPRESS = 0.03  # gradient at which an edge counts half: strong edges of the photo must not drown faint marks


def locate(photo: Photo, mark: KnownMark, progress: Progress) -> Placement | None:
    """Where the mark is in a photo, at any size and turned by a few degrees; None if it is not there.

    Edges that run as the mark's do are looked for at a small size first, and what agrees best is looked at closely: of
    a mark that is there, taking it off leaves much less of its edges. Raises Cancelled.
    """
    if min(photo.height, photo.width) < SMALLEST:
        return None
    small = resized_to(photo, SEARCHED)
    rgb, shrink = small.rgb(small.box), min(1.0, SEARCHED / max(photo.height, photo.width))
    edges, coarse = _edges(rgb), _edges(resized(rgb, 0.5, cv2.INTER_AREA))
    found = []
    for angle in (0.0, *TURNS):  # at half the size: a mark that is turned agrees less, and small edges not at all
        looked_at, size = (coarse, shrink / 2) if angle else (edges, shrink)
        for scale in _scales(mark, photo.width):
            progress.check()
            match = _matched(looked_at, mark, scale * size, angle)
            if match is not None:
                found.append(replace(match, scale=scale, x=match.x / size, y=match.y / size))
    best: Placement | None = None
    for start in _apart(found, mark):
        refined = _refined(photo, mark, start, progress)
        view = view_of(photo, mark, refined)
        if view is None:
            continue
        opacity, gain = opacity_of(view.rgb, mark, view.inside(refined))
        if gain >= FOUND and refined.score >= CHANCE and (best is None or gain > best.gain):
            best = replace(refined, opacity=opacity, gain=gain)
    return None if best is None else fitted(photo, mark, best, progress)


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


def _scales(mark: KnownMark, width: int) -> Iterator[float]:
    """Sizes to try, in pixels of a photo of that width for one of the mark; its own size among them."""
    yield 1.0
    scale, widest = (share * width / mark.cover.shape[1] for share in (NARROWEST, WIDEST))
    while scale <= widest:
        yield scale
        scale *= STEP


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
    return _turned(np.pad(np.clip(mark.at(scale)[..., 3], 0, 1), MARGIN), angle)


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
    around = [
        MARGIN + max(math.ceil(side * OUTSIDE), side - length + 2)
        for side, length in zip(cover.shape, edges.shape[:2], strict=True)
    ]
    padded = cv2.copyMakeBorder(edges, around[0], around[0], around[1], around[1], cv2.BORDER_CONSTANT)
    template = _cover_edges(cover)
    scores = cv2.matchTemplate(padded, template, cv2.TM_CCORR_NORMED)
    _, score, _, (x, y) = cv2.minMaxLoc(np.nan_to_num(scores))
    evidence = score * float(np.count_nonzero(template.any(axis=2))) ** 0.5  # many edges seldom agree by chance
    return Placement(x - around[1] + MARGIN, y - around[0] + MARGIN, scale, angle, evidence)


def _cover_edges(cover: Plane) -> Plane:
    gx, gy = _gradients(cover)
    edges: Plane = _doubled(gx, gy) * (np.hypot(gx, gy) > 0.02)[..., None]
    return edges


def _refined(photo: Photo, mark: KnownMark, start: Placement, progress: Progress) -> Placement:
    """At full size: finer steps of size and angle around the first finding. Its own size wins where it is as good."""
    view = view_of(photo, mark, start, max(8.0, 0.06 * max(mark.cover.shape) * start.scale))
    if view is None:
        return replace(start, score=0.0)
    edges = _edges(view.rgb)

    def at(scale: float, angle: float) -> Placement | None:
        progress.check()
        found = _matched(edges, mark, scale / view.shrink, angle)
        return None if found is None else view.outside(found)

    best = replace(start, score=-1.0)
    for step in (0.02, 0.007):
        centre = start if best.score < 0 else best
        for scale in (centre.scale * (1 + step * k) for k in (-2, -1, 0, 1, 2)):
            for angle in (centre.angle + 40 * step * k for k in (-2, -1, 0, 1, 2)):
                found = at(scale, angle)
                if found is not None and found.score > best.score:
                    best = found
    for scale, angle in ((1.0, 0.0), (best.scale, 0.0), (1.0, best.angle)):  # what is likely anyway
        plain = at(scale, angle) if abs(best.scale - scale) < 0.05 else None
        if plain is not None and plain.score > PLAIN * best.score:
            return plain
    return best
