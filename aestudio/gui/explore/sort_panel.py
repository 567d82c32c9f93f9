"""What stands beside the photos that are sorted: the classes, how good it is, and what can be done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from aestudio.gui.explore.sort_classes import ClassList
from aestudio.gui.icon_button import icon_button
from aestudio.gui.palette import GAP
from aestudio.gui.run_controls import BAR_STEPS, big_button, thin_bar
from aestudio.progress import Step

WIDTH = 296


class SortPanel(QWidget):
    """Only shows: what the buttons do is the view's matter."""

    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.classes = ClassList()
        self.add = icon_button("plus", self.tr("Add a class"), self.tr("Add a class: a kind of photo."))
        self.rename = icon_button("pencil-outline", self.tr("Rename the class"))
        self.remove = icon_button(
            "trash-can-outline", self.tr("Remove the class"), self.tr("Remove the class, and its labels.")
        )
        self.undo = icon_button("undo-variant", self.tr("Undo"), self.tr("Take back what was done last (Ctrl+Z)."))
        self.hint = _line()
        self.sort = big_button(
            "sort-variant", self.tr("Sort photos"), self.tr("Find the class of all photos that have no label.")
        )
        self.at_once = QCheckBox(self.tr("Sort again after each label"))
        self.at_once.setChecked(True)
        self.at_once.setToolTip(self.tr("If that takes a few seconds at most."))
        self.at_once.setAccessibleName(self.at_once.text())
        self.quality = _line()
        self.quality.setAccessibleName(self.tr("How good it is"))
        self.notes = _line()
        self.notes.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.notes.setAccessibleName(self.tr("Notes"))
        self.tune = big_button("tune-vertical", self.tr("Fine-tune"))
        self.tuned = _line()
        self.tuned.setAccessibleName(self.tr("What fine-tuning brought"))
        self.save = big_button(
            "table",
            self.tr("Save as CSV…"),
            self.tr("Write path, class and certainty of each photo. No photo is moved."),
        )
        self.working = QLabel()
        self.working.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.bar = thin_bar(self.tr("How far it is"))
        self.stop = icon_button("close", self.tr("Stop"), self.tr("Stop what is being computed (Esc)."))
        self.stop.clicked.connect(self.stop_wanted)
        self._progress = QWidget()
        self._lay_out()
        self.show_working("")

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(GAP)
        for button in (self.add, self.rename, self.remove):
            tools.addWidget(button)
        tools.addStretch(1)
        tools.addWidget(self.undo)
        row = QHBoxLayout(self._progress)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * GAP)
        row.addWidget(self.working)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        self._progress.setFixedHeight(self.stop.height())
        inside = QVBoxLayout()
        inside.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        inside.setSpacing(2 * GAP)
        inside.addLayout(tools)
        for widget in (self.hint, self.sort, self.at_once, self.quality, self.notes, self.tune, self.tuned, self.save):
            inside.addWidget(widget)
        inside.addWidget(self._progress)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.classes, 1)
        column.addLayout(inside)

    def show_working(self, text: str) -> None:
        """What is being computed; empty for nothing. Its place stays, so that nothing jumps."""
        self.working.setText(text)
        if not text:
            self.bar.setValue(0)
        for widget in (self.working, self.bar, self.stop):
            widget.setVisible(bool(text))

    def show_step(self, step: Step) -> None:
        """How far that is."""
        self.bar.setValue(round(BAR_STEPS * step.fraction))

    def say(self, label: QLabel, text: str, tip: str = "") -> None:
        """Show a sentence, or nothing."""
        label.setText(text)
        label.setToolTip(f"<qt>{tip}</qt>".replace("\n", "<br>") if tip else "")
        label.setVisible(bool(text))


def _line() -> QLabel:
    """A sentence that may take several lines."""
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.hide()
    return label
