"""PCA beside an autoencoder: how much of photos that neither was fitted to comes out of codes of each length."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np

from aestudio.errors import AEStudioError, Sentence, SettingsError
from aestudio.explore.coder import Coder
from aestudio.explore.components import Components, decibels, squared_errors
from aestudio.explore.photos import Floats, Indexed, Levels
from aestudio.explore.similar import Nearness
from aestudio.models.library import find
from aestudio.progress import Progress

LENGTHS = (2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128)
FEWEST = 5  # photos that can be split
MOST_HELD_OUT = 120  # photos: a mean of so many is steady, and each length of each is decoded
ALIKE_DB = 0.2  # nobody sees less
_ONE_OF = 5  # photos is held out
_SAME_SCENE = 0.9  # of `Nearness`: copies of a photo, and photos of one burst
_AT_ONCE = 8  # photos


@dataclass(frozen=True)
class Split:
    """Rows of photos that PCA is fitted to, and rows that it is not shown."""

    fitted: tuple[int, ...]
    held_out: tuple[int, ...]


@dataclass(frozen=True)
class Stretch:
    """Lengths of codes, in one go, of which the same one is better."""

    better: str  # "pca", "autoencoder", or "" where they differ by less than ALIKE_DB
    first: int
    last: int
    least: float  # by which it is better, PSNR in dB
    most: float


@dataclass(frozen=True, eq=False)
class Comparison:
    """Mean squared errors (photos, lengths) of photos that were held out, values in [0, 1]."""

    lengths: tuple[int, ...]
    rows: tuple[int, ...]  # of the photos
    names: tuple[str, ...]  # of their files
    pca: Floats
    autoencoder: Floats
    components: int  # that PCA has: with longer codes it gets no better

    def stretches(self) -> list[Stretch]:
        """Which of the two is better, and where: by the mean PSNR of the photos."""
        gains = (decibels(self.autoencoder) - decibels(self.pca)).mean(axis=0)
        named = [
            (_better(float(gain)), length, abs(float(gain))) for gain, length in zip(gains, self.lengths, strict=True)
        ]
        found = []
        for better, group in groupby(named, key=lambda each: each[0]):
            members = list(group)
            sizes = [gain for _, _, gain in members]
            found.append(Stretch(better, members[0][1], members[-1][1], min(sizes), max(sizes)))
        return found

    @property
    def pca_from(self) -> int | None:
        """The length from which on PCA is as good or better; None if it is not even with the longest codes."""
        found = None
        for stretch in reversed(self.stretches()):
            if stretch.better == "autoencoder":
                break
            found = stretch.first
        return found

    def verdict(self) -> list[Sentence]:
        """In a few sentences, the main one first."""
        said = [self._main_sentence(), *(_told(stretch) for stretch in self.stretches())]
        if self.components < self.lengths[-1]:
            said.append(
                Sentence.of(
                    "There are too few photos for more than {count} components: beyond that, PCA gets no better.",
                    count=self.components,
                )
            )
        return said

    def _main_sentence(self) -> Sentence:
        begin, longest = self.pca_from, self.lengths[-1]
        if begin == self.lengths[0]:
            return Sentence.of("PCA is as good or better at every length.")
        if begin == longest:
            return Sentence.of("PCA is as good or better with {length} numbers at last.", length=longest)
        if begin is not None:
            return Sentence.of("PCA is as good or better from {length} numbers on.", length=begin)
        if len(self.stretches()) == 1:
            return Sentence.of("The autoencoder keeps more of a photo than PCA at every length.")
        return Sentence.of("With {length} numbers the autoencoder keeps more of a photo than PCA.", length=longest)


def split_photos(photos: Indexed) -> Split:
    """Every fifth photo held out, or MOST_HELD_OUT, by the digests of the files: the same ones each time.

    Files with the same content count as one photo. A photo that shows the same as one that is held out is in neither
    part: to know it would be to know the other. Raises SettingsError if there are too few.
    """
    from threadpoolctl import threadpool_limits

    first = {digest: row for row, digest in reversed(list(enumerate(photos.digests)))}
    by_digest = [first[digest] for digest in sorted(first)]
    if len(by_digest) < FEWEST:
        raise SettingsError(
            "PCA and the autoencoder are compared on photos that PCA does not know. "
            "That takes {least} different photos at least, and here are {count}.",
            least=FEWEST,
            count=len(by_digest),
        )
    held_out = by_digest[: min(len(by_digest) // _ONE_OF, MOST_HELD_OUT)]
    rest = np.array(sorted(by_digest[len(held_out) :]))
    with threadpool_limits(1, "blas"):  # beside other work, several threads wait for one another
        scores = Nearness(photos.codes).scores(photos.codes[held_out])
    apart = scores[:, rest].max(axis=0) < _SAME_SCENE
    if apart.sum() < FEWEST - 1:  # all of one scene: then there is no other way
        apart[:] = True
    return Split(tuple(rest[apart].tolist()), tuple(sorted(held_out)))


def compare(
    photos: Indexed,
    rows: Sequence[int],
    components: Components,
    coder: Coder,
    progress: Progress | None = None,
    *,
    lengths: Sequence[int] = LENGTHS,
) -> Comparison:
    """Both on those rows. Raises Cancelled."""
    progress = progress or Progress()
    chosen = list(rows)
    used = [length for length in lengths if length <= coder.length] or [coder.length]
    errors: tuple[list[Floats], list[Floats]] = ([], [])
    for start in range(0, len(chosen), _AT_ONCE):
        some = chosen[start : start + _AT_ONCE]
        smalls, codes = photos.smalls(some), photos.codes[some]
        plain = components.encode(smalls)
        both: tuple[list[Floats], list[Floats]] = ([], [])
        for number, length in enumerate(used):
            progress.step(start * len(used) + number * len(some), len(chosen) * len(used))
            both[0].append(squared_errors(smalls, components.decode(plain, length)))
            both[1].append(squared_errors(smalls, coder.decode(codes, length)))
        for kept, new in zip(errors, both, strict=True):
            kept.append(np.stack(new, axis=1))
    progress.step(len(chosen) * len(used), len(chosen) * len(used))
    pca, autoencoder = (np.concatenate(each or [np.zeros((0, len(used)), dtype=np.float32)]) for each in errors)
    names = tuple(photos.paths[row].name for row in chosen)
    return Comparison(tuple(used), tuple(chosen), names, pca, autoencoder, components.length)


@dataclass(frozen=True, eq=False)
class Trial:
    """What comes out of codes of one length, of one photo."""

    row: int
    length: int
    original: Levels  # (128, 128, 3)
    autoencoder: Levels
    autoencoder_error: float  # mean squared, values in [0, 1]
    pca: Levels | None = None  # until there are components
    pca_error: float | None = None


def try_length(photos: Indexed, row: int, length: int, coder: Coder, components: Components | None) -> Trial:
    """One photo through codes of one length."""
    original = photos.smalls([row])
    made = coder.decode(photos.codes[[row]], length)
    pca = components.decode(components.encode(original), length) if components else None
    return Trial(
        row,
        length,
        original[0],
        made[0],
        float(squared_errors(original, made)[0]),
        None if pca is None else pca[0],
        None if pca is None else float(squared_errors(original, pca)[0]),
    )


def fairness(coder: Coder, components: Components, folders: tuple[Path, ...] | None = None) -> Sentence:
    """Whom the comparison favours; models are looked up in those folders, see `models.library`."""
    try:
        entry = find(coder.name, folders=folders)
        own = entry.own or entry.card is None or entry.card.sha256 != coder.digest
    except AEStudioError:
        own = True
    if own:
        return Sentence.of(
            "PCA was fitted to {count} of these photos, and judged on others. If the model {model} learnt from photos "
            "of these folders, it may have seen those others, which favours it; if not, PCA knows your kind of photos "
            "better than the model does.",
            count=components.photos,
            model=coder.name,
        )
    return Sentence.of(
        "PCA was fitted to {count} of these photos, and judged on others; the model {model} learnt from the photos "
        "that its card names. If yours are not among those, that favours PCA, the more so the more they are alike.",
        count=components.photos,
        model=coder.name,
    )


def _better(gain: float) -> str:
    if abs(gain) < ALIKE_DB:
        return ""
    return "autoencoder" if gain > 0 else "pca"


def _told(stretch: Stretch) -> Sentence:
    values = {
        "first": stretch.first,
        "last": stretch.last,
        "least": f"{stretch.least:.1f}",
        "most": f"{stretch.most:.1f}",
    }
    if stretch.first == stretch.last:
        return {
            "": Sentence.of("With {first} numbers they are alike.", **values),
            "pca": Sentence.of("With {first} numbers PCA is better by {most} dB.", **values),
            "autoencoder": Sentence.of("With {first} numbers the autoencoder is better by {most} dB.", **values),
        }[stretch.better]
    return {
        "": Sentence.of("With {first} to {last} numbers they are alike.", **values),
        "pca": Sentence.of("With {first} to {last} numbers PCA is better by {least} to {most} dB.", **values),
        "autoencoder": Sentence.of(
            "With {first} to {last} numbers the autoencoder is better by {least} to {most} dB.", **values
        ),
    }[stretch.better]
