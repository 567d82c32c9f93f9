"""What a model for Explore is to be: what it is shown while it learns, and whether it can make up photos."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QLabel, QSizePolicy, QWidget

from aestudio.gui.palette import GAP
from aestudio.gui.switch import Switch
from aestudio.training.coding import MOST_DROPOUT, USUAL_DROPOUT, USUAL_NOISE, Coding, coding_of

_FIELD_PIXELS: Final = 68  # of a number
_MOST_LEVELS: Final = 100.0  # of noise: with more there is nothing left to see
_MOST_BETA: Final = 100.0


class _QuietNumber(QDoubleSpinBox):
    """Leaves the wheel to the panel unless it was clicked on before."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt tells that the wheel turned."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class CodingRows(QWidget):
    """Three switches, each with a number that counts while it is on."""

    changed = Signal()  # by the user

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._variational_base = False
        self.noise, self.noise_level = Switch(), self._number(1, _MOST_LEVELS, USUAL_NOISE, decimals=0)
        self.dropout, self.dropout_share = (
            Switch(),
            self._number(1, 100 * MOST_DROPOUT, 100 * USUAL_DROPOUT, decimals=0),
        )
        self.variational, self.beta = Switch(), self._number(0.01, _MOST_BETA, 1.0, decimals=2)
        self.dropout_share.setSuffix(" %")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * GAP)
        self._grid.setVerticalSpacing(2 * GAP)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnMinimumWidth(1, _FIELD_PIXELS)
        self._add(
            self.noise,
            self.noise_level,
            self.tr("Sees them noisy"),
            self.tr(
                "While it learns it is shown photos with noise, and asked for the good ones (a denoising autoencoder): "
                "what it tells of a photo depends less on its grain then."
            ),
            self.tr("The most noise, in levels of 255. More makes it look at large shapes, less at detail, too."),
        )
        self._add(
            self.dropout,
            self.dropout_share,
            self.tr("Sees them with holes"),
            self.tr(
                "While it learns some pixels are left out, and it is asked for the whole photo (dropout on the input): "
                "it learns what belongs together."
            ),
            self.tr("The most pixels that are left out. More makes it look at large shapes, less at detail, too."),
        )
        self._variational_tip = self.tr(
            "Its codes leave no gaps (a variational autoencoder): what lies between two photos, or is drawn at random, "
            "looks like a photo, too. Photos come back a little softer for it."
        )
        self._add(
            self.variational,
            self.beta,
            self.tr("Can make up photos"),
            self._variational_tip,
            self.tr("How much that counts beside likeness (beta). More leaves fewer gaps, less gives sharper photos."),
        )
        self._show_fields()

    def _number(self, low: float, high: float, value: float, *, decimals: int) -> _QuietNumber:
        field = _QuietNumber()
        field.setDecimals(decimals)
        field.setRange(low, high)
        field.setSingleStep(5 if not decimals else 0.25)
        field.setValue(value)
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.setKeyboardTracking(False)
        field.setFixedWidth(_FIELD_PIXELS)
        field.valueChanged.connect(self._on_changed)
        return field

    def _add(self, switch: Switch, field: QDoubleSpinBox, name: str, tip: str, field_tip: str) -> None:
        label = QLabel(name)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        label.setToolTip(tip)
        switch.setToolTip(tip)
        switch.setAccessibleName(name)
        field.setToolTip(field_tip)
        field.setAccessibleName(self.tr("{switch}: how much").format(switch=name))
        row = self._grid.rowCount()
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(field, row, 1)
        self._grid.addWidget(switch, row, 2)
        switch.clicked.connect(self._on_changed)

    @property
    def coding(self) -> Coding:
        """What is chosen; nothing is left open."""
        variational = self.variational.isChecked()
        return Coding(
            variational,
            self.beta.value() if variational else None,
            self.noise_level.value() if self.noise.isChecked() else 0.0,
            self.dropout_share.value() / 100 if self.dropout.isChecked() else 0.0,
        )

    @property
    def becomes_variational(self) -> bool:
        """Whether it is to be what the model that it starts from is not."""
        return self.variational.isChecked() and not self._variational_base

    def show_start(self, architecture: str, settings: Mapping[str, Any]) -> None:
        """Show what the model is that training goes on from, without telling anyone; empty for none."""
        coding = coding_of(architecture, settings)
        self._variational_base = bool(coding.variational)
        fields = ((self.noise, self.noise_level, coding.input_noise), (self.variational, self.beta, coding.beta))
        share = 100 * (coding.input_dropout or 0.0)
        for switch, field, value in (*fields, (self.dropout, self.dropout_share, share)):
            with QSignalBlocker(field):
                switch.setChecked(bool(value))
                if value:
                    field.setValue(value)
        self.variational.setEnabled(not self._variational_base)
        self.variational.setToolTip(
            self.tr(
                "The model that it starts from can, and so can this one. Please start from another one if it need not."
            )
            if self._variational_base
            else self._variational_tip
        )
        self._show_fields()

    def _show_fields(self) -> None:
        for switch, field in (
            (self.noise, self.noise_level),
            (self.dropout, self.dropout_share),
            (self.variational, self.beta),
        ):
            field.setVisible(switch.isChecked())

    @Slot()
    def _on_changed(self) -> None:
        self._show_fields()
        self.changed.emit()
