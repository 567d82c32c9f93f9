"""Files of hints survive the program; broken ones are refused in a sentence that names them."""

from pathlib import Path

import pytest

from aestudio.errors import SettingsError
from aestudio.tasks.colorize import ColorizeSettings
from aestudio.tasks.hints import LARGEST_FILE, MOST, Hint, hints_json, read_hints


def test_hints_come_back_from_their_file(tmp_path: Path) -> None:
    hints = (Hint(0.0, 1.0, -128.0, 128.0), Hint(0.123456, 0.5, 12.3, -4.0))
    path = tmp_path / "hints.json"
    path.write_text(hints_json(hints), encoding="utf-8")
    assert read_hints(path) == (hints[0], Hint(0.12346, 0.5, 12.3, -4.0))
    path.write_text(hints_json(()), encoding="utf-8")
    assert read_hints(path) == ()


def test_a_mark_of_the_editor_in_front_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "hints.json"
    path.write_bytes(b"\xef\xbb\xbf" + hints_json([Hint(0.5, 0.5, 1.0, 2.0)]).encode())
    assert read_hints(path) == (Hint(0.5, 0.5, 1.0, 2.0),)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is not a hints file"),
        ("{", "is not a hints file"),
        ("\x00\xff", "is not a hints file"),
        ("[" * 100_000, "is not a hints file"),
        ("[]", "holds no hints"),
        ('{"hints": 3}', "holds no hints"),
        ('{"hints": [3]}', "hint 1 lacks one of the numbers"),
        ('{"hints": [{"x": 0.5, "y": 0.5, "a": 1, "b": 1}, {"x": 0.5}]}', "hint 2 lacks one of the numbers"),
        ('{"hints": [{"x": "0.5", "y": 0.5, "a": 1, "b": 1}]}', "hint 1 lacks one of the numbers"),
        ('{"hints": [{"x": true, "y": 0.5, "a": 1, "b": 1}]}', "hint 1 lacks one of the numbers"),
        ('{"hints": [{"x": NaN, "y": 0.5, "a": 1, "b": 1}]}', "hint 1 lacks one of the numbers"),
        ('{"hints": [{"x": 1e400, "y": 0.5, "a": 1, "b": 1}]}', "hint 1 lacks one of the numbers"),
        ('{"hints": [{"x": 1.5, "y": 0.5, "a": 1, "b": 1}]}', r"Hint 1 lies outside the photo \(x 1.5, y 0.5\)"),
        ('{"hints": [{"x": 0.5, "y": -0.1, "a": 1, "b": 1}]}', "Hint 1 lies outside the photo"),
        ('{"hints": [{"x": 0.5, "y": 0.5, "a": 200, "b": 1}]}', "Hint 1 is not a colour"),
    ],
)
def test_a_broken_file_is_refused_by_name(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(SettingsError, match=sentence) as caught:
        read_hints(path)
    assert "broken.json" in str(caught.value)


def test_files_that_are_missing_or_endless_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.json cannot be read"):
        read_hints(tmp_path / "none.json")
    with pytest.raises(SettingsError, match="cannot be read"):
        read_hints(tmp_path)
    path = tmp_path / "large.json"
    path.write_bytes(b" " * (LARGEST_FILE + 1))
    with pytest.raises(SettingsError, match=r"large\.json is too large"):
        read_hints(path)


def test_settings_take_no_hints_that_no_photo_can_take() -> None:
    with pytest.raises(SettingsError, match="Hint 2 lies outside"):
        ColorizeSettings(hints=(Hint(0.5, 0.5, 0.0, 0.0), Hint(float("nan"), 0.5, 0.0, 0.0)))
    with pytest.raises(SettingsError, match="Hint 1 is not a colour"):
        ColorizeSettings(hints=(Hint(0.5, 0.5, float("inf"), 0.0),))
    with pytest.raises(SettingsError, match="1000 are the most"):
        ColorizeSettings(hints=(Hint(0.5, 0.5, 0.0, 0.0),) * (MOST + 1))
