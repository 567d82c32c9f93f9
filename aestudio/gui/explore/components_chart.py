"""How much of photos codes of each length keep, as a chart of PCA and autoencoder."""

import csv
import math
from io import StringIO
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QSize, Qt, Slot
from PySide6.QtWidgets import QWidget

from aestudio.gui.chart_style import Style
from aestudio.gui.palette import DARK, LIGHT
from aestudio.gui.train.chart import TrainChart

if TYPE_CHECKING:
    from aestudio.explore.compare import Comparison

PCA: Final = Style("#f2d94e", "#8f7a00", "s", Qt.PenStyle.DashLine, 2)
AUTOENCODER: Final = Style(DARK.accent, LIGHT.accent, "o", Qt.PenStyle.SolidLine, 2)
_SMALLEST: Final = QSize(280, 150)
_SPARE: Final = 0.08  # of the range, above and below
_SHORTEST, _LONGEST = 2, 128  # numbers


class LengthChart(TrainChart):
    """Two curves over the length of a code, and a line at the length that is looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("code-length", _SMALLEST, parent)
        self._comparison: Comparison | None = None
        self._length = _SHORTEST
        self._hint = ""
        self.setAccessibleName(self.tr("Chart of nearness over the length of the code"))
        self.setToolTip(
            self.tr(
                "How near reconstructions come to photos that PCA was not fitted to: mean PSNR over the number of "
                "components, or of code values. Higher is better. A right click saves it."
            )
        )
        self._ready = True
        self.draw()

    def show_comparison(self, comparison: "Comparison | None", hint: str = "") -> None:
        """Show another one; `hint` says why there is none."""
        self._comparison, self._hint = comparison, hint
        self.draw()

    def show_length(self, length: int) -> None:
        """Mark another length."""
        if length != self._length:
            self._length = length
            self.draw()

    def draw(self) -> None:
        """The mean over the photos, in dB: equal steps across are twice as many numbers."""
        from aestudio.explore.components import decibels

        palette, found = self.palette(), self._comparison
        self.plot.begin(palette, self.tr("Numbers that are kept of a photo"), self.tr("Nearness (dB)"))
        self.show_hint(self._hint or ("" if found else self.tr("Not compared yet.")))
        if found is None or not found.rows:
            self.legend.show_lines(())
            self.caption.set_text(self.tr("On photos that PCA does not know"))
            self._show_range((10.0, 25.0))
            return
        curves = [
            (decibels(errors).mean(axis=0).tolist(), style)
            for errors, style in ((found.pca, PCA), (found.autoencoder, AUTOENCODER))
        ]
        places = [math.log2(length) for length in found.lengths]
        self.plot.draw_upright(math.log2(self._length), palette)
        for values, style in curves:
            self.plot.draw_line(places, values, style, palette)
            self.plot.draw_dots([QPointF(x, y) for x, y in zip(places, values, strict=True)], style, palette)
        self.legend.show_lines(((self.tr("Autoencoder"), AUTOENCODER), (self.tr("PCA"), PCA)))
        text = self.tr("On %n photo(s) that PCA does not know", "", len(found.rows))
        self.caption.set_text(text)
        self.setAccessibleDescription(text)
        every = [value for values, _ in curves for value in values]
        self._show_range((min(every), max(every)))

    def table(self) -> str:
        """Means over the photos, and each photo."""
        from aestudio.explore.components import decibels

        found, out = self._comparison, StringIO()
        writer = csv.writer(out)
        writer.writerow(("photo", "numbers", "PCA MSE", "autoencoder MSE", "PCA PSNR (dB)", "autoencoder PSNR (dB)"))
        if found is None:
            return out.getvalue()
        nearness = decibels(found.pca), decibels(found.autoencoder)
        for column, length in enumerate(found.lengths):
            errors = (each[:, column].mean() for each in (found.pca, found.autoencoder))
            levels = (each[:, column].mean() for each in nearness)
            writer.writerow(("mean", length, *(f"{e:.7f}" for e in errors), *(f"{level:.3f}" for level in levels)))
        for place, name in enumerate(found.names):
            for column, length in enumerate(found.lengths):
                errors = (each[place, column] for each in (found.pca, found.autoencoder))
                levels = (each[place, column] for each in nearness)
                writer.writerow((name, length, *(f"{e:.7f}" for e in errors), *(f"{level:.3f}" for level in levels)))
        return out.getvalue()

    def _show_range(self, values: tuple[float, float]) -> None:
        low, high = values
        spare = max(_SPARE * (high - low), 0.2)
        margin = 0.1
        self.plot.show_range((math.log2(_SHORTEST) - margin, math.log2(_LONGEST) + margin), (low - spare, high + spare))
        self._tick()

    @Slot()
    def _on_resized(self) -> None:
        super()._on_resized()
        self._tick()

    def _tick(self) -> None:
        """At the powers of two."""
        powers = range(int(math.log2(_SHORTEST)), int(math.log2(_LONGEST)) + 1)
        self.plot.widget.getAxis("bottom").setTicks([[(float(power), f"{2**power}") for power in powers]])
