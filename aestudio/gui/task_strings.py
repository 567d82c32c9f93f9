"""The words of the tools, for the translators. Written by docs/translations.py: do not edit."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

TASK_STRINGS = (
    QT_TRANSLATE_NOOP("tasks", "Denoise"),
    QT_TRANSLATE_NOOP("tasks", "Noise level"),
    QT_TRANSLATE_NOOP(
        "tasks",
        "How strong the noise is, in levels of 255. More removes coarser noise, less keeps finer texture.",
    ),
    QT_TRANSLATE_NOOP("tasks", "Strength"),
    QT_TRANSLATE_NOOP("tasks", "How much of the restored photo is mixed in. Less keeps more of the original's grain."),
)
