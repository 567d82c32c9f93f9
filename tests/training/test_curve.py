"""The course of a run in figures: short, and true to what was told."""

import pytest

from aestudio.training.curve import COUNT, Row, add_row


def test_a_course_stays_short_and_its_mean_is_that_of_all() -> None:
    rows: list[Row] = []
    for n in range(1, 5001):
        add_row(rows, {"step": n, "loss": 1 / n}, most=64)
        assert len(rows) <= 64
    assert sum(row[COUNT] for row in rows) == 5000
    assert len({row[COUNT] for row in rows[:-1]}) == 1
    assert rows[-1][COUNT] <= rows[0][COUNT]
    assert sum(row[COUNT] * row["loss"] for row in rows) == pytest.approx(sum(1 / n for n in range(1, 5001)))
    assert [row["step"] for row in rows] == sorted(row["step"] for row in rows)


def test_a_part_that_comes_later_is_no_part_before() -> None:
    rows: list[Row] = []
    for n in range(16):
        add_row(rows, {"loss": 1.0} if n < 6 else {"loss": 2.0, "latent": 0.5}, most=8)
    assert ["latent" in row for row in rows] == [False, True, True, True][: len(rows)]
    assert all(row["latent"] == 0.5 for row in rows if "latent" in row)


def test_what_goes_on_goes_on_as_if_it_had_never_stopped() -> None:
    whole: list[Row] = []
    for n in range(100):
        add_row(whole, {"loss": n}, most=16)
    first: list[Row] = []
    for n in range(37):
        add_row(first, {"loss": n}, most=16)
    second = [dict(row) for row in first]
    for n in range(37, 100):
        add_row(second, {"loss": n}, most=16)
    assert second == whole
