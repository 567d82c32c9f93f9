"""Teaches a denoiser from noisy photos alone: one half of the pixels is to foretell the other."""

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.images.photo import Photo
from aestudio.tasks.noise import estimate_noise
from aestudio.training.data.pool import PhotoPool, pool_of
from aestudio.training.recipe import Recipe
from aestudio.training.teaching.denoise import DenoiseObjective, denoised, noise_maps, told
from aestudio.training.teaching.losses import decibels
from aestudio.training.teaching.objective import Picture, picture_of, seeded

SHRINK = 2  # photos are learnt from at half size
CONSISTENCY = 2.0  # weight of the regulariser
CONSISTENT_SHARE = 4  # one patch in so many pays for it: it takes a pass over all pixels
# in cells of 2×2 pixels, counted by rows: the pixel that is seen, and the neighbour that is to be foretold
_CHOICES = ((0, 1), (0, 2), (1, 0), (1, 3), (2, 0), (2, 3), (3, 1), (3, 2))


class NeighboursObjective(DenoiseObjective):
    """Neighbor2Neighbor (Huang et al., CVPR 2021): no photo is clean, and none is there twice.

    From each cell of 2×2 pixels two neighbours are drawn at random, which makes two pictures of half the side. They
    show nearly the same scene, and their noise is independent: the one is denoised, and the other is its target. A
    regulariser asks that denoising the whole patch and drawing the pictures afterwards differ no more than that.

    It is for white noise, such as that of scans. The noise of cameras is not independent between neighbours, for
    demosaicing and JPEG spread it over two or three pixels: a network that foretells the neighbour learns to keep it.
    On a simulated camera, whose noise is correlated by 0.6 with the pixel beside, the installed network fell from
    34.4 dB to 31.0 within 226 steps, while this score rose. Photos are shrunk by two first, which leaves less of it:
    still it fell to 32.7 on whole photos. So `GrainObjective` is what noisy photos are taught by, and this is used
    where the recipe says so.
    """

    def __init__(self, recipe: Recipe) -> None:
        super().__init__(recipe)
        self._small: dict[int, tuple[PhotoPool, PhotoPool]] = {}  # by identity, which holds while they are kept

    def batch(self, pool: PhotoPool, step: int) -> tuple[Tensor, Tensor]:
        """The one picture with its noise level map; the other one, the whole patch, and which pixels were drawn.

        (N, 4, H, W) and (N, 16, H, W): the other picture, the 2×2 pixels of each cell (colour by colour), the choice.
        """
        recipe = self._recipe
        small = self._shrunk(pool)
        generator = torch.Generator(small.data.device).manual_seed(recipe.seed * 1_000_003 + step)
        side = min(2 * recipe.patch, small.smallest) // 16 * 16
        patches = small.draw(recipe.batch, side, generator, upright=True)
        choice = random_choice(patches.pixels, generator)
        seen, other = neighbours(patches.pixels, choice)
        x = torch.cat((seen, told(seen, small.profiles[patches.photo], generator)), dim=1)
        return x, torch.cat((other, F.pixel_unshuffle(patches.pixels, 2), choice.to(x.dtype)), dim=1)

    def loss(self, output: Tensor, x: Tensor, target: Tensor) -> Tensor:
        """The squared error against the neighbours."""
        del x
        return F.mse_loss(output, target[:, :3])

    def step_loss(self, net: nn.Module, x: Tensor, target: Tensor) -> Tensor:
        output = net(x)
        some = -(-len(x) // CONSISTENT_SHARE)
        whole = torch.cat((F.pixel_shuffle(target[:some, 3:15], 2), F.interpolate(x[:some, 3:], scale_factor=2)), dim=1)
        with torch.no_grad():
            clean = net(whole.contiguous(memory_format=torch.channels_last)).to(output.dtype)
        seen, other = neighbours(clean, target[:some, 15:].long())
        difference: Tensor = output[:some] - target[:some, :3] - (seen - other)
        return self.loss(output, x, target) + CONSISTENCY * difference.square().mean()

    def validate(self, net: nn.Module, pool: PhotoPool) -> Mapping[str, float]:
        """How well one half of the pixels foretells the other, as PSNR, at half size.

        The noise of the target is in it: a network that gains a decibel against the truth, which nobody knows, gains
        less here. But what is better here is better there, as far as neighbours are independent.
        """
        found = []
        for index in range(len(pool)):
            noisy, profile = self._middle(pool, index)
            seen, other = neighbours(noisy, random_choice(noisy, seeded(noisy)))
            found.append(decibels(denoised(net, seen, noise_maps(seen, profile)), other))
        return {"psnr_neighbours": sum(found) / len(found)}

    def picture(self, net: nn.Module, pool: PhotoPool, index: int) -> Picture:
        """A noisy photo before and now; nobody knows the truth, so the noisy photo stands there again."""
        noisy = pool.photo(index, 256)
        now = denoised(net, noisy, noise_maps(noisy, pool.profiles[index : index + 1]))
        return picture_of(noisy), picture_of(now), picture_of(noisy)

    def _shrunk(self, pool: PhotoPool) -> PhotoPool:
        """The photos at half size, made once."""
        if id(pool) not in self._small:
            self._small[id(pool)] = pool, shrunk(pool, SHRINK)
        return self._small[id(pool)][1]

    def _middle(self, pool: PhotoPool, index: int) -> tuple[Tensor, Tensor]:
        """The middle of a photo at half size, (1, 3, h, w), and its noise profile (1, 2)."""
        small = shrunk(pool.only(index), SHRINK, most=512)
        return small.photo(0, 256), small.profiles


def shrunk(pool: PhotoPool, factor: int, most: int | None = None) -> PhotoPool:
    """The photos, or the middle `most` pixels of them, `factor` times smaller, with the noise that is left in them."""
    device, photos, profiles = pool.data.device, [], []
    for index in range(len(pool)):
        side = most or int(pool.sizes[index].max())
        small = F.avg_pool2d(pool.photo(index, side), factor)
        levels = small[0].permute(1, 2, 0).mul(255).round().byte().cpu().numpy()
        noise = estimate_noise(Photo(np.ascontiguousarray(levels)))
        photos.append((levels, float(pool.weights[index] / pool.sizes[index].prod())))
        profiles.append((noise.read, noise.shot))
    return pool_of(photos, profiles).to(device)


def random_choice(x: Tensor, generator: torch.Generator) -> Tensor:
    """For each cell of 2×2 pixels of (N, C, 2H, 2W) one of the eight pairs of neighbours: int64 (N, 1, H, W)."""
    n, _, height, width = x.shape
    size = (n, 1, height // 2, width // 2)
    return torch.randint(len(_CHOICES), size, device=x.device, generator=generator)


def neighbours(x: Tensor, choice: Tensor) -> tuple[Tensor, Tensor]:
    """Two pictures (N, C, H, W) of (N, C, 2H, 2W), with the pixels that `choice` (N, 1, H, W) names."""
    n, c, height, width = x.shape
    cells = F.pixel_unshuffle(x, 2).view(n, c, 4, height // 2, width // 2)
    pairs = torch.tensor(_CHOICES, device=x.device)[choice]  # (N, 1, H, W, 2)
    one, other = (cells.gather(2, at[:, :, None].expand(n, c, 1, -1, -1))[:, :, 0] for at in pairs.unbind(-1))
    return one, other
