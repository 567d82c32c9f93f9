"""What the section of the compression lab is built from."""

import math
from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QRect, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from aestudio.gui.knob_row import KnobRow
from aestudio.gui.lab.pictures import heat_scale
from aestudio.tasks.base import Knob

MEGA = 1000.0  # KB


class Option(NamedTuple):
    """One of several things of which one is chosen."""

    value: Hashable
    text: str
    tip: str


class Choice(QWidget):
    """Buttons beside each other of which one is always down; the arrow keys choose another."""

    chosen = Signal(object)  # value of an option, by the user

    def __init__(self, name: str, options: Sequence[Option], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = tuple(options)
        self.buttons = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for number, option in enumerate(self._options):
            button = QToolButton()
            button.setText(option.text)
            button.setCheckable(True)
            button.setChecked(number == 0)
            button.setToolTip(option.tip)
            button.setAccessibleName(f"{name}: {option.text}")
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setMinimumHeight(26)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.buttons.addButton(button, number)
            row.addWidget(button)
        # sunken alone would hardly be seen
        self.setStyleSheet("QToolButton:checked:enabled { color: palette(highlight); }")
        self.buttons.idClicked.connect(self._on_clicked)

    @property
    def value(self) -> Hashable:
        """What is chosen."""
        return self._options[self.buttons.checkedId()].value

    def choose(self, value: Hashable) -> None:
        """Show another choice without telling anyone."""
        number = next(n for n, option in enumerate(self._options) if option.value == value)
        self.buttons.button(number).setChecked(True)

    def button(self, value: Hashable) -> QToolButton:
        """The button of one option."""
        number = next(n for n, option in enumerate(self._options) if option.value == value)
        button = self.buttons.button(number)
        assert isinstance(button, QToolButton)
        return button

    @Slot(int)
    def _on_clicked(self, number: int) -> None:
        self.chosen.emit(self._options[number].value)


class QuietBox(QComboBox):
    """A list that leaves the wheel to the panel unless it was clicked on before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt tells that the wheel turned."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class SizeRow(KnobRow):
    """The size of a file in KB, shown in MB where it is large. Its slider goes by what it is multiplied with."""

    STEPS = 400

    def __init__(self, label: str, help_text: str, parent: QWidget | None = None) -> None:
        knob = Knob(label, 1.0, MEGA, 1.0, "", help_text, automatic=False, live=False)
        super().__init__("size", knob, 100.0, parent)

    def set_range(self, low: float, high: float, default: float) -> None:
        """What files a photo may become."""
        self._knob = replace(self._knob, low=low, high=high)
        self._default = default

    def slider_range(self) -> int:
        """The same for every photo."""
        return self.STEPS

    def slider_position(self, value: float) -> int:
        """By the logarithm."""
        return round(self.STEPS * math.log(value / self.low) / math.log(self.high / self.low))

    def slider_value(self, position: int) -> float:
        """Three digits are enough."""
        return three_digits(self.low * (self.high / self.low) ** (position / self.STEPS))

    def show_value(self, value: float | None) -> None:
        """Show a size without telling anyone, in the unit that fits."""
        large = value is not None and value >= MEGA
        self._scale = 1 / MEGA if large else 1.0
        with QSignalBlocker(self.spin):
            self.spin.setDecimals(2 if large else 1 if value is not None and value < 100 else 0)
            self.spin.setSuffix(" MB" if large else " KB")
            self.spin.setRange(0, self.high * self._scale)
            self.spin.setSingleStep(0.05 if large else 1.0)
        super().show_value(value)

    def _take(self, value: float | None) -> None:
        kept = None if value is None else min(max(value, self.low), self.high)
        super()._take(kept)
        if kept != value:
            self.show_value(kept)


def three_digits(value: float) -> float:
    """A number rounded to what is worth telling of it."""
    return float(f"{value:.3g}")


class HeatScale(QWidget):
    """A strip of the colours that show where bits go, from none to the most."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = heat_scale()
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Scale"))

    def set_middle(self, text: str) -> None:
        """What its middle stands for."""
        self._text = text
        self.update()

    def sizeHint(self) -> QSize:
        """Qt asks."""
        return QSize(80, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt asks for the strip."""
        del event
        height, width = self._colours.shape[:2]
        image = QImage(self._colours.data, width, height, 3 * width, QImage.Format.Format_RGB888)
        painter = QPainter(self)
        painter.drawImage(QRect(0, 0, self.width(), self.height()), image)
        painter.setPen(Qt.GlobalColor.white)  # the middle of the strip is of one colour in every palette
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
