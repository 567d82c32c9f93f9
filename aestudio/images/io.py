"""The door between files and photos: everything that opens or saves a picture goes through here."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import cv2
import numpy as np
from PIL import Image

from aestudio.errors import DamagedPhotoError, ImageError, Sentence
from aestudio.images import credentials, exif, tiff, xmp
from aestudio.images.atomic import atomic_write
from aestudio.images.colour import adobe_rgb_profile, colour_space, profile_fits
from aestudio.images.decoding import (
    DECODER_ERRORS,
    Decoded,
    Refusal,
    finite,
    large_allowed,
    quiet,
    turned,
    valid_dpi,
)
from aestudio.images.formats import DEPTHS, FORMATS, READABLE, SUFFIXES, Format, format_of, not_a_photo
from aestudio.images.metadata import for_saving, iptc_as_xmp
from aestudio.images.options import SaveOptions
from aestudio.images.photo import Metadata, Photo, Pixels, screen_pixels, to_depth

_THUMBNAIL_PIXELS = 160  # what cameras put into EXIF data
_CLOSE = 12  # 8-bit levels: what the mean of a sixteenth of a photo may lose in the coarsest lossy file
_LOSSLESS = frozenset({"PNG", "TIFF"})
_RGB_ONLY = _NO_IPTC = frozenset({"WEBP", "AVIF"})
_DIGITS = re.compile(r"(\d+)")


def read_photo(path: Path, *, allow_large: bool = False, salvage: bool = False, data: bytes | None = None) -> Photo:
    """The photo in a file of any format in FORMATS, known by its content and not by its name, upright, at its depth.

    The pixels are (H, W, C): grey, grey and alpha, RGB or RGBA; uint8, uint16 or float32. Palettes are resolved, 1-bit
    pictures become 8-bit grey, CMYK and Lab become sRGB, raw files are developed. Of several pages or frames the first
    is taken. What the user should know about that stands in `notes`.
    `salvage` opens what can be read of a damaged file, and marks the photo `partial`. `data` are the file's contents,
    where they were read already.
    Raises ImageError for anything that is not one whole photo: DamagedPhotoError where salvaging may help,
    LargePhotoError above 200 megapixels unless `allow_large` is set; above 512 it is refused in any case.
    """
    with _explained(path), large_allowed(allow_large):
        data = contents(path) if data is None else data
        format_ = format_of(data)
        try:
            decoded = format_.decode(data)
        except DECODER_ERRORS as exc:
            if not salvage or format_.salvage is None or isinstance(exc, MemoryError) or not _is_damage(exc):
                raise
            decoded = format_.salvage(data)
        return _photo(decoded, path, format_)


def read_contents(path: Path) -> bytes:
    """The whole file of a photo. Raises ImageError for anything that is no file, or is empty."""
    with _explained(path):
        return contents(path)


def read_preview(path: Path, max_side: int) -> Photo:
    """The photo at 8 bits, upright, and shrunk so that no side is longer than `max_side`; never enlarged.

    A JPEG is shrunk while it is decoded, and of a raw file the camera's own picture is taken: both take a fraction of
    the time. Raises ImageError as `read_photo` does.
    """
    with _explained(path), large_allowed(False):
        data = contents(path)
        format_ = format_of(data)
        if format_.decode_preview is not None:
            decoded = format_.decode_preview(data, max_side)
        else:
            decoded = format_.decode(data)
        small = to_depth(_shrunk(decoded.pixels, max_side), 8)
        return _photo(replace(decoded, pixels=small), path, format_)


def write_photo(
    photo: Photo,
    path: Path,
    options: SaveOptions | None = None,
    *,
    overwrite: bool = False,
    on_saved: Callable[[Path, Photo], object] = lambda written, saved: None,
) -> Path:
    """Save a photo with its metadata, read it back to be sure, and only then give it its name. Returns `path`.

    EXIF, ICC, XMP, IPTC and content credentials are kept as `options.metadata` says; in a TIFF the EXIF tags become
    tags of the file. docs/formats.md tells what each format has a place for. A depth that the format cannot hold is
    reduced to the most that it can. A fully opaque alpha channel is left out of a JPEG; with a transparent pixel the
    photo is refused. `on_saved` gets the file, before it has its name, and the photo that was read back from it.
    Raises ImageError if the format cannot hold the photo, if `path` is `photo.source` under whatever name, if it
    exists and `overwrite` is not set, or if the disk refuses. Nothing is left behind then.
    """
    options = options or SaveOptions()
    with _explained(path):
        format_ = _target_format(path, options)
        pixels = _fitting(photo.pixels, format_, options)
        metadata = photo.metadata
        if format_ in _RGB_ONLY and pixels.shape[2] < 3 and metadata.icc:
            pixels, metadata = _without_grey_profile(pixels, metadata)
        kept = for_saving(metadata, options.metadata, photo.history, lambda: _thumbnail(photo))
        kept = replace(kept, dpi=valid_dpi(kept.dpi))
        if format_ in _NO_IPTC:
            kept = iptc_as_xmp(kept)

    def write(file: BinaryIO) -> None:
        encode = FORMATS[format_].encode
        assert encode is not None
        try:
            with quiet():
                encode(file, pixels, kept, options, photo.encoding)
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

    def verify(written: Path) -> None:
        try:
            saved = read_photo(written, allow_large=True)
        except ImageError as exc:
            raise _not_as_written(path.name) from exc
        whole = saved.format == format_ and saved.pixels.dtype == pixels.dtype and _same(saved.pixels, pixels, format_)
        whole = whole and (saved.metadata.icc, saved.metadata.c2pa) == (kept.icc, kept.c2pa)
        if not whole or (_telling(kept.exif) and not saved.metadata.exif):
            raise _not_as_written(path.name)
        on_saved(written, saved)

    return atomic_write(path, write, verify, source=photo.source, overwrite=overwrite)


def _telling(blob: bytes | None) -> bool:
    """Whether EXIF data say more than how the pixels lie in their file: TIFF and AVIF have no place for less."""
    return bool(blob) and not tiff.STRUCTURE.issuperset(exif.entries(blob or b"", exif.first_ifd(blob or b"")))


def _same(saved: Pixels, meant: Pixels, format_: str) -> bool:
    """Whether a file holds what it was meant to: every pixel, or in a lossy format the same picture."""
    if format_ in _LOSSLESS:
        return np.array_equal(saved, meant)
    if saved.shape[:2] != meant.shape[:2]:
        return False
    colours = min(saved.shape[2], meant.shape[2], 3) if meant.shape[2] > 2 else 1
    step = max(1, min(meant.shape[:2]) // 512)  # the mean of a sixteenth does not need every pixel
    sampled = [np.ascontiguousarray(p[::step, ::step, :colours]) for p in (saved, meant)]
    size = (min(4, sampled[0].shape[1]), min(4, sampled[0].shape[0]))
    small = [cv2.resize(p, size, interpolation=cv2.INTER_AREA) for p in sampled]
    return float(np.abs(small[0].astype(np.float32) - small[1]).mean()) <= _CLOSE


def _thumbnail(photo: Photo) -> bytes | None:
    """A small JPEG of the photo in sRGB, for its EXIF data."""
    shown = screen_pixels(replace(photo, pixels=_shrunk(finite(photo.pixels), _THUMBNAIL_PIXELS)))
    out = BytesIO()
    Image.fromarray(shown[..., 0] if shown.shape[2] == 1 else shown).save(out, "JPEG", quality=75)
    return out.getvalue()


def _without_grey_profile(pixels: Pixels, metadata: Metadata) -> tuple[Pixels, Metadata]:
    """Grey pixels of 8 bits for a format that knows colours alone, in sRGB: a grey profile would not fit there."""
    if not metadata.icc or metadata.icc[16:20] != b"GRAY":
        return pixels, metadata
    space = colour_space(metadata.icc, 1)
    if space is not None:
        shown = space.shown(np.ascontiguousarray(pixels[..., :1]))
        pixels = np.concatenate((shown, pixels[..., 1:]), axis=2)
    return pixels, replace(metadata, icc=None)


def photo_paths(folder: Path) -> list[Path]:
    """The photos in a folder by their suffix, IMG_2 before IMG_10, upper and lower case alike; no hidden files.

    Raises ImageError if the folder cannot be listed.
    """
    try:
        found = [
            p for p in folder.iterdir() if p.suffix.lower() in READABLE and not p.name.startswith(".") and p.is_file()
        ]
    except OSError as exc:
        raise ImageError(
            "The folder {name} cannot be opened. Please choose another folder.", name=folder.name or folder
        ) from exc
    return sorted(found, key=lambda p: (natural(p.name), p.name))


def _no_memory(name: str) -> ImageError:
    return ImageError("{name} does not fit into memory. Please close other programs or use a smaller photo.", name=name)


def _not_as_written(name: str) -> ImageError:
    return ImageError(
        "{name} was not saved: what was written could not be read back. Please check the disk and save elsewhere.",
        name=name,
    )


def _is_damage(exc: Exception) -> bool:
    """Whether a file was refused because something of it is missing or broken, and not for what it is."""
    return not isinstance(exc, Refusal) or exc.error is DamagedPhotoError


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
        raise DamagedPhotoError(
            "{name} is damaged and cannot be opened. Please copy it again from the camera or from a backup.", name=name
        ) from exc


def contents(path: Path) -> bytes:
    """The whole file, or a Refusal. A plain read: a memory map would take the program down with a card pulled out."""
    try:
        if path.is_dir():
            raise Refusal("{name} is a folder. Please choose a photo in it.")
        if path.exists() and not path.is_file():  # reading a pipe or a device might never end
            raise not_a_photo()
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


def _photo(decoded: Decoded, path: Path, format_: Format) -> Photo:
    """The decoded file turned upright, once."""
    metadata = decoded.metadata
    upright, orientation = exif.upright(metadata.exif)
    if decoded.orientation is not None:
        orientation = decoded.orientation
    packet = xmp.upright(metadata.xmp) if metadata.xmp and orientation != 1 else metadata.xmp
    pixels = np.ascontiguousarray(turned(decoded.pixels, orientation))
    notes = decoded.notes
    if format_.name == "JPEG" and metadata.icc is None and pixels.shape[2] == 3 and exif.is_adobe_rgb(upright):
        # cameras say so by tags alone; without the profile colours turn dull
        metadata = replace(metadata, icc=adobe_rgb_profile())
    if metadata.icc and not profile_fits(metadata.icc, 1 if pixels.shape[2] < 3 else 3):
        notes = (*notes, Sentence("The colour profile in the file cannot be used: colours are taken for sRGB."))
    store = credentials.whole(metadata.c2pa)
    if metadata.c2pa and store is None:
        notes = (*notes, credentials.DAMAGED)
    if decoded.partial:
        notes = (Sentence("The file is damaged. This is what could be read of it: the rest is missing."), *notes)
    dpi = metadata.dpi or valid_dpi(exif.resolution(upright))
    kept = replace(metadata, exif=upright, xmp=packet, dpi=dpi, c2pa=store)
    history = ("Opened from a damaged file: parts are missing",) if decoded.partial else ()
    return Photo(pixels, kept, path, format_.name, decoded.encoding, notes, decoded.partial, history)


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
        raise Refusal(
            "{name} has no ending that AEStudio saves. Please end the name with .jpg, .png, .tif, .webp, .avif or .aes."
        )
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
                "{name} is transparent in places, which a JPEG cannot be. Please save it as PNG, TIFF, WebP or AVIF."
            )
        fitting = np.ascontiguousarray(fitting[..., :-1])
    return fitting


def _or(names: list[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last


def natural(name: str) -> list[tuple[int, int | str]]:
    """Numbers compare as numbers, and never with words."""
    return [(0, int(part)) if part.isdecimal() else (1, part.casefold()) for part in _DIGITS.split(name) if part]
