"""Marks come off from the command line: by mask, by logo, by a folder that shares one."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from aestudio.images.io import read_photo, write_photo
from aestudio.images.photo import Photo

Run = Callable[..., int]
MakePhoto = Callable[..., Path]


def scenery(seed: int, height: int = 160, width: int = 240) -> np.ndarray:
    rng = np.random.default_rng(seed)
    soft = cv2.resize(rng.random((6, 9, 3), np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(0.15 + 0.5 * soft, 0, 1) * 255)


def drawn_logo() -> np.ndarray:
    canvas = np.zeros((44, 110), np.uint8)
    cv2.circle(canvas, (22, 22), 17, 255, 5, cv2.LINE_AA)
    cv2.putText(canvas, "Ada", (46, 32), cv2.FONT_HERSHEY_DUPLEX, 0.9, 255, 2, cv2.LINE_AA)
    return canvas


def marked(clean: np.ndarray, opacity: float = 0.5) -> np.ndarray:
    alpha = np.zeros(clean.shape[:2])
    alpha[90:134, 110:220] = drawn_logo() / 255 * opacity
    blend: np.ndarray = np.rint(clean * (1 - alpha[..., None]) + 255 * alpha[..., None]).astype(np.uint8)
    return blend


def mask_file(name: str, height: int = 72, width: int = 96) -> Path:
    mask = np.zeros((height, width), np.uint8)
    mask[height // 4 : height // 2, width // 4 : width // 2] = 255
    Image.fromarray(mask).save(name)
    return Path(name)


def events(capsys: pytest.CaptureFixture[str], kind: str) -> list[dict[str, object]]:
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return [line for line in lines if line["event"] == kind]


def test_the_right_to_remove_is_asked_for(run: Run, make_photo: MakePhoto, capsys: pytest.CaptureFixture[str]) -> None:
    make_photo("a.png")
    assert run("unwatermark", "a.png", "-o", "out.png") == 2
    assert "Do you have the right to remove the marks" in capsys.readouterr().err
    assert not Path("out.png").exists()
    assert run("unwatermark", "a.png", "-o", "out.png", "--yes") == 0


class Terminal(io.StringIO):
    """Somebody sits there, and types that."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "code"), [("y\n", 0), ("n\n", 2), ("", 130)])
def test_the_answer_decides(
    run: Run, make_photo: MakePhoto, monkeypatch: pytest.MonkeyPatch, typed: str, code: int
) -> None:
    make_photo("a.png")
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    assert run("unwatermark", "a.png", "-o", "out.png") == code
    assert Path("out.png").exists() == (code == 0)


def test_a_mask_is_painted_over(run: Run, make_photo: MakePhoto, capsys: pytest.CaptureFixture[str]) -> None:
    before = read_photo(make_photo("a.png")).pixels
    mask = np.asarray(Image.open(mask_file("mask.png"))) > 0
    assert run("unwatermark", "a.png", "-o", "out.png", "-y", "--mask", "mask.png", "--json") == 0
    after = read_photo(Path("out.png"))
    changed = (after.pixels != before).any(axis=2)
    assert changed[mask].mean() > 0.9
    assert not changed[~mask].any()
    (done,) = events(capsys, "done")
    assert done["scores"]["damage"] == 0  # type: ignore[index]
    assert 0 <= done["scores"]["residue"] <= 1  # type: ignore[index]
    assert Path("a.png").read_bytes() != Path("out.png").read_bytes()


def test_a_mask_of_another_size_is_told_and_scaled_if_wanted(
    run: Run, make_photo: MakePhoto, capsys: pytest.CaptureFixture[str]
) -> None:
    make_photo("a.png")
    mask_file("mask.png", 36, 48)
    assert run("unwatermark", "a.png", "-o", "out.png", "-y", "--mask", "mask.png") == 1
    assert "mask.png has 48 × 36 pixels, the photo 96 × 72" in capsys.readouterr().err.replace("\n", " ")
    assert not Path("out.png").exists()
    assert run("unwatermark", "a.png", "-o", "out.png", "-y", "--mask", "mask.png", "--scale-mask") == 0


def test_what_is_of_no_use_is_told(run: Run, make_photo: MakePhoto, capsys: pytest.CaptureFixture[str]) -> None:
    make_photo("a.png")
    Image.new("L", (96, 72)).save("dark.png")
    Image.new("RGB", (20, 20)).save("logo.png")
    Image.new("RGBA", (20, 20), (255, 255, 255, 0)).save("nothing.png")
    Path("roll").mkdir()
    for seed in range(9):
        write_photo(Photo(scenery(seed).astype(np.uint8)), Path(f"roll/{seed}.png"))
    for option, value, sentence in (
        ("--mask", "dark.png", "dark.png marks nothing"),
        ("--mask", "a.txt", "a.txt"),
        ("--logo", "logo.png", "logo.png has no transparent background"),
        ("--logo", "nothing.png", "nothing.png is empty"),
        ("--learn-from", "roll", "The photos in roll share no mark"),
        ("--learn-from", "a.png", "a.png is not a folder"),
    ):
        assert run("unwatermark", "a.png", "-o", "out.png", "-y", option, value) == 2
        assert sentence in capsys.readouterr().err
        assert not Path("out.png").exists()
    mask_file("mask.png")
    assert run("unwatermark", "a.png", "-o", "out.png", "-y", "--mask", "mask.png", "--learn-from", "roll") == 2


def test_a_logo_and_a_learnt_mark_come_off(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    Image.fromarray(np.dstack([np.full((44, 110, 3), 255, np.uint8), drawn_logo()])).save("logo.png")
    Path("roll").mkdir()
    for seed in range(12):
        write_photo(Photo(marked(scenery(seed))), Path(f"roll/{seed}.png"))
    clean = scenery(50)
    write_photo(Photo(marked(clean)), Path("a.png"))
    write_photo(Photo(np.rint(clean).astype(np.uint8)), Path("clean.png"))
    covered = marked(clean) != np.rint(clean).astype(np.uint8)
    was = float(np.square(marked(clean)[covered] - clean[covered]).mean())
    for option, value, better in (("--logo", "logo.png", 1000), ("--learn-from", "roll", 30)):
        assert run("unwatermark", "a.png", "-y", option, value, "-o", f"{value}.out.png", "--json") == 0
        (done,) = events(capsys, "done")
        assert done["scores"]["residue"] < 0.1  # type: ignore[index]
        after = read_photo(Path(f"{value}.out.png"))
        left = float(np.square(after.pixels[covered] - clean[covered]).mean())
        assert left < was / better
        assert np.array_equal(after.pixels[:80], marked(clean)[:80])
        assert run("unwatermark", "clean.png", "-y", option, value, "-o", f"{value}.clean.png", "--json") == 0
        (done,) = events(capsys, "done")
        assert done["untouched"]
        assert "was not found in this photo" in done["notes"][0]  # type: ignore[index]
