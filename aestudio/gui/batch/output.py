"""How the results of a batch are called and saved, with an example that follows what is chosen."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLabel, QLineEdit, QWidget

from aestudio.errors import SettingsError
from aestudio.gui.batch.choice import LABEL_PIXELS
from aestudio.gui.elided import Elided
from aestudio.gui.folding import FoldingSection
from aestudio.gui.icon_button import icon_button
from aestudio.gui.knob_row import KnobRow
from aestudio.gui.lab.widgets import QuietBox
from aestudio.gui.palette import GAP
from aestudio.images.formats import DEPTHS, FORMATS
from aestudio.images.naming import FIELDS
from aestudio.images.options import WRITABLE, SaveOptions
from aestudio.tasks.base import Knob

if TYPE_CHECKING:
    from aestudio.batch.example import Example
    from aestudio.batch.job import OutputRule

ALL_HOLD = (8,)  # bits that every format can have


class OutputSection(FoldingSection):
    """Shows an output rule, and tells when the user changes it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("OutputSection", "Output"), parent)
        self._given = SaveOptions()  # with choices that are not shown here
        self._proposed = ""
        self.switch.hide()
        self.header.setToolTip(self.tr("Show or hide where the results go, and how they are saved."))
        self._make_names()
        self._make_format()
        self._lay_out()
        self.folder_edit.textEdited.connect(self._on_changed)
        self.browse.clicked.connect(self._on_browse)
        self.pattern_edit.textEdited.connect(self._on_changed)
        self.format_box.activated.connect(self._on_format_chosen)
        self.quality.changed.connect(self._on_changed)
        for box in (self.depth_box, self.metadata_box, self.existing_box):
            box.activated.connect(self._on_changed)
        self._show_options(SaveOptions())

    def _make_names(self) -> None:
        self.folder_edit = QLineEdit()
        self.folder_edit.setToolTip(self.tr("The folder that the results go to. It is made if it is not there."))
        self.browse = icon_button("folder-outline", self.tr("Choose a folder for the results"))
        self.pattern_edit = QLineEdit()
        self.pattern_edit.setPlaceholderText(self.tr("as the photo"))
        places = " ".join(f"{{{field}}}" for field in FIELDS)
        self.pattern_edit.setToolTip(
            self.tr("The names of the results, without ending. They may hold {places}. Empty: as the photo.").format(
                places=places
            )
        )
        self.example_from = Elided(mode=Qt.TextElideMode.ElideMiddle)
        self.example_to = Elided(mode=Qt.TextElideMode.ElideLeft)  # the end of it says more
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        for label in (self.example_from, self.example_to):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.example_from.setAccessibleName(self.tr("Example: a photo"))
        self.example_to.setAccessibleName(self.tr("Example: its result"))
        self.existing_box = _box(
            (self.tr("Skip the photo"), "skip"),
            (self.tr("Add a number"), "number"),
            (self.tr("Replace it"), "replace"),
        )
        self.existing_box.setToolTip(
            self.tr("What happens where a file has a result's name already. Original photos are never replaced.")
        )

    def _make_format(self) -> None:
        self.format_box = _box((self.tr("As the photo"), None), *((name, name) for name in WRITABLE))
        self.format_box.setToolTip(
            self.tr("PNG and TIFF lose nothing. JPEG, WebP and AVIF make small files, AES the smallest.")
        )
        help_text = self.tr(
            "More keeps finer detail, less makes smaller files. Auto: as good as each photo's own file."
        )
        knob = Knob(self.tr("Quality"), 1.0, 100.0, 1.0, "", help_text, automatic=True, live=False)
        self.quality = KnobRow("quality", knob, None)
        self.quality.expect_nothing()
        self.quality.auto.setToolTip(self.tr("As good as each photo's own file."))
        self.depth_box = QuietBox()
        self.depth_box.setToolTip(self.tr("Bits of each colour. More keep smoother tones for further editing."))
        self.metadata_box = _box(
            (self.tr("Keep all"), "keep"), (self.tr("Basics only"), "basic"), (self.tr("None"), "strip")
        )
        self.metadata_box.setToolTip(
            self.tr(
                "What goes into the files of the photo's date, place, camera and captions. The basics are copyright, "
                "author, date and camera. The colour profile always stays."
            )
        )

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * GAP)
        grid.setVerticalSpacing(2 * GAP)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, LABEL_PIXELS)
        example = QGridLayout()
        example.setSpacing(0)
        for row, widget in enumerate((self.example_from, self.example_to, self.problem)):
            example.addWidget(widget, row, 0)
        rows: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Folder"), self.folder_edit),
            (self.tr("Names"), self.pattern_edit),
            ("", self.problem),
            (self.tr("If it exists"), self.existing_box),
            (self.tr("Format"), self.format_box),
            ("", self.quality),
            (self.tr("Bits"), self.depth_box),
            (self.tr("Metadata"), self.metadata_box),
        )
        for row, (text, control) in enumerate(rows):
            if control is self.problem:
                grid.addLayout(example, row, 0, 1, 3)
                continue
            if not text:
                grid.addWidget(control, row, 0, 1, 3)
                continue
            label = QLabel(text)
            label.setToolTip(control.toolTip())
            control.setAccessibleName(text)
            grid.addWidget(label, row, 0)
            grid.addWidget(control, row, 1, 1, 1 if control is self.folder_edit else 2)
        grid.addWidget(self.browse, 0, 2)
        self._inside.addLayout(grid)

    # what is chosen

    @property
    def options(self) -> SaveOptions:
        """How results are saved. What is not shown here is as it was given, if it was for the same format."""
        name = self.format_box.currentData()
        base = self._given if self._given.format == name else SaveOptions()
        quality = self.quality.value if self._has_quality else None
        return replace(
            base,
            format=name,
            quality=None if quality is None else round(quality),
            bit_depth=self.depth_box.currentData(),
            metadata=self.metadata_box.currentData(),
        )

    @property
    def pattern(self) -> str | None:
        """Of names; None where they stay as they are."""
        return self.pattern_edit.text().strip() or None

    @property
    def rule(self) -> "OutputRule":
        """Raises SettingsError if no folder is given, or the pattern makes no names."""
        from aestudio.batch.job import OutputRule

        return OutputRule(self._folder(), self.pattern, self.options, self.existing_box.currentData())

    def _folder(self) -> Path:
        text = self.folder_edit.text().strip()
        if not text:
            raise SettingsError("The results need a folder. Please choose one under Output.")
        folder = Path(text).expanduser()
        if folder.is_absolute():
            return folder
        if not self._proposed:
            raise SettingsError("The folder {folder} could be anywhere. Please choose it under Output.", folder=text)
        return Path(self._proposed).parent / folder

    # showing

    def propose(self, folder: Path | None) -> None:
        """Where results go unless the user chose a folder."""
        kept = self.folder_edit.text() not in ("", self._proposed)
        self._proposed = str(folder) if folder is not None else ""
        if not kept:
            self._show_folder(self._proposed)

    def show_rule(self, rule: "OutputRule") -> None:
        """Show a rule without telling anyone."""
        self._show_folder(str(rule.folder))
        _choose(self.existing_box, rule.existing)
        self.show_saving(rule.pattern, rule.options)

    def show_saving(self, pattern: str | None, options: SaveOptions) -> None:
        """Show how results are called and saved without telling anyone."""
        self.pattern_edit.setText(pattern or "")
        self._show_options(options)

    def show_example(self, example: "Example | None", problem: str = "") -> None:
        """Show where a photo would go, or what is wrong."""
        self.example_from.setHidden(bool(problem) or example is None)
        self.example_to.setHidden(bool(problem) or example is None)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        if example is not None:
            above, output = self._folder().parent, example.output
            short = output.relative_to(above) if output.is_relative_to(above) else output
            self.example_from.set_text(f"{example.source.name} →")
            self.example_to.set_text(short.as_posix())

    def set_locked(self, on: bool) -> None:
        """Whether nothing can be changed; it can still be looked at."""
        self._body.setDisabled(on)

    def _show_folder(self, text: str) -> None:
        self.folder_edit.setText(text)
        self.folder_edit.setToolTip(
            self.tr("The folder that the results go to. It is made if it is not there.") + (f"\n{text}" if text else "")
        )

    def _show_options(self, options: SaveOptions) -> None:
        self._given = options
        _choose(self.format_box, options.format)
        self.quality.show_value(options.quality)
        self._show_format(options.bit_depth)
        _choose(self.metadata_box, options.metadata)

    def _show_format(self, bits: int | None) -> None:
        """Show what there is to choose in the chosen format."""
        name = self.format_box.currentData()
        depths = ALL_HOLD if name is None else DEPTHS[name]
        with QSignalBlocker(self.depth_box):
            self.depth_box.clear()
            self.depth_box.addItem(self.tr("As the photo"), None)
            for depth in sorted({*depths, *((bits,) if bits and name is None else ())}):
                self.depth_box.addItem(self.tr("32 (floating point)") if depth == 32 else str(depth), depth)
            _choose(self.depth_box, bits)
        self.depth_box.setEnabled(name is None or len(depths) > 1)
        self.quality.setVisible(self._has_quality)

    @property
    def _has_quality(self) -> bool:
        name = self.format_box.currentData()
        return name is None or "quality" in FORMATS[name].choices

    # what the user does

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()

    @Slot()
    def _on_format_chosen(self) -> None:
        self._show_format(self.depth_box.currentData())
        self.changed.emit()

    @Slot()
    def _on_browse(self) -> None:
        start = Path(self.folder_edit.text().strip() or self._proposed)
        while not start.is_dir() and start != start.parent:
            start = start.parent
        name = QFileDialog.getExistingDirectory(self, self.tr("Folder for the results"), str(start))
        if name:
            self._show_folder(name)
            self.changed.emit()


def _box(*choices: tuple[str, str | None]) -> QuietBox:
    box = QuietBox()
    for text, value in choices:
        box.addItem(text, value)
    return box


def _choose(box: QuietBox, value: object) -> None:
    box.setCurrentIndex(max(0, box.findData(value)))
