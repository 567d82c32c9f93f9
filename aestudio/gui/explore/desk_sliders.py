"""The sliders of the desk: one for each of the directions in which the photos of a folder differ most."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from aestudio.explore.desk import REACH
from aestudio.gui.icon_button import icon_button
from aestudio.gui.knob_row import JumpSlider
from aestudio.gui.palette import GAP
from aestudio.gui.run_controls import big_button

if TYPE_CHECKING:
    from aestudio.explore.desk import Directions
    from aestudio.explore.photos import Floats

_STEPS: Final = 20  # of a slider, in a standard deviation


class DirectionRow(QWidget):
    """One direction: slider and number, back to the photo, and its film strip."""

    moved = Signal(int, float)  # which direction, its place

    def __init__(self, number: int, share: float) -> None:
        super().__init__()
        self._number = number
        self._own = 0.0
        name = self.tr("Direction {number}").format(number=number + 1)
        tip = self.tr(
            "{share} % of what makes these photos differ. 0 is the average photo, 1 is as far off as photos usually "
            "are (one standard deviation of their codes along this principal direction)."
        ).format(share=self.locale().toString(100 * share, "f", 1))
        self.film = icon_button(
            "filmstrip",
            self.tr("{direction}: show the way").format(direction=name),
            self.tr("Show the way along this direction as a film strip."),
        )
        self.film.setCheckable(True)
        label = QLabel(f"{number + 1}")
        label.setToolTip(tip)
        label.setMinimumWidth(4 * GAP)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.slider = JumpSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(round(-REACH * _STEPS), round(REACH * _STEPS))
        self.slider.setPageStep(_STEPS // 2)
        self.slider.setToolTip(tip)
        self.slider.setAccessibleName(self.tr("{direction} slider").format(direction=name))
        self.spin = QDoubleSpinBox()
        self.spin.setRange(-REACH, REACH)
        self.spin.setDecimals(2)
        self.spin.setSingleStep(0.1)
        self.spin.setKeyboardTracking(False)
        self.spin.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.spin.setFixedWidth(68)
        self.spin.setToolTip(tip)
        self.spin.setAccessibleName(name)
        self.reset = icon_button(
            "restore",
            self.tr("{direction}: back to the photo").format(direction=name),
            self.tr("Back to where the photo is. A double click on the slider does the same."),
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for widget in (self.film, label, self.slider, self.spin, self.reset):
            row.addWidget(widget)
        row.setStretch(2, 1)
        for control in (self.slider, self.spin):
            control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            control.installEventFilter(self)
        self.slider.valueChanged.connect(self._on_slider)
        self.slider.double_clicked.connect(self._on_reset)
        self.spin.valueChanged.connect(self._on_spin)
        self.reset.clicked.connect(self._on_reset)

    def show_place(self, place: float, own: float) -> None:
        """Where it is, and where the photo itself is; nobody is told."""
        self._own = own
        with QSignalBlocker(self.slider), QSignalBlocker(self.spin):
            self.slider.setValue(round(place * _STEPS))
            self.spin.setValue(place)
        self.reset.setEnabled(place != own)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The wheel is left to the panel."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    @Slot(int)
    def _on_slider(self, value: int) -> None:
        self.moved.emit(self._number, value / _STEPS)

    @Slot(float)
    def _on_spin(self, value: float) -> None:
        self.moved.emit(self._number, value)

    @Slot()
    def _on_reset(self) -> None:
        self.moved.emit(self._number, self._own)


class DirectionSliders(QWidget):
    """All of them, and where the code on the desk is along each."""

    changed = Signal()  # the places
    direction_chosen = Signal(int)  # for the film strip

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[DirectionRow] = []
        self.places: Floats | None = None
        self._own: Floats | None = None
        self._films = QButtonGroup(self)
        self._films.idClicked.connect(self.direction_chosen)
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.reset: QPushButton = big_button(
            "restore", self.tr("Reset all"), self.tr("Take all sliders back to where the photo is.")
        )
        self.reset.clicked.connect(self._on_reset)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, GAP, 0)
        self._column.setSpacing(GAP)
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GAP)
        column.addWidget(self.hint)
        column.addWidget(scroll, 1)
        column.addWidget(self.reset)

    @property
    def direction(self) -> int:
        """The one whose film strip is shown; −1 where there is none."""
        return self._films.checkedId()

    def set_directions(self, directions: "Directions | None") -> None:
        """Other ones, or none."""
        for row in self.rows:
            self._films.removeButton(row.film)
            row.hide()
            row.deleteLater()
        self.rows = []
        self.places = self._own = None
        for number in range(0 if directions is None else len(directions)):
            assert directions is not None
            row = DirectionRow(number, float(directions.shares[number]))
            row.moved.connect(self.go_to)
            self._films.addButton(row.film, number)
            self._column.insertWidget(number, row)
            self.rows.append(row)
        if self.rows:
            self.rows[0].film.setChecked(True)
            self.hint.setText(
                self.tr("Each slider changes one of the things in which these photos differ most, the main one first.")
            )
        else:
            self.hint.setText("" if directions is None else self.tr("These photos do not differ: there is no slider."))
        self._show()

    def show_own(self, own: "Floats") -> None:
        """The places (D,) of another code: the sliders go there."""
        self._own, self.places = own, own.copy()
        self._show()

    @Slot(int, float)
    def go_to(self, number: int, place: float) -> None:
        """Take one direction to a place."""
        if self.places is not None and 0 <= number < len(self.places) and float(self.places[number]) != place:
            self.places[number] = place
            self._show()
            self.changed.emit()

    def _show(self) -> None:
        there = self._own is not None and self.places is not None
        for number, row in enumerate(self.rows):
            row.setEnabled(there)
            if self._own is not None and self.places is not None:
                row.show_place(float(self.places[number]), float(self._own[number]))
        self.reset.setEnabled(there and bool((self.places != self._own).any()))  # type: ignore[union-attr]

    @Slot()
    def _on_reset(self) -> None:
        if self._own is not None:
            self.places = self._own.copy()
            self._show()
            self.changed.emit()
