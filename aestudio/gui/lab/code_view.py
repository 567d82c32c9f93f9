"""Shows what a compressed file holds: the channels of its code, and what each of them costs."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QItemSelectionModel, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QHelpEvent, QImage, QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from aestudio.gui.chart_style import size_text, small_font
from aestudio.gui.lab.latent_pictures import LatentGrid, LatentModel, Order, draw_picture, fitted, percent, picture_of
from aestudio.gui.palette import GAP

if TYPE_CHECKING:  # torch takes seconds
    from aestudio.codec.codec import Code

_WIDE = 560  # pixels from which the chosen channel is beside the grid, and not below
_BARS_HEIGHT = 84
_WIDER = 1.0  # pixels that the chosen bar is wider on each side: there are some 200 of them


class CodeView(QWidget):
    """All channels in a grid, one of them large."""

    channel_chosen = Signal(int)  # from 0: channel 1 on the screen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code: Code | None = None
        self._model = LatentModel(self)
        self.about = QLabel()
        self.about.setWordWrap(True)
        self.order_label = QLabel()
        self.order = QComboBox()
        for order in Order:
            self.order.addItem("", order)
        self.order_label.setBuddy(self.order)
        self.grid = LatentGrid(self._model)
        self.large = LargeChannel()
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.bars = ChannelBars()
        self.empty = QLabel()
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._pages = QStackedWidget()
        self._lay_out()
        self._name()
        self.order.currentIndexChanged.connect(self._on_order_changed)
        self.grid.chosen.connect(self._on_chosen)
        self.bars.clicked.connect(self.choose)
        self._show_code()

    @property
    def channel(self) -> int | None:
        """The chosen channel, from 0; None without a code."""
        return self.bars.channel

    def set_code(self, code: "Code | None") -> None:
        """Show a code, its first channel in the chosen order; the channel stays if there was another code before."""
        before = self.channel if code is not None and self._code is not None else None
        self._code = code
        self._model.set_code(code)
        self.bars.set_shares(self._model.shares)
        self._show_code()
        if code is None:
            return
        kept = before is not None and before < len(code.symbols)
        index = self._model.of(before) if kept and before is not None else self._model.index(0)
        self.grid.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.grid.scrollTo(index)

    @Slot(int)
    def choose(self, channel: int) -> None:
        """Show a channel large, and where it is in the grid."""
        index = self._model.of(channel)
        self.grid.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.grid.scrollTo(index)

    def _lay_out(self) -> None:
        order = QHBoxLayout()
        order.setSpacing(2 * GAP)
        order.addWidget(self.order_label)
        order.addWidget(self.order)
        order.addStretch(1)
        all_ = QVBoxLayout()
        all_.setSpacing(GAP)
        all_.addLayout(order)
        all_.addWidget(self.grid, 1)
        one = QVBoxLayout()
        one.setSpacing(2 * GAP)
        one.addWidget(self.large, 1)
        one.addWidget(self.sentence)
        one.addWidget(self.bars)
        content = QWidget()
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(3 * GAP)
        self._parts.addLayout(all_, 3)
        self._parts.addLayout(one, 2)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GAP)
        layout.addWidget(self.about)
        layout.addWidget(self._pages, 1)

    def _name(self) -> None:
        """Give everything its words, in the language of the moment."""
        self.setAccessibleName(self.tr("What the file holds"))
        self.order_label.setText(self.tr("&Order"))
        self.order.setAccessibleName(self.tr("Order of the channels"))
        self.order.setToolTip(self.tr("Begin with what costs the most, or with the mean colour."))
        for number, text in enumerate((self.tr("By bits"), self.tr("In order"))):
            self.order.setItemText(number, text)
        self.grid.setAccessibleName(self.tr("Channels"))
        self.large.setAccessibleName(self.tr("The chosen channel"))
        self.large.setToolTip(
            self.tr("Grey is nothing. Brighter and darker: how much of its pattern a square of 8 × 8 pixels holds.")
        )
        self.sentence.setAccessibleName(self.tr("About the chosen channel"))
        self.bars.setAccessibleName(self.tr("Share of the bits by channel"))
        self.empty.setText(self.tr("Compress a photo to see what its file holds."))

    def changeEvent(self, event: QEvent) -> None:
        """Qt tells that the language changed, among other things."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
            self._show_code()
            self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells the new size."""
        super().resizeEvent(event)
        wide = event.size().width() >= _WIDE
        self._parts.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def _show_code(self) -> None:
        there = self._code is not None
        self._pages.setCurrentIndex(int(there))
        self.about.setVisible(there)
        text = self.tr(
            "The photo is split into {count} pictures of patterns, from its mean colour to its finest texture. Each "
            "gets bits where it is needed."
        )
        self.about.setText("" if self._code is None else text.format(count=len(self._code.symbols)))
        if not there:
            self.large.set_image(QImage())
            self.sentence.clear()

    @Slot(int)
    def _on_order_changed(self, number: int) -> None:
        self._model.set_order(self.order.itemData(number))
        self.grid.scrollTo(self.grid.currentIndex())

    @Slot(int)
    def _on_chosen(self, channel: int) -> None:
        assert self._code is not None
        self.bars.set_channel(channel)
        self.large.set_image(picture_of(self._code.symbols[channel]))
        self._tell()
        self.channel_chosen.emit(channel)

    def _tell(self) -> None:
        """What is to be said about the chosen channel."""
        if self._code is None or self.channel is None:
            return
        symbols, share = self._code.symbols[self.channel], float(self._model.shares[self.channel])
        size = size_text(float(self._code.bits_by_channel[self.channel]) / 8)
        costs = self.tr("Channel {number} holds {share} of the bits: {size}.")
        told = costs.format(number=self.channel + 1, share=percent(share), size=size)
        if symbols.any():
            holds = self.tr("Symbols from {low} to {high}; {zeros} are zero.")
            low, high = (str(int(value)).replace("-", "−") for value in (symbols.min(), symbols.max()))
            zeros = 1 - np.count_nonzero(symbols) / symbols.size
            told += " " + holds.format(low=low, high=high, zeros=f"{zeros:.0%}".replace("%", " %"))
        else:
            told += " " + self.tr("All of its symbols are zero.")
        self.sentence.setText(told)


class LargeChannel(QWidget):
    """One channel, as large as fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setMinimumSize(120, 80)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_image(self, image: QImage) -> None:
        """Show a picture of symbols."""
        self._image = image
        self.update()

    def sizeHint(self) -> QSize:
        """Qt asks how large it would like to be."""
        return QSize(160, 110)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt asks for the widget to be painted."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Dark))
        if not self._image.isNull():
            draw_picture(painter, fitted(self._image.size(), self.rect()), self._image)
        painter.end()


class ChannelBars(QWidget):
    """The share of the bits of each channel, in the order of the components."""

    clicked = Signal(int)  # channel, from 0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shares: NDArray[np.float64] = np.zeros(0)
        self.channel: int | None = None
        self.setFixedHeight(_BARS_HEIGHT)
        self.setFont(small_font(self))

    def set_shares(self, shares: NDArray[np.float64]) -> None:
        """Of each channel; none is chosen."""
        self._shares = shares
        self.channel = None
        self.update()

    def set_channel(self, channel: int) -> None:
        """Draw one in the accent colour."""
        self.channel = channel
        self.update()

    @property
    def _area(self) -> QRectF:
        """Where the bars are: a line of text is above them, and one below."""
        text = self.fontMetrics().height()
        return QRectF(0, text + 2, self.width(), self.height() - 2 * text - 4)

    def channel_at(self, x: float) -> int | None:
        """The channel whose bar is at a place."""
        count = len(self._shares)
        return min(count - 1, max(0, int(x / max(1, self.width()) * count))) if count else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses a channel."""
        channel = self.channel_at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and channel is not None:
            self.clicked.emit(channel)

    def event(self, event: QEvent) -> bool:
        """Qt asks for the tooltip of a bar, among other things."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            channel = self.channel_at(event.pos().x())
            if channel is not None:
                sentence = self.tr("Channel {number}, {share} of the bits")
                text = sentence.format(number=channel + 1, share=percent(float(self._shares[channel])))
                QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt asks for the widget to be painted."""
        del event
        if not len(self._shares):
            return
        painter = QPainter(self)
        palette, area, count = self.palette(), self._area, len(self._shares)
        highest = float(self._shares.max()) or 1.0
        step = area.width() / count
        gap = 1.0 if step >= 3 else 0.0
        chosen = -1 if self.channel is None else self.channel
        accent = palette.color(QPalette.ColorRole.Highlight)
        grey = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for channel in sorted(range(count), key=lambda channel: channel == chosen):  # the chosen one on top
            height = max(1.0, area.height() * float(self._shares[channel]) / highest)
            bar = QRectF(channel * step, area.bottom() - height, step - gap, height)
            if channel == chosen:
                bar.adjust(-_WIDER, 0, _WIDER, 0)
            painter.setBrush(accent if channel == chosen else grey)
            painter.drawRect(bar)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(QRectF(0, 0, area.width(), area.top()), Qt.AlignmentFlag.AlignLeft, self._title(highest))
        self._draw_numbers(painter, area, step, count)
        painter.end()

    def _title(self, highest: float) -> str:
        title = self.tr("Share of the bits by channel, up to {share}").format(share=percent(highest))
        return self.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, self.width())

    def _draw_numbers(self, painter: QPainter, area: QRectF, step: float, count: int) -> None:
        """The first channel, the last, and some between."""
        line = QRectF(0, area.bottom() + 2, area.width(), self.height() - area.bottom() - 2)
        every = max(1, count // 4)
        for channel in sorted({0, *range(every - 1, count - every // 2, every), count - 1}):
            text = str(channel + 1)
            width = self.fontMetrics().horizontalAdvance(text)
            left = min(max(0.0, (channel + 0.5) * step - width / 2), area.width() - width)
            painter.drawText(QPointF(left, line.top() + self.fontMetrics().ascent()), text)
