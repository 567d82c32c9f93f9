"""Remove watermarks: the photographer's own mark, a date stamp or an imprint, and what it covered brought back."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aestudio.errors import Sentence, SettingsError
from aestudio.tasks.base import Finding, Place, Settings, Task, from_file, knob, toggle

if TYPE_CHECKING:  # see tasks/base.py
    from torch import Tensor, nn

    from aestudio.images.painted import PaintedMask
    from aestudio.images.photo import Box, Photo
    from aestudio.progress import Progress
    from aestudio.tasks.known_mark import KnownMark
    from aestudio.tasks.removal import Removal

SURE = 0.5  # sensitivity by default


def _read_mask(path: Path) -> "PaintedMask":
    from aestudio.images.mask import read_mask
    from aestudio.images.painted import PaintedMask

    return PaintedMask.of(read_mask(path), path.name)


def _write_mask(mask: "PaintedMask", path: Path) -> Path:
    from aestudio.images.mask import write_mask

    return write_mask(mask.pixels(), path)


def _read_logo(path: Path) -> "KnownMark":
    from aestudio.tasks.known_mark import read_mark

    return read_mark(path)


def _write_logo(mark: "KnownMark", path: Path) -> Path:
    from aestudio.tasks.known_mark import write_mark

    return write_mark(mark, path)


def _learn_mark(folder: Path) -> "KnownMark":
    from aestudio.images.io import photo_paths
    from aestudio.progress import Progress
    from aestudio.tasks.learn_mark import learn_mark

    if not folder.is_dir():
        raise SettingsError("{name} is not a folder. Please name a folder of photos that carry the mark.", name=folder)
    return learn_mark(photo_paths(folder), folder.name, Progress()).mark


@dataclass(frozen=True)
class UnwatermarkSettings(Settings):
    """Settings of Remove watermarks. With neither mask nor logo, marks are looked for."""

    sensitivity: float = knob(
        SURE,
        low=0.0,
        high=1.0,
        step=0.05,
        label="Sensitivity",
        help="How readily something counts as a mark. More finds fainter ones, less leaves signs and captions alone.",
    )
    paint_anew: bool = toggle(
        True,
        label="Paint anew",
        help="What a mask covers is painted from what lies around it. Off: what still shines through is brought back.",
    )
    scale_mask: bool = toggle(
        False, label="Scale the mask", help="A mask of another size than the photo is scaled to it.", in_panel=False
    )
    mask: "PaintedMask | None" = from_file(
        None,
        label="Mask",
        metavar="MASK",
        help="A picture of the photo's size, bright where something is to go.",
        read=_read_mask,
        write=_write_mask,
        ending=".png",
        instead_of=("logo", "learn_from"),
    )
    logo: "KnownMark | None" = from_file(
        None,
        label="My mark",
        metavar="LOGO",
        help="Your own mark as a PNG with transparency: it is looked for and taken off.",
        read=_read_logo,
        write=_write_logo,
        ending=".png",
        instead_of=("mask", "learn_from"),
        shelf="marks",
    )
    learn_from: "KnownMark | None" = from_file(
        None,
        label="Learn from",
        metavar="FOLDER",
        help="Photos of one size that carry the same mark: it is learnt from them, looked for and taken off.",
        read=_learn_mark,
        write=_write_logo,
        ending=".png",
        reads="folder",
        kept_as="logo",  # it was learnt, and need not be learnt again
        instead_of=("mask", "logo"),
    )

    def __post_init__(self) -> None:
        """Raises SettingsError for a value outside its range, and for more than one way to remove."""
        super().__post_init__()
        if sum(each is not None for each in (self.mask, self.logo, self.learn_from)) > 1:
            raise SettingsError("There can be one of a mask, a logo and a folder to learn from. Please choose one.")

    @property
    def own_mark(self) -> "KnownMark | None":
        """The mark that is known."""
        return self.logo or self.learn_from


class Unwatermark(Task[UnwatermarkSettings]):
    """Removal of marks that cover parts of a photo; every pixel beside them stays as it is.

    Content credentials (C2PA) and watermarks that cannot be seen are left alone.
    """

    id = "unwatermark"
    title = "Remove watermarks"
    model = "unwatermark"
    parts = ("mark-finder", "inpaint")
    needless = "No mark was found: the photo is left as it is. More sensitivity finds fainter ones."
    question = "Do you have the right to remove the marks from these photos?"
    settings_type = UnwatermarkSettings

    def examine(self, photo: "Photo") -> Finding:
        """Look for marks; a photo without any is left alone."""
        from aestudio.tasks.marks import find_marks

        found = find_marks(photo, SURE)
        summary = f"{found.regions} mark{'s' * (found.regions != 1)}, {found.share:.1%} of the photo"
        return Finding(needed=found.regions > 0, values={"marks": found.regions, "share": found.share}, summary=summary)

    def survey(
        self, net: "nn.Module", photo: "Photo", settings: UnwatermarkSettings, finding: Finding, progress: "Progress"
    ) -> "Removal":
        """Where the photo is marked, and how it is to be taken off: under the mask or by the logo alone, if given."""
        from aestudio.tasks.found_painting import with_painting
        from aestudio.tasks.marks import find_marks
        from aestudio.tasks.painting import ShinesThrough, fitting, painted_over
        from aestudio.tasks.unblending import find_own_mark

        del finding
        if settings.mask is not None:
            mask = fitting(settings.mask, photo, scale=settings.scale_mask)
            return painted_over(photo, mask, progress) if settings.paint_anew else ShinesThrough(mask)
        if settings.own_mark is not None:
            return find_own_mark(photo, settings.own_mark, progress)
        return with_painting(net, photo, find_marks(photo, settings.sensitivity), progress)

    def spares(self, survey: "Removal", box: "Box") -> bool:
        """Whatever no mark touches."""
        return survey.spares(box)

    def restore(
        self, net: "nn.Module", x: "Tensor", settings: UnwatermarkSettings, finding: Finding, place: Place
    ) -> "Tensor":
        """Repair what is covered in the tile. Pixels that are not come back as they are, to the last bit."""
        del settings, finding
        removal: Removal = place.survey
        return removal.restored(net, x, place)

    def judge(self, before: "Photo", after: "Photo", survey: "Removal") -> Mapping[str, float]:
        """Residue: how much of the mark is left. Damage: the share of all change where there may be no mark."""
        return survey.judge(before, after)

    def notes(self, survey: "Removal") -> tuple[Sentence, ...]:
        """That a photographer's own mark is not in the photo."""
        note = survey.note()
        return (note,) if note is not None else ()

    def remark(self, settings: UnwatermarkSettings) -> str:
        """How the mark was known."""
        if settings.mask is not None:
            return ", mask painted anew" if settings.paint_anew else ", mask"
        return f", mark {settings.own_mark.name}" if settings.own_mark is not None else ""

    def leaves_alone(self, settings: UnwatermarkSettings, finding: Finding) -> bool:
        """A photo in which nothing was found, unless it is to be looked at more closely, or told where."""
        by_hand = settings.mask is not None or settings.own_mark is not None
        return not finding.needed and settings.sensitivity <= SURE and not by_hand
