"""What is said of a sorting, and of what fine-tuning brought."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from aestudio.explore.sorting import Quality, Sorting
    from aestudio.explore.tuning import Tuned


def percent(share: float) -> str:
    """A share in whole percent; never 100 for what is not all."""
    return f"{min(99, round(100 * share)) if share < 1 else 100} %"


def quality_text(quality: "Quality") -> str:
    """How good a sorting is."""
    text = QCoreApplication.translate(
        "SortWords", "About {right} are sorted right (likely {low} to {high}), going by {count} labelled photos."
    )
    return text.format(
        right=percent(quality.right), count=quality.count, low=percent(quality.low), high=percent(quality.high)
    )


def quality_tip(sorting: "Sorting") -> str:
    """How that is known, and what is mistaken most."""
    text = QCoreApplication.translate(
        "SortWords",
        "Each labelled photo is sorted by the others, as if it had no label (cross-validation); the range holds in 95 "
        "cases of 100. Labels given to the least certain photos are harder than others: the rest is sorted rather "
        "better then.",
    )
    return "\n\n".join(filter(None, (text, _mistaken(sorting))))


def certainty_tip() -> str:
    """What the percentages below photos mean."""
    return QCoreApplication.translate(
        "SortWords",
        "The percentage is how certain the class is among those that you named, going by labelled photos. A photo that "
        "belongs to none of the classes gets one all the same.",
    )


def tuned_text(tuned: "Tuned") -> str:
    """What fine-tuning brought."""
    if tuned.helped:
        text = QCoreApplication.translate(
            "SortWords", "Fine-tuning helped: {after} of {count} labelled photos right, {before} before. It is used."
        )
    else:
        text = QCoreApplication.translate(
            "SortWords",
            "Fine-tuning did not help: {after} of {count} labelled photos right, {before} before. All stays as it was.",
        )
    return text.format(after=percent(tuned.tuned.right), before=percent(tuned.frozen.right), count=tuned.tuned.count)


def tuned_tip(tuned: "Tuned") -> str:
    """How that is known."""
    text = QCoreApplication.translate(
        "SortWords",
        "Both sorted the same labelled photos, which were held out of learning: {gained:.0f} are right only after "
        "fine-tuning, {lost:.0f} only before. With few labels this is partly chance.",
    )
    return text.format(gained=tuned.gained, lost=tuned.lost)


def _mistaken(sorting: "Sorting") -> str:
    """The two classes that are taken for one another most."""
    wrong = sorting.quality.confusion.copy()
    if wrong.shape != (len(sorting.classes),) * 2:  # classes came or went
        return ""
    for number in range(len(wrong)):
        wrong[number, number] = 0
    if wrong.max() < 1:
        return ""
    true, found = divmod(int(wrong.argmax()), len(wrong))
    text = QCoreApplication.translate("SortWords", "Mistaken most often: “{true}” is taken for “{found}”.")
    return text.format(true=sorting.classes[true], found=sorting.classes[found])
