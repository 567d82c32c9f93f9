"""A verdict says better only where it is sure, and says what was lost."""

import copy
import dataclasses
import json
import math
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import nn

from aestudio.errors import Cancelled, Sentence, TrainingDataError
from aestudio.images.io import read_photo
from aestudio.models.networks import BUILDERS
from aestudio.progress import Progress
from aestudio.training.data.pool import PhotoPool, pool_of
from aestudio.training.data.source import CLEAN
from aestudio.training.events import JUDGING, Event, Working
from aestudio.training.judging.judge import LOWEST, judge
from aestudio.training.judging.standard import standard_photos, standard_pool, standard_recipe
from aestudio.training.judging.verdict import FEWEST, Comparison, Verdict, decide, interval, read_verdict
from aestudio.training.places import VERDICT
from aestudio.training.recipe import Recipe
from aestudio.training.teaching.degrade import Mixture
from aestudio.training.teaching.marks import Marking

NAMES = [Path(f"사진 {number}.jpg") for number in range(7)]


@pytest.fixture(scope="module")
def pool() -> PhotoPool:
    """Seven smooth photos, for a network of no use to do well on."""
    rng = np.random.default_rng(5)
    coarse = [Image.fromarray(rng.integers(30, 220, (4, 5, 3), dtype=np.uint8)) for _ in NAMES]
    photos = [np.asarray(image.resize((80, 64), Image.Resampling.BICUBIC)) for image in coarse]
    return pool_of([(photo, 1.0) for photo in photos])


@pytest.fixture(scope="module")
def untaught(recipe: Recipe) -> nn.Module:
    """A denoiser that gives the noisy photo back."""
    torch.manual_seed(1)
    net = BUILDERS[recipe.architecture](**recipe.arguments).eval()
    with torch.no_grad():
        for weight in net.parameters():
            weight.zero_()
    return net


class Blurring(nn.Module):
    """Takes the mean of each pixel's surroundings: good for smooth photos, bad for others."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        padded = nn.functional.pad(x[:, :3], (2, 2, 2, 2), mode="replicate")
        return nn.functional.avg_pool2d(padded, 5, stride=1)


class Spoilt(nn.Module):
    """Gives no numbers."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.full_like(x[:, :3], math.nan)


# what is sure


def test_the_interval_is_where_students_would_be_for_plain_numbers() -> None:
    gains = np.random.default_rng(3).normal(1.0, 0.5, 40)
    low, high = interval(gains)
    reach = 2.0227 * gains.std(ddof=1) / math.sqrt(40)  # t with 39 degrees of freedom
    assert low == pytest.approx(gains.mean() - reach, abs=0.03)
    assert high == pytest.approx(gains.mean() + reach, abs=0.03)
    assert interval(gains) == (low, high)


def test_the_interval_of_few_photos_holds_the_truth_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(0)
    missed = [low > 0 or high < 0 for low, high in (interval(rng.normal(0, 1, FEWEST)) for _ in range(300))]
    assert np.mean(missed) < 0.1  # 0.05 is meant, 0.07 it is, 0.13 it would be by plain percentiles


def test_one_photo_has_no_interval() -> None:
    assert interval(np.array([0.7])) == (0.7, 0.7)


def compared(*gains: float) -> Comparison:
    old = [30.0 + place for place in range(len(gains))]
    return Comparison.of(
        [str(place) for place in range(len(gains))], old, [a + b for a, b in zip(old, gains, strict=True)]
    )


SURE = (0.8, 0.5, 1.1, 0.9, 0.7, 0.8)


def test_a_sure_gain_is_better() -> None:
    verdict = decide("denoise", "psnr", compared(*SURE), compared(0.0, 0.1, -0.1))
    assert verdict.better
    assert verdict.adoptable
    assert not verdict.forgets
    said = "The new model is better: +0.8 dB on 6 photos it has not seen (between +0.6 and +1.0)."
    assert str(verdict.headline) == said
    assert str(verdict.reasons[0]) == "Photos on which it does better: 6 of 6."


@pytest.mark.parametrize(
    ("gains", "headline", "reason"),
    [
        ((0.9, -0.8, 0.5, -0.4, 0.6, 0.3), "not better for sure: +0.2 dB", "may be chance"),
        (SURE[: FEWEST - 1], "not better for sure: +0.8 dB", "needs 6 or more"),
        ((0.02, 0.03, 0.02, 0.03, 0.02, 0.01), "not better for sure: +0.02 dB", "less than +0.05 dB"),
        ((-0.8, -0.5, -1.1, -0.9, -0.7, -0.8), "is worse: −0.8 dB", "better: 0 of 6"),
    ],
)
def test_what_is_not_sure_is_not_better(gains: tuple[float, ...], headline: str, reason: str) -> None:
    verdict = decide("denoise", "psnr", compared(*gains), None)
    assert not verdict.better
    assert not verdict.adoptable
    assert headline in str(verdict.headline)
    assert "the model in use stays" in str(verdict.headline)
    assert any(reason in str(sentence) for sentence in verdict.reasons)


def test_a_gain_and_what_it_costs_are_told_together() -> None:
    verdict = decide("denoise", "psnr", compared(*SURE), compared(-0.9, -0.7, -1.2, -0.6))
    assert verdict.better
    assert verdict.forgets
    assert any("has forgotten some" in str(sentence) and "−0.8 dB" in str(sentence) for sentence in verdict.reasons)


def test_a_gain_that_spoils_everything_else_is_refused() -> None:
    verdict = decide("denoise", "psnr", compared(*SURE), compared(-5.4, -4.0, -5.0, -7.5))
    assert not verdict.adoptable
    assert "spoils other photos" in str(verdict.headline)
    assert verdict.forgets


def test_a_little_loss_is_not_forgetting_but_told() -> None:
    verdict = decide("denoise", "psnr", compared(*SURE), compared(-0.1, -0.2, -0.1, -0.2))
    assert not verdict.forgets
    assert any("a little worse with other photos" in str(sentence) for sentence in verdict.reasons)


def test_a_trifle_is_no_loss_and_never_minus_nothing() -> None:
    said = str(decide("denoise", "psnr", compared(*SURE), compared(-0.002, -0.003, -0.002, -0.004)).reasons[-1])
    assert "no worse with other photos: +0.00 dB" in said


def test_a_loss_that_may_be_chance_is_not_forgetting() -> None:
    assert not decide("denoise", "psnr", compared(*SURE), compared(-4.0, 1.5, -1.0, 0.8)).forgets


@pytest.mark.parametrize(
    ("score", "words"),
    [("f1", "+80.0 points of 100 in finding marks"), ("nearness", "+80.0 % in how near"), ("gain", "+0.8 dB")],
)
def test_each_score_has_its_words(score: str, words: str) -> None:
    assert words in str(decide("a", score, compared(*SURE), None).headline)


def test_without_another_model_nothing_is_better() -> None:
    verdict = decide("denoise", "psnr", Comparison.of(["a", "b"], (), [30.0, 31.0]), None)
    assert not verdict.better
    assert not verdict.compared
    assert verdict.adoptable
    assert "compare by eye" in str(verdict.headline)
    assert (verdict.photos.mean_old, verdict.photos.mean_new, verdict.photos.gains) == (None, 30.5, ())


# judging


def test_a_better_model_for_smooth_photos_forgets_others(
    recipe: Recipe, pool: PhotoPool, untaught: nn.Module, tmp_path: Path
) -> None:
    heard: list[Event] = []
    verdict = judge("denoise", recipe, untaught, Blurring(), pool, NAMES, tmp_path, Progress(), heard.append)
    assert verdict.better
    assert verdict.photos.names == tuple(map(str, NAMES))
    assert len(verdict.photos.old) == len(verdict.photos.new) == len(NAMES)
    assert verdict.photos.low < verdict.photos.gain < verdict.photos.high
    assert verdict.standard is not None
    assert verdict.standard.names == tuple(path.stem for path in standard_photos())
    assert verdict.standard.gain < verdict.photos.gain - 1
    assert read_verdict(tmp_path) == verdict

    total = len(NAMES) + len(standard_photos())
    assert heard[0] == Working(JUDGING, 0, total, "사진 0.jpg")
    assert heard[-1] == Working(JUDGING, total, total)
    assert len(heard) == total + 1

    gains = verdict.photos.gains
    assert [worst.gain for worst in verdict.worst] == sorted(gains)[:3]
    for worst in verdict.worst:
        shown = [read_photo(tmp_path / file).pixels for file in (worst.before, worst.old, worst.new, worst.truth)]
        assert {pixels.shape for pixels in shown} == {(64, 80, 3)}
        assert not np.array_equal(shown[1], shown[2])


def test_it_comes_out_the_same_each_time(recipe: Recipe, pool: PhotoPool, untaught: nn.Module, tmp_path: Path) -> None:
    weights = copy.deepcopy(untaught.state_dict())
    few = pool_of([(pool.photo(index, 64)[0].mul(255).byte().permute(1, 2, 0).numpy(), 1.0) for index in range(2)])
    first, second = (
        judge(
            "denoise", recipe, None, untaught.train(), few, NAMES[:2], tmp_path, Progress(), device=torch.device("cpu")
        )
        for _ in range(2)
    )
    assert first == second
    assert first.standard is None
    assert all(worst.old == "" for worst in first.worst)
    assert untaught.training
    untaught.eval()
    assert all(torch.equal(value, weights[name]) for name, value in untaught.state_dict().items())


def test_a_network_that_gives_no_numbers_scores_lowest(recipe: Recipe, pool: PhotoPool, tmp_path: Path) -> None:
    verdict = judge("denoise", recipe, None, Spoilt(), pool.only(0), NAMES[:1], tmp_path, Progress())
    assert verdict.photos.new == (LOWEST,)
    assert not verdict.better
    assert "NaN" not in (tmp_path / VERDICT).read_text(encoding="utf-8")


def test_stopping_leaves_no_verdict(recipe: Recipe, pool: PhotoPool, untaught: nn.Module, tmp_path: Path) -> None:
    progress = Progress()
    heard: list[Event] = []

    def stop(event: Event) -> None:
        heard.append(event)
        progress.cancel()

    with pytest.raises(Cancelled):
        judge("denoise", recipe, untaught, Blurring(), pool, NAMES, tmp_path, progress, stop)
    assert len(heard) == 1
    assert not (tmp_path / VERDICT).exists()
    with pytest.raises(TrainingDataError, match=r"verdict\.json cannot be read"):
        read_verdict(tmp_path)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"task": "denoise"}', "\x00"])
def test_a_damaged_verdict_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / VERDICT).write_text(text, encoding="utf-8")
    with pytest.raises(TrainingDataError, match=r"verdict\.json cannot be read"):
        read_verdict(tmp_path)


def test_sentences_come_back_with_what_is_in_them() -> None:
    verdict = decide("denoise", "psnr", compared(*SURE), compared(0.1, 0.2))
    back = Verdict.from_json(verdict.to_json())
    assert back == verdict
    assert isinstance(dict(back.headline.values)["gain"], Sentence)
    assert json.loads(verdict.to_json())["photos"]["gain"] == 0.8


# our own benchmark


def test_the_benchmark_is_small_and_whole() -> None:
    paths = standard_photos()
    assert 8 <= len(paths) <= 12
    assert sum(path.stat().st_size for path in paths) < 700_000
    pool = standard_pool()
    assert len(pool) == len(paths)
    assert int(pool.sizes.min()) >= 256
    assert (paths[0].parent / "LICENSE.md").is_file()


def test_the_benchmark_knows_nothing_of_the_recipes_damage(recipe: Recipe) -> None:
    own = dataclasses.replace(recipe, kind="pairs", mixture=Mixture(white=1), marks=("logo.png",), seed=9, patch=32)
    usual = standard_recipe("denoise", own)
    assert (usual.kind, usual.mixture, usual.marking, usual.marks) == (CLEAN, Mixture(), Marking(), ())
    assert usual == standard_recipe("denoise", dataclasses.replace(recipe, patch=64))
    assert standard_recipe("explore", own).patch == 128  # whole photos, squeezed
