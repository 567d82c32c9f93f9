"""What is taught when, and how fast: the phases of a schedule, and the learning rate in each."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from torch import nn

from aestudio.errors import SettingsError
from aestudio.models.networks.levels import Levelled, encoding_of
from aestudio.training.recipe import DECODER, ENCODER, Recipe


@dataclass(frozen=True)
class Phase:
    """A part of the schedule."""

    level: int  # that is taught, on top of those outside of it; 0 for all of them together
    done: float  # share of the phase


def phase_at(recipe: Recipe, done: float) -> Phase:
    """The phase in which a schedule is of which the share `done` is over."""
    if not recipe.stacked or done >= recipe.stacked_share:
        before = recipe.stacked_share if recipe.stacked else 0.0
        return Phase(0, (done - before) / (1 - before))
    through = done / recipe.stacked_share * recipe.stacked
    return Phase(int(through) + 1, through % 1)


def learning_rate(recipe: Recipe, done: float) -> float:
    """Linear warm-up, then half a cosine, in each phase anew; `done` is the finished share of the schedule."""
    done = phase_at(recipe, done).done
    if done < recipe.warmup:
        return recipe.learning_rate * (0.01 + 0.99 * done / recipe.warmup)
    through = (done - recipe.warmup) / (1 - recipe.warmup)
    return recipe.learning_rate * (0.001 + 0.999 * (1 + math.cos(math.pi * min(through, 1.0))) / 2)


def check_parts(net: nn.Module, recipe: Recipe) -> None:
    """Raise SettingsError if the network cannot be taught as the recipe says."""
    if recipe.freeze and not encoding_of(net):
        raise SettingsError(
            "The network “{network}” has no encoder and decoder of its own: nothing of it can be frozen. Please train "
            "all of it.",
            network=recipe.architecture,
        )
    if recipe.stacked and (not isinstance(net, Levelled) or recipe.stacked > net.levels):
        levels = net.levels if isinstance(net, Levelled) else 0
        raise SettingsError(
            "The network “{network}” has {levels} levels to be taught one after the other, not {wanted}. Please choose "
            "fewer.",
            network=recipe.architecture,
            levels=levels,
            wanted=recipe.stacked,
        )


def freeze(net: nn.Module, recipe: Recipe) -> None:
    """Let the half of the network that the recipe names stay as it is."""
    for name, parameter in net.named_parameters():
        encodes = name.split(".")[0] in encoding_of(net)
        frozen = (recipe.freeze == ENCODER and encodes) or (recipe.freeze == DECODER and not encodes)
        parameter.requires_grad = not frozen


def enter(phase: Phase, *nets: nn.Module) -> None:
    """Let the networks work as deep as the phase is."""
    for net in nets:
        if isinstance(net, Levelled):
            net.depth = phase.level or net.levels


def resting(phase: Phase, net: nn.Module) -> Iterable[nn.Parameter]:
    """The weights that learn nothing in a phase."""
    if not phase.level or not isinstance(net, Levelled):
        return ()
    taught = {id(parameter) for parameter in net.of_level(phase.level)}
    return [parameter for parameter in net.parameters() if id(parameter) not in taught]
