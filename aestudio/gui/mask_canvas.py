"""The mask of the photo on the canvas while it is painted: one array, changed in place by strokes."""

from collections.abc import Sequence

from aestudio.gui.mask_layer import MaskLayer
from aestudio.gui.mask_panel import MaskTool
from aestudio.images import mask as masks
from aestudio.images.mask import Mask, Point
from aestudio.images.painted import PaintedMask
from aestudio.images.photo import Box, Photo

NOTHING = Box(0, 0, 0, 0)


class MaskCanvas:
    """Draws strokes, shows what has changed, and makes a new version of the mask at the end of each."""

    def __init__(self, layer: MaskLayer) -> None:
        self._layer = layer
        self._pixels: Mask | None = None  # of the photo's size; None until there is a mask
        self._kept: PaintedMask | None = None  # what `_pixels` shows, but for a stroke that is under way
        self._points: list[Point] = []  # of that stroke
        self._erase = False
        self._touched = NOTHING  # by that stroke

    @property
    def pixels(self) -> Mask | None:
        """(H, W); not to be changed."""
        return self._pixels

    @property
    def in_stroke(self) -> bool:
        """Whether a stroke is under way."""
        return bool(self._points)

    def show(self, *, shown: bool) -> None:
        """Lay the mask over the photo, or do not."""
        self._layer.set_mask(self._pixels if shown else None)

    def forget(self) -> None:
        """Another photo is on the canvas."""
        self.drop()
        self._pixels = self._kept = None

    def follow(self, wanted: PaintedMask | None, photo: Photo) -> None:
        """Show another version, an undone one for instance. Only what differs is drawn."""
        if self.in_stroke or wanted is self._kept:
            return
        if wanted is None or (wanted.height, wanted.width) != (photo.height, photo.width):
            self._pixels = self._kept = None
        elif self._pixels is None or self._kept is None:
            self._pixels, self._kept = wanted.pixels(), wanted
        else:
            box = wanted.put_into(self._pixels, self._kept)
            self._kept = wanted
            self._layer.touch(box)

    def replace(self, pixels: Mask, painted: PaintedMask) -> None:
        """A mask that was made as a whole, and its version."""
        self._pixels, self._kept = pixels, painted

    # strokes

    def begin(self, photo: Photo, point: Point, *, erase: bool) -> None:
        """A stroke begins; the mask itself, if there is none."""
        if self._pixels is None:
            self._pixels = masks.empty_mask(photo.height, photo.width)
        self._points, self._erase, self._touched = [point], erase, NOTHING

    def move(self, tool: MaskTool, point: Point, radius: float) -> None:
        """The stroke goes on; what it will be can be seen."""
        start = self._points[-1]
        self._points.append(point)
        self.draw(tool, [start, point], radius)

    def draw(self, tool: MaskTool, points: Sequence[Point], radius: float) -> None:
        """What can be seen of the stroke so far."""
        assert self._pixels is not None
        if tool in (MaskTool.BRUSH, MaskTool.ERASER):
            self._touch(masks.draw_stroke(self._pixels, points, radius, erase=self._erase))
        elif tool == MaskTool.RECTANGLE:
            (x0, y0), (x1, y1) = self._points[0], self._points[-1]
            self._layer.set_outline([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], closed=True)
        elif tool == MaskTool.LASSO:
            self._layer.set_outline(self._points, closed=False)

    def end(self, tool: MaskTool, photo: Photo, tolerance: int) -> PaintedMask | None:
        """The stroke has ended: the new version of the mask, or None if nothing has changed."""
        pixels = self._pixels
        assert pixels is not None
        points, erase = self._points, self._erase
        if tool == MaskTool.RECTANGLE:
            self._touch(masks.draw_rectangle(pixels, points[0], points[-1], erase=erase))
        elif tool == MaskTool.LASSO:
            self._touch(masks.draw_lasso(pixels, points, erase=erase))
        elif tool == MaskTool.WAND:
            self._touch(masks.draw_similar(pixels, photo.pixels, points[0], tolerance, erase=erase))
        self._layer.set_outline([], closed=False)
        self._points = []
        if not self._touched.height:
            return None
        before = self._kept
        painted = before.updated(pixels, self._touched) if before is not None else PaintedMask.of(pixels)
        if painted == before or (before is None and painted.is_empty):
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
            self._pixels = None
            self._layer.set_mask(None)
        elif self._touched.height:
            self._pixels[self._touched.slices] = self._kept.part(self._touched)
            self._layer.touch(self._touched)

    def _touch(self, box: Box) -> None:
        """A part of the array has changed."""
        if not box.height or not box.width:
            return
        was = self._touched
        if was.height:
            box_of_all = Box(min(was.y0, box.y0), max(was.y1, box.y1), min(was.x0, box.x0), max(was.x1, box.x1))
        else:
            box_of_all = box
        self._touched = box_of_all
        self._layer.touch(box)
