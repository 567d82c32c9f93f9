"""Which photos of a batch's folders are meant, and when a run ends."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSpinBox, QWidget

from aestudio.gui.folding import FoldingSection
from aestudio.gui.palette import GAP
from aestudio.gui.toggle_row import ToggleRow
from aestudio.tasks.base import Toggle

MOST = 9999  # failed photos
LABEL_PIXELS = 64  # so that what stands beside labels begins at one line
_PATTERN = re.compile(r'"([^"]*)"|([^\s,;"]+)')  # quotes for patterns with a space


class QuietSpin(QSpinBox):
    """Leaves the wheel to the panel unless it was clicked on before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setKeyboardTracking(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt tells that the wheel turned."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceSection(FoldingSection):
    """Shows what is meant, and tells when the user changes it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("ChoiceSection", "Photos"), parent)
        self.switch.hide()
        self.header.setToolTip(self.tr("Show or hide which photos are meant, and when to stop."))
        self.include_edit = QLineEdit()
        self.include_edit.setPlaceholderText("*.jpg *.tif")
        self.include_edit.setToolTip(
            self.tr(
                "Only photos with names like these, such as *.jpg or 2024/*; several with spaces between them. "
                "Empty: all photos."
            )
        )
        self.most_errors = QuietSpin()
        self.most_errors.setRange(0, MOST)
        self.most_errors.setFixedWidth(76)  # as the knobs
        self.most_errors.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.most_errors.setSpecialValueText(self.tr("never"))
        self.most_errors.setToolTip(
            self.tr("How many photos may fail before the job stops. Fewer stop a job early that goes wrong.")
        )
        self.toggles = {
            "recursive": self._toggle(
                "recursive",
                self.tr("Sub-folders"),
                self.tr("Photos in the folders below, too. The results lie in folders of the same names."),
            ),
            "watch": self._toggle(
                "watch",
                self.tr("Watch the folders"),
                self.tr("The job does not end: photos that arrive later are done as soon as they are complete."),
            ),
            "large": self._toggle(
                "large",
                self.tr("Very large photos"),
                self.tr("Open photos of more than 200 megapixels, too, which takes gigabytes of memory."),
            ),
            "salvage": self._toggle(
                "salvage",
                self.tr("Damaged photos"),
                self.tr("Save what can be read of damaged photos. Off: they are reported as failed."),
            ),
        }
        self._lay_out()
        self.include_edit.textEdited.connect(self._on_changed)
        self.most_errors.valueChanged.connect(self._on_changed)
        self.show_choice(recursive=True, include=(), most_errors=None, large=False, salvage=False)

    def _toggle(self, name: str, label: str, help_text: str) -> ToggleRow:
        row = ToggleRow(name, Toggle(label, help_text))
        row.changed.connect(self._on_changed)
        return row

    def _lay_out(self) -> None:
        include, stop = QHBoxLayout(), QHBoxLayout()
        rows: tuple[tuple[QHBoxLayout, str, QWidget], ...] = (
            (include, self.tr("Only like"), self.include_edit),
            (stop, self.tr("Stop after failures"), self.most_errors),
        )
        for row, text, control in rows:
            label = QLabel(text)
            label.setToolTip(control.toolTip())
            label.setMinimumWidth(LABEL_PIXELS)
            control.setAccessibleName(text)
            row.setSpacing(2 * GAP)
            row.addWidget(label)
            row.addWidget(control)
        include.setStretchFactor(self.include_edit, 1)
        self._inside.addWidget(self.toggles["recursive"])
        self._inside.addLayout(include)
        self._inside.addLayout(stop)
        for name in ("watch", "large", "salvage"):
            self._inside.addWidget(self.toggles[name])

    @property
    def include(self) -> tuple[str, ...]:
        """Patterns of names; none means all photos."""
        return tuple(quoted or plain for quoted, plain in _PATTERN.findall(self.include_edit.text()))

    @property
    def most(self) -> int | None:
        """How many photos may fail before the job stops; None for any number."""
        return self.most_errors.value() or None

    def is_on(self, name: str) -> bool:
        """Whether a toggle is on."""
        return self.toggles[name].switch.isChecked()

    def show_choice(
        self, *, recursive: bool, include: Sequence[str], most_errors: int | None, large: bool, salvage: bool
    ) -> None:
        """Show them without telling anyone."""
        self.toggles["recursive"].show_value(recursive)
        self.toggles["large"].show_value(large)
        self.toggles["salvage"].show_value(salvage)
        words = (f'"{pattern}"' if re.search(r"[\s,;]", pattern) else pattern for pattern in include)
        self.include_edit.setText(" ".join(words))
        with QSignalBlocker(self.most_errors):
            self.most_errors.setValue(most_errors or 0)

    def show_watch(self, on: bool) -> None:
        """Show whether the folders are watched without telling anyone."""
        self.toggles["watch"].show_value(on)

    def set_locked(self, on: bool) -> None:
        """Whether nothing can be changed; it can still be looked at."""
        self._body.setDisabled(on)

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()
