"""Teaches a model in the real window, from the dropped folders to the adopted model, and tells how smoothly it ran.

    xvfb-run -a -s "-screen 0 1600x1000x24" python benchmarks/train_window.py CLEAN NOISY WORK [--steps 400]

CLEAN and NOISY are folders of pairs, such as benchmarks/own_camera.py makes; WORK a folder for the run, the adopted
model and pictures of the window. While it learns, the studio denoises a sample photo. Gaps are those between the
beats of a 1 ms timer, from the start of the training to its verdict.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

PATIENCE_S = 3600

sys.path.insert(0, str(Path(__file__).resolve().parent))


def main() -> None:
    """Drop, look, teach, judge, adopt, use."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clean", type=Path, metavar="CLEAN")
    parser.add_argument("noisy", type=Path, metavar="NOISY")
    parser.add_argument("work", type=Path, metavar="WORK")
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--theme", default="dark")
    parser.add_argument("--language", default="en")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    os.environ["XDG_DATA_HOME"] = str(args.work / "data")  # before anything asks where the user's data lie
    run(args)


def run(args: argparse.Namespace) -> None:
    """Everything in one event loop."""
    from event_loop import Heartbeat
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from aestudio.gui.app import Application, sample_photos
    from aestudio.gui.train.plan import STEPS, Length
    from aestudio.settings import Preferences, write_preferences
    from aestudio.training.data.source import PAIRS
    from aestudio.training.events import Event, Trained

    def pause(milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def wait_until(done: Callable[[], object], seconds: float) -> None:
        end = time.monotonic() + seconds
        while not done():
            pause(100)
            if time.monotonic() > end:
                take("stuck")
                raise SystemExit("it did not happen in time; see stuck.png")

    def take(name: str) -> None:
        pause(500)
        window.grab().save(str(args.work / f"{name}.png"))

    app = QApplication([])
    path = args.work / "preferences.toml"
    write_preferences(Preferences(theme=args.theme, language=args.language), path)
    application = Application(app, path)
    window, services = application.window, application.services
    window.resize(1440, 900)
    window.show()
    application.start(sample_photos()[:1])
    page = window.train
    window.show_mode(2)
    take("train-empty")
    page.settings.kind.setCurrentIndex(page.settings.kind.findData(PAIRS))
    page.settings.kind.activated.emit(page.settings.kind.currentIndex())
    page.settings.name_edit.setText("my-camera")
    page.settings.name_edit.textEdited.emit("my-camera")
    page.drop.dropped.emit([args.clean], False)
    page.drop.dropped.emit([args.noisy], True)
    wait_until(lambda: page.controls.start.isEnabled() and not page.runs.looking, 180)
    take("train-found")
    page.settings.length.show_length(Length(STEPS, steps=args.steps))
    page.settings.length.changed.emit()
    through = [0.0]

    def on_told(events: Sequence[Event]) -> None:
        through.extend(event.fraction for event in events if isinstance(event, Trained))

    page.runs.told.connect(on_told)
    heart = Heartbeat()
    heart.start()
    page.controls.start.click()
    wait_until(lambda: through[-1] > 0.3, PATIENCE_S)
    window.show_mode(0)
    began = time.monotonic()
    window.studio.panel.sections[0].switch.click()
    wait_until(lambda: services.restorations.busy, 30)
    wait_until(lambda: not services.restorations.busy, 300)
    restored = time.monotonic() - began
    window.show_mode(2)
    wait_until(lambda: through[-1] > 0.7, PATIENCE_S)
    take("train-running")
    wait_until(lambda: not page.runs.running, PATIENCE_S)
    heart.stop()
    take("train-verdict")
    adopted = False
    if page.controls.adopt.isEnabled():
        page.controls.adopt.click()
        pause(300)
        assert page.questions.naming is not None
        page.questions.naming.accept()
        wait_until(lambda: "my-camera" in [entry.name for entry in services.models.entries], 60)
        adopted = True
        window.show_mode(0)
        pause(500)
        take("train-adopted")
    verdict = page.verdict.verdict
    told(heart.gaps, restored, adopted, str(verdict.headline) if verdict else page.controls.said.text())
    application.shutdown()
    os._exit(0)


def told(gaps: Sequence[float], restored: float, adopted: bool, headline: str) -> None:
    """Print the figures."""
    half, most = np.percentile(gaps, (50, 99))
    figures = {
        "beats": len(gaps),
        "gap_median_ms": round(float(half), 1),
        "gap_99th_ms": round(float(most), 1),
        "gap_largest_ms": round(max(gaps), 1),
        "gaps_over_50_ms": int((np.array(gaps) > 50).sum()),
        "sample_restored_meanwhile_s": round(restored, 1),
        "adopted": adopted,
        "verdict": headline,
    }
    print(json.dumps(figures, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
