"""The photos of a run in its own folder, so that a run which is gone on with needs neither theirs nor any decoding."""

import hashlib
import json
import logging
import zipfile
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from tokenize import TokenError
from typing import Any, BinaryIO

import numpy as np
import torch
from numpy.typing import NDArray

from aestudio.images.atomic import atomic_write
from aestudio.images.decoding import DECODER_ERRORS, quiet
from aestudio.training.data.pool import PhotoPool

log = logging.getLogger(__name__)

NAME = "material.npz"
_TENSORS = tuple(field.name for field in fields(PhotoPool) if field.name != "planes")
# an array's head is read as Python is; one that promises terabytes is no more than MemoryError
_DAMAGE: tuple[type[Exception], ...] = (*DECODER_ERRORS, zipfile.BadZipFile, TokenError)


def write_pools(run_dir: Path, key: str, pools: Mapping[str, PhotoPool], about: Mapping[str, Any]) -> None:
    """Store pools with what JSON can say about them, in one step. `key` tells what they were made from.

    Raises ImageError if the disk refuses, DiskFullError if it is full.
    """
    table = {"key": key, "planes": {name: pool.planes for name, pool in pools.items()}, **about}
    arrays = {f"{name}_{tensor}": getattr(pool, tensor).numpy() for name, pool in pools.items() for tensor in _TENSORS}
    arrays["about"] = np.frombuffer(json.dumps(table).encode(), np.uint8)
    digest = np.frombuffer(_digest(arrays), np.uint8)

    def write(file: BinaryIO) -> None:
        np.savez(file, allow_pickle=False, sha256=digest, **arrays)

    path = run_dir / NAME
    path.unlink(missing_ok=True)  # a damaged one, or one of other photos: nothing to keep a copy of
    atomic_write(path, write)


def read_pools(run_dir: Path, key: str) -> tuple[dict[str, PhotoPool], dict[str, Any]] | None:
    """What was stored under that key; None if there is nothing, or not all of it."""
    path = run_dir / NAME
    if not path.is_file():
        return None
    try:
        with quiet(), path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        digest = arrays.pop("sha256").tobytes()
        table = json.loads(arrays["about"].tobytes())
        if table["key"] != key:
            return None
        if digest != _digest(arrays):
            raise ValueError("its hash differs")
        pools = {
            name: PhotoPool(**{t: torch.from_numpy(arrays[f"{name}_{t}"]) for t in _TENSORS}, planes=planes)
            for name, planes in table["planes"].items()
        }
    except _DAMAGE as exc:
        log.warning("%s is damaged and made anew: %s", path, exc)
        return None
    return pools, table


def _digest(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    summed = hashlib.sha256()
    for name, array in sorted(arrays.items()):
        summed.update(f"{name} {array.dtype} {array.shape}".encode())
        summed.update(np.ascontiguousarray(array).data)
    return summed.digest()
