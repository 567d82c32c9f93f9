"""Colorize: gives a black-and-white photo colours, guessed and as the photographer says."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aestudio.tasks.base import Finding, Place, Settings, Task, knob

if TYPE_CHECKING:  # see tasks/base.py
    from torch import Tensor, nn

    from aestudio.images.photo import Photo

GREY_BELOW = 3.0  # mean chroma in units of Lab: toned prints lie above, and are asked about


@dataclass(frozen=True)
class Hint:
    """A colour at a place. `x` and `y` are shares of the photo's width and height; `a` and `b` are Lab's under D65."""

    x: float
    y: float
    a: float
    b: float


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
    hints: tuple[Hint, ...] = ()


class Colorize(Task[ColorizeSettings]):
    """Colours for a black-and-white photo; its lightness stays as it is."""

    id = "colorize"
    title = "Colorize"
    model = "colorize"
    colours = True
    settings_type = ColorizeSettings

    def examine(self, photo: "Photo") -> Finding:
        """Whether the photo is grey: one in colour is left alone."""
        from aestudio.tasks.colours import small_lab

        chroma = float(small_lab(photo)[:, 1:].square().sum(1).sqrt().mean())
        return Finding(needed=chroma < GREY_BELOW, values={"chroma": chroma}, summary=f"chroma {chroma:.1f}")

    def survey(self, net: "nn.Module", photo: "Photo", settings: ColorizeSettings, finding: Finding) -> "Tensor":
        """The colours of the whole photo, as straight lines over its lightness: see `guided_lines`."""
        import torch
        from torch.nn import functional as F

        from aestudio.models.networks.colorizer import AB_SCALE
        from aestudio.tasks.colours import drawn_hints, guided_lines, small_lab

        del finding
        device = next(net.parameters()).device
        light = small_lab(photo)[:, :1].to(device) / 100
        hints, mask = drawn_hints(settings.hints, *light.shape[2:])
        ab = net(torch.cat((light, hints.to(device), mask.to(device)), dim=1)).ab.float() * AB_SCALE
        return guided_lines(F.avg_pool2d(light, 2), ab * settings.saturation)

    def restore(
        self, net: "nn.Module", x: "Tensor", settings: ColorizeSettings, finding: Finding, place: Place
    ) -> "Tensor":
        """The tile's own lightness with the photo's colours, as far as sRGB can show them together."""
        import torch

        from aestudio.images.lab import lab_to_rgb, rgb_to_lab
        from aestudio.tasks.colours import lines_at, within_srgb

        del net, settings, finding
        light = rgb_to_lab(x.float())[:, :1]
        slope, level = lines_at(place.survey, place, x.shape[-2], x.shape[-1]).chunk(2, dim=1)
        ab = within_srgb(light, slope * (light / 100) + level)
        return lab_to_rgb(torch.cat((light, ab), dim=1)).clamp(0, 1).to(x.dtype)
