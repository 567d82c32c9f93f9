"""A folder of small photos of many kinds, and a small model for each tool."""

from collections.abc import Callable
from pathlib import Path

import pytest
from small_model import save_models
from small_photos import noisy

from aestudio.batch.job import BatchJob, JobStep, OutputRule
from aestudio.images.io import write_photo
from aestudio.images.photo import Metadata, Photo

MakeJob = Callable[..., BatchJob]


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_models(tmp_path_factory.mktemp("models"))


@pytest.fixture
def photos(tmp_path: Path, make_exif: Callable[..., bytes]) -> Path:
    """Seven photos, one of them damaged, in a folder and two below it; a.jpg and a.png have one name."""
    folder = tmp_path / "photos"
    for name in ("below/deeper", "empty"):
        (folder / name).mkdir(parents=True)
    exif = Metadata(make_exif())
    for seed, name in enumerate(("a.jpg", "a.png", "b.jpg", "below/a.jpg", "below/c.tif", "below/deeper/d.webp")):
        photo = noisy(seed, width=64 if seed % 2 else 80)
        write_photo(Photo(photo.pixels, exif), folder / name)
    (folder / "torn.jpg").write_bytes((folder / "b.jpg").read_bytes()[:300])
    (folder / "notes.txt").write_text("not a photo")
    return folder


@pytest.fixture
def make_job(photos: Path, tmp_path: Path) -> MakeJob:
    """A job that denoises the photos; what is named differs from that."""

    def make(**changes: object) -> BatchJob:
        values: dict[str, object] = {
            "sources": (photos,),
            "steps": (JobStep("denoise", {"sigma": 20.0}),),
            "output": OutputRule(tmp_path / "out"),
            "recursive": True,
        }
        return BatchJob(**{**values, **changes})  # type: ignore[arg-type]  # checked where it is made

    return make
