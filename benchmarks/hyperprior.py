"""What whole-number tables cost against a hyperprior in floating point, on the very same symbols.

    python benchmarks/hyperprior.py PHOTOS --data TRAINING [--steps 3000]

A mean and scale hyperprior (Minnen, Ballé and Toderici, NeurIPS 2018) is trained on the latents of the installed codec,
whose transforms stay as they are, and its entropy is estimated, as papers do, on the symbols of PHOTOS. Beside it stand
the bytes of our tiles, which are real, and the entropy that our tables promise for them. TRAINING is a folder with the
folders of models/compress.toml.

The hyperprior is no rival: its probabilities hang on floating point, and a stream coded with them is garbage on a
machine that rounds differently.
"""

import argparse
import math
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from aestudio.codec.codec import TILE, Codec
from aestudio.codec.lab import colours
from aestudio.engine.device import Device, fast_precision
from aestudio.entropy.context import CHANNELS, Quality
from aestudio.images.io import photo_paths, read_photo
from aestudio.models.catalog import card_path
from aestudio.models.loader import load_model
from aestudio.models.networks.codec import CELL, PrincipalCodec, context_model, quantised, symbols_of
from aestudio.progress import Progress
from aestudio.training.data.dataset import load_pool
from aestudio.training.data.pool import PhotoPool
from aestudio.training.recipe import read_recipe

LEVELS = (0, 128, 256, 384, 512, 640, 768, 896)  # of quality, as Codec.encode counts it
SMALLEST = 0.05  # standard deviation, in steps


class Hyperprior(nn.Module):
    """Mean and scale of each symbol from side information at a quarter of the latent's resolution."""

    def __init__(self, width: int = 192, side: int = 96) -> None:
        super().__init__()
        self.analysis = nn.Sequential(
            nn.Conv2d(CHANNELS + 1, width, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(width, width, 5, stride=2, padding=2),
            nn.ReLU(),
            nn.Conv2d(width, side, 5, stride=2, padding=2),
        )
        self.synthesis = nn.Sequential(
            nn.ConvTranspose2d(side + 1, width, 4, stride=2, padding=1),
            nn.ReLU(),
            nn.ConvTranspose2d(width, width, 4, stride=2, padding=1),
            nn.ReLU(),
            nn.Conv2d(width, 2 * CHANNELS, 3, padding=1),
        )
        self.spread = nn.Parameter(torch.zeros(side))  # of the side information: logistic
        self.middle = nn.Parameter(torch.zeros(side))

    def forward(self, symbols: Tensor, level: Tensor) -> Tensor:
        """Bits of each of N pictures' symbols (N, C, h, w), side information included."""
        count, _, height, width = symbols.shape
        # loud channels would drown the rest, and the mean colour is best told by differences
        compressed = symbols.sign() * torch.log1p(symbols.abs())
        z = self.analysis(torch.cat((compressed, _plane(level, height, width)), 1)).float()
        z = z + torch.rand_like(z) - 0.5 if self.training else z.round()
        scale = F.softplus(self.spread)[:, None, None] + 0.02
        away = z - self.middle[:, None, None]
        side = torch.sigmoid((away + 0.5) / scale) - torch.sigmoid((away - 0.5) / scale)
        told = self.synthesis(torch.cat((z, _plane(level, *z.shape[2:])), 1))[..., :height, :width].float()
        mean, spread = told[:, :CHANNELS], F.softplus(told[:, CHANNELS:]) + SMALLEST
        mean = mean.sign() * torch.expm1(mean.abs().clamp(max=6))
        own = _normal((symbols - mean + 0.5) / spread) - _normal((symbols - mean - 0.5) / spread)
        bits = -own.clamp(min=1e-9).log2().flatten(1).sum(1) - side.clamp(min=1e-9).log2().flatten(1).sum(1)
        return bits.view(count)


def _plane(level: Tensor, height: int, width: int) -> Tensor:
    return level.view(-1, 1, 1, 1).expand(-1, 1, height, width)


def _normal(x: Tensor) -> Tensor:
    return 0.5 * (1 + torch.erf(x / math.sqrt(2)))


def trained(net: PrincipalCodec, pool: PhotoPool, steps: int, rate: float = 1e-3) -> Hyperprior:
    """A hyperprior for the symbols of a codec."""
    prior = Hyperprior()
    optimizer = torch.optim.Adam(prior.parameters(), lr=rate)
    generator = torch.Generator().manual_seed(1)
    fast = fast_precision(torch.device("cpu")) == torch.bfloat16
    started = time.monotonic()
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = rate * 0.5 * (1 + math.cos(math.pi * step / steps))
        level = torch.rand(8, generator=generator) * (net.qualities - 1)
        with torch.autocast("cpu", torch.bfloat16, enabled=fast):
            with torch.no_grad():
                photos = pool.patches(8, 256, generator)
                symbols = quantised(net.analyse(photos, level) / net.steps(level))
            bits = prior(symbols, level / net.qualities)
        # each quality counts alike, as in the codec's own training
        loss = (bits / symbols[0].numel() / (0.02 + 0.3 * (level / net.qualities) ** 2)).mean()
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(prior.parameters(), 1.0)
        optimizer.step()
        if step % 250 == 0:
            print(f"step {step}, loss {float(loss.detach()):.3f}, {time.monotonic() - started:.0f} s", flush=True)
    return prior.eval()


def main() -> None:
    """Train, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--model", type=Path, default=None, help="card; the installed one if left out")
    args = parser.parse_args()
    card = args.model or card_path("compress")
    model = load_model(card, torch.device("cpu"))
    net = model.net
    assert isinstance(net, PrincipalCodec)
    recipe = read_recipe(card.with_suffix(".toml"))
    pool, _ = load_pool(args.data, recipe.folders, 256 + 16, Progress(), recipe.held_out, recipe.seed)
    prior = trained(net, pool, args.steps)
    codec = Codec(model, Device(torch.device("cpu"), torch.float32, ""))
    context = context_model(net)
    sums = np.zeros((len(LEVELS), 3))
    pixels = 0
    for path in photo_paths(args.photos):
        rgb = colours(read_photo(path).pixels)
        rgb = np.ascontiguousarray(rgb[: rgb.shape[0] // 16 * 16, : rgb.shape[1] // 16 * 16])
        pixels += rgb.shape[0] * rgb.shape[1]
        photo = torch.from_numpy(rgb).permute(2, 0, 1)[None].float() / 255
        for row, level in enumerate(LEVELS):
            quality = Quality.of(level, net.qualities)
            symbols = torch.from_numpy(symbols_of(net, context, photo, quality))[None].float()
            with torch.inference_mode():
                estimated = float(prior(symbols, torch.tensor([quality.level / net.qualities])))
            coded = codec.encode(rgb, level, Progress())
            code = codec.look(coded.tiles, rgb.shape[0], rgb.shape[1], TILE, level, Progress())
            sums[row] += estimated, 8 * coded.size, code.bits_by_channel.sum()
    print(f"latent {pixels // CELL**2 // 1000}k places; bits per pixel")
    print("quality  hyperprior, estimated  ours, real bytes  ours, by its tables  real above estimated")
    for level, (estimated, real, promised) in zip(LEVELS, sums, strict=True):
        figures = f"{estimated / pixels:.4f}  {real / pixels:.4f}  {promised / pixels:.4f}"
        print(f"{level:7}  {figures}  {real / estimated - 1:+.1%}")


if __name__ == "__main__":
    main()
