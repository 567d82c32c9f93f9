"""PCA beside the autoencoder, in the window."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from small_explore import small_coder, small_indexed, small_photos

from aestudio.explore.coder import Coder
from aestudio.explore.photos import Indexed
from aestudio.gui.explore.components_newest import Newest
from aestudio.gui.explore.components_view import ComponentsView
from aestudio.gui.jobs import Failure

SLOW = 30_000


@pytest.fixture(scope="module")
def coder(tmp_path_factory: pytest.TempPathFactory) -> Coder:
    return small_coder(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def photos(coder: Coder) -> Indexed:
    return apart(small_indexed(coder, small_photos(20)))


def apart(photos: Indexed) -> Indexed:
    """With codes that have nothing in common, so that no two photos are of one scene."""
    codes = np.random.default_rng(0).standard_normal(photos.codes.shape).astype(np.float32)
    return replace(photos, codes=codes)


@pytest.fixture
def make_view(qtbot: QtBot) -> Iterator[Callable[[], ComponentsView]]:
    made: list[ComponentsView] = []

    def make() -> ComponentsView:
        view = ComponentsView()
        qtbot.addWidget(view)
        view.resize(1000, 640)
        made.append(view)
        return view

    yield make
    for view in made:
        view.shut_down()


@pytest.fixture
def view(make_view: Callable[[], ComponentsView], photos: Indexed, coder: Coder, qtbot: QtBot) -> ComponentsView:
    """The view, its comparison done."""
    view = make_view()
    view.take(photos, coder)
    view.show()
    settled(view, qtbot)
    return view


def settled(view: ComponentsView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: view.comparison is not None, timeout=SLOW)
    qtbot.waitUntil(lambda: not view.runner.busy and not view.live.busy, timeout=SLOW)


def test_nothing_is_computed_before_it_is_seen(
    make_view: Callable[[], ComponentsView], photos: Indexed, coder: Coder, qtbot: QtBot
) -> None:
    view = make_view()
    view.take(photos, coder)
    assert not view.runner.busy
    assert not view.live.busy
    view.show()
    assert view.runner.busy
    settled(view, qtbot)


def test_three_pictures_of_one_photo(view: ComponentsView, photos: Indexed) -> None:
    assert view.title == "PCA and autoencoder"
    assert view.strip.chosen == 0
    assert view.original.small is not None
    assert np.array_equal(view.original.small, photos.smalls([0])[0])
    assert view.original.caption.whole == "00000.jpg"
    for picture in (view.pca, view.autoencoder):
        assert picture.small is not None
        assert picture.small.shape == (128, 128, 3)
        error = np.square(picture.small / 255 - view.original.small / 255).mean()
        said = picture.caption.whole
        assert said.startswith(f"{-10 * np.log10(error):.1f} dB")
        assert said.endswith(f"{error:.4f}")
    assert view.pca.surface.size_of_photo == (1200, 1800)


def test_the_slider_is_live(view: ComponentsView, qtbot: QtBot) -> None:
    before = view.pca.small
    view.slider.setValue(view.slider.minimum())
    assert view.number.value() == 2
    qtbot.waitUntil(lambda: view.pca.small is not before and not view.live.busy, timeout=SLOW)
    low = view.pca.caption.whole
    view.number.setValue(11)
    assert view.length == 11
    assert 0 < view.slider.value() < view.slider.maximum()
    qtbot.waitUntil(lambda: view.pca.caption.whole != low and not view.live.busy, timeout=SLOW)
    assert float(view.pca.caption.whole.split()[0]) > float(low.split()[0])
    view.slider.double_clicked.emit()
    assert view.length == 32
    qtbot.waitUntil(lambda: not view.live.busy, timeout=SLOW)


def test_arrow_keys_choose_another_photo(view: ComponentsView, photos: Indexed, qtbot: QtBot) -> None:
    view.strip.setFocus()
    QTest.keyClick(view.strip, Qt.Key.Key_Right)
    QTest.keyClick(view.strip, Qt.Key.Key_Right)
    assert view.strip.chosen == 2
    qtbot.waitUntil(lambda: view.original.caption.whole == "00002.jpg", timeout=SLOW)
    assert view.original.small is not None
    assert np.array_equal(view.original.small, photos.smalls([2])[0])
    QTest.keyClick(view.strip, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: view.original.caption.whole == "00001.jpg", timeout=SLOW)
    with qtbot.waitSignal(view.studio_wanted) as asked:
        QTest.keyClick(view.strip, Qt.Key.Key_Return)
    assert asked.args == [[photos.paths[1]]]


def test_the_verdict_tells_all(view: ComponentsView) -> None:
    said = view.verdict.text()
    assert said.startswith("PCA is as good or better at every length.")  # nobody taught the autoencoder
    assert "Fitting PCA to 16 photos took" in said
    assert "it may have seen those others" in said
    assert view.chart.caption.whole == "On 4 photos that PCA does not know"
    assert [name for name, _ in view.chart.legend.lines] == ["Autoencoder", "PCA"]
    assert view.bar.isHidden()
    assert view.fit.isHidden()


def test_the_figures_are_saved(
    view: ComponentsView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    for action, name in ((view.chart.save_csv, "curve.csv"), (view.chart.save_png, "curve.png")):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args, name=name: (str(tmp_path / name), ""))
        assert action.isEnabled()
        with qtbot.waitSignal(view.chart.saved):
            action.trigger()
    lines = (tmp_path / "curve.csv").read_text().splitlines()
    assert lines[0].startswith("photo,numbers,PCA MSE,autoencoder MSE")
    assert len(lines) == 1 + (1 + 4) * 7
    assert sum(line.startswith("mean,") for line in lines) == 7
    assert (tmp_path / "curve.png").read_bytes().startswith(b"\x89PNG")


def test_it_can_be_stopped_and_begun_again(
    make_view: Callable[[], ComponentsView], photos: Indexed, coder: Coder, qtbot: QtBot
) -> None:
    view = make_view()
    view.take(photos, coder)
    view.show()
    view.stop.click()
    qtbot.waitUntil(lambda: not view.runner.busy, timeout=SLOW)
    assert view.comparison is None
    assert view.bar.isHidden()
    assert not view.fit.isHidden()
    view.fit.click()
    settled(view, qtbot)
    assert view.fit.isHidden()


def test_too_few_photos_are_told_in_the_view(
    make_view: Callable[[], ComponentsView], coder: Coder, qtbot: QtBot
) -> None:
    view = make_view()
    view.take(small_indexed(coder, small_photos(3)), coder)
    view.failed.connect(lambda failure: pytest.fail(str(failure)))
    view.show()
    qtbot.waitUntil(lambda: "5 different photos at least" in view.verdict.text(), timeout=SLOW)
    qtbot.waitUntil(lambda: view.autoencoder.small is not None, timeout=SLOW)  # that works all the same
    assert view.pca.small is None
    assert view.pca.caption.whole == "Not fitted yet."


def test_what_was_found_of_other_photos_is_dropped(
    view: ComponentsView, photos: Indexed, coder: Coder, qtbot: QtBot
) -> None:
    components = view.components
    view.strip.choose_place(3)
    view.take(replace(photos), coder)  # the same ones, looked at again
    assert view.components is components
    assert view.strip.chosen == 3
    others = apart(small_indexed(coder, small_photos(10, seed=5), [Path(f"/other/{n}.jpg") for n in range(10)]))
    view.take(others, coder)
    assert view.components is None
    assert view.strip.chosen == 0
    settled(view, qtbot)
    assert view.components is not components
    assert view.original.caption.whole == "0.jpg"
    view.leave()
    assert view.original.small is None
    assert view.verdict.text() == ""
    assert not view.chart.save_csv.isEnabled()


def test_every_control_has_a_name_and_a_tip(view: ComponentsView) -> None:
    told: list[QWidget] = [view.slider, view.number, view.stop, view.fit, view.chart]
    for control in (*told, view.strip, view.bar, view.verdict):
        assert control.accessibleName()
    for control in (*told, view.pca, view.autoencoder):
        assert control.toolTip()


# the newest of what is asked for


@pytest.fixture
def newest() -> Iterator[Newest]:
    newest = Newest("test")
    yield newest
    newest.shut_down()


def test_only_the_newest_of_what_waits_is_done(newest: Newest, qtbot: QtBot) -> None:
    made: list[object] = []
    newest.made.connect(made.append)
    with qtbot.waitSignal(newest.idle, timeout=SLOW):
        for number in range(5):
            newest.ask(lambda number=number: number)  # type: ignore[misc]
    assert made == [0, 4]
    assert not newest.busy


def test_what_is_forgotten_is_not_told(newest: Newest, qtbot: QtBot) -> None:
    made: list[object] = []
    newest.made.connect(made.append)
    with qtbot.waitSignal(newest.idle, timeout=SLOW):
        newest.ask(lambda: 1)
        newest.ask(lambda: 2)
        newest.forget()
    with qtbot.waitSignal(newest.idle, timeout=SLOW):
        newest.ask(lambda: 3)
    assert made == [3]


def test_a_failure_does_not_stop_what_waits(newest: Newest, qtbot: QtBot) -> None:
    made: list[object] = []
    failures: list[Failure] = []
    newest.made.connect(made.append)
    newest.failed.connect(failures.append)
    with qtbot.waitSignal(newest.idle, timeout=SLOW):
        newest.ask(lambda: [][0])
        newest.ask(lambda: 2)
    assert made == [2]
    assert [failure.kind for failure in failures] == [IndexError]
