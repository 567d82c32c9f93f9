"""Compressed photos are saved: as the very stream that is shown, or decoded in another format."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aestudio.gui.lab.state import Compression
from aestudio.gui.saving import SaveOrder
from aestudio.images.formats import SUFFIXES
from aestudio.images.photo import Photo
from aestudio.progress import Progress

if TYPE_CHECKING:
    from aestudio.gui.lab.work import LabWork, Subject

FORMAT = "AES"
TASK = "compress"  # in the names of files


@dataclass(frozen=True, eq=False, kw_only=True)
class StreamOrder(SaveOrder):
    """A compressed photo that is to be written; compressed again first, if what is shown was forgotten."""

    work: "LabWork"
    subject: "Subject"
    wanted: Compression

    def write(self, progress: Progress) -> None:
        """In the worker."""
        if (self.options.format or SUFFIXES.get(self.path.suffix.lower())) == FORMAT:
            self._write_stream(progress)
        else:
            super().write(progress)

    def _write_stream(self, progress: Progress) -> None:
        from aestudio.codec.saving import save_stream, with_metadata

        made = self.work.compressed(self.subject, self.wanted, progress)
        stream, policy = made.specimen.stream, self.options.metadata
        if policy != "keep":  # it was compressed with all of them
            stream = replace(stream, metadata=with_metadata(made.original, policy).metadata)
        with self.work.codec_of(stream) as codec:
            save_stream(codec, stream, self.path, progress, source=made.original.source, overwrite=self.overwrite)


def look_alike(work: "LabWork", subject: "Subject", wanted: Compression) -> Photo:
    """The decoded photo, for other formats."""
    return work.compressed(subject, wanted, Progress()).look_alike
