"""The codecs that are installed: found by their cards, loaded once, and at hand for every .aes file.

Finding costs a few milliseconds and imports nothing that computes: a stream whose model is missing is refused at once.
"""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from aestudio.codec.container import Header
from aestudio.errors import WeightsError
from aestudio.models.card import ModelCard
from aestudio.models.catalog import find_cards, model_folders, part_path

if TYPE_CHECKING:  # torch takes seconds
    from aestudio.codec.codec import Codec

MODEL = "compress"  # what new streams are made with, unless another one is chosen for this part


def not_installed(header: Header) -> WeightsError:
    """That a stream's model is not there."""
    return WeightsError(
        "The file was compressed with the model {model} {version}, which is not installed. Please install it, or "
        "open the file where it was made.",
        model=header.model,
        version=header.model_version,
    )


class Shelf:
    """Loads each codec once. `folders` hold the models; None: the installed ones and the user's own."""

    def __init__(self, folders: Sequence[Path] | None = None, device: str = "auto") -> None:
        self._folders = folders
        self._device = device
        self._loaded: dict[tuple[Path, str], Codec] = {}  # by card and weights
        self._lock = threading.Lock()

    def newest(self) -> "Codec":
        """The codec that is chosen for new streams. Raises WeightsError where it is not installed."""
        return self._load(part_path(MODEL, self._folders))

    def card_of(self, header: Header) -> Path:
        """The card of the model that made a stream. Raises WeightsError where it is not installed."""
        cards = find_cards(model_folders() if self._folders is None else self._folders)
        for path in sorted(cards.values(), key=lambda path: path.stem != MODEL):
            try:
                if ModelCard.read(path).sha256 == header.weights.hex():
                    return path
            except WeightsError:  # of a model that has nothing to do with this stream
                continue
        raise not_installed(header)

    def holds(self, header: Header) -> bool:
        """Whether that model is installed."""
        try:
            self.card_of(header)
        except WeightsError:
            return False
        return True

    def of(self, header: Header) -> "Codec":
        """The codec that made a stream, and the only one that reads it. Raises WeightsError as `card_of` does."""
        return self._load(self.card_of(header))

    def _load(self, card: Path) -> "Codec":
        from aestudio.codec.codec import Codec
        from aestudio.engine.device import choose_device
        from aestudio.models.loader import load_model

        key = card, ModelCard.read(card).sha256  # what is in a file of the same name later on is another model
        with self._lock:
            if key not in self._loaded:
                device = choose_device(self._device)
                self._loaded[key] = Codec(load_model(card, device.torch_device), device)
            return self._loaded[key]
