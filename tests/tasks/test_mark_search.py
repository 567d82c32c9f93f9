"""A known mark is searched for in photos of any size: cropped marks, large ones, and none where none is."""

import tracemalloc
from itertools import count

import cv2
import numpy as np
import pytest

from aestudio.errors import Cancelled
from aestudio.images.photo import Photo, RgbTile, to_depth
from aestudio.progress import Progress
from aestudio.tasks.known_mark import KnownMark, Placement, laid, taken_off
from aestudio.tasks.mark_fit import view_of
from aestudio.tasks.mark_search import locate
from aestudio.tasks.unblending import OwnMark


@pytest.fixture(scope="module")
def mark() -> KnownMark:
    canvas = np.zeros((60, 130), np.uint8)
    cv2.circle(canvas, (30, 30), 24, 255, 6, cv2.LINE_AA)
    cv2.putText(canvas, "Weber", (60, 40), cv2.FONT_HERSHEY_DUPLEX, 0.75, 255, 2, cv2.LINE_AA)
    colour = np.full((60, 130, 3), (1.0, 0.9, 0.8), dtype=np.float32)
    return KnownMark("weber", canvas.astype(np.float32) / np.float32(255), colour)


def scenery(height: int, width: int) -> RgbTile:
    rng = np.random.default_rng(4)
    soft = cv2.resize(rng.random((9, 14, 3), np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    noisy = 0.2 + 0.5 * soft + rng.normal(0, 0.006, soft.shape)
    clean: RgbTile = np.clip(noisy, 0, 1).astype(np.float32)
    return clean


def marked(clean: RgbTile, mark: KnownMark, placement: Placement) -> RgbTile:
    cover, colour = laid(mark, placement, *clean.shape[:2])
    alpha = (placement.opacity * cover)[..., None]
    blend: RgbTile = (clean * (1 - alpha) + colour * alpha).astype(np.float32)
    return blend


def as_photo(rgb: RgbTile) -> Photo:
    return Photo(to_depth(rgb, 8))


@pytest.mark.parametrize(("x", "y"), [(-40, 90), (335, 100), (150, -18)])
def test_a_mark_that_was_cropped_is_found(mark: KnownMark, x: float, y: float) -> None:
    clean = scenery(280, 420)
    there = Placement(x, y, 1.0, 0.0, 0.0, 0.5)
    dirty = as_photo(marked(clean, mark, there))
    found = locate(dirty, mark, Progress())
    assert found is not None
    assert (found.x, found.y) == pytest.approx((x, y), abs=0.5)
    bare, _ = taken_off(dirty.rgb(dirty.box), mark, found)
    where = laid(mark, there, 280, 420)[0] > 0.05
    assert float(np.square(bare - clean)[where].mean()) < 2e-4


@pytest.mark.parametrize("level", [0, 128, 255])
def test_nothing_is_found_on_a_flat_photo(mark: KnownMark, level: int) -> None:
    assert locate(Photo(np.full((280, 420, 3), level, np.uint8)), mark, Progress()) is None


def test_a_flat_photo_shows_its_mark_best(mark: KnownMark) -> None:
    there = Placement(150, 90, 1.0, 0.0, 0.0, 0.4)
    found = locate(as_photo(marked(np.full((280, 420, 3), 0.5, np.float32), mark, there)), mark, Progress())
    assert found is not None
    assert (found.x, found.y, found.opacity) == pytest.approx((150, 90, 0.4), abs=0.02)


def test_large_marks_are_compared_at_a_smaller_size(mark: KnownMark) -> None:
    there = Placement(300.0, 200.0, 12.0, 3.0, 0.0, 0.5)
    photo = Photo(np.zeros((1500, 2400, 3), np.uint8))
    view = view_of(photo, mark, there)
    assert view is not None
    assert view.shrink == 2
    assert max(view.rgb.shape) < 1000
    back = view.outside(view.inside(there))
    assert (back.x, back.y, back.scale, back.angle) == pytest.approx((300, 200, 12, 3))
    small = mark.at(1 / 20)
    assert small.shape == (3, 6, 4)
    assert float(small[..., 3].mean()) == pytest.approx(float(mark.cover.mean()), rel=0.1)
    assert view_of(photo, mark, Placement(5000, 0, 1.0, 0.0, 0.0)) is None


def test_large_photos_are_not_copied_as_a_whole(mark: KnownMark) -> None:
    clean = np.full((3000, 4000, 3), 90, np.uint8)
    clean[:, ::7] = 100
    tracemalloc.start()
    try:
        locate(Photo(clean), mark, Progress())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < clean.nbytes * 2  # in floating point it would take four times as much, and copies of it


class StopsAt(Progress):
    """Counts how often it is asked, and stops there."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._asked = count(1)
        self._number = number

    def check(self) -> None:
        if next(self._asked) == self._number:
            self.cancel()
        super().check()


@pytest.mark.parametrize("number", [1, 100, 300, 400])
def test_the_search_can_be_stopped_at_any_time(mark: KnownMark, number: int) -> None:
    dirty = as_photo(marked(scenery(280, 420), mark, Placement(150, 90, 1.0, 0.0, 0.0, 0.5)))
    with pytest.raises(Cancelled):
        locate(dirty, mark, StopsAt(number))


@pytest.mark.parametrize("shade", [1.0, 0.5, 0.0])
def test_what_is_left_of_a_mark_is_told_either_way(mark: KnownMark, shade: float) -> None:
    grey = KnownMark("grey", mark.cover, np.full_like(mark.colour, shade))
    clean = scenery(280, 420)
    there = Placement(150, 90, 1.0, 0.0, 0.0, 0.5)
    before = marked(clean, grey, there)
    own = OwnMark(grey, there, 280, 420)
    scores = {}
    for taken in (0.0, 0.3, 0.5, 0.65):
        cover, colour = laid(grey, there, 280, 420)
        alpha = (taken * cover)[..., None]
        after = np.clip((before - alpha * colour) / (1 - alpha), 0, 1).astype(np.float32)
        scores[taken] = own.residue(as_photo(before), as_photo(after))
    assert scores[0.0] == pytest.approx(1, abs=0.1)
    assert scores[0.5] < 0.05
    assert 0.2 < scores[0.3] < 0.8
    assert 0.2 < scores[0.65]
