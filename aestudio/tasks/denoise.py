"""Denoise: takes the noise out of a photo and leaves its detail."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aestudio.tasks.base import Finding, Settings, Task, knob

if TYPE_CHECKING:  # see tasks/base.py
    from torch import Tensor, nn

    from aestudio.images.noise import NoiseProfile
    from aestudio.images.photo import Photo

CLEAN_BELOW = 1.0  # 8-bit levels: rounding to 8 bits alone is 0.3, and a JPEG of good quality about 0.8


@dataclass(frozen=True)
class DenoiseSettings(Settings):
    """Settings of Denoise."""

    sigma: float | None = knob(
        None,
        low=0.0,
        high=75.0,
        step=0.5,
        label="Noise level",
        help="How strong the noise is, in levels of 255. More removes coarser noise, less keeps finer texture.",
    )


class Denoise(Task[DenoiseSettings]):
    """Removal of camera noise and of white noise."""

    id = "denoise"
    title = "Denoise"
    model = "denoise"
    settings_type = DenoiseSettings

    def examine(self, photo: "Photo") -> Finding:
        """Estimate the noise; a photo below 1/255 of it is clean."""
        from aestudio.images.noise import estimate_noise

        profile = estimate_noise(photo)
        return Finding(
            needed=profile.level >= CLEAN_BELOW,
            values={"sigma": profile.level, "read": 255 * profile.read, "shot": 255**2 * profile.shot},
            summary=f"noise {profile.level:.1f}/255",
        )

    def restore(self, net: "nn.Module", x: "Tensor", settings: DenoiseSettings, finding: Finding) -> "Tensor":
        """Estimate the clean tile.

        `net` takes (N, 4, H, W): the photo and its noise level map (FFDNet, Zhang et al., IEEE TIP 2018).
        """
        import torch

        from aestudio.images.noise import NoiseProfile

        if settings.sigma is None:
            profile = NoiseProfile(finding.values["read"] / 255, finding.values["shot"] / 255**2)
        else:
            profile = NoiseProfile(settings.sigma / 255, 0.0)
        x_hat: Tensor = net(torch.cat((x, noise_map(x, profile)), dim=1))
        return x_hat.clamp(0, 1)


def noise_map(x: "Tensor", profile: "NoiseProfile") -> "Tensor":
    """Standard deviation of the noise at every pixel, (N, 1, H, W), for (N, 3, H, W) in [0, 1].

    The brightness is smoothed first: the noise of a pixel must not decide how noisy that pixel is taken to be.
    """
    import torch
    from torch.nn import functional as F

    from aestudio.images.photo import LUMA

    weights = torch.as_tensor(LUMA, device=x.device, dtype=x.dtype).view(1, 3, 1, 1)
    y = (x * weights).sum(dim=1, keepdim=True)
    y = F.avg_pool2d(y, 5, stride=1, padding=2, count_include_pad=False)
    return (profile.read**2 + profile.shot * y).clamp(min=0).sqrt()
