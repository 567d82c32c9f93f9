from pathlib import Path

import numpy as np
import pytest
import torch

from aestudio.codec.codec import Codec, Rgb
from aestudio.engine.device import Device
from aestudio.models.loader import LoadedModel, load_model

CPU = Device(torch.device("cpu"), torch.float32, "CPU, float32")


@pytest.fixture(scope="session")
def codec_model(codec_folder: Path) -> LoadedModel:
    """The small codec's weights."""
    return load_model(codec_folder / "compress.json", torch.device("cpu"))


@pytest.fixture(scope="session")
def codec(codec_model: LoadedModel) -> Codec:
    """Ready to run, in float32."""
    return Codec(codec_model, CPU)


@pytest.fixture(scope="session")
def picture() -> Rgb:
    """Soft shapes and some grain, 560×700: two rows of two tiles."""
    rng = np.random.default_rng(0)
    small = torch.from_numpy(rng.random((1, 3, 12, 20), np.float32))
    smooth = torch.nn.functional.interpolate(small, size=(560, 700), mode="bicubic")[0].permute(1, 2, 0).numpy()
    return np.clip(smooth * 255 + rng.normal(0, 4, smooth.shape), 0, 255).astype(np.uint8)
