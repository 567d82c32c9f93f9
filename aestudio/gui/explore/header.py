"""What is above everything on the Explore page: which photos, seen by which model, and in which way."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPalette, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from aestudio.gui.elided import Elided
from aestudio.gui.i18n import translated
from aestudio.gui.icon_button import icon_button
from aestudio.gui.icons import ICON_PIXELS, icon
from aestudio.gui.palette import GAP
from aestudio.gui.run_controls import big_button

if TYPE_CHECKING:
    from aestudio.gui.explore.view import ExploreView
    from aestudio.models.library import Entry

DEFAULT_MODEL: Final = "photo-autoencoder"
_MODEL_WIDTH = 220  # pixels


class ExploreHead(QWidget):
    """Only shows: what the buttons do is the page's matter."""

    model_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choose = big_button(
            "folder-open-outline", self.tr("Choose folder…"), self.tr("Explore another folder (Ctrl+Shift+O).")
        )
        self.again = icon_button(
            "refresh", self.tr("Look again"), self.tr("Look for photos that are new, changed or gone.")
        )
        self.folders = Elided(mode=Qt.TextElideMode.ElideMiddle)
        font = self.folders.font()
        font.setBold(True)
        self.folders.setFont(font)
        self.folders.setAccessibleName(self.tr("Folders"))
        self.counts = QLabel()
        self.counts.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.counts.setAccessibleName(self.tr("Photos in the folders"))
        self.unreadable = QToolButton()
        self.unreadable.setIcon(icon("alert-outline"))
        self.unreadable.setIconSize(QSize(ICON_PIXELS, ICON_PIXELS))
        self.unreadable.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.unreadable.setAutoRaise(True)
        self.unreadable.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.unreadable.setMinimumHeight(28)
        self.unreadable.setToolTip(self.tr("Show which photos cannot be read, and why."))
        self.model = QComboBox()
        self.model.setFixedWidth(_MODEL_WIDTH)
        self.model.setMinimumHeight(28)
        self.model.setAccessibleName(self.tr("Model"))
        self.model.setToolTip(self.tr("The model that puts photos into codes: by these they are compared."))
        self.model.activated.connect(self._on_activated)
        label = QLabel(self.tr("Model"))
        label.setBuddy(self.model)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        row.setSpacing(2 * GAP)
        row.addWidget(self.choose)
        row.addWidget(self.again)
        row.addSpacing(GAP)
        row.addWidget(self.folders, 1)
        for widget in (self.counts, self.unreadable, label, self.model):
            row.addWidget(widget)
        self.show_photos((), None, 0, 0)

    def show_photos(self, folders: Sequence[Path], total: int | None, unreadable: int, same: int) -> None:
        """Which folders, with how many photos; None while that is not known. `same` are files that are there twice."""
        self.folders.set_text(", ".join(map(str, folders)))
        texts = [] if total is None else [self.tr("%n photo(s)", "", total)]
        if same:
            texts.append(self.tr("%n of them twice", "", same))
        self.counts.setText(", ".join(texts))
        self.unreadable.setVisible(unreadable > 0)
        self.unreadable.setText(self.tr("%n unreadable", "", unreadable))
        self.unreadable.setAccessibleName(self.unreadable.text())
        self.again.setEnabled(total is not None)

    def show_models(self, entries: "Sequence[Entry]", chosen: str) -> None:
        """The models there are. Damaged ones are listed, and cannot be chosen."""
        with QSignalBlocker(self.model):
            self.model.clear()
            for name, entry in {entry.name: entry for entry in entries}.items():  # the user's own win, as when loaded
                text = name if entry.own else self.tr("{name} (built-in)").format(name=name)
                self.model.addItem(text, name)
                if entry.problem is not None:
                    self._disable(self.model.count() - 1, translated(entry.problem))
            if self.model.findData(chosen) < 0:
                self.model.addItem(chosen, chosen)
            self.model.setCurrentIndex(self.model.findData(chosen))

    def _disable(self, row: int, why: str) -> None:
        model = self.model.model()
        assert isinstance(model, QStandardItemModel)
        model.item(row).setEnabled(False)
        self.model.setItemText(row, self.tr("{name} (damaged)").format(name=self.model.itemText(row)))
        self.model.setItemData(row, why, Qt.ItemDataRole.ToolTipRole)

    @Slot(int)
    def _on_activated(self, row: int) -> None:
        self.model_chosen.emit(str(self.model.itemData(row)))


class ViewBar(QWidget):
    """A word for each view, and a sentence about the one that is shown."""

    chosen = Signal(int)

    def __init__(self, views: "Sequence[ExploreView]", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[QToolButton] = []
        self._tips = [view.tip for view in views]
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * GAP, 0, 3 * GAP, GAP)
        row.setSpacing(GAP)
        for number, view in enumerate(views):
            button = QToolButton()
            button.setText(view.title)
            button.setIcon(icon(view.icon_name))
            button.setIconSize(QSize(ICON_PIXELS, ICON_PIXELS))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setMinimumHeight(32)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setToolTip(view.tip)
            button.setAccessibleName(view.title)
            button.setProperty("number", number)
            button.clicked.connect(self._on_clicked)
            self.buttons.append(button)
            row.addWidget(button)
        row.addSpacing(3 * GAP)
        row.addWidget(self.sentence, 1)

    def show_view(self, shown: int) -> None:
        """Which view it is; a second click must not switch its button off."""
        for number, button in enumerate(self.buttons):
            button.setChecked(number == shown)
        self.sentence.setText(self._tips[shown])

    @Slot()
    def _on_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.chosen.emit(int(sender.property("number")))
