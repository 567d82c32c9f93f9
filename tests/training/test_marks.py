"""Marks are laid where they are said to be, and photos without one stay as they are."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Tensor

from aestudio.training.data.pool import pool_of
from aestudio.training.recipe import Recipe
from aestudio.training.teaching import unwatermark
from aestudio.training.teaching.degrade import to_8_bit
from aestudio.training.teaching.marks import SEEN, Marking, mark
from aestudio.training.teaching.painter import holes_about
from aestudio.training.teaching.stamps import HEIGHT, WIDTH, Stamps, draw_stamps, font_files
from aestudio.training.teaching.unwatermark import APART, evidence_loss, mask_loss, roughly, seen

PLAIN = Marking(none=0, tiled=0, soft=0, shadow=0, outline=0, band=0, jpeg_share=0)


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.fixture(scope="module")
def stamps() -> Stamps:
    return draw_stamps(60, 1)


@pytest.fixture(scope="module")
def clean() -> Tensor:
    coarse = torch.rand(24, 3, 4, 4, generator=seeded(7))
    return torch.nn.functional.interpolate(coarse, size=(96, 96), mode="bilinear") * 0.6 + 0.2


def test_stamps_fill_their_canvas_as_far_as_they_say(stamps: Stamps) -> None:
    assert stamps.cover.shape == (60, HEIGHT, WIDTH)
    for cover, (rows, columns) in zip(stamps.cover, stamps.extent.tolist(), strict=True):
        inked = cover.nonzero()
        assert len(inked) > 20
        tall, wide = (inked.amax(0) - inked.amin(0) + 1).tolist()
        assert tall / HEIGHT == pytest.approx(rows, abs=3 / HEIGHT)
        assert wide / WIDTH == pytest.approx(columns, abs=3 / WIDTH)
        assert max(rows, columns) > 0.9
    assert 0 < int(stamps.dated.sum()) < 30


def test_the_same_seed_draws_the_same_stamps_and_held_out_ones_share_no_font(stamps: Stamps) -> None:
    again = draw_stamps(60, 1)
    assert torch.equal(again.cover, stamps.cover)
    assert not torch.equal(draw_stamps(60, 2).cover, stamps.cover)
    assert not set(font_files(held_out=True)) & set(font_files(held_out=False))
    assert len(draw_stamps(5, 1, held_out=True).cover) == 5


def test_outside_its_cover_a_mark_changes_nothing(clean: Tensor, stamps: Stamps) -> None:
    for marking in (PLAIN, replace(PLAIN, tiled=1.0), replace(PLAIN, shadow=1.0, outline=1.0, band=1.0, soft=1.0)):
        marked = mark(clean, stamps, marking, seeded())
        bare = (marked.cover == 0).expand_as(marked.photo)
        assert torch.equal(marked.clean, to_8_bit(clean))
        assert torch.equal(marked.photo[bare], marked.clean[bare])
        change = (marked.photo - marked.clean).abs().amax(1, keepdim=True)
        assert float(change.max()) > 0.2
        assert bool((change <= marked.cover + 1 / 255).all())  # nothing is laid on more strongly than it says
        share = float(seen(marked.cover).mean())
        assert 0.01 < share < 0.6


def test_opacity_bounds_what_is_covered(clean: Tensor, stamps: Stamps) -> None:
    faint = mark(clean, stamps, replace(PLAIN, opacity=(0.15, 0.2)), seeded())
    assert float(faint.cover.max()) <= 0.2 + 1e-6
    assert bool(((faint.opacity >= 0.15) & (faint.opacity <= 0.2)).all())


def test_photos_without_a_mark_come_back_as_they_are(clean: Tensor, stamps: Stamps) -> None:
    marked = mark(clean, stamps, Marking(none=1.0), seeded())
    assert torch.equal(marked.photo, marked.clean)
    assert float(marked.cover.max()) == 0
    assert float(marked.opacity.max()) == 0


def test_jpeg_comes_behind_the_mark_and_takes_both_halves(clean: Tensor, stamps: Stamps) -> None:
    marked = mark(clean, stamps, replace(PLAIN, jpeg_share=1.0), seeded())
    assert not torch.equal(marked.clean, to_8_bit(clean))
    assert float((marked.clean - clean).abs().mean()) < 0.02
    again = mark(clean, stamps, replace(PLAIN, jpeg_share=1.0), seeded())
    assert torch.equal(again.photo, marked.photo)


def test_a_rough_mask_lies_about_where_the_mark_is(clean: Tensor, stamps: Stamps) -> None:
    marked = mark(clean, stamps, PLAIN, seeded())
    rough, truth = roughly(marked.cover, seeded(1)), seen(marked.cover)
    assert rough.shape == truth.shape
    assert 0 <= float(rough.min()) <= float(rough.max()) <= 1
    assert float((rough * truth).sum() / truth.sum()) > 0.5
    assert float((rough * (1 - truth)).sum() / (1 - truth).sum()) < 0.25
    assert float((marked.cover > SEEN).float().mean()) == pytest.approx(float(truth.mean()))


def test_a_better_mask_has_a_smaller_loss() -> None:
    truth = torch.zeros(1, 1, 16, 16)
    truth[..., 4:8, 4:12] = 1
    right, half, wrong = (10 * (mask * 2 - 1) for mask in (truth, truth * (torch.arange(16) < 8), 1 - truth))
    losses = [float(mask_loss(logits, truth, 3.0)) for logits in (right, half, wrong)]
    assert losses[0] < 0.01
    assert losses[0] < losses[1] < losses[2]


def test_a_small_mark_is_as_much_evidence_as_a_large_one() -> None:
    truth, logits = torch.zeros(2, 1, 64, 64), torch.full((2, 1, 64, 64), -9.0)
    truth[0, :, 20:22, 20:24] = 1
    truth[1, :, 10:50, 10:50] = 1
    missed = [float(evidence_loss(logits[n : n + 1], truth[n : n + 1])) for n in range(2)]
    assert missed[0] == pytest.approx(missed[1]) == pytest.approx(9, abs=0.01)
    half = logits.clone()
    half[0, :, 20, 20:24] = 9.0
    half[1, :, 10:30, 10:50] = 9.0
    assert float(evidence_loss(half, truth)) < 0.01


def test_a_photo_looks_marked_by_its_likeliest_places_apart_from_marks() -> None:
    truth, logits = torch.zeros(1, 1, 64, 64), torch.full((1, 1, 64, 64), -9.0)
    assert float(evidence_loss(logits, truth)) < 0.01
    logits[..., 20:28, 20:28] = 5.0
    assert float(evidence_loss(logits, truth)) == pytest.approx(5, abs=0.01)
    truth[..., 20 + APART : 60, 20:28] = 1
    assert float(evidence_loss(logits, truth)) == pytest.approx(9, abs=0.01), "only the mark that was missed counts"
    everywhere = torch.ones(1, 1, 64, 64)
    assert float(evidence_loss(logits, everywhere)) == pytest.approx(8.5625, abs=0.01), "nothing lies apart from it"


def test_a_recipe_says_how_much_evidence_counts() -> None:
    recipe = Recipe("a", "1", "mark-finder", {}, {}, 1)
    truth, logits = (torch.randint(2, (2, 1, 16, 16), generator=seeded(3)).float(), torch.randn(2, 1, 16, 16))
    without, some = (
        float(unwatermark.FindMarksObjective(replace(recipe, evidence=weight)).loss(logits, logits, truth))
        for weight in (0.0, 0.5)
    )
    assert some - without == pytest.approx(0.5 * float(evidence_loss(logits, truth)), rel=1e-4)


def test_holes_lie_about_what_is_covered() -> None:
    covered = torch.zeros(64, 1, 96, 96)
    covered[..., 40:56, 20:70] = 1
    holes = holes_about(covered, torch.Generator().manual_seed(1))
    assert bool(((holes == 0) | (holes == 1)).all())
    empty = holes.flatten(1).sum(1) == 0
    assert 0.05 < float(empty.float().mean()) < 0.5  # as a photo that nothing was painted on yet
    inside = holes[~empty][..., 40:56, 20:70].mean()
    outside = holes[~empty][..., :30, :].mean()
    assert float(inside) > 0.9
    assert float(outside) < 0.05


def test_what_is_painted_is_shown_to_the_network_that_repairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unwatermark, "BANK", 8)
    recipe = Recipe(
        name="r", version="1", architecture="mark-remover", arguments={"painted": True}, folders={"a": 1.0}, steps=1,
        batch=4, patch=64,
    )  # fmt: skip
    pool = pool_of([(np.random.default_rng(0).integers(0, 256, (96, 96, 3), dtype=np.uint8), 1.0)])
    objective = unwatermark.RemoveMarksObjective(recipe)
    assert objective.channels == 7
    x, target = objective.batch(pool, 3)
    again, _ = objective.batch(pool, 3)
    assert x.shape == (4, 7, 64, 64)
    assert target.shape == (4, 4, 64, 64)
    assert torch.equal(x, again)
    assert 0 <= float(x.min()) <= float(x.max()) <= 1


def test_a_coarse_look_fills_words() -> None:
    cover = torch.zeros(40, 1, 96, 96)
    cover[..., 40:56, 20:70:6] = 1  # strokes with gaps
    found = roughly(cover, seeded(3))
    gaps = found[..., 44:52, 26:62][..., 3::6].mean(dim=(1, 2, 3))
    assert 0.3 < float((gaps > 0.4).float().mean()) < 0.95  # most of the time, and not always
    assert float(found[..., :20, :].mean()) < 0.05
