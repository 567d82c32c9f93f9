"""Own models for what tools use inside, chosen on the command line."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from small_codec import write_small_codec
from small_model import save_model

from aestudio.batch.job import read_job
from aestudio.codec.container import unpack
from aestudio.images.io import read_photo
from aestudio.images.photo import Pixels
from aestudio.models.card import ModelCard

Run = Callable[..., int]
MakePhoto = Callable[..., Path]
Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="session")
def codecs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two small codecs."""
    folder = tmp_path_factory.mktemp("codecs")
    write_small_codec(folder)
    write_small_codec(folder, "tiny", seed=1)
    return folder


@pytest.fixture
def own(home: Path, codecs: Path) -> Path:
    """The folder of the user's own models, with another one for each part."""
    folder = home / "DATA" / "aestudio" / "models"
    for name, part in (("my noise", "noise-level"), ("ruins", "inpaint"), ("dates", "mark-finder")):
        save_model(folder, name, part, seed=1)
    for path in codecs.iterdir():
        shutil.copy(path, folder)
    return folder


def pixels(name: str) -> Pixels:
    return read_photo(Path(name)).pixels


def test_a_noise_level_of_ones_own_tells_the_denoiser(
    own: Path, run: Run, make_photo: MakePhoto, capsys: Capture
) -> None:
    make_photo("a.png")
    found = []
    for part in ((), ("--part", "noise-level=my noise"), ("--part", "noise-level=noise-level")):
        assert run("denoise", "a.png", "-o", "out.png", "--overwrite", *part) == 0
        found.append((capsys.readouterr().out.split("noise ")[1].split("/")[0], pixels("out.png")))
    (usual, by_usual), (other, by_other), (again, by_named) = found
    assert usual != other
    assert not np.array_equal(by_usual, by_other)
    assert again == usual
    assert np.array_equal(by_usual, by_named)


def test_an_inpainting_of_ones_own_paints(own: Path, run: Run, make_photo: MakePhoto) -> None:
    make_photo("a.png")
    mask = np.zeros((72, 96), np.uint8)
    mask[20:40, 30:60] = 255
    Image.fromarray(mask).save("mask.png")
    words = ("unwatermark", "a.png", "-y", "--mask", "mask.png", "-q", "-o")
    assert run(*words, "usual.png") == 0
    assert run(*words, "own.png", "--part", "inpaint=ruins", "--part", "mark-finder=dates") == 0
    different = (pixels("usual.png") != pixels("own.png")).any(axis=2)
    assert different.any()
    assert not different[mask == 0].any()


def test_a_codec_of_ones_own_compresses_and_any_opens(own: Path, run: Run, make_photo: MakePhoto) -> None:
    make_photo("a.png")
    assert run("compress", "a.png", "-o", "small", "--name", "{name} {model}", "-q") == 0
    assert run("compress", "a.png", "-o", "small", "--name", "{name} {model}", "-q", "--part", "compress=tiny") == 0
    for model in ("compress", "tiny"):
        header = unpack(Path(f"small/a {model}.aes").read_bytes()).header
        assert header.weights.hex() == ModelCard.read(own / f"{model}.json").sha256
    assert run("decompress", "small", "-o", "back", "-q") == 0
    assert len(list(Path("back").iterdir())) == 2
    assert run("denoise", "a.png", "-o", "b.aes", "-q", "--part", "compress=tiny") == 0
    assert unpack(Path("b.aes").read_bytes()).header.model == "tiny"


@pytest.mark.parametrize("command", [("denoise",), ("compress",), ("batch", "--steps", "denoise")])
@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("ruins", "“ruins” is no part with its model. Please write such as inpaint=mine."),
        ("denoise=night", "There is no part “denoise”. Please choose one of compress, inpaint, mark-finder"),
        ("inpaint=gone", "There is no model “gone” for inpaint. Please choose another one"),
        ("inpaint=my noise", "The model “my noise” is made for noise-level, not for inpaint."),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence_before_anything_is_done(
    own: Path, run: Run, make_photo: MakePhoto, capsys: Capture, command: tuple[str, ...], part: str, said: str
) -> None:
    make_photo("in/a.png")
    name, *words = command
    assert run(name, "in", "-o", "out", *words, "--part", part) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith(said)
    assert captured.err.count("\n") == 1
    assert not Path("out").exists()


def test_a_batch_keeps_its_parts(own: Path, run: Run, make_photo: MakePhoto, capsys: Capture) -> None:
    make_photo("in/a.png")
    make_photo("in/b.png", noise=25)
    words = ("batch", "in", "--steps", "denoise", "-q")
    parts = ("--part", "noise-level=my noise", "--part", "compress=tiny")
    assert run(*words, "-o", "usual") == 0
    assert run(*words, "-o", "own", *parts, "--save-job", "night.json") == 0
    assert not np.array_equal(pixels("usual/a.png"), pixels("own/a.png"))
    assert run("denoise", "in/a.png", "-o", "alone.png", "-q", *parts) == 0
    assert np.array_equal(pixels("own/a.png"), pixels("alone.png"))
    job = read_job(Path("night.json"))
    assert job.parts == {"compress": "tiny", "noise-level": "my noise"}
    assert run("batch", "--job", "night.json", "--dry-run", "--json") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["left"] == 0
    assert run(*words, "-o", "own") == 2  # with the usual ones that is another job
    assert "--anew" in capsys.readouterr().err
    assert run("batch", "--job", "night.json", "--part", "inpaint=ruins") == 2
    assert "--part cannot stand beside --job" in capsys.readouterr().err
    (own / "my noise.json").unlink()
    for more in ((), ("--dry-run",)):
        assert run("batch", "--job", "night.json", *more) == 2
        assert "There is no model “my noise” for noise-level." in capsys.readouterr().err


def test_a_batch_saves_small_files_with_its_codec(own: Path, run: Run, make_photo: MakePhoto) -> None:
    make_photo("in/a.png")
    words = ("batch", "in", "--steps", "denoise:sigma=20,compress:quality=50", "-q", "-o")
    assert run(*words, "out", "--part", "compress=tiny") == 0
    assert unpack(Path("out/a.aes").read_bytes()).header.model == "tiny"


def test_another_model_under_the_same_name_is_another_model(own: Path, run: Run, make_photo: MakePhoto) -> None:
    make_photo("a.png")
    for seed in (1, 2):
        save_model(own, "my noise", "noise-level", seed=seed)
        assert run("denoise", "a.png", "-o", f"{seed}.png", "-q", "--part", "noise-level=my noise") == 0
    assert not np.array_equal(pixels("1.png"), pixels("2.png"))
