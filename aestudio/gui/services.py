"""Everything that works behind the window, made once and handed to those who need it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from aestudio.codec.photo_format import install
from aestudio.codec.shelf import Shelf
from aestudio.gui.batch.listing import BatchListing
from aestudio.gui.batch.runs import BatchRuns
from aestudio.gui.engine import Engine
from aestudio.gui.explore.indexing import Indexing
from aestudio.gui.jobs import JobRunner
from aestudio.gui.lab.jobs import LabJobs
from aestudio.gui.lab.work import LabWork
from aestudio.gui.models.parts import ChosenParts
from aestudio.gui.models.stock import ModelStock
from aestudio.gui.opening import Lister, Opener
from aestudio.gui.restorations import Restorations
from aestudio.gui.saving import Saver
from aestudio.gui.session import PhotoCache, ResultCache
from aestudio.gui.thumbnails import Thumbnails
from aestudio.gui.train.runs import TrainRuns


class Services(QObject):
    """Caches, and the threads that fill them."""

    models_changed = Signal()  # to be emitted by whoever made, renamed or deleted one

    def __init__(self, parent: QObject | None = None, models: Sequence[Path] | None = None) -> None:
        super().__init__(parent)
        self.shelf = Shelf(models)  # of codecs
        install(self.shelf)
        self.photos = PhotoCache()
        self.results = ResultCache()
        self.thumbnails = Thumbnails(self)
        self.lister = Lister(self)
        self.opener = Opener(self.photos, self)
        self.restorations = Restorations(Engine(self.photos, self.results, models), self)
        self.lab = LabWork(self.photos, self.results, self.shelf)
        self.compressor = LabJobs(self)
        self.batch = BatchRuns(self.restorations, self.compressor, models, self)
        self.batch_listing = BatchListing(self)
        self.training = TrainRuns(self)
        self.saver = Saver(self)
        self.reader = JobRunner("reference", self)  # of photos that are looked at once, and not opened
        self.masks = JobRunner("mask", self)
        self.marks = JobRunner("marks", self)  # reads, keeps and learns own marks
        self.models = ModelStock(models, self)
        self.indexing = Indexing(self.models.folders, self)
        self.parts = ChosenParts(self.models, self)
        self.models_changed.connect(self.models.rescan)

    def shutdown(self) -> None:
        """Stop everything; no thread is left afterwards."""
        self.restorations.cancel()  # first: these take longest to notice
        self.batch.cancel()
        self.batch_listing.stop()
        self.indexing.stop()
        self.training.leave()
        self.compressor.want(None)
        self.thumbnails.shutdown()
        self.lister.shutdown()
        self.opener.shutdown()
        self.saver.shutdown()
        self.reader.shutdown()
        self.masks.shutdown()
        self.marks.shutdown()
        self.models.shutdown()
        self.indexing.shutdown()
        self.compressor.shutdown()
        self.batch_listing.shutdown()
        self.training.shutdown()
        self.batch.shutdown()
        self.restorations.shutdown()
