"""The tools, in the order in which they work on a photo."""

from typing import Any

from aestudio.tasks.base import Task
from aestudio.tasks.colorize import Colorize
from aestudio.tasks.denoise import Denoise
from aestudio.tasks.unwatermark import Unwatermark

TASKS: tuple[Task[Any], ...] = (Denoise(), Colorize(), Unwatermark())


def task(task_id: str) -> Task[Any]:
    """The tool of that id. Raises KeyError for an unknown one."""
    return {t.id: t for t in TASKS}[task_id]
