"""What the desk is worked with beside its sliders: to blend two photos, to invent some, to take codes from a file."""

from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QRadioButton, QSpinBox, QVBoxLayout, QWidget

from aestudio.gui.knob_row import JumpSlider
from aestudio.gui.palette import GAP
from aestudio.gui.run_controls import big_button

MOST_SPREAD: Final = 150  # percent


class PercentRow(QWidget):
    """A slider and a number from 0 to some percent; a double click goes back to where it began."""

    changed = Signal(int)

    def __init__(self, name: str, tip: str, most: int, first: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = first
        self.slider = JumpSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, most)
        self.slider.setPageStep(10)
        self.slider.setAccessibleName(self.tr("{name} slider").format(name=name))
        self.slider.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.spin = QSpinBox()
        self.spin.setRange(0, most)
        self.spin.setSuffix(" %")
        self.spin.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.spin.setFixedWidth(68)
        self.spin.setAccessibleName(name)
        for control in (self.slider, self.spin):
            control.setToolTip(tip)
            control.setValue(first)
        label = QLabel(name)
        label.setBuddy(self.spin)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * GAP)
        for widget in (label, self.slider, self.spin):
            row.addWidget(widget)
        row.setStretch(1, 1)
        self.slider.valueChanged.connect(self.spin.setValue)
        self.slider.double_clicked.connect(self._on_reset)
        self.spin.valueChanged.connect(self._on_changed)

    @property
    def share(self) -> float:
        """1 for 100 %."""
        return self.spin.value() / 100

    @Slot()
    def _on_reset(self) -> None:
        self.spin.setValue(self._first)

    @Slot(int)
    def _on_changed(self, value: int) -> None:
        with QSignalBlocker(self.slider):
            self.slider.setValue(value)
        self.changed.emit(value)


class BlendPage(QWidget):
    """Which two photos are blended, and how much of each."""

    changed = Signal()  # the photos or the share

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[int] = []  # of the first and of the second photo
        self.explained = _quiet()
        tip = self.tr("What is chosen in the row of photos below.")
        self.first = QRadioButton(self.tr("Choose the first photo below"))
        self.second = QRadioButton(self.tr("Choose the second photo below"))
        for button in (self.first, self.second):
            button.setToolTip(tip)
            button.setAccessibleName(button.text())
        self.second.setChecked(True)
        self.share = PercentRow(
            self.tr("Second photo"), self.tr("How much of the second photo is in the picture."), 100, 50
        )
        self.swap = big_button("swap-horizontal", self.tr("Swap"), self.tr("Make the second photo the first one."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GAP)
        for widget in (self.explained, self.first, self.second, self.share, self.swap):
            column.addWidget(widget)
        column.addStretch(1)
        self.share.changed.connect(self._on_share)
        self.swap.clicked.connect(self._on_swap)

    def explain(self, *, spherical: bool) -> None:
        """Say which way the blend takes."""
        self.explained.setText(self.tr("A photo on the way from one to another: not both on top of each other."))
        way = (
            self.tr("The codes of this model lie around the middle, and so does the way between them (spherical).")
            if spherical
            else self.tr("The codes of this model are mixed in proportion (linear).")
        )
        self.explained.setToolTip(way)

    def begin(self, row: int | None, count: int) -> None:
        """That photo, and the second one as it was, or else the one behind it, of so many."""
        if row is None:
            self.rows = []
        elif self.rows and self.rows[1] != row:
            self.rows[0] = row
        else:
            self.rows = [row, (row + 1) % max(1, count)]
        self.swap.setEnabled(bool(self.rows))

    def choose(self, row: int) -> None:
        """A photo for the place that is chosen for."""
        if self.rows:
            self.rows[1 if self.second.isChecked() else 0] = row
            self.changed.emit()

    @Slot(int)
    def _on_share(self, percent: int) -> None:
        del percent
        self.changed.emit()

    @Slot()
    def _on_swap(self) -> None:
        self.rows.reverse()
        self.changed.emit()


class InventPage(QWidget):
    """What is drawn at random, and how far from the average photo."""

    changed = Signal()
    wanted = Signal()  # what is chosen, on the sliders

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seed = 1
        self.explained = _quiet()
        self.spread = PercentRow(
            self.tr("Spread"),
            self.tr(
                "How far the pictures are from the average photo: more is bolder, and less likely to look like a photo "
                "(the temperature that the standard deviation of the codes is multiplied by)."
            ),
            MOST_SPREAD,
            100,
        )
        self.again = big_button("dice-multiple-outline", self.tr("Draw again"), self.tr("Draw other random codes."))
        self.take = _take_button(
            self.tr("Change it"), self.tr("Put the chosen picture on the sliders. A double click on it does the same.")
        )
        _lay_out(self, (self.explained, self.spread, self.again, self.take))
        self.spread.changed.connect(self._on_spread)
        self.again.clicked.connect(self._on_again)
        self.take.clicked.connect(self.wanted)

    def explain(self, *, variational: bool) -> None:
        """Say where the random codes come from."""
        self.explained.setText(
            self.tr(
                "Pictures of nothing: this model learnt to make pictures of random numbers (drawn from the standard "
                "normal distribution)."
            )
            if variational
            else self.tr(
                "Pictures of nothing: this model did not learn to make pictures of random numbers. They are drawn "
                "so that they are spread as the codes of these photos (a normal distribution fitted to them)."
            )
        )

    @Slot(int)
    def _on_spread(self, percent: int) -> None:
        del percent
        self.changed.emit()

    @Slot()
    def _on_again(self) -> None:
        self.seed += 1
        self.changed.emit()


class FilePage(QWidget):
    """Codes that were saved."""

    wanted = Signal()  # what is chosen, on the sliders

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told = _quiet()
        self.open = big_button(
            "folder-open-outline", self.tr("Open codes…"), self.tr("Make pictures of codes that were saved before.")
        )
        self.take = _take_button(
            self.tr("Change it"), self.tr("Put the chosen picture on the sliders. A double click on it does the same.")
        )
        _lay_out(self, (self.told, self.open, self.take))
        self.take.clicked.connect(self.wanted)
        self.tell()

    def tell(self, name: str = "", count: int = 0, shown: int = 0) -> None:
        """What was opened."""
        if not name:
            text = self.tr("Pictures of codes in a file, without the photos themselves.")
        elif shown < count:
            text = self.tr("The first {shown} of {count} pictures in {name}.").format(
                shown=shown, count=f"{count:,}", name=name
            )
        else:
            text = self.tr("%n picture(s) in {name}.", "", count).format(name=name)
        self.told.setText(text)


def _quiet() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


def _take_button(text: str, tip: str) -> QPushButton:
    button = big_button("tune-variant", text, tip)
    button.setEnabled(False)
    return button


def _lay_out(page: QWidget, widgets: tuple[QWidget, ...]) -> None:
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2 * GAP)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
