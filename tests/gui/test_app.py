"""The program starts, shows its window before anything heavy is loaded, and ends with its window."""

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path

from aestudio.gui.app import set_up_logging

SCRIPT = """
import sys
import threading
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from aestudio.gui import app

class Watched(app.Application):
    def start(self, photos):
        assert self.window.isVisible()
        assert "torch" not in sys.modules
        super().start(photos)
        self.services.opener.finished.connect(self.window.close)

app.Application = Watched
code = app.run([Path(sys.argv[1])])
assert [thread.name for thread in threading.enumerate()] == ["MainThread"]
sys.exit(code)
"""


def test_the_program_ends_when_its_window_is_closed(make_photo: Callable[..., Path], tmp_path: Path) -> None:
    homes = {f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("CONFIG", "STATE", "DATA", "CACHE")}
    environment = os.environ | homes | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", SCRIPT, str(make_photo())]
    subprocess.run(command, env=environment, check=True, timeout=100, capture_output=True)


def test_the_log_is_written_once_and_stays_small(tmp_path: Path) -> None:
    root = logging.getLogger("aestudio")
    set_up_logging(tmp_path / "logs")
    set_up_logging(tmp_path / "logs")
    handlers = [handler for handler in root.handlers if isinstance(handler, RotatingFileHandler)]
    try:
        assert len(handlers) == 1
        assert handlers[0].maxBytes * (handlers[0].backupCount + 1) < 4 << 20
        logging.getLogger("aestudio.gui").info("사진")
        assert "사진" in (tmp_path / "logs" / "aestudio.log").read_text(encoding="utf-8")
    finally:
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()
