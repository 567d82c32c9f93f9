"""The desk: photos made by hand out of codes."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from aestudio.explore.desk import WALK
from aestudio.gui.elided import Elided
from aestudio.gui.explore import desk_work as work
from aestudio.gui.explore.components_newest import Newest
from aestudio.gui.explore.components_strip import PhotoStrip
from aestudio.gui.explore.desk_pages import BlendPage, FilePage, InventPage
from aestudio.gui.explore.desk_sliders import DirectionSliders
from aestudio.gui.explore.desk_stage import BLEND, CHANGE, FILE, INVENT, DeskStage
from aestudio.gui.explore.view import ExploreView
from aestudio.gui.jobs import Failure
from aestudio.gui.palette import GAP
from aestudio.gui.run_controls import big_button
from aestudio.progress import Progress

if TYPE_CHECKING:
    from aestudio.explore.coder import Coder
    from aestudio.explore.desk import Directions, Normal
    from aestudio.explore.photos import Floats, Indexed, Levels

DRAWN: Final = 12  # random pictures
_SQUARE: Final = (1, 1)  # the size of what has no photo
_PANEL: Final = 340  # pixels
_REST_MS: Final = 150  # without a change, before the film strip is made anew


class DeskView(ExploreView):
    """Pages of controls on the left, what they make in the middle, the photos to begin with below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "tune-vertical", "", parent)
        self.title = self.tr("Desk")
        self.tip = self.tr("Change photos by their codes, blend two of them, or invent some.")
        self.live = Newest("explore-desk", self)  # the picture itself
        self.beside = Newest("explore-desk-beside", self)  # film strips and random pictures
        self.directions: Directions | None = None
        self._normal: Normal | None = None
        self._base: Floats | None = None  # the code that the sliders begin with
        self._row: int | None = None  # of its photo
        self._size = _SQUARE
        self._drawn: work.Drawn | None = None
        self._opened: work.Opened | None = None
        self._to_do: Callable[[Progress], object] | None = None
        self._gave_up = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._make()
        self._lay_out()
        self._connect()
        self._show()

    # what is made once

    def _make(self) -> None:
        self.sliders, self.blend, self.invent, self.file = DirectionSliders(), BlendPage(), InventPage(), FilePage()
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        for page, title in (
            (self.sliders, self.tr("Change")),
            (self.blend, self.tr("Blend")),
            (self.invent, self.tr("Invent")),
            (self.file, self.tr("From a file")),
        ):
            held = QWidget()
            column = QVBoxLayout(held)
            column.setContentsMargins(0, 2 * GAP, 0, 0)
            column.addWidget(page)
            self.pages.addTab(held, title)
        self.pages.tabBar().setAccessibleName(self.tr("What to do on the desk"))
        self.pages.setFixedWidth(_PANEL)
        self.stage = DeskStage()
        self.status = Elided()
        self.status.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.status.setAccessibleName(self.tr("What was done"))
        self.save_picture = big_button(
            "image-outline", self.tr("Save picture…"), self.tr("Save the picture that was made as PNG.")
        )
        self.save_codes = big_button(
            "content-save-outline",
            self.tr("Save codes…"),
            self.tr("Save the codes of all photos in a file, which NumPy can read as well (.npz)."),
        )
        self.strip = PhotoStrip(self)

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(2 * GAP)
        below.addWidget(self.status, 1)
        below.addWidget(self.save_picture)
        below.addWidget(self.save_codes)
        grid = QGridLayout(self)
        grid.setContentsMargins(3 * GAP, GAP, 3 * GAP, 2 * GAP)
        grid.setHorizontalSpacing(4 * GAP)
        grid.setVerticalSpacing(2 * GAP)
        grid.addWidget(self.pages, 0, 0)
        grid.addWidget(self.stage, 0, 1)
        grid.addWidget(self.strip, 1, 0, 1, 2)
        grid.addLayout(below, 2, 0, 1, 2)
        grid.setRowStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def _connect(self) -> None:
        self.pages.currentChanged.connect(self._on_page)
        self.strip.row_chosen.connect(self._on_row_chosen)
        self.strip.row_activated.connect(self._on_activated)
        self.sliders.changed.connect(self._on_moved)
        self.sliders.direction_chosen.connect(self._ask_walk)
        self.stage.film.chosen.connect(self._on_film)
        self.blend.changed.connect(self._ask_blend)
        self.invent.changed.connect(self._ask_drawn)
        for page, board in ((self.invent, self.stage.inventions), (self.file, self.stage.opened)):
            page.wanted.connect(self._on_take)
            board.chosen.connect(self._show)
            board.activated_.connect(self._on_take)
        self.file.open.clicked.connect(self._on_open)
        self.save_picture.clicked.connect(self._on_save_picture)
        self.save_codes.clicked.connect(self._on_save_codes)
        self._rest.timeout.connect(self._ask_walk)
        for newest in (self.live, self.beside):
            newest.made.connect(self._on_made)
            newest.failed.connect(self.failed)
        self.runner.succeeded.connect(self._on_succeeded)
        self.runner.failed.connect(self._on_failed)
        self.runner.finished.connect(self._go_on)

    # what others ask

    def take(self, photos: "Indexed", coder: "Coder") -> None:
        """Other photos: the desk is cleared."""
        super().take(photos, coder)
        self._clear()
        self.blend.explain(spherical=coder.variational)
        self.invent.explain(variational=coder.variational)
        self.strip.show_photos(range(len(photos)))
        if self.isVisible():
            self._go_on()

    def leave(self) -> None:
        """Forget the photos."""
        super().leave()
        self._clear()
        self.strip.show_photos(())
        self._show()

    def shut_down(self) -> None:
        """End the threads."""
        self.live.shut_down()
        self.beside.shut_down()
        super().shut_down()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt tells that it can be seen."""
        super().showEvent(event)
        self._go_on()

    def _clear(self) -> None:
        self.live.forget()
        self.beside.forget()
        self._rest.stop()
        self._to_do = None
        self.runner.cancel()
        self.directions = self._normal = self._base = self._row = self._drawn = self._opened = None
        self._gave_up = False
        self.sliders.set_directions(None)
        self.blend.begin(None, 0)
        self.file.tell()
        self.status.set_text("")
        self.stage.clear()

    # work

    @Slot()
    def _go_on(self) -> None:
        """Begin what waits, once it is seen."""
        photos, coder = self.photos, self.coder
        if photos is not None and coder is not None and not self.runner.busy:
            job, self._to_do = self._to_do, None
            if job is not None:
                self.runner.start(job)
            elif self.directions is None and len(photos) and not self._gave_up and self.isVisible():
                self.runner.start(partial(work.prepare, photos, coder))
        self._show()

    @Slot(object)
    def _on_succeeded(self, result: object) -> None:
        match result:
            case work.Prepared() if result.photos is self.photos:
                self.directions, self._normal = result.directions, result.normal
                self.sliders.set_directions(result.directions)
                if (row := self.strip.chosen) is not None:
                    self._begin_with(row)
                self._on_page()
            case work.Opened() if result.photos is self.photos:
                self._opened = result
                count = len(result.pictures)
                self.file.tell(result.path.name, len(result.saved), count)
                names = [Path(path).name for path in result.saved.paths[:count]]
                self.stage.opened.show_pictures(list(result.pictures), result.saved.sizes[:count], names)
            case work.Saved():
                self.status.set_text(self.tr("Saved as {name}.").format(name=result.path.name))

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self._gave_up = self.directions is None
        self.failed.emit(failure)

    @Slot(object)
    def _on_made(self, result: object) -> None:
        match result:
            case work.Made() if result.photos is self.photos:
                name = "" if self._row is None else result.photos.paths[self._row].name
                self.stage.original.show_picture(result.original, self._size, name)
                self.stage.made.show_picture(result.picture, self._size)
            case work.Walked() if result.photos is self.photos:
                texts = [self.locale().toString(place).replace("-", "−") for place in WALK]
                self.stage.film.show_pictures(list(result.pictures), [self._size] * len(WALK), texts)
            case work.Blended() if result.photos is self.photos:
                for picture, small, row in zip(
                    (self.stage.first, self.stage.second), result.originals, result.rows, strict=True
                ):
                    picture.show_picture(small, result.photos.sizes[row], result.photos.paths[row].name)
                self.stage.between.show_picture(result.picture, result.size)
            case work.Drawn() if result.photos is self.photos:
                self._drawn = result
                texts = [str(number) for number in range(1, len(result.pictures) + 1)]
                self.stage.inventions.show_pictures(list(result.pictures), [_SQUARE] * len(texts), texts)
        self._show()

    @Slot()
    def _show(self, *_: object) -> None:
        there, idle = self.photos is not None, not self.runner.busy
        self.save_picture.setEnabled(idle and self._picture() is not None)
        self.save_codes.setEnabled(there and idle and bool(self.photos))
        self.file.open.setEnabled(there and idle)
        self.invent.take.setEnabled(self.directions is not None and self.stage.inventions.currentRow() >= 0)
        self.file.take.setEnabled(self.directions is not None and self.stage.opened.currentRow() >= 0)

    # the sliders

    @property
    def code(self) -> "Floats | None":
        """The code that is on the sliders."""
        if self._base is None or self.directions is None or self.sliders.places is None:
            return None
        return self.directions.moved(self._base, self.sliders.places)

    def _begin(self, code: "Floats", size: tuple[int, int], row: int | None) -> None:
        """Put a code on the sliders, with the size and the row of its photo."""
        assert self.directions is not None
        self._base, self._size, self._row = code, size, row
        self.sliders.show_own(self.directions.places(code))
        self._ask_made()
        self._ask_walk()

    def _begin_with(self, row: int) -> None:
        """Put a photo on the sliders, and at one end of the blend."""
        assert self.photos is not None
        self.blend.begin(row, len(self.photos))
        self._begin(self.photos.codes[row], self.photos.sizes[row], row)

    @Slot()
    def _on_moved(self) -> None:
        self._ask_made()
        self._rest.start()

    def _ask_made(self) -> None:
        if self.photos is not None and self.coder is not None and (code := self.code) is not None:
            self.live.ask(partial(work.make, self.photos, self.coder, code, self._row))

    @Slot()
    def _ask_walk(self, *_: object) -> None:
        direction, code = self.sliders.direction, self.code
        if (
            self.photos is not None
            and self.coder is not None
            and self.directions is not None
            and code is not None
            and direction >= 0
            and self.pages.currentIndex() == CHANGE
        ):
            self.beside.ask(partial(work.walk, self.photos, self.coder, self.directions, code, direction))

    @Slot(int)
    def _on_film(self, place: int) -> None:
        self.sliders.go_to(self.sliders.direction, float(WALK[place]))

    # the other pages

    @Slot()
    def _on_page(self, *_: object) -> None:
        """Another page, or the same one with other photos."""
        page = self.pages.currentIndex()
        self.stage.setCurrentIndex(page)
        if page == CHANGE:
            self._ask_made()
            self._ask_walk()
        elif page == BLEND:
            self._ask_blend()
        elif page == INVENT and self._drawn is None:
            self._ask_drawn()
        self._show()

    @Slot(int)
    def _on_row_chosen(self, row: int) -> None:
        if self.photos is None or self.directions is None:
            return
        if self.pages.currentIndex() == BLEND:
            self.blend.choose(row)
        else:
            self._begin_with(row)
            self.pages.setCurrentIndex(CHANGE)

    @Slot()
    def _ask_blend(self) -> None:
        if self.photos is not None and self.coder is not None and self.blend.rows:
            share = self.blend.share.share
            self.live.ask(partial(work.blend, self.photos, self.coder, tuple(self.blend.rows), share))

    @Slot()
    def _ask_drawn(self) -> None:
        if self.photos is not None and self.coder is not None and self._normal is not None:
            seed, spread = self.invent.seed, self.invent.spread.share
            self.beside.ask(partial(work.draw, self.photos, self.coder, self._normal, DRAWN, seed, spread))

    @Slot()
    def _on_take(self, *_: object) -> None:
        """Put what is chosen on a board on the sliders."""
        page = self.pages.currentIndex()
        place = (self.stage.inventions if page == INVENT else self.stage.opened).currentRow()
        if self.directions is None or place < 0:
            return
        if page == INVENT and self._drawn is not None:
            self._begin(self._drawn.codes[place], _SQUARE, None)
        elif page == FILE and self._opened is not None:
            self._begin(self._opened.saved.codes[place], self._opened.saved.sizes[place], None)
        self.pages.setCurrentIndex(CHANGE)

    @Slot(int)
    def _on_activated(self, row: int) -> None:
        if self.photos is not None:
            self.studio_wanted.emit([self.photos.paths[row]])

    # files

    def _picture(self) -> "tuple[Levels, tuple[int, int]] | None":
        """What would be saved: the picture made, or the one that is chosen, with its size."""
        page = self.pages.currentIndex()
        if page in (INVENT, FILE):
            board = self.stage.inventions if page == INVENT else self.stage.opened
            return board.picture(board.currentRow())
        shown = (self.stage.made if page == CHANGE else self.stage.between).surface
        return None if shown.small is None else (shown.small, shown.size_of_photo)

    @Slot()
    def _on_save_picture(self) -> None:
        found = self._picture()
        path = self._asked(self.tr("Save the picture"), "picture.png", self.tr("Pictures")) if found else None
        if found and path:
            self._do(partial(work.save_picture, *found, *path))

    @Slot()
    def _on_save_codes(self) -> None:
        photos = self.photos
        path = self._asked(self.tr("Save the codes"), "codes.npz", self.tr("Codes")) if photos else None
        if photos and path:
            self._do(partial(work.save_codes, photos, *path))

    @Slot()
    def _on_open(self) -> None:
        photos, coder = self.photos, self.coder
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Open codes"), str(Path.home()), f"{self.tr('Codes')} (*.npz)"
        )
        if name and photos is not None and coder is not None:
            self._do(partial(work.open_codes, photos, coder, Path(name)))

    def _asked(self, title: str, name: str, kind: str) -> tuple[Path, bool] | None:
        """Where to, and whether the user was asked about a file that is there."""
        ending = Path(name).suffix
        said, _ = QFileDialog.getSaveFileName(self, title, str(Path.home() / name), f"{kind} (*{ending})")
        if not said:
            return None
        asked = Path(said)
        path = asked if asked.suffix.lower() == ending else Path(f"{said}{ending}")
        return path, path == asked

    def _do(self, job: Callable[[Progress], object]) -> None:
        self._to_do = job
        self._go_on()
