import pytest

from aestudio.errors import Cancelled
from aestudio.progress import Part, Passes, Progress, Step


def test_several_passes_are_told_as_one_that_never_goes_back() -> None:
    seen: list[Step] = []
    passes = Passes(Progress(seen.append), 30)
    for total in (10, 10, 20):  # ten more than expected
        for done in range(total + 1):
            passes.step(done, total)
    fractions = [step.fraction for step in seen]
    assert fractions == sorted(fractions)
    assert fractions[10] == pytest.approx(1 / 3, abs=0.001)
    assert fractions[-1] == 1


def test_passes_stop_where_the_whole_is_stopped() -> None:
    whole = Progress()
    passes = Passes(whole, 10)
    passes.check()
    whole.cancel()
    assert passes.cancelled
    with pytest.raises(Cancelled):
        passes.check()
    with pytest.raises(Cancelled):
        passes.step(1, 10)
    other = Progress()
    Passes(other, 1).cancel()
    assert other.cancelled


def test_a_part_is_told_as_some_steps_of_the_whole() -> None:
    seen: list[Step] = []
    whole = Progress(seen.append)
    part = Part(whole, 10, 40, 100)
    assert not part.told
    for done in range(3):
        part.step(done, 2, "a")
    assert [(step.done, step.total, step.note) for step in seen] == [(10, 100, "a"), (30, 100, "a"), (50, 100, "a")]
    assert part.told
    inner = Part(part, 10, 10, 20)  # the second half of the part
    inner.step(1, 2)
    assert seen[-1].done == 40
    whole.cancel()
    with pytest.raises(Cancelled):
        inner.step(2, 2)
