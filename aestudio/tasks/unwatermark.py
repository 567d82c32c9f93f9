"""Remove watermarks: finds the photographer's own mark, a date stamp or an imprint, and repairs what it covered."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aestudio.tasks.base import Finding, Place, Settings, Task, knob

if TYPE_CHECKING:  # see tasks/base.py
    from torch import Tensor, nn

    from aestudio.images.photo import Photo
    from aestudio.tasks.marks import FoundMarks

SURE = 0.5  # sensitivity by default


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
        """Where the photo is marked."""
        from aestudio.tasks.marks import find_marks

        del net, finding
        return find_marks(photo, settings.sensitivity)

    def restore(
        self, net: "nn.Module", x: "Tensor", settings: UnwatermarkSettings, finding: Finding, place: Place
    ) -> "Tensor":
        """Repair what is covered in the tile. Pixels that are not come back as they are, to the last bit."""
        from aestudio.tasks.marks import likely_at, repaired

        del settings, finding
        likely = likely_at(place.survey, place, x.shape[-2], x.shape[-1])
        return repaired(net, x, likely)

    def leaves_alone(self, settings: UnwatermarkSettings, finding: Finding) -> bool:
        """A photo in which nothing was found, unless it is to be looked at more closely."""
        return not finding.needed and settings.sensitivity <= SURE
