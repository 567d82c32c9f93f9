from collections.abc import Callable
from pathlib import Path

import pytest

from aestudio.errors import WeightsError
from aestudio.models.catalog import card_path, find_cards, model_folders

SaveModel = Callable[..., Path]


def test_the_users_folder_wins(tmp_path: Path, save_model: SaveModel) -> None:
    installed, own = tmp_path / "installed", tmp_path / "own"
    save_model(installed, "denoise")
    other = save_model(installed, "other")
    wins = save_model(own, "denoise")
    assert card_path("denoise", (installed, own)) == wins
    assert card_path("other", (installed, own)) == other


def test_a_folder_that_is_not_there_holds_none(tmp_path: Path) -> None:
    assert find_cards((tmp_path / "absent",)) == {}


def test_an_unknown_model_is_answered_with_those_there_are(tmp_path: Path, save_model: SaveModel) -> None:
    save_model(tmp_path, "beta")
    save_model(tmp_path, "alpha")
    with pytest.raises(WeightsError, match=r"no model “gamma”. Installed models: alpha, beta"):
        card_path("gamma", (tmp_path,))


def test_no_model_at_all(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="Installed models: none"):
        card_path("denoise", (tmp_path,))


def test_installed_models_come_before_the_users() -> None:
    installed, own = model_folders()
    assert installed.name == own.name == "models"
    assert "aestudio" in own.parts
