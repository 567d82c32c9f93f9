import cv2
import numpy as np
import pytest
import torch

from aestudio.models.networks.inpainter import Inpainter
from aestudio.models.networks.membrane import membrane


def holed(height: int, width: int) -> tuple[torch.Tensor, torch.Tensor]:
    """A slope of colour, and holes in it: a box, a line, and one that runs over the edge."""
    y, x = torch.meshgrid(torch.linspace(0, 1, height), torch.linspace(0, 1, width), indexing="ij")
    photo = torch.stack((x, y, 0.3 + 0.4 * x))[None]
    hole = torch.zeros(1, 1, height, width)
    hole[..., height // 3 : height // 2, width // 4 : width // 2] = 1
    hole[..., :, width * 3 // 4] = 1
    return photo, hole


@pytest.mark.parametrize(("height", "width"), [(64, 96), (33, 47), (16, 16)])
def test_a_slope_goes_on_under_the_holes(height: int, width: int) -> None:
    photo, hole = holed(height, width)
    filled = membrane(photo.where(hole == 0, torch.tensor(9.0)), hole)
    assert filled.shape == photo.shape
    kept = (hole == 0).expand_as(photo)
    assert torch.allclose(filled[kept], photo[kept], atol=1e-6)
    assert float((filled - photo).abs().max()) < 0.06


def test_it_stays_between_what_lies_around_and_fills_what_is_empty() -> None:
    photo = torch.rand(2, 3, 40, 40, generator=torch.Generator().manual_seed(0))
    hole = torch.zeros(2, 1, 40, 40)
    hole[0, :, 5:35, 5:35] = 1
    filled = membrane(photo, hole)
    assert 0 <= float(filled.min()) <= float(filled.max()) <= 1 + 1e-6
    assert torch.allclose(filled[1], photo[1], atol=1e-6)
    assert float(membrane(photo, torch.ones_like(hole)).abs().max()) == 0


def test_it_is_as_near_as_what_others_fill_smoothly() -> None:
    rng = np.random.default_rng(1)
    coarse = rng.integers(0, 256, (12, 12, 3), dtype=np.uint8)
    clean = cv2.resize(coarse, (128, 128), interpolation=cv2.INTER_CUBIC)
    mask = np.zeros((128, 128), np.uint8)
    for _ in range(12):
        x, y = (int(v) for v in rng.integers(8, 120, 2))
        cv2.circle(mask, (x, y), int(rng.integers(2, 7)), 255, -1)
    hidden = mask > 0
    other = cv2.inpaint(np.where(hidden[..., None], 0, clean).astype(np.uint8), mask, 3, cv2.INPAINT_NS)
    photo = torch.from_numpy(clean).permute(2, 0, 1)[None].float()
    ours = membrane(photo, torch.from_numpy(hidden)[None, None].float())[0].permute(1, 2, 0).numpy()
    errors = [np.square(filled[hidden] - clean[hidden].astype(float)).mean() for filled in (ours, other)]
    assert errors[0] < 1.3 * errors[1]


def test_an_inpainter_that_sees_it_begins_half_way_to_it() -> None:
    torch.manual_seed(0)
    photo, hole = holed(32, 48)
    x = torch.cat((photo * (1 - hole), hole), dim=1)
    sizes = {"channels": (8, 8, 12, 12), "blocks": (1, 1, 1, 1), "heads": 2}
    net, plain = Inpainter(**sizes, smooth=True).eval(), Inpainter(**sizes).eval()  # type: ignore[arg-type]
    for module in (net, plain):
        torch.nn.init.zeros_(module.tail.weight)
    painted, mean = net(x), plain(x)
    filled = membrane(photo, hole)
    hidden = (hole > 0).expand_as(photo)
    assert torch.allclose(painted[hidden], (mean + filled)[hidden] / 2, atol=1e-5)
    assert torch.equal(painted[~hidden], x[:, :3][~hidden])
