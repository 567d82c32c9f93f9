"""A variable-rate autoencoder for compression that begins as the principal component transform of 8×8 blocks."""

from typing import NamedTuple, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.entropy.context import CHANNELS, MEANS, QUALITIES, STEP_ONE, ContextModel, Quality, shapes
from aestudio.models.networks.between import between
from aestudio.models.networks.latent_rate import LatentRate

CELL = 8  # pixels to a side of one place of the latent
LATENTS = 3 * CELL * CELL
assert LATENTS == CHANNELS
LEVELS = 255.0  # the latent is counted in levels of an 8-bit photo
FINEST, COARSEST = 4.0, 200.0  # steps that training starts with, at the highest and the lowest quality
SLOPE = 0.14  # squared error that one bit is worth, in squared steps: between a uniform quantiser's and a dead zone's
DEAD_ZONE = 0.06  # of a step, on either side
IMPATIENT, PATIENT = 0.25, 0.7  # patience at the lowest and the highest quality, read off eight training photos
SLOW = 0.1  # the principal components learn so much slower than the rest


Level = TypeVar("Level", float, Tensor)


class Compressed(NamedTuple):
    """What comes back of N photos, (N, 3, H, W) and not clamped, and what they cost, (N,) bits."""

    photo: Tensor
    bits: Tensor


class ConditionedBlock(nn.Module):
    """Two convolutions beside the identity, weighted channel by channel as the quality asks.

    The second one starts at zero: a block does nothing until it has learnt to.
    """

    def __init__(self, channels: int, qualities: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)
        self.gain = nn.Parameter(torch.ones(qualities, channels))
        nn.init.kaiming_normal_(self.conv1.weight, nonlinearity="relu")
        nn.init.zeros_(self.conv1.bias)  # type: ignore[arg-type]  # it has a bias
        nn.init.zeros_(self.conv2.weight)
        nn.init.zeros_(self.conv2.bias)  # type: ignore[arg-type]

    def forward(self, x: Tensor, level: Tensor) -> Tensor:
        inner = F.relu(self.conv1(x)) * between(self.gain, level)[:, :, None, None].to(x.dtype)
        out: Tensor = x + self.conv2(inner)
        return out


class Branch(nn.Module):
    """What convolutions add to a linear transform; nothing at first."""

    def __init__(self, inputs: int, channels: int, outputs: int, blocks: int, qualities: int) -> None:
        super().__init__()
        self.head = nn.Conv2d(inputs, channels, 1)
        self.blocks = nn.ModuleList(ConditionedBlock(channels, qualities) for _ in range(blocks))
        self.tail = nn.Conv2d(channels, outputs, 3, padding=1)
        nn.init.zeros_(self.tail.weight)
        nn.init.zeros_(self.tail.bias)  # type: ignore[arg-type]

    def forward(self, x: Tensor, level: Tensor) -> Tensor:
        x = self.head(x)
        for block in self.blocks:
            x = block(x, level)
        out: Tensor = self.tail(F.relu(x))
        return out


class PrincipalCodec(nn.Module):
    """Photo to latent and back:

        x ─ 8×8 blocks ─┬─ components ─┬─ + ─ y ─ round(y / step) ─ y_hat ─┬─ components ─┬─ + ─ filter ─ x_hat
                        └── encoder ───┘                                   └── decoder ───┘

    The linear path is the Karhunen-Loève transform, which is the best linear autoencoder (Baldi and Hornik, Neural
    Networks 1989); encoder, decoder and filter add what convolutions can (Ballé et al., ICLR 2018). One set of weights
    serves all qualities: each has steps of its own for every latent channel, which are the inverse of the gain units of
    Cui et al. (CVPR 2021), and so have the channels of every block.
    `level` is a quality from 0 (small files) to `qualities` - 1 (fine steps), and may lie between two of them.
    """

    components: Tensor
    multiple_of = 2 * CELL
    encoding = ("encoder", "change_of_analysis")
    told = 4.0  # where a test feeds one value for all that is not the photo

    def __init__(
        self,
        channels: int = 128,
        encoder_blocks: int = 4,
        decoder_blocks: int = 5,
        filters: int = 32,
        filter_blocks: int = 1,
        qualities: int = QUALITIES,
        adaptation: int = 0,  # of a tile's tables, see ContextModel
    ) -> None:
        super().__init__()
        self.qualities = qualities
        self.adaptation = adaptation
        self.register_buffer("components", torch.eye(LATENTS))  # rows; of the training photos, once training starts
        self.change_of_analysis = nn.Parameter(torch.zeros(LATENTS, LATENTS))
        self.change_of_synthesis = nn.Parameter(torch.zeros(LATENTS, LATENTS))
        self.log_steps = nn.Parameter(
            torch.linspace(0, 1, qualities)[:, None] * torch.full((1, LATENTS), FINEST / COARSEST).log()
            + torch.tensor(COARSEST).log()
        )
        self.encoder = Branch(LATENTS, channels, LATENTS, encoder_blocks, qualities)
        self.decoder = Branch(LATENTS, channels, LATENTS, decoder_blocks, qualities)
        self.filter = Branch(3 * 4, filters, 3 * 4, filter_blocks, qualities)
        self.rate = LatentRate(qualities)
        for name, shape in shapes(qualities).items():  # of the ContextModel, once training has ended
            self.register_buffer(f"context_{name}", torch.zeros(shape, dtype=torch.int32))

    def forward(self, x: Tensor) -> Compressed:
        """(N, 4, H, W), photos in [0, 1] and everywhere the level of quality, to what comes back and the bits it cost.

        H and W are multiples of 16.
        """
        level = x[:, 3, 0, 0].float()
        step = self.steps(level)
        y = self.analyse(x[:, :3], level)
        symbols = self.chosen(y, step, level)
        rounding = symbols - y / step
        noise = torch.rand_like(y) - 0.5 if self.training else rounding
        bits = self.rate(y, step, level, noise, symbols)
        y_hat = (y / step + rounding.detach()) * step
        return Compressed(self.synthesise(y_hat, level), bits.sum((1, 2, 3)))

    def steps(self, level: Tensor) -> Tensor:
        """The width of a step for each of N qualities and each channel, (N, C, 1, 1), in levels of an 8-bit photo."""
        return between(self.log_steps, level).exp()[:, :, None, None]

    def chosen(self, y: Tensor, step: Tensor, level: Tensor) -> Tensor:
        """The whole steps that a latent becomes, as an encoder will choose them, by the expectations of training."""
        worth = step**2 * bits_for_error(level, self.qualities)[:, None, None, None]
        return self.rate.chosen(y, step, level, worth, patience(level, self.qualities))

    def synthesis_rows(self) -> Tensor:
        """What a whole level in each latent channel adds to a block by the linear path, (C, C)."""
        return self.components + SLOW * self.change_of_synthesis

    def analyse(self, x: Tensor, level: Tensor) -> Tensor:
        """The latent y, float32 (N, C, H/8, W/8), of photos (N, 3, H, W) in [0, 1]; H and W are multiples of 8."""
        blocks = F.pixel_unshuffle(x - 0.5, CELL)
        with torch.autocast(x.device.type, enabled=False):  # bfloat16 is too coarse for bright areas
            linear = _at_each_place(self.components + SLOW * self.change_of_analysis, blocks.float() * LEVELS)
        added = self.encoder(blocks.to(self.encoder.head.weight.dtype), level)
        y: Tensor = linear + added.float()
        return y

    def synthesise(self, y_hat: Tensor, level: Tensor) -> Tensor:
        """Photos (N, 3, H, W) of latents (N, C, H/8, W/8), float32; not clamped to [0, 1]."""
        with torch.autocast(y_hat.device.type, enabled=False):
            blocks = _at_each_place(self.synthesis_rows().T, y_hat.float() / LEVELS)
        dtype = self.decoder.head.weight.dtype
        blocks = blocks + self.decoder(blocks.to(dtype), level).float()
        x = F.pixel_shuffle(blocks, CELL)
        filtered: Tensor = self.filter(F.pixel_unshuffle(x, 2).to(dtype), level)
        return x + 0.5 + F.pixel_shuffle(filtered, 2).float()


def context_model(net: PrincipalCodec) -> ContextModel:
    """What codes the network's latents."""
    parts = {name: net.get_buffer(f"context_{name}").cpu().numpy() for name in shapes(net.qualities)}
    return ContextModel(**parts, adaptation=net.adaptation)


def quantised(latent: Tensor) -> Tensor:
    """Whole steps: rounded, but nearer to zero where that saves more bits than it costs (a dead zone).

    The mean colour is simply rounded: it is coded as its difference from what lies around.
    """
    dead = torch.full((latent.shape[1], 1, 1), DEAD_ZONE, device=latent.device)
    dead[:MEANS] = 0
    return latent.sign() * (latent.abs() + 0.5 - dead).floor()


def bits_for_error(level: Level, qualities: int) -> Level:
    """What a squared error of one level of an 8-bit photo is worth in bits, at a level of quality: training's price."""
    step: Level = COARSEST * (FINEST / COARSEST) ** (level / (qualities - 1))
    return 1 / (SLOPE * step**2)


def patience(level: Level, qualities: int) -> Level:
    """The share of the bits a symbol saves that counts where it is chosen, see aestudio.entropy.choosing."""
    share: Level = IMPATIENT + (PATIENT - IMPATIENT) * (level / (qualities - 1))
    return share


def symbols_of(net: PrincipalCodec, model: ContextModel, photo: Tensor, quality: Quality) -> NDArray[np.int32]:
    """The symbols (C, H/8, W/8) of a photo (1, 3, H, W), whose sides are multiples of 16."""
    level = torch.full((1,), quality.level, device=photo.device)
    step = torch.from_numpy(quality.mix(model.steps) / STEP_ONE).to(photo.device, torch.float32)[None, :, None, None]
    with torch.inference_mode():
        chosen = net.chosen(net.analyse(photo, level), step, level)
        symbols: NDArray[np.int32] = chosen[0].to(torch.int32).cpu().numpy()
    return symbols


def _at_each_place(matrix: Tensor, x: Tensor) -> Tensor:
    out: Tensor = F.conv2d(x, matrix[:, :, None, None])
    return out


def principal_components(blocks: Tensor) -> Tensor:
    """The principal components of (B, C) blocks around 0, as rows, those of the largest variance first.

    The three that hold the mean colour come before all others: they are coded first, and foretell the rest.
    """
    _, vectors = torch.linalg.eigh(blocks.T.double() @ blocks.double())
    rows = vectors.T.flip(0)
    means = torch.zeros(3, LATENTS, dtype=torch.float64, device=blocks.device)
    for colour in range(3):
        means[colour, colour * CELL * CELL : (colour + 1) * CELL * CELL] = 1 / CELL
    flat = (rows @ means.T).square().sum(1)
    first = sorted(flat.argsort(descending=True)[:3].tolist())
    rest = [row for row in range(LATENTS) if row not in first]
    components: Tensor = rows[first + rest].float()
    return components


def kmac_each_way(net: PrincipalCodec) -> tuple[float, float]:
    """Thousands of multiply-accumulates for each pixel: to encode, to decode."""

    def weights(branch: nn.Module) -> int:
        return sum(m.weight.numel() for m in branch.modules() if isinstance(m, nn.Conv2d))

    linear = LATENTS * LATENTS
    encode = (linear + weights(net.encoder)) / CELL**2
    decode = (linear + weights(net.decoder)) / CELL**2 + weights(net.filter) / 4
    return encode / 1000, decode / 1000
