"""The steps of a job as one line of text: denoise:sigma=20:strength=0.8,colorize,compress:quality=50."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from aestudio.batch.job import JobStep, Value
from aestudio.errors import SettingsError
from aestudio.tasks import TASKS
from aestudio.tasks.base import Settings, files, knobs, toggles

COMPRESS: Final = "compress"  # the last step alone: how results are saved, and no tool
QUALITY: Final = 50  # of compressed photos, where it is not said
TOOLS: Final = (*(task.id for task in TASKS), COMPRESS)

_ON, _OFF = ("on", "true", "yes"), ("off", "false", "no")
_NAME = r"[A-Za-z][\w-]*"
# what ends a setting: paths hold commas and colons, too
_END = rf"(?:\s*,\s*(?:{'|'.join(TOOLS)})\s*(?:[:,]|\Z)|\s*:\s*{_NAME}\s*=|\s*\Z)"
_SETTING = re.compile(rf'\s*:\s*({_NAME})\s*=\s*("(?:[^"]|"")*"|.*?)(?={_END})\s*', re.DOTALL)
_WORD = re.compile(r"[^,:]*")


@dataclass(frozen=True)
class Steps:
    """What one line of text says."""

    steps: tuple[JobStep, ...]
    compress_quality: int | None = None  # of the .aes files that results become; None: they keep their format


def parse_steps(text: str) -> Steps:
    """The tools in their order, with their settings; `model` names what a tool works with.

    A comma begins a step where a tool's name follows, a colon a setting where a name and = follow; what stands in
    double quotes is left whole, and a quote in there is written twice.
    Raises SettingsError for anything that is no tool, no setting of it, or no value for that.
    """
    if not text.strip():
        raise SettingsError("There is no step. Please write some, such as denoise:sigma=20,colorize.")
    steps: list[JobStep] = []
    quality: int | None = None
    for tool, settings in _parts(text):
        if quality is not None:
            raise SettingsError(
                "{compress} stands before {tool}, and can only be the last step. Please move it to the end.",
                compress=COMPRESS,
                tool=tool,
            )
        if tool == COMPRESS:
            quality = _quality(settings)
        else:
            model = settings.pop("model", None)
            if model == "":
                raise SettingsError("The model of {tool} is not said. Please write its name behind the =.", tool=tool)
            steps.append(JobStep(tool, {name: _value(tool, name, v) for name, v in settings.items()}, model))
    return Steps(tuple(steps), quality)


def steps_text(steps: Sequence[JobStep], compress_quality: int | None = None) -> str:
    """The line that `parse_steps` makes the same of. Settings that hold no file are left out."""
    words = []
    for step in steps:
        settings = [f"{name}={_text(value)}" for name, value in step.values.items() if not _is_no_file(step, name)]
        model = [f"model={_quoted(step.model)}"] if step.model else []
        words.append(":".join((step.tool, *settings, *model)))
    if compress_quality is not None:
        words.append(f"{COMPRESS}:quality={compress_quality}")
    return ",".join(words)


def settings_of(tool: str) -> tuple[str, ...]:
    """What can be said of a step, by name."""
    if tool == COMPRESS:
        return ("quality",)
    kind = _kind(tool)
    return (*knobs(kind), *toggles(kind), *files(kind), "model")


def _parts(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Each tool with its settings, still as text."""
    position = 0
    while True:
        word = _word(text, position)
        tool, position = word.strip(), position + len(word)
        if not tool:
            raise SettingsError("A step is missing in “{steps}”. Please write one comma between two tools.", steps=text)
        _check(tool)
        settings: dict[str, str] = {}
        while text.startswith(":", position):
            setting = _SETTING.match(text, position)
            if setting is None:
                raise SettingsError(
                    "“{text}” behind {tool} is not understood. Please write name=value; the names are {known}.",
                    text=_word(text, position + 1).strip(),
                    tool=tool,
                    known=", ".join(settings_of(tool)),
                )
            name = setting[1].replace("-", "_")
            if name not in settings_of(tool):
                raise _no_setting(tool, setting[1])
            if name in settings:
                raise SettingsError("{tool} is given {name} twice. Please leave one out.", tool=tool, name=name)
            settings[name], position = _plain(tool, name, setting[2]), setting.end()
        yield tool, settings
        if position == len(text):
            return
        position += 1  # the comma


def _word(text: str, position: int) -> str:
    """What stands there up to the next comma or colon."""
    found = _WORD.match(text, position)
    return found[0] if found else ""


def _plain(tool: str, name: str, text: str) -> str:
    """A value without its quotes. Raises SettingsError for a comma in what is no path: behind it stands no tool."""
    if len(text) > 1 and text.startswith('"') and text.endswith('"'):
        return text[1:-1].replace('""', '"')
    if not _may_hold_anything(tool, name):
        _, comma, behind = text.partition(",")
        if comma and (found := re.match(rf"\s*({_NAME})", behind)):
            _check(found[1])
    return text


def _may_hold_anything(tool: str, name: str) -> bool:
    return name == "model" or (tool != COMPRESS and name in files(_kind(tool)))


def _value(tool: str, name: str, text: str) -> Value:
    """A setting's value. Raises SettingsError that says what can be written."""
    kind = _kind(tool)
    word = text.strip().lower()
    if name in files(kind):
        if not text:
            raise SettingsError("The setting {name} of {tool} is empty. Please name a file.", name=name, tool=tool)
        return text
    if name in toggles(kind):
        if word not in (*_ON, *_OFF):
            raise SettingsError(
                "The setting {name} of {tool} is “{text}”. Please write on or off.", name=name, tool=tool, text=text
            )
        return word in _ON
    knob = knobs(kind)[name]
    if knob.automatic and word == "auto":
        return None
    number = _number(word)
    if number is None or not knob.low <= number <= knob.high:
        said = {"name": name, "tool": tool, "text": text, "low": f"{knob.low:g}", "high": f"{knob.high:g}"}
        if knob.automatic:
            raise SettingsError(
                "The setting {name} of {tool} is “{text}”. Please write a number from {low} to {high}, or auto.", **said
            )
        raise SettingsError(
            "The setting {name} of {tool} is “{text}”. Please write a number from {low} to {high}.", **said
        )
    return number


def _quality(settings: dict[str, str]) -> int:
    text = settings.get("quality", str(QUALITY))
    number = _number(text)
    if number is None or number not in range(1, 101):
        raise SettingsError(
            "The quality of {compress} is “{text}”. Please write a whole number from 1 to 100.",
            compress=COMPRESS,
            text=text,
        )
    return int(number)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _check(tool: str) -> None:
    """Raises SettingsError for what is no tool."""
    if tool in TOOLS:
        return
    close = get_close_matches(tool.lower(), TOOLS, 1)
    if close:
        raise SettingsError("There is no tool “{tool}”. Did you mean {close}?", tool=tool, close=close[0])
    raise SettingsError("There is no tool “{tool}”. Please choose one of {known}.", tool=tool, known=", ".join(TOOLS))


def _no_setting(tool: str, name: str) -> SettingsError:
    known = settings_of(tool)
    close = get_close_matches(name.lower().replace("-", "_"), known, 1)
    if close:
        return SettingsError(
            "{tool} has no setting “{name}”. Did you mean {close}?", tool=tool, name=name, close=close[0]
        )
    return SettingsError(
        "{tool} has no setting “{name}”. Please choose one of {known}.", tool=tool, name=name, known=", ".join(known)
    )


def _kind(tool: str) -> type[Settings]:
    kind: type[Settings] = next(task for task in TASKS if task.id == tool).settings_type
    return kind


def _is_no_file(step: JobStep, name: str) -> bool:
    return step.values[name] is None and name in files(step.task.settings_type)


def _text(value: Value) -> str:
    if value is None:
        return "auto"
    if isinstance(value, bool):
        return "on" if value else "off"
    return _quoted(value) if isinstance(value, str) else repr(float(value)).removesuffix(".0")


def _quoted(text: str) -> str:
    """The text, in quotes where it could be taken for more than one."""
    found = _SETTING.match(f":name={text}")
    if found is not None and found[2] == text != "" and not text.startswith('"') and found.end() == len(text) + 6:
        return text
    return '"' + text.replace('"', '""') + '"'
