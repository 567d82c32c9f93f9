"""Words for what can be taught, and for what a training does."""

from typing import Final, NamedTuple

from PySide6.QtCore import QCoreApplication, QLocale

from aestudio.gui.batch.words import time_text
from aestudio.training.coding import EXPLORE
from aestudio.training.data.source import CLEAN, NOISY, PAIRS, SERIES
from aestudio.training.events import FINISHING, JUDGING, PREPARING, PROBING, SCANNING, TRAINING, Probed, Trained

DENOISE, COLORIZE, UNWATERMARK, COMPRESS = "denoise", "colorize", "unwatermark", "compress"
FIRST: Final = (DENOISE, COLORIZE, UNWATERMARK, COMPRESS, EXPLORE)
MORE: Final = ("inpaint", "mark-finder", "noise-level")
MARKED: Final = (UNWATERMARK, "mark-finder")  # which learn from marks
NOISED: Final = (DENOISE, "noise-level")  # which learn from noise
KINDS: Final = (CLEAN, PAIRS, SERIES, NOISY)


class Word(NamedTuple):
    """A name, and a sentence about it."""

    name: str
    sentence: str


def tool_word(task: str) -> Word:
    """What can be taught, and what one needs for it."""
    words = {
        DENOISE: Word(
            QCoreApplication.translate("TrainWords", "Denoise"),
            QCoreApplication.translate(
                "TrainWords",
                "Takes out noise as your camera makes it. It needs good photos, or noisy ones.",
            ),
        ),
        COLORIZE: Word(
            QCoreApplication.translate("TrainWords", "Colorize"),
            QCoreApplication.translate(
                "TrainWords", "Gives grey photos the colours of yours. It needs colour photos of like subjects."
            ),
        ),
        UNWATERMARK: Word(
            QCoreApplication.translate("TrainWords", "Remove watermarks"),
            QCoreApplication.translate(
                "TrainWords", "Takes marks out of photos. It needs photos without marks, and gains by your own marks."
            ),
        ),
        COMPRESS: Word(
            QCoreApplication.translate("TrainWords", "Compress"),
            QCoreApplication.translate(
                "TrainWords", "Makes files of your kind of photo smaller. It needs good photos, and the most time."
            ),
        ),
        EXPLORE: Word(
            QCoreApplication.translate("TrainWords", "Explore"),
            QCoreApplication.translate(
                "TrainWords",
                "Learns what your photos have in common, to map, compare and sort them. It needs as many of them as "
                "there are.",
            ),
        ),
        "inpaint": Word(
            QCoreApplication.translate("TrainWords", "Fill in holes"),
            QCoreApplication.translate(
                "TrainWords", "Invents what is under thick marks. It needs good photos of like subjects."
            ),
        ),
        "mark-finder": Word(
            QCoreApplication.translate("TrainWords", "Find marks"),
            QCoreApplication.translate(
                "TrainWords", "Finds where a mark is. It needs photos without marks, and gains by your own marks."
            ),
        ),
        "noise-level": Word(
            QCoreApplication.translate("TrainWords", "Noise level"),
            QCoreApplication.translate(
                "TrainWords", "Tells how much noise a photo has, for Denoise. It needs good photos."
            ),
        ),
    }
    return words.get(task, Word(task, ""))


def picture_words(task: str) -> tuple[str, str, str]:
    """What stands below pictures of a photo: what the model is given, what it makes of it, and what it should."""
    if task == EXPLORE:
        return (
            QCoreApplication.translate("TrainWords", "shown to it"),
            QCoreApplication.translate("TrainWords", "from its code"),
            QCoreApplication.translate("TrainWords", "photo"),
        )
    return (
        QCoreApplication.translate("TrainWords", "before"),
        QCoreApplication.translate("TrainWords", "now"),
        QCoreApplication.translate("TrainWords", "truth"),
    )


def kind_word(kind: str) -> Word:
    """What photos to learn denoising from are."""
    words = {
        CLEAN: Word(
            QCoreApplication.translate("TrainWords", "Good photos"),
            QCoreApplication.translate(
                "TrainWords", "Photos with little noise, of low ISO or made smaller. Noise is added while it learns."
            ),
        ),
        PAIRS: Word(
            QCoreApplication.translate("TrainWords", "Pairs, good and noisy"),
            QCoreApplication.translate(
                "TrainWords", "Each scene twice from a tripod, under the same file names in two folders."
            ),
        ),
        SERIES: Word(
            QCoreApplication.translate("TrainWords", "Bursts or ISO series"),
            QCoreApplication.translate(
                "TrainWords", "Several photos of each scene, one after the other. They are found by time and content."
            ),
        ),
        NOISY: Word(
            QCoreApplication.translate("TrainWords", "Noisy photos alone"),
            QCoreApplication.translate(
                "TrainWords", "No good photos are there. It learns less than from pairs, but from your very noise."
            ),
        ),
    }
    return words[kind]


def phase_word(phase: str) -> str:
    """What goes on before and after the steps."""
    words = {
        SCANNING: QCoreApplication.translate("TrainWords", "Looking through the photos"),
        PREPARING: QCoreApplication.translate("TrainWords", "Reading the photos"),
        PROBING: QCoreApplication.translate("TrainWords", "Trying how fast this machine is"),
        TRAINING: QCoreApplication.translate("TrainWords", "Training"),
        FINISHING: QCoreApplication.translate("TrainWords", "Settling what was learnt"),
        JUDGING: QCoreApplication.translate("TrainWords", "Judging on photos that it did not learn from"),
    }
    return words.get(phase, phase)


def part_word(part: str) -> str:
    """What a part of the loss is."""
    words = {
        "reconstruction": QCoreApplication.translate("TrainWords", "Unlike the photo"),
        "latent": QCoreApplication.translate("TrainWords", "Uneven codes"),
    }
    return words.get(part, part)


def number(value: float) -> str:
    """A whole number, as it is written here."""
    return QLocale().toString(round(value))


def step_text(trained: Trained) -> str:
    """How far it is."""
    text = QCoreApplication.translate("TrainWords", "Step {step}, {time}")
    return text.format(step=number(trained.step), time=time_text(trained.seconds))


def rate_text(rate: float) -> str:
    """As exact as is known."""
    return number(rate) if rate >= 9.95 else QLocale().toString(rate, "f", 1)


def memory_text(size: int) -> str:
    """Bytes in binary gigabytes, in which memory is sold."""
    if size >= 1 << 30:
        return QCoreApplication.translate("TrainWords", "{size} GB").format(
            size=QLocale().toString(size / (1 << 30), "f", 1)
        )
    return QCoreApplication.translate("TrainWords", "{size} MB").format(size=number(max(1, size / (1 << 20))))


def probe_text(probed: Probed, minutes: int, steps: int | None = None) -> str:
    """What this machine can do in the time that was chosen, or how long it takes for so many steps."""
    if steps is None:
        steps = about(probed.steps_per_minute * minutes)
        text = QCoreApplication.translate(
            "TrainWords", "On this machine, {time} are about {steps} steps ({rate} patches per second)."
        )
    else:
        text = QCoreApplication.translate(
            "TrainWords", "On this machine, {steps} steps take about {time} ({rate} patches per second)."
        )
    memory = QCoreApplication.translate("TrainWords", "Training takes about {size} of memory.")
    told = text.format(time=span_text(minutes), steps=number(steps), rate=rate_text(probed.patches_per_second))
    return f"{told} {memory.format(size=memory_text(probed.memory))}"


def about(value: float) -> int:
    """Two figures of a number: it is not known better."""
    size = int(10 ** max(0, len(str(round(value))) - 2))
    return round(value / size) * size


def span_text(minutes: int) -> str:
    """A length of time as one says it: 10 min, 1 h, 1 h 30 min."""
    if minutes % 60 == 0:
        return QCoreApplication.translate("TrainWords", "{count} h").format(count=minutes // 60)
    if minutes > 60:
        return time_text(60 * minutes)
    return QCoreApplication.translate("TrainWords", "{count} min").format(count=minutes)
