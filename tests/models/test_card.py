import json
from pathlib import Path

import pytest

from aestudio.errors import WeightsError
from aestudio.models.card import ModelCard, Taught

REPOSITORY = Path(__file__).resolve().parents[2]


def test_a_card_comes_back_from_its_file(tmp_path: Path, card: ModelCard) -> None:
    path = tmp_path / "잡티 제거.json"
    path.write_text(card.to_json(), encoding="utf-8")
    assert ModelCard.read(path) == card
    assert path.read_text(encoding="utf-8").endswith("}\n")


def test_a_missing_card_is_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"absent\.json cannot be read"):
        ModelCard.read(tmp_path / "absent.json")


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"name": "x"}', "\x00\xff"])
def test_a_damaged_card_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WeightsError, match=r"broken\.json is damaged"):
        ModelCard.read(path)


def test_a_key_that_no_one_reads_is_damage(tmp_path: Path, card: ModelCard) -> None:
    path = tmp_path / "more.json"
    path.write_text(card.to_json().replace('"name"', '"nickname": "x", "name"', 1), encoding="utf-8")
    with pytest.raises(WeightsError, match=r"more\.json is damaged"):
        ModelCard.read(path)


def test_a_card_without_what_is_new_is_written_as_older_programs_read_it(card: ModelCard) -> None:
    assert not {"date", "source", "settings"} & json.loads(card.to_json()).keys()
    told = card.model_copy(
        update={"date": "2026-05-01", "source": Taught(kind="pairs", digest="ab"), "settings": {"patch": 64}}
    )
    assert ModelCard.model_validate_json(told.to_json()) == told


@pytest.mark.parametrize("path", sorted((REPOSITORY / "models").glob("*.json")), ids=lambda path: path.stem)
def test_the_cards_of_built_in_models_stay_as_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    again = json.loads(ModelCard.read(path).to_json())
    assert again == {"start": None} | json.loads(text)
    assert ModelCard.read(path).to_json() == text or "start" not in json.loads(text)
