"""The top of an encoder is fine-tuned, and kept only if that helps."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from small_explore import CHANNELS, CODE, small_indexed, small_photos
from small_model import write_model

from aestudio.errors import Cancelled
from aestudio.explore.coder import Coder
from aestudio.explore.labels import Labels
from aestudio.explore.photos import Indexed, Levels
from aestudio.explore.sorting import FewLabelsError, Sorting, sort_photos
from aestudio.explore.tuning import Tuned, fine_tune, varied
from aestudio.models.networks import BUILDERS
from aestudio.progress import Progress

COUNT, EACH = 60, 12
NAMES = ("left", "right")


def two_kinds() -> Levels:
    """Soft pictures with a bright edge above or below: a network of random weights hardly sees it."""
    photos = small_photos(COUNT).copy()
    for number in range(COUNT):
        part = slice(0, 48) if number % 2 == 0 else slice(80, 128)
        photos[number, part] = 255 - (255 - photos[number, part].astype(int)) * 3 // 4
    return photos


def lively_coder(folder: Path, *, variational: bool = False, blind: bool = False) -> Coder:
    """A coder with random weights that keep the size of what passes through, as trained ones do.

    A blind one makes its codes of a spot in the middle of the photos.
    """
    torch.manual_seed(0)
    network = "variational-autoencoder" if variational else "photo-autoencoder"
    arguments = {"channels": CHANNELS, "code": CODE}
    net = BUILDERS[network](**arguments)
    for parameter in net.parameters():
        if parameter.ndim > 1:
            torch.nn.init.kaiming_normal_(parameter)
    if blind:
        spot = torch.zeros(CHANNELS[-1], 4, 4)
        spot[0, 1:3, 1] = 1
        with torch.no_grad():
            net.get_submodule("to_code").get_parameter("weight").mul_(spot.flatten())
    write_model(folder, "lively", "explore", network, arguments, net)
    return Coder.load("lively", (folder,))


@pytest.fixture(scope="module", params=[False, True], ids=["plain", "variational"])
def coder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Coder:
    """A coder that nobody trained."""
    return lively_coder(tmp_path_factory.mktemp("models"), variational=request.param)


@pytest.fixture(scope="module")
def photos(coder: Coder) -> Indexed:
    """Photos of two kinds, in turn."""
    return small_indexed(coder, two_kinds())


@pytest.fixture(scope="module")
def labels(photos: Indexed) -> Labels:
    """So many of each kind."""
    return some_labels(photos)


def some_labels(photos: Indexed) -> Labels:
    return Labels(NAMES, {photos.digests[row]: NAMES[row % 2] for row in range(2 * EACH)})


@pytest.fixture(scope="module")
def before(photos: Indexed, labels: Labels) -> Sorting:
    """The photos sorted on the codes as they are."""
    return sort_photos(photos, labels)


@pytest.fixture(scope="module")
def tuned(photos: Indexed, labels: Labels, coder: Coder, before: Sorting) -> Tuned:
    """What came of it."""
    return fine_tune(photos, labels, coder, before)


def right(sorting: Sorting) -> float:
    return float((sorting.found == np.arange(COUNT) % 2)[sorting.given < 0].mean())


def test_it_is_kept_only_if_more_held_out_labels_are_right(tuned: Tuned, before: Sorting) -> None:
    assert tuned.helped == (tuned.gained > tuned.lost and tuned.rounds > 0)
    assert tuned.tuned.right - tuned.frozen.right == pytest.approx((tuned.gained - tuned.lost) / (2 * EACH))
    if not tuned.helped:
        assert tuned.sorting is before


@pytest.mark.parametrize("variational", [False, True])
def test_it_learns_what_codes_do_not_tell(tmp_path: Path, variational: bool) -> None:
    coder = lively_coder(tmp_path, variational=variational, blind=True)
    photos = small_indexed(coder, two_kinds())
    labels = some_labels(photos)
    poor = sort_photos(photos, labels)
    assert right(poor) < 0.6
    tuned = fine_tune(photos, labels, coder, poor)
    assert tuned.helped
    assert tuned.rounds > 0
    assert tuned.tuned.right > tuned.frozen.right
    assert right(tuned.sorting) > right(poor) + 0.15
    assert tuned.sorting.quality is tuned.tuned
    assert (tuned.sorting.given >= 0).sum() == 2 * EACH


def test_what_cannot_be_learnt_is_not_kept(photos: Indexed, coder: Coder) -> None:
    rng = np.random.default_rng(0)
    labels = Labels(NAMES, {photos.digests[row]: NAMES[int(rng.integers(2))] for row in range(COUNT // 2)})
    alike = small_photos(1)
    same = replace(photos, smalls=lambda rows: alike[[0] * len(rows)])  # the pictures do not differ
    before = sort_photos(same, labels)
    tuned = fine_tune(same, labels, coder, before)
    assert not tuned.helped
    assert tuned.sorting is before


def test_the_coder_and_its_files_stay_as_they_are(
    tmp_path: Path, photos: Indexed, labels: Labels, before: Sorting
) -> None:
    own = lively_coder(tmp_path)
    files = {path: path.read_bytes() for path in tmp_path.iterdir()}
    pictures = small_photos(4)
    codes, painted = own.encode(pictures), own.decode(own.encode(pictures))
    fine_tune(photos, labels, own, before, always=True)
    assert np.array_equal(own.encode(pictures), codes)
    assert np.array_equal(own.decode(codes), painted)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == files


def test_the_same_labels_give_the_same_result(
    photos: Indexed, labels: Labels, coder: Coder, before: Sorting, tuned: Tuned
) -> None:
    again = fine_tune(photos, labels, coder, before)
    assert again.helped == tuned.helped
    assert again.sorting.probabilities == pytest.approx(tuned.sorting.probabilities, abs=1e-4)


def test_it_can_be_stopped_and_says_how_far_it_is(
    photos: Indexed, labels: Labels, coder: Coder, before: Sorting
) -> None:
    fractions: list[float] = []
    progress = Progress(lambda step: fractions.append(step.fraction))
    fine_tune(photos, labels, coder, before, progress, always=True)
    assert fractions == sorted(fractions)
    assert len(fractions) > 20
    progress.cancel()
    with pytest.raises(Cancelled):
        fine_tune(photos, labels, coder, before, progress)


def test_too_few_labels_are_told(photos: Indexed, coder: Coder, before: Sorting) -> None:
    few = Labels(NAMES, {photos.digests[row]: NAMES[row % 2] for row in range(6)})
    with pytest.raises(FewLabelsError, match="too few labelled photos: 3"):
        fine_tune(photos, few, coder, before)


def test_varied_photos_are_mirrored_or_cropped_a_little() -> None:
    ramp = torch.linspace(0, 1, 128).expand(64, 3, 128, 128).contiguous()
    found = varied(ramp, torch.Generator().manual_seed(0))
    assert found.shape == ramp.shape
    assert 0 <= float(found.min()) <= float(found.max()) <= 1
    slope = (found[:, 0, 64, -1] - found[:, 0, 64, 0]).numpy()
    assert 16 < (slope < 0).sum() < 48  # about half of them the other way round
    assert (np.abs(slope) > 0.75).all()
    assert (np.abs(slope) < 0.999).any()
