"""The user's own models: nothing gets in that is damaged, and nothing built-in is touched."""

import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from aestudio.errors import SettingsError, WeightsError
from aestudio.models.card import ModelCard
from aestudio.models.library import (
    NotBetterError,
    adopt,
    bring_in,
    candidate,
    checked_name,
    delete,
    export,
    find,
    models,
    rename,
)
from aestudio.models.loader import load_model

SaveModel = Callable[..., Path]
Folders = tuple[Path, Path]


@pytest.fixture
def folders(tmp_path: Path, save_model: SaveModel) -> Folders:
    """A built-in model `denoise`, and an own one `mine`."""
    built_in, own = tmp_path / "installed", tmp_path / "own"
    save_model(built_in, "denoise")
    save_model(own, "mine")
    return built_in, own


@pytest.fixture
def run_dir(tmp_path: Path, save_model: SaveModel) -> Path:
    """What a run left: a candidate, its verdict, and files that are none of a model."""
    folder = save_model(tmp_path / "run", "first try").parent
    (folder / "run.json").write_text("{}", encoding="utf-8")
    (folder / "last.ckpt").write_bytes(b"")
    judged(folder, better=True)
    return folder


def judged(folder: Path, *, better: bool, old: tuple[float, ...] = (30.0,)) -> None:
    (folder / "verdict.json").write_text(json.dumps({"better": better, "photos": {"old": old}}), encoding="utf-8")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# the list


def test_built_in_models_come_before_the_users(folders: Folders, save_model: SaveModel) -> None:
    save_model(folders[1], "Another", task="colorize")
    assert [(entry.name, entry.own) for entry in models(folders=folders)] == [
        ("denoise", False),
        ("Another", True),
        ("mine", True),
    ]
    assert [entry.name for entry in models("colorize", folders)] == ["Another"]
    (entry,) = models("denoise", folders[:1] * 2)[:1]
    assert entry.card is not None
    assert entry.bytes == entry.path.with_suffix(".safetensors").stat().st_size


def test_damaged_models_are_told_and_the_others_listed(folders: Folders, save_model: SaveModel) -> None:
    own = folders[1]
    (own / "broken.json").write_text("{", encoding="utf-8")
    save_model(own, "bare").with_suffix(".safetensors").unlink()
    listed = {entry.name: entry for entry in models(folders=folders)}
    assert listed["broken"].card is None
    assert "broken.json is damaged" in str(listed["broken"].problem)
    assert "bare.safetensors are missing" in str(listed["bare"].problem)
    assert listed["mine"].problem is None
    delete("broken", folders)
    delete("bare", folders)
    assert names(own) == ["mine.json", "mine.safetensors"]


def test_no_folder_is_no_model(tmp_path: Path) -> None:
    assert models(folders=(tmp_path / "a", tmp_path / "b")) == []
    with pytest.raises(WeightsError, match=r"no model “x”\. There are: none"):
        find("x", (tmp_path / "a", tmp_path / "b"))


def test_a_stray_file_of_a_built_in_name_is_told_and_can_be_moved_away(folders: Folders, save_model: SaveModel) -> None:
    save_model(folders[1], "Denoise")
    assert [entry.name for entry in models(folders=folders) if entry.hides] == ["Denoise"]
    rename("denoise", "other", folders)
    assert not any(entry.hides for entry in models(folders=folders))
    assert (folders[0] / "denoise.json").is_file()


# adopting


def test_a_candidate_becomes_a_model_that_loads(folders: Folders, run_dir: Path) -> None:
    before = names(run_dir)
    card = adopt(run_dir, "Nikon D850", folders)
    assert card == folders[1] / "Nikon D850.json"
    model = load_model(card, torch.device("cpu"))
    assert model.card.name == "Nikon D850"
    assert model.card.sha256 == ModelCard.read(run_dir / "first try.json").sha256
    assert names(run_dir) == before
    assert adopt(run_dir / "first try.json", folders=folders).name == "first try.json"


def test_what_is_not_better_is_adopted_only_if_asked(folders: Folders, run_dir: Path) -> None:
    judged(run_dir, better=False)
    with pytest.raises(NotBetterError, match="first try is not better"):
        adopt(run_dir, "a", folders)
    assert adopt(run_dir, "a", folders, even_if_worse=True).is_file()
    judged(run_dir, better=False, old=())  # trained from nothing, and nothing to compare with
    assert adopt(run_dir, "b", folders).is_file()
    (run_dir / "verdict.json").unlink()
    assert adopt(run_dir, "c", folders).is_file()
    (run_dir / "verdict.json").write_text("[]", encoding="utf-8")
    with pytest.raises(WeightsError, match=r"verdict\.json is damaged"):
        adopt(run_dir, "d", folders)


def test_damaged_weights_are_not_adopted(folders: Folders, run_dir: Path) -> None:
    weights = run_dir / "first try.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    with pytest.raises(WeightsError, match="damaged or altered"):
        adopt(run_dir, "a", folders)
    weights.unlink()
    with pytest.raises(WeightsError, match="no model"):
        adopt(run_dir, "a", folders)
    assert names(folders[1]) == ["mine.json", "mine.safetensors"]


def test_a_folder_of_several_models_is_asked_back(folders: Folders, run_dir: Path, save_model: SaveModel) -> None:
    save_model(run_dir, "second try")
    with pytest.raises(WeightsError, match=r"several models: first try\.json, second try\.json"):
        candidate(run_dir)
    assert candidate(run_dir / "second try.safetensors") == run_dir / "second try.json"


@pytest.mark.parametrize(
    "name",
    ["../up", "a/b", "a\\b", "con", "NONE", ".hidden", "-x", "a\nb", " ", "what?", "a.", "a" * 61, "\u202egnp"],
)
def test_names_that_no_disk_or_command_takes_are_refused(folders: Folders, name: str) -> None:
    with pytest.raises(SettingsError, match="cannot have the name"):
        checked_name(name, folders)


@pytest.mark.parametrize("name", ["내 카메라", "Nikon D850 (high ISO)", "हिन्दी", "a.b_c+1"])
def test_names_of_all_languages_are_taken(folders: Folders, name: str) -> None:
    assert checked_name(name, folders) == name


def test_names_of_other_models_are_refused(folders: Folders, run_dir: Path) -> None:
    for name in ("denoise", "DENOISE"):
        with pytest.raises(SettingsError, match=r"came with AEStudio\. Please choose another name"):
            adopt(run_dir, name, folders)
    for name in ("mine", "Mine"):
        with pytest.raises(SettingsError, match="already"):
            adopt(run_dir, name, folders)
    with pytest.raises(SettingsError, match="came with AEStudio"):
        rename("mine", "Denoise", folders)
    with pytest.raises(SettingsError, match="came with AEStudio"):
        bring_in(run_dir, "denoise", folders)


def test_weights_that_lie_about_are_not_replaced(folders: Folders, run_dir: Path) -> None:
    (folders[1] / "a.safetensors").write_bytes(b"somebody's")
    with pytest.raises(WeightsError, match="already exists"):
        adopt(run_dir, "a", folders)
    assert (folders[1] / "a.safetensors").read_bytes() == b"somebody's"
    assert not (folders[1] / "a.json").exists()


# names, and what goes


def test_a_model_is_renamed(folders: Folders) -> None:
    digest = ModelCard.read(folders[1] / "mine.json").sha256
    card = rename("mine", "Mine", folders)
    assert names(folders[1]) == ["Mine.json", "Mine.safetensors"]
    assert (ModelCard.read(card).name, ModelCard.read(card).sha256) == ("Mine", digest)
    with pytest.raises(WeightsError, match=r"no model “absent”\. There are: Mine, denoise"):
        rename("absent", "x", folders)


def test_built_in_models_stay(folders: Folders) -> None:
    for act in (lambda: delete("denoise", folders), lambda: rename("denoise", "x", folders)):
        with pytest.raises(SettingsError, match="denoise came with AEStudio"):
            act()
    assert names(folders[0]) == ["denoise.json", "denoise.safetensors"]


def test_own_models_can_be_deleted(folders: Folders) -> None:
    (folders[1] / "notes.txt").write_text("mine", encoding="utf-8")
    delete("mine", folders)
    assert names(folders[1]) == ["notes.txt"]


# passing on


@pytest.mark.parametrize("target", ["folder", "model.zip"])
def test_what_is_exported_can_be_brought_in(folders: Folders, tmp_path: Path, target: str) -> None:
    made = export("mine", tmp_path / "out" / target, folders)
    assert made == tmp_path / "out" / ("folder/mine.json" if target == "folder" else target)
    with pytest.raises(WeightsError, match="already exists"):
        export("mine", tmp_path / "out" / target, folders)
    with pytest.raises(SettingsError, match="There is a model “mine” already"):
        bring_in(tmp_path / "out" / target, folders=folders)
    card = bring_in(tmp_path / "out" / target, "theirs", folders)
    assert load_model(card, torch.device("cpu")).card.name == "theirs"
    delete("mine", folders)
    assert bring_in(tmp_path / "out" / target, folders=folders) == folders[1] / "mine.json"


def test_a_model_in_a_folder_of_a_zip_file_is_found(folders: Folders, tmp_path: Path) -> None:
    archive = tmp_path / "sent.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for ending in (".json", ".safetensors"):
            file.write(folders[1] / f"mine{ending}", f"../../from a friend/mine{ending}")
            file.writestr(f"__MACOSX/._mine{ending}", b"")
        file.writestr("verdict.json", "{}")
    assert bring_in(archive, "friend", folders) == folders[1] / "friend.json"
    assert names(tmp_path) == ["installed", "own", "sent.zip"]


def test_what_holds_no_model_is_refused(folders: Folders, tmp_path: Path) -> None:
    (tmp_path / "text.zip").write_text("no zip file", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "empty.zip", "w"):
        pass
    with zipfile.ZipFile(tmp_path / "bare.zip", "w") as file:
        file.write(folders[1] / "mine.safetensors", "mine.safetensors")
    for name in ("text.zip", "empty.zip", "bare.zip", "absent.zip"):
        with pytest.raises(WeightsError, match="holds no model"):
            bring_in(tmp_path / name, folders=folders)
    with pytest.raises(WeightsError, match="cannot be read"):
        bring_in(tmp_path / "absent.json", folders=folders)
    assert names(folders[1]) == ["mine.json", "mine.safetensors"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"architecture": "diffusion-9"}, "Please update"),
        ({"task": "upscale"}, "the tool “upscale”"),
        ({"arguments": {"channels": [4096, 4096, 4096], "blocks": [1, 0, 1, 0, 1]}}, "do not fit"),
        ({"arguments": {"channels": [8, 8, 8], "blocks": [1, 0, 10**12, 0, 1]}}, "do not fit"),
        ({"arguments": {"channels": [8, 8, 8], "blocks": [1] * 5000}}, "do not fit"),
        ({"arguments": {"channels": []}}, "do not fit"),
        ({"arguments": {"channels": [-8, 8, 8]}}, "do not fit"),
        ({"sha256": "0" * 64}, "damaged or altered"),
    ],
)
def test_a_foreign_model_that_would_not_work_stays_outside(
    folders: Folders, tmp_path: Path, save_model: SaveModel, changes: dict[str, object], sentence: str
) -> None:
    card = save_model(tmp_path / "foreign", "foreign", **changes)
    with pytest.raises((WeightsError, SettingsError), match=sentence):
        bring_in(card.parent, folders=folders)
    assert names(folders[1]) == ["mine.json", "mine.safetensors"]


@pytest.mark.parametrize(("name", "sentence"), [("denoise", "came with AEStudio"), ("../up", "cannot have the name")])
def test_a_foreign_model_brings_no_name_that_is_not_wanted(
    folders: Folders, tmp_path: Path, save_model: SaveModel, name: str, sentence: str
) -> None:
    path = save_model(tmp_path / "foreign", "foreign")
    path.write_text(replace(ModelCard.read(path), name=name).to_json(), encoding="utf-8")
    with pytest.raises(SettingsError, match=sentence):
        bring_in(path, folders=folders)
    assert bring_in(path, "good", folders) == folders[1] / "good.json"


def test_weights_that_are_a_program_are_never_run(folders: Folders, tmp_path: Path, save_model: SaveModel) -> None:
    card = save_model(tmp_path / "foreign", "foreign")
    torch.save({"anything": torch.zeros(1)}, card.with_suffix(".safetensors"))  # a pickle
    with pytest.raises(WeightsError, match="damaged or altered"):
        bring_in(card, folders=folders)


def test_a_disk_that_refuses_is_told(folders: Folders, run_dir: Path) -> None:
    shutil.rmtree(folders[1])
    folders[1].write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(WeightsError, match="cannot be written"):
        adopt(run_dir, "a", folders)
