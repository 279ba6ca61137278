"""Who counts in one figure, for a terminal and for a spreadsheet."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from cedre_xlsx.method.french import typeset
from cedre_xlsx.reports.csv_text import csv_text
from cedre_xlsx.reports.layout import SheetOrigin
from cedre_xlsx.reports.statistics.definitions import definition_of
from cedre_xlsx.reports.statistics.shown import number_text
from cedre_xlsx.reports.statistics.text import unit_text
from cedre_xlsx.reports.statistics.values import Behind, CountedLine, Indicator

PRIVATE = "Liste nominative : ne pas diffuser."
_PARTS = {
    "counted": "Comptées",
    "others": "Au dénominateur seulement",
    "unknown": "Inconnues",
}
_WIDTH = 88


def render_who_text(
    one: Indicator, behind: Behind, year: int, note: str, *, workbook: str, on: date, version: str
) -> str:
    """The lines by part, one a line; what a line counts for where that is not one."""
    lines = [
        who_title(one, year),
        SheetOrigin(workbook, on, version).line,
        PRIVATE,
        *([note] if note else []),
        "",
        *textwrap.wrap(typeset(one.definition), _WIDTH),
    ]
    for title, part in parts_of(behind):
        lines += ["", f"{title} : {len(part)}", *_aligned(part)]
    return "\n".join(typeset(line.rstrip()) for line in lines)


def who_title(one: Indicator, year: int) -> str:
    """What is listed: the figure is in the unit of its lines, which add up to it: minutes stay
    minutes.
    """
    return f"Qui compte en {year} : {one.label}, {unit_text(one.value, definition_of(one.id).unit)}"


def render_who_csv(
    one: Indicator, behind: Behind, year: int, note: str, *, workbook: str, on: date, version: str
) -> str:
    """The lines behind the figures as CSV, a row a line."""
    rows: list[Sequence[object]] = [
        (f"Qui compte en {year} : {one.label}",),
        (SheetOrigin(workbook, on, version).line,),
        (PRIVATE,),
        *([(note,)] if note else []),
        (),
        ("Part", "Feuille", "Ligne", "Personne", "Compte pour"),
    ]
    for title, part in parts_of(behind):
        rows += ((title, line.sheet, line.row, line.person, line.amount) for line in part)
    return csv_text(rows)


def who_json_object(one: Indicator, behind: Behind) -> dict[str, Any]:
    """The lines behind the figures as an object of JSON."""
    return {
        "id": one.id,
        "label": one.label,
        **{
            name: [
                {
                    "sheet": line.sheet,
                    "row": line.row,
                    "person": line.person,
                    "amount": line.amount,
                }
                for line in getattr(behind, name)
            ]
            for name in _PARTS
        },
    }


def parts_of(behind: Behind) -> Iterator[tuple[str, tuple[CountedLine, ...]]]:
    """The lines by part, under what the part is called; those of the value always."""
    for name, title in _PARTS.items():
        part = getattr(behind, name)
        if part or name == "counted":
            yield title, part


def _aligned(part: Sequence[CountedLine]) -> Iterator[str]:
    width = max((len(line.person) for line in part), default=0)
    for line in part:
        amount = "" if line.amount == 1 else number_text(line.amount, 2)
        yield f"  {line.person:<{width}}  {line.sheet}, ligne {line.row}  {amount}"
