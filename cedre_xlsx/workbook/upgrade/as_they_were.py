"""Whether Accueil and the paper forms are as a version of ours drew them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from hashlib import sha256

from lxml import etree

from cedre_xlsx.method.text import word_key
from cedre_xlsx.schema.records import column_number
from cedre_xlsx.workbook.edit.sheet_cells import SheetCells
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.upgrade.former import LOOKS
from cedre_xlsx.workbook.upgrade.sheet_look import SheetLook

_OTHER_SHEET = re.compile(r"(?:'(?:[^']|'')+'|[^\W\d]\w*)!\$?[A-Z]{1,3}(?::\$?[A-Z]{1,3})?")
_VERSION = re.compile(r"[0-9]+\.[0-9]+")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?")
_LENGTH = 16  # hexadecimal digits


def sheet_print(host: Host, part: str, choices: Collection[str]) -> str:
    """The print of all that a sheet shows, but what is chosen in it and the version it tells.

    Columns of other sheets, their names, rows and numbers do not count in formulas: a team that
    moves its columns leaves the form as it was.
    """
    told = "\n".join(sorted(_told(host, part, choices)))
    return sha256(told.encode()).hexdigest()[:_LENGTH]


def _told(host: Host, part: str, choices: Collection[str]) -> Iterator[str]:
    xml = host.package.read(part)
    root, cells = host.package.root(part), SheetCells(xml)
    texts, _ = host.shared_texts
    for cell in root.iter(q("c")):
        address = cell.get("r", "")
        if cell.find(q("f")) is not None:
            letters = address.rstrip("0123456789")
            formula = cells.formula_text(int(address[len(letters) :]), column_number(letters))
            yield f"{address} ={_plain(formula)}"
        elif (text := text_of(cell, texts)) and address not in choices and not is_version(text):
            yield f"{address} {word_key(text)}"
    for rule in root.iter(q("cfRule")):
        yield "colour " + " ".join(_plain(one.text or "") for one in rule.iter(q("formula")))


def _plain(formula: str) -> str:
    bare = "".join(_OTHER_SHEET.sub("!", formula.replace("()", "")).split()).casefold()
    return _NUMBER.sub("#", bare)


def text_of(cell: etree._Element, shared: tuple[str, ...]) -> str:
    """What a cell holds, as text."""
    if cell.get("t") == "s":
        return shared[int(cell.findtext(q("v")) or 0)]
    return "".join(one.text or "" for one in cell.iter(q("t"), q("v")))


def is_version(text: str) -> bool:
    """Whether a text is a version of the layout."""
    return _VERSION.fullmatch(text) is not None


def look_unlike(name: str, look: SheetLook) -> tuple[str, ...]:
    """What of a sheet's look is no version's, in French; () where it is as one drew it."""
    return min((look.unlike(known) for known in LOOKS[name]), key=len)
