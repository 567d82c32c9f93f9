"""The map view: all photos in two dimensions, those that are alike beside one another."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QKeySequence, QPalette, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from aestudio.explore.maps import CODES, NEIGHBOURS, PhotoMap, lay_out, mean_colours
from aestudio.gui.elided import Elided
from aestudio.gui.explore.look import PhotoLook
from aestudio.gui.explore.map_canvas import MapCanvas
from aestudio.gui.explore.map_tools import MapTools
from aestudio.gui.explore.view import ExploreView
from aestudio.gui.icons import icon
from aestudio.gui.jobs import Failure
from aestudio.gui.palette import GAP
from aestudio.gui.run_controls import big_button
from aestudio.progress import Progress, Step

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from aestudio.explore.coder import Coder
    from aestudio.explore.photos import Indexed

_ZOOM: Final = 1.5  # by one press of a button


class _Laid(NamedTuple):
    """What came of laying photos out."""

    photos: "Indexed"
    map: PhotoMap


class _Coloured(NamedTuple):
    """The mean colours of photos."""

    photos: "Indexed"
    levels: "NDArray[np.uint8]"


class _Saved(NamedTuple):
    """A file of the map."""

    path: Path


class MapView(ExploreView):
    """A canvas, with the ways to lay photos out above, and what can be done with selected ones below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "map-outline", "", parent)
        self.title = self.tr("Map")
        self.tip = self.tr("All photos at a glance: those that are alike lie beside one another.")
        self.method = NEIGHBOURS
        self._maps: dict[str, PhotoMap] = {}
        self._laying = ""  # the method by which photos are being laid out
        self._given_up: set[str] = set()  # methods that failed, or were stopped
        self._colourless = False  # the colours could not be found
        self._to_save: Callable[[Progress], _Saved] | None = None
        self.tools = MapTools()
        self.canvas = MapCanvas()
        self.look = PhotoLook(self.canvas)
        self._make_controls()
        self._lay_out()
        self._connect()
        self._show()
        self._show_selected()

    def _make_controls(self) -> None:
        self.canvas.setAccessibleName(self.tr("Map of the photos"))
        self.hint = QLabel()
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hint.setForegroundRole(QPalette.ColorRole.WindowText)  # else the ground's
        self.caption = Elided()
        self.caption.setAccessibleName(self.tr("Selected photos"))
        self.none = big_button("selection-off", self.tr("Select none"), self.tr("Select no photo (Esc)."))
        self.to_studio = big_button(
            "image-edit-outline",
            self.tr("Open in Studio"),
            self.tr("Open the selected photos there. A double click, or Enter, opens one."),
        )
        self.to_batch = big_button(
            "image-multiple-outline",
            self.tr("Add to Batch"),
            self.tr("Put the selected photos on the list of the batch."),
        )
        self.menu = QMenu(self)
        self.actions_of_photos = self.add_photo_actions(self.menu, self._paths)
        self.menu.addSeparator()
        self.save_png = self.menu.addAction(icon("image-outline"), self.tr("Save the map as PNG…"))
        self.save_csv = self.menu.addAction(icon("table"), self.tr("Save the map as CSV…"))

    def _lay_out(self) -> None:
        QVBoxLayout(self.canvas).addWidget(self.hint)
        below = QHBoxLayout()
        below.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        below.setSpacing(2 * GAP)
        below.addWidget(self.caption, 1)
        for button in (self.none, self.to_studio, self.to_batch):
            below.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tools)
        column.addWidget(self.canvas, 1)
        column.addLayout(below)

    def _connect(self) -> None:
        canvas, tools = self.canvas, self.tools
        canvas.selection_changed.connect(self._show_selected)
        canvas.activated.connect(self._on_activated)
        canvas.rested.connect(self._on_rested)
        canvas.menu_wanted.connect(self._on_menu_wanted)
        canvas.pictures.failed.connect(self.failed)
        tools.method_chosen.connect(self._on_method_chosen)
        tools.stop.clicked.connect(self._on_stop)
        tools.lasso.toggled.connect(canvas.set_lassoes)
        tools.nearer.clicked.connect(self._on_nearer)
        tools.farther.clicked.connect(self._on_farther)
        tools.fit.clicked.connect(canvas.fit)
        for keys, slot in (
            ("F", tools.fit.click),
            ("L", tools.lasso.click),
            ("+ =", tools.nearer.click),
            ("-", tools.farther.click),
        ):
            shortcut = QShortcut(self)  # in the whole window, but only while this view is seen
            shortcut.setKeys([QKeySequence(key) for key in keys.split()])
            shortcut.activated.connect(slot)
        self.none.clicked.connect(canvas.escape)
        studio, batch = self.actions_of_photos
        self.to_studio.clicked.connect(studio.trigger)
        self.to_batch.clicked.connect(batch.trigger)
        self.save_png.triggered.connect(self._on_save_png)
        self.save_csv.triggered.connect(self._on_save_csv)
        self.runner.progressed.connect(self._on_progressed)
        self.runner.succeeded.connect(self._on_succeeded)
        self.runner.failed.connect(self._on_failed)
        self.runner.finished.connect(self._go_on)

    # what others ask

    def take(self, photos: "Indexed", coder: "Coder") -> None:
        """Other photos; or the same ones looked at again, of which maps and selection stay."""
        same = photos.is_like(self.photos)
        super().take(photos, coder)
        self._given_up.clear()
        self._colourless = False
        if not same:
            self._forget()
        self.canvas.take(photos, same=same)
        self._go_on()

    def leave(self) -> None:
        """Forget the photos."""
        super().leave()
        self._forget()
        self.canvas.take(None)
        self._show()

    def escape(self) -> bool:
        """Esc: drop what is being drawn, or the selection; False if there is neither."""
        return self.canvas.escape()

    def shut_down(self) -> None:
        """End the threads."""
        super().shut_down()
        self.canvas.pictures.shut_down()
        self.look.shut_down()

    def showEvent(self, event: QShowEvent) -> None:
        """The view is turned to."""
        super().showEvent(event)
        self._go_on()

    def _forget(self) -> None:
        self._maps.clear()
        self._laying = ""
        self._to_save = None
        self.runner.cancel()

    # laying out

    @Slot()
    def _go_on(self) -> None:
        """Show the map that is wanted, or have it made; until it is there, one that is quickly made."""
        canvas = self.canvas
        wanted = self._maps.get(self.method)
        shown = wanted or (self._maps.get(CODES) if canvas.scene.map is None else None)
        if shown is not None and canvas.scene.map is not shown:
            canvas.show_map(shown)
        if self.photos is not None and not self.runner.busy and self.isVisible():
            self._start_next(self.photos)
        self._show()

    def _start_next(self, photos: "Indexed") -> None:
        there = self.canvas.scene.map is not None
        self._laying = ""
        if self._to_save is not None:
            job, self._to_save = self._to_save, None
            self.runner.start(job)
        elif there and self.canvas.colours is None and not self._colourless:
            self.runner.start(partial(_colour, photos))
        elif self._is_missing:
            self._laying = self.method if there or CODES in self._given_up else CODES
            self.runner.start(partial(_lay_out, photos, self._laying))

    @property
    def _is_missing(self) -> bool:
        """Whether the map that is wanted is still to be made."""
        return self.photos is not None and self.method not in self._maps and self.method not in self._given_up

    @Slot(str)
    def _on_method_chosen(self, method: str) -> None:
        self.method = method
        self._given_up.discard(method)
        if self._laying not in ("", method):
            self.runner.cancel()  # it is not wanted any more
        self._go_on()

    @Slot()
    def _on_stop(self) -> None:
        """Back to the map that is shown, if there is one."""
        shown = self.canvas.scene.map
        if shown is None:
            self._given_up.add(self.method)
        else:
            self.method = shown.method
        self.runner.cancel()
        self._show()

    @Slot(object)
    def _on_progressed(self, step: Step) -> None:
        if self._laying == self.method:
            self.tools.show_step(step)

    @Slot(object)
    def _on_succeeded(self, result: object) -> None:
        if isinstance(result, _Saved):
            self.caption.set_text(self.tr("The map was saved as {name}.").format(name=result.path.name))
        elif isinstance(result, _Coloured) and result.photos is self.photos:
            self.canvas.show_colours(result.levels)
        elif isinstance(result, _Laid) and result.photos.is_like(self.photos):
            self._maps[result.map.method] = result.map

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        if self._laying:
            self._given_up.add(self._laying)
        elif self.canvas.colours is None:
            self._colourless = True
        self.failed.emit(failure)

    @Slot()
    def _show(self) -> None:
        there = self.canvas.scene.map is not None
        count = 0 if self.photos is None else len(self.photos)
        self.tools.show_method(self.method, there=there)
        working = self.tr("Laying out %n photo(s)…", "", count) if self._is_missing else ""
        self.tools.show_working(working)
        if there or self.photos is None:
            self.hint.setText("")
        elif self._is_missing:
            self.hint.setText(self.tr("The photos are being laid out. This may take a minute if there are many."))
        else:
            self.hint.setText(self.tr("There is no map. Please choose above how the photos are laid out."))
        for action in (self.save_png, self.save_csv):
            action.setEnabled(there)

    # what is selected

    def _paths(self) -> list[Path]:
        return [] if self.photos is None else [self.photos.paths[row] for row in self.canvas.selected_rows]

    @Slot()
    def _show_selected(self) -> None:
        count = int(self.canvas.selected.sum())
        some = self.tr("%n photo(s) selected", "", count)
        none = self.tr("The wheel zooms, dragging moves the map, a click selects. Zoom in for more pictures.")
        self.caption.set_text(some if count else none)
        for control in (self.none, self.to_studio, self.to_batch, *self.actions_of_photos):
            control.setEnabled(count > 0)

    @Slot(int)
    def _on_activated(self, row: int) -> None:
        if self.photos is not None:
            self.studio_wanted.emit([self.photos.paths[row]])

    @Slot(object)
    def _on_rested(self, row: int | None) -> None:
        if row is None or self.photos is None:
            self.look.leave()
        else:
            small = self.canvas.pictures.square(row)
            self.look.show_photo(self.photos.paths[row], self.photos.sizes[row], small, self.canvas.box_of(row))

    @Slot(object)
    def _on_menu_wanted(self, place: QPoint) -> None:
        self.menu.popup(place)

    @Slot()
    def _on_nearer(self) -> None:
        self.canvas.zoom_by(_ZOOM)

    @Slot()
    def _on_farther(self) -> None:
        self.canvas.zoom_by(1 / _ZOOM)

    # files

    @Slot()
    def _on_save_png(self) -> None:
        self._save(self.tr("Pictures"), ".png")

    @Slot()
    def _on_save_csv(self) -> None:
        self._save(self.tr("Tables"), ".csv")

    def _save(self, kind: str, ending: str) -> None:
        photos, shown = self.photos, self.canvas.scene.map
        if photos is None or shown is None:
            return
        begin = Path.home() / f"map-{shown.method}{ending}"
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save the map"), str(begin), f"{kind} (*{ending})")
        if not name:
            return
        asked = Path(name)
        path = asked if asked.suffix.lower() == ending else Path(f"{name}{ending}")
        self._to_save = partial(_save, photos, shown, path, path == asked)  # the dialog asked about the name it gave
        self._go_on()


def _lay_out(photos: "Indexed", method: str, progress: Progress) -> _Laid:
    return _Laid(photos, lay_out(photos, method, progress))


def _colour(photos: "Indexed", progress: Progress) -> _Coloured:
    return _Coloured(photos, mean_colours(photos, progress))


def _save(photos: "Indexed", photo_map: PhotoMap, path: Path, overwrite: bool, progress: Progress) -> _Saved:
    from aestudio.explore.map_picture import save_map

    return _Saved(save_map(photos, photo_map, path, progress, overwrite=overwrite))
