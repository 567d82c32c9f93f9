"""What can be taught, and which objective teaches it."""

from collections.abc import Callable, Mapping

from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.errors import SettingsError
from aestudio.models.networks.noise_level import CELL, FLOOR
from aestudio.training.data.pool import PhotoPool
from aestudio.training.data.source import CLEAN
from aestudio.training.recipe import Recipe
from aestudio.training.teaching.colorize import ColorizeObjective
from aestudio.training.teaching.compress import CompressObjective
from aestudio.training.teaching.degrade import degrade
from aestudio.training.teaching.denoise import denoise_objective, draw_pair
from aestudio.training.teaching.explore import ExploreObjective
from aestudio.training.teaching.inpaint import InpaintObjective
from aestudio.training.teaching.objective import Objective, Picture, picture_of, seeded
from aestudio.training.teaching.unwatermark import FindMarksObjective, RemoveMarksObjective

BRIGHTEST = 40 / 255  # noise that is shown as white


class NoiseLevelObjective(Objective):
    """Noisy patches and the logarithm of their noise level; (N, 3, H, W) in, (N, 2, H/8, W/8) out."""

    channels = 3

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe

    def batch(self, pool: PhotoPool, step: int) -> tuple[Tensor, Tensor]:
        pair = draw_pair(self._recipe, pool, step)
        return pair.degraded, _log_level(pair.sigma)

    def loss(self, output: Tensor, x: Tensor, target: Tensor) -> Tensor:
        """The negative logarithm of the likelihood of the true levels, if errors have Laplace's distribution."""
        level, error = output.chunk(2, dim=1)
        return ((level - target).abs() * (-error).exp() + error).mean()

    def validate(self, net: nn.Module, pool: PhotoPool) -> Mapping[str, float]:
        """How near the photos' levels come: minus the mean absolute logarithm of their ratio to the truth."""
        errors = []
        for clean in pool.centres():
            generator = seeded(clean)
            for _ in range(8):
                pair = degrade(clean, self._recipe.mixture, generator)
                level, error = net(pair.degraded).float().chunk(2, dim=1)
                trust = (-error).exp()
                difference = (level - _log_level(pair.sigma)) * trust
                errors.append(float((difference.sum() / trust.sum()).abs()))
        return {"nearness": -sum(errors) / len(errors)}

    def picture(self, net: nn.Module, pool: PhotoPool, index: int) -> Picture:
        """The noisy photo, the level that is found at each place, brighter where there is more, and the true one."""
        clean = pool.photo(index, 256)
        pair = degrade(clean, self._recipe.mixture, seeded(clean))
        level = net(pair.degraded).float()[:, :1]
        found, truth = (x.exp() - FLOOR for x in (level, _log_level(pair.sigma)))
        return picture_of(pair.degraded), picture_of(_shade(found, clean)), picture_of(_shade(truth, clean))


def _shade(sigma: Tensor, like: Tensor) -> Tensor:
    """Noise levels of cells as a grey picture (1, 1, H, W) of the size of `like`."""
    return F.interpolate(sigma / BRIGHTEST, size=like.shape[2:])


def _log_level(sigma: Tensor) -> Tensor:
    return (F.avg_pool2d(sigma, CELL) + FLOOR).log()


def _clean_alone(task_id: str, objective: Callable[[Recipe], Objective]) -> Callable[[Recipe], Objective]:
    """The objective, which learns from clean photos alone."""

    def made(recipe: Recipe) -> Objective:
        if recipe.kind != CLEAN:
            raise SettingsError(
                "“{task_id}” learns from good photos alone: pairs, series and noisy photos teach “denoise”. Please "
                "choose good photos.",
                task_id=task_id,
            )
        return objective(recipe)

    return made


OBJECTIVES: Mapping[str, Callable[[Recipe], Objective]] = {
    "colorize": _clean_alone("colorize", ColorizeObjective),
    "compress": _clean_alone("compress", CompressObjective),
    "denoise": denoise_objective,
    "explore": _clean_alone("explore", ExploreObjective),
    "inpaint": _clean_alone("inpaint", InpaintObjective),
    "mark-finder": _clean_alone("mark-finder", FindMarksObjective),
    "noise-level": _clean_alone("noise-level", NoiseLevelObjective),
    "unwatermark": _clean_alone("unwatermark", RemoveMarksObjective),
}


def check_task(task_id: str) -> None:
    """Raise SettingsError if nothing is known of how to teach it."""
    if task_id not in OBJECTIVES:
        raise SettingsError(
            "“{task_id}” cannot be trained. What can: {known}.", task_id=task_id, known=", ".join(OBJECTIVES)
        )
