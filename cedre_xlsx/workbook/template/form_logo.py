"""The structure's logo in its box: a picture, else the place for one."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Pictures
from PIL import ImageOps

#: A printed box of 6 cm needs no more pixels than that.
_LARGEST = (900, 450)
_EMU_PER_PIXEL = 9525


def place_logo(
    sheet: Worksheet, logo: Path, column: int, row: int, box: tuple[float, float]
) -> None:
    """Put the picture in a box, its own proportions kept, centred.

    `column` and `row` (1-based) are the box's first cell, `box` its width and height in pixels.
    The picture is made again from its pixels alone: what a camera adds is left out. Raises
    OSError for a file that is not a picture.
    """
    picture = Image(small_picture(logo))
    scale = min(box[0] / picture.width, box[1] / picture.height)
    width, height = picture.width * scale, picture.height * scale
    picture.anchor = OneCellAnchor(
        _from=AnchorMarker(
            col=column - 1,
            colOff=_emu((box[0] - width) / 2),
            row=row - 1,
            rowOff=_emu((box[1] - height) / 2),
        ),
        ext=XDRPositiveSize2D(_emu(width), _emu(height)),
    )
    sheet.add_image(picture)


def _emu(pixels: float) -> int:
    return int(pixels) * _EMU_PER_PIXEL


def small_picture(logo: Path | BytesIO) -> BytesIO:
    """The picture upright, as PNG (JPEG stays JPEG), no larger than it can be printed."""
    made = BytesIO()
    with Pictures.open(logo) as opened:
        photograph = opened.format == "JPEG"
        upright = ImageOps.exif_transpose(opened)
        upright = upright.convert("RGB" if photograph else "RGBA")
        upright.thumbnail(_LARGEST)
        bare = Pictures.new(upright.mode, upright.size)
        bare.paste(upright)
        bare.save(made, "JPEG" if photograph else "PNG", quality=90)
    made.seek(0)
    return made
