import pytest

from aestudio.errors import Cancelled
from aestudio.progress import Passes, Progress, Step


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
