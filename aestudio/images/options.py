"""How a photo is saved."""

from dataclasses import dataclass

from aestudio.errors import SettingsError
from aestudio.images.metadata import POLICIES, Policy

WRITABLE = ("JPEG", "PNG", "TIFF", "WEBP", "AVIF", "AES")
SUBSAMPLINGS = ("4:4:4", "4:2:2", "4:2:0")
COMPRESSIONS = ("none", "lzw", "deflate")


@dataclass(frozen=True)
class SaveOptions:
    """What is None follows the source file, or the format's usual where that does not say.

    Raises SettingsError for a value that no format knows.
    """

    format: str | None = None  # one of WRITABLE; None: as the suffix says
    quality: int | None = None  # 1 to 100, for JPEG, WebP, AVIF and AES
    bit_depth: int | None = None  # 8, 16, or 32 for floating point; None: the photo's, as far as the format holds it
    subsampling: str | None = None  # of the colours: 4:4:4, 4:2:2 or 4:2:0, for JPEG and AVIF
    compression: str | None = None  # none, lzw or deflate, for TIFF
    lossless: bool | None = None  # for WebP
    level: int | None = None  # 0 (fast) to 9 (small), for PNG
    metadata: Policy = "keep"  # keep, basic or strip

    def __post_init__(self) -> None:
        if self.format not in (None, *WRITABLE):
            raise SettingsError(
                "{format} is not a format that AEStudio saves. Please choose one of {choices}.",
                format=self.format,
                choices=", ".join(WRITABLE),
            )
        if self.quality is not None and not 1 <= self.quality <= 100:
            raise SettingsError("The quality is {quality}: please choose a value from 1 to 100.", quality=self.quality)
        if self.bit_depth not in (None, 8, 16, 32):
            raise SettingsError("The bit depth is {bit_depth}: please choose 8, 16 or 32.", bit_depth=self.bit_depth)
        if self.level is not None and not 0 <= self.level <= 9:
            raise SettingsError("The PNG level is {level}: please choose a value from 0 to 9.", level=self.level)
        if self.subsampling not in (None, *SUBSAMPLINGS):
            raise SettingsError(
                "The subsampling is {value}: please choose one of {choices}.",
                value=self.subsampling,
                choices=", ".join(SUBSAMPLINGS),
            )
        if self.compression not in (None, *COMPRESSIONS):
            raise SettingsError(
                "The compression is {value}: please choose one of {choices}.",
                value=self.compression,
                choices=", ".join(COMPRESSIONS),
            )
        if self.metadata not in POLICIES:
            raise SettingsError(
                "Metadata can be treated as one of {choices}, not as {value}.",
                value=self.metadata,
                choices=", ".join(POLICIES),
            )
