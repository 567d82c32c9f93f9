"""Where and how to save a photo: never over the original."""

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from aestudio.gui.icons import icon
from aestudio.gui.palette import GAP
from aestudio.gui.save_controls import SaveControls
from aestudio.images.atomic import same_file
from aestudio.images.formats import FORMATS, SUFFIXES
from aestudio.images.options import WRITABLE, SaveOptions
from aestudio.images.photo import Photo


class SaveDialog(QDialog):
    """Asks for file, format and what can be chosen in it."""

    def __init__(
        self,
        original: Path,
        proposed: Path,
        photo: Photo,
        options: SaveOptions,
        parent: QWidget | None = None,
        *,
        compressed: bool = False,
    ) -> None:
        """`compressed`: the photo is in a stream already."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Save photo"))
        self._original = original
        self.path_edit = QLineEdit(str(proposed))
        self.path_edit.setMinimumWidth(420)
        self.path_edit.setToolTip(self.tr("The file to write."))
        self.path_edit.setAccessibleName(self.tr("File"))
        self.browse = QPushButton(self.tr("Browse…"))
        self.browse.setIcon(icon("folder-outline"))
        self.browse.setToolTip(self.tr("Choose another folder or name."))
        self.browse.setAutoDefault(False)
        self.controls = SaveControls(photo, options, compressed=compressed)
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
        self.controls.format_chosen.connect(self._on_format_chosen)
        self.controls.show_format(options.format or self._format_of_path() or "PNG")
        self._on_path_changed()

    @property
    def path(self) -> Path:
        """The chosen file."""
        return Path(self.path_edit.text().strip()).expanduser()

    @property
    def options(self) -> SaveOptions:
        """How it is to be saved."""
        return self.controls.options

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(4 * GAP, 4 * GAP, 4 * GAP, 4 * GAP)
        grid.setHorizontalSpacing(3 * GAP)
        grid.setVerticalSpacing(3 * GAP)
        label = QLabel(self.tr("&File"))
        label.setBuddy(self.path_edit)
        place = QHBoxLayout()
        place.addWidget(self.path_edit, 1)
        place.addWidget(self.browse)
        grid.addWidget(label, 0, 0)
        grid.addLayout(place, 0, 1)
        below = self.controls.fill(grid, 1)
        grid.addWidget(self.hint, below, 0, 1, 2)
        grid.addWidget(self.buttons, below + 1, 0, 1, 2)
        grid.setColumnStretch(1, 1)

    def _format_of_path(self) -> str | None:
        return SUFFIXES.get(self.path.suffix.lower())

    @Slot(str)
    def _on_format_chosen(self, name: str) -> None:
        if self._format_of_path() != name:
            self.path_edit.setText(str(self.path.with_suffix(FORMATS[name].suffixes[0])))

    @Slot()
    def _on_path_changed(self) -> None:
        name = self._format_of_path()
        if name is not None and name != self.controls.format:
            self.controls.show_format(name)
        hint, fine = self._judge(name)
        self.hint.setText(hint)
        self.save.setEnabled(fine)

    def _judge(self, name: str | None) -> tuple[str, bool]:
        """What is to be said about the chosen file, and whether it can be written."""
        path = self.path
        if not self.path_edit.text().strip() or path.is_dir():
            return self.tr("Please enter a file name."), False
        if name is None:
            return self.tr("Please end the name in .jpg, .png, .tif, .webp, .avif or .aes."), False
        if same_file(path, self._original):
            return self.tr("This is the original. It stays as it is: please choose another name."), False
        if not path.parent.is_dir():
            return self.tr("There is no such folder."), False
        if path.exists():
            return self.tr("This file exists. Saving replaces it."), True
        return "", True

    @Slot()
    def _on_browse(self) -> None:
        filters = [f"{name} (*{' *'.join(FORMATS[name].suffixes)})" for name in WRITABLE]
        selected = filters[WRITABLE.index(self.controls.format)]
        # the dialog's own hint tells about a file that exists: asking twice would be once too often
        ask = QFileDialog.Option.DontConfirmOverwrite
        name, _ = QFileDialog.getSaveFileName(
            self, self.windowTitle(), self.path_edit.text(), ";;".join(filters), selected, options=ask
        )
        if name:
            suffix = FORMATS[self.controls.format].suffixes[0]
            self.path_edit.setText(name if Path(name).suffix else name + suffix)
