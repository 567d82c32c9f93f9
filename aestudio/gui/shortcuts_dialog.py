"""The list of keys."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from aestudio.gui.actions import KeyHint
from aestudio.gui.palette import GAP

COLUMNS = 2


class ShortcutsDialog(QDialog):
    """All keys at a glance."""

    def __init__(self, hints: Sequence[KeyHint], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(4 * GAP)
        grid.setVerticalSpacing(2 * GAP)
        rows = -(-len(hints) // COLUMNS)
        for number, hint in enumerate(hints):
            column, row = divmod(number, rows)
            keys = QLabel(hint.keys)
            font = keys.font()
            font.setBold(True)
            keys.setFont(font)
            keys.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(keys, row, 3 * column)
            grid.addWidget(QLabel(hint.what), row, 3 * column + 1)
            grid.setColumnMinimumWidth(3 * column + 2, 6 * GAP)
        buttons = QDialogButtonBox()
        buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6 * GAP, 4 * GAP, 4 * GAP, 4 * GAP)
        layout.setSpacing(4 * GAP)
        layout.addLayout(grid)
        layout.addWidget(buttons)
