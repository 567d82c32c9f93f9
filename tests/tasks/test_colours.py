"""References guide, suggestions are peaks of the distribution, and doubt is its width."""

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from aestudio.errors import ImageError, SettingsError
from aestudio.images.io import write_photo
from aestudio.images.lab import lab_to_linear
from aestudio.images.photo import Photo
from aestudio.models.networks import BUILDERS
from aestudio.models.networks.colorizer import BIN, square_centres, squares
from aestudio.tasks.colours import ColourSurvey, drawn_to, mean_colour, surveyed
from aestudio.tasks.hints import Hint
from aestudio.tasks.plausible import doubt, suggestions
from aestudio.tasks.reference import BANDS, read_reference, reference_of, shares_of

GREEN, BLUE, GREY = (-24.0, 24.0), (8.0, -40.0), (8.0, 8.0)


def number(colour: tuple[float, float]) -> int:
    return int(squares(torch.tensor(colour).view(1, 2, 1, 1)))


def chances_of(shares: dict[tuple[float, float], float], height: int = 6, width: int = 8) -> Tensor:
    chances = torch.zeros(1, len(square_centres()), height, width)
    for colour, share in shares.items():
        chances[0, number(colour)] = share
    return chances


def test_squares_and_their_centres_belong_together() -> None:
    centres = square_centres()
    assert squares(centres.T[None, :, None]).flatten().tolist() == list(range(len(centres)))
    assert float((centres[1] - centres[0]).abs().sum()) == BIN


def test_a_reference_decides_between_what_is_likely_and_leaves_what_is_certain() -> None:
    chances = chances_of({GREEN: 0.5, BLUE: 0.5})
    chances[..., :2] = chances_of({GREY: 1.0})[..., :2]
    light = torch.full((1, 1, 6, 8), 60.0)
    wanted = torch.zeros(BANDS, len(square_centres()))
    wanted[:, number(BLUE)] = 1
    drawn = drawn_to(chances, light, wanted)
    assert drawn.sum(1).flatten().tolist() == pytest.approx([1] * 48)
    assert float(drawn[0, number(BLUE), 0, 5]) > 0.8
    assert float(drawn[0, number(GREY), 0, 0]) > 0.99
    wanted[2] = 0  # nothing of that lightness in the reference
    assert torch.equal(drawn_to(chances, light, wanted), chances)


def test_a_reference_counts_by_lightness() -> None:
    pixels = np.zeros((64, 64, 3), np.uint8)
    pixels[:32] = (180, 190, 250)  # a pale blue sky
    pixels[32:] = (30, 70, 20)  # dark green leaves
    shares = shares_of(reference_of(Photo(pixels), "land.jpg"))
    assert shares.sum(1).tolist() == pytest.approx([0, 1, 0, 1])
    for band, sign in ((1, 1), (3, -1)):
        assert float(mean_colour(shares[band].view(1, -1, 1, 1))[0, 1]) * sign > 5


def test_grey_and_broken_references_are_refused_by_name(tmp_path: Path) -> None:
    grey = write_photo(Photo(np.tile(np.arange(200, dtype=np.uint8)[:, None], (1, 100))[..., None]), tmp_path / "g.png")
    with pytest.raises(SettingsError, match=r"g\.png is black and white"):
        read_reference(grey)
    (tmp_path / "b.jpg").write_bytes(b"no photo")
    with pytest.raises(ImageError, match=r"b\.jpg"):
        read_reference(tmp_path / "b.jpg")


def test_suggestions_are_peaks_the_likeliest_first_and_srgb_has_them() -> None:
    chances = chances_of({GREEN: 0.6, BLUE: 0.3, GREY: 0.1})
    survey = ColourSurvey(torch.zeros(1, 4, 12, 16), chances)
    found = suggestions(survey, 0.5, 0.5, 60.0)
    assert found == [pytest.approx(colour, abs=BIN) for colour in (GREEN, BLUE, GREY)]
    assert suggestions(survey, 1.0, 1.0, 60.0) == found
    dark = suggestions(survey, 0.0, 0.0, 4.0)
    for a, b in dark:
        linear = lab_to_linear(torch.tensor([4.0, a, b]).view(1, 3, 1, 1))
        assert float(linear.min()) > -1e-3


def test_neighbouring_squares_are_one_suggestion() -> None:
    near = (GREEN[0] + BIN, GREEN[1])
    found = suggestions(ColourSurvey(torch.zeros(1, 4, 12, 16), chances_of({GREEN: 0.5, near: 0.5})), 0.5, 0.5, 60.0)
    assert len(found) == 1
    assert found[0] == pytest.approx((GREEN[0] + BIN / 2, GREEN[1]), abs=1)


def test_doubt_is_wide_where_colours_lie_apart() -> None:
    chances = chances_of({GREEN: 0.5, BLUE: 0.5})
    chances[..., :4] = chances_of({GREEN: 1.0})[..., :4]
    spread = doubt(ColourSurvey(torch.zeros(1, 4, 12, 16), chances))
    assert spread.shape == (6, 8)
    assert spread[:, :4].max() < 0.1
    assert spread[:, 4:].min() > 25


def test_hints_leave_less_to_doubt() -> None:
    torch.manual_seed(0)
    net = BUILDERS["colorizing-unet"](channels=[8, 8, 8, 8], blocks=[1, 1, 1, 1], heads=2).eval()
    photo = Photo(np.full((64, 96, 1), 120, np.uint8))
    with torch.inference_mode():
        alone = surveyed(net, photo, (), None)
        told = surveyed(net, photo, (Hint(0.5, 0.5, 40.0, 20.0), Hint(0.2, 0.2, 40.0, 20.0)), None)
    assert told.chances.float().sum(1).flatten().tolist() == pytest.approx([1] * told.chances[0, 0].numel(), abs=1e-2)
    assert doubt(told).mean() < 0.8 * doubt(alone).mean()
