"""Reduced photos show what the whole ones do, upright and in their colours, and are large enough."""

import struct
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray
from PIL import Image

from aestudio.errors import ImageError
from aestudio.images.colour import adobe_rgb_profile
from aestudio.images.io import read_photo
from aestudio.images.photo import screen_pixels
from aestudio.images.reduced import Reduced, reduced

Bytes = NDArray[np.uint8]


def scene(height: int, width: int) -> Bytes:
    """Soft colours, other ones in each corner."""
    coarse = np.random.default_rng(3).integers(20, 235, (4, 5, 3), dtype=np.uint8)
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)


def taken(path: Path, side: int = 64, *, embedded: bool = True) -> Reduced:
    return reduced(path, path.read_bytes(), side, embedded=embedded)


def same_picture(photo: Reduced, path: Path) -> bool:
    """Whether it is the whole photo, but smaller."""
    whole = read_photo(path)
    shown = screen_pixels(whole)
    shown = np.repeat(shown, 3, axis=2) if shown.shape[2] == 1 else shown
    small, wanted = (cv2.resize(p, (24, 24), interpolation=cv2.INTER_AREA).astype(float) for p in (photo.rgb_u8, shown))
    fits = abs(photo.rgb_u8.shape[1] / photo.rgb_u8.shape[0] / (whole.width / whole.height) - 1) < 0.05
    return fits and (photo.height, photo.width) == (whole.height, whole.width) and float(abs(small - wanted).mean()) < 2


@pytest.mark.parametrize("ending", [".jpg", ".png", ".tif", ".webp"])
@pytest.mark.parametrize(("height", "width"), [(400, 700), (1100, 900), (130, 2000), (40, 50)])
def test_no_side_is_shorter_than_asked_for(tmp_path: Path, ending: str, height: int, width: int) -> None:
    path = tmp_path / f"photo{ending}"
    Image.fromarray(scene(height, width)).save(path)
    for side in (64, 256):
        photo = taken(path, side)
        assert min(photo.rgb_u8.shape[:2]) >= min(side, height, width)
        assert photo.rgb_u8.dtype == np.uint8
        assert photo.rgb_u8.shape[2] == 3
        assert same_picture(photo, path)


def test_large_photos_come_much_smaller(tmp_path: Path) -> None:
    for ending in (".jpg", ".png"):
        path = tmp_path / f"photo{ending}"
        Image.fromarray(scene(1600, 2400)).save(path)
        assert taken(path).rgb_u8.shape[0] < 400


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photos_lie_upright(tmp_path: Path, make_exif: Callable[..., bytes], orientation: int) -> None:
    path = tmp_path / "photo.jpg"
    Image.fromarray(scene(400, 700)).save(path, exif=b"Exif\0\0" + make_exif(orientation))
    photo = taken(path)
    assert (photo.height, photo.width) == ((700, 400) if orientation >= 5 else (400, 700))
    assert same_picture(photo, path)
    assert photo.metadata.exif


@pytest.mark.parametrize("ending", [".jpg", ".png", ".tif"])
def test_colours_are_those_of_the_profile(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"photo{ending}"
    Image.fromarray(scene(400, 700)).save(path, icc_profile=adobe_rgb_profile())
    photo = taken(path)
    assert same_picture(photo, path)
    plain = replace(read_photo(path), metadata=replace(photo.metadata, icc=None))
    assert abs(photo.rgb_u8.mean(axis=(0, 1)) - screen_pixels(plain).mean(axis=(0, 1))).max() > 3  # it does count


@pytest.mark.parametrize("mode", ["L", "CMYK", "LA", "RGBA", "P"])
def test_all_kinds_of_pixels_become_rgb(tmp_path: Path, mode: str) -> None:
    path = tmp_path / ("photo.jpg" if mode in ("L", "CMYK") else "photo.png")
    Image.fromarray(scene(300, 400)).convert(mode).save(path)
    photo = taken(path)
    assert photo.rgb_u8.shape[2] == 3
    assert same_picture(photo, path)


def test_what_is_not_a_number_does_not_spread(tmp_path: Path) -> None:
    pixels = np.full((600, 800, 3), 0.5, np.float32)
    pixels[::50, ::50] = np.nan
    path = tmp_path / "photo.tif"
    tifffile.imwrite(path, pixels, photometric="rgb")
    assert taken(path).rgb_u8.min() > 100


def test_raw_files_are_shown_as_they_are_developed(tmp_path: Path, write_dng: Callable[..., Path]) -> None:
    rgb = scene(64, 96).astype(np.float64) / 255
    for orientation in (1, 6):
        path = write_dng(tmp_path / f"{orientation}.dng", rgb, orientation=orientation)
        photo = taken(path, 32)
        assert min(photo.rgb_u8.shape[:2]) >= 32
        assert same_picture(photo, path)


def with_small_picture(small: Image.Image) -> bytes:
    """EXIF data as a camera's: a second directory with a JPEG."""
    data = BytesIO()
    small.save(data, "JPEG")
    picture = data.getvalue()
    first = struct.pack("<HHHIHHI", 1, 0x0112, 3, 1, 1, 0, 26)
    second = struct.pack("<HHHIIHHIII", 2, 0x0201, 4, 1, 56, 0x0202, 4, 1, len(picture), 0)
    return b"Exif\0\0II*\0" + struct.pack("<I", 8) + first + second + picture


def test_the_camera_s_small_picture_is_taken_where_it_is_allowed_and_large_enough(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    red = Image.new("RGB", (1800, 1200), (200, 30, 30))
    red.save(path, exif=with_small_picture(Image.new("RGB", (160, 107), (30, 30, 200))))
    assert taken(path, 64).rgb_u8[..., 2].mean() > 150
    assert taken(path, 128).rgb_u8[..., 2].mean() < 60
    assert taken(path, 64, embedded=False).rgb_u8[..., 2].mean() < 60
    assert taken(path).height == 1200


@pytest.mark.parametrize("ending", [".jpg", ".png"])
def test_damaged_files_get_their_sentence(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"photo{ending}"
    Image.fromarray(scene(300, 400)).save(path)
    path.write_bytes(path.read_bytes()[:-900])
    with pytest.raises(ImageError, match=path.name):
        taken(path)
    path.write_bytes(b"no photo at all")
    with pytest.raises(ImageError, match=path.name):
        taken(path)
