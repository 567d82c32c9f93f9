"""`aestudio pack`, run as a user runs it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from training_photos import save_scenes

from aestudio.training.data.packed import PackedPhotos

Run = Callable[..., int]


def test_a_folder_is_packed(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_scenes(tmp_path / "in" / "one", 3)
    assert run("pack", tmp_path / "in", "-o", tmp_path / "a.zip", "--megabytes", "0.05") == 0
    assert (tmp_path / "a.zip").stat().st_size <= 0.05 * 2**20
    said = capsys.readouterr()
    assert said.out.startswith(f"3 photos in {tmp_path / 'a.zip'}: 0.0 MB, at quality ")
    assert not said.err
    assert len(PackedPhotos(tmp_path / "a.zip").paths("one")) == 3


def test_photos_that_cannot_be_read_are_named(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_scenes(tmp_path / "in", 1)
    (tmp_path / "in" / "broken.png").write_bytes(b"odd")
    assert run("pack", tmp_path / "in") == 1
    said = capsys.readouterr()
    assert said.out.startswith("1 photo in photos.zip: ")
    assert said.err.startswith("broken.png is not a photo")
    assert run("pack", tmp_path / "in", "--quiet") == 2
    assert "photos.zip already exists" in capsys.readouterr().err
    assert run("pack", tmp_path / "in", "--quiet", "--overwrite") == 1
    assert capsys.readouterr().out == ""


def test_a_limit_of_nothing_is_refused(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_scenes(tmp_path / "in", 1)
    assert run("pack", tmp_path / "in", "--megabytes", "0") == 2
    assert "--megabytes" in capsys.readouterr().err
    assert run("pack", tmp_path / "in", "--megabytes", "0.00107421875") == 2
    assert "do not fit into 0.00107 MB" in capsys.readouterr().err
