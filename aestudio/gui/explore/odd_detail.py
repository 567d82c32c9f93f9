"""One odd photo: the photo with what comes out wrong of it, what comes out of its code, and why it is odd."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QCheckBox, QLabel, QSizePolicy, QVBoxLayout, QWidget

from aestudio.errors import AEStudioError
from aestudio.explore.odd import Reason, said
from aestudio.explore.photos import Floats, Levels
from aestudio.gui.chart_style import small_font
from aestudio.gui.elided import Elided
from aestudio.gui.explore.pictures import shape_of, square_image
from aestudio.gui.i18n import translated
from aestudio.gui.palette import GAP
from aestudio.gui.thumbnails import to_image
from aestudio.images.io import read_preview
from aestudio.images.photo import screen_pixels
from aestudio.progress import Progress

if TYPE_CHECKING:
    from aestudio.explore.coder import Coder
    from aestudio.explore.photos import Indexed

WIDTH: Final = 316  # pixels of the column
_SIDE: Final = 640  # pixels of the photo's longer side
_BRIGHTEST: Final = 0.15  # an error, of 1, that is drawn as strongly as can be; a larger one sets the scale
_COVER: Final = 0.8  # of the strongest part of the map
_HOT: Final = ((0.0, (150, 20, 90)), (0.5, (235, 95, 40)), (1.0, (255, 225, 90)))  # dark to light: seen without hue


@dataclass(frozen=True, eq=False)
class Look:
    """What is shown of one photo."""

    photos: "Indexed"
    row: int
    photo: Levels  # (H, W, 3); the small copy, squeezed, where the file cannot be read any more
    drawn: Levels  # (128, 128, 3): what comes out of the code
    heat: Floats  # (128, 128): where the error is


def look_at(photos: "Indexed", coder: "Coder", row: int, progress: Progress) -> Look:
    """What is to be shown of a photo."""
    progress.check()
    small = photos.smalls([row])[0]
    drawn = coder.decode(photos.codes[row : row + 1])[0]
    heat = coder.heat(small)
    progress.check()
    try:
        photo = screen_pixels(read_preview(photos.paths[row], _SIDE))
    except AEStudioError:  # it was moved, or its card was taken out
        photo = small
    return Look(photos, row, photo, drawn, heat)


def heat_image(heat: Floats) -> QImage:
    """The map as a picture to lie over the photo: clear where there is no error."""
    level = np.clip(heat / max(_BRIGHTEST, float(heat.max())), 0, 1)
    places = [place for place, _ in _HOT]
    channels = [np.interp(level, places, [colour[n] for _, colour in _HOT]) for n in range(3)]
    rgba = np.stack((*channels, 255 * _COVER * level), axis=-1).round().astype(np.uint8)
    height, width = heat.shape
    return QImage(rgba.tobytes(), width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()


class OddPicture(QWidget):
    """A picture in the shape of its photo, as large as there is room for, and something over it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image, self._over = QImage(), QImage()
        self._size = (1, 1)
        self.covered = True
        self.setAccessibleName(name)
        self.setMinimumSize(96, 72)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_image(self, image: QImage, size: tuple[int, int], over: QImage | None = None) -> None:
        """Show it in the shape of a photo of that height and width."""
        self._image, self._size, self._over = image, size, over or QImage()
        self.update()

    def set_covered(self, covered: bool) -> None:
        """Whether what lies over it is shown."""
        self.covered = covered
        self.update()

    def sizeHint(self) -> QSize:
        """Qt asks how large it would like to be."""
        return QSize(WIDTH, 210)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt asks for the widget to be painted."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Dark))
        if not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            target = QRect(self.rect().topLeft(), shape_of(self._size, self.size()))
            target.moveCenter(self.rect().center())
            painter.drawImage(target, self._image)
            if self.covered and not self._over.isNull():
                painter.fillRect(target, QColor(0, 0, 0, 70))  # so that the map stands out from a bright sky
                painter.drawImage(target, self._over)
        painter.end()


class OddDetail(QWidget):
    """A column beside the grid. Only shows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look: Look | None = None
        self.name = Elided(mode=Qt.TextElideMode.ElideMiddle)
        self.name.setAccessibleName(self.tr("File name"))
        self.why = QLabel()
        self.why.setWordWrap(True)
        self.why.setAccessibleName(self.tr("Why it is odd"))
        self.why.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.photo = OddPicture(self.tr("Photo"))
        self.drawn = OddPicture(self.tr("What comes out of its code"))
        self.heat = QCheckBox(self.tr("Show where it comes out wrong"))
        self.heat.setChecked(True)
        self.heat.setAccessibleName(self.heat.text())
        self.heat.setToolTip(
            self.tr(
                "Bright where the picture below, which the model draws from a few numbers, is far from the photo. "
                "Busy parts are bright in any photo."
            )
        )
        self.heat.toggled.connect(self.photo.set_covered)
        below = QLabel(self.tr("As the model draws it"))
        below.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        below.setFont(small_font(below))
        self.drawn.setToolTip(self.tr("The reconstruction: what the decoder makes of the photo's code."))
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GAP, 3 * GAP, 3 * GAP, 3 * GAP)
        column.setSpacing(GAP)
        column.addWidget(self.name)
        column.addWidget(self.why)
        column.addSpacing(GAP)
        column.addWidget(self.photo, 1)
        column.addWidget(self.heat)
        column.addSpacing(GAP)
        column.addWidget(self.drawn, 1)
        column.addWidget(below)
        self.setFixedWidth(WIDTH + 6 * GAP)
        self.clear()

    @Slot()
    def clear(self) -> None:
        """No photo."""
        self.look = None
        self.name.set_text("")
        self.why.setText(self.tr("Choose a photo to see what is odd about it."))
        for picture in (self.photo, self.drawn):
            picture.show_image(QImage(), (1, 1))
        self.heat.setEnabled(False)

    def show_reasons(self, name: str, score: float, reasons: Sequence[tuple[Reason, float]]) -> None:
        """Say why; its pictures come later."""
        self.name.set_text(name)
        lines = [self.tr("How odd: {score}").format(score=f"{score:.1f}")]
        lines += [f"{abs(deviation):.1f}  {translated(said(reason, deviation))}" for reason, deviation in reasons]
        self.why.setText("\n".join(lines))

    def show_look(self, look: Look) -> None:
        """Show the pictures."""
        self.look = look
        size = look.photos.sizes[look.row]
        self.photo.show_image(to_image(look.photo), size, heat_image(look.heat))
        self.drawn.show_image(square_image(look.drawn), size)
        self.heat.setEnabled(True)
