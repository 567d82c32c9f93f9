"""Choice of device and precision."""

from dataclasses import dataclass

import torch

from aestudio.errors import SettingsError

DEVICES = ("auto", "cuda", "mps", "cpu")


@dataclass(frozen=True)
class Device:
    """Where a network runs, and in which precision."""

    torch_device: torch.device
    precision: torch.dtype  # of the network's layers; the photo itself stays float32
    label: str  # for the status line and the log: "CPU, bfloat16"


def choose_device(name: str = "auto") -> Device:
    """The device of that name: `auto` (CUDA, else MPS, else the processor), `cuda`, `cuda:1`, `mps` or `cpu`.

    Raises SettingsError for a name that is unknown, or a device that this machine does not have.
    """
    if name == "auto":
        name = next(kind for kind in DEVICES[1:] if _count(kind) > 0)
    try:
        device = torch.device(name)
    except RuntimeError as exc:
        raise SettingsError(
            "There is no device “{name}”. Please choose one of {known}.", name=name, known=", ".join(DEVICES)
        ) from exc
    if device.type not in DEVICES[1:]:
        raise SettingsError(
            "There is no device “{name}”. Please choose one of {known}.", name=name, known=", ".join(DEVICES)
        )
    if (device.index or 0) >= _count(device.type):
        raise SettingsError("This machine has no device “{name}”. Please choose “auto” or “cpu”.", name=name)
    return describe(device)


def describe(device: torch.device) -> Device:
    """A device that is known to exist, with the precision that is fastest there and loses nothing visible."""
    precision = fast_precision(device)
    kind = torch.cuda.get_device_name(device) if device.type == "cuda" else device.type.upper()
    return Device(device, precision, f"{kind}, {str(precision).removeprefix('torch.')}")


def fast_precision(device: torch.device) -> torch.dtype:
    """bfloat16 where the device computes in it natively; float16 on older CUDA devices; else float32.

    Never float16 where bfloat16 works: it overflows above 65504, and an overflow is a black tile.
    """
    if device.type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported(including_emulation=False) else torch.float16
    if device.type == "cpu" and _cpu_has_bfloat16() and _bfloat16_works(device):
        return torch.bfloat16
    return torch.float32


def _count(kind: str) -> int:
    """How many devices of a kind this machine has."""
    if kind == "cuda":
        return torch.cuda.device_count() if torch.cuda.is_available() else 0
    if kind == "mps":
        return int(torch.backends.mps.is_available())
    return 1


def _cpu_has_bfloat16() -> bool:
    """Whether the processor multiplies bfloat16 itself (AVX512-BF16 or AMX): emulated, it is slower than float32."""
    # torch has no public question for it; a version that answers none of these gets float32
    answers = (getattr(torch.cpu, name, None) for name in ("_is_avx512_bf16_supported", "_is_amx_tile_supported"))
    return any(answer() for answer in answers if answer is not None)


def _bfloat16_works(device: torch.device) -> bool:
    """One small convolution: torch refuses some that the processor could do (an old build)."""
    try:
        with torch.inference_mode():
            ones = torch.ones(1, 16, 8, 8, device=device, dtype=torch.bfloat16)
            y = torch.nn.functional.conv2d(ones, ones[:, :, :3, :3].contiguous())
    except RuntimeError:
        return False
    return bool((y == 16 * 9).all())
