"""The photo that others shall be like, and how many of them are wanted."""

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QSlider, QSpinBox, QVBoxLayout, QWidget

from aestudio.explore.photos import Levels
from aestudio.gui.elided import Elided
from aestudio.gui.explore.pictures import shape_of, square_image
from aestudio.gui.palette import GAP
from aestudio.gui.run_controls import big_button

WIDTH = 240  # pixels
MOST_PHOTOS = 10_000
_PHOTOS = 60  # shown at first
_MOST_PERCENT = 99


class ExamplePicture(QWidget):
    """A small copy in the shape of its photo; a frame with words while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._size = (1, 1)
        self._hint = self.tr("Double-click a photo, or drop one from anywhere.")
        self.setFixedHeight(WIDTH - 6 * GAP)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Example"))

    def show_photo(self, small: Levels | None, size: tuple[int, int] = (1, 1)) -> None:
        """Show it in the shape of a photo of that height and width."""
        self._image = QImage() if small is None else square_image(small)
        self._size = size
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt asks for the widget to be painted."""
        del event
        painter, palette = QPainter(self), self.palette()
        painter.fillRect(self.rect(), palette.color(QPalette.ColorRole.Dark))
        if self._image.isNull():
            room = self.rect().adjusted(3 * GAP, 3 * GAP, -3 * GAP, -3 * GAP)
            painter.setPen(palette.color(QPalette.ColorRole.WindowText))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._hint)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        target = QRect(self.rect().topLeft(), shape_of(self._size, QSize(self.width(), self.height())))
        target.moveCenter(self.rect().center())
        painter.drawImage(target, self._image)


class ExamplePanel(QWidget):
    """The example with its name, ways to choose another one, and what is asked of the photos that are shown."""

    changed = Signal()  # what is asked

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.picture = ExamplePicture()
        self.name = Elided(mode=Qt.TextElideMode.ElideMiddle)
        self.name.setAccessibleName(self.tr("Example"))
        self.facts = Elided()
        self.facts.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.choose = big_button(
            "image-search-outline",
            self.tr("Choose a file…"),
            self.tr("Take a photo as the example that may lie anywhere. It can be dropped here, too."),
        )
        self.all = big_button(
            "view-grid-outline", self.tr("Show all photos"), self.tr("Go back to all photos, to choose an example.")
        )
        self.count = QSpinBox()
        self.count.setRange(1, MOST_PHOTOS)
        self.count.setValue(_PHOTOS)
        self.count.setGroupSeparatorShown(True)
        self.count.setKeyboardTracking(False)
        self.count.setToolTip(self.tr("Show at most so many photos, the nearest first."))
        self.least = QSlider(Qt.Orientation.Horizontal)
        self.least.setRange(0, _MOST_PERCENT)
        self.least.setPageStep(5)
        self.least.setToolTip(
            self.tr(
                "Show only photos that are at least so near. 100 % is the same picture; copies that were cropped or "
                "toned mostly have more than 50 %, and photos that have nothing in common about 0 %. "
                "It is the cosine of the partly whitened codes."
            )
        )
        self.percent = QLabel()
        self.percent.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._lay_out()
        self.count.valueChanged.connect(self.changed)
        self.least.valueChanged.connect(self._on_least)
        self._on_least()

    def _lay_out(self) -> None:
        asked = QGridLayout()
        asked.setHorizontalSpacing(2 * GAP)
        asked.setVerticalSpacing(2 * GAP)
        for row, (text, control) in enumerate(
            ((self.tr("Photos at most"), self.count), (self.tr("Nearness from"), self.least))
        ):
            label = QLabel(text)
            label.setBuddy(control)
            control.setAccessibleName(text)
            label.setToolTip(control.toolTip())
            asked.addWidget(label, 2 * row, 0)
        asked.addWidget(self.count, 0, 1)
        asked.addWidget(self.percent, 2, 1)
        asked.addWidget(self.least, 3, 0, 1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GAP, 3 * GAP, 3 * GAP, 3 * GAP)
        column.setSpacing(GAP)
        column.addWidget(self.picture)
        column.addWidget(self.name)
        column.addWidget(self.facts)
        column.addSpacing(2 * GAP)
        column.addWidget(self.choose)
        column.addWidget(self.all)
        column.addSpacing(4 * GAP)
        column.addLayout(asked)
        column.addStretch(1)

    @property
    def least_score(self) -> float:
        """From where photos are shown; -1 for all of them."""
        return self.least.value() / 100 if self.least.value() else -1.0

    def show_none(self) -> None:
        """There is no example."""
        self.picture.show_photo(None)
        self.name.set_text("")
        self.facts.set_text("")

    def show_example(self, path: Path, small: Levels, size: tuple[int, int]) -> None:
        """Show an example of that height and width."""
        self.picture.show_photo(small, size)
        self.name.set_text(path.name)
        self.facts.set_text(self.tr("{width} × {height} pixels").format(width=size[1], height=size[0]))

    def _on_least(self) -> None:
        self.percent.setText(self.tr("{percent} %").format(percent=self.least.value()))
        self.changed.emit()
