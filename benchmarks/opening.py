"""How soon photos are seen: a folder of 2,000 mixed ones in the filmstrip, one of 24 megapixels on the canvas.

    QT_QPA_PLATFORM=offscreen python benchmarks/opening.py [PICTURES] [--count 2000] [--set FOLDER]

The set is made of the largest JPEGs in PICTURES (of the samples by default): some forty files of all formats, damaged
ones among them, under 2,000 names in a temporary folder of 0.3 GB, or in `--set`, where it is kept for the next time.
"""

import argparse
import os
import struct
import tempfile
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from functools import partial
from importlib import import_module
from io import BytesIO
from itertools import cycle, product
from pathlib import Path
from statistics import median
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import cv2
import numpy as np
import tifffile
from event_loop import Heartbeat
from PIL import Image
from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from aestudio.gui.app import Application
from aestudio.gui.filmstrip import FAILED_ROLE, Filmstrip
from aestudio.images.io import photo_paths, read_preview, write_photo
from aestudio.images.options import SaveOptions
from aestudio.images.photo import Photo, Pixels, to_depth
from aestudio.resources import data_folder

FIRST_S, STALL_MS, SHOWN_S = 0.5, 50.0, 1.0  # the goals
SCROLL_S, STEP_MS, SLOW, REPETITIONS, PATIENCE_S = 10.0, 16, 8, 7, 120  # SLOW: photos a second
LARGE, CAMERA, MIDDLE, SMALL = (6000, 4000), (4240, 2832), (1600, 1200), (640, 480)


def filled(picture: Pixels, size: tuple[int, int]) -> Pixels:
    """RGB of any (width, height): the picture, mirrored as often as it takes, with some grain."""
    below, right = (max(0, n - m) for n, m in zip(size[::-1], picture.shape[:2], strict=True))
    mirrored = cv2.copyMakeBorder(picture[..., :3], 0, below, 0, right, cv2.BORDER_REFLECT)[: size[1], : size[0]]
    grain = cv2.randn(np.empty(mirrored.shape, np.int16), np.zeros(3), np.full(3, 6.5))
    return np.asarray(cv2.add(mirrored, grain, dtype=cv2.CV_8U))


def write_jpeg(path: Path, pixels: Pixels, orientation: int = 1, thumbnail: bool = False, **options: Any) -> None:
    """A JPEG of quality 92 with an orientation and, as cameras have it, a JPEG of 160 pixels in its EXIF data."""
    image, small = Image.fromarray(pixels), BytesIO()
    image.resize((160, 160 * image.height // image.width)).save(small, "JPEG")
    exif = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<3H3I", 1, 274, 3, 1, orientation, 26 * thumbnail)
    tags = struct.pack("<H2H2I2H2I2H2II", 3, 259, 3, 1, 6, 513, 4, 1, 68, 514, 4, 1, len(small.getvalue()), 0)
    exif += (tags + small.getvalue()) * thumbnail
    image.save(path, quality=92, exif=exif, **options)


def write_dng(path: Path, pixels: Pixels) -> None:
    """A raw file without a picture of the camera's own."""
    mosaic = (to_depth(pixels, 32) ** 2.2 * 60_000).astype(np.uint16)
    mosaic[0::2, 0::2, 1], mosaic[1::2, 1::2, 1] = mosaic[0::2, 0::2, 0], mosaic[1::2, 1::2, 2]
    tags: list[Any] = [(271, 2, 0, "Aestudio", True), (33421, 3, 2, (2, 2), True), (33422, 1, 4, (0, 1, 1, 2), True)]
    tags += [(50706, 1, 4, (1, 4, 0, 0), True), (50708, 2, 0, "Test camera", True), (50717, 4, 1, 60_000, True)]
    tifffile.imwrite(path, mosaic[..., 1], photometric="cfa", extratags=tags, metadata=None, software=False)


def make_files(folder: Path, sources: list[Path]) -> list[Path]:
    """Some forty files of all kinds; the first is the large JPEG."""
    pictures, made = cycle([read_preview(source, 2000).pixels for source in sources]), list[Path]()

    def path(name: str) -> Path:
        made.append(folder / f"{len(made):02}-{name}")
        return made[-1]

    for orientation, size in product((1, 6, 8, 3), (LARGE, CAMERA, CAMERA, MIDDLE)):
        write_jpeg(path("camera.JPG"), filled(next(pictures), size), orientation, thumbnail=len(made) % 2 == 0)
    write_jpeg(path("progressive.jpeg"), filled(next(pictures), CAMERA), progressive=True)
    write_jpeg(path("grey.jpg"), filled(next(pictures), CAMERA)[..., 1])
    for size, depth in ((MIDDLE, 8), (CAMERA, 8), (SMALL, 8), (MIDDLE, 16), (CAMERA, 16)):
        photo, packed = Photo(to_depth(filled(next(pictures), size), depth)), "none" if depth == 8 else "lzw"
        for suffix in ("png", "tif"):
            write_photo(photo, path(f"{depth}-bit.{suffix}"), SaveOptions(level=1, compression=packed))
    for size in (MIDDLE, CAMERA):
        write_photo(Photo(filled(next(pictures), size)), path("lossy.webp"))
        write_photo(Photo(filled(next(pictures), size)), path("lossy.avif"))
        write_dng(path("raw.dng"), filled(next(pictures), SMALL))
        with suppress(ImportError):
            image = Image.fromarray(filled(next(pictures), size))
            import_module("pillow_heif").from_pillow(image).save(path("phone.heic"), quality=80)
    for number, share in ((0, 0.9), (1, 0.99), (6, 0.5), (18, 0.6), (19, 0.6), (28, 0.7), (0, 0.0)):
        data = made[number].read_bytes()
        path(f"damaged{made[number].suffix}").write_bytes(data[: int(len(data) * share)])
    path("text.jpg").write_text("not a photo")
    return made


def make_set(folder: Path, pictures: Path, count: int) -> None:
    """`count` photos in the folder `many`, and copies of the large JPEG in the folder `one`."""
    sources = sorted(pictures.rglob("*.jpg"), key=lambda path: path.stat().st_size)[-16:]
    for name in ("files", "many", "one"):
        (folder / name).mkdir(parents=True)
    cv2.setRNGSeed(0)
    files = make_files(folder / "files", sources)
    order = np.random.default_rng(0).integers(len(files), size=count - 1)
    for number, file in enumerate([files[0], *(files[index] for index in order)], start=1):
        (folder / "many" / f"{'IMG_' if number % 3 else 'img_'}{number}{file.suffix}").hardlink_to(file)
    for number in range(REPETITIONS):
        (folder / "one" / f"{number}.jpg").hardlink_to(files[0])
    print(f"{len(files)} different photos made, {sum(file.stat().st_size for file in files) / 1e6:.0f} MB")


class PaintWatch(QObject):
    """Asks what is about to be painted in a widget, and tells once it is."""

    def __init__(self, widget: QWidget, begun: Callable[[], Collection[Any]], done: Callable[[Any], None]) -> None:
        super().__init__(widget)
        self._begun, self._done = begun, done
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt is about to paint."""
        if event.type() == QEvent.Type.Paint and (things := self._begun()):
            QTimer.singleShot(0, lambda: self._done(things))
        return False


def run_until(is_done: Callable[[], bool], what: str) -> None:
    """Run a real event loop until something is so: polling would hide what the window waits for."""
    loop, timer, end = QEventLoop(), QTimer(), time.monotonic() + PATIENCE_S
    timer.timeout.connect(lambda: loop.quit() if is_done() or time.monotonic() > end else None)
    timer.start(2)
    loop.exec()
    if not is_done():
        raise SystemExit(f"{what} did not happen within {PATIENCE_S} s")


def rows_in_view(strip: Filmstrip) -> range:
    """The rows of which something can be seen, where there are more than those."""
    middle, bottom = strip.viewport().width() // 2, strip.viewport().height() - 1
    return range(strip.indexAt(QPoint(middle, 0)).row(), strip.indexAt(QPoint(middle, bottom)).row() + 1)


def verdict(value: float, goal: float) -> str:
    """Whether a goal is reached."""
    return "fine" if value <= goal else f"MISSED: {goal:g} is the goal"


def time_one(application: Application, folder: Path) -> None:
    """Open one photo after the other, and print how long its parts took."""
    studio, steps, paths = application.window.studio, dict[str, float](), photo_paths(folder)

    def note(names: Collection[str]) -> None:
        steps.update({name: time.perf_counter() for name in names if name not in steps})

    def on_paint() -> list[str]:
        is_there, is_whole = studio.view.visible_box().height > 0, "opened" in steps and studio.view.settled
        return ["preview painted", "painted"][: 1 + is_whole] if is_there and "listed" in steps else []

    PaintWatch(studio.view, on_paint, note)
    studio.photos_listed.connect(lambda _: note(["listed"]))
    studio.opened.connect(lambda _: note(["opened"]))
    application.services.opener.finished.connect(lambda: note(["examined"]))
    times: list[dict[str, float]] = []
    for path in paths:
        steps.clear()
        began = time.perf_counter()
        studio.open_paths([path])
        run_until(lambda: {"painted", "examined"} <= set(steps), "opening a photo")
        times.append({name: at - began for name, at in steps.items()})
    print(f"one JPEG of 24 megapixels, {paths[0].stat().st_size / 1e6:.1f} MB, {len(paths)} times: median and longest")
    for name in times[0]:
        seconds = [one[name] for one in times]
        print(f"  {name:15} {median(seconds):6.3f} {max(seconds):6.3f} s")
    print(f"  {verdict(max(one['painted'] for one in times), SHOWN_S)}")


def time_many(application: Application, folder: Path) -> None:
    """Open the folder, pull the filmstrip, and print what was seen when."""
    strip, heart = application.window.studio.filmstrip, Heartbeat()
    painted, seen, bar = dict[int, float](), set[int](), strip.verticalScrollBar()

    def on_paint() -> list[int]:
        rows = rows_in_view(strip)
        seen.update(rows)
        indexes = [strip.model().index(row, 0) for row in rows if row not in painted]
        return [i.row() for i in indexes if i.data(Qt.ItemDataRole.DecorationRole) or i.data(FAILED_ROLE)]

    def all_there() -> bool:
        return bool(painted) and set(rows_in_view(strip)) <= set(painted)

    def pull(speed: str, start: int, way: int) -> None:
        for kept in (painted, seen, heart.gaps):
            kept.clear()
        timer, began = QTimer(), time.perf_counter()
        timer.timeout.connect(
            lambda: bar.setValue(start + round(way * min(1, (time.perf_counter() - began) / SCROLL_S)))
        )
        timer.start(STEP_MS)
        run_until(lambda: bar.value() == start + way, "the end of the filmstrip")
        timer.stop()
        ended, most, late = time.perf_counter(), max(heart.gaps), np.percentile(heart.gaps, 99)
        print(f"{speed}: {len(seen)} photos in {ended - began:.1f} s, {len(painted)} of them with their thumbnails")
        print(f"  gap: 99th percentile {late:.1f} ms, largest {most:.1f} ms  {verdict(most, STALL_MS)}")
        run_until(all_there, "the last thumbnails")
        print(f"  all in view {time.perf_counter() - ended:.3f} s after the end")

    PaintWatch(strip.viewport(), on_paint, lambda rows: painted.update(dict.fromkeys(rows, time.perf_counter())))
    heart.start()
    began = time.perf_counter()
    application.window.studio.open_paths([folder])
    run_until(all_there, "all thumbnails")
    first, last = min(painted.values()) - began, max(painted.values()) - began
    print(f"a folder of {strip.model().rowCount()} photos, longest gap of the event loop {max(heart.gaps):.0f} ms")
    print(f"  first thumbnail after {first:.3f} s, all in view after {last:.3f} s  {verdict(first, FIRST_S)}")
    pull("scrolling through all", 0, bar.maximum())
    pull("scrolling slowly", bar.maximum() // 2, round(SLOW * strip.sizeHintForRow(0) * SCROLL_S))
    heart.stop()


def main() -> None:
    """Make the photos, open them, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("pictures", type=Path, nargs="?", default=data_folder("resources") / "samples")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--set", type=Path)
    arguments = parser.parse_args()
    app = QApplication([])
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.set or Path(temporary) / "set"
        if not folder.exists():
            make_set(folder, arguments.pictures, arguments.count)
        for measure, name in ((time_many, "many"), (time_one, "one")):
            application = Application(app, Path(temporary) / "preferences.toml")
            application.window.show()
            application.start([])
            run_until(partial(getattr, application.window.studio, "tasks"), "loading the tools")
            measure(application, folder / name)
            application.window.hide()
            application.shutdown()


if __name__ == "__main__":
    main()
