"""The time that is left, for photos that differ in size."""

import random

import pytest

from aestudio.batch.pace import Pace


def test_nothing_is_foretold_before_a_photo_is_done() -> None:
    assert Pace().left([1.0]) is None


def test_photos_of_one_size_take_what_the_others_took() -> None:
    pace = Pace()
    for _ in range(5):
        pace.learn(24.0, 6.0)
    assert pace.left([24.0] * 10) == pytest.approx(60.0)


def test_large_photos_that_come_last_are_foretold() -> None:
    pace = Pace()
    chance = random.Random(1)
    for _ in range(20):
        size = chance.uniform(0.1, 3.0)
        pace.learn(size, 0.4 + 0.3 * size)
    assert pace.left([24.0] * 4) == pytest.approx(4 * (0.4 + 0.3 * 24), rel=0.1)


def test_seconds_are_never_negative() -> None:
    pace = Pace()
    for size, seconds in ((1.0, 5.0), (2.0, 3.0), (24.0, 0.5)):
        pace.learn(size, seconds)
    left = pace.left([0.1, 100.0])
    assert left is not None
    assert left > 0


def test_photos_that_cost_nothing_do_not_break_it() -> None:
    pace = Pace()
    pace.learn(0.0, 0.0)
    assert pace.left([0.0]) is None
    pace.learn(0.0, 1.0)
    assert pace.left([0.0]) == pytest.approx(0.5, abs=0.6)
