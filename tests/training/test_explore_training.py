"""Photo autoencoders of all kinds are taught on a user's photos, and judged."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import platformdirs
import pytest
import torch
from PIL import Image
from small_explore import small_coder, small_photos

from aestudio.errors import Cancelled, SettingsError
from aestudio.explore.coder import Coder
from aestudio.models.card import ModelCard
from aestudio.models.loader import load_model
from aestudio.models.networks.levels import encoding_of
from aestudio.progress import Progress
from aestudio.training import probe
from aestudio.training.coding import DENOISING, EXPLORE, PLAIN, VARIATIONAL, Coding, coding_of, usual_base
from aestudio.training.curve import COUNT
from aestudio.training.data.material import survey_for
from aestudio.training.data.pool import pool_of
from aestudio.training.data.source import PAIRS, Source
from aestudio.training.events import Event, Recalled, Shown, Trained, Validated, from_line, to_line
from aestudio.training.judging.verdict import read_verdict
from aestudio.training.orders import Orders
from aestudio.training.places import CHECKPOINT
from aestudio.training.plan import Plan, coded, read_run, recipe_for, rival_of
from aestudio.training.ranks import Ranks
from aestudio.training.recipe import DECODER, ENCODER, read_recipe
from aestudio.training.session import learn, look_through
from aestudio.training.trainer import train

RECIPES = Path(__file__).resolve().parents[2] / "models"
HELD_OUT = 4


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve photos, no larger than what is looked at."""
    folder = tmp_path_factory.mktemp("photos")
    for index, pixels in enumerate(small_photos(12, seed=5)):
        Image.fromarray(pixels).save(folder / f"{index}.png")
    return folder


@pytest.fixture(autouse=True)
def own_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plain and a variational one among the user's models, and a probe that is short."""
    monkeypatch.setattr(platformdirs, "user_data_path", lambda *_, **__: tmp_path / "aestudio")
    monkeypatch.setattr(probe, "SECONDS", 0.1)
    folder = tmp_path / "aestudio" / "models"
    small_coder(folder, "codes")
    small_coder(folder, "cloud", variational=True)
    return folder


@pytest.fixture
def plan(photos: Path) -> Plan:
    return Plan(EXPLORE, Source((photos,)), "mine", base="codes", steps=4, batch=2)


def go(plan: Plan | None, run_dir: Path) -> list[Event]:
    events: list[Event] = []
    learn(plan, run_dir, "cpu", Progress(), Orders(), events.append)
    return events


DAMAGE = Coding(input_noise=40.0, input_dropout=0.25)


@pytest.mark.parametrize(
    ("base", "coding", "network", "settings", "compared"),
    [
        ("codes", Coding(), "photo-autoencoder", {}, True),
        ("codes", DAMAGE, "photo-autoencoder", {"input_noise": 40.0, "input_dropout": 0.25}, False),
        ("cloud", Coding(beta=0.5), "variational-autoencoder", {"beta": 0.5}, True),
        ("codes", Coding(variational=True), "variational-autoencoder", {}, False),
    ],
)
def test_each_kind_comes_out_right_and_is_judged(
    plan: Plan, tmp_path: Path, base: str, coding: Coding, network: str, settings: dict[str, float], compared: bool
) -> None:
    run_dir = tmp_path / "run"
    events = go(replace(plan, base=base, coding=coding), run_dir)
    card = ModelCard.read(run_dir / "mine.json")
    assert (card.task, card.architecture, card.arguments["code"]) == (EXPLORE, network, 16)
    assert {name: card.settings.get(name) for name in ("input_noise", "input_dropout", "beta")} == {
        "input_noise": None,
        "input_dropout": None,
        "beta": None,
    } | settings
    assert (card.start and card.start.name) == base
    verdict = read_verdict(run_dir)
    assert (verdict.score, len(verdict.photos.new), verdict.compared) == ("psnr", HELD_OUT, compared)
    assert (verdict.standard is not None) == compared
    assert len(verdict.worst) == 3
    for worst in verdict.worst:
        files = [worst.before, worst.new, worst.truth, *([worst.old] if compared else [])]
        pictures = [np.asarray(Image.open(run_dir / file)) for file in files]
        assert {picture.shape for picture in pictures} == {(128, 128, 3)}
        assert np.array_equal(pictures[0], pictures[2]) == (coding != DAMAGE)
    shown = [event for event in events if isinstance(event, Shown)]
    assert {Path(name).suffix for name in shown[-1].names} == {".png"}
    assert len(shown[-1].names) == len(shown[-1].pictures) == HELD_OUT
    parts = {name for event in events if isinstance(event, Trained) for name in event.parts}
    assert parts == ({"reconstruction", "latent"} if "variational" in network else set())
    scores = [event.scores for event in events if isinstance(event, Validated)]
    assert all(("nats" in each) == ("variational" in network) for each in scores)
    assert Coder.load("mine", (run_dir,)).encode(small_photos(2)).shape == (2, 16)


@pytest.mark.parametrize(
    ("base", "change"),
    [
        ("codes", {"stacked": 6}),
        ("cloud", {"stacked": 6}),
        ("cloud", {"freeze": ENCODER}),
        ("cloud", {"freeze": DECODER, "stacked": 3}),
    ],
)
def test_levels_and_halves_are_taught(
    plan: Plan, own_models: Path, tmp_path: Path, base: str, change: dict[str, object]
) -> None:
    recipe = recipe_for(replace(plan, base=base, steps=20, **change))  # type: ignore[arg-type]
    recipe = replace(recipe, learning_rate=0.01, precision="32-true")
    pool = pool_of([(pixels, 1.0) for pixels in small_photos(3)])
    ranks = Ranks("cpu", recipe.precision)
    net = train(EXPLORE, recipe, pool, None, tmp_path, Progress(), ranks).net
    before = load_model(own_models / f"{base}.json", torch.device("cpu")).net.state_dict()
    moved = {True: False, False: False}  # by whether it makes the code
    for name, weight in net.state_dict().items():
        moved[name.split(".")[0] in encoding_of(net)] |= not torch.equal(weight, before[name])
    assert moved == {True: change.get("freeze") != ENCODER, False: change.get("freeze") != DECODER}
    assert all(torch.isfinite(weight).all() for weight in net.state_dict().values())


def test_a_run_that_goes_on_tells_what_it_told_before(plan: Plan, tmp_path: Path) -> None:
    run_dir, progress = tmp_path / "run", Progress()
    told: list[Event] = []

    def on_event(event: Event) -> None:
        told.append(event)
        if isinstance(event, Trained):
            progress.cancel()

    slow = replace(plan, base="cloud", steps=8, stacked=2)
    with pytest.raises(Cancelled):
        learn(slow, run_dir, "cpu", progress, Orders(), on_event)
    assert (run_dir / CHECKPOINT).is_file()
    assert not any(isinstance(event, Recalled) for event in told)
    events = go(None, run_dir)
    (recalled,) = (event for event in events if isinstance(event, Recalled))
    assert from_line(to_line(recalled)) == recalled
    trained = next(event for event in told if isinstance(event, Trained))
    assert recalled.curve == ({"step": 1, "seconds": trained.seconds, "loss": trained.loss, **trained.parts, COUNT: 1},)
    validated = next(event for event in told if isinstance(event, Validated))
    assert recalled.history == ({"step": 0, "seconds": 0.0, **validated.scores},)
    kinds = [type(event) for event in events]
    assert kinds.index(Recalled) < kinds.index(Shown) < kinds.index(Trained)  # the pictures of then come first
    steps = [event.step for event in events if isinstance(event, Trained)]
    curve = torch.load(run_dir / CHECKPOINT, weights_only=True)["curve"]
    assert [row["step"] for row in curve] == [1, *steps]


def test_photos_count_from_the_side_on_that_is_looked_at(plan: Plan, tmp_path: Path) -> None:
    folder = tmp_path / "sizes"
    folder.mkdir()
    for index, pixels in enumerate(small_photos(9, seed=8)):
        Image.fromarray(pixels).save(folder / f"{index}.png")
    Image.fromarray(small_photos(1, seed=9)[0][:127]).save(folder / "flat.png")
    found = survey_for(Source((folder,)), EXPLORE, recipe_for(plan), Progress()).found
    assert (found.usable, [Path(name).name for name in found.small]) == (9, ["flat.png"])


def test_looking_through_tells_how_fast_it_will_be(plan: Plan) -> None:
    events: list[Event] = []
    look_through(plan, "cpu", Progress(), events.append)
    assert type(events[-1]).__name__ == "Probed"


# plans


def test_a_kind_decides_recipe_and_rival(plan: Plan) -> None:
    plain, denoising, vae = (read_recipe(RECIPES / f"{name}.toml") for name in (PLAIN, DENOISING, VARIATIONAL))
    same = recipe_for(plan)
    assert (same.patch, same.shorter, same.stacked, same.input_noise) == (128, plain.shorter, 0, 0.0)
    assert same.learning_rate == pytest.approx(plain.learning_rate / 4)  # what is known must not be unlearnt
    assert rival_of(plan, same) == "codes"
    noisy = replace(plan, coding=DAMAGE)
    recipe = recipe_for(noisy)
    assert (recipe.input_noise, recipe.input_dropout) == (40.0, 0.25)
    assert recipe.learning_rate == denoising.learning_rate
    assert rival_of(noisy, recipe) == DENOISING
    becoming = replace(plan, coding=Coding(variational=True, beta=4.0))
    recipe = recipe_for(becoming)
    assert (recipe.architecture, recipe.beta, recipe.learning_rate) == (
        "variational-autoencoder",
        4.0,
        vae.learning_rate,
    )
    assert rival_of(becoming, recipe) == VARIATIONAL
    staying = replace(plan, base="cloud")
    assert recipe_for(staying).architecture == "variational-autoencoder"
    assert rival_of(staying, recipe_for(staying)) == "cloud"
    nothing = replace(plan, base="", coding=Coding(input_noise=20.0))
    assert recipe_for(nothing).start == ""
    assert recipe_for(nothing).input_noise == 20.0
    assert rival_of(nothing, recipe_for(nothing)) == DENOISING


def test_a_model_stays_what_it_was_unless_something_else_is_said() -> None:
    before = coding_of("photo-autoencoder", {"input_noise": 30.0})
    assert Coding().over(before).kind == DENOISING
    assert Coding(input_noise=0.0).over(before).kind == PLAIN
    assert coding_of("variational-autoencoder", {}) == Coding(True, 1.0, 0.0, 0.0)
    bases = [usual_base(EXPLORE, each) for each in (Coding(), Coding(input_dropout=0.1), Coding(variational=True))]
    assert bases == [PLAIN, DENOISING, VARIATIONAL]
    assert usual_base("denoise", Coding()) == "denoise"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"coding": Coding(beta=2.0)}, "Only a variational autoencoder has a beta"),
        ({"base": "cloud", "coding": Coding(variational=False)}, "“cloud” is variational"),
        ({"coding": Coding(variational=True), "freeze": ENCODER}, "must learn to see anew"),
        ({"coding": Coding(input_dropout=0.95)}, "damaged by 0.95"),
        ({"base": "cloud", "coding": Coding(beta=-1.0)}, "beta of -1"),
        ({"patch": 96}, "at 128×128 pixels"),
        ({"task": "denoise", "base": "", "coding": DAMAGE}, "are for “explore” alone"),
        ({"source": Source((Path("a"),), PAIRS, (Path("b"),))}, "Only Denoise learns from noisy photos"),
    ],
)
def test_what_cannot_be_is_refused(plan: Plan, change: dict[str, object], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        recipe_for(replace(plan, **change))  # type: ignore[arg-type]


def test_recipes_are_changed_in_the_same_way() -> None:
    plain, vae = (read_recipe(RECIPES / f"{name}.toml") for name in (PLAIN, VARIATIONAL))
    assert coded(plain, Coding()) == plain
    assert coded(vae, Coding()) == vae
    assert coded(vae, Coding(variational=False)).architecture == "photo-autoencoder"
    assert coded(plain, DAMAGE).input_noise == 40.0
    with pytest.raises(SettingsError, match="no photo autoencoder"):
        coded(read_recipe(RECIPES / "denoise.toml"), DAMAGE)


def test_what_was_chosen_is_kept_with_the_run(plan: Plan, tmp_path: Path) -> None:
    chosen = replace(plan, coding=Coding(True, 2.0, 10.0, 0.1), steps=1)
    go(chosen, tmp_path)
    assert read_run(tmp_path)[0] == chosen
    assert torch.load(tmp_path / CHECKPOINT, weights_only=True)["step"] == 1
