"""Each format that opens, saved as each format that AEStudio writes: what becomes of the metadata.

exiftool puts them into the files and says what is left of them. The tables stand in docs/formats.md.
"""

import base64
import json
import shutil
import struct
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray
from PIL import Image

from aestudio.errors import ImageError
from aestudio.images import exif, exif_edit
from aestudio.images.colour import profile_of
from aestudio.images.io import read_photo, write_photo
from aestudio.images.metadata import POLICIES, Policy
from aestudio.images.options import SaveOptions
from aestudio.images.photo import Photo

pillow_heif = pytest.importorskip("pillow_heif")
pytestmark = pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")

Report = Mapping[str, Any]  # what exiftool says of a file
Documented = Callable[[str, str], None]

READ = {"JPEG": "jpg", "PNG": "png", "TIFF": "tif", "WebP": "webp", "AVIF": "avif", "HEIC": "heic"}
READ |= {"JPEG XL": "jxl", "BMP": "bmp", "RAW": "dng"}
WRITTEN = {name: READ[name] for name in ("JPEG", "PNG", "TIFF", "WebP", "AVIF")}
LINE = "Denoise, model denoise 1"
MAKER_NOTE = b"AEMAKER\0" + bytes(range(256))
DPI = 240

CONFIG = """
%Image::ExifTool::UserDefined = (
    'Image::ExifTool::Exif::Main' => { 0xd3a7 => { Name => 'Toner', Writable => 'string', WriteGroup => 'IFD0' } },
    'Image::ExifTool::XMP::Main' => {
        darkroom => { SubDirectory => { TagTable => 'Image::ExifTool::UserDefined::darkroom' } },
    },
);
%Image::ExifTool::UserDefined::darkroom = (
    GROUPS => { 0 => 'XMP', 1 => 'XMP-darkroom', 2 => 'Image' },
    NAMESPACE => { 'darkroom' => 'http://ns.example.com/darkroom/1.0/' },
    WRITABLE => 'string',
    Developer => { },
);
1;
"""
GIVEN: dict[str, dict[str, object]] = {
    "camera": {"IFD0:Make": "Aperture Works", "IFD0:Model": "Field 4"},
    "lens": {"ExifIFD:LensModel": "50 mm f/1.8"},
    "date": {"ExifIFD:DateTimeOriginal": "2024:05:06 07:08:09", "ExifIFD:OffsetTimeOriginal": "+09:00"},
    "exposure": {"ExifIFD:ExposureTime": 0.004, "ExifIFD:FNumber": 5.6, "ExifIFD:ISO": 800},
    "GPS": {"GPS:GPSLatitude": 37.5665, "GPS:GPSLongitude": 126.978, "GPS:GPSLatitudeRef": "N"},
    "rights": {"IFD0:Artist": "Kim", "IFD0:Copyright": "2024 Kim"},
    "private tag": {"IFD0:Toner": "selenium 1+9"},
    "MakerNote": {},  # copied from a file
    "IPTC": {"IPTC:Caption-Abstract": "Rain in Seoul", "IPTC:By-line": "Kim", "IPTC:Keywords": ["rain", "night"]},
    "XMP": {"XMP-dc:Title": "Regen", "XMP-darkroom:Developer": "D-76"},
    "comment": {"Comment": "first print"},
}
SECRET: dict[str, object] = {
    "ExifIFD:SerialNumber": "12345",
    "ExifIFD:LensSerialNumber": "678",
    "XMP-exif:GPSLatitude": "37.5665",
}
COLUMNS = (*GIVEN, "profile", "resolution", "orientation", "thumbnail", "history", "depth", "alpha")

# What a format read has no place for, or nothing in this test.
BOXES = ("WebP", "AVIF", "HEIC", "JPEG XL")
ABSENT = {
    *(("BMP", column) for column in (*GIVEN, "thumbnail")),
    *((name, "IPTC") for name in BOXES),
    *((name, "comment") for name in ("TIFF", "RAW", *BOXES)),
    *((name, "thumbnail") for name in ("TIFF", "RAW")),
    *((name, "alpha") for name in ("JPEG", "RAW")),
}
UNREAD = {("JPEG XL", "profile"): "–⁵", ("RAW", "profile"): "–⁶"}
# What a written format has no place for.
INSTEAD = {
    ("WebP", "IPTC"): "as XMP²",
    ("AVIF", "IPTC"): "as XMP²",
    ("TIFF", "comment"): "–",
    ("WebP", "comment"): "–",
    ("AVIF", "comment"): "–",
    ("TIFF", "thumbnail"): "–³",
    ("JPEG", "alpha"): "refused⁴",
}
# Tags that tell how the pixels lie in a TIFF.
STRUCTURE = {"ImageWidth", "ImageHeight", "BitsPerSample", "Compression", "PhotometricInterpretation", "StripOffsets"}
STRUCTURE |= {"Orientation", "SamplesPerPixel", "RowsPerStrip", "StripByteCounts", "PlanarConfiguration", "Predictor"}
STRUCTURE |= {"ExtraSamples", "SampleFormat"}
BASIC_TAGS = {tag for column in ("camera", "lens", "date", "rights") for tag in GIVEN[column]}
BASIC_TAGS |= {"IFD0:ModifyDate", "IFD0:XResolution", "IFD0:YResolution", "IFD0:ResolutionUnit"}
HISTORY_TAGS = {f"XMP-xmpMM:History{name}" for name in ("Action", "SoftwareAgent", "Parameters", "When")}
HISTORY_TAGS |= {"IFD0:Software"}


def upright_colours() -> NDArray[np.float64]:
    """(96, 64, 4): a picture that lossy formats keep, whose corners tell how it lies; partly transparent."""
    y, x = np.mgrid[0:96, 0:64] / 96
    return np.stack((0.1 + 0.8 * y, 0.2 + 0.9 * x, 0.8 - 0.6 * y, np.where(x + y < 0.4, 0.5, 1.0)), axis=-1)


def bmp_of(rgba: NDArray[np.uint8], icc: bytes) -> bytes:
    """A BMP with the longest kind of header, which has places for alpha and a profile."""
    height, width = rgba.shape[:2]
    pixels = np.ascontiguousarray(rgba[::-1, :, [2, 1, 0, 3]]).tobytes()
    per_metre = round(DPI / 0.0254)
    header = struct.pack("<IiiHHIIiiII", 124, width, height, 1, 32, 3, len(pixels), per_metre, per_metre, 0, 0)
    header += struct.pack("<4I4s48x4I", 0xFF0000, 0xFF00, 0xFF, 0xFF000000, b"DEBM", 4, 124 + len(pixels), len(icc), 0)
    size = 14 + len(header) + len(pixels) + len(icc)
    return b"BM" + struct.pack("<IHHI", size, 0, 0, 14 + len(header)) + header + pixels + icc


def sources(folder: Path, icc: bytes, write_dng: Callable[..., Path]) -> dict[str, Path]:
    """A photo of every format, at the most bits that the test can write, lying on its side where the format allows."""
    paths = {name: folder / f"source.{suffix}" for name, suffix in READ.items()}
    upright = upright_colours()
    lying = np.ascontiguousarray(np.rot90(upright))  # an EXIF orientation of 6 turns it back
    eight, sixteen = (np.rint(lying * top).astype(kind) for top, kind in ((255, np.uint8), (65535, np.uint16)))
    turn = Image.Exif()
    turn[exif.ORIENTATION] = 6
    on_its_side = turn.tobytes()
    Image.fromarray(eight[..., :3]).save(paths["JPEG"], quality=95, subsampling=0)
    paths["PNG"].write_bytes(imagecodecs.png_encode(sixteen))
    tifffile.imwrite(paths["TIFF"], lying.astype(np.float32), photometric="rgb", extrasamples=["unassalpha"])
    Image.fromarray(eight).save(paths["WebP"], quality=95)
    Image.fromarray(eight).save(paths["AVIF"], quality=95, subsampling="4:4:4", icc_profile=icc, exif=on_its_side)
    size = (lying.shape[1], lying.shape[0])
    options = {"quality": 95, "chroma": 444, "icc_profile": icc, "exif": on_its_side}
    pillow_heif.encode("RGBA;16", size, sixteen.tobytes(), paths["HEIC"], **options)
    # the stream of a JPEG XL says itself how it lies
    paths["JPEG XL"].write_bytes(imagecodecs.jpegxl_encode(np.ascontiguousarray(np.rot90(sixteen, -1)), lossless=True))
    paths["BMP"].write_bytes(bmp_of(np.rint(upright * 255).astype(np.uint8), icc))
    write_dng(paths["RAW"], lying[..., :3])
    return paths


def exiftool(folder: Path, *arguments: str | Path) -> bytes:
    """What exiftool prints; it is started seldom and given many files, for starting it takes longer than its work."""
    config = folder / "exiftool.config"
    config.write_text(CONFIG)
    return subprocess.run(["exiftool", "-config", config, *arguments], check=True, capture_output=True).stdout


def mark(folder: Path, files: list[Path], icc: bytes) -> None:
    """Put into each of the files whatever its format has a place for."""
    (folder / "profile.icc").write_bytes(icc)
    Image.new("RGB", (160, 120), "red").save(folder / "thumbnail.jpg")
    note = exif.Entry(0x927C, 7, len(MAKER_NOTE), MAKER_NOTE, 0, 0)
    blob = exif_edit.built({0x010F: exif_edit.text_entry(0x010F, "Aperture Works")}, {0x927C: note})
    Image.new("RGB", (8, 8)).save(folder / "maker.jpg", exif=b"Exif\0\0" + blob)
    values = [pair for group in (*GIVEN.values(), SECRET) for pair in group.items()]
    tags = [f"-{tag}#={value}" for tag, one in values for value in (one if isinstance(one, list) else [one])]
    tags += [f"-IFD0:{name}Resolution={DPI}" for name in "XY"] + ["-IFD0:ResolutionUnit=inches"]
    tags += ["-IFD0:Orientation#=6", "-XMP-tiff:Orientation#=6"]
    tags += [f"-ThumbnailImage<={folder / 'thumbnail.jpg'}", f"-ICC_Profile<={folder / 'profile.icc'}"]
    maker = ("-TagsFromFile", folder / "maker.jpg", "-MakerNotes")
    exiftool(folder, "-q", "-q", "-m", "-overwrite_original", *maker, *tags, *files)


def reports(folder: Path, files: list[Path]) -> dict[str, Report]:
    """What exiftool finds in each file, by name."""
    wanted = ("-j", "-n", "-a", "-G1", "-b", "-u", "-all", "-ICC_Profile", "-MakerNotes")
    found = json.loads(exiftool(folder, *wanted, *files))
    return {Path(report["SourceFile"]).name: report for report in found}


def binary(report: Report, tag: str) -> bytes:
    return base64.b64decode(str(report.get(tag, "")).removeprefix("base64:"))


def close(found: object, given: object) -> bool:
    """Numbers as exiftool rounds them."""
    numbers = isinstance(found, float | int) and isinstance(given, float | int)
    return found == pytest.approx(given, rel=1e-5) if numbers else str(found) == str(given)


def resolution(report: Report) -> bool:
    """Whether every place that tells a resolution tells the given one, and one does."""
    told = [report[tag] * 0.0254 for tag in ("PNG-pHYs:PixelsPerUnitX", "File:PixelsPerMeterX") if tag in report]
    for group, inch in (("JFIF", 1), ("IFD0", 2)):
        if report.get(f"{group}:ResolutionUnit"):  # a JFIF's 0 means none
            told.append(report[f"{group}:XResolution"] if report[f"{group}:ResolutionUnit"] == inch else 0)
    return bool(told) and all(abs(value - DPI) < 0.02 for value in told)


def has(report: Report, column: str, icc: bytes) -> bool:
    """Whether a file holds what was put into the sources."""
    if column == "MakerNote":
        return binary(report, "ExifIFD:MakerNoteUnknown") == MAKER_NOTE
    if column == "profile":
        return binary(report, "ICC_Profile:ICC_Profile") == icc
    if column == "resolution":
        return resolution(report)
    if column == "thumbnail":
        return "IFD1:ThumbnailImage" in report
    if column == "comment":
        return any(key.endswith(":Comment") and value == "first print" for key, value in report.items())
    return all(tag in report and close(report[tag], value) for tag, value in GIVEN[column].items())


def iptc_as_xmp(report: Report) -> bool:
    iptc = GIVEN["IPTC"]
    given = {"Description": iptc["IPTC:Caption-Abstract"], "Creator": "Kim", "Subject": iptc["IPTC:Keywords"]}
    return not any(tag.startswith("IPTC:") for tag in report) and all(
        report.get(f"XMP-dc:{name}") == value for name, value in given.items()
    )


def asks_for_no_turn(report: Report) -> bool:
    said = [report.get(tag) for tag in ("IFD0:Orientation", "XMP-tiff:Orientation")]
    return all(value in (None, 1) for value in said) and not report.get("QuickTime:Rotation")


def bits(report: Report, written: str) -> int:
    tag = {"PNG": "PNG:BitDepth", "TIFF": "IFD0:BitsPerSample", "AVIF": "QuickTime:ImagePixelDepth"}.get(written)
    return int(str(report[tag]).split()[0]) if tag else 8


def is_upright(pixels: NDArray[Any], *, developed: bool) -> bool:
    """Whether decoded pixels are the picture of `upright_colours`; a raw file's are developed."""
    expected = upright_colours()[..., :3]
    if developed:
        expected = np.where(expected <= 0.0031308, 12.92 * expected, 1.055 * expected ** (1 / 2.4) - 0.055)
    top = 1 if pixels.dtype.kind == "f" else np.iinfo(pixels.dtype).max
    difference = np.abs(pixels[..., :3] / top - expected)
    return pixels.shape[:2] == (96, 64) and float(difference.mean()) < 0.015


def keeps_alpha(pixels: NDArray[Any]) -> bool:
    if pixels.shape[2] < 4:
        return False
    top = 1 if pixels.dtype.kind == "f" else np.iinfo(pixels.dtype).max
    return float(np.abs(pixels[..., 3] / top - upright_colours()[..., 3]).max()) < 0.01


@dataclass(frozen=True)
class Pairs:
    """All photos read, all files written, and what exiftool says of each."""

    icc: bytes
    sources: dict[str, Path]
    photos: dict[str, Photo]
    before: dict[str, Report]  # by format read
    after: dict[tuple[str, str, Policy], Report]  # by format read, format written and policy
    files: dict[tuple[str, str, Policy], Path]


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory, write_dng: Callable[..., Path]) -> Pairs:
    """Everything is made once: it takes some seconds."""
    folder = tmp_path_factory.mktemp("pairs")
    icc = profile_of(12, 13)
    assert icc is not None
    paths = sources(folder, icc, write_dng)
    mark(folder, [path for name, path in paths.items() if name != "BMP"], icc)
    photos = {name: read_photo(path) for name, path in paths.items()}
    # nothing at hand writes an AVIF of 12 bits with a profile
    deep = imagecodecs.avif_encode(np.rint(upright_colours() * 4095).astype(np.uint16), level=95, bitspersample=12)
    (folder / "deep.avif").write_bytes(deep)
    photos["AVIF"] = replace(photos["AVIF"], pixels=read_photo(folder / "deep.avif").pixels)
    files = {}
    for name, photo in photos.items():
        for written, suffix in WRITTEN.items():
            for policy in POLICIES:
                path = folder / f"{name}-{policy}.{suffix}"
                worked_on = replace(photo, history=(LINE,))
                if written == "JPEG" and photo.pixels.shape[2] == 4:
                    with pytest.raises(ImageError, match="transparent"):
                        write_photo(worked_on, path, SaveOptions(metadata=policy))
                    worked_on = replace(worked_on, pixels=photo.pixels[..., :3])
                write_photo(worked_on, path, SaveOptions(metadata=policy))
                files[name, written, policy] = path
    found = reports(folder, [*paths.values(), *files.values()])
    before = {name: found[path.name] for name, path in paths.items()}
    after = {key: found[path.name] for key, path in files.items()}
    return Pairs(icc, paths, photos, before, after, files)


def cell(pairs: Pairs, read: str, written: str, column: str) -> str:
    """What became of one thing, in the words of the table."""
    report, decoded = pairs.after[read, written, "keep"], imagecodecs.imread(pairs.files[read, written, "keep"])
    if column == "depth":
        before, after = pairs.photos[read].bit_depth, bits(report, written)
        return f"{before}" if before == after else f"{before}→{after}"
    if column == "orientation":
        return "reset" if asks_for_no_turn(report) and is_upright(decoded, developed=read == "RAW") else "LOST"
    if column == "history":
        named = str(report.get("IFD0:Software", "")).startswith("AEStudio ")
        return "added" if named and report.get("XMP-xmpMM:HistoryParameters") == LINE else "LOST"
    if (read, column) in ABSENT:
        return ""
    if (read, column) in UNREAD:
        return UNREAD[read, column] if not has(report, column, pairs.icc) else "FOUND"
    kept = keeps_alpha(decoded) if column == "alpha" else has(report, column, pairs.icc)
    if not kept:
        fine = iptc_as_xmp(report) if column == "IPTC" else True
        return INSTEAD.get((written, column), "LOST") if fine else "LOST"
    if column == "thumbnail":
        return "new" if is_new_thumbnail(binary(report, "IFD1:ThumbnailImage")) else "OLD"
    if column != "MakerNote":
        return "kept"
    places = {maker_note_at(path) for path in (pairs.sources[read], pairs.files[read, written, "keep"])}
    return "kept" if len(places) == 1 else "kept¹"


def maker_note_at(path: Path) -> int:
    """Where the MakerNote lies, counted from the head of the EXIF data as its own offsets are."""
    data = path.read_bytes()
    at = data.index(MAKER_NOTE)
    return at - max(data.rfind(head, 0, at) for head in (b"II*\0", b"MM\0*"))


def is_new_thumbnail(jpeg: bytes) -> bool:
    """Whether it shows the saved photo; the old one was red. Its colours are sRGB, and the photo's are not."""
    with Image.open(BytesIO(jpeg)) as image:
        shown = np.asarray(image.convert("RGB")) / 255
    return shown.shape[:2] == (96, 64) and float(np.abs(shown - upright_colours()[..., :3]).mean()) < 0.08


def rows_of(rows: list[list[str]]) -> str:
    head, *body = rows
    return "\n".join(f"| {' | '.join(row)} |".replace("  ", " ") for row in (head, ["---"] * len(head), *body))


def test_every_pair(pairs: Pairs, documented: Documented) -> None:
    rows = [["opened", "saved as", *COLUMNS]]
    for read in READ:
        for written in WRITTEN:
            rows.append([read, written, *(cell(pairs, read, written, column) for column in COLUMNS)])
    cells = {text for row in rows[1:] for text in row}
    assert not cells & {"LOST", "OLD", "FOUND"}, rows_of(rows)
    assert cells >= {*INSTEAD.values(), *UNREAD.values(), "kept¹"}  # each excuse is needed
    documented("pairs", rows_of(rows))


def test_the_sources_hold_what_their_formats_have_a_place_for(pairs: Pairs) -> None:
    for read, report in pairs.before.items():
        for column in (*GIVEN, "profile", "resolution", "thumbnail"):
            expected = (read, column) not in ABSENT | {("JPEG XL", "profile")}
            assert has(report, column, pairs.icc) == expected, (read, column)
        if read != "BMP":
            assert all(tag in report for tag in SECRET), read
            assert not asks_for_no_turn(report)


def test_exiftool_finds_no_fault_in_any_file(pairs: Pairs) -> None:
    complaints = {str(report.get("ExifTool:Warning")) for report in pairs.after.values()}
    assert complaints <= {"None", "[minor] Unrecognized MakerNotes"}


def told(report: Report) -> set[str]:
    """The tags that say something of the photo, and not how its file is built."""
    groups = ("IFD", "ExifIFD", "GPS", "InteropIFD", "XMP", "IPTC", "Photoshop", "MakerNotes", "Adobe")
    tags = {tag for tag in report if tag.startswith(groups) or tag.endswith(":Comment")}
    return {tag for tag in tags if tag not in {f"IFD0:{name}" for name in STRUCTURE}}


def test_policies(pairs: Pairs, documented: Documented) -> None:
    """Of the three, each leaves what the table says in all files, and nothing else."""
    allowed = {"basic": BASIC_TAGS | HISTORY_TAGS, "strip": set[str]()}
    for (read, written, policy), report in pairs.after.items():
        if policy != "keep":
            assert told(report) <= allowed[policy], (read, written, policy)
            assert asks_for_no_turn(report), (read, written, policy)
    rows = [["", *POLICIES]]
    for column in (*GIVEN, "profile", "resolution", "thumbnail", "history"):
        row = [column]
        for policy in POLICIES:
            outcomes = []
            for read in READ:
                for written in WRITTEN:
                    report = pairs.after[read, written, policy]
                    if column == "history":
                        outcomes.append(report.get("XMP-xmpMM:HistoryParameters") == LINE)
                    elif (read, column) not in ABSENT | UNREAD.keys() and (written, column) not in INSTEAD:
                        outcomes.append(has(report, column, pairs.icc))
            assert len(set(outcomes)) == 1, (column, policy)
            words = {"history": ("added", "not added"), "thumbnail": ("new", "taken out")}.get(column)
            row.append((words or ("kept", "taken out"))[0 if outcomes[0] else 1] + f" ({len(outcomes)})")
        rows.append(row)
    documented("policies", rows_of(rows))
