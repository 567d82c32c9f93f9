import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from aestudio.codec.codec import Rgb
from aestudio.codec.container import pack, peek, unpack
from aestudio.codec.photo_format import install
from aestudio.codec.shelf import Shelf
from aestudio.errors import DamagedPhotoError, ImageError
from aestudio.images import aes
from aestudio.images.io import read_photo, read_preview, write_photo
from aestudio.images.metrics import psnr
from aestudio.images.options import SaveOptions
from aestudio.images.photo import Metadata, Photo


@pytest.fixture(autouse=True)
def _installed(codec_folder: Path) -> Iterator[None]:
    before = aes._slot.codec
    install(Shelf([codec_folder], "cpu"))
    yield
    aes._slot.codec = before


@pytest.fixture
def file(tmp_path: Path, picture: Rgb, metadata: Metadata) -> Path:
    """A compressed photo with everything that a photo can carry."""
    return write_photo(Photo(picture, metadata, tmp_path / "a.jpg"), tmp_path / "a.aes")


def test_a_photo_is_saved_and_opened_as_in_any_format(file: Path, picture: Rgb, metadata: Metadata) -> None:
    photo = read_photo(file)
    assert (photo.format, photo.partial, photo.notes) == ("AES", False, ())
    assert psnr(photo.pixels, picture, 255) > 30
    assert (photo.metadata.icc, photo.metadata.xmp, photo.metadata.dpi) == (metadata.icc, metadata.xmp, metadata.dpi)
    assert photo.metadata.exif
    assert read_preview(file, 100).pixels.shape == (80, 100, 3)


def test_a_preview_of_a_large_photo_is_made_of_its_mean_colours(tmp_path: Path, picture: Rgb) -> None:
    large = np.tile(picture, (1, 2, 1))
    file = write_photo(Photo(large), tmp_path / "a.aes")
    preview = read_preview(file, 100).pixels
    assert preview.shape == (40, 100, 3)
    whole = cv2.resize(read_photo(file).pixels, (100, 40), interpolation=cv2.INTER_AREA)
    assert psnr(preview, whole, 255) > 35


def test_quality_and_metadata_are_chosen_as_in_any_format(file: Path, tmp_path: Path, picture: Rgb) -> None:
    options = SaveOptions(quality=20, metadata="strip")
    small = write_photo(
        Photo(picture, Metadata(exif=b"II*\0\x08\0\0\0\0\0", comment="day")), tmp_path / "b.aes", options
    )
    assert small.stat().st_size < file.stat().st_size
    assert read_photo(small).metadata == Metadata()


def test_an_original_is_never_replaced(file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(ImageError, match="original"):
        write_photo(read_photo(file), file, overwrite=True)
    assert file.read_bytes() == before


def test_sixteen_bits_become_eight(tmp_path: Path, picture: Rgb) -> None:
    photo = read_photo(write_photo(Photo(picture.astype(np.uint16) * 257), tmp_path / "a.aes"))
    assert photo.pixels.dtype == np.uint8


def test_alpha_stays_as_it_was(tmp_path: Path, picture: Rgb) -> None:
    pixels = np.concatenate([picture, picture[..., :1]], axis=2)[:90, :70]
    assert np.array_equal(read_photo(write_photo(Photo(pixels), tmp_path / "a.aes")).pixels[..., 3], pixels[..., 3])


def test_a_damaged_file_is_opened_when_the_user_says_so(file: Path) -> None:
    data = bytearray(file.read_bytes())
    stream = unpack(bytes(data))
    last = stream.tiles[-1]
    assert last is not None
    data[bytes(data).rindex(last) + len(last) // 2] ^= 1
    file.write_bytes(data)
    with pytest.raises(DamagedPhotoError, match=r"a\.aes is damaged: 1 of its 4 tiles"):
        read_photo(file)
    photo = read_photo(file, salvage=True)
    assert photo.partial
    assert any("1 of 4 tiles" in str(note) for note in photo.notes)


def test_a_missing_model_is_told_at_once(file: Path, tmp_path: Path) -> None:
    install(Shelf([tmp_path / "none"], "cpu"))
    started = time.process_time()
    with pytest.raises(ImageError, match=r"a\.aes: .* model compress 0, which is not installed"):
        read_photo(file)
    assert time.process_time() - started < 1  # and nothing that computes was loaded for it


def test_without_a_codec_the_file_is_known_nevertheless(file: Path) -> None:
    aes._slot.codec = None
    with pytest.raises(ImageError, match=r"a\.aes is a photo compressed by AEStudio"):
        read_photo(file)


def test_older_streams_open_with_the_model_that_made_them(file: Path, codec_folder: Path, tmp_path: Path) -> None:
    for name in ("compress.json", "compress.safetensors"):
        (tmp_path / f"compress-old{Path(name).suffix}").write_bytes((codec_folder / name).read_bytes())
    install(Shelf([tmp_path], "cpu"))
    assert peek(file.read_bytes()).weights.hex() in (tmp_path / "compress-old.json").read_text()
    assert read_photo(file).format == "AES"
    assert pack(unpack(file.read_bytes())) == file.read_bytes()
