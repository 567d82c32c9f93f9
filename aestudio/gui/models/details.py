"""What is known about one model, in photographers' words."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from aestudio.batch.patience import size_text
from aestudio.gui.elided import Elided
from aestudio.gui.i18n import translated
from aestudio.gui.icons import ICON_PIXELS, icon
from aestudio.gui.models.list import date_of, task_of
from aestudio.gui.models.words import (
    USED_BY,
    ScoreTable,
    origin,
    purpose,
    score_tables,
    tool_icon,
    tool_name,
)
from aestudio.gui.palette import GAP
from aestudio.models.catalog import PARTS
from aestudio.training.coding import EXPLORE

if TYPE_CHECKING:
    from aestudio.models.library import Entry

WIDTH = 440
LARGE = 18  # pixels of the name
BULLET = "•"


class ModelDetails(QWidget):
    """Shows a model, and tells what is to be done with it."""

    try_wanted = Signal()
    use_wanted = Signal()
    rename_wanted = Signal()
    export_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry: Entry | None = None
        self._busy = False
        self._working: frozenset[Path] = frozenset()
        self.setFixedWidth(WIDTH)
        self._glyph = QLabel()
        self.name = Elided(mode=Qt.TextElideMode.ElideMiddle)
        self.name.setAccessibleName(self.tr("Name of the model"))
        font = self.name.font()
        font.setPixelSize(LARGE)
        self.name.setFont(font)
        self.facts = QLabel()
        self.facts.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.problem = QLabel()
        self.problem.setAccessibleName(self.tr("What is wrong"))
        self._alert = QLabel()
        self.file = Elided(mode=Qt.TextElideMode.ElideMiddle)
        self.file.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.file.setAccessibleName(self.tr("File"))
        self._told = QWidget()
        self._telling = QVBoxLayout(self._told)
        self._telling.setContentsMargins(0, 0, 0, 0)
        self._telling.setSpacing(GAP)
        self.try_ = QPushButton(self.tr("Try on a photo"))
        self.use = QPushButton(self.tr("Use this one"))
        self.rename = QPushButton(self.tr("Rename…"))
        self.export = QPushButton(self.tr("Export…"))
        self.delete = QPushButton(self.tr("Delete…"))
        self._lay_out()
        for button, glyph, signal in (
            (self.try_, "image-edit-outline", self.try_wanted),
            (self.use, "check", self.use_wanted),
            (self.rename, "pencil-outline", self.rename_wanted),
            (self.export, "export", self.export_wanted),
            (self.delete, "trash-can-outline", self.delete_wanted),
        ):
            button.setIcon(icon(glyph))
            button.setMinimumHeight(32)
            button.setAccessibleName(button.text().rstrip("…"))
            button.clicked.connect(signal)
        self.show_entry(None)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2 * GAP)
        head.addWidget(self._glyph)
        head.addWidget(self.name, 1)
        alert = QHBoxLayout()
        alert.setSpacing(2 * GAP)
        alert.addWidget(self._alert, 0, Qt.AlignmentFlag.AlignTop)
        alert.addWidget(self.problem, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(4 * GAP, 3 * GAP, 4 * GAP, 3 * GAP)
        column.setSpacing(2 * GAP)
        column.addLayout(head)
        column.addWidget(self.facts)
        column.addLayout(alert)
        column.addWidget(self._told)
        column.addWidget(self.file)
        column.addStretch(1)
        for label in (self.facts, self.problem):
            _plain(label)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(self.tr("About the model"))
        buttons = QGridLayout()
        buttons.setContentsMargins(4 * GAP, 2 * GAP, 4 * GAP, 2 * GAP)
        buttons.setSpacing(2 * GAP)
        buttons.addWidget(self.try_, 0, 0, 1, 3)
        buttons.addWidget(self.use, 1, 0, 1, 3)
        for place, button in enumerate((self.rename, self.export, self.delete)):
            buttons.addWidget(button, 2, place)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addLayout(buttons)

    @property
    def entry(self) -> "Entry | None":
        """The model that is shown."""
        return self._entry

    @property
    def text(self) -> str:
        """All that is told, line by line."""
        return "\n".join(label.text() for label in self._told.findChildren(QLabel))

    def show_entry(self, entry: "Entry | None") -> None:
        """Show another model, or none."""
        self._entry = entry
        task = task_of(entry) if entry is not None else ""
        self._glyph.setPixmap(icon(tool_icon(task)).pixmap(ICON_PIXELS, ICON_PIXELS))
        self._glyph.setVisible(entry is not None)
        self.name.set_text(entry.name if entry is not None else "")
        self.facts.setText(self._facts(entry) if entry is not None else self.tr("Choose a model from the list."))
        problem = translated(entry.problem) if entry is not None and entry.problem is not None else ""
        self.problem.setText(problem)
        self._alert.setPixmap(icon("alert").pixmap(ICON_PIXELS, ICON_PIXELS))
        for widget in (self.problem, self._alert):
            widget.setVisible(bool(problem))
        self.file.set_text(str(entry.path.with_suffix(".safetensors")) if entry is not None else "")
        self._tell(entry)
        self._show_buttons()

    def show_busy(self, busy: bool) -> None:
        """Whether something is being done to models: only one thing at a time is."""
        self._busy = busy
        self._show_buttons()

    def show_working(self, cards: frozenset[Path]) -> None:
        """Which of the models that work inside tools are in use."""
        self._working = cards
        if self._entry is not None:
            self.facts.setText(self._facts(self._entry))
        self._show_buttons()

    def _facts(self, entry: "Entry") -> str:
        card = entry.card
        facts = [
            tool_name(task_of(entry)),
            self.tr("your own") if entry.own else self.tr("built-in"),
            self.tr("in use") if entry.path in self._working else "",
            self.tr("version {version}").format(version=card.version) if card is not None else "",
            date_of(entry),
            size_text(entry.bytes) if entry.bytes else "",
        ]
        return "  ·  ".join(fact for fact in facts if fact)

    def _tell(self, entry: "Entry | None") -> None:
        while (item := self._telling.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        if entry is None or entry.card is None:
            return
        card = entry.card
        hiding = self.tr("It takes the place of the built-in model of the same name.") if entry.hides else ""
        self._add_part(self.tr("What it is for"), [purpose(card.task), hiding])
        self._add_part(self.tr("What it was trained from"), list(origin(card)))
        for table in score_tables(card):
            self._add_scores(table)
        self._add_part(
            self.tr("Known limits"), [f"{BULLET} {limit}" if len(card.limits) > 1 else limit for limit in card.limits]
        )

    def _add_part(self, title: str, sentences: list[str]) -> None:
        said = [sentence for sentence in sentences if sentence]
        if not said:
            return
        self._add_title(title)
        for sentence in said:
            label = QLabel(sentence)
            _plain(label)
            self._telling.addWidget(label)

    def _add_title(self, title: str) -> None:
        label = QLabel(title)
        font = label.font()
        font.setBold(True)
        label.setFont(font)
        label.setContentsMargins(0, 2 * GAP, 0, 0)
        self._telling.addWidget(label)

    def _add_scores(self, table: ScoreTable) -> None:
        self._add_title(table.title)
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4 * GAP)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for row, score in enumerate(table.scores):
            name, value = QLabel(score.name), QLabel(score.text)
            _plain(name)
            name.setToolTip(score.key)
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(name, row, 0)
            grid.addWidget(value, row, 1)
        self._telling.addWidget(rows)

    def _show_buttons(self) -> None:
        entry = self._entry
        task = task_of(entry) if entry is not None else ""
        built_in = self.tr("This model came with AEStudio. Only models of your own can be renamed or deleted.")
        none = self.tr("Choose a model from the list first.")
        busy = self.tr("Please wait until what is being done is done.") if self._busy else ""
        own = "" if entry is None or entry.own else built_in
        damaged = self.tr("The model is damaged.") if entry is not None and entry.problem is not None else ""
        used = entry is not None and entry.path in self._working
        part = in_use = hidden = ""
        if task in USED_BY:
            text = self.tr("This model works inside {tool}. “Use this one” lets it work there.")
            part = text.format(tool=tool_name(USED_BY[task]))
        elif task == EXPLORE:
            part = self.tr("This model works on the Explore page, where it can be chosen.")
        elif task in PARTS and not used:
            part = self.tr("Another model is in use. “Use this one” lets this one work.")
        if used:
            in_use = self.tr("This model is in use.")
        elif entry is not None and entry.name == task:
            there = (path.stem for path in self._working)
            hidden = self.tr("Your own model of the same name takes its place.") if entry.name in there else ""
        self.use.setVisible(task in PARTS)
        for button, tip, reasons in (
            (self.try_, self.tr("Open the studio with this model in its tool."), (damaged, part)),
            (
                self.use,
                self.tr("Let this model work on all photos from now on, in the studio and in batches."),
                (damaged, in_use, hidden),
            ),
            (self.rename, self.tr("Give the model another name (F2)."), (busy, own, damaged)),
            (self.export, self.tr("Write the model to a file that can be imported elsewhere."), (busy, damaged)),
            (self.delete, self.tr("Take the model away for good (Del)."), (busy, own)),
        ):
            why_not = none if entry is None else next(filter(None, reasons), "")
            button.setEnabled(not why_not)
            button.setToolTip(why_not or tip)


def _plain(label: QLabel) -> None:
    """Long text that may hold anything."""
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
