"""How long a training takes: some minutes or hours, until a time of day, or a number of steps."""

from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, QTime, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTimeEdit, QWidget

from aestudio.gui.batch.choice import QuietSpin
from aestudio.gui.palette import GAP
from aestudio.gui.train.more import choice_box
from aestudio.gui.train.plan import MINUTES, STEPS, UNTIL, Length
from aestudio.training.events import Probed

QUICK: Final = (10, 60, 240)  # minutes that are offered at once
_OTHER = "other"
_LONGEST_HOURS = 999
_MOST_STEPS = 10_000_000


class QuietTime(QTimeEdit):
    """Leaves the wheel to the panel unless it was clicked on before."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt tells that the wheel turned."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class LengthRow(QWidget):
    """A box of lengths, and a field beside it for those that need a number."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        options: list[tuple[str, object]] = [
            (self.tr("10 minutes"), QUICK[0]),
            (self.tr("1 hour"), QUICK[1]),
            (self.tr("4 hours"), QUICK[2]),
            (self.tr("Hours…"), _OTHER),
            (self.tr("Until…"), UNTIL),
            (self.tr("Steps…"), STEPS),
        ]
        self.box = choice_box(
            [(text, str(value)) for text, value in options],
            self.tr(
                "How long it learns. More gets nearer to your photos, at first quickly, and then ever more slowly. "
                "It can be paused, and stopped at any time."
            ),
        )
        self.hours = self._spin(1, _LONGEST_HOURS, 8)
        self.hours.setSuffix(self.tr(" h"))
        self.hours.setAccessibleName(self.tr("Hours"))
        self.hours.setToolTip(self.box.toolTip())
        self.steps = self._spin(1, _MOST_STEPS, 2000)
        self.steps.setGroupSeparatorShown(True)
        self.steps.setAccessibleName(self.tr("Steps"))
        self.steps.setToolTip(self.tr("How many times it looks at some pieces of photos, and learns from them."))
        self.until = QuietTime(QTime(7, 0))
        self.until.setDisplayFormat("HH:mm")
        self.until.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.until.setAccessibleName(self.tr("Time of day"))
        self.until.setToolTip(self.tr("It stops then, today or tomorrow, and judges what it learnt."))
        self._fields = QStackedWidget()
        for field in (self.hours, self.until, self.steps):
            self._fields.addWidget(field)
        self._fields.setFixedWidth(96)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.box, 1)
        row.addWidget(self._fields)
        self.box.activated.connect(self._on_changed)
        self.hours.valueChanged.connect(self._on_changed)
        self.steps.valueChanged.connect(self._on_changed)
        self.until.timeChanged.connect(self._on_changed)
        self._show_field()

    def _spin(self, low: int, high: int, value: int) -> QuietSpin:
        spin = QuietSpin()
        spin.setRange(low, high)
        spin.setValue(value)
        spin.setAlignment(Qt.AlignmentFlag.AlignRight)
        return spin

    @property
    def length(self) -> Length:
        """What is chosen."""
        chosen = str(self.box.currentData())
        if chosen == STEPS:
            return Length(STEPS, steps=self.steps.value())
        if chosen == UNTIL:
            return Length(UNTIL, until=self.until.time().toString("HH:mm"))
        return Length(MINUTES, 60 * self.hours.value() if chosen == _OTHER else int(chosen))

    def show_length(self, length: Length) -> None:
        """Show another one without telling anyone."""
        hours, steps, until = QSignalBlocker(self.hours), QSignalBlocker(self.steps), QSignalBlocker(self.until)
        chosen = length.kind
        if length.kind == STEPS:
            self.steps.setValue(length.steps)
        elif length.kind == UNTIL:
            self.until.setTime(QTime.fromString(length.until, "HH:mm"))
        elif length.minutes in QUICK:
            chosen = str(length.minutes)
        else:
            chosen = _OTHER
            self.hours.setValue(max(1, round(length.minutes / 60)))
        self.box.setCurrentIndex(self.box.findData(chosen))
        self._show_field()
        del hours, steps, until

    @Slot()
    def _on_changed(self) -> None:
        self._show_field()
        self.changed.emit()

    def _show_field(self) -> None:
        fields = {_OTHER: self.hours, UNTIL: self.until, STEPS: self.steps}
        field = fields.get(str(self.box.currentData()))
        self._fields.setVisible(field is not None)
        if field is not None:
            self._fields.setCurrentWidget(field)


def minutes_of(length: Length, probed: Probed, now: datetime | None = None) -> int:
    """How many minutes that is, on a machine of that speed; 1 at least."""
    if length.kind == STEPS:
        return max(1, round(length.steps / max(probed.steps_per_minute, 1e-9)))
    if length.kind == UNTIL:
        now = now or datetime.now()
        hour, minute = (int(part) for part in length.until.split(":"))
        end = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        if end <= now:
            end += timedelta(days=1)
        return max(1, round((end - now).total_seconds() / 60))
    return length.minutes
