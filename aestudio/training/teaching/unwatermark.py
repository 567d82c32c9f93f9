"""Teaches two networks to find watermarks and to repair what lies under them, on marks drawn without end."""

import math
from collections.abc import Mapping
from dataclasses import replace

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.models.networks.marks import Repaired
from aestudio.training.data.pool import PhotoPool
from aestudio.training.recipe import Recipe
from aestudio.training.teaching.degrade import uniform
from aestudio.training.teaching.marks import SEEN, Marked, mark
from aestudio.training.teaching.objective import Objective, Picture, picture_of, seeded, tinted
from aestudio.training.teaching.own_marks import read_marks, with_own
from aestudio.training.teaching.painter import Painter
from aestudio.training.teaching.stamps import Stamps, draw_stamps

BANK = 2000  # stamps drawn before the first step; sizes, places, colours and strengths vary without end
VALIDATION_BANK = 200
BLOBS = 0.7  # of what a coarse look finds: words without the gaps between their letters
VALIDATION_ROUNDS = 3  # marks for each photo
APART = 8  # pixels at half size from a mark: what lies between letters is no other mark
HARDEST = 64  # places that make a photo look marked, or all of a small date


class _Marks(Objective):
    """What both objectives share: marked patches, and held-out photos with the same marks at each validation."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._own = read_marks(recipe.marks)
        self._banks: dict[bool, Stamps] = {}

    def _stamps(self, device: torch.device, *, held_out: bool = False) -> Stamps:
        if held_out not in self._banks:
            count = VALIDATION_BANK if held_out else BANK
            own = round(count * self._recipe.marks_share) if self._own else 0
            drawn = draw_stamps(
                max(1, count - own), self._recipe.seed, held_out=held_out, logos=self._recipe.marking.logos
            )
            self._banks[held_out] = with_own(drawn, self._own, own).to(device)
        return self._banks[held_out]

    def _marked(self, pool: PhotoPool, step: int) -> tuple[Marked, torch.Generator]:
        recipe, device = self._recipe, pool.data.device
        generator = torch.Generator(device).manual_seed(recipe.seed * 1_000_003 + step)
        clean = pool.patches(recipe.batch, recipe.patch, generator, upright=recipe.upright)
        return mark(clean, self._stamps(device), recipe.marking, generator), generator

    def _held_out(self, pool: PhotoPool) -> list[Marked]:
        stamps = self._stamps(pool.data.device, held_out=True)
        found = []
        for clean in pool.centres(self._recipe.patch):
            rounds = clean.repeat(VALIDATION_ROUNDS, 1, 1, 1)
            found.append(mark(rounds, stamps, self._recipe.marking, seeded(clean)))
        return found

    def _shown(self, pool: PhotoPool, index: int) -> Marked:
        """The middle of a photo with a mark that can be seen."""
        stamps = self._stamps(pool.data.device, held_out=True)
        side = min(256, int(pool.sizes[index].min()))
        clean = pool.photo(index, side)
        low, high = self._recipe.marking.opacity
        marking = replace(self._recipe.marking, none=0.0, smallest=20.0, opacity=((low + high) / 2, high))
        return mark(clean, stamps, marking, seeded(clean))


class FindMarksObjective(_Marks):
    """Marked patches and where they are marked, at half size; (N, 3, H, W) in, (N, 1, H/2, W/2) out."""

    channels = 3

    def batch(self, pool: PhotoPool, step: int) -> tuple[Tensor, Tensor]:
        marked, _ = self._marked(pool, step)
        return marked.photo, seen(marked.cover, 2)

    def loss(self, output: Tensor, x: Tensor, target: Tensor) -> Tensor:
        """Cross-entropy in which marked pixels count more, and the share of overlap (Milletari et al., 3DV 2016).

        With the recipe's `evidence`, also whether each photo is believed to be marked, see `evidence_loss`.
        """
        del x
        logits = output.float()
        where = mask_loss(logits, target, self._recipe.marked_weight)
        if not self._recipe.evidence:
            return where
        return where + self._recipe.evidence * evidence_loss(logits, target)

    def validate(self, net: nn.Module, pool: PhotoPool) -> Mapping[str, float]:
        """F1 over all marked photos, and the share of unmarked ones in which nothing is found."""
        hits = said = there = 0.0
        clean: list[float] = []
        for marked in self._held_out(pool):
            truth = seen(marked.cover, 2)
            found = (net(marked.photo).float() > 0).float()
            hits += float((found * truth).sum())
            said += float(found.sum())
            there += float(truth.sum())
            empty = truth.flatten(1).sum(1) == 0
            clean += (found.flatten(1).sum(1)[empty] == 0).float().tolist()
        return {"f1": _f1(hits, said, there), "untouched": sum(clean) / max(len(clean), 1)}

    def picture(self, net: nn.Module, pool: PhotoPool, index: int) -> Picture:
        """The marked photo; red where the network finds the mark; and where it is."""
        marked = self._shown(pool, index)
        size = marked.photo.shape[2:]
        found, truth = (
            tinted(marked.photo, F.interpolate(where, size=size))
            for where in (net(marked.photo).float().sigmoid(), seen(marked.cover, 2))
        )
        return picture_of(marked.photo), picture_of(found), picture_of(truth)


class RemoveMarksObjective(_Marks):
    """Marked patches with a rough idea of where; (N, 4, H, W) in, the photo and exactly where out.

    A network that is shown what painting over the mark gives takes (N, 7, H, W), painted by our own inpainter.
    """

    channels = 4
    tiles = True

    def __init__(self, recipe: Recipe) -> None:
        super().__init__(recipe)
        self._painter = Painter() if recipe.arguments.get("painted") else None
        if self._painter:
            self.channels = 7

    def batch(self, pool: PhotoPool, step: int) -> tuple[Tensor, Tensor]:
        marked, generator = self._marked(pool, step)
        return self._input(marked, generator), torch.cat((marked.clean, seen(marked.cover)), dim=1)

    def _input(self, marked: Marked, generator: torch.Generator) -> Tensor:
        found = roughly(marked.cover, generator)
        if self._painter is None:
            return torch.cat((marked.photo, found), dim=1)
        painted = self._painter.painted(marked.photo, seen(marked.cover), generator)
        return torch.cat((marked.photo, found, painted), dim=1)

    def loss(self, output: Repaired, x: Tensor, target: Tensor) -> Tensor:
        """The absolute error, that under the mark counting as much as all the rest, and the mask's own loss."""
        del x
        clean, truth = target[:, :3], target[:, 3:]
        error = (output.photo.float() - clean).abs().mean(1, keepdim=True)
        under = (error * truth).sum() / truth.sum().clamp(min=1)
        return under + error.mean() + 0.05 * mask_loss(output.logits.float(), truth, self._recipe.marked_weight)

    def validate(self, net: nn.Module, pool: PhotoPool) -> Mapping[str, float]:
        """PSNR under the marks, the same before, and F1 of the exact mask."""
        before = after = hits = said = there = 0.0
        for marked in self._held_out(pool):
            output = net(self._input(marked, seeded(marked.clean)))
            truth = seen(marked.cover)
            found = (output.logits.float() > 0).float()
            repaired = output.photo.float().clamp(0, 1)
            before += float(((marked.photo - marked.clean).square().mean(1, keepdim=True) * truth).sum())
            after += float(((repaired - marked.clean).square().mean(1, keepdim=True) * truth).sum())
            hits, said, there = (
                total + float(part.sum()) for total, part in ((hits, found * truth), (said, found), (there, truth))
            )
        marked_db, repaired_db = (-10 * math.log10(max(total / max(there, 1), 1e-9)) for total in (before, after))
        return {"psnr": repaired_db, "psnr_marked": marked_db, "f1": _f1(hits, said, there)}

    def picture(self, net: nn.Module, pool: PhotoPool, index: int) -> Picture:
        marked = self._shown(pool, index)
        output = net(self._input(marked, seeded(marked.clean)))
        return picture_of(marked.photo), picture_of(output.photo), picture_of(marked.clean)


def _f1(hits: float, said: float, there: float) -> float:
    """Of pixels; 1 where there is nothing, and nothing is said to be."""
    return 2 * hits / (said + there) if said + there else 1.0


def seen(cover: Tensor, shrink: int = 1) -> Tensor:
    """1 where a mark can be seen, 0 elsewhere; `shrink` times smaller."""
    return ((F.max_pool2d(cover, shrink) if shrink > 1 else cover) > SEEN).float()


def mask_loss(logits: Tensor, truth: Tensor, weight: float) -> Tensor:
    """Weighted cross-entropy, and one minus the soft Dice coefficient of the batch."""
    likely = logits.sigmoid()
    entropy = F.binary_cross_entropy_with_logits(logits, truth, pos_weight=torch.tensor(weight, device=logits.device))
    dice = 1 - (2 * (likely * truth).sum() + 1) / (likely.sum() + truth.sum() + 1)
    return entropy + dice


def evidence_loss(logits: Tensor, truth: Tensor) -> Tensor:
    """Cross-entropy of whole photos, each of which counts the same: (N, 1, H, W) at half size to a number.

    A mark is believed if the likelier half of it is likely, and a photo is taken for marked if some places in it are.
    So marks count by the mean log-odds of their likelier half, however small they are, and photos by that of their
    likeliest places apart from marks, the hardest ones (online hard example mining, Shrivastava et al., CVPR 2016).
    """
    near = F.max_pool2d(truth, 2 * APART + 1, stride=1, padding=APART) > 0
    beside = logits.masked_fill(near, -torch.inf).flatten(1).topk(HARDEST, dim=1).values
    there = beside[:, -1].isfinite()  # a mark may lie all over the photo
    losses = [F.softplus(beside[there].mean(1)).sum()]
    for each, marked in zip(logits, truth > 0, strict=True):
        places = each[marked]
        if len(places):
            losses.append(F.softplus(-places.topk(-(-len(places) // 2)).values.mean()))
    return torch.stack(losses).sum() / len(logits)


def _as_blobs(half: Tensor, generator: torch.Generator) -> Tensor:
    """Words as the finding network sees them, most of the time: what lies between letters and strokes is filled."""
    side = 1 + 2 * int(torch.randint(2, 10, (1,), generator=generator, device=half.device))
    grown = F.max_pool2d(half, side, stride=1, padding=side // 2)
    closed = -F.max_pool2d(-grown, side, stride=1, padding=side // 2)
    return torch.where(uniform(len(half), 0, 1, generator) < BLOBS, closed, half)


def roughly(cover: Tensor, generator: torch.Generator) -> Tensor:
    """Where a coarse look would find the mark: blurred, grown or incomplete, and at times where there is none."""
    n, _, height, width = cover.shape
    half = _as_blobs(seen(cover, 2), generator)
    grown = F.max_pool2d(half, 3, stride=1, padding=1)
    found = torch.where(uniform(n, 0, 1, generator) < 0.5, grown, half)
    holes = torch.rand(n, 1, height // 16, width // 16, generator=generator, device=cover.device)
    dropped = F.interpolate((holes < 0.08).float(), size=found.shape[2:])
    false = F.interpolate((holes > 0.985).float(), size=found.shape[2:])
    found = found * (1 - dropped) + false * (1 - found)
    found = F.avg_pool2d(found, 3, stride=1, padding=1) * uniform(n, 0.6, 1.0, generator)
    return F.interpolate(found.clamp(0, 1), size=(height, width), mode="bilinear", align_corners=False)
