"""The user's own marks among those that are laid over photos to learn from."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import torch
from torch import Tensor

from aestudio.errors import AEStudioError, SettingsError, TrainingDataError
from aestudio.images.io import photo_paths
from aestudio.tasks.known_mark import KnownMark, read_mark
from aestudio.training.teaching.stamps import HEIGHT, WIDTH, Stamps, on_canvas

if TYPE_CHECKING:
    from aestudio.tasks.mark_library import MarkLibrary

MOST = 64  # of one's own: their colours are kept in full


def read_marks(names: Sequence[str], library: "MarkLibrary | None" = None) -> tuple[KnownMark, ...]:
    """The marks in files and folders, or of the library where there is no file of that name.

    What has no shape of its own is passed over in folders that hold marks. Raises SettingsError or ImageError for a
    file that holds no mark, TrainingDataError for a folder without any and for a name that nothing has.
    """
    if not names:
        return ()
    if library is None:
        from aestudio.tasks.mark_library import MarkLibrary  # here, for it asks the system where the user's files are

        library = MarkLibrary()
    found: list[KnownMark] = []
    for name in names:
        path = Path(name).expanduser()
        if path.is_dir():
            found += _in_folder(path)
        elif path.exists():
            found.append(read_mark(path))
        elif name in library.names():
            found.append(library.read(name))
        else:
            raise TrainingDataError(
                "There is no mark “{name}”. Please give a PNG file with transparency, a folder of them, or the name of "
                "a mark that you kept.",
                name=name,
            )
    if len(found) > MOST:
        raise SettingsError(
            "{count} marks of your own are too many. Please choose {most} or fewer.", count=len(found), most=MOST
        )
    return tuple(found)


def _in_folder(folder: Path) -> list[KnownMark]:
    found, reasons = [], []
    for path in photo_paths(folder):
        try:
            found.append(read_mark(path))
        except AEStudioError as exc:
            reasons.append(exc)
    if reasons and not found:
        raise TrainingDataError(
            "No file in {folder} is a mark; the first: {first} Please choose PNG files with transparency.",
            folder=folder,
            first=reasons[0],
        )
    if not found:
        raise TrainingDataError(
            "There are no marks in {folder}. Please choose a folder of PNG files with transparency.", folder=folder
        )
    return found


def with_own(drawn: Stamps, own: Sequence[KnownMark], count: int) -> Stamps:
    """The bank with `count` more stamps, which are one's own marks in turn; the same bank for none.

    A mark counts as fully opaque where it is most so: how strongly it is laid is decided there.
    """
    if not own or not count:
        return drawn
    covers, extents, sheets = zip(*(_stamp(mark) for mark in own), strict=True)
    turns = torch.arange(count) % len(own)
    return replace(
        drawn,
        cover=torch.cat((drawn.cover, torch.stack(covers)[turns])),
        extent=torch.cat((drawn.extent, torch.tensor(extents)[turns])),
        dated=torch.cat((drawn.dated, torch.zeros(count, dtype=torch.bool))),
        own=torch.cat((torch.full((len(drawn.cover),), -1), turns)),
        sheets=torch.stack(sheets),
    )


def _stamp(mark: KnownMark) -> tuple[Tensor, tuple[float, float], Tensor]:
    """Its cover on the canvas, the share that it takes, and its colours there, (3, HEIGHT, WIDTH) uint8."""
    cover = mark.cover / max(float(mark.cover.max()), 1e-3)
    canvas, extent = on_canvas(np.rint(cover * 255).astype(np.uint8))
    mean = np.average(mark.colour.reshape(-1, 3), axis=0, weights=cover.reshape(-1)).astype(np.float32)
    colour = np.where(cover[..., None] > 0.02, mark.colour, mean)  # what lies under nothing has any colour
    height, width = (round(share * side) for share, side in zip(extent, (HEIGHT, WIDTH), strict=True))
    small = cv2.resize(colour.astype(np.float32), (width, height), interpolation=cv2.INTER_AREA)
    sheet = np.empty((HEIGHT, WIDTH, 3), np.float32)
    sheet[:] = mean
    top, left = (HEIGHT - height) // 2, (WIDTH - width) // 2
    sheet[top : top + height, left : left + width] = small
    return (
        torch.from_numpy(canvas),
        extent,
        torch.from_numpy(np.rint(sheet.clip(0, 1) * 255).astype(np.uint8)).permute(2, 0, 1),
    )
