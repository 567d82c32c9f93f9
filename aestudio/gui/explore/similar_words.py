"""How near-duplicates and nearness are told in words."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from aestudio.explore.duplicates import Group, Kind


def nearness_text(score: float) -> str:
    """A score as it stands below a photo."""
    return QCoreApplication.translate("SimilarWords", "{percent} %").format(percent=round(100 * max(0.0, score)))


def kind_text(kind: Kind | None) -> str:
    """What one photo is to the others; None for the one that is kept."""
    text = QCoreApplication.translate
    return {
        None: text("SimilarWords", "keep"),
        Kind.EXACT: text("SimilarWords", "exact copy"),
        Kind.BURST: text("SimilarWords", "burst"),
        Kind.EDITED: text("SimilarWords", "edited"),
        Kind.AGAIN: text("SimilarWords", "taken again"),
    }[kind]


def kind_tip(kind: Kind) -> str:
    """What that means."""
    text = QCoreApplication.translate
    return {
        Kind.EXACT: text("SimilarWords", "The same file, byte for byte, under another name."),
        Kind.BURST: text("SimilarWords", "Frames of one scene, taken within seconds of one another."),
        Kind.EDITED: text("SimilarWords", "The same picture: saved again, toned, cropped a little, or resized."),
        Kind.AGAIN: text("SimilarWords", "The same view, taken some time before or after."),
    }[kind]


def group_text(group: Group) -> str:
    """How many photos are in a group, and what they are to one another."""
    return f"{len(group.rows)} · " + ", ".join(map(kind_text, group.main_kinds))


def kinds_text(groups: Sequence[Group]) -> str:
    """How many photos there are of each kind, besides those that are kept."""
    counts = {kind: sum(group.kinds.count(kind) for group in groups) for kind in Kind}
    return ", ".join(f"{kind_text(kind)} {count:,}" for kind, count in counts.items() if count)
