"""The window on a real X server: what the user sees is what is grabbed from the screen."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from aestudio.gui.app import Application

photo, models, preferences, pictures = map(Path, sys.argv[1:])
app = QApplication([])
assert app.platformName() == "xcb"
application = Application(app, preferences, [models])
window, studio = application.window, application.window.studio
window.move(0, 0)
window.resize(1200, 800)
window.show()


def wait_for(signal, start):
    loop = QEventLoop()
    signal.connect(loop.quit)
    QTimer.singleShot(60_000, loop.quit)
    start()
    loop.exec()


wait_for(application.services.restorations.idle, lambda: application.start([]))
wait_for(application.services.opener.finished, lambda: studio.open_paths([photo]))
wait_for(studio.settled, studio.panel.sections[0].switch.click)
for split, name in ((1.0, "before.png"), (0.5, "split.png")):
    studio.view.set_split(split)
    settle = QEventLoop()
    QTimer.singleShot(500, settle.quit)
    settle.exec()
    app.primaryScreen().grabWindow(0).save(str(pictures / name))
window.hide()
application.shutdown()
"""


@pytest.mark.xvfb
@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="xvfb-run is not installed")
def test_the_real_window_shows_before_and_after(make_photo: Callable[..., Path], models: Path, tmp_path: Path) -> None:
    photo = make_photo(width=600, height=400)
    command = ["xvfb-run", "-a", "-s", "-screen 0 1200x800x24", sys.executable, "-c", SCRIPT]
    environment = os.environ | {"QT_QPA_PLATFORM": "xcb"}
    arguments = [str(photo), str(models), str(tmp_path / "preferences.toml"), str(tmp_path)]
    subprocess.run([*command, *arguments], env=environment, check=True, timeout=110)
    before, split = (cv2.imread(str(tmp_path / name)) for name in ("before.png", "split.png"))
    assert before is not None
    assert split is not None
    assert split.shape == (800, 1200, 3)
    panel = split[500:600, 1000:1150]
    assert len(np.unique(panel.reshape(-1, 3), axis=0)) == 1  # even ...
    assert len(set(panel[0, 0].tolist())) == 1  # ... and without a tint
    assert len(np.unique(split[:40].reshape(-1, 3), axis=0)) > 10  # the mode bar with its icons and text
    left, right = np.s_[300:380, 250:450], np.s_[300:380, 650:850]
    assert before[left].std() > 5  # the noisy photo
    assert np.array_equal(before[left], split[left])
    assert not np.array_equal(before[right], split[right])  # the result, on the right of the line only
