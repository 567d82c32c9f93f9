"""Colours through profiles: what the tools see is what the profile says, and what they leave alone stays as it was.

The profiles are judged by the definitions of their colour spaces, computed here without a colour library, and by
Pillow's ImageCms. The figures stand in docs/formats.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

from aestudio.images.colour import colour_space, profile_fits, profile_of, srgb_profile
from aestudio.images.io import read_photo, write_photo
from aestudio.images.photo import Box, Metadata, Photo, Pixels, put_rgb

Floats = NDArray[np.float64]

D50, D65 = (0.3457, 0.3585), (0.3127, 0.3290)
REC709 = (0.64, 0.33, 0.30, 0.60, 0.15, 0.06)
STEPS = 25
DEPTHS: dict[str, tuple[type[Any], int]] = {"8 bits": (np.uint8, 255), "16 bits": (np.uint16, 65535)}
DEPTHS["floating point"] = (np.float32, 1)
BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])


def srgb_decoded(v: Floats) -> Floats:
    """IEC 61966-2-1, going straight on below black."""
    return np.where(v <= 0.04045, v / 12.92, ((np.maximum(v, 0) + 0.055) / 1.055) ** 2.4)


def srgb_encoded(v: Floats) -> Floats:
    return np.where(v <= 0.0031308, 12.92 * v, 1.055 * np.maximum(v, 0) ** (1 / 2.4) - 0.055)


def to_d50(white: tuple[float, float], primaries: tuple[float, ...]) -> Floats:
    """The matrix from linear colours to XYZ under D50 (SMPTE RP 177; Bradford adaptation as in ICC.1)."""

    def xyz(x: float, y: float) -> Floats:
        return np.array([x / y, 1, (1 - x - y) / y])

    corners = np.stack([xyz(*primaries[i : i + 2]) for i in (0, 2, 4)], axis=1)
    matrix = corners * np.linalg.solve(corners, xyz(*white))
    gains = (BRADFORD @ np.array([0.9642, 1, 0.8249])) / (BRADFORD @ xyz(*white))
    return np.asarray(np.linalg.inv(BRADFORD) @ np.diag(gains) @ BRADFORD @ matrix)


TO_SRGB = np.linalg.inv(to_d50(D65, REC709))


@dataclass(frozen=True)
class Space:
    """A colour space as its definition has it, and a profile of it."""

    white: tuple[float, float]
    primaries: tuple[float, ...]
    gamma: float | None  # None: the curve of sRGB
    icc: bytes
    ends: bool = False  # at black and at white, as a curve does that the profile has as a table

    @staticmethod
    def of(white: tuple[float, float], primaries: tuple[float, ...], gamma: float | None) -> "Space":
        """With a profile made by Little CMS: with sRGB's curve as a table, or with a power."""
        corners = [primaries[0], primaries[1], 1.0, primaries[2], primaries[3], 1.0, primaries[4], primaries[5], 1.0]
        curve = {"gamma": gamma} if gamma else {"transferfunction": srgb_decoded(np.linspace(0, 1, 1024)).astype("f4")}
        icc = imagecodecs.cms_profile("rgb", whitepoint=[*white, 1.0], primaries=corners, **curve)
        return Space(white, primaries, gamma, bytes(icc), ends=gamma is None)

    def to_srgb(self, own: Floats) -> Floats:
        linear = srgb_decoded(own) if self.gamma is None else np.maximum(own, 0) ** self.gamma
        return srgb_encoded(linear @ (TO_SRGB @ to_d50(self.white, self.primaries)).T)

    def from_srgb(self, rgb: Floats) -> Floats:
        linear = srgb_decoded(rgb) @ np.linalg.inv(TO_SRGB @ to_d50(self.white, self.primaries)).T
        own = srgb_encoded(linear) if self.gamma is None else np.maximum(linear, 0) ** (1 / self.gamma)
        return np.clip(own, 0, 1) if self.ends else np.asarray(own)


P3 = (0.680, 0.320, 0.265, 0.690, 0.150, 0.060)
SPACES = {
    "Adobe RGB (1998)": Space.of(D65, (0.64, 0.33, 0.21, 0.71, 0.15, 0.06), 563 / 256),
    "Display P3": Space(D65, P3, None, profile_of(12, 13) or b""),
    "Display P3, a table": Space.of(D65, P3, None),
    "ProPhoto RGB": Space.of(D50, (0.7347, 0.2653, 0.1596, 0.8404, 0.0366, 0.0001), 1.8),
    "sRGB": Space(D65, REC709, None, srgb_profile()),
}
GREY: bytes = imagecodecs.cms_profile("gray", whitepoint=[*D65, 1.0], gamma=2.2)
WIDE = [name for name in SPACES if name != "sRGB"]
PROFILES = {**{name: space.icc for name, space in SPACES.items()}, "grey, gamma 2.2": GREY}


def cube(channels: int = 3) -> Floats:
    """Colours of a whole space, its corners among them, as (h, STEPS, channels) in [0, 1]."""
    levels = np.linspace(0, 1, STEPS)
    return np.stack(np.meshgrid(*[levels] * channels, indexing="ij"), axis=-1).reshape(-1, STEPS, channels)


def photo_of(colours: Floats, depth: str, icc: bytes) -> Photo:
    kind, top = DEPTHS[depth]
    pixels = colours.astype(kind) if top == 1 else np.rint(colours * top).astype(kind)
    return Photo(pixels, Metadata(icc=icc))


def worked_on(photo: Photo, tool: Callable[[NDArray[np.float32]], NDArray[np.float32]]) -> Pixels:
    """The photo after a tool that sees sRGB, tile by tile."""
    pixels = photo.pixels.copy()
    for y in range(0, photo.height, 100):
        for x in range(0, photo.width, 20):
            box = Box(y, min(y + 100, photo.height), x, min(x + 20, photo.width))
            put_rgb(pixels, box, tool(photo.rgb(box)), photo.metadata.icc)
    return pixels


def scaled(pixels: Pixels) -> Floats:
    top = 1 if pixels.dtype == np.float32 else np.iinfo(pixels.dtype).max
    return pixels.astype(np.float64) / top


def outside(srgb: Floats) -> NDArray[np.bool_]:
    return np.asarray(((srgb < -1e-3) | (srgb > 1 + 1e-3)).any(axis=-1))


def test_the_profiles_are_those_of_their_spaces_and_go_far_beyond_srgb() -> None:
    for name in WIDE:
        assert outside(SPACES[name].to_srgb(cube())).mean() > 0.4, name
        assert colour_space(SPACES[name].icc, 3) is not None
    assert colour_space(srgb_profile(), 3) is None
    assert colour_space(GREY, 1) is not None


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("name", PROFILES)
def test_what_a_tool_leaves_alone_stays_as_it_was(name: str, depth: str) -> None:
    photo = photo_of(cube(1 if name.startswith("grey") else 3), depth, PROFILES[name])
    difference = np.abs(scaled(worked_on(photo, lambda tile: tile)) - scaled(photo.pixels))
    assert difference.mean() <= (0.5 / 255 if depth == "8 bits" else 1 / 4096)
    assert difference.max() <= (0.5 / 255 if depth == "8 bits" else 1 / 4096)


def from_definition(name: str) -> tuple[float, float]:
    """The largest difference in colours that sRGB holds, in levels of 255; and in all colours, in linear light."""
    space = colour_space(SPACES[name].icc, 3)
    assert space is not None
    shown = space.to_srgb(cube().astype(np.float32)).astype(np.float64)
    meant = SPACES[name].to_srgb(cube())
    linear = np.abs(srgb_decoded(shown) - srgb_decoded(meant))  # below black the curve of sRGB is steep
    return float(255 * np.abs(shown - meant)[~outside(meant)].max()), float(linear.max())


def from_pillow(name: str) -> float:
    """The largest difference in colours that sRGB holds, in levels of 255."""
    grey = name.startswith("grey")
    own = cube(1 if grey else 3)
    photo = photo_of(own, "8 bits", PROFILES[name])
    image = Image.fromarray(photo.pixels[..., 0] if grey else photo.pixels)
    source, target = (ImageCms.ImageCmsProfile(BytesIO(icc)) for icc in (PROFILES[name], srgb_profile()))
    seen = ImageCms.profileToProfile(image, source, target, ImageCms.Intent.RELATIVE_COLORIMETRIC, "RGB")
    visible = np.ones(own.shape[:2], bool) if grey else ~outside(SPACES[name].to_srgb(own))
    assert visible.mean() > 0.2
    return float(np.abs(photo.rgb(photo.box) * 255 - np.asarray(seen))[visible].max())


@pytest.mark.parametrize("name", WIDE)
def test_colours_are_what_the_definition_says(name: str) -> None:
    visible, linear = from_definition(name)
    assert visible < 0.25
    assert linear < 3e-4


@pytest.mark.parametrize(
    ("name", "own", "linear"),
    [
        # Adobe RGB (1998) Color Image Encoding, 2005, 4.3.5.3: its green primary is X 0.18556, Y 0.62737, Z 0.07069
        # under D65; IEC 61966-2-1, annex F, takes that to sRGB
        ("Adobe RGB (1998)", (0, 1, 0), (-0.3983, 1.0000, -0.0429)),
        ("Adobe RGB (1998)", (0.5, 0.5, 0.5), (0.2177, 0.2177, 0.2177)),  # 0.5 to the power of 563/256
        ("Adobe RGB (1998)", (1, 1, 1), (1, 1, 1)),
        ("Display P3", (1, 0, 0), (1.2249, -0.0420, -0.0197)),  # CSS Color Module Level 4
        ("Display P3", (1, 1, 1), (1, 1, 1)),
        ("ProPhoto RGB", (1, 1, 1), (1, 1, 1)),
        ("ProPhoto RGB", (0.5, 0.5, 0.5), (0.2872, 0.2872, 0.2872)),  # 0.5 to the power of 1.8
    ],
)
def test_published_values(name: str, own: tuple[float, ...], linear: tuple[float, ...]) -> None:
    space = colour_space(SPACES[name].icc, 3)
    assert space is not None
    shown = space.to_srgb(np.array(own, np.float32).reshape(1, 1, 3))[0, 0]
    assert srgb_decoded(shown) == pytest.approx(linear, abs=6e-4)


@pytest.mark.parametrize("name", PROFILES)
def test_little_cms_through_pillow_sees_the_same_colours(name: str) -> None:
    assert from_pillow(name) < 1  # half a level of which is its own rounding


GREENER = np.array([0, 2 / 255, 0], dtype=np.float32)


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("name", SPACES)
def test_a_slight_change_changes_every_colour_the_right_way(name: str, depth: str, sign: int) -> None:
    """Two levels of green more or less in sRGB: as the definition has it in the photo's own space, and unclipped."""
    space, photo = SPACES[name], photo_of(cube(), depth, SPACES[name].icc)
    after = scaled(worked_on(photo, lambda tile: tile + sign * GREENER))
    own = scaled(photo.pixels)
    before = space.to_srgb(own)
    change = np.where(
        name == "sRGB", sign * GREENER, space.from_srgb(before + sign * GREENER) - space.from_srgb(before)
    )
    expected = own + change if depth == "floating point" else np.clip(own + change, 0, 1)
    rounding = {"8 bits": 0.5 / 255, "16 bits": 0.5 / 65535, "floating point": 0}[depth]
    bright = (own > 0.02).all(axis=-1)  # near black a power is so steep that no number is right
    assert np.abs(after - expected)[bright].max() < rounding + 2e-4
    far = outside(before) & bright
    if name != "sRGB":
        assert far.any()
        inside = far & (expected[..., 1] > 0) & (expected[..., 1] < 1)
        moved = sign * (after[..., 1] - own[..., 1])[inside]
        assert moved.min() > -1e-6
        assert moved.mean() > 0.5 * np.abs(change[..., 1])[inside].mean()
        # clipped to sRGB, these colours would have moved by much more than the tool moved them
        assert np.abs(after - own)[far].max() < 0.1


@pytest.mark.parametrize("name", SPACES)
def test_light_above_white_is_not_cut_off(name: str) -> None:
    own = np.full((8, 8, 3), 1.5, np.float32)
    photo = Photo(own, Metadata(icc=SPACES[name].icc))
    assert np.array_equal(worked_on(photo, lambda tile: tile), own)
    darker = worked_on(photo, lambda tile: tile - np.float32(0.1))
    assert 1.2 < darker.min() <= darker.max() < 1.5


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "webp", "avif"])
@pytest.mark.parametrize("name", PROFILES)
def test_profiles_come_back_byte_for_byte(tmp_path: Path, name: str, suffix: str) -> None:
    icc = PROFILES[name]
    if name.startswith("grey") and suffix in ("webp", "avif"):
        # these know colours alone, so the photo goes through its profile into sRGB
        photo = photo_of(np.full((8, 8, 1), 0.5), "8 bits", icc)
        saved = read_photo(write_photo(photo, tmp_path / f"a.{suffix}"))
        assert saved.metadata.icc is None
        meant = 255 * srgb_encoded(np.asarray(scaled(photo.pixels)[0, 0, 0] ** 2.2))
        assert np.abs(saved.pixels.astype(int) - meant).max() <= 2
        return
    photo = photo_of(cube(1 if name.startswith("grey") else 3), "8 bits", icc)
    saved = read_photo(write_photo(photo, tmp_path / f"a.{suffix}"))
    assert saved.metadata.icc == icc
    assert saved.notes == ()
    again = read_photo(write_photo(saved, tmp_path / f"b.{suffix}"))
    assert again.metadata.icc == icc


CMYK = imagecodecs.cms_profile("null")[:16] + b"CMYK" + imagecodecs.cms_profile("null")[20:]
LAB = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
ADOBE = SPACES["Adobe RGB (1998)"].icc


@pytest.mark.parametrize(
    "icc",
    [ADOBE[:-40], ADOBE[:200], ADOBE[:128] + bytes(len(ADOBE) - 128), b"profile", bytes(600), CMYK, LAB, GREY],
    ids=["cut", "cut early", "empty", "no profile", "zeros", "for inks", "for Lab", "for grey"],
)
def test_a_profile_that_does_not_fit_is_passed_over_and_said(tmp_path: Path, icc: bytes) -> None:
    photo = photo_of(cube(), "8 bits", icc)
    assert not profile_fits(icc, 3)
    assert np.array_equal(photo.rgb(photo.box), photo_of(cube(), "8 bits", srgb_profile()).rgb(photo.box))
    assert np.array_equal(worked_on(photo, lambda tile: tile), photo.pixels)
    read = read_photo(write_photo(photo, tmp_path / "a.png"))
    assert [str(note) for note in read.notes] == [
        "The colour profile in the file cannot be used: colours are taken for sRGB."
    ]
    assert read.metadata.icc == icc  # another program may understand it


def below(value: float) -> str:
    """A figure that comes out alike on every machine."""
    if value == 0:
        return "0"
    return f"below {next(limit for limit in (0.01, 0.1, 0.25, 0.5, 1) if value < limit)}"


def test_figures(documented: Callable[[str, str], None]) -> None:
    head = ["profile", "outside sRGB", *DEPTHS, "there and back", "from the definition", "from Pillow"]
    rows = [head, ["---"] * len(head)]
    for name, icc in PROFILES.items():
        colours = cube(1 if name.startswith("grey") else 3)
        share = outside(SPACES[name].to_srgb(colours)).mean() if name in SPACES else 0.0
        row = [name, f"{100 * share:.0f} %"]
        for depth in DEPTHS:
            photo = photo_of(colours, depth, icc)
            difference = np.abs(scaled(worked_on(photo, lambda tile: tile)) - scaled(photo.pixels)).mean()
            row.append(below(difference * (255 if depth == "8 bits" else 65535)))
        space, own = colour_space(icc, colours.shape[2]), colours.astype(np.float32)
        there = 0.0 if space is None else float(np.abs(space.from_srgb(space.to_srgb(own)) - own).mean())
        definition = below(from_definition(name)[0]) if name in WIDE else ""
        rows.append([*row, below(there * 65535), definition, below(from_pillow(name))])
    documented("colour", "\n".join(f"| {' | '.join(row)} |".replace("  ", " ") for row in rows))
