"""The command line, run as a user runs it."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aestudio import __version__, cli
from aestudio.cli_options import RunOptions
from aestudio.images.colour import srgb_profile
from aestudio.images.io import read_photo, write_photo
from aestudio.images.metrics import psnr
from aestudio.images.photo import Metadata, Photo, Pixels
from aestudio.tasks import TASKS
from aestudio.tasks.base import Task, knobs
from aestudio.tasks.hints import Hint, hints_json

HEAVY = ("torch", "numpy", "cv2", "PySide6")

Run = Callable[..., int]
MakePhoto = Callable[..., Path]


def python(*argv: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, *argv], capture_output=True, text=True, timeout=100, check=False)


# what answers at once


@pytest.mark.parametrize(
    "argv",
    [
        ["--help"],
        ["--version"],
        ["denoise", "--help"],
        ["samples", "--help"],
        ["batch", "--help"],
        ["compress", "--help"],
        ["decompress", "--help"],
        ["info", "--help"],
        ["integrate", "--help"],
        ["denoize"],
    ],
)
def test_help_loads_nothing_that_computes(argv: list[str]) -> None:
    script = f"""
import sys
from aestudio import cli
code = cli.main({argv!r}, open_window=len)
loaded = [name for name in {HEAVY!r} if name in sys.modules]
assert not loaded, loaded
sys.exit(code)
"""
    done = python("-c", script)
    assert done.returncode == (2 if argv == ["denoize"] else 0), done.stderr


def test_help_answers_within_a_moment() -> None:
    seconds = []
    for _ in range(3):  # the best of a few: other programs use the machine, too
        started = time.monotonic()
        done = python("-m", "aestudio", "--help")
        seconds.append(time.monotonic() - started)
        assert done.returncode == 0
    assert min(seconds) < 1.0  # 0.1 s where nothing else runs


def test_version(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert capsys.readouterr().out == f"AEStudio {__version__}\n"


@pytest.mark.parametrize("tool", TASKS, ids=lambda tool: tool.id)
def test_every_knob_of_every_tool_is_an_option(tool: Task[Any], run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tool.id, "--help") == 0
    text = capsys.readouterr().out
    for name, knob in knobs(tool.settings_type).items():
        assert f"--{name.replace('_', '-')} " in text
        assert knob.label in text
    assert not set(knobs(tool.settings_type)) & {field.name for field in fields(RunOptions)}


# the window


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        ([], []),
        (["a.jpg", "b.png"], ["a.jpg", "b.png"]),
        (["folder"], ["folder"]),
        (["./denoise"], ["denoise"]),
        (["open", "a.jpg"], ["a.jpg"]),
        (["--", "-a.jpg"], ["-a.jpg"]),
    ],
)
def test_photos_without_a_command_open_in_the_window(argv: list[str], expected: list[str]) -> None:
    Path("folder").mkdir()
    opened: list[Path] = []

    def open_window(photos: Sequence[Path]) -> int:
        opened.extend(photos)
        return 7

    assert cli.main(argv, open_window=open_window) == 7
    assert opened == [Path(name) for name in expected]


def test_a_mistyped_command_does_not_open_the_window(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("denoize", "a.jpg") == 2
    assert "denoise" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_without_a_screen_the_window_says_so() -> None:
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    command = [sys.executable, "-m", "aestudio"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "no screen" in done.stderr


# restoring


def test_a_photo_goes_to_a_file(run: Run, make_photo: MakePhoto, capsys: pytest.CaptureFixture[str]) -> None:
    source = make_photo("a.png")
    before = source.read_bytes()
    assert run("denoise", source, "-o", "new/out.tif") == 0
    assert read_photo(Path("new/out.tif")).pixels.shape == (72, 96, 3)
    assert source.read_bytes() == before
    captured = capsys.readouterr()
    assert captured.out.startswith(str(Path("new/out.tif")))
    assert "noise 1" in captured.out
    assert captured.err == ""


def test_photos_and_folders_go_to_a_folder(run: Run, make_photo: MakePhoto) -> None:
    make_photo("in/IMG_1.jpg")
    make_photo("in/IMG_2.png")
    Path("in/notes.txt").write_text("no photo", encoding="utf-8")
    make_photo("b.webp")
    assert run("denoise", "in", "b.webp", "-o", "out", "--quiet") == 0
    assert sorted(p.name for p in Path("out").iterdir()) == ["IMG_1.jpg", "IMG_2.png", "b.webp"]


def test_without_out_the_result_lies_beside_the_photo(run: Run, make_photo: MakePhoto) -> None:
    make_photo("a.jpg")
    assert run("denoise", "a.jpg") == 0
    assert run("denoise", "a.jpg") == 0
    assert run("denoise", "a.jpg", "--overwrite") == 0
    assert sorted(p.name for p in Path().iterdir()) == ["a-denoise-2.jpg", "a-denoise.jpg", "a.jpg"]


def test_same_stems_do_not_overwrite_each_other(run: Run, make_photo: MakePhoto) -> None:
    make_photo("a.jpg", noise=5)
    make_photo("a.png", noise=40)
    assert run("denoise", "a.jpg", "a.png", "-o", "out", "--format", "tiff") == 0
    assert sorted(p.name for p in Path("out").iterdir()) == ["a-2.tif", "a.tif"]
    first, second = (read_photo(Path("out") / name).pixels for name in ("a.tif", "a-2.tif"))
    assert first.std() < second.std()


def test_an_original_is_never_replaced(run: Run, make_photo: MakePhoto) -> None:
    first, second = make_photo("a.jpg"), make_photo("a.png")
    before = first.read_bytes(), second.read_bytes()
    assert run("denoise", "a.jpg", "a.png", "-o", ".", "--format", "jpg", "--overwrite") == 0
    assert run("denoise", "a.jpg", "-o", "a.jpg", "--overwrite") == 2
    assert (first.read_bytes(), second.read_bytes()) == before
    assert sorted(p.name for p in Path().iterdir()) == ["a-denoise-2.jpg", "a-denoise.jpg", "a.jpg", "a.png"]


def test_files_that_exist_are_replaced_only_when_asked(
    run: Run, make_photo: MakePhoto, capsys: pytest.CaptureFixture[str]
) -> None:
    make_photo("a.png")
    Path("out").mkdir()
    Path("out/a.png").write_bytes(b"mine")
    assert run("denoise", "a.png", "-o", "out") == 1
    assert "a.png already exists" in capsys.readouterr().err
    assert Path("out/a.png").read_bytes() == b"mine"
    assert run("denoise", "a.png", "-o", "out", "--overwrite") == 0
    assert read_photo(Path("out/a.png")).pixels.shape == (72, 96, 3)


def test_a_clean_photo_is_copied_as_it_is(run: Run, make_photo: MakePhoto, capsys: pytest.CaptureFixture[str]) -> None:
    source = make_photo("clean.jpg", noise=0)
    assert run("denoise", source, "-o", "out") == 0
    assert Path("out/clean.jpg").read_bytes() == source.read_bytes()
    assert "left as it is" in capsys.readouterr().out
    assert run("denoise", source, "-o", "smaller", "--quality", 50) == 0
    assert len(Path("smaller/clean.jpg").read_bytes()) < len(source.read_bytes())


def test_knobs_reach_the_tool(run: Run, make_photo: MakePhoto) -> None:
    source = read_photo(make_photo("a.png"))
    for name, words in {
        "zero": ["--strength", "0"],
        "half": ["--strength", "0.5"],
        "full": [],
        "more": ["--sigma", "60"],
        "auto": ["--sigma", "auto"],
        "tiled": ["--tile", "32", "--device", "cpu"],
    }.items():
        assert run("denoise", "a.png", "-o", f"{name}.png", "-q", *words) == 0
    pixels = {path.stem: read_photo(path).pixels for path in Path().glob("*.png")}
    assert np.array_equal(pixels["zero"], source.pixels)
    mean = (source.pixels.astype(float) + pixels["full"]) / 2
    assert np.abs(pixels["half"] - mean).max() <= 0.51
    assert np.array_equal(pixels["auto"], pixels["full"])
    assert not np.array_equal(pixels["more"], pixels["full"])
    assert psnr(pixels["tiled"] / 255, pixels["full"] / 255) > 45  # equal but for the rounding of bfloat16


def test_how_results_are_saved(run: Run, make_photo: MakePhoto) -> None:
    make_photo("a.jpg")
    assert run("denoise", "a.jpg", "-o", "deep", "--format", "png", "--bit-depth", "16") == 0
    assert read_photo(Path("deep/a.png")).bit_depth == 16
    for quality in ("20", "95"):
        assert run("denoise", "a.jpg", "-o", f"{quality}.jpg", "--quality", quality) == 0
    assert Path("20.jpg").stat().st_size < Path("95.jpg").stat().st_size / 2


def test_each_format_has_its_own_options(run: Run, make_photo: MakePhoto) -> None:
    make_photo("a.png", noise=30)
    for name, words in {
        "444.jpg": ["--subsampling", "4:4:4"],
        "420.jpg": ["--subsampling", "4:2:0"],
        "none.tif": ["--compression", "none"],
        "lzw.tif": ["--compression", "lzw"],
        "fast.png": ["--png-level", "0"],
        "small.png": ["--png-level", "9"],
        "a.avif": ["--quality", "50"],
    }.items():
        assert run("denoise", "a.png", "-o", name, "-q", *words) == 0
    assert read_photo(Path("444.jpg")).encoding.subsampling == "4:4:4"
    assert read_photo(Path("420.jpg")).encoding.subsampling == "4:2:0"
    assert read_photo(Path("none.tif")).encoding.compression == "none"
    assert read_photo(Path("lzw.tif")).encoding.compression == "lzw"
    assert Path("small.png").stat().st_size < Path("fast.png").stat().st_size
    assert read_photo(Path("a.avif")).format == "AVIF"


def test_results_are_named_by_a_pattern(run: Run, make_photo: MakePhoto, capsys: pytest.CaptureFixture[str]) -> None:
    sources = [make_photo("x/a.png"), make_photo("y/b.png")]
    assert run("denoise", *sources, "-o", "out", "--name", "{n}-{name} ({task}, {model})", "-q") == 0
    names = sorted(p.name for p in Path("out").iterdir())
    assert names == ["0001-a (denoise, denoise).png", "0002-b (denoise, denoise).png"]
    assert run("denoise", *sources, "--name", "{place}") == 2
    assert "{name} {task} {model} {date} {n}" in capsys.readouterr().err


@pytest.mark.parametrize("policy", ["keep", "basic", "strip"])
def test_metadata_are_kept_in_part_or_left_out(
    run: Run, tmp_path: Path, metadata: Metadata, make_pixels: Callable[..., Pixels], policy: str
) -> None:
    write_photo(Photo(make_pixels(3, 8, 64, 64), metadata), Path("a.png"))
    assert run("denoise", "a.png", "-o", "b.jpg", "-q", "--sigma", "20", "--metadata", policy) == 0
    saved = read_photo(Path("b.jpg")).metadata
    assert saved.icc == metadata.icc  # or the colours would shift
    blob = saved.exif or b""
    assert (b"D850" in blob) == (policy != "strip")
    assert (bytes(range(256)) in blob) == (policy == "keep")  # the MakerNote
    assert (f"AEStudio {__version__}".encode() in blob) == (policy != "strip")
    assert (b"Denoise, model denoise 1" in (saved.xmp or b"")) == (policy != "strip")


def test_what_can_be_read_of_a_damaged_photo_is_restored_only_when_asked(
    run: Run, make_photo: MakePhoto, capsys: pytest.CaptureFixture[str]
) -> None:
    data = make_photo("a.jpg", height=256, width=256).read_bytes()
    Path("cut.jpg").write_bytes(data[: len(data) // 2])
    assert run("denoise", "cut.jpg", "-o", "out") == 1
    assert "is incomplete" in capsys.readouterr().err
    assert run("denoise", "cut.jpg", "-o", "out", "--salvage") == 0
    assert "The file is damaged" in capsys.readouterr().err
    assert (read_photo(Path("out/cut.jpg")).metadata.xmp or b"").count(b"damaged file") == 1


def test_one_bad_photo_is_told_in_a_sentence_and_the_rest_goes_on(
    run: Run, make_photo: MakePhoto, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    make_photo("a.png")
    Path("broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no photo")
    make_photo("c.png")
    assert run("denoise", "a.png", "broken.jpg", "missing.jpg", "c.png", "-o", "out") == 1
    captured = capsys.readouterr()
    sentences = captured.err.splitlines()
    assert len(sentences) == 2
    assert sentences[0].startswith("broken.jpg is")
    assert sentences[1].startswith("missing.jpg does not exist")
    assert sorted(p.name for p in Path("out").iterdir()) == ["a.png", "c.png"]
    assert captured.out.count("\n") == 2
    log = home / "STATE" / "aestudio" / "log" / "aestudio.log"
    assert "broken.jpg" in log.read_text(encoding="utf-8")


def test_quiet_tells_errors_only(run: Run, make_photo: MakePhoto, capsys: pytest.CaptureFixture[str]) -> None:
    make_photo("a.png")
    assert run("denoise", "a.png", "gone.png", "-o", "out", "--quiet") == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("gone.png does not exist")


def test_json_tells_each_step(run: Run, make_photo: MakePhoto, capsys: pytest.CaptureFixture[str]) -> None:
    make_photo("사진.png", height=64, width=160)
    assert run("denoise", "사진.png", "gone.png", "-o", "out", "--json", "--tile", "64") == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    kinds = [line["event"] for line in lines]
    assert kinds == ["started", *["progress"] * kinds.count("progress"), "done", "started", "failed"]
    assert lines[0] == {
        "event": "started",
        "file": "사진.png",
        "output": str(Path("out/사진.png")),
        "number": 1,
        "total": 2,
    }
    fractions = [line["fraction"] for line in lines if line["event"] == "progress"]
    assert fractions[0] == 0
    assert fractions[-1] == 1
    assert fractions == sorted(fractions)
    assert len(fractions) >= 4
    done = next(line for line in lines if line["event"] == "done")
    assert done["found"]["sigma"] == pytest.approx(15, abs=4)
    assert done["untouched"] is False
    assert done["seconds"] > 0
    assert lines[-1]["error"].startswith("gone.png does not exist")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["a.png", "-o", "out", "--sigma", "61"], "Noise level is 61.0: please choose a value from 0 to 60."),
        (["a.png", "-o", "out", "--sigma", "much"], "“much” is not a number from 0 to 60, or auto."),
        (["a.png", "-o", "out", "--sigma", "nan"], "Noise level is nan: please choose a value from 0 to 60."),
        (["a.png", "-o", "out", "--quality", "0"], "The quality is 0: please choose a value from 1 to 100."),
        (["a.png", "-o", "out", "--bit-depth", "12"], "The bit depth is 12: please choose 8, 16 or 32."),
        (["a.png", "-o", "out.jpg", "--bit-depth", "16"], "out.jpg cannot hold 16 bits as JPEG."),
        (["a.png", "-o", "out.jpg", "--format", "png"], "out.jpg does not end like a PNG file."),
        (["a.png", "-o", "out.gif"], "AEStudio does not save .gif files."),
        (["a.png", "b.png", "-o", "out.jpg"], "out.jpg is the name of one photo, but there are 2."),
        (["a.png", "-o", "a.png"], "a.png is the original photo"),
        (["empty", "-o", "out"], "There are no photos in empty."),
        (["*.webp", "-o", "out"], "There are no photos in *.webp."),
        (["a.png", "-o", "a.png/out"], "cannot be made"),
        (["a.png", "-o", "out", "--model", "other"], "There is no model “other”."),
        (["a.png", "-o", "out", "--device", "warp"], "There is no device “warp”."),
    ],
)
def test_bad_usage_is_one_sentence(
    words: list[str], sentence: str, run: Run, make_photo: MakePhoto, capsys: pytest.CaptureFixture[str]
) -> None:
    make_photo("a.png")
    make_photo("b.png")
    Path("empty").mkdir()
    assert run("denoise", *words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert sentence in captured.err
    assert "Traceback" not in captured.err
    assert sorted(p.name for p in Path().iterdir() if p.name != "out") == ["a.png", "b.png", "empty"]


def test_a_model_of_another_tool_is_refused(
    run: Run, make_photo: MakePhoto, add_model: Callable[[str, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    add_model("other", "colorize")
    assert run("denoise", make_photo("a.png"), "-o", "out", "--model", "other") == 2
    assert "made for “colorize”" in capsys.readouterr().err


def test_an_unexpected_error_is_a_sentence_and_a_log(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def open_window(photos: Sequence[Path]) -> int:
        raise ZeroDivisionError("hidden")

    assert cli.main([], open_window=open_window) == 2
    captured = capsys.readouterr()
    log = home / "STATE" / "aestudio" / "log" / "aestudio.log"
    assert captured.err.count("\n") == 1
    assert str(log) in captured.err
    assert "ZeroDivisionError: hidden" in log.read_text(encoding="utf-8")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_stops_within_one_tile_and_leaves_nothing_half_written(make_photo: MakePhoto, number: int) -> None:
    make_photo("a.png")
    make_photo("b.png", height=1500, width=1500)
    command = [sys.executable, "-m", "aestudio", "denoise", "a.png", "b.png", "-o", "out", "--json", "--tile", "32"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert isinstance(process.stdout, io.TextIOBase)
        for line in process.stdout:
            told = json.loads(line)
            if told["file"] == "b.png" and told.get("fraction", 0) > 0:
                break
        process.send_signal(number)
        started = time.monotonic()
        rest, errors = process.communicate(timeout=60)
    assert time.monotonic() - started < 20
    assert process.returncode == 130
    assert errors == "Stopped. What is finished is saved.\n"
    assert all(json.loads(line)["event"] == "progress" for line in rest.splitlines())
    assert [p.name for p in Path("out").iterdir()] == ["a.png"]


def test_the_samples_go_through_every_tool(
    run: Run, make_photo: MakePhoto, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    make_photo("in/a.png")
    make_photo("in/b.jpg")
    assert run("samples", "in", "-o", "out", "--yes") == 0
    text = capsys.readouterr().out
    for tool in TASKS:
        assert tool.title in text
        assert sorted(p.name for p in Path("out", tool.id).iterdir()) == ["a.png", "b.jpg"]
    assert f"The results lie in {Path('out').resolve()}" in text
    assert run("samples", "in", "-o", "out", "--yes") == 1
    assert run("samples", "in", "-o", "out", "--yes", "--overwrite") == 0


# colours


def grey_ramp(name: str) -> Path:
    row = np.linspace(20, 235, 96).astype(np.uint8)
    return write_photo(Photo(np.repeat(row[None], 64, axis=0)[..., None]), Path(name))


def in_colour(name: str) -> Path:
    pixels = np.full((64, 96, 3), (40, 90, 200), np.uint8)
    pixels[:, 48:] = (200, 140, 60)
    return write_photo(Photo(pixels), Path(name))


def test_hints_and_a_reference_reach_the_colours(run: Run) -> None:
    grey_ramp("a.png")
    in_colour("sea.png")
    Path("hints.json").write_text(hints_json([Hint(0.5, 0.5, 40.0, 20.0)]), encoding="utf-8")
    assert run("colorize", "a.png", "-o", "plain.png") == 0
    assert run("colorize", "a.png", "-o", "hinted.png", "--hints", "hints.json") == 0
    assert run("colorize", "a.png", "-o", "guided.png", "--reference", "sea.png", "--warmth", "10") == 0
    plain, hinted, guided = (read_photo(Path(f"{name}.png")) for name in ("plain", "hinted", "guided"))
    assert plain.pixels.shape == hinted.pixels.shape == (64, 96, 3)
    assert hinted.metadata.icc == srgb_profile()
    assert b"1 hint" in (hinted.metadata.xmp or b"")
    assert b"colours of sea.png" in (guided.metadata.xmp or b"")
    assert np.abs(plain.pixels.astype(int) - hinted.pixels).max() > 5
    assert np.abs(plain.pixels.astype(int) - guided.pixels).max() > 2


def test_a_photo_in_colour_is_copied_unless_it_is_to_be_coloured_anew(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    source = in_colour("c.png")
    assert run("colorize", "c.png", "-o", "kept.png") == 0
    assert "in colour already" in capsys.readouterr().out
    assert Path("kept.png").read_bytes() == source.read_bytes()
    assert run("colorize", "c.png", "-o", "anew.png", "--anew") == 0
    assert np.ptp(read_photo(Path("anew.png")).pixels.astype(int), axis=2).mean() < 60


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--hints", "none.json"], "none.json cannot be read"),
        (["--hints", "broken.json"], "broken.json is not a hints file"),
        (["--reference", "broken.json"], "broken.json"),
        (["--reference", "a.png"], "a.png is black and white"),
        (["--saturation", "3"], "Saturation is 3.0: please choose a value from 0 to 2."),
    ],
)
def test_what_cannot_guide_the_colours_is_told_before_anything_is_done(
    run: Run, capsys: pytest.CaptureFixture[str], options: list[str], sentence: str
) -> None:
    grey_ramp("a.png")
    Path("broken.json").write_text("{", encoding="utf-8")
    assert run("colorize", "a.png", "-o", "out.png", *options) == 2
    errors = capsys.readouterr().err
    assert sentence in errors
    assert "Traceback" not in errors
    assert not Path("out.png").exists()
