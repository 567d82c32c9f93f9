"""Near-duplicates in groups, what kind they are of, and which one is kept."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from io import StringIO
from pathlib import Path

import cv2
import numpy as np
import pytest

from aestudio.errors import Cancelled
from aestudio.explore.duplicates import Group, Kind, best_of, duplicates, keeping, table_of
from aestudio.explore.photos import Indexed, Levels
from aestudio.progress import Progress, Step

SIDE = 128


def picture(seed: int) -> Levels:
    """A picture with detail of all sizes: (128, 128, 3)."""
    rng = np.random.default_rng(seed)
    layers = []
    for coarse in (4, 8, 16, 32, 64):
        noise = rng.normal(0, 1, (coarse, coarse, 3)).astype(np.float32)
        layers.append(cv2.resize(noise, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC) / np.sqrt(coarse))
    x = np.sum(layers, axis=0)
    return np.asarray(np.clip((x - x.mean()) / x.std() * 45 + 128, 0, 255), np.uint8)


def cropped(small: Levels, share: float = 0.12) -> Levels:
    cut = round(SIDE * share)
    part = np.ascontiguousarray(small[: SIDE - cut, cut:])
    return np.asarray(cv2.resize(part, (SIDE, SIDE), interpolation=cv2.INTER_AREA), np.uint8)


def toned(small: Levels) -> Levels:
    return np.asarray(np.clip(small.astype(np.float32) * (1.1, 1.0, 0.85) * 0.8 + 20, 0, 255), np.uint8)


def indexed(
    smalls: Sequence[Levels],
    taken: Sequence[float | None] | None = None,
    sizes: Sequence[tuple[int, int]] | None = None,
    sharpness: Sequence[float] | None = None,
    digests: Sequence[str] | None = None,
    paths: Sequence[Path] | None = None,
) -> Indexed:
    """Photos whose codes are their pictures of 6×6 pixels."""
    stacked, count = np.stack(smalls), len(smalls)
    codes = [cv2.resize(small, (6, 6), interpolation=cv2.INTER_AREA).reshape(-1) for small in smalls]
    return Indexed(
        paths=tuple(paths or (Path(f"/photos/{row:04}.jpg") for row in range(count))),
        digests=tuple(digests or map(str, range(count))),
        sizes=tuple(sizes or ((1000, 1500),) * count),
        taken=tuple(taken or (None,) * count),
        sharpness=np.array(sharpness or [0.0] * count, np.float32),
        codes=np.asarray(np.stack(codes) / 255, np.float32),
        errors=np.zeros(count, np.float32),
        smalls=lambda rows: stacked[list(rows)],
        model="small",
        model_digest="0",
    )


OTHERS = [picture(seed) for seed in range(100, 140)]


def found(photos: Indexed) -> tuple[Group, ...]:
    return duplicates(photos, Progress())


def test_photos_of_different_things_are_in_no_group() -> None:
    assert found(indexed(OTHERS)) == ()


@pytest.mark.parametrize("count", [0, 1])
def test_less_than_two_photos_are_no_trouble(count: int) -> None:
    photos = indexed(OTHERS[:2])
    photos = replace(
        photos,
        paths=photos.paths[:count],
        digests=photos.digests[:count],
        sizes=photos.sizes[:count],
        taken=photos.taken[:count],
        codes=photos.codes[:count],
    )
    assert found(photos) == ()


def test_edited_versions_are_found_in_one_group() -> None:
    original = picture(1)
    smalls = [original, *OTHERS, toned(original), cropped(original), cropped(toned(original))]
    (group,) = found(indexed(smalls))
    assert group.rows == (0, 41, 42, 43)
    assert group.keep == 0
    assert group.kinds == (None, Kind.EDITED, Kind.EDITED, Kind.EDITED)
    assert group.main_kinds == (Kind.EDITED,)
    assert group.others == (41, 42, 43)


@pytest.fixture(scope="module")
def many() -> list[Levels]:
    """More than are all compared with all."""
    return [picture(seed) for seed in range(200, 305)]


def test_codes_and_pictures_must_agree(many: list[Levels]) -> None:
    """The same code alone is not enough, nor is the same picture with another code."""
    one, other = picture(1), picture(2)
    photos = indexed([one, other, *many])
    codes = photos.codes.copy()
    codes[1] = codes[0]
    assert found(replace(photos, codes=codes)) == ()
    photos = indexed([one, one, *many])
    codes = photos.codes.copy()
    codes[1] = 2 * codes.mean(axis=0) - codes[0]
    assert found(replace(photos, codes=codes)) == ()


def test_edited_versions_are_found_among_many(many: list[Levels]) -> None:
    original, other = picture(1), picture(2)
    smalls = [original, other, *many, toned(original), cropped(original), cropped(other, 0.05)]
    assert [group.rows for group in found(indexed(smalls))] == [(0, 107, 108), (1, 109)]


@pytest.mark.parametrize("count", [2, 5])
def test_all_photos_of_a_folder_may_be_of_one_scene(count: int) -> None:
    (group,) = found(indexed([cropped(picture(1), 0.02 * n) for n in range(count)]))
    assert group.rows == tuple(range(count))


def test_exact_copies_are_told_by_their_content() -> None:
    digests = ["a", *map(str, range(40)), "a", "a"]
    (group,) = found(indexed([picture(1), *OTHERS, picture(1), picture(1)], digests=digests))
    assert group.rows == (0, 41, 42)
    assert group.kinds == (None, Kind.EXACT, Kind.EXACT)


def test_copies_of_an_edited_version_are_copies() -> None:
    digests = ["a", "b", "b", *map(str, range(40))]
    original = picture(1)
    (group,) = found(indexed([original, toned(original), toned(original), *OTHERS], digests=digests))
    assert group.kinds == (None, Kind.EDITED, Kind.EXACT)
    assert group.main_kinds == (Kind.EXACT, Kind.EDITED)


def test_frames_of_a_burst_are_told_by_their_time() -> None:
    frames = [cropped(picture(1), share) for share in (0.0, 0.04, 0.08)]
    taken = [5000.0, 5002.0, 5004.5, *(None,) * 40]
    (group,) = found(indexed([*frames, *OTHERS], taken=taken))
    assert group.rows == (0, 1, 2)
    assert group.kinds == (None, Kind.BURST, Kind.BURST)


def test_the_same_view_at_another_time_is_no_burst() -> None:
    taken = [5000.0, 9000.0, *(None,) * 40]
    (group,) = found(indexed([picture(1), cropped(picture(1), 0.04), *OTHERS], taken=taken))
    assert group.kinds == (None, Kind.AGAIN)


@pytest.mark.parametrize(
    ("names", "size", "kind"),
    [
        (("IMG_0041.JPG", "IMG_0042.JPG"), (1000, 1500), Kind.BURST),  # two frames of one second
        (("IMG_0041.JPG", "IMG_0042.JPG"), (500, 750), Kind.EDITED),
        (("IMG_0041.JPG", "IMG_0041-2.JPG"), (1000, 1500), Kind.EDITED),
        (("IMG_0041.JPG", "IMG_0041_edit.JPG"), (1000, 1500), Kind.EDITED),
        (("IMG_0041.JPG", "IMG_0042.png"), (1000, 1500), Kind.EDITED),
    ],
)
def test_an_edited_version_that_kept_its_time_is_no_burst(
    names: tuple[str, str], size: tuple[int, int], kind: Kind
) -> None:
    paths = [Path("/photos") / name for name in names] + [Path(f"/others/{n}.jpg") for n in range(40)]
    photos = indexed(
        [picture(1), toned(picture(1)), *OTHERS],
        taken=[5000.0, 5000.0, *(None,) * 40],
        sizes=[(1000, 1500), size, *((1000, 1500),) * 40],
        paths=paths,
    )
    (group,) = found(photos)
    assert group.kinds == (None, kind)


def test_the_sharpest_is_kept_of_those_that_are_large() -> None:
    sizes = [(1000, 1500), (1000, 1500), (980, 1470), (500, 750)]
    photos = indexed(OTHERS[:4], sizes=sizes, sharpness=[1.0, 2.0, 3.0, 9.0])
    assert best_of(photos, (0, 1)) == 1
    assert best_of(photos, (0, 1, 2)) == 2  # nearly as large
    assert best_of(photos, (0, 3)) == 0  # however sharp the small one is
    even = replace(photos, sharpness=np.ones(4, np.float32))
    assert best_of(even, (2, 1, 0)) == 0  # the larger one, then the first one


def test_another_one_can_be_kept() -> None:
    digests = ["a", "b", "a", *map(str, range(40))]
    photos = indexed([picture(1), toned(picture(1)), picture(1), *OTHERS], digests=digests)
    (group,) = found(photos)
    assert group.kinds == (None, Kind.EDITED, Kind.EXACT)
    other = keeping(photos, group, 2)
    assert (other.rows, other.keep) == (group.rows, 2)
    assert other.kinds == (Kind.EXACT, Kind.EDITED, None)


def test_the_table_tells_what_to_keep() -> None:
    paths = [Path('/photos/a, "b".jpg'), *(Path(f"/photos/{n}.jpg") for n in range(41))]
    photos = indexed([picture(1), toned(picture(1)), *OTHERS], paths=paths, sharpness=[1.5, 0.5, *(0.0,) * 40])
    lines = list(csv.reader(StringIO(table_of(photos, found(photos)))))
    assert lines == [
        ["group", "keep", "kind", "width", "height", "sharpness", "path"],
        ["1", "yes", "", "1500", "1000", "1.5", str(paths[0])],
        ["1", "no", "edited", "1500", "1000", "0.5", str(paths[1])],
    ]


def test_the_work_is_told(many: list[Levels]) -> None:
    photos = indexed([picture(1), toned(picture(1)), *many])
    steps: list[float] = []
    duplicates(photos, Progress(lambda step: steps.append(step.fraction)))
    assert steps == sorted(steps)
    assert steps[0] == 0
    assert steps[-1] == 1


@pytest.mark.parametrize("stop_at", [0.0, 0.1, 0.3])
def test_the_work_can_be_stopped(stop_at: float, many: list[Levels]) -> None:
    photos = indexed([picture(1), toned(picture(1)), *many])

    def stop(step: Step) -> None:
        if step.fraction >= stop_at:
            progress.cancel()

    progress = Progress(stop)
    with pytest.raises(Cancelled):
        duplicates(photos, progress)
