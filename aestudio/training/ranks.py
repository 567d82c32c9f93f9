"""One process or several that train together, started by torchrun; each has its share of every batch."""

import logging
import os

import torch
from lightning.fabric import Fabric
from lightning.fabric.strategies.ddp import DDPStrategy
from lightning.fabric.strategies.strategy import Strategy
from torch import Tensor
from torch import distributed as dist

from aestudio.engine.device import choose_device
from aestudio.errors import SettingsError

logging.getLogger("lightning.pytorch.utilities.rank_zero").setLevel(
    logging.WARNING
)  # it would tell users which precision it takes


class Ranks:
    """What a run knows of the others (DDP: Li et al., VLDB 2020).

    A batch is the same whoever takes part: it is drawn whole from the seed and dealt out, so that several processes
    come to what a single one would, but for rounding.
    """

    def __init__(self, device: str = "auto", precision: str = "auto", *, by_levels: bool = False) -> None:
        """`by_levels`: some weights are left out of some steps."""
        world = int(os.environ.get("WORLD_SIZE", "1"))
        here = int(os.environ.get("LOCAL_WORLD_SIZE", "1"))
        chosen = choose_device(device)
        strategy: str | Strategy = "auto"
        if world > 1:
            backend = "nccl" if chosen.torch_device.type == "cuda" else "gloo"
            strategy = DDPStrategy(process_group_backend=backend, find_unused_parameters=by_levels)
        self.precision = chosen.precision  # the fastest on the device, whatever the network learns in
        if precision == "auto":  # emulated, bfloat16 takes ten times as long
            precision = "bf16-mixed" if chosen.precision != torch.float32 else "32-true"
        self.fabric = Fabric(
            accelerator=device if world == 1 else chosen.torch_device.type,
            devices=here,
            num_nodes=world // here,
            strategy=strategy,
            precision=precision,  # type: ignore[arg-type]  # text
        )
        if world > 1:
            self.fabric.launch()

    @property
    def count(self) -> int:
        """How many processes train together."""
        return self.fabric.world_size

    @property
    def first(self) -> bool:
        """Whether this process is the one that writes and tells."""
        return self.fabric.is_global_zero

    @property
    def device(self) -> torch.device:
        """Where this process computes."""
        return self.fabric.device

    @property
    def label(self) -> str:
        """The device for the card."""
        name = torch.cuda.get_device_name() if self.device.type == "cuda" else self.device.type
        return name if self.count == 1 else f"{self.count} × {name}"

    def share(self, batch: Tensor) -> Tensor:
        """This process's part of a batch. Raises SettingsError where it cannot be dealt out evenly."""
        if len(batch) % self.count:
            raise SettingsError(
                "A batch of {batch} patches cannot be shared by {count} processes. Please choose a multiple of "
                "{count}.",
                batch=len(batch),
                count=self.count,
            )
        return batch if self.count == 1 else batch[self.fabric.global_rank :: self.count]

    def agree(self, over: bool, stop: bool) -> tuple[bool, bool]:
        """Both as soon as one process says so: a process that ends alone would leave the others waiting."""
        if self.count == 1:
            return over, stop
        said = torch.tensor([over, stop], dtype=torch.int32, device=self.device)
        dist.all_reduce(said, dist.ReduceOp.MAX)
        return bool(said[0]), bool(said[1])

    def wait(self) -> None:
        """Until all are here."""
        self.fabric.barrier()

    @staticmethod
    def writes() -> bool:
        """Whether this process is the one that writes, also after a run."""
        return os.environ.get("RANK", "0") == "0"

    @staticmethod
    def meet() -> None:
        """Between two runs, wait until all processes are here."""
        if dist.is_available() and dist.is_initialized():
            dist.barrier()

    @staticmethod
    def close() -> None:
        """Take leave of the others."""
        if dist.is_available() and dist.is_initialized():
            dist.destroy_process_group()
