"""A file appears whole under its name, or not at all; the original is out of reach."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

import pytest

from aestudio.errors import ImageError
from aestudio.images.atomic import atomic_write, free_name


def write_new(file: BinaryIO) -> None:
    file.write(b"new")


def test_the_whole_file_appears_with_the_usual_permissions(tmp_path: Path) -> None:
    path = tmp_path / "사진 한 장.jpg"
    old = os.umask(0o027)
    try:
        assert atomic_write(path, write_new) == path
    finally:
        os.umask(old)
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == [path.name]


def test_an_existing_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"old")
    with pytest.raises(ImageError, match=r"a\.jpg already exists"):
        atomic_write(path, write_new)
    assert path.read_bytes() == b"old"
    atomic_write(path, write_new, overwrite=True)
    assert path.read_bytes() == b"new"


def test_a_file_that_appears_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    with pytest.raises(ImageError, match=r"a\.jpg already exists"):
        atomic_write(path, write_new, verify=lambda temporary: path.write_bytes(b"other"))
    assert path.read_bytes() == b"other"
    assert os.listdir(tmp_path) == ["a.jpg"]


def test_a_disk_without_links_is_no_less_safe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "a.jpg"
    atomic_write(path, write_new)
    assert path.read_bytes() == b"new"
    other = tmp_path / "b.jpg"
    with pytest.raises(ImageError, match=r"b\.jpg already exists"):
        atomic_write(other, write_new, verify=lambda temporary: other.write_bytes(b"other"))
    assert other.read_bytes() == b"other"
    assert sorted(os.listdir(tmp_path)) == ["a.jpg", "b.jpg"]


def test_a_dangling_link_counts_as_existing(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.symlink_to(tmp_path / "nowhere")
    with pytest.raises(ImageError, match=r"a\.jpg already exists"):
        atomic_write(path, write_new)


def test_a_target_that_becomes_the_source_meanwhile_is_refused(tmp_path: Path) -> None:
    source, target = tmp_path / "a.jpg", tmp_path / "b.jpg"
    source.write_bytes(b"original")
    with pytest.raises(ImageError, match="is the original photo"):
        atomic_write(target, write_new, lambda _: os.link(source, target), source=source, overwrite=True)
    assert source.read_bytes() == b"original"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "x"), "disk is full"),
        (OSError(errno.EDQUOT, "x"), "disk is full"),
        (OSError(errno.EROFS, "x"), "read-only"),
        (PermissionError(errno.EACCES, "x"), "read-only"),
        (OSError(errno.EFBIG, "x"), "no file that large"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
    ],
)
@pytest.mark.parametrize("where", ["write", "verify"])
def test_what_the_disk_refuses_is_one_sentence(tmp_path: Path, error: OSError, words: str, where: str) -> None:
    def fail(_: object) -> None:
        raise error

    callables = (fail, None) if where == "write" else (write_new, fail)
    with pytest.raises(ImageError, match=words) as caught:
        atomic_write(tmp_path / "a.jpg", *callables)
    assert "a.jpg" in str(caught.value)
    assert caught.value.__cause__ is error
    assert not os.listdir(tmp_path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_really_full_device(tmp_path: Path) -> None:
    def write(file: BinaryIO) -> None:
        with open("/dev/full", "wb", buffering=0) as full:
            full.write(b"x")

    with pytest.raises(ImageError, match=r"a\.jpg was not saved: the disk is full"):
        atomic_write(tmp_path / "a.jpg", write)
    assert not os.listdir(tmp_path)


def test_a_limit_reached_while_flushing(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(ImageError, match="no file that large"):
            atomic_write(tmp_path / "a.jpg", lambda file: file.write(bytes(5000)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not os.listdir(tmp_path)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("ours"), ImageError("sentence")])
def test_any_other_failure_passes_through_and_leaves_nothing(tmp_path: Path, error: BaseException) -> None:
    def write(file: BinaryIO) -> None:
        file.write(b"half")
        raise error

    with pytest.raises(type(error)) as caught:
        atomic_write(tmp_path / "a.jpg", write)
    assert caught.value is error
    assert not os.listdir(tmp_path)


def test_a_folder_that_takes_no_files() -> None:
    if not Path("/proc/self").exists():
        pytest.skip("needs /proc")
    with pytest.raises(ImageError, match=r"a\.jpg was not saved: the folder /proc"):
        atomic_write(Path("/proc/a.jpg"), write_new)


def test_missing_folders_and_impossible_names(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder.jpg").mkdir()
    for path, words in (
        (tmp_path / "missing" / "a.jpg", "does not exist"),
        (tmp_path / "file" / "a.jpg", "does not exist"),
        (tmp_path / "folder.jpg", "is a folder"),
        (tmp_path / ("a" * 300 + ".jpg"), "name is too long"),
    ):
        with pytest.raises(ImageError, match=words):
            atomic_write(path, write_new)
    assert sorted(os.listdir(tmp_path)) == ["file", "folder.jpg"]


def test_free_names_are_numbered(tmp_path: Path) -> None:
    path = tmp_path / "a b.jpg"
    assert free_name(path) == path
    path.touch()
    assert free_name(path).name == "a b-2.jpg"
    (tmp_path / "a b-2.jpg").symlink_to("nowhere")
    assert free_name(path).name == "a b-3.jpg"


def test_a_long_name_is_shortened_to_what_disks_take(tmp_path: Path) -> None:
    path = tmp_path / ("사" * 90 + ".jpg")
    free = free_name(path)
    free.touch()
    assert free.suffix == ".jpg"
    assert free_name(path) != free
    free_name(path).touch()
