"""The file formats: how each is known, read and written. A new one is one module and one line here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from aestudio.images import aes, avif, bmp, boxes, heif, jpeg, jxl, png, raw, tiff, webp
from aestudio.images.decoding import Decoded, Refusal
from aestudio.images.exif import byte_order
from aestudio.images.options import SaveOptions
from aestudio.images.photo import Encoding, Metadata, Pixels

Encode = Callable[[BinaryIO, Pixels, Metadata, SaveOptions, Encoding], object]

QUALITY = 95  # where the source does not say
LEAST_QUALITY = 80  # a restored photo is worth more than a badly packed source
_FULL_COLOUR = 90  # qualities from here on
# their scales are not JPEG's: about as near to the photo as JPEG's 95
_LOSSY_QUALITY = {"WEBP": 90, "AVIF": 85, "AES": aes.QUALITY}


@dataclass(frozen=True)
class Format:
    """One file format."""

    name: str
    suffixes: tuple[str, ...]  # the first is the one that new files get
    decode: Callable[[bytes], Decoded]
    depths: tuple[int, ...] = ()  # bits that a saved file can have; empty: AEStudio only reads it
    encode: Encode | None = None
    choices: tuple[str, ...] = ()  # fields of SaveOptions that mean something
    decode_preview: Callable[[bytes, int], Decoded] | None = None  # shrunk to a longest side, faster than the whole
    salvage: Callable[[bytes], Decoded] | None = None  # what can be read of a damaged file
    saved_as: str = ""  # the format of a saved photo where this one is only read


def quality_for(format_: str, options: SaveOptions, source: Encoding) -> int:
    """The quality to save with: as chosen, or as the source had it."""
    if options.quality is not None:
        return options.quality
    if format_ == "JPEG" and source.quality is not None:
        return max(source.quality, LEAST_QUALITY)
    return _LOSSY_QUALITY.get(format_, QUALITY)


def subsampling_for(options: SaveOptions, source: Encoding, quality: int) -> str:
    """The resolution of the colours: as chosen, as the source had it, or else full where the quality is high."""
    return options.subsampling or source.subsampling or ("4:4:4" if quality >= _FULL_COLOUR else "4:2:0")


def _write_jpeg(file: BinaryIO, pixels: Pixels, metadata: Metadata, options: SaveOptions, source: Encoding) -> None:
    # encoded in memory first, here and below: Pillow hides the reason why a disk refuses
    quality = quality_for("JPEG", options, source)
    file.write(jpeg.encode(pixels, metadata, quality, subsampling_for(options, source, quality)))


def _write_png(file: BinaryIO, pixels: Pixels, metadata: Metadata, options: SaveOptions, source: Encoding) -> None:
    del source
    file.write(png.encode(pixels, metadata, png.LEVEL if options.level is None else options.level))


def _write_tiff(file: BinaryIO, pixels: Pixels, metadata: Metadata, options: SaveOptions, source: Encoding) -> None:
    tiff.encode(file, pixels, metadata, options.compression or source.compression or "deflate")


def _write_webp(file: BinaryIO, pixels: Pixels, metadata: Metadata, options: SaveOptions, source: Encoding) -> None:
    lossless = options.lossless
    if lossless is None:
        lossless = source.lossless and options.quality is None
    file.write(webp.encode(pixels, metadata, quality_for("WEBP", options, source), lossless=lossless))


def _write_avif(file: BinaryIO, pixels: Pixels, metadata: Metadata, options: SaveOptions, source: Encoding) -> None:
    quality = quality_for("AVIF", options, source)
    file.write(avif.encode(pixels, metadata, quality, options.subsampling or "4:4:4"))


def _write_aes(file: BinaryIO, pixels: Pixels, metadata: Metadata, options: SaveOptions, source: Encoding) -> None:
    file.write(aes.encode(pixels, metadata, quality_for("AES", options, source)))


_RAW_SUFFIXES = (
    *(".dng", ".nef", ".nrw", ".cr2", ".cr3", ".crw", ".arw", ".srf", ".sr2", ".raf", ".orf", ".rw2", ".rwl", ".pef"),
    *(".srw", ".kdc", ".dcr", ".3fr", ".fff", ".iiq", ".mef", ".mos", ".mrw", ".x3f", ".erf", ".raw"),
)

FORMATS: dict[str, Format] = {
    format_.name: format_
    for format_ in (
        Format(
            "JPEG",
            (".jpg", ".jpeg", ".jpe", ".jfif"),
            jpeg.decode,
            (8,),
            _write_jpeg,
            ("quality", "subsampling"),
            jpeg.decode_reduced,
            jpeg.salvage,
        ),
        Format("PNG", (".png",), png.decode, (8, 16), _write_png, ("level",), salvage=png.salvage),
        Format(
            "TIFF", (".tif", ".tiff"), tiff.decode, (8, 16, 32), _write_tiff, ("compression",), salvage=tiff.salvage
        ),
        Format("WEBP", (".webp",), webp.decode, (8,), _write_webp, ("quality", "lossless")),
        Format("AVIF", (".avif",), avif.decode, (8,), _write_avif, ("quality", "subsampling")),
        Format("AES", (".aes",), aes.decode, (8,), _write_aes, ("quality",), aes.decode_preview, aes.salvage),
        Format("HEIC", (".heic", ".heif", ".hif"), heif.decode, saved_as="TIFF"),
        Format("JXL", (".jxl",), jxl.decode, saved_as="TIFF"),
        Format("BMP", (".bmp", ".dib"), bmp.decode, saved_as="PNG"),
        Format("RAW", _RAW_SUFFIXES, raw.decode, decode_preview=raw.decode_preview, saved_as="TIFF"),
    )
}
READABLE = {suffix: format_.name for format_ in FORMATS.values() for suffix in format_.suffixes}
SUFFIXES = {suffix: name for suffix, name in READABLE.items() if FORMATS[name].encode is not None}  # of saved files
DEPTHS = {name: format_.depths for name, format_ in FORMATS.items() if format_.depths}


def format_of(data: bytes) -> Format:
    """The format by the first bytes, never by the name. Raises Refusal for all that AEStudio does not open."""
    name = None
    if data.startswith(b"\xff\xd8\xff"):
        name = "JPEG"
    elif data.startswith(png.SIGNATURE):
        name = "PNG"
    elif raw.is_raw(data):
        name = "RAW"
    elif byte_order(data):
        name = "TIFF"
    elif data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        name = "WEBP"
    elif aes.owns(data):
        name = "AES"
    elif data.startswith((jxl.CODESTREAM, jxl.CONTAINER)):
        name = "JXL"
    elif data.startswith(b"BM") and len(data) > 26:
        name = "BMP"
    elif brands := boxes.brands(data):
        if brands & {b"avif", b"avis"}:
            name = "AVIF"
        elif brands & {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}:
            name = "HEIC"
        else:
            raise Refusal("{name} is a video or another file that is no photo. Please choose a photo.")
    if name is None:
        raise not_a_photo()
    return FORMATS[name]


def not_a_photo() -> Refusal:
    """For what is no picture at all, or one of a kind that photographers do not use."""
    return Refusal(
        "{name} is not a photo that AEStudio opens. "
        "Please choose a JPEG, PNG, TIFF, WebP, HEIC, AVIF, JPEG XL, AES, BMP or camera raw file."
    )


def saved_format(name: str) -> str:
    """The format that a photo of this one is saved in by default."""
    return FORMATS[name].saved_as or name if name in FORMATS else "PNG"
