"""Maps of photos: two numbers for each, so that photos that are alike lie beside one another."""

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Final

import numpy as np
from numpy.typing import NDArray

from aestudio.errors import SettingsError
from aestudio.explore.photos import Floats, Indexed
from aestudio.progress import Progress

PIXELS: Final = "pca"  # principal components of the photos themselves
CODES: Final = "code-pca"  # principal components of their codes
NEIGHBOURS: Final = "neighbours"  # neighbours among the codes: t-SNE
UMAP: Final = "umap"  # the same with UMAP, which is an extra
METHODS: Final = (PIXELS, CODES, NEIGHBOURS, UMAP)

MOST_LAID_OUT: Final = 3000  # photos whose neighbourhoods are laid out; any others are put beside those
_AT_ONCE = 256  # photos
_FOUND = 16  # components that are looked for: found in portions, the last ones of few are wrong
_FEW = 8  # photos of which neighbourhoods cannot be told
_LONGEST = 50  # numbers of a code that neighbours are found by, as van der Maaten and Hinton did
_PERPLEXITY = 30.0
_EXAGGERATION = 12.0
_ROUNDS = 4  # in which t-SNE is made, so that it can be stopped in between
_SHAPE = 1.8  # of a map, width by height: about that of a window
_STRETCH = 1.8  # at most, by which it is made wider or higher for that
_SPREAD_MOST = 20_000  # photos that are put in order one by one


@dataclass(frozen=True, eq=False)
class PhotoMap:
    """Where the photos of an `Indexed` lie."""

    method: str
    places: Floats  # (P, 2) across and down: the longer side from 0 to 1, the other around 0.5
    spread: Floats  # (P,): how far each is from the nearest of those that are shown before it, see `spread`


def has_umap() -> bool:
    """Whether UMAP is installed; it is not imported for that, which takes seconds."""
    return find_spec("umap") is not None


def check_method(method: str) -> None:
    """Raise SettingsError for a method that is none of METHODS, and for UMAP where that is not installed."""
    if method not in METHODS:
        raise SettingsError(
            "There is no map “{method}”. Please choose one of {known}.", method=method, known=", ".join(METHODS)
        )
    if method == UMAP and not has_umap():
        raise SettingsError(
            "UMAP is not installed. Please install it with “pip install umap-learn”, or choose another map."
        )


def lay_out(photos: Indexed, method: str, progress: Progress) -> PhotoMap:
    """Lay photos out by one of METHODS: the same photos always in the same way.

    Raises SettingsError as `check_method` does, and Cancelled.
    """
    from threadpoolctl import threadpool_limits

    check_method(method)
    progress.step(0, 1)
    with threadpool_limits(1):  # beside other work, several threads wait for one another longer than they work
        if len(photos) < _FEW and method in (NEIGHBOURS, UMAP):
            found = _principal(photos.codes)
        else:
            found = _LAYOUTS[method](photos, progress)
    progress.check()
    places = _fitted(found)
    return PhotoMap(method, places, spread(places, progress))


def spread(places: Floats, progress: Progress | None = None) -> Floats:
    """How far (P,) each place is from the nearest one before it, if always the farthest one comes next.

    The first, at the middle, is infinitely far. Places that are as far as a length at least lie that far from one
    another, and no place is farther than that from all of them: pictures of that size hide no other, and leave no gap.
    Lengths are by the larger one of both axes, as pictures are square. Source: farthest-first traversal, Gonzalez,
    Theoretical Computer Science 1985.
    """
    count = len(places)
    order = np.zeros(count, dtype=np.float32)
    if not count:
        return order
    across, down = np.ascontiguousarray(places[:, 0]), np.ascontiguousarray(places[:, 1])
    middle = np.abs(places - np.median(places, axis=0)).max(axis=1)
    nearest = np.full(count, np.inf, dtype=np.float32)
    one = int(middle.argmin())
    for done in range(min(count, _SPREAD_MOST)):
        order[one] = nearest[one]
        far = np.maximum(np.abs(across - across[one]), np.abs(down - down[one]))
        np.minimum(nearest, far, out=nearest)
        nearest[one] = -1  # it had its turn
        one = int(nearest.argmax())
        if progress is not None and done % 500 == 0:
            progress.check()
    left = nearest >= 0
    order[left] = nearest[left]
    return order


def map_table(photos: Indexed, photo_map: PhotoMap) -> str:
    """A map as comma-separated values with a line of titles: path, x and y."""
    import csv
    from io import StringIO

    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("path", "x", "y"))
    for path, (x, y) in zip(photos.paths, photo_map.places, strict=True):
        writer.writerow((str(path), f"{x:.6f}", f"{y:.6f}"))
    return text.getvalue()


# what lies where


def _of_pixels(photos: Indexed, progress: Progress) -> Floats:
    """The first two principal components of the photos themselves. Raises Cancelled."""
    from aestudio.explore.components import FEWEST_PHOTOS, fit_components  # imports torch, which takes seconds

    count = len(photos)
    if count < FEWEST_PHOTOS:
        return np.zeros((count, 2), dtype=np.float32)
    components = fit_components(photos.smalls, range(count), progress, most=_FOUND)
    codes = []
    for start in range(0, count, _AT_ONCE):
        progress.check()
        codes.append(components.encode(photos.smalls(range(start, min(count, start + _AT_ONCE))))[:, :2])
    return _turned(_in_two(np.concatenate(codes)))


def _of_codes(photos: Indexed, progress: Progress) -> Floats:
    progress.check()
    return _principal(photos.codes)


def _of_neighbours(photos: Indexed, progress: Progress) -> Floats:
    """t-SNE (van der Maaten and Hinton, JMLR 2008) of the codes, begun from their principal components.

    Of more photos than MOST_LAID_OUT, a sample is laid out; the others come between those that are nearest to them.
    """
    codes = _principal(photos.codes, _LONGEST)
    return _with_the_others(codes, _t_sne, progress)


def _of_umap(photos: Indexed, progress: Progress) -> Floats:
    """UMAP (McInnes, Healy and Melville, 2018) of the codes."""
    codes = _principal(photos.codes, _LONGEST)
    return _with_the_others(codes, _umap, progress)


_LAYOUTS: Final[Mapping[str, Callable[[Indexed, Progress], Floats]]] = {
    PIXELS: _of_pixels,
    CODES: _of_codes,
    NEIGHBOURS: _of_neighbours,
    UMAP: _of_umap,
}


def _t_sne(codes: Floats, progress: Progress) -> Floats:
    from sklearn.manifold import TSNE
    from threadpoolctl import threadpool_limits

    count = len(codes)
    begin = _principal(codes)
    places = begin / max(float(begin[:, 0].std()), 1e-12) * 1e-4
    with threadpool_limits(1):  # once more: scikit-learn brings threads of its own
        for done in range(_ROUNDS):
            progress.step(done, _ROUNDS)
            tsne = TSNE(
                init=places,
                perplexity=min(_PERPLEXITY, (count - 1) / 3),
                early_exaggeration=_EXAGGERATION if done == 0 else 1.0,
                learning_rate=max(count / _EXAGGERATION / 4, 50.0),  # as it is for all rounds made in one
                max_iter=250,
                random_state=0,
            )
            places = tsne.fit_transform(codes)
    return np.asarray(places, dtype=np.float32)


def _umap(codes: Floats, progress: Progress) -> Floats:
    from umap import UMAP as Umap  # takes seconds

    progress.check()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a fixed seed means one thread, and of numba's
        found = Umap(n_neighbors=min(15, len(codes) - 1), random_state=0, n_jobs=1).fit_transform(codes)
    return np.asarray(found, dtype=np.float32)


def _with_the_others(
    codes: Floats, method: Callable[[Floats, Progress], Floats], progress: Progress, beside: int = 3
) -> Floats:
    """Lay out a sample by a method, and put the others at the weighted middle of their nearest ones in it."""
    from sklearn.neighbors import NearestNeighbors

    count = len(codes)
    if count <= MOST_LAID_OUT:
        return method(codes, progress)
    chosen = np.sort(np.random.default_rng(0).choice(count, MOST_LAID_OUT, replace=False))
    laid_out = method(codes[chosen], progress)
    search = NearestNeighbors(n_neighbors=beside).fit(codes[chosen])
    places = np.empty((count, 2), dtype=np.float32)
    for start in range(0, count, _AT_ONCE):
        progress.check()
        far, near = search.kneighbors(codes[start : start + _AT_ONCE])
        weights = 1 / np.maximum(far, 1e-6) ** 2
        weights /= weights.sum(axis=1, keepdims=True)
        places[start : start + _AT_ONCE] = (laid_out[near] * weights[..., None]).sum(axis=1)
    places[chosen] = laid_out
    return places


# helpers


def _principal(codes: Floats, most: int = 2) -> Floats:
    """The first principal components of codes (N, length): (N, `most`), or fewer if there are no more, but 2."""
    centred = codes.astype(np.float64)
    centred -= centred.mean(axis=0) if len(codes) else 0
    _, axes = np.linalg.eigh(centred.T @ centred)
    found = (centred @ axes[:, ::-1][:, :most]).astype(np.float32)
    return _turned(found if found.shape[1] >= 2 else _in_two(found))


def _in_two(places: Floats) -> Floats:
    """(N, 2) of (N, 1) or (N, 2)."""
    return np.pad(places, ((0, 0), (0, 2 - places.shape[1])))


def _turned(places: Floats) -> Floats:
    """With the longer tail of each axis on its positive side: the sign of a component is a matter of chance."""
    skew = (places**3).sum(axis=0)
    return np.asarray(places * np.where(skew < 0, -1, 1), dtype=np.float32)


def _fitted(places: Floats) -> Floats:
    """The same places for a screen: stretched somewhat towards its shape, the longer side from 0 to 1."""
    if not len(places):
        return np.zeros((0, 2), dtype=np.float32)
    low, high = places.min(axis=0), places.max(axis=0)
    middle, (wide, tall) = (low + high) / 2, high - low
    if not max(wide, tall) > 0:
        return np.full_like(places, 0.5)
    stretch = float(np.clip(_SHAPE * tall / max(wide, 1e-12), 1 / _STRETCH, _STRETCH)) if tall > 0 else 1.0
    moved = (places - middle) * np.array([stretch, 1])
    return np.asarray(moved / max(wide * stretch, tall) + 0.5, dtype=np.float32)


def mean_colours(photos: Indexed, progress: Progress) -> NDArray[np.uint8]:
    """The mean colour (P, 3) of each photo. Raises Cancelled."""
    found = np.zeros((len(photos), 3), dtype=np.uint8)
    for start in range(0, len(photos), _AT_ONCE):
        progress.check()
        rows = range(start, min(len(photos), start + _AT_ONCE))
        found[rows.start : rows.stop] = photos.smalls(rows).mean(axis=(1, 2), dtype=np.float32).round()
    return found
