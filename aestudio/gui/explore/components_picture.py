"""A large picture of a code, with what it is above and how good it is below."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from aestudio.gui.chart_style import Style
from aestudio.gui.elided import Elided
from aestudio.gui.explore.pictures import photo_pixmap
from aestudio.gui.palette import GAP

if TYPE_CHECKING:
    from aestudio.explore.photos import Levels

_SMALLEST = QSize(96, 72)
_SWATCH = QSize(18, 10)


class CodePicture(QWidget):
    """Shows a small picture as large as there is room, in the shape of its photo."""

    def __init__(self, title: str, tip: str, style: Style | None = None, parent: QWidget | None = None) -> None:
        """`style` is that of the line which stands for it in a chart."""
        super().__init__(parent)
        self.title = title
        self.surface = _Surface()
        self.surface.setAccessibleName(title)
        self.heading = QLabel(title)
        self.caption = Elided()
        self.caption.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setToolTip(tip)
        above = QHBoxLayout()
        above.setSpacing(2 * GAP)
        above.addStretch(1)
        if style is not None:
            above.addWidget(_Swatch(style))
        above.addWidget(self.heading)
        above.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(above)
        column.addWidget(self.surface, 1)
        column.addWidget(self.caption)

    def show_picture(self, small: "Levels | None", size: tuple[int, int] = (1, 1), caption: str = "") -> None:
        """A picture (128, 128, 3), the height and width of its photo, and what stands below."""
        self.surface.show_picture(small, size)
        self.caption.set_text(caption)
        self.surface.setAccessibleDescription(caption)

    @property
    def small(self) -> "Levels | None":
        """What is shown."""
        return self.surface.small


class _Surface(QWidget):
    """The canvas that the picture lies on."""

    def __init__(self) -> None:
        super().__init__()
        self.small: Levels | None = None
        self.size_of_photo = (1, 1)
        self._pixmap: QPixmap | None = None
        self.setMinimumSize(_SMALLEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_picture(self, small: "Levels | None", size: tuple[int, int]) -> None:
        """Another one."""
        self.small, self.size_of_photo, self._pixmap = small, size, None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells the new size."""
        super().resizeEvent(event)
        self._pixmap = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt wants it drawn."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Dark))
        if self.small is not None:
            if self._pixmap is None:
                room = self.size() - QSize(2 * GAP, 2 * GAP)
                self._pixmap = photo_pixmap(self.small, self.size_of_photo, room, self.devicePixelRatioF())
            place = QRect(QPoint(0, 0), self._pixmap.deviceIndependentSize().toSize())
            place.moveCenter(self.rect().center())
            painter.drawPixmap(place.topLeft(), self._pixmap)
        painter.end()


class _Swatch(QWidget):
    """A piece of a line in a chart."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self.setFixedSize(_SWATCH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt wants it drawn."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._style.pen(self.palette()))
        painter.drawLine(0, self.height() // 2, self.width(), self.height() // 2)
        painter.end()
