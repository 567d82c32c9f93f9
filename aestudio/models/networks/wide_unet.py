"""A U-Net that sees the whole photo: attention where it is smallest, convolutions elsewhere."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.models.networks.levels import Levelled
from aestudio.models.networks.unet import ResidualBlock, residual_blocks


class GlobalBlock(nn.Module):
    """Convolution, then attention from every place to every other: a sky is blue because of what lies below it.

    Pre-normalised as in vision transformers (Dosovitskiy et al., ICLR 2021); the convolution tells places apart, so
    that any size of photo will do.
    """

    def __init__(self, channels: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.local = ResidualBlock(channels)
        self.norm1 = nn.LayerNorm(channels)
        self.to_qkv = nn.Linear(channels, 3 * channels)
        self.project = nn.Linear(channels, channels)
        self.norm2 = nn.LayerNorm(channels)
        self.mlp = nn.Sequential(nn.Linear(channels, 2 * channels), nn.GELU(), nn.Linear(2 * channels, channels))

    def forward(self, x: Tensor) -> Tensor:
        x = self.local(x)
        n, c, h, w = x.shape
        tokens: Tensor = x.flatten(2).transpose(1, 2)
        qkv = self.to_qkv(self.norm1(tokens)).view(n, h * w, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(*qkv.unbind(0)).transpose(1, 2).reshape(n, h * w, c)
        tokens = tokens + self.project(mixed)
        tokens = tokens + self.mlp(self.norm2(tokens))
        return tokens.transpose(1, 2).reshape(n, c, h, w).contiguous(memory_format=torch.channels_last)


class WideUNet(Levelled):
    """The common part of networks that decide from the whole photo. Sizes are relative to the photo:

        half -> 1/2 -> 1/4 -> 1/8 -> 1/16: global blocks = code z
                 | skip  | skip  | skip         |
        features 1/2 <- 1/4 <- 1/8 <------------+

    `channels` are those at 1/2, 1/4, 1/8 and 1/16; `blocks` the residual blocks at each of them on the way down, and as
    many on the way up; at 1/16 the number of global blocks.
    """

    multiple_of = 16
    inner = (
        ("down1", "encoder2", "decoder2", "up1"),
        ("down2", "encoder3", "decoder3", "up2"),
        ("down3", "bottleneck", "up3"),
    )
    encoding = ("head", "encoder1", "down1", "encoder2", "down2", "encoder3", "down3", "bottleneck")

    def __init__(self, inputs: int, channels: Sequence[int], blocks: Sequence[int], heads: int) -> None:
        super().__init__()
        c1, c2, c3, c4 = channels
        b1, b2, b3, b4 = blocks
        self.head = nn.Conv2d(inputs, c1, 3, padding=1)
        self.encoder1, self.decoder1 = residual_blocks(c1, b1), residual_blocks(c1, b1)
        self.encoder2, self.decoder2 = residual_blocks(c2, b2), residual_blocks(c2, b2)
        self.encoder3, self.decoder3 = residual_blocks(c3, b3), residual_blocks(c3, b3)
        self.down1, self.up1 = nn.Conv2d(c1, c2, 2, stride=2), nn.ConvTranspose2d(c2, c1, 2, stride=2)
        self.down2, self.up2 = nn.Conv2d(c2, c3, 2, stride=2), nn.ConvTranspose2d(c3, c2, 2, stride=2)
        self.down3, self.up3 = nn.Conv2d(c3, c4, 2, stride=2), nn.ConvTranspose2d(c4, c3, 2, stride=2)
        self.bottleneck = nn.Sequential(*(GlobalBlock(c4, heads) for _ in range(b4)))

    def init_weights(self) -> None:
        """Residual branches start at zero; for the end of the constructor."""
        for module in self.modules():
            if isinstance(module, ResidualBlock):
                nn.init.kaiming_normal_(module.conv1.weight, nonlinearity="relu")
                nn.init.zeros_(module.conv2.weight)
        for module in self.modules():
            if isinstance(module, nn.Conv2d | nn.ConvTranspose2d | nn.Linear) and module.bias is not None:
                nn.init.zeros_(module.bias)

    def features(self, half: Tensor) -> tuple[Tensor, Tensor]:
        """From (N, inputs, H/2, W/2), features at half (N, C1, H/2, W/2) and at a quarter (N, C2, H/4, W/4)."""
        skip1 = self.encoder1(self.head(half.contiguous(memory_format=torch.channels_last)))
        if self.depth == 1:
            small = skip1.new_zeros(len(skip1), self.down1.out_channels, skip1.shape[2] // 2, skip1.shape[3] // 2)
            return self.decoder1(skip1), small
        y = skip2 = self.encoder2(self.down1(skip1))
        if self.depth > 2:
            y = skip3 = self.encoder3(self.down2(skip2))
            if self.depth > 3:
                y = self.up3(self.bottleneck(self.down3(skip3))) + skip3
            y = self.up2(self.decoder3(y)) + skip2
        quarter = self.decoder2(y)
        return self.decoder1(self.up1(quarter) + skip1), quarter
