"""What is left to do, foretold from files that were not read yet."""

from pathlib import Path

import pytest

from aestudio.batch.journal import Row
from aestudio.batch.left import Left


def row(number: int, size: int, megapixels: float = 0.0, ending: str = ".png") -> Row:
    return Row(
        number, Path(f"/photos/{number}{ending}"), Path(f"/out/{number}{ending}"), size=size, megapixels=megapixels
    )


def test_nothing_is_left_at_first() -> None:
    left = Left()
    assert (len(left), left.megapixels) == (0, 0.0)
    left.drop(1)  # of which nobody knew
    assert len(left) == 0


def test_photos_that_were_read_tell_of_the_others_of_their_format() -> None:
    left = Left()
    for number in range(1, 11):
        left.add(row(number, 6_000_000))
    left.add(row(11, 4_000_000, ending=".jpg"))
    before = left.megapixels
    left.learn(row(1, 6_000_000, 12.0))
    assert left.megapixels == pytest.approx(10 * 12.0 + 10.0)
    assert left.megapixels > before
    left.learn(row(11, 4_000_000, 20.0, ".jpg"))
    assert left.megapixels == pytest.approx(10 * 12.0 + 20.0)
    for number in range(1, 12):
        left.drop(number)
    assert len(left) == 0
    assert left.megapixels == pytest.approx(0.0)


def test_what_is_known_from_an_earlier_run_is_not_guessed() -> None:
    left = Left()
    left.add(row(1, 100, 24.0))
    left.add(row(1, 100, 24.0))  # told twice, and there once
    assert (len(left), left.megapixels) == (1, 24.0)


def test_a_photo_that_is_through_is_not_left_again() -> None:
    left = Left()
    left.add(row(1, 1000))
    left.drop(1)
    left.learn(row(1, 1000, 2.0))
    assert len(left) == 0
