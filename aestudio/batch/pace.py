"""Foretells how long the rest of a run takes: photos differ in size, and each costs something beside its pixels."""

from collections.abc import Iterable

BYTES_PER_MEGAPIXEL = 400_000  # of a JPEG, where the size in pixels is not known yet
_SHARE = 0.2  # of a megapixel's time that each photo costs beside its pixels, until there are photos to learn from
_WEIGHT = 0.3  # photos that this guess counts for


class Pace:
    """Seconds for each photo and for each megapixel, fitted to those that are done (ridge regression)."""

    def __init__(self) -> None:
        self._count = 0.0
        self._size = self._square = 0.0  # sums of megapixels and of their squares
        self._time = self._product = 0.0  # sums of seconds, and of seconds times megapixels

    def learn(self, megapixels: float, seconds: float) -> None:
        """A photo is done."""
        self._count += 1
        self._size += megapixels
        self._square += megapixels**2
        self._time += seconds
        self._product += seconds * megapixels

    def left(self, megapixels: Iterable[float]) -> float | None:
        """Seconds for the photos that are left; None before the first is done."""
        sizes = tuple(megapixels)
        return self.left_of(len(sizes), sum(sizes))

    def left_of(self, photos: int, megapixels: float) -> float | None:
        """The same for so many photos, which have so many megapixels together."""
        if not self._count or self._time <= 0:
            return None
        photo, megapixel = self._fitted()
        return photo * photos + megapixel * megapixels

    def _fitted(self) -> tuple[float, float]:
        """Seconds for each photo, and for each of its megapixels; neither is negative."""
        # the guess: time is in proportion to megapixels and a share for each photo
        each = self._time / (self._size + _SHARE * self._count)
        photo, megapixel = _SHARE * each, each
        mean = self._size / self._count
        # pulled to the guess by some photos as large as the mean: solve for the differences from it
        n, s, q = self._count + _WEIGHT, self._size, self._square + _WEIGHT * max(mean, 1e-3) ** 2
        rest = self._time - photo * self._count - megapixel * self._size
        product = self._product - photo * self._size - megapixel * self._square
        determinant = n * q - s * s
        if determinant > 1e-12 * n * q:
            photo += (q * rest - s * product) / determinant
            megapixel += (n * product - s * rest) / determinant
        if photo < 0:
            return 0.0, self._product / max(self._square, 1e-12)
        if megapixel < 0:
            return self._time / self._count, 0.0
        return photo, megapixel
