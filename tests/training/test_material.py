"""What a run learns from: decoded, cut to fit into memory, and kept in the run's folder against all harm."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from training_photos import Bytes, moved, noisy, save, save_scenes, scene

from aestudio.errors import Cancelled, DiskFullError, LostFolderError, TrainingDataError
from aestudio.progress import Progress, Step
from aestudio.training.data.crops import LEAST, places, share_of_each
from aestudio.training.data.dataset import shrunk_copies
from aestudio.training.data.material import Material, gather, survey_for
from aestudio.training.data.pool import PhotoPool
from aestudio.training.data.source import CLEAN, NOISY, PAIRS, SERIES, Source
from aestudio.training.events import PREPARING, SCANNING, Event, Found, Working
from aestudio.training.recipe import Recipe

Gather = Callable[..., Material]


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Twelve different photos."""
    save_scenes(tmp_path / "photos")
    return tmp_path / "photos"


@pytest.fixture
def gathered(recipe: Recipe, tmp_path: Path) -> Gather:
    """Gathers into the folder `run`."""

    def gather_into_run(source: Source, task: str = "denoise", **options: object) -> Material:
        events = options.pop("events", [])
        progress = options.pop("progress", Progress())
        assert isinstance(events, list)
        assert isinstance(progress, Progress)
        changed = options.pop("recipe", recipe)
        assert isinstance(changed, Recipe)
        return gather(source, task, changed, tmp_path / "run", progress, events.append, **options)  # type: ignore[arg-type]

    return gather_into_run


def pixels(pool: PhotoPool, index: int) -> Bytes:
    height, width = pool.sizes[index].tolist()
    one: NDArray[np.uint8] = pool.only(index).data.view(height, width, pool.planes).numpy()
    return one


def same_pools(one: PhotoPool, other: PhotoPool) -> bool:
    tensors = ("data", "offsets", "sizes", "weights", "profiles")
    return one.planes == other.planes and all(torch.equal(getattr(one, n), getattr(other, n)) for n in tensors)


def same(one: Material, other: Material) -> bool:
    return (
        same_pools(one.train, other.train)
        and same_pools(one.held_out, other.held_out)
        and (one.held_out_names, one.digest) == (other.held_out_names, other.digest)
        and replace(one.found, seconds=0.0) == replace(other.found, seconds=0.0)
    )


def test_clean_photos_are_learnt_from_at_the_sizes_of_old(tmp_path: Path, recipe: Recipe) -> None:
    for index in range(9):
        save(scene(index, 200, 420), tmp_path / f"photos/{index}.png")
    source = Source((tmp_path / "photos",))
    material = gather(source, "denoise", recipe, tmp_path / "run", Progress())
    assert len(material.train) == 10  # each at two sizes
    expected = [copy for index in range(9) for copy in shrunk_copies(scene(index, 200, 420), 48)]
    for index in range(10):
        assert any(np.array_equal(pixels(material.train, index), copy) for copy in expected)
    assert material.held_out.sizes.tolist() == [[200, 420]] * 4
    for index, name in enumerate(material.held_out_names):
        assert np.array_equal(pixels(material.held_out, index), scene(int(name.stem), 200, 420))
    assert (material.train.planes, float(material.train.profiles.abs().max())) == (3, 0.0)
    smaller = gather(source, "denoise", replace(recipe, shorter=100), tmp_path / "other", Progress())
    assert smaller.train.sizes.tolist() == [[100, 210]] * 5


def test_the_digest_tells_the_photos_and_not_where_they_lie(photos: Path, tmp_path: Path, recipe: Recipe) -> None:
    other = Path(shutil.copytree(photos, tmp_path / "elsewhere"))
    (other / "3.png").rename(other / "sub.png")
    digests = [
        gather(Source((f,)), "denoise", recipe, tmp_path / f"run-{f.name}", Progress()).digest for f in (photos, other)
    ]
    assert digests[0] == digests[1]
    (other / "sub.png").unlink()
    assert gather(Source((other,)), "denoise", recipe, tmp_path / "less", Progress()).digest != digests[0]


def test_events_tell_both_phases_and_what_was_found(photos: Path, gathered: Gather) -> None:
    events: list[Event] = []
    material = gathered(Source((photos,)), events=events)
    phases = [event.phase for event in events if isinstance(event, Working)]
    assert list(dict.fromkeys(phases)) == [SCANNING, PREPARING]
    assert [event for event in events if isinstance(event, Found)][-1] == material.found
    assert (material.found.training, material.found.held_out) == (8, 4)


def test_a_run_that_goes_on_needs_no_folders(photos: Path, gathered: Gather) -> None:
    first = gathered(Source((photos,)))
    shutil.rmtree(photos)
    events: list[Event] = []
    again = gathered(Source((photos,)), events=events)
    assert same(again, first)
    assert events == [first.found] == [again.found]


def test_another_source_or_recipe_is_gathered_anew(photos: Path, gathered: Gather, recipe: Recipe) -> None:
    first = gathered(Source((photos,)))
    noisy_ones = gathered(Source((photos,), NOISY))
    assert float(noisy_ones.train.profiles.abs().max()) > 0
    assert not same(noisy_ones, first)
    with pytest.raises(TrainingDataError, match="smaller than 112 pixels"):
        gathered(Source((photos,), NOISY), recipe=replace(recipe, patch=112))
    assert same(gathered(Source((photos,), NOISY)), noisy_ones)  # which that did not harm


@pytest.mark.parametrize("keep", [0.0, 0.1, 0.5, 0.97, 0.9999])
def test_a_cut_cache_is_made_anew(photos: Path, gathered: Gather, tmp_path: Path, keep: float) -> None:
    first = gathered(Source((photos,)))
    stored = tmp_path / "run/material.npz"
    whole = stored.read_bytes()
    stored.write_bytes(whole[: int(len(whole) * keep)])
    assert same(gathered(Source((photos,))), first)
    assert [path.name for path in (tmp_path / "run").iterdir()] == ["material.npz"]
    shutil.rmtree(photos)
    assert same(gathered(Source((photos,))), first)  # from the new one


def test_no_altered_byte_goes_unnoticed(photos: Path, gathered: Gather, tmp_path: Path) -> None:
    first = gathered(Source((photos,)))
    stored = tmp_path / "run/material.npz"
    whole = stored.read_bytes()
    for place in np.linspace(0, len(whole) - 1, 12).astype(int):
        altered = bytearray(whole)
        altered[place] ^= 0x40
        stored.write_bytes(altered)
        assert same(gathered(Source((photos,))), first)
    shutil.rmtree(photos)
    stored.write_bytes(whole[:1000])
    with pytest.raises(TrainingDataError, match="photos does not exist"):
        gathered(Source((photos,)))


def test_a_run_that_was_stopped_while_it_decoded_leaves_nothing_half(
    photos: Path, gathered: Gather, tmp_path: Path
) -> None:
    stopped = Progress(lambda step: stopped.cancel() if phase[-1:] == [PREPARING] else None)
    phase: list[str] = []

    class Watched(list[Event]):
        def append(self, event: Event) -> None:
            if isinstance(event, Working):
                phase.append(event.phase)

    with pytest.raises(Cancelled):
        gathered(Source((photos,)), events=Watched(), progress=stopped)
    assert list((tmp_path / "run").iterdir()) == []
    assert len(gathered(Source((photos,))).train) == 8


def test_a_full_disk_is_told_before_anything_is_decoded(photos: Path, gathered: Gather, tmp_path: Path) -> None:
    events: list[Event] = []
    with pytest.raises(DiskFullError, match=r"take \d+ MB in .*run, and its disk has only 3 MB left"):
        gathered(Source((photos,)), events=events, room=lambda folder: 3_000_000)
    assert PREPARING not in [event.phase for event in events if isinstance(event, Working)]
    assert not (tmp_path / "run/material.npz").exists()


def test_a_photo_that_is_changed_meanwhile_is_listed_as_damaged(photos: Path, gathered: Gather) -> None:
    def change(step: Step) -> None:
        if step.done == step.total:
            save(scene(99), photos / "5.png")

    material = gathered(Source((photos,)), progress=Progress(change))
    assert [(Path(name).name, "was changed" in str(why)) for name, why in material.found.damaged] == [("5.png", True)]
    assert material.found.usable == 11
    assert material.found.training + material.found.held_out == 11


def test_a_folder_that_disappears_while_it_is_decoded_is_told(photos: Path, gathered: Gather) -> None:
    def vanish(step: Step) -> None:
        if step.done == step.total:
            shutil.rmtree(photos, ignore_errors=True)

    with pytest.raises(LostFolderError, match="has disappeared"):
        gathered(Source((photos,)), progress=Progress(vanish))


def test_the_run_s_own_pictures_are_not_learnt_from(photos: Path, recipe: Recipe) -> None:
    save_scenes(photos / "run/pictures", 3, first=80)
    looked = survey_for(Source((photos,)), "denoise", recipe, Progress(), run_dir=photos / "run")
    assert looked.found.usable == 12


def save_pairs(folder: Path, count: int = 10, sigma: float = 20, shift: float = 0) -> Source:
    for index in range(count):
        photo = scene(index, 120, 150)
        save(moved(photo, shift, -shift) if shift else photo, folder / f"clean/{index}.png")
        save(noisy(photo, sigma, index), folder / f"noisy/{index}.png")
    return Source((folder / "clean",), PAIRS, (folder / "noisy",))


def test_pairs_come_as_six_planes_with_the_noise_they_have(tmp_path: Path, gathered: Gather) -> None:
    material = gathered(save_pairs(tmp_path, shift=2))
    for pool in (material.train, material.held_out):
        assert (pool.planes, pool.sizes.tolist()) == (6, [[118, 148]] * len(pool))
        for index in range(len(pool)):
            photo = pixels(pool, index).astype(np.float32)
            assert np.std(photo[..., :3] - photo[..., 3:]) == pytest.approx(19.5, abs=1.5)
            read, shot = pool.profiles[index].tolist()
            assert 255 * (read**2 + shot / 2) ** 0.5 == pytest.approx(20, abs=7)
    assert (material.found.pairs, material.found.unpaired) == (10, ())
    assert [name.parent.name for name in material.held_out_names] == ["noisy"] * 4
    for index, name in enumerate(material.held_out_names):
        shown = noisy(scene(int(name.stem), 120, 150), 20, int(name.stem))
        assert any(
            np.array_equal(pixels(material.held_out, index)[..., :3], shown[y : y + 118, x : x + 148])
            for y in (0, 2)
            for x in (0, 2)
        )


def test_a_few_pairs_that_do_not_fit_are_listed_and_many_are_refused(tmp_path: Path, gathered: Gather) -> None:
    source = save_pairs(tmp_path, 12)
    for index in range(3):
        save(moved(scene(index, 120, 150), 12, 0), tmp_path / f"clean/{index}.png")
    material = gathered(source)
    assert {Path(name).name for name, _ in material.found.unpaired} == {"0.png", "1.png", "2.png"}
    assert material.found.training + material.found.held_out == 9
    for index in range(3, 7):
        save(moved(scene(index, 120, 150), -12, 0), tmp_path / f"clean/{index}.png")
    (tmp_path / "run/material.npz").unlink()
    with pytest.raises(TrainingDataError, match=r"of photos in .* do not fit together|do not match"):
        gathered(source)


def test_an_iso_series_has_its_cleanest_photo_behind_each(tmp_path: Path, gathered: Gather) -> None:
    for number in range(5):
        for index, iso in enumerate((100, 800, 3200)):
            photo = noisy(scene(number, 128, 160), iso / 200, index)
            save(photo, tmp_path / f"series/{number}-{iso}.jpg", second=60 * number + 2 * index, iso=iso)
    material = gathered(Source((tmp_path / "series",), SERIES))
    assert (material.train.planes, len(material.train), len(material.held_out)) == (6, 6, 4)
    for index, name in enumerate(material.held_out_names):
        assert name.stem.endswith(("800", "3200"))
        truth = scene(int(name.stem[0]), 128, 160).astype(np.float32)
        photo = pixels(material.held_out, index)
        height, width = photo.shape[:2]
        if (height, width) == (128, 160):
            assert np.abs(photo[..., 3:] - truth).mean() < 3


def test_bursts_teach_by_the_next_frame_and_are_judged_by_the_mean(tmp_path: Path, gathered: Gather) -> None:
    for number in range(3):
        for index in range(4):
            photo = noisy(moved(scene(number, 128, 160), index % 2, 0), 16, 10 * number + index)
            save(photo, tmp_path / f"burst/{number}-{index}.png", second=60 * number + 0.2 * index)
    material = gathered(Source((tmp_path / "burst",), SERIES))
    assert (len(material.train), len(material.held_out)) == (6, 4)
    for pool, level in ((material.train, 16 * 2**0.5), (material.held_out, 16 * (1 + 1 / 3) ** 0.5)):
        for index in range(len(pool)):
            photo = pixels(pool, index).astype(np.float32)
            assert np.std(photo[..., :3] - photo[..., 3:]) == pytest.approx(level, rel=0.12)
    assert [name.stem[2] for name in material.held_out_names] == ["0", "1", "2", "3"]
    assert material.found.pairs == 12


def test_large_photos_are_cut_to_fit_into_memory(tmp_path: Path, gathered: Gather, recipe: Recipe) -> None:
    recipe = replace(recipe, shorter=700)  # as large as they are
    for index in range(8):
        save(scene(index, 700, 1400), tmp_path / f"large/{index}.jpg")
    budget = 4 * 2 * 3 * LEAST**2
    material = gathered(Source((tmp_path / "large",)), recipe=recipe, budget=budget)
    assert material.train.sizes.tolist() == [[LEAST, LEAST]] * 8
    assert material.train.data.numel() == budget
    assert material.held_out.sizes.tolist() == [[700, 1024]] * 4
    assert same(gathered(Source((tmp_path / "large",)), recipe=recipe, budget=budget), material)


@pytest.mark.parametrize(("height", "width"), [(4000, 6000), (6000, 4000), (700, 700), (300, 9000), (512, 512)])
@pytest.mark.parametrize("share", [1, 512 * 512, 3_000_000, 10**9])
def test_parts_lie_within_the_photo_and_within_their_share(height: int, width: int, share: int) -> None:
    boxes = places(height, width, share)
    assert len(set(boxes)) == len(boxes) >= 1
    for box in boxes:
        assert 0 <= box.y0 < box.y1 <= height
        assert 0 <= box.x0 < box.x1 <= width
        assert min(box.height, box.width) == min(height, width, LEAST) or box.height * box.width <= share
    assert sum(box.height * box.width for box in boxes) <= max(share, min(height, LEAST) * min(width, LEAST))


def test_shares_keep_the_budget_and_small_photos_whole() -> None:
    sizes = [(300, 400)] * 20 + [(4000, 6000)] * 30
    budget = 60_000_000
    share, count = share_of_each(sizes, budget)
    kept = sum(box.height * box.width for size in sizes for box in places(*size, share))
    assert count == 50
    assert 0.8 * budget < kept <= budget
    assert share_of_each([(300, 400)] * 3, budget) == (120_000, 3)
    assert share_of_each([(4000, 6000)] * 100, 10 * LEAST**2) == (LEAST**2, 10)


def test_without_a_budget_for_all_the_same_photos_are_chosen(tmp_path: Path, gathered: Gather) -> None:
    save_scenes(tmp_path / "many", 20)
    material = gathered(Source((tmp_path / "many",), CLEAN), budget=9 * 3 * 96 * 128)
    assert len(material.train) == 9
    os.remove(tmp_path / "run/material.npz")
    assert same(gathered(Source((tmp_path / "many",), CLEAN), budget=9 * 3 * 96 * 128), material)
