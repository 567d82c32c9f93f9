"""The channels of a code as small pictures in a grid, made when they come into view."""

from enum import Enum
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QImage, QPainter, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from aestudio.gui.chart_style import small_font
from aestudio.gui.palette import GAP

if TYPE_CHECKING:  # torch takes seconds
    from aestudio.codec.codec import Code

AREA = 80 * 80  # pixels of a picture in the grid, whatever its proportions
WIDEST = 120  # and highest
LONGEST = 2 * WIDEST  # sharp at 200 %
NARROWEST_CELL = 96  # room for a line of text
LOUD = 99  # percentile of the magnitudes that is drawn black or white
CHANNEL_ROLE = Qt.ItemDataRole.UserRole  # int, from 0
EMPTY_ROLE = Qt.ItemDataRole.UserRole + 1  # bool

Index = QModelIndex | QPersistentModelIndex


class Order(Enum):
    """Which channel comes first."""

    BITS = "bits"  # the one that costs the most
    COMPONENTS = "components"  # the mean colour


def picture_of(symbols: NDArray[np.int16], longest: int | None = None) -> QImage:
    """A channel's symbols (h, w) around mid-grey, which is zero; reduced to `longest` pixels a side where given."""
    values: NDArray[Any] = symbols.astype(np.float32)
    height, width = values.shape
    if longest is not None and max(height, width) > longest:
        scale = longest / max(height, width)
        size = max(1, round(width * scale)), max(1, round(height * scale))
        values = cv2.resize(values, size, interpolation=cv2.INTER_AREA)
    magnitudes = np.abs(values)
    # where less than a hundredth of the symbols is not zero, the percentile is
    loud = float(np.percentile(magnitudes, LOUD)) or float(magnitudes.max()) or 1.0
    levels = np.ascontiguousarray(np.rint(np.clip(127.5 + values * (127.5 / loud), 0, 255)).astype(np.uint8))
    height, width = levels.shape
    return QImage(levels.data, width, height, width, QImage.Format.Format_Grayscale8).copy()


def room_for(height: int, width: int) -> QSize:
    """Room in the grid for a picture of these proportions."""
    scale = min((AREA / (height * width)) ** 0.5, WIDEST / max(height, width))
    return QSize(max(1, round(width * scale)), max(1, round(height * scale)))


def fitted(size: QSize, room: QRect) -> QRect:
    """The largest place of a picture's proportions in the middle of a room."""
    target = QRect(QPoint(0, 0), size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    target.moveCenter(room.center())
    return target


def draw_picture(painter: QPainter, target: QRect, image: QImage) -> None:
    """Each symbol a square where there is room for it, and smooth where there is not."""
    smaller = target.width() * painter.device().devicePixelRatioF() < image.width()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smaller)
    painter.drawImage(QRectF(target), image, QRectF(image.rect()))


def percent(share: float) -> str:
    """A share of the bits: two digits where there are some, and no more."""
    if 0 < share < 0.0005:
        return "< 0.1 %"
    return f"{share:.0%}".replace("%", " %") if share >= 0.0995 or not share else f"{share:.1%}".replace("%", " %")


class LatentModel(QAbstractListModel):
    """The channels of one code, in either order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._code: Code | None = None
        self._order = Order.BITS
        self._channels: list[int] = []
        self._shares: NDArray[np.float64] = np.zeros(0)
        self.room = room_for(2, 3)  # for each picture
        self.pictures: dict[int, QImage] = {}  # by channel, those that were in view

    @property
    def shares(self) -> NDArray[np.float64]:
        """Of the bits, by channel."""
        return self._shares

    def set_code(self, code: "Code | None") -> None:
        """Other channels."""
        self.beginResetModel()
        self._code = code
        self.pictures = {}
        self.room = room_for(2, 3) if code is None else room_for(*code.symbols.shape[1:])
        bits = np.zeros(0) if code is None else code.bits_by_channel
        self._shares = bits / max(float(bits.sum()), 1.0)
        self._channels = self._ordered()
        self.endResetModel()

    def set_order(self, order: Order) -> None:
        """The same channels, otherwise; the current one stays the current one."""
        if order is self._order:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        channels = [self._channels[index.row()] for index in before]
        self._order = order
        self._channels = self._ordered()
        self.changePersistentIndexList(before, [self.of(channel) for channel in channels])
        self.layoutChanged.emit()

    def _ordered(self) -> list[int]:
        if self._order is Order.COMPONENTS:
            return list(range(len(self._shares)))
        return [int(channel) for channel in np.argsort(-self._shares, kind="stable")]

    @property
    def cell(self) -> QSize:
        """Room for a picture and the line under it."""
        return QSize(max(NARROWEST_CELL, self.room.width() + 3 * GAP), self.room.height() + 8 * GAP)

    def of(self, channel: int) -> QModelIndex:
        """Where a channel is."""
        return self.index(self._channels.index(channel))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Qt asks."""
        return 0 if parent.isValid() else len(self._channels)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt asks; asking for a picture makes it."""
        if not index.isValid():
            return None
        channel = self._channels[index.row()]
        if role == CHANNEL_ROLE:
            return channel
        if role == EMPTY_ROLE:
            return self._is_empty(channel)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(channel)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.tr("PC {number} · {share}").format(number=channel + 1, share=percent(self._shares[channel]))
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            sentence = self.tr("Channel {number}, {share} of the bits")
            return sentence.format(number=channel + 1, share=percent(self._shares[channel]))
        return None

    def _is_empty(self, channel: int) -> bool:
        return self._code is None or not self._shares[channel] or not self._code.symbols[channel].any()

    def _picture(self, channel: int) -> QImage | None:
        if self._code is None or self._is_empty(channel):
            return None
        if channel not in self.pictures:
            self.pictures[channel] = picture_of(self._code.symbols[channel], LONGEST)
        return self.pictures[channel]


class _Delegate(QStyledItemDelegate):
    """Draws a picture, and its channel's number and share under it."""

    def __init__(self, model: LatentModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All have the same size."""
        return self._model.cell

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt asks for each item in view."""
        rect: QRect = option.rect
        palette: QPalette = option.palette
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect.adjusted(1, 1, -1, -1), palette.color(QPalette.ColorRole.Button))
        room = QRect(QPoint(0, 0), self._model.room)
        room.moveTopLeft(QPoint(rect.center().x() - room.width() // 2, rect.top() + 2 * GAP))
        image = index.data(Qt.ItemDataRole.DecorationRole)
        if image is None:
            painter.fillRect(room, palette.color(QPalette.ColorRole.Shadow))
        else:
            draw_picture(painter, room, image)
        if selected:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2))
            painter.drawRect(room.adjusted(-1, -1, 2, 2))
        line = QRect(rect.left(), room.bottom() + 2, rect.width(), rect.bottom() - room.bottom() - 2)
        painter.setFont(small_font(option.widget))
        role = QPalette.ColorRole.PlaceholderText if image is None else QPalette.ColorRole.Text
        painter.setPen(palette.color(role))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, str(index.data()))
        painter.restore()


class LatentGrid(QListView):
    """The pictures of all channels; the arrow keys go from one to the next."""

    chosen = Signal(int)  # channel, from 0

    def __init__(self, model: LatentModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self._model = model
        self.setItemDelegate(_Delegate(model, self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(8 * GAP)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else the grid would jump
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMinimumSize(WIDEST + self.verticalScrollBar().sizeHint().width() + 4 * GAP, WIDEST + 8 * GAP)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        model.modelReset.connect(self._on_model_reset)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells the new size: columns share all of the width."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        width, cell = self.viewport().width() - 1, self._model.cell
        self.setGridSize(QSize(width // max(1, width // cell.width()), cell.height()))

    @Slot()
    def _on_model_reset(self) -> None:
        self._share_width()

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        del previous
        if current.isValid():
            self.chosen.emit(current.data(CHANNEL_ROLE))
