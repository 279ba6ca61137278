"""Where each table stands: by its name, else by its sheet's name, else by its headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cedre_xlsx.method.text import word_key
from cedre_xlsx.schema import tables as t
from cedre_xlsx.schema.generated import headings_between, is_line_key
from cedre_xlsx.schema.generated_sheets import CONTROL_KIND, SYNTHESIS_KIND
from cedre_xlsx.schema.tables import TableSpec
from cedre_xlsx.workbook.form_sheets import is_renamed_form
from cedre_xlsx.workbook.read.below import Below, below, span
from cedre_xlsx.workbook.read.headings import heading_key, known_headings, match_headings
from cedre_xlsx.workbook.read.raw import Cell, RawSheet, RawTable, RawWorkbook, is_blank

#: Headings are looked for in the first rows of a sheet.
HEADING_ROWS = 50
#: Sheets that show the same headings without being the table.
_FORMS = frozenset(
    word_key(name)
    for name in (
        t.HOME_SHEET, t.SCREENING_SHEET, t.PERSON_FORM_SHEET, t.CONVENTION_SHEET,
        t.MEETING_SHEET, t.PERIODS_SHEET, t.LISTS_SHEET,
    )
)  # fmt: skip
#: The marks of the sheets that `refresh` makes and reads back, by the table of their lines.
_MARKS = {t.SYNTHESIS.table: SYNTHESIS_KIND.mark, t.CONTROL.table: CONTROL_KIND.mark}
_SPECS: tuple[TableSpec[Any], ...] = (*t.DATA_TABLES, t.SYNTHESIS, t.CONTROL)
_TOTALS = frozenset(
    {"total", "totaux", "total general", "sous total", "somme", "moyenne", "nombre"}
)


@dataclass(frozen=True, slots=True)
class Located:
    """A table found: everything by index in the sheet's grid.

    `columns` are the fields' columns, `extra` those of the team by heading; `rows` the rows that
    hold something, `outside` those of them that the Excel table leaves out. `under` is what else
    stands under the headings.
    """

    spec: TableSpec[Any]
    sheet: RawSheet
    heading_row: int
    columns: dict[str, int]
    extra: dict[str, int]
    rows: list[int]
    outside: tuple[int, ...]
    under: Below
    table: RawTable | None = None

    @property
    def heading_row_number(self) -> int:
        """The heading row as the sheet numbers it."""
        return _number(self.sheet, self.heading_row)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a table may stand, with its Excel table where there is one."""

    sheet: RawSheet
    heading_row: int
    headings: Sequence[Cell]
    columns: dict[str, int]
    table: RawTable | None


def locate(workbook: RawWorkbook, spec: TableSpec[Any]) -> Located | None:
    """The table of a spec; no further sheet is looked at than the one where it is."""
    place = next(_candidates(workbook, spec), None)
    return None if place is None else _with_rows(spec, place)


def other_places(
    workbook: RawWorkbook, spec: TableSpec[Any], found: Located | None
) -> list[Located]:
    """The other places than the table `found` that have all that it needs, and lines."""
    if found is None:
        return []
    places = {(found.sheet, found.heading_row): None}
    others = []
    for place in _candidates(workbook, spec):
        where = (place.sheet, place.heading_row)
        if where not in places:
            places[where] = None
            if _has_all_required(spec, place):
                others.append(_with_rows(spec, place))
    return [one for one in others if one.rows]


def _candidates(workbook: RawWorkbook, spec: TableSpec[Any]) -> Iterator[_Place]:
    """The likeliest first; a sheet that `refresh` made is looked at before all others, and alone
    where it holds what it should, for only its lines are ours.
    """
    for sheet in workbook.sheets:
        if sheet.generated_as and sheet.generated_as == _MARKS.get(spec.table):
            found = [*_in_generated(sheet, spec)]
            yield from found
            if found:
                return
    for sheet in workbook.sheets:
        for table in sheet.tables:
            if table.name.casefold() == spec.table.casefold():
                yield from _in_table(sheet, table, spec)
    named = [sheet for sheet in workbook.sheets if word_key(sheet.name) == word_key(spec.sheet)]
    for sheet in named:
        yield from _in_sheet(sheet, spec, least=1)
    for sheet in workbook.sheets:
        if sheet not in named and not sheet.generated_as and not _is_form(sheet):
            places = [*_in_sheet(sheet, spec, least=2)]
            yield from () if places and is_renamed_form(sheet) else places


def _in_generated(sheet: RawSheet, spec: TableSpec[Any]) -> Iterator[_Place]:
    """The lines of a generated sheet, whatever became of its table: under the headings that are
    in its cells, else in a table that tells them still, else left of the hidden keys.
    """
    printed = [column.header for column in spec.columns.values()]
    for place in _in_sheet(sheet, spec, least=0):
        names = [cell if isinstance(cell, str) else "" for cell in place.headings]
        headings = headings_between(names, printed)
        yield replace(place, headings=headings, columns=match_headings(spec.model, headings))
    for table in sheet.tables:
        if known_headings(spec.model, table.headings) * 2 > len(spec.drawn().columns):
            yield from _in_table(sheet, table, spec)
    yield from _left_of_keys(sheet, spec)


def _left_of_keys(sheet: RawSheet, spec: TableSpec[Any]) -> Iterator[_Place]:
    """Columns in the order of the schema, which end with the one that holds keys of lines."""
    fields = list(spec.columns)
    rows = {
        index: place
        for index, row in enumerate(sheet.grid)
        for place, cell in enumerate(row)
        if isinstance(cell, str) and is_line_key(cell)
    }
    if rows:
        last = Counter(rows.values()).most_common(1)[0][0]
        places = {number: place for place, number in enumerate(sheet.column_numbers)}
        first = sheet.column_number(last) - len(fields) + 1
        if first > 0:  # empty columns have no place in a sheet that was closed up
            columns = {
                field: places[first + rank]
                for rank, field in enumerate(fields)
                if first + rank in places
            }
            headings: list[Cell] = [None] * (last + 1)
            yield _Place(sheet, min(rows) - 1, headings, columns, None)


def _is_form(sheet: RawSheet) -> bool:
    key = word_key(sheet.name)
    return key in _FORMS or key.startswith((word_key(t.STATISTICS_SHEET), word_key(t.WHO_SHEET)))


def _in_table(sheet: RawSheet, table: RawTable, spec: TableSpec[Any]) -> Iterator[_Place]:
    heading_row = sheet.row_index(table.first_row)
    if table.has_heading_row or _shows_headings(sheet, heading_row, table):
        headings = _headings(sheet, heading_row, table)
    else:
        heading_row -= 1
        headings = _defined_headings(sheet, table)
    columns = match_headings(spec.model, headings)
    if columns:
        yield _Place(sheet, heading_row, headings, columns, table)


def _defined_headings(sheet: RawSheet, table: RawTable) -> Sequence[Cell]:
    """The headings that a table has without showing them; those of empty columns at the end."""
    left: dict[int, Cell] = dict(enumerate(table.headings, table.first_column))
    return [*(left.pop(number, None) for number in sheet.column_numbers), *left.values()]


def _shows_headings(sheet: RawSheet, row: int, table: RawTable) -> bool:
    """Whether the first line of a table says the headings again, as some programs leave it."""
    cells = _row(sheet, row)
    same = (
        heading_key(cells[place]) == heading_key(heading)
        for place, heading in zip(span(sheet, table), table.headings, strict=False)
        if place < len(cells)
    )
    return sum(same) * 2 > len(table.headings)


def _in_sheet(sheet: RawSheet, spec: TableSpec[Any], least: int) -> Iterator[_Place]:
    """By the headings that know most fields, provided that they are this table's and no other's.

    `least` is how many of the required columns must be there.
    """
    best, best_row, headings, table = 0, -1, _row(sheet, -1), None
    for index in range(min(HEADING_ROWS, len(sheet.grid))):
        for over, cells in _views(sheet, index):
            known = known_headings(spec.model, cells)
            if known > best:
                best, best_row, headings, table = known, index, cells, over
    if best < 2:
        return
    rivals = (known_headings(other.model, headings) / len(other.drawn().columns)
              for other in _SPECS if other is not spec)  # fmt: skip
    if max(rivals) > best / len(spec.drawn().columns) or _are_old_notes(spec, headings):
        return
    columns = match_headings(spec.model, headings)
    required = [name for name, column in spec.columns.items() if column.required]
    if sum(name in columns for name in required) < min(least, len(required)):
        return
    if "person" in required and "person" not in columns and least > 1:
        return  # a form shows one person, and has no column for the name
    yield _Place(sheet, best_row, headings, columns, table)


def _are_old_notes(spec: TableSpec[Any], headings: Sequence[Cell]) -> bool:
    """Whether these are all the headings of `Notes anciennes`, which is no table of lines."""
    own = t.OLD_NOTES
    return spec is not own and known_headings(own.model, headings) == len(own.columns)


def _views(sheet: RawSheet, index: int) -> Iterator[tuple[RawTable | None, Sequence[Cell]]]:
    """The headings of a row: those in no Excel table, then those of each table, and around it."""
    number = _number(sheet, index)
    tables = [one for one in sheet.tables if one.has_heading_row and one.first_row == number]
    yield None, _headings(sheet, index, None) if tables else sheet.grid[index]
    for table in tables:
        yield table, _headings(sheet, index, table)


def _headings(sheet: RawSheet, index: int, table: RawTable | None) -> Sequence[Cell]:
    """The cells of a row, without those of the other Excel tables that stand beside the table.

    A heading that the table has counts in the table alone.
    """
    number, cells = _number(sheet, index), _row(sheet, index)
    others: set[int] = set()
    for other in sheet.tables:
        without = other.first_row == number and not other.has_heading_row  # laid over ours
        if other is not table and not without and other.first_row <= number <= other.last_row:
            others.update(span(sheet, other))
    inside = set(span(sheet, table)) if table else set()
    keys = {heading_key(cells[place]) for place in inside if place < len(cells)}
    return [
        cell if place in inside or (place not in others and heading_key(cell) not in keys) else None
        for place, cell in enumerate(cells)
    ]


def _with_rows(spec: TableSpec[Any], place: _Place) -> Located:
    """The table with its rows, down to the last one of the sheet that holds something of it."""
    sheet, table = place.sheet, place.table
    last = sheet.row_index(table.last_row + 1) - 1 - table.totals_rows if table else None
    known = set(place.columns.values())
    extra = {
        str(cell).strip(): index
        for index, cell in enumerate(place.headings)
        if index not in known and isinstance(cell, str) and cell.strip()
    }
    indexes = sorted(known)
    keys = {index: heading_key(place.headings[index]) for index in indexes}
    totals = range(last + 1, last + 1 + table.totals_rows) if table and last else range(0)
    under = below(sheet, spec, place.heading_row, place.columns, table)
    lines = _lines(sheet, range(place.heading_row + 1, under.end), indexes, keys)
    rows = [index for index in lines if index not in totals and index not in under.generic]
    outside = () if last is None else tuple(index for index in rows if index > last)
    return Located(
        spec, sheet, place.heading_row, place.columns, extra, rows, outside, under, table
    )


def _lines(sheet: RawSheet, span: range, indexes: Sequence[int], keys: dict[int, str]) -> list[int]:
    """The rows of a stretch of the sheet that are lines of the table."""
    grid, first = sheet.grid, indexes[0]
    special = _TOTALS | {keys[first]}
    openings = [row[first] if first < len(row) else None for row in grid[span.start : span.stop]]
    letters = {key[:1] for key in special}
    ordinary = {
        one
        for one in set(openings)
        if isinstance(one, str)
        and (_begins_none(one, letters) or (one.strip() and heading_key(one) not in special))
    }  # neither blank, nor the word of a sum, nor a heading
    return [
        index
        for index, opening in zip(span, openings, strict=True)
        if opening in ordinary or _holds_something(grid[index], indexes, keys)
    ]


def _begins_none(text: str, openings: set[str]) -> bool:
    """Whether a text begins, at first sight, none of the words that begin so."""
    letter = text[:1]
    return letter.isascii() and letter.isalpha() and letter.lower() not in openings


def _holds_something(row: Sequence[Cell], indexes: Sequence[int], keys: dict[int, str]) -> bool:
    """Whether a row is a line of the table: not blank, not a sum, not the headings again."""
    width = len(row)
    for index in indexes:
        if index < width and (first := row[index]) != "" and not is_blank(first):
            break
    else:
        return False
    if not isinstance(first, str):
        return not _is_total(row, indexes)
    key = heading_key(first)
    if key in _TOTALS:
        return not _is_total(row, indexes)
    return key != keys[index] or not _is_heading(row, keys)


def _is_total(row: Sequence[Cell], indexes: Sequence[int]) -> bool:
    """A row of sums: the word, and no other text."""
    texts = [cell for index in indexes if index < len(row) and isinstance(cell := row[index], str)]
    said = [text for text in texts if text.strip()]
    return len(said) == 1 and word_key(said[0]) in _TOTALS


def _is_heading(row: Sequence[Cell], keys: dict[int, str]) -> bool:
    """The headings again, as pasting brings them: most cells say what their column is."""
    filled = [
        (index, row[index]) for index in keys if index < len(row) and not is_blank(row[index])
    ]
    same = sum(heading_key(cell) == keys[index] for index, cell in filled)
    return same >= 2 and same * 2 > len(filled)


def _has_all_required(spec: TableSpec[Any], place: _Place) -> bool:
    return all(name in place.columns for name, column in spec.columns.items() if column.required)


def _row(sheet: RawSheet, index: int) -> Sequence[Cell]:
    return sheet.grid[index] if 0 <= index < len(sheet.grid) else []


def _number(sheet: RawSheet, index: int) -> int:
    return sheet.row_numbers[index] if 0 <= index < len(sheet.row_numbers) else index + 1
