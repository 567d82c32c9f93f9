"""The studio's work bench: filmstrip, canvas and tools side by side."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aestudio.gui.canvas.bar import CanvasBar
from aestudio.gui.canvas.image_view import ImageView
from aestudio.gui.filmstrip import Filmstrip, FilmstripModel
from aestudio.gui.task_panel import TaskPanel


class Bench(QWidget):
    """Only lays out: what happens between the parts is the studio's matter."""

    def __init__(self, model: FilmstripModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filmstrip = Filmstrip(model)
        self.view = ImageView()
        self.bar = CanvasBar(self.view)
        self.panel = TaskPanel()
        canvas = QVBoxLayout()
        canvas.setContentsMargins(0, 0, 0, 0)
        canvas.setSpacing(0)
        canvas.addWidget(self.view, 1)
        canvas.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.filmstrip)
        row.addLayout(canvas, 1)
        row.addWidget(self.panel)
