"""The verdict on a new model: what is better or not, on which photos, and what can be done with it."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from aestudio.gui.i18n import translated
from aestudio.gui.icons import icon
from aestudio.gui.palette import GAP
from aestudio.gui.train.header import FlatHeader
from aestudio.gui.train.interval import IntervalChart, shown, signed, unit
from aestudio.gui.train.strip import PictureStrip, Row
from aestudio.training.coding import EXPLORE
from aestudio.training.judging.verdict import Comparison, Verdict

_ICON: Final = 28
_NUMBER_WIDTH: Final = 72
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Figure(QTableWidgetItem):
    """A figure that is sorted as one."""

    def __init__(self, text: str, value: float) -> None:
        super().__init__(text)
        self.value = value
        self.setTextAlignment(_RIGHT)

    def __lt__(self, other: QTableWidgetItem) -> bool:
        """Qt sorts."""
        return isinstance(other, _Figure) and self.value < other.value


class ScoreTable(QTableWidget):
    """A photo in each line, with its score by both models; a click on a heading sorts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 4, parent)
        header = FlatHeader(self)
        self.setHorizontalHeader(header)
        titles = (self.tr("Photo"), self.tr("Before"), self.tr("Now"), self.tr("Gain"))
        self._titles = [QTableWidgetItem(title) for title in titles]
        for column, title in enumerate(self._titles):
            title.setTextAlignment(_RIGHT if column else _LEFT)
            self.setHorizontalHeaderItem(column, title)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, _NUMBER_WIDTH)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(24)
        self.setShowGrid(False)
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(self.tr("Photos that were kept aside, and their scores"))

    def show_photos(self, score: str, photos: Comparison) -> None:
        """Show another verdict, as it lists its photos."""
        self.setSortingEnabled(False)
        self.setRowCount(len(photos.names))
        for row, (name, new) in enumerate(zip(photos.names, photos.new, strict=True)):
            item = QTableWidgetItem(Path(name).name)
            item.setToolTip(name)
            self.setItem(row, 0, item)
            self.setItem(row, 2, _Figure(f"{shown(score, new):.2f}", new))
            if photos.old:
                old, gain = photos.old[row], photos.gains[row]
                self.setItem(row, 1, _Figure(f"{shown(score, old):.2f}", old))
                self.setItem(row, 3, _Figure(signed(score, gain), gain))
        for column in (1, 3):
            self.setColumnHidden(column, not photos.old)
        self._titles[3].setText(self.tr("Gain ({unit})").format(unit=unit(score)))
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def sizeHint(self) -> QSize:
        """Qt asks how large it would like to be."""
        return QSize(400, 180)


class TrainVerdict(QWidget):
    """Only shows; the buttons are below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.verdict: Verdict | None = None
        self._glyph = QLabel()
        self._glyph.setFixedSize(_ICON, _ICON)
        self.headline = QLabel()
        font = self.headline.font()
        font.setPixelSize(18)
        self.headline.setFont(font)
        self.reasons = QLabel()
        for label in (self.headline, self.reasons):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.headline.setAccessibleName(self.tr("Verdict"))
        self.reasons.setAccessibleName(self.tr("Reasons"))
        self.table = ScoreTable()
        self.interval = IntervalChart()
        self._worst_title = QLabel(self.tr("Where it gains least"))
        self._worst_title.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.worst = PictureStrip((), self.tr("Photos on which it gains least"))
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(2 * GAP)
        top.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(GAP)
        words.addWidget(self.headline)
        words.addWidget(self.reasons)
        top.addLayout(words, 1)
        middle = QHBoxLayout()
        middle.setSpacing(4 * GAP)
        middle.addWidget(self.table, 1)
        middle.addWidget(self.interval, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GAP, 4 * GAP, 4 * GAP, 2 * GAP)
        column.setSpacing(3 * GAP)
        column.addLayout(top)
        column.addLayout(middle, 3)
        column.addWidget(self._worst_title)
        column.addWidget(self.worst, 4)

    def show_verdict(self, verdict: Verdict, run_dir: Path) -> None:
        """Show what a run came to."""
        self.verdict = verdict
        good = verdict.better
        glyph = (
            "check-circle-outline" if good else "alert-circle-outline" if verdict.compared else "help-circle-outline"
        )
        self._glyph.setPixmap(icon(glyph).pixmap(_ICON, _ICON))
        self.headline.setText(translated(verdict.headline))
        self.reasons.setText("\n".join(translated(reason) for reason in verdict.reasons))
        self.reasons.setVisible(bool(verdict.reasons))
        self.table.show_photos(verdict.score, verdict.photos)
        self.interval.show_photos(verdict.score, verdict.photos)
        rows = []
        for worst in verdict.worst:
            gain = f"{signed(verdict.score, worst.gain)} {unit(verdict.score)}"
            files = (worst.before, worst.old, worst.new, worst.truth)
            pictures = tuple(run_dir / name if name else Path() for name in files)
            rows.append(
                Row(pictures, f"{Path(worst.name).name}, {gain}" if verdict.compared else Path(worst.name).name)
            )
        explores = verdict.task == EXPLORE
        given, truth = (
            (self.tr("shown to it"), self.tr("photo")) if explores else (self.tr("damaged"), self.tr("truth"))
        )
        self.worst.show_captions((given, self.tr("model in use"), self.tr("new model"), truth))
        self.worst.show_rows(rows)
        for widget in (self._worst_title, self.worst):
            widget.setVisible(bool(rows))
