"""A network made of levels, which can be taught from the outermost one inwards."""

from collections.abc import Iterator
from typing import ClassVar

from torch import nn


class Levelled(nn.Module):
    """A U-shaped network: what is coarse lies within what is fine.

    `depth` levels work, the outermost first; those within are passed by, as if they had nothing to add. So a network
    can be taught layer by layer, each level on top of those that know their work already (Bengio et al., NIPS 2006).
    """

    inner: ClassVar[tuple[tuple[str, ...], ...]]  # modules of the second level, of the third, and so on
    encoding: ClassVar[tuple[str, ...]]  # modules that make the code; all others make the picture from it

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.levels

    @property
    def levels(self) -> int:
        """How many there are."""
        return 1 + len(self.inner)

    def of_level(self, number: int) -> Iterator[nn.Parameter]:
        """The weights of one level, from 1; the outermost one has all that no other has."""
        elsewhere = {name for level in self.inner for name in level}
        for name, parameter in self.named_parameters():
            module = name.split(".")[0]
            if module in self.inner[number - 2] if number > 1 else module not in elsewhere:
                yield parameter


def encoding_of(net: nn.Module) -> tuple[str, ...]:
    """The names of the modules and weights that make a network's code; empty if it has none to speak of."""
    return getattr(net, "encoding", ())
