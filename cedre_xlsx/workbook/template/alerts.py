"""The colours that react by themselves to dates and statuses.

LibreOffice applies one rule a cell, the first by priority: so alerts come first, the rule for
borders last, and the border is repeated in every alert.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from cedre_xlsx.method.vocabulary import Status
from cedre_xlsx.schema.reach import SHEET_END
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.tables import (
    BARRIERS,
    CONTRACT_NAME,
    ENGAGEMENTS,
    EXITS_NAME,
    FOLLOW_UP,
    HEADER_ROW,
    MISSIONS,
    NAMED_COLUMNS,
    NOTES_NAME,
    PASS_NAME,
    PAUSES_NAME,
    PEOPLE,
    PERSONS_NAME,
    SOON_NAME,
    TableSpec,
)
from cedre_xlsx.workbook.styles import LATE, LATE_FILL, LINE, MUTED, SOON_FILL
from cedre_xlsx.workbook.template.book import Book
from cedre_xlsx.workbook.template.settings_layout import setting_cell

_FIRST = HEADER_ROW + 1
_SIDE = Side(style="thin", color=LINE)
_BORDER = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)


@dataclass(frozen=True, slots=True)
class _Alert:
    """A look given when a formula holds: to the fields named, else to the whole line."""

    formula: str
    fields: tuple[str, ...] = ()
    fill: str = ""
    color: str = ""
    bold: bool = False


def define_names(book: Book) -> None:
    """The names that the formulas of colours and of the paper forms use.

    A colour's formula reaches another sheet by a name: Excel takes no direct reference there.
    """
    book.name(NOTES_NAME, setting_cell("form_notes"), hidden=True)
    book.name(SOON_NAME, setting_cell("soon_days"), hidden=True)
    book.name(CONTRACT_NAME, setting_cell("contract_days"), hidden=True)
    book.name(PASS_NAME, setting_cell("pass_days"), hidden=True)
    columns = _columns(PEOPLE)
    for name, field in NAMED_COLUMNS.items():
        letter = column_letter(columns[field])
        book.name(name, f"{PEOPLE.sheet}!${letter}:${letter}", hidden=True)


def add_alerts(
    sheet: Worksheet,
    spec: TableSpec[Any],
    columns: Mapping[str, int] | None = None,
    first: int = _FIRST,
) -> None:
    """Colour the lines of a data sheet, below its table too, down to the end of the sheet.

    `columns` and `first` are where it has its fields and its first line, when it is not laid out
    as a new workbook is. Raises KeyError for a field that a colour depends on.
    """
    columns = columns or _columns(spec)
    letters = {field: column_letter(number) for field, number in columns.items()}
    left, right = column_letter(min(columns.values())), column_letter(max(columns.values()))
    for alert in (*_ALERTS[spec.table](_Cells(letters, first)), _borders(left, right, first)):
        own = (letters[field] for field in alert.fields)
        cells = " ".join(f"{letter}{first}:{letter}{SHEET_END}" for letter in own)
        look = DifferentialStyle(
            font=Font(color=alert.color or None, bold=alert.bold or None)
            if alert.color or alert.bold
            else None,
            fill=PatternFill("solid", start_color=alert.fill, end_color=alert.fill)
            if alert.fill
            else None,
            border=_BORDER,
        )
        sheet.conditional_formatting.add(
            cells or f"{left}{first}:{right}{SHEET_END}",
            Rule(type="expression", formula=[alert.formula], dxf=look),
        )


def _columns(spec: TableSpec[Any]) -> dict[str, int]:
    return {field: index for index, field in enumerate(spec.columns, start=1)}


def _borders(left: str, right: str, first: int) -> _Alert:
    return _Alert(f"COUNTA(${left}{first}:${right}{first})>0")


class _Cells:
    """A line's cells by field, as a formula written for the first line names them."""

    def __init__(self, letters: dict[str, str], first: int) -> None:
        self._letters = letters
        self._first = first

    def __getitem__(self, field: str) -> str:
        return f"${self._letters[field]}{self._first}"


def _follow_up(cell: _Cells) -> Iterator[_Alert]:
    """Without a Statut, a line that has an outcome is neither closed nor late: it stays in yellow
    once its deadline is past, for its Statut is to be specified.
    """
    status, outcome = cell["status"], cell["outcome"]
    closed = f'OR(LEFT({status},3)="{Status.DONE[:3]}",{status}="{Status.DROPPED}")'
    yield from _deadline_alerts(cell, closed, f'AND({status}="",{outcome}<>"")')


def _engagements(cell: _Cells) -> Iterator[_Alert]:
    yield from _deadline_alerts(cell, f'{cell["reviewed"]}<>""')


def _deadline_alerts(cell: _Cells, closed: str, untold: str = "") -> Iterator[_Alert]:
    """Late in red, soon in yellow: open lines of people who are neither gone nor on pause. One that
    is `untold` is never late.

    Closed lines come first: they are nearly all of an old workbook's, and LibreOffice, which asks
    the rules one after another for every cell of every line, stops at the first that holds.
    """
    due = _day_of(cell["deadline"])
    late = _watched(cell, f"OR({closed},{untold})" if untold else closed, f"{due}<TODAY()")
    soon = _watched(cell, closed, f"{due}<=TODAY()+{SOON_NAME}")
    yield _Alert(closed, color=MUTED)
    yield _Alert(late, ("deadline",), fill=LATE_FILL, color=LATE, bold=True)
    yield _Alert(late, fill=LATE_FILL)
    yield _Alert(soon, fill=SOON_FILL)


def _watched(cell: _Cells, closed: str, when: str) -> str:
    """People are looked up for the few lines that are late only: IF stops there, AND would not."""
    return f"IFERROR(IF({closed},FALSE,IF({when},{_followed(cell['person'])},FALSE)),FALSE)"


def _followed(person: str) -> str:
    """Whether somebody is neither on pause nor gone, on any of their rows.

    What costs much, counting a name in all the rows, is asked for only where some person has a
    pause, and where the first of somebody's rows has an exit.
    """
    paused = f'COUNTIFS({PERSONS_NAME},{person},{PAUSES_NAME},">="&TODAY())>0'
    stays = f'IFERROR(INDEX({EXITS_NAME},MATCH({person},{PERSONS_NAME},0))="",TRUE)'
    gone = f'COUNTIFS({PERSONS_NAME},{person},{EXITS_NAME},"<"&TODAY())'
    returned = f"{gone}<COUNTIFS({PERSONS_NAME},{person})"
    is_paused = f"IF(COUNT({PAUSES_NAME})=0,FALSE,{paused})"
    return f"IF({is_paused},FALSE,IF({stays},TRUE,{returned}))"


def _day_of(cell: str) -> str:
    """The date in a deadline's cell: its number, or the last date that its text holds.

    Years are cut to two digits first; no date at all gives an error, which means: not late. A text
    without any stroke is not searched.
    """
    text = f'SUBSTITUTE({cell},"/20","/")'
    found = f'MID({text},LOOKUP(99,SEARCH("??/??/??",{text},ROW($1:$99))),8)'
    written = f"DATE(2000+RIGHT({found},2),MID({found},4,2),LEFT({found},2))"
    return f'IF(ISNUMBER({cell}),{cell},IF(FIND("/",{cell})>0,{written}))'


def _people(cell: _Cells) -> Iterator[_Alert]:
    here = f'{cell["exited"]}=""'
    for field, name in (("contract_end", CONTRACT_NAME), ("pass_end", PASS_NAME)):
        day = cell[field]
        known = f"{here},ISNUMBER({day})"
        yield _Alert(f"AND({known},{day}<TODAY())", (field,), fill=LATE_FILL, color=LATE, bold=True)
        yield _Alert(f"AND({known},{day}<=TODAY()+{name})", (field,), fill=SOON_FILL)
    yield _Alert(
        f"OR(NOT({here}),AND(ISNUMBER({cell['paused_until']}),{cell['paused_until']}>=TODAY()))",
        color=MUTED,
    )


def _missions(cell: _Cells) -> Iterator[_Alert]:
    yield _Alert(f"AND(ISNUMBER({cell['end']}),{cell['end']}<TODAY())", color=MUTED)


def _barriers(cell: _Cells) -> Iterator[_Alert]:
    yield _Alert(f'{cell["lifted"]}<>""', color=MUTED)


_ALERTS: dict[str, Callable[[_Cells], Iterator[_Alert]]] = {
    PEOPLE.table: _people,
    FOLLOW_UP.table: _follow_up,
    ENGAGEMENTS.table: _engagements,
    MISSIONS.table: _missions,
    BARRIERS.table: _barriers,
}
