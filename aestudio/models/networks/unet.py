"""A convolutional autoencoder with skip connections, made for processors: dense 3×3 convolutions at few pixels."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.models.networks.levels import Levelled


class ResidualBlock(nn.Module):
    """x + conv(relu(conv(x))): EDSR's block, without normalisation (Lim et al., CVPRW 2017)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        branch: Tensor = self.conv2(F.relu(self.conv1(x), inplace=True))
        return x + branch


def residual_blocks(channels: int, count: int) -> nn.Sequential:
    """`count` of them, one after the other."""
    return nn.Sequential(*(ResidualBlock(channels) for _ in range(count)))


class DenoisingUNet(Levelled):
    """Estimates the noise of a photo and subtracts it (residual learning: Zhang et al., IEEE TIP 2017).

    Data flow, with sizes relative to the photo:

        (x, sigma) -> unshuffle 1/2 -> encoder 1/2 -> encoder 1/4 -> bottleneck 1/8 = code z
                                         | skip         | skip            |
        x_hat = x - shuffle(tail) <- decoder 1/2  <- decoder 1/4  <-------+

    The U shape with additive skips is DRUNet's (Zhang et al., IEEE TPAMI 2021); working on 2×2 pixel groups and the
    noise level map are FFDNet's (Zhang et al., IEEE TIP 2018).

    `channels` are those at 1/2, 1/4 and 1/8 of the photo's side; `blocks` the residual blocks of encoder 1/2,
    encoder 1/4, bottleneck, decoder 1/4, decoder 1/2.
    """

    multiple_of = 8
    inner = (("down1", "encoder2", "decoder2", "up1"), ("down2", "bottleneck", "up2"))
    encoding = ("head", "encoder1", "down1", "encoder2", "down2", "bottleneck")

    def __init__(self, channels: Sequence[int] = (48, 96, 192), blocks: Sequence[int] = (1, 2, 2, 2, 1)) -> None:
        super().__init__()
        c1, c2, c3 = channels
        b1, b2, b3, b4, b5 = blocks
        self.head = nn.Conv2d(3 * 4 + 1, c1, 3, padding=1)
        self.encoder1 = residual_blocks(c1, b1)
        self.down1 = nn.Conv2d(c1, c2, 2, stride=2)
        self.encoder2 = residual_blocks(c2, b2)
        self.down2 = nn.Conv2d(c2, c3, 2, stride=2)
        self.bottleneck = residual_blocks(c3, b3)
        self.up2 = nn.ConvTranspose2d(c3, c2, 2, stride=2)
        self.decoder2 = residual_blocks(c2, b4)
        self.up1 = nn.ConvTranspose2d(c2, c1, 2, stride=2)
        self.decoder1 = residual_blocks(c1, b5)
        self.tail = nn.Conv2d(c1, 3 * 4, 1)
        self._init_weights()

    def _init_weights(self) -> None:
        """Each residual branch starts at zero, so that training starts from the unchanged photo."""
        for module in self.modules():
            if isinstance(module, ResidualBlock):
                nn.init.kaiming_normal_(module.conv1.weight, nonlinearity="relu")
                nn.init.zeros_(module.conv2.weight)
        nn.init.zeros_(self.tail.weight)
        for module in self.modules():
            if isinstance(module, nn.Conv2d | nn.ConvTranspose2d) and module.bias is not None:
                nn.init.zeros_(module.bias)

    def noise(self, x: Tensor) -> Tensor:
        """(N, 4, H, W), as `forward` takes it, to (N, 3, H, W)."""
        image, sigma = x[:, :3], x[:, 3:]
        half = torch.cat((F.pixel_unshuffle(image, 2), F.avg_pool2d(sigma, 2)), dim=1)
        # cat and pixel_unshuffle forget channels-last, and every convolution after them would pay for it
        half = half.contiguous(memory_format=torch.channels_last)
        y = self.encoder1(self.head(half))
        if self.depth > 1:
            skip1, y = y, self.encoder2(self.down1(y))
            if self.depth > 2:
                y = self.up2(self.bottleneck(self.down2(y))) + y
            y = self.up1(self.decoder2(y)) + skip1
        return F.pixel_shuffle(self.tail(self.decoder1(y)), 2)

    def forward(self, x: Tensor) -> Tensor:
        """Denoise.

        `x` is (N, 4, H, W): the photo in [0, 1] and the standard deviation of its noise on the same scale, H and W
        multiples of 8. The result is (N, 3, H, W), not clipped: the loss needs what lies outside [0, 1].
        """
        return x[:, :3] - self.noise(x).to(x.dtype)
