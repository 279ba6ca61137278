"""Lines added to the sheets that people fill, and cells changed; all else stays as it is.

Every other part of the file keeps its bytes, but for the values of formulas that read what has
changed, in a file that another program than ours saved last: LibreOffice would show them as they
were.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from cedre_xlsx.ooxml.areas import MAX_COLUMN, MAX_ROW, Area, areas
from cedre_xlsx.ooxml.parts import Relations
from cedre_xlsx.schema.records import Records, column_letter
from cedre_xlsx.schema.tables import DATA_TABLES
from cedre_xlsx.workbook.edit.headed import Headed
from cedre_xlsx.workbook.edit.model import (
    CellChange,
    Edited,
    LineChange,
    NewColumn,
    NewRow,
    PlacedColumn,
    PlacedRow,
    Unwritten,
)
from cedre_xlsx.workbook.edit.new_columns import Columns, ColumnWriter
from cedre_xlsx.workbook.edit.new_columns import not_found as no_table
from cedre_xlsx.workbook.edit.pen import ABSENT, Pen
from cedre_xlsx.workbook.edit.rows import NO_COLUMN, AddedLines, LineWriter, not_found
from cedre_xlsx.workbook.edit.sheet_cells import SheetCells
from cedre_xlsx.workbook.edit.side_lines import SIDE_TABLES, SideLines
from cedre_xlsx.workbook.package.host import Host
from cedre_xlsx.workbook.package.refusals import refuse_unspliceable
from cedre_xlsx.workbook.package.stale import drop_stale_values
from cedre_xlsx.workbook.places_read import places_read
from cedre_xlsx.workbook.read.locate import Located, locate
from cedre_xlsx.workbook.read.raw import RawWorkbook

NO_SHEET = "la feuille n'est pas dans le classeur"
#: What the properties of our own files name: other programs compute all that is in these.
_OURS = "cedre_xlsx"
_SOME_PATH = Path("Ce classeur")


def edited(
    data: bytes,
    records: Records,
    workbook: RawWorkbook,
    rows: Mapping[str, Sequence[NewRow]],
    changes: Sequence[CellChange | LineChange] = (),
    *,
    columns: Sequence[NewColumn] = (),
    path: Path = _SOME_PATH,
) -> Edited:
    """The workbook with these columns, these lines, by table (tPersonnes…, tReprises), and these
    cells.

    `records` and `workbook` are what was read of it. Columns come first: lines and changes may
    fill them. A new column goes right of the last one of its table, new lines right below the last
    ones, where nothing stands; what cannot be written is told with the reason. Raises CedreError,
    which names the `path`, for a file that is none of Excel's, or that would be broken, and
    KeyError for a table or field that is none of ours.
    """
    host = Host(refuse_unspliceable(data, path))
    desk = _Desk(host, workbook)
    added = desk.add_columns(columns)
    made, left = change_cells(host, desk.pen, desk.cells_of(changes, added.left))
    lines = desk.add_lines(rows)
    placed = [one for some in lines for one in some.placed]
    left = [*added.left, *left, *(one for some in lines for one in some.left)]
    new = [one for one in added.placed if not one.was_there]
    if not placed and not made and not new:
        return Edited(data, left=tuple(left), columns=tuple(added.placed))
    _drop_values(host, records, placed, made, [(one.sheet, one.number) for one in new])
    desk.pen.styles.save()
    host.ask_for_calculation()
    host.save()
    notes = (*added.notes, *(some.note for some in lines if some.note))
    return Edited(
        host.package.data(), tuple(placed), tuple(made), tuple(left), notes, tuple(added.placed)
    )


class _Desk:
    """Where tables are written: what adds columns and lines to each."""

    def __init__(self, host: Host, workbook: RawWorkbook) -> None:
        self._host = host
        self._workbook = workbook
        self._specs = {spec.table: spec for spec in DATA_TABLES}
        self._parts = {sheet.title: sheet.part for sheet in host.sheets() if sheet.is_worksheet}
        self._added: dict[str, list[PlacedColumn]] = {}
        self._heads: dict[str, tuple[str, Headed | None]] = {}
        self.pen = Pen(host)

    def _found(self, table: str) -> Located | None:
        found = locate(self._workbook, self._specs[table])
        return found if found is not None and found.sheet.name in self._parts else None

    def add_columns(self, wanted: Sequence[NewColumn]) -> Columns:
        """Add columns, table by table; what became of all."""
        every = Columns()
        by_table: defaultdict[str, list[NewColumn]] = defaultdict(list)
        for one in wanted:
            by_table[one.table].append(one)
        for table, mine in by_table.items():
            found = self._found(table)
            if found is None:
                made = no_table(self._specs[table], mine)
            else:
                part = self._parts[found.sheet.name]
                made = ColumnWriter(self._host, self.pen, found, part).write(mine)
            self._added[table] = made.placed
            every.add(made)
        return every

    def add_lines(self, rows: Mapping[str, Sequence[NewRow]]) -> list[AddedLines]:
        """Add lines, table by table; what became of each table's."""
        lines: list[AddedLines] = []
        for table, wanted in rows.items():
            if table in SIDE_TABLES:
                side = SideLines(self._host, self.pen, self._workbook, SIDE_TABLES[table])
                lines += [side.write(wanted)] if wanted else []
                continue
            found = self._found(table) if wanted else None
            if found is not None:
                part, added = self._parts[found.sheet.name], self._added.get(table, ())
                writer = LineWriter(self._host, self.pen, found, part, added)
                lines.append(writer.write(wanted))
            elif wanted:
                lines.append(not_found(self._specs[table], wanted))
        return lines

    def cells_of(
        self, changes: Sequence[CellChange | LineChange], left: list[Unwritten]
    ) -> list[CellChange]:
        """The changes cell by cell; what has no column is told in `left`."""
        made: list[CellChange] = []
        for change in changes:
            if isinstance(change, CellChange):
                made.append(change)
            else:
                made += self._cells_of_line(change, left)
        return made

    def _cells_of_line(self, change: LineChange, left: list[Unwritten]) -> Iterator[CellChange]:
        spec, (title, headed) = self._specs[change.table], self._headed(change.table)
        known = {name: (spec.columns[name].header, value) for name, value in change.values.items()}
        numbers = [None if headed is None else headed.fields.get(name) for name in known]
        given = [*known.values(), *change.extra.items()]
        numbers += [None if headed is None else headed.own(heading) for heading in change.extra]
        for number, (heading, value) in zip(numbers, given, strict=True):
            cell = f"{column_letter(number or 1)}{change.row}"
            if number is not None:
                yield CellChange(title, cell, value, change.over)
            else:
                why = NO_COLUMN if headed is not None else NO_SHEET
                left.append(Unwritten(title, why, heading=heading, cell=cell, value=value))

    def _headed(self, table: str) -> tuple[str, Headed | None]:
        """The title of a table's sheet, and its columns."""
        if table not in self._heads:
            found = self._found(table)
            added = self._added.get(table, ())
            title = self._specs[table].sheet if found is None else found.sheet.name
            self._heads[table] = (title, None if found is None else Headed(found, added))
        return self._heads[table]


def change_cells(
    host: Host, pen: Pen, changes: Sequence[CellChange]
) -> tuple[list[CellChange], list[Unwritten]]:
    """Change cells, sheet by sheet; those that were, and those that could not be."""
    by_sheet: defaultdict[str, list[CellChange]] = defaultdict(list)
    for change in changes:
        by_sheet[change.sheet].append(change)
    parts = {sheet.title: sheet.part for sheet in host.sheets() if sheet.is_worksheet}
    made, left = [], []
    for title, mine in by_sheet.items():
        cells = SheetCells(host.package.read(parts[title])) if title in parts else None
        for change in mine:
            why = _put(pen, cells, change)
            if why:
                left.append(Unwritten(title, why, cell=change.cell, value=change.value))
            else:
                made.append(change)
        if cells is not None:
            host.package.write(parts[title], cells.data())
    return made, left


def _put(pen: Pen, cells: SheetCells | None, change: CellChange) -> str:
    if cells is None:
        return NO_SHEET
    place = areas(change.cell)
    if len(place) != 1 or not place[0].is_one_cell or place[0].text != change.cell:
        return ABSENT
    return pen.put(cells, change.cell, change.value, over=change.over)


def _drop_values(
    host: Host,
    records: Records,
    placed: Sequence[PlacedRow],
    made: Sequence[CellChange],
    columns: Sequence[tuple[str, int]],
) -> None:
    """Take out the values of formulas that read what has changed, where they would be believed.

    Those stay that are read: the team's own columns, Paramètres, what was just written.
    """
    if saved_by_us(host):
        return
    changed: defaultdict[str, list[Area]] = defaultdict(list)
    for one in made:
        changed[one.sheet] += areas(one.cell)
    for title, number in columns:
        changed[title].append(Area(1, number, MAX_ROW, number))
    kept = places_read(records)
    people, column = records.people, records.people.columns.get("typed_person")
    if column is not None and people.sheet in kept:  # it is computed here, whatever its cells say
        kept[people.sheet] = [
            part for area in kept[people.sheet] for part in _without_column(area, column)
        ]
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for line in placed:
        rows[line.sheet].append(line.row)
    for title, numbers in rows.items():
        area = Area(min(numbers), 1, max(numbers), MAX_COLUMN)
        changed[title].append(area)
        kept.setdefault(title, []).append(area)
    drop_stale_values(host, changed, kept)


def _without_column(area: Area, column: int) -> list[Area]:
    """What an area is without a column."""
    if not area.first_column <= column <= area.last_column:
        return [area]
    left = Area(area.first_row, area.first_column, area.last_row, column - 1)
    right = Area(area.first_row, column + 1, area.last_row, area.last_column)
    return [one for one in (left, right) if one.first_column <= one.last_column]


def saved_by_us(host: Host) -> bool:
    """Whether the file says that we saved it last."""
    package = host.package
    for relation in Relations(package, "").of_kind("extended-properties"):
        if relation.target in package:
            root = package.root(relation.target)
            return any(
                str(one.tag).endswith("}Application") and (one.text or "").strip() == _OURS
                for one in root
            )
    return False
