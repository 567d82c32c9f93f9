import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aestudio.errors import SettingsError
from aestudio.settings import Preferences, preferences_path, read_preferences, to_toml, write_preferences

CHOSEN = Preferences(
    theme="light",
    language="ko",
    device="cpu",
    recent_limit=3,
    models=("denoise=grain",),
    parts=("inpaint=ruins", "compress=mine"),
    recent=('C:\\사진\\"a".jpg', "b\n.png"),
)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "new" / "preferences.toml"
    for preferences in (CHOSEN, Preferences(), replace(CHOSEN, theme="dark")):
        write_preferences(preferences, path)
        assert read_preferences(path) == (preferences, ())
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_no_file_means_defaults(tmp_path: Path) -> None:
    assert read_preferences(tmp_path / "none.toml") == (Preferences(), ())


def test_unknown_keys_are_named_and_the_rest_is_used(tmp_path: Path) -> None:
    path = tmp_path / "preferences.toml"
    path.write_text('theme = "light"\nlangage = "ko"\nzoom = 2\n', encoding="utf-8")
    preferences, complaints = read_preferences(path)
    assert preferences == Preferences(theme="light")
    assert len(complaints) == 2
    assert "“langage”; did you mean “language”?" in str(complaints[0])
    assert "“zoom”." in str(complaints[1])


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('theme = "pink"', "theme is “pink”: please choose one of system, dark, light."),
        ("device = 3", "device is 3: please choose one of"),
        ("recent_limit = -1", "recent_limit is -1: please choose a number from 0 to 100."),
        ("recent_limit = true", "recent_limit is True: please write a whole number such as 12."),
        ("recent = [1]", "please write a list of file names."),
        ('recent = "a.jpg"', "recent is “a.jpg”: please write a list of file names."),
        ("parts = [1]", "parts is (1,): please write a list such as [“inpaint=ruins”]."),
        ("theme = ", "cannot be read"),
    ],
)
def test_a_bad_value_is_a_sentence_with_file_and_remedy(line: str, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "preferences.toml"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        read_preferences(path)
    assert sentence in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_file_in_another_encoding_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "preferences.toml"
    path.write_bytes('recent = ["사진"]'.encode("euc-kr"))
    with pytest.raises(SettingsError, match="cannot be read"):
        read_preferences(path)


def test_where_nothing_can_be_written_the_file_before_stays(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with pytest.raises(SettingsError, match="could not be written"):
        write_preferences(CHOSEN, tmp_path / "file" / "preferences.toml")
    path = tmp_path / "preferences.toml"
    path.mkdir()
    with pytest.raises(SettingsError, match="could not be written"):
        write_preferences(CHOSEN, path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "preferences.toml"]


@given(
    st.dictionaries(st.from_regex(r"[a-z_]+", fullmatch=True), st.text() | st.integers(-(2**62), 2**62) | st.booleans())
)
def test_flat_values_survive_toml(values: dict[str, str | int | bool]) -> None:
    assert tomllib.loads(to_toml(values)) == values


def test_the_file_lies_in_the_users_settings() -> None:
    assert preferences_path().name == "preferences.toml"
    assert "aestudio" in preferences_path().parts
