"""Camera raw files are developed with the camera's white balance, at full size and 16 bits."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from aestudio.errors import DamagedPhotoError, ImageError
from aestudio.images.io import photo_paths, read_photo, read_preview, write_photo

WriteDng = Callable[..., Path]

LEFT, RIGHT = (0.2, 0.2, 0.2), (0.5, 0.1, 0.05)  # linear


def scene(height: int = 96, width: int = 128) -> NDArray[np.float64]:
    colours = np.full((height, width, 3), LEFT)
    colours[:, width // 2 :] = RIGHT
    return colours


def encoded(linear: tuple[float, ...]) -> NDArray[np.float64]:
    """IEC 61966-2-1."""
    v = np.array(linear)
    return np.asarray(np.where(v <= 0.0031308, 12.92 * v, 1.055 * v ** (1 / 2.4) - 0.055))


@pytest.mark.parametrize("gains", [(1.0, 1.0, 1.0), (2.0, 1.0, 1.5)])
def test_known_colours_come_out_of_the_mosaic(
    tmp_path: Path, write_dng: WriteDng, gains: tuple[float, float, float]
) -> None:
    photo = read_photo(write_dng(tmp_path / "a.dng", scene(), gains))
    assert (photo.format, photo.pixels.shape, photo.bit_depth) == ("RAW", (96, 128, 3), 16)
    assert np.abs(photo.pixels[48, 32] / 65535 - encoded(LEFT)).max() < 1e-3
    assert np.abs(photo.pixels[48, 100] / 65535 - encoded(RIGHT)).max() < 1e-3
    assert b"Test camera" in (photo.metadata.exif or b"")
    assert any("white balance" in str(note) for note in photo.notes)


@pytest.mark.parametrize("brightest", [0.5, 0.76, 0.9, 1.0])
def test_the_brightest_pixel_is_not_taken_for_white(tmp_path: Path, write_dng: WriteDng, brightest: float) -> None:
    colours = scene()
    colours[:8] = brightest
    photo = read_photo(write_dng(tmp_path / "a.dng", colours))
    assert np.abs(photo.pixels[48, 32] / 65535 - encoded(LEFT)).max() < 1e-3
    assert np.abs(photo.pixels[4, 32] / 65535 - encoded((brightest,) * 3)).max() < 1e-3


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_raw_files_are_turned_upright_once(tmp_path: Path, write_dng: WriteDng, orientation: int) -> None:
    path = write_dng(tmp_path / "a.dng", scene(), orientation=orientation)
    photo = read_photo(path)
    assert photo.pixels.shape[:2] == ((96, 128) if orientation in (1, 3) else (128, 96))
    corners = {1: (48, 100), 3: (48, 20), 6: (100, 48), 8: (20, 48)}
    assert np.abs(photo.pixels[corners[orientation]] / 65535 - encoded(RIGHT)).max() < 2e-3
    preview = read_preview(path, 64)
    assert preview.pixels.shape[:2] == ((48, 64) if orientation in (1, 3) else (64, 48))
    saved = read_photo(write_photo(photo, tmp_path / "b.tif"))
    assert np.array_equal(saved.pixels, photo.pixels)


def test_a_raw_file_is_known_by_its_contents_and_listed_by_its_name(tmp_path: Path, write_dng: WriteDng) -> None:
    path = write_dng(tmp_path / "IMG_1.NEF", scene())
    assert read_photo(path).format == "RAW"
    assert photo_paths(tmp_path) == [path]


def test_a_cut_raw_file_is_never_taken_for_a_whole_one(tmp_path: Path, write_dng: WriteDng) -> None:
    data = write_dng(tmp_path / "a.dng", scene()).read_bytes()
    path = tmp_path / "cut.dng"
    for percent in range(1, 100, 3):
        path.write_bytes(data[: len(data) * percent // 100])
        with pytest.raises(ImageError) as caught:
            read_photo(path)
        assert "cut.dng" in str(caught.value)


def test_a_raw_file_of_an_unknown_kind_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.raf"
    path.write_bytes(b"FUJIFILMCCD-RAW " + bytes(4000))
    with pytest.raises(ImageError, match=r"^a\.raf is"):
        read_photo(path)
    path.write_bytes(b"\0\0\0\x18ftypcrx \0\0\0\1" + bytes(400))
    with pytest.raises((DamagedPhotoError, ImageError), match=r"^a\.raf is"):
        read_photo(path)


def test_a_camera_of_1995_is_developed(shared_photos: Path) -> None:
    path = shared_photos / "formats" / "RAW_KODAK_DC50.KDC"
    photo = read_photo(path)
    assert (photo.width, photo.height, photo.bit_depth) == (768, 512, 16)
    assert photo.pixels.mean() > 3000
    assert max(read_preview(path, 192).pixels.shape) == 192
