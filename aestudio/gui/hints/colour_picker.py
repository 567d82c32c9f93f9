"""A small window at a place of the photo: which colour is it?"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from aestudio.gui.icons import ICON_PIXELS, icon
from aestudio.gui.lab.colours import ab_plane, lab_colour, nearest_shown, swatch
from aestudio.gui.palette import GAP

PLANE, REACH = 184, 100.0  # side in pixels; a and b of its edges
SWATCH, COLUMNS = 22, 7
KEY_STEP = 3.0  # of a or b

Colour = tuple[float, float]  # a and b of Lab

MEMORY: tuple[tuple[Any, Colour], ...] = (  # what things of the world usually are
    (QT_TRANSLATE_NOOP("memory", "Light skin"), (16.0, 17.0)),
    (QT_TRANSLATE_NOOP("memory", "Dark skin"), (13.0, 15.0)),
    (QT_TRANSLATE_NOOP("memory", "Lips"), (30.0, 14.0)),
    (QT_TRANSLATE_NOOP("memory", "Blond hair"), (5.0, 27.0)),
    (QT_TRANSLATE_NOOP("memory", "Brown hair"), (8.0, 13.0)),
    (QT_TRANSLATE_NOOP("memory", "Earth"), (8.0, 20.0)),
    (QT_TRANSLATE_NOOP("memory", "Brick"), (26.0, 22.0)),
    (QT_TRANSLATE_NOOP("memory", "Sky"), (-4.0, -26.0)),
    (QT_TRANSLATE_NOOP("memory", "Water"), (-12.0, -12.0)),
    (QT_TRANSLATE_NOOP("memory", "Grass"), (-24.0, 34.0)),
    (QT_TRANSLATE_NOOP("memory", "Leaves"), (-14.0, 22.0)),
    (QT_TRANSLATE_NOOP("memory", "Navy blue"), (6.0, -28.0)),
    (QT_TRANSLATE_NOOP("memory", "Khaki"), (0.0, 18.0)),
    (QT_TRANSLATE_NOOP("memory", "No colour"), (0.0, 0.0)),
)


class ABPlane(QWidget):
    """All colours of one lightness, to click and drag on; arrow keys move in small steps."""

    picked = Signal(float, float, bool)  # a, b, whether the hand let go

    def __init__(self, light: float, colour: Colour | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(PLANE, PLANE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("Colours"))
        self.setToolTip(self.tr("All colours of this brightness. Farther from the middle they are more vivid."))
        self._pixels = ab_plane(light, PLANE, REACH)  # QImage does not keep them alive itself
        self._image = QImage(self._pixels.data, PLANE, PLANE, 4 * PLANE, QImage.Format.Format_RGBA8888)
        self._light = light
        self.colour = colour

    def paintEvent(self, event: QPaintEvent) -> None:
        """The plane, and a ring around the colour."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        painter.drawImage(0, 0, self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 1.5))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        if self.colour is not None:
            a, b = self.colour
            middle = QPointF((a / REACH + 1) * PLANE / 2, (1 - b / REACH) * PLANE / 2)
            painter.setBrush(lab_colour(self._light, a, b))
            painter.setPen(QPen(QColor(0, 0, 0, 160), 3.5))
            painter.drawEllipse(middle, 6, 6)
            painter.setPen(QPen(QColor(255, 255, 255), 1.8))
            painter.drawEllipse(middle, 6, 6)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt tells that a button went down."""
        self._take(event.position(), done=False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt tells of a drag."""
        self._take(event.position(), done=False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt tells that a button went up."""
        self._take(event.position(), done=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys: more red, green, yellow, blue."""
        steps = {
            Qt.Key.Key_Left: (-KEY_STEP, 0.0),
            Qt.Key.Key_Right: (KEY_STEP, 0.0),
            Qt.Key.Key_Up: (0.0, KEY_STEP),
            Qt.Key.Key_Down: (0.0, -KEY_STEP),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        a, b = self.colour or (0.0, 0.0)
        self._pick(a + step[0], b + step[1], done=True)

    def _take(self, point: QPointF, *, done: bool) -> None:
        self._pick((point.x() / PLANE * 2 - 1) * REACH, (1 - point.y() / PLANE * 2) * REACH, done=done)

    def _pick(self, a: float, b: float, *, done: bool) -> None:
        self.colour = nearest_shown(self._light, a, b)
        self.update()
        self.picked.emit(*self.colour, done)


class ColourPicker(QFrame):
    """Suggestions for the place, usual colours of things, all colours, and the way to those of a photo.

    A click on a swatch is an answer: it closes. The plane stays open, so that its colours can be tried.
    """

    picked = Signal(float, float, bool)  # a, b, whether the hand let go
    pipette_wanted = Signal()
    removed = Signal()

    def __init__(
        self,
        light: float,
        suggestions: Sequence[Colour],
        colour: Colour | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`colour` is the hint's own, or None for a new one."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(self.tr("Colour of this place"))
        self.plane = ABPlane(light, colour)
        self.suggested = [
            self._swatch(light, each, self.tr("Likely here, number {number}").format(number=number))
            for number, each in enumerate(suggestions, start=1)
        ]
        self.memory = [self._swatch(light, each, QCoreApplication.translate("memory", name)) for name, each in MEMORY]
        self.pipette = QToolButton()
        self.pipette.setText(self.tr("Take from a photo"))
        self.pipette.setIcon(icon("eyedropper"))
        self.pipette.setToolTip(self.tr("Click on a colour in this photo, or choose another one first."))
        self.remove = QToolButton()
        self.remove.setText(self.tr("Remove"))
        self.remove.setIcon(icon("trash-can-outline"))
        self.remove.setToolTip(self.tr("Take this hint away (Del)."))
        self.remove.setVisible(colour is not None)
        for button in (self.pipette, self.remove):
            button.setIconSize(QSize(ICON_PIXELS, ICON_PIXELS))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setAccessibleName(button.text())
        self._lay_out()
        self.plane.picked.connect(self.picked)
        self.pipette.clicked.connect(self._on_pipette)
        self.remove.clicked.connect(self._on_remove)

    def _swatch(self, light: float, colour: Colour, name: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(swatch(lab_colour(light, *colour), SWATCH))
        button.setIconSize(QSize(SWATCH, SWATCH))
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.setProperty("colour", colour)
        button.clicked.connect(self._on_swatch)
        return button

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        layout.setSpacing(GAP)
        for title, buttons in ((self.tr("Likely here"), self.suggested), (self.tr("Usual colours"), self.memory)):
            if buttons:
                layout.addWidget(_caption(title))
                grid = QGridLayout()
                grid.setSpacing(2)
                for number, button in enumerate(buttons):
                    grid.addWidget(button, number // COLUMNS, number % COLUMNS)
                grid.setColumnStretch(COLUMNS, 1)
                layout.addLayout(grid)
        layout.addWidget(_caption(self.tr("All colours")))
        layout.addWidget(self.plane, alignment=Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()
        row.addWidget(self.pipette)
        row.addStretch(1)
        row.addWidget(self.remove)
        layout.addLayout(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the hint away; Enter closes."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not self.remove.isHidden():
            self._on_remove()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QEvent) -> None:
        """The keyboard is on what is likeliest to be wanted."""
        super().showEvent(event)  # type: ignore[arg-type]  # Qt calls it with a QShowEvent
        first = self.suggested[0] if self.suggested else self.plane
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot()
    def _on_swatch(self) -> None:
        a, b = self.sender().property("colour")
        self.picked.emit(a, b, True)
        self.close()

    @Slot()
    def _on_pipette(self) -> None:
        self.close()
        self.pipette_wanted.emit()

    @Slot()
    def _on_remove(self) -> None:
        self.close()
        self.removed.emit()


def _caption(text: str) -> QLabel:
    label = QLabel(text)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label
