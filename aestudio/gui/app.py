"""Builds the window and everything behind it."""

import logging
import sys
from collections.abc import Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path

import platformdirs
import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from aestudio import __version__
from aestudio.gui.i18n import install_language
from aestudio.gui.icons import icon
from aestudio.gui.keeper import PreferencesKeeper
from aestudio.gui.main_window import MainWindow
from aestudio.gui.palette import apply_font, apply_theme
from aestudio.gui.services import Services
from aestudio.images.io import photo_paths
from aestudio.resources import data_folder

log = logging.getLogger(__name__)

LOG_BYTES = 1 << 20


def run(photos: Sequence[Path]) -> int:
    """Show the window, open photos and folders in it, and return when it is closed."""
    set_up_logging(platformdirs.user_log_path("aestudio", appauthor=False))
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("AEStudio")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("aestudio")  # by which a desktop finds the icon
    application = Application(app)
    # said outright, and once the loop runs: Qt's own way of ending with the last window was seen to miss a window
    # that is closed while everything is still being loaded
    application.window.closed.connect(app.quit, Qt.ConnectionType.QueuedConnection)
    application.window.show()
    application.start(photos)
    code = app.exec()
    application.shutdown()
    # now, by Qt's own order: the end of the interpreter takes widgets apart in any, and was seen to crash in it
    shiboken6.delete(application.window)
    return code


class Application(QObject):
    """The objects of the program, made once and connected; `window` is what is seen of them."""

    def __init__(
        self, app: QApplication, preferences: Path | None = None, models: Sequence[Path] | None = None
    ) -> None:
        super().__init__(app)
        self._app = app
        self.keeper = PreferencesKeeper(preferences, self)
        apply_theme(app, self.keeper.value.theme)
        apply_font(app)
        install_language(app, self.keeper.value.language)
        app.setWindowIcon(icon("image-auto-adjust"))
        self.services = Services(self, models)
        self.window = MainWindow(self.services, self.keeper, sample_photos())
        app.styleHints().colorSchemeChanged.connect(self._on_system_theme_changed)

    def start(self, photos: Sequence[Path]) -> None:
        """Open photos, and load what computes once the window is on the screen."""
        self.window.studio.open_paths(photos)
        QTimer.singleShot(0, self, self._on_shown)

    def shutdown(self) -> None:
        """Stop everything; no thread is left afterwards."""
        self.services.shutdown()
        self.window.studio.view.shut_down()
        self.window.batch.shut_down()
        self.window.train.shut_down()
        self.window.explore.shut_down()

    @Slot()
    def _on_shown(self) -> None:
        self.services.restorations.prepare(self.keeper.value.device)

    @Slot()
    def _on_system_theme_changed(self) -> None:
        if self.keeper.value.theme == "system":
            apply_theme(self._app, "system")


def sample_photos() -> list[Path]:
    """The photos that come with AEStudio; none in a copy without them."""
    folder = data_folder("resources") / "samples"
    return photo_paths(folder) if folder.is_dir() else []


def set_up_logging(folder: Path) -> None:
    """Write a log that a user can send: three files of a megabyte at most."""
    root = logging.getLogger("aestudio")
    if any(isinstance(handler, RotatingFileHandler) for handler in root.handlers):
        return
    root.setLevel(logging.INFO)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / "aestudio.log", maxBytes=LOG_BYTES, backupCount=2, encoding="utf-8")
    except OSError:
        logging.getLogger(__name__).warning("no log can be written to %s", folder)
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
