"""The actions of the window: one list for menus, keys and the list of keys."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QUndoGroup
from PySide6.QtWidgets import QMenu, QWidget

from aestudio.gui.icons import icon


@dataclass(frozen=True)
class KeyHint:
    """One line in the list of keys."""

    keys: str
    what: str


class Actions(QObject):
    """Makes all actions and adds them to the window, so that their keys work everywhere in it."""

    def __init__(self, window: QWidget, undo_group: QUndoGroup) -> None:
        super().__init__(window)
        self._window = window
        self.open = self._make(self.tr("Open photos…"), "folder-open-outline", "Ctrl+O")
        self.open_folder = self._make(self.tr("Open folder…"), "folder-image", "Ctrl+Shift+O")
        self.paste = self._make(self.tr("Paste"), "content-paste", "Ctrl+V")
        self.save = self._make(self.tr("Save"), "content-save-outline", "Ctrl+S")
        self.save_as = self._make(self.tr("Save as…"), "content-save-edit-outline", "Ctrl+Shift+S")
        self.preferences = self._make(self.tr("Preferences…"), "cog-outline", "Ctrl+,")
        self.quit = self._make(self.tr("Quit"), "exit-to-app", "Ctrl+Q")

        self.undo = undo_group.createUndoAction(self, self.tr("Undo"))
        self.redo = undo_group.createRedoAction(self, self.tr("Redo"))
        for action, name, keys in ((self.undo, "undo", "Ctrl+Z"), (self.redo, "redo", "Ctrl+Shift+Z")):
            action.setIcon(icon(name))
            action.setShortcut(keys)
            window.addAction(action)
        self.redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        self.run = self._make(self.tr("Run the tools"), "play", "Ctrl+Return", "Ctrl+Enter")
        self.cancel = self._make(self.tr("Cancel"), "close", "Esc")

        self.split = self._make(self.tr("Split view"), "compare", "S")
        self.side_by_side = self._make(self.tr("Side by side"), "view-split-vertical", "D")
        self.single = self._make(self.tr("Result only"), "image-outline", "A")
        layouts = QActionGroup(self)
        for action in (self.split, self.side_by_side, self.single):
            action.setCheckable(True)
            layouts.addAction(action)
        self.split.setChecked(True)
        self.loupe = self._make(self.tr("Loupe"), "magnify", "L")
        self.loupe.setCheckable(True)
        self.fit = self._make(self.tr("Fit the photo"), "fit-to-page-outline", "F")
        self.one_to_one = self._make(self.tr("1:1"), "numeric-1-box-outline", "Z")
        self.zoom_in = self._make(self.tr("Zoom in"), "magnify-plus-outline", "+", "=", "Ctrl++", "Ctrl+=")
        self.zoom_out = self._make(self.tr("Zoom out"), "magnify-minus-outline", "-", "Ctrl+-")
        self.full_screen = self._make(self.tr("Full screen"), "fullscreen", "F11")
        self.full_screen.setCheckable(True)
        self.keys = self._make(self.tr("Keys"), "keyboard-outline", "F1")
        self.about = self._make(self.tr("About AEStudio"), "information-outline")

        self.of_studio = (  # of no use where the canvas is not seen
            *(self.split, self.side_by_side, self.single, self.loupe),
            *(self.fit, self.one_to_one, self.zoom_in, self.zoom_out),
        )
        self.recent = QMenu(self.tr("Recent photos"), window)
        self.recent.setIcon(icon("history"))

    def fill_menu(self, menu: QMenu) -> None:
        """All of them, in groups."""
        groups = (
            (self.open, self.open_folder, self.recent.menuAction(), self.paste),
            (self.save, self.save_as),
            (self.undo, self.redo, self.run, self.cancel),
        )
        for group in groups:
            menu.addActions(list(group))
            menu.addSeparator()
        view = menu.addMenu(icon("eye-outline"), self.tr("View"))
        view.addActions([self.split, self.side_by_side, self.single, self.loupe])
        view.addSeparator()
        view.addActions([self.fit, self.one_to_one, self.zoom_in, self.zoom_out, self.full_screen])
        menu.addSeparator()
        menu.addActions([self.preferences, self.keys, self.about])
        menu.addSeparator()
        menu.addAction(self.quit)

    def key_hints(self) -> list[KeyHint]:
        """For the list of keys: the actions', and those that are held or move."""
        native = QKeySequence.SequenceFormat.NativeText
        hints = [
            KeyHint(self.tr("Space or \\, held"), self.tr("Show the photo before")),
            KeyHint("← ↑  → ↓", self.tr("Photo before, next photo")),
            KeyHint("[  ]", self.tr("Smaller, larger brush")),
            KeyHint("X", self.tr("Brush or eraser")),
            KeyHint("1 … 9,  0", self.tr("Label photos, take labels away (Sort by example)")),
        ]
        named = [
            action
            for action in self._window.actions()
            if not action.shortcut().isEmpty() and action not in (self.undo, self.redo)
        ]
        hints += [KeyHint(a.shortcut().toString(native), a.text().rstrip("…")) for a in named]
        hints += [
            KeyHint(self.undo.shortcut().toString(native), self.tr("Undo")),
            KeyHint(self.redo.shortcut().toString(native), self.tr("Redo")),
            KeyHint("Tab", self.tr("Next control")),
        ]
        return hints

    def _make(self, text: str, icon_name: str, *keys: str) -> QAction:
        action = QAction(icon(icon_name), text, self._window)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{text.rstrip('…')} ({shown})" if shown else text.rstrip("…"))
        self._window.addAction(action)
        return action
