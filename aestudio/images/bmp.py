"""BMP files."""

from io import BytesIO

from PIL import Image

from aestudio.images.decoding import Decoded, check_size, from_pillow
from aestudio.images.jpeg import metadata_of


def decode(data: bytes) -> Decoded:
    """Grey, RGB or RGBA (H, W, C), uint8."""
    with Image.open(BytesIO(data), formats=("BMP",)) as image:
        check_size(*image.size)
        image.load()
        return from_pillow(image, metadata_of(image))
