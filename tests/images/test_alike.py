"""Copies of a photo are found, other photos are not, and the two sides of a split share none."""

from collections.abc import Callable
from io import BytesIO

import cv2
import numpy as np
import pytest
from PIL import Image
from training_photos import Bytes, moved, noisy, scene

from aestudio.images.alike import alike, joined, likeness
from aestudio.training.data.split import FEWEST, MOST, split

PHOTOS = [scene(seed, 144, 192) for seed in range(30)]


def small(rgb_u8: Bytes) -> Bytes:
    squeezed = cv2.resize(rgb_u8, (64, 64), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(squeezed, cv2.COLOR_RGB2GRAY), np.uint8)


def encoded(rgb_u8: Bytes) -> Bytes:
    data = BytesIO()
    Image.fromarray(rgb_u8).save(data, "JPEG", quality=60)
    return np.asarray(Image.open(data))


CHANGES: dict[str, Callable[[Bytes], Bytes]] = {
    "encoded": encoded,
    "brighter": lambda p: np.clip(p * 1.15, 0, 255).astype(np.uint8),
    "darker": lambda p: (p * 0.85).astype(np.uint8),
    "cropped in a corner": lambda p: p[7:, :-9],
    "cropped all round": lambda p: p[4:-4, 5:-5],
    "half the size": lambda p: np.asarray(cv2.resize(p, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8),
    "noisy": lambda p: noisy(p, 20),
}


def test_different_photos_are_not_alike() -> None:
    assert alike(np.stack([small(p) for p in PHOTOS])) == []


@pytest.mark.parametrize("name", CHANGES)
def test_an_altered_copy_is_found(name: str) -> None:
    changed = [CHANGES[name](p) for p in PHOTOS[:6]]
    luma = np.stack([small(p) for p in [*PHOTOS, *changed]])
    assert alike(luma) == [(index, len(PHOTOS) + index) for index in range(6)]


def test_frames_that_were_taken_at_once_may_differ_more() -> None:
    changed = PHOTOS[0].copy()
    changed[40:110, 60:120] = PHOTOS[1][40:110, 60:120]  # somebody walked in
    luma = np.stack([small(PHOTOS[0]), small(moved(changed, 1, 1)), small(PHOTOS[2])])
    assert 0.6 < likeness(luma[0], luma[1]) < 0.87
    assert alike(luma, [10.0, 500.0, None]) == []
    assert alike(luma, [10.0, 10.3, 10.6]) == [(0, 1)]


def test_photos_of_one_colour_are_compared_without_trouble() -> None:
    assert alike(np.full((3, 64, 64), 90, np.uint8)) == []
    assert alike(np.zeros((1, 64, 64), np.uint8)) == []


def test_groups_are_joined_by_way_of_others() -> None:
    assert joined(6, [(4, 1), (1, 3), (0, 5)]) == [(0, 5), (1, 3, 4)]


def digests(count: int, first: int = 0) -> list[str]:
    return [f"photo {index}" for index in range(first, first + count)]


@pytest.mark.parametrize(("count", "held"), [(8, 4), (20, 4), (100, 15), (1000, 40)])
def test_about_a_seventh_is_held_out_within_bounds(count: int, held: int) -> None:
    training, held_out = split(digests(count), [1] * count, [])
    assert FEWEST <= len(held_out) == held <= MOST
    assert sorted((*training, *held_out)) == list(range(count))


def test_near_duplicates_stay_on_one_side() -> None:
    groups = [tuple(range(start, start + 5)) for start in range(0, 60, 5)]
    training, held_out = split(digests(60), [1] * 60, groups)
    assert held_out
    for group in groups:
        assert len(set(group) & set(held_out)) in (0, 5)
    assert not set(training) & set(held_out)


def test_the_split_does_not_depend_on_the_order() -> None:
    names = digests(50)
    held = {names[index] for index in split(names, [1] * 50, []).held_out}
    turned = names[::-1]
    assert {turned[index] for index in split(turned, [1] * 50, []).held_out} == held


def test_added_photos_leave_the_others_on_their_side() -> None:
    names = digests(200)
    before = {names[index] for index in split(names, [1] * 200, []).held_out}
    more = digests(230)
    after = {more[index] for index in split(more, [1] * 230, []).held_out} & set(names)
    assert len(before ^ after) <= 6  # of 200


def test_one_group_alone_cannot_be_split() -> None:
    assert split(digests(9), [1] * 9, [tuple(range(9))]).held_out == ()


def test_large_groups_are_held_out_in_part_and_not_learnt_from() -> None:
    groups = [tuple(range(60)), tuple(range(60, 200))]
    training, held_out = split(digests(200), [1] * 200, groups)
    assert len(held_out) == MOST
    assert set(held_out) < set(groups[0])
    assert training == groups[1]
