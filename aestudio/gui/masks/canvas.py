"""The mask of the photo on the canvas while it is painted: one array, changed in place by strokes."""

from aestudio.gui.masks.layer import MaskLayer
from aestudio.gui.masks.panel import MaskTool
from aestudio.images import mask as masks
from aestudio.images.mask import Mask, Point
from aestudio.images.painted import NOWHERE, PaintedMask
from aestudio.images.photo import Box, Photo


class MaskCanvas:
    """Draws strokes, shows what has changed, and makes a new version of the mask at the end of each."""

    def __init__(self, layer: MaskLayer) -> None:
        self._layer = layer
        self._pixels: Mask | None = None  # of the photo's size; None until there is a mask
        self._kept: PaintedMask | None = None  # what `_pixels` shows, but for a stroke that is under way
        self._points: list[Point] = []  # of that stroke
        self._drawn = 0  # of them
        self.tool = MaskTool.NONE  # of that stroke
        self._erase = False
        self._touched: list[Box] = []  # by that stroke

    @property
    def in_stroke(self) -> bool:
        """Whether a stroke is under way."""
        return bool(self._points)

    def show(self, *, shown: bool) -> None:
        """Lay the mask over the photo, or do not."""
        self._layer.set_shown(shown)

    def forget(self) -> None:
        """Another photo is on the canvas."""
        self.drop()
        self._set(None, None)

    def follow(self, wanted: PaintedMask | None, photo: Photo) -> None:
        """Show another version, an undone one for instance. Only what differs is drawn."""
        if self.in_stroke or wanted is self._kept:
            return
        if wanted is None or (wanted.height, wanted.width) != (photo.height, photo.width):
            self._set(None, None)
        elif self._pixels is None or self._kept is None:
            self._set(wanted.pixels(), wanted)
        else:
            box = wanted.put_into(self._pixels, self._kept)
            self._kept = wanted
            self._layer.touch(box)

    def take_over(self, pixels: Mask, painted: PaintedMask) -> None:
        """A mask that was made as a whole, and its version."""
        self._set(pixels, painted)

    def _set(self, pixels: Mask | None, painted: PaintedMask | None) -> None:
        self._pixels, self._kept = pixels, painted
        self._layer.set_mask(pixels, (painted.box or NOWHERE) if painted is not None else NOWHERE)

    # strokes

    def begin(self, photo: Photo, point: Point, tool: MaskTool, *, erase: bool) -> None:
        """A stroke begins, which is one of that tool to its end; the mask itself, if there is none."""
        if self._pixels is None:
            self._set(masks.empty_mask(photo.height, photo.width), None)
        self._points, self._drawn, self._erase, self._touched = [point], 0, erase, []
        self.tool = tool

    def move(self, point: Point) -> None:
        """The stroke goes on; `draw` shows it: there may be many moves between two frames."""
        self._points.append(point)

    def draw(self, radius: float) -> None:
        """What can be seen of the stroke so far."""
        assert self._pixels is not None
        if self.tool in (MaskTool.BRUSH, MaskTool.ERASER):
            waiting = self._points[max(0, self._drawn - 1) :]
            if self._drawn < len(self._points):
                self._touch(masks.draw_stroke(self._pixels, waiting, radius, erase=self._erase))
        elif self.tool == MaskTool.RECTANGLE:
            (x0, y0), (x1, y1) = self._points[0], self._points[-1]
            self._layer.set_outline([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], closed=True)
        elif self.tool == MaskTool.LASSO:
            self._layer.set_outline(self._points, closed=False)
        self._drawn = len(self._points)

    def end(self, photo: Photo, radius: float) -> PaintedMask | None:
        """The stroke has ended: the new version of the mask, or None if nothing has changed."""
        pixels = self._pixels
        assert pixels is not None
        self.draw(radius)
        points, erase = self._points, self._erase
        if self.tool == MaskTool.RECTANGLE and len(points) > 1:  # a mere click would leave a pixel behind
            self._touch(masks.draw_rectangle(pixels, points[0], points[-1], erase=erase))
        elif self.tool == MaskTool.LASSO:
            self._touch(masks.draw_lasso(pixels, points, erase=erase))
        self._layer.set_outline([], closed=False)
        self._points = []
        before = self._kept or PaintedMask.empty(photo.height, photo.width)
        painted = before.updated(pixels, *self._touched)
        if painted == before:
            return None
        self._kept = painted
        return painted

    def drop(self) -> None:
        """Take back what a stroke that is under way has changed."""
        if not self.in_stroke:
            return
        self._points = []
        self._layer.set_outline([], closed=False)
        if self._pixels is None or self._kept is None:
            self._set(None, None)
            return
        for box in self._touched:
            self._pixels[box.slices] = self._kept.part(box)
            self._layer.touch(box)

    def _touch(self, box: Box) -> None:
        """A part of the array has changed."""
        if box.height and box.width:
            self._touched.append(box)
            self._layer.touch(box)
