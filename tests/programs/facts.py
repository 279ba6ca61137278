"""What a program left of a workbook of ours, kind by kind, told by openpyxl from the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from cedre_xlsx.ooxml.parts import Package, Relations
from cedre_xlsx.schema.tables import (
    CONTROL,
    CONVENTION_SHEET,
    DATA_TABLES,
    LISTS_SHEET,
    PERSON_FORM_SHEET,
    SYNTHESIS,
)
from cedre_xlsx.workbook.package.host import Host, q

KEPT, CHANGED, LOST = "gardé", "changé", "perdu"

_DATA = tuple(spec.sheet for spec in DATA_TABLES)
_FORMS = (PERSON_FORM_SHEET, CONVENTION_SHEET)
_LINKED = (SYNTHESIS.sheet, CONTROL.sheet, "Réunion")

Facts = Mapping[str, object]


def _tables(book: Workbook) -> object:
    """Names, places, columns, and the formulas that fill new rows."""
    return {
        f"{sheet.title}/{table.displayName}": (
            table.ref,
            table.headerRowCount,
            tuple((c.name, _formula(c.calculatedColumnFormula)) for c in table.tableColumns),
        )
        for sheet in book.worksheets
        for table in sheet.tables.values()
    }


def _formula(formula: Any) -> str:
    return "" if formula is None else _plain(formula.attr_text or "")


def _plain(formula: str) -> str:
    """A formula whatever the program's way of writing it."""
    return re.sub("[ $']", "", formula).upper().removeprefix("=")


def _lists(book: Workbook) -> object:
    """Which cells of the entry sheets have a list, column by column, and what it draws from."""
    found = {}
    for title in _DATA:
        for one in book[title].data_validations.dataValidation:
            if one.type == "list":
                columns = sorted({str(part).rstrip("0123456789") for part in _parts(one.sqref)})
                found[title, tuple(columns)] = (_plain(one.formula1 or ""), _lowest(one.sqref))
    return found


def _parts(ranges: Any) -> list[str]:
    return [str(one).partition(":")[0] for one in ranges.ranges]


def _lowest(ranges: Any) -> int:
    return max(one.max_row for one in ranges.ranges)


def _names(book: Workbook) -> object:
    """What the names that the lists rest on refer to."""
    return {
        name: _plain(str(one.value))
        for name, one in book.defined_names.items()
        if name.casefold().startswith(("lst", "l_", "_cedre"))
    }


def _hidden_names(book: Workbook) -> object:
    return sorted(name for name, one in book.defined_names.items() if one.hidden)


def _hidden_sheets(book: Workbook) -> object:
    return {sheet.title: sheet.sheet_state for sheet in book.worksheets if sheet.title in _ALL_OURS}


_ALL_OURS = (LISTS_SHEET,)


def _protection(book: Workbook) -> object:
    return {
        title: tuple(
            cell.coordinate
            for row in book[title].iter_rows(max_row=12)
            for cell in row
            if not cell.protection.locked and not cell.protection.hidden
        )
        for title in _FORMS
        if book[title].protection.sheet
    }


def _charts(book: Workbook) -> object:
    """The series of each chart of the figures."""
    return [
        sorted(str(getattr(series.val.numRef, "f", "")).replace("$", "") for series in chart.series)
        for sheet in book.worksheets
        if sheet.title.startswith("Statistiques")
        for chart in sheet._charts  # type: ignore[attr-defined]
    ]


def _links(book: Workbook) -> object:
    return {
        (title, cell.coordinate): (cell.hyperlink.location or cell.hyperlink.target or "")
        .replace("$", "").replace("'", "").lstrip("#").replace("#", "!")
        for title in _LINKED
        if title in book
        for row in book[title].iter_rows()
        for cell in row
        if cell.hyperlink is not None
    }  # fmt: skip


def _alerts(book: Workbook) -> object:
    """The conditional formats of the entry sheets."""
    return {
        title: sorted(
            _plain(rule.formula[0]) if rule.formula else rule.type
            for one in book[title].conditional_formatting
            for rule in one.rules
        )
        for title in _DATA
    }


def _colours(book: Workbook) -> object:
    """The colours of the headings."""
    return {
        (title, cell.coordinate): cell.fill.fgColor.rgb
        for title in _DATA
        for cell in book[title][4]
        if cell.fill is not None and cell.fill.fill_type == "solid"
    }


def _dates(book: Workbook) -> object:
    """The cells that show a date rather than a number."""
    return {
        (title, cell.coordinate)
        for title in _DATA
        for row in book[title].iter_rows(min_row=5)
        for cell in row
        if cell.is_date and cell.value is not None
    }


def _panes(book: Workbook) -> object:
    return {title: book[title].freeze_panes for title in _DATA if book[title].freeze_panes}


def _titles(book: Workbook) -> object:
    """The rows repeated on each printed page."""
    titles = {title: book[title].print_title_rows for title in _DATA}
    return {title: rows.replace("$", "") for title, rows in titles.items() if rows}


_KINDS: Mapping[str, Callable[[Workbook], Any]] = {
    "tables": _tables,
    "lists": _lists,
    "names": _names,
    "hidden_names": _hidden_names,
    "hidden_sheets": _hidden_sheets,
    "protection": _protection,
    "charts": _charts,
    "links": _links,
    "alerts": _alerts,
    "colours": _colours,
    "dates": _dates,
    "panes": _panes,
    "titles": _titles,
}

#: What is looked at; docs/programs_page.py names each in French.
LOOKED_AT = (*_KINDS, "values")


@lru_cache(maxsize=2)
def facts(data: bytes) -> Facts:
    """Each kind of thing as the file has it."""
    book = load_workbook(BytesIO(readable(data)))
    found = {name: look(book) for name, look in _KINDS.items()}
    return {**found, "values": set(_values(data))}


def readable(data: bytes) -> bytes:
    """The file without what openxlsx of R writes and openpyxl refuses.

    That is a colour written as for the web, and relationships to drawings that are not there.
    """
    package = Package(data)
    styles = Host(package).related("styles")
    if styles is not None:
        content = package.read(styles.target)
        package.write(styles.target, content.replace(b'rgb="#', b'rgb="FF'))
    for sheet in Host(package).sheets():
        relations = Relations(package, sheet.part)
        lost = [one.id for one in relations if not one.external and one.target not in package]
        for identifier in lost:
            relations.remove(identifier)
        if lost:
            relations.save()
    return package.data()


def _values(data: bytes) -> Iterator[tuple[str, str]]:
    """The formulas that have a value beside them."""
    host = Host(Package(data))
    for sheet in host.sheets():
        if sheet.is_worksheet:
            for formula in host.package.root(sheet.part).iter(q("f")):
                cell = formula.getparent()
                assert cell is not None
                if cell.findtext(q("v")):
                    yield sheet.title, cell.get("r", "")


def left(before: Facts, after: Facts) -> dict[str, str]:
    """What became of each kind: kept, changed or lost."""
    return {name: _state(before[name], after[name]) for name in LOOKED_AT}


def _state(before: Any, after: Any) -> str:
    more = isinstance(before, set) and before <= after
    if more or before == after:
        return KEPT
    return CHANGED if after else LOST
