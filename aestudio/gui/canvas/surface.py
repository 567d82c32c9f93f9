"""The part of the canvas that shows: how a photo and what lies over it are painted."""

from PySide6.QtCore import QElapsedTimer, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QRegion
from PySide6.QtWidgets import QWidget

from aestudio.gui.canvas import layout, overlay
from aestudio.gui.canvas.layout import CompareMode
from aestudio.gui.canvas.marks import MarkLayer
from aestudio.gui.canvas.place import MARGIN, CanvasPlace
from aestudio.gui.canvas.scene import CanvasScene
from aestudio.gui.masks.layer import MaskLayer
from aestudio.images.photo import Box, Photo, Pixels

STEP_MS = 60  # zoom steps that come faster are one movement
REST_MS = 80  # after which a movement has ended
LOUPE = 280  # side of the loupe's window
REACH = 4  # how far beyond what changed a mask reaches: smaller sizes of it, and lines around it


class CanvasSurface(CanvasPlace):
    """Shows one photo and what became of it. Lengths are device pixels, those of Qt's own classes are Qt's."""

    pixel_hovered = Signal(int, int, object)  # x, y, (r, g, b) at the photo's depth or None; -1, -1 beside the photo
    loupe_toggled = Signal(bool)
    loupe_moved = Signal(object)  # Box, once the loupe was put somewhere

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = CanvasScene(self)
        self._scene.changed.connect(self._on_scene_changed)
        self.destroyed.connect(self._scene.stop)
        self.layer = MarkLayer(self)
        self.layer.changed.connect(self.update)
        self.mask_layer = MaskLayer(self)
        self.mask_layer.changed.connect(self._on_mask_changed)
        self._show_before = False
        self._labels: tuple[str, str] | None = None
        self._loupe: tuple[float, float] | None = None  # its centre in the photo
        self._divider_held = False
        self._since_zoom = QElapsedTimer()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._on_rested)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Photo"))

    # the photo and its result

    def set_photo(self, photo: Photo | None) -> None:
        """Another photo on the before side; the after side goes. One of the preview's size keeps zoom and place."""
        size = (photo.width, photo.height) if photo else (0, 0)
        self._scene.set_photo(photo)
        self._set_photo_size(*size)

    def set_preview(self, preview: Photo, full_size: tuple[int, int]) -> None:
        """A small picture shown at the full photo's size (width, height) until that is set."""
        self._scene.set_preview(preview, *full_size)
        self._set_photo_size(*full_size)

    def set_reference(self, pixels: Pixels | None) -> None:
        """Another picture on the before side, at the photo's zoom and place; None: the photo again.

        Raises ValueError if it is not as large as the photo.
        """
        self._scene.set_reference(pixels)

    def set_labels(self, labels: tuple[str, str] | None) -> None:
        """What the two sides are called, if not before and after."""
        if labels != self._labels:
            self._labels = labels
            self.update()

    def set_result(self, pixels: Pixels | None, finished: bool = True) -> None:
        """The after side: whole, or (`finished=False`) an array filled by others and shown box by `update_tile`.

        Raises ValueError if it is not as large as the photo.
        """
        had_result = self.has_result
        self._scene.set_result(pixels, finished)
        if had_result != self.has_result:
            self._place_panes()

    def begin_result(self, sketch: Pixels) -> None:
        """A new after side: a small picture of it at once, and its boxes by `update_tile`."""
        had_result = self.has_result
        self._scene.begin_result(sketch)
        if not had_result:
            self._place_panes()

    def update_tile(self, box: Box, pixels: Pixels) -> None:
        """One restored box; the rest of the after side shows the original, faintly marked.

        Begins an after side if there is none or the present one is whole. The pixels are copied, unless they are
        part of the array given to `set_result` already.
        """
        self._scene.update_tile(box, pixels)

    def clear_result(self) -> None:
        """No after side any more."""
        self.set_result(None)

    def set_strength(self, strength: float) -> None:
        """How much of the after side shows, from 0 (the original) to 1."""
        if strength != self._scene.strength:
            self._scene.set_strength(strength)

    @property
    def has_result(self) -> bool:
        """Whether there is an after side, whole or not."""
        return self._scene.has_result

    @property
    def settled(self) -> bool:
        """Whether nothing gets sharper by waiting."""
        return self._scene.settled

    # how it is looked at

    def set_show_before(self, shown: bool) -> None:
        """Show the before side everywhere as long as a key is held."""
        if shown != self._show_before:
            self._show_before = shown
            self.update()

    def zoom_on(self, zoom: float, anchor: QPointF) -> None:
        """One step of a turning wheel or a pinch: fast steps are painted a little soft, and sharp once they end."""
        self._scene.in_motion = self._since_zoom.isValid() and self._since_zoom.elapsed() < STEP_MS
        self._since_zoom.start()
        self._rest.start()
        self.set_zoom(zoom, anchor)

    @Slot()
    def _on_rested(self) -> None:
        if self._scene.in_motion:
            self._scene.in_motion = False
            self.update()

    @property
    def loupe_shown(self) -> bool:
        """Whether the loupe is on."""
        return self._loupe is not None

    def set_loupe(self, shown: bool) -> None:
        """Lay the loupe over the photo, in the middle of what is in view, or take it away."""
        if shown == self.loupe_shown:
            return
        self._loupe = self._viewport.to_photo(*self._centre) if shown else None
        self.update()
        self.loupe_toggled.emit(shown)
        if shown and self._photo_shown:
            self.loupe_moved.emit(self.loupe_box())

    def loupe_box(self) -> Box | None:
        """The photo pixels under the loupe: as many as its window shows at 1:1. None if it is off."""
        if self._loupe is None or not self._photo_shown:
            return None
        side = round(LOUPE * self.devicePixelRatioF())
        return layout.loupe_box(self._loupe, side, self._scene.width, self._scene.height)

    def _put_loupe(self, x: float, y: float) -> None:
        """Centre the loupe on a point of the photo, as far as the edges allow."""
        self._loupe = (x, y)
        box = self.loupe_box()
        if box is not None:
            self._loupe = ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
        self.update()

    def shut_down(self) -> None:
        """Stop all threads and wait for them."""
        self._scene.shut_down()

    # geometry

    def _set_photo_size(self, width: int, height: int) -> None:
        if (width, height) != (self._viewport.photo_width, self._viewport.photo_height):
            self._viewport.set_photo_size(width, height)
        self._on_viewport_changed()
        if self._loupe is not None:
            self._loupe = (width / 2, height / 2)

    @property
    def _divider_shown(self) -> bool:
        return self._mode == CompareMode.SPLIT and self.has_result and not self._show_before and self._photo_shown

    def _divider_x(self) -> int:
        """Where the divider is painted: never beside the photo."""
        view = self._device_rect()
        photo = self._photo_rect(view) & view
        return min(max(round(self._split * view.width()), photo.x()), photo.x() + photo.width())

    @Slot(object)
    def _on_scene_changed(self, box: Box | None) -> None:
        if box is None:
            self.update()
        else:
            self._update_box(box, 2)

    @Slot(object)
    def _on_mask_changed(self, box: Box) -> None:
        self._update_box(box, REACH)

    def _update_box(self, box: Box, reach: int) -> None:
        """Repaint some pixels of the photo, and so many of Qt's around them."""
        if self.loupe_shown:
            self.update()
            return
        for pane in self._panes():
            place = self._to_qt(self._box_rect(box, pane)).toAlignedRect()
            self.update(place.adjusted(-reach, -reach, reach, reach))

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt asks for some of the picture."""
        painter = QPainter(self)
        background = event.region()
        if self._photo_shown and self._scene.covers:
            for pane in self._panes():
                background -= QRegion(self._to_qt(self._photo_rect(pane) & pane).toRect().adjusted(1, 1, -1, -1))
        painter.setClipRegion(background)
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Dark))
        painter.setClipping(False)
        if not self._photo_shown:
            return
        scale = self.devicePixelRatioF()
        wanted = layout.device_region(event.region(), scale)
        painter.save()
        painter.scale(1 / scale, 1 / scale)
        for pane, area, after in self._areas():
            origin = self._photo_rect(pane).topLeft()
            for clip in layout.few_rects(wanted & area):
                self._scene.paint(painter, origin, self._viewport.size, clip, after)
                self._paint_mask(painter, origin, self._viewport.size, clip)
        painter.restore()
        self.mask_layer.paint_lines(painter, self._photos(), self._scene.width)
        self.layer.paint(painter, self._photos())
        self._paint_overlay(painter)
        if self.loupe_shown:
            self._paint_loupe(painter)

    def _paint_mask(self, painter: QPainter, origin: QPoint, size: tuple[int, int], clip: QRect) -> None:
        if not self._show_before:  # held down to see the photo as it was
            self.mask_layer.paint(painter, origin, size, clip, self._scene.in_motion and size[0] < self._scene.width)

    def _areas(self) -> list[tuple[QRect, QRect, bool]]:
        """Pane, part of it, and whether that shows the after side."""
        panes = self._panes()
        after = not self._show_before
        if len(panes) == 2:
            return [(panes[0], panes[0], False), (panes[1], panes[1], after)]
        if not self._divider_shown:
            return [(panes[0], panes[0], after and self._mode == CompareMode.SINGLE)]
        left, right = layout.cut(panes[0], self._divider_x())
        return [(panes[0], left, False), (panes[0], right, True)]

    def _is_after(self, point: QPointF) -> bool:
        """Whether the after side is shown there."""
        scale = self.devicePixelRatioF()
        device = (round(point.x() * scale - 0.5), round(point.y() * scale - 0.5))
        return any(shows for _, area, shows in self._areas() if area.contains(*device))

    def _paint_overlay(self, painter: QPainter) -> None:
        before, after = self._labels or (self.tr("Before"), self.tr("After"))
        visible = [self._to_qt(self._photo_rect(pane) & pane) for pane in self._panes()]
        inset = QPointF(8, 8)
        if len(visible) == 2:
            for room, text in zip(visible, (before, before if self._show_before else after), strict=True):
                overlay.paint_label(painter, text, room.topLeft() + inset, room)
        elif self._show_before and self.has_result:
            overlay.paint_label(painter, before, visible[0].topLeft() + inset, visible[0])
        elif self._labels and self._mode == CompareMode.SINGLE:  # there is more than one thing that it might be
            overlay.paint_label(painter, after, visible[0].topLeft() + inset, visible[0])
        elif self._divider_shown:
            x = self._divider_x() / self.devicePixelRatioF()
            left, right = QRectF(visible[0]), QRectF(visible[0])
            left.setRight(x - 4)
            right.setLeft(x + 4)
            overlay.paint_label(painter, before, left.topLeft() + inset, left)
            overlay.paint_label(painter, after, right.topRight() + QPointF(-8, 8), right, to_left=True)
            active = self.palette().color(QPalette.ColorRole.Highlight) if self._divider_held else None
            overlay.paint_divider(painter, x, visible[0].top(), visible[0].bottom(), active)

    def _paint_loupe(self, painter: QPainter) -> None:
        """The frame on the photo, and its pixels at 1:1 in a corner while the photo itself is shown smaller."""
        box = self.loupe_box()
        if box is None:
            return
        scale = self.devicePixelRatioF()
        for pane, area, after in self._areas():
            frame = self._to_qt(self._box_rect(box, pane))
            painter.save()
            painter.setClipRect(self._to_qt(area))
            overlay.paint_frame(painter, frame, self.palette(), accent=True)
            painter.restore()
            margin = round(MARGIN * scale)
            window = layout.loupe_window(self._box_rect(box, pane), pane, box.width, box.height, margin)
            if window is None or self.zoom >= 1:
                continue
            cut = window.x() + round(window.width() * self._split)
            part = layout.cut(window, cut)[after] if self._divider_shown else window
            painter.save()
            painter.scale(1 / scale, 1 / scale)
            origin, size = window.topLeft() - QPoint(box.x0, box.y0), (self._scene.width, self._scene.height)
            self._scene.paint(painter, origin, size, part, after)
            self._paint_mask(painter, origin, size, part)
            painter.restore()
            overlay.paint_frame(painter, self._to_qt(window), self.palette(), accent=False)
            if self._divider_shown and after:
                inner = self._to_qt(window)
                overlay.paint_line(painter, cut / scale, inner.top(), inner.bottom())
