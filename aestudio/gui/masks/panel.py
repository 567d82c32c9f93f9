"""The means of painting a mask in the right panel: what the mouse does, the brush, what changes the whole mask."""

import math
from enum import Enum

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from aestudio.gui.icon_button import icon_button
from aestudio.gui.knob_row import KnobRow
from aestudio.gui.palette import GAP
from aestudio.gui.switch import Switch
from aestudio.tasks.base import Knob

SMALLEST, LARGEST = 1, 1000  # pixels of the photo: width of the brush
BRUSH_SIZE, SIMILARITY = 40.0, 24.0  # by default


class MaskTool(Enum):
    """What the mouse does to the mask."""

    NONE = 0
    BRUSH = 1
    ERASER = 2
    RECTANGLE = 3
    LASSO = 4
    WAND = 5


class SizeRow(KnobRow):
    """A size whose slider goes by what it is multiplied with: small ones are set as finely as large ones."""

    STEPS = 250

    def slider_range(self) -> int:
        """Half of it for the sizes up to the root of the largest."""
        return self.STEPS

    def slider_position(self, value: float) -> int:
        """By the logarithm."""
        return round(self.STEPS * math.log(value / self.low) / math.log(self.high / self.low))

    def slider_value(self, position: int) -> float:
        """Whole pixels."""
        return float(round(self.low * (self.high / self.low) ** (position / self.STEPS)))


class MaskPanel(QWidget):
    """Shows how masks are painted, and tells what is wanted; it changes no mask itself."""

    tool_chosen = Signal()
    size_changed = Signal()
    grow_wanted = Signal()
    shrink_wanted = Signal()
    feather_wanted = Signal()
    invert_wanted = Signal()
    clear_wanted = Signal()
    correct_wanted = Signal()
    load_wanted = Signal()
    save_wanted = Signal()
    show_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.caption = QLabel(self.tr("Mask"))
        self.advice = QLabel(self.tr("Marks are found by themselves. Paint over what is to go to say it yourself."))
        self.advice.setWordWrap(True)
        self.advice.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        subtract = self.tr("Ctrl or Alt takes away.")
        names = {
            MaskTool.BRUSH: ("brush", self.tr("Brush"), self.tr("Paint over what is to go.") + f" {subtract}"),
            MaskTool.ERASER: ("eraser", self.tr("Eraser"), self.tr("Take away from the mask.")),
            MaskTool.RECTANGLE: ("select", self.tr("Rectangle"), subtract),
            MaskTool.LASSO: ("lasso", self.tr("Lasso"), subtract),
            MaskTool.WAND: ("auto-fix", self.tr("Magic wand"), self.tr("Takes what looks alike.") + f" {subtract}"),
        }
        self.tools = QButtonGroup(self)
        self.tools.setExclusive(False)  # a second click lets go of the tool
        for tool, (glyph, name, tip) in names.items():
            button = icon_button(glyph, name, f"{name}. {tip}")
            button.setCheckable(True)
            self.tools.addButton(button, tool.value)
        width_help = self.tr("Its width on the photo. Keys: [ and ].")
        alike_help = self.tr("How far a colour may be from the one that is clicked on. More takes more.")
        size = Knob(self.tr("Brush size"), SMALLEST, LARGEST, 1, "px", width_help, automatic=False, live=False)
        self.brush_size = SizeRow("size", size, BRUSH_SIZE)
        alike = Knob(self.tr("Similarity"), 0, 128, 1, "", alike_help, automatic=False, live=False)
        self.similarity = KnobRow("similarity", alike, SIMILARITY)
        self.grow = icon_button("arrow-expand-all", self.tr("Grow the mask"))
        self.shrink = icon_button("arrow-collapse-all", self.tr("Shrink the mask"))
        self.feather = icon_button("blur", self.tr("Soften the mask's edge"))
        self.invert = icon_button("invert-colors", self.tr("Turn the mask round: what stayed goes"))
        self.correct = icon_button("pencil-outline", self.tr("Correct what was found: it becomes a mask to paint on"))
        self.load = icon_button("folder-open-outline", self.tr("Load a mask from a picture file"))
        self.save = icon_button("content-save-outline", self.tr("Save the mask as a picture file"))
        self.clear = icon_button("trash-can-outline", self.tr("Take the whole mask away"))
        self.shown = Switch()
        self.shown.setAccessibleName(self.tr("Show the mask"))
        self.shown.setToolTip(self.tr("Lays red over what is masked or was found, also when the result is there."))
        self.scores = QLabel()
        self.scores.setWordWrap(True)
        self.scores.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self._lay_out()
        for button, signal in (
            (self.grow, self.grow_wanted),
            (self.shrink, self.shrink_wanted),
            (self.feather, self.feather_wanted),
            (self.invert, self.invert_wanted),
            (self.correct, self.correct_wanted),
            (self.load, self.load_wanted),
            (self.save, self.save_wanted),
            (self.clear, self.clear_wanted),
        ):
            button.clicked.connect(signal)
        self.tools.idClicked.connect(self._on_tool_clicked)
        self.brush_size.changed.connect(self.size_changed)
        self.shown.toggled.connect(self.show_toggled)
        self.choose(MaskTool.NONE)
        self.show_mask(has_mask=False, found=False)
        self.show_scores("")

    @property
    def tool(self) -> MaskTool:
        """What the mouse does."""
        checked = [self.tools.id(button) for button in self.tools.buttons() if button.isChecked()]
        return MaskTool(checked[0]) if checked else MaskTool.NONE

    def choose(self, tool: MaskTool) -> None:
        """Let the mouse do that, and tell of it."""
        for button in self.tools.buttons():
            with QSignalBlocker(button):
                button.setChecked(self.tools.id(button) == tool.value)
        self.brush_size.setVisible(tool in (MaskTool.BRUSH, MaskTool.ERASER))
        self.similarity.setVisible(tool == MaskTool.WAND)
        self.tool_chosen.emit()

    def set_size(self, size: float) -> None:
        """Another width of the brush, as near as there is one."""
        self.brush_size.show_value(float(min(max(round(size), SMALLEST), LARGEST)))
        self.size_changed.emit()

    def show_mask(self, *, has_mask: bool, found: bool) -> None:
        """Offer what makes sense with or without a mask, and where marks were found."""
        for button in (self.grow, self.shrink, self.feather, self.invert, self.save, self.clear):
            button.setEnabled(has_mask)
        self.correct.setEnabled(found and not has_mask)
        self.advice.setVisible(not has_mask)

    def show_scores(self, text: str) -> None:
        """How well it went; empty for nothing to tell."""
        self.scores.setText(text)
        self.scores.setVisible(bool(text))

    @Slot(int)
    def _on_tool_clicked(self, number: int) -> None:
        self.choose(MaskTool(number) if self.tools.button(number).isChecked() else MaskTool.NONE)

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(2)
        tools.addWidget(self.caption, 1)
        for button in self.tools.buttons():
            tools.addWidget(button)
        whole = QHBoxLayout()
        whole.setSpacing(2)
        for button in (self.grow, self.shrink, self.feather, self.invert, self.correct, self.load, self.save):
            whole.addWidget(button)
        whole.addStretch(1)
        whole.addWidget(self.clear)
        shown = QHBoxLayout()
        label = QLabel(self.tr("Show the mask"))
        label.setToolTip(self.shown.toolTip())
        shown.addWidget(label, 1)
        shown.addWidget(self.shown)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.advice)
        column.addLayout(tools)
        column.addWidget(self.brush_size)
        column.addWidget(self.similarity)
        column.addLayout(whole)
        column.addLayout(shown)
        column.addWidget(self.scores)
