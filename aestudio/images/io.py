"""The door between files and photos: everything that opens or saves a picture goes through here."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import cv2
import numpy as np

from aestudio.errors import ImageError, SettingsError
from aestudio.images import exif, jpeg, png, tiff, webp
from aestudio.images.atomic import atomic_write, free_name, shortened
from aestudio.images.decoding import DECODER_ERRORS, Decoded, Refusal, finite, quiet, valid_dpi
from aestudio.images.photo import Metadata, Photo, Pixels, to_depth

SUFFIXES = {  # the first of each format is the one that new files get
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".jpe": "JPEG",
    ".jfif": "JPEG",
    ".png": "PNG",
    ".tif": "TIFF",
    ".tiff": "TIFF",
    ".webp": "WEBP",
}
DEPTHS = {"JPEG": (8,), "PNG": (8, 16), "TIFF": (8, 16, 32), "WEBP": (8,)}  # bits that each format can hold

_XMP_ORIENTATION = re.compile(rb"(tiff:Orientation(?:\s*=\s*[\"']|\s*>\s*))([2-8])(?=\s*[\"'<])")
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class SaveOptions:
    """How a photo is saved. Raises SettingsError for a value that no format knows."""

    format: str | None = None  # JPEG, PNG, TIFF or WEBP; None: as the suffix says
    quality: int = 95  # 1 to 100, for JPEG and WebP
    bit_depth: int | None = None  # 8, 16, or 32 for floating point; None: the photo's, as far as the format holds it

    def __post_init__(self) -> None:
        if self.format is not None and self.format not in DEPTHS:
            raise SettingsError(
                "{format} is not a format that AEStudio saves. Please choose {choices}.",
                format=self.format,
                choices=_or(DEPTHS),
            )
        if not 1 <= self.quality <= 100:
            raise SettingsError("The quality is {quality}: please choose a value from 1 to 100.", quality=self.quality)
        if self.bit_depth not in (None, 8, 16, 32):
            raise SettingsError("The bit depth is {bit_depth}: please choose 8, 16 or 32.", bit_depth=self.bit_depth)


def read_photo(path: Path) -> Photo:
    """The photo in a JPEG, PNG, TIFF or WebP file, whatever its suffix, upright and at its own depth.

    The pixels are (H, W, C): grey, grey and alpha, RGB or RGBA; uint8, uint16 or float32. Palettes are resolved, 1-bit
    pictures become 8-bit grey, CMYK becomes RGB. Of several pages or frames the first is taken.
    Raises ImageError for anything that is not one whole photo of these.
    """
    with _explained(path):
        data = _contents(path)
        format_ = _format_of(data)
        return _photo(_decode(data, format_), path, format_)


def read_preview(path: Path, max_side: int) -> Photo:
    """The photo at 8 bits, upright, and shrunk so that no side is longer than `max_side`; never enlarged.

    A JPEG is shrunk while it is decoded, which takes a fraction of the time. Raises ImageError as `read_photo` does.
    """
    with _explained(path):
        data = _contents(path)
        format_ = _format_of(data)
        decoded = jpeg.decode_reduced(data, max_side) if format_ == "JPEG" else _decode(data, format_)
        small = to_depth(_shrunk(decoded.pixels, max_side), 8)
        return _photo(replace(decoded, pixels=small), path, format_)


def write_photo(photo: Photo, path: Path, options: SaveOptions | None = None, *, overwrite: bool = False) -> Path:
    """Save a photo with its metadata, read it back to be sure, and only then give it its name. Returns `path`.

    EXIF, ICC and XMP are kept byte for byte; in a TIFF the EXIF tags become tags of the file. The resolution is kept
    but in WebP, which has no place for it. A depth that the format cannot hold is reduced to the most that it can.
    A fully opaque alpha channel is left out of a JPEG; with a transparent pixel the photo is refused, not flattened.
    Raises ImageError if the format cannot hold the photo, if `path` is `photo.source` under whatever name, if it
    exists and `overwrite` is not set, or if the disk refuses. Nothing is left behind then.
    """
    options = options or SaveOptions()
    with _explained(path):
        format_ = _target_format(path, options)
        pixels = _fitting(photo.pixels, format_, options)
        # the pixels of a photo are upright, so no viewer may turn them again, whoever made the metadata
        metadata = replace(photo.metadata, exif=exif.upright(photo.metadata.exif)[0], dpi=valid_dpi(photo.metadata.dpi))

    def write(file: BinaryIO) -> None:
        try:
            _encode(file, pixels, metadata, format_, options.quality)
        except Refusal as exc:
            raise exc.of(path.name) from exc
        except MemoryError as exc:
            raise _no_memory(path.name) from exc
        except DECODER_ERRORS as exc:
            if isinstance(exc, OSError) and exc.errno is not None:
                raise  # the disk's, which `atomic_write` explains; Pillow's own have no number
            other = "TIFF" if format_ == "PNG" else "PNG"
            raise ImageError(
                "{name} could not be encoded as {format}. Please save it as {other}.",
                name=path.name,
                format=format_,
                other=other,
            ) from exc

    def verify(temporary: Path) -> None:
        try:
            saved = read_photo(temporary)
        except ImageError as exc:
            raise _not_as_written(path.name) from exc
        lossless = format_ in ("PNG", "TIFF")
        whole = np.array_equal(saved.pixels, pixels) if lossless else saved.pixels.shape[:2] == pixels.shape[:2]
        if not whole or saved.format != format_ or saved.pixels.dtype != pixels.dtype:
            raise _not_as_written(path.name)

    return atomic_write(path, write, verify, source=photo.source, overwrite=overwrite)


def propose_name(source: Path, task_id: str, format: str | None = None) -> Path:
    """A free name beside the original, such as IMG_1-denoise.jpg, or IMG_1-denoise-2.jpg if that is taken.

    The suffix stays as it is spelled where it fits `format`; None keeps the suffix, or gives .png to an unknown one.
    """
    own = SUFFIXES.get(source.suffix.lower())
    format_ = format or own or "PNG"
    suffix = source.suffix if own == format_ else next(s for s, f in SUFFIXES.items() if f == format_)
    return free_name(shortened(source.with_name(f"{source.stem}-{task_id}{suffix}")))


def photo_paths(folder: Path) -> list[Path]:
    """The photos in a folder by their suffix, IMG_2 before IMG_10, upper and lower case alike; no hidden files.

    Raises ImageError if the folder cannot be listed.
    """
    try:
        found = [
            p for p in folder.iterdir() if p.suffix.lower() in SUFFIXES and not p.name.startswith(".") and p.is_file()
        ]
    except OSError as exc:
        raise ImageError(
            "The folder {name} cannot be opened. Please choose another folder.", name=folder.name or folder
        ) from exc
    return sorted(found, key=lambda p: (_natural(p.name), p.name))


def _no_memory(name: str) -> ImageError:
    return ImageError("{name} does not fit into memory. Please close other programs or use a smaller photo.", name=name)


def _not_as_written(name: str) -> ImageError:
    return ImageError(
        "{name} was not saved: what was written could not be read back. Please check the disk and save elsewhere.",
        name=name,
    )


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Whatever a decoder raises becomes an ImageError that names the file."""
    name = path.name or str(path)
    try:
        with quiet():
            yield
    except Refusal as exc:
        raise exc.of(name) from exc
    except MemoryError as exc:
        raise _no_memory(name) from exc
    except DECODER_ERRORS as exc:
        raise ImageError(
            "{name} is damaged and cannot be opened. Please copy it again from the camera or from a backup.", name=name
        ) from exc


def _contents(path: Path) -> bytes:
    """The whole file. A plain read: a memory map would take the program down with a card that is pulled out."""
    try:
        if path.is_dir():
            raise Refusal("{name} is a folder. Please choose a photo in it.")
        if path.exists() and not path.is_file():  # reading a pipe or a device might never end
            raise _not_a_photo()
        data = path.read_bytes()
    except FileNotFoundError as exc:
        raise Refusal("{name} does not exist. It may have been moved or renamed: please open it again.") from exc
    except PermissionError as exc:
        raise Refusal("{name} may not be read. Please check the file's permissions.") from exc
    except OSError as exc:
        raise Refusal(
            "{name} cannot be read ({reason}). Please check the disk or the card.", reason=exc.strerror or exc
        ) from exc
    if not data:
        raise Refusal("{name} is empty. Please copy it again from the camera or from a backup.")
    return data


def _format_of(data: bytes) -> str:
    """The format by the first bytes. Raises Refusal for all that AEStudio does not open."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(png.SIGNATURE):
        return "PNG"
    if exif.byte_order(data):
        return "TIFF"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp":
        raise Refusal(
            "{name} is a HEIC, AVIF or video file, which AEStudio does not open. Please convert it to JPEG or TIFF."
        )
    raise _not_a_photo()


def _not_a_photo() -> Refusal:
    return Refusal("{name} is not a photo that AEStudio opens. Please choose a JPEG, PNG, TIFF or WebP file.")


def _decode(data: bytes, format_: str) -> Decoded:
    return {"JPEG": jpeg.decode, "PNG": png.decode, "TIFF": tiff.decode, "WEBP": webp.decode}[format_](data)


def _photo(decoded: Decoded, path: Path, format_: str) -> Photo:
    """The decoded file turned upright, once."""
    metadata = decoded.metadata
    upright, orientation = exif.upright(metadata.exif)
    if decoded.orientation != 1:
        orientation = decoded.orientation
    xmp = metadata.xmp
    if xmp and orientation != 1:
        xmp = _XMP_ORIENTATION.sub(rb"\g<1>1", xmp)
    pixels = np.ascontiguousarray(turned(decoded.pixels, orientation))
    return Photo(pixels, Metadata(upright, metadata.icc, xmp, metadata.dpi), path, format_)


def turned(pixels: Pixels, orientation: int) -> Pixels:
    """Pixels stored with an EXIF orientation of 1 to 8, the right way up."""
    if orientation >= 5:
        pixels = pixels.swapaxes(0, 1)
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return pixels[:, ::-1] if orientation in (2, 3, 6, 7) else pixels


def _shrunk(pixels: Pixels, max_side: int) -> Pixels:
    height, width = pixels.shape[:2]
    scale = max_side / max(height, width)
    if scale >= 1:
        return pixels
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(np.ascontiguousarray(pixels), size, interpolation=cv2.INTER_AREA)
    return small.reshape(size[1], size[0], pixels.shape[2])


def _target_format(path: Path, options: SaveOptions) -> str:
    by_suffix = SUFFIXES.get(path.suffix.lower())
    format_ = options.format or by_suffix
    if format_ is None:
        raise Refusal("{name} has no ending that AEStudio knows. Please end the name with .jpg, .png, .tif or .webp.")
    if by_suffix not in (None, format_):
        raise Refusal(
            "{name} would be a {format} file under the name of a {other} file. Please change its ending.",
            format=format_,
            other=by_suffix,
        )
    return format_


def _fitting(pixels: Pixels, format_: str, options: SaveOptions) -> Pixels:
    """The pixels as the file will hold them. Raises Refusal where that would lose what the user asked for."""
    if options.bit_depth is not None and options.bit_depth not in DEPTHS[format_]:
        able = [name for name, depths in DEPTHS.items() if options.bit_depth in depths]
        raise Refusal(
            "{name} cannot hold {bits} bits as {format}. Please save it as {formats}.",
            bits=options.bit_depth,
            format=format_,
            formats=_or(able),
        )
    bits = options.bit_depth or min(pixels.dtype.itemsize * 8, max(DEPTHS[format_]))
    fitting = to_depth(finite(pixels), bits)
    if format_ == "JPEG" and pixels.shape[2] in (2, 4):
        if np.any(fitting[..., -1] != np.iinfo(fitting.dtype).max):
            raise Refusal(
                "{name} is transparent in places, which a JPEG cannot be. Please save it as PNG, TIFF or WebP."
            )
        fitting = np.ascontiguousarray(fitting[..., :-1])
    return fitting


def _encode(file: BinaryIO, pixels: Pixels, metadata: Metadata, format_: str, quality: int) -> None:
    if format_ == "TIFF":
        tiff.encode(file, pixels, metadata)
    elif format_ == "PNG":
        file.write(png.encode(pixels, metadata))
    else:  # encoded in memory first: Pillow hides the reason why a disk refuses
        file.write((jpeg.encode if format_ == "JPEG" else webp.encode)(pixels, metadata, quality))


def _or(names: "dict[str, tuple[int, ...]] | list[str]") -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last


def _natural(name: str) -> list[tuple[int, int | str]]:
    """Numbers compare as numbers, and never with words."""
    return [(0, int(part)) if part.isdecimal() else (1, part.casefold()) for part in _DIGITS.split(name) if part]
