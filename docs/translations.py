"""Brings the translations up to date: collects the strings, then makes the .qm files from the .ts files.

Run it after a change of any string in the window or in a tool: python docs/translations.py
"""

import subprocess
import sys
from pathlib import Path

from aestudio.gui.i18n import LANGUAGES, translations_folder
from aestudio.tasks import TASKS
from aestudio.tasks.base import knobs

ROOT = Path(__file__).resolve().parent.parent
TASK_STRINGS = ROOT / "aestudio" / "gui" / "task_strings.py"

HEADER = '''"""The words of the tools, for the translators. Written by docs/translations.py: do not edit."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

TASK_STRINGS = (
'''


def task_strings() -> list[str]:
    """Every word of a tool that the window shows, once."""
    words: dict[str, None] = {}
    for task in TASKS:
        words[task.title] = None
        for knob in knobs(task.settings_type).values():
            words.update({text: None for text in (knob.label, knob.help, knob.unit) if text})
    return list(words)


def task_strings_module() -> str:
    """The text of aestudio/gui/task_strings.py."""
    lines = []
    for text in task_strings():
        literal = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        line = f'    QT_TRANSLATE_NOOP("tasks", {literal}),\n'
        if len(line) > 121:
            line = f'    QT_TRANSLATE_NOOP(\n        "tasks",\n        {literal},\n    ),\n'
        lines.append(line)
    return HEADER + "".join(lines) + ")\n"


def main() -> None:
    """Collect, merge into each .ts file, compile each .qm file."""
    TASK_STRINGS.write_text(task_strings_module(), encoding="utf-8")
    folder = translations_folder()
    sources = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "aestudio" / "gui").glob("*.py"))
    tools = Path(sys.executable).parent
    for language in LANGUAGES:
        ts = folder / f"aestudio_{language}.ts"
        only: list[str] = ["-pluralonly"] if language == "en" else []
        options = [*only, "-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", language]
        subprocess.run([tools / "pyside6-lupdate", *options, *sources, "-ts", ts], cwd=ROOT, check=True)
        subprocess.run([tools / "pyside6-lrelease", ts, "-qm", ts.with_suffix(".qm")], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
