"""The photos of a class, or all of them, with what can be done with those that are selected."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from aestudio.gui.elided import Elided
from aestudio.gui.explore.grid import PhotoGrid
from aestudio.gui.explore.sort_classes import KEYS, Shown
from aestudio.gui.explore.sort_state import SortState
from aestudio.gui.explore.sort_words import certainty_tip
from aestudio.gui.explore.view import ExploreView
from aestudio.gui.icon_button import icon_button
from aestudio.gui.icons import icon
from aestudio.gui.palette import GAP

_FIRST_KEY = Qt.Key.Key_1.value
_NO_LABEL = (Qt.Key.Key_0.value, Qt.Key.Key_Delete.value, Qt.Key.Key_Backspace.value)


class SortPhotos(QWidget):
    """A grid, and a line above it. Keys 1 to 9 give labels to the photos that are selected."""

    def __init__(self, view: ExploreView, state: SortState) -> None:
        super().__init__()
        self._view = view
        self._state = state
        self._line = (Shown.ALL, "")
        self.grid = PhotoGrid(view)
        self.caption = Elided(tip=certainty_tip())
        self.caption.setAccessibleName(self.tr("What is shown"))
        self.unsure = QCheckBox(self.tr("Only unsure"))
        self.unsure.setToolTip(self.tr("Show only photos whose class is less than 70 % certain."))
        self.unsure.setAccessibleName(self.unsure.text())
        self.anew = icon_button("refresh", self.tr("Show anew"), self.tr("Show the photos as they are sorted now."))
        self.to_studio = icon_button(
            "image-edit-outline",
            self.tr("Open in Studio"),
            self.tr("Open the selected photos there, or all that are shown if none is selected."),
        )
        self.to_batch = icon_button(
            "image-multiple-outline",
            self.tr("Add to Batch"),
            self.tr("Put the selected photos on the list of the batch, or all that are shown if none is selected."),
        )
        self._make_menu()
        self._lay_out()
        self.unsure.toggled.connect(self._show_anew)
        self.anew.clicked.connect(self._show_anew)
        self.to_studio.clicked.connect(self._on_studio)
        self.to_batch.clicked.connect(self._on_batch)
        self.grid.row_activated.connect(self._on_activated)
        self.grid.selection_changed.connect(self._show_selected)
        self.watch_keys(self.grid)

    def _make_menu(self) -> None:
        self.label_menu = QMenu(self.tr("Label as"), self)
        self.label_menu.setIcon(icon("tag-outline"))
        self.label = QPushButton(self.tr("Label as"))
        self.label.setIcon(icon("tag-outline"))
        self.label.setMinimumHeight(28)
        self.label.setToolTip(self.tr("Give the selected photos a label (keys 1 to 9; 0 takes it away)."))
        self.label.setAccessibleName(self.label.text())
        self.label.setMenu(self.label_menu)
        self.grid.menu.addMenu(self.label_menu)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setContentsMargins(3 * GAP, GAP, 3 * GAP, 2 * GAP)
        above.setSpacing(2 * GAP)
        above.addWidget(self.caption, 1)
        for widget in (self.unsure, self.anew, self.label, self.to_studio, self.to_batch):
            above.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(self.grid, 1)

    # what is shown

    def show_line(self, kind: Shown, name: str) -> None:
        """Show what a line of the list of classes stands for."""
        self._line = (kind, name)
        rows = self._state.rows(kind, name, unsure=self.unsure.isChecked())
        self.grid.set_empty_text(self._empty_text(kind))
        self.grid.show_rows(rows, [self._state.caption(row) for row in rows], marked=self._state.marked(rows))
        photos = self.tr("%n photo(s)", "", len(rows))
        titles = {Shown.ALL: self.tr("All photos"), Shown.NEXT: self.tr("To label next, the least certain first")}
        self.caption.set_text(f"{titles.get(kind, name)}  ·  {photos}")
        self.anew.setEnabled(False)

    def show_captions(self) -> None:
        """What stands below the photos that are shown, which stay where they are."""
        rows = self.grid.rows
        self.grid.photos_.captions = [self._state.caption(row) for row in rows]
        self.grid.photos_.marked = self._state.marked(rows)
        self.grid.viewport().update()

    def show_classes(self) -> None:
        """Offer the classes that there are now."""
        self.label_menu.clear()
        for number, name in enumerate(self._state.classes):
            text = name.replace("&", "&&") + (f"\t{number + 1}" if number < KEYS else "")
            self.label_menu.addAction(text).triggered.connect(partial(self._give, name))
        self.label_menu.addSeparator()
        self.label_menu.addAction(self.tr("No label") + "\t0").triggered.connect(partial(self._give, None))
        self.label_menu.menuAction().setEnabled(bool(self._state.classes))
        self.unsure.setEnabled(self._state.sorting is not None)
        self._show_selected()

    def _empty_text(self, kind: Shown) -> str:
        if self._state.photos is None:
            return ""
        if self._state.sorting is None:
            return self.tr("Label some photos first, and sort.")
        if kind == Shown.NEXT:
            return self.tr("All photos are labelled.")
        return self.tr("There are no such photos.")

    @Slot()
    def _show_anew(self) -> None:
        self.show_line(*self._line)

    @Slot()
    def _show_selected(self) -> None:
        self.label.setEnabled(bool(self._state.classes) and self.grid.selectionModel().hasSelection())
        shown = self.grid.photos_.rowCount() > 0
        self.to_studio.setEnabled(shown)
        self.to_batch.setEnabled(shown)

    # labels

    def watch_keys(self, widget: QWidget) -> None:
        """Let the keys of classes work in a widget: before those of modes, and before it looks for a name with them."""
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt asks about each event of those widgets."""
        if isinstance(event, QKeyEvent) and _is_ours(event):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._on_key(event.key())
                return True
        return super().eventFilter(watched, event)

    def _on_key(self, key: int) -> None:
        classes, number = self._state.classes, key - _FIRST_KEY
        if key == Qt.Key.Key_Z:
            self._state.undo()
        elif key in _NO_LABEL:
            self.give(None)
        elif number < len(classes):
            self.give(classes[number])

    def give(self, name: str | None) -> None:
        """Give the selected photos a label, or take it away, and select the photo behind them."""
        rows = self.grid.selected_rows()
        if not rows:
            return
        self._state.give(rows, name)
        shown = self.grid.rows
        place = shown.index(rows[-1]) + 1 if rows[-1] in shown else len(shown)
        if place < len(shown):
            self.grid.select_row(shown[place])

    def _give(self, name: str | None, checked: bool = False) -> None:
        del checked
        self.give(name)

    # what is done with photos

    def _paths(self) -> list[Path]:
        photos = self._state.photos
        rows = self.grid.selected_rows() or self.grid.rows
        return [] if photos is None else [photos.paths[row] for row in rows]

    @Slot()
    def _on_studio(self) -> None:
        self._view.studio_wanted.emit(self._paths())

    @Slot()
    def _on_batch(self) -> None:
        self._view.batch_wanted.emit(self._paths())

    @Slot(int)
    def _on_activated(self, row: int) -> None:
        photos = self._state.photos
        if photos is not None:
            self._view.studio_wanted.emit([photos.paths[row]])


def _is_ours(event: QKeyEvent) -> bool:
    """Whether a key gives a label, takes one away, or takes something back."""
    keys = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if keys == Qt.KeyboardModifier.ControlModifier:
        return event.key() == Qt.Key.Key_Z
    digit = 0 <= event.key() - _FIRST_KEY < KEYS
    return keys == Qt.KeyboardModifier.NoModifier and (digit or event.key() in _NO_LABEL)
