"""The language of the window."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from aestudio.errors import Sentence
from aestudio.resources import data_folder

SENTENCES = "sentences"  # the context of what the core says
LANGUAGES = {"en": "English", "ko": "한국어"}  # each in its own words, as a lost reader would look for it


def translations_folder() -> Path:
    """Where the .ts and .qm files are."""
    return data_folder("resources") / "translations"


def language_for(preference: str) -> str:
    """The language that `system` or a language code stands for: one we have, English if in doubt."""
    if preference in LANGUAGES:
        return preference
    for name in QLocale.system().uiLanguages():
        code = name.replace("_", "-").split("-")[0]
        if code in LANGUAGES:
            return code
    return "en"


def install_language(app: QCoreApplication, preference: str) -> list[QTranslator]:
    """Give the application a language, before any widget is made. The translators belong to the application."""
    language = language_for(preference)
    QLocale.setDefault(QLocale(language))
    installed = []  # English needs its own file for plurals
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in (("qtbase", qt_folder), ("aestudio", str(translations_folder()))):
        translator = QTranslator(app)
        if translator.load(f"{name}_{language}", folder):
            app.installTranslator(translator)
            installed.append(translator)
    return installed


def translated(sentence: Sentence) -> str:
    """What the core says, in the language of the window; for the GUI thread."""
    template = QCoreApplication.translate(SENTENCES, sentence.template)
    values = {name: translated(v) if isinstance(v, Sentence) else v for name, v in sentence.values}
    return template.format(**values)
