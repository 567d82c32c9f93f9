"""What of a photo's metadata goes into a saved file, and what is added to them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal

from aestudio import __version__
from aestudio.images import credentials, exif, exif_edit, photoshop, xmp
from aestudio.images.photo import Metadata

Policy = Literal["keep", "basic", "strip"]
POLICIES: tuple[Policy, ...] = ("keep", "basic", "strip")

SOFTWARE = f"AEStudio {__version__}"
_BYLINE, _COPYRIGHT = 80, 116  # IPTC datasets
_AS_XMP = {"title": 5, "subject": 25, "creator": _BYLINE, "rights": _COPYRIGHT, "description": 120}


def for_saving(
    metadata: Metadata, policy: Policy, history: tuple[str, ...], thumbnail: Callable[[], bytes | None]
) -> Metadata:
    """The metadata of a file that is saved: all of them, copyright, author, date and camera, or none.

    The colour profile always stays, or the colours would shift. Where a tool worked on the photo (`history` has a line
    for each), the software is named and the lines are added. A thumbnail within the EXIF data is replaced by the JPEG
    that `thumbnail` makes, or taken out.
    """
    if policy == "strip":
        return Metadata(icc=metadata.icc)
    if policy == "basic":
        kept = Metadata(exif_edit.basic(metadata.exif, _elsewhere(metadata)), metadata.icc, dpi=metadata.dpi)
    else:
        # the pixels of a photo are upright, so no viewer may turn them again, whoever made the metadata
        blob = exif.upright(metadata.exif)[0]
        if blob and exif_edit.has_thumbnail(blob):
            blob = exif_edit.with_thumbnail(blob, thumbnail())
        kept = replace(
            metadata,
            exif=blob,
            xmp=xmp.upright(metadata.xmp) if metadata.xmp else None,
            photoshop=photoshop.without_thumbnails(metadata.photoshop),
            c2pa=credentials.whole(metadata.c2pa),
        )
    if not history:
        return kept
    now = datetime.now(UTC).astimezone()
    return replace(
        kept,
        exif=exif_edit.with_text(kept.exif, exif_edit.SOFTWARE, SOFTWARE),
        xmp=xmp.with_history(kept.xmp, SOFTWARE, history, now),
    )


def _elsewhere(metadata: Metadata) -> dict[int, str]:
    """Author and copyright as the XMP or the IPTC record give them, for photos whose EXIF data do not."""
    found = {
        exif_edit.ARTIST: xmp.text_of(metadata.xmp, "creator") or photoshop.iptc_text(metadata.photoshop, _BYLINE),
        exif_edit.COPYRIGHT: xmp.text_of(metadata.xmp, "rights") or photoshop.iptc_text(metadata.photoshop, _COPYRIGHT),
    }
    return {tag: text for tag, text in found.items() if text}


def iptc_as_xmp(metadata: Metadata) -> Metadata:
    """For formats without a place for IPTC: title, keywords, author, copyright and caption go into the XMP.

    What the XMP says already counts (Metadata Working Group, guidelines, 2010).
    """
    if not metadata.photoshop:
        return metadata
    found = {name: photoshop.iptc_texts(metadata.photoshop, dataset) for name, dataset in _AS_XMP.items()}
    missing = {name: texts for name, texts in found.items() if texts and xmp.text_of(metadata.xmp, name) is None}
    return replace(metadata, photoshop=None, xmp=xmp.with_texts(metadata.xmp, missing) if missing else metadata.xmp)
