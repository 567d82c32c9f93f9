"""Presets: those that come with the program, and the user's own in files."""

from pathlib import Path

import pytest

from aestudio.batch.job import JobStep
from aestudio.batch.presets import BUILT_IN, Preset, PresetFolder
from aestudio.errors import SettingsError
from aestudio.images.options import SaveOptions
from aestudio.tasks import TASKS


@pytest.fixture
def folder(tmp_path: Path) -> PresetFolder:
    return PresetFolder(tmp_path / "presets")


def test_those_that_come_with_the_program_work(tmp_path: Path) -> None:
    order = [task.id for task in TASKS]
    for preset in BUILT_IN:
        tools = [step.tool for step in preset.steps]
        assert tools == sorted(tools, key=order.index)
        assert all(step.settings() for step in preset.steps)
    assert [preset.name for preset in BUILT_IN] == [
        "Clean up noise",
        "Old black-and-white prints",
        "Scans with date stamps",
        "Small copies for the web",
    ]
    assert BUILT_IN[-1].options == SaveOptions("JPEG", quality=80, metadata="basic")


def test_one_that_is_saved_comes_back(folder: PresetFolder) -> None:
    steps = (JobStep("denoise", {"sigma": 12.5}), JobStep("colorize", {"anew": True}, model="other"))
    preset = Preset("Oma", steps, "{name}-{n}", SaveOptions("TIFF", bit_depth=16, compression="lzw"))
    assert folder.save(preset) == preset
    assert folder.read("Oma") == preset
    assert PresetFolder(folder.folder).listed().presets == (preset,)


def test_paths_of_files_stay_whole(folder: PresetFolder, tmp_path: Path) -> None:
    step = JobStep("unwatermark", {"mask": str(tmp_path / "mask.png")})
    assert folder.save(Preset("Mask", (step,))).steps == (step,)


def test_saving_again_replaces_it(folder: PresetFolder) -> None:
    folder.save(Preset("Mine", (JobStep("denoise"),)))
    assert folder.has("Mine")
    folder.save(Preset("Mine", (JobStep("colorize"),)))
    assert [preset.steps for preset in folder.listed().presets] == [(JobStep("colorize"),)]


def test_they_are_listed_by_name(folder: PresetFolder) -> None:
    for name in ("b", "C", "a"):
        folder.save(Preset(name, (JobStep("denoise"),)))
    assert [preset.name for preset in folder.listed().presets] == ["a", "b", "C"]


def test_no_folder_is_no_preset(folder: PresetFolder) -> None:
    assert folder.listed().presets == ()
    assert not folder.has("x")
    assert not folder.folder.exists()


def test_a_bad_file_is_said_and_hides_no_other(folder: PresetFolder) -> None:
    folder.save(Preset("good", (JobStep("denoise"),)))
    (folder.folder / "bad.json").write_text("{")
    (folder.folder / "newer.json").write_text('{"version": 2, "sources": [], "steps": [], "output": {"folder": "."}}')
    (folder.folder / "notes.txt").write_text("no preset")
    (folder.folder / ".hidden.json").write_text("{")
    listed = folder.listed()
    assert [preset.name for preset in listed.presets] == ["good"]
    assert [str(problem).split()[0] for problem in listed.problems] == ["bad.json", "newer.json"]


def test_a_name_is_made_fit_for_a_file(folder: PresetFolder) -> None:
    assert folder.save(Preset(" a/b: c? ", (JobStep("denoise"),))).name == "a_b_ c_"
    assert folder.save(Preset("사진", (JobStep("denoise"),))).name == "사진"


@pytest.mark.parametrize(("name", "said"), [("", "needs a name"), (" . ", "needs a name"), ("clean up NOISE", "comes")])
def test_a_name_that_cannot_be_used_is_refused(folder: PresetFolder, name: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        folder.save(Preset(name, (JobStep("denoise"),)))
    assert folder.listed().presets == ()


def test_one_is_deleted(folder: PresetFolder) -> None:
    folder.save(Preset("a", (JobStep("denoise"),)))
    folder.save(Preset("b", (JobStep("denoise"),)))
    folder.delete("a")
    folder.delete("none")
    assert [preset.name for preset in folder.listed().presets] == ["b"]
    with pytest.raises(SettingsError, match="cannot be read"):
        folder.read("a")
