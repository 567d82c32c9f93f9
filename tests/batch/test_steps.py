"""The line of text that names a job's steps."""

import math
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aestudio.batch.job import JobStep, Value
from aestudio.batch.steps import TOOLS, Steps, parse_steps, settings_of, steps_text
from aestudio.errors import SettingsError
from aestudio.tasks import TASKS
from aestudio.tasks.base import files, knobs, toggles


def one(tool: str, model: str | None = None, **values: Value) -> Steps:
    return Steps((JobStep(tool, values, model),))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("denoise", one("denoise")),
        ("denoise:sigma=20:strength=0.8", one("denoise", sigma=20.0, strength=0.8)),
        (" denoise : sigma = 20 ,colorize ", Steps((JobStep("denoise", {"sigma": 20.0}), JobStep("colorize")))),
        ("denoise,denoise", Steps((JobStep("denoise"), JobStep("denoise")))),
        ("denoise:sigma=auto:model=my camera", one("denoise", "my camera", sigma=None)),
        ("denoise:sigma=2e1", one("denoise", sigma=20.0)),
        ("unwatermark:paint-anew=off:scale_mask=YES", one("unwatermark", paint_anew=False, scale_mask=True)),
        ("colorize:anew=true", one("colorize", anew=True)),
        ("colorize:anew=no", one("colorize", anew=False)),
        (r"colorize:hints=C:\hints.json:warmth=-5", one("colorize", hints=r"C:\hints.json", warmth=-5.0)),
        ("colorize:reference=a,b.png:hints=x:y.json", one("colorize", reference="a,b.png", hints="x:y.json")),
        ("unwatermark:learn-from=a,denoise.png", one("unwatermark", learn_from="a,denoise.png")),
        ("unwatermark:logo=a,denoise", Steps((JobStep("unwatermark", {"logo": "a"}), JobStep("denoise")))),
        ('unwatermark:logo="a,denoise:sigma=1"', one("unwatermark", logo="a,denoise:sigma=1")),
        ('unwatermark:logo="say ""a"", denoise"', one("unwatermark", logo='say "a", denoise')),
        ('unwatermark:logo="a" b', one("unwatermark", logo='"a" b')),
        ("compress", Steps((), 50)),
        ("denoise,compress:quality=30", Steps((JobStep("denoise"),), 30)),
    ],
)
def test_what_a_line_means(text: str, meant: Steps) -> None:
    assert parse_steps(text) == meant
    assert parse_steps(steps_text(meant.steps, meant.compress_quality)) == meant


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There is no step. Please write some"),
        ("  ", "There is no step."),
        (",denoise", "A step is missing in “,denoise”."),
        ("denoise,", "A step is missing in “denoise,”."),
        ("denoise,,colorize", "A step is missing"),
        ("sharpen", "There is no tool “sharpen”. Please choose one of denoise, colorize, unwatermark, compress."),
        ("denoise,colourise", "There is no tool “colourise”. Did you mean colorize?"),
        ("denoise:sigma=20,colourise", "There is no tool “colourise”. Did you mean colorize?"),
        ("Denoise", "There is no tool “Denoise”. Did you mean denoise?"),
        ("denoise:sugma=20", "denoise has no setting “sugma”. Did you mean sigma?"),
        ("denoise:x=20", "denoise has no setting “x”. Please choose one of sigma, strength, model."),
        ("compress:model=x", "compress has no setting “model”. Please choose one of quality."),
        (
            "colorize:anew",
            "“anew” behind colorize is not understood. Please write name=value; the names are saturation",
        ),
        ("denoise:=3", "“=3” behind denoise is not understood."),
        ("denoise:sigma=61", "The setting sigma of denoise is “61”. Please write a number from 0 to 60, or auto."),
        ("denoise:sigma=much", "is “much”. Please write a number from 0 to 60, or auto."),
        ("denoise:sigma=nan", "is “nan”. Please write a number"),
        ("denoise:sigma=", "is “”. Please write a number"),
        ("denoise:strength=auto", "is “auto”. Please write a number from 0 to 1."),
        ("denoise:strength=0,8", "The setting strength of denoise is “0,8”."),
        ("denoise:sigma=20 colorize", "is “20 colorize”. Please write a number"),
        ("denoise:sigma=1:sigma=2", "denoise is given sigma twice."),
        ("colorize:anew=perhaps", "The setting anew of colorize is “perhaps”. Please write on or off."),
        ("colorize:hints=", "The setting hints of colorize is empty. Please name a file."),
        ("denoise:model=", "The model of denoise is not said."),
        ("compress,denoise", "compress stands before denoise, and can only be the last step."),
        ("denoise,compress,compress", "compress stands before compress"),
        ("compress:quality=0", "The quality of compress is “0”. Please write a whole number from 1 to 100."),
        ("compress:quality=50.5", "is “50.5”. Please write a whole number"),
        ("compress:quality=inf", "is “inf”. Please write a whole number"),
    ],
)
def test_what_makes_no_sense_is_said_in_a_sentence(text: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_steps(text)
    assert said in str(caught.value)


def test_every_tool_and_each_of_its_settings_can_be_named() -> None:
    assert TOOLS == (*(task.id for task in TASKS), "compress")
    for task in TASKS:
        kind = task.settings_type
        assert settings_of(task.id) == (*knobs(kind), *toggles(kind), *files(kind), "model")


def test_settings_without_a_file_are_left_out() -> None:
    assert steps_text((JobStep("colorize", {"hints": None, "warmth": 5.0}),)) == "colorize:warmth=5"


@st.composite
def steps(draw: st.DrawFn) -> JobStep:
    """Any step that a job may have, with paths that could be taken for more steps."""
    task = draw(st.sampled_from(TASKS))
    kind = task.settings_type
    paths = st.text(min_size=1, max_size=20) | st.lists(
        st.sampled_from([",", ":", '"', " ", "=", "\n", "denoise", "sigma=", "compress", "a.png", "C:\\"]),
        min_size=1,
        max_size=8,
    ).map("".join)
    values: dict[str, st.SearchStrategy[Value]] = dict.fromkeys(files(kind), paths)
    values |= dict.fromkeys(toggles(kind), st.booleans())
    for name, knob in knobs(kind).items():
        number = st.floats(knob.low, knob.high).map(lambda value: math.copysign(value, 1) if value == 0 else value)
        values[name] = st.none() | number if knob.automatic else number
    chosen = draw(st.lists(st.sampled_from(sorted(values)), unique=True))
    model = draw(st.none() | paths)
    return JobStep(task.id, {name: draw(values[name]) for name in chosen}, model)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # other programs use the machine, too
@given(st.lists(steps(), max_size=3), st.none() | st.integers(1, 100))
def test_all_steps_come_back_from_their_line(chain: list[JobStep], quality: int | None) -> None:
    if chain or quality is not None:
        assert parse_steps(steps_text(chain, quality)) == Steps(tuple(chain), quality)


@settings(deadline=None)
@given(st.text() | st.lists(st.sampled_from([",", ":", '"', "=", "denoise", "sigma", "1", " ", "hints"])).map("".join))
def test_any_text_is_steps_or_a_sentence(text: str) -> None:
    with suppress(SettingsError):
        assert parse_steps(text) != Steps(())
