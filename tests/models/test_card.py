from pathlib import Path

import pytest

from aestudio.errors import WeightsError
from aestudio.models.card import ModelCard


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
