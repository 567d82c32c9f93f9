"""What tests of files share: small camera raw files with a known mosaic."""

import os
import re
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray

WHITE = 60_000  # the sensor's saturation
# XYZ (D65) to camera, here that of linear sRGB: developing then gives the camera's own colours back
XYZ_TO_SRGB = (3.2404542, -1.5371385, -0.4985314, -0.9692660, 1.8760108, 0.0415560, 0.0556434, -0.2040259, 1.0572252)


def mosaic(rgb: NDArray[np.float64], gains: tuple[float, float, float]) -> NDArray[np.uint16]:
    """Linear colours (H, W, 3) in [0, 1] as a sensor with an RGGB pattern sees them before its white balance."""
    seen = rgb / np.array(gains)
    out = np.empty(rgb.shape[:2])
    out[0::2, 0::2] = seen[0::2, 0::2, 0]
    out[0::2, 1::2] = seen[0::2, 1::2, 1]
    out[1::2, 0::2] = seen[1::2, 0::2, 1]
    out[1::2, 1::2] = seen[1::2, 1::2, 2]
    return np.rint(out * WHITE).astype(np.uint16)


def _write_dng(
    path: Path, rgb: NDArray[np.float64], gains: tuple[float, float, float] = (1.0, 1.0, 1.0), orientation: int = 1
) -> Path:
    """A raw file (DNG 1.4) of linear sRGB colours (H, W, 3); its white balance multiplies them by `gains`."""

    def rationals(values: tuple[float, ...], signed: bool) -> bytes:
        return b"".join(struct.pack("<ii" if signed else "<II", round(v * 1_000_000), 1_000_000) for v in values)

    neutral = tuple(min(gains) / gain for gain in gains)
    extra = [
        (271, 2, 0, "Aestudio", True),
        (272, 2, 0, "Test camera", True),
        (306, 2, 0, "2026:03:01 12:00:00", True),
        (33421, 3, 2, (2, 2), True),  # the pattern repeats every two pixels
        (33422, 1, 4, (0, 1, 1, 2), True),
        (50706, 1, 4, (1, 4, 0, 0), True),
        (50707, 1, 4, (1, 1, 0, 0), True),
        (50708, 2, 0, "Aestudio Test camera", True),
        (50714, 4, 1, 0, True),
        (50717, 4, 1, WHITE, True),
        (50721, 10, 9, rationals(XYZ_TO_SRGB, signed=True), True),
        (50728, 5, 3, rationals(neutral, signed=False), True),
        (50778, 3, 1, 21, True),  # D65
    ]
    if orientation != 1:
        extra.append((274, 3, 1, orientation, True))
    tifffile.imwrite(path, mosaic(rgb, gains), photometric="cfa", extratags=extra, metadata=None, software=False)
    return path


@pytest.fixture(scope="session")
def write_dng() -> Callable[..., Path]:
    """Writes raw files; see `_write_dng`."""
    return _write_dng


@pytest.fixture(scope="session")
def documented() -> Callable[[str, str], None]:
    """Compares a table with the one of that name in docs/formats.md.

    With AESTUDIO_WRITE_DOCS=1 the new one is put in its place.
    """
    document = Path(__file__).resolve().parents[2] / "docs" / "formats.md"

    def compare(name: str, table: str) -> None:
        text = document.read_text(encoding="utf-8")
        start, end = f"<!-- {name} -->\n\n", f"\n\n<!-- end of {name} -->"
        found = re.search(f"(?<={re.escape(start)}).*?(?={re.escape(end)})", text, re.DOTALL)
        assert found is not None, f"docs/formats.md has no place for {name}"
        if os.environ.get("AESTUDIO_WRITE_DOCS") == "1":
            document.write_text(text[: found.start()] + table + text[found.end() :], encoding="utf-8")
        else:
            assert found.group() == table

    return compare
