"""How the sheets that people fill, and Synthèse, print: as today, where they still print as earlier
versions had them.
"""

from __future__ import annotations

import re
from typing import Any

from cedre_xlsx.method.text import word_key
from cedre_xlsx.schema.losses import data_tables
from cedre_xlsx.schema.records import Records, Table, column_letter
from cedre_xlsx.schema.tables import SYNTHESIS
from cedre_xlsx.workbook.package.frame import SheetFrame
from cedre_xlsx.workbook.package.host import Host, quoted
from cedre_xlsx.workbook.template.data_sheet import REPEATED
from cedre_xlsx.workbook.upgrade.model import UpgradeNote

_TITLES = "_xlnm.Print_Titles"
#: One or two pages wide, as many tall as it takes: so small that it could not be read.
_FITTED = (
    re.compile(rb"\sfitToWidth\s*=\s*\"[12]\""), re.compile(rb"\sfitToHeight\s*=\s*\"0\"")
)  # fmt: skip
_REPLACED = re.compile(rb"\s(?:scale|pageOrder)\s*=\s*\"\w+\"")
_FITS = re.compile(rb"\sfitToPage\s*=\s*\"(?:1|true)\"")
_ROWS = re.compile(r"\$[0-9]+:\$[0-9]+")


def put_pages(host: Host, records: Records, told: UpgradeNote) -> None:
    """Have these sheets print as large as on screen; another choice of the team's stays."""
    for table in data_tables(records):
        if table.found:
            _put_page(host, table.sheet, _repeated(table), told)
    for sheet in host.sheets():
        if word_key(sheet.title) == word_key(SYNTHESIS.sheet):
            _put_page(host, sheet.title, "$A:$B", told)


def _repeated(table: Table[Any]) -> str:
    """The columns that every page repeats, where the team has them; "" where one is gone, or they
    stand the other way round.
    """
    numbers = [table.columns.get(field, 0) for field in REPEATED[table.spec.table]]
    if 0 in numbers or numbers != sorted(numbers):
        return ""
    return ":".join(f"${column_letter(number)}" for number in numbers)


def _put_page(host: Host, title: str, columns: str, told: UpgradeNote) -> None:
    part = next((one.part for one in host.sheets() if one.title == title and one.is_worksheet), "")
    if not part:
        return
    frame = SheetFrame(host.package.read(part))
    page, sheet = frame.child("pageSetup"), frame.child("sheetPr")
    if page is None or sheet is None:
        return
    content, properties = frame.content(page), frame.content(sheet)
    if not (_FITS.search(properties) and all(one.search(content) for one in _FITTED)):
        return
    for one in (*_FITTED, _REPLACED):
        content = one.sub(b"", content)
    content = re.sub(rb"^(<[^\s/>]+)", rb'\1 scale="100" pageOrder="overThenDown"', content)
    frame.put("pageSetup", content)
    frame.put("sheetPr", _FITS.sub(b"", properties))
    host.package.write(part, frame.xml)
    rows = _rows(host, title)
    if columns and rows:
        name = quoted(title)
        host.set_local_names(title, {_TITLES: f"{name}!{columns},{name}!{rows}"})
    told.done.append(f"{title} : s'imprime en taille réelle, les noms répétés à chaque page")


def _rows(host: Host, title: str) -> str:
    """The rows that every page repeats already."""
    for sheet, name, refers_to in host.meanings():
        if sheet == title and name.casefold() == _TITLES.casefold():
            found = _ROWS.search(refers_to)
            return found[0] if found else ""
    return ""
