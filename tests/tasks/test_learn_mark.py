"""A mark is learnt from photos that share it, and takes itself off one that was not among them."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from aestudio.errors import Cancelled, SettingsError
from aestudio.images.io import write_photo
from aestudio.images.photo import Photo, RgbTile, to_depth
from aestudio.progress import Progress
from aestudio.tasks.known_mark import KnownMark, Placement, laid, taken_off
from aestudio.tasks.learn_mark import FEWEST, learn_mark

SIZE = 180, 260
PLACE = Placement(120, 110, 1.0, 0.0, 0.0, 0.5)


@pytest.fixture(scope="module")
def mark() -> KnownMark:
    canvas = np.zeros((44, 110), np.uint8)
    cv2.circle(canvas, (22, 22), 17, 255, 5, cv2.LINE_AA)
    cv2.putText(canvas, "Ada", (46, 32), cv2.FONT_HERSHEY_DUPLEX, 0.9, 255, 2, cv2.LINE_AA)
    white = np.ones((44, 110, 3), dtype=np.float32)
    return KnownMark("ada", canvas.astype(np.float32) / np.float32(255), white)


def scenery(seed: int) -> RgbTile:
    rng = np.random.default_rng(seed)
    soft = cv2.resize(rng.random((6, 9, 3), np.float32), SIZE[::-1], interpolation=cv2.INTER_CUBIC)
    levels = np.rint(np.clip(0.1 + 0.6 * soft, 0, 1) * 255).astype(np.uint8)
    for _ in range(25):
        ends = rng.integers(0, 260, 4).tolist()
        shade = tuple(int(v) for v in rng.integers(10, 230, 3))
        cv2.line(levels, (ends[0], ends[1]), (ends[2], ends[3]), shade, int(rng.integers(1, 4)), cv2.LINE_AA)
    rgb: RgbTile = levels.astype(np.float32) / np.float32(255)
    return rgb


def marked(clean: RgbTile, mark: KnownMark) -> RgbTile:
    cover, colour = laid(mark, PLACE, *SIZE)
    alpha = (PLACE.opacity * cover)[..., None]
    blend: RgbTile = (clean * (1 - alpha) + colour * alpha).astype(np.float32)
    return blend


def test_a_mark_learnt_from_a_folder_takes_itself_off_another_photo(mark: KnownMark, tmp_path: Path) -> None:
    paths = [
        write_photo(Photo(to_depth(marked(scenery(seed), mark), 8)), tmp_path / f"{seed}.png") for seed in range(20)
    ]
    (tmp_path / "broken.png").write_bytes(b"no photo")  # is passed over
    odd = write_photo(Photo(np.zeros((50, 40, 3), np.uint8)), tmp_path / "odd.png")  # of another size
    learnt = learn_mark([*paths, tmp_path / "broken.png", odd], "roll", Progress())
    assert learnt.photos == 20
    assert (learnt.height, learnt.width) == SIZE
    cover = np.zeros(SIZE, np.float32)
    cover[learnt.box.slices] = learnt.mark.cover
    truth = PLACE.opacity * laid(mark, PLACE, *SIZE)[0]
    assert float(np.abs(cover - truth)[truth > 0.02].mean()) < 0.06
    assert float(np.abs(cover - truth)[truth == 0].mean()) < 0.01

    clean = scenery(99)
    dirty = marked(clean, mark)
    bare, changed = taken_off(dirty, learnt.mark, Placement(learnt.box.x0, learnt.box.y0, 1.0, 0.0, 0.0, opacity=1.0))
    before, after = (float(np.square(rgb - clean)[truth > 0.02].mean()) for rgb in (dirty, bare))
    assert after < before / 30  # 15 dB
    assert np.array_equal(bare[~changed], dirty[~changed])


def test_photos_that_share_nothing_are_told(tmp_path: Path) -> None:
    paths = [write_photo(Photo(to_depth(scenery(seed), 8)), tmp_path / f"{seed}.png") for seed in range(12)]
    with pytest.raises(SettingsError, match="The photos in roll share no mark"):
        learn_mark(paths, "roll", Progress())
    with pytest.raises(SettingsError, match=f"roll holds 3 photos of one size: at least {FEWEST}"):
        learn_mark(paths[:3], "roll", Progress())
    with pytest.raises(SettingsError, match="roll holds 0 photos"):
        learn_mark([], "roll", Progress())


def test_learning_can_be_stopped(mark: KnownMark, tmp_path: Path) -> None:
    paths = [
        write_photo(Photo(to_depth(marked(scenery(seed), mark), 8)), tmp_path / f"{seed}.png") for seed in range(10)
    ]
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        learn_mark(paths, "roll", progress)
