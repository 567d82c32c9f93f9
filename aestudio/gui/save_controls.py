"""What can be chosen about a saved photo: format, quality, packing, bits, metadata."""

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLabel, QSlider, QSpinBox, QWidget

from aestudio.images.formats import FORMATS, quality_for, subsampling_for
from aestudio.images.options import WRITABLE, SaveOptions
from aestudio.images.photo import Photo
from aestudio.images.png import LEVEL


class SaveControls(QObject):
    """The controls, and a row for each. Only what the format has is shown; defaults follow the photo's own file."""

    format_chosen = Signal(str)  # by the user

    def __init__(self, photo: Photo, options: SaveOptions, *, compressed: bool = False) -> None:
        super().__init__()
        self._compressed = compressed  # an .aes file is made already
        self._photo = photo
        self._given = options
        self.format_box = _box(*((name, name) for name in WRITABLE))
        self.format_box.setToolTip(self.tr("PNG and TIFF lose nothing. JPEG, WebP and AVIF make small files."))
        self.quality_slider = QSlider(Qt.Orientation.Horizontal)
        self.quality_slider.setRange(1, 100)
        self.quality_slider.setAccessibleName(self.tr("Quality slider"))
        self.quality_spin = QSpinBox()
        self.quality_spin.setRange(1, 100)
        for control in (self.quality_slider, self.quality_spin):
            control.setToolTip(self.tr("More keeps finer detail, less makes a smaller file."))
        self.lossless_box = QCheckBox(self.tr("Lossless"))
        self.lossless_box.setToolTip(self.tr("Keeps every pixel as it is; the file gets larger."))
        self.subsampling_box = _box(
            (self.tr("Full (4:4:4)"), "4:4:4"),
            (self.tr("Half (4:2:2)"), "4:2:2"),
            (self.tr("Quarter (4:2:0)"), "4:2:0"),
        )
        self.subsampling_box.setToolTip(
            self.tr("How finely colours are kept. Full keeps the edges of red things sharp.")
        )
        self.compression_box = _box(
            (self.tr("ZIP (deflate)"), "deflate"), (self.tr("LZW"), "lzw"), (self.tr("None"), "none")
        )
        self.compression_box.setToolTip(self.tr("ZIP makes the smallest file; none opens everywhere and fastest."))
        self.level_spin = QSpinBox()
        self.level_spin.setRange(0, 9)
        self.level_spin.setToolTip(self.tr("0 saves fast, 9 makes the smallest file. The picture is the same."))
        self.depth_box = QComboBox()
        self.depth_box.setToolTip(self.tr("More bits keep smoother tones for further editing."))
        self.metadata_box = _box(
            (self.tr("Keep all"), "keep"),
            (self.tr("Copyright, author, date and camera"), "basic"),
            (self.tr("None"), "strip"),
        )
        self.metadata_box.setToolTip(
            self.tr(
                "What goes into the file of the photo's date, place, camera and captions. The colour profile stays."
            )
        )
        self._quality = QWidget()
        self._labels: dict[QWidget, QLabel] = {}
        self.format_box.activated.connect(self._on_format_activated)
        self.quality_slider.valueChanged.connect(self.quality_spin.setValue)
        self.quality_spin.valueChanged.connect(self.quality_slider.setValue)
        self.lossless_box.toggled.connect(self.quality_slider.setDisabled)
        self.lossless_box.toggled.connect(self.quality_spin.setDisabled)
        _choose(self.metadata_box, options.metadata)

    @property
    def format(self) -> str:
        """The chosen format."""
        return str(self.format_box.currentData())

    @property
    def options(self) -> SaveOptions:
        """All choices; None for what the format does not have."""
        has = self._choices(self.format)
        return SaveOptions(
            format=self.format,
            quality=self.quality_spin.value() if "quality" in has else None,
            lossless=self.lossless_box.isChecked() if "lossless" in has else None,
            bit_depth=self.depth_box.currentData(),
            subsampling=self.subsampling_box.currentData() if "subsampling" in has else None,
            compression=self.compression_box.currentData() if "compression" in has else None,
            level=self.level_spin.value() if "level" in has else None,
            metadata=self.metadata_box.currentData(),
        )

    def fill(self, grid: QGridLayout, row: int) -> int:
        """Put the controls into two columns from `row` on; the first row that is free behind them."""
        quality = QHBoxLayout(self._quality)
        quality.setContentsMargins(0, 0, 0, 0)
        quality.addWidget(self.quality_slider)
        quality.addWidget(self.quality_spin)
        quality.addWidget(self.lossless_box)
        rows: tuple[tuple[str, QWidget, QWidget], ...] = (
            (self.tr("F&ormat"), self.format_box, self.format_box),
            (self.tr("&Quality"), self._quality, self.quality_spin),
            (self.tr("Co&lours"), self.subsampling_box, self.subsampling_box),
            (self.tr("&Packing"), self.compression_box, self.compression_box),
            (self.tr("&Packing"), self.level_spin, self.level_spin),
            (self.tr("&Bits"), self.depth_box, self.depth_box),
            (self.tr("&Metadata"), self.metadata_box, self.metadata_box),
        )
        for number, (text, widget, control) in enumerate(rows, start=row):
            label = QLabel(text)
            label.setBuddy(control)
            control.setAccessibleName(text.replace("&", ""))
            self._labels[widget] = label
            grid.addWidget(label, number, 0)
            if widget is self._quality:
                grid.addWidget(widget, number, 1)
            else:
                grid.addWidget(widget, number, 1, Qt.AlignmentFlag.AlignLeft)
        return row + len(rows)

    def show_format(self, name: str) -> None:
        """Choose a format, with its defaults for this photo."""
        _choose(self.format_box, name)
        format_, source = FORMATS[name], self._photo.encoding
        given = self._given if self._given.format in (None, name) else SaveOptions(metadata=self._given.metadata)
        quality = quality_for(name, given, source)
        self.quality_spin.setValue(quality)
        has_lossless = "lossless" in format_.choices
        self.lossless_box.setVisible(has_lossless)
        self.lossless_box.setChecked(has_lossless and (source.lossless if given.lossless is None else given.lossless))
        _choose(self.subsampling_box, subsampling_for(given, source, quality))
        _choose(self.compression_box, given.compression or source.compression or "deflate")
        self.level_spin.setValue(LEVEL if given.level is None else given.level)
        self.depth_box.clear()
        for bits in format_.depths:
            self.depth_box.addItem(self.tr("32 (floating point)") if bits == 32 else str(bits), bits)
        _choose(self.depth_box, min(given.bit_depth or self._photo.bit_depth, format_.depths[-1]))
        self.depth_box.setEnabled(len(format_.depths) > 1)
        for choice, widget in (
            ("quality", self._quality),
            ("subsampling", self.subsampling_box),
            ("compression", self.compression_box),
            ("level", self.level_spin),
        ):
            shown = choice in self._choices(name)
            widget.setVisible(shown)
            self._labels[widget].setVisible(shown)

    def _choices(self, name: str) -> tuple[str, ...]:
        """What there is to choose in a format."""
        return () if self._compressed and name == "AES" else FORMATS[name].choices

    @Slot(int)
    def _on_format_activated(self, row: int) -> None:
        self.show_format(WRITABLE[row])
        self.format_chosen.emit(WRITABLE[row])


def _box(*choices: tuple[str, str]) -> QComboBox:
    box = QComboBox()
    for text, value in choices:
        box.addItem(text, value)
    return box


def _choose(box: QComboBox, value: object) -> None:
    box.setCurrentIndex(max(0, box.findData(value)))
