"""English and Korean are whole, and what is shipped is what was translated."""

import errno
import importlib.util
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from aestudio.errors import ImageError, SettingsError, WeightsError
from aestudio.gui.i18n import LANGUAGES, install_language, language_for, translated, translations_folder
from aestudio.gui.jobs import Failure
from aestudio.images.atomic import atomic_write
from aestudio.images.io import read_photo
from aestudio.models.catalog import card_path

ROOT = Path(__file__).resolve().parent.parent.parent
PLACES = re.compile(r"\{\w+\}|%n")


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
        said = "".join(translation.itertext())
        assert sorted(PLACES.findall(source)) == sorted(PLACES.findall(said)), source


def test_the_words_of_the_tools_are_known_to_the_translators(translations: ModuleType) -> None:
    there = (ROOT / "aestudio" / "gui" / "task_strings.py").read_text(encoding="utf-8")
    assert there == translations.task_strings_module(), "please run: python docs/translations.py"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_of_the_window_is_in_the_translations(language: str, tmp_path: Path) -> None:
    ts = tmp_path / f"aestudio_{language}.ts"
    there = translations_folder() / ts.name
    ts.write_bytes(there.read_bytes())
    sources = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "aestudio" / "gui").rglob("*.py"))
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


@pytest.fixture
def korean(qapp: QApplication) -> Iterator[None]:
    """A window in Korean, for one test."""
    translators = install_language(qapp, "ko")
    yield
    for translator in translators:
        qapp.removeTranslator(translator)
    install_language(qapp, "en")


@pytest.mark.usefixtures("korean")
def test_errors_of_the_core_speak_korean(tmp_path: Path) -> None:
    path = tmp_path / "잘린 사진.jpg"
    path.write_bytes(b"")
    with pytest.raises(ImageError) as caught:
        read_photo(path)
    assert Failure.of(caught.value).sentence == "잘린 사진.jpg: 빈 파일입니다. 카메라나 백업에서 다시 복사하세요."
    with pytest.raises(WeightsError) as missing:
        card_path("nothing", [tmp_path])
    assert Failure.of(missing.value).sentence.startswith("“nothing” 모델이 없습니다.")
    full = OSError(errno.ENOSPC, "No space left on device")

    def write(file: BinaryIO) -> None:
        raise full

    with pytest.raises(ImageError) as disk:
        atomic_write(tmp_path / "사진.png", write)
    assert Failure.of(disk.value).sentence.startswith("사진.png: 디스크가 가득 차서")


@pytest.mark.usefixtures("korean")
def test_a_sentence_in_a_sentence_is_translated_too() -> None:
    inner = SettingsError("{name} is {value}: please choose one of {choices}.", name="theme", value="pink", choices="a")
    outer = SettingsError("In {path}, {problem}", path="p.toml", problem=inner)
    assert translated(outer.sentence) == "p.toml: theme 값이 pink입니다. 다음 중에서 선택하세요: a."


def test_an_unknown_language_is_english() -> None:
    assert language_for("ko") == "ko"
    assert language_for("xx") in LANGUAGES
