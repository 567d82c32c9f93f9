"""Draws the cells of a batch's table, quickly: some eighty of them at each step of scrolling."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from aestudio.batch.journal import FAILED, SKIPPED, WAITING, WORKING, Row
from aestudio.gui.batch.model import BatchModel, Column, Index
from aestudio.gui.batch.words import (
    STATE_ICONS,
    bytes_text,
    needs_a_look,
    pixels_text,
    remark,
    seconds_text,
    state_word,
)
from aestudio.gui.icons import icon
from aestudio.gui.palette import GAP

ROW_HEIGHT: Final = 48
PICTURE: Final = QSize(56, 40)
_ICON: Final = 16
_SMALL_PIXELS: Final = 11
_LEFT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_SELECTED: Final = QStyle.StateFlag.State_Selected.value
# as plain numbers: these are compared for each cell
_PHOTO, _SIZE, _STATE, _TIME = (int(c) for c in (Column.PHOTO, Column.SIZE, Column.STATE, Column.TIME))


@dataclass(frozen=True, eq=False)
class _Look:
    """Colours and fonts, looked up once."""

    palette: QPalette
    font: QFont

    @cached_property
    def text(self) -> QColor:
        return self.palette.color(QPalette.ColorRole.Text)

    @cached_property
    def quiet(self) -> QColor:
        return self.palette.color(QPalette.ColorRole.PlaceholderText)

    @cached_property
    def accent(self) -> QColor:
        return self.palette.color(QPalette.ColorRole.Highlight)

    @cached_property
    def ground(self) -> QColor:
        return self.palette.color(QPalette.ColorRole.Dark)

    @cached_property
    def selected(self) -> QColor:
        return self.palette.color(QPalette.ColorRole.Window)

    @cached_property
    def metrics(self) -> QFontMetrics:
        return QFontMetrics(self.font)

    @cached_property
    def small(self) -> QFont:
        font = QFont(self.font)
        font.setPixelSize(_SMALL_PIXELS)
        return font

    @cached_property
    def small_metrics(self) -> QFontMetrics:
        return QFontMetrics(self.small)

    @cached_property
    def height(self) -> int:
        return self.metrics.height()

    @cached_property
    def small_height(self) -> int:
        return self.small_metrics.height()


class BatchDelegate(QStyledItemDelegate):
    """It asks the model itself: through Qt, each word would be asked for many times."""

    def __init__(self, model: BatchModel, table: QWidget) -> None:
        super().__init__(table)
        self._model = model
        self._table = table
        self._look: _Look | None = None
        self._icons: dict[tuple[str, int, float], QPixmap] = {}

    def forget_look(self) -> None:
        """The table has other colours, or another font."""
        self._look = None
        self._icons.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows have the same height."""
        return QSize(0, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt asks for each cell in view."""
        look = self._look
        if look is None:
            look = self._look = _Look(self._table.palette(), self._table.font())
        rect: QRect = option.rect
        x, y, width, height = rect.x(), rect.y(), rect.width(), rect.height()
        row, column = self._model.row(index.row()), index.column()
        state: QStyle.StateFlag = option.state
        if state.value & _SELECTED:
            painter.fillRect(rect, look.selected)
            if column == _PHOTO:
                painter.fillRect(x, y, 3, height, look.accent)
        x, width = x + 2 * GAP, width - 4 * GAP
        if column == _PHOTO:
            self._paint_picture(painter, x, y + (height - PICTURE.height()) // 2, row, look)
            indent = PICTURE.width() + 3 * GAP
            place = QRect(x + indent, y, width - indent, height)
            _paint_two(painter, place, row.source.name, self._model.below(row), look, _LEFT)
        elif column == _SIZE:
            _paint_two(painter, QRect(x, y, width, height), pixels_text(row), bytes_text(row), look, _RIGHT)
        elif column == _STATE:
            colour = look.quiet if row.state in (WAITING, SKIPPED) else look.text
            corner = QPoint(x, y + (height - _ICON) // 2)
            self._paint_icon(painter, corner, STATE_ICONS[row.state], look.accent if row.state == WORKING else colour)
            indent = _ICON + 2 * GAP
            _paint_one(painter, QRect(x + indent, y, width - indent, height), state_word(row.state), look, colour)
        elif column == _TIME:
            _paint_one(painter, QRect(x, y, width, height), seconds_text(row), look, look.quiet, _RIGHT)
        else:
            loud = row.state == FAILED or needs_a_look(row)
            place = QRect(x, y, width, height)
            _paint_one(painter, place, remark(row), look, look.text if loud else look.quiet)

    def _paint_picture(self, painter: QPainter, x: int, y: int, row: Row, look: _Look) -> None:
        pixmap = self._model.thumbnail(row)
        place = QRect(QPoint(x, y), PICTURE)
        if pixmap is None:
            painter.fillRect(place, look.ground)
            glyph = "image-broken-variant" if self._model.is_broken(row) else "image-outline"
            self._paint_icon(painter, place.center() - QPoint(_ICON // 2 - 1, _ICON // 2 - 1), glyph, look.quiet)
            return
        target = QRect(QPoint(0, 0), pixmap.size().scaled(PICTURE, Qt.AspectRatioMode.KeepAspectRatio))
        target.moveCenter(place.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(target, pixmap)

    def _paint_icon(self, painter: QPainter, corner: QPoint, name: str, colour: QColor) -> None:
        """An icon in a colour; drawn once, as glyphs of a font take their time."""
        scale = self._table.devicePixelRatioF()
        key = (name, colour.rgba(), scale)
        pixmap = self._icons.get(key)
        if pixmap is None:
            pixmap = self._icons[key] = icon(name).pixmap(QSize(_ICON, _ICON), scale)
            tint = QPainter(pixmap)
            tint.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
            tint.fillRect(QRect(0, 0, _ICON, _ICON), colour)
            tint.end()
        painter.drawPixmap(corner, pixmap)


def _paint_one(
    painter: QPainter, place: QRect, text: str, look: _Look, colour: QColor, side: Qt.AlignmentFlag = _LEFT
) -> None:
    if text:
        painter.setFont(look.font)
        painter.setPen(colour)
        painter.drawText(place, side, _fitting(text, look.metrics, place.width(), Qt.TextElideMode.ElideRight))


def _paint_two(painter: QPainter, place: QRect, first: str, second: str, look: _Look, side: Qt.AlignmentFlag) -> None:
    """A line, and a quiet one below it; one alone stands in the middle."""
    height = (look.height if first else 0) + (look.small_height if second else 0)
    x, y, width = place.x(), place.y() + (place.height() - height) // 2, place.width()
    if first:
        painter.setFont(look.font)
        painter.setPen(look.text)
        kept = _fitting(first, look.metrics, width, Qt.TextElideMode.ElideMiddle)
        painter.drawText(QRect(x, y, width, look.height), side, kept)
        y += look.height
    if second:
        painter.setFont(look.small)
        painter.setPen(look.quiet)
        kept = _fitting(second, look.small_metrics, width, Qt.TextElideMode.ElideMiddle)
        painter.drawText(QRect(x, y, width, look.small_height), side, kept)


def _fitting(text: str, metrics: QFontMetrics, width: int, mode: Qt.TextElideMode) -> str:
    """The text, shortened where it does not fit; letters that are all as wide as high fit without measuring them."""
    return text if len(text) * metrics.height() <= width else metrics.elidedText(text, mode, width)
