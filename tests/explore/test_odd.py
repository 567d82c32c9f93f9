"""Odd photos: what is planted is found, what is reported adds up, and few photos are told."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from small_explore import small_coder, small_indexed, small_photos

from aestudio.errors import Cancelled
from aestudio.explore.coder import Coder
from aestudio.explore.odd import FEWEST, REASONS, FewPhotosError, Odd, Reason, find_odd, from_measures, measures, said
from aestudio.explore.photos import Levels
from aestudio.progress import Progress, Step

COUNT, AT = 60, 17  # photos, and which one is odd


@pytest.fixture(scope="module")
def coder(tmp_path_factory: pytest.TempPathFactory) -> Coder:
    """A coder with random weights."""
    return small_coder(tmp_path_factory.mktemp("models"))


@cache
def _usual(count: int) -> Levels:
    noise = np.random.default_rng(0).normal(0, 4, (count, 128, 128, 3))
    return np.asarray(np.clip(small_photos(count).astype(float) + noise, 0, 255), np.uint8)


def usual(count: int = COUNT) -> Levels:
    """Soft pictures with some grain."""
    return _usual(count).copy()


def with_odd(fault: str) -> Levels:
    photos = usual()
    photo = photos[AT]
    if fault == "black":
        photo[:] = 0
    elif fault == "white":
        photo[:] = 255
    elif fault == "blurred":
        photo[:] = cv2.GaussianBlur(photo, (0, 0), 3)
    elif fault == "grey below":
        photo[50:] = 128
    elif fault == "orange":
        photo[:] = np.clip(photo * np.array((1.4, 0.8, 0.2)) + np.array((40, 20, 0)), 0, 255).astype(np.uint8)
    elif fault == "lines":
        photo[20:22] = photo[70:73] = (255, 0, 40)
    return photos


def found(coder: Coder, photos: Levels) -> Odd:
    return find_odd(small_indexed(coder, photos), Progress())


@pytest.mark.parametrize(
    ("fault", "reason", "sign"),
    [
        ("black", Reason.LIGHT, -1),
        ("white", Reason.LIGHT, 1),
        ("blurred", Reason.DETAIL, -1),
        ("grey below", Reason.FLAT, 1),
        ("orange", Reason.COLOUR, 1),
        ("lines", Reason.LINES, 1),
    ],
)
def test_a_fault_comes_first_and_its_reason_is_told(coder: Coder, fault: str, reason: Reason, sign: int) -> None:
    odd = found(coder, with_odd(fault))
    assert odd.order[0] == AT
    assert odd.scores[AT] > odd.fence
    reasons = dict(odd.why(AT))
    assert reason in reasons
    assert reasons[reason] * sign > 2


def test_what_comes_out_worse_than_its_like_is_odd_and_what_comes_out_better_is_not(coder: Coder) -> None:
    photos = small_indexed(coder, usual())
    for factor, signal in ((20.0, pytest.approx(20, abs=19)), (0.05, 0.0)):
        errors = photos.errors.copy()
        errors[AT] *= factor
        odd = find_odd(replace(photos, errors=errors), Progress())
        assert odd.signals[AT, REASONS.index(Reason.ERROR)] == signal
        assert (odd.why(AT)[0][0] is Reason.ERROR) is (factor > 1)


def test_among_usual_photos_few_stand_apart(coder: Coder) -> None:
    odd = found(coder, usual(100))
    assert 0 <= (odd.scores > odd.fence).mean() < 0.1
    assert 0.5 < np.median(odd.scores) < 2


def test_the_score_is_the_largest_signal_and_reasons_begin_with_it(coder: Coder) -> None:
    odd = found(coder, with_odd("black"))
    assert odd.signals.shape == (COUNT, len(REASONS))
    assert np.isfinite(odd.signals).all()
    for row in range(COUNT):
        why = odd.why(row)
        assert abs(why[0][1]) == pytest.approx(odd.scores[row])
        assert [abs(value) for _, value in why] == sorted((abs(value) for _, value in why), reverse=True)
        assert all(abs(value) >= 2 for _, value in why[1:])
    scores = odd.scores[odd.order]
    assert (np.diff(scores) <= 0).all()


def test_many_odd_photos_do_not_become_usual(coder: Coder) -> None:
    photos = usual(100)
    bad = np.random.default_rng(3).permutation(100)[:12]
    photos[bad] = photos[bad] // 16
    odd = found(coder, photos)
    assert set(odd.order[:12].tolist()) == set(bad.tolist())


def test_the_order_of_the_photos_does_not_matter(coder: Coder) -> None:
    photos = with_odd("orange")
    turned = found(coder, np.ascontiguousarray(photos[::-1]))
    np.testing.assert_allclose(turned.scores[::-1], found(coder, photos).scores, rtol=0.02, atol=0.02)


def test_few_photos_are_told(coder: Coder) -> None:
    for count in (0, 1, FEWEST - 1):
        few = small_indexed(coder, usual(FEWEST)[:count])
        with pytest.raises(FewPhotosError, match="fewer than 20 photos"):
            find_odd(few, Progress())
    assert len(found(coder, usual(FEWEST)).scores) == FEWEST


def test_photos_that_are_all_the_same_are_not_odd(coder: Coder) -> None:
    odd = found(coder, np.repeat(usual(1), 30, axis=0))
    assert odd.scores.max() < 0.1
    assert not (odd.scores > odd.fence).any()


def test_one_photo_among_copies_is_odd(coder: Coder) -> None:
    photos = np.repeat(usual(1), 30, axis=0)
    photos[7] = usual(2)[1]
    odd = found(coder, photos)
    assert odd.order[0] == 7
    assert np.isfinite(odd.signals).all()


def test_small_copies_are_read_in_pieces(coder: Coder) -> None:
    asked: list[int] = []
    photos = usual(20)
    few = small_indexed(coder, photos)
    paths = tuple(Path(f"{number}.jpg") for number in range(300))
    whole = replace(few, paths=paths, codes=np.tile(few.codes, (15, 1)), errors=np.tile(few.errors, 15))

    def smalls(rows: Sequence[int]) -> Levels:
        asked.append(len(rows))
        return np.asarray(photos[np.asarray(rows) % 20], np.uint8)

    steps: list[Step] = []
    find_odd(replace(whole, smalls=smalls), Progress(steps.append))
    assert max(asked) <= 256
    assert sum(asked) == 300
    assert steps[-1].fraction == 1


def test_of_very_many_photos_a_sample_says_what_is_usual() -> None:
    chance = np.random.default_rng(0)
    codes = chance.normal(size=(24_000, 16)).astype(np.float32)
    plain = measures(usual(20))[chance.integers(0, 20, 24_000)]
    errors = (0.01 * np.exp(chance.normal(0, 0.2, 24_000))).astype(np.float32)
    codes[23_999] = 9
    odd = from_measures(codes, errors, plain)
    column = REASONS.index(Reason.CODE)
    assert odd.signals[:, column].argmax() == 23_999


def test_it_stops_when_asked_to(coder: Coder) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        find_odd(small_indexed(coder, usual(30)), progress)


def test_each_reason_has_its_words() -> None:
    words = [str(said(reason, sign)) for reason in REASONS for sign in (-1.0, 1.0)]
    assert len(set(words)) == len(REASONS) + 2  # light and detail go both ways
    assert str(said(Reason.LIGHT, -3)) == "darker"
    assert str(said(Reason.DETAIL, -3)) == "softer"


def test_rows_are_those_of_the_folder(coder: Coder) -> None:
    paths = [Path(f"/photos/{name}.jpg") for name in range(COUNT)]
    photos = small_indexed(coder, with_odd("black"), paths)
    odd = find_odd(photos, Progress())
    assert photos.paths[int(odd.order[0])] == paths[AT]
