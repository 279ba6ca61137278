"""Lines added to the sheets that people fill, and cells changed; all else stays as it is.

Every other part of the file keeps its bytes, but for the values of formulas that read what has
changed, in a file that another program than ours saved last: LibreOffice would show them as they
were.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from cedre_xlsx.schema.records import Records
from cedre_xlsx.schema.tables import DATA_TABLES
from cedre_xlsx.workbook.edit.model import CellChange, Edited, NewRow, PlacedRow, Unwritten
from cedre_xlsx.workbook.edit.pen import ABSENT, Pen
from cedre_xlsx.workbook.edit.rows import Lines, LineWriter, not_found
from cedre_xlsx.workbook.edit.sheet_cells import SheetCells
from cedre_xlsx.workbook.package.areas import MAX_COLUMN, Area, areas
from cedre_xlsx.workbook.package.host import Host
from cedre_xlsx.workbook.package.parts import Package, Relations
from cedre_xlsx.workbook.package.refusals import refuse_unspliceable
from cedre_xlsx.workbook.package.stale import drop_stale_values
from cedre_xlsx.workbook.places_read import places_read
from cedre_xlsx.workbook.read.locate import locate
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
    changes: Sequence[CellChange] = (),
    *,
    path: Path = _SOME_PATH,
) -> Edited:
    """The workbook with these lines, by table (tPersonnes…), and these cells.

    `records` and `workbook` are what was read of it. New lines go right below the last ones, on
    rows where nothing stands; what cannot be written is told with the reason. Raises CedreError,
    which names the `path`, for a file that is none of Excel's, or that would be broken, and
    KeyError for a table or field that is none of ours.
    """
    refuse_unspliceable(data, path)
    host = Host(Package(data))
    pen = Pen(host)
    made, left = _changed(host, pen, changes)
    parts = {sheet.title: sheet.part for sheet in host.sheets() if sheet.is_worksheet}
    specs = {spec.table: spec for spec in DATA_TABLES}
    lines: list[Lines] = []
    for table, wanted in rows.items():
        found = locate(workbook, specs[table]) if wanted else None
        if not wanted:
            continue
        if found is None or found.sheet.name not in parts:
            lines.append(not_found(specs[table], wanted))
        else:
            lines.append(LineWriter(host, pen, found, parts[found.sheet.name]).write(wanted))
    placed = [one for some in lines for one in some.placed]
    left += (one for some in lines for one in some.left)
    if not placed and not made:
        return Edited(data, left=tuple(left))
    _drop_values(host, records, placed, made)
    pen.styles.save()
    host.ask_for_calculation()
    host.save()
    notes = tuple(some.note for some in lines if some.note)
    return Edited(host.package.data(), tuple(placed), tuple(made), tuple(left), notes)


def _changed(
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
    return pen.put(cells, change.cell, change.value)


def _drop_values(
    host: Host, records: Records, placed: Sequence[PlacedRow], made: Sequence[CellChange]
) -> None:
    """Take out the values of formulas that read what has changed, where they would be believed.

    Those stay that are read: the team's own columns, Paramètres, what was just written.
    """
    if _is_ours(host):
        return
    changed: defaultdict[str, list[Area]] = defaultdict(list)
    for one in made:
        changed[one.sheet] += areas(one.cell)
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


def _is_ours(host: Host) -> bool:
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
