"""Columns added to a table that lives: where each goes, and what makes it one of the table's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from cedre_xlsx.method.text import squeeze
from cedre_xlsx.ooxml.cell_text import legal
from cedre_xlsx.schema.columns import Column, Search
from cedre_xlsx.schema.reach import reach_below
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.state import Area
from cedre_xlsx.schema.tables import TableSpec
from cedre_xlsx.workbook.edit.formulas import NAME_PARTS, name_formula
from cedre_xlsx.workbook.edit.headed import own_key
from cedre_xlsx.workbook.edit.model import NewColumn, PlacedColumn, Unwritten
from cedre_xlsx.workbook.edit.pen import PROTECTED, Pen
from cedre_xlsx.workbook.edit.right_side import RightSide
from cedre_xlsx.workbook.edit.sheet_cells import SheetCells
from cedre_xlsx.workbook.edit.table_columns import TableColumns
from cedre_xlsx.workbook.edit.wider import (
    Widening,
    widen_names,
    with_column_look,
    with_rule,
    with_wider_colours,
)
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.package.row_adding import widened
from cedre_xlsx.workbook.read.headings import field_of, match_headings
from cedre_xlsx.workbook.read.locate import Located

NO_TABLE = "la feuille n'a pas été trouvée dans le classeur"
UNPROTECT = f"{PROTECTED} : ôtez la protection (Révision), puis recommencez"
NO_HEADING = "une colonne a besoin d'un intitulé"
TOO_LONG = "un intitulé a 255 caractères au plus"
NO_ROOM = "rien n'est libre à droite du tableau"
TAKEN = "ses intitulés ne se liraient plus tous comme avant"
_BESIDE = (
    "la colonne « {heading} » est en {letters}, hors du tableau, car autre chose est écrit juste à "
    "sa droite"
)
_NO_LIST = "la colonne « {heading} » n'a pas de liste déroulante : le classeur n'a pas la sienne"
_LONGEST = 255  # characters of a table's heading
_WIDTHS = (12.0, 32.0)  # of a column of the team's


@dataclass
class Columns:
    """What became of the columns wanted of a table."""

    placed: list[PlacedColumn] = field(default_factory=list)
    left: list[Unwritten] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, other: Columns) -> None:
        """Take in the new columns of another table."""
        self.placed += other.placed
        self.left += other.left
        self.notes += other.notes


def not_found(spec: TableSpec[Any], wanted: Sequence[NewColumn]) -> Columns:
    """The columns of a table that the workbook lacks."""
    headings = [one.heading or spec.columns[one.field].header for one in wanted]
    return Columns(left=[Unwritten(spec.sheet, NO_TABLE, heading=one) for one in headings])


@dataclass(frozen=True, slots=True)
class _Plan:
    """A column that will be added: what it is, its place, whether the table has it."""

    field: str
    column: Column
    number: int
    in_table: bool
    last: int  # the column that was the last one

    @property
    def letters(self) -> str:
        return column_letter(self.number)


class ColumnWriter:
    """What adds columns to one table."""

    def __init__(self, host: Host, pen: Pen, found: Located, part: str) -> None:
        self._host = host
        self._pen = pen
        self._found = found
        self._spec = found.spec
        self._part = part
        self._title = found.sheet.name
        number = found.sheet.column_number
        self._fields = {name: number(index) for name, index in found.columns.items()}
        self._own = {heading: number(index) for heading, index in found.extra.items()}
        self._headings = {self._fields[name]: self._shown(name) for name in self._fields}
        self._headings |= {number: heading for heading, number in self._own.items()}
        self._cells = SheetCells(host.package.read(part))
        self._table = TableColumns(host, part, found)
        self._side = RightSide(found, self._cells, self._table.last)
        self.columns = Columns()

    def write(self, wanted: Sequence[NewColumn]) -> Columns:
        """Add columns at the right of those that are there; what became of them."""
        plans = []
        for one in wanted:
            heading = legal(squeeze(one.heading or self._spec.columns[one.field].header))
            name = one.field or field_of(self._spec.model, heading)
            there = self._there(heading, name)
            if there is not None:
                self._placed(heading, name, there, was_there=True)
            else:
                plan = self._planned(heading, name)
                if isinstance(plan, str):
                    self.columns.left.append(Unwritten(self._title, plan, heading=heading))
                else:
                    plans.append(plan)
                    self._placed(heading, name, plan.number, was_there=False)
        if plans:
            self._add(plans)
        return self.columns

    def _placed(self, heading: str, field: str, number: int, *, was_there: bool) -> None:
        self.columns.placed.append(
            PlacedColumn(self._spec.table, heading, field, self._title, number, was_there)
        )

    def _there(self, heading: str, field: str) -> int | None:
        """The column that reading takes for that one."""
        if field:
            return self._fields.get(field)
        known = {own_key(name): number for name, number in self._own.items()}
        return known.get(own_key(heading))

    # Where

    def _planned(self, heading: str, field: str) -> _Plan | str:
        """Where a column goes; why nowhere, in French."""
        if not heading:
            return NO_HEADING
        if len(heading) > _LONGEST:
            return TOO_LONG
        if self._cells.is_protected:
            return UNPROTECT
        in_table = self._table.may_grow and self._side.may_join(self._table.last)
        last, number = self._side.last, self._side.following
        if not self._side.is_free(number):
            in_table, number = False, self._side.beyond
        if not number:
            return NO_ROOM
        column = self._spec.columns[field] if field else _own_column(heading)
        if not self._is_read(heading, field, number):
            return TAKEN
        if field:
            self._fields[field] = number
        else:
            self._own[heading] = number
        self._headings[number] = heading
        self._side.take(number)
        return _Plan(field, replace(column, header=heading), number, in_table, last)

    def _is_read(self, heading: str, field: str, number: int) -> bool:
        """Whether reading will find the new heading, and the others as it did."""
        before = match_headings(self._spec.model, _row(self._headings))
        after = match_headings(self._spec.model, _row({**self._headings, number: heading}))
        wanted = dict(before, **{field: number - 1}) if field else before
        return after == wanted

    def _shown(self, name: str) -> str:
        """The heading of one of our columns as the sheet has it."""
        sheet, index = self._found.sheet, self._found.columns.get(name)
        cell = None if index is None else sheet.cell(self._found.heading_row, index)
        known = isinstance(cell, str) and match_headings(self._spec.model, [cell])
        return str(cell) if known else self._spec.columns[name].header

    # How

    def _add(self, plans: Sequence[_Plan]) -> None:
        rules: list[etree._Element] = []
        looks: list[dict[str, str]] = []
        for plan in plans:
            sheet, styles = self._sample(plan)
            self._put_heading(plan, sheet, styles)
            if plan.column.calculated:
                self._put_names(plan)
            looks.append(self._look(plan, sheet, styles))
            rules += self._rules(plan, sheet)
        xml = self._cells.data()
        for plan, look in zip(plans, looks, strict=True):
            xml = self._followed(xml, plan, look)
        for rule in rules:
            xml = with_rule(xml, rule)
        self._host.package.write(self._part, xml)
        self._table.save([plan.number for plan in plans if plan.in_table])
        for plan in plans:
            if self._table.is_one and not plan.in_table:
                self._note(_BESIDE.format(heading=plan.column.header, letters=plan.letters))

    def _note(self, text: str) -> None:
        self.columns.notes.append(f"{self._title} : {text}.")

    def _sample(self, plan: _Plan) -> tuple[etree._Element, etree._Element]:
        """The column as a new workbook has it, where this one has it."""
        from cedre_xlsx.workbook.template.column_sample import column_sample

        heading = max(self._side.heading, 1)
        rows = (heading, heading + 1, reach_below(self._side.bottom))
        return column_sample(self._spec, plan.field, plan.column, plan.number, rows)

    def _put_heading(self, plan: _Plan, sheet: etree._Element, styles: etree._Element) -> None:
        """The heading, as those of a new workbook look; the team's as the one beside it."""
        if self._side.shows_headings:
            drawn = next(sheet.iter(q("c")))
            style = self._pen.styles.drawn(styles, int(drawn.get("s", "0")))
            beside = self._cells.cell(f"{column_letter(plan.last)}{self._side.heading}")
            required = {number for name, number in self._fields.items()
                        if self._spec.columns[name].required}  # fmt: skip
            if not plan.field and beside is not None and plan.last not in required:
                style = beside.style
            address = f"{plan.letters}{self._side.heading}"
            self._cells.put(address, self._pen.content(style, plan.column.header))
        fills = plan.column.calculated if all(p in self._fields for p in NAME_PARTS) else ""
        self._table.set_heading(plan.number, plan.column.header, fills)

    def _put_names(self, plan: _Plan) -> None:
        """What the column computes, in the lines that are there."""
        numbers = self._found.sheet.row_numbers
        for index in self._found.rows:
            row = numbers[index]
            formula = name_formula(self._spec, self._fields, row, in_table=False)
            address = f"{plan.letters}{row}"
            style = self._pen.style(self._cells, address)
            self._cells.put(address, self._pen.formula(style, formula, None))

    def _look(self, plan: _Plan, sheet: etree._Element, styles: etree._Element) -> dict[str, str]:
        """The attributes of the column in the sheet."""
        [drawn] = list(sheet.iter(q("col")))
        said = {str(key): str(value) for key, value in drawn.attrib.items()}
        said = {key: said[key] for key in ("width", "customWidth") if key in said}
        style = self._pen.styles.drawn(styles, int(drawn.get("style", "0")))
        if style:
            said["style"] = style
        if plan.column.facultative:
            said["outlineLevel"] = "1"
            if self._folds():
                said["hidden"] = "1"
        return said

    def _folds(self) -> bool:
        """Whether the facultative columns are folded, as in a new workbook."""
        looks = [
            self._cells.column_look(self._fields[name])
            for name in self._found.columns
            if self._spec.columns[name].facultative
        ]
        return not looks or any(one is not None and one.hidden for one in looks)

    def _rules(self, plan: _Plan, sheet: etree._Element) -> Iterator[etree._Element]:
        """What the column accepts, unless its cells have a rule of the team's."""
        state = self._found.sheet.state
        for rule in sheet.iter(q("dataValidation")):
            place = Area(self._side.heading + 1, plan.number, self._side.bottom + 1, plan.number)
            if state is not None and any(place.overlaps(one) for one in state.helped):
                continue
            is_list = rule.get("type") == "list"
            if is_list and (rule.findtext(q("formula1")) or "").casefold() not in self._names():
                self._note(_NO_LIST.format(heading=plan.column.header))
                continue
            yield rule

    def _names(self) -> frozenset[str]:
        return self._host.names()

    def _followed(self, xml: bytes, plan: _Plan, look: Mapping[str, str]) -> bytes:
        """The sheet whose widths, colours and filter know the column."""
        xml = with_column_look(xml, plan.number, look, in_group=plan.column.facultative)
        xml = widened(xml, max(self._side.heading, 1), plan.number)
        if plan.number != plan.last + 1:
            return xml
        side = self._side
        ours = [n for name, n in self._fields.items() if name in self._found.columns]
        lasts = frozenset({plan.last, self._table.last or plan.last})
        widening = Widening(
            side.first, lasts, side.heading, side.bottom, plan.number,
            max(ours) if plan.field else 0,
        )  # fmt: skip
        widen_names(self._host, self._title, widening)
        return with_wider_colours(xml, widening)


def _own_column(heading: str) -> Column:
    """What a column of the team's is taken for: texts, of which nothing is known."""
    lowest, highest = _WIDTHS
    return Column(heading, width=min(max(lowest, len(heading) + 2.0), highest), search=Search.NO)


def _row(headings: Mapping[int, str]) -> list[str | None]:
    """Headings as a row has them, from its first column on."""
    return [headings.get(number) for number in range(1, max(headings, default=0) + 1)]
