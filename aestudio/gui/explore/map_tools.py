"""What is above a map: the ways to lay photos out, how far that is, and where one looks."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from aestudio.explore.maps import CODES, MOST_LAID_OUT, NEIGHBOURS, PIXELS, UMAP, has_umap
from aestudio.gui.icon_button import icon_button
from aestudio.gui.icons import ICON_PIXELS, icon
from aestudio.gui.palette import GAP
from aestudio.gui.run_controls import BAR_STEPS, thin_bar
from aestudio.progress import Step


class MapTools(QWidget):
    """Only shows: what the buttons do is the view's matter."""

    method_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.methods: dict[str, QToolButton] = {}
        self.working = QLabel()
        self.working.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.bar = thin_bar(self.tr("How far the map is"))
        self.bar.setFixedWidth(120)
        self.stop = icon_button("close", self.tr("Stop"), self.tr("Stop laying the photos out."))
        self.lasso = icon_button("lasso", self.tr("Lasso"), self.tr("Draw around photos to select them (L)."))
        self.lasso.setCheckable(True)
        self.nearer = icon_button("magnify-plus-outline", self.tr("Zoom in"), self.tr("Zoom in (+, or the wheel)."))
        self.farther = icon_button("magnify-minus-outline", self.tr("Zoom out"), self.tr("Zoom out (−, or the wheel)."))
        self.fit = icon_button("fit-to-page-outline", self.tr("Show all"), self.tr("Show the whole map (F)."))
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * GAP, GAP, 3 * GAP, 2 * GAP)
        row.setSpacing(GAP)
        for method, glyph, text, tip in self._known_methods():
            self.methods[method] = self._method_button(method, glyph, text, tip)
            row.addWidget(self.methods[method])
        row.addSpacing(3 * GAP)
        for widget in (self.working, self.bar, self.stop):
            row.addWidget(widget)
        row.addStretch(1)
        for button in (self.lasso, self.farther, self.nearer, self.fit):
            row.addWidget(button)
        self.show_working("")

    def _known_methods(self) -> list[tuple[str, str, str, str]]:
        many = self.tr(
            "Of more than {count} photos, only so many are laid out by themselves, and each of the others is put "
            "between those that it resembles most."
        ).format(count=f"{MOST_LAID_OUT:,}")
        near = self.tr(
            "Photos with similar codes come together in groups (t-SNE). What is near means something, how far groups "
            "are from one another does not."
        )
        codes = self.tr("The two directions in which the codes of the photos differ most, found by the model.")
        photos = self.tr(
            "The two directions in which the photos themselves differ most, without any model: mostly how bright they "
            "are, and where."
        )
        umap = self.tr("As neighbours, but with more of how groups lie to one another. It takes a while to begin with.")
        known = [
            (NEIGHBOURS, "scatter-plot-outline", self.tr("Code: neighbours"), f"{near} {many}"),
            (CODES, "axis-arrow", self.tr("Code: PCA"), codes),
            (PIXELS, "image-outline", self.tr("PCA of the photos"), photos),
        ]
        return [*known, (UMAP, "graph-outline", self.tr("Code: UMAP"), f"{umap} {many}")] if has_umap() else known

    def _method_button(self, method: str, glyph: str, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setIcon(icon(glyph))
        button.setIconSize(QSize(ICON_PIXELS, ICON_PIXELS))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setCheckable(True)
        button.setMinimumHeight(28)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(f"<qt>{tip}</qt>")  # so that it is wrapped
        button.setAccessibleName(text)
        button.setProperty("method", method)
        button.clicked.connect(self._on_clicked)
        return button

    def show_method(self, shown: str, *, there: bool) -> None:
        """Which way it is; `there` where there is a map to look at."""
        for method, button in self.methods.items():
            button.setChecked(method == shown)
        for button in (self.lasso, self.nearer, self.farther, self.fit):
            button.setEnabled(there)

    def show_working(self, text: str) -> None:
        """What is being computed; empty for nothing."""
        if text != self.working.text():
            self.bar.setValue(0)
        self.working.setText(text)
        for widget in (self.working, self.bar, self.stop):
            widget.setVisible(bool(text))

    @Slot(object)
    def show_step(self, step: Step) -> None:
        """How far that is."""
        self.bar.setValue(round(BAR_STEPS * step.fraction))

    @Slot()
    def _on_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.method_chosen.emit(str(sender.property("method")))
