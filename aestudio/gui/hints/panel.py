"""The means of Colorize in the right panel: the list of hints, the reference photo, what is uncertain."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from aestudio.gui.icon_button import icon_button
from aestudio.gui.icons import ICON_PIXELS
from aestudio.gui.lab.colours import lab_colour, swatch
from aestudio.gui.palette import GAP
from aestudio.gui.switch import Switch

if TYPE_CHECKING:
    from aestudio.tasks.hints import Hint

LIGHT = 65.0  # of swatches in the list
ROWS = 4  # of the list without scrolling


class HintPanel(QWidget):
    """Shows hints, and tells what is wanted; it changes nothing itself."""

    add_wanted = Signal()
    edit_wanted = Signal(int)
    remove_wanted = Signal(int)
    clear_wanted = Signal()
    load_wanted = Signal()
    save_wanted = Signal()
    spread_wanted = Signal()
    reference_wanted = Signal()
    reference_removed = Signal()
    chosen = Signal(int)
    doubt_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.advice = QLabel(self.tr("Click on the photo to say what colour something is. Drag a mark to move it."))
        self.advice.setWordWrap(True)
        self.advice.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Colour hints"))
        self.list.setToolTip(self.tr("The colours you named. Enter changes one, Del takes it away."))
        self.list.setIconSize(QSize(ICON_PIXELS, ICON_PIXELS))
        self.list.installEventFilter(self)
        self.add = self._button("plus", self.tr("Add a hint in the middle of what is in view"), self.add_wanted)
        self.load = self._button("folder-open-outline", self.tr("Load hints from a file"), self.load_wanted)
        self.save = self._button("content-save-outline", self.tr("Save the hints in a file"), self.save_wanted)
        self.spread = self._button(
            "image-multiple-outline",
            self.tr("Colour all open photos this way, with the same hints"),
            self.spread_wanted,
        )
        self.clear = self._button("trash-can-outline", self.tr("Take all hints away"), self.clear_wanted)
        self.reference = QLabel()
        self.reference.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.reference.setToolTip(self.tr("A photo in colour whose colours guide the result."))
        self.choose = self._button("image-search-outline", self.tr("Choose a reference photo"), self.reference_wanted)
        self.forget = self._button("close", self.tr("Work without a reference photo"), self.reference_removed)
        self.doubt = Switch()
        self.doubt.setAccessibleName(self.tr("Show where it guesses"))
        self.doubt.setToolTip(self.tr("Lays red over places whose colour might as well be another."))
        self.doubt.toggled.connect(self.doubt_toggled)
        self._lay_out()
        self.list.itemActivated.connect(self._on_activated)
        self.list.currentRowChanged.connect(self.chosen)
        self._shown: tuple[tuple[Hint, ...], int | None] | None = None
        self.show_hints((), None)
        self.show_reference("")

    def show_hints(self, hints: "Sequence[Hint]", chosen: int | None) -> None:
        """Show them without telling anyone."""
        if self._shown == (tuple(hints), chosen):
            return
        self._shown = tuple(hints), chosen
        with QSignalBlocker(self.list):
            self.list.clear()
            for number, hint in enumerate(hints, start=1):
                place = self.tr("Hint {number} at {x} %, {y} %")
                text = place.format(number=number, x=round(100 * hint.x), y=round(100 * hint.y))
                item = QListWidgetItem(swatch(lab_colour(LIGHT, hint.a, hint.b), ICON_PIXELS), text)
                self.list.addItem(item)
            self.list.setCurrentRow(-1 if chosen is None else chosen)
        self.list.setVisible(bool(hints))
        self.list.setFixedHeight(min(len(hints), ROWS) * max(1, self.list.sizeHintForRow(0)) + 2 * GAP)
        self.save.setEnabled(bool(hints))
        self.clear.setEnabled(bool(hints))

    def show_reference(self, name: str) -> None:
        """Show the name of the reference photo; empty for none."""
        self.reference.setText(name or self.tr("No reference photo"))
        self.reference.setEnabled(bool(name))
        self.forget.setVisible(bool(name))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Delete takes the chosen hint away."""
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            row = self.list.currentRow()
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and row >= 0:
                self.remove_wanted.emit(row)
                return True
        return super().eventFilter(watched, event)

    def _button(self, glyph: str, tip: str, signal: object) -> QToolButton:
        button = icon_button(glyph, tip)
        button.clicked.connect(signal)
        return button

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        for button in (self.add, self.load, self.save, self.spread):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.clear)
        reference = QHBoxLayout()
        reference.setSpacing(2)
        reference.addWidget(self.reference, 1)
        reference.addWidget(self.choose)
        reference.addWidget(self.forget)
        doubt = QHBoxLayout()
        label = QLabel(self.tr("Show where it guesses"))
        label.setToolTip(self.doubt.toolTip())
        doubt.addWidget(label, 1)
        doubt.addWidget(self.doubt)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.advice)
        column.addWidget(self.list)
        column.addLayout(buttons)
        column.addLayout(reference)
        column.addLayout(doubt)

    @Slot(QListWidgetItem)
    def _on_activated(self, item: QListWidgetItem) -> None:
        self.edit_wanted.emit(self.list.row(item))
