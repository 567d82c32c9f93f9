"""Measures the compressor on photos it has never seen, beside JPEG, WebP and AVIF.

    python benchmarks/compress.py PHOTOS [--rivals-only] [--write] [--plot FILE.png]

PHOTOS is a folder of pictures, such as the 24 of the Kodak Lossless True Color Suite. Sizes are those of whole files
without metadata, and what is compared with the photo was decoded from them. `--write` puts the tables into the model's
card, `--plot` draws them, `--rivals-only` leaves our own codec out.

BD-rate is how many percent more bytes a codec needs than another for the same quality, over 0.15 to 1.5 bits per pixel.
Its interval of quality begins where both codecs have reached 0.15 bits, or their lowest quality where that costs more,
and ends where the first of them arrives at 1.5 bits, or at its best. It is given as the mean over the photos, and of
the curve of means. Quality is PSNR, and beside it MS-SSIM in dB, -10 log10(1 - MS-SSIM).
"""

import argparse
import json
import math
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from PIL import features

from aestudio.codec.codec import Codec
from aestudio.codec.container import pack, unpack
from aestudio.codec.files import Wish, compressed, decompressed
from aestudio.codec.rivals import AVIF_FOR_PSNR, RIVALS, U8, Point, Rival, compared, measure
from aestudio.engine.device import choose_device
from aestudio.images.io import photo_paths, read_photo
from aestudio.images.metrics import Curve, bd_rate
from aestudio.images.photo import Photo, to_depth, to_rgb
from aestudio.models.card import ModelCard
from aestudio.models.catalog import card_path
from aestudio.models.loader import load_model
from aestudio.progress import Progress

RATES = (0.15, 1.5)  # bits per pixel
LEARNED = "ours"
# 0.1 to 2 bits per pixel for most photos
QUALITIES = {
    **{rival.name: (3, 8, 15, 25, 40, 60, 80, 92) for rival in RIVALS if rival.format == "JPEG"},
    "WebP": (0, 5, 15, 30, 50, 70, 85, 95),
    "AVIF": (8, 16, 26, 38, 50, 62, 74, 86),
    AVIF_FOR_PSNR.name: (8, 16, 26, 38, 50, 62, 74, 86),
    LEARNED: (4, 12, 20, 28, 37, 46, 56, 68),
}
LIBRARIES = {"JPEG": "libjpeg_turbo", "WebP": "webp", "AVIF": "avif"}
# of Okabe and Ito: told apart by colour-blind eyes too
COLOURS = ("#000000", "#D55E00", "#0072B2", "#E69F00", "#009E73", "#CC79A7")
SYMBOLS = ("o", "s", "t", "d", "t1", "+")

Measure = Callable[[U8, int], Point]
Points = Mapping[str, Sequence[Sequence[Point]]]  # by codec, photo and quality


def main() -> None:
    """Print the tables, and write or draw them if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--rivals-only", action="store_true", help="leave our own codec out")
    parser.add_argument("--write", action="store_true", help="put the tables into the card")
    parser.add_argument("--plot", type=Path, default=None, help="picture to draw the mean curves in")
    args = parser.parse_args()
    if args.write and args.rivals_only:
        parser.error("a card is written about our own codec: please leave out --rivals-only")

    codecs: dict[str, Measure] = {rival.name: partial(of_rival, rival) for rival in (*RIVALS, AVIF_FOR_PSNR)}
    if not args.rivals_only:
        codecs[LEARNED] = of_learned
    paths = photo_paths(args.photos)
    photos = [rgb_u8(path) for path in paths]
    points = {
        name: [[codec(photo, quality) for quality in QUALITIES[name]] for photo in photos]
        for name, codec in codecs.items()
    }
    tables = {
        **{name: table_of(found) for name, found in points.items()},
        "BD-rate at equal PSNR, percent": bd_rates(points, by_psnr),
        "BD-rate at equal MS-SSIM, percent": bd_rates(points, by_ms_ssim),
        "encoders": {format_: features.version(library) for format_, library in LIBRARIES.items()},
    }
    print(json.dumps(tables, indent=2))
    if args.plot:
        draw(points, args.plot)
    if args.write:
        path = card_path("compress")
        card = ModelCard.read(path)
        scores = {**card.scores, f"{len(paths)} photos of {args.photos.name}": tables}
        scores["measured by"] = "python benchmarks/compress.py PHOTOS --write"
        path.write_text(replace(card, scores=scores).to_json(), encoding="utf-8")


def learned(rgb_u8: U8, quality: int) -> tuple[bytes, U8]:
    """Our own codec: a whole file without metadata, and the picture decoded from it."""
    stream = compressed(own_codec(), Photo(rgb_u8), Wish(quality=quality), Progress())
    data = pack(stream)
    return data, decompressed(own_codec(), unpack(data), Progress()).pixels


@cache
def own_codec() -> Codec:
    """The installed one, on the processor."""
    device = choose_device("cpu")
    return Codec(load_model(card_path("compress"), device.torch_device), device)


def of_learned(rgb_u8: U8, quality: int) -> Point:
    """What our own codec makes of a photo."""
    data, decoded = learned(rgb_u8, quality)
    return compared(quality, len(data), rgb_u8, decoded)


def of_rival(rival: Rival, rgb_u8: U8, quality: int) -> Point:
    """What another format makes of a photo."""
    return measure(rival, rgb_u8, quality)[0]


def rgb_u8(path: Path) -> U8:
    """A photo as every codec gets it: sRGB at 8 bits."""
    photo = read_photo(path)
    pixels: U8 = to_depth(to_rgb(photo.pixels, photo.metadata.icc), 8)
    return pixels


def table_of(found: Sequence[Sequence[Point]]) -> dict[str, dict[str, float]]:
    """Means over the photos, by quality."""
    return {
        f"quality {same[0].quality}": {
            "bytes": round(mean([point.size for point in same])),
            "bits per pixel": round(mean([point.bpp for point in same]), 4),
            "PSNR, dB": round(mean([point.psnr for point in same]), 3),
            "MS-SSIM": round(mean([similarity(point) for point in same]), 5),
        }
        for same in zip(*found, strict=True)
    }


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean."""
    return sum(values) / len(values)


def similarity(point: Point) -> float:
    """MS-SSIM; 1 where a photo is too small for it."""
    return 1.0 if point.ms_ssim is None else point.ms_ssim


def in_db(ms_ssim: float) -> float:
    """MS-SSIM on a scale that does not end at 1."""
    return math.inf if ms_ssim >= 1 else -10 * math.log10(1 - ms_ssim)


def by_psnr(same: Sequence[Point]) -> float:
    """Quality of one or of several photos, in dB."""
    return mean([point.psnr for point in same])


def by_ms_ssim(same: Sequence[Point]) -> float:
    """Quality of one or of several photos, in dB."""
    return in_db(mean([similarity(point) for point in same]))


def bd_rates(points: Points, quality: Callable[[Sequence[Point]], float]) -> dict[str, Any]:
    """Each codec against each rival; photos whose curves have nothing in common within RATES are not counted."""
    table: dict[str, Any] = {}
    for name, found in points.items():
        for rival in points:
            if rival in (name, LEARNED):
                continue
            pairs = zip(points[rival], found, strict=True)
            each = [
                percent
                for one, other in pairs
                if (percent := bd(curve_of([one], quality), curve_of([other], quality))) is not None
            ]
            whole = bd(curve_of(points[rival], quality), curve_of(found, quality))
            table.setdefault(name, {})[f"against {rival}"] = {
                "mean over photos": round(mean(each), 2) if each else None,
                "of the mean curve": None if whole is None else round(whole, 2),
                "photos": len(each),
            }
    return table


def bd(reference: Curve, other: Curve) -> float | None:
    """BD-rate over RATES, where the two curves meet there."""
    try:
        return bd_rate(reference, other, rates=RATES)
    except ValueError:
        return None


def curve_of(found: Sequence[Sequence[Point]], quality: Callable[[Sequence[Point]], float]) -> Curve:
    """The means over photos, by quality."""
    return [(mean([point.bpp for point in same]), quality(same)) for same in zip(*found, strict=True)]


def draw(points: Points, target: Path) -> None:
    """The mean curves, by PSNR on the left and by MS-SSIM on the right."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import pyqtgraph as pg  # now that the platform is chosen
    from pyqtgraph.exporters import ImageExporter

    app = pg.mkQApp()
    pg.setConfigOptions(background="w", foreground="k", antialias=True)
    sheet = pg.GraphicsLayoutWidget(size=(1400, 640))
    for label, quality in (("PSNR (dB)", by_psnr), ("MS-SSIM (dB)", by_ms_ssim)):
        plot = sheet.addPlot()
        plot.setLabel("bottom", "Rate (bits per pixel)")
        plot.setLabel("left", label)
        plot.showGrid(x=True, y=True, alpha=0.3)
        plot.addLegend(offset=(-10, -10), labelTextSize="10pt", brush="w", pen="k")
        plot.setXRange(0, RATES[1] + 0.5, padding=0)
        for (name, found), colour, symbol in zip(points.items(), COLOURS, SYMBOLS, strict=False):
            rates, qualities = np.array(curve_of(found, quality)).T
            pen = pg.mkPen(colour, width=3 if name == LEARNED else 2)
            plot.plot(rates, qualities, pen=pen, name=name, symbol=symbol, symbolBrush=colour, symbolPen=colour)
    sheet.show()  # only what is shown is laid out
    app.processEvents()
    ImageExporter(sheet.scene()).export(str(target))


if __name__ == "__main__":
    main()
