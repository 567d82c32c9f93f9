"""Measures the denoiser on photos it has never seen: white noise, camera noise, and tone.

    python benchmarks/denoise.py PHOTOS [--model CARD] [--other CARD] [--write]

PHOTOS is a folder of clean pictures, such as the 24 of the Kodak Lossless True Color Suite. `--other` adds a column
for a second model (for instance one trained on white noise alone, see denoise-white.toml); `--write` puts the tables
into the model's card. The simulated camera shares no code and no parameter with the one in training: another colour
matrix, other gains, OpenCV's edge-aware demosaicing, a real JPEG encoder.
"""

import argparse
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from camera_noise import Shot, take_picture
from numpy.typing import NDArray
from PIL import Image

from aestudio.engine.restorer import Restorer
from aestudio.images.io import photo_paths, read_photo
from aestudio.images.metrics import psnr
from aestudio.images.photo import LUMA, Photo, to_rgb
from aestudio.images.tensors import to_tensor, to_tile
from aestudio.models.card import ModelCard
from aestudio.models.catalog import card_path
from aestudio.models.loader import LoadedModel, load_model
from aestudio.progress import Progress
from aestudio.tasks.base import Finding, Place
from aestudio.tasks.denoise import Denoise, DenoiseSettings

Rgb = NDArray[np.float32]
U8 = NDArray[np.uint8]

SIGMAS = (15, 25, 50)
ISOS = (1600, 6400, 25600)
NO_FINDING = Finding(needed=True, values={}, summary="")


def main() -> None:
    """Print the tables, and write them into the card if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--model", type=Path, default=None, help="card; the installed denoiser by default")
    parser.add_argument("--other", type=Path, default=None, help="card of a model to compare with")
    parser.add_argument("--no-nlm", action="store_true", help="leave out OpenCV's NLM, which takes most of the time")
    parser.add_argument("--write", action="store_true", help="put the tables into the card")
    args = parser.parse_args()

    path = args.model or card_path("denoise")
    model = load_model(path, torch.device("cpu"))
    other = load_model(args.other, torch.device("cpu")) if args.other else None
    photos = [to_rgb(read_photo(p).pixels) for p in photo_paths(args.photos)]
    tables = {
        "white noise, PSNR in dB": white_noise(photos, model, other),
        "camera noise, PSNR in dB": camera_noise(photos, model, other, nlm=not args.no_nlm),
        "tone, largest change in 8-bit levels": tone(photos, model),
    }
    print(json.dumps(tables, indent=2))
    if args.write:
        card = ModelCard.read(path)
        scores = {**card.scores, f"{len(photos)} photos of {args.photos.name}": tables}
        scores["measured by"] = "python benchmarks/denoise.py PHOTOS --write"
        path.write_text(replace(card, scores=scores).to_json(), encoding="utf-8")


def white_noise(photos: Sequence[Rgb], model: LoadedModel, other: LoadedModel | None) -> dict[str, Any]:
    """Noise not clipped, result rounded to 8 bits, the level told; then the level found in the photo itself."""
    table: dict[str, Any] = {}
    for sigma in SIGMAS:
        rows: dict[str, list[float]] = {}
        for index, clean in enumerate(photos):
            noise = np.random.default_rng(1000 * sigma + index).standard_normal(clean.shape, dtype=np.float32)
            noisy = clean + noise * np.float32(sigma / 255)
            scored(rows, "nothing", clean, noisy)
            scored(rows, "told", clean, run(model, noisy, DenoiseSettings(sigma=sigma), NO_FINDING))
            found = Denoise().examine(Photo(noisy))
            scored(rows, "found", clean, run(model, noisy, DenoiseSettings(), found))
            if other:
                scored(rows, "other model", clean, run(other, noisy, DenoiseSettings(sigma=sigma), NO_FINDING))
        table[f"sigma {sigma}"] = means(rows)
    return table


def camera_noise(photos: Sequence[Rgb], model: LoadedModel, other: LoadedModel | None, *, nlm: bool) -> dict[str, Any]:
    """Photos enlarged by 1.5, taken with a simulated camera, saved as JPEG, and restored as the studio does it."""
    table: dict[str, Any] = {}
    for iso in ISOS:
        rows: dict[str, list[float]] = {}
        for index, scene in enumerate(photos):
            shot = take_picture(scene, iso, np.random.default_rng(iso + index))
            noisy = jpeg(shot, 92) if index % 2 else shot.noisy
            clean = shot.clean.astype(np.float32) / np.float32(255)
            scored(rows, "nothing", clean, noisy / 255)
            rows.setdefault("noise found", []).append(found_level(noisy))
            rows.setdefault("noise there", []).append(float((noisy.astype(np.float32) - shot.clean).std()))
            scored(rows, "ours", clean, studio(model, noisy))
            if nlm:
                scored(rows, "OpenCV NLM", clean, best_nlm(noisy, shot.clean))
            if other:
                scored(rows, "other model", clean, studio(other, noisy))
        table[f"ISO {iso}"] = means(rows)
    return table


def tone(photos: Sequence[Rgb], model: LoadedModel) -> dict[str, Any]:
    """How far denoising moves mean brightness of whole photos, and every channel of flat grey and coloured areas."""
    luma = 0.0
    for index, clean in enumerate(photos):
        for sigma in SIGMAS:
            noise = np.random.default_rng(index).standard_normal(clean.shape, dtype=np.float32)
            noisy = clean + noise * np.float32(sigma / 255)
            restored = run(model, noisy, DenoiseSettings(sigma=sigma), NO_FINDING)
            luma = max(luma, abs(float(((restored - clean.clip(0, 1)) @ LUMA).mean())) * 255)
    flat = 0.0
    for index, colour in enumerate(FLAT_COLOURS):
        clean = np.full((512, 512, 3), np.array(colour, dtype=np.float32) / 255)
        for sigma in (0, 1, 5, 15, 25, 50, 60):
            noise = np.random.default_rng(index).standard_normal(clean.shape, dtype=np.float32)
            noise -= noise.mean(axis=(0, 1))  # so that what moves is the network's doing
            restored = run(model, clean + noise * np.float32(sigma / 255), DenoiseSettings(sigma=sigma), NO_FINDING)
            flat = max(flat, float(np.abs((restored - clean).mean(axis=(0, 1))).max()) * 255)
    return {"mean luma of a photo": round(luma, 3), "any channel of a flat area": round(flat, 3)}


FLAT_COLOURS = ((128, 128, 128), (60, 60, 60), (200, 200, 200), (180, 120, 100), (90, 130, 190), (110, 140, 80))


def run(model: LoadedModel, noisy: Rgb, settings: DenoiseSettings, finding: Finding) -> Rgb:
    """One pass through the network in the studio's precision, without the 8-bit file in between."""
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        return to_tile(Denoise().restore(model.net, to_tensor(noisy), settings, finding, Place(0, 0, *noisy.shape[:2])))


def studio(model: LoadedModel, noisy: U8) -> Rgb:
    """A photo as the studio restores it, the noise level found by itself."""
    restoration = Restorer(model).restore(Photo(noisy), Denoise(), DenoiseSettings(), Progress())
    return to_rgb(restoration.full.pixels)


def found_level(noisy: U8) -> float:
    """The noise level that the studio shows."""
    return Denoise().examine(Photo(noisy)).values["sigma"]


def best_nlm(noisy: U8, clean: U8) -> Rgb:
    """OpenCV's non-local means at the best of three strengths, which nobody could know without the clean photo."""
    level = float((noisy.astype(np.float32) - clean).std())
    results = [cv2.fastNlMeansDenoisingColored(noisy, None, h, h) for h in (0.4 * level, 0.7 * level, level)]
    return max(results, key=lambda r: psnr(r, clean, 255)).astype(np.float32) / np.float32(255)


def jpeg(shot: Shot, quality: int) -> U8:
    """Through a real encoder and decoder, 4:2:0."""
    buffer = io.BytesIO()
    Image.fromarray(shot.noisy).save(buffer, "JPEG", quality=quality)
    return np.asarray(Image.open(buffer))


def scored(rows: dict[str, list[float]], name: str, clean: NDArray[Any], result: NDArray[Any]) -> None:
    """Add the PSNR of a result, rounded to 8 bits unless it is the noisy photo itself."""
    rounded = result if name == "nothing" else np.rint(result.clip(0, 1) * 255) / 255
    rows.setdefault(name, []).append(psnr(rounded, clean))


def means(rows: dict[str, list[float]]) -> dict[str, float]:
    """Means over the photos, to a hundredth."""
    return {name: round(float(np.mean(values)), 2) for name, values in rows.items()}


if __name__ == "__main__":
    main()
