"""Patches are real parts of real photos, and the same ones every time."""

import threading
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from aestudio.errors import Cancelled, TrainingDataError
from aestudio.images.io import photo_paths, read_photo
from aestudio.progress import Progress
from aestudio.training.data.dataset import load_pool, prefetched, shrunk_copies
from aestudio.training.data.pool import PhotoPool, pool_of


def dihedral(patch: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    """The eight orientations of a square patch."""
    turned = [np.rot90(patch, k) for k in range(4)]
    return turned + [t.transpose(1, 0, 2) for t in turned]


def test_a_patch_is_a_part_of_a_photo_in_one_of_eight_orientations(photo_dir: Path) -> None:
    pool, _ = load_pool(photo_dir, {"one": 1.0}, 32, Progress())
    photos = [read_photo(p).pixels for p in photo_paths(photo_dir / "one")]
    patches = pool.patches(12, 32, torch.Generator().manual_seed(0))
    assert patches.shape == (12, 3, 32, 32)
    for patch in (patches * 255).round().byte().permute(0, 2, 3, 1).numpy():
        assert any(contains(photo, view) for photo in photos for view in dihedral(patch))


def contains(photo: NDArray[np.uint8], patch: NDArray[np.uint8]) -> bool:
    """Whether the patch stands somewhere in the photo."""
    windows = np.lib.stride_tricks.sliding_window_view(photo, patch.shape)
    return bool((windows == patch).all(axis=(2, 3, 4, 5)).any())


def pool_with(photo: NDArray[np.uint8]) -> PhotoPool:
    return pool_of([(photo, 1.0)])


def test_upright_patches_are_mirrored_at_most() -> None:
    down = np.broadcast_to(np.arange(64, dtype=np.uint8)[:, None, None], (64, 48, 3)).copy()
    patches = pool_with(down).patches(40, 16, torch.Generator().manual_seed(0), upright=True)
    assert bool((patches[:, 0, 1:] > patches[:, 0, :-1]).all())
    across = pool_with(np.ascontiguousarray(down.transpose(1, 0, 2)))
    rows = across.patches(40, 16, torch.Generator().manual_seed(0), upright=True)[:, 0, 0]
    rising = int((rows[:, 1:] > rows[:, :-1]).all(1).sum())
    assert 0 < rising < 40


def test_the_same_seed_draws_the_same_patches(photo_dir: Path) -> None:
    pool, _ = load_pool(photo_dir, {"one": 1.0}, 32, Progress())
    one, two, other = (pool.patches(4, 32, torch.Generator().manual_seed(seed)) for seed in (1, 1, 2))
    assert torch.equal(one, two)
    assert not torch.equal(one, other)


def test_held_out_photos_are_not_trained_on(photo_dir: Path) -> None:
    pool, validation = load_pool(photo_dir, {"one": 1.0}, 32, Progress(), held_out=2)
    assert validation is not None
    assert (len(pool.sizes), len(validation.sizes)) == (4, 2)
    assert [c.shape for c in validation.centres()] == [(1, 3, 64, 64)] * 2


def test_photos_that_are_named_are_left_out(photo_dir: Path) -> None:
    first = photo_paths(photo_dir / "one")[0].name
    pool, _ = load_pool(photo_dir, {"one": 1.0}, 32, Progress(), left_out=[f"one/{first}", "other/photo.png"])
    assert len(pool.sizes) == 5


def test_a_few_damaged_photos_are_passed_over(photo_dir: Path) -> None:
    (photo_dir / "one" / "broken.png").write_bytes(b"not a photo")
    pool, _ = load_pool(photo_dir, {"one": 1.0}, 32, Progress())
    assert len(pool.sizes) == 6


def test_a_folder_of_damaged_photos_is_refused(photo_dir: Path) -> None:
    for index in range(4):
        (photo_dir / "one" / f"broken{index}.png").write_bytes(b"not a photo")
    with pytest.raises(TrainingDataError, match=r"4 of 10 photos .* cannot be used"):
        load_pool(photo_dir, {"one": 1.0}, 32, Progress())


def test_a_folder_of_small_photos_is_refused(photo_dir: Path) -> None:
    with pytest.raises(TrainingDataError, match="too small"):
        load_pool(photo_dir, {"one": 1.0}, 112, Progress())


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    with pytest.raises(TrainingDataError, match="no photos"):
        load_pool(tmp_path, {"one": 1.0}, 32, Progress())


def test_large_photos_are_shrunk() -> None:
    sizes = [copy.shape[:2] for copy in shrunk_copies(np.zeros((600, 1200, 3), np.uint8), 96)]
    assert sizes == [(300, 600), (200, 400)]


def test_reading_photos_can_be_cancelled(photo_dir: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        load_pool(photo_dir, {"one": 1.0}, 32, progress)


def test_prefetched_items_come_in_order_and_the_thread_ends() -> None:
    before = threading.active_count()
    items = prefetched(lambda n: n * n, 3, 50)
    assert [next(items) for _ in range(3)] == [9, 16, 25]
    items.close()
    assert threading.active_count() == before


def test_an_error_while_making_an_item_reaches_the_consumer() -> None:
    def fail(n: int) -> int:
        raise ValueError(f"step {n}")

    with pytest.raises(ValueError, match="step 0"):
        list(prefetched(fail, 0, 3))
