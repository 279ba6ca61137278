"""From the cells of a sheet to its tables, of which nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from cedre_xlsx.intake.labels import block_table, label_blocks, name_of, without_labels
from cedre_xlsx.intake.lines import Lines
from cedre_xlsx.intake.model import SourceTable
from cedre_xlsx.intake.region import Region
from cedre_xlsx.intake.segments import Segment, segments
from cedre_xlsx.intake.sheets import Sheet
from cedre_xlsx.intake.side_by_side import bands
from cedre_xlsx.schema.records import column_letter


def tables_in(sheet: Sheet, file: Path) -> tuple[SourceTable, ...]:
    """The tables of a sheet: from the top, and from the left where they stand side by side.

    A block of labels with their values is a table of one line.
    """
    region = Region.of(sheet)
    if not region.grid:
        return ()
    blocks = label_blocks(region)
    heads = [block_table(region, one, file, sheet.name) for one in blocks]
    names = [(region.rows[one[0].row], name_of(one)) for one in blocks]
    rest = _trimmed(without_labels(region, blocks)) if blocks else region
    tables = [
        Lines(segment).table(file, sheet.name)
        for band in (bands(rest) if rest.grid else ())
        for segment in _parted(band)
    ]
    told = [_titled(one, names) for one in tables if _holds_something(one, blocks)]
    return (*heads, *_told_apart(told))


def _told_apart(tables: Sequence[SourceTable]) -> Iterator[SourceTable]:
    """The tables; of those at the right of another one, in the same rows, the columns are told."""
    taken: set[int] = set()
    for table in tables:
        lines = (one.number for one in table.rows)
        numbers = {table.header_row, *lines, *(one.number for one in table.left)} - {0}
        yield replace(table, beside=_span(table)) if table.columns and taken & numbers else table
        taken |= numbers


def _span(table: SourceTable) -> str:
    return f"{column_letter(table.columns[0])}:{column_letter(table.columns[-1])}"


def _trimmed(region: Region) -> Region:
    """A region without the empty columns at its sides, as before its labels were taken out."""
    used = region.used_columns()
    return region.part(used[0], used[-1] + 1) if used else region.lines(0, 0)


def _holds_something(table: SourceTable, blocks: Sequence[object]) -> bool:
    return not blocks or bool(table.rows or table.titles or table.left or any(table.headings))


def _titled(table: SourceTable, names: Sequence[tuple[int, str]]) -> SourceTable:
    """A table with the name that the last block of labels above it says, nearest to it.

    Where blocks of several people stand between its lines, each line stands under its person.
    """
    if not names:
        return table
    top = table.header_row or (table.rows[0].number if table.rows else 0)
    above = [_name_above(row.number, names) for row in table.rows] or [_name_above(top, names)]
    if len(set(above)) == 1:
        return replace(table, titles=(*table.titles, above[0])) if above[0] else table
    rows = (
        row._replace(under=" / ".join(filter(None, (row.under, name))))
        for row, name in zip(table.rows, above, strict=True)
    )
    return replace(table, rows=tuple(rows))


def _name_above(number: int, names: Sequence[tuple[int, str]]) -> str:
    """The name nearest above a row; "" for none."""
    return next((name for row, name in reversed(names) if row <= number and name), "")


def _parted(region: Region) -> Iterator[Segment]:
    """The segments of a region; one with tables side by side is parted again."""
    for segment in segments(region):
        whole = segment.start == 0 and segment.stop == len(region.grid)
        parts = (region,) if whole else bands(region.lines(segment.start, segment.stop))
        if len(parts) == 1:
            yield segment
            continue
        for part in parts:
            yield from segments(part)
