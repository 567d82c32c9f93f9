"""Which photo autoencoder is taught: a plain one, a denoising one, or a variational one.

Importing it costs nothing: the window offers all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from aestudio.errors import SettingsError

EXPLORE: Final = "explore"
PLAIN: Final = "photo-autoencoder"  # these are names of models that come with AEStudio, and of their recipes
DENOISING: Final = "photo-denoising-autoencoder"
VARIATIONAL: Final = "photo-vae"
NETWORKS: Final = {False: "photo-autoencoder", True: "variational-autoencoder"}  # variational or not: a key of BUILDERS
USUAL_NOISE, USUAL_DROPOUT = 50.0, 0.3  # of a denoising one, where nothing else is said
MOST_NOISE, MOST_DROPOUT = 255.0, 0.9


@dataclass(frozen=True)
class Coding:
    """What a user chooses of an autoencoder. None leaves it as it is in the model that training goes on from."""

    variational: bool | None = None
    beta: float | None = None  # of a variational one, see Recipe
    input_noise: float | None = None  # 8-bit levels at most
    input_dropout: float | None = None  # share of pixels at most

    @property
    def kind(self) -> str:
        """PLAIN, DENOISING or VARIATIONAL."""
        if self.variational:
            return VARIATIONAL
        return DENOISING if self.input_noise or self.input_dropout else PLAIN

    def over(self, other: "Coding") -> "Coding":
        """All of it: what is left open here is as in `other`."""
        chosen = {name: value for name, value in vars(self).items() if value is not None}
        return replace(other, **chosen)

    def check(self) -> None:
        """Raise SettingsError for what cannot be, once nothing is left open."""
        for value, most in ((self.input_noise, MOST_NOISE), (self.input_dropout, MOST_DROPOUT)):
            if value is not None and not 0 <= value <= most:
                raise SettingsError(
                    "Photos cannot be damaged by {value}. Please choose from 0 to {most}.",
                    value=f"{value:g}",
                    most=f"{most:g}",
                )
        if self.beta is not None and not self.variational:
            raise SettingsError(
                "Only a variational autoencoder has a beta. Please choose a variational one, or leave out the beta."
            )
        if self.beta is not None and self.beta <= 0:
            raise SettingsError("A beta of {value} cannot be. Please choose more than 0.", value=f"{self.beta:g}")


def check_freeze(freeze: str, *, becomes_variational: bool) -> None:
    """Raise SettingsError if the half that is to become another one is to stay as it is."""
    if becomes_variational and freeze == "encoder":
        raise SettingsError(
            "A model that becomes variational must learn to see anew. Please let its encoder learn, too."
        )


def usual_base(task_id: str, coding: Coding) -> str:
    """The model that training goes on from where nothing is said."""
    return coding.kind if task_id == EXPLORE else task_id


def coding_of(architecture: str, settings: Mapping[str, Any]) -> Coding:
    """That of a model: its network, and what its card or recipe says otherwise than recipes do by default."""
    variational = architecture == NETWORKS[True]
    return Coding(
        variational,
        float(settings.get("beta", 1.0)) if variational else None,
        float(settings.get("input_noise", 0.0)),
        float(settings.get("input_dropout", 0.0)),
    )
