"""The two palettes: neutral greys around the photo, and one accent colour for what is active."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

TEXT_PIXELS = 13
GAP = 4  # spacing comes in steps of it


@dataclass(frozen=True)
class Greys:
    """The colours of one palette, as #rrggbb."""

    canvas: str  # around the photo
    panel: str
    field: str  # lists, text and number fields
    button: str
    line: str
    text: str
    quiet: str  # captions: still 4.5:1 on the panel
    disabled: str
    accent: str
    on_accent: str


# lightness L* of the canvas 20, of the panels 25: darker than almost any photo, lighter than black
DARK = Greys(
    canvas="#303030",
    panel="#3b3b3b",
    field="#2b2b2b",
    button="#4a4a4a",
    line="#5a5a5a",
    text="#e6e6e6",
    quiet="#b8b8b8",
    disabled="#8c8c8c",
    accent="#6cb2f0",
    on_accent="#101010",
)
LIGHT = Greys(
    canvas="#c6c6c6",
    panel="#e9e9e9",
    field="#f8f8f8",
    button="#f1f1f1",
    line="#b4b4b4",
    text="#1a1a1a",
    quiet="#505050",
    disabled="#8a8a8a",
    accent="#1565b3",
    on_accent="#ffffff",
)


def make_palette(greys: Greys) -> QPalette:
    """A complete QPalette. `Dark` is the canvas, `Mid` the lines, `PlaceholderText` the captions."""
    colours = {
        QPalette.ColorRole.Window: greys.panel,
        QPalette.ColorRole.WindowText: greys.text,
        QPalette.ColorRole.Base: greys.field,
        QPalette.ColorRole.AlternateBase: greys.panel,
        QPalette.ColorRole.Text: greys.text,
        QPalette.ColorRole.Button: greys.button,
        QPalette.ColorRole.ButtonText: greys.text,
        QPalette.ColorRole.BrightText: greys.text,
        QPalette.ColorRole.ToolTipBase: greys.field,
        QPalette.ColorRole.ToolTipText: greys.text,
        QPalette.ColorRole.PlaceholderText: greys.quiet,
        QPalette.ColorRole.Highlight: greys.accent,
        QPalette.ColorRole.HighlightedText: greys.on_accent,
        QPalette.ColorRole.Accent: greys.accent,
        QPalette.ColorRole.Link: greys.accent,
        QPalette.ColorRole.LinkVisited: greys.accent,
        QPalette.ColorRole.Light: greys.line,
        QPalette.ColorRole.Midlight: greys.button,
        QPalette.ColorRole.Mid: greys.line,
        QPalette.ColorRole.Dark: greys.canvas,
        QPalette.ColorRole.Shadow: "#000000",
    }
    palette = QPalette()
    for role, colour in colours.items():
        palette.setColor(role, QColor(colour))
    off = QPalette.ColorGroup.Disabled
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(off, role, QColor(greys.disabled))
    for role in (QPalette.ColorRole.Highlight, QPalette.ColorRole.Accent):
        palette.setColor(off, role, QColor(greys.line))
    palette.setColor(off, QPalette.ColorRole.HighlightedText, QColor(greys.text))
    return palette


def greys_for(theme: str) -> Greys:
    """The colours of the theme `dark`, `light` or `system`; a system that does not tell counts as light."""
    if theme == "system":
        return DARK if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
    return LIGHT if theme == "light" else DARK


def apply_theme(app: QApplication, theme: str) -> None:
    """Give the whole application a theme, at once."""
    if app.style().objectName().lower() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(make_palette(greys_for(theme)))


def apply_font(app: QApplication) -> None:
    """13 px text (Qt scales pixels with the screen) with figures of equal width."""
    font = QFont(app.font())
    font.setPixelSize(TEXT_PIXELS)
    font.setFeature(QFont.Tag("tnum"), 1)
    app.setFont(font)


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""

    def luminance(colour: QColor) -> float:
        channels = (colour.redF(), colour.greenF(), colour.blueF())
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
