"""Cells of the workbook beside what a foreign line says of the same thing."""

from __future__ import annotations

from dataclasses import dataclass

from cedre_xlsx.intake.living import Living
from cedre_xlsx.intake.plan import CellFill
from cedre_xlsx.intake.targets import SPECS
from cedre_xlsx.intake.understood import as_typed
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.pass_number import pass_number
from cedre_xlsx.method.text import fold, squeeze
from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.workbook.edit.model import CellValue, shown
from cedre_xlsx.workbook.read.problems import plain_text
from cedre_xlsx.workbook.read.raw import Cell, is_blank


@dataclass(frozen=True, slots=True)
class Said:
    """What a foreign line says of someone: the value to write, and the line it is on."""

    person: str
    place: str
    value: CellValue


@dataclass(frozen=True, slots=True)
class Comparer:
    """What a line of the workbook lacks of a foreign one, or says otherwise."""

    living: Living

    def field(self, table: str, row: Row, name: str, foreign: Row, said: Said) -> list[CellFill]:
        """The cell to fill or to change, if any, for a field that `foreign` understands."""
        cell, raw = self.living.cell(table, row.row, name)
        if not is_blank(raw) and _means(row, foreign, name, raw, said.value):
            return []
        heading = SPECS[table].columns[name].header
        return [self._fill(table, row.row, cell, raw, said, heading, name)]

    def own(self, table: str, row: Row, heading: str, said: Said) -> list[CellFill]:
        """The cell to fill or to change, if any, in a column of the team's own."""
        there = self.living.own_heading(table, heading)
        cell, raw = self.living.cell(table, row.row, heading=there) if there else ("", None)
        if not is_blank(raw) and same(as_typed(raw), said.value):
            return []
        return [self._fill(table, row.row, cell, raw, said, there or heading)]

    def _fill(
        self, table: str, row: int, cell: str, raw: Cell, said: Said, heading: str, field: str = ""
    ) -> CellFill:
        before = "" if is_blank(raw) else squeeze(plain_text(raw))
        after, sheet = squeeze(shown(said.value)), self.living.sheet(table)
        return CellFill(
            said.person, sheet, heading, cell, before, after, said.value, said.place, table, row,
            field,
        )  # fmt: skip


def same(one: CellValue, other: CellValue) -> bool:
    """Whether two values say the same, as people read them."""
    return one == other or fold(shown(one)) == fold(shown(other))


def _means(row: Row, foreign: Row, name: str, raw: Cell, value: CellValue) -> bool:
    """Whether the cell of a row of ours says what a foreign line does."""
    mine, theirs = getattr(row, name), getattr(foreign, name)
    if isinstance(mine, DatedText | Deadline) and isinstance(theirs, DatedText | Deadline):
        return same(_day_or_text(mine), _day_or_text(theirs)) or same(plain_text(raw), value)
    if name == "pass_number":
        return pass_number(mine or "") == pass_number(theirs or "") != ""
    if name not in row.unreadable and name not in foreign.unreadable and mine == theirs:
        return True
    return same(as_typed(raw), value) or (isinstance(mine, str) and same(mine, value))


def _day_or_text(value: DatedText | Deadline) -> str:
    text = value.remark if isinstance(value, DatedText) else value.text
    if isinstance(value, DatedText) and value.day is not None:
        return f"{french_day(value.day)} {text}".strip()
    return text or (french_day(value.day) if value.day else "")
