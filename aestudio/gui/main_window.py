"""The window: modes above, status below, and what its keys, menus and drops do."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QSettings, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QUndoStack
from PySide6.QtWidgets import QMainWindow, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from aestudio.gui.about_dialog import AboutDialog
from aestudio.gui.actions import Actions
from aestudio.gui.batch.page import BatchPage
from aestudio.gui.batch.settings import BatchSettings
from aestudio.gui.canvas.layout import CompareMode
from aestudio.gui.clipboard import holds_photos
from aestudio.gui.closing import Closing
from aestudio.gui.explore.page import ExplorePage
from aestudio.gui.i18n import translated
from aestudio.gui.incoming import Incoming
from aestudio.gui.keeper import PreferencesKeeper
from aestudio.gui.mode_bar import Mode, ModeBar
from aestudio.gui.models.page import ModelsPage
from aestudio.gui.notifier import Notifier
from aestudio.gui.preferences_dialog import PreferencesDialog
from aestudio.gui.services import Services
from aestudio.gui.session import OpenPhoto
from aestudio.gui.shortcuts_dialog import ShortcutsDialog
from aestudio.gui.status_line import StatusLine
from aestudio.gui.studio import Studio
from aestudio.gui.train.page import TrainPage
from aestudio.gui.work_status import WorkStatus

PREVIOUS_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Up)
NEXT_KEYS = (Qt.Key.Key_Right, Qt.Key.Key_Down)
BEFORE_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Backslash)


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
        settings = BatchSettings(consent=self.studio.consent, models=services.models, parts=services.parts)
        self.batch = BatchPage(services, keeper, settings, self._photo_in_studio)
        self.models = ModelsPage(services)
        self.train = TrainPage(services, keeper)
        self.explore = ExplorePage(services, keeper)
        self.status = StatusLine()
        self.work = WorkStatus(self.status, services, self.studio, self.batch, self.train)
        self.incoming = Incoming(self, keeper, self.studio, self.batch, self.train, self.explore)
        self.notifier = Notifier(self)
        self.actions_ = Actions(self, self.studio.undo_group)
        self.closing = Closing(self.studio, services, self)
        self._undo: QUndoStack | None = None  # of the studio, while it is not shown
        self.setWindowTitle("AEStudio")
        self.setMinimumSize(1100, 700)
        self.resize(1440, 900)
        self._memory = QSettings(str(keeper.path.with_name("window.ini")), QSettings.Format.IniFormat)
        geometry = self._memory.value("geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        self.setAcceptDrops(True)
        self.modes = (
            Mode(self.tr("Studio"), "image-edit-outline", self.studio),
            Mode(self.tr("Batch"), "image-multiple-outline", self.batch),
            Mode(self.tr("Train"), "school-outline", self.train),
            Mode(self.tr("Explore"), "compass-outline", self.explore),
            Mode(self.tr("Models"), "brain", self.models),
        )
        self._lay_out()
        self._connect()
        self._fill_recent()
        self._on_work_changed()
        if keeper.complaints:
            self.studio.messages.show_note(" ".join(translated(complaint) for complaint in keeper.complaints))

    def _lay_out(self) -> None:
        self.pages = QStackedWidget()
        for mode in self.modes:
            self.pages.addWidget(mode.page)
        actions = self.actions_
        self.menu = QMenu(self)
        actions.fill_menu(self.menu)
        shown = (actions.open, actions.undo, actions.redo, actions.preferences)
        self.mode_bar = ModeBar(self.modes, shown, self.menu)
        self.menu_button = self.mode_bar.menu_button
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.mode_bar)
        column.addWidget(self.pages, 1)
        column.addWidget(self.status)
        self.setCentralWidget(middle)

    def _connect(self) -> None:
        actions, studio, view = self.actions_, self.studio, self.studio.view
        for action, slot in (
            (actions.open, self.incoming.open_photos),
            (actions.open_folder, self.incoming.open_folder),
            (actions.paste, self.incoming.paste),
            (actions.save, studio.save),
            (actions.save_as, studio.save_as),
            (actions.preferences, self._on_preferences),
            (actions.quit, self.close),
            (actions.run, self._on_run),
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
        actions.recent.triggered.connect(self.incoming.take_recent)
        view.mode_changed.connect(self._on_layout_changed)
        view.loupe_toggled.connect(actions.loupe.setChecked)
        studio.open_requested.connect(self.incoming.open_photos)
        studio.work_changed.connect(self._on_work_changed)
        studio.photos_listed.connect(self.keeper.add_recent)
        self.batch.photos_wanted.connect(self.incoming.open_photos)
        self.batch.folder_wanted.connect(self.incoming.open_folder)
        self.batch.studio_wanted.connect(self.incoming.open_in_studio)
        self.batch.run_ended.connect(self.notifier.tell)
        self.batch.work_changed.connect(self._on_work_changed)
        self.train.work_changed.connect(self._on_work_changed)
        self.train.run_ended.connect(self.notifier.tell)
        self.explore.folder_wanted.connect(self.incoming.open_folder)
        self.explore.studio_wanted.connect(self.incoming.open_in_studio)
        self.explore.batch_wanted.connect(self._on_batch_wanted)
        self.models.try_wanted.connect(self._on_try_wanted)
        self.models.train_wanted.connect(self._on_train_wanted)
        self.incoming.studio_wanted.connect(self._on_studio_wanted)
        self.keeper.changed.connect(self._fill_recent)
        self.keeper.failed.connect(studio.messages.show_failure)
        self.mode_bar.chosen.connect(self.show_mode)
        self.status.cancel_requested.connect(self._on_stop)
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
        """Take what was dropped."""
        self.incoming.take_from(event.mimeData())
        event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no control wanted: the photo before, and the next photo."""
        key = Qt.Key(event.key())
        if not self.in_studio:
            super().keyPressEvent(event)
        elif key in BEFORE_KEYS and not event.isAutoRepeat():
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
        if event.type() == QEvent.Type.ActivationChange:
            if self.isActiveWindow():
                self.notifier.forget()
                self.services.models_changed.emit()  # who knows what was done to their files elsewhere
            else:
                self.studio.view.set_show_before(False)

    # what the user asks for

    @property
    def in_studio(self) -> bool:
        """Whether the studio is shown: its keys do nothing elsewhere."""
        return self.pages.currentWidget() is self.studio

    @Slot(int)
    def show_mode(self, number: int) -> None:
        """Show another mode; what works in the others goes on."""
        self.pages.setCurrentIndex(number)
        self.mode_bar.show_mode(number)
        page = self.modes[number].page
        self.incoming.turn_to(page)
        if page is self.train:
            self.train.refresh()
        self.studio.view.set_show_before(False)
        for action in self.actions_.of_studio:
            action.setEnabled(self.in_studio)
        self._show_undo()
        self._on_work_changed()

    def _show_undo(self) -> None:
        """Undo is the studio's: elsewhere it would change what is not seen."""
        group = self.studio.undo_group
        if not self.in_studio:
            self._undo = group.activeStack() or self._undo
            group.setActiveStack(None)  # type: ignore[arg-type]  # Qt takes it for none
        elif group.activeStack() is None and self._undo is not None:
            group.setActiveStack(self._undo)

    @Slot()
    def _on_studio_wanted(self) -> None:
        self.show_mode(0)

    @Slot(object)
    def _on_batch_wanted(self, paths: Sequence[Path]) -> None:
        self.show_mode(self.pages.indexOf(self.batch))
        self.batch.add(paths)

    @Slot(str, str)
    def _on_try_wanted(self, task_id: str, model: str) -> None:
        self.show_mode(0)
        self.studio.models.try_model(task_id, model)

    @Slot()
    def _on_train_wanted(self) -> None:
        self.show_mode(self.pages.indexOf(self.train))

    @Slot()
    def _on_run(self) -> None:
        if self.in_studio:
            self.studio.run()
        elif self.pages.currentWidget() is self.batch:
            self.batch.start()
        elif self.pages.currentWidget() is self.train:
            self.train.start()

    @Slot()
    def _on_stop(self) -> None:
        """The button in the status line: it stops what is told there."""
        if self.work.shows_batch:
            self.batch.cancel()
        elif self.work.shows_training:
            self.services.training.stop()
        elif self.work.shows_exploring:
            self.services.indexing.stop()
        else:
            self._on_cancel()

    @Slot()
    def _on_cancel(self) -> None:
        """Esc. A batch is not stopped by it: hours of work should not hang on a key that is hit by accident."""
        if not self.in_studio:
            if self.isFullScreen():
                self.actions_.full_screen.trigger()
            self.batch.messages.clear()
            self.train.messages.clear()
            self.models.messages.clear()
            self.explore.escape()
            return
        if self.studio.hinting is not None and self.studio.hinting.stop_taking():
            return
        if self.studio.comparing.stop():
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
        AboutDialog(self.work.device or self.tr("not known yet"), self).open()

    # what happened

    @Slot()
    def _on_work_changed(self) -> None:
        entry = self.studio.current if self.in_studio else None
        self.setWindowTitle("AEStudio" if entry is None else f"{entry.path.name}[*] – AEStudio")
        self.setWindowModified(entry is not None and self.studio.is_unsaved(entry))
        can_save = self.in_studio and self.studio.panel.save.isEnabled()
        self.actions_.save.setEnabled(can_save)
        self.actions_.save_as.setEnabled(can_save)
        runners: dict[QWidget | None, QPushButton] = {
            self.studio: self.studio.panel.run,
            self.batch: self.batch.controls.start,
            self.train: self.train.controls.start,
        }
        runner = runners.get(self.pages.currentWidget())
        self.actions_.run.setEnabled(runner is not None and runner.isEnabled())

    @Slot()
    def _fill_recent(self) -> None:
        self.incoming.fill_recent(self.actions_.recent)

    def _photo_in_studio(self) -> OpenPhoto | None:
        return self.studio.current
