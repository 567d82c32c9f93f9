"""Brings the translations up to date: collects the strings, then makes the .qm files from the .ts files.

Run it after a change of any string in the window or in a tool: python docs/translations.py
"""

import ast
import subprocess
import sys
from pathlib import Path

from aestudio import errors
from aestudio.batch.presets import BUILT_IN
from aestudio.errors import AEStudioError
from aestudio.gui.i18n import LANGUAGES, SENTENCES, translations_folder
from aestudio.tasks import TASKS
from aestudio.tasks.base import files, knobs, toggles

ROOT = Path(__file__).resolve().parent.parent
TASK_STRINGS = ROOT / "aestudio" / "gui" / "task_strings.py"

HEADER = '''"""The words of the tools and the sentences of the core, for the translators.

Written by docs/translations.py: do not edit.
"""

from PySide6.QtCore import QT_TRANSLATE_NOOP

'''


def task_strings() -> list[str]:
    """Every word of a tool that the window shows, once."""
    words: dict[str, None] = {}
    for task in TASKS:
        words.update({text: None for text in (task.title, task.needless, task.question) if text})
        for knob in knobs(task.settings_type).values():
            words.update({text: None for text in (knob.label, knob.help, knob.unit) if text})
        for toggle in toggles(task.settings_type).values():
            words |= {toggle.label: None, toggle.help: None}
        for source in files(task.settings_type).values():
            words |= {source.label: None, source.help: None}
    words |= {preset.name: None for preset in BUILT_IN}
    return list(words)


def sentences() -> list[str]:
    """Every sentence of the core that may come to the window, once; what only the command line says is left out."""
    found: dict[str, None] = {}
    folders = ("images", "models", "tasks", "engine", "codec", "batch", "training", "explore", "gui", "settings.py")
    for folder in folders:
        path = ROOT / "aestudio" / folder
        for source in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            for call in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
                if isinstance(call, ast.Call) and _speaks(call.func) and call.args:
                    said = call.args[0]
                    if isinstance(said, ast.JoinedStr):
                        raise SystemExit(f"{source}:{said.lineno}: values belong beside a sentence, not into it.")
                    named = ast.unparse(call.func) != "Sentence.of"  # then a single word is a name, and no sentence
                    if isinstance(said, ast.Constant) and (" " in str(said.value) or not named):
                        found[str(said.value)] = None
    return list(found)


SPEAKERS = {
    "CodesError",
    "FewLabelsError",
    "FewPhotosError",
    "MaskSizeError",
    "Refusal",
    "TooLarge",
    "Sentence",
    *(name for name, cls in vars(errors).items() if isinstance(cls, type) and issubclass(cls, AEStudioError)),
    "kind",  # one of those, chosen just before
    "refusal",  # one that the caller chose
}


def _speaks(function: ast.expr) -> bool:
    """Whether a call makes a sentence: Sentence.of, an error, or the constructor of one derived from it."""
    if isinstance(function, ast.Attribute):
        return ast.unparse(function) in ("Sentence.of", "super().__init__")
    return isinstance(function, ast.Name) and function.id in SPEAKERS


def task_strings_module() -> str:
    """The text of aestudio/gui/task_strings.py."""
    tools = "".join(_noop("tasks", text) for text in task_strings())
    said = "".join(_noop(SENTENCES, text) for text in sentences())
    return f"{HEADER}TASK_STRINGS = (\n{tools})\n\nSENTENCE_STRINGS = (\n{said})\n"


def _noop(context: str, text: str) -> str:
    """One entry as ruff would format it."""
    literal = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    line = f'    QT_TRANSLATE_NOOP("{context}", {literal}),\n'
    if len(line) <= 121:
        return line
    return f'    QT_TRANSLATE_NOOP(\n        "{context}",\n        {literal},\n    ),\n'


def main() -> None:
    """Collect, merge into each .ts file, compile each .qm file."""
    TASK_STRINGS.write_text(task_strings_module(), encoding="utf-8")
    folder = translations_folder()
    sources = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "aestudio" / "gui").rglob("*.py"))
    tools = Path(sys.executable).parent
    for language in LANGUAGES:
        ts = folder / f"aestudio_{language}.ts"
        only: list[str] = ["-pluralonly"] if language == "en" else []
        options = [*only, "-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", language]
        subprocess.run([tools / "pyside6-lupdate", *options, *sources, "-ts", ts], cwd=ROOT, check=True)
        subprocess.run([tools / "pyside6-lrelease", ts, "-qm", ts.with_suffix(".qm")], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
