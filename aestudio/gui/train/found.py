"""What was found in the folders, and what this machine can do with it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from aestudio.errors import Sentence
from aestudio.gui.elided import Elided
from aestudio.gui.i18n import translated
from aestudio.gui.icons import icon
from aestudio.gui.palette import GAP
from aestudio.gui.run_controls import BAR_STEPS, thin_bar
from aestudio.gui.train.length import minutes_of
from aestudio.gui.train.plan import STEPS, Length
from aestudio.gui.train.words import phase_word, probe_text
from aestudio.training.events import Found, Probed, Working

_ROW = 26  # pixels of a line
_MOST = 2000  # names in a list: more are not read by anyone


class TrainFound(QWidget):
    """Only shows: whoever looked tells it here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found: Found | None = None
        self.probed: Probed | None = None
        self.headline = QLabel()
        self.headline.setWordWrap(True)
        font = self.headline.font()
        font.setPixelSize(20)
        self.headline.setFont(font)
        self.headline.setAccessibleName(self.tr("What was found"))
        self.split = QLabel()
        self.split.setWordWrap(True)
        self.split.setAccessibleName(self.tr("How many photos are for what"))
        self.pace = QLabel()
        self.pace.setWordWrap(True)
        self.pace.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.pace.setAccessibleName(self.tr("How fast this machine is"))
        self.bar = thin_bar(self.tr("Progress of looking through the photos"))
        self.note = Elided()
        self.note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.again = QPushButton(self.tr("Look again"))
        self.again.setIcon(icon("refresh"))
        self.again.setMinimumHeight(28)
        self.again.setToolTip(self.tr("Look through the folders once more, after something was changed there."))
        self.again.setAccessibleName(self.again.text())
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.tree.setRootIsDecorated(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.tree.setAccessibleName(self.tr("Photos that are left out, and why"))
        self._lay_out()
        self.clear()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.headline, 1)
        top.addWidget(self.again, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * GAP, 6 * GAP, 6 * GAP, 2 * GAP)
        column.setSpacing(2 * GAP)
        column.addLayout(top)
        column.addWidget(self.bar)
        column.addWidget(self.note)
        column.addWidget(self.split)
        column.addWidget(self.pace)
        column.addSpacing(2 * GAP)
        column.addWidget(self.tree, 1)
        column.addStretch()  # where nothing is left out

    def clear(self) -> None:
        """Nothing is known yet."""
        self.found = self.probed = None
        self.headline.setText(self.tr("Looking through the folders…"))
        self.split.clear()
        self.pace.clear()
        self.tree.clear()
        self.tree.hide()
        self.show_working(None)

    def show_working(self, working: Working | None) -> None:
        """How far the look is; None for a look that begins."""
        for widget in (self.bar, self.note):
            widget.show()
        self.bar.setValue(round(BAR_STEPS * working.done / max(1, working.total)) if working is not None else 0)
        if working is not None:
            phase = phase_word(working.phase)
            self.note.set_text(f"{phase}: {Path(working.note).name}" if working.note else f"{phase}…")
        else:
            self.note.set_text("")

    def show_resting(self, failure: str = "") -> None:
        """The look is over; `failure` says why nothing comes of it."""
        self.bar.hide()
        self.note.hide()
        if failure:
            self.headline.setText(failure)
            self.split.clear()
        elif self.found is None:
            self.headline.setText(self.tr("The folders were not looked through."))

    def show_found(self, found: Found) -> None:
        """What is in the folders."""
        self.found = found
        self.headline.setText(self.tr("%n photo(s) can be learnt from.", "", found.usable))
        learnt = self.tr("%n to learn from", "", found.training)
        aside = self.tr("%n kept aside for the verdict", "", found.held_out)
        text = f"{learnt}, {aside}."
        if found.pairs:
            text = self.tr("%n in pairs or series.", "", found.pairs) + " " + text
        self.split.setText(text)
        self._fill(found)

    def show_probed(self, probed: Probed, length: Length) -> None:
        """How fast it will be."""
        self.probed = probed
        self.show_length(length)

    def show_length(self, length: Length) -> None:
        """Another length was chosen."""
        if self.probed is None:
            return
        minutes = minutes_of(length, self.probed)
        self.pace.setText(probe_text(self.probed, minutes, length.steps if length.kind == STEPS else None))

    def _fill(self, found: Found) -> None:
        tree = self.tree
        tree.clear()
        plain = self._group
        plain(self.tr("%n too small", "", len(found.small)), [(name, None) for name in found.small])
        plain(self.tr("%n damaged", "", len(found.damaged)), found.damaged)
        plain(self.tr("%n without colour", "", len(found.grey)), [(name, None) for name in found.grey])
        plain(self.tr("%n without a partner", "", len(found.unpaired)), found.unpaired)
        alike = [(self._together(group), None) for group in found.alike]
        plain(self.tr("%n group(s) of photos that are nearly the same", "", len(alike)), alike)
        tree.setVisible(tree.topLevelItemCount() > 0)

    def _together(self, group: Sequence[str]) -> str:
        return ", ".join(Path(name).name for name in group)

    def _group(self, title: str, rows: Sequence[tuple[str, Sentence | None]]) -> None:
        if not rows:
            return
        top = QTreeWidgetItem(self.tree, [title])
        top.setSizeHint(0, QSize(0, _ROW))
        for path, why in rows[:_MOST]:
            name, said = Path(path).name, "" if why is None else translated(why)
            text = said if name in said else f"{name}: {said}" if said else path
            item = QTreeWidgetItem(top, [text])
            item.setSizeHint(0, QSize(0, _ROW))
            item.setToolTip(0, f"{path}\n{said}".strip())
