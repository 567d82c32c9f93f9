"""English and Korean are whole, and what is shipped is what was translated."""

import importlib.util
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QTranslator

from aestudio.gui.i18n import LANGUAGES, language_for, translations_folder

ROOT = Path(__file__).resolve().parent.parent.parent


def messages(language: str) -> list[ET.Element]:
    return list(ET.parse(translations_folder() / f"aestudio_{language}.ts").getroot().iter("message"))


@pytest.fixture(scope="module")
def translations() -> ModuleType:
    """The script that collects the strings."""
    spec = importlib.util.spec_from_file_location("translations", ROOT / "docs" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_to_translate(language: str) -> None:
    assert messages(language)
    for message in messages(language):
        translation = message.find("translation")
        assert translation is not None
        assert translation.get("type") is None, ET.tostring(message, encoding="unicode")
        assert "".join(translation.itertext()).strip()


def test_placeholders_survive_translation() -> None:
    for message in messages("ko"):
        source, translation = message.findtext("source") or "", message.find("translation")
        assert translation is not None
        translated = "".join(translation.itertext())
        for word in ("{name}", "{tool}", "{knob}", "{value}", "{percent}", "{seconds}", "{minutes}", "{reason}", "%n"):
            assert (word in source) == (word in translated), source


def test_the_words_of_the_tools_are_known_to_the_translators(translations: ModuleType) -> None:
    there = (ROOT / "aestudio" / "gui" / "task_strings.py").read_text(encoding="utf-8")
    assert there == translations.task_strings_module(), "please run: python docs/translations.py"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_of_the_window_is_in_the_translations(language: str, tmp_path: Path) -> None:
    ts = tmp_path / f"aestudio_{language}.ts"
    there = translations_folder() / ts.name
    ts.write_bytes(there.read_bytes())
    sources = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "aestudio" / "gui").glob("*.py"))
    only = ["-pluralonly"] if language == "en" else []
    tool = Path(sys.executable).parent / "pyside6-lupdate"
    options = [*only, "-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", language]
    subprocess.run([tool, *options, *sources, "-ts", str(ts)], cwd=ROOT, check=True, capture_output=True)
    assert ts.read_text(encoding="utf-8") == there.read_text(encoding="utf-8"), "python docs/translations.py"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_file_is_made_from_the_text(language: str, tmp_path: Path) -> None:
    ts = translations_folder() / f"aestudio_{language}.ts"
    qm = tmp_path / "made.qm"
    tool = Path(sys.executable).parent / "pyside6-lrelease"
    subprocess.run([tool, str(ts), "-qm", str(qm)], check=True, capture_output=True)
    assert qm.read_bytes() == ts.with_suffix(".qm").read_bytes(), "python docs/translations.py"


def test_the_korean_file_speaks_korean(qapp: object) -> None:
    translator = QTranslator()
    assert translator.load("aestudio_ko", str(translations_folder()))
    assert translator.translate("tasks", "Denoise") == "노이즈 제거"


def test_an_unknown_language_is_english() -> None:
    assert language_for("ko") == "ko"
    assert language_for("xx") in LANGUAGES
