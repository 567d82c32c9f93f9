"""The picture map as it is drawn, moved and pointed at."""

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from aestudio.gui.explore.lasso import Lasso, inside
from aestudio.gui.explore.map_dots import draw_dots, packed, packed_levels
from aestudio.gui.explore.map_pictures import MapPictures
from aestudio.gui.explore.map_scene import MapScene, Rows

if TYPE_CHECKING:
    from aestudio.explore.maps import PhotoMap
    from aestudio.explore.photos import Indexed

_DOT = 5  # pixels along a side
_REACH = 6  # pixels around a dot at which it is meant
_FRAME = 3  # pixels around a picture that is selected
_REST_MS = 180  # that the pointer rests on a photo before it is shown larger
_ZOOM = 1.2  # by one step of the wheel
_STEP = 120  # units of Qt for that
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class _Grip(Enum):
    """What moves with the pointer while a button is held."""

    NOTHING = auto()
    MAP = auto()
    LASSO = auto()


class MapCanvas(QWidget):
    """Shows a map, and tells which photos are selected."""

    selection_changed = Signal()
    activated = Signal(int)  # row: a double click, or Enter
    rested = Signal(object)  # row that the pointer rests on, or None as soon as it does not
    menu_wanted = Signal(object)  # QPoint on the screen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Dark)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(240, 180)
        self.scene = MapScene()
        self.pictures = MapPictures(self)
        self.photos: Indexed | None = None
        self.selected: NDArray[np.bool_] = np.zeros(0, dtype=bool)
        self.colours: NDArray[np.uint8] | None = None  # (P, 3), of the dots
        self.current: int | None = None  # row that arrow keys go on from
        self.lassoes = False
        self._lasso = Lasso()
        self._grip = _Grip.NOTHING
        self._pressed = self._last = QPointF()
        self._moved = False
        self._hovered: int | None = None
        self._shown: Rows = np.zeros(0, dtype=np.int64)  # as pictures, at the last drawing
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._on_rest)
        self.pictures.came.connect(self.update)

    # what is shown

    def take(self, photos: "Indexed | None", *, same: bool = False) -> None:
        """Show other photos; `same` for those of before, looked at again."""
        self.photos = photos
        self.scene.take_sizes(() if photos is None else photos.sizes)
        self.pictures.take(photos)
        if not same:
            self.scene.take(None)
            self._shown = self._shown[:0]
            self.colours = None
            self.current = None
            self.selected = np.zeros(0 if photos is None else len(photos), dtype=bool)
            self.selection_changed.emit()
        self._forget_hovered()
        self.update()

    def show_map(self, photo_map: "PhotoMap | None") -> None:
        """Lay the photos out in another way."""
        self._lasso.drop()
        self._forget_hovered()
        self.scene.take(photo_map)
        self.update()

    def show_colours(self, colours: NDArray[np.uint8]) -> None:
        """Draw dots in the colours (P, 3) of their photos."""
        self.colours = colours
        self.update()

    @Slot()
    def fit(self) -> None:
        """Show the whole map."""
        self.scene.fit()
        self._look_elsewhere()

    @Slot(bool)
    def set_lassoes(self, on: bool) -> None:
        """Whether the left button draws around photos; else it moves the map."""
        self._lasso.drop()
        self.lassoes = on
        self.show_cursor()
        self.update()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Nearer or farther, around a point or the middle."""
        point = QPointF(self.rect().center()) if at is None else at
        self.scene.zoom_by(factor, point.x(), point.y())
        self._look_elsewhere()

    def _look_elsewhere(self) -> None:
        self._forget_hovered()
        self.update()

    # what is selected

    @property
    def selected_rows(self) -> list[int]:
        """Rows of the photos that are selected."""
        return [int(row) for row in np.flatnonzero(self.selected)]

    def select(self, rows: "Rows | list[int]", *, add: bool = False) -> None:
        """Select these, or these as well."""
        if not add:
            self.selected[:] = False
        self.selected[rows] = True
        self.selection_changed.emit()
        self.update()

    def toggle(self, row: int) -> None:
        """Select a photo, or not any more."""
        self.selected[row] = not self.selected[row]
        self.selection_changed.emit()
        self.update()

    def escape(self) -> bool:
        """Drop the lasso, or else the selection; False if there is none."""
        if self._lasso.going_on:
            self._lasso.drop()
            self._grip = _Grip.NOTHING
            self.update()
        elif self.selected.any():
            self.select([])
        else:
            return False
        return True

    def row_at(self, place: QPointF) -> int | None:
        """The photo under a point: a picture, or else a dot."""
        x, y = place.x(), place.y()
        near = self.scene.around(x, y, self.scene.side / 2, self._shown)
        for row in sorted(near.tolist(), key=lambda row: -self.scene.rank(row)):  # as they lie on one another
            if self.box_of(row).contains(place.toPoint()):
                return int(row)
        dots = self.scene.around(x, y, _REACH, self.scene.dots(self._shown))
        return int(dots[0]) if len(dots) else None

    def box_of(self, row: int) -> QRect:
        """Where the picture of a photo is drawn."""
        (box,) = self.scene.boxes(np.array([row]))
        return QRect(*box)

    # drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt asks for the picture."""
        super().paintEvent(event)
        if self.photos is None or self.scene.map is None:
            return
        self._shown = self.scene.pictures()
        painter = QPainter(self)
        self._draw_dots(painter, self.scene.dots(self._shown))
        self.pictures.begin(self.scene.side, self.devicePixelRatioF())
        rows = self._shown[::-1]  # those on top that stand for most
        for row, box in zip(rows.tolist(), self.scene.boxes(rows), strict=True):
            self._draw_picture(painter, row, QRect(*box))
        if self._lasso.going_on:
            self._draw_lasso(painter)
        painter.end()
        self.pictures.want(self._shown.tolist())
        if self.pictures.short_of_time:
            QTimer.singleShot(0, self, self.update)

    def _draw_dots(self, painter: QPainter, rows: Rows) -> None:
        """All in one image, and the ground: there are thousands."""
        palette, selected = self.palette(), self.selected[rows]
        points, plain = self.scene.points()[rows], rows[~selected]
        if self.colours is None:
            colours = packed(palette.color(QPalette.ColorRole.PlaceholderText), len(plain))
        else:
            colours = packed_levels(self.colours[plain])
        chosen = packed(palette.color(QPalette.ColorRole.Highlight), int(selected.sum()))
        dots = ((points[~selected], colours, _DOT), (points[selected], chosen, _DOT + 2))
        draw_dots(painter, self.size(), palette.color(QPalette.ColorRole.Dark), dots, self.devicePixelRatioF())

    def _draw_picture(self, painter: QPainter, row: int, box: QRect) -> None:
        if self.selected[row]:
            frame = box.adjusted(-_FRAME, -_FRAME, _FRAME, _FRAME)
            painter.fillRect(frame, self.palette().color(QPalette.ColorRole.Highlight))
        elif row == self.current and self.hasFocus():
            painter.fillRect(box.adjusted(-1, -1, 1, 1), self.palette().color(QPalette.ColorRole.WindowText))
        picture = self.pictures.get(row)
        if picture is not None:
            painter.drawPixmap(box.topLeft(), picture)
        elif (square := self.pictures.square(row)) is not None:
            painter.drawImage(box, square)
        else:
            painter.fillRect(box, self._colour(row))

    def _colour(self, row: int) -> QColor:
        if self.colours is None:
            return self.palette().color(QPalette.ColorRole.Mid)
        red, green, blue = (int(level) for level in self.colours[row])
        return QColor(red, green, blue)

    def _draw_lasso(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = self.palette().color(QPalette.ColorRole.Highlight)
        painter.setPen(QPen(accent, 1.5))
        accent.setAlpha(40)
        painter.setBrush(accent)
        painter.drawPolygon(self._lasso.polygon)

    # the mouse

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt tells that the wheel was turned."""
        steps = event.angleDelta().y() / _STEP
        if steps:
            self.zoom_by(_ZOOM**steps, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt tells that a button went down."""
        if self._lasso.going_on:
            if event.button() == Qt.MouseButton.RightButton:
                self.escape()
            return
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            super().mousePressEvent(event)
            return
        self._pressed = self._last = event.position()
        self._moved = False
        draws = self.lassoes and event.button() == Qt.MouseButton.LeftButton
        self._grip = _Grip.LASSO if draws else _Grip.MAP
        if draws:
            self._lasso.begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt tells where the pointer is."""
        if self._grip == _Grip.NOTHING:
            self._hover(event.position())
            return
        away = (event.position() - self._pressed).manhattanLength()
        self._moved = self._moved or away >= QApplication.startDragDistance()
        if self._grip == _Grip.LASSO:
            self._lasso.move(event.position())
            self.update()
        elif self._moved:
            delta = event.position() - self._last
            self.scene.pan(delta.x(), delta.y())
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._look_elsewhere()
            self._last = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt tells that a button went up."""
        grip, self._grip = self._grip, _Grip.NOTHING
        self.show_cursor()
        adds = bool(event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier))
        if grip == _Grip.LASSO and self._moved:
            rows = np.flatnonzero(inside(self._lasso.end(), self.scene.points()))
            self.select(rows, add=adds)
        elif grip != _Grip.NOTHING:
            self._lasso.drop()
            if event.button() == Qt.MouseButton.LeftButton and not self._moved:
                self._click(event.position(), adds=adds)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt tells of a double click."""
        row = self.row_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and row is not None and not self.lassoes:
            self._forget_hovered()
            self.activated.emit(row)
        else:
            self.mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A right click, or the menu key."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            row = self.row_at(QPointF(event.pos()))
            if row is not None and not self.selected[row]:
                self.current = row
                self.select([row])
        self._forget_hovered()
        self.menu_wanted.emit(event.globalPos())

    def _click(self, place: QPointF, *, adds: bool) -> None:
        row = self.row_at(place)
        if row is not None:
            self.current = row
        if row is None and not adds:
            self.select([])
        elif row is not None and adds:
            self.toggle(row)
        elif row is not None:
            self.select([row])

    # the photo under the pointer

    def _hover(self, place: QPointF) -> None:
        row = self.row_at(place)
        if row != self._hovered:
            self._forget_hovered()
            self._hovered = row
        if row is not None:
            self._rest.start()

    def _forget_hovered(self) -> None:
        self._rest.stop()
        self._hovered = None
        self.rested.emit(None)

    @Slot()
    def _on_rest(self) -> None:
        self.rested.emit(self._hovered)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer came."""
        super().enterEvent(event)
        self.show_cursor()

    def leaveEvent(self, event: object) -> None:
        """The pointer went."""
        self._forget_hovered()

    def show_cursor(self) -> None:
        """A cross where a lasso is drawn."""
        self.setCursor(Qt.CursorShape.CrossCursor if self.lassoes else Qt.CursorShape.ArrowCursor)

    # what else Qt tells

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from photo to photo, Space selects, Enter opens."""
        key = Qt.Key(event.key())
        adds = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if self.scene.map is None or not len(self.selected):
            super().keyPressEvent(event)
        elif key in _ARROWS:
            self._go(*_ARROWS[key], adds=adds)
        elif key == Qt.Key.Key_Space and self.current is not None:
            self.toggle(self.current)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.activated.emit(self.current)
        elif key == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.select(np.arange(len(self.selected)))
        else:
            super().keyPressEvent(event)

    def _go(self, across: int, down: int, *, adds: bool) -> None:
        if self.current is None:
            middle = self.scene.around(self.width() / 2, self.height() / 2, np.inf, self._shown)
            found = int(middle[0]) if len(middle) else 0
        else:
            after = self.scene.neighbour(self.current, across, down)
            found = self.current if after is None else after
        self.current = found
        self.scene.reveal(found)
        self.select([found], add=adds)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells the new size."""
        super().resizeEvent(event)
        self.scene.resize(self.width(), self.height())
        self._forget_hovered()
