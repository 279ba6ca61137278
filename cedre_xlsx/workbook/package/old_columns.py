"""Which columns of an old sheet are ours, and where those beside them go."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from cedre_xlsx.workbook.generated import OpenColumns
from cedre_xlsx.workbook.package.making import Making, SheetRows
from cedre_xlsx.workbook.package.old_sheet import Extra, OldSheet
from cedre_xlsx.workbook.package.old_tables import OldLines
from cedre_xlsx.workbook.package.typed_over import is_titles_key

_HEADING_ROWS = 50  # of a sheet without table, in which its headings are looked for


@dataclass(frozen=True)
class Shape:
    """How the columns of an old sheet are ours or people's.

    `lines` is where our lines are, for a table; `own` maps our columns to where they stand now,
    `beside` all others; `header` is the last row above the lines, before and now; `opened` are the
    open ones of a sheet without table, which what is typed in them stands beside as well; there,
    `headed` is the row of the headings, wherever that went.
    """

    lines: OldLines | None
    own: Mapping[int, int]
    beside: Mapping[int, int]
    extras: Sequence[Extra]
    header: tuple[int, int]
    opened: Mapping[int, int]
    headed: int = 0


def shape_of(found: SheetRows, making: Making, old: OldSheet) -> Shape:
    """The columns of an old sheet, ours and people's."""
    headings = making.headings
    used = {column for cells in old.cells.values() for column in cells}
    used |= {
        column for one in old.tables for column in range(one.first_column, one.last_column + 1)
    }
    lines = old.lines(headings) if headings else None
    if lines is None:
        title = next((n for n, key in old.keys.items() if is_titles_key(key)), 1)
        top = making.sheet.first_row - 1
        if making.sheet.open_columns is not None:
            return _open_shape(found, making.sheet.open_columns, old, used, (top + title - 1, top))
        end = old.key_column or found.width - (not headings)
        own = {column: column for column in range(1, end)} | {end: found.width}
        return _shaped(found, None, own, (), used, end, (top + title - 1, top))
    extras = old.extras(lines, headings)
    places = {heading.casefold(): index for index, heading in enumerate(headings, start=1)}
    own = {lines.first_column + offset: places[name.casefold()]
           for offset, name in enumerate(lines.names) if name.casefold() in places}  # fmt: skip
    end = max([lines.last_column, *(extra.column for extra in extras)])
    return _shaped(
        found, lines, own, extras, used, end, (lines.header_row, making.sheet.first_row - 1)
    )


def _open_shape(
    found: SheetRows,
    opened: OpenColumns,
    old: OldSheet,
    used: Collection[int],
    header: tuple[int, int],
) -> Shape:
    """The columns of a sheet without table that has open ones: by its headings, as an earlier
    version had fewer of them, else by the column of the keys.
    """
    rows = {number: opened.known([old.text(cells.get(c)) for c in range(1, max(cells) + 1)])
            for number, cells in sorted(old.cells.items()) if number <= _HEADING_ROWS}  # fmt: skip
    headed = max(rows, key=lambda number: len(rows[number]), default=0)
    known: Mapping[int, int] = rows.get(headed, {})
    if not known:
        headed = 0
        known = opened.keyed(old.key_column or 0) or {c: c for c in range(1, found.width)}
    own = {column: now for column, now in known.items() if now not in opened.columns}
    end = old.key_column or max(known)
    if old.key_column is not None:
        own = {column: now for column, now in own.items() if column != old.key_column}
        own[old.key_column] = found.width
    mine = {column: now for column, now in known.items() if now in opened.columns}
    shape = _shaped(found, None, own, (), used, max(end, *known), header, mine)
    return replace(shape, headed=headed)


def _shaped(
    found: SheetRows,
    lines: OldLines | None,
    own: Mapping[int, int],
    extras: Sequence[Extra],
    used: Collection[int],
    end: int,
    header: tuple[int, int],
    opened: Mapping[int, int] | None = None,
) -> Shape:
    """The columns beside ours: those added to the table, those without a heading among ours, those
    to the right in their order, those that stood left of the table.
    """
    first, opened = min(own), opened or {}
    inner = [c for c in sorted(used) if first < c <= end and c not in own and c not in opened
             and c not in {extra.column for extra in extras}]  # fmt: skip
    added = [*(extra.column for extra in extras), *inner]
    beside = {column: found.width + n for n, column in enumerate(added, start=1)}
    shift = found.width + len(added) - end
    beside |= {column: column + shift for column in used if column > end}
    last = max([found.width, *beside.values()])
    left = [column for column in sorted(used) if column < first]
    beside |= {column: last + n for n, column in enumerate(left, start=1)}
    return Shape(lines, own, beside, extras, header, opened)
