"""PCA beside an autoencoder."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from small_explore import small_coder, small_indexed, small_photos

from aestudio.errors import Cancelled, SettingsError
from aestudio.explore import compare as module
from aestudio.explore.coder import Coder
from aestudio.explore.compare import Comparison, compare, fairness, split_photos, try_length
from aestudio.explore.components import decibels, fit_components, squared_errors
from aestudio.explore.photos import Indexed
from aestudio.progress import Progress


@pytest.fixture(scope="module")
def coder(tmp_path_factory: pytest.TempPathFactory) -> Coder:
    return small_coder(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def photos(coder: Coder) -> Indexed:
    return small_indexed(coder, small_photos(40))


def known(photos: Indexed, codes: np.ndarray | None = None) -> Indexed:
    """With codes that have nothing in common, so that no two photos are of one scene."""
    rng = np.random.default_rng(0)
    made = rng.standard_normal(photos.codes.shape).astype(np.float32) if codes is None else codes
    return replace(photos, codes=made)


def figures(pca: list[float], autoencoder: list[float], lengths: tuple[int, ...], components: int = 128) -> Comparison:
    """A comparison with those PSNR values in dB."""
    errors = [np.array([[10 ** (-value / 10) for value in each]], dtype=np.float32) for each in (pca, autoencoder)]
    return Comparison(lengths, (0,), ("a.jpg",), errors[0], errors[1], components)


# the split


def test_every_fifth_photo_is_held_out_the_same_ones_each_time(photos: Indexed) -> None:
    apart = known(photos)
    split = split_photos(apart)
    assert len(split.held_out) == 8
    assert not set(split.held_out) & set(split.fitted)
    assert split == split_photos(apart)
    assert [apart.digests[row] for row in split.held_out] == sorted(apart.digests)[:8]
    turned = replace(
        apart,
        paths=apart.paths[::-1],
        digests=apart.digests[::-1],
        codes=apart.codes[::-1].copy(),
    )
    assert {turned.digests[row] for row in split_photos(turned).held_out} == {
        apart.digests[row] for row in split.held_out
    }


def test_no_more_are_held_out_than_it_takes(photos: Indexed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_HELD_OUT", 3)
    split = split_photos(known(photos))
    assert (len(split.held_out), len(split.fitted)) == (3, 37)


def test_copies_of_a_file_count_once(photos: Indexed) -> None:
    apart = known(photos)
    copied = replace(apart, digests=(*apart.digests[:20], *apart.digests[:20]))
    split = split_photos(copied)
    chosen = [copied.digests[row] for row in (*split.fitted, *split.held_out)]
    assert len(chosen) == len(set(chosen)) == 20


def test_what_shows_the_same_as_a_held_out_photo_is_not_learnt_from(photos: Indexed) -> None:
    apart = known(photos)
    held_out = split_photos(apart).held_out
    codes = apart.codes.copy()
    twin = next(row for row in range(40) if row not in held_out)
    codes[twin] = codes[held_out[0]] * 1.001
    split = split_photos(known(photos, codes))
    assert split.held_out == held_out
    assert twin not in split.fitted
    assert len(split.fitted) == 31


def test_a_folder_of_one_scene_is_split_all_the_same(photos: Indexed) -> None:
    split = split_photos(known(photos, np.ones_like(photos.codes)))
    assert len(split.held_out) + len(split.fitted) == 40


def test_too_few_photos_are_told(photos: Indexed) -> None:
    few = replace(photos, digests=("a", "b", "c", "d") * 10)
    with pytest.raises(SettingsError, match="5 different photos at least, and here are 4"):
        split_photos(few)


# the comparison


def test_errors_are_those_of_the_photos_that_were_held_out(photos: Indexed, coder: Coder) -> None:
    apart = known(photos)
    split = split_photos(apart)
    components = fit_components(photos.smalls, split.fitted)
    found = compare(photos, split.held_out, components, coder)
    assert found.lengths == (2, 3, 4, 6, 8, 12, 16)  # as far as the model's codes go
    assert found.rows == split.held_out
    assert found.pca.shape == found.autoencoder.shape == (8, 7)
    place, column = 3, found.lengths.index(6)
    small = photos.smalls([split.held_out[place]])
    by_hand = squared_errors(small, components.decode(components.encode(small), 6))[0]
    assert found.pca[place, column] == pytest.approx(by_hand, rel=1e-4)
    by_hand = squared_errors(small, coder.decode(photos.codes[[split.held_out[place]]], 6))[0]
    assert found.autoencoder[place, column] == pytest.approx(by_hand, rel=1e-3)
    assert found.names[place] == photos.paths[split.held_out[place]].name
    assert found.pca_from == 2  # nobody taught the autoencoder


def test_a_comparison_stops(photos: Indexed, coder: Coder) -> None:
    components = fit_components(photos.smalls, range(4))
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        compare(photos, range(4, 8), components, coder, progress)


def test_one_photo_is_tried_with_and_without_components(photos: Indexed, coder: Coder) -> None:
    components = fit_components(photos.smalls, range(30))
    trial = try_length(photos, 35, 4, coder, components)
    assert trial.pca is not None
    assert trial.pca_error == pytest.approx(float(squared_errors(trial.original[None], trial.pca[None])[0]))
    assert trial.autoencoder_error == pytest.approx(
        float(squared_errors(trial.original[None], trial.autoencoder[None])[0])
    )
    longer = try_length(photos, 35, 12, coder, components)
    assert longer.pca_error is not None
    assert trial.pca_error is not None
    assert longer.pca_error < trial.pca_error
    without = try_length(photos, 35, 4, coder, None)
    assert (without.pca, without.pca_error) == (None, None)


# the verdict


def test_the_verdict_tells_where_which_is_better() -> None:
    found = figures([14, 15, 17, 19.05], [15, 17, 17.05, 19.0], (2, 8, 32, 128))
    assert found.pca_from == 32
    assert [str(sentence) for sentence in found.verdict()] == [
        "PCA is as good or better from 32 numbers on.",
        "With 2 to 8 numbers the autoencoder is better by 1.0 to 2.0 dB.",
        "With 32 to 128 numbers they are alike.",
    ]


@pytest.mark.parametrize(
    ("pca", "autoencoder", "main"),
    [
        ([14, 15, 16], [15, 16, 17], "The autoencoder keeps more of a photo than PCA at every length."),
        ([15, 16, 17], [14, 15, 16], "PCA is as good or better at every length."),
        ([15, 16, 17], [15, 16, 18], "With 128 numbers the autoencoder keeps more of a photo than PCA."),
        ([15, 16, 18], [16, 17, 18], "PCA is as good or better with 128 numbers at last."),
    ],
)
def test_the_main_sentence(pca: list[float], autoencoder: list[float], main: str) -> None:
    assert str(figures(pca, autoencoder, (2, 16, 128)).verdict()[0]) == main


def test_single_lengths_are_told_as_such() -> None:
    found = figures([15, 16, 17], [15, 15, 18], (2, 16, 128))
    assert [str(sentence) for sentence in found.verdict()[1:]] == [
        "With 2 numbers they are alike.",
        "With 16 numbers PCA is better by 1.0 dB.",
        "With 128 numbers the autoencoder is better by 1.0 dB.",
    ]


def test_too_few_components_are_told() -> None:
    said = figures([15, 16], [14, 15], (2, 128), components=9).verdict()
    assert "more than 9 components" in str(said[-1])


def test_means_are_of_decibels_not_of_errors() -> None:
    one, other = np.array([[0.1], [0.001]], dtype=np.float32), np.array([[0.04], [0.004]], dtype=np.float32)
    found = Comparison((2,), (0, 1), ("a", "b"), one, other, 128)
    assert decibels(one).mean() > decibels(other).mean()
    assert found.stretches()[0].better == "pca"


def test_whom_it_favours_is_told(photos: Indexed, coder: Coder, tmp_path: Path) -> None:
    components = fit_components(photos.smalls, range(8))
    folders = (tmp_path / "built-in", tmp_path / "own")
    for name, built_in in (("ours", True), ("mine", False)):
        made = small_coder(folders[0 if built_in else 1], name)
        said = str(fairness(made, components, folders))
        assert ("learnt from the photos that its card names" in said) == built_in
        assert ("it may have seen those others" in said) != built_in
    assert "it may have seen those others" in str(fairness(coder, components, folders))  # it is not installed
    small_coder(folders[0], "small", variational=True)  # another one of that name is
    assert "it may have seen those others" in str(fairness(coder, components, folders))
