"""The sheet *Fusion*: what a merge leaves to be chosen, two values side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from cedre_xlsx.method.french import counted, listed
from cedre_xlsx.reports.layout import FIRST_ROW, Frame, SheetOrigin, height_of
from cedre_xlsx.reports.tables import headings
from cedre_xlsx.schema.fusion import Choice, Sort
from cedre_xlsx.schema.generated_sheets import FUSION_KIND
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.tables import FUSION
from cedre_xlsx.workbook.generated import GeneratedSheet, Link, SheetRow, Value
from cedre_xlsx.workbook.styles import (
    BODY,
    BODY_LINK,
    CHOICE,
    DATE_FORMAT,
    HIDDEN_KEY,
    LATE,
    LATE_FILL,
    MUTED,
    SOON_FILL,
    Style,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_INKS = {
    Sort.CONFLICT: Style(border="thin", bold=True, color=LATE, fill=LATE_FILL),
    Sort.TO_PLACE: Style(border="thin", bold=True, fill=SOON_FILL),
    Sort.REMOVED: Style(border="thin", bold=True, fill=SOON_FILL),
}
_MOST = 32_000  # characters of a cell


@dataclass(frozen=True, slots=True)
class FusionLine:
    """A row of `Fusion`: `sheet` and `cell` are where its value stands in the workbook, both "" for
    what has no place there; `key` finds that again.
    """

    sort: Sort
    person: str
    sheet: str
    cell: str
    column: str
    before: Value
    first: Value
    second: Value
    file: str
    key: str


def fusion_sheet(
    lines: Sequence[FusionLine], first: str, on: date, *, workbook: str, version: str
) -> GeneratedSheet:
    """The sheet of these lines, the conflicts first; `first` is the name of the file A."""
    order = list(Sort)
    ordered = sorted(lines, key=lambda line: order.index(line.sort))
    frame = Frame(
        title=FUSION.title,
        hint=FUSION.hint,
        legend=_legend(lines, first),
        origin=SheetOrigin(workbook, on, version),
        headings=headings(FUSION),
        frozen_columns=2,
        hidden=1,
        heading_height=20,
    )

    def draw(sheet: Worksheet, last_row: int) -> None:
        frame.draw(sheet)
        _offer_choices(sheet, last_row)

    return GeneratedSheet(
        mark=FUSION_KIND.mark,
        title=FUSION.sheet,
        draw=draw,
        first_row=FIRST_ROW,
        styles={_look(line): _styles(line) for line in ordered},
        rows=tuple(map(_row, ordered)),
        table=FUSION,
    )


def _legend(lines: Sequence[FusionLine], first: str) -> str:
    to_choose = sum(line.sort.is_open for line in lines)
    files = listed(list(dict.fromkeys(line.file for line in lines if line.file)))
    told = f"A : {first}, dont les valeurs sont dans le classeur. B : {files or 'l’autre fichier'}."
    if not to_choose:
        return f"{told} Rien n'est à choisir."
    return f"{told} {counted(to_choose, 'ligne')} à choisir."


def _row(line: FusionLine) -> SheetRow:
    place: Value = Link(line.cell, line.sheet, line.cell) if line.cell else None
    values: tuple[Value, ...] = (
        line.sort.value, line.person or None, line.sheet or None, place, line.column or None,
        _held(line.before), _held(line.first), _held(line.second), line.file or None, None,
        line.key,
    )  # fmt: skip
    return SheetRow(_look(line), values, height_of(values[:-1], headings(FUSION)))


def _held(value: Value) -> Value:
    """A value that a cell takes whole; the end of a longer text is in its file."""
    if isinstance(value, str) and len(value) > _MOST:
        return f"{value[:_MOST]}…"
    return value if value != "" else None


def _days(line: FusionLine) -> frozenset[str]:
    """The columns where a day stands."""
    values = {"before": line.before, "first": line.first, "second": line.second}
    return frozenset(name for name, value in values.items() if isinstance(value, date))


def _look(line: FusionLine) -> str:
    return ".".join((line.sort.value, *sorted(_days(line))))


def _styles(line: FusionLine) -> tuple[Style, ...]:
    sort, days = line.sort, _days(line)
    base = BODY if sort.is_open else replace(BODY, color=MUTED)
    styles = []
    for name in FUSION.columns:
        style = replace(base, number_format=DATE_FORMAT) if name in days else base
        if name == "sort":
            style = _INKS.get(sort, base)
        elif name == "cell":
            style = BODY_LINK
        elif name == "choice" and sort.is_open:
            style = replace(BODY, fill=CHOICE, horizontal="center", bold=True)
        elif name == "key":
            style = HIDDEN_KEY
        styles.append(style)
    return tuple(styles)


def _offer_choices(sheet: Worksheet, last_row: int) -> None:
    """The drop-down list of Choix."""
    from openpyxl.worksheet.datavalidation import DataValidation

    letter = column_letter(list(FUSION.columns).index("choice") + 1)
    rule = DataValidation(
        type="list", formula1=f'"{",".join(choice.value for choice in Choice)}"', allow_blank=True
    )
    rule.promptTitle, rule.prompt = (
        "Choix",
        ("A : la valeur de A. B : celle de B. les deux : les deux textes. vu : laisser tel quel."),
    )
    rule.showInputMessage = True
    rule.errorTitle, rule.error = "Choix", "Choisissez A, B, les deux ou vu."
    rule.showErrorMessage = True
    rule.add(f"{letter}{FIRST_ROW}:{letter}{last_row}")
    sheet.add_data_validation(rule)
