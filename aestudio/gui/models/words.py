"""Words for models: what they are for, what they were trained from, and how good they are."""

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QCoreApplication, QLocale

from aestudio.gui.batch.words import time_text
from aestudio.gui.train.words import kind_word, number, tool_word
from aestudio.models.card import ModelCard
from aestudio.training.coding import EXPLORE

ORDER: Final = ("denoise", "colorize", "unwatermark", "compress", EXPLORE, "noise-level", "mark-finder", "inpaint")
USED_BY: Final = {"noise-level": "denoise", "mark-finder": "unwatermark", "inpaint": "unwatermark"}
NO_SCORES: Final = ("seconds", "step", "loss")  # in the tables of scores
HELD_OUT: Final = "held-out photos"  # the table that training writes
_ICONS = {
    "denoise": "grain",
    "colorize": "palette-outline",
    "unwatermark": "watermark",
    "compress": "zip-box-outline",
    EXPLORE: "compass-outline",
    "noise-level": "chart-bell-curve",
    "mark-finder": "selection-search",
    "inpaint": "brush-outline",
}


class Score(NamedTuple):
    """One figure of a model."""

    name: str
    text: str
    key: str  # as the card calls it


class ScoreTable(NamedTuple):
    """Figures that were measured together."""

    title: str
    scores: tuple[Score, ...]


def tool_name(task_id: str) -> str:
    """What the tool is called in the window."""
    return tool_word(task_id).name


def tool_icon(task_id: str) -> str:
    """The icon of a tool."""
    return _ICONS.get(task_id, "cube-outline")


def place_of(task_id: str) -> int:
    """Where a tool's models stand in the list."""
    return ORDER.index(task_id) if task_id in ORDER else len(ORDER)


def purpose(task_id: str) -> str:
    """What a model of that tool does to a photo."""
    texts = {
        "denoise": QCoreApplication.translate(
            "ModelWords", "Takes noise and grain out of photos, and keeps what is detail."
        ),
        "colorize": QCoreApplication.translate(
            "ModelWords", "Gives colours to black-and-white photos, by itself and by hints."
        ),
        "unwatermark": QCoreApplication.translate(
            "ModelWords", "Takes date stamps, logos and other marks off photos, where they let the photo shine through."
        ),
        "compress": QCoreApplication.translate("ModelWords", "Puts photos into small files, and takes them out again."),
        EXPLORE: QCoreApplication.translate(
            "ModelWords",
            "Puts what is in a photo into a few numbers, by which Explore maps, compares and sorts photos.",
        ),
        "noise-level": QCoreApplication.translate("ModelWords", "Tells Denoise how much noise there is in a photo."),
        "mark-finder": QCoreApplication.translate("ModelWords", "Tells Remove watermarks where in a photo a mark is."),
        "inpaint": QCoreApplication.translate(
            "ModelWords", "Paints for Remove watermarks what lies under a mark that hides everything."
        ),
    }
    return texts.get(task_id, "")


def origin(card: ModelCard) -> Iterator[str]:
    """What a model was trained from, a sentence each."""
    if card.start is not None:
        text = QCoreApplication.translate("ModelWords", "It went on from the model {name} {version}.")
        yield text.format(name=card.start.name, version=card.start.version)
    if card.source is not None:
        text = QCoreApplication.translate("ModelWords", "It learnt from your own photos: {kind}.")
        yield text.format(kind=kind_word(card.source.kind).name.lower())
    if card.training_folders:
        names = ", ".join(Path(folder).name or folder for folder in card.training_folders)
        yield QCoreApplication.translate("ModelWords", "It learnt from the photos in {folders}.").format(folders=names)
    if card.steps:
        text = QCoreApplication.translate("ModelWords", "It was trained for {steps} steps, {time} on {device}.")
        yield text.format(steps=number(card.steps), time=time_text(3600 * card.hours), device=device_text(card.device))


def device_text(device: str) -> str:
    """A device as cards have it, in words."""
    return "CPU" if device == "cpu" else device


def score_tables(card: ModelCard) -> list[ScoreTable]:
    """The plain tables of a card: figures, and none that lie in tables of their own."""
    tables = []
    for title, table in card.scores.items():
        if isinstance(table, Mapping):
            figures = {key: value for key, value in table.items() if _is_score(key, value)}
            scores = tuple(_scores(card.task, figures))
            if scores:
                tables.append(ScoreTable(_title(title), scores))
    return tables


def main_score(card: ModelCard) -> Score | None:
    """The figure by which a training decides."""
    table = card.scores.get(HELD_OUT)
    if not isinstance(table, Mapping):
        return None
    return next((_score(card.task, key, value) for key, value in table.items() if _is_score(key, value)), None)


def _is_score(key: str, value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and key not in NO_SCORES


def _title(title: str) -> str:
    if title == HELD_OUT:
        return QCoreApplication.translate("ModelWords", "On photos that it did not learn from")
    return title


def _scores(task_id: str, figures: Mapping[str, float]) -> Iterator[Score]:
    """Figures that mean something together only stand together."""
    for key, value in figures.items():
        word, _, level = key.partition("_")
        size = figures.get(f"bpp_{level}")
        if word == "bpp" and f"psnr_{level}" in figures:
            continue
        if word == "psnr" and size is not None:
            name = QCoreApplication.translate("ModelWords", "Level {number}").format(number=level)
            text = QCoreApplication.translate("ModelWords", "{quality} dB at {size} bits per pixel")
            yield Score(name, text.format(quality=_decimal(value, 1), size=_decimal(size, 2)), key)
        else:
            yield _score(task_id, key, value)


def _score(task_id: str, key: str, value: float) -> Score:
    """One figure in photographers' words; by its own name where there are none."""
    word, _, which = key.partition("_")
    if key in ("f1", "untouched", "colourfulness"):
        return Score(_name(task_id, key), f"{_decimal(100 * value, 0)} %", key)
    if key == "nearness":  # minus the mean logarithm of a ratio
        return Score(_name(task_id, key), f"± {_decimal(100 * (math.exp(-value) - 1), 0)} %", key)
    if key == "nats":  # of information; photographers know bits
        text = QCoreApplication.translate("ModelWords", "{count} bits")
        return Score(_name(task_id, key), text.format(count=_decimal(value / math.log(2), 0)), key)
    name = _name(task_id, word if which else key)
    if which:
        name = f"{name}, {_which(task_id, which)}"
    if word in ("psnr", "opencv", "gain"):
        return Score(name, f"{_decimal(value, 1)} dB", key)
    return Score(name if name != word else key, QLocale().toString(float(value), "g", 4), key)


def _decimal(value: float, digits: int) -> str:
    return QLocale().toString(float(value), "f", digits)


def _name(task_id: str, key: str) -> str:
    names = {
        ("unwatermark", "psnr"): QCoreApplication.translate("ModelWords", "Nearness to the photo under marks"),
        ("inpaint", "psnr"): QCoreApplication.translate("ModelWords", "Nearness to what was hidden"),
        ("inpaint", "opencv"): QCoreApplication.translate("ModelWords", "The same by plain painting"),
        ("inpaint", "gain"): QCoreApplication.translate("ModelWords", "Better than plain painting by"),
        ("colorize", "gain"): QCoreApplication.translate("ModelWords", "Nearer to the true colours than grey by"),
        ("colorize", "colourfulness"): QCoreApplication.translate("ModelWords", "Liveliness of the colours"),
        ("compress", "gain"): QCoreApplication.translate("ModelWords", "Quality for its size"),
        ("unwatermark", "f1"): QCoreApplication.translate("ModelWords", "Exactness of what is under a mark"),
        ("mark-finder", "f1"): QCoreApplication.translate("ModelWords", "Marks found"),
        ("mark-finder", "untouched"): QCoreApplication.translate("ModelWords", "Photos without a mark left alone"),
        (EXPLORE, "psnr"): QCoreApplication.translate("ModelWords", "Likeness to the photo"),
        (EXPLORE, "nats"): QCoreApplication.translate("ModelWords", "What a code says of its photo"),
        ("noise-level", "nearness"): QCoreApplication.translate("ModelWords", "Usual error of the level"),
    }
    plain = {"psnr": QCoreApplication.translate("ModelWords", "Nearness to the clean photo")}
    return names.get((task_id, key)) or plain.get(key, key)


def _which(task_id: str, which: str) -> str:
    """What a figure was measured on."""
    words = {
        "white": QCoreApplication.translate("ModelWords", "even noise"),
        "camera": QCoreApplication.translate("ModelWords", "camera noise"),
        "marked": QCoreApplication.translate("ModelWords", "before"),
    }
    if which in words:
        return words[which]
    if task_id == EXPLORE and which.isdigit():
        return QCoreApplication.translate("ModelWords", "from {count} numbers").format(count=which)
    if task_id == EXPLORE and which == "noisy":
        return QCoreApplication.translate("ModelWords", "from a noisy one")
    if task_id == "colorize" and which.isdigit():
        return QCoreApplication.translate("ModelWords", "hints: {count}").format(count=which)
    if task_id == "inpaint":
        try:
            return QCoreApplication.translate("ModelWords", "{share} % hidden").format(share=f"{100 * float(which):g}")
        except ValueError:
            pass
    return which
