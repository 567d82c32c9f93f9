"""The photos that cannot be read, and why."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from aestudio.errors import Sentence
from aestudio.gui.i18n import translated
from aestudio.gui.icons import icon
from aestudio.gui.palette import GAP


class UnreadableDialog(QDialog):
    """A line for each; the list can be copied."""

    def __init__(self, unreadable: Sequence[tuple[Path, Sentence]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unreadable = unreadable
        self.setWindowTitle(self.tr("Photos that cannot be read"))
        self.resize(760, 420)
        text = QLabel(self.tr("These are left out of everything on this page. The files stay as they are."))
        text.setWordWrap(True)
        self.list = QTreeWidget()
        self.list.setHeaderLabels([self.tr("Photo"), self.tr("Why")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setAccessibleName(self.windowTitle())
        self.list.setToolTip(self.windowTitle())
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.list.setColumnWidth(0, 260)
        for path, sentence in unreadable:
            item = QTreeWidgetItem(self.list, [path.name, translated(sentence)])
            item.setToolTip(0, str(path))
            item.setToolTip(1, item.text(1))
        buttons = QDialogButtonBox()
        self.copy = buttons.addButton(self.tr("Copy list"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.setIcon(icon("content-copy"))
        self.copy.setToolTip(self.tr("Copy the paths and the reasons."))
        self.copy.clicked.connect(self._on_copy)
        buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(3 * GAP)
        for widget in (text, self.list, buttons):
            column.addWidget(widget)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    @Slot()
    def _on_copy(self) -> None:
        lines = (f"{path}\t{translated(sentence)}" for path, sentence in self._unreadable)
        QGuiApplication.clipboard().setText("\n".join(lines))
