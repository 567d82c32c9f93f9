"""Logos that are put together by chance: a network that knew only a few would find no others."""

import cv2
import numpy as np
from numpy.typing import NDArray

FULLEST = 0.7  # share of its square: more is hardly a shape


def emblem(rng: np.random.Generator) -> NDArray[np.uint8]:
    """A few shapes, solid more often than not and often symmetrical, 160 pixels wide: no two are alike."""
    while True:
        cover = _drawn(rng)
        if 0.01 < cover.mean() / 255 < FULLEST:
            return cover


def _drawn(rng: np.random.Generator) -> NDArray[np.uint8]:
    side, middle = 160, 80
    canvas = np.zeros((side, side), np.uint8)
    for number in range(int(rng.integers(1, 6))):
        value = 0 if number and rng.random() < 0.3 else 255  # what comes later may cut
        thick = -1 if rng.random() < 0.65 else int(rng.integers(3, 16))
        kind = rng.integers(5)
        x, y = (int(v) for v in rng.integers(20, 140, 2))
        wide, high = (int(v) for v in rng.integers(8, 70, 2))
        if kind == 0:
            cv2.ellipse(canvas, (x, y), (wide, high), float(rng.uniform(0, 180)), 0, 360, value, thick, cv2.LINE_AA)
        elif kind == 1:
            start = float(rng.uniform(0, 360))
            end = start + float(rng.uniform(25, 300))
            cv2.ellipse(canvas, (x, y), (wide, wide), 0, start, end, value, thick, cv2.LINE_AA)
        elif kind == 2:
            cv2.rectangle(canvas, (x - wide, y - high), (x + wide, y + high), value, thick, cv2.LINE_AA)
        elif kind == 3:
            cv2.line(
                canvas, (x, y), (int(rng.integers(side)), int(rng.integers(side))), value, abs(thick) + 3, cv2.LINE_AA
            )
        else:
            ring = np.rint(rng.normal((x, y), 34, (int(rng.integers(3, 7)), 2))).astype(np.int32)
            cv2.fillPoly(canvas, [cv2.convexHull(ring) if rng.random() < 0.7 else ring], value, cv2.LINE_AA)
    folds = int(rng.choice([1, 1, 2, 3, 4, 5, 6, 8]))
    if rng.random() < 0.5:
        canvas = np.maximum(canvas, canvas[:, ::-1])
    whole = canvas.copy()
    for fold in range(1, folds):
        turn = cv2.getRotationMatrix2D((middle - 0.5, middle - 0.5), 360 * fold / folds, 1.0)
        whole = np.maximum(whole, cv2.warpAffine(canvas, turn, (side, side)).astype(np.uint8))
    if rng.random() < 0.25:
        cv2.circle(whole, (middle, middle), int(rng.integers(6, 30)), 0, -1, cv2.LINE_AA)
    if rng.random() < 0.25:
        cv2.circle(whole, (middle, middle), 76, 255, int(rng.integers(2, 8)), cv2.LINE_AA)
    return whole
