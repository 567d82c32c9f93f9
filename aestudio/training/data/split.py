"""Which photos are kept for the verdict: whole groups of near-duplicates, chosen by what the photos are."""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

SHARE = 0.15  # of the photos
FEWEST, MOST = 4, 40  # photos


class Split(NamedTuple):
    """Indices of scenes, in rising order. Those that are in neither are like held-out ones, which are enough."""

    training: tuple[int, ...]
    held_out: tuple[int, ...]


def split(digests: Sequence[str], sizes: Sequence[int], groups: Sequence[Sequence[int]]) -> Split:
    """Divide scenes of `sizes` photos: about 15 in a hundred are held out, 4 photos at least and 40 at most.

    `digests` tell the scenes apart, `groups` are those of near-duplicates; the others stand alone. The order in which
    scenes are held out comes from their digests alone: the same photos are divided in the same way wherever they lie,
    and those that are added leave nearly all of the others on their side. Never more than half of the photos are held
    out, and none where all scenes are of one group.
    """
    grouped = {index for group in groups for index in group}
    single = [(index,) for index in range(len(digests)) if index not in grouped]
    ranked = sorted(((_rank(digests, group), tuple(group)) for group in [*groups, *single]), key=lambda each: each[0])
    if len(ranked) < 2:
        return Split(tuple(range(len(digests))), ())
    total = sum(sizes)
    quota = min(max(round(SHARE * total), FEWEST), MOST)
    most = min(MOST, total // 2, 2 * quota)
    kept: list[int] = []
    photos = 0
    for _, group in ranked:
        more = sum(sizes[index] for index in group)
        if photos < quota and photos + more <= most:
            kept += group
            photos += more
    near = set(kept)
    if not kept:  # nothing but large groups: a part of the smallest one, whose others must not be learnt from then
        near.update(min((group for _, group in ranked), key=lambda group: (sum(sizes[i] for i in group), group)))
        for index in sorted(near, key=lambda index: _rank(digests, (index,))):
            if not kept or photos + sizes[index] <= most:
                kept.append(index)
                photos += sizes[index]
    return Split(tuple(index for index in range(len(digests)) if index not in near), tuple(sorted(kept)))


def _rank(digests: Sequence[str], group: Sequence[int]) -> str:
    """Hashed once more: whatever the digests are, no photos are favoured."""
    return min(hashlib.sha256(digests[index].encode()).hexdigest() for index in group)
