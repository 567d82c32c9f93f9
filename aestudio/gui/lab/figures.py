"""The figures of a compressed photo, ours beside those of another format."""

from dataclasses import dataclass

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from aestudio.gui.chart_style import size_text
from aestudio.gui.palette import GAP

DASH = "–"


@dataclass(frozen=True)
class Figures:
    """What is told of one file."""

    name: str  # of its format
    size: int  # bytes of the whole file
    own_size: int | None  # of the photo's own file
    bits_per_pixel: float  # of the picture alone
    psnr: float  # dB
    ms_ssim: float | None


def times_text(times: float) -> str:
    """How many times smaller."""
    return f"{QLocale().toString(times, 'f', 0 if times >= 99.95 else 1)}×"


class FiguresTable(QWidget):
    """A row for each figure, a column for each file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = (
            (self.tr("File size"), self.tr("Of the whole file, with its metadata. 1 KB is 1000 bytes.")),
            (self.tr("Smaller"), self.tr("How many times smaller the file is than the photo's own.")),
            (
                self.tr("PSNR"),
                self.tr(
                    "How near each pixel is to what was compressed, in dB. Above 40, hardly anyone sees a difference."
                ),
            ),
            (
                self.tr("MS-SSIM"),
                self.tr("How well structures of all sizes are kept: 1 is the same. It is nearer to what eyes see."),
            ),
        )
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * GAP)
        grid.setVerticalSpacing(2)
        self.heads = (QLabel(), QLabel())
        self.values = tuple((QLabel(), QLabel()) for _ in self._names)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for column, head in enumerate(self.heads, start=1):
            head.setAlignment(right)
            head.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            grid.addWidget(head, 0, column)
            grid.setColumnStretch(column, 1)
        for row, ((name, tip), cells) in enumerate(zip(self._names, self.values, strict=True), start=1):
            label = QLabel(name)
            label.setToolTip(tip)
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            grid.addWidget(label, row, 0)
            for column, cell in enumerate(cells, start=1):
                cell.setAlignment(right)
                grid.addWidget(cell, row, column)
        self.show_figures(None, "")

    def show_figures(self, ours: Figures | None, rival: "Figures | str") -> None:
        """Those of our file, and of another or its name, if its figures are not known yet; empty for none."""
        name = rival if isinstance(rival, str) else rival.name
        known = None if isinstance(rival, str) else rival
        for column, (figures, head) in enumerate(((ours, ours.name if ours else ""), (known, name))):
            self.heads[column].setText(head)
            shown = bool(head) or column == 0
            self._grid.setColumnStretch(column + 1, int(shown))
            for widget in (self.heads[column], *(cells[column] for cells in self.values)):
                widget.setVisible(shown)
            for (label, tip), cells, text in zip(self._names, self.values, self._texts(figures, head), strict=True):
                cell = cells[column]
                cell.setText(text)
                cell.setAccessibleName(f"{head}, {label}: {text}" if head else label)
                cell.setToolTip(self._bits(figures) if cell is self.values[0][column] and figures else tip)

    def _texts(self, figures: Figures | None, name: str) -> tuple[str, ...]:
        if figures is None:
            return ("…" if name else "",) * 4
        smaller = DASH if figures.own_size is None else times_text(figures.own_size / max(1, figures.size))
        psnr = self.tr("{value} dB").format(value=QLocale().toString(figures.psnr, "f", 2))
        similarity = DASH if figures.ms_ssim is None else QLocale().toString(figures.ms_ssim, "f", 4)
        return size_text(figures.size), smaller, psnr if figures.psnr < 1000 else "∞", similarity

    def _bits(self, figures: Figures) -> str:
        bits = QLocale().toString(figures.bits_per_pixel, "f", 3)
        return self.tr("{bits} bits per pixel, without metadata.").format(bits=bits)
