"""What lies in the folder of a training run. Importing it costs nothing: the window lists runs."""

from typing import Final

from aestudio.models.library import VERDICT

RUN: Final = "run.json"  # what is to be done
CHECKPOINT: Final = "last.ckpt"
PICTURES: Final = "pictures"  # of held-out photos, while training goes on
WORST: Final = "worst"  # pictures of the photos that gain least

__all__ = ["CHECKPOINT", "PICTURES", "RUN", "VERDICT", "WORST"]
