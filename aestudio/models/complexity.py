"""Counts a network's arithmetic, and measures how far it looks."""

import torch
from torch import Tensor, nn


def parameter_count(net: nn.Module) -> int:
    """Trainable or not."""
    return sum(p.numel() for p in net.parameters())


def kmac_per_pixel(net: nn.Module, channels: int, side: int = 256) -> float:
    """Thousands of multiply-accumulates of all convolutions for each pixel of a (1, channels, side, side) input.

    A network that takes photos of one size is given that.
    """
    total = 0

    def count(module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        nonlocal total
        # each weight is used once at every place of the output; a transposed convolution's, of the input
        at = inputs[0] if isinstance(module, nn.ConvTranspose2d) else output
        weight = module.weight
        total += int(weight.numel()) * at.shape[2] * at.shape[3]  # type: ignore[operator]  # weight is a tensor here

    convolutions = [m for m in net.modules() if isinstance(m, nn.Conv2d | nn.ConvTranspose2d)]
    hooks = [m.register_forward_hook(count) for m in convolutions]
    try:
        with torch.inference_mode():
            side = getattr(net, "side", side)
            net(torch.zeros(1, channels, side, side))
    finally:
        for hook in hooks:
            hook.remove()
    return total / side**2 / 1000


def context_needed(net: nn.Module, channels: int, tolerance: float = 0.25 / 255, most: int = 128) -> int:
    """How many pixels around a tile decide what comes out of it, up to `tolerance`; a multiple of 8.

    The theoretical receptive field is larger, but its rim has no influence to speak of. Measured on noise, where the
    influence is greatest, at weak and strong noise. Channels beyond the photo's hold the noise's level, or what the
    network says in `told`.
    """
    core = 64
    generator = torch.Generator().manual_seed(0)
    side = core + 2 * most
    inputs = []
    for sigma in (15, 50):
        smooth = torch.rand(1, channels, side // 16, side // 16, generator=generator)
        x = nn.functional.interpolate(smooth, size=(side, side), mode="bicubic").clamp(0, 1)
        x += torch.randn(x.shape, generator=generator) * sigma / 255
        x[:, 3:] = getattr(net, "told", sigma / 255)
        inputs.append(x)
    batch = torch.cat(inputs)
    with torch.inference_mode():
        whole = _photo(net(batch))[..., most : most + core, most : most + core]
        for context in range(8, most, 8):
            cut = slice(most - context, most + core + context)
            tile = _photo(net(batch[..., cut, cut]))[..., context : context + core, context : context + core]
            if float((tile - whole).abs().max()) <= tolerance:
                return context
    return most


def _photo(output: Tensor | tuple[Tensor, ...]) -> Tensor:
    """Of a network that gives more than a photo, the photo, which comes first."""
    return output[0] if isinstance(output, tuple) else output
