"""The training loop. Lightning Fabric looks after device and precision; see docs/adr for why not its Trainer."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from aestudio.errors import Cancelled, DiskFullError, LostFolderError, SettingsError, TrainingDataError
from aestudio.models.card import Start
from aestudio.models.catalog import card_path
from aestudio.models.networks import BUILDERS, channels_last
from aestudio.progress import Progress, Step
from aestudio.training.checkpoint import Checkpoint, identity, random_states, set_random_states
from aestudio.training.curve import add_row
from aestudio.training.data.dataset import in_line, load_pool, prefetched
from aestudio.training.data.pool import PhotoPool
from aestudio.training.events import (
    FINISHING,
    OnEvent,
    Paused,
    Recalled,
    RolledBack,
    Trained,
    Validated,
    WentOn,
    Working,
    unheard,
)
from aestudio.training.growth import begin_with
from aestudio.training.optimizers import OPTIMIZERS
from aestudio.training.orders import Orders
from aestudio.training.pace import Pace
from aestudio.training.places import CHECKPOINT
from aestudio.training.ranks import Ranks
from aestudio.training.recipe import Recipe
from aestudio.training.schedule import check_parts, enter, freeze, learning_rate, phase_at, resting
from aestudio.training.strip import draw_strip
from aestudio.training.teaching.objective import Objective
from aestudio.training.teaching.objectives import OBJECTIVES, check_task

TRIPS = 3  # how often a loss that is no number is answered with a lower rate
SNAPSHOT = 200  # steps between two states that training can go back to
OTHER_PATCHES = 500_009  # steps by which a run looks elsewhere after it went back
FEW_CORES = 2  # a thread beside the network's would displace one of them, and the others would wait for that one
LOOK = 2.0  # seconds between two tries on a full disk


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
    task_id: str,
    recipe: Recipe,
    data_dir: Path,
    run_dir: Path,
    progress: Progress,
    device: str = "auto",
    on_event: OnEvent = unheard,
    *,
    start: Path | None = None,
) -> TrainingReport:
    """Train on the folders of the recipe, going on from `run_dir`'s checkpoint if there is one; see `train`."""
    check(task_id, recipe)
    pool, validation = load_pool(
        data_dir,
        recipe.folders,
        recipe.patch,
        Progress(lambda _: progress.check()),
        recipe.held_out,
        recipe.seed,
        shorter=recipe.shorter,
        colourful=recipe.colourful,
        left_out=recipe.left_out,
    )
    ranks = Ranks(device, recipe.precision, by_levels=bool(recipe.stacked))
    return train(task_id, recipe, pool, validation, run_dir, progress, ranks, on_event=on_event, start=start)


def check(task_id: str, recipe: Recipe) -> None:
    """Raise SettingsError if there is no such objective or network."""
    check_task(task_id)
    if recipe.architecture not in BUILDERS:
        raise SettingsError(
            "There is no network “{network}”. Known ones: {known}.",
            network=recipe.architecture,
            known=", ".join(BUILDERS),
        )


def train(
    task_id: str,
    recipe: Recipe,
    pool: PhotoPool,
    validation: PhotoPool | None,
    run_dir: Path,
    progress: Progress,
    ranks: Ranks,
    *,
    names: Sequence[Path] = (),
    orders: Orders | None = None,
    on_event: OnEvent = unheard,
    start: Path | None = None,
) -> TrainingReport:
    """Train on photos in memory, going on from `run_dir`'s checkpoint if there is one.

    `names` are the files of the photos in `validation`; `start` is the card of the model that a recipe's start means,
    by default the installed one. Progress counts steps; its note is the loss and the last validation score. When
    Cancelled is raised, a checkpoint of the last finished step lies in `run_dir`. A full disk or a lost drive makes
    training wait. Of several processes all return when the first one has finished. Raises TrainingDataError and
    SettingsError.
    """
    check(task_id, recipe)
    objective = OBJECTIVES[task_id](recipe)
    run = _Run(ranks, objective, recipe, run_dir, pool, names, progress, orders or Orders(), on_event, start)
    return run.go(pool.to(ranks.device), validation and validation.to(ranks.device))


class _Run:
    """The state of one run."""

    def __init__(
        self,
        ranks: Ranks,
        objective: Objective,
        recipe: Recipe,
        run_dir: Path,
        pool: PhotoPool,
        names: Sequence[Path],
        progress: Progress,
        orders: Orders,
        on_event: OnEvent,
        start: Path | None,
    ) -> None:
        run_dir.mkdir(parents=True, exist_ok=True)
        self._ranks, self._recipe, self._objective = ranks, recipe, objective
        self._run_dir, self._path = run_dir, run_dir / CHECKPOINT
        self._progress, self._orders = progress, orders
        self._tell: OnEvent = on_event if ranks.first else unheard
        torch.manual_seed(recipe.seed)
        net = channels_last(BUILDERS[recipe.architecture](**recipe.arguments))
        check_parts(net, recipe)
        self._start = None
        self._resumes, self._names = self._path.exists(), names
        if not recipe.start and not self._resumes:
            objective.prepare(net, pool)
        if recipe.start:
            self._start = begin_with(net, start or card_path(recipe.start))
        freeze(net, recipe)
        taught = [parameter for parameter in net.parameters() if parameter.requires_grad]
        optimizer = OPTIMIZERS[recipe.optimizer](taught, recipe.learning_rate, recipe.weight_decay, ranks.precision)
        self._net, self._optimizer = ranks.fabric.setup(net, optimizer)
        averaging = get_ema_multi_avg_fn(recipe.ema)  # type: ignore[no-untyped-call]  # torch left it untyped
        self._ema = channels_last(AveragedModel(net, multi_avg_fn=averaging).to(ranks.device))
        self._state = Checkpoint(recipe=identity(recipe))
        if self._resumes:
            self._state = Checkpoint.load(self._path, identity(recipe))
            self._put_back()
        self._good = self._state
        self._saved = time.monotonic()
        self._pace = Pace(recipe.batch, self._state.seconds, orders)

    # the state

    def _put_back(self) -> None:
        """Let networks and optimiser be as the state says."""
        self._net.load_state_dict(self._state.net)
        self._ema.load_state_dict(self._state.ema)
        self._optimizer.load_state_dict(self._state.optimizer)
        set_random_states(self._state.random)

    def _take_state(self) -> None:
        self._state.net = self._net.state_dict()
        self._state.ema = self._ema.state_dict()
        self._state.optimizer = self._optimizer.state_dict()
        self._state.random = random_states()

    def _save(self) -> None:
        """Write the checkpoint."""
        self._saved = time.monotonic()
        if self._ranks.first and not self._orders.discard:
            self._take_state()
            self._insist(lambda: self._state.save(self._path))

    def _insist(self, write: Callable[[], object]) -> None:
        """Write something; a full disk or a lost drive is waited for, and left alone where the run is to end."""
        waits = False
        while True:
            try:
                write()
                break
            except (DiskFullError, LostFolderError) as exc:
                if self._progress.cancelled or self._orders.discard:
                    return  # what was written before is whole
                if not waits:
                    self._tell(Paused(exc.sentence))
                waits = True
                self._pace.rest(LOOK)
        if waits:
            self._tell(WentOn())

    # the loop

    def go(self, pool: PhotoPool, validation: PhotoPool | None) -> TrainingReport:
        recipe, state = self._recipe, self._state
        alone = self._ranks.device.type == "cpu" and torch.get_num_threads() <= FEW_CORES
        serve = in_line if alone else prefetched
        if self._resumes:
            self._recall(validation)
        if validation and not state.step:
            self._validate(validation, float("nan"))
        self._remember()
        try:
            while not self._over():
                batches = serve(lambda step: self._batch(pool, step), self._state.step, recipe.steps)
                try:
                    for x, target in batches:
                        if self._over():
                            break
                        self._wait()
                        if not self._step(x, target, validation):
                            self._roll_back()
                            break
                finally:
                    batches.close()
        finally:
            self._save()
        if self._orders.discard:
            raise Cancelled
        enter(phase_at(recipe, 1.0), self._net.module, self._ema.module)
        if self._ranks.first:
            self._objective.finish(self._ema.module.eval(), pool, Progress(self._on_finishing))
            if validation:
                self._validate(validation, float("nan"))
                self._save()
        self._ranks.wait()
        state = self._state
        return TrainingReport(
            self._ema.module.cpu().eval(),
            self._objective.channels,
            self._objective.tiles,
            state.step,
            state.seconds / 3600,
            self._ranks.label,
            state.history[-1] if state.history else {},
            state.history,
            self._start,
        )

    def _on_finishing(self, step: Step) -> None:
        self._progress.check()
        self._tell(Working(FINISHING, step.done, step.total))

    def _done(self) -> float:
        """The finished share of the schedule, by steps or by time."""
        recipe, state = self._recipe, self._state
        return max(state.step / recipe.steps, state.seconds / 3600 / recipe.hours if recipe.hours else 0.0)

    def _over(self) -> bool:
        """Whether the schedule ends here, on all ranks alike. Raises Cancelled on all of them if one is to stop."""
        over, stop = self._ranks.agree(self._done() >= 1 or self._orders.keep, self._progress.cancelled)
        if stop:
            raise Cancelled
        return over

    def _wait(self) -> None:
        """Stand still while the user wants it; what is learnt until now is saved first."""
        if self._orders.waits:
            self._save()
            self._tell(Paused())
            self._orders.pass_through(self._progress)
            self._tell(WentOn())

    def _batch(self, pool: PhotoPool, step: int) -> tuple[Tensor, Tensor]:
        """This rank's share of a step's batch."""
        x, target = self._objective.batch(pool, step + OTHER_PATCHES * self._state.trips)
        return self._ranks.share(x), self._ranks.share(target)

    def _step(self, x: Tensor, target: Tensor, validation: PhotoPool | None) -> bool:
        """Learn from a batch; False if what came out is no number."""
        state, recipe = self._state, self._recipe
        done = self._done()
        phase = phase_at(recipe, done)
        enter(phase, self._net.module, self._ema.module)
        rate = learning_rate(recipe, done) * 0.5**state.trips
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        self._objective.at(done)
        self._optimizer.zero_grad()
        loss = self._objective.step_loss(self._net, x.contiguous(memory_format=torch.channels_last), target)
        self._ranks.fabric.backward(loss)
        for parameter in resting(phase, self._net.module):
            parameter.grad = None
        norm = self._ranks.fabric.clip_gradients(
            self._net, self._optimizer, max_norm=recipe.clip_norm, error_if_nonfinite=False
        )
        if norm is not None and not torch.isfinite(norm):
            return False
        self._optimizer.step()
        self._ema.update_parameters(self._net.module)
        state.step += 1
        state.seconds = self._pace.step()
        if state.step % SNAPSHOT == 0:
            self._remember()
        self._report(loss.detach(), rate, validation)
        if time.monotonic() - self._saved > recipe.checkpoint_minutes * 60:
            self._save()
        return True

    def _report(self, loss: Tensor, rate: float, validation: PhotoPool | None) -> None:
        state, recipe = self._state, self._recipe
        if validation and state.step % recipe.validate_every == 0:
            self._validate(validation, float(loss))
        done = self._done()
        if self._pace.due or state.step == 1 or done >= 1:
            self._pace.told()
            left = state.seconds / done * max(1 - done, 0.0) if done else None
            speed = self._pace.patches_per_second
            parts = {name: float(part) for name, part in self._objective.parts.items()}
            self._tell(Trained(state.step, min(done, 1.0), float(loss), rate, speed, state.seconds, left, parts))
            add_row(state.curve, {"step": state.step, "seconds": state.seconds, "loss": float(loss), **parts})
        if state.step % 20 == 0 and self._ranks.first:
            self._progress.step(state.step, recipe.steps, f"loss {float(loss):.4f}{_last_score(state.history)}")

    # when the loss is no number

    def _remember(self) -> None:
        """Keep this state: it is what training goes back to."""
        self._take_state()
        self._good = self._state.copy()

    def _roll_back(self) -> None:
        """Go back to the last good state, at half the rate and with other patches. Raises TrainingDataError at last."""
        tripped, trips = self._state.step, self._state.trips + 1
        self._state = self._good.copy()
        self._state.trips = trips
        self._good.trips = trips
        self._put_back()
        if trips > TRIPS:
            raise TrainingDataError(
                "Training stopped at step {step}: what the network learnt was no number any more, {times} times, "
                "although the learning rate was lowered each time. Please choose a lower learning rate, or look for "
                "photos that are not what they seem.",
                step=tripped,
                times=trips,
            )
        self._tell(RolledBack(tripped, self._state.step, 0.5**trips))

    def _recall(self, validation: PhotoPool | None) -> None:
        """Tell what the run told before it stopped."""
        told = [{name: value for name, value in row.items() if name != "loss"} for row in self._state.history]
        self._tell(Recalled(tuple(map(dict, self._state.curve)), tuple(told)))
        if validation and self._state.step and self._tell is not unheard:
            self._insist(lambda: self._show(validation))

    def _validate(self, validation: PhotoPool, loss: float) -> None:
        if not self._ranks.first:
            return
        self._ema.eval()
        with torch.inference_mode(), self._ranks.fabric.autocast():
            scores = self._objective.validate(self._ema, validation)
        state = self._state
        state.history.append({"step": state.step, "seconds": state.seconds, "loss": loss, **scores})
        self._tell(Validated(state.step, state.seconds, scores))
        if self._tell is not unheard:
            self._insist(lambda: self._show(validation))

    def _show(self, validation: PhotoPool) -> None:
        self._ema.eval()
        with self._ranks.fabric.autocast():
            step, names = self._state.step, self._names
            self._tell(draw_strip(self._objective, self._ema, validation, self._run_dir, step, names))


def _last_score(history: list[dict[str, float]]) -> str:
    if not history:
        return ""
    name, value = list(history[-1].items())[3]  # behind step, seconds and loss
    return f", {name} {value:.2f}"
