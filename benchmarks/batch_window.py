"""Runs a folder of photos through Batch in the real window, and tells what became of them and how smoothly it ran.

    xvfb-run -a -s "-screen 0 1600x1000x24" python benchmarks/batch_window.py PHOTOS OUT [--picture FILE]

PHOTOS is a folder with sub-folders, such as the thousand mixed photos that benchmarks/batch.py makes. Gaps are those
between the beats of a 1 ms timer, from the start of the run to its end.
"""

import argparse
import json
import os
import time
from pathlib import Path

import numpy as np
import psutil
from event_loop import Heartbeat
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from aestudio.batch.journal import read_rows
from aestudio.gui.app import Application
from aestudio.progress import Step
from aestudio.settings import Preferences, write_preferences

PATIENCE_MS = 3_600_000


def main() -> None:
    """Drop, start, wait, count, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path, metavar="PHOTOS")
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--picture", type=Path, help="of the window when the run has ended")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    preferences = args.out.with_name(f"{args.out.name}-preferences.toml")
    write_preferences(Preferences(language="en"), preferences)
    application = Application(app, preferences)
    window = application.window
    window.resize(1440, 900)
    window.show()
    loop = QEventLoop()
    QTimer.singleShot(PATIENCE_MS, loop.quit)
    application.services.restorations.ready.connect(loop.quit)
    application.start([])
    loop.exec()
    batch = window.batch
    window.show_mode(1)
    batch.settings.output.folder_edit.setText(str(args.out))
    batch.settings.output.folder_edit.textEdited.emit(str(args.out))
    batch.settings.steps.sections[0].switch.click()
    batch.sources.listed.connect(loop.quit)
    batch.sources.failed.connect(loop.quit)
    batch.add([args.photos])
    loop.exec()

    foretold: list[tuple[float, float]] = []  # seconds since the start, seconds left
    memory: list[tuple[float, int]] = []
    process = psutil.Process(os.getpid())
    started = time.monotonic()

    def on_step(step: Step) -> None:
        memory.append((step.fraction, process.memory_info().rss))
        if step.seconds_left is not None and step.fraction >= 0.1:
            foretold.append((time.monotonic() - started, step.seconds_left))

    batch.runs.progressed.connect(on_step)
    batch.runs.ended.connect(loop.quit)
    heart = Heartbeat()
    heart.start()
    batch.controls.start.click()
    loop.exec()
    heart.stop()
    total = time.monotonic() - started
    states = [row.state for row in read_rows(args.out)]
    errors = sorted(abs(now + left - total) / total for now, left in foretold)
    tenths = [[rss for fraction, rss in memory if n <= 10 * fraction < n + 1] for n in range(10)]
    half, most = np.percentile(heart.gaps, (50, 99))
    figures = {
        "seconds": round(total, 1),
        "states": {state: states.count(state) for state in sorted(set(states))},
        "said": batch.controls.said.text(),
        "worst_error_of_time_left": round(errors[-1], 3) if errors else None,
        "peak_mb_by_tenth": [round(max(rss) / 1e6) for rss in tenths if rss],
        "gap_median_ms": round(float(half), 1),
        "gap_99th_ms": round(float(most), 1),
        "gap_largest_ms": round(max(heart.gaps), 1),
    }
    print(json.dumps(figures), flush=True)
    if args.picture:
        batch.controls.worst_first.click()
        QTimer.singleShot(1500, loop.quit)
        loop.exec()
        window.grab().save(str(args.picture))
    application.shutdown()
    os._exit(0)


if __name__ == "__main__":
    main()
