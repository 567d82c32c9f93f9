"""Where and how to save a photo: never over the original."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QWidget,
)

from aestudio.gui.icons import icon
from aestudio.gui.palette import GAP
from aestudio.images.formats import QUALITY
from aestudio.images.options import SaveOptions


@dataclass(frozen=True)
class Format:
    """A file format, and what can be chosen in it."""

    name: str  # as Photo.format spells it
    suffixes: tuple[str, ...]
    depths: tuple[int, ...]
    lossy: bool


FORMATS = (
    Format("JPEG", (".jpg", ".jpeg"), (8,), True),
    Format("PNG", (".png",), (8, 16), False),
    Format("TIFF", (".tif", ".tiff"), (8, 16, 32), False),
    Format("WEBP", (".webp",), (8,), True),
)


def format_named(name: str | None) -> Format:
    """The format of that name; PNG for one that can be read but not written."""
    return next((f for f in FORMATS if f.name == name), FORMATS[1])


class SaveDialog(QDialog):
    """Asks for file, format, quality and bits."""

    def __init__(
        self, original: Path, proposed: Path, options: SaveOptions, depth: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Save photo"))
        self._original = original
        self._depth = depth
        self.path_edit = QLineEdit(str(proposed))
        self.path_edit.setMinimumWidth(420)
        self.path_edit.setToolTip(self.tr("The file to write."))
        self.browse = QPushButton(self.tr("Browse…"))
        self.browse.setIcon(icon("folder-outline"))
        self.browse.setToolTip(self.tr("Choose another folder or name."))
        self.browse.setAutoDefault(False)
        self.format_box = QComboBox()
        for choice in FORMATS:
            self.format_box.addItem(choice.name, choice)
        self.format_box.setToolTip(self.tr("JPEG and WEBP make small files. PNG and TIFF lose nothing."))
        self.quality_slider = QSlider(Qt.Orientation.Horizontal)
        self.quality_slider.setRange(1, 100)
        self.quality_spin = QSpinBox()
        self.quality_spin.setRange(1, 100)
        for control in (self.quality_slider, self.quality_spin):
            control.setToolTip(self.tr("More keeps finer detail, less makes a smaller file."))
        self.depth_box = QComboBox()
        self.depth_box.setToolTip(self.tr("More bits keep smoother tones for further editing."))
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.hint.setMinimumHeight(2 * self.fontMetrics().height())
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.buttons = QDialogButtonBox()
        self.save = self.buttons.addButton(self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self._lay_out()
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.browse.clicked.connect(self._on_browse)
        self.path_edit.textChanged.connect(self._on_path_changed)
        self.format_box.activated.connect(self._on_format_chosen)
        self.quality_slider.valueChanged.connect(self.quality_spin.setValue)
        self.quality_spin.valueChanged.connect(self.quality_slider.setValue)
        self.quality_spin.setValue(options.quality or QUALITY)
        by_suffix = next((f for f in FORMATS if proposed.suffix.lower() in f.suffixes), FORMATS[1])
        self._show_format(format_named(options.format) if options.format else by_suffix, options.bit_depth)
        self._on_path_changed()

    @property
    def path(self) -> Path:
        """The chosen file."""
        return Path(self.path_edit.text().strip()).expanduser()

    @property
    def options(self) -> SaveOptions:
        """The chosen format, quality and bits."""
        chosen: Format = self.format_box.currentData()
        bits: int = self.depth_box.currentData()
        return SaveOptions(format=chosen.name, quality=self.quality_spin.value(), bit_depth=bits)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(4 * GAP, 4 * GAP, 4 * GAP, 4 * GAP)
        grid.setHorizontalSpacing(3 * GAP)
        grid.setVerticalSpacing(3 * GAP)
        quality = QHBoxLayout()
        quality.addWidget(self.quality_slider)
        quality.addWidget(self.quality_spin)
        place = QHBoxLayout()
        place.addWidget(self.path_edit, 1)
        place.addWidget(self.browse)
        names = (self.tr("&File"), self.tr("F&ormat"), self.tr("&Quality"), self.tr("&Bits"))
        controls = (self.path_edit, self.format_box, self.quality_spin, self.depth_box)
        labels = [QLabel(name) for name in names]
        for number, (label, control) in enumerate(zip(labels, controls, strict=True)):
            label.setBuddy(control)
            control.setAccessibleName(label.text().replace("&", ""))
            grid.addWidget(label, number, 0)
        self._quality_label = labels[2]
        grid.addLayout(place, 0, 1)
        grid.addWidget(self.format_box, 1, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addLayout(quality, 2, 1)
        grid.addWidget(self.depth_box, 3, 1, Qt.AlignmentFlag.AlignLeft)
        self.quality_slider.setAccessibleName(self.tr("Quality slider"))
        grid.addWidget(self.hint, 4, 0, 1, 2)
        grid.addWidget(self.buttons, 5, 0, 1, 2)

    def _show_format(self, chosen: Format, depth: int | None) -> None:
        self.format_box.setCurrentIndex(FORMATS.index(chosen))
        for widget in (self._quality_label, self.quality_slider, self.quality_spin):
            widget.setEnabled(chosen.lossy)
        self.depth_box.clear()
        for bits in chosen.depths:
            text = self.tr("32 (floating point)") if bits == 32 else str(bits)
            self.depth_box.addItem(text, bits)
        wanted = min(depth or self._depth, chosen.depths[-1])
        self.depth_box.setCurrentIndex(chosen.depths.index(wanted) if wanted in chosen.depths else 0)
        self.depth_box.setEnabled(len(chosen.depths) > 1)

    @Slot(int)
    def _on_format_chosen(self, row: int) -> None:
        chosen = FORMATS[row]
        self._show_format(chosen, None)
        if self.path.suffix.lower() not in chosen.suffixes:
            self.path_edit.setText(str(self.path.with_suffix(chosen.suffixes[0])))

    @Slot()
    def _on_path_changed(self) -> None:
        suffix = self.path.suffix.lower()
        chosen = next((f for f in FORMATS if suffix in f.suffixes), None)
        if chosen is not None and chosen is not self.format_box.currentData():
            self._show_format(chosen, None)
        hint, fine = self._judge(chosen)
        self.hint.setText(hint)
        self.save.setEnabled(fine)

    def _judge(self, chosen: Format | None) -> tuple[str, bool]:
        """What is to be said about the chosen file, and whether it can be written."""
        path = self.path
        if not self.path_edit.text().strip() or path.is_dir():
            return self.tr("Please enter a file name."), False
        if chosen is None:
            return self.tr("Please end the name in .jpg, .png, .tif or .webp."), False
        if path.exists() and self._original.exists() and path.samefile(self._original):
            return self.tr("This is the original. It stays as it is: please choose another name."), False
        if not path.parent.is_dir():
            return self.tr("There is no such folder."), False
        if path.exists():
            return self.tr("This file exists. Saving replaces it."), True
        return "", True

    @Slot()
    def _on_browse(self) -> None:
        filters = ";;".join(f"{f.name} (*{' *'.join(f.suffixes)})" for f in FORMATS)
        chosen: Format = self.format_box.currentData()
        selected = next(f for f in filters.split(";;") if f.startswith(chosen.name))
        # the dialog's own hint tells about a file that exists: asking twice would be once too often
        ask = QFileDialog.Option.DontConfirmOverwrite
        name, _ = QFileDialog.getSaveFileName(
            self, self.windowTitle(), self.path_edit.text(), filters, selected, options=ask
        )
        if name:
            self.path_edit.setText(name if Path(name).suffix else name + chosen.suffixes[0])
