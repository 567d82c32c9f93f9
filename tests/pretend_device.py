"""A graphics card that is none: its tensors lie on the processor, and say that they do not.

Operations on tensors of both kinds are refused as a real card refuses them, and so is a generator of the other kind.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves, tree_map

CARD, PROCESSOR = torch.device("cuda", 0), torch.device("cpu")
HIDDEN = torch.device("meta")  # where the card's tensors lie for torch itself: one built without CUDA asks no further
waits: list[str] = []  # for what was computed on the card so far: each costs time there
_WAITING = ("_local_scalar_dense", "nonzero", "is_nonzero")
_plain_generator = torch.Generator
_CROSSING = ("_to_copy", "copy_")  # what takes tensors from one to the other


class CardTensor(torch.Tensor):
    """Numbers that lie on the card."""

    plain: Tensor  # the same on the processor
    device = property(lambda self: CARD)
    is_cuda = True
    __torch_function__ = torch._C._disabled_torch_function_impl  # type: ignore[assignment]

    @staticmethod
    def __new__(cls: type["CardTensor"], plain: Tensor) -> "CardTensor":
        outer: CardTensor = torch.Tensor._make_wrapper_subclass(
            cls,
            plain.shape,
            strides=plain.stride(),
            storage_offset=plain.storage_offset(),
            dtype=plain.dtype,
            device=HIDDEN,
        )
        outer.plain = plain
        return outer

    def tolist(self) -> Any:
        waits.append("tolist")
        return self.plain.tolist()

    def numpy(self, *, force: bool = False) -> Any:
        raise TypeError("can't convert cuda:0 device type tensor to numpy")

    @classmethod
    def __torch_dispatch__(  # type: ignore[override]
        cls, func: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        return _run(func, args, kwargs or {})


class CardGenerator(torch.Generator):
    """Draws on the card."""

    device = property(lambda self: CARD)


class _AnyGenerator(torch.Generator):
    """What `torch.Generator` makes where there is a card."""

    def __new__(cls, device: Any = PROCESSOR) -> torch.Generator:  # type: ignore[misc]  # one of two others
        return CardGenerator() if torch.device(device).type == CARD.type else _plain_generator(device)


def _run(func: Any, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
    name = func._schema.name.partition("::")[2]
    given = [each for each in tree_leaves((args, kwargs)) if isinstance(each, Tensor)]
    here = [each for each in given if isinstance(each, CardTensor)]
    if here and name not in _CROSSING:
        # numbers without dimensions go along, and so do the places that something is taken from
        lost = [each for each in given if not isinstance(each, CardTensor) and each.ndim]
        indices = name.startswith("index") and isinstance(args[0], CardTensor)
        if lost and not indices:
            raise RuntimeError(f"{name}: expected all tensors to be on the same device, cuda:0 and cpu")
    device = kwargs.get("device")
    to_card = bool(here) if device is None else torch.device(device).type in (CARD.type, HIDDEN.type)
    masks = name.startswith("index") and any(each.dtype == torch.bool for each in here[1:])
    if here and (name in _WAITING or masks or not to_card):
        waits.append(name)
    plain = {key: PROCESSOR if key == "device" and value is not None else value for key, value in kwargs.items()}
    plain.pop("pin_memory", None)
    out = func(*tree_map(_plain, args), **tree_map(_plain, plain))
    own = {id(each.plain): each for each in here}  # what was changed in place is still what it was

    def outer(value: Any) -> Any:
        if not isinstance(value, Tensor) or isinstance(value, CardTensor):
            return value
        return own[id(value)] if id(value) in own else CardTensor(value) if to_card else value

    return args[0] if name == "copy_" else tree_map(outer, out)


def _plain(value: Any) -> Any:
    return value.plain if isinstance(value, CardTensor) else value


class _Dispatch(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Makes tensors on the card where that is asked for."""

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return _run(func, args, kwargs or {})


class _Generators(TorchFunctionMode):
    """Refuses a generator of the other kind."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = kwargs or {}
        generator = kwargs.get("generator")
        if generator is not None:
            tensors = [each for each in args if isinstance(each, Tensor)]
            device = torch.device(kwargs.get("device") or (tensors[0].device if tensors else PROCESSOR))
            if generator.device.type != device.type:
                raise RuntimeError(f"expected a {device.type} generator but found {generator.device.type}")
        return func(*args, **kwargs)


def to_card(net: nn.Module) -> nn.Module:
    """Move a network: parameters and buffers, and nothing else that it may hold."""
    for module in net.modules():
        for name, parameter in module._parameters.items():
            if parameter is not None:
                module._parameters[name] = nn.Parameter(CardTensor(parameter.data), parameter.requires_grad)
        for name, buffer in module._buffers.items():
            if buffer is not None:
                module._buffers[name] = CardTensor(buffer)
    return net


@contextmanager
def card(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Within this context there is a card."""
    with monkeypatch.context() as patch:
        patch.setattr(torch, "Generator", _AnyGenerator)
        patch.setattr(torch, "inference_mode", torch.no_grad)  # tensors that stand for others cannot be made in it
        patch.setattr(torch.cuda, "_lazy_init", lambda: None)
        patch.setattr(torch.cuda, "is_bf16_supported", lambda **_: True)
        before = torch._C._only_lift_cpu_tensors()
        torch._C._set_only_lift_cpu_tensors(True)
        try:
            with _Dispatch(), _Generators():  # type: ignore[no-untyped-call]
                yield
        finally:
            torch._C._set_only_lift_cpu_tensors(before)
