"""A packed file teaches what its folder teaches, and has no more bytes than it may."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from training_photos import Bytes, save, save_scenes, scene

from aestudio.errors import AEStudioError, Cancelled, ImageError, TrainingDataError
from aestudio.images.colour import adobe_rgb_profile
from aestudio.images.io import photo_paths, read_photo
from aestudio.progress import Progress
from aestudio.training.data.dataset import load_pool, shrunk_copies, shrunk_to
from aestudio.training.data.packed import LARGE, MANIFEST, PackedPhotos, levels_of, packed_size
from aestudio.training.data.packing import BEST, LOWEST, MEGABYTE, pack
from aestudio.training.data.pool import PhotoPool

FOLDERS = {"one": 1.0, "two/deeper": 2.5}
BROKEN = "broken {0}.png"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Photos of several kinds in two folders: large, turned, in other colours, too small, damaged."""
    top = tmp_path_factory.mktemp("packed") / "photos"
    save_scenes(top / "one", 6)
    save_scenes(top / "one", 2, ".jpg", first=20)
    save(scene(30, 700, 1001), top / "one" / "large.jpg")
    deeper = top / "two" / "deeper"
    save(scene(31, 90, 140), deeper / "turned.jpg", orientation=6)
    save(scene(32, 300, 520), deeper / "a{b}.png")
    save(scene(33, 40, 60), deeper / "small.png")
    (deeper / BROKEN).write_bytes(b"not a photo")
    Image.fromarray(scene(35)).save(deeper / "adobe.jpg", icc_profile=adobe_rgb_profile(), quality=95)
    save(scene(34), top / ".hidden" / "unseen.png")
    (top / "empty").mkdir()
    return top


@pytest.fixture(scope="module")
def packed(folder: Path) -> Path:
    """The same photos packed."""
    target = folder.parent / "photos.zip"
    pack(folder, target, MEGABYTE, Progress())
    return target


def decibels(one: Bytes, other: Bytes) -> float:
    error = np.square(one.astype(np.float32) - other.astype(np.float32)).mean()
    return float(10 * np.log10(255**2 / max(error, 1e-3)))


def check_alike(one: PhotoPool | None, other: PhotoPool | None, least: float = 30.0) -> None:
    """The same photos in the same order, but for what coding them costs."""
    assert one is not None
    assert other is not None
    assert one.sizes.tolist() == other.sizes.tolist()
    assert one.weights.tolist() == other.weights.tolist()
    for index in range(len(one)):
        assert decibels(one.pixels(index).numpy(), other.pixels(index).numpy()) > least


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("shorter", [0, 64, 600])
def test_the_same_photos_are_learnt_from_and_held_out(folder: Path, packed: Path, seed: int, shorter: int) -> None:
    pools = [load_pool(data, FOLDERS, 48, Progress(), 4, seed, shorter=shorter) for data in (folder, packed)]
    for from_folder, from_packed in zip(*pools, strict=True):
        check_alike(from_folder, from_packed)


def test_what_was_not_coded_anew_is_the_same_to_the_last_bit(folder: Path, packed: Path) -> None:
    photos = PackedPhotos(packed)
    for name in ("0.jpg", "1.jpg"):
        levels, size = photos.read(packed / "one" / name)
        assert np.array_equal(levels, levels_of(read_photo(folder / "one" / name)))
        assert size == levels.shape[:2]


def test_the_manifest_tells_how_large_photos_were_found(packed: Path) -> None:
    with ZipFile(packed) as archive:
        table = json.loads(archive.read(MANIFEST))
        assert all(info.compress_type == ZIP_STORED for info in archive.infolist())
    assert table["folders"].keys() == {".", "one", "two", "two/deeper", "empty"}
    sizes = {each["name"]: (each.get("height"), each.get("width")) for each in table["folders"]["two/deeper"]}
    assert sizes["turned.jpg"] == (140, 90)
    assert sizes[BROKEN] == (None, None)
    assert [each["name"] for each in table["folders"]["one"]][-1] == "large.jpg"
    assert PackedPhotos(packed).read(packed / "one" / "large.jpg")[0].shape == (350, 500, 3)


def test_the_same_photos_are_packed_the_same_way(folder: Path, packed: Path, tmp_path: Path) -> None:
    again = pack(folder, tmp_path / "new" / "again.zip", MEGABYTE, Progress())
    assert (tmp_path / "new" / "again.zip").read_bytes() == packed.read_bytes()
    assert again.size == packed.stat().st_size
    assert (again.photos, again.quality) == (13, BEST)
    assert [problem.partition(" is ")[0] for problem in again.unreadable] == [BROKEN]


# what is passed over, and what is refused


def said(data: Path, folders: Mapping[str, float], side: int) -> str:
    """What is refused with, without where the photos lie."""
    with pytest.raises(AEStudioError) as refused:
        load_pool(data, folders, side, Progress())
    return str(refused.value).replace(str(data), "HERE")


@pytest.mark.parametrize(
    ("folders", "side", "sentence"),
    [
        ({"two/deeper": 1.0}, 80, f"2 of 5 photos in HERE cannot be used; the first: {BROKEN} is not a photo"),
        ({"one": 1.0}, 112, "8 of 9 photos in HERE cannot be used; the first: HERE/one/2.png is too small."),
        ({"empty": 1.0}, 32, "There are no photos in HERE."),
        ({"one": 1.0, "two/three": 1.0}, 32, "The folder three cannot be opened."),
    ],
)
def test_the_same_is_refused_in_the_same_words(
    folder: Path, packed: Path, folders: dict[str, float], side: int, sentence: str
) -> None:
    refusals = {said(data, folders, side) for data in (folder, packed)}
    assert len(refusals) == 1
    assert refusals.pop().startswith(sentence)


def test_a_photo_that_cannot_be_read_is_passed_over(packed: Path) -> None:
    pool, _ = load_pool(packed, FOLDERS, 32, Progress())
    assert len(pool) == 15  # thirteen photos, of two of which there are two sizes


def rewritten(packed: Path, target: Path, change: Callable[[dict[str, Any], dict[str, bytes]], object]) -> Path:
    """The packed file with another manifest, or other pictures."""
    with ZipFile(packed) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    table = json.loads(files.pop(MANIFEST))
    change(table, files)
    with ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        if table:
            archive.writestr(MANIFEST, json.dumps(table))
    return target


def as_jpeg(rgb_u8: Bytes) -> bytes:
    out = BytesIO()
    Image.fromarray(rgb_u8).save(out, "JPEG")
    return out.getvalue()


def first_of(table: dict[str, Any]) -> dict[str, Any]:
    entry: dict[str, Any] = table["folders"]["one"][0]
    return entry


DAMAGES: dict[str, Callable[[dict[str, Any], dict[str, bytes]], object]] = {
    "no manifest": lambda table, files: table.clear(),
    "no format": lambda table, files: table.pop("format"),
    "a format that is a word": lambda table, files: table.update(format="1"),
    "no folders": lambda table, files: table.pop("folders"),
    "folders in a list": lambda table, files: table.update(folders=["one"]),
    "a photo without a name": lambda table, files: first_of(table).pop("name"),
    "a size that is a word": lambda table, files: first_of(table).update(height="96"),
    "a size without a picture": lambda table, files: first_of(table).pop("file"),
    "a key too many": lambda table, files: first_of(table).update(colour="red"),
    "a picture that is missing": lambda table, files: files.pop(first_of(table)["file"]),
    "a picture of another size": lambda table, files: files.update({first_of(table)["file"]: as_jpeg(scene(1, 9, 9))}),
}


@pytest.mark.parametrize("change", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_file_is_refused_with_one_sentence(
    packed: Path, tmp_path: Path, change: Callable[[dict[str, Any], dict[str, bytes]], object]
) -> None:
    path = rewritten(packed, tmp_path / "damaged.zip", change)
    with pytest.raises(TrainingDataError, match=r"damaged\.zip is damaged, or holds no packed photos"):
        load_pool(path, FOLDERS, 32, Progress())


def test_a_picture_that_no_one_can_read_is_passed_over(packed: Path, tmp_path: Path) -> None:
    path = rewritten(packed, tmp_path / "a.zip", lambda table, files: files.update({first_of(table)["file"]: b"odd"}))
    assert len(load_pool(path, FOLDERS, 32, Progress())[0]) == 14


def test_a_file_of_a_newer_program_is_refused(packed: Path, tmp_path: Path) -> None:
    path = rewritten(packed, tmp_path / "new.zip", lambda table, files: table.update(format=2))
    with pytest.raises(TrainingDataError, match="packed by a newer AEStudio"):
        load_pool(path, FOLDERS, 32, Progress())


@pytest.mark.parametrize("part", ["none", "half", "other"])
def test_what_is_no_whole_packed_file_is_refused(packed: Path, tmp_path: Path, part: str) -> None:
    data = packed.read_bytes()
    path = tmp_path / "part.zip"
    path.write_bytes({"none": b"", "half": data[: len(data) // 2], "other": as_jpeg(scene(0))}[part])
    with pytest.raises(TrainingDataError, match="damaged, or holds no packed photos"):
        load_pool(path, FOLDERS, 32, Progress())


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small packed file."""
    top = tmp_path_factory.mktemp("few")
    save_scenes(top / "photos" / "one", 2, ".jpg")
    pack(top / "photos", top / "few.zip", MEGABYTE, Progress())
    return (top / "few.zip").read_bytes()


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_damage_is_told_by_our_own_errors(
    few: bytes, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    damaged = bytearray(few)
    directory = few.rindex(b"PK\x01\x02", 0, few.rindex(b"PK\x01\x02"))  # what comes before are pictures
    start = data.draw(st.sampled_from([0, directory]))
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(start, len(few) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "any.zip"
    path.write_bytes(damaged)
    with suppress(AEStudioError):  # and nothing else
        load_pool(path, {"one": 1.0}, 32, Progress())


# sizes


@settings(max_examples=60, deadline=None)
@given(height=st.integers(1, 1100), width=st.integers(1, 1100), side=st.sampled_from([16, 48, 96]))
def test_sizes_come_from_the_photo_as_it_was_found(height: int, width: int, side: int) -> None:
    whole = np.zeros((height, width, 3), np.uint8)
    small = np.zeros((*packed_size(height, width), 3), np.uint8)
    found, again = shrunk_copies(whole, side), shrunk_copies(small, side, (height, width))
    assert [copy.shape for copy in found] == [copy.shape for copy in again]
    for shorter in (32, 384):
        assert shrunk_to(whole, shorter).shape == shrunk_to(small, shorter, (height, width)).shape


def test_a_large_photo_is_packed_as_it_is_learnt_from_first(tmp_path: Path) -> None:
    photo = scene(3, 640, LARGE + 61)
    Image.fromarray(photo).save(tmp_path / "a.png")
    pack(tmp_path, tmp_path / "a.zip", MEGABYTE, Progress())
    levels, size = PackedPhotos(tmp_path / "a.zip").read(tmp_path / "a.zip" / "a.png")
    first, second = shrunk_copies(photo, 96)
    assert [copy.shape for copy in shrunk_copies(levels, 96, size)] == [first.shape, second.shape]
    assert decibels(levels, first) > 38
    assert decibels(shrunk_copies(levels, 96, size)[1], second) > 38


# the limit


def test_the_file_is_as_good_as_fits(folder: Path, packed: Path, tmp_path: Path) -> None:
    most = packed.stat().st_size
    found = [
        pack(folder, tmp_path / f"{share}.zip", most * share // 100, Progress(), overwrite=True)
        for share in (100, 99, 70, 50)
    ]
    for share, packing in zip((100, 99, 70, 50), found, strict=True):
        assert packing.size == (tmp_path / f"{share}.zip").stat().st_size
        assert packing.size <= most * share // 100
    qualities = [packing.quality for packing in found]
    assert qualities[0] == BEST
    assert qualities == sorted(qualities, reverse=True)
    assert qualities[-1] < qualities[1] < BEST


def test_what_cannot_fit_is_refused_and_nothing_is_written(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(TrainingDataError, match=r"do not fit into 0\.01 MB"):
        pack(folder, tmp_path / "a.zip", round(0.01 * MEGABYTE), Progress())
    assert not list(tmp_path.iterdir())


def test_the_lowest_quality_is_used_before_anything_is_refused(folder: Path, tmp_path: Path) -> None:
    low, high = 1000, MEGABYTE
    while high - low > 500:  # the least limit that works
        middle = (low + high) // 2
        try:
            quality = pack(folder, tmp_path / "a.zip", middle, Progress(), overwrite=True).quality
            high = middle
        except TrainingDataError:
            low = middle
    assert quality <= LOWEST + 1


@pytest.mark.parametrize("name", ["there.zip", "."])
def test_what_is_there_is_not_replaced(folder: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "there.zip").write_bytes(b"mine")
    reads: list[object] = []
    with pytest.raises(ImageError, match="Please choose another name"):
        pack(folder, tmp_path / name, MEGABYTE, Progress(reads.append))
    assert not reads
    assert (tmp_path / "there.zip").read_bytes() == b"mine"


def test_a_folder_without_photos_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataError, match="does not exist"):
        pack(tmp_path / "absent", tmp_path / "a.zip", MEGABYTE, Progress())
    (tmp_path / "in").mkdir()
    with pytest.raises(TrainingDataError, match="nor in its sub-folders"):
        pack(tmp_path / "in", tmp_path / "a.zip", MEGABYTE, Progress())
    (tmp_path / "in" / BROKEN).write_bytes(b"odd")
    with pytest.raises(TrainingDataError, match=r"No photo in .* can be read; the first: broken"):
        pack(tmp_path / "in", tmp_path / "a.zip", MEGABYTE, Progress())


def test_folders_that_links_lead_back_to_are_entered_once(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "in" / "one").mkdir(parents=True)
    save(scene(0), tmp_path / "in" / "one" / "0.png")
    (tmp_path / "in" / "one" / "back").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "other").symlink_to(folder / "one")
    pack(tmp_path / "in", tmp_path / "a.zip", MEGABYTE, Progress())
    photos = PackedPhotos(tmp_path / "a.zip")
    assert len(photos.paths("other")) == len(photo_paths(folder / "one"))
    assert len(photos.paths("one/")) == 1


@pytest.mark.parametrize("after", [0, 3, 30])
def test_packing_can_be_cancelled(folder: Path, tmp_path: Path, after: int) -> None:
    steps: list[object] = []

    def on_step(step: object) -> None:
        steps.append(step)
        if len(steps) > after:
            progress.cancel()

    progress = Progress(on_step)
    with pytest.raises(Cancelled):
        pack(folder, tmp_path / "a.zip", MEGABYTE // 2, progress)
    assert not list(tmp_path.iterdir())


def test_reading_it_can_be_cancelled(packed: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        load_pool(packed, FOLDERS, 32, progress)
