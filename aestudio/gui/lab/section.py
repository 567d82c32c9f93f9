"""The section of the right panel that compresses: what is wanted, what it is compared with, what comes out."""

from collections.abc import Hashable, Mapping
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from aestudio.codec.rivals import RIVALS
from aestudio.gui.folding import FoldingSection
from aestudio.gui.icon_button import icon_button
from aestudio.gui.icons import icon
from aestudio.gui.knob_row import KnobRow
from aestudio.gui.lab.figures import FiguresTable
from aestudio.gui.lab.state import QUALITY, Aim, Compression, Equal, Look, Show
from aestudio.gui.lab.widgets import Choice, HeatScale, Option, QuietBox, SizeRow
from aestudio.gui.palette import GAP
from aestudio.tasks.base import Knob

LEAST_PSNR, MOST_PSNR, PSNR = 20.0, 50.0, 38.0  # dB
TIMES = (2, 4, 8, 16)


class LabSection(FoldingSection):
    """Shows the lab's state, and tells what is wanted; it changes nothing itself."""

    changed = Signal(object, str, object)  # Compression, text for undo, gesture
    looked = Signal(object)  # Look
    flicker_toggled = Signal(bool)
    chart_wanted = Signal()
    code_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("LabSection", "Compress"), parent)
        self._state = Compression()
        self._look = Look()
        self._able = False
        self._make_wish()
        self._make_comparison()
        self._make_views()
        self.sides = QLabel()
        self.sides.setWordWrap(True)
        self.sides.setMinimumHeight(2 * self.fontMetrics().height())  # or what is below would jump
        self.sides.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.sides.setAccessibleName(self.tr("What is shown"))
        self.figures = FiguresTable()
        self.chart = QPushButton(self.tr("Chart…"))
        self.chart.setIcon(icon("chart-line"))
        self.chart.setToolTip(self.tr("Show how size and quality go together, for this photo in every format."))
        self.code = QPushButton(self.tr("Code…"))
        self.code.setIcon(icon("grid"))
        self.code.setToolTip(self.tr("Show the numbers that the file holds in place of pixels."))
        self._lay_out()
        self._connect()
        self.show_state(self._state)
        self.show_look(self._look)
        self.show_able(False, "")

    @property
    def state(self) -> Compression:
        """What is asked of the photo on the canvas."""
        return self._state

    @property
    def look(self) -> Look:
        """How it is looked at."""
        return self._look

    # making

    def _make_wish(self) -> None:
        self.aims = Choice(
            self.tr("What is given"),
            (
                Option(Aim.QUALITY, self.tr("Quality"), self.tr("Say how good the picture is to be.")),
                Option(Aim.SIZE, self.tr("Size"), self.tr("Say how large the file may be.")),
                Option(Aim.PSNR, self.tr("PSNR"), self.tr("Say how near the picture is to come to the photo, in dB.")),
            ),
        )
        quality_help = self.tr("More keeps finer detail and makes a larger file, less leaves detail out.")
        quality = Knob(self.tr("Quality"), 0.0, 100.0, 1.0, "", quality_help, automatic=False, live=False)
        size_help = self.tr(
            "The whole file, with its metadata: at most this, and hardly less. A smaller file has less detail. "
            "1 KB is 1000 bytes."
        )
        psnr_help = self.tr(
            "How near the picture comes to the photo. Above 40 dB hardly anyone sees a difference; below 30 dB "
            "everyone does."
        )
        psnr = Knob(self.tr("PSNR"), LEAST_PSNR, MOST_PSNR, 0.1, "dB", psnr_help, automatic=False, live=False)
        self.size_row = SizeRow(self.tr("Size"), size_help)
        self.rows: dict[Aim, KnobRow] = {
            Aim.QUALITY: KnobRow("quality", quality, QUALITY),
            Aim.SIZE: self.size_row,
            Aim.PSNR: KnobRow("psnr", psnr, PSNR),
        }

    def _make_comparison(self) -> None:
        self.rivals = QuietBox()
        self.rivals.addItem(self.tr("Original"), "")
        for rival in RIVALS:
            self.rivals.addItem(rival.name, rival.name)
        self.rivals.setAccessibleName(self.tr("Compare with"))
        self.rivals.setToolTip(self.tr("What is on the before side: the photo, or the same in another format."))
        self.flicker = icon_button(
            "swap-horizontal-bold",
            self.tr("Flicker"),
            self.tr("Swap before and after three times a second: the eye is caught by whatever differs."),
        )
        self.flicker.setCheckable(True)
        self.equal = Choice(
            self.tr("Compared"),
            (
                Option(
                    Equal.SIZE, self.tr("at equal size"), self.tr("The best that the format makes of as many bytes.")
                ),
                Option(
                    Equal.PSNR, self.tr("at equal PSNR"), self.tr("The smallest file of it that is as near the photo.")
                ),
            ),
        )

    def _make_views(self) -> None:
        self.views = Choice(
            self.tr("Show"),
            (
                Option(Show.PHOTO, self.tr("Photo"), self.tr("The compressed photo, decoded from its file.")),
                Option(
                    Show.DIFFERENCE,
                    self.tr("Difference"),
                    self.tr("What compressing changed, around a mid-grey: flat grey is unchanged."),
                ),
                Option(Show.BITS, self.tr("Bits"), self.tr("Where the bits of the file go: bright places take most.")),
            ),
        )
        tip = self.tr("More makes small differences easier to see; large ones turn black or white.")
        self.times = Choice(self.tr("Magnified"), [Option(times, f"×{times}", tip) for times in TIMES])
        self.scale = HeatScale()
        self.least, self.most = QLabel("0"), QLabel()
        self._legend = QWidget()
        self._legend.setToolTip(self.tr("Bits that each square of 8×8 pixels takes in the file."))

    def _lay_out(self) -> None:
        compare = QHBoxLayout()
        compare.setSpacing(GAP)
        label = QLabel(self.tr("Compare with"))
        label.setToolTip(self.rivals.toolTip())
        compare.addWidget(label)
        compare.addWidget(self.rivals, 1)
        compare.addWidget(self.flicker)
        legend = QHBoxLayout(self._legend)
        legend.setContentsMargins(0, 0, 0, 0)
        for part, stretch in ((self.least, 0), (self.scale, 1), (self.most, 0)):
            legend.addWidget(part, stretch)
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * GAP)
        for button in (self.chart, self.code):
            button.setMinimumHeight(28)
            button.setAccessibleName(button.text().rstrip("…"))
            buttons.addWidget(button)
        self._results = QWidget()
        column = QVBoxLayout(self._results)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GAP)
        column.addLayout(compare)
        column.addWidget(self.equal)
        column.addWidget(self.views)
        column.addWidget(self.times)
        column.addWidget(self._legend)
        column.addWidget(self.sides)
        column.addWidget(self.figures)
        column.addLayout(buttons)
        self._inside.addWidget(self.aims)
        for row in self.rows.values():
            self._inside.addWidget(row)
        self._inside.addWidget(self._results)

    def _connect(self) -> None:
        self.switch.clicked.connect(self._on_switched)
        self.aims.chosen.connect(self._on_aim_chosen)
        for row in self.rows.values():
            row.changed.connect(self._on_value_changed)
        self.rivals.activated.connect(self._on_look_changed)
        for choice in (self.equal, self.views, self.times):
            choice.chosen.connect(self._on_look_changed)
        self.flicker.toggled.connect(self.flicker_toggled)
        self.chart.clicked.connect(self.chart_wanted)
        self.code.clicked.connect(self.code_wanted)

    # showing

    def show_able(self, able: bool, why_not: str) -> None:
        """Whether anything can be compressed at all; else the section says why not, and nothing else."""
        self._able = able
        self.show_note(why_not)
        for widget in (self.aims, self._results):
            widget.setHidden(bool(why_not))
        self.show_state(self._state)

    def show_range(self, least: float, most: float, usual: float) -> None:
        """Sizes that the photo on the canvas may have, in KB."""
        self.size_row.set_range(least, most, usual)
        self.size_row.show_value(self._state.value if self._state.aim == Aim.SIZE else usual)

    def show_state(self, state: Compression) -> None:
        """Show what is asked of the photo on the canvas."""
        self._state = state
        self.switch.setChecked(state.on)
        self.aims.choose(state.aim)
        self.rows[state.aim].show_value(state.value)
        for aim, row in self.rows.items():
            row.setVisible(aim == state.aim and not self.note.text())
        self._show_enabled()
        self.shown.emit()

    def show_reached(self, reached: Mapping[Aim, float]) -> None:
        """What the compressed photo has of what is not given: a wish for it begins there."""
        for aim, value in reached.items():
            row = self.rows[aim]
            if aim != self._state.aim:
                row.show_value(min(max(value, row.low), row.high))

    def show_rivals(self, names: frozenset[str]) -> None:
        """Which formats hold a photo of this size; the others cannot be chosen."""
        model = self.rivals.model()
        assert isinstance(model, QStandardItemModel)
        for row in range(1, self.rivals.count()):
            model.item(row).setEnabled(self.rivals.itemData(row) in names)

    def show_look(self, look: Look) -> None:
        """Show how the photo is looked at."""
        self._look = look
        with QSignalBlocker(self.rivals):
            self.rivals.setCurrentIndex(max(0, self.rivals.findData(look.rival)))
        self.equal.choose(look.equal)
        self.views.choose(look.show)
        self.times.choose(look.times)
        self._show_enabled()

    def show_heat(self, most: float | None) -> None:
        """The bits that the brightest colour stands for; None while no heat is shown."""
        self.most.setText("" if most is None else self.tr("{number} bits").format(number=f"{most:g}"))
        self.scale.set_middle("" if most is None else f"{most / 4:g}")  # it goes by the root

    def _show_enabled(self) -> None:
        on = self._able and self._state.on
        self.switch.setEnabled(self._able)
        for widget in (self.aims, *self.rows.values()):
            widget.setEnabled(self._able)
        self._results.setEnabled(on)
        self.equal.setEnabled(bool(self._look.rival))
        self.times.setVisible(self._look.show == Show.DIFFERENCE)
        self._legend.setVisible(self._look.show == Show.BITS)

    # what the user does

    def propose(self, aim: Aim, value: float, gesture: Hashable = None) -> None:
        """Wish for something, as the rows do."""
        self._tell(replace(self._state, aim=aim, value=value), self.aims.button(aim).text(), gesture)

    def _tell(self, state: Compression, text: str, gesture: Hashable = None) -> None:
        self.show_state(state)
        self.changed.emit(state, text, gesture)

    @Slot(bool)
    def _on_switched(self, on: bool) -> None:
        text = self.tr("{tool} on") if on else self.tr("{tool} off")
        self._tell(replace(self._state, on=on), text.format(tool=self.title))
        if on:
            self.unfold()

    @Slot(object)
    def _on_aim_chosen(self, aim: Aim) -> None:
        """What is given from now on is what the photo has at the moment: nothing jumps."""
        value = self.rows[aim].value
        if aim != self._state.aim and value is not None:
            self.propose(aim, value)

    @Slot(str, object, int)
    def _on_value_changed(self, name: str, value: float, gesture: int) -> None:
        self.propose(Aim(name), value, (name, gesture))

    @Slot()
    def _on_look_changed(self) -> None:
        equal, show, times = self.equal.value, self.views.value, self.times.value
        assert isinstance(equal, Equal)
        assert isinstance(show, Show)
        assert isinstance(times, int)
        self.show_look(Look(str(self.rivals.currentData()), equal, show, times))
        self.looked.emit(self._look)
