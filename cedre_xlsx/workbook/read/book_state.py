"""The state of an Excel file as a whole: who saved it, its names, its tables, the sheets shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from cedre_xlsx.schema.state import BookState

#: What the properties name is printed: letters only, and not many.
_PROGRAM = re.compile(r"[A-Za-z][A-Za-z.+-]*(?: [A-Za-z.+-]+){0,3}")
#: Programs that call themselves Excel, or that lose nothing.
_SILENT = ("microsoft", "cedre")
_LONGEST = 40  # characters
_OPENPYXL = "openpyxl"
#: What exceljs writes in a file that nobody signed.
_UNKNOWN = "Unknown"


def book_state(
    root: etree._Element,
    tables: Iterable[str],
    application: etree._Element | None,
    properties: etree._Element | None,
) -> BookState:
    """From the workbook's part, the names of its tables, and the properties of the file."""
    return BookState(
        program=_program(_text(application, "Application"), _text(properties, "lastModifiedBy")),
        names=_names(root),
        tables=frozenset(name.casefold() for name in tables),
        shown=frozenset(
            (one.get("name") or "").casefold()
            for one in _children(root, "sheets")
            if one.get("state") not in ("hidden", "veryHidden")
        ),
    )


def _program(application: str, signed: str) -> str:
    """The program that saved the file last, as it names itself; "" when it cannot be told."""
    if _OPENPYXL in application.casefold():
        return _OPENPYXL
    if application == "Microsoft Excel" and signed == _UNKNOWN:
        return "exceljs"
    found = _PROGRAM.match(application)
    name = found[0].rstrip(" .-+") if found else ""
    if name.casefold().startswith(_SILENT) or len(name) > _LONGEST:
        return ""
    return name[:1].upper() + name[1:]


def _names(root: etree._Element) -> dict[str, str]:
    """What each name stands for; that of the whole workbook before those of single sheets."""
    found: dict[str, str] = {}
    for one in _children(root, "definedNames"):
        name = (one.get("name") or "").casefold()
        if one.get("localSheetId") is None or name not in found:
            found[name] = one.text or ""
    return found


def _text(root: etree._Element | None, name: str) -> str:
    """The text of the child of that name."""
    found = (one.text for one in (() if root is None else root) if _local(one) == name)
    return (next(found, None) or "").strip()


def _children(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """The children of the child of that name."""
    for one in root:
        if _local(one) == name:
            yield from one


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
