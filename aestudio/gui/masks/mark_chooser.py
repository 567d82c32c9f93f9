"""The own mark that Remove watermarks takes off: which of those in the library, and where others come from."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from aestudio.gui.icon_button import icon_button
from aestudio.gui.palette import GAP


class MarkChooser(QWidget):
    """Shows marks, and tells what is wanted; it changes nothing itself."""

    chosen = Signal(str)  # name of a mark; empty for none
    add_wanted = Signal()
    learn_wanted = Signal()
    folder_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._kept: frozenset[str] = frozenset()
        self._busy = False
        self.box = QComboBox()
        self.box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # a name may be long
        self.box.setAccessibleName(self.tr("My mark"))
        self.box.setToolTip(self.tr("Your own mark, which is looked for in the photo and taken off."))
        self.add = self._button("plus", self.tr("Add a logo from a file"), self.add_wanted)
        self.learn = self._button(
            "school-outline", self.tr("Learn the mark from a folder of photos that carry it"), self.learn_wanted
        )
        self.folder = self._button("folder-outline", self.tr("Show the folder of your marks"), self.folder_wanted)
        self.remove = self._button(
            "trash-can-outline", self.tr("Take the chosen mark out of your marks"), self.remove_wanted
        )
        self._lay_out()
        self.box.activated.connect(self._on_activated)
        self.show_marks((), "")

    def show_marks(self, names: Sequence[str], chosen: str) -> None:
        """Show them without telling anyone. One that is chosen but kept no longer is shown, too."""
        self._kept = frozenset(names)
        shown = tuple(names) if chosen in ("", *names) else (*names, chosen)
        with QSignalBlocker(self.box):
            if shown != self._names or not self.box.count():  # not each time: the list may be open
                self._names = shown
                self.box.clear()
                self.box.addItem(self.tr("None"), "")
                for name in shown:
                    self.box.addItem(name, name)
            self.box.setCurrentIndex(self._names.index(chosen) + 1 if chosen else 0)
        self._show_buttons()

    def show_busy(self, busy: bool) -> None:
        """Whether marks are being read or written: only one thing at a time is done to them."""
        self._busy = busy
        self._show_buttons()

    def _show_buttons(self) -> None:
        self.add.setEnabled(not self._busy)
        self.learn.setEnabled(not self._busy)
        self.remove.setEnabled(not self._busy and self.box.currentData() in self._kept)

    def _button(self, glyph: str, tip: str, signal: object) -> QToolButton:
        button = icon_button(glyph, tip)
        button.clicked.connect(signal)
        return button

    def _lay_out(self) -> None:
        label = QLabel(self.tr("My mark"))
        label.setToolTip(self.box.toolTip())
        row = QHBoxLayout()
        row.setSpacing(2 * GAP)
        row.addWidget(label)
        row.addWidget(self.box, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        for button in (self.add, self.learn, self.folder):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(row)
        column.addLayout(buttons)

    @Slot(int)
    def _on_activated(self, row: int) -> None:
        self._show_buttons()
        self.chosen.emit(self.box.itemData(row))
