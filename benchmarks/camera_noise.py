"""A simulated camera for measuring, independent of the one in training."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

ENLARGE = 1.5  # small pictures are sharper than what a lens shows a sensor
FULL_WELL_AT_BASE = 38_000.0  # electrons that make white at ISO 100
READ_ELECTRONS = 2.6
BLACK, WHITE = 512, 16383  # 14 bits
WHITE_BALANCE = np.array((2.05, 1.0, 1.62), dtype=np.float32)
TO_SRGB = np.array(((1.62, -0.46, -0.16), (-0.27, 1.48, -0.21), (-0.02, -0.45, 1.47)), dtype=np.float32)


@dataclass(frozen=True)
class Shot:
    """The same picture with and without noise, (H, W, 3) uint8 each."""

    noisy: NDArray[np.uint8]
    clean: NDArray[np.uint8]


def take_picture(scene: NDArray[np.float32], iso: float, rng: np.random.Generator) -> Shot:
    """`scene` is (H, W, 3) sRGB in [0, 1]; the shot is larger by ENLARGE."""
    height, width = (round(n * ENLARGE) // 2 * 2 for n in scene.shape[:2])
    scene = cv2.resize(scene, (width, height), interpolation=cv2.INTER_CUBIC).clip(0, 1)
    light = np.where(scene <= 0.04045, scene / 12.92, ((scene + 0.055) / 1.055) ** 2.4)
    sensor = (light @ np.linalg.inv(TO_SRGB).T).clip(0, 1) / WHITE_BALANCE
    raw = sensor[..., 1].copy()
    raw[0::2, 0::2] = sensor[0::2, 0::2, 0]
    raw[1::2, 1::2] = sensor[1::2, 1::2, 2]
    full_well = FULL_WELL_AT_BASE * 100 / iso
    electrons = rng.poisson(raw * full_well) + rng.normal(0, READ_ELECTRONS, raw.shape)
    return Shot(_develop(electrons / full_well), _develop(raw))


def _develop(raw: NDArray[np.floating]) -> NDArray[np.uint8]:
    """14-bit file, edge-aware demosaicing, white balance, colour, a film-like tone curve, 8 bits."""
    counts = np.rint(raw * (WHITE - BLACK) + BLACK).clip(0, WHITE).astype(np.uint16)
    # OpenCV names Bayer patterns by their second row: what everyone else calls RGGB is its BG
    rgb = cv2.cvtColor(counts, cv2.COLOR_BayerBG2RGB_EA).astype(np.float32)
    rgb = ((rgb - BLACK) / (WHITE - BLACK) * WHITE_BALANCE).clip(0, 1)
    light = (rgb @ TO_SRGB.T).clip(0, 1)
    srgb = np.where(light <= 0.0031308, light * 12.92, 1.055 * light.clip(0.0031308) ** (1 / 2.4) - 0.055)
    toned = srgb + 0.15 * np.sin(2 * np.pi * (srgb - 0.5)) / (2 * np.pi)
    levels: NDArray[np.uint8] = np.rint(toned.clip(0, 1) * 255).astype(np.uint8)
    return levels
