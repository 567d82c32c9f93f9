"""Measures how long maps of photos take, how well they keep neighbours, and how smoothly one moves in them.

    QT_QPA_PLATFORM=offscreen python benchmarks/explore_map.py PHOTOS WORK [--model photo-autoencoder] [--models FOLDER]
        [--umap]

PHOTOS is a folder of photographs with sub-folders; WORK keeps what was read of them, for the next time. Prints JSON
lines: for each way to lay photos out, the seconds and the trustworthiness among 10 neighbours (Venna and Kaski, ICANN
2001; 1 is best); then the processor's milliseconds for a frame while the map is moved and zoomed, in a view of
1920×1000 pixels, of the photos themselves and of 10,000 that are made of them by adding noise to their codes.
"""

import argparse
import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtWidgets import QApplication
from sklearn.manifold import trustworthiness

from aestudio.explore.coder import MODEL, Coder
from aestudio.explore.index import index
from aestudio.explore.maps import CODES, METHODS, UMAP, lay_out
from aestudio.explore.photos import Indexed, Levels
from aestudio.explore.store import Store
from aestudio.gui.explore.map_view import MapView
from aestudio.gui.palette import apply_font, apply_theme
from aestudio.progress import Progress

SIZE = (1920, 1000)
MANY = 10_000
FRAMES = 120
NEIGHBOURS = 10
PATIENCE_S = 600


def many_of(photos: Indexed, count: int) -> Indexed:
    """As many rows, made of photos whose codes differ a little."""
    rng = np.random.default_rng(0)
    rows = np.arange(count) % len(photos)
    noise = 0.1 * photos.codes.std(axis=0) * rng.standard_normal((count, photos.codes.shape[1]))

    def smalls(some: Sequence[int]) -> Levels:
        return photos.smalls(rows[list(some)].tolist())

    return replace(
        photos,
        paths=tuple(photos.paths[row] for row in rows),
        digests=tuple(f"{number:064x}" for number in range(count)),
        sizes=tuple(photos.sizes[row] for row in rows),
        taken=(None,) * count,
        sharpness=photos.sharpness[rows],
        codes=(photos.codes[rows] + noise).astype(np.float32),
        errors=photos.errors[rows],
        smalls=smalls,
    )


def until(app: QApplication, done: Callable[[], bool]) -> None:
    """Let the window work until something is done."""
    end = time.monotonic() + PATIENCE_S
    while not done() and time.monotonic() < end:
        app.processEvents()
        time.sleep(0.002)


def frames(app: QApplication, photos: Indexed, coder: Coder) -> None:
    """Move and zoom, and tell how long each frame takes to draw."""
    view = MapView()
    view.method = CODES
    view.resize(*SIZE)
    view.take(photos, coder)
    view.show()
    canvas = view.canvas

    def settled() -> bool:
        canvas.repaint()
        return all(canvas.pictures.get(row) is not None for row in canvas.scene.pictures().tolist())

    until(app, lambda: canvas.colours is not None)
    for what in ("pan", "zoom"):
        canvas.fit()
        if what == "pan":
            canvas.zoom_by(3)
        until(app, settled)
        taken = []
        for number in range(FRAMES):
            app.processEvents()
            there = number < FRAMES // 2
            begun = time.thread_time()  # of the processor: other programs may work beside this one
            if what == "pan":
                canvas.scene.pan(-6 if there else 6, 3 if there else -3)
            else:
                canvas.scene.zoom_by(1.05 if there else 1 / 1.05, 900, 450)
            canvas.repaint()
            taken.append(1000 * (time.thread_time() - begun))
        middle, most = np.percentile(taken, (50, 95))
        pictures = len(canvas.scene.pictures())
        print(
            json.dumps(
                {
                    "frames": what,
                    "photos": len(photos),
                    "pictures": pictures,
                    "median_ms": round(middle, 1),
                    "p95_ms": round(most, 1),
                }
            ),
            flush=True,
        )
    view.shut_down()
    view.hide()


def main() -> None:
    """Print the lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--model", default=MODEL)
    parser.add_argument("--models", type=Path)
    parser.add_argument("--umap", action="store_true", help="the map of UMAP, too")
    options = parser.parse_args()
    coder = Coder.load(options.model, (options.models,) if options.models else None)
    photos = index([options.photos], coder, Store(options.work), Progress())
    for method in METHODS:
        if method != UMAP or options.umap:
            begun = time.perf_counter()
            places = lay_out(photos, method, Progress()).places
            seconds = time.perf_counter() - begun
            trust = trustworthiness(photos.codes, places, n_neighbors=NEIGHBOURS)
            line = {"map": method, "photos": len(photos), "seconds": round(seconds, 1), "trust": round(float(trust), 3)}
            print(json.dumps(line), flush=True)
    app = QApplication([])
    apply_theme(app, "dark")
    apply_font(app)
    frames(app, photos, coder)
    frames(app, many_of(photos, MANY), coder)


if __name__ == "__main__":
    main()
