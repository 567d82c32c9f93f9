"""Which models work inside the tools: what is chosen, as long as it is there, and the built-in ones else."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from aestudio.errors import Sentence
from aestudio.gui.models.stock import ModelStock
from aestudio.gui.session import ChosenModel, names_of
from aestudio.models.catalog import PARTS

if TYPE_CHECKING:
    from aestudio.models.library import Entry

Lost = dict[tuple[str, str], Sentence | None]  # by tool and model: what is wrong with it; None: it is gone


class ChosenParts(QObject):
    """Keeps the choice in step with the models that there are."""

    changing = Signal()  # others will work in a moment
    changed = Signal(object)  # frozenset[str]: in these parts others work from now on
    chosen = Signal(str, str)  # part, name of the model that is to be remembered; empty for the built-in one
    lost = Signal(object)  # Lost: the built-in ones work in their place

    def __init__(self, stock: ModelStock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stock = stock
        self._wanted: dict[str, str] = {}  # names, before it is known what there is
        self.models: dict[str, ChosenModel] = {}  # by part, where it is not the built-in one; always this very object
        stock.changed.connect(self._on_stock_changed)

    def begin(self, names: Mapping[str, str]) -> None:
        """What was chosen when the program was used last; in force once it is known what there is."""
        self._wanted = {part: name for part, name in names.items() if part in PARTS}

    @property
    def names(self) -> dict[str, str]:
        """The models by part, as jobs have them."""
        return names_of(self.models.items()) if self._stock.known else dict(self._wanted)

    def working(self, part: str) -> "Entry | None":
        """What works in a part; None where there is nothing at all."""
        name = self.models[part].name if part in self.models else part
        named = [entry for entry in self._stock.entries if entry.name == name]
        return named[-1] if named else None  # one of the user's own wins, as for `card_path`

    def use(self, part: str, name: str) -> None:
        """Let a model work in a part from now on; the part's own name stands for the built-in one."""
        model = self._stock.find(part, name) if name != part else None
        if model is None and name != part:  # it went a moment ago
            self._stock.rescan()
            return
        others = {each: chosen for each, chosen in self.models.items() if each != part}
        self._set(others if model is None else {**others, part: model})
        self.chosen.emit(part, name if model is not None else "")

    def _set(self, models: Mapping[str, ChosenModel]) -> None:
        different = frozenset(part for part in PARTS if models.get(part) != self.models.get(part))
        if different:
            self.changing.emit()
            self.models.clear()
            self.models.update(models)
            self.changed.emit(different)

    @Slot()
    def _on_stock_changed(self) -> None:
        before = {part: ChosenModel(name, "") for part, name in self._wanted.items()} | self.models
        self._wanted.clear()
        models: dict[str, ChosenModel] = {}
        lost: Lost = {}
        for part, model in before.items():
            now = self._stock.find_again(part, model)
            if now is not None:
                models[part] = now
            else:
                lost[part, model.name] = self._stock.why_not(part, model.name)
        self._set(models)
        for part in before:
            self.chosen.emit(part, models[part].name if part in models else "")
        if lost:
            self.lost.emit(lost)
