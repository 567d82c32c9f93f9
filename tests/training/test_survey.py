"""A user's folders are looked through once, nothing in them is touched, and what is of no use is named."""

import os
import shutil
import struct
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms
from training_photos import noisy, save, save_scenes, scene

from aestudio.errors import Cancelled, LostFolderError, TrainingDataError
from aestudio.images.folders import photos_below
from aestudio.images.glance import glance
from aestudio.progress import Progress, Step
from aestudio.training.data.source import CLEAN, PAIRS, SERIES, Source
from aestudio.training.data.survey import Survey, survey
from aestudio.training.events import SCANNING, Event, Found, Working


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve different photos, for reading alone."""
    folder = tmp_path_factory.mktemp("twelve")
    save_scenes(folder)
    return folder


@pytest.fixture
def folder(twelve: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copytree(twelve, tmp_path / "photos"))


def surveyed(*folders: Path, task: str = "denoise", smallest: int = 48, noisy: tuple[Path, ...] = ()) -> Survey:
    kind = PAIRS if noisy else CLEAN
    return survey(Source(folders, kind, noisy), task, Progress(), smallest=smallest)


def names(found: tuple[str, ...]) -> list[str]:
    return [Path(name).name for name in found]


def test_a_good_folder_is_divided_and_told_about(twelve: Path) -> None:
    events: list[Event] = []
    looked = survey(Source((twelve,)), "denoise", Progress(), smallest=48, on_event=events.append)
    assert (looked.found.usable, looked.found.training, looked.found.held_out) == (12, 8, 4)
    assert (looked.found.alike, looked.found.damaged, looked.found.small) == ((), (), ())
    sides = [{scene.shown.path.name for scene in side} for side in (looked.training, looked.held_out)]
    assert len(sides[0] | sides[1]) == 12
    working = [event for event in events if isinstance(event, Working)]
    assert {event.phase for event in working} == {SCANNING}
    assert (working[-1].done, working[-1].total) == (12, 12)
    assert events[-1] == looked.found


def test_the_folder_is_left_as_it_was(folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in [folder, *folder.rglob("*")]}
    surveyed(folder)
    assert {path: path.stat().st_mtime_ns for path in [folder, *folder.rglob("*")]} == before


def test_the_same_photos_elsewhere_are_split_alike(twelve: Path, folder: Path) -> None:
    (folder / "0.png").rename(folder / "last.png")
    held = [{scene.digest for scene in surveyed(each).held_out} for each in (twelve, folder)]
    assert held[0] == held[1]


def test_bad_photos_are_named_with_the_reason(folder: Path) -> None:
    (folder / "broken.jpg").write_bytes((folder / "0.png").read_bytes()[:500])
    (folder / "text.jpg").write_text("not a photo")
    save(scene(50, 40, 200), folder / "narrow.png")
    found = surveyed(folder).found
    assert names(found.small) == ["narrow.png"]
    assert {Path(name).name: str(why).split()[0] for name, why in found.damaged} == {
        "broken.jpg": "broken.jpg",
        "text.jpg": "text.jpg",
    }
    assert found.usable == 12


def test_sizes_are_those_of_the_shrunk_copies_where_they_are_learnt_from(folder: Path) -> None:
    save(scene(51, 80, 1000), folder / "wide.png")
    looked = survey(Source((folder,)), "denoise", Progress(), smallest=48, shrunk=True)
    assert names(looked.found.small) == ["wide.png"]  # halved it has 40 pixels
    assert looked.found.usable == 12


def test_near_duplicates_are_told_and_stay_on_one_side(folder: Path) -> None:
    for index in range(12):
        save(scene(index)[2:-2, 3:-3], folder / f"copy/{index}.jpg")
    looked = surveyed(folder)
    assert sorted(sorted(names(group)) for group in looked.found.alike) == sorted(
        sorted([f"{index}.png", f"{index}.jpg"]) for index in range(12)
    )
    held = {scene.shown.path.stem for scene in looked.held_out}
    assert held
    assert not held & {scene.shown.path.stem for scene in looked.training}


def test_grey_photos_are_left_out_for_colours_alone(folder: Path) -> None:
    for index in range(3):
        grey = np.asarray(Image.fromarray(scene(60 + index)).convert("L").convert("RGB"))
        save(grey, folder / f"grey{index}.png")
    assert names(surveyed(folder, task="colorize").found.grey) == ["grey0.png", "grey1.png", "grey2.png"]
    assert surveyed(folder).found.usable == 15


def test_sub_folders_are_searched_once_and_hidden_files_are_not(folder: Path) -> None:
    save(scene(70), folder / "a/b/deep.png")
    save(scene(71), folder / ".hidden/x.png")
    save(scene(72), folder / ".y.png")
    (folder / "a/loop").symlink_to(folder, target_is_directory=True)
    found = photos_below([folder, folder / "a"], Progress())
    assert [path.name for path in found][-3:] == ["10.png", "11.png", "deep.png"]
    assert len(found) == 13
    assert photos_below([folder], Progress(), leave_out=[folder / "a"]) == found[:-1]


def test_folders_that_cannot_be_trained_from_are_refused(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(TrainingDataError, match=r"nowhere does not exist.*choose it again"):
        surveyed(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(TrainingDataError, match=r"no photos in .*empty.*another folder"):
        surveyed(tmp_path / "empty")
    (tmp_path / "empty/notes.txt").write_text("nothing")
    with pytest.raises(TrainingDataError, match="no photos"):
        surveyed(folder, tmp_path / "empty")


def test_a_few_photos_are_too_few(tmp_path: Path) -> None:
    save_scenes(tmp_path / "few", 5)
    with pytest.raises(TrainingDataError, match=r"Only 5 photos in .*few can be used, and training needs 8"):
        surveyed(tmp_path / "few")


def test_grey_photos_alone_are_refused_for_colours(tmp_path: Path) -> None:
    for index in range(9):
        save(np.asarray(Image.fromarray(scene(index)).convert("L").convert("RGB")), tmp_path / f"{index}.png")
    with pytest.raises(TrainingDataError, match=r"9 of 9 photos .* are grey"):
        surveyed(tmp_path, task="colorize")


def test_one_photo_many_times_is_refused(tmp_path: Path) -> None:
    for index in range(9):
        save(noisy(scene(1), 4, index), tmp_path / f"{index}.png")
    with pytest.raises(TrainingDataError, match="show the same"):
        surveyed(tmp_path)


def test_up_to_three_in_ten_may_be_bad(folder: Path) -> None:
    for index in range(5):
        (folder / f"bad{index}.png").write_bytes(b"x")
    assert len(surveyed(folder).found.damaged) == 5
    (folder / "bad5.png").write_bytes(b"x")
    with pytest.raises(TrainingDataError, match=r"6 of 18 photos in .* are damaged.*bad0\.png"):
        surveyed(folder)
    for path in folder.glob("bad*"):
        path.unlink()
    with pytest.raises(TrainingDataError, match=r"smaller than 200 pixels.*0\.png is too small"):
        surveyed(folder, smallest=200)


def test_a_folder_that_disappears_while_it_is_read_is_told(folder: Path) -> None:
    def vanish(step: Step) -> None:
        if step.done == 1:
            shutil.rmtree(folder)

    for index in range(12, 40):
        shutil.copy(folder / "0.png", folder / f"{index}.png")
    with pytest.raises(LostFolderError, match=r"photos has disappeared.*connect"):
        survey(Source((folder,)), "denoise", Progress(vanish), smallest=48)


def test_a_photo_that_disappears_is_listed(folder: Path) -> None:
    for index in range(12, 40):
        save(scene(index, 64, 64), folder / f"{index}.png")
    os.mkfifo(folder / "pipe.png")  # is no photo, and reading it would never end

    def vanish(step: Step) -> None:
        (folder / "39.png").unlink(missing_ok=True)

    found = survey(Source((folder,)), "denoise", Progress(vanish), smallest=48).found
    assert [(Path(name).name, "does not exist" in str(why)) for name, why in found.damaged] == [("39.png", True)]
    assert found.usable == 39


def test_looking_can_be_cancelled(twelve: Path) -> None:
    def stop(step: Step) -> None:
        if step.done == 3:
            progress.cancel()

    progress = Progress(stop)
    with pytest.raises(Cancelled):
        survey(Source((twelve,)), "denoise", progress, smallest=48)


def test_pairs_need_a_second_folder(twelve: Path, tmp_path: Path) -> None:
    with pytest.raises(TrainingDataError, match="noisy photos as well"):
        survey(Source((twelve,), PAIRS), "denoise", Progress(), smallest=48)
    with pytest.raises(TrainingDataError, match="choose two folders"):
        surveyed(twelve, noisy=(twelve,))
    save_scenes(tmp_path / "other", 9, first=100)
    for path in (tmp_path / "other").iterdir():
        path.rename(path.with_stem(f"x{path.stem}"))
    with pytest.raises(TrainingDataError, match=r"No photo .* has its other half"):
        surveyed(twelve, noisy=(tmp_path / "other",))


def test_a_third_of_noisy_photos_without_a_clean_one_is_too_much(folder: Path, tmp_path: Path) -> None:
    other = folder / "noisy"  # within the folder of the clean ones
    for index in range(12):
        save(noisy(scene(index), 10), other / f"{index}.png")
    looked = surveyed(folder, noisy=(other,))
    assert (looked.found.pairs, looked.found.unpaired, looked.found.alike) == (12, (), ())
    for index in range(6):
        save(noisy(scene(index), 10), other / f"lone{index}.png")
    with pytest.raises(TrainingDataError, match=r"6 of 18 noisy photos .* do not match"):
        surveyed(folder, noisy=(other,))


def test_a_folder_without_series_is_refused(twelve: Path) -> None:
    with pytest.raises(TrainingDataError, match=r"no series .*dates"):
        survey(Source((twelve,), SERIES), "denoise", Progress(), smallest=48)


def test_series_of_one_scene_stay_together(tmp_path: Path) -> None:
    for number in range(4):
        for frame in range(3):
            second = 100 * number + 0.3 * frame
            save(noisy(scene(number % 2), 8, frame), tmp_path / f"{number}-{frame}.jpg", second=second)
    looked = survey(Source((tmp_path,), SERIES), "denoise", Progress(), smallest=48)
    assert looked.found.pairs == 12
    assert {len(group) for group in looked.found.alike} == {2}
    assert len(looked.held_out) == 2
    assert len({scene.shown.path.name[0] in "02" for scene in looked.held_out}) == 1


def with_small_picture(small: Image.Image, orientation: int) -> bytes:
    """EXIF data as a camera's: the orientation, and a second directory with a JPEG."""
    data = BytesIO()
    small.save(data, "JPEG")
    picture = data.getvalue()
    first = struct.pack("<HHHIHHI", 1, 0x0112, 3, 1, orientation, 0, 26)
    second = struct.pack("<HHHIIHHIII", 2, 0x0201, 4, 1, 56, 0x0202, 4, 1, len(picture), 0)
    return b"Exif\0\0II*\0" + struct.pack("<I", 8) + first + second + picture


@pytest.mark.parametrize("bars", [0, 6])
def test_of_a_large_photo_the_camera_s_small_picture_is_taken(tmp_path: Path, bars: int) -> None:
    small = Image.new("RGB", (160, 107 + 2 * bars))
    small.paste(Image.fromarray(scene(2, 107, 160)), (0, bars))
    large = Image.new("RGB", (1800, 1200), (200, 30, 30))
    path = tmp_path / "large.jpg"
    large.save(path, exif=with_small_picture(small, 6))
    seen = glance(path)
    assert seen.size == (1800, 1200)
    assert np.asarray(seen.luma).std() > 20  # what lies in the small picture
    plain = tmp_path / "plain.jpg"
    large.save(plain, exif=with_small_picture(small.resize((160, 160)), 1))
    assert glance(plain).luma.std() < 2  # of another shape: it cannot be this photo's
    path.write_bytes(path.read_bytes()[:-600])
    assert "incomplete" in str(surveyed_error(path))


def surveyed_error(path: Path) -> Exception:
    with pytest.raises(Exception, match=path.name) as caught:
        glance(path)
    return caught.value


@pytest.mark.parametrize("ending", [".png", ".tif", ".webp", ".jpg"])
def test_profiles_and_orientations_count(tmp_path: Path, ending: str) -> None:
    from aestudio.images.colour import adobe_rgb_profile

    photo = Image.fromarray(scene(3))
    path = tmp_path / f"photo{ending}"
    photo.save(path, icc_profile=adobe_rgb_profile())
    wide = glance(path)
    photo.save(path, icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    assert wide.chroma > 1.08 * glance(path).chroma
    assert wide.size == (96, 128)


def test_found_says_how_long_it_took(twelve: Path) -> None:
    found = surveyed(twelve).found
    assert isinstance(found, Found)
    assert found.seconds > 0
