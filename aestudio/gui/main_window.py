"""The window: modes above, status below, and what its keys, menus and drops do."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QEvent, QSettings, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from aestudio.gui.about_dialog import AboutDialog
from aestudio.gui.actions import Actions
from aestudio.gui.canvas_layout import CompareMode
from aestudio.gui.clipboard import files_in, holds_photos, pixels_in
from aestudio.gui.closing import Closing
from aestudio.gui.i18n import translated
from aestudio.gui.icons import ICON_PIXELS, icon
from aestudio.gui.jobs import Failure
from aestudio.gui.keeper import PreferencesKeeper
from aestudio.gui.palette import GAP
from aestudio.gui.preferences_dialog import PreferencesDialog
from aestudio.gui.services import Services
from aestudio.gui.session import OpenPhoto
from aestudio.gui.shortcuts_dialog import ShortcutsDialog
from aestudio.gui.status_line import StatusLine
from aestudio.gui.studio import Studio
from aestudio.images.formats import READABLE
from aestudio.progress import Step

PREVIOUS_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Up)
NEXT_KEYS = (Qt.Key.Key_Right, Qt.Key.Key_Down)
BEFORE_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Backslash)


class Mode(NamedTuple):
    """One word in the mode bar, and what it shows."""

    title: str
    icon: str
    page: QWidget


class MainWindow(QMainWindow):
    """Holds the modes; everything that concerns the whole window happens here."""

    closed = Signal()

    def __init__(
        self, services: Services, keeper: PreferencesKeeper, samples: Sequence[Path], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.services = services
        self.keeper = keeper
        self.studio = Studio(services, keeper, samples)
        self.status = StatusLine()
        self.actions_ = Actions(self, self.studio.undo_group)
        self.closing = Closing(self.studio, services, self)
        self._device = ""
        self.setWindowTitle("AEStudio")
        self.setMinimumSize(1100, 700)
        self.resize(1440, 900)
        self._memory = QSettings(str(keeper.path.with_name("window.ini")), QSettings.Format.IniFormat)
        geometry = self._memory.value("geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        self.setAcceptDrops(True)
        self.modes = (Mode(self.tr("Studio"), "image-edit-outline", self.studio),)
        self._lay_out()
        self._connect()
        self._fill_recent()
        self._on_work_changed()
        if keeper.complaints:
            self.studio.messages.show_note(" ".join(translated(complaint) for complaint in keeper.complaints))

    def _lay_out(self) -> None:
        self.pages = QStackedWidget()
        self._mode_buttons = QButtonGroup(self)
        bar = QHBoxLayout()
        bar.setContentsMargins(2 * GAP, GAP, 2 * GAP, GAP)
        bar.setSpacing(GAP)
        for number, mode in enumerate(self.modes):
            self.pages.addWidget(mode.page)
            button = _tool_button(mode.icon, mode.title, f"{mode.title} ({number + 1})")
            button.setText(mode.title)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setCheckable(True)
            button.setChecked(number == 0)
            button.setShortcut(str(number + 1))
            self._mode_buttons.addButton(button, number)
            bar.addWidget(button)
        bar.addStretch(1)
        actions = self.actions_
        for action in (actions.open, actions.undo, actions.redo, actions.preferences):
            button = _tool_button("", action.text().rstrip("…"), action.toolTip())
            button.setDefaultAction(action)
            bar.addWidget(button)
        self.menu_button = _tool_button("menu", self.tr("Menu"), self.tr("All commands"))
        self.menu = QMenu(self)
        actions.fill_menu(self.menu)
        self.menu_button.setMenu(self.menu)
        self.menu_button.setStyleSheet("QToolButton::menu-indicator { image: none; }")  # the icon says it
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        bar.addWidget(self.menu_button)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.pages, 1)
        column.addWidget(self.status)
        self.setCentralWidget(middle)

    def _connect(self) -> None:
        actions, studio, view = self.actions_, self.studio, self.studio.view
        for action, slot in (
            (actions.open, self._on_open),
            (actions.open_folder, self._on_open_folder),
            (actions.paste, self._on_paste),
            (actions.save, studio.save),
            (actions.save_as, studio.save_as),
            (actions.preferences, self._on_preferences),
            (actions.quit, self.close),
            (actions.run, studio.run),
            (actions.cancel, self._on_cancel),
            (actions.split, self._on_layout_chosen),
            (actions.side_by_side, self._on_layout_chosen),
            (actions.single, self._on_layout_chosen),
            (actions.loupe, view.set_loupe),
            (actions.fit, view.fit),
            (actions.one_to_one, view.toggle_one_to_one),
            (actions.zoom_in, view.zoom_in),
            (actions.zoom_out, view.zoom_out),
            (actions.full_screen, self._on_full_screen),
            (actions.keys, self._on_keys),
            (actions.about, self._on_about),
        ):
            action.triggered.connect(slot)
        actions.recent.triggered.connect(self._on_recent_chosen)
        view.mode_changed.connect(self._on_layout_changed)
        view.loupe_toggled.connect(actions.loupe.setChecked)
        studio.open_requested.connect(self._on_open)
        studio.work_changed.connect(self._on_work_changed)
        studio.photos_listed.connect(self.keeper.add_recent)
        self.keeper.changed.connect(self._fill_recent)
        self.keeper.failed.connect(studio.messages.show_failure)
        self._mode_buttons.idClicked.connect(self.pages.setCurrentIndex)
        self.status.cancel_requested.connect(self._on_cancel)
        restorations = self.services.restorations
        restorations.ready.connect(self._on_ready)
        restorations.progressed.connect(self.status.show_step)
        restorations.started.connect(self._on_restoring)
        restorations.restored.connect(self._on_restored)
        restorations.failed.connect(self._on_restoring_failed)
        restorations.idle.connect(self._on_idle)
        compressor = self.services.compressor
        compressor.started.connect(self._on_compressing)
        compressor.progressed.connect(self._on_compressed_further)
        compressor.idle.connect(self._on_idle)
        self.services.saver.started.connect(self._on_saving)
        self.services.saver.finished.connect(self._on_idle)
        studio.saving.saved.connect(self._on_saved)
        self.closing.ready.connect(self.close)

    # what Qt tells

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask once, if anything would be lost. The threads are waited for when the window is gone."""
        if not self.closing.may_close():
            event.ignore()
            return
        self.studio.cancel()
        self._memory.setValue("geometry", self.saveGeometry())
        event.accept()
        self.closed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, folders and pictures."""
        if holds_photos(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        paths, pixels = files_in(event.mimeData()), None
        if paths:
            self.studio.open_paths(paths)
        else:
            pixels = pixels_in(event.mimeData())
        if pixels is not None:
            self.studio.open_pixels(pixels)
        event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no control wanted: the photo before, and the next photo."""
        key = Qt.Key(event.key())
        if key in BEFORE_KEYS and not event.isAutoRepeat():
            self.studio.view.set_show_before(True)
        elif key in PREVIOUS_KEYS:
            self.studio.filmstrip.move_by(-1)
        elif key in NEXT_KEYS:
            self.studio.filmstrip.move_by(1)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """The photo after again."""
        if event.key() in BEFORE_KEYS and not event.isAutoRepeat():
            self.studio.view.set_show_before(False)
        else:
            super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another window took the keyboard: the key's release will not be told here."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.studio.view.set_show_before(False)

    # what the user asks for

    @Slot()
    def _on_open(self) -> None:
        suffixes = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in READABLE)
        filters = ";;".join((self.tr("Photos") + f" ({suffixes})", self.tr("All files") + " (*)"))
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Open photos"), self.keeper.folder, filters)
        self.studio.open_paths([Path(name) for name in names])

    @Slot()
    def _on_open_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Open folder"), self.keeper.folder)
        if name:
            self.studio.open_paths([Path(name)])

    @Slot()
    def _on_paste(self) -> None:
        mime = QGuiApplication.clipboard().mimeData()
        paths = files_in(mime)
        pixels = None if paths else pixels_in(mime)
        if paths:
            self.studio.open_paths(paths)
        elif pixels is not None:
            self.studio.open_pixels(pixels)
        else:
            self.studio.messages.show_note(self.tr("There is no photo on the clipboard."))

    @Slot(QAction)
    def _on_recent_chosen(self, action: QAction) -> None:
        if action.data():
            self.studio.open_paths([Path(action.data())])
        else:
            self.keeper.clear_recent()

    @Slot()
    def _on_cancel(self) -> None:
        if self.studio.hinting is not None and self.studio.hinting.stop_taking():
            return
        if self.studio.services.restorations.running is not None or self.services.compressor.busy:
            self.studio.cancel()
        elif self.isFullScreen():
            self.actions_.full_screen.trigger()
        else:
            self.studio.messages.clear()

    @Slot()
    def _on_layout_chosen(self) -> None:
        modes = {
            self.actions_.split: CompareMode.SPLIT,
            self.actions_.side_by_side: CompareMode.SIDE_BY_SIDE,
            self.actions_.single: CompareMode.SINGLE,
        }
        self.studio.view.set_mode(next(mode for action, mode in modes.items() if action.isChecked()))

    @Slot(object)
    def _on_layout_changed(self, mode: CompareMode) -> None:
        actions = self.actions_
        action = {
            CompareMode.SPLIT: actions.split,
            CompareMode.SIDE_BY_SIDE: actions.side_by_side,
            CompareMode.SINGLE: actions.single,
        }[mode]
        action.setChecked(True)

    @Slot(bool)
    def _on_full_screen(self, on: bool) -> None:
        self.setWindowState(
            self.windowState() | Qt.WindowState.WindowFullScreen
            if on
            else self.windowState() & ~Qt.WindowState.WindowFullScreen
        )

    @Slot()
    def _on_preferences(self) -> None:
        PreferencesDialog(self.keeper, self).open()

    @Slot()
    def _on_keys(self) -> None:
        ShortcutsDialog(self.actions_.key_hints(), self).open()

    @Slot()
    def _on_about(self) -> None:
        AboutDialog(self._device or self.tr("not known yet"), self).open()

    # what happened

    @Slot(object)
    def _on_ready(self, ready: object) -> None:
        self._device = getattr(ready, "device", "")
        self.status.show_device(self._device)

    @Slot()
    def _on_work_changed(self) -> None:
        entry = self.studio.current
        self.setWindowTitle("AEStudio" if entry is None else f"{entry.path.name}[*] – AEStudio")
        self.setWindowModified(entry is not None and self.studio.is_unsaved(entry))
        can_save = self.studio.panel.save.isEnabled()
        self.actions_.save.setEnabled(can_save)
        self.actions_.save_as.setEnabled(can_save)
        self.actions_.run.setEnabled(self.studio.panel.run.isEnabled())

    @Slot(object)
    def _on_restoring(self, entry: OpenPhoto) -> None:
        self.status.show_working(self.tr("Restoring {name}").format(name=entry.path.name))

    @Slot(str)
    def _on_compressing(self, text: str) -> None:
        if self.services.restorations.running is None:  # that takes longer
            self.status.show_working(text)
            lab = self.studio.lab
            self.status.model.setText(lab.model.label if lab is not None and lab.model is not None else "")

    @Slot(object)
    def _on_compressed_further(self, step: Step) -> None:
        if self.services.restorations.running is None:
            self.status.show_step(step)

    @Slot(object)
    def _on_restored(self, outcome: object) -> None:
        self.status.model.setText(getattr(outcome, "model", ""))

    @Slot(object, object)
    def _on_restoring_failed(self, entry: OpenPhoto | None, failure: Failure) -> None:
        if entry is None:
            self.status.device.setText(self.tr("The tools could not be loaded."))

    @Slot(object)
    def _on_saving(self, order: object) -> None:
        path: Path = getattr(order, "path", Path())
        self.status.text.setText(self.tr("Saving {name}").format(name=path.name))

    @Slot(object)
    def _on_saved(self, entry: OpenPhoto) -> None:
        if entry.saved_as is not None and self.services.restorations.running is None:
            self.status.show_idle(self.tr("Saved as {name}").format(name=entry.saved_as.name))

    @Slot()
    def _on_idle(self) -> None:
        others = self.services.saver.busy or self.services.compressor.busy
        if not self.services.restorations.running and not others:
            text = self.status.text.text() if self.status.bar.isHidden() else ""
            self.status.show_idle(text)

    @Slot()
    def _fill_recent(self) -> None:
        menu = self.actions_.recent
        menu.clear()
        for path in self.keeper.recent:
            action = menu.addAction(path.name)
            action.setToolTip(str(path))
            action.setData(str(path))
        menu.setToolTipsVisible(True)
        if not menu.isEmpty():
            menu.addSeparator()
            menu.addAction(icon("close"), self.tr("Clear the list"))
        menu.setEnabled(not menu.isEmpty())


def _tool_button(icon_name: str, name: str, tip: str) -> QToolButton:
    button = QToolButton()
    if icon_name:
        button.setIcon(icon(icon_name))
    button.setIconSize(QSize(ICON_PIXELS, ICON_PIXELS))
    button.setMinimumSize(32, 32)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setToolTip(tip)
    button.setAccessibleName(name)
    return button
