"""Lines taken out of a living workbook, as if somebody sorted the table and emptied its last rows.

The lines that stay move up together in their order, with all that is tied to them: looks, own
columns, what stands beside the table on their rows, heights, comments, links. What is above and
below stays where it is, and so do filters, rules and colours, which are those of the whole column.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lxml import etree

from cedre_xlsx.ooxml.anchored import rewritten
from cedre_xlsx.ooxml.areas import MAX_COLUMN, Area, areas
from cedre_xlsx.ooxml.formula_cells import FormulaCells
from cedre_xlsx.ooxml.parts import Relations
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.tables import DATA_TABLES
from cedre_xlsx.workbook.edit.line_width import LineWidth
from cedre_xlsx.workbook.edit.moving_rows import Moves, RowMover
from cedre_xlsx.workbook.edit.places import Ground
from cedre_xlsx.workbook.edit.sheet_cells import SheetCells
from cedre_xlsx.workbook.package.comments import drop_comments_at, move_comments
from cedre_xlsx.workbook.package.host import Host
from cedre_xlsx.workbook.package.old_cells import Place
from cedre_xlsx.workbook.package.stale import names_of
from cedre_xlsx.workbook.read.locate import Located, locate
from cedre_xlsx.workbook.read.raw import RawTable, RawWorkbook


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of the lines of one table: where each went, where that is, how wide it was."""

    table: str
    sheet: str
    moves: Moves
    area: Area
    columns: range

    @property
    def has_moved(self) -> bool:
        """Whether any line went."""
        return None in self.moves.values()


def kept_lines(
    host: Host,
    workbook: RawWorkbook,
    left: Mapping[str, Collection[int]],
    feet: Mapping[str, Collection[int]] | None = None,
) -> tuple[Kept, ...]:
    """Take out of each table (tPersonnes…) the lines that are `left` behind, by their rows.

    Rows that are `feet`, sums and remarks read as lines, stay where they are.
    `workbook` is what was read of the host; a table that it lacks is passed over. The host is
    changed, and not saved. Raises CedreError for a table whose lines cannot be parted: merged
    cells, or one formula over several of them.
    """
    parts = {sheet.title: sheet.part for sheet in host.sheets() if sheet.is_worksheet}
    done = []
    for spec in DATA_TABLES:
        found = locate(workbook, spec)
        if found is not None and found.sheet.name in parts and spec.table in left:
            part = parts[found.sheet.name]
            stays = (feet or {}).get(spec.table, ())
            done.append(_taken_out(host, part, found, left[spec.table], stays))
    return tuple(done)


def _taken_out(
    host: Host, part: str, found: Located, left: Collection[int], feet: Collection[int]
) -> Kept:
    xml = host.package.read(part)
    ground = Ground(found, SheetCells(xml))
    numbers = found.sheet.row_numbers
    lines = sorted(numbers[index] for index in found.rows if numbers[index] not in feet)
    stay = [row for row in lines if row not in left]
    moves: dict[int, int | None] = dict.fromkeys(lines)
    moves.update(zip(stay, lines, strict=False))
    columns = _width(host, xml, found, ground, lines) if len(stay) < len(lines) else ground.span
    last = max(lines, default=ground.heading + 1)
    area = Area(ground.heading + 1, columns[0], last, columns[-1])
    if len(stay) < len(lines):
        title = found.sheet.name
        moved = RowMover(title, xml, columns, moves).data()
        relations = Relations(host.package, part)
        host.package.write(part, _around(title, moved, relations, columns, moves))
        move_tied(host, relations, columns, moves)
        relations.save()
        if ground.table is not None:
            inside = [row for row in feet if row <= ground.table.last_row]
            last = max([*inside, lines[len(stay) - 1] if stay else 0])
            _shrink(host, part, ground.table, last)
    return Kept(found.spec.table, found.sheet.name, moves, area, columns)


def _width(host: Host, xml: bytes, found: Located, ground: Ground, lines: Collection[int]) -> range:
    """The columns of the lines, with what stands beside them."""
    formulas = {one.cell: one for one in FormulaCells(xml).formulas()}
    cells, title, names = SheetCells(xml), found.sheet.name, names_of(host)
    width = LineWidth(title, cells, formulas, ground.span, lines, ground.others, names)
    return width.columns()


def move_tied(host: Host, relations: Relations, columns: range, moves: Moves) -> None:
    """Move what comments say of cells with them; those of lines that are taken out go."""

    def place(cell: Place) -> Place:
        row, column = cell
        to = moves.get(row, row) if column in columns else row
        return (row if to is None else to), column

    gone = {row for row, to in moves.items() if to is None}
    drop_comments_at(host, relations, lambda row, column: row in gone and column in columns)
    move_comments(host, relations, place)


def _around(title: str, xml: bytes, relations: Relations, columns: range, moves: Moves) -> bytes:
    """The sheet whose links and merged cells follow the lines; without any, its bytes."""
    if b"mergeCell" not in xml and b"hyperlink" not in xml:
        return xml
    start = xml.rfind(b"sheetData")
    tail = xml[start:]
    made = _with_merges(title, tail, columns, moves)
    made = _with_links(made, relations, columns, moves)
    return xml[:start] + made


def _with_merges(title: str, tail: bytes, columns: range, moves: Moves) -> bytes:
    def change(area: Area) -> Area | None:
        rows = [row for row in range(area.first_row, area.last_row + 1) if row in moves]
        if not rows or area.last_column < columns[0] or area.first_column > columns[-1]:
            return area
        if area.first_row != area.last_row:
            raise CedreError(
                f"{title} : les cellules {area.text} sont fusionnées sur plusieurs lignes du "
                "tableau, qui ne peuvent pas être séparées ; rien n'est écrit. Annulez cette "
                "fusion, puis recommencez."
            )
        to = moves[area.first_row]
        return None if to is None else area.at((to, area.first_column))

    return rewritten(tail, b"mergeCell", b"mergeCells", change)[0]


def _with_links(tail: bytes, relations: Relations, columns: range, moves: Moves) -> bytes:
    def change(area: Area) -> Area | None:
        inside = columns[0] <= area.first_column and area.last_column <= columns[-1]
        if not inside or area.first_row != area.last_row or area.first_row not in moves:
            return area
        to = moves[area.first_row]
        return None if to is None else area.at((to, area.first_column))

    made, gone = rewritten(tail, b"hyperlink", b"hyperlinks", change)
    for identifier in gone:
        relations.remove(identifier)
    return made


def _shrink(host: Host, part: str, table: RawTable, last: int) -> None:
    """End a table with the last line that stays, with one empty row where none does.

    A table with a row of totals keeps its rows: what is below them stays where it is.
    """
    last = max(last, table.first_row + int(table.has_heading_row))
    if table.totals_rows or last >= table.last_row:
        return
    for relation in Relations(host.package, part).of_kind("table"):
        if relation.target not in host.package:
            continue
        root = host.package.root(relation.target)
        if (root.get("displayName") or root.get("name") or "") == table.name:
            _end_at(root, last)
            host.package.write_xml(relation.target, root)


def _end_at(root: etree._Element, last: int) -> None:
    for element in root.iter():
        found = areas(element.get("ref", ""))
        if len(found) == 1 and found[0].last_row > last:
            one = found[0]
            ended = Area(min(one.first_row, last), one.first_column, last, one.last_column)
            element.set("ref", ended.text)


def emptied_rows(host: Host, part: str, title: str, rows: Collection[int]) -> None:
    """Empty whole rows of a sheet, with what is tied to them; nothing moves."""
    if not rows:
        return
    moves: Moves = dict.fromkeys(rows)
    columns = range(1, MAX_COLUMN + 1)
    relations = Relations(host.package, part)
    xml = RowMover(title, host.package.read(part), columns, moves).data()
    host.package.write(part, _around(title, xml, relations, columns, moves))
    move_tied(host, relations, columns, moves)
    relations.save()
