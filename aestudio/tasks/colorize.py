"""Colorize: gives a black-and-white photo colours, guessed and as the photographer says."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aestudio.tasks.base import Finding, Place, Settings, Task, from_file, knob, toggle
from aestudio.tasks.hints import Hint, check_hints, read_hints, write_hints
from aestudio.tasks.reference import Reference, read_reference, write_reference

if TYPE_CHECKING:  # see tasks/base.py
    from torch import Tensor, nn

    from aestudio.images.photo import Photo
    from aestudio.progress import Progress
    from aestudio.tasks.colours import ColourSurvey

GREY_BELOW = 2.7  # mean chroma in units of Lab beside a print's own tone: sepia JPEGs with grain stay below
WARMEST = (4.0, 14.0)  # a and b of full warmth


@dataclass(frozen=True)
class ColorizeSettings(Settings):
    """Settings of Colorize."""

    saturation: float = knob(
        1.0,
        low=0.0,
        high=2.0,
        step=0.05,
        label="Saturation",
        help="How vivid the colours are. More makes them stronger, less brings them nearer to grey.",
    )
    warmth: float = knob(
        0.0,
        low=-100.0,
        high=100.0,
        step=1.0,
        label="Warmth",
        help="More leans all colours to yellow and red, less to blue.",
    )
    tone: float = knob(
        0.0,
        low=0.0,
        high=1.0,
        step=0.05,
        label="Print's own tone",
        help="How much of a sepia print's tone stays under the colours. At 0 it is made neutral first.",
    )
    anew: bool = toggle(
        False,
        label="Colour anew",
        help="Photos that are in colour are coloured, too: their own colours are dropped.",
    )
    hints: tuple[Hint, ...] = from_file(
        (),
        label="Hints",
        metavar="FILE",
        help="Colours at places of the photo, saved from the window as JSON.",
        read=read_hints,
        write=write_hints,
        ending=".json",
        reads="file",
    )
    reference: Reference | None = from_file(
        None,
        label="Reference",
        metavar="PHOTO",
        help="A photo in colour: its colours guide the result.",
        read=read_reference,
        write=write_reference,
        ending=".json",
    )

    def __post_init__(self) -> None:
        """Raises SettingsError for a value outside its range."""
        super().__post_init__()
        check_hints(self.hints)


class Colorize(Task[ColorizeSettings]):
    """Colours for a black-and-white photo; its lightness stays as it is."""

    id = "colorize"
    title = "Colorize"
    model = "colorize"
    colours = True
    quick = True
    needless = "The photo is in colour already, and is left as it is. “Colour anew” drops its colours."
    settings_type = ColorizeSettings

    def examine(self, photo: "Photo") -> Finding:
        """Whether the photo is black and white, toned prints included: one in colour is left alone."""
        from aestudio.tasks.colours import chroma_beside_tone, small_lab

        chroma = chroma_beside_tone(small_lab(photo))
        needed = chroma < GREY_BELOW
        summary = "black and white" if needed else "in colour already"
        return Finding(needed=needed, values={"chroma": chroma}, summary=f"{summary} (chroma {chroma:.1f})")

    def survey(
        self, net: "nn.Module", photo: "Photo", settings: ColorizeSettings, finding: Finding, progress: "Progress"
    ) -> "ColourSurvey":
        """The colours of the whole photo, as straight lines over its lightness, and what else they might be."""
        from aestudio.tasks.colours import surveyed

        del finding, progress
        return surveyed(net, photo, settings.hints, settings.reference)

    def restore(
        self, net: "nn.Module", x: "Tensor", settings: ColorizeSettings, finding: Finding, place: Place
    ) -> "Tensor":
        """The tile's own lightness with the photo's colours, as far as sRGB can show them together."""
        import torch

        del net, finding
        with torch.autocast(x.device.type, enabled=False):  # which would round lightness to a few hundred levels
            return self._coloured(x.float(), settings, place).to(x.dtype)

    def _coloured(self, x: "Tensor", settings: ColorizeSettings, place: Place) -> "Tensor":
        import torch

        from aestudio.images.lab import lightness, linear_to_rgb, rgb_to_lab
        from aestudio.tasks.colours import shown_in_srgb, tamed
        from aestudio.tasks.planes import planes_at

        light = lightness(x)
        slope, level = planes_at(place.survey.lines.to(x.device), place, x.shape[-2], x.shape[-1]).chunk(2, dim=1)
        ab = (slope * (light / 100) + level) * settings.saturation
        if settings.warmth:
            ab = ab + torch.tensor(WARMEST, device=x.device).view(1, 2, 1, 1) * (settings.warmth / 100)
        ab = tamed(ab)
        if settings.tone:
            ab = ab + settings.tone * rgb_to_lab(x)[:, 1:]
        return linear_to_rgb(shown_in_srgb(light, ab)).clamp(0, 1)

    def leaves_alone(self, settings: ColorizeSettings, finding: Finding) -> bool:
        """A photo in colour, unless it is to be coloured anew."""
        return not finding.needed and not settings.anew

    def remark(self, settings: ColorizeSettings) -> str:
        """How much of the colours is the photographer's word."""
        count = len(settings.hints)
        hints = f", {count} hint{'s' * (count > 1)}" if count else ""
        return hints + (f", colours of {settings.reference.name}" if settings.reference else "")
