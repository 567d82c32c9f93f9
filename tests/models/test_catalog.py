from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from aestudio.errors import SettingsError, WeightsError
from aestudio.models.catalog import PARTS, card_path, find_cards, model_folders, part_path, parts_of, using

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


# parts of tools


def test_a_part_works_with_the_model_of_its_name_unless_another_is_chosen(
    tmp_path: Path, save_model: SaveModel
) -> None:
    usual = save_model(tmp_path, "inpaint", task="inpaint")
    ruins = save_model(tmp_path, "ruins", task="inpaint")
    assert part_path("inpaint", (tmp_path,)) == usual
    with using({"inpaint": "ruins"}):
        assert part_path("inpaint", (tmp_path,)) == ruins
        with using({}):
            assert part_path("inpaint", (tmp_path,)) == usual
        assert part_path("inpaint", (tmp_path,)) == ruins
    with pytest.raises(KeyError), using({"inpaint": "ruins"}):
        raise KeyError
    assert part_path("inpaint", (tmp_path,)) == usual


def test_what_is_chosen_is_known_to_one_thread_alone(tmp_path: Path, save_model: SaveModel) -> None:
    usual = save_model(tmp_path, "inpaint", task="inpaint")
    ruins = save_model(tmp_path, "ruins", task="inpaint")

    def look(parts: dict[str, str]) -> Path:
        with using(parts):
            return part_path("inpaint", (tmp_path,))

    with ThreadPoolExecutor(1) as pool, using({"inpaint": "ruins"}):
        assert pool.submit(part_path, "inpaint", (tmp_path,)).result() == usual
        assert pool.submit(look, {"inpaint": "ruins"}).result() == ruins
        assert pool.submit(part_path, "inpaint", (tmp_path,)).result() == usual
    assert part_path("inpaint", (tmp_path,)) == usual


def test_a_chosen_model_that_does_not_fit_is_named_with_what_to_do(tmp_path: Path, save_model: SaveModel) -> None:
    save_model(tmp_path, "night", task="denoise")
    remedy = "choose another one on the Models page, or leave out the option --part"
    with using({"inpaint": "ruins"}), pytest.raises(WeightsError, match=f"no model “ruins” for inpaint.*{remedy}"):
        part_path("inpaint", (tmp_path,))
    with using({"inpaint": "night"}), pytest.raises(WeightsError, match=f"“night” is made for denoise.*{remedy}"):
        part_path("inpaint", (tmp_path,))


def test_parts_are_written_as_words() -> None:
    words = ["noise-level=mine", " inpaint = ruins ", "compress=compress"]
    assert parts_of(words) == {"inpaint": "ruins", "noise-level": "mine"}
    assert parts_of(()) == {}
    for word in ("inpaint", "=ruins", "inpaint="):
        with pytest.raises(SettingsError, match=f"“{word}” is no part with its model"):
            parts_of([word])
    with pytest.raises(SettingsError, match=f"no part “denoise”. Please choose one of {', '.join(PARTS)}"):
        parts_of(["denoise=mine"])
    with pytest.raises(SettingsError, match="two models for inpaint"):
        parts_of(["inpaint=ruins", "inpaint=walls"])
