"""The structure's logo: the picture given, else the one in the box of the sheet `Convention`."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from lxml import etree

from cedre_xlsx.ooxml.safety import open_package
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.tables import CONVENTION_SHEET
from cedre_xlsx.workbook.read.formats import read_bytes
from cedre_xlsx.workbook.read.parts import ReadPackage, read_parts

_EMBEDDED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_PNG = b"\x89PNG"
#: The box of the logo in the sheet: its columns and rows, counted from 0.
_COLUMNS, _ROWS = range(4), range(5)


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture ready to be printed: PNG or JPEG, no larger than needed, its own name."""

    name: str
    data: bytes


def logo_for(workbook: Path, given: Path | None) -> Logo | None:
    """The logo to print: the picture `given`, else the one that the workbook's form shows.

    None when there is neither, or when the workbook's own is a drawing that is not understood.
    Raises CedreError for a given file that is no picture.
    """
    if given is None:
        return _printable(_pasted(workbook))
    if not given.is_file():
        raise CedreError(f"{given} : ce logo n'existe pas ; vérifiez le chemin de l'image.")
    logo = _printable(given.read_bytes())
    if logo is None:
        raise CedreError(
            f"{given} : ce n'est pas une image lisible ; donnez un fichier PNG ou JPEG."
        )
    return logo


def _printable(picture: bytes) -> Logo | None:
    """The picture made again from its pixels; None for what is none, or is a trap of pixels."""
    if not picture:
        return None
    from PIL import Image, UnidentifiedImageError

    from cedre_xlsx.workbook.template.form_logo import small_picture

    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            data = small_picture(BytesIO(picture)).getvalue()
        except (
            UnidentifiedImageError, OSError, SyntaxError, ValueError,
            Image.DecompressionBombError, Image.DecompressionBombWarning,
        ):  # fmt: skip
            return None
    return Logo("logo.png" if data.startswith(_PNG) else "logo.jpg", data)


def _pasted(workbook: Path) -> bytes:
    """The picture that begins in the logo's box of `Convention`; b"" when there is none."""
    data = read_bytes(workbook)
    package = ReadPackage(open_package(data, workbook), workbook)
    if package.member("[Content_Types].xml") is None:  # an .ods
        return b""
    sheets = {sheet.name: sheet.part for sheet in read_parts(package).sheets}
    part = sheets.get(CONVENTION_SHEET, "")
    for _, kind, drawing in package.related(part) if part else ():
        root = package.xml(drawing) if kind == "drawing" else None
        picture = _picture_in_box(root) if root is not None else ""
        for identifier, _, media in package.related(drawing) if picture else ():
            if identifier == picture:
                return bytes(package.read(media))
    return b""


def _picture_in_box(drawing: etree._Element) -> str:
    """The relationship of the first picture whose corner is in the box; "" for none."""
    for anchor in drawing:
        corner = anchor.find("{*}from")
        picture = anchor.find("{*}pic/{*}blipFill/{*}blip")
        if corner is None or picture is None:
            continue
        column, row = (corner.findtext(f"{{*}}{name}", "-1") for name in ("col", "row"))
        if column in map(str, _COLUMNS) and row in map(str, _ROWS):
            return picture.get(_EMBEDDED, "")
    return ""
