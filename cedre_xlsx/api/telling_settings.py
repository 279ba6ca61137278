"""`settings`: what `Paramètres` says, cell by cell, and what of it was not understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.collection import without_collection
from cedre_xlsx.api.opening import OpenBook, opened_book
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.french import decimal
from cedre_xlsx.method.text import readable, word_key
from cedre_xlsx.rules import RULES
from cedre_xlsx.rules.findings import unknown_codes
from cedre_xlsx.schema.findings import Problem
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.settings import SETTINGS, Settings, SettingSpec
from cedre_xlsx.schema.tables import SETTING_TABLE, SETTINGS_SHEET, TableSpec
from cedre_xlsx.workbook.read.block import BlockRow, read_block
from cedre_xlsx.workbook.read.problems import plain_text
from cedre_xlsx.workbook.read.raw import is_blank

if TYPE_CHECKING:
    from cedre_xlsx.workbook.read.raw import Cell

#: The rule of what is not understood in Paramètres.
_NOT_UNDERSTOOD = "LEC12"


@dataclass(frozen=True, slots=True)
class SettingLine:
    """One setting: its value as it is used, its meaning, its default, its cell ("" for none).

    `typed` is what the cell says; `is_own` tells that the value comes from it, and not from the
    default, nor from an older line of two settings (`former`). `wrong` says what is not understood.
    """

    label: str
    value: str
    unit: str
    meaning: str
    default: str
    typed: str
    cell: str
    is_own: bool
    former: str = ""
    wrong: str = ""

    @property
    def differs(self) -> bool:
        """Whether the value is another than that of a new workbook."""
        return self.value != self.default


@dataclass(frozen=True, slots=True)
class ChoiceTable:
    """Another table of `Paramètres`: its headings, and its lines with the cell of each.

    Without `found` the workbook has no such table: the defaults stand.
    """

    title: str
    hint: str
    headings: tuple[str, ...]
    lines: tuple[tuple[str, tuple[str, ...]], ...]
    found: bool


@dataclass(frozen=True, slots=True)
class SettingsTold:
    """What `Paramètres` says: `wrong` are places and sentences of what is not understood."""

    workbook: str
    sheet: str
    found: bool
    lines: tuple[SettingLine, ...]
    tables: tuple[ChoiceTable, ...]
    wrong: tuple[tuple[str, str], ...]


@checked
@without_collection
def settings(path: Path | str, *, on: date | None = None) -> SettingsTold:
    """The settings of a workbook, which is only read.

    Raises CedreError for one that cannot be read, or is none of ours.
    """
    path, day = Path(path), on or date.today()
    book = opened_book(path, day)
    problems = [one for one in book.reading.problems if one.code == _NOT_UNDERSTOOD]
    chosen = book.reading.records.settings
    problems += unknown_codes(chosen, {rule.code: rule for rule in RULES})
    rows = read_block(book.workbook, SETTING_TABLE)
    return SettingsTold(
        workbook=readable(path.name),
        sheet=rows[0].sheet.name if rows else SETTINGS_SHEET,
        found=rows is not None,
        lines=tuple(_setting_lines(rows or (), chosen, problems)),
        tables=tuple(_tables(book)),
        wrong=tuple((_where(one), f"{one.message} {one.help}".strip()) for one in problems),
    )


def _setting_lines(
    rows: Sequence[BlockRow], chosen: Settings, problems: Sequence[Problem]
) -> Iterator[SettingLine]:
    """Each setting with the line that gives it: the last one of its own, else an older one."""
    by_label = {word_key(row.text("label")): row for row in rows}
    wrong = {one.place.cell: f"{one.message} {one.help}".strip() for one in problems}
    for spec in SETTINGS:
        own, former = by_label.get(word_key(spec.label)), by_label.get(word_key(spec.former))
        is_older = own is None or is_blank(own.cells.get("value"))
        row = former if is_older and former is not None and spec.former else own
        cell = _address(row, "value") if row else ""
        typed = row.cells.get("value") if row else None
        told = wrong.get(cell, "") if cell else ""
        yield SettingLine(
            label=spec.label,
            value=_shown(spec, chosen),
            unit=spec.unit,
            meaning=spec.effect,
            default=_shown(spec, Settings()),
            typed=plain_text(typed),
            cell=cell,
            is_own=row is not None and row is own and not is_blank(typed) and not told,
            former=spec.former if row is not None and row is former and row is not own else "",
            wrong=told,
        )


def _shown(spec: SettingSpec, chosen: Settings) -> str:
    """The value of a setting as French writes it; "" for none."""
    value = spec.typed(chosen)
    if isinstance(value, date):
        return french_day(value)
    if isinstance(value, (int, float)):
        return decimal(float(value)) if not float(value).is_integer() else str(int(value))
    return str(value or "")


def _tables(book: OpenBook) -> Iterator[ChoiceTable]:
    from cedre_xlsx.workbook.template.settings_layout import BLOCKS

    for block in BLOCKS:
        if block.spec is not SETTING_TABLE:
            yield _table(book, block.spec, block.hint)


def _table(book: OpenBook, spec: TableSpec[Any], hint: str) -> ChoiceTable:
    rows = read_block(book.workbook, spec)
    fields = list(spec.columns)
    lines = tuple(
        (_address(row, next(iter(row.columns))), tuple(_text(row.cells.get(f)) for f in fields))
        for row in rows or ()
    )
    headings = tuple(column.header for column in spec.columns.values())
    return ChoiceTable(spec.title, hint, headings, lines, rows is not None)


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and not isinstance(cell, bool):
        return str(int(cell)) if cell.is_integer() else decimal(cell)
    return plain_text(cell)


def _address(row: BlockRow, field: str) -> str:
    column = row.columns.get(field)
    if column is None:
        return ""
    number = row.sheet.column_number(column)
    return f"{column_letter(number)}{row.sheet.row_numbers[row.index]}"


def _where(problem: Problem) -> str:
    place = problem.place
    return place.address if place.cell else place.sheet
