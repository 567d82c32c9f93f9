"""The denoising U-Net as the processor likes it: the same numbers, with fewer trips through memory.

Beside its convolutions, a network spends its time on memory: ReLU, the additions of residuals and skips, and the
shuffling of pixels each read and write a whole map. Here ReLU and residuals are computed inside the convolution that
makes their input, and each shuffle together with the neighbour that reads or writes the same pixels.
"""

import torch
from torch import Tensor, nn

from aestudio.models.networks.unet import DenoisingUNet, ResidualBlock

PACKED_FOR = 512  # side in pixels of the tile for which oneDNN arranges the weights; others work as well


def can_fuse(precision: torch.dtype) -> bool:
    """Whether this build of torch has oneDNN's fused convolutions, and they give the right result."""
    try:
        with torch.inference_mode():
            weight = torch.ones(16, 16, 3, 3, dtype=precision)
            conv = FusedConv(weight, torch.full((16,), -200.0, dtype=precision), padding=1, side=4)
            ones = torch.ones(1, 16, 4, 4, dtype=precision).contiguous(memory_format=torch.channels_last)
            plain = torch.nn.functional.conv2d(ones, weight, torch.full((16,), -200.0, dtype=precision), padding=1)
            return torch.equal(conv(ones, relu=True), plain.relu()) and torch.equal(
                conv.add_to(torch.ones_like(ones), ones), plain + 1
            )
    except (AttributeError, RuntimeError, TypeError):  # the operators are not public: a release may change them
        return False


class FusedConv:
    """A convolution with its weights arranged for oneDNN, and with what follows it built in."""

    def __init__(self, weight: Tensor, bias: Tensor, *, stride: int = 1, padding: int = 0, side: int) -> None:
        """`weight` is (C_out, C_in, k, k); `side` is that of the maps it will mostly work on."""
        self._geometry = ((padding, padding), (stride, stride), (1, 1), 1)
        weight = weight.contiguous(memory_format=torch.channels_last)
        shape = (1, weight.shape[1], side, side)
        self._weight = torch.ops.mkldnn._reorder_convolution_weight(weight, *self._geometry, shape)
        self._bias = bias.contiguous()

    def __call__(self, x: Tensor, *, relu: bool = False) -> Tensor:
        """conv(x) or relu(conv(x)); maps are channels-last."""
        attr = "relu" if relu else "none"
        y: Tensor = torch.ops.mkldnn._convolution_pointwise(x, self._weight, self._bias, *self._geometry, attr, [], "")
        return y

    def add_to(self, total: Tensor, x: Tensor) -> Tensor:
        """total + conv(x), written into `total`."""
        y: Tensor = torch.ops.mkldnn._convolution_pointwise_.binary(
            total, x, self._weight, self._bias, *self._geometry, "add", 1.0, None, [], None
        )
        return y


class FusedUNet(nn.Module):
    """Takes and gives what `DenoisingUNet` does, for inference on the processor."""

    def __init__(self, net: DenoisingUNet, precision: torch.dtype) -> None:
        super().__init__()
        self._precision = precision
        half, quarter, eighth = PACKED_FOR // 2, PACKED_FOR // 4, PACKED_FOR // 8

        def weights(conv: nn.Conv2d | nn.ConvTranspose2d) -> tuple[Tensor, Tensor]:
            weight = conv.weight.detach().float()
            bias = torch.zeros(conv.out_channels) if conv.bias is None else conv.bias.detach().float()
            return weight, bias

        def made(weight: Tensor, bias: Tensor, side: int, stride: int = 1, padding: int = 0) -> FusedConv:
            return FusedConv(weight.to(precision), bias.to(precision), stride=stride, padding=padding, side=side)

        def blocks(stage: nn.Sequential, side: int) -> list[tuple[FusedConv, FusedConv]]:
            return [
                (made(*weights(b.conv1), side, padding=1), made(*weights(b.conv2), side, padding=1))
                for b in stage
                if isinstance(b, ResidualBlock)
            ]

        self._head = made(*_at_full_size(*weights(net.head)), PACKED_FOR, stride=2, padding=2)
        self._down1 = made(*weights(net.down1), half, stride=2)
        self._down2 = made(*weights(net.down2), quarter, stride=2)
        self._up2 = made(*_as_pointwise(*weights(net.up2)), eighth)
        self._up1 = made(*_as_pointwise(*weights(net.up1)), quarter)
        self._tail = made(*_colours_last(*weights(net.tail)), half)
        self._encoder1 = blocks(net.encoder1, half)
        self._encoder2 = blocks(net.encoder2, quarter)
        self._bottleneck = blocks(net.bottleneck, eighth)
        self._decoder2 = blocks(net.decoder2, quarter)
        self._decoder1 = blocks(net.decoder1, half)

    def forward(self, x: Tensor) -> Tensor:
        """See `DenoisingUNet.forward`."""
        photo = x[:, :3].contiguous(memory_format=torch.channels_last)
        skip1 = _through(self._encoder1, self._head(x.to(self._precision, memory_format=torch.channels_last)))
        skip2 = _through(self._encoder2, self._down1(skip1))
        z = _through(self._bottleneck, self._down2(skip2))
        y = _through(self._decoder2, _add_up(skip2, self._up2(z)))
        y = _through(self._decoder1, _add_up(skip1, self._up1(y)))
        return _subtract(photo, self._tail(y))


def _through(blocks: list[tuple[FusedConv, FusedConv]], x: Tensor) -> Tensor:
    """Residual blocks, written over `x`."""
    for conv1, conv2 in blocks:
        x = conv2.add_to(x, conv1(x, relu=True))
    return x


def _add_up(skip: Tensor, y: Tensor) -> Tensor:
    """Add `y`, (N, 4 * C, h, w), to `skip`, (N, C, 2 * h, 2 * w): four channel groups to each 2×2 pixels."""
    n, c4, h, w = y.shape
    into = skip.permute(0, 2, 3, 1).view(n, h, 2, w, c4 // 2)  # two neighbours of a row side by side
    into += y.permute(0, 2, 3, 1).view(n, h, w, 2, c4 // 2).transpose(2, 3)
    return skip


def _subtract(photo: Tensor, noise: Tensor) -> Tensor:
    """Photo, (N, 3, H, W) float32, less noise, (N, 12, H/2, W/2): computed in the photo's float32."""
    n, _, h, w = noise.shape
    rows = photo.permute(0, 2, 3, 1).reshape(n, h, 2, w, 6)
    left = rows - noise.permute(0, 2, 3, 1).reshape(n, h, w, 2, 6).transpose(2, 3)
    return left.view(n, 2 * h, 2 * w, 3).permute(0, 3, 1, 2)


def _at_full_size(weight: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
    """A 3×3 convolution after pixel-unshuffle is a 6×6 one with stride 2 on the pixels themselves.

    (C, 12 + 1, 3, 3) to (C, 3 + 1, 6, 6); the noise level was averaged over 2×2 pixels.
    """
    c = weight.shape[0]
    image = weight[:, :12].reshape(c, 3, 2, 2, 3, 3).permute(0, 1, 4, 2, 5, 3).reshape(c, 3, 6, 6)
    sigma = weight[:, 12:].repeat_interleave(2, dim=2).repeat_interleave(2, dim=3) / 4
    return torch.cat((image, sigma), dim=1), bias


def _as_pointwise(weight: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
    """A 2×2 transposed convolution with stride 2 is a 1×1 convolution to four channel groups; see `_add_up`.

    (C_in, C_out, 2, 2) to (4 * C_out, C_in, 1, 1).
    """
    c_in = weight.shape[0]
    return weight.permute(2, 3, 1, 0).reshape(-1, c_in, 1, 1), bias.repeat(4)


def _colours_last(weight: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
    """Reorder 3 * 4 output channels from colour, row, column to row, column, colour: the order of pixels in memory."""
    order = torch.arange(12).view(3, 4).t().reshape(12)
    return weight[order], bias[order]
