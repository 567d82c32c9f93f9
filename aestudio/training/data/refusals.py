"""Why a source cannot be trained from, in one sentence each."""

from collections.abc import Sequence
from pathlib import Path

from aestudio.errors import Sentence, TrainingDataError
from aestudio.images.folders import listed
from aestudio.training.data.dataset import BAD_SHARE
from aestudio.training.data.pairing import Scene, Unpaired

FEWEST = 8  # photos


def refuse_bad(
    damaged: Sequence[tuple[str, Sentence]], small: Sequence[str], total: int, folders: Sequence[Path], smallest: int
) -> None:
    """Raise TrainingDataError where too many photos are damaged or small."""
    if len(damaged) + len(small) <= BAD_SHARE * total:
        return
    first = damaged[0][1] if damaged else Sentence.of("{name} is too small.", name=Path(small[0]).name)
    raise TrainingDataError(
        "{bad} of {all} photos in {folder} are damaged, or smaller than {smallest} pixels on a side; the first: "
        "{first} Please choose a folder of whole photos.",
        bad=len(damaged) + len(small),
        all=total,
        folder=listed(folders),
        smallest=smallest,
        first=first,
    )


def refuse_grey(grey: Sequence[str], good: int, folders: Sequence[Path]) -> None:
    """Raise TrainingDataError where too few photos have colours, of which some are to be learnt."""
    if grey and good < FEWEST:
        raise TrainingDataError(
            "{grey} of {all} photos in {folder} are grey: colours cannot be learnt from them. Please add photos in "
            "colour.",
            grey=len(grey),
            all=len(grey) + good,
            folder=listed(folders),
        )


def refuse_unpaired(
    scenes: Sequence[Scene], unpaired: Unpaired, noisy: Sequence[Path], folders: Sequence[Path]
) -> None:
    """Raise TrainingDataError where too many noisy photos have no clean one. More clean ones do no harm."""
    lone = [why for name, why in unpaired if Path(name) in set(noisy)]
    if not scenes:
        raise TrainingDataError(
            "No photo in {folder} has its other half. Clean and noisy photos of a pair need the same name and size; "
            "the first: {first} Please check the two folders.",
            folder=listed(folders),
            first=unpaired[0][1] if unpaired else "none",
        )
    if len(lone) > BAD_SHARE * len(noisy):
        raise TrainingDataError(
            "{bad} of {all} noisy photos in {folder} do not match a clean one; the first: {first} Please check the "
            "names and the two folders.",
            bad=len(lone),
            all=len(noisy),
            folder=listed(folders),
            first=lone[0],
        )


def refuse_misaligned(bad: Sequence[tuple[str, Sentence]], total: int, folders: Sequence[Path]) -> None:
    """Raise TrainingDataError where too many pairs do not lie over one another."""
    if len(bad) > BAD_SHARE * total:
        raise TrainingDataError(
            "{bad} of {all} pairs of photos in {folder} do not fit together; the first: {name}: {first} Please take "
            "photos from a tripod, or choose other ones.",
            bad=len(bad),
            all=total,
            folder=listed(folders),
            name=Path(bad[0][0]).name,
            first=bad[0][1],
        )


def refuse_no_series(scenes: Sequence[Scene], folders: Sequence[Path]) -> None:
    """Raise TrainingDataError where no two photos show one scene."""
    if not scenes:
        raise TrainingDataError(
            "There are no series in {folder}: no two photos of one size show the same and were taken within seconds. "
            "Please choose a folder of bursts or ISO series with the camera's own dates.",
            folder=listed(folders),
        )


def refuse_few(count: int, folders: Sequence[Path]) -> None:
    """Raise TrainingDataError where there is too little to learn from."""
    if count < FEWEST:
        raise TrainingDataError(
            "Only {count} photos in {folder} can be used, and training needs {fewest} at least. Please add more "
            "photos.",
            count=count,
            folder=listed(folders),
            fewest=FEWEST,
        )


def all_alike(folders: Sequence[Path]) -> TrainingDataError:
    """For photos of which none could be held out."""
    return TrainingDataError(
        "All photos in {folder} show the same. Please add photos of other things: without them nobody can tell what "
        "was learnt, and what was learnt by heart.",
        folder=listed(folders),
    )
