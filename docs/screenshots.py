"""Takes the pictures of the window in docs/images/: both palettes, both languages, from the real window.

    xvfb-run -s "-screen 0 1600x1000x24" python docs/screenshots.py [PHOTO…]

Without a photo, the samples are taken. Needs the models, and a font with Korean letters (fonts-nanum).
"""

# ruff: noqa: TID251 - it drives the window
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import shiboken6
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from aestudio.gui.app import Application, sample_photos
from aestudio.gui.i18n import LANGUAGES
from aestudio.gui.lab.windows import LabWindow
from aestudio.gui.main_window import MainWindow
from aestudio.gui.preferences_dialog import PreferencesDialog
from aestudio.gui.shortcuts_dialog import ShortcutsDialog
from aestudio.gui.studio import Studio
from aestudio.settings import Preferences, write_preferences

FOLDER = Path(os.environ.get("SCREENSHOTS", Path(__file__).resolve().parent / "images"))
SIZE = (1440, 900)
PATIENCE_MS = 600_000
HINTS = ((0.7, 0.12, 7), (0.2, 0.63, 10))  # sky and leaves of the black-and-white sample
SETTLE_MS = 400  # thumbnails and the canvas' finer sizes


def pause(milliseconds: int) -> None:
    """Let the window work."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_for(started: Callable[[], object], *signals: object) -> None:
    """Start something and wait until one of the signals comes."""
    loop = QEventLoop()
    for signal in signals:
        signal.connect(loop.quit)  # type: ignore[attr-defined]
    QTimer.singleShot(PATIENCE_MS, loop.quit)
    started()
    loop.exec()


def wait_until(done: Callable[[], bool]) -> None:
    """Let the window work until that is so."""
    pause(SETTLE_MS)
    for _ in range(PATIENCE_MS // SETTLE_MS):
        if done():
            return
        pause(SETTLE_MS)


def take(widget: QWidget, name: str, settle: int = SETTLE_MS) -> None:
    """Save a picture of a widget as it is on the screen."""
    pause(settle)
    FOLDER.mkdir(parents=True, exist_ok=True)
    widget.grab().save(str(FOLDER / f"{name}.png"))


def take_all(theme: str, language: str, photos: list[Path]) -> None:
    """The empty window, the studio at work and done, and the dialogs, in one theme and language."""
    app = QApplication([])
    ending = "" if (theme, language) == ("dark", "en") else f"-{theme}-{language}"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "preferences.toml"
        write_preferences(Preferences(theme=theme, language=language), path)
        application = Application(app, path)
        window, services = application.window, application.services
        studio = window.studio
        window.resize(*SIZE)
        window.show()
        wait_for(lambda: application.start([]), services.restorations.ready, services.restorations.failed)
        pause(SETTLE_MS)
        take(window, f"empty{ending}")
        wait_for(lambda: studio.open_paths(photos), services.opener.finished)
        switch = studio.panel.sections[0].switch
        wait_for(switch.click, services.restorations.tile_restored, services.restorations.failed)
        take(window, f"working{ending}", 0)
        if not studio.view.has_result or services.restorations.busy:
            wait_for(lambda: None, services.restorations.idle)
        studio.view.set_split(0.5)
        take(window, f"studio{ending}")
        studio.save_as()
        if studio.saving.dialog is not None:
            take(studio.saving.dialog, f"save{ending}")
            studio.saving.dialog.reject()
        take_colorize(studio, ending)
        take_unwatermark(studio, ending)
        take_compress(studio, photos[0], ending)
        take_batch(window, photos, Path(folder) / "restored", ending)
        for dialog, name in (
            (PreferencesDialog(application.keeper, window), "preferences"),
            (ShortcutsDialog(window.actions_.key_hints(), window), "keys"),
        ):
            dialog.open()
            take(dialog, f"{name}{ending}")
            dialog.reject()
        window.hide()
        application.shutdown()
        shiboken6.delete(window)  # as the program does it: the interpreter's own end was seen to crash


def take_colorize(studio: Studio, ending: str) -> None:
    """Colorize on the black-and-white sample: with hints, with the picker open, and where it guesses."""
    services, hinting = studio.services, studio.hinting
    grey = [path for path in sample_photos() if "black-and-white" in path.name]
    if hinting is None or not grey:
        return
    wait_for(lambda: studio.open_paths(grey), services.opener.finished)
    section = next(section for section in studio.panel.sections if section.task.id == "colorize")
    wait_for(section.switch.click, services.restorations.idle)
    section.fold(closed=False)
    for x, y, number in HINTS:
        studio.view.place_clicked.emit(x, y, True)
        assert hinting.picker is not None
        wait_for(hinting.picker.memory[number].click, services.restorations.idle)
    take(studio.window(), f"colorize{ending}")
    hinting.panel.doubt.click()
    take(studio.window(), f"doubt{ending}")
    hinting.panel.doubt.click()
    studio.view.place_clicked.emit(0.35, 0.55, True)
    if hinting.picker is not None:
        take(hinting.picker, f"picker{ending}")
        hinting.picker.close()


def take_unwatermark(studio: Studio, ending: str) -> None:
    """Remove watermarks on the sample with a mark, which it finds by itself."""
    services = studio.services
    marked = [path for path in sample_photos() if path.stem.endswith("-marked")]
    section = next(section for section in studio.panel.sections if section.task.id == "unwatermark")
    studio.consent.remember(section.task)  # the question is a dialog that waits for a hand
    wait_for(lambda: studio.open_paths(marked), services.opener.finished)
    wait_for(section.switch.click, services.restorations.idle)
    section.fold(closed=False)
    studio.view.set_split(0.5)
    take(studio.window(), f"unwatermark{ending}")


def take_compress(studio: Studio, photo: Path, ending: str) -> None:
    """Compress behind Denoise, beside a JPEG of the same size; the chart, and what the file holds."""
    entry, lab = studio.model.find(photo), studio.lab
    if entry is None or lab is None:
        return
    studio.filmstrip.select(entry)
    section = lab.section
    for other in studio.panel.sections:
        other.fold(closed=True)
    section.fold(closed=False)
    section.switch.click()
    section.rivals.setCurrentIndex(1)
    section.rivals.activated.emit(1)
    wait_until(lambda: lab.at_rest)
    studio.view.set_split(0.5)
    take(studio.window(), f"compress{ending}")
    section.chart.click()
    section.code.click()
    wait_until(lambda: lab.at_rest)
    for window in QApplication.topLevelWidgets():
        if isinstance(window, LabWindow) and window.isVisible():
            take(window, f"{type(window).__name__.lower()}{ending}")
            window.close()


def take_batch(window: MainWindow, photos: list[Path], out: Path, ending: str) -> None:
    """A batch at work, and done; the compare window with its first result."""
    batch = window.batch
    window.show_mode(1)
    take(window, f"batch-empty{ending}")
    batch.settings.output.folder_edit.setText(str(out))
    batch.settings.output.folder_edit.textEdited.emit(str(out))
    batch.settings.steps.sections[0].switch.click()
    wait_for(lambda: batch.add(photos), batch.sources.listed, batch.sources.failed)
    wait_until(lambda: not batch.sources.busy)
    batch.controls.start.click()
    wait_until(lambda: batch.progress.through > 0 or not batch.runs.running)
    take(window, f"batch-working{ending}", 0)
    wait_until(lambda: not batch.runs.running)
    batch.controls.worst_first.click()
    take(window, f"batch{ending}")
    batch.reviewing.open(batch.model.row(0))
    compare = batch.reviewing.compare
    if compare is not None:
        wait_for(lambda: None, compare.shown)
        take(compare, f"batch-compare{ending}")
        compare.close()
    window.show_mode(0)


def main() -> None:
    """One process for each theme and language: a language is chosen when the program starts."""
    if sys.argv[1:2] == ["--take"]:
        theme, language, *names = sys.argv[2:]
        take_all(theme, language, [Path(name) for name in names])
        return
    photos = [Path(name).absolute() for name in sys.argv[1:]] or sample_photos()
    if not photos:
        raise SystemExit("There are no samples in resources/samples. Please name a photo.")
    os.environ.setdefault("QT_SCALE_FACTOR", "1")
    for theme in ("dark", "light"):
        for language in LANGUAGES:
            command = [sys.executable, __file__, "--take", theme, language, *map(str, photos)]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
