"""The labels that the user gave, and where they are kept."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from small_explore import small_coder, small_indexed, small_photos

from aestudio.errors import SettingsError
from aestudio.explore.labels import LONGEST, LabelFolder, Labels, class_name, read_table
from aestudio.explore.photos import Indexed

COUNT = 6


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Indexed:
    """Six photos of a folder."""
    coder = small_coder(tmp_path_factory.mktemp("models"))
    folder = Path("/photos/trip")
    return small_indexed(coder, small_photos(COUNT), [folder / f"{number}.jpg" for number in range(COUNT)])


def moved(photos: Indexed, folder: str) -> Indexed:
    return replace(photos, paths=tuple(Path(folder) / path.name for path in photos.paths))


def some(photos: Indexed) -> Labels:
    return Labels(("sea", "mountains")).labelled(photos.digests[:2], "sea").labelled(photos.digests[4:5], "mountains")


def test_classes_are_added_renamed_and_removed_with_their_labels(photos: Indexed) -> None:
    labels = some(photos)
    other = labels.with_class("people").renamed("sea", " the   sea ")
    assert other.classes == ("the sea", "mountains", "people")
    assert other.counts(photos.digests) == {"the sea": 2, "mountains": 1, "people": 0}
    assert other.without_class("the sea").by_digest == {photos.digests[4]: "mountains"}
    assert labels.classes == ("sea", "mountains")  # as it was


def test_a_label_takes_the_place_of_the_one_before_and_can_be_taken_away(photos: Indexed) -> None:
    labels = some(photos).labelled(photos.digests[:1], "mountains")
    assert labels.counts(photos.digests) == {"sea": 1, "mountains": 2}
    assert labels.labelled(photos.digests, None).by_digest == {}


def test_files_with_the_same_content_count_once(photos: Indexed) -> None:
    assert some(photos).counts([*photos.digests, *photos.digests]) == {"sea": 2, "mountains": 1}


@pytest.mark.parametrize("name", ["", "  \n ", "\u200b", "sea", "SEA ", "x" * (LONGEST + 1)])
def test_names_that_cannot_be_used_are_refused(name: str) -> None:
    labels = Labels(("sea", "mountains"))
    with pytest.raises(SettingsError):
        labels.with_class(name)
    with pytest.raises(SettingsError):
        labels.renamed("mountains", name)


def test_a_class_may_be_renamed_to_its_own_name_in_other_letters() -> None:
    assert Labels(("sea",)).renamed("sea", "Sea").classes == ("Sea",)


def test_names_are_kept_composed() -> None:
    assert class_name("바다") == "바다"


def test_labels_survive_a_restart_and_files_that_move_within_the_folder(photos: Indexed, tmp_path: Path) -> None:
    LabelFolder(tmp_path).save(photos, some(photos))
    later = replace(photos, digests=photos.digests[::-1])
    kept = LabelFolder(tmp_path).read(later)
    assert kept.labels == some(photos)
    assert kept.note is None


def test_each_folder_has_labels_of_its_own(photos: Indexed, tmp_path: Path) -> None:
    folder = LabelFolder(tmp_path)
    folder.save(photos, some(photos))
    other = replace(moved(photos, "/photos/party"), digests=tuple(f"{number:064x}" for number in range(90, 90 + COUNT)))
    assert folder.read(other).labels == Labels()
    folder.save(other, Labels(("dance",)))
    assert folder.read(photos).labels == some(photos)
    assert folder.read(other).labels == Labels(("dance",))


def test_a_folder_that_moved_finds_its_labels(photos: Indexed, tmp_path: Path) -> None:
    folder = LabelFolder(tmp_path)
    folder.save(moved(photos, "/photos/few"), Labels(("x",)).labelled(photos.digests[:1], "x"))
    folder.save(photos, some(photos))
    there = moved(photos, "/elsewhere/2026")
    kept = folder.read(there)
    assert kept.labels == some(photos)  # of both, the one with more of these photos
    assert str(Path("/photos/trip")) in str(kept.note)
    folder.save(there, kept.labels.without_class("sea"))
    assert folder.read(photos).labels == some(photos)
    assert folder.read(there).note is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[]",
        b'{"format": 9, "folder": "/", "classes": [], "labels": {}}',
        b'{"format": 1, "folder": "/", "classes": ["a"], "labels": {"00": "b"}}',
        b'{"format": 1, "folder": "/", "classes": ["a", "a"], "labels": {}}',
        b'{"format": 1, "folder": "/", "classes": "a", "labels": {}}',
        b'{"format": 1, "folder": "/", "classes": [], "labels": {}, "more": 1}',
    ],
)
def test_a_damaged_file_is_put_aside_and_said(photos: Indexed, tmp_path: Path, data: bytes) -> None:
    folder = LabelFolder(tmp_path)
    folder.save(photos, some(photos))
    (path,) = tmp_path.glob("labels-*.json")
    path.write_bytes(data)
    kept = folder.read(photos)
    assert kept.labels == Labels()
    (aside,) = tmp_path.glob("*.damaged*")
    assert aside.read_bytes() == data
    assert str(aside) in str(kept.note)
    folder.save(photos, some(photos))
    path.write_bytes(data)
    folder.read(photos)
    assert len(list(tmp_path.glob("*.damaged*"))) == 2  # what was put aside is never replaced
    assert folder.read(photos).note is None


def test_a_damaged_file_of_another_folder_stays_where_it_is(photos: Indexed, tmp_path: Path) -> None:
    (tmp_path / "labels-0000.json").write_bytes(b"{")
    kept = LabelFolder(tmp_path).read(photos)
    assert kept.labels == Labels()
    assert kept.note is None
    assert (tmp_path / "labels-0000.json").exists()


def test_a_disk_that_refuses_is_told(photos: Indexed, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(SettingsError, match="cannot be kept"):
        LabelFolder(tmp_path / "file" / "explore").save(photos, some(photos))


def test_what_is_kept_can_be_read_by_people(photos: Indexed, tmp_path: Path) -> None:
    LabelFolder(tmp_path).save(photos, some(photos))
    (path,) = tmp_path.glob("labels-*.json")
    table = json.loads(path.read_text(encoding="utf-8"))
    assert table["folder"] == str(Path("/photos/trip"))
    assert table["labels"][photos.digests[4]] == "mountains"


# tables


def test_a_table_names_photos_in_several_ways(photos: Indexed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    here = replace(photos, paths=tuple(tmp_path / "trip" / path.name for path in photos.paths))
    path = tmp_path / "trip" / "labels.csv"
    path.parent.mkdir()
    lines = ["path,class", f"{here.paths[0]},sea", "1.jpg, sea ", "trip/2.jpg,mountains", "", "./../trip/3.jpg,더 먼"]
    path.write_text("\r\n".join(["\ufeff" + lines[0], *lines[1:], "gone.jpg,sea"]), encoding="utf-8")
    labels, lost = read_table(path, here)
    assert labels.classes == ("sea", "mountains", "더 먼")
    assert [labels.by_digest.get(digest) for digest in here.digests] == [
        "sea",
        "sea",
        "mountains",
        "더 먼",
        None,
        None,
    ]
    assert lost == ("gone.jpg",)


def test_paths_may_begin_at_the_folder_of_the_photos(photos: Indexed, tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_text("5.jpg,sea\n", encoding="utf-8")
    assert read_table(path, photos)[1] == ("5.jpg",)
    labels, lost = read_table(path, photos, [Path("/photos/trip")])
    assert labels.by_digest == {photos.digests[5]: "sea"}
    assert not lost


def test_a_file_that_is_no_table_is_refused(photos: Indexed, tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    with pytest.raises(SettingsError, match="cannot be read"):
        read_table(path, photos)
    path.write_text("0.jpg,sea\n1.jpg\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="Line 2"):
        read_table(path, photos)
    path.write_bytes(bytes(range(256)) * 4)
    with pytest.raises(SettingsError):
        read_table(path, photos)
