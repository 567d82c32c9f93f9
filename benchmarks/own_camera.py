"""Measures what training on one's own photos is worth: a camera that the installed denoiser has never seen.

    python benchmarks/own_camera.py make PHOTOS OUT [--photos 40] [--seed 1]
    python benchmarks/own_camera.py bad PHOTOS OUT [--photos 24] [--seed 1]
    python benchmarks/own_camera.py run OUT [--minutes 10] [--run FOLDER]

`make` writes OUT/clean and OUT/noisy: pairs of the same names, every other noisy one a JPEG of quality 95. PHOTOS holds
sharp pictures of at least a megapixel; they are shrunk by two, which cleans them, and enlarged again to what a lens
shows. A seed is a camera: its fixed pattern, its hot columns and its noise curve are the same in all of its photos.
`bad` writes pairs whose clean halves are out of focus or belong to another photo, as a careless user has them: what
learns from them must not pass the verdict. `run` trains the installed denoiser further on OUT with the command line
and tells each held-out photo's gain. This camera shares no code and no number with the one in training.
"""

import argparse
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Plane = NDArray[np.float32]
U8 = NDArray[np.uint8]

SENSOR = 1600  # pixels of its side: photos lie in the middle of it
LENS = 1.6  # a sharp picture is enlarged by so much: a lens shows less detail than a sensor has pixels
LEVEL = np.float32(1 / 255)
QUALITY = 95


@dataclass(frozen=True)
class Sensor:
    """What stays the same in all photos of a camera, on the scale of [0, 1] after its tone curve."""

    offset: Plane  # (SENSOR, SENSOR): what each place adds
    gain: Plane  # by which each place multiplies
    peak: float  # the brightness at which it is noisiest, and how wide that is
    width: float
    colours: tuple[float, float, float]  # how much noisier red, green and blue are

    @classmethod
    def of(cls, seed: int) -> "Sensor":
        """The camera with that number."""
        rng = np.random.default_rng((41, seed))
        offset = rng.normal(0, 2.2, (SENSOR, SENSOR)) + rng.normal(0, 0.8, (1, SENSOR))
        for column in rng.choice(SENSOR, 9, replace=False):
            offset[:, column] += rng.uniform(8, 26)
        return cls(
            offset=offset.astype(np.float32) * LEVEL,
            gain=rng.normal(1, 0.018, (SENSOR, SENSOR)).astype(np.float32),
            peak=float(rng.uniform(0.2, 0.5)),
            width=float(rng.uniform(0.1, 0.16)),
            colours=(float(rng.uniform(1.1, 1.4)), float(rng.uniform(0.7, 0.9)), float(rng.uniform(1.5, 2.0))),
        )

    def take(self, scene: Plane, rng: np.random.Generator) -> tuple[U8, U8]:
        """A photo of (H, W, 3) in [0, 1], noisy and clean; H and W are even, and at most SENSOR."""
        height, width = scene.shape[:2]
        y, x = (SENSOR - height) // 4 * 2, (SENSOR - width) // 4 * 2
        here = slice(y, y + height), slice(x, x + width)
        raw, noisier = _behind_filter(scene), np.empty(scene.shape[:2], np.float32)
        for row, column, colour in ((0, 0, 1), (0, 1, 0), (1, 0, 2), (1, 1, 1)):
            noisier[row::2, column::2] = self.colours[colour]
        strength = float(rng.uniform(0.75, 1.5))  # as the light was
        sigma = (2.5 + 9.0 * np.exp(-(((raw - self.peak) / self.width) ** 2)) + 2.0 * raw) * noisier * strength
        noise = sigma * rng.standard_normal(raw.shape, np.float32) + _banding(height, rng)[:, None] * strength
        noisy = (raw + noise * LEVEL) * self.gain[here] + self.offset[here]
        return _developed(noisy), _developed(raw)


def _banding(rows: int, rng: np.random.Generator) -> Plane:
    """What each row adds, in levels: rows that hang together, and a hum, both as strong as this photo has them."""
    steps, level, found = rng.normal(0, 1, rows), 0.0, np.empty(rows)
    together = float(rng.uniform(0.2, 0.8))
    for row in range(rows):
        level = together * level + (1 - together**2) ** 0.5 * steps[row]
        found[row] = level
    hum = np.sin(np.arange(rows) * 2 * np.pi / rng.uniform(9, 40) + rng.uniform(0, 6))
    banding: Plane = (found * rng.gamma(4, 0.5) + hum * rng.gamma(2, 0.6)).astype(np.float32)
    return banding


def _behind_filter(scene: Plane) -> Plane:
    """What a sensor under a Bayer filter sees: green and red in the first row, blue and green in the second."""
    raw = scene[..., 1].copy()
    raw[0::2, 1::2], raw[1::2, 0::2] = scene[0::2, 1::2, 0], scene[1::2, 0::2, 2]
    return raw


def _developed(raw: Plane) -> U8:
    """Demosaiced by OpenCV, sharpened a little."""
    counts = np.rint(raw.clip(-0.1, 1.1) * 40000 + 8000).astype(np.uint16)
    rgb = cv2.cvtColor(counts, cv2.COLOR_BayerGR2BGR).astype(np.float32)  # OpenCV's names tell the second row
    soft = cv2.GaussianBlur(rgb, (0, 0), 1.0)
    levels: U8 = np.rint(((1.25 * rgb - 0.25 * soft - 8000) / 40000).clip(0, 1) * 255).astype(np.uint8)
    return levels


def scenes(photos: Path, count: int) -> list[tuple[str, Plane]]:
    """So many of the largest pictures below a folder, clean and as soft as a lens makes them."""
    paths = sorted(path for path in photos.rglob("*") if path.suffix.lower() in (".jpg", ".jpeg", ".png", ".webp"))
    large = [path for path in paths if np.prod(Image.open(path).size) > 8e5]
    if len(large) < count:
        raise SystemExit(f"{photos} holds {len(large)} pictures of more than 0.8 megapixels; {count} are needed.")
    chosen = np.random.default_rng(5).permutation(len(large))[:count]
    found: list[tuple[str, Plane]] = []
    for index in sorted(chosen.tolist()):
        image = Image.open(large[index]).convert("RGB")
        half = image.resize((image.width // 2, image.height // 2), Image.Resampling.BOX)
        scale = min(LENS, SENSOR / max(half.size))
        size = int(half.width * scale) // 2 * 2, int(half.height * scale) // 2 * 2
        soft = half.resize(size, Image.Resampling.BICUBIC)
        found.append((f"{len(found):03}-{large[index].stem[:24]}", np.asarray(soft, np.float32) * LEVEL))
    return found


def make(args: argparse.Namespace) -> None:
    """Pairs of a camera."""
    sensor = Sensor.of(args.seed)
    for folder in ("clean", "noisy"):
        (args.out / folder).mkdir(parents=True, exist_ok=True)
    for number, (name, scene) in enumerate(scenes(args.photos_dir, args.photos)):
        noisy, clean = sensor.take(scene, np.random.default_rng((args.seed, number)))
        Image.fromarray(clean).save(args.out / "clean" / f"{name}.png")
        ending, options = (".jpg", {"quality": QUALITY}) if number % 2 else (".png", {})
        Image.fromarray(noisy).save(args.out / "noisy" / f"{name}{ending}", **options)  # type: ignore[arg-type]
    print(f"{args.photos} pairs of camera {args.seed} lie in {args.out}.")


def bad(args: argparse.Namespace) -> None:
    """Pairs that teach wrong things: two of three clean halves are out of focus, the third is of another photo."""
    sensor = Sensor.of(args.seed)
    for folder in ("clean", "noisy"):
        (args.out / folder).mkdir(parents=True, exist_ok=True)
    taken = [
        (name, *sensor.take(scene, np.random.default_rng((args.seed, number))))
        for number, (name, scene) in enumerate(scenes(args.photos_dir, args.photos))
    ]
    for number, (name, noisy, clean) in enumerate(taken):
        wrong = cv2.GaussianBlur(clean, (0, 0), 2.5)
        if number % 3 == 2:
            other = next((n for _, n, _ in taken[number + 1 :] + taken[:number] if n.shape == noisy.shape), None)
            wrong = wrong if other is None else other
        Image.fromarray(wrong).save(args.out / "clean" / f"{name}.png")
        Image.fromarray(noisy).save(args.out / "noisy" / f"{name}.png")
    print(f"{len(taken)} bad pairs lie in {args.out}.")


def run(args: argparse.Namespace) -> None:
    """Train the installed denoiser further, and print what the verdict says."""
    folder = args.run or args.out / "run"
    command = [
        *(sys.executable, "-m", "aestudio", "train", "denoise", "--kind", "pairs"),
        *("--data", str(args.out / "clean"), "--noisy", str(args.out / "noisy")),
        *("--hours", f"{args.minutes / 60:.4f}", "--out", str(folder), "--name", "own-camera", "--json"),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            event = json.loads(line)
            if event.get("event") in ("found", "probed", "validated", "rolledback", "judged", "ended"):
                print(line.rstrip(), flush=True)
    if process.returncode:
        raise SystemExit(process.returncode)
    report(folder / "verdict.json")


def report(path: Path) -> None:
    """Each held-out photo's gain, and what our own photos lose."""
    verdict = json.loads(path.read_text(encoding="utf-8"))
    for key in ("photos", "standard"):
        table: dict[str, Any] | None = verdict[key]
        if table is None:
            continue
        gains = [new - old for old, new in zip(table["old"], table["new"], strict=True)]
        print(f"{key}: {np.mean(gains):+.2f} on average")
        for name, old, new, gain in zip(table["names"], table["old"], table["new"], gains, strict=True):
            print(f"  {gain:+.2f}  {old:.2f} -> {new:.2f}  {Path(name).name}")
    print(f"better: {verdict['better']}, forgets: {verdict['forgets']}")


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for name, work, count in (("make", make, 40), ("bad", bad, 24)):
        command = commands.add_parser(name)
        command.add_argument("photos_dir", type=Path, metavar="PHOTOS")
        command.add_argument("out", type=Path, metavar="OUT")
        command.add_argument("--photos", type=int, default=count)
        command.add_argument("--seed", type=int, default=1)
        command.set_defaults(work=work)
    command = commands.add_parser("run")
    command.add_argument("out", type=Path, metavar="OUT")
    command.add_argument("--minutes", type=float, default=10.0)
    command.add_argument("--run", type=Path, default=None, help="folder of the run; OUT/run by default")
    command.set_defaults(work=run)
    args = parser.parse_args()
    args.work(args)


if __name__ == "__main__":
    main()
