"""Folders are looked through once: what is known is not read again, and no end of a run costs what it did."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image
from small_explore import small_coder, small_photos

from aestudio.errors import Cancelled, ImageError, LostFolderError
from aestudio.explore.coder import Coder
from aestudio.explore.index import Counted, index, look_at
from aestudio.explore.photos import Indexed
from aestudio.explore.sharpness import sharpness
from aestudio.explore.store import Store
from aestudio.progress import Progress, Step

OLD = 1_600_000_000 * 10**9  # nanoseconds


@pytest.fixture(scope="module")
def coder(tmp_path_factory: pytest.TempPathFactory) -> Coder:
    return small_coder(tmp_path_factory.mktemp("model"))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache")


def write(path: Path, seed: int, *, time_ns: int = OLD) -> Path:
    """A photo of 300×200 pixels, as it was written long ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = cv2.resize(small_photos(1, seed)[0], (300, 200), interpolation=cv2.INTER_CUBIC)
    Image.fromarray(picture).save(path, quality=95)
    os.utime(path, ns=(time_ns, time_ns))
    return path


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Six photos, two of them in a folder below, and the first once more there."""
    folder = tmp_path / "photos"
    for number, name in enumerate(["2.jpg", "10.jpg", "1.jpg", "b/4.png", "b/3.jpg"]):
        write(folder / name, number)
    shutil.copy2(folder / "2.jpg", folder / "b" / "copy.jpg")
    return folder


def indexed(folders: list[Path], coder: Coder, store: Store) -> tuple[Indexed, Counted]:
    counted: list[Counted] = []
    found = index(folders, coder, store, Progress(), counted.append)
    return found, counted[0]


def alike(a: Indexed, b: Indexed) -> bool:
    """Codes may differ by what batches of other sizes round."""
    exact = [(x.paths, x.digests, x.sizes, x.taken, x.model_digest) for x in (a, b)]
    rows = range(len(a))
    return (
        exact[0] == exact[1]
        and np.array_equal(a.sharpness, b.sharpness)
        and np.array_equal(a.smalls(rows), b.smalls(rows))
        and np.allclose(a.codes, b.codes, atol=0.02 * float(np.abs(a.codes).max()))
        and np.allclose(a.errors, b.errors, rtol=0.02)
    )


def test_each_file_is_a_row(photos: Path, coder: Coder, store: Store) -> None:
    found, counted = indexed([photos], coder, store)
    names = [path.relative_to(photos).as_posix() for path in found.paths]
    assert names == ["1.jpg", "2.jpg", "10.jpg", "b/3.jpg", "b/4.png", "b/copy.jpg"]
    assert counted == Counted(6, 6, 0, 0)
    assert found.sizes == ((200, 300),) * 6
    assert found.digests[1] == found.digests[5]
    assert len(set(found.digests)) == 5
    assert np.array_equal(found.codes[1], found.codes[5])
    assert found.codes.dtype == found.errors.dtype == found.sharpness.dtype == np.float32
    smalls = found.smalls([5, 0, 3])
    assert smalls.shape == (3, 128, 128, 3)
    assert np.array_equal(smalls[0], found.smalls([1])[0])
    codes, errors = coder.encode_with_errors(found.smalls(range(6)))
    assert np.allclose(found.codes, codes, atol=0.02 * float(np.abs(codes).max()))
    assert np.allclose(found.errors, errors, rtol=0.02)
    assert (found.model, found.model_digest) == (coder.name, coder.digest)


def test_small_photos_are_squeezed_as_models_learn_them(tmp_path: Path) -> None:
    path = write(tmp_path / "photo.png", 3)
    facts, jpeg = look_at(path, path.read_bytes())
    assert (facts.height, facts.width) == (200, 300)
    (tmp_path / "small.jpg").write_bytes(jpeg)
    small = np.asarray(Image.open(tmp_path / "small.jpg")).astype(float)
    whole = torch.from_numpy(np.asarray(Image.open(path)).copy()).permute(2, 0, 1)[None].float()
    wanted = torch.nn.functional.interpolate(whole, size=(128, 128), mode="bilinear", antialias=True)
    assert np.abs(small - wanted[0].permute(1, 2, 0).numpy()).mean() < 1


def spoil(path: Path) -> None:
    """Other bytes, of the same number and as old."""
    before = path.stat()
    path.write_bytes(b"x" * before.st_size)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_what_did_not_change_is_not_read_again(photos: Path, coder: Coder, store: Store, tmp_path: Path) -> None:
    first, _ = indexed([photos], coder, store)
    for path in first.paths:
        spoil(path)  # which nobody notices
    again, counted = indexed([photos], coder, Store(tmp_path / "cache"))
    assert counted == Counted(6, 0, 6, 0)
    assert alike(first, again)
    assert np.array_equal(first.codes, again.codes)


def test_another_model_needs_no_photos(photos: Path, coder: Coder, store: Store, tmp_path: Path) -> None:
    first, _ = indexed([photos], coder, store)
    for path in first.paths:
        spoil(path)
    other = small_coder(tmp_path / "other", "other", variational=True)
    found, counted = indexed([photos], other, store)
    assert counted.new == 6
    assert found.model == "other"
    assert np.allclose(found.codes, other.encode(found.smalls(range(6))), atol=0.05)
    assert alike(first, indexed([photos], coder, store)[0])


def test_changed_photos_are_read_anew_and_touched_ones_are_only_read(photos: Path, coder: Coder, store: Store) -> None:
    first, _ = indexed([photos], coder, store)
    write(photos / "1.jpg", 77, time_ns=OLD + 5)
    os.utime(photos / "2.jpg", ns=(OLD, OLD + 7))
    (photos / "10.jpg").unlink()
    write(photos / "c" / "5.jpg", 78)
    found, counted = indexed([photos], coder, store)
    assert counted == Counted(6, 2, 4, 0)
    assert found.digests[0] != first.digests[0]
    assert found.digests[1] == first.digests[1]
    assert [path.name for path in found.paths] == ["1.jpg", "2.jpg", "3.jpg", "4.png", "copy.jpg", "5.jpg"]


def test_a_file_that_was_just_written_is_not_trusted(photos: Path, coder: Coder, store: Store) -> None:
    now = time.time_ns()
    write(photos / "1.bmp", 7, time_ns=now)
    first, _ = indexed([photos], coder, store)
    size = (photos / "1.bmp").stat().st_size
    write(photos / "1.bmp", 8, time_ns=now)
    assert (photos / "1.bmp").stat().st_size == size
    found, counted = indexed([photos], coder, store)
    assert counted.new == 1
    assert set(found.digests) != set(first.digests)


def test_moved_photos_are_known_by_their_content(photos: Path, coder: Coder, store: Store) -> None:
    indexed([photos], coder, store)
    photos.rename(photos.with_name("elsewhere"))
    found, counted = indexed([photos.with_name("elsewhere")], coder, store)
    assert counted == Counted(6, 0, 6, 0)
    assert found.paths[0].parent.name == "elsewhere"


def test_unreadable_photos_are_told_and_stop_nobody(photos: Path, coder: Coder, store: Store) -> None:
    (photos / "3.jpg").write_bytes((photos / "2.jpg").read_bytes()[:-500])
    (photos / "3 again.jpg").write_bytes((photos / "3.jpg").read_bytes())
    (photos / "4.jpg").write_bytes(b"")
    (photos / ".hidden.jpg").write_bytes(b"")
    (photos / "notes.txt").write_text("no photo")
    found, counted = indexed([photos], coder, store)
    assert counted == Counted(6, 6, 0, 3)
    assert [path.name for path, _ in found.unreadable] == ["3 again.jpg", "3.jpg", "4.jpg"]
    assert all(path.name in str(problem) for path, problem in found.unreadable)
    assert not {path for path, _ in found.unreadable} & set(found.paths)


def test_folders_are_entered_once(photos: Path, coder: Coder, store: Store) -> None:
    try:
        (photos / "b" / "back").symlink_to(photos, target_is_directory=True)
        (photos / "again.jpg").symlink_to(photos / "1.jpg")
    except OSError:
        pytest.skip("no links here")
    found, _ = indexed([photos, photos / "b", photos], coder, store)
    assert len(found) == 6


def test_folders_without_readable_photos_are_refused(tmp_path: Path, coder: Coder, store: Store) -> None:
    with pytest.raises(ImageError, match="does not exist"):
        indexed([tmp_path / "none"], coder, store)
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(ImageError, match=r"no photos in .*empty"):
        indexed([empty], coder, store)
    (empty / "1.jpg").write_bytes(b"none")
    with pytest.raises(ImageError, match=r"No photo in .*empty.* can be read\. 1\.jpg"):
        indexed([empty], coder, store)


def test_vanished_photos_are_left_out(photos: Path, coder: Coder, store: Store) -> None:
    (photos / "many").mkdir()
    for number in range(200):
        shutil.copy2(photos / "2.jpg", photos / "many" / f"{number}.jpg")

    for number in range(4):  # far behind what is read ahead
        (photos / "many" / f"last {number}.jpg").hardlink_to(photos / "1.jpg")

    def on_step(step: Step) -> None:
        if step.done == 1:
            for number in range(4):
                (photos / "many" / f"last {number}.jpg").unlink(missing_ok=True)

    found = index([photos], coder, store, Progress(on_step))
    assert len(found) == 6 + 200
    assert found.unreadable == ()


def test_a_folder_that_is_lost_on_the_way_is_told(photos: Path, coder: Coder, store: Store) -> None:
    first = write(photos / "many" / "0.jpg", 0)
    for number in range(1, 300):
        shutil.copy2(first, photos / "many" / f"{number}.jpg")

    def on_step(step: Step) -> None:
        if step.done == 1:
            photos.rename(photos.with_name("away"))

    with pytest.raises(LostFolderError, match="photos"):
        index([photos], coder, store, Progress(on_step))
    photos.with_name("away").rename(photos)
    assert len(index([photos], coder, store, Progress())) == 306


@pytest.mark.parametrize("at", [1, 70])
def test_what_was_done_before_a_stop_is_kept(tmp_path: Path, coder: Coder, store: Store, at: int) -> None:
    for number in range(80):
        write(tmp_path / "photos" / f"{number}.jpg", number)

    def on_step(step: Step) -> None:
        if step.done == at:
            progress.cancel()

    progress = Progress(on_step)
    with pytest.raises(Cancelled):
        index([tmp_path / "photos"], coder, store, progress)
    unbroken = index([tmp_path / "photos"], coder, Store(tmp_path / "other"), Progress())
    done = len(store.facts(unbroken.digests))
    assert at - 1 <= done < 80
    assert len(store.codes(coder.digest, coder.length, unbroken.digests).rows) == at // 64 * 64
    found, counted = indexed([tmp_path / "photos"], coder, store)
    assert counted.cached == at // 64 * 64
    assert alike(found, unbroken)


def test_a_stop_comes_before_anything_is_read(photos: Path, coder: Coder, store: Store) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        index([photos], coder, store, progress)


@pytest.mark.parametrize("harm", ["database", "codes", "both", "gone"])
def test_a_damaged_cache_costs_time_only(photos: Path, coder: Coder, tmp_path: Path, harm: str) -> None:
    first, _ = indexed([photos], coder, Store(tmp_path / "cache"))
    opened = Store(tmp_path / "cache")
    for path in (tmp_path / "cache" / "1").iterdir():
        if harm in ("both", "database" if path.suffix == ".sqlite" else "codes"):
            path.write_bytes(random.Random(1).randbytes(path.stat().st_size))
    if harm == "gone":
        shutil.rmtree(tmp_path / "cache")
    for store in (opened, Store(tmp_path / "cache")):
        assert alike(first, indexed([photos], coder, store)[0])
    assert alike(first, indexed([photos], coder, Store(tmp_path / "cache"))[0])


def test_where_nothing_can_be_kept_all_is_found_nevertheless(photos: Path, coder: Coder, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    store = Store(tmp_path / "file" / "cache")
    found, counted = indexed([photos], coder, store)
    assert counted == Counted(6, 6, 0, 0)
    assert alike(found, indexed([photos], coder, Store(tmp_path / "cache"))[0])
    assert len(store.notes) == 1


def test_small_photos_are_made_anew_where_the_cache_is_gone(
    photos: Path, coder: Coder, store: Store, tmp_path: Path
) -> None:
    found, _ = indexed([photos], coder, store)
    before = found.smalls(range(6))
    shutil.rmtree(tmp_path / "cache")
    (photos / "1.jpg").unlink()
    write(photos / "10.jpg", 99)
    after = found.smalls(range(6))
    assert np.array_equal(after[[1, 3, 4, 5]], before[[1, 3, 4, 5]])
    assert (after[[0, 2]] == 128).all()


_CHILD = """
import sys
sys.path[:0] = sys.argv[4:]
from pathlib import Path
from aestudio.explore.coder import Coder
from aestudio.explore.index import index
from aestudio.explore.store import Store
from aestudio.progress import Progress
coder = Coder.load("small", (Path(sys.argv[1]),))
print("ready", flush=True)
index([Path(sys.argv[2])], coder, Store(Path(sys.argv[3])), Progress(lambda step: print(step.done, flush=True)))
"""


@pytest.mark.skipif(os.name == "nt", reason="processes end in another way there")
def test_a_killed_run_costs_little(tmp_path: Path) -> None:
    at = 70
    for number in range(80):
        write(tmp_path / "photos" / f"{number}.jpg", number)
    coder = small_coder(tmp_path / "model")
    places = [str(tmp_path / name) for name in ("model", "photos", "cache")]
    with subprocess.Popen([sys.executable, "-c", _CHILD, *places], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if line.strip() == str(at):
                break
        child.send_signal(signal.SIGKILL)
    store = Store(tmp_path / "cache")
    found, counted = indexed([tmp_path / "photos"], coder, store)
    assert (at - 1) // 64 * 64 <= counted.cached < 80
    assert store.notes == ()
    assert alike(found, indexed([tmp_path / "photos"], coder, Store(tmp_path / "other"))[0])


def texture(seed: int) -> NDArray[np.float32]:
    """Edges and fine detail, (600, 900, 3)."""
    rng = np.random.default_rng(seed)
    picture = np.full((600, 900, 3), 120, np.float32)
    for _ in range(80):
        x, y, w, h = (int(v) for v in rng.integers(0, 500, 4))
        cv2.rectangle(picture, (x, y), (x + w // 3, y + h // 4), rng.integers(30, 220, 3).tolist(), -1)
    return picture


@pytest.mark.parametrize("seed", range(4))
def test_the_sharper_of_two_photos_is_told(seed: int) -> None:
    def as_taken(picture: NDArray[np.float32], gain: float = 1, noise: float = 0) -> NDArray[np.uint8]:
        grain = np.random.default_rng(seed).normal(0, 1, picture.shape) * noise
        return np.clip(picture * gain + grain, 0, 255).astype(np.uint8)

    sharp = texture(seed)
    taken: list[Callable[[NDArray[np.float32]], NDArray[np.uint8]]] = [
        as_taken,
        lambda picture: as_taken(picture, 0.8),
        lambda picture: as_taken(picture, 1.1),
        lambda picture: as_taken(picture, 1, 3),
        lambda picture: np.asarray(cv2.resize(as_taken(picture), None, fx=0.7, fy=0.7, interpolation=cv2.INTER_AREA)),
    ]
    good = [sharpness(take(sharp)) for take in taken]
    shaken = np.zeros((7, 7), np.float32)
    shaken[3] = 1 / 7
    for blurred in (cv2.GaussianBlur(sharp, (0, 0), 1.5), cv2.filter2D(sharp, -1, shaken)):
        assert max(sharpness(take(np.asarray(blurred, np.float32))) for take in taken) < min(good)


def test_even_pictures_and_tiny_ones_have_a_sharpness() -> None:
    for shape in ((600, 900, 3), (1, 1, 3), (1, 4000, 3), (3000, 1, 3)):
        assert sharpness(np.full(shape, 200, np.uint8)) == 0
