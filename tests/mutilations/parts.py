"""What several kinds of mutilation do: addresses moved, cells merged, columns renamed."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from tests.edited_package import (
    M,
    Package,
    Sheet,
    letters_of_number,
    number_of_letters,
    set_text,
    text_of,
)

Mutilate = Callable[["Package"], None]
REF = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([0-9]+)")


def moved(refs: str, rows: int = 0, columns: int = 0) -> str:
    """References, each moved: as Excel does when rows or columns are inserted."""

    def move(found: re.Match[str]) -> str:
        letters = letters_of_number(number_of_letters(found[2]) + columns)
        return f"{found[1]}{letters}{found[3]}{int(found[4]) + rows}"

    return REF.sub(move, refs)


def merge(sheet: Sheet, *refs: str) -> None:
    merged = sheet.root.find(f"{M}mergeCells")
    if merged is None:
        merged = etree.Element(f"{M}mergeCells")
        sheet.data.addnext(merged)
    for ref in refs:
        etree.SubElement(merged, f"{M}mergeCell", {"ref": ref})


def rename(sheet: Sheet, heading: str, other: str) -> None:
    for cell in sheet.heading_row:
        if text_of(cell) == heading:
            set_text(cell, other)
