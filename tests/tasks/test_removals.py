"""What is spared would not have changed, tiles do not show, and a photo is looked at in one precision."""

from collections.abc import Iterator

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from aestudio.engine.tiling import cores, tile_at
from aestudio.images.photo import Box, Photo
from aestudio.models.networks.marks import Repaired
from aestudio.tasks.base import Place
from aestudio.tasks.known_mark import KnownMark, Placement
from aestudio.tasks.marks import FoundMarks, believed, likelihood
from aestudio.tasks.removal import Removal
from aestudio.tasks.unblending import OwnMark


class AllCovered(nn.Module):
    """Sees a mark wherever it may."""

    def forward(self, x: Tensor) -> Repaired:
        return Repaired(1 - x[:, :3], torch.ones_like(x[:, 3:]))


def found_marks(rng: np.random.Generator, height: int, width: int) -> FoundMarks:
    """A few likely places, as coarse as the network sees them."""
    scale = min(1.0, 768 / max(height, width))
    rows, columns = (max(16, 16 * round(side * scale / 16)) // 2 for side in (height, width))
    likely = torch.zeros(1, 1, rows, columns)
    for _ in range(3):
        y, x = int(rng.integers(rows)), int(rng.integers(columns))
        likely[..., y : y + int(rng.integers(1, 4)), x : x + int(rng.integers(1, 4))] = float(rng.uniform(0.26, 1))
    return FoundMarks(likely, height, width, 3)


def own_mark(rng: np.random.Generator, height: int, width: int) -> OwnMark:
    """A mark anywhere, partly beside the photo, too."""
    mark = KnownMark("m", np.ones((12, 20), np.float32), np.ones((12, 20, 3), np.float32))
    x, y = rng.uniform(-15, width), rng.uniform(-10, height)
    place = Placement(x, y, rng.uniform(0.5, 2.5), rng.uniform(-6, 6), 0.0, opacity=rng.uniform(0.1, 0.9))
    return OwnMark(mark, place, height, width)


def removals() -> Iterator[tuple[Removal, int, int]]:
    rng = np.random.default_rng(7)
    sizes = [(int(rng.integers(1, 400)), int(rng.integers(1, 400))) for _ in range(20)]
    for height, width in [(1, 1), (5, 300), (9, 12), (2400, 100), (100, 2400), *sizes]:
        yield found_marks(rng, height, width), height, width
        yield own_mark(rng, height, width), height, width


def test_what_is_spared_would_not_have_changed() -> None:
    for removal, height, width in removals():
        spared = 0
        for core in cores(Box(0, height, 0, width), 32, 16):
            tile = tile_at(core, Box(0, height, 0, width), 16, 16)
            x = torch.full((1, 3, tile.context.height, tile.context.width), 0.25)
            if removal.spares(core):
                spared += 1
                place = Place(tile.context.y0, tile.context.x0, height, width, removal)
                y = removal.restored(AllCovered(), x, place)
                assert torch.equal(y[(..., *tile.inner.slices)], x[(..., *tile.inner.slices)])
        assert spared > 0 or max(height, width) < 400


@pytest.mark.parametrize("make", [found_marks, own_mark])
def test_tiles_do_not_show(make: type) -> None:
    rng = np.random.default_rng(8)
    height, width = 150, 210
    noise = torch.rand(1, 3, height, width, generator=torch.Generator().manual_seed(0))
    for _ in range(15):
        removal: Removal = make(rng, height, width)
        whole = removal.restored(AllCovered(), noise, Place(0, 0, height, width, removal))
        for core in cores(Box(0, height, 0, width), 48, 16):
            tile = tile_at(core, Box(0, height, 0, width), 16, 16)
            place = Place(tile.context.y0, tile.context.x0, height, width, removal)
            y = removal.restored(AllCovered(), noise[(..., *tile.context.slices)], place)
            assert torch.allclose(y[(..., *tile.inner.slices)], whole[(..., *core.slices)], atol=1e-4)


def test_a_photo_is_looked_at_in_one_precision() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (64, 80, 3), dtype=np.uint8)
    alone = likelihood(Photo(pixels))
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):  # as while a photo is being restored
        amid = likelihood(Photo(pixels))
    assert np.array_equal(alone, amid)


def test_marks_are_believed_as_wholes() -> None:
    likely = np.full((200, 300), 0.02, np.float32)
    rng = np.random.default_rng(0)
    likely[rng.integers(0, 200, 60), rng.integers(0, 300, 60)] = 0.99  # here and there, as in photos without a mark
    kept, marks = believed(likely, 0.5)
    assert marks == 0
    assert not kept.any()
    likely[20:60, 40:160] = 0.995
    likely[120:150, 40:70] = 0.985  # less, but beside a sure one
    kept, marks = believed(likely, 0.5)
    assert marks == 2
    assert np.array_equal(kept[20:60, 40:160], likely[20:60, 40:160])
    assert (kept[120:150, 40:70] > 0).all()
    assert not kept[160:].any()
    likely[20:60, 40:160] = 0.02
    assert believed(likely, 0.5)[1] == 0  # alone it is too little
    assert believed(likely, 1.0)[1] >= 1  # unless more is to be found
