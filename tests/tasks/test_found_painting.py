"""What painting over a found mark gives is offered to the network that repairs, and to no other."""

import numpy as np
import pytest
import torch

from aestudio.errors import Cancelled
from aestudio.images.photo import Photo, RgbTile
from aestudio.images.tensors import to_tensor, to_tile
from aestudio.models.networks.marks import MarkRemover
from aestudio.progress import Progress, Step
from aestudio.tasks.base import Place
from aestudio.tasks.found_painting import with_painting
from aestudio.tasks.marks import FoundMarks

HEIGHT, WIDTH = 330, 610  # two windows across


def remover(*, painted: bool) -> MarkRemover:
    """Says that all of a mark is covered, and believes what is painted, if it is shown that."""
    net = MarkRemover((8, 8, 8, 8), (1, 1, 1, 0), painted=painted).eval()
    bias = net.tail.bias
    assert bias is not None
    with torch.no_grad():
        bias[12:] = 30.0
    return net


@pytest.fixture
def photo() -> Photo:
    """An even wall with an opaque word on it, across the border of the two windows."""
    pixels = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
    pixels[:] += np.linspace(0, 60, WIDTH).astype(np.uint8)[None, :, None]
    pixels[150:160, 480:540] = 255
    return Photo(pixels)


@pytest.fixture
def found() -> FoundMarks:
    likely = torch.zeros(1, 1, HEIGHT // 2, WIDTH // 2)
    likely[..., 75:80, 240:270] = 1.0
    return FoundMarks(likely, HEIGHT, WIDTH, 1)


def restored(net: MarkRemover, photo: Photo, found: FoundMarks) -> RgbTile:
    height, width = HEIGHT // 16 * 16, WIDTH // 16 * 16
    with torch.inference_mode():
        x = to_tensor(photo.rgb(photo.box)[:height, :width])
        return to_tile(found.restored(net, x, Place(0, 0, HEIGHT, WIDTH, found)))


def test_the_network_may_take_what_is_painted(photo: Photo, found: FoundMarks) -> None:
    net = remover(painted=True)
    offered = with_painting(net, photo, found, Progress())
    assert offered.painted is not None
    assert offered.nbytes > 0
    before, after = photo.rgb(photo.box), restored(net, photo, offered)
    marked = (slice(150, 160), slice(480, 540))
    assert np.abs(after[marked] - before[marked]).min() > 0.2  # nothing of the white is left
    assert np.array_equal(after[:130], before[:130, : after.shape[1]])
    unpainted = restored(net, photo, found)
    assert np.abs(unpainted[marked] - before[marked]).max() < 1e-6  # it is shown the photo itself then


def test_a_network_that_does_not_ask_gets_none(photo: Photo, found: FoundMarks) -> None:
    assert with_painting(remover(painted=False), photo, found, Progress()) is found


def test_nothing_is_painted_where_nothing_or_nearly_all_is_covered(photo: Photo) -> None:
    net = remover(painted=True)
    nothing = FoundMarks(torch.zeros(1, 1, HEIGHT // 2, WIDTH // 2), HEIGHT, WIDTH, 0)
    assert with_painting(net, photo, nothing, Progress()) is nothing
    everything = FoundMarks(torch.ones(1, 1, HEIGHT // 2, WIDTH // 2), HEIGHT, WIDTH, 1)
    assert with_painting(net, photo, everything, Progress()) is everything


def test_it_tells_how_far_it_is(photo: Photo, found: FoundMarks) -> None:
    seen: list[Step] = []
    with_painting(remover(painted=True), photo, found, Progress(seen.append))
    fractions = [step.fraction for step in seen]
    assert fractions == sorted(fractions)
    assert fractions[0] == 0
    assert fractions[-1] >= 0.3


def test_it_can_be_cancelled(photo: Photo, found: FoundMarks) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        with_painting(remover(painted=True), photo, found, progress)
