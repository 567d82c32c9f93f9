"""What is said keeps its template and its values apart."""

from aestudio.errors import ImageError, Sentence, SettingsError


def test_an_error_is_its_sentence() -> None:
    error = ImageError("{name} is empty.", name="a {b}.jpg")
    assert str(error) == "a {b}.jpg is empty."
    assert error.sentence == Sentence("{name} is empty.", (("name", "a {b}.jpg"),))


def test_a_sentence_may_stand_in_another() -> None:
    inner = SettingsError("{name} is {value}.", name="theme", value=3)
    outer = SettingsError("In {path}, {problem}", path="x.toml", problem=inner)
    assert str(outer) == "In x.toml, theme is 3."
    assert dict(outer.sentence.values)["problem"] == inner.sentence
