"""Principal components of photos."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from small_explore import small_photos

from aestudio.errors import Cancelled, SettingsError
from aestudio.explore import components as module
from aestudio.explore.components import Components, decibels, fit_components, spread_evenly, squared_errors
from aestudio.explore.photos import Levels
from aestudio.progress import Progress, Step


def fitted(photos: Levels, most: int = 128) -> Components:
    return fit_components(lambda rows: photos[list(rows)], range(len(photos)), most=most)


def test_they_are_the_ones_of_all_pixels() -> None:
    photos = small_photos(40)
    found = fitted(photos, 8)
    pixels = photos.reshape(len(photos), -1) / 255
    mean = pixels.mean(axis=0)
    _, vectors = np.linalg.eigh((pixels - mean) @ (pixels - mean).T)
    axes = vectors.T[::-1][:8] @ (pixels - mean)
    axes /= np.linalg.norm(axes, axis=1, keepdims=True)
    for length in (1, 4, 8):
        kept = mean + (pixels - mean) @ axes[:length].T @ axes[:length]
        best = np.square(kept.clip(0, 1) - pixels).mean()
        ours = squared_errors(photos, found.decode(found.encode(photos), length)).mean()
        assert best < ours < 1.02 * best + 1e-5  # rounding to 8 bits


def test_more_numbers_are_never_worse_on_photos_that_were_learnt_from() -> None:
    photos = small_photos(30)
    found = fitted(photos)
    codes = found.encode(photos)
    errors = [float(squared_errors(photos, found.decode(codes, length)).mean()) for length in range(1, 30)]
    assert all(later <= earlier + 1e-5 for earlier, later in pairwise(errors))
    assert errors[-1] < 1e-4 < errors[0]


def test_codes_are_ordered_and_of_the_promised_shape() -> None:
    photos = small_photos(20)
    found = fitted(photos, 6)
    codes = found.encode(photos)
    assert codes.shape == (20, 6)
    assert codes.dtype == np.float32
    spread = codes.std(axis=0)
    assert (np.diff(spread) <= 1e-3).all()
    assert found.decode(codes).shape == photos.shape
    assert np.array_equal(found.decode(codes, 99), found.decode(codes))
    assert found.encode(photos[:0]).shape == (0, 6)
    assert found.decode(codes[:0]).shape == (0, 128, 128, 3)


def test_few_photos_give_few_components() -> None:
    assert fitted(small_photos(5)).length == 4
    assert fitted(small_photos(2)).length == 1
    with pytest.raises(SettingsError, match="two of them"):
        fitted(small_photos(1))


def test_photos_that_are_all_the_same_come_out_as_they_are() -> None:
    photos = np.repeat(small_photos(1), 4, axis=0)
    found = fitted(photos)
    assert np.isfinite(found.directions).all()
    assert squared_errors(photos, found.decode(found.encode(photos))).max() < 1e-4


def test_parts_make_the_same_components_as_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    photos = small_photos(60)
    whole = fitted(photos, 5)
    monkeypatch.setattr(module, "_AT_ONCE", 16)
    parts = fitted(photos, 5)
    one, other = (squared_errors(photos, each.decode(each.encode(photos))).mean() for each in (whole, parts))
    assert other == pytest.approx(one, rel=0.02)


def test_only_an_even_sample_of_many_photos_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PHOTOS", 10)
    photos, read = small_photos(4), list[int]()

    def smalls(rows: Sequence[int]) -> Levels:
        read.extend(rows)
        return photos[[row % 4 for row in rows]]

    found = fit_components(smalls, range(100), most=2)
    assert (found.photos, found.given) == (10, 100)
    assert read == [0, 11, 22, 33, 44, 55, 66, 77, 88, 99]
    assert spread_evenly([5, 6], 10) == [5, 6]


def test_the_fit_tells_how_far_it_is_and_stops() -> None:
    photos, steps = small_photos(70), list[Step]()
    progress = Progress(steps.append)
    fit_components(lambda rows: photos[list(rows)], range(70), progress, most=3)
    assert [step.done for step in steps] == [0, 64, 70]
    assert steps[-1].fraction == 1
    progress.cancel()
    with pytest.raises(Cancelled):
        fit_components(lambda rows: photos[list(rows)], range(70), progress, most=3)


def test_decibels_have_an_end() -> None:
    assert decibels(np.array([1.0, 0.01, 0.0], dtype=np.float32)) == pytest.approx([0, 20, 100])
