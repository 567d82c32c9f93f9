"""What runs here: versions to quote when something goes wrong."""

import platform
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt, Slot, qVersion
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from aestudio import __version__
from aestudio.gui.palette import GAP


class AboutDialog(QDialog):
    """Name, purpose, versions; the versions can be copied."""

    def __init__(self, device: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About AEStudio"))
        self.versions = {
            "AEStudio": __version__,
            "Python": platform.python_version(),
            "Qt": qVersion(),
            "PySide6": _version("PySide6-Essentials"),
            "torch": _version("torch"),
            self.tr("System"): platform.platform(terse=True),
            self.tr("Device"): device,
        }
        title = QLabel("AEStudio")
        font = title.font()
        font.setPixelSize(24)
        title.setFont(font)
        purpose = QLabel(self.tr("Restores photographs with autoencoders, on your own machine. No photo leaves it."))
        purpose.setWordWrap(True)
        form = QFormLayout()
        form.setHorizontalSpacing(4 * GAP)
        form.setVerticalSpacing(GAP)
        for name, value in self.versions.items():
            label = QLabel(value)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(name, label)
        license_line = QLabel(self.tr("Free software under the Apache License 2.0."))
        buttons = QDialogButtonBox()
        copy = buttons.addButton(self.tr("Copy versions"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setToolTip(self.tr("Put the versions on the clipboard, for a report."))
        buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        copy.clicked.connect(self._on_copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6 * GAP, 6 * GAP, 6 * GAP, 4 * GAP)
        layout.setSpacing(4 * GAP)
        for part in (title, purpose):
            layout.addWidget(part)
        layout.addLayout(form)
        layout.addWidget(license_line)
        layout.addWidget(buttons)
        self.setMinimumWidth(420)

    @Slot()
    def _on_copy(self) -> None:
        lines = (f"{name}: {value}" for name, value in self.versions.items())
        QApplication.clipboard().setText("\n".join(lines))


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "?"
