"""Photos that belong together are found, laid over one another and brought to one brightness; others are refused."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from training_photos import Bytes, moved, noisy, save, save_scenes, scene

from aestudio.errors import Sentence
from aestudio.images.glance import glance
from aestudio.training.data.align import Aligned, align
from aestudio.training.data.pairing import Scene, pairs_by_name, series_by_time


def aligned(noisy_photo: Bytes, target: Bytes) -> Aligned:
    pair = align(noisy_photo, target)
    assert isinstance(pair, Aligned), str(pair)
    return pair


def test_what_fits_stays_as_it_is() -> None:
    photo = scene(1)
    pair = aligned(noisy(photo, 10), photo)
    assert pair.noisy.shape == photo.shape
    assert np.array_equal(pair.noisy, noisy(photo, 10))
    assert np.abs(pair.target.astype(int) - photo).max() <= 2


@pytest.mark.parametrize("shift", [(3, -2), (-5, 4), (1.4, -0.6), (-2.5, 3.3)])
@pytest.mark.parametrize("sigma", [4, 25])
def test_shifts_are_taken_back(shift: tuple[float, float], sigma: float) -> None:
    photo = scene(2, 160, 200)
    pair = aligned(noisy(photo, sigma), moved(photo, *shift))
    assert pair.shift == pytest.approx(shift, abs=0.12)
    top, left = pair.corner
    height, width = pair.noisy.shape[:2]
    assert height >= 160 - abs(shift[0]) - 9
    shown = photo[top : top + height, left : left + width].astype(np.float32)
    assert np.abs(pair.target - shown).mean() < 2.5
    assert np.array_equal(pair.noisy, noisy(photo, sigma)[top : top + height, left : left + width])


def test_two_noisy_frames_are_laid_over_one_another() -> None:
    photo = scene(3, 256, 320)
    pair = aligned(noisy(photo, 30, 1), noisy(moved(photo, 1.5, -0.5), 30, 2))
    assert pair.shift == pytest.approx((1.5, -0.5), abs=0.15)


def test_brightness_is_matched_for_each_channel() -> None:
    photo = scene(4, 288, 320)
    altered = np.clip(photo * [1.2, 0.8, 1.0] + [-10, 12, 6], 0, 255).astype(np.uint8)
    altered[20:60, 20:60] = 255  # a lamp that was lit: it does not count
    pair = aligned(noisy(photo, 12), altered)
    still = np.ones(photo.shape[:2], bool)
    still[10:70, 10:70] = False
    (top, left), (height, width) = pair.corner, pair.noisy.shape[:2]
    seen = slice(top, top + height), slice(left, left + width)
    still, difference = still[seen], pair.target.astype(np.float32) - photo[seen]
    assert np.abs(difference[still].mean(axis=0)).max() < 1.0
    assert np.abs(difference[still]).mean() < 2.0


def turned(photo: Bytes) -> Bytes:
    rotation = cv2.getRotationMatrix2D((photo.shape[1] / 2, photo.shape[0] / 2), 1.0, 1.0)
    return np.asarray(cv2.warpAffine(photo, rotation, photo.shape[1::-1], borderMode=cv2.BORDER_REFLECT), np.uint8)


@pytest.mark.parametrize(
    ("target", "why"),
    [
        (scene(6, 320, 400), "different things|too far"),
        (moved(scene(5, 320, 400), 15, 0), "too far"),
        (turned(scene(5, 320, 400)), "turned or zoomed"),
        (scene(5, 320, 399), "differ in size"),
        ((scene(5, 320, 400) * 0.2).astype(np.uint8), "brightness"),
        (np.asarray(cv2.GaussianBlur(scene(5, 320, 400), (0, 0), 2.5), np.uint8), "less sharp"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason(target: Bytes, why: str) -> None:
    refused = align(noisy(scene(5, 320, 400), 8), target)
    assert isinstance(refused, Sentence)
    assert any(part in str(refused) for part in why.split("|")), str(refused)


def test_a_photo_of_nothing_is_refused() -> None:
    assert isinstance(align(np.full((80, 80, 3), 90, np.uint8), np.full((80, 80, 3), 90, np.uint8)), Sentence)


def found_by_name(clean: Path, noisy_dir: Path) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Names of clean photos with those of their noisy ones, and why others have none."""
    looks = [[glance(path) for path in sorted(folder.rglob("*.*"))] for folder in (clean, noisy_dir)]
    scenes, unpaired = pairs_by_name(looks[0], looks[1], (clean,), (noisy_dir,))
    assert all(scene.truth is not None for scene in scenes)
    names = {scene.shown.path.name: [frame.path.name for frame in scene.frames] for scene in scenes}
    return names, {Path(name).name: str(why) for name, why in unpaired}


def test_pairs_are_found_by_their_names(tmp_path: Path) -> None:
    clean, other = tmp_path / "clean", tmp_path / "noisy"
    for index, (one, two) in enumerate(
        [
            ("a.png", "A.jpg"),
            ("b_clean.png", "b_noisy.png"),
            ("sub/c_GT_1.png", "sub/c_NOISY_1.png"),
            ("x/d.png", "d.png"),
        ]
    ):
        save(scene(index), clean / one)
        save(noisy(scene(index), 10), other / two)
    save(noisy(scene(1), 20), other / "B-noise.png")
    names, unpaired = found_by_name(clean, other)
    assert names == {
        "a.png": ["A.jpg"],
        "b_clean.png": ["B-noise.png", "b_noisy.png"],
        "c_GT_1.png": ["c_NOISY_1.png"],
        "d.png": ["d.png"],
    }
    assert unpaired == {}


def test_what_matches_nothing_is_told_with_the_reason(tmp_path: Path) -> None:
    clean, other = tmp_path / "clean", tmp_path / "noisy"
    save(scene(0), clean / "a.png")
    save(scene(0, 96, 120), other / "a.png")
    save(scene(1), clean / "b.png")
    save(scene(2), other / "b.png")
    save(scene(3), clean / "c.png")
    save(scene(4), other / "d.png")
    save(scene(5), clean / "e.png")
    save(scene(5), other / "e.png")
    save(scene(6), clean / "one/f.png")
    save(scene(7), clean / "two/f.png")
    save(noisy(scene(6), 9), other / "f.png")
    names, unpaired = found_by_name(clean, other)
    assert names == {}
    assert "120 × 96" in unpaired["a.png"] or "no noisy photo" in unpaired["a.png"]
    assert "no clean photo" in unpaired["d.png"]
    assert "no noisy photo" in unpaired["c.png"]


def test_orientation_counts_before_sizes_are_compared(tmp_path: Path) -> None:
    photo = scene(0)
    save(photo, tmp_path / "clean/a.jpg")
    save(np.ascontiguousarray(np.rot90(noisy(photo, 10))), tmp_path / "noisy/a.jpg", orientation=6)
    names, _ = found_by_name(tmp_path / "clean", tmp_path / "noisy")
    assert names == {"a.jpg": ["a.jpg"]}


def series(folder: Path) -> tuple[list[Scene], dict[str, str]]:
    scenes, unpaired = series_by_time([glance(path) for path in sorted(folder.iterdir())])
    return scenes, {Path(name).name: str(why) for name, why in unpaired}


def test_an_iso_series_has_its_lowest_sensitivity_for_truth(tmp_path: Path) -> None:
    for index, iso in enumerate((1600, 100, 6400, 125)):
        save(noisy(scene(1), iso / 300), tmp_path / f"{index}.jpg", second=100 + 3.5 * index, iso=iso)
    scenes, unpaired = series(tmp_path)
    assert [(s.shown.path.name, [f.iso for f in s.frames]) for s in scenes] == [("1.jpg", [1600, 6400])]
    assert unpaired == {}


def test_bursts_are_told_apart_by_time_content_and_size(tmp_path: Path) -> None:
    for index in range(3):
        save(noisy(scene(1), 10, index), tmp_path / f"a{index}.jpg", second=10 + 0.25 * index, iso=800)
        save(noisy(scene(2), 10, index), tmp_path / f"b{index}.jpg", second=10.8 + 0.25 * index, iso=800)
        save(noisy(scene(2), 10, index), tmp_path / f"c{index}.jpg", second=300 + 0.1 * index, iso=800)
    save(scene(2, 96, 96), tmp_path / "d.jpg", second=300.3)
    save(scene(9), tmp_path / "e.jpg")
    scenes, unpaired = series(tmp_path)
    names = [[frame.path.stem for frame in each.frames] for each in scenes]
    assert names == [["a0", "a1", "a2"], ["b0", "b1", "b2"], ["c0", "c1", "c2"]]
    assert all(each.truth is None and each.examples == 2 for each in scenes)
    assert "no other photo" in unpaired["d.jpg"]
    assert "when it was taken" in unpaired["e.jpg"]


def test_hundredths_of_seconds_order_a_burst(tmp_path: Path) -> None:
    for name, second in (("z", 5.10), ("y", 5.35), ("x", 5.85)):
        save(noisy(scene(1), 8), tmp_path / f"{name}.jpg", second=second)
    assert [frame.path.stem for frame in series(tmp_path)[0][0].frames] == ["z", "y", "x"]


def test_a_long_burst_is_cut(tmp_path: Path) -> None:
    for index in range(15):
        save(noisy(scene(1), 8, index), tmp_path / f"{index:02}.jpg", second=5 + index / 10)
    assert [len(each.frames) for each in series(tmp_path)[0]] == [8, 7]


def test_single_photos_make_no_series(tmp_path: Path) -> None:
    save_scenes(tmp_path, 3)
    assert series(tmp_path)[0] == []
