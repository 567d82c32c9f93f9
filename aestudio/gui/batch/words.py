"""Words for what becomes of the photos of a batch."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale

from aestudio.batch.events import DOUBTFUL
from aestudio.batch.journal import DONE, FAILED, SKIPPED, WAITING, WORKING, Row
from aestudio.batch.patience import size_text
from aestudio.gui.i18n import translated

STATE_ICONS: Final = {
    WAITING: "clock-outline",
    WORKING: "progress-clock",
    DONE: "check",
    FAILED: "alert",
    SKIPPED: "debug-step-over",
}


def state_word(state: str) -> str:
    """A state in one word."""
    words = {
        WAITING: QCoreApplication.translate("BatchWords", "waiting"),
        WORKING: QCoreApplication.translate("BatchWords", "working"),
        DONE: QCoreApplication.translate("BatchWords", "done"),
        FAILED: QCoreApplication.translate("BatchWords", "failed"),
        SKIPPED: QCoreApplication.translate("BatchWords", "skipped"),
    }
    return words[state]


def time_text(seconds: float) -> str:
    """A time as short as is exact enough: 0.4 s, 12 s, 3 min 05 s, 1 h 20 min."""
    if seconds < 9.95:
        return QCoreApplication.translate("BatchWords", "{seconds} s").format(seconds=f"{seconds:.1f}")
    whole = round(seconds)
    if whole < 60:
        return QCoreApplication.translate("BatchWords", "{seconds} s").format(seconds=whole)
    if whole < 3600:
        text = QCoreApplication.translate("BatchWords", "{minutes} min {seconds} s")
        return text.format(minutes=whole // 60, seconds=f"{whole % 60:02}")
    minutes = round(seconds / 60)
    text = QCoreApplication.translate("BatchWords", "{hours} h {minutes} min")
    return text.format(hours=minutes // 60, minutes=f"{minutes % 60:02}")


def left_text(seconds: float) -> str:
    """How long it still takes, no more exact than it is known."""
    if seconds < 90:
        text = QCoreApplication.translate("BatchWords", "{seconds} s left")
        return text.format(seconds=max(1, round(seconds)))
    minutes = round(seconds / 60)
    if minutes < 90:
        return QCoreApplication.translate("BatchWords", "{minutes} min left").format(minutes=minutes)
    text = QCoreApplication.translate("BatchWords", "{hours} h {minutes} min left")
    return text.format(hours=minutes // 60, minutes=f"{minutes % 60:02}")


def rate_text(per_hour: float) -> str:
    """How many photos are done in an hour: three figures at most, as it is not known better."""
    size = 10 ** max(0, len(str(round(per_hour))) - 2)
    number = QLocale().toString(round(per_hour / size) * size)
    return QCoreApplication.translate("BatchWords", "{number} photos per hour").format(number=number)


def pixels_text(row: Row) -> str:
    """Megapixels; empty until the photo was read."""
    if not row.megapixels:
        return ""
    number = f"{row.megapixels:.1f}" if row.megapixels >= 0.095 else f"{row.megapixels:.2g}"
    return QCoreApplication.translate("BatchWords", "{number} MP").format(number=number)


def bytes_text(row: Row) -> str:
    """The size of the file; empty where it is not known."""
    return size_text(max(row.size, 1000)) if row.size else ""


def seconds_text(row: Row) -> str:
    """How long the photo took; empty until it is done."""
    return time_text(row.seconds) if row.state == DONE and row.seconds else ""


def remark(row: Row) -> str:
    """What is to be said of a photo, as short as it can be; empty for nothing."""
    if row.message is not None:
        said, name = translated(row.message), row.source.name
        named = row.state == FAILED and said.startswith((f"{name} ", f"{name}:"))  # which stands in the line already
        return said[len(name) + 1 :].strip() if named else said
    words = [_flag_word(flag.kind) for flag in row.flags]
    words += [_score_word(name) for name, score in row.scores.items() if score >= DOUBTFUL]
    return ", ".join(dict.fromkeys(words)) or " ".join(translated(note) for note in row.notes)


def needs_a_look(row: Row) -> bool:
    """Whether a photo that is done should be looked at."""
    return row.state == DONE and (bool(row.flags) or any(score >= DOUBTFUL for score in row.scores.values()))


def story(row: Row) -> str:
    """Everything that is to be said of a photo, a sentence on each line."""
    said = [row.message] if row.message is not None else []
    said += [flag.sentence for flag in row.flags]
    lines = [translated(sentence) for sentence in said]
    lines += [_score_sentence(name, score) for name, score in row.scores.items() if score >= DOUBTFUL]
    return "\n".join([*lines, *(translated(note) for note in row.notes)])


def _flag_word(kind: str) -> str:
    """A flag of the no-harm check, in a word or two."""
    words = {
        "tone": QCoreApplication.translate("BatchWords", "Brightness"),
        "black": QCoreApplication.translate("BatchWords", "Shadows"),
        "white": QCoreApplication.translate("BatchWords", "Lights"),
        "hue": QCoreApplication.translate("BatchWords", "Colour cast"),
        "size": QCoreApplication.translate("BatchWords", "Size"),
        "metadata": QCoreApplication.translate("BatchWords", "Metadata"),
    }
    return words.get(kind, kind)


def _score_word(name: str) -> str:
    words = {
        "residue": QCoreApplication.translate("BatchWords", "Mark left"),
        "damage": QCoreApplication.translate("BatchWords", "Changed beside the mark"),
    }
    return words.get(name, name)


def _score_sentence(name: str, score: float) -> str:
    percent = f"{score:.0%}".replace("%", " %")
    if name == "residue":
        text = QCoreApplication.translate("BatchWords", "Left of the mark: {percent}.")
    elif name == "damage":
        text = QCoreApplication.translate("BatchWords", "Changed where no mark may be: {percent}.")
    else:
        text = name + ": {percent}."
    return text.format(percent=percent)
