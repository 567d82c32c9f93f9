"""The choice of a model in a tool's section, and of the one that it is compared with."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from aestudio.gui.i18n import translated
from aestudio.gui.icon_button import icon_button
from aestudio.gui.lab.widgets import QuietBox
from aestudio.gui.models.stock import chosen_model
from aestudio.gui.palette import GAP
from aestudio.gui.session import ChosenModel

if TYPE_CHECKING:
    from aestudio.models.library import Entry

LABEL_PIXELS = 48  # so that the lists below each other begin at one line


class ModelBox(QuietBox):
    """A list of models, the built-in one first. Damaged ones are in it, say so, and cannot be chosen."""

    picked = Signal(object)  # ChosenModel, or None for the built-in one; by the user

    def __init__(self, name: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models: list[ChosenModel | None] = [None]  # by row
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.activated.connect(self._on_activated)

    @property
    def chosen(self) -> ChosenModel | None:
        """What is shown as chosen."""
        row = self.currentIndex()
        return self._models[row] if 0 <= row < len(self._models) else None

    @property
    def usable(self) -> list[ChosenModel | None]:
        """What can be chosen."""
        return [model for row, model in enumerate(self._models) if self._item(row).isEnabled()]

    def fill(self, entries: "Sequence[Entry]", chosen: ChosenModel | None) -> None:
        """List the built-in model and the user's own, without telling anyone."""
        with QSignalBlocker(self):
            self.clear()
            self.addItem(self.tr("Built-in"))
            self._models = [None]
            for entry in entries:
                self._add(entry)
            if chosen is not None and chosen.name not in [entry.name for entry in entries]:
                self.addItem(self.tr("{name} (not there)").format(name=chosen.name))
                self._models.append(chosen)
            self.choose(chosen)

    def choose(self, model: ChosenModel | None) -> None:
        """Show another choice without telling anyone."""
        names = [each.name if each is not None else None for each in self._models]
        wanted = model.name if model is not None else None
        with QSignalBlocker(self):
            self.setCurrentIndex(names.index(wanted) if wanted in names else 0)

    def _add(self, entry: "Entry") -> None:
        row = self.count()
        damaged = entry.problem is not None
        self.addItem(self.tr("{name} (damaged)").format(name=entry.name) if damaged else entry.name)
        self._models.append(chosen_model(entry))
        if entry.problem is not None:
            sentence = translated(entry.problem)
            self._item(row).setEnabled(False)
            self.setItemData(row, sentence, Qt.ItemDataRole.ToolTipRole)
            self.setItemData(row, f"{entry.name}: {sentence}", Qt.ItemDataRole.AccessibleTextRole)

    def _item(self, row: int) -> QStandardItem:
        model = self.model()
        assert isinstance(model, QStandardItemModel)
        return model.item(row)

    @Slot(int)
    def _on_activated(self, row: int) -> None:
        self.picked.emit(self._models[row])


class ModelChooser(QWidget):
    """Shows what a tool works with; it changes nothing itself. Hidden where there is nothing to choose."""

    chosen = Signal(object)  # ChosenModel, or None for the built-in one
    compare_toggled = Signal(bool)
    beside_chosen = Signal(object)  # what the before side is to show, as `chosen`

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        self._chosen: ChosenModel | None = None
        self._can_compare = False
        self._beside_chosen = False  # by the user: else it is the built-in model
        self.box = ModelBox(
            self.tr("Model"), self.tr("What the tool works with: the built-in model, or one that you trained yourself.")
        )
        self.compare = icon_button("ab-testing", self.tr("Compare two models"))
        self.compare.setCheckable(True)
        self.beside = ModelBox(
            self.tr("Before side"), self.tr("The model whose result is on the before side, to compare with.")
        )
        self._lay_out()
        self.box.picked.connect(self._on_picked)
        self.compare.toggled.connect(self._on_compare_toggled)
        self.beside.picked.connect(self._on_beside_picked)
        self.show_models(())

    def _lay_out(self) -> None:
        self._beside_row = QWidget()
        above, below = QHBoxLayout(), QHBoxLayout(self._beside_row)
        below.setContentsMargins(0, 0, 0, 0)
        for row, text, box in ((above, self.tr("Model"), self.box), (below, self.tr("Before"), self.beside)):
            label = QLabel(text)
            label.setToolTip(box.toolTip())
            label.setMinimumWidth(LABEL_PIXELS)
            row.setSpacing(2 * GAP)
            row.addWidget(label)
            row.addWidget(box, 1)
        above.addWidget(self.compare)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(above)
        column.addWidget(self._beside_row)

    @property
    def models(self) -> "tuple[Entry, ...]":
        """What is there for this tool."""
        return self._entries

    @property
    def model(self) -> ChosenModel | None:
        """What the tool works with."""
        return self._chosen

    @property
    def model_beside(self) -> ChosenModel | None:
        """What that is compared with."""
        return self.beside.chosen

    def show_models(self, entries: "Sequence[Entry]") -> None:
        """Show what there is for this tool."""
        self._entries = tuple(entries)
        beside = self.beside.chosen
        self.box.fill(self._entries, self._chosen)
        self.beside.fill([entry for entry in self._entries if entry.problem is None], None)
        self.beside.choose(beside)
        self._keep_apart()
        self._show()

    def show_chosen(self, model: ChosenModel | None) -> None:
        """Show what the tool works with on the photo, without telling anyone."""
        before, self._chosen = self._chosen, model
        if model != before:
            self.box.fill(self._entries, model)  # one that is not there is in the list only while it is chosen
            self._keep_apart()
        self._show()

    def show_comparing(self, on: bool) -> None:
        """Show whether two models are being compared, without telling anyone."""
        with QSignalBlocker(self.compare):
            self.compare.setChecked(on)
        self._show()

    def show_able(self, why_not: str) -> None:
        """Whether models can be compared now; empty if so, else what to do about it."""
        self.compare.setEnabled(not why_not)
        self.compare.setToolTip(
            why_not or self.tr("Show what another model makes of the photo on the before side. Again, or Esc: off.")
        )

    def allow_comparing(self, allowed: bool) -> None:
        """Whether there is a canvas on which models can be compared."""
        self._can_compare = allowed
        self._show()

    def _keep_apart(self) -> None:
        """A model is compared with another one."""
        if not self._beside_chosen or self.beside.chosen == self._chosen:
            others = [model for model in self.beside.usable if model != self._chosen]
            self.beside.choose(others[0] if others else None)
            self._beside_chosen = False

    def _show(self) -> None:
        self.setVisible(self.box.count() > 1)
        self.compare.setVisible(self._can_compare)
        self._beside_row.setVisible(self._can_compare and self.compare.isChecked())

    @Slot(object)
    def _on_picked(self, model: ChosenModel | None) -> None:
        if model != self._chosen:
            self.show_chosen(model)
            self.chosen.emit(model)

    @Slot(object)
    def _on_beside_picked(self, model: ChosenModel | None) -> None:
        self._beside_chosen = True
        self.beside_chosen.emit(model)

    @Slot(bool)
    def _on_compare_toggled(self, on: bool) -> None:
        self._show()
        self.compare_toggled.emit(on)
