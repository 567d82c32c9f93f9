"""The settings of a training that few need: what stays as it is, how it learns, and what noise is added."""

from collections.abc import Hashable, Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from aestudio.gui.batch.choice import LABEL_PIXELS, QuietSpin
from aestudio.gui.folding import FoldingSection
from aestudio.gui.lab.widgets import QuietBox
from aestudio.gui.palette import GAP
from aestudio.gui.train.plan import TrainPlan

LOWEST_ISO, HIGHEST_ISO = 50, 409_600
PATCHES = (64, 96, 128, 192, 256)
_MOST_LEVELS, _MOST_PATCHES = 6, 256
_RATE_SCALE = 1000.0  # learning rates are shown in thousandths


def choice_box(options: Sequence[tuple[str, Hashable]], tip: str) -> QuietBox:
    """A box of texts, each with what it stands for."""
    box = QuietBox()
    for text, value in options:
        box.addItem(text, value)
    box.setToolTip(tip)
    return box


class MoreSection(FoldingSection):
    """Folded at first: all of it is chosen by itself."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("MoreSection", "More"), parent)
        self.switch.hide()
        self.header.setToolTip(self.tr("Show or hide what is chosen by itself."))
        auto = self.tr("auto")
        self.freeze = choice_box(
            (
                (self.tr("Nothing"), ""),
                (self.tr("How it sees (encoder)"), "encoder"),
                (self.tr("How it paints (decoder)"), "decoder"),
            ),
            self.tr(
                "What stays as it was. The less may change, the fewer photos are needed and the less is forgotten, "
                "but the less is gained, too."
            ),
        )
        self.stacked = self._spin(0, _MOST_LEVELS, self.tr("none"))
        self.stacked.setToolTip(
            self.tr(
                "How many levels are taught one after the other before all of them together. More helps a model that "
                "starts from nothing with few photos, and takes time from the rest."
            )
        )
        self.rate = QDoubleSpinBox()
        self.rate.setRange(0, 10)
        self.rate.setDecimals(3)
        self.rate.setSingleStep(0.05)
        self.rate.setSuffix(" ‰")
        self.rate.setSpecialValueText(auto)
        self.rate.setKeyboardTracking(False)
        self.rate.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.rate.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.rate.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.rate.setToolTip(
            self.tr(
                "The learning rate, in thousandths. More learns faster and forgets more; too much ruins the pictures. "
                "Less is safer, and takes longer."
            )
        )
        self.patch = choice_box(
            ((auto, None), *((self.tr("{side} pixels").format(side=side), side) for side in PATCHES)),
            self.tr("How large the pieces are that it learns from. Larger ones teach more context, and take longer."),
        )
        self.batch = self._spin(0, _MOST_PATCHES, auto)
        self.batch.setToolTip(
            self.tr(
                "How many pieces it sees at a time. More is steadier, and takes more memory; fewer make more steps. "
                "Auto: as many as this machine does best."
            )
        )
        self.noise = choice_box(
            (
                (auto, ""),
                (self.tr("Of a camera"), "camera"),
                (self.tr("Even (white)"), "white"),
                (self.tr("Of light (Poisson)"), "poisson"),
                (self.tr("Lost pixels (dropout)"), "dropout"),
                (self.tr("All kinds"), "mixed"),
            ),
            self.tr(
                "What noise is added to the good photos. The nearer it is to that of your photos, the better the "
                "model takes it out, and the less it knows of other noise."
            ),
        )
        self.iso_low = self._spin(LOWEST_ISO - 1, HIGHEST_ISO, auto)
        self.iso_high = self._spin(LOWEST_ISO - 1, HIGHEST_ISO, auto)
        for spin in (self.iso_low, self.iso_high):
            spin.setSingleStep(100)
            spin.setToolTip(
                self.tr(
                    "How sensitive the camera is whose noise is added. A narrow range makes a model for just these "
                    "photos, a wide one a model for all."
                )
            )
        self._lay_out()
        self.fold(True)
        for box in (self.freeze, self.patch, self.noise):
            box.activated.connect(self._on_changed)
        for each in (self.stacked, self.batch, self.iso_low, self.iso_high, self.rate):
            each.valueChanged.connect(self._on_changed)

    def _spin(self, low: int, high: int, lowest: str) -> QuietSpin:
        spin = QuietSpin()
        spin.setRange(low, high)
        spin.setSpecialValueText(lowest)
        spin.setAlignment(Qt.AlignmentFlag.AlignRight)
        spin.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        return spin

    def _lay_out(self) -> None:
        self._iso = QWidget()
        iso = QHBoxLayout(self._iso)
        iso.setContentsMargins(0, 0, 0, 0)
        iso.setSpacing(GAP)
        iso.addWidget(self.iso_low, 1)
        iso.addWidget(QLabel("–"))
        iso.addWidget(self.iso_high, 1)
        self.iso_low.setAccessibleName(self.tr("Lowest ISO"))
        self.iso_high.setAccessibleName(self.tr("Highest ISO"))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * GAP)
        grid.setVerticalSpacing(2 * GAP)
        grid.setColumnMinimumWidth(0, LABEL_PIXELS)
        grid.setColumnStretch(1, 1)
        self._noise_label = QLabel(self.tr("Noise"))
        self._iso_label = QLabel(self.tr("ISO"))
        self._patch_label = QLabel(self.tr("Pieces"))
        rows = (
            (QLabel(self.tr("Stays as it is")), self.freeze),
            (QLabel(self.tr("Level by level")), self.stacked),
            (QLabel(self.tr("Learning rate")), self.rate),
            (self._patch_label, self.patch),
            (QLabel(self.tr("At a time")), self.batch),
            (self._noise_label, self.noise),
        )
        for row, (label, control) in enumerate(rows):
            label.setToolTip(control.toolTip())
            control.setAccessibleName(label.text())
            grid.addWidget(label, row, 0)
            grid.addWidget(control, row, 1)
        self._iso_label.setToolTip(self.iso_low.toolTip())
        grid.addWidget(self._iso_label, len(rows), 0)
        grid.addWidget(self._iso, len(rows), 1)
        self._inside.addLayout(grid)

    def show_noise(self, on: bool) -> None:
        """Whether noise is added to photos."""
        for widget in (self._noise_label, self.noise, self._iso_label, self._iso):
            widget.setVisible(on)

    def show_patch(self, on: bool) -> None:
        """Whether it learns from pieces of photos, and not from whole ones."""
        for widget in (self._patch_label, self.patch):
            widget.setVisible(on)

    def set_locked(self, on: bool) -> None:
        """Whether nothing can be changed; it can still be looked at."""
        self._body.setDisabled(on)

    def fill(self, plan: TrainPlan, *, noise: bool) -> TrainPlan:
        """The plan with what is chosen here; `noise` as `show_noise` has it."""
        low, high = self.iso_low.value(), self.iso_high.value()
        named = low >= LOWEST_ISO or high >= LOWEST_ISO
        iso = (low if low >= LOWEST_ISO else 100, high if high >= LOWEST_ISO else 25_600)
        return replace(
            plan,
            freeze=self.freeze.currentData(),
            stacked=self.stacked.value(),
            rate=self.rate.value() / _RATE_SCALE or None,
            patch=self.patch.currentData() if not self.patch.isHidden() else None,
            batch=self.batch.value() or None,
            noise=self.noise.currentData() if noise else "",
            iso=(min(iso), max(iso)) if noise and named else None,
        )

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()
