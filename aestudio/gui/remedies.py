"""Tells why a photo could not be opened, and opens it all the same where the user says so."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from aestudio.errors import DamagedPhotoError, LargePhotoError
from aestudio.gui.jobs import Failure
from aestudio.gui.messages import MessageLine
from aestudio.gui.session import OpenPhoto


class Remedies(QObject):
    """Puts a button beside the message where there is something to be done."""

    reopened = Signal(object)  # OpenPhoto that is to be opened again, its flags set

    def __init__(self, messages: MessageLine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages = messages

    def tell(self, entry: OpenPhoto, failure: Failure) -> None:
        """Show the failure."""
        self._messages.show_failure(failure, entry.path.name)
        if issubclass(failure.kind, LargePhotoError) and not entry.allow_large:
            tip = self.tr("Open the photo although it takes much memory.")
            self._messages.offer(self.tr("Open anyway"), tip, partial(self._open_large, entry))
        elif issubclass(failure.kind, DamagedPhotoError) and not entry.salvage:
            tip = self.tr("Open the part of the photo that is still there. It is marked as incomplete.")
            self._messages.offer(self.tr("Open what can be read"), tip, partial(self._open_part, entry))

    def _open_large(self, entry: OpenPhoto) -> None:
        entry.allow_large = True
        self._reopen(entry)

    def _open_part(self, entry: OpenPhoto) -> None:
        entry.salvage = True
        self._reopen(entry)

    def _reopen(self, entry: OpenPhoto) -> None:
        entry.failure = None
        self.reopened.emit(entry)
