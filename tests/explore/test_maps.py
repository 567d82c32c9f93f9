"""Maps of photos: what lies beside what, what is shown of it, and the files of it."""

import csv
import sys
from dataclasses import replace
from io import StringIO
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from PIL import Image
from small_explore import small_coder, small_indexed, small_photos

from aestudio.errors import Cancelled, SettingsError
from aestudio.explore import maps
from aestudio.explore.map_picture import GROUND, map_picture, save_map
from aestudio.explore.maps import CODES, METHODS, NEIGHBOURS, PIXELS, UMAP, lay_out, map_table, mean_colours, spread
from aestudio.explore.photos import Floats, Indexed
from aestudio.progress import Progress, Step

KINDS = 3


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Indexed:
    """90 photos of three kinds, which lie one after the other: codes of a kind are alike."""
    photos = small_indexed(small_coder(tmp_path_factory.mktemp("models")), small_photos(90))
    rng = np.random.default_rng(0)
    middles = 4 * rng.standard_normal((KINDS, 16))
    codes = middles[kinds(90)] + rng.standard_normal((90, 16))
    return replace(photos, codes=codes.astype(np.float32))


def kinds(count: int) -> np.ndarray:
    return np.arange(count) % KINDS


def nearest(places: Floats) -> np.ndarray:
    """For each place, the row of the one that is nearest to it."""
    far = np.linalg.norm(places[:, None] - places[None], axis=-1)
    np.fill_diagonal(far, np.inf)
    return np.asarray(far.argmin(axis=1))


def first_two(numbers: Floats) -> Floats:
    """The first two principal components, by a decomposition of everything at once."""
    centred = numbers - numbers.mean(axis=0)
    left, values, _ = np.linalg.svd(centred, full_matrices=False)
    return np.asarray(left[:, :2] * values[:2], dtype=np.float32)


@pytest.mark.parametrize("method", [NEIGHBOURS, CODES])
def test_photos_with_similar_codes_lie_beside_one_another(indexed: Indexed, method: str) -> None:
    places = lay_out(indexed, method, Progress()).places
    of = kinds(len(indexed))
    assert (of[nearest(places)] == of).mean() > 0.95
    again = lay_out(indexed, method, Progress()).places
    assert np.array_equal(places, again)


@pytest.mark.parametrize("method", [PIXELS, CODES])
def test_principal_components_are_those_of_everything_at_once(indexed: Indexed, method: str) -> None:
    if method == CODES:
        numbers = indexed.codes
    else:
        photos = indexed.smalls(range(len(indexed))).astype(np.float32)
        numbers = photos.reshape(-1, 32, 4, 32, 4, 3).mean(axis=(2, 4)).reshape(len(indexed), -1)
    places = lay_out(indexed, method, Progress()).places
    for axis, expected in zip(places.T, first_two(numbers).T, strict=True):
        assert abs(np.corrcoef(axis, expected)[0, 1]) > 0.999


@pytest.mark.parametrize("method", [PIXELS, CODES, NEIGHBOURS])
def test_a_map_fills_a_screen(indexed: Indexed, method: str) -> None:
    places = lay_out(indexed, method, Progress()).places
    assert places.dtype == np.float32
    low, high = places.min(axis=0), places.max(axis=0)
    assert (high - low).max() == pytest.approx(1)
    assert (low + high) / 2 == pytest.approx([0.5, 0.5])
    assert high[0] - low[0] > high[1] - low[1]


def test_of_many_photos_a_sample_is_laid_out_and_the_others_come_beside(
    indexed: Indexed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maps, "MOST_LAID_OUT", 45)
    places = lay_out(indexed, NEIGHBOURS, Progress()).places
    of = kinds(len(indexed))
    assert np.isfinite(places).all()
    assert (of[nearest(places)] == of).mean() > 0.9


@pytest.mark.parametrize("method", [PIXELS, CODES, NEIGHBOURS])
@pytest.mark.parametrize("count", [0, 1, 2, 5, 9])
def test_few_photos_have_a_map_as_well(indexed: Indexed, method: str, count: int) -> None:
    photo_map = lay_out(first(indexed, count), method, Progress())
    assert photo_map.places.shape == (count, 2)
    assert np.isfinite(photo_map.places).all()
    assert photo_map.spread.shape == (count,)


@pytest.mark.parametrize("method", [PIXELS, CODES, NEIGHBOURS])
def test_photos_that_are_all_the_same_lie_in_one_place_or_beside(indexed: Indexed, method: str) -> None:
    one = indexed.smalls([0])
    same = replace(
        first(indexed, 20), codes=np.ones((20, 16), np.float32), smalls=lambda rows: np.repeat(one, len(rows), axis=0)
    )
    places = lay_out(same, method, Progress()).places
    assert np.isfinite(places).all()
    assert ((places >= 0) & (places <= 1)).all()


def first(indexed: Indexed, count: int) -> Indexed:
    return replace(
        indexed,
        paths=indexed.paths[:count],
        digests=indexed.digests[:count],
        sizes=indexed.sizes[:count],
        taken=indexed.taken[:count],
        codes=indexed.codes[:count],
        errors=indexed.errors[:count],
        sharpness=indexed.sharpness[:count],
    )


def test_an_unknown_map_and_umap_without_its_package_are_told(
    indexed: Indexed, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SettingsError, match=r"no map “mercator”.*neighbours"):
        lay_out(indexed, "mercator", Progress())
    monkeypatch.setattr(maps, "has_umap", lambda: False)
    with pytest.raises(SettingsError, match="pip install umap-learn"):
        lay_out(indexed, UMAP, Progress())


def test_umap_is_asked_with_a_fixed_seed(indexed: Indexed, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stand:
        """In place of the package, which takes longer to import than all tests of this file."""

        def __init__(self, **settings: object) -> None:
            assert settings["random_state"] == 0

        def fit_transform(self, codes: Floats) -> Floats:
            return codes[:, :2]

    package = ModuleType("umap")
    package.UMAP = Stand  # type: ignore[attr-defined]  # that is how modules are made up
    monkeypatch.setitem(sys.modules, "umap", package)
    monkeypatch.setattr(maps, "has_umap", lambda: True)
    assert lay_out(indexed, UMAP, Progress()).places.shape == (90, 2)


@pytest.mark.parametrize("method", METHODS[:3])
def test_laying_out_can_be_stopped(indexed: Indexed, method: str) -> None:
    def stop(step: Step) -> None:
        progress.cancel()

    progress = Progress(stop)
    with pytest.raises(Cancelled):
        lay_out(indexed, method, progress)


# what is shown


@pytest.mark.parametrize("length", [0.3, 0.1, 0.03, 0.01])
def test_pictures_that_are_shown_hide_no_other_and_leave_no_gap(length: float) -> None:
    places = np.random.default_rng(0).normal(0.5, 0.15, (400, 2)).astype(np.float32)
    shown = places[spread(places) >= length]
    far = np.abs(shown[:, None] - shown[None]).max(axis=-1)
    np.fill_diagonal(far, np.inf)
    assert far.min() >= length
    gaps = np.abs(places[:, None] - shown[None]).max(axis=-1).min(axis=1)
    assert gaps.max() < length


def test_of_photos_in_one_place_one_is_shown() -> None:
    order = spread(np.full((10, 2), 0.5, dtype=np.float32))
    assert np.isinf(order).sum() == 1
    assert (order[np.isfinite(order)] == 0).all()
    assert spread(np.zeros((0, 2), dtype=np.float32)).shape == (0,)


def test_mean_colours_are_those_of_the_photos(indexed: Indexed) -> None:
    colours = mean_colours(indexed, Progress())
    expected = indexed.smalls([7])[0].reshape(-1, 3).mean(axis=0)
    assert colours.shape == (90, 3)
    assert np.abs(colours[7] - expected).max() <= 0.5


# files


def test_a_table_has_a_line_for_each_photo(indexed: Indexed) -> None:
    awkward = replace(indexed, paths=(Path('/photos/a, "b".jpg'), *indexed.paths[1:]))
    photo_map = lay_out(awkward, CODES, Progress())
    rows = list(csv.reader(StringIO(map_table(awkward, photo_map))))
    assert rows[0] == ["path", "x", "y"]
    assert rows[1][0] == '/photos/a, "b".jpg'
    assert len(rows) == 91
    assert [float(value) for value in rows[5][1:]] == pytest.approx(photo_map.places[4], abs=1e-6)


def test_a_picture_shows_photos_in_their_shape_where_they_lie(indexed: Indexed) -> None:
    one = first(indexed, 1)
    picture = map_picture(one, lay_out(one, CODES, Progress()), 600, Progress())
    pixels = np.asarray(picture)
    shown = (pixels != GROUND).any(axis=2)
    rows, columns = np.flatnonzero(shown.any(axis=1)), np.flatnonzero(shown.any(axis=0))
    assert len(columns) / len(rows) == pytest.approx(1.5, rel=0.03)
    centre = pixels[rows.mean().astype(int), columns.mean().astype(int)].astype(int)
    assert np.abs(centre - indexed.smalls([0])[0][64, 64]).max() <= 8
    whole = map_picture(indexed, lay_out(indexed, PIXELS, Progress()), 600, Progress())
    assert max(whole.size) <= 600
    assert (np.asarray(whole) != GROUND).any(axis=2).mean() > 0.2


def test_files_are_written_by_their_ending_and_never_over_a_photo(indexed: Indexed, tmp_path: Path) -> None:
    photo_map = lay_out(indexed, CODES, Progress())
    table = save_map(indexed, photo_map, tmp_path / "map.csv", Progress())
    assert len(table.read_text(encoding="utf-8").splitlines()) == 91
    picture = save_map(indexed, photo_map, tmp_path / "map.PNG", Progress(), side=300)
    with Image.open(picture) as image:
        assert max(image.size) <= 300
    with pytest.raises(SettingsError, match=r"map\.csv is there already"):
        save_map(indexed, photo_map, table, Progress())
    save_map(indexed, photo_map, table, Progress(), overwrite=True)
    with pytest.raises(SettingsError, match=r"\.csv or \.png"):
        save_map(indexed, photo_map, tmp_path / "map.txt", Progress())
    photo = tmp_path / "photo.png"
    photo.write_bytes(b"mine")
    own = replace(indexed, paths=(photo, *indexed.paths[1:]))
    with pytest.raises(SettingsError, match="is one of the photos"):
        save_map(own, photo_map, photo, Progress(), overwrite=True)
    assert photo.read_bytes() == b"mine"
