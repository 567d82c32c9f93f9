"""Chooses the table that codes each symbol, by integers alone, from what is already decoded.

Static tables chosen by what lies around are how lossless coders work (Wu and Memon, IEEE Trans. Commun. 1997); the
passes over a latent follow the checkerboard of He et al. (CVPR 2021) and the channel groups of Minnen and Singh (ICIP
2020). Nothing here depends on rounding: sums are of whole numbers that float32 and float64 hold exactly, whatever
order a machine adds them in.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]

QUALITIES = 9  # with rows of their own, where nothing else is said; others lie between
GROUPS = (3, 2, 4, 6, 8, 12, 20, 32, 48, 57)  # channels that are coded together, after those before them
ENDS = tuple(int(end) for end in np.cumsum(GROUPS))
CHANNELS = ENDS[-1]
MEANS = GROUPS[0]  # channels that hold the mean colour, coded from coarse to fine
FORETOLD = ENDS[3]  # channels whose values are foretold from those of the mean colour, and not their size alone
PHASES = (((0, 0),), ((1, 1),), ((0, 1), (1, 0)))  # places y, x in a square of 2×2 that are coded together
LOUDEST = 60  # magnitudes count no higher in a context
ONE = 4096  # in which weights and expected magnitudes are counted
STEP_ONE = 64  # in which a step of one level is counted
VALUE_ONE = 4096  # in which the weights of foretold values are counted
LARGEST = 2**24  # a sum in float32 is exact below it
SCALES = 40  # kinds of table in each class, by the magnitude that is expected
CLASSES = 5  # mean luma, mean colour, foretold, low and high frequencies
LOW = ENDS[5]
COARSE = 3  # kinds of place in the hierarchy of the mean colour: the finest two steps, and all above
FOREGOING = 9 * MEANS  # values of the mean colour around a place
OWN = 8  # values of a channel itself around a place
LONGEST = 64  # magnitude from which the rest is coded apart
FLAG = CLASSES * SCALES  # table of whether a channel holds anything
FLAGGED = 1024  # places from which on a tile says so: in a smaller one a flag costs more than it saves
HERE = ((0, 0),)
BESIDE = ((-1, 0), (1, 0), (0, -1), (0, 1))
CORNERS = ((-1, -1), (-1, 1), (1, -1), (1, 1))
AWAY = ((-2, 0), (2, 0), (0, -2), (0, 2))


@dataclass(frozen=True)
class ContextModel:
    """The learnt part, whole numbers all of it. P: phases, Q: qualities, C: channels."""

    around: Ints  # (P, C, 3 C): of the magnitudes in earlier groups: here, beside, at the corners
    own: Ints  # (P, C, 3): of a channel's own magnitudes beside, at the corners, and two places away
    bias: Ints  # (P, Q, C)
    mean_spread: Ints  # (COARSE, MEANS, 3): of the neighbours' spread, and of what the earlier channels met here
    mean_bias: Ints  # (COARSE, Q, MEANS)
    values: Ints  # (P, C, FOREGOING + OWN): how values follow from values
    thresholds: Ints  # (SCALES - 1,): expected magnitudes at which the next table begins
    steps: Ints  # (Q, C): width of a step
    tables: Ints  # (CLASSES * SCALES, LONGEST + 1): weight of each magnitude, see coder.py
    lengths: Ints  # (33,): weight of each number of bits of what goes beyond LONGEST
    adaptation: int = 0  # symbols of a tile that weigh as much as a table; 0: none do

    @property
    def qualities(self) -> int:
        """Rows of steps."""
        return len(self.steps)

    @cached_property
    def scale_of(self) -> NDArray[np.uint8]:
        """The kind of table for each expected magnitude up to the last threshold."""
        expected = np.arange(int(self.thresholds[-1]) + 1)
        return np.searchsorted(self.thresholds, expected, side="right").astype(np.uint8)

    @cached_property
    def float_weights(self) -> Floats:
        """`around` as float32 for fast sums, (P, C, C, 3)."""
        return self.around.reshape(len(PHASES), CHANNELS, CHANNELS, 3).astype(np.float32)

    @cached_property
    def float_own(self) -> Floats:
        """`own` as float32, (P, C, 3)."""
        return self.own.astype(np.float32)

    def is_sound(self) -> bool:
        """Whether no sum can leave the range in which it is exact."""
        widest = np.concatenate([np.tile([1, 4, 4], CHANNELS), [4, 4, 4]])
        weights = np.concatenate([self.around, self.own], axis=2).astype(np.int64)
        most = (weights * widest).sum(2) * LOUDEST + self.bias.max(1)
        whole = all(getattr(self, name).min() >= 0 for name in shapes(self.qualities) if name != "values")
        rising = np.all(np.diff(self.thresholds) > 0)
        return bool(whole and most.max() < LARGEST and rising and self.steps.min() > 0 and self.adaptation >= 0)


def shapes(qualities: int) -> dict[str, tuple[int, ...]]:
    """The shape of each part of a ContextModel."""
    phases = len(PHASES)
    return {
        "around": (phases, CHANNELS, 3 * CHANNELS),
        "own": (phases, CHANNELS, 3),
        "bias": (phases, qualities, CHANNELS),
        "mean_spread": (COARSE, MEANS, 3),
        "mean_bias": (COARSE, qualities, MEANS),
        "values": (phases, CHANNELS, FOREGOING + OWN),
        "thresholds": (SCALES - 1,),
        "steps": (qualities, CHANNELS),
        "tables": (CLASSES * SCALES, LONGEST + 1),
        "lengths": (33,),
    }


@dataclass(frozen=True)
class Quality:
    """A quality between two rows of tables: `share` 128ths of the way from `row` to the next."""

    row: int
    share: int

    PARTS = 128

    @classmethod
    def of(cls, number: int, qualities: int) -> "Quality":
        """From 0 to 128 (qualities - 1), counted through all rows."""
        row = min(number // cls.PARTS, qualities - 2)
        return cls(row, number - row * cls.PARTS)

    @property
    def level(self) -> float:
        """For the network."""
        return self.row + self.share / self.PARTS

    def mix(self, table: NDArray[np.int64] | Ints) -> NDArray[np.int64]:
        """Between two rows of a table, rounded: (Q, ...) to (...)."""
        low, high = table[self.row].astype(np.int64), table[self.row + 1].astype(np.int64)
        mixed: NDArray[np.int64] = (low * (self.PARTS - self.share) + high * self.share + self.PARTS // 2) // self.PARTS
        return mixed


# table of each symbol, and the symbols if they are known; gives the symbols
Exchange = Callable[[NDArray[np.uint8], Ints | None], Ints]


# channels, and rows and columns of the places in each
Cells = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
Offsets = tuple[tuple[int, int], ...]


class Scan:
    """Goes over the latent of one tile, pass by pass; what it knows grows with each. One class codes and decodes."""

    def __init__(self, model: ContextModel, quality: Quality, height: int, width: int) -> None:
        self.model, self.quality = model, quality
        self.height, self.width = height, width
        self.steps = quality.mix(model.steps)  # (C,)
        self._bias = quality.mix(model.bias.swapaxes(0, 1)).astype(np.float32)  # (P, C)
        self.q = np.zeros((CHANNELS, height, width), np.int32)
        self.alive = np.ones(CHANNELS, np.bool_)  # channels with a symbol that is not zero
        place = np.arange(height * width).reshape(height, width)
        self.places = [np.concatenate([place[y::2, x::2].ravel() for y, x in phase]) for phase in PHASES]
        starts = np.cumsum([0, *(len(p) for p in self.places)])
        self._columns = [slice(int(a), int(b)) for a, b in pairwise(starts)]
        # of coded groups' living channels, places ordered by phase: (c, 3, places)
        self._energy = np.zeros((CHANNELS, 3, height * width), np.float32)
        self._known = np.zeros(0, np.int64)  # the channels in it
        self._means = np.zeros((MEANS, height + 4, width + 4), np.float64)  # values of the mean colour
        self.coded: Cells = (self._known, self._known, self._known)  # what the exchange at work is about
        self._own_energy = np.zeros((0, height + 4, width + 4), np.float32)
        self._own_values = np.zeros((0, height + 4, width + 4), np.float64)

    def code(self, exchange: Exchange, symbols: Ints | None = None) -> Ints:
        """All symbols, (C, h, w): coded if they are given, decoded otherwise, with ValueError for what cannot be."""
        self.code_means(exchange, symbols)
        if self.height * self.width >= FLAGGED:
            self.code_flags(exchange, symbols)
        for group in range(1, len(GROUPS)):
            channels = self.channels(group)
            if not len(channels):
                continue
            self.begin(channels)
            for phase, places in enumerate(self.places):
                if not len(places):
                    continue
                self.coded = (channels, *np.divmod(places, self.width))
                foretold = self.foretold(channels, phase)
                tables = self.tables(group, channels, phase)
                known = None if symbols is None else self._at(symbols, channels, phase) - foretold
                residual = exchange(tables.ravel(), None if known is None else known.ravel()).reshape(foretold.shape)
                self.commit(channels, phase, residual, residual + foretold)
            if group + 1 < len(GROUPS):
                self._remember(channels, self._own_energy)
        return self.q

    def code_flags(self, exchange: Exchange, symbols: Ints | None) -> None:
        """Which channels are alive: most of the finest hold nothing at low qualities, and are not gone over."""
        finer = slice(FORETOLD, CHANNELS)
        known: Ints | None = None
        if symbols is not None:
            known = np.array(symbols[finer].any(axis=(1, 2)), np.int32)
        self.coded = (self._known[:0], self._known[:0], self._known[:0])
        flags = exchange(np.full(CHANNELS - FORETOLD, FLAG, np.uint8), known)
        if flags.min() < 0 or flags.max() > 1:
            raise ValueError("a channel is neither dead nor alive")
        self.alive[finer] = flags.astype(np.bool_)

    def channels(self, group: int) -> NDArray[np.int64]:
        """The living channels of a group behind the first."""
        return ENDS[group - 1] + np.flatnonzero(self.alive[ENDS[group - 1] : ENDS[group]])

    def _at(self, symbols: Ints, channels: NDArray[np.int64], phase: int) -> Ints:
        return np.concatenate([symbols[channels, y::2, x::2].reshape(len(channels), -1) for y, x in PHASES[phase]], 1)

    def _parts(self, phase: int) -> Iterator[tuple[int, int, slice, tuple[int, int]]]:
        """First row and column of each of a phase's grids, which of its places are theirs, and its rows and columns."""
        start = 0
        for y, x in PHASES[phase]:
            rows, columns = (self.height - y + 1) // 2, (self.width - x + 1) // 2
            yield y, x, slice(start, start + rows * columns), (rows, columns)
            start += rows * columns

    # groups behind the first

    def begin(self, channels: NDArray[np.int64]) -> None:
        """Nothing of the group is known yet."""
        size = len(channels), self.height + 4, self.width + 4
        self._own_energy = np.zeros(size, np.float32)
        self._own_values = np.zeros(size if channels[-1] < FORETOLD else (0, *size[1:]), np.float64)

    def commit(self, channels: NDArray[np.int64], phase: int, residual: Ints, symbols: Ints) -> None:
        """Symbols of a phase, and how they differ from what was foretold: (channels, places)."""
        energy = np.minimum(np.abs(residual), LOUDEST).astype(np.float32)
        for y, x, part, shape in self._parts(phase):
            cells = np.s_[:, y + 2 : self.height + 2 : 2, x + 2 : self.width + 2 : 2]
            found = symbols[:, part].reshape(len(channels), *shape)
            self.q[channels, y::2, x::2] = found
            self._own_energy[cells] = energy[:, part].reshape(found.shape)
            if len(self._own_values):
                self._own_values[cells] = found * self.steps[channels, None, None]

    def _remember(self, channels: NDArray[np.int64], energy: Floats) -> None:
        """What the magnitudes of a group tell later ones."""
        rows = slice(len(self._known), len(self._known) + len(channels))
        self._known = np.concatenate((self._known, channels))
        kept = self._energy[rows]
        for phase, columns in enumerate(self._columns):
            for part, offsets in enumerate((HERE, BESIDE, CORNERS)):
                kept[:, part, columns] = self._sums(energy, phase, offsets)

    def _sums(self, plane: Floats, phase: int, offsets: Offsets) -> Floats:
        """The sum of what lies at some offsets from each place of a phase, of a padded plane: (channels, n)."""
        found = np.empty((len(plane), len(self.places[phase])), np.float32)
        for y, x, part, shape in self._parts(phase):
            views = [
                plane[:, y + 2 + dy : self.height + 2 + dy : 2, x + 2 + dx : self.width + 2 + dx : 2]
                for dy, dx in offsets
            ]
            total = views[0].copy()
            for view in views[1:]:
                total += view
            found[:, part] = total.reshape(len(plane), shape[0] * shape[1])
        return found

    def tables(self, group: int, channels: NDArray[np.int64], phase: int) -> NDArray[np.uint8]:
        """The table for each symbol of a phase, (channels, n)."""
        model = self.model
        earlier = self._energy[: len(self._known)].reshape(3 * len(self._known), -1)[:, self._columns[phase]]
        weights = model.float_weights[phase][channels][:, self._known].reshape(len(channels), -1)
        expected = weights @ earlier
        for part, offsets in enumerate((BESIDE, CORNERS, AWAY) if phase else ()):
            expected += model.float_own[phase, channels, part, None] * self._sums(self._own_energy, phase, offsets)
        expected += self._bias[phase, channels, None]
        return self._table(expected.astype(np.int32), _class_of(group))

    def _table(self, expected: Ints, kind: int) -> NDArray[np.uint8]:
        scale_of = self.model.scale_of
        scale: NDArray[np.uint8] = scale_of[np.minimum(expected, len(scale_of) - 1)]
        return scale + np.uint8(kind * SCALES)

    def foretold(self, channels: NDArray[np.int64], phase: int) -> Ints:
        """The symbols that the values around let expect, (channels, n)."""
        places = self.places[phase]
        if channels[-1] >= FORETOLD:
            return np.zeros((len(channels), len(places)), np.int32)
        means = np.concatenate([plane.reshape(MEANS, -1)[:, places] for plane in _nine(self._means)])
        nine = _nine(self._own_values)
        own = np.stack([nine[k].reshape(len(channels), -1)[:, places] for k in range(9) if k != 4], axis=1)
        weights = self.model.values[phase, channels].astype(np.float64)
        values = weights[:, :FOREGOING] @ means + (weights[:, FOREGOING:, None] * own).sum(1)
        step = self.steps[channels, None] * VALUE_ONE
        foretold: Ints = ((values.astype(np.int64) + step // 2) // step).astype(np.int32)
        return foretold

    # the mean colour

    def code_means(self, exchange: Exchange, symbols: Ints | None) -> None:
        """The first group, from coarse to fine: each place is foretold from the coarser ones around it."""
        energy = np.zeros((MEANS, self.height + 4, self.width + 4), np.float32)
        for y, x, kind, offsets in self.hierarchy():
            met = np.zeros((MEANS, len(y)), np.int64)
            for channel in range(MEANS):
                foretold, spread = self._mean_of(channel, y, x, offsets)
                told = self.mean_context(channel, spread, met)
                expected = (told * self.model.mean_spread[kind, channel, :, None]).sum(0)
                expected += self.quality.mix(self.model.mean_bias[kind])[channel]
                tables = self._table(np.minimum(expected, LARGEST).astype(np.int32), min(channel, 1))
                known = None if symbols is None else symbols[channel, y, x] - foretold
                self.coded = (np.array([channel]), y, x)
                met[channel] = exchange(tables, known)
                self.q[channel, y, x] = met[channel] + foretold
            energy[:, y + 2, x + 2] = np.minimum(np.abs(met), LOUDEST)
        self._means[:, 2:-2, 2:-2] = self.q[:MEANS] * self.steps[:MEANS, None, None]
        self._remember(np.arange(MEANS), energy)

    @staticmethod
    def mean_context(channel: int, spread: NDArray[np.int64], met: NDArray[np.int64]) -> NDArray[np.int64]:
        """What tells the scale of a mean colour, (3, n): the neighbours' spread, what earlier channels met."""
        earlier = np.abs(met[:channel])
        last = earlier[-1] if channel else np.zeros_like(spread)
        told: NDArray[np.int64] = np.minimum(np.stack([spread, last, earlier.sum(0)]), 4096)
        return told

    def hierarchy(self) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], int, list[tuple[int, int]]]]:
        """Places y, x with how fine they are, and where their coarser neighbours lie; from coarse to fine."""
        longer = max(self.height, self.width)
        side = 1 << max(longer - 1, 0).bit_length()
        yield np.zeros(1, np.int64), np.zeros(1, np.int64), COARSE - 1, []
        while side >= 2:
            half, kind = side // 2, {2: 0, 4: 1}.get(side, 2)
            corners = [(-half, -half), (-half, half), (half, -half), (half, half)]
            yield *self._grid(half, half, side), kind, corners
            beside = [(-half, 0), (half, 0), (0, -half), (0, half)]
            edges = [self._grid(0, half, side), self._grid(half, 0, side)]
            yield *(np.concatenate([edge[axis] for edge in edges]) for axis in (0, 1)), kind, beside  # type: ignore[misc]  # mypy counts no stars
            side = half

    def _grid(self, y: int, x: int, side: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        ys, xs = np.meshgrid(np.arange(y, self.height, side), np.arange(x, self.width, side), indexing="ij")
        return ys.ravel(), xs.ravel()

    def _mean_of(
        self, channel: int, y: NDArray[np.int64], x: NDArray[np.int64], offsets: list[tuple[int, int]]
    ) -> tuple[Ints, NDArray[np.int64]]:
        """The rounded mean of the neighbours there are, and how far they lie from it, in quarters."""
        total, count = np.zeros(len(y), np.int64), np.zeros(len(y), np.int64)
        found = []
        for dy, dx in offsets:
            there = (y + dy >= 0) & (y + dy < self.height) & (x + dx >= 0) & (x + dx < self.width)
            value = np.where(there, self.q[channel, (y + dy) % self.height, (x + dx) % self.width], 0)
            found.append((value.astype(np.int64), there))
            total += value
            count += there
        count = np.maximum(count, 1)
        mean = (2 * total + count) // (2 * count)
        spread = sum((np.abs(value - mean) * there for value, there in found), np.zeros(len(y), np.int64)) * 4 // count
        return mean.astype(np.int32), spread


def _class_of(group: int) -> int:
    """Which tables a group behind the first uses."""
    return 2 if ENDS[group] <= FORETOLD else 3 if ENDS[group] <= LOW else 4


def _nine(plane: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """A padded plane moved by one place in each direction, row by row."""
    height, width = plane.shape[1] - 4, plane.shape[2] - 4
    return [plane[:, 2 + dy : 2 + dy + height, 2 + dx : 2 + dx + width] for dy in (-1, 0, 1) for dx in (-1, 0, 1)]
