"""What is asked of the compression lab: for one photo, and of how it shows what it made."""

from collections.abc import Hashable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # imports torch, which the window does not wait for
    from aestudio.codec.files import Wish

QUALITY = 50.0  # by default


class Aim(Enum):
    """What is given; the other two follow from it."""

    QUALITY = "quality"
    SIZE = "size"
    PSNR = "psnr"


@dataclass(frozen=True)
class Compression:
    """How one photo is to be compressed."""

    on: bool = False
    aim: Aim = Aim.QUALITY
    value: float = QUALITY  # 0 to 100, KB of the whole file, or dB

    @property
    def key(self) -> Hashable:
        """What the stream of a photo depends on."""
        return self.aim, self.value

    def wish(self) -> "Wish":
        """The same for the codec; for workers."""
        from aestudio.codec.files import Wish

        if self.aim == Aim.SIZE:
            return Wish(size=round(1000 * self.value))
        return Wish(quality=self.value) if self.aim == Aim.QUALITY else Wish(psnr=self.value)


class Show(Enum):
    """What of the compressed photo is on the canvas."""

    PHOTO = "photo"
    DIFFERENCE = "difference"  # from what was compressed, magnified, around a mid-grey
    BITS = "bits"  # where they go


class Equal(Enum):
    """What a file of another format has in common with ours."""

    SIZE = "size"
    PSNR = "psnr"


@dataclass(frozen=True)
class Look:
    """How the lab shows what it made: the same for all photos, so that they can be compared."""

    rival: str = ""  # its name among aestudio.codec.rivals.RIVALS; empty: the original
    equal: Equal = Equal.SIZE
    show: Show = Show.PHOTO
    times: int = 4  # of the difference
