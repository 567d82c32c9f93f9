"""A section of the right panel: a header with a name and a switch, and what can be folded away below it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from aestudio.gui.icons import icon
from aestudio.gui.palette import GAP
from aestudio.gui.switch import Switch


class FoldingSection(QFrame):
    """What all sections have in common. What they are for lies in `inside`, below the note."""

    unfolded = Signal(object)  # this section, by the user
    shown = Signal()  # another state, or folded, or unfolded

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.header = QToolButton()
        self.header.setText(title)
        self.header.setIcon(icon("chevron-down"))
        self.header.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.header.setAutoRaise(True)
        self.header.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.header.setToolTip(self.tr("Show or hide the settings of this tool."))
        self.header.setAccessibleName(self.tr("{tool}: settings").format(tool=title))
        font = self.header.font()
        font.setBold(True)
        self.header.setFont(font)
        self.switch = Switch()
        self.switch.setToolTip(self.tr("Switch the tool on or off for this photo."))
        self.switch.setAccessibleName(title)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setForegroundRole(self.note.palette().ColorRole.PlaceholderText)
        self.note.hide()
        top = QHBoxLayout()
        top.addWidget(self.header)
        top.addWidget(self.switch)
        self._body = QWidget()
        self._inside = QVBoxLayout(self._body)
        self._inside.setContentsMargins(GAP, GAP, 0, GAP)
        self._inside.setSpacing(2 * GAP)
        self._inside.addWidget(self.note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._body)
        QWidget.setTabOrder(self.header, self.switch)
        self.header.clicked.connect(self._on_header_clicked)

    @property
    def is_open(self) -> bool:
        """Whether what is inside is shown."""
        return not self._body.isHidden()

    def fold(self, closed: bool) -> None:
        """Hide or show what is inside."""
        self._body.setHidden(closed)
        self.header.setIcon(icon("chevron-right" if closed else "chevron-down"))
        self.shown.emit()

    def unfold(self) -> None:
        """Show what is inside, as a click on the header does."""
        if not self.is_open:
            self.fold(False)
            self.unfolded.emit(self)

    def show_note(self, text: str) -> None:
        """Say something above everything else; empty for nothing."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    @Slot()
    def _on_header_clicked(self) -> None:
        if self.is_open:
            self.fold(True)
        else:
            self.unfold()
