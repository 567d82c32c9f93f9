"""One knob of a tool: slider, spin box with unit, automatic or by hand, reset."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QToolButton,
    QWidget,
)

from aestudio.gui.icons import icon
from aestudio.gui.palette import GAP

if TYPE_CHECKING:
    from aestudio.tasks.base import Knob


def translated(text: str) -> str:
    """A word of a tool (title, label, help) in the language of the window."""
    return QCoreApplication.translate("tasks", text) if text else text


class JumpSlider(QSlider):
    """A slider that goes where it is clicked; the wheel scrolls the panel instead of turning knobs by accident."""

    double_clicked = Signal()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the handle takes the handle there, and the drag goes on from it."""
        if event.button() == Qt.MouseButton.LeftButton:
            option = QStyleOptionSlider()
            self.initStyleOption(option)
            style = self.style()
            handle = style.subControlRect(
                QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
            )
            if not handle.contains(event.position().toPoint()):
                span = self.width() - handle.width()
                x = int(event.position().x()) - handle.width() // 2
                self.setValue(QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), x, span))
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Back to the default."""
        del event
        self.double_clicked.emit()


class KnobRow(QWidget):
    """Shows one knob and tells what the user makes of it; None means automatic."""

    changed = Signal(str, object, int)  # name of the setting, value, gesture: the same number during one drag

    def __init__(self, name: str, knob: "Knob", default: float | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._knob = knob
        self._default = default
        self._value = default
        self._found: float | None = None
        self._gesture = 1
        # a share from 0 to 1 reads better in percent
        self._scale = 100.0 if (knob.low, knob.high, knob.unit) == (0.0, 1.0, "") else 1.0
        label, help_text = translated(knob.label), translated(knob.help)

        self._label = QLabel(label)
        self._label.setToolTip(help_text)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._label.installEventFilter(self)
        self.auto = QToolButton()
        self.auto.setText(self.tr("Auto"))
        self.auto.setIcon(icon("auto-fix"))
        self.auto.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.auto.setCheckable(True)
        self.auto.setVisible(knob.automatic)
        self.auto.setToolTip(self.tr("Use the value found in the photo."))
        self.auto.setAccessibleName(self.tr("{knob}: automatic").format(knob=label))
        self.spin = QDoubleSpinBox()
        self.spin.setRange(knob.low * self._scale, knob.high * self._scale)
        self.spin.setSingleStep(knob.step * self._scale)
        self.spin.setDecimals(_decimals(knob.step * self._scale))
        self.spin.setSuffix(f" {translated(knob.unit)}" if knob.unit else " %" if self._scale != 1 else "")
        self.spin.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.spin.setFixedWidth(76)
        self.spin.setKeyboardTracking(False)
        self.spin.setToolTip(help_text)
        self.spin.setAccessibleName(label)
        self.slider = JumpSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, self.slider_range())
        self.slider.setPageStep(max(1, self.slider.maximum() // 10))
        self.slider.setToolTip(help_text)
        self.slider.setAccessibleName(self.tr("{knob} slider").format(knob=label))
        self.reset = QToolButton()
        self.reset.setIcon(icon("restore"))
        self.reset.setAutoRaise(True)
        self.reset.setToolTip(self.tr("Back to the default. A double click on the slider does the same."))
        self.reset.setAccessibleName(self.tr("{knob}: back to the default").format(knob=label))
        self._found_label = QLabel()
        self._found_label.setVisible(knob.automatic)
        self._found_label.setForegroundRole(self._found_label.palette().ColorRole.PlaceholderText)
        for spin_or_slider in (self.spin, self.slider):
            spin_or_slider.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            spin_or_slider.installEventFilter(self)
        self._lay_out()
        self.slider.valueChanged.connect(self._on_slider_moved)
        self.slider.sliderReleased.connect(self._on_gesture_ended)
        self.slider.double_clicked.connect(self._on_reset)
        self.spin.valueChanged.connect(self._on_spin_changed)
        self.spin.editingFinished.connect(self._on_gesture_ended)
        self.auto.clicked.connect(self._on_auto_clicked)
        self.reset.clicked.connect(self._on_reset)
        self.show_value(default)

    @property
    def value(self) -> float | None:
        """The setting as it is shown; None is automatic."""
        return self._value

    @property
    def low(self) -> float:
        """The smallest value."""
        return self._knob.low

    @property
    def high(self) -> float:
        """The largest value."""
        return self._knob.high

    def slider_range(self) -> int:
        """The slider's last position; the first is 0."""
        return round((self.high - self.low) / self._knob.step)

    def slider_position(self, value: float) -> int:
        """Where the slider stands for a value."""
        return round((value - self.low) / self._knob.step)

    def slider_value(self, position: int) -> float:
        """The value of a position of the slider."""
        return self.low + position * self._knob.step

    def show_value(self, value: float | None) -> None:
        """Show a setting without telling anyone."""
        self._value = value
        shown = value if value is not None else self._found if self._found is not None else self._knob.low
        shown = min(max(shown, self._knob.low), self._knob.high)
        unknown = value is None and self._found is None  # before a photo was looked at, or for many photos
        with QSignalBlocker(self.slider), QSignalBlocker(self.spin), QSignalBlocker(self.auto):
            self.spin.setSpecialValueText(self.tr("auto") if unknown else "")
            self.slider.setValue(self.slider_position(shown))
            self.spin.setValue(shown * self._scale)
            self.auto.setChecked(value is None)
        self.reset.setEnabled(value != self._default)

    def show_found(self, value: float | None) -> None:
        """Show what was found in the photo."""
        self._found = value
        if value is None:
            self._found_label.setText("")
        else:
            number = self.locale().toString(value * self._scale, "f", self.spin.decimals())
            text = self.tr("{knob} found: {value}")
            self._found_label.setText(text.format(knob=translated(self._knob.label), value=number))
        if self._value is None:
            self.show_value(None)

    def expect_nothing(self) -> None:
        """It is for many photos: nothing will be found, and no room is kept to tell it."""
        self._found_label.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A double click on the label resets; the wheel is left to the panel."""
        if watched is self._label and event.type() == QEvent.Type.MouseButtonDblClick:
            self._on_reset()
            return True
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self._label)
        top.addWidget(self.auto)
        top.addWidget(self.spin)
        top.addWidget(self.reset)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, GAP)
        grid.setVerticalSpacing(GAP)
        grid.addLayout(top, 0, 0)
        grid.addWidget(self.slider, 1, 0)
        grid.addWidget(self._found_label, 2, 0)
        for before, after in ((self.auto, self.spin), (self.spin, self.reset), (self.reset, self.slider)):
            QWidget.setTabOrder(before, after)

    def _take(self, value: float | None) -> None:
        if value != self._value:
            self.show_value(value)
            self.changed.emit(self._name, value, self._gesture)

    @Slot(int)
    def _on_slider_moved(self, position: int) -> None:
        value = self.slider_value(position)
        self._take(min(round(value, 6), self._knob.high))
        if not self.slider.isSliderDown():
            self._on_gesture_ended()

    @Slot(float)
    def _on_spin_changed(self, value: float) -> None:
        self._take(round(value / self._scale, 6))

    @Slot()
    def _on_gesture_ended(self) -> None:
        self._gesture += 1

    @Slot(bool)
    def _on_auto_clicked(self, checked: bool) -> None:
        self._take(None if checked else round(self.spin.value() / self._scale, 6))
        self._on_gesture_ended()

    @Slot()
    def _on_reset(self) -> None:
        self._take(self._default)
        self._on_gesture_ended()


def _decimals(step: float) -> int:
    return next((n for n in range(4) if abs(step * 10**n - round(step * 10**n)) < 1e-6), 4)
