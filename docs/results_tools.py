"""Lets one tool work on the cases in a folder, with the models that AESTUDIO_MODELS names. Run by results.py.

    python docs/results_tools.py TOOL GIVEN MADE

GIVEN holds one .npz file for each case, MADE gets one of the same name.
"""

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from aestudio.codec.container import pack, unpack
from aestudio.codec.files import Wish, compressed, decompressed
from aestudio.engine.restorer import Restorer
from aestudio.explore.coder import MODEL, Coder
from aestudio.images.photo import Photo
from aestudio.models.catalog import card_path
from aestudio.models.loader import load_model
from aestudio.progress import Progress
from aestudio.tasks.colorize import Colorize, ColorizeSettings
from aestudio.tasks.denoise import Denoise, DenoiseSettings
from aestudio.tasks.hints import Hint

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))
from colorize import FOUND_GREY
from compress import own_codec
from inpaint import painted_by_the_tool
from unwatermark import restored

Arrays = dict[str, NDArray[Any]]

LENGTHS = (8, 32, 128)  # numbers of a code


@cache
def restorer(name: str, precision: torch.dtype | None = None) -> Restorer:
    """One of the tools' models, on the processor."""
    return Restorer(load_model(card_path(name), torch.device("cpu")), precision=precision)


@cache
def coder() -> Coder:
    """The model of photo codes that is taken where none is chosen."""
    return Coder.load(MODEL)


def denoised(given: Arrays) -> Arrays:
    """The noise level is found by the tool itself."""
    result = restorer("denoise").restore(Photo(given["pixels"]), Denoise(), DenoiseSettings(), Progress())
    found = np.array(result.finding.values["sigma"])
    return {"pixels": result.full.pixels, "found": found, "untouched": np.array(result.untouched)}


def colorized(given: Arrays) -> Arrays:
    """A grey photo, which is known to be grey."""
    settings = ColorizeSettings(hints=tuple(Hint(*(float(number) for number in row)) for row in given["hints"]))
    photo = Photo(given["pixels"])
    tool = restorer("colorize", torch.float32)
    return {"pixels": tool.restore(photo, Colorize(), settings, Progress(), finding=FOUND_GREY).full.pixels}


def unmarked(given: Arrays) -> Arrays:
    """Marks are found by the tool itself."""
    pixels, untouched = restored(restorer("unwatermark"), given["pixels"])
    return {"pixels": pixels, "untouched": np.array(untouched)}


def painted(given: Arrays) -> Arrays:
    """What is hidden is told."""
    return {"pixels": painted_by_the_tool(given["pixels"], given["hole"])}


def coded(given: Arrays) -> Arrays:
    """The best file of at most that size, and the picture in it."""
    wish = Wish(size=int(given["size"]))
    data = pack(compressed(own_codec(), Photo(given["pixels"]), wish, Progress()))
    return {"pixels": decompressed(own_codec(), unpack(data), Progress()).pixels, "size": np.array(len(data))}


def explored(given: Arrays) -> Arrays:
    """What comes out of codes of each length."""
    codes = coder().encode(given["pixels"][None])
    return {str(length): coder().decode(codes, length)[0] for length in LENGTHS}


TOOLS: dict[str, Callable[[Arrays], Arrays]] = {
    "denoise": denoised,
    "colorize": colorized,
    "unwatermark": unmarked,
    "inpaint": painted,
    "compress": coded,
    "explore": explored,
}


def keep(path: Path, arrays: Arrays) -> None:
    """Write them to a file."""
    np.savez(path, **arrays)  # type: ignore[arg-type]  # no array is called allow_pickle


def kept(path: Path) -> Arrays:
    """What was written."""
    with np.load(path) as arrays:
        return dict(arrays)


def main() -> None:
    """One case after the other."""
    tool, given, made = TOOLS[sys.argv[1]], Path(sys.argv[2]), Path(sys.argv[3])
    for path in sorted(given.glob("*.npz")):
        keep(made / path.name, tool(kept(path)))


if __name__ == "__main__":
    main()
