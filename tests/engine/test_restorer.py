from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from aestudio.engine.restorer import Restoration, Restorer
from aestudio.engine.runner import is_out_of_memory
from aestudio.errors import Cancelled, DeviceMemoryError, SettingsError
from aestudio.images.colour import srgb_profile
from aestudio.images.photo import Box, Metadata, Photo, Pixels
from aestudio.models.loader import LoadedModel
from aestudio.progress import Progress, Step
from aestudio.tasks.base import Finding, Place, Settings, Task
from aestudio.tasks.denoise import Denoise, DenoiseSettings

TASK = Denoise()
SETTINGS = DenoiseSettings(sigma=20.0)
CLEAN = Finding(needed=False, values={"sigma": 0.0, "read": 0.0, "shot": 0.0}, summary="")
NOISY = Finding(needed=True, values={"sigma": 20.0, "read": 8.0, "shot": 600.0}, summary="")

MakePixels = Callable[..., Pixels]


def restored(model: LoadedModel, pixels: Pixels, tile: int | None = None, **options: object) -> Restoration:
    restorer = Restorer(model, tile, precision=torch.float32)
    options.setdefault("finding", NOISY)
    return restorer.restore(Photo(pixels), TASK, SETTINGS, Progress(), **options)  # type: ignore[arg-type]


class Tint(Task[Settings]):
    """Gives each row of a photo the colour that a look at the whole photo proposed for it."""

    id = "tint"
    title = "Tint"
    model = "small"
    colours = True
    settings_type = Settings

    def examine(self, photo: Photo) -> Finding:
        del photo
        return Finding(True, {}, "grey")

    def survey(self, net: nn.Module, photo: Photo, settings: Settings, finding: Finding, progress: Progress) -> Tensor:
        del net, settings, finding, progress
        return torch.linspace(0, 1, photo.height)

    def restore(self, net: nn.Module, x: Tensor, settings: Settings, finding: Finding, place: Place) -> Tensor:
        del net, settings, finding
        rows = torch.arange(place.y, place.y + x.shape[2]).clamp(max=place.height - 1)
        y = x.clone()
        y[:, 0] = place.survey[rows][None, :, None]
        return y


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_a_tool_may_look_at_the_whole_photo_first_and_colour_a_grey_one(
    model: LoadedModel, make_pixels: MakePixels, icc: bytes, channels: int
) -> None:
    pixels = make_pixels(channels, 16, 150, 90)
    result = Restorer(model, 64).restore(Photo(pixels), Tint(), Settings(), Progress())
    after = result.full.pixels
    assert after.shape[2] == (channels if channels > 2 else channels + 2)
    assert np.array_equal(after[..., 0], np.rint(np.linspace(0, 65535, 150))[:, None].repeat(90, axis=1))
    assert np.array_equal(after[..., 1], pixels[..., 0 if channels < 3 else 1])
    assert np.array_equal(result.original.pixels, pixels)
    if channels in (2, 4):
        assert np.array_equal(after[..., -1], pixels[..., -1])
    assert result.full.metadata.icc == srgb_profile()
    assert result.blended(0.5).pixels.shape == after.shape


class Fragile(nn.Module):
    """Gives the photo back, unless it has more pixels than it can hold."""

    def __init__(self, limit: int, error: Callable[[], Exception], needs_half: bool = False) -> None:
        super().__init__()
        self.limit = limit
        self.error = error
        self.needs_half = needs_half
        self.calls = 0

    def forward(self, x: Tensor) -> Tensor:
        self.calls += 1
        if x.shape[2] * x.shape[3] > self.limit or (self.needs_half and not torch.is_autocast_enabled("cpu")):
            raise self.error()
        return x[:, :3]


def cuda_error() -> Exception:
    return torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")


def cpu_error() -> Exception:
    return RuntimeError("[enforce fail at alloc_cpu.cpp:124] err == 0. DefaultCPUAllocator: can't allocate memory")


@pytest.mark.parametrize("bits", [8, 16, 32])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
@pytest.mark.parametrize(("height", "width"), [(1, 1), (1, 50), (75, 1), (67, 131)])
def test_shape_depth_and_alpha_are_kept(
    model: LoadedModel, make_pixels: MakePixels, bits: int, channels: int, height: int, width: int
) -> None:
    pixels = make_pixels(channels, bits, height, width)
    before = pixels.copy()
    result = restored(model, pixels, 64).full.pixels
    assert result.shape == pixels.shape
    assert result.dtype == pixels.dtype
    assert np.array_equal(pixels, before)
    if channels % 2 == 0:
        assert np.array_equal(result[..., -1], pixels[..., -1])
    if height * width > 100:
        assert not np.array_equal(result[..., 0], pixels[..., 0])


@pytest.mark.parametrize("precision", [torch.float32, None])
@pytest.mark.parametrize(("height", "width"), [(128, 192), (131, 77), (1, 300), (200, 3)])
def test_tiled_equals_whole(
    model: LoadedModel, make_pixels: MakePixels, height: int, width: int, precision: torch.dtype | None
) -> None:
    photo = Photo(make_pixels(3, 32, height, width))
    whole, tiled = (
        Restorer(model, side, precision=precision).restore(photo, TASK, DenoiseSettings(), Progress(), finding=NOISY)
        for side in (1024, 40)
    )
    assert np.abs(whole.full.pixels - photo.pixels).max() > 0.05
    assert np.abs(whole.full.pixels - tiled.full.pixels).max() <= 1 / 255


def test_16_bits_do_not_pass_through_8(model_of: Callable[[nn.Module], LoadedModel]) -> None:
    class Darker(nn.Module):
        """Subtracts what a network would compute in bfloat16."""

        def forward(self, x: Tensor) -> Tensor:
            return x[:, :3] - torch.full_like(x[:, :3], 0.01).bfloat16().to(x.dtype)

    ramp = np.linspace(2000, 60000, 256 * 64).astype(np.uint16).reshape(64, 256)
    pixels = np.repeat(ramp[..., None], 3, axis=2)
    restorer = Restorer(model_of(Darker()), precision=torch.bfloat16)
    result = restorer.restore(Photo(pixels), TASK, SETTINGS, Progress(), finding=NOISY).full.pixels
    assert len(np.unique(result)) == len(np.unique(pixels))


def test_16_bits_survive_the_network_in_its_own_precision(model: LoadedModel) -> None:
    ramp = np.linspace(2000, 60000, 256 * 64).astype(np.uint16).reshape(64, 256)
    pixels = np.repeat(ramp[..., None], 3, axis=2)
    result = Restorer(model).restore(Photo(pixels), TASK, SETTINGS, Progress(), finding=NOISY).full.pixels
    assert len(np.unique(result)) > 4096


def test_metadata_and_source_stay(model: LoadedModel, make_pixels: MakePixels) -> None:
    photo = Photo(make_pixels(), Metadata(icc=b"profile"), format="TIFF")
    result = Restorer(model).restore(photo, TASK, SETTINGS, Progress(), finding=NOISY).full
    assert (result.metadata, result.format) == (photo.metadata, "TIFF")


def test_a_clean_photo_is_left_alone(model: LoadedModel, make_pixels: MakePixels) -> None:
    photo = Photo(make_pixels())
    steps: list[Step] = []
    result = Restorer(model).restore(photo, TASK, DenoiseSettings(), Progress(steps.append), finding=CLEAN)
    assert result.untouched
    assert result.full is photo
    assert result.blended(0.5) is photo
    assert steps[-1].fraction == 1


def test_boxes_on_tile_partition_the_photo_and_hold_the_result(model: LoadedModel, make_pixels: MakePixels) -> None:
    pixels = make_pixels(3, 8, 150, 170)
    seen = np.zeros((150, 170), dtype=int)
    shown = np.zeros_like(pixels)

    def on_tile(box: Box, tile: Pixels) -> None:
        seen[box.slices] += 1
        shown[box.slices] = tile

    result = restored(model, pixels, 64, on_tile=on_tile)
    assert (seen == 1).all()
    assert np.array_equal(shown, result.full.pixels)


def test_tiles_in_view_come_first(model: LoadedModel, make_pixels: MakePixels) -> None:
    view = Box(130, 190, 70, 140)
    boxes: list[Box] = []
    restored(model, make_pixels(3, 8, 256, 256), 64, first=view, on_tile=lambda box, _: boxes.append(box))
    in_view = [box.overlaps(view) for box in boxes]
    assert in_view == sorted(in_view, reverse=True)
    assert in_view[0]
    assert len(boxes) == 16


def test_progress_counts_pixels_up_to_the_whole(model: LoadedModel, make_pixels: MakePixels) -> None:
    steps: list[Step] = []
    photo = Photo(make_pixels(3, 8, 150, 170))
    Restorer(model, 64).restore(photo, TASK, SETTINGS, Progress(steps.append), finding=NOISY)
    assert [step.done for step in steps] == sorted({step.done for step in steps})
    assert (steps[0].done, steps[-1].done, steps[-1].total) == (0, 150 * 170, 150 * 170)


@pytest.mark.parametrize("tiles", [0, 1, 3])
def test_cancel_is_heard_within_one_tile(
    model_of: Callable[[nn.Module], LoadedModel], make_pixels: MakePixels, tiles: int
) -> None:
    net = Fragile(10**9, cpu_error)
    restorer = Restorer(model_of(net), 64, precision=torch.float32)
    calls: list[int] = []

    def on_step(step: Step) -> None:
        calls.append(step.done)
        if len(calls) == tiles + 1:  # the first report comes before the first tile
            progress.cancel()

    progress = Progress(on_step)
    with pytest.raises(Cancelled):
        restorer.restore(Photo(make_pixels(3, 8, 256, 256)), TASK, SETTINGS, progress, finding=NOISY)
    assert len(calls) == tiles + 1


@pytest.mark.parametrize("error", [cuda_error, cpu_error, MemoryError])
def test_smaller_tiles_when_memory_runs_out(
    model_of: Callable[[nn.Module], LoadedModel], make_pixels: MakePixels, error: Callable[[], Exception]
) -> None:
    pixels = make_pixels(3, 8, 500, 700)
    steps: list[Step] = []
    seen = np.zeros((500, 700), dtype=int)

    def on_tile(box: Box, tile: Pixels) -> None:
        seen[box.slices] += 1

    restorer = Restorer(model_of(Fragile(200 * 200, error)), 512, precision=torch.float32)
    result = restorer.restore(Photo(pixels), TASK, SETTINGS, Progress(steps.append), finding=NOISY, on_tile=on_tile)
    assert np.array_equal(result.full.pixels, pixels)
    assert (seen == 1).all()
    assert len(result.notes) == 1
    assert "128 pixels" in str(result.notes[0])
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert steps[-1].fraction == 1


def test_half_precision_when_the_smallest_tile_is_too_large(
    model_of: Callable[[nn.Module], LoadedModel], make_pixels: MakePixels
) -> None:
    pixels = make_pixels(3, 8, 100, 100)
    restorer = Restorer(model_of(Fragile(10**6, cpu_error, needs_half=True)), 128, precision=torch.float32)
    result = restorer.restore(Photo(pixels), TASK, SETTINGS, Progress(), finding=NOISY)
    assert np.array_equal(result.full.pixels, pixels)
    assert "half precision" in str(result.notes[1])


def test_a_sentence_when_nothing_fits(model_of: Callable[[nn.Module], LoadedModel], make_pixels: MakePixels) -> None:
    restorer = Restorer(model_of(Fragile(0, cuda_error)), precision=torch.float32)
    with pytest.raises(DeviceMemoryError, match="not enough memory"):
        restorer.restore(Photo(make_pixels()), TASK, SETTINGS, Progress(), finding=NOISY)


def test_other_errors_are_not_taken_for_a_lack_of_memory(
    model_of: Callable[[nn.Module], LoadedModel], make_pixels: MakePixels
) -> None:
    net = Fragile(0, lambda: RuntimeError("shapes do not match"))
    with pytest.raises(RuntimeError, match="shapes do not match"):
        Restorer(model_of(net)).restore(Photo(make_pixels()), TASK, SETTINGS, Progress(), finding=NOISY)
    assert not is_out_of_memory(ValueError("not enough memory"))


@pytest.mark.parametrize("bits", [8, 16, 32])
def test_strength_is_exact_at_its_ends_and_rounds_between(
    model: LoadedModel, make_pixels: MakePixels, bits: int
) -> None:
    pixels = make_pixels(4, bits, 120, 90)
    result = restored(model, pixels)
    assert result.blended(0) is result.original
    assert result.blended(1) is result.full
    half = result.blended(0.5)
    assert half.pixels.dtype == pixels.dtype
    mean = (pixels.astype(np.float64) + result.full.pixels.astype(np.float64)) / 2
    tolerance = 1e-6 if bits == 32 else 0.5  # rounding to the nearest
    assert np.abs(half.pixels - mean).max() <= tolerance
    assert np.array_equal(half.pixels[..., 3], pixels[..., 3])
    box = Box(10, 60, 5, 90)
    for strength in (0, 0.3, 1):
        assert np.array_equal(result.blended_box(box, strength), result.blended(strength).pixels[box.slices])
    # the full photo is never changed in place
    assert result.full.pixels is not half.pixels


@pytest.mark.parametrize("strength", [-0.1, 1.01, float("nan")])
def test_a_strength_out_of_range_is_refused(model: LoadedModel, make_pixels: MakePixels, strength: float) -> None:
    result = restored(model, make_pixels())
    with pytest.raises(SettingsError, match="Strength"):
        result.blended(strength)
    with pytest.raises(SettingsError, match="Strength"):
        result.blended_box(Box(0, 1, 0, 1), strength)
