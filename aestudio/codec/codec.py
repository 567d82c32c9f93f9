"""A photo to tiles of bytes and back, a row of tiles at a time: memory does not grow with the photo's height."""

import copy
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from aestudio.codec.grid import tile_boxes
from aestudio.engine.device import Device
from aestudio.engine.tiling import pad, tile_at
from aestudio.entropy.choosing import choosing
from aestudio.entropy.coder import TileDecoder, TileEncoder
from aestudio.entropy.context import CHANNELS, MEANS, STEP_ONE, Ints, Quality, Scan
from aestudio.entropy.spending import scanned
from aestudio.entropy.tables import Tables
from aestudio.images.photo import Box
from aestudio.images.tensors import to_tensor
from aestudio.models.loader import LoadedModel
from aestudio.models.networks import channels_last
from aestudio.models.networks.codec import (
    CELL,
    LEVELS,
    PrincipalCodec,
    bits_for_error,
    context_model,
    patience,
    quantised,
)
from aestudio.progress import Progress

TILE = 512  # pixels to a side of what is coded by itself
BLOCK = 1024  # pixels to a side of what the network is given at once: fewer margins are computed twice
CONTEXT = 64  # pixels around a block that the network looks at, going either way
REACH = CONTEXT // CELL
DIGEST = 16  # bytes
THREADS = 1  # that code symbols beside the network: two would wait for each other's turn with the interpreter

Rgb = NDArray[np.uint8]  # (H, W, 3)
Slab = NDArray[np.int16]  # (C, h, w): the symbols of a band of tiles
Latent = NDArray[np.float32]  # (C, h, w): the same before they are rounded, in steps


@dataclass(frozen=True)
class Coded:
    """A photo's tiles, row by row."""

    tiles: tuple[bytes, ...]
    digest: bytes  # BLAKE2b of all symbols, see container.Header
    quality: int  # see Codec.finest

    @property
    def size(self) -> int:
        """Bytes of all tiles."""
        return sum(map(len, self.tiles))


@dataclass(frozen=True, eq=False)
class Code:
    """What lies in a stream: its symbols, and what they cost."""

    symbols: Slab  # (C, ceil(H / 8), ceil(W / 8)), the channels in the order of their principal components
    bits_by_channel: NDArray[np.float64]  # (C,)
    bits_by_place: NDArray[np.float32]  # (ceil(H / 8), ceil(W / 8)): bits of each square of 8×8 pixels


@dataclass(frozen=True, eq=False)
class Decoded:
    """What came back; tiles that could not be decoded are a flat grey."""

    pixels: Rgb
    lost: tuple[Box, ...]
    digest: bytes  # as in Coded; of no use where tiles are lost


class Codec:
    """A codec's network and context model, ready to run on a device. Nothing in it changes: threads may share it."""

    def __init__(self, model: LoadedModel, device: Device) -> None:
        assert isinstance(model.net, PrincipalCodec)
        self.card = model.card
        self._context = context_model(model.net)
        self._tables = Tables(self._context)
        net = copy.deepcopy(model.net).to(device.torch_device)
        for branch in (net.encoder, net.decoder, net.filter):  # the linear path stays in float32
            branch.to(device.precision)
        self._net = channels_last(net)
        self._device = device.torch_device

    @property
    def finest(self) -> int:
        """The number of the highest quality; 0 is the lowest."""
        return Quality.PARTS * (self._net.qualities - 1)

    def encode(self, pixels: Rgb, quality: int, progress: Progress) -> Coded:
        """The tiles of a photo. Progress counts them; raises Cancelled within one."""
        at = Quality.of(quality, self._net.qualities)
        boxes = tile_boxes(pixels.shape[0], pixels.shape[1], TILE)
        digest = blake2b(digest_size=DIGEST)
        tiles: list[bytes] = []
        with ThreadPoolExecutor(THREADS) as pool:
            waiting: deque[Future[tuple[bytes, Slab]]] = deque()

            def take() -> None:
                data, symbols = waiting.popleft().result()
                tiles.append(data)
                digest.update(symbols.astype("<i2").tobytes())

            for band in _bands(boxes, TILE):
                slab = self._slab(pixels, band, at, len(boxes), progress)
                for box in band:
                    waiting.append(pool.submit(self._pack, slab[_cells(box, band[0].y0)], at))
                    if len(waiting) > 2 * THREADS:
                        take()
            while waiting:
                take()
                progress.check()
        progress.step(len(boxes), len(boxes))
        return Coded(tuple(tiles), digest.digest(), quality)

    def _slab(self, pixels: Rgb, band: Sequence[Box], at: Quality, total: int, progress: Progress) -> Latent:
        """What the network makes of a band of tiles."""
        top, bottom, width = band[0].y0, band[-1].y1, pixels.shape[1]
        first = band[0].y0 // TILE * -(-width // TILE)
        slab = np.empty((CHANNELS, *_places(Box(top, bottom, 0, width))), np.float32)
        blocks = _blocks(band, TILE)
        for number, block in enumerate(blocks):
            progress.step(first + number * len(band) // len(blocks), total)
            slab[_cells(block, top)] = self._latent(pixels, block, at)
        return slab

    def _latent(self, pixels: Rgb, core: Box, at: Quality) -> Latent:
        """What the network makes of a block, (C, h, w)."""
        tile = tile_at(core, Box(0, pixels.shape[0], 0, pixels.shape[1]), CONTEXT, CELL)
        rgb = pad(pixels[tile.context.slices].astype(np.float32) / np.float32(255), tile.padding)
        y, x, height, width = tile.inner.y0 // CELL, tile.inner.x0 // CELL, *_places(core)
        with torch.inference_mode():
            latent = self._net.analyse(to_tensor(rgb).to(self._device), self._level(at))
            own = latent[..., y : y + height, x : x + width] / self._steps(at)
            steps: Latent = own[0].float().cpu().numpy()
        return steps

    def _level(self, at: Quality) -> Tensor:
        return torch.full((1,), at.level, device=self._device)

    def _steps(self, at: Quality) -> Tensor:
        steps = at.mix(self._context.steps).astype(np.float32) / np.float32(STEP_ONE)
        return torch.from_numpy(steps).to(self._device)[None, :, None, None]

    def _pack(self, latent: Latent, at: Quality) -> tuple[bytes, Slab]:
        """A tile's bytes, and its symbols."""
        encoder = TileEncoder(self._tables)
        scan = Scan(self._context, at, *latent.shape[1:])
        rounded = quantised(torch.from_numpy(latent)[None])[0].to(torch.int32).numpy()
        step = scan.steps.astype(np.float64) / STEP_ONE
        worth = step**2 * bits_for_error(at.level, self._net.qualities)
        chosen = choosing(scan, latent - rounded, worth, patience(at.level, self._net.qualities), encoder)
        symbols = scan.code(chosen, rounded).astype(np.int16)
        return encoder.bytes(), symbols

    def _unpack(self, data: bytes | None, box: Box, at: Quality) -> Ints | None:
        """A tile's symbols; None where its bytes are missing or no encoder's."""
        if data is None:
            return None
        try:
            return Scan(self._context, at, *_places(box)).code(TileDecoder(self._tables, data).exchange)
        except ValueError:
            return None

    def decode(
        self, tiles: Sequence[bytes | None], height: int, width: int, side: int, quality: int, progress: Progress
    ) -> Decoded:
        """The photo of tiles, None for those that are damaged. Progress counts them; raises Cancelled between two."""
        at = Quality.of(quality, self._net.qualities)
        boxes = tile_boxes(height, width, side)
        bands = _bands(boxes, side)
        pixels = np.empty((height, width, 3), np.uint8)
        lost: list[Box] = []
        digest = blake2b(digest_size=DIGEST)
        with ThreadPoolExecutor(THREADS) as pool:
            coming = self._unpacked(pool, tiles, boxes, at)

            def slab(band: Sequence[Box]) -> Slab:
                found = np.zeros((CHANNELS, *_places(Box(band[0].y0, band[-1].y1, 0, width))), np.int16)
                for box in band:
                    progress.check()
                    symbols = next(coming)
                    if symbols is None:
                        lost.append(box)
                        continue
                    digest.update(symbols.astype("<i2").tobytes())
                    found[_cells(box, band[0].y0)] = symbols
                return found

            above, here = None, slab(bands[0])
            done = 0
            for number, band in enumerate(bands):
                below = slab(bands[number + 1]) if number + 1 < len(bands) else None
                blocks = _blocks(band, side)
                for count, block in enumerate(blocks):
                    progress.step(done + count * len(band) // len(blocks), len(boxes))
                    pixels[block.slices] = self._picture(above, here, below, block, at)
                done += len(band)
                above, here = here, below if below is not None else here
        for box in lost:
            pixels[box.slices] = 128
        progress.step(len(boxes), len(boxes))
        return Decoded(pixels, tuple(lost), digest.digest())

    def glimpse(self, tiles: Sequence[bytes | None], height: int, width: int, side: int, quality: int) -> Rgb:
        """The photo at an eighth of its size, from the mean colours alone, which come first in every tile.

        Takes a tenth of the time. Damaged tiles are a flat grey.
        """
        at = Quality.of(quality, self._net.qualities)
        means = np.zeros((MEANS, *_places(Box(0, height, 0, width))), np.float32)
        for data, box in zip(tiles, tile_boxes(height, width, side), strict=True):
            scan = Scan(self._context, at, *_places(box))
            with suppress(ValueError):
                if data is not None:
                    scan.code_means(TileDecoder(self._tables, data).exchange, None)
                    means[_cells(box, 0)] = scan.q[:MEANS]
        return self._mean_colours(means * (at.mix(self._context.steps)[:MEANS, None, None] / STEP_ONE))

    def _mean_colours(self, means: NDArray[Any]) -> Rgb:
        """What the linear path makes of the first channels, averaged over each square."""
        with torch.inference_mode():
            rows = self._net.synthesis_rows()[:MEANS].float().cpu().numpy()
        colours = rows.reshape(MEANS, 3, CELL * CELL).mean(2).T @ means.reshape(MEANS, -1) / LEVELS + 0.5
        levels: Rgb = np.rint(np.clip(colours, 0, 1) * 255).astype(np.uint8)
        return np.ascontiguousarray(levels.reshape(3, *means.shape[1:]).transpose(1, 2, 0))

    def look(
        self, tiles: Sequence[bytes | None], height: int, width: int, side: int, quality: int, progress: Progress
    ) -> Code:
        """The symbols of tiles and where their bits go; zeros in what is damaged. Progress counts tiles."""
        at = Quality.of(quality, self._net.qualities)
        boxes = tile_boxes(height, width, side)
        rows, columns = _places(Box(0, height, 0, width))
        symbols = np.zeros((CHANNELS, rows, columns), np.int16)
        by_channel, by_place = np.zeros(CHANNELS), np.zeros((rows, columns), np.float32)
        for number, (data, box) in enumerate(zip(tiles, boxes, strict=True)):
            progress.step(number, len(boxes))
            if data is None:
                continue
            try:
                scan = Scan(self._context, at, *_places(box))
                found, bits = scanned(scan, TileDecoder(self._tables, data))
            except ValueError:
                continue
            y, x = box.y0 // CELL, box.x0 // CELL
            symbols[:, y : y + scan.height, x : x + scan.width] = found
            by_channel += bits.sum((1, 2), dtype=np.float64)
            by_place[y : y + scan.height, x : x + scan.width] = bits.sum(0)
        progress.step(len(boxes), len(boxes))
        return Code(symbols, by_channel, by_place)

    def _unpacked(
        self, pool: ThreadPoolExecutor, tiles: Sequence[bytes | None], boxes: Sequence[Box], at: Quality
    ) -> Iterator[Ints | None]:
        """Tile by tile, a few ahead of who asks."""
        waiting: deque[Future[Ints | None]] = deque()
        for data, box in zip(tiles, boxes, strict=True):
            waiting.append(pool.submit(self._unpack, data, box, at))
            if len(waiting) > 2 * THREADS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _picture(self, above: Slab | None, here: Slab, below: Slab | None, box: Box, at: Quality) -> Rgb:
        """A block's pixels, from its symbols and those close around it."""
        x0, x1 = max(0, box.x0 // CELL - REACH), -(-box.x1 // CELL) + REACH
        parts = [here[..., x0:x1]]
        if above is not None:
            parts.insert(0, above[:, -REACH:, x0:x1])
        if below is not None:
            parts.append(below[:, :REACH, x0:x1])
        symbols = torch.from_numpy(np.concatenate(parts, axis=1)).to(self._device)
        y, x = 0 if above is None else min(REACH, above.shape[1]) * CELL, box.x0 - x0 * CELL
        with torch.inference_mode():
            photo = self._net.synthesise(symbols[None].float() * self._steps(at), self._level(at))
            own = photo[..., y : y + box.height, x : x + box.width]
            levels = (own.clamp(0, 1) * 255).round().to(torch.uint8)
            picture: Rgb = levels[0].permute(1, 2, 0).cpu().numpy()
        return picture


def _bands(boxes: Sequence[Box], side: int) -> list[list[Box]]:
    """The tiles row by row, as many rows together as a block is high."""
    high = max(1, BLOCK // side) * side
    return [list(band) for _, band in groupby(boxes, key=lambda box: box.y0 // high)]


def _blocks(band: Sequence[Box], side: int) -> list[Box]:
    """A band cut across, as many tiles together as a block is wide."""
    wide = max(1, BLOCK // side) * side
    top, bottom, right = band[0].y0, band[-1].y1, band[-1].x1
    return [Box(top, bottom, x0, min(x0 + wide, right)) for x0 in range(0, right, wide)]


def _cells(box: Box, top: int) -> tuple[slice, slice, slice]:
    """A box's symbols in the slab that begins at row `top` of the photo."""
    height, width = _places(box)
    y, x = (box.y0 - top) // CELL, box.x0 // CELL
    return slice(None), slice(y, y + height), slice(x, x + width)


def _places(box: Box) -> tuple[int, int]:
    """The latent's rows and columns for a box that begins at a multiple of CELL."""
    return -(-box.height // CELL), -(-box.width // CELL)
