"""Theme, language and device."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from aestudio.gui.i18n import LANGUAGES
from aestudio.gui.keeper import PreferencesKeeper
from aestudio.gui.palette import GAP, apply_theme


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
        form = QFormLayout()
        form.setHorizontalSpacing(4 * GAP)
        form.setVerticalSpacing(3 * GAP)
        for label, box in (
            (self.tr("Theme"), self.theme_box),
            (self.tr("Language"), self.language_box),
            (self.tr("Device"), self.device_box),
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
        layout.addWidget(self.hint)
        layout.addWidget(buttons)
        self.theme_box.activated.connect(self._on_chosen)
        self.language_box.activated.connect(self._on_chosen)
        self.device_box.activated.connect(self._on_chosen)

    @Slot()
    def _on_chosen(self) -> None:
        theme: str = self.theme_box.currentData()
        app = QApplication.instance()
        if theme != self._keeper.value.theme and isinstance(app, QApplication):
            apply_theme(app, theme)
        self._keeper.change(theme=theme, language=self.language_box.currentData(), device=self.device_box.currentData())


def _box(choices: tuple[tuple[str, str], ...], chosen: str) -> QComboBox:
    box = QComboBox()
    for text, value in choices:
        box.addItem(text, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.setMinimumWidth(220)
    return box
