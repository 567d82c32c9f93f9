"""Fine-tunes the top of an encoder for the classes of a user, and tells whether that helped."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.explore.coder import Coder
from aestudio.explore.labels import Labels
from aestudio.explore.photos import Indexed, Levels
from aestudio.explore.sorting import (
    Doubles,
    Known,
    Line,
    Numbers,
    Quality,
    Sorting,
    cross_validate,
    fit,
    held_out,
    labelled_photos,
    result,
    split,
)
from aestudio.models.networks.photo_autoencoder import PhotoAutoencoder
from aestudio.progress import Progress

_LEAST = 4  # labels of each class
_FOLDS = 3
_STRENGTHS = (0.001, 0.003, 0.01, 0.03, 0.1)  # C of logistic regression that the head begins with
_TOP = 2  # modules of the encoder that are tuned: its last level, and what makes the code of it
_ROUNDS = 12  # at most, behind each of which is looked whether it is good
_FEWEST_SEEN = 160  # photos in a round: if there are fewer, they come several times
_SEEN = 30_000  # photos that are looked at in all, about: a minute on two cores
_VARIANTS = 8  # of each labelled photo: as it is, and mirrored or cropped
_VARIED = 8_000  # variants of all photos: 20 KB each
_SMALLEST = 0.8  # side of a crop
_BATCH, _AT_ONCE = 32, 32
_RATE, _DECAY = 3e-4, 0.05


@dataclass(frozen=True, eq=False)
class Tuned:
    """What came of fine-tuning. Both qualities are of the same labelled photos, held out in the same folds."""

    sorting: Sorting  # by the tuned encoder if it helped, and else as it was before
    helped: bool
    frozen: Quality  # of logistic regression on the codes as they are
    tuned: Quality
    gained: float  # labelled photos that are sorted right only by the tuned encoder
    lost: float  # and only by the frozen one
    rounds: int  # of training that were best, of those that were tried


def fine_tune(
    photos: Indexed,
    labels: Labels,
    coder: Coder,
    before: Sorting,
    progress: Progress | None = None,
    *,
    always: bool = False,
) -> Tuned:
    """Train the last level of a copy of the encoder, with a linear classifier on top, on the labelled photos.

    It begins with logistic regression on the codes as they are, so that what the encoder knows is not lost at first
    (Kumar et al., ICLR 2022). How many rounds are best is told by photos that are held out, and it is kept only if
    more of these are sorted right than without. The coder stays as it is, and so do its files.
    With `always`, the sorting is that of the tuned encoder even if it did not help: for measuring.
    Raises FewLabelsError if there are not two classes of four labelled photos at least.
    """
    known = labelled_photos(photos, labels, _LEAST)
    folds = split(known.y, _FOLDS, repeats=1)
    parts = int(folds.max()) + 1
    seen = (parts + 1) * max(_FEWEST_SEEN, len(known.y))
    rounds = min(_ROUNDS, max(3, _SEEN // seen))
    counted = _Counted(progress or Progress(), rounds * seen, len(known.y), len(photos))
    tuner = _Tuner(coder, photos, known, counted)
    frozen = cross_validate(tuner.codes[known.rows], known.y, _STRENGTHS, folds)
    strength = _STRENGTHS[frozen.best]
    tries = np.zeros((rounds + 1, len(known.y), len(known.classes)))
    for fold in range(parts):
        inside, outside = np.flatnonzero(folds[0] != fold), np.flatnonzero(folds[0] == fold)
        for number, top in enumerate(tuner.train(inside, strength, rounds)):
            tries[number, outside] = tuner.logits(top, outside)
    kept = held_out(tries[None], known.y, folds)
    best = kept.best
    gained, lost = _changes(frozen.quality, kept.quality)
    helped = gained > lost and best > 0
    if not (helped or always):
        return Tuned(before, False, frozen.quality, kept.quality, gained, lost, best)
    *_, top = tuner.train(np.arange(len(known.y)), strength, best)
    sorting = result(photos, labels, known, tuner.all_logits(top), kept, strength)
    return Tuned(sorting, helped, frozen.quality, kept.quality, gained, lost, best)


def _changes(frozen: Quality, tuned: Quality) -> tuple[float, float]:
    """How many labelled photos are sorted right that were not, and the other way round."""
    more = tuned.hits - frozen.hits
    return float(more.clip(min=0).sum()), float((-more).clip(min=0).sum())


class _Counted:
    """Tells how far it all is, counted in photos that went through the top of the encoder."""

    def __init__(self, progress: Progress, trained: int, labelled: int, photos: int) -> None:
        self._progress = progress
        self._total = trained + _COST * (_variants(labelled) * labelled + photos)
        self._done = 0

    def add(self, count: int) -> None:
        """Photos more. Raises Cancelled if asked to stop."""
        self._done = min(self._total, self._done + count)
        self._progress.step(self._done, self._total)


_COST = 2  # a photo's way through the whole encoder, in steps of training the top


class _Top(nn.Module):
    """The last modules of an encoder, and a linear classifier on the standardised code."""

    def __init__(self, net: PhotoAutoencoder, mean: Tensor, spread: Tensor, line: Line) -> None:
        super().__init__()
        names = net.encoding[-_TOP:]
        self.level = copy.deepcopy(net.get_submodule(names[0]))
        self.to_code = copy.deepcopy(net.get_submodule(names[1]))
        self.requires_grad_(True)
        self.code = net.code
        self.register_buffer("mean", mean)
        self.register_buffer("spread", spread)
        self.head = nn.Linear(net.code, len(line.bias), device=mean.device)
        with torch.no_grad():
            self.head.weight.copy_(torch.from_numpy(line.weights))
            self.head.bias.copy_(torch.from_numpy(line.bias))

    def forward(self, x: Tensor) -> Tensor:
        """Logits (N, K) of what comes out of the levels below."""
        z = self.to_code(self.level(x).flatten(1))[:, : self.code]  # of a variational encoder, the means
        return self.head((z - self.get_buffer("mean")) / self.get_buffer("spread"))  # type: ignore[no-any-return]


class _Tuner:
    """Everything that is the same for all folds: what comes out of the levels that stay as they are."""

    def __init__(self, coder: Coder, photos: Indexed, known: Known, counted: _Counted) -> None:
        self._net = coder.network  # it is only read, and copied
        self._device = coder.device
        self._photos = photos
        self._known = known
        self._counted = counted
        mean, spread = photos.codes.mean(axis=0), photos.codes.std(axis=0)
        spread = np.where(spread > 0, spread, 1)
        self._mean, self._spread = (torch.from_numpy(each).to(self._device).float() for each in (mean, spread))
        self.codes: Doubles = (photos.codes.astype(np.float64) - mean) / spread
        self._lower = self._variants_of(known)

    def train(self, inside: Numbers, strength: float, rounds: int) -> Iterator[_Top]:
        """The top as it is at first and after each round, learning from those of the labelled photos."""
        known = self._known
        line = fit(self.codes[known.rows][inside], known.y[inside], strength)
        top = _Top(self._net, self._mean, self._spread, line)
        yield top
        optimizer = torch.optim.AdamW(top.parameters(), lr=_RATE, weight_decay=_DECAY)
        y = torch.from_numpy(known.y).to(self._device)
        generator = torch.Generator().manual_seed(len(inside))
        times = -(-_FEWEST_SEEN // len(inside))
        for _ in range(rounds):
            orders = [torch.randperm(len(inside), generator=generator) for _ in range(times)]
            for some in torch.from_numpy(inside)[torch.cat(orders)].split(_BATCH):  # type: ignore[no-untyped-call]
                which = torch.randint(len(self._lower), (len(some),), generator=generator)
                loss = F.cross_entropy(top(self._lower[which, some].float()), y[some])
                optimizer.zero_grad()
                loss.backward()  # type: ignore[no-untyped-call]  # torch left it untyped
                optimizer.step()
                self._counted.add(len(some))
            yield top

    def logits(self, top: _Top, which: Numbers) -> Doubles:
        """Of some of the labelled photos, as they are."""
        with torch.no_grad():
            return np.asarray(top(self._lower[0, torch.from_numpy(which)].float()).cpu().double().numpy())

    def all_logits(self, top: _Top) -> Doubles:
        """Of all photos."""
        found = []
        for start in range(0, len(self._photos), _AT_ONCE):
            rows = range(start, min(start + _AT_ONCE, len(self._photos)))
            with torch.no_grad():
                found.append(top(self._below(self._pixels(self._photos.smalls(rows)))).cpu().double().numpy())
            self._counted.add(_COST * len(rows))
        return np.concatenate(found)

    def _variants_of(self, known: Known) -> Tensor:
        """What comes out of the lower levels: (V, N, channels, side, side), the photos as they are first."""
        generator = torch.Generator().manual_seed(0)
        count = _variants(len(known.y))
        found: list[Tensor] = []
        for start in range(0, len(known.rows), _AT_ONCE):
            rows = [int(row) for row in known.rows[start : start + _AT_ONCE]]
            x = self._pixels(self._photos.smalls(rows))
            variants = [x, *(varied(x, generator) for _ in range(count - 1))]
            with torch.no_grad():
                found.append(torch.stack([self._below(each) for each in variants]).half())
            self._counted.add(_COST * count * len(rows))
        return torch.cat(found, dim=1)

    def _pixels(self, photos: Levels) -> Tensor:
        return torch.from_numpy(np.array(photos)).to(self._device).permute(0, 3, 1, 2).float() / 255

    def _below(self, x: Tensor) -> Tensor:
        x = x - 0.5
        for name in self._net.encoding[:-_TOP]:
            x = self._net.get_submodule(name)(x)
        return x


def _variants(labelled: int) -> int:
    """How many pictures are made of each labelled photo."""
    return max(2, min(_VARIANTS, _VARIED // labelled))


def varied(x: Tensor, generator: torch.Generator) -> Tensor:
    """Photos (N, C, H, W), half of them mirrored, all cropped by up to a fifth of their sides."""
    count = len(x)
    scale = _SMALLEST + (1 - _SMALLEST) * torch.rand(count, 2, generator=generator)
    shift = (2 * torch.rand(count, 2, generator=generator) - 1) * (1 - scale)
    mirrored = 1 - 2 * torch.randint(2, (count,), generator=generator)
    theta = torch.zeros(count, 2, 3)
    theta[:, 0, 0], theta[:, 1, 1] = scale[:, 0] * mirrored, scale[:, 1]
    theta[:, :, 2] = shift
    grid = F.affine_grid(theta.to(x.device), list(x.shape), align_corners=False)
    return F.grid_sample(x, grid, padding_mode="reflection", align_corners=False)
