"""The canvas: a photo before and after, to zoom, pan and compare by mouse, touchpad and keys."""

import math
from enum import Enum

from PySide6.QtCore import QEvent, QPointF, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QInputDevice,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QWidget

from aestudio.gui.canvas.colours import screen_space
from aestudio.gui.canvas.layout import CompareMode
from aestudio.gui.canvas.overlay import GRIP, HANDLE_RADIUS
from aestudio.gui.canvas.strokes import StrokeInput
from aestudio.gui.canvas.surface import CanvasSurface

__all__ = ["CompareMode", "ImageView"]

PAN_STEP = 80  # per key press
DOUBLED_BY = 360  # eighths of a degree of the mouse wheel: three notches
SMALL_RING = 4  # Qt pixels: the ring of a finer brush is hard to find without a cross in it


class _Grip(Enum):
    """What the mouse holds."""

    NOTHING = 0
    PHOTO = 1
    DIVIDER = 2
    LOUPE = 3
    MARK = 4
    BRUSH = 5


class ImageView(CanvasSurface):
    """Lets the hand move what the surface shows."""

    place_clicked = Signal(float, float, bool)  # shares of the photo's size, and whether the after side was there
    mark_clicked = Signal(int)
    mark_moved = Signal(int, float, float, bool)  # number, shares of the photo's size, whether the hand let go
    mark_removed = Signal(int)
    stroke_began = Signal(float, float)  # photo pixels, as all of these; they may lie beside the photo
    stroke_moved = Signal(float, float)  # each move of the mouse, of which there may be many in a frame
    stroke_ended = Signal()
    stroke_dropped = Signal()  # instead of ended: it should leave nothing behind

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grip = _Grip.NOTHING
        self._last = QPointF()
        self._loupe_grip = (0.0, 0.0)  # from the pointer to the loupe's centre, in photo pixels
        self._pressed = QPointF()
        self._held_mark = 0
        self._moved = False  # since the button went down: a drag, and no click
        self._takes_places = False
        self._pointer: QPointF | None = None  # while it is over the canvas
        self._brush: float | None = None
        self._strokes = StrokeInput(self)
        self._strokes.began.connect(self.stroke_began)
        self._strokes.moved.connect(self.stroke_moved)
        self._strokes.ended.connect(self.stroke_ended)
        self._strokes.dropped.connect(self.stroke_dropped)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.grabGesture(Qt.GestureType.PinchGesture)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt tells that the window is on a screen."""
        super().showEvent(event)
        self._scene.set_screen(screen_space(self))

    def take_places(self, taken: bool) -> None:
        """Tell of clicks on the photo, under a cross instead of an arrow."""
        if taken != self._takes_places:
            self._takes_places = taken
            self._show_cursor(self._pointer_place())

    def take_strokes(self, taken: bool) -> None:
        """Let the left button draw, and tell what; the photo is still moved with the middle one."""
        if taken != self._strokes.taken:
            self.drop_stroke()
            self._strokes.taken = taken
            self._show_cursor(self._pointer_place())

    def set_brush(self, radius: float | None) -> None:
        """The radius in photo pixels of the ring around the pointer while strokes are taken; none: a cross."""
        if radius != self._brush:
            self._brush = radius
            self._show_cursor(self._pointer_place())

    @Slot()
    def toggle_one_to_one(self) -> None:
        """1:1 where the pointer is, or back to the whole photo."""
        pointer = QPointF(self.mapFromGlobal(self.cursor().pos()))
        self._toggle_one_to_one(pointer if self.underMouse() else None)

    # mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt tells that a button went down."""
        if self._strokes.going_on:
            if event.button() == Qt.MouseButton.RightButton:
                self.drop_stroke()
            return
        if not self._photo_shown or event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            super().mousePressEvent(event)
            return
        self._pressed = self._last = event.position()
        self._moved = False
        left = event.button() == Qt.MouseButton.LeftButton
        self._hold(self._under(event.position()) if left else _Grip.PHOTO)
        if self._grip == _Grip.BRUSH:
            self._strokes.begin(*self._photo_point(event.position()))
        self._held_mark = self._mark_at(event.position()) or 0
        if self._loupe is not None:
            x, y = self._photo_point(event.position())
            self._loupe_grip = (self._loupe[0] - x, self._loupe[1] - y)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt tells where the pointer is."""
        if not self._photo_shown:
            super().mouseMoveEvent(event)
            return
        self._pointer = event.position()
        away = (event.position() - self._pressed).manhattanLength()
        self._moved = self._moved or away >= QApplication.startDragDistance()
        delta = (event.position() - self._last) * self.devicePixelRatioF()
        self._last = event.position()
        if self._grip == _Grip.BRUSH:
            self._strokes.move(*self._photo_point(event.position(), self._pressed))
        elif self._grip == _Grip.DIVIDER:
            self.set_split(event.position().x() / max(1, self.width()))
        elif self._grip == _Grip.PHOTO:
            self.pan(delta.x(), delta.y())
        elif self._grip == _Grip.MARK and self._moved:
            self.mark_moved.emit(self._held_mark, *self._shares(event.position()), False)
        elif self._grip == _Grip.LOUPE:
            x, y = self._photo_point(event.position())
            self._put_loupe(x + self._loupe_grip[0], y + self._loupe_grip[1])
        self._show_cursor(event.position())
        if self._grip != _Grip.BRUSH:  # there are many moves in a stroke, and nobody reads values then
            self._tell_pixel(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt tells that a button went up."""
        if self._strokes.going_on and event.button() != Qt.MouseButton.LeftButton:
            return
        grip = self._grip
        self._hold(_Grip.NOTHING)
        clicked = not self._moved
        if grip == _Grip.BRUSH:
            self._strokes.end(*self._photo_point(event.position(), self._pressed))
        elif grip == _Grip.MARK and clicked:
            self.mark_clicked.emit(self._held_mark)
        elif grip == _Grip.MARK:
            self.mark_moved.emit(self._held_mark, *self._shares(event.position()), True)
        elif grip == _Grip.PHOTO and clicked and self._takes_places and event.button() == Qt.MouseButton.LeftButton:
            self._tell_place(event.position())
        elif grip == _Grip.PHOTO and clicked and self.loupe_shown and event.button() == Qt.MouseButton.LeftButton:
            self._put_loupe(*self._photo_point(event.position()))
            grip = _Grip.LOUPE
        if grip == _Grip.LOUPE:
            self.loupe_moved.emit(self.loupe_box())
        if grip == _Grip.NOTHING:
            super().mouseReleaseEvent(event)
        self._show_cursor(event.position())

    def _tell_place(self, point: QPointF) -> None:
        x, y = self._photo_point(point)
        if 0 <= x < self._scene.width and 0 <= y < self._scene.height:
            self.place_clicked.emit(x / self._scene.width, y / self._scene.height, self._is_after(point))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt tells of a double click: 1:1 there, or back to the whole photo."""
        drawing = self._takes_places or self._strokes.taken
        if self._photo_shown and not drawing and event.button() == Qt.MouseButton.LeftButton:
            self._toggle_one_to_one(event.position())
        else:
            super().mouseDoubleClickEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Qt tells that the pointer left."""
        super().leaveEvent(event)
        self._pointer = None
        self.mask_layer.set_ring(None)
        self.pixel_hovered.emit(-1, -1, None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A mouse wheel zooms; two fingers on a touchpad pan, and zoom with Ctrl."""
        if not self._photo_shown:
            super().wheelEvent(event)
            return
        by_fingers = (
            event.phase() != Qt.ScrollPhase.NoScrollPhase or event.device().type() == QInputDevice.DeviceType.TouchPad
        )
        zooming = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if by_fingers and not event.pixelDelta().isNull() and not zooming:
            scale = self.devicePixelRatioF()
            self.pan(event.pixelDelta().x() * scale, event.pixelDelta().y() * scale)
        elif event.angleDelta().y():
            self.zoom_on(self.zoom * 2 ** (event.angleDelta().y() / DOUBLED_BY), event.position())
        self._tell_pixel(event.position())
        event.accept()

    # touch

    def event(self, event: QEvent) -> bool:
        """Qt delivers gestures here, and keys that may be shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and self._strokes.going_on and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()  # ends the stroke, and stops nothing else
                return True
        if isinstance(event, QNativeGestureEvent):
            return self._on_native_gesture(event) or super().event(event)
        if event.type() == QEvent.Type.Gesture and isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                centre = QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint()))
                self.zoom_on(self.zoom * pinch.scaleFactor(), centre)
                return True
        return super().event(event)

    def _on_native_gesture(self, event: QNativeGestureEvent) -> bool:
        kind = event.gestureType()
        if kind == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_on(self.zoom * max(0.1, 1 + event.value()), event.position())
        elif kind == Qt.NativeGestureType.SmartZoomNativeGesture:
            self._toggle_one_to_one(event.position())
        else:
            return False
        return True

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt tells that a key went down."""
        if not self._on_key(event):
            super().keyPressEvent(event)

    def _on_key(self, event: QKeyEvent) -> bool:
        """Do what the key stands for. False if it stands for nothing here."""
        if not self._photo_shown:
            return False
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        if key in _PANS and modifiers == Qt.KeyboardModifier.ShiftModifier:
            step = PAN_STEP * self.devicePixelRatioF()
            self.pan(_PANS[key][0] * step, _PANS[key][1] * step)
            return True
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
            return True
        if key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.zoom_out()
            return True
        if modifiers:
            return False
        if key == Qt.Key.Key_Escape and self._strokes.going_on:
            self.drop_stroke()
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Backslash):
            self.set_show_before(True)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.layer.chosen is not None:
            self.mark_removed.emit(self.layer.chosen)
        elif key == Qt.Key.Key_F:
            self.fit()
        elif key == Qt.Key.Key_Z:
            self.toggle_one_to_one()
        elif key == Qt.Key.Key_S:
            self.set_mode(CompareMode.SPLIT)
        elif key == Qt.Key.Key_D:
            self.set_mode(CompareMode.SIDE_BY_SIDE)
        else:
            return False
        return True

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Qt tells that a key went up: while one is held, it repeats."""
        if event.key() not in (Qt.Key.Key_Space, Qt.Key.Key_Backslash):
            super().keyReleaseEvent(event)
        elif not event.isAutoRepeat():
            self.set_show_before(False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt tells that keys go elsewhere: the release of a held one would not arrive."""
        super().focusOutEvent(event)
        self.set_show_before(False)
        self.drop_stroke()

    # strokes

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt tells that the canvas is not seen any more: the release of the button would not arrive."""
        super().hideEvent(event)
        self.drop_stroke()

    def drop_stroke(self) -> None:
        """End a stroke that is under way; it leaves nothing behind."""
        if self._strokes.going_on:
            self._hold(_Grip.NOTHING)
            self._strokes.drop()

    def _set_photo_size(self, width: int, height: int) -> None:
        self.drop_stroke()  # it was drawn on another photo
        super()._set_photo_size(width, height)

    def _on_viewport_changed(self) -> None:
        super()._on_viewport_changed()
        if self._strokes.taken and self._pointer is not None:
            self._show_cursor(self._pointer)

    def _show_ring(self, point: QPointF, shown: bool) -> None:
        if not shown or self._brush is None or self._pointer is None or not self._photo_shown:
            self.mask_layer.set_ring(None)
        else:
            held_at = self._pressed if self._strokes.going_on else None
            self.mask_layer.set_ring(self._photo_point(point, held_at), self._brush)

    # what is where

    def _pointer_place(self) -> QPointF:
        return QPointF(self.mapFromGlobal(self.cursor().pos())) if self._pointer is None else self._pointer

    def _mark_at(self, point: QPointF) -> int | None:
        return self.layer.at(point, self._photos())

    def _under(self, point: QPointF) -> _Grip:
        """What the mouse takes hold of there."""
        if self._mark_at(point) is not None:
            return _Grip.MARK
        if self._divider_shown:
            x = self._divider_x() / self.devicePixelRatioF()
            view = self._device_rect()
            middle = self._to_qt(self._photo_rect(view) & view).center().y()
            reach = HANDLE_RADIUS + 3 if abs(point.y() - middle) <= HANDLE_RADIUS + 3 else GRIP
            if abs(point.x() - x) <= reach and not (reach == GRIP and self._strokes.taken):
                return _Grip.DIVIDER
        if self._strokes.taken and self._photo_shown:
            return _Grip.BRUSH
        box = self.loupe_box()
        if box is not None:
            for pane in self._panes():
                if self._to_qt(self._box_rect(box, pane)).adjusted(-4, -4, 4, 4).contains(point):
                    return _Grip.LOUPE
        return _Grip.PHOTO

    def _hold(self, grip: _Grip) -> None:
        self._grip = grip
        if self._divider_held != (grip == _Grip.DIVIDER):
            self._divider_held = not self._divider_held
            self.update()

    def _show_cursor(self, point: QPointF) -> None:
        grip = self._under(point) if self._grip == _Grip.NOTHING else self._grip
        roomy = self._viewport.larger_than_pane
        self._show_ring(point, grip == _Grip.BRUSH)
        if grip == _Grip.DIVIDER:
            shape = Qt.CursorShape.SplitHCursor
        elif grip == _Grip.LOUPE:
            shape = Qt.CursorShape.SizeAllCursor
        elif grip == _Grip.MARK:
            shape = Qt.CursorShape.PointingHandCursor
        elif grip == _Grip.BRUSH:
            ringed = self._brush is not None and self._brush * self.zoom >= SMALL_RING * self.devicePixelRatioF()
            shape = Qt.CursorShape.BlankCursor if ringed else Qt.CursorShape.CrossCursor
        elif self._takes_places and self._grip == _Grip.NOTHING:
            shape = Qt.CursorShape.CrossCursor
        elif roomy and self._grip == _Grip.PHOTO:
            shape = Qt.CursorShape.ClosedHandCursor
        else:
            shape = Qt.CursorShape.OpenHandCursor if roomy else Qt.CursorShape.ArrowCursor
        if self.cursor().shape() != shape:
            self.setCursor(shape)

    def _tell_pixel(self, point: QPointF) -> None:
        x, y = (math.floor(value) for value in self._photo_point(point))
        if not (0 <= x < self._scene.width and 0 <= y < self._scene.height):
            self.pixel_hovered.emit(-1, -1, None)
            return
        self.pixel_hovered.emit(x, y, self._scene.value_at(x, y, self._is_after(point)))


_PANS = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
