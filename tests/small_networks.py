"""The smallest network for each task that can be trained."""

from typing import Any

NETWORKS: dict[str, tuple[str, dict[str, Any]]] = {
    "colorize": ("colorizing-unet", {"channels": (8, 8, 8, 8), "blocks": (1, 1, 1, 1), "heads": 2}),
    "compress": ("principal-codec", {"channels": 8, "encoder_blocks": 1, "decoder_blocks": 1, "filters": 4}),
    "denoise": ("denoising-unet", {"channels": (4, 8, 8), "blocks": (1, 1, 1, 1, 1)}),
    "explore": ("photo-autoencoder", {"channels": (4, 4, 8, 8, 8), "code": 16}),
    "inpaint": ("inpainter", {"channels": (8, 8, 8, 8), "blocks": (1, 1, 1, 1), "heads": 2}),
    "mark-finder": ("mark-finder", {"channels": (8, 8, 8, 8), "blocks": (1, 1, 1, 1), "heads": 2}),
    "noise-level": ("noise-level", {"filters": 4, "channels": 8}),
    "unwatermark": ("mark-remover", {"channels": (8, 8, 8, 8), "blocks": (1, 1, 1, 0)}),
}
