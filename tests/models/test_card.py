import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aestudio.errors import WeightsError
from aestudio.models.card import ModelCard, Start, Taught

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
    told = replace(card, date="2026-05-01", source=Taught(kind="pairs", digest="ab"), settings={"patch": 64})
    assert ModelCard.of(json.loads(told.to_json())) == told


def test_a_card_tells_the_whole_chain_of_what_it_went_on_from(card: ModelCard) -> None:
    first = Start("denoise", "1.0", 400, "cpu", 0.5)
    second = Start("denoise", "1.1", 300, "cpu", 0.25, first)
    told = replace(card, start=second)
    table = json.loads(told.to_json())
    assert table["start"]["start"] == {"name": "denoise", "version": "1.0", "steps": 400, "device": "cpu", "hours": 0.5}
    assert ModelCard.of(table) == told


CHANGES: dict[str, dict[str, Any]] = {
    "a word for a number": {"steps": "5"},
    "yes for a number": {"steps": True},
    "a fraction for a whole number": {"multiple_of": 8.5},
    "nothing for a word": {"name": None},
    "three ends of a range": {"input_range": [0.0, 0.5, 1.0]},
    "a word in a range": {"input_range": [0.0, "1"]},
    "a word for a list": {"limits": "none"},
    "a number in a list": {"training_folders": ["one", 2]},
    "a list for a table": {"scores": []},
    "a start without a name": {"start": {"version": "1", "steps": 1, "device": "cpu", "hours": 1.0}},
    "a start with a key too many": {
        "start": {"name": "a", "version": "1", "steps": 1, "device": "cpu", "hours": 1.0, "colour": "red"}
    },
    "a start that is a word": {"start": "denoise"},
    "a start of a start that is none": {
        "start": {"name": "a", "version": "1", "steps": 1, "device": "cpu", "hours": 1.0, "start": {"name": "b"}}
    },
    "a source without its digest": {"source": {"kind": "pairs"}},
    "half a character": {"device": "\ud800"},
    "a number without end": {"hours": 10**400},
}


@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES.keys())
def test_what_is_of_another_type_is_damage(tmp_path: Path, card: ModelCard, changes: dict[str, Any]) -> None:
    path = tmp_path / "typed.json"
    path.write_text(json.dumps(json.loads(card.to_json()) | changes), encoding="utf-8")
    with pytest.raises(WeightsError, match=r"typed\.json is damaged"):
        ModelCard.read(path)


def test_a_card_that_is_nested_without_end_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    path.write_text('{"start":' * 100_000, encoding="utf-8")
    with pytest.raises(WeightsError, match=r"deep\.json is damaged"):
        ModelCard.read(path)


def test_whole_numbers_may_stand_for_others(tmp_path: Path, card: ModelCard) -> None:
    path = tmp_path / "whole.json"
    path.write_text(json.dumps(json.loads(card.to_json()) | {"hours": 2, "input_range": [0, 1]}), encoding="utf-8")
    read = ModelCard.read(path)
    assert (read.hours, read.input_range) == (2.0, (0.0, 1.0))
    assert type(read.hours) is float


@pytest.mark.parametrize("path", sorted((REPOSITORY / "models").glob("*.json")), ids=lambda path: path.stem)
def test_the_cards_of_built_in_models_stay_as_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    again = json.loads(ModelCard.read(path).to_json())
    assert again == {"start": None} | json.loads(text)
    assert ModelCard.read(path).to_json() == text or "start" not in json.loads(text)
