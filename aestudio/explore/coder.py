"""Codes of photos, and photos of codes, by one model."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from aestudio.engine.device import fast_precision
from aestudio.errors import SettingsError
from aestudio.explore.photos import Floats, Levels
from aestudio.models.catalog import card_path
from aestudio.models.loader import LoadedModel, load_model
from aestudio.models.networks.photo_autoencoder import SIDE, PhotoAutoencoder, VariationalAutoencoder

MODEL = "photo-autoencoder"  # that is taken where none is chosen
TASK = "explore"
_AT_ONCE = 32  # photos


class Coder:
    """A photo autoencoder at work. Photos are (N, 128, 128, 3) uint8, codes (N, length) float32.

    May be used by several threads at once.
    """

    def __init__(self, model: LoadedModel) -> None:
        """Raises SettingsError for a model that makes no codes of photos."""
        if not isinstance(model.net, PhotoAutoencoder):
            raise SettingsError(
                "The model “{model}” is made for {task}, and not to explore photos. Please choose another one.",
                model=model.card.name,
                task=model.card.task,
            )
        self._net: PhotoAutoencoder = model.net
        self._device = model.device
        self.name = model.card.name
        self.digest = model.card.sha256
        self.length = model.net.code
        self.variational = isinstance(model.net, VariationalAutoencoder)  # codes drawn at random are photos as well

    @classmethod
    def load(cls, name: str = MODEL, folders: tuple[Path, ...] | None = None, device: str = "cpu") -> "Coder":
        """The coder of an installed model or of one of the user's own. Raises WeightsError and SettingsError."""
        return cls(load_model(card_path(name, folders), torch.device(device)))

    @property
    def network(self) -> PhotoAutoencoder:
        """What makes the codes: to be read and copied, and never changed."""
        return self._net

    @property
    def device(self) -> torch.device:
        """Where it computes."""
        return self._device

    def encode(self, photos: Levels) -> Floats:
        """The codes of photos; of a variational model, their means."""
        return np.concatenate([_array(self._encoded(x)) for x in self._batches(photos)] or [self._none()])

    def encode_with_errors(self, photos: Levels) -> tuple[Floats, Floats]:
        """The codes of photos, and the mean squared error (N,) of what comes out of each, values in [0, 1]."""
        codes, errors = [self._none()], [np.zeros(0, dtype=np.float32)]
        for x in self._batches(photos):
            z = self._encoded(x)
            codes.append(_array(z))
            errors.append(_array((self._decoded(z) - x).square().mean(dim=(1, 2, 3))))
        return np.concatenate(codes), np.concatenate(errors)

    def decode(self, codes: Floats, length: int | None = None) -> Levels:
        """The photos of codes; only the first `length` numbers of each are used if it is given."""
        z = torch.from_numpy(np.ascontiguousarray(codes, dtype=np.float32)).to(self._device)
        if length is not None:
            z = z * (torch.arange(z.shape[1], device=z.device) < length)
        found = [np.zeros((0, SIDE, SIDE, 3), dtype=np.uint8)]
        for some in z.split(_AT_ONCE):  # type: ignore[no-untyped-call]  # torch left it untyped
            levels = self._decoded(some).mul(255).round().byte()
            found.append(levels.permute(0, 2, 3, 1).cpu().numpy())
        return np.concatenate(found)

    def heat(self, photo: Levels, blur: int = 9) -> Floats:
        """Where the error of a photo (128, 128, 3) is: its root mean square around each pixel, (128, 128)."""
        x = next(self._batches(photo[None]))
        error = (self._decoded(self._encoded(x)) - x).square().mean(dim=1, keepdim=True)
        padded = F.pad(error, (blur // 2,) * 4, mode="reflect")
        return _array(F.avg_pool2d(padded, blur, stride=1)[0, 0].clamp(min=0).sqrt())

    def _batches(self, photos: NDArray[np.uint8]) -> Iterator[Tensor]:
        """(N, 3, 128, 128) in [0, 1] on the device."""
        for start in range(0, len(photos), _AT_ONCE):
            some = torch.from_numpy(np.ascontiguousarray(photos[start : start + _AT_ONCE]))
            x = some.to(self._device).permute(0, 3, 1, 2).float() / 255
            yield x.contiguous(memory_format=torch.channels_last)

    def _encoded(self, x: Tensor) -> Tensor:
        with torch.inference_mode(), self._fast():
            return self._net.encode(x).float()

    def _decoded(self, z: Tensor) -> Tensor:
        with torch.inference_mode(), self._fast():
            return self._net.decode(z).float().clamp(0, 1)

    def _fast(self) -> torch.autocast:
        return torch.autocast(self._device.type, torch.bfloat16, enabled=fast_precision(self._device) == torch.bfloat16)

    def _none(self) -> Floats:
        return np.zeros((0, self.length), dtype=np.float32)


def _array(x: Tensor) -> Floats:
    return np.asarray(x.float().cpu().numpy(), dtype=np.float32)
