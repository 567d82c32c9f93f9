"""The view that puts PCA beside the autoencoder."""

from bisect import bisect_left
from functools import partial
from math import log10
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from aestudio.gui.explore.components_chart import AUTOENCODER, PCA, LengthChart
from aestudio.gui.explore.components_newest import Newest
from aestudio.gui.explore.components_picture import CodePicture
from aestudio.gui.explore.components_strip import PhotoStrip
from aestudio.gui.explore.view import ExploreView
from aestudio.gui.i18n import translated
from aestudio.gui.jobs import Failure
from aestudio.gui.knob_row import JumpSlider
from aestudio.gui.palette import GAP
from aestudio.gui.run_controls import BAR_STEPS, big_button, thin_bar
from aestudio.progress import Progress, Step

if TYPE_CHECKING:
    from aestudio.errors import Sentence
    from aestudio.explore.coder import Coder
    from aestudio.explore.compare import Comparison, Split, Trial
    from aestudio.explore.components import Components
    from aestudio.explore.photos import Indexed

SHORTEST, LONGEST, FIRST = 2, 128, 32  # numbers
_LENGTHS = sorted({round(SHORTEST * (LONGEST / SHORTEST) ** (step / 100)) for step in range(101)})


class _Fitted(NamedTuple):
    """The components of photos, and what is left to compare with."""

    photos: "Indexed"
    split: "Split"
    components: "Components"
    fairness: "Sentence"


class _Compared(NamedTuple):
    """How the two did."""

    photos: "Indexed"
    comparison: "Comparison"


class _Tried(NamedTuple):
    """What a photo looks like."""

    photos: "Indexed"
    trial: "Trial"


class ComponentsView(ExploreView):
    """A photo, and what PCA and the autoencoder make of it; below, how they do on photos that PCA does not know."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "chart-bell-curve-cumulative", "", parent)
        self.title = self.tr("PCA and autoencoder")
        self.tip = self.tr("How much of a photo a few numbers keep, with two ways to choose them.")
        self.components: Components | None = None
        self.comparison: Comparison | None = None
        self.live = Newest("explore-components", self)
        self._split: Split | None = None
        self._fairness = ""
        self._stopped = False  # or failed: it begins again when asked to
        self._make()
        self._lay_out()
        self._connect()
        self._show_length(FIRST)
        self._show()

    # what is made once

    def _make(self) -> None:
        self.intro = QLabel(
            self.tr(
                "How much of a photo do a few numbers keep? Both ways put the main thing first, and each further "
                "number adds detail."
            )
        )
        self.intro.setWordWrap(True)
        self.intro.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.original = CodePicture(
            self.tr("Photo"), self.tr("The photo in 128×128 pixels, which is what both ways are given.")
        )
        self.pca = CodePicture(
            self.tr("PCA"),
            self.tr("A mix of fixed patterns in which these photos differ most (principal component analysis)."),
            PCA,
        )
        self.autoencoder = CodePicture(
            self.tr("Autoencoder"),
            self.tr("What the trained network draws from the first numbers of the photo's code."),
            AUTOENCODER,
        )
        tip = self.tr("How many numbers are kept of the photo: more keep more detail.")
        self.slider = JumpSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, len(_LENGTHS) - 1)
        self.slider.setPageStep(8)
        self.slider.setToolTip(tip)
        self.slider.setAccessibleName(self.tr("Numbers slider"))
        self.number = QSpinBox()
        self.number.setRange(SHORTEST, LONGEST)
        self.number.setToolTip(tip)
        self.number.setAccessibleName(self.tr("Numbers"))
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number.setFixedWidth(72)
        self.chart = LengthChart()
        self.verdict = QLabel()
        self.verdict.setWordWrap(True)
        self.verdict.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.verdict.setTextFormat(Qt.TextFormat.PlainText)
        self.verdict.setAccessibleName(self.tr("Verdict"))
        self.bar = thin_bar(self.tr("How far the comparison is"))
        self.stop = big_button("close", self.tr("Stop"), self.tr("Stop the comparison."))
        self.fit = big_button(
            "play", self.tr("Compare"), self.tr("Fit PCA to most of the photos, and judge both ways on the others.")
        )
        self.strip = PhotoStrip(self)

    def _lay_out(self) -> None:
        pictures = QHBoxLayout()
        pictures.setSpacing(2 * GAP)
        for picture in (self.original, self.pca, self.autoencoder):
            pictures.addWidget(picture, 1)
        length = QHBoxLayout()
        length.setSpacing(2 * GAP)
        label = QLabel(self.tr("Numbers"))
        label.setBuddy(self.number)
        for widget in (label, self.slider, self.number):
            length.addWidget(widget)
        length.setStretch(1, 1)
        told = QScrollArea()
        told.setWidget(self.verdict)
        told.setWidgetResizable(True)
        told.setFrameShape(QScrollArea.Shape.NoFrame)
        told.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        told.setAccessibleName(self.tr("Verdict"))
        working = QHBoxLayout()
        working.setSpacing(2 * GAP)
        working.addWidget(self.bar, 1)
        working.addWidget(self.stop)
        working.addWidget(self.fit)
        beside = QVBoxLayout()
        beside.setSpacing(2 * GAP)
        beside.addWidget(told, 1)
        beside.addLayout(working)
        grid = QGridLayout(self)
        grid.setContentsMargins(3 * GAP, GAP, 3 * GAP, 2 * GAP)
        grid.setHorizontalSpacing(4 * GAP)
        grid.setVerticalSpacing(2 * GAP)
        grid.addWidget(self.intro, 0, 0, 1, 2)
        grid.addLayout(pictures, 1, 0, 1, 2)
        grid.addLayout(length, 2, 0, 1, 2)
        grid.addWidget(self.chart, 3, 0)
        grid.addLayout(beside, 3, 1)
        grid.addWidget(self.strip, 4, 0, 1, 2)
        grid.setRowStretch(1, 5)
        grid.setRowStretch(3, 3)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)

    def _connect(self) -> None:
        self.slider.valueChanged.connect(self._on_slider)
        self.slider.double_clicked.connect(self._on_reset)
        self.number.valueChanged.connect(self._show_length)
        self.strip.row_chosen.connect(self._try)
        self.strip.row_activated.connect(self._on_activated)
        self.chart.failed.connect(self.failed)
        self.stop.clicked.connect(self._on_stop)
        self.fit.clicked.connect(self._on_fit)
        self.live.made.connect(self._on_tried)
        self.live.failed.connect(self.failed)
        self.runner.progressed.connect(self._on_progressed)
        self.runner.succeeded.connect(self._on_succeeded)
        self.runner.failed.connect(self._on_failed)
        self.runner.finished.connect(self._go_on)

    # what others ask

    def take(self, photos: "Indexed", coder: "Coder") -> None:
        """Other photos, or the same ones looked at again: then what was found stays."""
        before = self.photos
        same = before is not None and (before.paths, before.digests, before.model_digest) == (
            photos.paths,
            photos.digests,
            photos.model_digest,
        )
        chosen = self.strip.chosen if same else None
        super().take(photos, coder)
        self.live.forget()
        if not same:
            self._forget()
        self.strip.show_photos(range(len(photos)), chosen)
        if self.isVisible():
            self._go_on()

    def leave(self) -> None:
        """Forget the photos."""
        super().leave()
        self.live.forget()
        self._forget()
        self.strip.show_photos(())
        for picture in (self.original, self.pca, self.autoencoder):
            picture.show_picture(None)
        self._show()

    def shut_down(self) -> None:
        """End the threads."""
        self.live.shut_down()
        super().shut_down()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt tells that it can be seen."""
        super().showEvent(event)
        self._try()
        self._go_on()

    @property
    def length(self) -> int:
        """Numbers that are kept."""
        return self.number.value()

    # the comparison

    def _forget(self) -> None:
        self.components = self.comparison = self._split = None
        self._fairness = ""
        self._stopped = False
        self.verdict.setText("")
        self.runner.cancel()

    @Slot()
    def _go_on(self) -> None:
        """Begin what is left to do, once it is seen."""
        photos, coder = self.photos, self.coder
        if photos is not None and coder is not None and not self._stopped and self.isVisible() and not self.runner.busy:
            if self.components is None or self._split is None:
                self.runner.start(partial(_fit, photos, coder))
            elif self.comparison is None:
                self.runner.start(partial(_compare, photos, self._split, self.components, coder))
        self._show()

    @Slot()
    def _on_stop(self) -> None:
        self._stopped = True
        self.runner.cancel()
        self._show()

    @Slot()
    def _on_fit(self) -> None:
        self._stopped = False
        self._go_on()

    @Slot(object)
    def _on_progressed(self, step: Step) -> None:
        half = BAR_STEPS // 2
        self.bar.setValue(round(step.fraction * half) + (half if self.components is not None else 0))

    @Slot(object)
    def _on_succeeded(self, result: object) -> None:
        if isinstance(result, _Fitted) and result.photos is self.photos:
            self._split, self.components = result.split, result.components
            self._fairness = translated(result.fairness)
            self._try()
        elif isinstance(result, _Compared) and result.photos is self.photos:
            self.comparison = result.comparison

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self._stopped = True
        self.verdict.setText(failure.sentence)
        if failure.said is None:
            self.failed.emit(failure)

    @Slot()
    def _show(self) -> None:
        working = self.photos is not None and self.runner.busy and not self._stopped
        for widget in (self.bar, self.stop):
            widget.setVisible(working)
        self.fit.setVisible(self.photos is not None and not working and self.comparison is None)
        if not working:
            self.bar.setValue(0)
        hint = ""
        if working:
            hint = self.tr("PCA is being fitted.") if self.components is None else self.tr("Both are being judged.")
        self.chart.show_comparison(self.comparison, hint)
        said = []
        if self.comparison is not None:
            said.append(" ".join(translated(sentence) for sentence in self.comparison.verdict()))
        if self.components is not None:
            said += [self._fit_text(self.components), self._fairness]
        if said:
            self.verdict.setText("\n\n".join(said))

    def _fit_text(self, components: "Components") -> str:
        seconds = self.locale().toString(components.seconds, "f", 1)
        if components.photos < components.given:
            return self.tr(
                "Fitting PCA took {seconds} s, to {photos} photos that are spread evenly over {given}."
            ).format(seconds=seconds, photos=f"{components.photos:,}", given=f"{components.given:,}")
        return self.tr("Fitting PCA to %n photo(s) took {seconds} s.", "", components.photos).format(seconds=seconds)

    # one photo

    @Slot(int)
    def _on_slider(self, place: int) -> None:
        self.number.setValue(_LENGTHS[place])

    @Slot()
    def _on_reset(self) -> None:
        self.number.setValue(FIRST)

    @Slot(int)
    def _show_length(self, length: int) -> None:
        with QSignalBlocker(self.slider), QSignalBlocker(self.number):
            self.number.setValue(length)
            place = min(bisect_left(_LENGTHS, length), len(_LENGTHS) - 1)
            self.slider.setValue(place)
        self.chart.show_length(length)
        self._try()

    @Slot()
    def _try(self, *_: object) -> None:
        photos, coder, row = self.photos, self.coder, self.strip.chosen
        if photos is not None and coder is not None and row is not None and self.isVisible():
            self.live.ask(partial(_try_length, photos, row, self.length, coder, self.components))

    @Slot(object)
    def _on_tried(self, result: _Tried) -> None:
        if result.photos is not self.photos:
            return
        trial, size = result.trial, result.photos.sizes[result.trial.row]
        self.original.show_picture(trial.original, size, result.photos.paths[trial.row].name)
        self.pca.show_picture(trial.pca, size, self._error_text(trial.pca_error))
        self.autoencoder.show_picture(trial.autoencoder, size, self._error_text(trial.autoencoder_error))

    def _error_text(self, error: float | None) -> str:
        """Nearness, and the error that it is made of."""
        if error is None:
            return self.tr("Not fitted yet.")
        return self.tr("{nearness} dB, mean squared error {error}").format(
            nearness=self.locale().toString(-10 * log10(max(error, 1e-10)), "f", 1),
            error=self.locale().toString(error, "f", 4),
        )

    @Slot(int)
    def _on_activated(self, row: int) -> None:
        if self.photos is not None:
            self.studio_wanted.emit([self.photos.paths[row]])


def _fit(photos: "Indexed", coder: "Coder", progress: Progress) -> _Fitted:
    from aestudio.explore.compare import fairness, split_photos
    from aestudio.explore.components import fit_components

    split = split_photos(photos)
    components = fit_components(photos.smalls, split.fitted, progress)
    return _Fitted(photos, split, components, fairness(coder, components))


def _compare(
    photos: "Indexed", split: "Split", components: "Components", coder: "Coder", progress: Progress
) -> _Compared:
    from aestudio.explore.compare import compare

    return _Compared(photos, compare(photos, split.held_out, components, coder, progress))


def _try_length(photos: "Indexed", row: int, length: int, coder: "Coder", components: "Components | None") -> _Tried:
    from aestudio.explore.compare import try_length

    return _Tried(photos, try_length(photos, row, length, coder, components))
