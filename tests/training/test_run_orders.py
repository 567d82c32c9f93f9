"""Training waits, ends early, goes back and is given up; and learns a half or a level of a network at a time."""

import errno
import math
import os
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import Tensor

from aestudio.errors import Cancelled, SettingsError, TrainingDataError
from aestudio.models.networks import BUILDERS
from aestudio.models.networks.levels import Levelled, encoding_of
from aestudio.progress import Progress
from aestudio.training import trainer
from aestudio.training.checkpoint import Checkpoint, identity
from aestudio.training.data.dataset import load_pool
from aestudio.training.data.pool import PhotoPool
from aestudio.training.events import Event, OnEvent, Paused, RolledBack, Shown, Trained, Validated, WentOn, unheard
from aestudio.training.orders import Orders
from aestudio.training.places import CHECKPOINT
from aestudio.training.ranks import Ranks
from aestudio.training.recipe import DECODER, ENCODER, Recipe
from aestudio.training.schedule import learning_rate, phase_at
from aestudio.training.teaching import objectives
from aestudio.training.teaching.denoise import DenoiseObjective
from aestudio.training.trainer import TrainingReport, train

Pools = tuple[PhotoPool, PhotoPool | None]


@pytest.fixture(scope="module")
def pools(shared_photo_dir: Path, recipe: Recipe) -> Pools:
    return load_pool(shared_photo_dir, {"one": 1.0}, recipe.patch, Progress(), held_out=1)


def run(
    recipe: Recipe, pools: Pools, folder: Path, orders: Orders | None = None, on_event: OnEvent = unheard
) -> TrainingReport:
    ranks = Ranks("cpu", recipe.precision)
    return train("denoise", recipe, *pools, folder, Progress(), ranks, orders=orders, on_event=on_event)


def weights(report: TrainingReport) -> dict[str, Tensor]:
    return {name: weight for name, weight in report.net.named_parameters()}


def test_a_paused_run_stands_still_and_is_saved(recipe: Recipe, pools: Pools, tmp_path: Path) -> None:
    orders, events = Orders(), list[Event]()
    seen = threading.Event()

    def on_event(event: Event) -> None:
        events.append(event)
        if isinstance(event, Trained):
            orders.pause()
        if isinstance(event, Paused):
            seen.set()

    thread = threading.Thread(target=run, args=(replace(recipe, steps=30), pools, tmp_path, orders, on_event))
    thread.start()
    assert seen.wait(60)
    time.sleep(0.3)  # in which steps of a network as small as this one would have been done by the dozen
    count = sum(isinstance(event, Trained) for event in events)
    assert Checkpoint.load(tmp_path / CHECKPOINT, identity(replace(recipe, steps=30))).step == 1
    assert count == 1
    orders.stop_and_keep()
    thread.join(60)
    assert not thread.is_alive()
    assert any(isinstance(event, WentOn) for event in events)


def test_stop_and_keep_ends_as_if_the_schedule_were_over(recipe: Recipe, pools: Pools, tmp_path: Path) -> None:
    orders, events = Orders(), list[Event]()

    def on_event(event: Event) -> None:
        events.append(event)
        if isinstance(event, Trained):
            orders.stop_and_keep()

    report = run(replace(recipe, steps=10_000), pools, tmp_path, orders, on_event)
    assert 0 < report.steps < 10_000
    assert isinstance(events[-1], Shown)
    assert [event.step for event in events if isinstance(event, Validated)][-1] == report.steps
    for names in events[-1].pictures:
        assert all((tmp_path / name).is_file() for name in names)


def test_a_discarded_run_leaves_no_checkpoint_of_its_end(recipe: Recipe, pools: Pools, tmp_path: Path) -> None:
    orders, progress = Orders(), Progress()

    def on_event(event: Event) -> None:
        if isinstance(event, Trained):
            orders.stop_and_discard()
            progress.cancel()

    ranks = Ranks("cpu", recipe.precision)
    with pytest.raises(Cancelled):
        train(
            "denoise",
            replace(recipe, steps=10_000),
            *pools,
            tmp_path,
            progress,
            ranks,
            orders=orders,
            on_event=on_event,
        )
    assert not (tmp_path / CHECKPOINT).exists()


class Stumbling(DenoiseObjective):
    """Its loss is no number a few times."""

    left = 0

    def loss(self, output: Tensor, x: Tensor, target: Tensor) -> Tensor:
        loss = super().loss(output, x, target)
        if Stumbling.left and output.requires_grad:
            Stumbling.left -= 1
            return loss * math.nan
        return loss


@pytest.mark.parametrize("times", [1, 3, 4])
def test_a_loss_that_is_no_number_rolls_back_at_a_lower_rate(
    recipe: Recipe, pools: Pools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    monkeypatch.setattr(objectives, "OBJECTIVES", {"denoise": Stumbling})
    monkeypatch.setattr(trainer, "OBJECTIVES", {"denoise": Stumbling})
    events: list[Event] = []

    def on_event(event: Event) -> None:
        if isinstance(event, Trained) and not any(isinstance(earlier, Trained) for earlier in events):
            Stumbling.left = times
        events.append(event)

    if times > trainer.TRIPS:
        with pytest.raises(TrainingDataError, match="no number any more, 4 times"):
            run(recipe, pools, tmp_path, on_event=on_event)
    else:
        report = run(recipe, pools, tmp_path, on_event=on_event)
        assert report.steps == recipe.steps
        assert all(torch.isfinite(weight).all() for weight in weights(report).values())
    back = [event for event in events if isinstance(event, RolledBack)]
    assert [event.rate for event in back] == [0.5, 0.25, 0.125][: min(times, trainer.TRIPS)]
    assert all(event.to == 0 for event in back)
    Stumbling.left = 0


def test_a_full_disk_is_waited_for(
    recipe: Recipe, pools: Pools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trainer, "LOOK", 0.01)
    events: list[Event] = []
    full = [True]
    flush = os.fsync

    def fsync(descriptor: int) -> None:
        if full[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        flush(descriptor)

    def on_event(event: Event) -> None:
        events.append(event)
        if isinstance(event, Paused):
            full[0] = False

    monkeypatch.setattr(os, "fsync", fsync)
    run(recipe, pools, tmp_path, on_event=on_event)  # which first meets it with the pictures of photos kept aside
    said = [event for event in events if isinstance(event, Paused | WentOn)]
    assert [type(event) for event in said] == [Paused, WentOn]
    assert "the disk is full" in str(said[0].reason)  # type: ignore[union-attr]
    assert Checkpoint.load(tmp_path / CHECKPOINT, identity(recipe)).step == recipe.steps
    assert any(isinstance(event, Shown) for event in events)


def test_a_disk_that_is_full_from_some_moment_on_is_waited_for(
    recipe: Recipe, pools: Pools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trainer, "LOOK", 0.01)
    events: list[Event] = []
    full = [False]
    flush = os.fsync

    def fsync(descriptor: int) -> None:
        if full[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        flush(descriptor)

    def on_event(event: Event) -> None:
        full[0] = isinstance(event, Trained) or (full[0] and not isinstance(event, Paused))
        events.append(event)

    monkeypatch.setattr(os, "fsync", fsync)
    run(recipe, pools, tmp_path, on_event=on_event)
    assert any(isinstance(event, Paused) for event in events)
    assert Checkpoint.load(tmp_path / CHECKPOINT, identity(recipe)).step == recipe.steps


@pytest.mark.parametrize("half", [ENCODER, DECODER])
def test_a_frozen_half_stays_as_it_is(recipe: Recipe, pools: Pools, tmp_path: Path, half: str) -> None:
    before = weights(run(replace(recipe, steps=1, learning_rate=0.0, weight_decay=0.0), pools, tmp_path / "0"))
    after = weights(run(replace(recipe, freeze=half, ema=0.5), pools, tmp_path / "1"))
    net = BUILDERS[recipe.architecture](**recipe.arguments)
    for name, weight in after.items():
        frozen = (name.split(".")[0] in encoding_of(net)) == (half == ENCODER)
        if frozen:
            assert torch.equal(weight, before[name]), name
    assert any(not torch.equal(weight, before[name]) for name, weight in after.items())


def test_levels_are_taught_from_the_outermost_one_inwards(recipe: Recipe, pools: Pools, tmp_path: Path) -> None:
    stacked = replace(recipe, steps=20, stacked=2, stacked_share=1 - 1e-9, ema=0.1, weight_decay=0.0)
    before = weights(run(replace(recipe, steps=1, learning_rate=0.0, weight_decay=0.0), pools, tmp_path / "0"))
    after = weights(run(stacked, pools, tmp_path / "1"))
    net = BUILDERS[recipe.architecture](**recipe.arguments)
    assert isinstance(net, Levelled)
    innermost = [name for name, _ in net.named_parameters() if name.split(".")[0] in net.inner[1]]
    second = [name for name, _ in net.named_parameters() if name.split(".")[0] in net.inner[0]]
    assert innermost
    assert all(torch.equal(after[name], before[name]) for name in innermost)
    assert any(not torch.equal(after[name], before[name]) for name in second)


def test_each_phase_has_its_own_rise_and_fall(recipe: Recipe) -> None:
    stacked = replace(recipe, stacked=3, stacked_share=0.3)
    assert [phase_at(stacked, done).level for done in (0, 0.05, 0.15, 0.25, 0.3, 0.9)] == [1, 1, 2, 3, 0, 0]
    rates = [learning_rate(stacked, done / 1000) for done in range(1000)]
    assert all(max(rates[start : start + 20]) > 0.98 * recipe.learning_rate for start in (0, 100, 200, 300))
    assert all(rates[end] < 0.05 * recipe.learning_rate for end in (99, 199, 299, 999))


def test_the_levels_of_every_network_are_parts_of_it() -> None:
    whole = {
        name: {"channels": (4, 4, 8, 8, 8), "code": 16} for name in ("photo-autoencoder", "variational-autoencoder")
    }
    for name in ("denoising-unet", "colorizing-unet", "inpainter", "mark-finder", "mark-remover", *whole):
        net = BUILDERS[name](**whole.get(name, {}))
        assert isinstance(net, Levelled)
        parts = dict(net.named_children())
        assert all(part in parts for level in net.inner for part in level)
        assert all(part in parts for part in net.encoding)
        counts = [len(list(net.of_level(level + 1))) for level in range(net.levels)]
        assert sum(counts) == len(list(net.parameters()))
        x = torch.rand(1, 3, 128, 128) if name in whole else torch.rand(1, {"mark-finder": 3}.get(name, 4), 32, 32)
        for depth in range(1, net.levels + 1):
            net.depth = depth
            net(x)


def test_what_cannot_be_frozen_or_stacked_is_refused(recipe: Recipe, pools: Pools, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="has 3 levels"):
        run(replace(recipe, stacked=4), pools, tmp_path)
