"""Remove watermarks: finds the photographer's own mark, a date stamp or an imprint, and repairs what it covered."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aestudio.tasks.base import Finding, Place, Settings, Task, from_file, knob

if TYPE_CHECKING:  # see tasks/base.py
    from torch import Tensor, nn

    from aestudio.images.photo import Photo
    from aestudio.tasks.known_mark import KnownMark
    from aestudio.tasks.marks import FoundMarks

SURE = 0.5  # sensitivity by default


def _read_logo(path: Path) -> "KnownMark":
    from aestudio.tasks.known_mark import read_mark

    return read_mark(path)


@dataclass(frozen=True)
class UnwatermarkSettings(Settings):
    """Settings of Remove watermarks."""

    sensitivity: float = knob(
        SURE,
        low=0.0,
        high=1.0,
        step=0.05,
        label="Sensitivity",
        help="How readily something counts as a mark. More finds fainter ones, less leaves signs and captions alone.",
    )

    logo: "KnownMark | None" = from_file(
        None,
        metavar="LOGO",
        help="Your own mark as a PNG with transparency: it is looked for and taken off.",
        read=_read_logo,
    )


class Unwatermark(Task[UnwatermarkSettings]):
    """Removal of marks that cover parts of a photo; every pixel beside them stays as it is."""

    id = "unwatermark"
    title = "Remove watermarks"
    model = "unwatermark"
    needless = "No mark was found: the photo is left as it is. More sensitivity finds fainter ones."
    settings_type = UnwatermarkSettings

    def examine(self, photo: "Photo") -> Finding:
        """Look for marks; a photo without any is left alone."""
        from aestudio.tasks.marks import find_marks

        found = find_marks(photo, SURE)
        summary = f"{found.regions} mark{'s' * (found.regions != 1)}, {found.share:.1%} of the photo"
        return Finding(needed=found.regions > 0, values={"marks": found.regions, "share": found.share}, summary=summary)

    def survey(self, net: "nn.Module", photo: "Photo", settings: UnwatermarkSettings, finding: Finding) -> "FoundMarks":
        """Where the photo is marked; by the logo alone if there is one."""
        from aestudio.tasks.marks import find_logo, find_marks

        del net, finding
        return find_logo(photo, settings.logo) if settings.logo else find_marks(photo, settings.sensitivity)

    def restore(
        self, net: "nn.Module", x: "Tensor", settings: UnwatermarkSettings, finding: Finding, place: Place
    ) -> "Tensor":
        """Repair what is covered in the tile. Pixels that are not come back as they are, to the last bit."""
        from aestudio.tasks.marks import likely_at, repaired, unblended_tile

        del finding
        if settings.logo is not None:
            return unblended_tile(x, place)
        likely = likely_at(place.survey, place, x.shape[-2], x.shape[-1])
        return repaired(net, x, likely)

    def leaves_alone(self, settings: UnwatermarkSettings, finding: Finding) -> bool:
        """A photo in which nothing was found, unless it is to be looked at more closely, or for a logo."""
        return not finding.needed and settings.sensitivity <= SURE and settings.logo is None
