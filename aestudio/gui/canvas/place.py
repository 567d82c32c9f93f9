"""Where the photo lies on the canvas: its panes, its zoom, its place in them."""

import math

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from aestudio.gui.canvas import layout
from aestudio.gui.canvas.layout import CompareMode
from aestudio.gui.canvas.viewport import Viewport
from aestudio.images.photo import Box

MARGIN = 12  # around a fitted photo
GAP = 4  # between the two panes side by side


class CanvasPlace(QWidget):
    """Paints nothing itself. Lengths are device pixels, those of Qt's own classes are Qt's."""

    zoom_changed = Signal(float)  # device pixels per photo pixel
    visible_box_changed = Signal(object)  # Box
    split_moved = Signal(float)  # share of the view's width
    mode_changed = Signal(object)  # CompareMode

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._viewport = Viewport()
        self._mode = CompareMode.SPLIT
        self._split = 0.5
        self._told: tuple[float, Box] | None = None

    # how it is looked at

    @property
    def mode(self) -> CompareMode:
        """How before and after are laid out."""
        return self._mode

    def set_mode(self, mode: CompareMode) -> None:
        """Lay out before and after another way."""
        if mode != self._mode:
            self._mode = mode
            self._place_panes()
            self.mode_changed.emit(mode)

    @property
    def split(self) -> float:
        """Where the divider stands, as a share of the view's width."""
        return self._split

    def set_split(self, split: float) -> None:
        """Move the divider."""
        split = min(max(split, 0.0), 1.0)
        if split != self._split:
            self._split = split
            self.update()
            self.split_moved.emit(split)

    @property
    def zoom(self) -> float:
        """Device pixels per photo pixel."""
        return self._viewport.zoom

    def set_zoom(self, zoom: float, anchor: QPointF | None = None) -> None:
        """Zoom; the photo stays where it is under the anchor (the middle if there is none)."""
        if self._photo_shown:
            x, y = self._in_pane(anchor) if anchor else self._centre
            self._viewport.zoom_to(zoom, x, y)
            self._on_viewport_changed()

    def pan(self, dx: float, dy: float) -> None:
        """Move the photo, as far as its edges allow."""
        self._viewport.pan(dx, dy)
        self._on_viewport_changed()

    @Slot()
    def zoom_in(self) -> None:
        """The next larger round zoom."""
        self.set_zoom(self._viewport.next_step(1))

    @Slot()
    def zoom_out(self) -> None:
        """The next smaller round zoom."""
        self.set_zoom(self._viewport.next_step(-1))

    @Slot()
    def fit(self) -> None:
        """Show the whole photo."""
        self._viewport.fit()
        self._on_viewport_changed()

    @Slot()
    def one_to_one(self) -> None:
        """One photo pixel on one device pixel."""
        self.set_zoom(1.0)

    def _toggle_one_to_one(self, anchor: QPointF | None) -> None:
        if self.zoom == 1.0 and not self._viewport.fitted:
            self.fit()
        else:
            self.set_zoom(1.0, anchor)

    def visible_box(self) -> Box:
        """The photo pixels in view."""
        return self._viewport.visible_box()

    def bring_into_view(self, x: float, y: float) -> None:
        """Move the photo so that a place of it, as shares of its size, is in view."""
        box = self.visible_box()
        column, row = x * self._viewport.photo_width, y * self._viewport.photo_height
        if not (box.x0 <= column <= box.x1 and box.y0 <= row <= box.y1):
            zoom = self.zoom
            self.pan(((box.x0 + box.x1) / 2 - column) * zoom, ((box.y0 + box.y1) / 2 - row) * zoom)

    def place_on_screen(self, x: float, y: float) -> QPoint:
        """Where a place of the photo, as shares of its size, is on the screen; in the last pane that shows it."""
        photo, _ = self._photos()[-1]
        return self.mapToGlobal(QPointF(photo.x() + x * photo.width(), photo.y() + y * photo.height()).toPoint())

    # geometry

    @property
    def _photo_shown(self) -> bool:
        return self._viewport.photo_width > 0

    @property
    def _centre(self) -> tuple[float, float]:
        return self._viewport.pane_width / 2, self._viewport.pane_height / 2

    def _device_rect(self) -> QRect:
        scale = self.devicePixelRatioF()
        return QRect(0, 0, round(self.width() * scale), round(self.height() * scale))

    def _panes(self) -> list[QRect]:
        return layout.panes(self._device_rect(), self._mode, round(GAP * self.devicePixelRatioF()))

    def _place_panes(self) -> None:
        pane = self._panes()[0]
        self._viewport.set_pane(pane.width(), pane.height(), round(MARGIN * self.devicePixelRatioF()))
        self._on_viewport_changed()

    def _in_pane(self, point: QPointF, held_at: QPointF | None = None) -> tuple[float, float]:
        """A point of the widget to device pixels in the pane it is in, or in the one that another point is in."""
        scale = self.devicePixelRatioF()
        right_pane = self._panes()[-1]
        in_right = (point if held_at is None else held_at).x() * scale >= right_pane.x()
        return point.x() * scale - right_pane.x() * in_right, point.y() * scale

    def _photo_point(self, point: QPointF, held_at: QPointF | None = None) -> tuple[float, float]:
        """Photo pixels at a point, in the pane that another point is in."""
        return self._viewport.to_photo(*self._in_pane(point, held_at))

    def _shares(self, point: QPointF) -> tuple[float, float]:
        """The place of the photo under a point, or the nearest one, as shares of the photo's size."""
        x, y = self._photo_point(point)
        return min(max(x / self._viewport.photo_width, 0.0), 1.0), min(max(y / self._viewport.photo_height, 0.0), 1.0)

    def _photo_rect(self, pane: QRect) -> QRect:
        """Where the whole photo lies, in and around a pane."""
        x, y = self._viewport.origin
        return QRect(pane.x() + x, pane.y() + y, *self._viewport.size)

    def _to_qt(self, rect: QRect) -> QRectF:
        """Device pixels to Qt's."""
        scale = self.devicePixelRatioF()
        return QRectF(rect.x() / scale, rect.y() / scale, rect.width() / scale, rect.height() / scale)

    def _box_rect(self, box: Box, pane: QRect) -> QRect:
        """Where a box of the photo lies on the screen, rounded outwards."""
        zoom, photo = self.zoom, self._photo_rect(pane)
        left, top = math.floor(box.x0 * zoom), math.floor(box.y0 * zoom)
        right, bottom = math.ceil(box.x1 * zoom), math.ceil(box.y1 * zoom)
        return QRect(photo.x() + left, photo.y() + top, right - left, bottom - top)

    def _photos(self) -> list[tuple[QRectF, QRectF]]:
        """For each pane, where the whole photo lies, and the pane."""
        return [(self._to_qt(self._photo_rect(pane)), self._to_qt(pane)) for pane in self._panes()]

    def _on_viewport_changed(self) -> None:
        """Repaint, and tell who listens what changed."""
        self.update()
        told = (self.zoom, self.visible_box())
        before, self._told = self._told, told
        if before is None or before[0] != told[0]:
            self.zoom_changed.emit(told[0])
        if before is None or before[1] != told[1]:
            self.visible_box_changed.emit(told[1])

    # what Qt tells

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells the new size."""
        super().resizeEvent(event)
        self._place_panes()

    def event(self, event: QEvent) -> bool:
        """Qt tells that the window moved to another screen, among much else."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._place_panes()
        return super().event(event)
