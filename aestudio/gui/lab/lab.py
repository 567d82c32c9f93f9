"""The compression lab in the window: a photo in a small file, beside itself or beside what other formats make of it."""

from collections.abc import Hashable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from aestudio.codec.rivals import RIVALS, Rival
from aestudio.errors import Sentence
from aestudio.gui.i18n import translated
from aestudio.gui.jobs import Failure
from aestudio.gui.lab.display import LabDisplay
from aestudio.gui.lab.jobs import Job
from aestudio.gui.lab.section import LabSection
from aestudio.gui.lab.state import Aim, Compression, Look, Show
from aestudio.gui.lab.widgets import three_digits
from aestudio.gui.lab.work import (
    Compressed,
    LabModel,
    RivalFile,
    Subject,
    code_key,
    difference_key,
    heat_key,
    rival_key,
    stream_key,
)
from aestudio.gui.session import COMPRESS, ChosenModel, OpenPhoto
from aestudio.gui.undo import ChangeCompression
from aestudio.images.photo import Photo

if TYPE_CHECKING:
    from aestudio.gui.studio import Studio

WAIT_MS = 300  # a slider on its way must not start the codec at every step
FLICKER_MS = 330
LEAST_BPP, MOST_BPP, USUAL_BPP = 0.03, 8.0, 1.0  # of the sizes that can be wished for
MODEL = "model"  # in the key of the job that loads it


class CompressLab(QObject):
    """Works on the photo on the canvas through its section of the panel, after all tools."""

    changed = Signal()  # what can be done now

    def __init__(self, studio: "Studio", section: LabSection) -> None:
        super().__init__(studio)
        self._studio = studio
        self._work, self._jobs = studio.services.lab, studio.services.compressor
        self.section = section
        self.display = LabDisplay(studio, section)
        self.model: LabModel | None = None
        self._chosen: ChosenModel | None = None  # what it is loaded of; None: the built-in one
        self._unable = False  # there is none
        self._entry: OpenPhoto | None = None
        self._photo: Photo | None = None  # whose sizes can be wished for
        self._subject: Subject | None = None  # what is to be compressed; None while there is nothing
        self._wanted = Compression()
        # what was asked for just now, and before: kept however little room there is
        self._found: dict[Hashable, Any] = {}
        self._earlier: dict[Hashable, Any] = {}
        self._failed: set[Hashable] = set()
        self._halted = False
        self._told: object = None
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._go_on)
        self._flick = QTimer(self, interval=FLICKER_MS)
        self._flick.timeout.connect(self._on_flick)
        self._flicked = False
        self._connect()
        self.follow()

    def _connect(self) -> None:
        section, display = self.section, self.display
        self._studio.work_changed.connect(self.follow)
        section.changed.connect(self._on_changed)
        section.looked.connect(self._go_on)
        section.flicker_toggled.connect(self._on_flicker_toggled)
        section.shown.connect(self._on_section_shown)
        section.chart_wanted.connect(display.chart.open)
        section.code_wanted.connect(display.open_code)
        display.chart.toggled.connect(self._go_on)
        display.chart.quality_chosen.connect(self._on_quality_chosen)
        display.code_toggled.connect(self._go_on)
        self._jobs.done.connect(self._on_done)
        self._jobs.failed.connect(self._on_failed)
        self._jobs.free.connect(self._go_on)

    @classmethod
    def of(cls, studio: "Studio") -> "CompressLab":
        """For a studio whose tools are there."""
        section = LabSection()
        studio.panel.add_last(section)
        return cls(studio, section)

    # what others ask

    @property
    def made(self) -> Compressed | None:
        """The photo on the canvas compressed as it is wanted; None until then."""
        made: Compressed | None = self._find(stream_key(self._subject, self._wanted)) if self._subject else None
        return made

    @property
    def working(self) -> bool:
        """Whether it is being compressed, or will be in a moment."""
        return self._subject is not None and self.made is None and not self.stale

    @property
    def stale(self) -> bool:
        """Whether it is not, but could be."""
        if self._subject is None or self.made is not None:
            return False
        return self._halted or stream_key(self._subject, self._wanted) in self._failed

    @property
    def at_rest(self) -> bool:
        """Whether all that is wanted was made, or given up."""
        return not self._jobs.busy and not self._soon.isActive()

    def stop(self) -> None:
        """Stop all work until something else is wanted."""
        self._soon.stop()
        self._halted = True
        self._go_on()

    def run(self) -> None:
        """Work again, at once."""
        self._soon.stop()
        self._halted = False
        self._failed.clear()
        self._go_on()

    # what is wanted

    @Slot()
    def follow(self) -> None:
        """Whatever happened in the studio: see what there is to be compressed now."""
        self._follow(at_once=False)

    def _follow(self, *, at_once: bool) -> None:
        chosen = self._studio.services.parts.models.get(COMPRESS)
        if chosen != self._chosen:  # what the other one made is told by its key, and not shown again
            self._chosen, self.model, self._unable = chosen, None, False
        entry, photo = self._studio.current, self._studio.photo
        if entry is not self._entry:
            self._entry = entry
            self.section.flicker.setChecked(False)
        state = entry.compression if entry is not None else Compression()
        if photo is not self._photo:
            self._photo = photo
            if photo is not None:
                self._show_limits(photo)
        if state != self.section.state:
            self.section.show_state(state)
        self.section.setEnabled(entry is not None)
        subject = None
        if entry is not None and photo is not None and state.on and self.model is not None:
            subject = self._work.subject(entry, self._studio.steps)
        self._aim_at(subject, state, at_once=at_once)
        self._go_on()
        if state.on and subject is None and self._studio.steps:
            self.display.show_waiting()

    def _aim_at(self, subject: Subject | None, state: Compression, *, at_once: bool) -> None:
        before = self._subject
        same = subject is not None and before is not None and subject.key == before.key
        if (same and state.key == self._wanted.key) or subject is before:
            return
        self._subject, self._wanted = subject, state
        self._halted = False
        self._failed.clear()
        self._soon.stop()
        if not same:
            self.display.clear()
        if subject is not None and self.made is None:
            self._soon.start(0 if at_once or before is None else WAIT_MS)

    def _show_limits(self, photo: Photo) -> None:
        """What files the photo may become, and which formats hold it."""
        least, most, usual = (
            three_digits(max(1.0, 1000 * photo.megapixels * bpp / 8)) for bpp in (LEAST_BPP, MOST_BPP, USUAL_BPP)
        )
        self.section.show_range(least, max(most, 2 * least), usual)
        self.section.show_rivals(frozenset(rival.name for rival in RIVALS if rival.holds(photo.height, photo.width)))

    @property
    def _rival(self) -> Rival | None:
        """What the photo is compared with, if that holds it."""
        photo, name = self._photo, self.section.look.rival
        fitting = (each for each in RIVALS if photo is not None and each.holds(photo.height, photo.width))
        return next((each for each in fitting if each.name == name), None)

    @property
    def _look(self) -> Look:
        """How the photo is looked at, as far as that can be."""
        return replace(self.section.look, rival=self._rival.name if self._rival is not None else "")

    def _find(self, key: Hashable) -> Any:
        """What was made under a key, or None."""
        for known in (self._found.get(key), self._earlier.get(key), self._work.find(key)):
            if known is not None:
                self._found[key] = known
                return known
        return None

    # what is done

    @Slot()
    def _go_on(self) -> None:
        """Show what there is, and have done what is still missing."""
        self._earlier, self._found = self._found, {}
        made = self.made
        if self._subject is not None and made is not None and self.model is not None:
            self.display.show(self._subject, made, self._look, self.model.finest, self._find)
            self._show_reached(made)
            if not self._subject.entry.compressed:
                self._subject.entry.compressed = True
                self._told = None
        missing = (job for job in self._missing() if job.key not in self._failed)
        self._jobs.want(None if self._halted or self._soon.isActive() else next(missing, None))
        self._tell()

    def _tell(self) -> None:
        told = self._subject, made_key(self.made), self.working, self.stale
        if told != self._told:
            self._told = told
            if self._entry is not None:
                self._studio.model.refresh(self._entry)
            self.changed.emit()

    def _missing(self) -> Iterator[Job]:
        """What is still to be made, what is most important first."""
        if self.model is None and not self._unable:
            yield Job((MODEL, self._chosen), "", partial(self._work.prepare, self._chosen))
        subject, made, work = self._subject, self.made, self._work
        if subject is None or self.model is None:
            return
        if made is None:
            text = self.tr("Compressing {name}").format(name=subject.entry.path.name)
            yield Job(stream_key(subject, self._wanted), text, partial(work.compressed, subject, self._wanted))
            return
        yield from (job for job in self._parts(made) if self._find(job.key) is None)
        exhibit = self.display.exhibit
        if exhibit is None:
            return
        for each in self.display.chart.wanted(exhibit, self.model.finest, self._find):
            text = self.tr("Measuring {format} for the chart").format(format=each.name)
            yield Job(each.key(subject), text, partial(work.point, subject, each.rival, each.quality))

    def _parts(self, made: Compressed) -> Iterator[Job]:
        """All that is to be seen of a compressed photo beside itself."""
        work, look, rival = self._work, self._look, self._rival
        code = self._find(code_key(made))
        if look.show == Show.DIFFERENCE:
            yield Job(difference_key(made, look.times), "", partial(work.difference, made, look.times))
        if look.show == Show.BITS or self.display.code_visible:
            yield Job(code_key(made), self.tr("Looking where the bits go"), partial(work.code, made))
        if look.show == Show.BITS and code is not None:
            yield Job(heat_key(made), "", partial(work.heat, made, code.bits_by_place))
        if rival is None:
            return
        key = rival_key(made, rival.name, look.equal)
        text = self.tr("Comparing with {format}").format(format=rival.name)
        yield Job(key, text, partial(work.rival, made, rival, look.equal))
        file: RivalFile | None = self._find(key)
        if look.show == Show.DIFFERENCE and file is not None:
            yield Job(difference_key(file, look.times), "", partial(work.difference, file, look.times))

    def _show_reached(self, made: Compressed) -> None:
        """What was not wished for stands where the photo is: whoever wishes for it begins there."""
        size = three_digits(len(made.specimen.data) / 1000 * 1.004)  # rounded up, or the photo would not fit
        psnr = round(min(made.specimen.point.psnr, 100.0), 1)
        self.section.show_reached({Aim.QUALITY: round(made.quality), Aim.SIZE: size, Aim.PSNR: psnr})

    @Slot(object, object)
    def _on_done(self, key: Hashable, result: object) -> None:
        if key == (MODEL, self._chosen):
            if isinstance(result, LabModel):
                self.model = result
                self.section.show_able(True, "")
            elif isinstance(result, Sentence):
                self._cannot(translated(result))
            self.follow()
            return
        self._work.keep(key, result)

    def _cannot(self, why: str) -> None:
        self._unable = True
        self.section.show_able(False, why)

    @Slot(object, object)
    def _on_failed(self, key: Hashable, failure: Failure) -> None:
        if key == (MODEL, self._chosen):
            self._cannot(failure.sentence)
            return
        self._failed.add(key)
        self._studio.messages.show_failure(failure, self._entry.path.name if self._entry is not None else "")

    # what the user does

    @Slot(object, str, object)
    def _on_changed(self, state: Compression, text: str, gesture: Hashable) -> None:
        entry = self._studio.current
        if entry is not None:
            entry.undo.push(ChangeCompression(entry, state, text, self._on_state_changed, gesture))

    def _on_state_changed(self, entry: OpenPhoto, at_once: bool) -> None:
        """Done, undone or redone."""
        if entry is self._studio.current:
            self._follow(at_once=at_once)
        self._studio.model.refresh(entry)
        self.changed.emit()

    @Slot(int)
    def _on_quality_chosen(self, quality: int) -> None:
        """A point of our own curve was clicked on."""
        if self.model is not None:
            self.section.propose(Aim.QUALITY, float(round(100 * quality / self.model.finest)))

    @Slot(bool)
    def _on_flicker_toggled(self, on: bool) -> None:
        self._flicked = False
        self._studio.view.set_show_before(False)
        if on:
            self._flick.start()
        else:
            self._flick.stop()

    @Slot()
    def _on_flick(self) -> None:
        self._flicked = not self._flicked
        self._studio.view.set_show_before(self._flicked)

    @Slot()
    def _on_section_shown(self) -> None:
        """Another tool came, or this one went."""
        if not (self.section.is_open and self.section.state.on):
            self.section.flicker.setChecked(False)


def made_key(made: Compressed | None) -> Hashable:
    """What tells one from another."""
    return None if made is None else made.key
