"""`aestudio compress`, `decompress` and `info`, run as a user runs them, with a small codec."""

import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aestudio.codec.container import pack, unpack
from aestudio.images.io import read_photo, write_photo
from aestudio.images.metrics import psnr
from aestudio.images.photo import Metadata, Photo, Pixels

Run = Callable[..., int]
Capture = pytest.CaptureFixture[str]

SIDE = 520  # pixels: a tile, and a narrow one beside it


@pytest.fixture(autouse=True)
def models(home: Path, codec_folder: Path) -> Path:
    """The user's own models, the small codec among them."""
    folder = home / "DATA" / "aestudio" / "models"
    for path in codec_folder.iterdir():
        shutil.copy(path, folder)
    return folder


def scene(height: int = 60, width: int = 90) -> Pixels:
    """Soft colours."""
    y, x = np.mgrid[:height, :width].astype(np.float32)
    waves = [np.sin(x / 17 + y / 29), np.sin(x / 23 - y / 13), np.cos(x / 31 + y / 19)]
    pixels: Pixels = np.rint(127 + 90 * np.stack(waves, axis=2)).astype(np.uint8)
    return pixels


def photo(name: str, pixels: Pixels | None = None, metadata: Metadata | None = None) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_photo(Photo(scene() if pixels is None else pixels, metadata or Metadata()), path)


def damaged(path: Path, name: str) -> Path:
    """A copy with one wrong byte in its last tile."""
    data = bytearray(path.read_bytes())
    last = unpack(bytes(data)).tiles[-1]
    assert last is not None
    data[bytes(data).rindex(last) + len(last) // 2] ^= 1
    Path(name).write_bytes(data)
    return Path(name)


# there and back


def test_a_photo_goes_to_a_file_and_back(run: Run, metadata: Metadata, capsys: Capture) -> None:
    photo("a.png", metadata=metadata)
    assert run("compress", "a.png", "-o", "out/a.aes") == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    assert captured.out.startswith(f"{Path('out/a.aes')}  0.0 MP  ")
    for figure in (" KB  ", " times smaller  ", " bpp  ", " dB  ", "quality 50.0\n"):
        assert figure in captured.out
    assert run("decompress", "out/a.aes", "-o", "back") == 0
    assert capsys.readouterr().out.startswith(f"{Path('back/a.png')}  0.0 MP  ")
    back = read_photo(Path("back/a.png"))
    assert psnr(back.pixels, scene(), 255) > 30
    kept = back.metadata
    assert (kept.icc, kept.xmp) == (metadata.icc, metadata.xmp)
    assert kept.dpi == pytest.approx(metadata.dpi, abs=0.01)  # a PNG counts by the metre
    assert b"D850" in (kept.exif or b"")


def test_each_wish_is_met(run: Run) -> None:
    photo("a.png", scene(180, 240))
    for quality in (5, 95):
        assert run("compress", "a.png", "-o", f"q{quality}.aes", "--quality", quality, "-q") == 0
    low, high = (Path(f"q{quality}.aes").stat().st_size for quality in (5, 95))
    assert low < high
    wanted = (low + high) / 2 / 1000  # KB
    assert run("compress", "a.png", "-o", "size.aes", "--size", wanted, "-q") == 0
    assert 0.97 * wanted <= Path("size.aes").stat().st_size / 1000 <= wanted
    assert run("compress", "a.png", "-o", "psnr.aes", "--psnr", 36, "-q") == 0
    assert psnr(read_photo(Path("psnr.aes")).pixels, scene(180, 240), 255) == pytest.approx(36, abs=0.2)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--size", "0.2"], "At the lowest quality the file still has"),
        (["--size", "900"], "At the highest quality the file has no more than"),
        (["--psnr", "60"], "At the highest quality the PSNR is no more than"),
        (["--psnr", "10"], "At the lowest quality the PSNR is still"),
    ],
)
def test_a_wish_out_of_reach_gives_the_nearest_and_says_so(
    words: list[str], sentence: str, run: Run, capsys: Capture
) -> None:
    photo("a.png")
    assert run("compress", "a.png", "-o", "a.aes", *words) == 0
    captured = capsys.readouterr()
    assert sentence in captured.err
    assert captured.err.count("\n") == 1
    assert f"quality {0 if 'lowest' in sentence else 100}.0" in captured.out
    assert Path("a.aes").is_file()


def test_metadata_count_in_the_size_and_are_told_where_they_fill_it(run: Run, capsys: Capture) -> None:
    photo("a.png", metadata=Metadata(xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + b" " * 9000 + b"</x:xmpmeta>"))
    assert run("compress", "a.png", "-o", "a.aes", "--size", 4) == 0
    assert "Metadata and transparency take 9.1 KB of the file." in capsys.readouterr().err
    assert run("compress", "a.png", "-o", "b.aes", "--size", 4, "--metadata", "strip") == 0
    assert Path("b.aes").stat().st_size <= 4000


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--quality", "50", "--size", "10"], "There can be one of a quality, a size and a PSNR. Please choose one."),
        (["--quality", "101"], "The quality is 101.0: please choose a value from 0 to 100."),
        (["--quality", "nan"], "The quality is nan: please choose a value from 0 to 100."),
        (["--size", "0"], "A file of 0 bytes cannot hold a photo."),
        (["--size", "inf"], "The size is inf KB: please choose a number."),
        (["--psnr", "90"], "The PSNR is 90.0 dB: please choose a value from 10 to 60."),
        (["-o", "b.jpg"], "b.jpg does not end in .aes."),
        (["--device", "warp"], "There is no device “warp”."),
        (["--name", "{place}"], "{name} {task} {model} {date} {n}"),
    ],
)
def test_bad_usage_is_one_sentence(words: list[str], sentence: str, run: Run, capsys: Capture) -> None:
    photo("a.png")
    assert run("compress", "a.png", *words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert sentence in captured.err
    assert captured.err.count("\n") == 1
    assert [path.name for path in Path().iterdir()] == ["a.png"]


# which photos, and where to


def test_folders_give_their_photos_and_nothing_is_compressed_twice(run: Run) -> None:
    photo("in/a.jpg")
    photo("in/a.png")
    photo("b.png")
    Path("in/notes.txt").write_text("no photo", encoding="utf-8")
    assert run("compress", "in", "b.png", "-o", "in", "-q") == 0
    assert sorted(path.name for path in Path("in").glob("*.aes")) == ["a-2.aes", "a.aes", "b.aes"]
    assert run("compress", "in", "-o", "again", "-q") == 0
    assert sorted(path.name for path in Path("again").iterdir()) == ["a-2.aes", "a.aes"]
    assert run("decompress", "in", "-o", "out", "-q") == 0
    assert sorted(path.name for path in Path("out").iterdir()) == ["a-2.png", "a.png", "b.png"]


def test_results_lie_beside_the_photo_or_follow_a_pattern(run: Run) -> None:
    photo("a.png")
    assert run("compress", "a.png", "-q") == 0
    assert run("compress", "a.png", "-q", "--name", "{n} {name} {model}") == 0
    assert run("decompress", "a-compress.aes", "-q") == 0
    names = sorted(path.name for path in Path().iterdir())
    assert names == ["0001 a compress.aes", "a-compress-decompress.png", "a-compress.aes", "a.png"]


@pytest.mark.parametrize("command", ["compress", "decompress"])
def test_a_folder_without_photos_of_that_kind_is_told(command: str, run: Run, capsys: Capture) -> None:
    photo("in/a.png")
    if command == "compress":
        assert run("compress", "in", "-o", "other", "-q") == 0
        assert run("compress", "other", "-o", "out") == 2
    else:
        assert run("decompress", "in", "-o", "out") == 2
    assert "None of the photos in" in capsys.readouterr().err
    Path("empty").mkdir()
    assert run(command, "empty", "-o", "out") == 2
    assert "There are no photos in empty." in capsys.readouterr().err


def test_files_that_exist_are_replaced_only_when_asked(run: Run, capsys: Capture) -> None:
    photo("a.png")
    Path("a.aes").write_bytes(b"mine")
    assert run("compress", "a.png", "-o", "a.aes") == 1
    assert "a.aes already exists" in capsys.readouterr().err
    assert Path("a.aes").read_bytes() == b"mine"
    assert run("compress", "a.png", "-o", "a.aes", "--overwrite") == 0
    assert read_photo(Path("a.aes")).format == "AES"
    Path("b.png").write_bytes(b"mine")
    assert run("decompress", "a.aes", "-o", "b.png") == 1
    assert Path("b.png").read_bytes() == b"mine"
    assert run("decompress", "a.aes", "-o", "b.png", "--overwrite") == 0
    assert sorted(path.name for path in Path().iterdir()) == ["a.aes", "a.png", "b.png"]


def test_an_original_is_never_replaced(run: Run, capsys: Capture) -> None:
    source = photo("a.png")
    before = source.read_bytes()
    os.link("a.png", "linked.aes")
    assert run("compress", "a.png", "-o", "linked.aes", "--overwrite") == 1
    assert "linked.aes is the original photo" in capsys.readouterr().err
    assert run("compress", "a.png", "-o", "a.aes", "-q") == 0
    stream = Path("a.aes").read_bytes()
    assert run("compress", "a.aes", "-o", "a.aes", "--overwrite") == 2
    assert run("compress", "a.aes", "-o", ".", "--overwrite", "--quality", "10", "-q") == 0
    os.link("a.aes", "linked.png")
    assert run("decompress", "a.aes", "-o", "linked.png", "--overwrite") == 1
    assert (source.read_bytes(), Path("linked.aes").read_bytes(), Path("a.aes").read_bytes()) == (
        before,
        before,
        stream,
    )
    assert Path("linked.png").read_bytes() == stream
    assert Path("a-compress.aes").is_file()


def test_decompressed_photos_are_saved_as_any_other(run: Run, capsys: Capture) -> None:
    photo("a.png")
    assert run("compress", "a.png", "-o", "a.aes", "-q") == 0
    assert run("decompress", "a.aes", "-o", "out", "--format", "tiff", "--compression", "lzw", "-q") == 0
    assert read_photo(Path("out/a.tif")).encoding.compression == "lzw"
    assert run("decompress", "a.aes", "-o", "a.jpg", "--quality", "80", "-q") == 0
    assert read_photo(Path("a.jpg")).encoding.quality == 80
    for words in (["-o", "b.aes"], ["-o", "out", "--format", "aes"]):
        assert run("decompress", "a.aes", *words) == 2
        assert "Please choose another format" in capsys.readouterr().err


# kinds of photos


@pytest.mark.parametrize(
    "shape", [(60, 90, 3), (60, 90, 1), (60, 90, 4), (60, 90, 2), (40, 1, 3), (1, 40, 1), (1, 1, 3)]
)
def test_every_kind_of_photo_comes_back(shape: tuple[int, int, int], run: Run) -> None:
    height, width, channels = shape
    pixels = scene(height, width)[..., : 1 if channels < 3 else 3]
    if channels in (2, 4):
        alpha = np.random.default_rng(0).integers(0, 256, (height, width, 1)).astype(np.uint8)
        pixels = np.concatenate((pixels, alpha), axis=2)
    photo("a.png", pixels)
    assert run("compress", "a.png", "-o", "a.aes", "--quality", 80, "-q") == 0
    assert run("decompress", "a.aes", "-o", "b.png", "-q") == 0
    back = read_photo(Path("b.png")).pixels
    assert back.shape == shape
    colours = slice(0, 1 if channels < 3 else 3)
    assert psnr(back[..., colours], pixels[..., colours], 255) > 28
    if channels in (2, 4):
        assert np.array_equal(back[..., -1], pixels[..., -1])


def test_sixteen_bits_are_told(run: Run, capsys: Capture) -> None:
    photo("a.png", scene().astype(np.uint16) * 257)
    assert run("compress", "a.png", "-o", "a.aes") == 0
    assert capsys.readouterr().err == "The photo has 16 bits for each colour: it is compressed at 8.\n"
    assert run("info", "a.aes", "--json") == 0
    assert json.loads(capsys.readouterr().out)["source_bits"] == 16


@pytest.mark.parametrize("policy", ["keep", "basic", "strip"])
def test_metadata_are_kept_in_part_or_left_out(policy: str, run: Run, metadata: Metadata) -> None:
    photo("a.png", metadata=metadata)
    assert run("compress", "a.png", "-o", "a.aes", "-q", "--metadata", policy) == 0
    saved = read_photo(Path("a.aes")).metadata
    assert saved.icc == metadata.icc  # or the colours would shift
    blob = saved.exif or b""
    assert (b"D850" in blob) == (policy != "strip")
    assert (bytes(range(256)) in blob) == (policy == "keep")  # the MakerNote
    assert (saved.xmp is not None) == (policy == "keep")


def test_the_small_picture_in_the_metadata_is_left_out(run: Run, fixture_dir: Path) -> None:
    source = fixture_dir / "pillow" / "photoshop-200dpi.jpg"
    assert source.read_bytes().count(b"\xff\xd8\xff") == 3  # the photo's own, in the EXIF data, in Photoshop's blocks
    assert run("compress", source, "-o", "a.aes", "-q") == 0
    assert b"\xff\xd8\xff" not in Path("a.aes").read_bytes()
    assert read_photo(Path("a.aes")).metadata.exif


# what is wrong with a file


def test_damaged_tiles_are_marked_and_told(run: Run, capsys: Capture) -> None:
    photo("a.png", scene(SIDE, SIDE))
    assert run("compress", "a.png", "-o", "a.aes", "-q") == 0
    damaged(Path("a.aes"), "b.aes")
    capsys.readouterr()
    assert run("decompress", "a.aes", "b.aes", "-o", "out") == 1
    captured = capsys.readouterr()
    assert captured.out.count("\n") == 2
    assert captured.err == "1 of 4 tiles are damaged: they are marked in the photo, and the rest is whole.\n"
    whole, rest = (read_photo(Path("out") / name) for name in ("a.png", "b.png"))
    assert np.array_equal(rest.pixels[: SIDE - 80], whole.pixels[: SIDE - 80])
    assert set(np.unique(rest.pixels[512:, 512:])) <= {96, 160}
    assert b"damaged file" in (rest.metadata.xmp or b"")
    assert run("info", "a.aes") == 0
    assert run("info", "a.aes", "b.aes") == 1
    assert "b.aes: 1 of 4 tiles are damaged; the rest is whole." in capsys.readouterr().out


def test_a_truncated_file_gives_what_is_there(run: Run, capsys: Capture) -> None:
    photo("a.png", scene(SIDE, SIDE))
    assert run("compress", "a.png", "-o", "a.aes", "-q") == 0
    data = Path("a.aes").read_bytes()
    tiles = unpack(data).tiles
    assert tiles[2]
    Path("cut.aes").write_bytes(data[: data.index(tiles[2]) + 5])
    assert run("decompress", "cut.aes", "-o", "cut.png") == 1
    errors = capsys.readouterr().err
    assert "The end of the file is damaged or missing" in errors
    assert "2 of 4 tiles are damaged" in errors
    Path("head.aes").write_bytes(data[:60])
    assert run("decompress", "head.aes", "-o", "head.png") == 1
    assert "head.aes is incomplete: the end of the file is missing." in capsys.readouterr().err
    assert not Path("head.png").exists()


def test_one_bad_file_is_told_in_a_sentence_and_the_rest_goes_on(run: Run, capsys: Capture) -> None:
    photo("a.png")
    assert run("compress", "a.png", "-o", "a.aes", "-q") == 0
    photo("b.jpg")
    Path("text.aes").write_text("no photo", encoding="utf-8")
    Path("empty.aes").touch()
    assert run("decompress", "gone.aes", "text.aes", "b.jpg", "empty.aes", "a.aes", "-o", "out") == 1
    captured = capsys.readouterr()
    sentences = captured.err.splitlines()
    assert [line.split()[0] for line in sentences] == ["gone.aes", "text.aes", "b.jpg", "empty.aes"]
    assert captured.out.count("\n") == 1
    assert [path.name for path in Path("out").iterdir()] == ["a.png"]
    Path("broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no photo")
    assert run("compress", "broken.jpg", "a.png", "-o", "new") == 1
    assert capsys.readouterr().err.startswith("broken.jpg is")
    assert [path.name for path in Path("new").iterdir()] == ["a.aes"]


def test_what_can_be_read_of_a_damaged_photo_is_compressed_only_when_asked(run: Run, capsys: Capture) -> None:
    data = photo("a.jpg", scene(256, 256)).read_bytes()
    Path("cut.jpg").write_bytes(data[: len(data) // 2])
    assert run("compress", "cut.jpg", "-o", "cut.aes") == 1
    assert "is incomplete" in capsys.readouterr().err
    assert run("compress", "cut.jpg", "-o", "cut.aes", "--salvage") == 0
    assert "The file is damaged" in capsys.readouterr().err
    assert b"damaged file" in (read_photo(Path("cut.aes")).metadata.xmp or b"")


def test_a_missing_model_is_told(run: Run, models: Path, capsys: Capture) -> None:
    photo("a.png")
    assert run("compress", "a.png", "-o", "a.aes", "-q") == 0
    stream = unpack(Path("a.aes").read_bytes())
    other = replace(stream.header, weights=bytes(32), model="portraits", model_version="3")
    Path("other.aes").write_bytes(pack(replace(stream, header=other)))
    assert run("decompress", "other.aes", "-o", "other.png") == 1
    assert "other.aes: The file was compressed with the model portraits 3, which is not" in capsys.readouterr().err
    assert run("compress", "other.aes", "-o", "again") == 1
    assert "other.aes: The file was compressed with" in capsys.readouterr().err
    assert run("info", "other.aes", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["model"], told["model_installed"], told["quality"]) == ("portraits", False, None)
    (models / "compress.json").write_text("{", encoding="utf-8")
    assert run("compress", "a.png", "-o", "b.aes") == 2
    assert "is damaged. Please install the model again." in capsys.readouterr().err


# what is told


def test_json_tells_each_step(run: Run, capsys: Capture) -> None:
    photo("사진.png", scene(SIDE, SIDE))
    assert run("compress", "사진.png", "gone.png", "-o", "out", "--json", "--size", "12") == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    kinds = [line["event"] for line in lines]
    assert kinds == ["started", *["progress"] * (len(kinds) - 5), "done", "started", "progress", "failed"]
    fractions = [line["fraction"] for line in lines if line["event"] == "progress" and line["file"] == "사진.png"]
    assert (fractions[0], fractions[-1]) == (0, 1)
    assert fractions == sorted(fractions)
    done: dict[str, Any] = lines[kinds.index("done")]
    size = Path("out/사진.aes").stat().st_size
    assert done["bytes"] == size
    assert done["source_bytes"] == Path("사진.png").stat().st_size
    assert done["bits_per_pixel"] == pytest.approx(size * 8 / SIDE**2, abs=1e-4)  # there are no metadata
    assert done["psnr"] == pytest.approx(
        psnr(read_photo(Path("out/사진.aes")).pixels, scene(SIDE, SIDE), 255), abs=0.01
    )
    assert 0 <= done["quality"] <= 100
    assert run("decompress", "out", "-o", "back", "--json") == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[-1]["event"] == "done"
    assert (lines[-1]["tiles"], lines[-1]["lost_tiles"]) == (4, 0)
    assert sum(line["event"] == "progress" for line in lines) >= 3


def test_quiet_tells_errors_only(run: Run, capsys: Capture) -> None:
    photo("a.png", scene().astype(np.uint16) * 257)
    assert run("compress", "a.png", "gone.png", "-o", "out", "--quiet") == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("gone.png does not exist")


def test_a_size_counts_thousands_of_bytes_and_the_help_says_so(run: Run, capsys: Capture) -> None:
    assert run("compress", "--help") == 0
    assert "1 KB is 1000 bytes" in " ".join(capsys.readouterr().out.split())


def test_info_tells_what_a_file_holds(run: Run, metadata: Metadata, capsys: Capture) -> None:
    photo("grey.png", scene()[..., :1])
    alpha = np.full((60, 90, 1), 9, np.uint8)
    photo("all.png", np.concatenate((scene(), alpha), axis=2), replace(metadata, comment="day"))
    assert run("compress", "grey.png", "all.png", "-o", "out", "--quality", "30", "-q") == 0
    assert run("info", "out", "gone.aes", "--json") == 1
    captured = capsys.readouterr()
    rich, plain, gone = (json.loads(line) for line in captured.out.splitlines())
    assert gone == {"file": "gone.aes", "error": captured.err.strip()}
    assert plain == {
        "file": str(Path("out/grey.aes")),
        "bytes": Path("out/grey.aes").stat().st_size,
        "width": 90,
        "height": 60,
        "channels": 1,
        "alpha": False,
        "source_bits": 8,
        "bits_per_pixel": pytest.approx(Path("out/grey.aes").stat().st_size * 8 / 5400, abs=1e-3),
        "quality": pytest.approx(30, abs=0.5),
        "quality_number": plain["quality_number"],
        "tiles": 1,
        "tile_side": 512,
        "lost_tiles": 0,
        "model": "compress",
        "model_version": "0",
        "model_installed": True,
        "metadata": [],
        "damage": [],
    }
    assert rich["metadata"] == ["EXIF", "ICC", "XMP", "comment", "resolution"]
    assert rich["alpha"] is True
    assert rich["bits_per_pixel"] < rich["bytes"] * 8 / 5400 - 1  # without metadata and transparency
    assert run("info", "out") == 0
    table = capsys.readouterr().out
    for word in ("90 × 60", "compress 0", "30.", "none", "EXIF", "transparency", "grey"):
        assert word in table


def test_info_loads_nothing_that_computes(run: Run) -> None:
    photo("a.png")
    assert run("compress", "a.png", "-o", "a.aes", "-q") == 0
    script = "import sys; from aestudio import cli; code = cli.main(['info', 'a.aes'], open_window=len); "
    script += "assert 'torch' not in sys.modules; sys.exit(code)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    assert "a.aes" in done.stdout


def test_ctrl_c_stops_within_one_tile_and_leaves_nothing_half_written() -> None:
    photo("a.png")
    photo("b.png", scene(2100, 2100))
    words = ["compress", "a.png", "b.png", "-o", "out", "--json", "--psnr", "40"]
    command = [sys.executable, "-m", "aestudio", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert isinstance(process.stdout, io.TextIOBase)
        for line in process.stdout:
            told = json.loads(line)
            if told["file"] == "b.png" and told.get("fraction", 0) > 0:
                break
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=100)
    assert process.returncode == 130
    assert errors == "Stopped. What is finished is saved.\n"
    assert [path.name for path in Path("out").iterdir()] == ["a.aes"]
