"""Takes the pictures of the Explore page in docs/images/, of photos that are free to be shown.

    xvfb-run -s "-screen 0 1600x1000x24" python docs/explore_screenshots.py [FOLDER]

FOLDER holds a few photos, by default those of the benchmark. Parts of them stand for the photos of a folder, which
would otherwise be too few; a few of them are spoilt, to be found. The user's own cache is not touched.
"""

# ruff: noqa: TID251 - it drives the window
import os
import shutil
import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtWidgets import QApplication
from screenshots import SIZE, pause, take, wait_until

from aestudio.gui.app import Application
from aestudio.gui.explore.components_view import ComponentsView
from aestudio.gui.explore.desk_view import DeskView
from aestudio.gui.explore.map_view import MapView
from aestudio.gui.explore.odd_view import OddView
from aestudio.images.io import photo_paths, read_photo, write_photo
from aestudio.images.photo import Photo
from aestudio.resources import data_folder
from aestudio.settings import Preferences, write_preferences

NAMES = {MapView: "explore", ComponentsView: "explore-pca", OddView: "explore-odd", DeskView: "explore-desk"}
PARTS = ((0.0, 0.0), (0.0, 0.5), (0.5, 0.0), (0.5, 0.5), (0.25, 0.25))  # corners of halves of the sides


def make_folder(photos: list[Path], folder: Path) -> None:
    """Each photo whole and in parts, and three that went wrong: too dark, out of focus, of the wrong colour."""
    for path in photos:
        photo = read_photo(path)
        pixels = (photo.rgb(photo.box) * 255).round().astype(np.uint8)
        height, width = pixels.shape[:2]
        _save(pixels, folder / f"{path.stem}.jpg")
        for number, (y, x) in enumerate(PARTS, 1):
            top, left = int(y * height), int(x * width)
            _save(pixels[top : top + height // 2, left : left + width // 2], folder / f"{path.stem}-{number}.jpg")
    pixels = pixels.astype(np.float32)
    _save(pixels * 0.05, folder / "misfire.jpg")
    _save(np.asarray(cv2.GaussianBlur(pixels, (0, 0), width / 30), np.float32), folder / "out-of-focus.jpg")
    _save(pixels * np.array((1.5, 0.8, 0.25), np.float32), folder / "tungsten.jpg")


def _save(pixels: NDArray[np.uint8] | NDArray[np.float32], path: Path) -> None:
    write_photo(Photo(np.ascontiguousarray(pixels.clip(0, 255).astype(np.uint8))), path)


def main() -> None:
    """Show the page, turn to each view, and take it once it is done."""
    photos = photo_paths(Path(sys.argv[1]) if sys.argv[1:] else data_folder("resources") / "benchmark")
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_CACHE_HOME"] = name
        folder = Path(tempfile.gettempdir()) / "holidays"  # its name is seen
        folder.mkdir(exist_ok=True)
        make_folder(photos, folder)
        app = QApplication([])
        preferences = Path(name) / "preferences.toml"
        write_preferences(Preferences(theme="dark", language="en"), preferences)
        application = Application(app, preferences)
        window = application.window
        window.resize(*SIZE)
        window.show()
        application.start([])
        window.show_mode(window.pages.indexOf(window.explore))
        window.explore.add([folder])
        wait_until(lambda: window.explore.view is not None and not window.explore.indexing.busy)
        for number, view in enumerate(window.explore.views):
            if type(view) not in NAMES:
                continue
            window.explore.show_view(number)
            pause(1000)
            wait_until(lambda view=view: not view.runner.busy)
            if isinstance(view, OddView):
                view.grid.select_row(view.grid.rows[0])
            take(window, NAMES[type(view)], 3000)
        window.hide()
        application.shutdown()
        shiboken6.delete(window)
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
