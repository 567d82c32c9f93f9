"""Denoise: takes the noise out of a photo and leaves its detail."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aestudio.tasks.base import Finding, Place, Settings, Task, knob

if TYPE_CHECKING:  # see tasks/base.py
    from torch import Tensor, nn

    from aestudio.images.photo import Photo

CLEAN_BELOW = 4.0  # 8-bit levels: less is seldom noise, and fine texture in clean photos is taken for as much


@dataclass(frozen=True)
class DenoiseSettings(Settings):
    """Settings of Denoise."""

    sigma: float | None = knob(
        None,
        low=0.0,
        high=60.0,
        step=0.5,
        label="Noise level",
        help="How strong the noise is, in levels of 255. More removes coarser noise, less keeps finer texture.",
    )


class Denoise(Task[DenoiseSettings]):
    """Removal of camera noise and of white noise."""

    id = "denoise"
    title = "Denoise"
    model = "denoise"
    parts = ("noise-level",)
    shares_passes = True
    settings_type = DenoiseSettings

    def examine(self, photo: "Photo") -> Finding:
        """Estimate the noise; a photo with less than CLEAN_BELOW of it is left alone."""
        from aestudio.tasks.noise import estimate_noise

        profile = estimate_noise(photo)
        return Finding(
            needed=profile.level >= CLEAN_BELOW,
            values={"sigma": profile.level, "read": 255 * profile.read, "shot": 255**2 * profile.shot},
            summary=f"noise {profile.level:.1f}/255",
        )

    def restore(
        self, net: "nn.Module", x: "Tensor", settings: DenoiseSettings, finding: Finding, place: Place
    ) -> "Tensor":
        """Estimate the clean tile.

        `net` takes (N, 4, H, W): the photo and its noise level map (FFDNet, Zhang et al., IEEE TIP 2018).
        """
        return self.restore_many(net, x, settings, (finding,), (place,))

    def restore_many(
        self,
        net: "nn.Module",
        x: "Tensor",
        settings: DenoiseSettings,
        findings: Sequence[Finding],
        places: Sequence[Place],
    ) -> "Tensor":
        """Each tile with the noise of its own photo."""
        import torch

        from aestudio.tasks.noise import NoiseProfile, noise_map

        del places  # noise is the same everywhere
        maps = []
        for tile, finding in zip(torch.split(x, 1), findings, strict=True):
            if settings.sigma is None:
                profile = NoiseProfile(finding.values["read"] / 255, finding.values["shot"] / 255**2)
            else:
                profile = NoiseProfile(settings.sigma / 255, 0.0)
            maps.append(noise_map(tile, profile))
        x_hat: Tensor = net(torch.cat((x, torch.cat(maps)), dim=1))
        return x_hat.clamp(0, 1)
