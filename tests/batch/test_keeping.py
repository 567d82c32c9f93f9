"""Settings that are no numbers go into files, and come back from them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aestudio.batch.job import BatchJob, JobStep, OutputRule, read_job, write_job
from aestudio.batch.keeping import kept_beside, needs_files, step_of
from aestudio.errors import ImageError, SettingsError
from aestudio.images.io import write_photo
from aestudio.images.painted import PaintedMask
from aestudio.images.photo import Photo
from aestudio.tasks import TASKS, task
from aestudio.tasks.base import Settings, Task, default_of, files, knobs
from aestudio.tasks.colorize import ColorizeSettings
from aestudio.tasks.denoise import DenoiseSettings
from aestudio.tasks.hints import Hint
from aestudio.tasks.known_mark import KnownMark
from aestudio.tasks.reference import Reference, read_reference, reference_of, write_reference
from aestudio.tasks.unwatermark import UnwatermarkSettings

DENOISE, COLORIZE, UNWATERMARK = task("denoise"), task("colorize"), task("unwatermark")


def painted(level: int = 255, name: str = "") -> PaintedMask:
    mask = np.zeros((300, 400), np.uint8)
    mask[20:60, 250:300] = level
    mask[100:110] = 130
    return PaintedMask.of(mask, name)


def mark(name: str = "Ada", seed: int = 0) -> KnownMark:
    rng = np.random.default_rng(seed)
    return KnownMark(name, np.float32(1) - rng.random((12, 20), np.float32), rng.random((12, 20, 3), np.float32))


@pytest.fixture
def reference() -> Reference:
    rng = np.random.default_rng(3)
    return reference_of(Photo(rng.integers(0, 256, (40, 60, 3), np.uint8)), "바다.jpg")


def same_marks(one: KnownMark | None, other: KnownMark | None) -> bool:
    if one is None or other is None:
        return one is other
    near = (np.allclose(a, b, atol=1e-5) for a, b in ((one.cover, other.cover), (one.colour, other.colour)))
    return one.name == other.name and one.cover.shape == other.cover.shape and all(near)


@pytest.mark.parametrize("settings", [DenoiseSettings(), DenoiseSettings(0.5, 12.0), DenoiseSettings(1.0, None)])
def test_numbers_need_no_files(tmp_path: Path, settings: DenoiseSettings) -> None:
    folder = tmp_path / "kept"
    step = step_of(DENOISE, settings, folder, "a")
    assert step.settings() == settings
    assert not needs_files(settings)
    assert not folder.exists()


def test_defaults_are_not_written_out(tmp_path: Path) -> None:
    assert step_of(COLORIZE, ColorizeSettings(warmth=12.0), tmp_path, "a") == JobStep("colorize", {"warmth": 12.0})


def test_hints_and_colours_of_a_reference_come_back(tmp_path: Path, reference: Reference) -> None:
    settings = ColorizeSettings(anew=True, hints=(Hint(0.25, 0.5, 40.0, -20.5), Hint(0, 1, 0, 0)), reference=reference)
    assert needs_files(settings)
    step = step_of(COLORIZE, settings, tmp_path / "kept", "IMG 1")
    assert step.settings() == settings
    assert {path.name for path in step.paths.values()} == {"IMG 1-hints.json", "바다.jpg.json"}


def test_a_mask_comes_back(tmp_path: Path) -> None:
    settings = UnwatermarkSettings(mask=painted(), paint_anew=False, scale_mask=True)
    step = step_of(UNWATERMARK, settings, tmp_path, "IMG_1")
    assert step.settings() == settings
    assert step.paths["mask"] == tmp_path / "IMG_1-mask.png"


def test_a_mask_from_a_file_keeps_its_name(tmp_path: Path) -> None:
    step = step_of(UNWATERMARK, UnwatermarkSettings(mask=painted(name="scratches.png")), tmp_path, "IMG_1")
    assert step.paths["mask"] == tmp_path / "scratches.png"


def test_a_logo_comes_back_with_its_name(tmp_path: Path) -> None:
    logo = mark("Ada v1.2")
    step = step_of(UNWATERMARK, UnwatermarkSettings(logo=logo), tmp_path, "IMG_1")
    settings = step.settings()
    assert isinstance(settings, UnwatermarkSettings)
    assert same_marks(settings.logo, logo)


def test_a_mark_that_was_learnt_is_kept_as_a_logo(tmp_path: Path) -> None:
    learnt = UnwatermarkSettings(learn_from=mark())
    step = step_of(UNWATERMARK, learnt, tmp_path, "IMG_1")
    settings = step.settings()
    assert isinstance(settings, UnwatermarkSettings)
    assert settings.learn_from is None
    assert same_marks(settings.own_mark, learnt.own_mark)
    assert UNWATERMARK.remark(settings) == UNWATERMARK.remark(learnt)


def test_a_file_that_holds_the_same_is_used_again_and_no_other_is_replaced(tmp_path: Path) -> None:
    first = step_of(UNWATERMARK, UnwatermarkSettings(mask=painted()), tmp_path, "a")
    again = step_of(UNWATERMARK, UnwatermarkSettings(mask=painted()), tmp_path, "a")
    before = first.paths["mask"].read_bytes()
    other = step_of(UNWATERMARK, UnwatermarkSettings(mask=painted(200)), tmp_path, "a")
    assert first == again
    assert other.paths["mask"].name == "a-mask-2.png"
    assert first.paths["mask"].read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"a-mask.png", "a-mask-2.png"}


def test_a_name_that_no_disk_takes_is_made_fit(tmp_path: Path) -> None:
    step = step_of(UNWATERMARK, UnwatermarkSettings(logo=mark("50 % / so:what?")), tmp_path, "a")
    assert step.paths["logo"] == tmp_path / "50 % _ so_what_.png"


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ImageError, match="cannot be made"):
        step_of(UNWATERMARK, UnwatermarkSettings(mask=painted()), tmp_path / "file" / "kept", "a")


@pytest.mark.parametrize("each", TASKS, ids=lambda each: each.id)
def test_every_setting_can_be_kept(each: Task[Any], reference: Reference, tmp_path: Path) -> None:
    held: dict[str, Any] = {"hints": (Hint(0.5, 0.5, 1, 1),), "reference": reference, "mask": painted(), "logo": mark()}
    held["learn_from"] = mark("learnt")
    kind: type[Settings] = each.settings_type
    for name, source in files(kind).items():
        settings = kind(**{name: held[name]})
        step = step_of(each, settings, tmp_path, "a")
        assert set(step.paths) == {source.kept_as or name}
        assert step.settings() is not None
        assert {s for s in files(kind) if getattr(step.settings(), s) != default_of(kind, s)} == set(step.paths)
    for name, knob in knobs(kind).items():
        step = step_of(each, kind(**{name: knob.high}), tmp_path, "a")
        assert getattr(step.settings(), name) == knob.high


def test_a_damaged_file_of_colours_is_refused_by_name(tmp_path: Path, reference: Reference) -> None:
    path = write_reference(reference, tmp_path / "sea.json")
    assert read_reference(path) == reference
    whole = path.read_text(encoding="utf-8")
    for text in (whole[:-20], "[]", "{}", whole.replace("[", "[-1,", 1), whole.replace("[", '["a",', 1)):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(SettingsError, match=r"sea\.json holds no colours"):
            read_reference(path)
    with pytest.raises(SettingsError, match=r"none\.json cannot be read"):
        read_reference(tmp_path / "none.json")


def test_files_that_were_made_for_a_job_lie_beside_it_and_move_with_it(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    chosen = write_photo(Photo(np.full((8, 8, 1), 255, np.uint8)), tmp_path / "chosen.png")
    hints = step_of(COLORIZE, ColorizeSettings(hints=(Hint(0.5, 0.5, 10, 10),)), kept, "a")
    steps = (hints, JobStep("unwatermark", {"mask": str(chosen)}))
    job = BatchJob((tmp_path / "photos",), steps, OutputRule(tmp_path / "out"))
    (tmp_path / "jobs").mkdir()
    path = tmp_path / "jobs" / "night.json"
    beside = kept_beside(job, path, kept)
    assert beside.steps[0].paths["hints"] == tmp_path / "jobs" / "night-files" / "a-hints.json"
    assert beside.steps[1] == steps[1]  # the user's own file stays where it is
    assert beside.identity() == job.identity()
    write_job(beside, path)
    moved = (tmp_path / "jobs").rename(tmp_path / "elsewhere")
    read = read_job(moved / "night.json")
    assert read.steps[0].paths["hints"] == moved / "night-files" / "a-hints.json"
    assert read.steps[0].settings() == hints.settings()
    assert read == replace(job, steps=read.steps)


def test_jobs_are_the_same_whether_defaults_are_written_out(tmp_path: Path) -> None:
    rule = OutputRule(tmp_path)

    def identity(**values: float | None) -> str:
        return BatchJob((tmp_path,), (JobStep("denoise", values),), rule).identity()

    assert identity() == identity(sigma=None) == identity(strength=1) == identity(strength=1.0)
    assert identity(sigma=20) == identity(sigma=20.0) != identity()
    assert identity(sigma=0) != identity()
