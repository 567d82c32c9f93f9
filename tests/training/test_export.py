"""What a card tells of a user's own training, and what it keeps to itself."""

import dataclasses
import json
from pathlib import Path

import pytest
import torch

from aestudio.models.card import ModelCard, Taught
from aestudio.models.networks import BUILDERS
from aestudio.training.export import export, settings_of
from aestudio.training.recipe import Recipe
from aestudio.training.teaching.degrade import Mixture
from aestudio.training.trainer import TrainingReport


@pytest.fixture
def report(recipe: Recipe) -> TrainingReport:
    """Of a run that taught nothing."""
    torch.manual_seed(1)
    net = BUILDERS[recipe.architecture](**recipe.arguments).eval()
    scores = {"step": 8.0, "seconds": 2.0, "psnr": 30.12345}
    return TrainingReport(net, 4, False, 8, 0.5, "cpu", scores, [])


def test_the_card_of_a_users_model_names_no_folder_and_no_licence(
    recipe: Recipe, report: TrainingReport, tmp_path: Path
) -> None:
    source = Taught(kind="pairs", digest="ab12")
    card = ModelCard.read(export(report, "denoise", recipe, tmp_path, date="2026-05-01", source=source))
    assert (card.date, card.source, card.license, card.training_folders) == ("2026-05-01", source, "", [])
    assert card.settings == settings_of(recipe)
    own = dataclasses.replace(recipe, license="CC-BY-4.0")
    card = ModelCard.read(export(report, "denoise", own, tmp_path, source=source, settings={"a": 1}, overwrite=True))
    assert (card.license, card.settings) == ("CC-BY-4.0", {"a": 1})


def test_a_card_of_our_own_training_stays_as_it_was(recipe: Recipe, report: TrainingReport, tmp_path: Path) -> None:
    card = ModelCard.read(export(report, "denoise", recipe, tmp_path))
    assert (card.date, card.source, card.license, card.training_folders) == ("", None, "Apache-2.0", ["one"])


def test_settings_are_what_differs(recipe: Recipe) -> None:
    plain = dataclasses.replace(recipe, batch=16, patch=96, held_out=16, validate_every=2000, precision="auto")
    assert settings_of(plain) == {}
    changed = dataclasses.replace(plain, kind="series", mixture=Mixture(iso=(800.0, 3200.0)), marks=("/home/me/a.png",))
    told = settings_of(changed)
    assert told == {"kind": "series", "mixture": {"iso": [800.0, 3200.0]}, "marks": 1}
    assert json.loads(json.dumps(told)) == told
