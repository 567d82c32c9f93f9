"""Which photos are near one another, by their codes."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from small_explore import small_coder, small_indexed, small_photos

from aestudio.errors import ImageError
from aestudio.explore.coder import Coder
from aestudio.explore.photos import Floats, Indexed
from aestudio.explore.similar import Nearness, example_of, similar


@pytest.fixture(scope="module")
def coder(tmp_path_factory: pytest.TempPathFactory) -> Coder:
    return small_coder(tmp_path_factory.mktemp("models"))


@pytest.fixture
def photos(coder: Coder) -> Indexed:
    return small_indexed(coder, small_photos(30))


def random_codes(count: int, length: int = 8, seed: int = 0) -> Floats:
    return np.random.default_rng(seed).normal(size=(count, length)).astype(np.float32)


def test_the_same_code_is_as_near_as_can_be() -> None:
    codes = random_codes(50)
    scores = Nearness(codes).scores(codes)
    np.testing.assert_allclose(np.diag(scores), 1, atol=1e-5)
    assert scores.max() <= 1 + 1e-5
    assert scores.min() >= -1 - 1e-5
    np.testing.assert_allclose(scores, scores.T, atol=1e-5)


def test_what_all_photos_have_in_common_does_not_count() -> None:
    codes = random_codes(400)
    shifted = codes + np.float32(100) * np.eye(8, dtype=np.float32)[0]
    off_diagonal = Nearness(shifted).scores(shifted)[~np.eye(400, dtype=bool)]
    assert abs(off_diagonal.mean()) < 0.6  # plain cosines would all be 1
    assert np.quantile(off_diagonal, 0.05) < -0.2


def test_a_direction_in_which_all_differ_does_not_drown_the_others() -> None:
    """The two that agree in everything but the strongest direction are found, where plain distances find others."""
    codes = random_codes(300, seed=1)
    codes[:, 0] *= 100
    query = codes[7].copy()
    query[0] += 40
    plain = np.linalg.norm(codes - query, axis=1)
    assert (plain < plain[7]).sum() > 20
    assert Nearness(codes).scores(query[None])[0].argmax() == 7


def test_the_nearest_come_first_and_the_example_is_left_out(photos: Indexed) -> None:
    found = similar(photos, 3, 5)
    assert len(found.rows) == 5
    assert 3 not in found.rows
    assert (np.diff(found.scores) <= 0).all()
    every = Nearness(photos.codes).scores(photos.codes[3:4])[0]
    every[3] = -np.inf
    assert found.rows.tolist() == np.argsort(-every, kind="stable")[:5].tolist()
    np.testing.assert_allclose(found.scores, np.sort(every)[::-1][:5])


def test_a_code_finds_its_own_photo(photos: Indexed) -> None:
    found = similar(photos, photos.codes[11], 1)
    assert found.rows.tolist() == [11]
    assert found.scores[0] == pytest.approx(1, abs=1e-5)


def test_only_what_is_near_enough_is_given(photos: Indexed) -> None:
    every = similar(photos, 0, 1000)
    assert len(every.rows) == 29
    least = float(every.scores[9])
    assert similar(photos, 0, 1000, least).rows.tolist() == every.rows[:10].tolist()
    assert len(similar(photos, 0, 10, 1.5).rows) == 0


def test_equally_near_photos_come_in_their_order(photos: Indexed) -> None:
    codes = photos.codes.copy()
    codes[[4, 9, 20]] = codes[2]
    assert similar(replace(photos, codes=codes), 2, 3).rows.tolist() == [4, 9, 20]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_few_photos_can_be_compared_as_well(coder: Coder, count: int) -> None:
    photos = small_indexed(coder, small_photos(count))
    assert len(similar(photos, 0, 10).rows) == count - 1
    assert similar(photos, photos.codes[count - 1], 1).rows.tolist() == [count - 1]
    assert np.isfinite(Nearness(photos.codes).scores(photos.codes)).all()


def test_codes_that_are_all_the_same_are_no_trouble() -> None:
    codes = np.ones((5, 8), np.float32)
    assert np.isfinite(Nearness(codes).scores(codes)).all()


def test_neighbours_are_those_of_the_whole_table() -> None:
    codes = random_codes(2500, seed=2)  # more than are compared at once
    codes[2400] = codes[3]
    nearness = Nearness(codes)
    scores = nearness.scores(codes)
    np.fill_diagonal(scores, -np.inf)
    wanted = {
        (row, int(other)) for row in range(2500) for other in np.argsort(-scores[row])[:2] if scores[row, other] >= 0.8
    }
    parts = list(nearness.neighbours(2, 0.8))
    assert [done for done, _, _ in parts] == [1024, 2048, 2500]
    found = {(int(one), int(other)) for _, pairs, _ in parts for one, other in pairs}
    assert found == wanted
    assert {(3, 2400), (2400, 3)} <= found
    for _, pairs, near in parts:
        np.testing.assert_allclose(near, scores[pairs[:, 0], pairs[:, 1]], atol=1e-5)


def test_any_photo_can_be_the_example(coder: Coder, tmp_path: Path) -> None:
    pictures = small_photos(12)
    photos = small_indexed(coder, pictures)
    wide = Image.fromarray(pictures[5]).resize((300, 200), Image.Resampling.BICUBIC)
    wide.save(tmp_path / "elsewhere.png")
    example = example_of(tmp_path / "elsewhere.png", coder)
    assert example.size == (200, 300)
    assert example.small.shape == (128, 128, 3)
    assert np.abs(example.small.astype(int) - pictures[5]).mean() < 4
    found = similar(photos, example.code, 3)
    assert found.rows[0] == 5
    assert found.scores[0] > 0.7  # not 1: it was resized, and resized back
    assert found.scores[0] > found.scores[1] + 0.2


def test_a_file_that_is_no_photo_is_told(coder: Coder, tmp_path: Path) -> None:
    (tmp_path / "letter.jpg").write_bytes(b"Dear Sir")
    with pytest.raises(ImageError, match=r"letter\.jpg"):
        example_of(tmp_path / "letter.jpg", coder)
