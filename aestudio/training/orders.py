"""What a user says to a run that is under way: wait, go on, stop and keep what there is, or give it up."""

import threading

from aestudio.control import Control


class Orders(Control):
    """Pauses and ends a run, from any thread. Progress.cancel leaves it to be gone on with."""

    def __init__(self) -> None:
        super().__init__()
        self._keep = threading.Event()
        self._discard = threading.Event()

    @property
    def keep(self) -> bool:
        """Whether training is to end now, and its result to be judged as it is."""
        return self._keep.is_set()

    @property
    def discard(self) -> bool:
        """Whether all that the run made is to go."""
        return self._discard.is_set()

    def stop_and_keep(self) -> None:
        """End training behind the step at work, as if the schedule were over."""
        self._keep.set()
        self.go_on()

    def stop_and_discard(self) -> None:
        """Mark the run as given up; whoever says so cancels its progress as well."""
        self._discard.set()
        self.go_on()
