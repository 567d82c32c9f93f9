"""Teaches a denoiser from noisy photos alone: their own grain, laid over what they show at a smaller size."""

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.images.tensors import luma
from aestudio.training.data.pool import PhotoPool
from aestudio.training.recipe import Recipe
from aestudio.training.teaching.degrade import degrade, to_8_bit
from aestudio.training.teaching.denoise import DenoiseObjective, denoised, noise_maps, told
from aestudio.training.teaching.losses import decibels
from aestudio.training.teaching.objective import Picture, picture_of, seeded

SHRINK = 3  # times: what is left of the noise is a third or less
LOOKED_THROUGH = 2048  # pixels of the middle of a photo in which even places are looked for
EVEN_SHARE = 0.06  # of its places, the evenest ones, are taken for nothing but noise
SLOW = 21  # pixels: what takes longer to change is taken for the scene
MOST = 24  # of each photo
JUDGED = 128  # pixels of the side of what is judged


class GrainObjective(DenoiseObjective):
    """Photos shrunk by three, which makes them clean, under grain from the evenest places of the photos as they are.

    The grain is real: it has the spectrum, the colours and the rows of its camera. How strong it is in which tones is
    what the noise profile says, a straight line. Slower noise is not seen, and where no
    place of a photo is even, its texture is taken for grain: photos with skies and walls teach most. A network of one's
    own camera gains about a fifth of what pairs would teach it. A share `remembered` of each batch carries the
    recipe's own damage instead.
    """

    def __init__(self, recipe: Recipe) -> None:
        super().__init__(recipe)
        self._banks: dict[int, tuple[PhotoPool, Tensor, Tensor]] = {}  # by identity, which holds while they are kept

    def batch(self, pool: PhotoPool, step: int) -> tuple[Tensor, Tensor]:
        recipe = self._recipe
        grain, profiles = self._grain(pool)
        generator = torch.Generator(pool.data.device).manual_seed(recipe.seed * 1_000_003 + step)
        shrink = shrink_for(pool, recipe.patch)
        clean = F.avg_pool2d(pool.patches(recipe.batch, shrink * recipe.patch, generator), shrink)
        again = min(round(recipe.batch * recipe.remembered), recipe.batch - 1)
        own = clean[: len(clean) - again]
        chosen = torch.randint(len(grain), (len(own),), device=clean.device, generator=generator)
        noisy = grainy(own, grain[chosen], profiles[chosen])
        x = torch.cat((noisy, told(noisy, profiles[chosen], generator)), dim=1)
        if not again:
            return x, own
        pair = degrade(clean[len(own) :], recipe.mixture, generator)
        return torch.cat((x, torch.cat((pair.degraded, pair.sigma), dim=1))), torch.cat((own, pair.clean))

    def validate(self, net: nn.Module, pool: PhotoPool) -> Mapping[str, float]:
        """PSNR on the photos at a smaller size under their own grain, and of the grainy ones."""
        after: list[float] = []
        before: list[float] = []
        for index in range(len(pool)):
            noisy, clean, profile = self._made(pool, index)
            after.append(decibels(denoised(net, noisy, noise_maps(noisy, profile)), clean))
            before.append(decibels(noisy, clean))
        return {"psnr_grain": sum(after) / len(after), "psnr_noisy": sum(before) / len(before)}

    def picture(self, net: nn.Module, pool: PhotoPool, index: int) -> Picture:
        """A noisy photo before and now; nobody knows the truth, so the noisy photo stands there again."""
        noisy = pool.photo(index, 256)
        now = denoised(net, noisy, noise_maps(noisy, pool.profiles[index : index + 1]))
        return picture_of(noisy), picture_of(now), picture_of(noisy)

    def _made(self, pool: PhotoPool, index: int) -> tuple[Tensor, Tensor, Tensor]:
        """A grainy photo, the same without the grain, and its profile."""
        one = pool.only(index)
        side = min(JUDGED, one.smallest // 16 * 16)
        shrink = shrink_for(one, side)
        clean = F.avg_pool2d(one.photo(0, shrink * side), shrink)[..., :side, :side]
        grain = even_places(one.photo(0, LOOKED_THROUGH), one.profiles, side)
        chosen = torch.randint(len(grain), (1,), device=clean.device, generator=seeded(clean))
        noisy = grainy(clean, grain[chosen][..., : clean.shape[2], : clean.shape[3]], one.profiles)
        return noisy, clean, one.profiles

    def _grain(self, pool: PhotoPool) -> tuple[Tensor, Tensor]:
        """Grain (G, 3, patch, patch) of all photos, and the noise profile (G, 2) of each piece's photo; made once."""
        if id(pool) not in self._banks:
            found = [
                even_places(pool.photo(index, LOOKED_THROUGH), pool.profiles[index : index + 1], self._recipe.patch)
                for index in range(len(pool))
            ]
            photo = torch.repeat_interleave(torch.tensor([len(each) for each in found], device=pool.data.device))
            self._banks[id(pool)] = pool, torch.cat(found), pool.profiles[photo]
        return self._banks[id(pool)][1:]


def shrink_for(pool: PhotoPool, side: int) -> int:
    """By how much photos are shrunk so that patches of that side can be cut out of all of them."""
    return max(1, min(SHRINK, pool.smallest // side))


def even_places(photo: Tensor, profile: Tensor, side: int) -> Tensor:
    """Grain from the evenest places of (1, 3, H, W): (N, 3, side, side), in units of what the profile foretells.

    Places near black and white hold no whole noise.
    """
    slow = photo
    for high, wide in ((SLOW, 1), (1, SLOW)) * 2:
        slow = F.avg_pool2d(slow, (high, wide), stride=1, padding=(high // 2, wide // 2), count_include_pad=False)
    grain = (photo - slow) / noise_maps(photo, profile).clamp(min=1 / 255)
    tiles, light = (
        x.unfold(2, side, side).unfold(3, side, side).flatten(2, 3)[0].transpose(0, 1) for x in (grain, luma(photo))
    )
    energy = tiles.square().mean(dim=(1, 2, 3))
    inside = ((light > 0.04) & (light < 0.94)).float().mean(dim=(1, 2, 3)) > 0.98
    energy = torch.where(inside, energy, energy + 1e6)
    count = max(1, min(MOST, round(EVEN_SHARE * len(tiles))))
    return tiles[energy.argsort()[:count]]


def grainy(clean: Tensor, grain: Tensor, profiles: Tensor) -> Tensor:
    """Clean patches under grain that is as strong as the profiles (N, 2) say, as an 8-bit file holds them."""
    return to_8_bit(clean + grain * noise_maps(clean, profiles).clamp(min=1 / 255))
