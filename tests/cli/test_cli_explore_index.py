"""The command that looks through folders."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from small_explore import small_coder

Run = Callable[..., int]
MakePhoto = Callable[..., Path]


@pytest.fixture(autouse=True)
def model(home: Path) -> None:
    small_coder(home / "DATA" / "aestudio" / "models", "photo-autoencoder")


def test_index_tells_what_it_found(run: Run, make_photo: MakePhoto, capsys: pytest.CaptureFixture[str]) -> None:
    make_photo("1.png")
    make_photo("below/2.jpg", noise=3)
    Path("below/3.jpg").write_bytes(b"no photo")
    assert run("explore", "index", ".") == 0
    told = capsys.readouterr()
    assert "2 photos: 2 new, 0 from the cache, 1 unreadable." in told.out
    assert "below/3.jpg: 3.jpg " in told.err.replace("\\", "/")


def test_the_second_run_takes_all_from_the_cache(
    run: Run, make_photo: MakePhoto, capsys: pytest.CaptureFixture[str]
) -> None:
    make_photo("1.png")
    assert run("explore", "index", ".") == 0
    make_photo("2.png", noise=1)
    capsys.readouterr()
    assert run("explore", "index", ".") == 0
    assert "2 photos: 1 new, 1 from the cache, 0 unreadable." in capsys.readouterr().out


def test_index_tells_programs(run: Run, make_photo: MakePhoto, capsys: pytest.CaptureFixture[str]) -> None:
    make_photo("a/1.png")
    Path("a/3.jpg").write_bytes(b"no photo")
    make_photo("b/2.png", noise=1)
    assert run("explore", "index", "a", "b", "--json") == 0
    unreadable, found = map(json.loads, capsys.readouterr().out.splitlines())
    assert unreadable["event"] == "unreadable"
    assert Path(unreadable["file"]) == Path("a/3.jpg")
    assert {key: found[key] for key in ("event", "photos", "new", "cached", "unreadable", "model")} == {
        "event": "indexed",
        "photos": 2,
        "new": 2,
        "cached": 0,
        "unreadable": 1,
        "model": "photo-autoencoder",
    }


def test_a_cache_that_cannot_be_written_is_told(
    run: Run, make_photo: MakePhoto, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    make_photo("1.png")
    (home / "CACHE").write_text("in the way")
    for _ in range(2):
        assert run("explore", "index", ".") == 0
        told = capsys.readouterr()
        assert "1 photos: 1 new" in told.out
        assert "cannot be kept" in told.err


def test_what_cannot_be_done_is_told(run: Run, make_photo: MakePhoto, capsys: pytest.CaptureFixture[str]) -> None:
    make_photo("a/1.png")
    assert run("explore", "index", "none") == 2
    assert "none" in capsys.readouterr().err
    assert run("explore", "index", "a", "--model", "denoise") == 2
    assert "not to explore photos" in capsys.readouterr().err
    assert run("explore", "index", "a", "--model", "unknown") == 2
    assert "unknown" in capsys.readouterr().err
    assert run("explore", "index") == 2
