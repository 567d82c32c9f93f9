"""What can go wrong is said in one sentence, and nothing is lost."""

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from aestudio.gui.app import Application
from aestudio.gui.studio import Studio
from aestudio.gui.task_panel import Section

SLOW = 20_000


def test_a_truncated_photo_gives_one_sentence_and_the_others_still_open(
    studio: Studio, make_photo: Callable[..., Path], open_photo: Callable[[Path], None]
) -> None:
    broken = make_photo("broken.jpg")
    broken.write_bytes(broken.read_bytes()[:900])
    open_photo(broken)
    assert studio.messages.isVisible()
    text = studio.messages.text.text()
    assert "broken.jpg" in text
    assert text.endswith(".")
    assert not studio.messages.details.isVisible()
    studio.messages.more.click()
    assert studio.messages.details.isVisible()
    assert "Traceback" in studio.messages.details.toPlainText()
    assert not studio.panel.save.isEnabled()
    open_photo(make_photo("whole.png"))
    assert studio.messages.isHidden()
    assert studio.panel.save.isEnabled()


def test_what_is_no_photo_gives_one_sentence(
    studio: Studio, tmp_path: Path, open_photo: Callable[[Path], None]
) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("no photo", encoding="utf-8")
    open_photo(path)
    assert "notes.txt" in studio.messages.text.text()


def test_an_empty_folder_says_so(studio: Studio, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    with qtbot.waitSignal(studio.services.lister.failed, timeout=SLOW):
        studio.open_paths([folder])
    assert "empty" in studio.messages.text.text()
    assert studio.current is None


def test_missing_weights_leave_the_photo_on_the_canvas(
    make_application: Callable[[Path], Application],
    tmp_path: Path,
    make_photo: Callable[..., Path],
    qtbot: QtBot,
) -> None:
    folder = tmp_path / "no models"
    folder.mkdir()
    studio = make_application(folder).window.studio
    with qtbot.waitSignal(studio.services.opener.finished, timeout=SLOW):
        studio.open_paths([make_photo()])
    restorations = studio.services.restorations
    with qtbot.waitSignals([restorations.failed, restorations.idle], timeout=SLOW):
        studio.panel.sections[0].switch.click()
    assert "denoise" in studio.messages.text.text()
    assert studio.current is not None
    assert studio.current.failure is not None
    assert not studio.view.has_result
    assert studio.panel.run.isEnabled()  # to try again
    assert not studio.unsaved


def test_a_target_that_cannot_be_written_keeps_the_result(
    studio: Studio,
    make_photo: Callable[..., Path],
    open_photo: Callable[[Path], None],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    open_photo(make_photo())
    with qtbot.waitSignal(studio.settled, timeout=SLOW):
        studio.panel.sections[0].switch.click()
    folder = tmp_path / "gone"
    folder.mkdir()
    studio.save_as()
    dialog = studio.saving.dialog
    assert dialog is not None
    dialog.path_edit.setText(str(folder / "out.png"))
    folder.rmdir()  # a card pulled out between the question and the answer
    with qtbot.waitSignal(studio.saving.failed, timeout=SLOW):
        dialog.save.click()
    assert studio.messages.isVisible()
    assert studio.unsaved == [studio.current]


def test_the_original_is_never_a_target(
    studio: Studio, make_photo: Callable[..., Path], open_photo: Callable[[Path], None]
) -> None:
    source = make_photo()
    open_photo(source)
    studio.save_as()
    dialog = studio.saving.dialog
    assert dialog is not None
    assert dialog.path != source
    assert dialog.save.isEnabled()
    for target in (str(source), "", str(source.parent), str(source.parent / "no" / "folder.png"), "name.xyz"):
        dialog.path_edit.setText(target)
        assert not dialog.save.isEnabled()
        assert dialog.hint.text()
    dialog.reject()


def test_the_format_follows_the_name_and_the_name_the_format(
    studio: Studio, make_photo: Callable[..., Path], open_photo: Callable[[Path], None]
) -> None:
    open_photo(make_photo())
    studio.save_as()
    dialog = studio.saving.dialog
    assert dialog is not None
    controls = dialog.controls
    assert not controls.quality_spin.isVisible()
    dialog.path_edit.setText(str(dialog.path.with_suffix(".jpg")))
    assert dialog.options.format == "JPEG"
    assert controls.quality_spin.isVisible()
    controls.format_box.setCurrentIndex(2)
    controls.format_box.activated.emit(2)
    assert dialog.path.suffix == ".tif"
    controls.depth_box.setCurrentIndex(1)
    assert dialog.options.bit_depth == 16
    dialog.reject()


def test_a_photo_with_nothing_to_do_is_left_alone(
    studio: Studio, denoise: Section, tmp_path: Path, open_photo: Callable[[Path], None], qtbot: QtBot
) -> None:
    import numpy as np

    from aestudio.images.io import write_photo
    from aestudio.images.photo import Photo

    smooth = np.broadcast_to(np.arange(160, dtype=np.uint8)[None, :, None], (120, 160, 3)).copy()
    open_photo(write_photo(Photo(smooth), tmp_path / "smooth.png"))
    with qtbot.waitSignal(studio.settled, timeout=SLOW):
        denoise.switch.click()
    assert denoise.note.isVisible()
    assert not studio.unsaved
