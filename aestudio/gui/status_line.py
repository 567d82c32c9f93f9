"""The line at the bottom: device, model, and how far the work is."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from aestudio.gui.batch.words import left_text
from aestudio.gui.icons import icon
from aestudio.gui.palette import GAP
from aestudio.progress import Step


class StatusLine(QWidget):
    """Says what computes with what, and offers to stop it."""

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.device = QLabel(self.tr("Getting ready…"))
        self.device.setToolTip(self.tr("What computes, and in which precision."))
        self.device.setAccessibleName(self.tr("Device"))
        self.model = QLabel()
        self.model.setToolTip(self.tr("The model in use."))
        self.model.setAccessibleName(self.tr("Model"))
        self.text = QLabel()
        self.text.setAccessibleName(self.tr("What is being done"))
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(200, 8)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.numbers = QLabel()
        self.numbers.setMinimumWidth(120)
        self.stop = QToolButton()
        self.stop.setIcon(icon("close"))
        self.stop.setAutoRaise(True)
        self.stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.stop.setToolTip(self.tr("Stop (Esc)."))
        self.stop.setAccessibleName(self.tr("Stop"))
        self.stop.clicked.connect(self.cancel_requested)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * GAP, 0, 2 * GAP, 0)
        layout.setSpacing(4 * GAP)
        layout.addWidget(self.device)
        layout.addWidget(self.model)
        layout.addStretch(1)
        for widget in (self.text, self.bar, self.numbers, self.stop):
            layout.addWidget(widget)
        self.setFixedHeight(32)
        self.show_idle()

    def show_device(self, label: str) -> None:
        """Name the device."""
        self.device.setText(f"● {label}")

    def show_working(self, text: str) -> None:
        """Something began; how long it takes is not known yet."""
        self.text.setText(text)
        self.numbers.clear()
        self.bar.setValue(0)
        self.stop.setToolTip(self.tr("Stop (Esc)."))
        for widget in (self.bar, self.numbers, self.stop):
            widget.show()

    def show_batch(self, text: str) -> None:
        """A batch goes on, of which nothing else hides the progress."""
        if self.bar.isHidden():
            self.show_working(text)
        self.text.setText(text)
        self.stop.setToolTip(self.tr("Stop the batch. What is done stays."))

    def show_training(self, text: str) -> None:
        """A training goes on, of which nothing else hides the progress."""
        self.show_batch(text)
        self.stop.setToolTip(self.tr("Stop the training. What was learnt is kept and judged."))

    def show_idle(self, text: str = "") -> None:
        """Nothing runs; `text` may say what was done last."""
        self.text.setText(text)
        for widget in (self.bar, self.numbers, self.stop):
            widget.hide()

    @Slot(object)
    def show_step(self, step: Step) -> None:
        """How far the work is."""
        self.bar.setValue(round(1000 * step.fraction))
        percent = f"{step.fraction:.0%}".replace("%", " %")
        if step.seconds_left is None or step.done >= step.total:
            self.numbers.setText(percent)
        else:
            self.numbers.setText(f"{percent}, {left_text(step.seconds_left)}")
