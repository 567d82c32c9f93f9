"""All weights are trained in stages, and take another's place only where a benchmark finds them better."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from aestudio import cli
from aestudio.errors import AEStudioError, Cancelled, SettingsError
from aestudio.models.card import ModelCard
from aestudio.progress import Progress
from aestudio.training.goals import Benchmark, Goal
from aestudio.training.landing import Order, courses_of, goals_on, train_all
from aestudio.training.recipe import read_course
from aestudio.training.stages import stages_of, train_stages

RECIPE = """
name = "{name}"
task = "denoise"
after = {after}
architecture = "denoising-unet"
arguments = {{ channels = [4, 8, 8], blocks = [1, 1, 1, 1, 1] }}
batch = 2
patch = 32
held_out = 1
precision = "32-true"

[folders]
one = 1.0

[benchmark]
script = "fake.py"

[[benchmark.scores]]
name = "score"
at = "told|score"
goal = 100.0
step = 1.0

[[stages]]
version = "1.0"
steps = 3

[[stages]]
version = "1.1"
steps = 2
seed = 2
"""
# what a real one does, but that its figure stands in a file beside it
SCRIPT = """
import json, os, sys
from pathlib import Path
assert sys.argv[2:] == ["--write"], sys.argv
models, photos = Path(os.environ["AESTUDIO_MODELS"]), Path(sys.argv[1])
figures = json.loads((Path(__file__).parent / "figures.json").read_text())
for path in models.glob("*.json"):
    card = json.loads(path.read_text())
    card["scores"][f"1 photos of {photos.name}"] = {"told": {"score": figures.get(card["version"], 0)}}
    path.write_text(json.dumps(card))
"""


@pytest.fixture
def order(tmp_path: Path) -> Order:
    """Recipes without weights, photos, and a benchmark that likes newer versions better."""
    for folder in ("models", "benchmarks", "photos/one", "measure"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "measure" / "one.png").touch()
    for index in range(3):
        pixels = np.random.default_rng(index).integers(0, 256, (64, 80, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(tmp_path / "photos" / "one" / f"{index}.png")
    (tmp_path / "models" / "first.toml").write_text(RECIPE.format(name="first", after="[]"), encoding="utf-8")
    (tmp_path / "benchmarks" / "fake.py").write_text(SCRIPT, encoding="utf-8")
    like(tmp_path, {"1.0": 1, "1.1": 2})
    return Order(
        tmp_path / "models",
        tmp_path / "benchmarks",
        tmp_path / "photos",
        tmp_path / "measure",
        tmp_path / "out",
        device="cpu",
    )


def like(root: Path, figures: dict[str, float]) -> None:
    """What the benchmark says of each version."""
    (root / "benchmarks" / "figures.json").write_text(json.dumps(figures), encoding="utf-8")


def card_of(order: Order, name: str = "first") -> ModelCard:
    return ModelCard.read(order.models / f"{name}.json")


def test_stages_are_trained_one_on_top_of_the_other(order: Order) -> None:
    [outcome] = train_all(order, Progress())
    assert (outcome.landed, outcome.before, outcome.after) == (True, {}, {"score": 2})
    card = card_of(order)
    assert (card.version, card.steps) == ("1.1", 2)
    assert card.start is not None
    assert (card.start.name, card.start.version, card.start.steps) == ("first", "1.0", 3)
    assert stages_of(card) == 2
    assert "1 photos of measure" in card.scores


def test_what_was_learnt_is_not_learnt_again(order: Order) -> None:
    train_all(order, Progress())
    [outcome] = train_all(order, Progress())
    assert outcome.landed  # the same run: it says again what became of it
    elsewhere = Order(order.models, order.benchmarks, order.data, order.measure, order.out.parent / "other", "cpu")
    begun: list[tuple[str, str]] = []
    [outcome] = train_all(elsewhere, Progress(), lambda name, what: begun.append((name, what)))
    assert not begun
    assert "all that its recipe says" in outcome.why


def test_a_new_stage_goes_on_from_the_installed_weights(order: Order) -> None:
    train_all(order, Progress())
    before = card_of(order)
    recipe = order.models / "first.toml"
    recipe.write_text(recipe.read_text() + '\n[[stages]]\nversion = "1.2"\nsteps = 4\nseed = 3\n', encoding="utf-8")
    like(order.models.parent, {"1.1": 2, "1.2": 3})
    further = Order(order.models, order.benchmarks, order.data, order.measure, order.out.parent / "other", "cpu")
    [outcome] = train_all(further, Progress())
    assert outcome.landed
    assert (outcome.before, outcome.after) == ({"score": 2}, {"score": 3})
    card = card_of(order)
    assert (card.version, stages_of(card)) == ("1.2", 3)
    assert card.start is not None
    assert card.start.version == before.version


def test_a_recipe_that_has_got_another_stage_goes_on_in_the_same_folder(order: Order) -> None:
    train_all(order, Progress())
    recipe = order.models / "first.toml"
    recipe.write_text(recipe.read_text() + '\n[[stages]]\nversion = "1.2"\nsteps = 4\nseed = 3\n', encoding="utf-8")
    like(order.models.parent, {"1.1": 2, "1.2": 3})
    [outcome] = train_all(order, Progress())
    assert outcome.after == {"score": 3}
    assert (card_of(order).version, stages_of(card_of(order))) == ("1.2", 3)


def test_tables_that_the_weights_have_no_part_in_stay(order: Order) -> None:
    train_all(order, Progress())
    card = card_of(order)
    scores = {**card.scores, "by hand": {"worth": 1}, "otherwise": {"worth": 2}}
    (order.models / "first.json").write_text(replace(card, scores=scores).to_json(), encoding="utf-8")
    recipe = order.models / "first.toml"
    text = recipe.read_text().replace('script = "fake.py"', 'script = "fake.py"\nkept = ["by hand"]')
    recipe.write_text(text + '\n[[stages]]\nversion = "1.2"\nsteps = 4\nseed = 3\n', encoding="utf-8")
    like(order.models.parent, {"1.1": 2, "1.2": 3})
    train_all(order, Progress())
    assert card_of(order).scores["by hand"] == {"worth": 1}
    assert "otherwise" not in card_of(order).scores
    assert not [path for path in (order.out / "first").iterdir() if path.name.startswith("tmp")]  # no copies stay


def test_weights_that_are_no_better_leave_the_installed_ones_alone(order: Order) -> None:
    train_all(order, Progress())
    before = {path.name: path.read_bytes() for path in order.models.iterdir()}
    like(order.models.parent, {"1.1": 1.5})  # the same for both: no better
    again = Order(order.models, order.benchmarks, order.data, order.measure, order.out.parent / "o", "cpu", anew=True)
    recipe = order.models / "first.toml"
    recipe.write_text(recipe.read_text().replace("seed = 2", "seed = 5"), encoding="utf-8")
    before["first.toml"] = recipe.read_bytes()
    [outcome] = train_all(again, Progress())
    assert not outcome.landed
    assert outcome.before == outcome.after == {"score": 1.5}
    assert before == {path.name: path.read_bytes() for path in order.models.iterdir()}
    (order.benchmarks / "fake.py").write_text("raise SystemExit('again')", encoding="utf-8")  # it is not measured again
    [outcome] = train_all(again, Progress())
    assert "no better" in outcome.why


def test_nothing_lands_unmeasured(order: Order) -> None:
    unmeasured = Order(order.models, order.benchmarks, order.data, None, order.out, "cpu")
    [outcome] = train_all(unmeasured, Progress())
    assert not outcome.landed
    assert not (order.models / "first.json").exists()
    assert (order.out / "first.json").is_file()
    [outcome] = train_all(order, Progress())  # now with photos to measure on
    assert outcome.landed


def test_a_run_that_is_stopped_goes_on(order: Order) -> None:
    progress = Progress()

    def stop(name: str, what: str) -> None:
        if what == "measuring":
            progress.cancel()

    with pytest.raises(Cancelled):
        train_all(order, progress, stop)
    assert (order.out / "first.json").is_file()
    assert not (order.models / "first.json").exists()
    [outcome] = train_all(order, Progress())
    assert outcome.landed


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"data": Path("nowhere")}, "nowhere does not exist"),
        ({"measure": Path(__file__).parent / "nowhere"}, "nowhere"),
        ({"measure": Path(__file__).parent}, "There are no photos in"),
        ({"benchmarks": Path("nowhere")}, r"benchmark .*fake\.py is not there"),
    ],
)
def test_what_cannot_be_measured_is_not_trained_first(order: Order, change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(AEStudioError, match=sentence):
        train_all(replace(order, **change), Progress())
    assert not order.out.exists()


def test_hours_are_shared_out(order: Order) -> None:
    course = read_course(order.models / "first.toml")
    card = train_stages(course, "denoise", order.data, order.out, Progress(), "cpu", hours=1e-7)
    assert ModelCard.read(card).steps == 1  # a step cannot take less
    longer = train_stages(course, "denoise", order.data, order.out / "b", Progress(), "cpu", changes={"steps": 5})
    assert ModelCard.read(longer).steps == 5


def test_a_benchmark_that_fails_is_told(order: Order) -> None:
    (order.benchmarks / "fake.py").write_text("raise SystemExit('no photos there')", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"fake\.py failed.*no photos there"):
        train_all(order, Progress())
    assert not (order.models / "first.json").exists()


def test_models_come_behind_those_that_they_need(order: Order) -> None:
    (order.models / "a.toml").write_text(RECIPE.format(name="a", after='["first"]'), encoding="utf-8")
    assert [course.name for course in courses_of(order.models)] == ["first", "a"]
    assert [course.name for course in courses_of(order.models, ["a"])] == ["a"]
    with pytest.raises(SettingsError, match="no recipe for “b”"):
        courses_of(order.models, ["b"])
    (order.models / "first.toml").write_text(RECIPE.format(name="first", after='["a"]'), encoding="utf-8")
    with pytest.raises(SettingsError, match="need one another"):
        courses_of(order.models)


def goals(*steps: float) -> Benchmark:
    return Benchmark("x.py", tuple(Goal(str(i), str(i), goal=1.0, step=step) for i, step in enumerate(steps)))


@pytest.mark.parametrize(
    ("steps", "before", "after", "better"),
    [
        ((1.0,), (1.0,), (1.0,), False),
        ((1.0,), (1.0,), (1.1,), True),
        ((-1.0,), (1.0,), (0.9,), True),  # less is better
        ((1.0, 1.0), (1.0, 1.0), (3.0, 0.5), True),
        ((1.0, 1.0), (1.0, 1.0), (3.0, 0.0), False),  # in one thing visibly worse
    ],
)
def test_better_is_better_on_the_whole_and_in_nothing_worse(
    steps: tuple[float, ...], before: tuple[float, ...], after: tuple[float, ...], better: bool
) -> None:
    tables = [{str(i): value for i, value in enumerate(values)} for values in (before, after)]
    assert goals(*steps).better(*tables) is better


def test_a_figure_may_be_a_difference() -> None:
    goal = Goal("gain", "a|ours", goal=2.0, step=0.1, over="a|theirs")
    assert goal.of({"a": {"ours": 5.0, "theirs": 2.5}}) == 2.5
    assert goal.reached(2.5)
    assert not goal.reached(1.9)
    with pytest.raises(SettingsError, match=r"no figure “a\|ours”"):
        goal.of({"a": {}})


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("[[stages]]", "[stages]"), "write \\[\\[stages\\]\\]|cannot be read"),
        (("step = 1.0", "steep = 1.0"), "unknown keys: steep"),
        (('script = "fake.py"', ""), "incomplete"),
    ],
)
def test_a_wrong_course_is_refused(order: Order, change: tuple[str, str], sentence: str) -> None:
    path = order.models / "first.toml"
    path.write_text(RECIPE.format(name="first", after="[]").replace(*change, 1), encoding="utf-8")
    with pytest.raises(SettingsError, match=sentence):
        read_course(path)


def test_every_installed_recipe_says_how_it_is_measured() -> None:
    models = Path(__file__).parents[2] / "models"
    courses = {course.name: course for course in courses_of(models)}
    for path in models.glob("*.json"):
        card, course = ModelCard.read(path), courses[path.stem]
        assert course.task == card.task
        assert course.stages[-1].version == card.version
        assert tuple(card.limits) == course.stages[-1].limits
        assert stages_of(card) == len(course.stages)
        assert course.benchmark is not None
        measured = ModelCard.read(models / f"{course.benchmark.card or course.name}.json")
        assert all(now is not None for _, now in goals_on(measured, course.benchmark))


@pytest.fixture
def command(order: Order, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    monkeypatch.setenv("AESTUDIO_MODELS", str(order.models))

    def run(*words: str) -> int:
        return cli.main(["weights", *words], open_window=lambda photos: 1)

    return run


def test_the_command_trains_measures_and_lands(
    order: Order, command: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--data", str(order.data), "--measure", str(order.measure), "-o", str(order.out), "--device", "cpu"]
    assert command(*words, "--json") == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["event"] for line in lines] == ["training", "measuring", "done"]
    assert lines[-1]["landed"]
    assert card_of(order).version == "1.1"
    assert command("--table") == 0
    assert "not reached" in capsys.readouterr().out
    assert command("--table", "--json") == 0
    row = json.loads(capsys.readouterr().out)
    assert row == {"model": "first", "figure": "score", "now": 2, "goal": 100.0, "state": "not reached"}
    assert command("nobody", *words) == 2
    assert "no recipe for “nobody”" in capsys.readouterr().err
    assert command() == 2
    assert "--data" in capsys.readouterr().err


def test_the_table_in_the_documents_is_that_of_the_cards() -> None:
    root = Path(__file__).parents[2]
    lines = (root / "docs" / "weights.md").read_text(encoding="utf-8").splitlines()
    told = {tuple(cells[:2]): cells[3] for line in lines if len(cells := line.strip("| ").split(" | ")) == 5}
    for course in courses_of(root / "models"):
        assert course.benchmark is not None
        if course.benchmark.card:
            continue  # measured by another one's figures
        for goal, now in goals_on(ModelCard.read(root / "models" / f"{course.name}.json"), course.benchmark):
            assert told[course.name, goal.name] == f"{now:g}"
