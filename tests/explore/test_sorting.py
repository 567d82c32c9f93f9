"""Photos are sorted by a few that are labelled."""

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from small_explore import small_coder, small_indexed, small_photos

from aestudio.errors import Cancelled, ImageError
from aestudio.explore.labels import Labels
from aestudio.explore.photos import Indexed
from aestudio.explore.sorting import (
    FewLabelsError,
    Sorting,
    cross_validate,
    fit,
    held_out,
    relabelled,
    renamed,
    sort_photos,
    split,
    wilson,
    write_table,
)
from aestudio.progress import Progress

COUNT = 90
NAMES = ("sea", "mountains", "people")
LENGTH = 16
Make = Callable[..., Indexed]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Indexed:
    """Photos whose codes say nothing of any class."""
    photos = small_photos(1)
    coder = small_coder(tmp_path_factory.mktemp("models"))
    one = small_indexed(coder, photos)
    return replace(
        one,
        paths=tuple(Path(f"/photos/{number:03}.jpg") for number in range(COUNT)),
        digests=tuple(f"{number:064x}" for number in range(COUNT)),
        codes=np.zeros((COUNT, LENGTH), dtype=np.float32),
    )


@pytest.fixture(scope="module")
def make(plain: Indexed) -> Make:
    """Photos of three classes in turn, whose codes lie so far apart."""

    def make_(apart: float = 8.0, seed: int = 0) -> Indexed:
        rng = np.random.default_rng(seed)
        middles = rng.normal(0, apart / np.sqrt(LENGTH), (len(NAMES), LENGTH))
        codes = middles[truth()] + rng.normal(0, 1, (COUNT, LENGTH))
        scales = 10.0 ** rng.uniform(-3, 3, LENGTH)  # some numbers of a code are far smaller than others
        return replace(plain, codes=(codes * scales).astype(np.float32))

    return make_


def truth() -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return np.arange(COUNT, dtype=np.int64) % len(NAMES)


def labelled(photos: Indexed, each: int, names: tuple[str, ...] = NAMES) -> Labels:
    """So many of each class."""
    rows = [row for row in range(each * len(NAMES)) if NAMES[row % len(NAMES)] in names]
    return Labels(NAMES, {photos.digests[row]: NAMES[row % len(NAMES)] for row in rows})


# the classes


def test_the_others_follow_and_those_labelled_stay(make: Make) -> None:
    photos = make()
    sorting = sort_photos(photos, labelled(photos, 5))
    assert sorting.classes == NAMES
    assert (sorting.found == truth()).mean() > 0.95
    assert (sorting.given >= 0).sum() == 15
    assert (sorting.certainty[sorting.given >= 0] == 1).all()
    assert sorting.probabilities.sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert not sorting.notes


def test_a_wrong_label_is_the_users_to_give(make: Make) -> None:
    photos = make()
    labels = labelled(photos, 6).labelled(photos.digests[:1], "people")
    assert sort_photos(photos, labels).found[0] == NAMES.index("people")


def test_two_labels_of_two_classes_are_enough(make: Make) -> None:
    photos = make()
    sorting = sort_photos(photos, labelled(photos, 2, NAMES[:2]))
    assert sorting.classes == NAMES[:2]
    two = truth() < 2
    assert (sorting.found == truth())[two].mean() > 0.9
    assert sorting.quality.low < 0.75  # of four photos, nothing is sure


def test_sorting_is_the_same_each_time(make: Make) -> None:
    photos = make(2.0)
    first, second = (sort_photos(photos, labelled(photos, 6)) for _ in range(2))
    assert np.array_equal(first.probabilities, second.probabilities)


def test_rows_go_from_certain_to_uncertain_behind_those_labelled(make: Make) -> None:
    photos = make(2.0)
    sorting = sort_photos(photos, labelled(photos, 5))
    rows = [row for number in range(3) for row in sorting.rows_of(number)]
    assert sorted(rows) == list(range(COUNT))
    first = sorting.rows_of(0)
    given = [bool(sorting.given[row] >= 0) for row in first]
    assert given == sorted(given, reverse=True)
    certainty = [float(sorting.certainty[row]) for row in first]
    assert certainty == sorted(certainty, reverse=True)
    unsure = sorting.rows_of(0, unsure=True)
    assert unsure
    assert unsure == [row for row in first if sorting.certainty[row] < 0.7]


def test_what_to_label_next_is_least_certain_and_each_content_once(make: Make) -> None:
    photos = make(2.0)
    doubtful = int(np.argsort(sort_photos(photos, labelled(photos, 5)).certainty)[0])
    copies = replace(
        photos,
        codes=np.concatenate((photos.codes, photos.codes[[doubtful]])),
        digests=(*photos.digests, photos.digests[doubtful]),
        paths=(*photos.paths, Path("/photos/copy.jpg")),
    )
    sorting = sort_photos(copies, labelled(photos, 5))
    rows = sorting.next_to_label(copies, 10)
    assert len(rows) == 10
    assert len({copies.digests[row] for row in rows}) == 10
    assert sorting.certainty[rows].max() <= np.sort(sorting.certainty)[11]
    assert len(sorting.next_to_label(copies, 10_000)) == COUNT - 15


# what is said


@pytest.mark.parametrize(
    ("each", "names", "words"),
    [(0, NAMES, "No photo"), (5, NAMES[:1], "“sea”"), (1, NAMES, "“sea” has too few")],
)
def test_too_few_labels_are_told(make: Make, each: int, names: tuple[str, ...], words: str) -> None:
    photos = make()
    with pytest.raises(FewLabelsError, match=words):
        sort_photos(photos, labelled(photos, each, names))


def test_labels_of_photos_that_are_gone_do_not_count_and_are_told(make: Make) -> None:
    photos = make()
    labels = labelled(photos, 5).labelled(["f" * 64, "e" * 64], "sea")
    sorting = sort_photos(photos, labels)
    assert sorting.quality.count == 15
    assert ["2" in str(note) for note in sorting.notes] == [True]
    with pytest.raises(FewLabelsError, match="No photo"):
        sort_photos(photos, Labels(NAMES).labelled(["f" * 64, "e" * 64], "sea"))


def test_all_labelled_is_told(make: Make) -> None:
    photos = make()
    sorting = sort_photos(photos, labelled(photos, COUNT // 3))
    assert "none left" in str(sorting.notes[0])
    assert sorting.next_to_label(photos) == []
    assert (sorting.found == truth()).all()


def test_files_with_the_same_content_teach_once(make: Make) -> None:
    photos = make()
    twice = replace(photos, digests=(*photos.digests[:45], *photos.digests[:45]))
    sorting = sort_photos(twice, labelled(photos, 5))
    assert sorting.quality.count == 15
    assert (sorting.given >= 0).sum() == 30


def test_quality_tells_chance_from_knowledge(make: Make) -> None:
    good, none = (sort_photos(photos, labelled(photos, 12)).quality for photos in (make(8.0), make(0.0)))
    assert good.right > 0.95
    assert none.low < 1 / 3 < none.high
    for quality in (good, none):
        assert quality.low <= quality.right <= quality.high
        assert quality.confusion.sum() == pytest.approx(36)
        assert np.trace(quality.confusion) / 36 == pytest.approx(quality.right)
    assert good.log_loss < 0.3
    assert none.log_loss == pytest.approx(np.log(3), abs=0.3)


def test_certainty_is_about_the_share_that_is_right(make: Make) -> None:
    shares, certainties = [], []
    for seed in range(4):
        photos = make(2.0, seed)
        sorting = sort_photos(photos, labelled(photos, 10))
        rest = sorting.given < 0
        shares.append((sorting.found == truth())[rest].mean())
        certainties.append(sorting.certainty[rest].mean())
    assert 0.5 < np.mean(shares) < 0.9  # neither easy nor hopeless
    assert np.mean(certainties) == pytest.approx(np.mean(shares), abs=0.1)


def test_the_quality_is_about_the_share_that_is_right(make: Make) -> None:
    found, covered = [], []
    for seed in range(5):
        photos = make(2.0, seed)
        sorting = sort_photos(photos, labelled(photos, 6))
        right = (sorting.found == truth())[sorting.given < 0].mean()
        found.append((right, sorting.quality.right))
        covered.append(sorting.quality.low <= right <= sorting.quality.high)
    right, said = np.mean(found, axis=0)
    assert said == pytest.approx(right, abs=0.1)
    assert sum(covered) >= 4


def test_wilson_is_as_published() -> None:
    # Newcombe (Statistics in Medicine 1998), table I: 81 of 263, and 0 of 20
    assert wilson(81 / 263, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(0, 20) == pytest.approx((0, 0.1611), abs=1e-4)


def test_progress_can_stop_it(make: Make) -> None:
    photos = make()
    steps: list[float] = []
    sort_photos(photos, labelled(photos, 5), Progress(lambda step: steps.append(step.fraction)))
    assert steps == sorted(steps)
    assert steps[-1] == 1
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        sort_photos(photos, labelled(photos, 5), progress)


# cross-validation


def test_each_fold_has_all_classes() -> None:
    y = np.array([0] * 12 + [1] * 5 + [2] * 3)
    folds = split(y, 5)
    assert folds.max() == 2  # no more than the smallest class has photos
    for fold_of in folds:
        for fold in range(3):
            assert set(y[fold_of == fold]) == {0, 1, 2}
    assert len(folds) > 1  # few photos are divided several times
    assert not np.array_equal(folds[0], folds[1])


def test_held_out_photos_are_never_learnt_from() -> None:
    rng = np.random.default_rng(0)
    x, y = rng.normal(0, 1, (40, 200)), np.arange(40) % 2  # noise that any classifier can learn by heart
    assert (fit(x, y, 10.0).logits(x).argmax(axis=1) == y).all()
    assert cross_validate(x, y, (10.0,), split(y)).quality.right < 0.8


def test_the_best_of_many_tries_is_not_what_is_told() -> None:
    rng = np.random.default_rng(0)
    y = np.arange(60) % 2
    tries = rng.normal(0, 1, (1, 200, 60, 2))
    best = (tries[0].argmax(axis=-1) == y).mean(axis=1).max()
    assert best > 0.65
    assert held_out(tries, y, split(y, 5, repeats=1)).quality.right < 0.6


def test_a_classifier_that_is_too_sure_is_cooled() -> None:
    rng = np.random.default_rng(0)
    y = np.arange(200) % 2
    sign = np.where(rng.random(200) < 0.75, 1, -1) * (2 * y - 1)  # three of four are right
    tries = np.stack((-1.5 * sign, 1.5 * sign), axis=-1)[None, None]  # and all of them are said to be 95 % certain
    kept = held_out(tries, y, split(y, 5, repeats=1))
    assert 1 / (1 + np.exp(-3 / kept.temperature)) == pytest.approx(kept.quality.right, abs=0.02)


# other labels, before it is computed anew


def test_new_labels_count_at_once(make: Make) -> None:
    photos = make()
    labels = labelled(photos, 5)
    sorting = sort_photos(photos, labels)
    more = labels.with_class("food").labelled(photos.digests[30:31], "food")
    after = relabelled(sorting, photos, more)
    assert after.classes == (*NAMES, "food")
    assert after.found[30] == 3
    assert np.delete(after.found, 30).tolist() == np.delete(sorting.found, 30).tolist()
    less = relabelled(sorting, photos, labels.without_class("sea"))
    assert less.classes == ("mountains", "people")
    assert less.probabilities.sum(axis=1) == pytest.approx(1, abs=1e-4)
    assert (less.found == truth() - 1)[truth() > 0].mean() > 0.95
    assert renamed(sorting, "sea", "lake").classes == ("lake", "mountains", "people")


# tables


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture
def sorting(make: Make) -> Sorting:
    """A sorting of the photos."""
    photos = make()
    return sort_photos(photos, labelled(photos, 5))


def test_a_table_has_path_class_and_certainty(make: Make, sorting: Sorting, tmp_path: Path) -> None:
    photos = make()
    lines = read(write_table(tmp_path / "sorted.csv", photos, sorting))
    assert lines[0] == ["path", "class", "certainty"]
    assert {Path(path) for path, _, _ in lines[1:]} == set(photos.paths)
    assert [certainty for _, _, certainty in lines[1:]][:15] == ["1.0000"] * 15
    for path, name, certainty in lines[1:]:
        row = photos.paths.index(Path(path))
        assert name == NAMES[sorting.found[row]]
        assert float(certainty) == pytest.approx(float(sorting.certainty[row]), abs=1e-4)


def test_a_table_replaces_nothing_unasked(make: Make, sorting: Sorting, tmp_path: Path) -> None:
    path = tmp_path / "sorted.csv"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(ImageError):
        write_table(path, make(), sorting)
    assert path.read_text(encoding="utf-8") == "mine"
    write_table(path, make(), sorting, overwrite=True)
    assert len(read(path)) == COUNT + 1
