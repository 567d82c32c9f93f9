"""A run on a user's photos, from the folders to the verdict."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import platformdirs
import pytest
from PIL import Image
from small_model import save_model

from aestudio.errors import Cancelled, SettingsError, TrainingDataError, WeightsError
from aestudio.models.card import ModelCard
from aestudio.progress import Progress
from aestudio.training import probe
from aestudio.training.data.source import NOISY, Source
from aestudio.training.events import (
    FAILED,
    FINISHED,
    KEPT,
    Ended,
    Event,
    Found,
    Judged,
    Probed,
    Shown,
    Trained,
    Validated,
    Working,
    from_line,
    to_line,
)
from aestudio.training.judging.verdict import read_verdict
from aestudio.training.orders import Orders
from aestudio.training.places import CHECKPOINT, RUN
from aestudio.training.plan import Plan, read_run, recipe_for
from aestudio.training.session import learn, look_through


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty-four photos that have nothing to do with each other."""
    folder = tmp_path_factory.mktemp("photos")
    rng = np.random.default_rng(7)
    for index in range(24):
        coarse = rng.integers(20, 235, (9, 10, 3), dtype=np.uint8)
        Image.fromarray(coarse).resize((160, 144), Image.Resampling.BICUBIC).save(folder / f"{index}.png")
    return folder


@pytest.fixture(autouse=True)
def own_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small denoiser among the user's models, and a probe that is short."""
    monkeypatch.setattr(platformdirs, "user_data_path", lambda *_, **__: tmp_path / "aestudio")
    monkeypatch.setattr(probe, "SECONDS", 0.1)
    folder = tmp_path / "aestudio" / "models"
    save_model(folder, "tiny", "denoise")
    save_model(folder, "tiny-colours", "colorize")
    return folder


@pytest.fixture
def plan(photos: Path) -> Plan:
    return Plan("denoise", Source((photos,)), "mine", base="tiny", steps=6, patch=32, batch=2)


def go(plan: Plan | None, run_dir: Path, progress: Progress | None = None, **more: bool) -> list[Event]:
    events: list[Event] = []
    learn(plan, run_dir, "cpu", progress or Progress(), Orders(), events.append, **more)
    return events


def test_a_run_ends_with_a_model_and_a_verdict(plan: Plan, photos: Path, tmp_path: Path) -> None:
    run_dir = tmp_path / "run"
    before = {path: path.read_bytes() for path in photos.iterdir()}
    events = go(plan, run_dir)
    kinds = [type(event) for event in events]
    for first, second in ((Working, Found), (Found, Probed), (Probed, Trained), (Trained, Judged), (Judged, Ended)):
        assert kinds.index(first) < kinds.index(second)
    assert {Validated, Shown} <= set(kinds)
    assert [from_line(to_line(event)) for event in events[:40]] == events[:40]
    end = events[-1]
    assert isinstance(end, Ended)
    assert end.state == FINISHED
    card = ModelCard.read(Path(end.card))
    assert card.source is not None
    assert card.source.kind == "clean"
    assert (card.name, card.task, card.steps, card.start and card.start.name) == ("mine", "denoise", 6, "tiny")
    assert card.date
    assert "gain" in json.dumps(card.scores)
    assert str(photos) not in card.to_json()
    assert read_verdict(run_dir).photos.names
    assert before == {path: path.read_bytes() for path in photos.iterdir()}


def test_a_stopped_run_goes_on_without_its_folders(plan: Plan, photos: Path, tmp_path: Path) -> None:
    run_dir, progress = tmp_path / "run", Progress()

    def on_event(event: Event) -> None:
        if isinstance(event, Trained):
            progress.cancel()

    with pytest.raises(Cancelled):
        learn(replace(plan, steps=500), run_dir, "cpu", progress, Orders(), on_event)
    assert (run_dir / CHECKPOINT).exists()
    photos.rename(photos.with_name("away"))
    try:
        orders, events = Orders(), list[Event]()

        def keep(event: Event) -> None:
            events.append(event)
            if isinstance(event, Trained):
                orders.stop_and_keep()

        learn(None, run_dir, "cpu", Progress(), orders, keep)
    finally:
        photos.with_name("away").rename(photos)
    assert next(event for event in events if isinstance(event, Trained)).step > 1
    assert not any(isinstance(event, Probed) for event in events)
    assert isinstance(events[-1], Ended)
    assert events[-1].state == KEPT


def test_another_plan_does_not_take_over_a_run(plan: Plan, tmp_path: Path) -> None:
    run_dir = tmp_path / "run"
    go(plan, run_dir)
    with pytest.raises(TrainingDataError, match="lies another training run"):
        go(replace(plan, freeze="encoder"), run_dir)
    go(replace(plan, freeze="encoder"), run_dir, anew=True)
    assert read_run(run_dir)[0].freeze == "encoder"


def test_a_run_that_goes_on_may_take_longer(plan: Plan, tmp_path: Path) -> None:
    timed = replace(plan, steps=None, hours=0.2 / 3600)
    run_dir = tmp_path / "run"
    first = [event for event in go(timed, run_dir) if isinstance(event, Trained)][-1]
    events = go(replace(timed, hours=0.3 / 3600), run_dir)
    last = [event for event in events if isinstance(event, Trained)][-1]
    assert last.step > first.step
    assert read_run(run_dir)[1].hours > 0.5 / 3600


def test_what_is_discarded_is_cleared_away_but_for_what_is_not_ours(plan: Plan, tmp_path: Path) -> None:
    run_dir, orders, progress = tmp_path / "run", Orders(), Progress()
    run_dir.mkdir()
    (run_dir / "diary.txt").write_text("dear diary", encoding="utf-8")

    def on_event(event: Event) -> None:
        if isinstance(event, Trained):
            orders.stop_and_discard()
            progress.cancel()

    with pytest.raises(Cancelled):
        learn(replace(plan, steps=500), run_dir, "cpu", progress, orders, on_event)
    assert [path.name for path in run_dir.iterdir()] == ["diary.txt"]


def test_models_that_lie_where_a_run_is_begun_stay(plan: Plan, tmp_path: Path) -> None:
    run_dir = tmp_path / "runs"
    card = save_model(run_dir, "trained-for-days", "denoise")
    go(replace(plan, steps=1), run_dir)
    go(replace(plan, steps=2), run_dir, anew=True)
    assert card.is_file()
    assert card.with_suffix(".safetensors").is_file()


def test_a_damaged_plan_is_refused(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / RUN).write_text("{", encoding="utf-8")
    with pytest.raises(TrainingDataError, match="damaged"):
        go(None, tmp_path)
    with pytest.raises(TrainingDataError, match="no training run"):
        go(None, tmp_path / "nowhere")


def test_bad_folders_are_told_before_anything_is_tried(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    events: list[Event] = []
    empty = replace(plan, source=Source((tmp_path / "empty",)))
    with pytest.raises(TrainingDataError):
        learn(empty, tmp_path / "run", "cpu", Progress(), Orders(), events.append)
    assert not any(isinstance(event, Probed) for event in events)
    assert isinstance(events[-1], Ended)
    assert events[-1].state == FAILED
    assert events[-1].message is not None


def test_a_run_that_learnt_nothing_makes_room_for_another(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(TrainingDataError):
        go(replace(plan, source=Source((tmp_path / "empty",))), tmp_path / "run")
    assert isinstance(go(plan, tmp_path / "run")[-1], Ended)


def test_damaged_weights_are_told_before_photos_are_looked_through(
    plan: Plan, own_models: Path, tmp_path: Path
) -> None:
    weights = own_models / "tiny.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])
    events: list[Event] = []
    with pytest.raises(WeightsError, match="damaged or altered"):
        learn(plan, tmp_path / "run", "cpu", Progress(), Orders(), events.append)
    assert [type(event) for event in events] == [Ended]
    assert not (tmp_path / "run").exists()
    with pytest.raises(WeightsError, match="damaged or altered"):
        look_through(plan, "cpu", Progress(), events.append)


def test_looking_through_writes_nothing(plan: Plan, photos: Path, tmp_path: Path) -> None:
    events: list[Event] = []
    look_through(plan, "cpu", Progress(), events.append)
    assert [type(event) for event in events if not isinstance(event, Working)] == [Found, Probed]
    assert not (tmp_path / "run").exists()
    found = next(event for event in events if isinstance(event, Found))
    assert found.training + found.held_out == found.usable == 24


@pytest.mark.parametrize(
    ("change", "kind", "said"),
    [
        ({"task": "sharpen"}, SettingsError, "cannot be trained"),
        ({"noise": "thunder"}, SettingsError, "no noise “thunder”"),
        ({"base": "tiny-colours"}, WeightsError, "made for “colorize”"),
        ({"base": "absent"}, WeightsError, "no model “absent”"),
        ({"patch": 40}, SettingsError, "multiple of 16"),
        ({"iso": (800.0, 100.0)}, SettingsError, "is no range"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(
    plan: Plan, change: dict[str, object], kind: type[Exception], said: str
) -> None:
    with pytest.raises(kind, match=said):
        recipe_for(replace(plan, **change))  # type: ignore[arg-type]


def test_only_denoise_learns_from_noisy_photos(plan: Plan) -> None:
    with pytest.raises(SettingsError, match="Only Denoise"):
        recipe_for(replace(plan, task="colorize", base="tiny-colours", source=replace(plan.source, kind=NOISY)))
