"""How fast the table of a batch is with 50,000 photos: `python benchmarks/batch_table.py [--photos FOLDER]`.

Prints how long it takes to fill and to sort it, to take over a hundred changes, and from each step of scrolling to its
picture. Thumbnails are made meanwhile, of the photos in FOLDER (of small made-up ones without it).
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from aestudio.batch.harm import Flag
from aestudio.batch.journal import DONE, FAILED, STATES, WAITING, Row
from aestudio.errors import Sentence
from aestudio.gui.batch.delegate import ROW_HEIGHT
from aestudio.gui.batch.model import BatchModel, Column
from aestudio.gui.batch.table import BatchTable
from aestudio.gui.palette import apply_font, apply_theme
from aestudio.gui.thumbnails import Thumbnails
from aestudio.images.io import photo_paths, write_photo
from aestudio.images.photo import Photo

COUNT = 50_000
FRAMES = 200
FILL_MS, SORT_MS, FRAME_MS = 500.0, 300.0, 16.0


def make_rows(photos: list[Path], folder: Path) -> list[Row]:
    """Rows in all states, some with flags."""
    rng = np.random.default_rng(0)
    rows = []
    for number in range(1, COUNT + 1):
        state = STATES[int(rng.integers(len(STATES)))]
        source = folder / f"day {number % 40}" / f"IMG_{int(rng.integers(10**6))}_{number}.jpg"
        if number <= len(photos):
            source = photos[number - 1]
        row = Row(number, source, folder / "out" / source.name, state, size=int(rng.integers(10**5, 10**8)))
        if state == DONE:
            row = replace(row, megapixels=float(rng.uniform(1, 60)), seconds=float(rng.uniform(0.1, 90)))
            if number % 7 == 0:
                said = Sentence.of("White became {amount} % darker.", amount="1.4")
                row = replace(row, flags=(Flag("white", 1 + float(rng.random()), said),))
        elif state == FAILED:
            row = replace(row, message=Sentence.of("{name} is damaged.", name=source.name))
        rows.append(row)
    return rows


def some_photos(folder: Path, count: int = 400) -> list[Path]:
    """Small photos, each a file of its own."""
    rng = np.random.default_rng(1)
    pixels = rng.integers(0, 256, (300, 450, 3), dtype=np.uint8)
    first = write_photo(Photo(pixels), folder / "0.jpg")
    for number in range(1, count):
        (folder / f"{number}.jpg").hardlink_to(first)
    return photo_paths(folder)


def timed(name: str, limit: float, work: Callable[[], object]) -> None:
    """Print how long something takes, its picture included, by the clock and by the processor."""
    started, spent = time.perf_counter(), time.thread_time()
    work()
    QApplication.processEvents()
    took, spent = (time.perf_counter() - started) * 1000, (time.thread_time() - spent) * 1000
    verdict = "fine" if spent <= limit else f"more than {limit:g} ms"
    print(f"{name:34} {took:7.1f}   processor {spent:6.1f} ms   {verdict}")


def frames(name: str, table: BatchTable, step: Callable[[int], object]) -> None:
    """Print how long it takes from each step to its picture; on a busy machine the processor's time tells more."""
    clock, work = [], []
    for number in range(FRAMES):
        started, spent = time.perf_counter(), time.thread_time()
        step(number)
        QApplication.processEvents()
        clock.append((time.perf_counter() - started) * 1000)
        work.append((time.thread_time() - spent) * 1000)
    verdict = "fine" if late(work) <= FRAME_MS else f"more than {FRAME_MS:g} ms"
    print(
        f"{name:34} median {statistics.median(clock):5.1f}   95 % {late(clock):5.1f}   "
        f"processor: median {statistics.median(work):5.1f}   95 % {late(work):5.1f} ms   {verdict}"
    )


def late(times: list[float]) -> float:
    """The 95th percentile."""
    return sorted(times)[int(len(times) * 0.95)]


def measure(table: BatchTable, model: BatchModel, rows: list[Row]) -> None:
    """Fill, sort, change and scroll the table."""
    timed("filled for the first time", FILL_MS, lambda: model.set_rows(rows))
    timed("filled with the same photos", FILL_MS, lambda: model.set_rows(rows))
    for column in Column:
        timed(f"sorted by {column.name.lower()}", SORT_MS, lambda c=column: table.sortByColumn(c, Qt.SortOrder(1)))  # type: ignore[misc]
    table.selectAll()
    timed("sorted with all selected", SORT_MS, lambda: table.sortByColumn(Column.SIZE, Qt.SortOrder.AscendingOrder))
    table.clearSelection()
    table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    bar = table.verticalScrollBar()
    bar.setValue(0)
    frames("scrolled by a notch", table, lambda n: bar.setValue(n * 3 * bar.singleStep()))
    bar.setValue(0)
    frames("scrolled by a page", table, lambda n: bar.setValue(n * bar.pageStep()))
    frames("dragged from top to bottom", table, lambda n: bar.setValue(n * bar.maximum() // FRAMES))
    waiting = [row for row in rows if row.state == WAITING]

    def change(step: int) -> None:
        some = waiting[100 * step % len(waiting) :][:100]
        model.change([replace(row, state=DONE, seconds=step + 1.0, megapixels=24.0) for row in some])

    bar.setValue(20 * ROW_HEIGHT)
    frames("a hundred photos done", table, change)


def main() -> None:
    """Make a table and measure it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--photos", type=Path)
    folder: Path | None = parser.parse_args().photos
    app = QApplication([])
    apply_theme(app, "dark")
    apply_font(app)
    with tempfile.TemporaryDirectory() as made:
        photos = photo_paths(folder) if folder else some_photos(Path(made))
        thumbnails = Thumbnails()
        model = BatchModel(thumbnails)
        table = BatchTable(model)
        table.resize(1150, 800)
        table.show()
        QApplication.processEvents()
        measure(table, model, make_rows(photos, Path(made)))
        thumbnails.shutdown()


if __name__ == "__main__":
    main()
