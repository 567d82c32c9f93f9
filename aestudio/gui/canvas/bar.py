"""The bar under the canvas: how to compare, how large, and what is under the pointer."""

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from aestudio.gui.canvas.image_view import ImageView
from aestudio.gui.canvas.layout import CompareMode
from aestudio.gui.icons import ICON_PIXELS, icon

BUTTON_PIXELS = 28


class CanvasBar(QWidget):
    """Commands of one view, and what it tells."""

    def __init__(self, view: ImageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.split_button = self._make_button("compare")
        self.side_button = self._make_button("view-split-vertical")
        self.single_button = self._make_button("rectangle-outline")
        self.loupe_button = self._make_button("magnify-scan")
        self.fit_button = self._make_button("fit-to-page-outline")
        self.one_to_one_button = self._make_button("")
        self._modes = {
            self.split_button: CompareMode.SPLIT,
            self.side_button: CompareMode.SIDE_BY_SIDE,
            self.single_button: CompareMode.SINGLE,
        }
        for button in self._modes:  # no QButtonGroup: Tab would reach only one of them
            button.setCheckable(True)
        self.loupe_button.setCheckable(True)
        self.zoom_label = QLabel()
        self.position_label = QLabel()
        self.colour_label = QLabel()
        self._lay_out()
        self._name()
        self._connect()
        self._on_mode_changed(view.mode)
        self._on_loupe_toggled(view.loupe_shown)
        self._on_zoom_changed(view.zoom)

    def _make_button(self, glyph: str) -> QToolButton:
        button = QToolButton(self)
        if glyph:
            button.setIcon(icon(glyph))
        button.setIconSize(QSize(ICON_PIXELS, ICON_PIXELS))
        button.setFixedSize(BUTTON_PIXELS, BUTTON_PIXELS)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 2)
        layout.setSpacing(2)
        for button in (*self._modes, self.loupe_button):
            layout.addWidget(button)
        layout.addSpacing(16)
        layout.addWidget(self.fit_button)
        layout.addWidget(self.one_to_one_button)
        layout.addSpacing(4)
        layout.addWidget(self.zoom_label)
        layout.addStretch(1)
        layout.addWidget(self.position_label)
        layout.addSpacing(16)
        layout.addWidget(self.colour_label)
        font = QFont(self.font())
        font.setFeature(QFont.Tag("tnum"), 1)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for label, widest in (
            (self.zoom_label, "3200 %"),
            (self.position_label, "00000, 00000"),
            (self.colour_label, "R 00000  G 00000  B 00000"),
        ):
            label.setFont(font)
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            label.setMinimumWidth(label.fontMetrics().horizontalAdvance(widest) + 4)
            label.setAlignment(right)
        self.zoom_label.setAlignment(Qt.AlignmentFlag.AlignVCenter)

    def _name(self) -> None:
        """Give everything its words, in the language of the moment."""
        for button, name, tip in (
            (self.split_button, self.tr("Split"), self.tr("Before and after on one photo, with a line to drag (S)")),
            (self.side_button, self.tr("Side by side"), self.tr("Before and after beside each other (D)")),
            (self.single_button, self.tr("Single"), self.tr("Only the result. Hold Space to see the original.")),
            (self.loupe_button, self.tr("Loupe"), self.tr("A part of the photo at 1:1. It is restored first.")),
            (self.fit_button, self.tr("Fit"), self.tr("Show the whole photo (F)")),
            (self.one_to_one_button, self.tr("1:1"), self.tr("One pixel of the photo on one of the screen (Z)")),
        ):
            button.setAccessibleName(name)
            button.setToolTip(tip)
            button.setAccessibleDescription(tip)
        self.one_to_one_button.setText(self.tr("1:1"))
        self.zoom_label.setAccessibleName(self.tr("Zoom"))
        self.zoom_label.setToolTip(self.tr("Zoom (+ and −, or the mouse wheel)"))
        self.position_label.setAccessibleName(self.tr("Position"))
        self.position_label.setToolTip(self.tr("The pixel under the pointer: column, row"))
        self.colour_label.setAccessibleName(self.tr("Colour"))
        self.colour_label.setToolTip(self.tr("Its red, green and blue, as the photo has them"))
        self.setAccessibleName(self.tr("Canvas"))

    def _connect(self) -> None:
        self.split_button.clicked.connect(self._on_split_clicked)
        self.side_button.clicked.connect(self._on_side_clicked)
        self.single_button.clicked.connect(self._on_single_clicked)
        self.loupe_button.toggled.connect(self._view.set_loupe)
        self.fit_button.clicked.connect(self._view.fit)
        self.one_to_one_button.clicked.connect(self._view.one_to_one)
        self._view.mode_changed.connect(self._on_mode_changed)
        self._view.loupe_toggled.connect(self._on_loupe_toggled)
        self._view.zoom_changed.connect(self._on_zoom_changed)
        self._view.pixel_hovered.connect(self._on_pixel_hovered)

    def changeEvent(self, event: QEvent) -> None:
        """Qt tells that the language changed, among other things."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name()

    @Slot()
    def _on_split_clicked(self) -> None:
        self._choose(CompareMode.SPLIT)

    @Slot()
    def _on_side_clicked(self) -> None:
        self._choose(CompareMode.SIDE_BY_SIDE)

    @Slot()
    def _on_single_clicked(self) -> None:
        self._choose(CompareMode.SINGLE)

    def _choose(self, mode: CompareMode) -> None:
        self._view.set_mode(mode)
        self._on_mode_changed(mode)  # a second click must not switch the button off

    @Slot(object)
    def _on_mode_changed(self, mode: CompareMode) -> None:
        for button, its_mode in self._modes.items():
            button.setChecked(its_mode == mode)

    @Slot(bool)
    def _on_loupe_toggled(self, shown: bool) -> None:
        self.loupe_button.setChecked(shown)

    @Slot(float)
    def _on_zoom_changed(self, zoom: float) -> None:
        percent = zoom * 100
        self.zoom_label.setText(f"{percent:.0f} %" if percent >= 10 else f"{percent:.1f} %")

    @Slot(int, int, object)
    def _on_pixel_hovered(self, x: int, y: int, colour: tuple[float, float, float] | None) -> None:
        self.position_label.setText(f"{x}, {y}" if x >= 0 else "")
        if colour is None:
            self.colour_label.clear()
            return
        red, green, blue = (f"{value:.3f}" if isinstance(value, float) else f"{value}" for value in colour)
        self.colour_label.setText(f"R {red}  G {green}  B {blue}")
