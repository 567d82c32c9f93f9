"""Speaks like `aestudio train` without learning anything: what the window makes of it can be tested in a moment."""

import json
import os
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

from aestudio.errors import Sentence
from aestudio.training.events import (
    DISCARDED,
    FAILED,
    FINISHED,
    KEPT,
    PREPARING,
    SCANNING,
    TRAINING,
    Ended,
    Event,
    Found,
    Judged,
    Paused,
    Probed,
    Recalled,
    Shown,
    Trained,
    Validated,
    WentOn,
    Working,
    to_line,
)
from aestudio.training.places import VERDICT

FOUND = Found(
    usable=40,
    small=("/photos/icon.png",),
    damaged=(("/photos/torn.jpg", Sentence.of("{name} is incomplete.", name="torn.jpg")),),
    alike=(("/photos/a.jpg", "/photos/b.jpg"),),
    training=34,
    held_out=6,
)
PROBED = Probed(batch=8, patch=96, patches_per_second=12.0, memory=1_500_000_000, steps_per_minute=90.0)
STEPS = 30


def main() -> None:
    """Arguments as of the command; what a folder is called says what becomes of it."""
    arguments = sys.argv[1:]
    values = dict(pairwise(arguments))
    say("something that is no event")
    if "--dry-run" in arguments:
        look(Path(values["--data"]))
    else:
        learn(arguments[0], Path(values["--out"]), Path(values.get("--data", "")), values.get("--name", "model"))


def look(folder: Path) -> None:
    """A look through folders."""
    if folder.name == "broken":
        tell(Ended(FAILED, message=Sentence.of("There is no photo in {folder}.", folder=folder)))
        raise SystemExit(2)
    if folder.name == "refused":
        say("There is nothing to learn.", sys.stderr)
        raise SystemExit(2)
    for done in range(3):
        tell(Working(SCANNING, done, 3, f"/photos/{done}.jpg"))
    tell(FOUND)
    tell(PROBED)


def learn(task: str, out: Path, folder: Path, name: str) -> None:
    """A training of a second."""
    words: list[str] = []
    over = threading.Event()

    def listen() -> None:
        for line in sys.stdin:
            words.append(line.strip())
        over.set()

    threading.Thread(target=listen, daemon=True).start()
    out.mkdir(parents=True, exist_ok=True)
    (out / "run.json").write_text(json.dumps({"plan": {"task": task, "name": name, "base": ""}}), encoding="utf-8")
    tell(Working(PREPARING, 0, 1))
    if "--resume" in sys.argv:
        rows = tuple({"step": step, "seconds": step / 10, "loss": 9.0, "count": 1} for step in range(1, 6))
        tell(Recalled(rows, ({"step": 0, "seconds": 0.0, "psnr": 20.0},)))
    (out / "last.ckpt").write_bytes(b"a checkpoint")
    if folder.name == "flood":
        flood()
    done, steps = 0, STEPS if folder.name != "long" else 1000 * STEPS
    for step in range(1, steps + 1):
        if folder.name == "dies" and step == STEPS // 2:
            say("it is about to die", sys.stderr)
            os._exit(3)
        if "pause" in words:
            words.remove("pause")
            tell(Paused())
            while "resume" not in words and not over.is_set():
                time.sleep(0.01)
            tell(WentOn())
        if over.is_set() or {"stop", "discard"} & set(words):
            break
        done = step
        tell(Working(TRAINING, step, steps))
        parts = {"reconstruction": 0.1, "latent": 1 / step} if "--variational" in sys.argv else {}
        tell(Trained(step, step / steps, 0.1 + 1 / step, 1e-3, 12.0, step * 1.5, (steps - step) * 1.5, parts))
        if step % 10 == 0:
            tell(Validated(step, step * 1.5, {"psnr": 30 + step / 20}))
            tell(Shown(step, (("before.png", "now.png", "truth.png"),), ("/photos/0.jpg",)))
        time.sleep(0.01)
    if over.is_set():
        tell(Ended(KEPT))
    elif "discard" in words:
        tell(Ended(DISCARDED))
    else:
        judge(task, out, worse=folder.name == "worse")
        tell(Judged("verdict.json"))
        card = out / f"{name}.json"
        card.write_text("{}", encoding="utf-8")
        tell(Ended(KEPT if done < steps else FINISHED, str(card)))


def judge(task: str, out: Path, *, worse: bool) -> None:
    """A verdict on twelve photos."""
    from aestudio.training.judging.verdict import Comparison, Worst, decide  # takes a moment to import

    gains = [0.9, 1.1, 0.6, 1.4, 0.8, 1.2, 0.7, 1.0, 0.5, 1.3, 0.95, 1.05]
    old = [30.0 + n / 3 for n in range(len(gains))]
    new = [before + (0.05 * (gain - 0.9) if worse else gain) for before, gain in zip(old, gains, strict=True)]
    photos = Comparison.of([f"photo {n}.jpg" for n in range(len(gains))], old, new)
    standard = Comparison.of(photos.names, old, [score + gain for score, gain in zip(old, gains, strict=True)])
    verdict = decide(task, "psnr", photos, standard, (Worst("photo 8.jpg", 0.5, "", "", "", ""),))
    (out / VERDICT).write_text(verdict.to_json(), encoding="utf-8")


def flood() -> None:
    """Thousands of events at once."""
    for step in range(1, 2001):
        tell(Trained(step, 0.5, 1 / step, 1e-3, 500.0, step / 100, 10.0))


def tell(event: Event) -> None:
    """An event, as the command does it."""
    say(to_line(event))


def say(line: str, where: object = None) -> None:
    """A line."""
    stream = sys.stdout if where is None else sys.stderr
    stream.write(line + "\n")
    stream.flush()


if __name__ == "__main__":
    main()
