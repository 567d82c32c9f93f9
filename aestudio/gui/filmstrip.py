"""The filmstrip: the open photos, with thumbnails and their states."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from aestudio.errors import Sentence
from aestudio.gui.i18n import translated
from aestudio.gui.icons import icon
from aestudio.gui.palette import GAP
from aestudio.gui.scroll_pace import ScrollPace
from aestudio.gui.session import OpenPhoto
from aestudio.gui.thumbnails import Thumbnails
from aestudio.images.photo import Photo

ITEM = QSize(152, 128)
PICTURE = QSize(136, 92)
ENTRY_ROLE = Qt.ItemDataRole.UserRole
UNSAVED_ROLE = Qt.ItemDataRole.UserRole + 1
FAILED_ROLE = Qt.ItemDataRole.UserRole + 2

Index = QModelIndex | QPersistentModelIndex


class FilmstripModel(QAbstractListModel):
    """The open photos, in the order of opening."""

    def __init__(
        self, thumbnails: Thumbnails, is_unsaved: Callable[[OpenPhoto], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.entries: list[OpenPhoto] = []
        self._rows: dict[Path, int] = {}
        self.thumbnails = thumbnails
        self._is_unsaved = is_unsaved
        self._broken: dict[Path, Sentence] = {}
        thumbnails.made.connect(self._on_made)
        thumbnails.failed.connect(self._on_failed)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Qt asks."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt asks; asking for a picture that is not there has it made."""
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.path.name
        if role == Qt.ItemDataRole.DecorationRole:
            return self.thumbnails.get(entry.path)
        if role == ENTRY_ROLE:
            return entry
        if role == UNSAVED_ROLE:
            return self._is_unsaved(entry)
        if role == FAILED_ROLE:
            return entry.failure is not None or entry.path in self._broken
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tool_tip(entry)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._accessible_text(entry)
        return None

    def add(self, entries: Sequence[OpenPhoto]) -> None:
        """Append photos."""
        if entries:
            first = len(self.entries)
            self.beginInsertRows(QModelIndex(), first, first + len(entries) - 1)
            self.entries.extend(entries)
            self._rows.update({entry.path: first + n for n, entry in enumerate(entries)})
            self.endInsertRows()

    def remove(self, entry: OpenPhoto) -> None:
        """Take a photo out of the filmstrip."""
        row = self.entries.index(entry)
        self.beginRemoveRows(QModelIndex(), row, row)
        del self.entries[row]
        self._rows = {e.path: n for n, e in enumerate(self.entries)}
        self.endRemoveRows()

    def find(self, path: Path) -> OpenPhoto | None:
        """The open photo of that path."""
        row = self._rows.get(path)
        return None if row is None else self.entries[row]

    def refresh(self, entry: OpenPhoto) -> None:
        """The state of a photo changed."""
        row = self._rows.get(entry.path)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row))

    def opened(self, entry: OpenPhoto, photo: Photo) -> None:
        """A photo that was refused as too large, a thumbnail of it too, opened after all."""
        if not photo.partial and self._broken.pop(entry.path, None) is not None:
            self.thumbnails.put(entry.path, photo)

    def _tool_tip(self, entry: OpenPhoto) -> str:
        if entry.failure is not None:
            return entry.failure.sentence
        broken = self._broken.get(entry.path)
        return translated(broken) if broken else str(entry.path)

    def _accessible_text(self, entry: OpenPhoto) -> str:
        if entry.failure is not None or entry.path in self._broken:
            return self.tr("{name}, failed").format(name=entry.path.name)
        if self._is_unsaved(entry):
            return self.tr("{name}, not saved").format(name=entry.path.name)
        return entry.path.name

    @Slot(object)
    def _on_made(self, path: Path) -> None:
        entry = self.find(path)
        if entry is not None:
            self.refresh(entry)

    @Slot(object, object)
    def _on_failed(self, path: Path, sentence: Sentence) -> None:
        self._broken[path] = sentence
        self._on_made(path)


class _Delegate(QStyledItemDelegate):
    """Draws a thumbnail, its name and its state."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All have the same size."""
        return ITEM

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt asks for each item in view."""
        rect: QRect = option.rect
        palette: QPalette = option.palette
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(QPalette.ColorRole.Button))
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), GAP, GAP)
        place = QRect(QPoint(0, 0), PICTURE)
        place.moveTopLeft(rect.topLeft() + QPoint((rect.width() - place.width()) // 2, 2 * GAP))
        self._paint_picture(painter, place, index, palette, selected)
        line = QRect(place.left(), place.bottom() + GAP, place.width(), rect.bottom() - place.bottom() - 2 * GAP)
        self._paint_line(painter, line, index, palette)
        painter.restore()

    def _paint_picture(self, painter: QPainter, place: QRect, index: Index, palette: QPalette, selected: bool) -> None:
        pixmap = index.data(Qt.ItemDataRole.DecorationRole)
        if pixmap is None:
            painter.fillRect(place, palette.color(QPalette.ColorRole.Dark))
            icon("image-outline").paint(painter, QRect(place.center() - QPoint(16, 16), QSize(32, 32)))
            target = place
        else:
            size = pixmap.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRect(QPoint(0, 0), size)
            target.moveCenter(place.center())
            painter.drawPixmap(target, pixmap)
        if selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2))
            painter.drawRect(target.adjusted(-1, -1, 1, 1))

    def _paint_line(self, painter: QPainter, line: QRect, index: Index, palette: QPalette) -> None:
        if index.data(FAILED_ROLE):
            icon("alert").paint(painter, QRect(line.right() - 15, line.center().y() - 7, 16, 16))
            line.setRight(line.right() - 20)
        elif index.data(UNSAVED_ROLE):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
            painter.drawEllipse(QPoint(line.right() - 4, line.center().y() + 1), 4, 4)
            line.setRight(line.right() - 16)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        name = QFontMetrics(painter.font()).elidedText(str(index.data()), Qt.TextElideMode.ElideMiddle, line.width())
        centred = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignHCenter
        painter.drawText(line, centred, name)


class Filmstrip(QListView):
    """The list of open photos; the current one is on the canvas."""

    selected = Signal(object)  # OpenPhoto or None

    def __init__(self, model: FilmstripModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self._model = model
        self._pace = ScrollPace(self, model.thumbnails)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(24)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setFixedWidth(ITEM.width() + self.verticalScrollBar().sizeHint().width() + GAP)
        self.setAccessibleName(self.tr("Filmstrip"))
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    @property
    def current(self) -> OpenPhoto | None:
        """The photo on the canvas."""
        entry: OpenPhoto | None = self._model.data(self.currentIndex(), ENTRY_ROLE)
        return entry

    def select(self, entry: OpenPhoto) -> None:
        """Put a photo on the canvas."""
        index = self._model.index(self._model.entries.index(entry))
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def move_by(self, rows: int) -> None:
        """Go to a photo further down (or up), as far as there is one."""
        row = self.currentIndex().row() + rows
        if 0 <= row < len(self._model.entries):
            self.select(self._model.entries[row])

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Qt moves what is seen."""
        super().scrollContentsBy(dx, dy)
        self._pace.moved(dy)

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        del previous
        self.selected.emit(self._model.data(current, ENTRY_ROLE))
