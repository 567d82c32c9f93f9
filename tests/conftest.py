"""What tests of every layer can use: pictures on disk, pixels and metadata made up on the spot."""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from aestudio.images.photo import Metadata, Pixels

if "PYTEST_XDIST_WORKER" in os.environ:  # as many run as there are cores: threads of each would wait for one another
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # before torch is imported, and for processes that tests start

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def fixture_dir() -> Path:
    """The small pictures that come with the tests."""
    return REPOSITORY / "tests" / "fixtures"


@pytest.fixture(scope="session")
def codec_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of models that holds a small codec, which nobody trained."""
    from small_codec import write_small_codec  # torch takes seconds, and few tests need it

    return write_small_codec(tmp_path_factory.mktemp("models")).parent


@pytest.fixture(scope="session")
def shared_photos() -> Path:
    """The large collection that may lie beside the repository; the test is skipped where it does not."""
    folder = REPOSITORY.parent / "shared" / "photos"
    if not folder.is_dir():
        pytest.skip("no shared photos beside the repository")
    return folder


@pytest.fixture(scope="session")
def make_exif() -> Callable[..., bytes]:
    """Makes EXIF data as a camera does: date, camera, copyright, a MakerNote, GPS, and the orientation asked for."""

    def make(orientation: int = 1, endian: str = "<") -> bytes:
        exif = Image.Exif()
        exif.endian = endian
        exif[0x010F] = "Nikon"
        exif[0x0110] = "D850"
        exif[0x0112] = orientation
        exif[0x0132] = "2026:03:01 12:00:00"
        exif[0x8298] = "© 김".encode()
        exif.get_ifd(0x8769)[0x9003] = "2026:03:01 12:00:00"
        exif.get_ifd(0x8769)[0x927C] = bytes(range(256)) * 3
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (37.0, 33.0, 59.5)
        return exif.tobytes().removeprefix(b"Exif\0\0")

    return make


@pytest.fixture(scope="session")
def icc() -> bytes:
    """An sRGB profile."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.fixture(scope="session")
def metadata(make_exif: Callable[..., bytes], icc: bytes) -> Metadata:
    """Everything that a photo can carry."""
    rdf = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF>'
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{rdf}사진</x:xmpmeta>'.encode()
    return Metadata(make_exif(), icc, xmp, (300.0, 300.0))


@pytest.fixture(scope="session")
def make_pixels() -> Callable[..., Pixels]:
    """Makes random pixels (H, W, C) that use the whole range of their depth."""

    def make(channels: int = 3, bits: int = 8, height: int = 37, width: int = 53) -> Pixels:
        rng = np.random.default_rng(channels * bits)
        if bits == 32:
            return rng.random((height, width, channels), dtype=np.float32)
        return rng.integers(0, 2**bits, (height, width, channels), dtype=np.uint8 if bits == 8 else np.uint16)

    return make
