"""The real window, with a tiny network in place of the trained one."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pytest
import torch
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from small_model import write_model

from aestudio.gui.app import Application
from aestudio.gui.i18n import install_language
from aestudio.gui.main_window import MainWindow
from aestudio.gui.studio import Studio
from aestudio.gui.task_panel import Section
from aestudio.images.io import write_photo
from aestudio.images.photo import Photo
from aestudio.models.networks import BUILDERS


def pytest_configure(config: pytest.Config) -> None:
    """The marker of tests that need an X server."""
    config.addinivalue_line("markers", "xvfb: opens the real window on a virtual screen")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform warns of sizes and popups that it cannot handle: that says nothing about the program."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", "This plugin does not support"))


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """Fails a test that leaves a thread behind; those that convert colours belong to the process."""
    before = set(threading.enumerate())
    yield
    end = time.monotonic() + 3
    left = {thread for thread in set(threading.enumerate()) - before if not thread.name.startswith("colour_")}
    while left and time.monotonic() < end:
        for thread in left:
            thread.join(0.05)
        left = {thread for thread in left if thread.is_alive()}
    assert not left


@pytest.fixture(autouse=True)
def in_english(qapp: QApplication) -> Iterator[None]:
    """Plural forms are in the translation, whichever test is the first to make the program."""
    installed = install_language(qapp, "en")
    yield
    for translator in installed:
        qapp.removeTranslator(translator)


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with small networks of fixed random weights: what they make is no good, but the same each time."""
    folder = tmp_path_factory.mktemp("models")
    save_model(folder, "denoise", "denoising-unet", {"channels": [8, 8, 8], "blocks": [1, 1, 1, 1, 1]})
    save_model(folder, "colorize", "colorizing-unet", {"channels": [8, 8, 8, 8], "blocks": [1, 1, 1, 1], "heads": 2})
    save_model(folder, "unwatermark", "mark-remover", {"channels": [8, 8, 8, 8], "blocks": [1, 1, 1, 0], "heads": 2})
    return folder


def save_model(folder: Path, task: str, network: str, arguments: dict[str, Any]) -> None:
    torch.manual_seed(0)
    net = BUILDERS[network](**arguments)
    with torch.no_grad():
        net.tail.weight.normal_(0, 0.02)  # type: ignore[union-attr,operator]  # nn.Module does not say what tail is
    write_model(folder, task, task, network, arguments, net)


@pytest.fixture
def make_photo(tmp_path: Path) -> Callable[..., Path]:
    """Writes a noisy photo."""

    def make(name: str = "noisy.png", width: int = 160, height: int = 120, seed: int = 0) -> Path:
        rng = np.random.default_rng(seed)
        pixels = np.clip(110 + rng.normal(0, 15, (height, width, 3)), 0, 255).astype(np.uint8)
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return write_photo(Photo(pixels), path)

    return make


@pytest.fixture
def make_application(
    qapp: object, qtbot: QtBot, tmp_path: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Application]]:
    """Builds the program; whatever was built is taken down at the end."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))  # the user's own marks are there
    made: list[Application] = []

    def make(models: Path = models, own: Path | None = None) -> Application:
        from PySide6.QtWidgets import QApplication

        assert isinstance(qapp, QApplication)
        application = Application(
            qapp, tmp_path / "preferences" / "preferences.toml", [models, *([own] if own else [])]
        )
        made.append(application)
        application.window.show()
        qtbot.waitExposed(application.window)
        with qtbot.waitSignal(application.services.restorations.idle, timeout=30_000):
            application.start([])
        return application

    yield make
    for application in made:
        application.window.hide()
        application.shutdown()
        application.window.deleteLater()
        application.deleteLater()
    # now, and not at the end of the process: by then Qt's own means of taking windows down may be gone
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def application(make_application: Callable[[], Application]) -> Application:
    """The program, its tools loaded."""
    return make_application()


@pytest.fixture
def window(application: Application) -> MainWindow:
    """The window."""
    return application.window


@pytest.fixture
def studio(window: MainWindow) -> Studio:
    """The studio in the window."""
    return window.studio


@pytest.fixture
def denoise(studio: Studio) -> Section:
    """The section of Denoise in the panel."""
    return studio.panel.sections[0]


@pytest.fixture
def colorize(studio: Studio) -> Section:
    """The section of Colorize in the panel."""
    return studio.panel.sections[1]


@pytest.fixture
def unwatermark(studio: Studio) -> Section:
    """The section of Remove watermarks in the panel."""
    section = studio.panel.sections[2]
    studio.consent.remember(section.task)  # else a question stops the test
    return section


@pytest.fixture
def open_photo(studio: Studio, qtbot: QtBot) -> Callable[[Path], None]:
    """Opens a photo and waits until it is decoded and examined."""

    def open_(path: Path) -> None:
        with qtbot.waitSignal(studio.services.opener.finished, timeout=20_000):
            studio.open_paths([path])

    return open_
