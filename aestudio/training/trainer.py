"""The training loop. Lightning Fabric looks after device and precision; see docs/adr for why not its Trainer."""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from lightning.fabric import Fabric
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from aestudio.engine.device import choose_device
from aestudio.errors import SettingsError
from aestudio.models.card import Start
from aestudio.models.catalog import card_path
from aestudio.models.loader import load_model
from aestudio.models.networks import BUILDERS, channels_last
from aestudio.progress import Progress
from aestudio.training.checkpoint import Checkpoint
from aestudio.training.dataset import load_pool, prefetched
from aestudio.training.growth import take_over
from aestudio.training.objectives import JPEG_PERIOD, OBJECTIVES
from aestudio.training.pool import PhotoPool
from aestudio.training.recipe import Recipe


@dataclass(frozen=True)
class TrainingReport:
    """What a run came to. `net` holds the averaged weights, on the processor."""

    net: nn.Module
    channels: int  # of its input
    tiles: bool  # its output is a photo, to be joined from tiles
    steps: int
    hours: float
    device: str
    scores: Mapping[str, float]  # of the last validation
    history: list[dict[str, float]]
    start: Start | None = None


def fit(
    task_id: str, recipe: Recipe, data_dir: Path, run_dir: Path, progress: Progress, device: str = "auto"
) -> TrainingReport:
    """Train from the recipe, going on from `run_dir`'s checkpoint if there is one.

    Progress counts steps; its note is the loss and the last validation score. When Cancelled is raised, a checkpoint of
    the last finished step lies in `run_dir`. Raises TrainingDataError and SettingsError.
    """
    if task_id not in OBJECTIVES:
        raise SettingsError(
            "“{task_id}” cannot be trained. What can: {known}.", task_id=task_id, known=", ".join(OBJECTIVES)
        )
    if recipe.architecture not in BUILDERS:
        raise SettingsError(
            "There is no network “{network}”. Known ones: {known}.",
            network=recipe.architecture,
            known=", ".join(BUILDERS),
        )
    side = recipe.patch + JPEG_PERIOD
    reading = Progress(lambda _: progress.check())
    pool, validation = load_pool(
        data_dir,
        recipe.folders,
        side,
        reading,
        recipe.held_out,
        recipe.seed,
        shorter=recipe.shorter,
        colourful=recipe.colourful,
    )
    fabric = Fabric(accelerator=device, devices=1, precision=_precision(recipe, device))  # type: ignore[arg-type]  # text
    run = _Run(fabric, task_id, recipe, run_dir, pool)
    return run.go(pool.to(fabric.device), validation and validation.to(fabric.device), progress)


def _precision(recipe: Recipe, device: str) -> str:
    """As the recipe says, or mixed where bfloat16 is computed natively: emulated, it takes ten times as long."""
    if recipe.precision != "auto":
        return recipe.precision
    fast = choose_device(device).precision != torch.float32
    return "bf16-mixed" if fast else "32-true"


class _Run:
    """The state of one run."""

    def __init__(self, fabric: Fabric, task_id: str, recipe: Recipe, run_dir: Path, pool: PhotoPool) -> None:
        run_dir.mkdir(parents=True, exist_ok=True)
        self._fabric = fabric
        self._recipe = recipe
        self._objective = OBJECTIVES[task_id](recipe)
        self._path = run_dir / "last.ckpt"
        torch.manual_seed(recipe.seed)
        net = channels_last(BUILDERS[recipe.architecture](**recipe.arguments))
        self._start = None
        if not recipe.start and not self._path.exists():
            self._objective.prepare(net, pool)
        if recipe.start:
            model = load_model(card_path(recipe.start), torch.device("cpu"))
            take_over(net, model.net.state_dict(), recipe.start)
            self._start = Start(**{name: getattr(model.card, name) for name in Start.model_fields})
        optimizer = torch.optim.AdamW(
            net.parameters(), lr=recipe.learning_rate, weight_decay=recipe.weight_decay, fused=True
        )
        self._net, self._optimizer = fabric.setup(net, optimizer)
        averaging = get_ema_multi_avg_fn(recipe.ema)  # type: ignore[no-untyped-call]  # torch left it untyped
        self._ema = channels_last(AveragedModel(net, multi_avg_fn=averaging).to(fabric.device))
        self._state = Checkpoint(recipe=repr(recipe))
        if self._path.exists():
            self._resume()

    def _resume(self) -> None:
        self._state = Checkpoint.load(self._path, repr(self._recipe))
        self._net.load_state_dict(self._state.net)
        self._ema.load_state_dict(self._state.ema)
        self._optimizer.load_state_dict(self._state.optimizer)

    def _save(self) -> None:
        self._state.net = self._net.state_dict()
        self._state.ema = self._ema.state_dict()
        self._state.optimizer = self._optimizer.state_dict()
        self._state.save(self._path)

    def go(self, pool: PhotoPool, validation: PhotoPool | None, progress: Progress) -> TrainingReport:
        recipe, state = self._recipe, self._state
        started = time.monotonic() - state.seconds
        saved = time.monotonic()
        batches = prefetched(lambda step: self._objective.batch(pool, step), state.step, recipe.steps)
        try:
            for x, target in batches:
                done = max(state.step / recipe.steps, state.seconds / 3600 / recipe.hours if recipe.hours else 0)
                if done >= 1:
                    break
                loss = self._step(x, target, learning_rate(recipe, done))
                state.step += 1
                state.seconds = time.monotonic() - started
                if validation and state.step % recipe.validate_every == 0:
                    self._validate(validation, float(loss))
                if time.monotonic() - saved > recipe.checkpoint_minutes * 60:
                    self._save()
                    saved = time.monotonic()
                if state.step % 20 == 0:
                    progress.step(state.step, recipe.steps, f"loss {float(loss):.4f}{_last_score(state.history)}")
        finally:
            batches.close()
            self._save()
        self._objective.finish(self._ema.module.eval(), pool)
        if validation:
            self._validate(validation, float("nan"))
            self._save()
        net = self._ema.module.cpu().eval()
        device = torch.cuda.get_device_name() if self._fabric.device.type == "cuda" else self._fabric.device.type
        scores = state.history[-1] if state.history else {}
        return TrainingReport(
            net,
            self._objective.channels,
            self._objective.tiles,
            state.step,
            state.seconds / 3600,
            device,
            scores,
            state.history,
            self._start,
        )

    def _step(self, x: torch.Tensor, target: torch.Tensor, rate: float) -> torch.Tensor:
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        x = x.contiguous(memory_format=torch.channels_last)
        loss = self._objective.loss(self._net(x), x, target)
        self._optimizer.zero_grad()
        self._fabric.backward(loss)
        self._fabric.clip_gradients(self._net, self._optimizer, max_norm=self._recipe.clip_norm)
        self._optimizer.step()
        self._ema.update_parameters(self._net.module)
        return loss.detach()

    def _validate(self, validation: PhotoPool, loss: float) -> None:
        self._ema.eval()
        with torch.inference_mode(), self._fabric.autocast():
            scores = self._objective.validate(self._ema, validation)
        self._state.history.append({"step": self._state.step, "seconds": self._state.seconds, "loss": loss, **scores})


def _last_score(history: list[dict[str, float]]) -> str:
    if not history:
        return ""
    name, value = list(history[-1].items())[3]  # behind step, seconds and loss
    return f", {name} {value:.2f}"


def learning_rate(recipe: Recipe, done: float) -> float:
    """Linear warm-up, then half a cosine; `done` is the finished share of the schedule."""
    if done < recipe.warmup:
        return recipe.learning_rate * (0.01 + 0.99 * done / recipe.warmup)
    through = (done - recipe.warmup) / (1 - recipe.warmup)
    return recipe.learning_rate * (0.001 + 0.999 * (1 + math.cos(math.pi * min(through, 1.0))) / 2)
