"""Theme, language, device, and how photos are saved."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from aestudio.errors import SettingsError
from aestudio.gui.i18n import LANGUAGES, translated
from aestudio.gui.keeper import PreferencesKeeper
from aestudio.gui.palette import GAP, apply_theme
from aestudio.images.naming import FIELDS


class PreferencesDialog(QDialog):
    """Each choice is in force, and kept, as soon as it is made; the language from the next start."""

    def __init__(self, keeper: PreferencesKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self.setWindowTitle(self.tr("Preferences"))
        now = keeper.value
        self.theme_box = _box(
            ((self.tr("Dark"), "dark"), (self.tr("Light"), "light"), (self.tr("As the system"), "system")), now.theme
        )
        self.theme_box.setToolTip(self.tr("Grey levels around the photo. Dark greys let a photo be judged best."))
        languages = ((self.tr("As the system"), "system"), *((name, code) for code, name in LANGUAGES.items()))
        self.language_box = _box(languages, now.language)
        self.language_box.setToolTip(self.tr("The language of the window."))
        devices = (
            (self.tr("The fastest there is"), "auto"),
            (self.tr("Processor (CPU)"), "cpu"),
            (self.tr("NVIDIA graphics card (CUDA)"), "cuda"),
            (self.tr("Apple graphics (MPS)"), "mps"),
        )
        self.device_box = _box(devices, now.device)
        self.device_box.setToolTip(self.tr("What computes. It is used from the next restoration on."))
        self.name_edit = QLineEdit(now.name_pattern)
        self.name_edit.setToolTip(
            self.tr("The name of saved photos, without ending. It may hold {places}.").format(
                places=" ".join(f"{{{field}}}" for field in FIELDS)
            )
        )
        self.metadata_box = _box(
            (
                (self.tr("Keep all"), "keep"),
                (self.tr("Copyright, author, date and camera"), "basic"),
                (self.tr("None"), "strip"),
            ),
            now.metadata,
        )
        self.metadata_box.setToolTip(
            self.tr(
                "What goes into saved files of the photo's date, place, camera and captions. It can be changed there."
            )
        )
        form = QFormLayout()
        form.setHorizontalSpacing(4 * GAP)
        form.setVerticalSpacing(3 * GAP)
        for label, box in (
            (self.tr("Theme"), self.theme_box),
            (self.tr("Language"), self.language_box),
            (self.tr("Device"), self.device_box),
            (self.tr("Name of saved photos"), self.name_edit),
            (self.tr("Metadata of saved photos"), self.metadata_box),
        ):
            box.setAccessibleName(label)
            form.addRow(label, box)
        self.hint = QLabel(self.tr("The language changes when AEStudio is started again."))
        self.hint.setForegroundRole(self.hint.palette().ColorRole.PlaceholderText)
        buttons = QDialogButtonBox()
        buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6 * GAP, 6 * GAP, 6 * GAP, 4 * GAP)
        layout.setSpacing(4 * GAP)
        layout.addLayout(form)
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.setVisible(False)
        layout.addWidget(self.problem)
        layout.addWidget(self.hint)
        layout.addWidget(buttons)
        self.theme_box.activated.connect(self._on_chosen)
        self.language_box.activated.connect(self._on_chosen)
        self.device_box.activated.connect(self._on_chosen)
        self.metadata_box.activated.connect(self._on_metadata_chosen)
        self.name_edit.textEdited.connect(self._on_name_edited)

    @Slot()
    def _on_chosen(self) -> None:
        theme: str = self.theme_box.currentData()
        app = QApplication.instance()
        if theme != self._keeper.value.theme and isinstance(app, QApplication):
            apply_theme(app, theme)
        self._keeper.change(theme=theme, language=self.language_box.currentData(), device=self.device_box.currentData())

    @Slot()
    def _on_metadata_chosen(self) -> None:
        self._keeper.set_metadata(self.metadata_box.currentData())

    @Slot(str)
    def _on_name_edited(self, pattern: str) -> None:
        """A pattern that can make names is kept at once; about another one it is said what is wrong."""
        try:
            self._keeper.set_pattern(pattern)
        except SettingsError as exc:
            self.problem.setText(translated(exc.sentence))
        else:
            self.problem.clear()
        self.problem.setVisible(bool(self.problem.text()))


def _box(choices: tuple[tuple[str, str], ...], chosen: str) -> QComboBox:
    box = QComboBox()
    for text, value in choices:
        box.addItem(text, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.setMinimumWidth(220)
    return box
