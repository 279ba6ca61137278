"""The values that came to the lists of `Listes`, below those that are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, count

from cedre_xlsx.method import vocabulary as v
from cedre_xlsx.method.text import word_key
from cedre_xlsx.schema import lists
from cedre_xlsx.schema.lists import FORM_COLUMNS, ListSpec
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.tables import LISTS_SHEET
from cedre_xlsx.workbook.edit.pen import Pen
from cedre_xlsx.workbook.edit.sheet_cells import SheetCells
from cedre_xlsx.workbook.package.host import Host
from cedre_xlsx.workbook.package.row_adding import widened
from cedre_xlsx.workbook.read.raw import RawSheet, RawWorkbook, is_blank

NO_LISTS = "la feuille Listes, ou une de ses colonnes, n'a pas été trouvée (cedre-xlsx fix)"
_FIRST_NEW_REFERRER = "CAARUD"
_REFERRERS = v.REFERRERS[v.REFERRERS.index(_FIRST_NEW_REFERRER) :]
#: What came in each version of the layout, by list. What a team takes out later stays out.
NEW_VALUES: Mapping[str, Sequence[tuple[ListSpec, tuple[str, ...]]]] = {
    "1.1": (
        (lists.REFERRER, _REFERRERS),
        (lists.BARRIER, ("Numérique",)),
        (lists.KIND, ("EITI",)),
    ),
}
_HEADS = 2  # rows above the values: the title, the count


def put_values(
    host: Host, pen: Pen, workbook: RawWorkbook, versions: Sequence[str]
) -> Iterator[tuple[bool, str]]:
    """Add what came in these versions; whether each list got it, and what is said of it."""
    wanted = [one for version in versions for one in NEW_VALUES.get(version, ())]
    sheet = _lists_sheet(workbook)
    parts = {one.title: one.part for one in host.sheets() if one.is_worksheet}
    if wanted and (sheet is None or sheet.name not in parts):
        yield False, NO_LISTS
    elif wanted and sheet is not None:
        cells = SheetCells(host.package.read(parts[sheet.name]))
        for spec, values in wanted:
            yield from _put(cells, pen, sheet, spec, values)
        host.package.write(parts[sheet.name], cells.data())


def put_lists(host: Host, pen: Pen, workbook: RawWorkbook) -> Iterator[tuple[bool, str]]:
    """Add the lists of the packs' columns that the workbook lacks, at the right of the others;
    whether each came, and what is said of it.
    """
    names = host.names()
    lacking = [spec for spec in lists.PACK_LISTS if spec.name.casefold() not in names]
    sheet = _lists_sheet(workbook)
    parts = {one.title: one.part for one in host.sheets() if one.is_worksheet}
    if lacking and (sheet is None or sheet.name not in parts):
        yield False, NO_LISTS
    elif lacking and sheet is not None:
        part = parts[sheet.name]
        cells = SheetCells(host.package.read(part))
        numbers = _free_columns(sheet, lacking)
        for number, spec in zip(numbers, lacking, strict=True):
            _draw(host, pen, cells, sheet, column_letter(number), spec)
            yield True, f"Listes : « {spec.title} »"
        longest = max(len(spec.values) for spec in lacking)
        host.package.write(part, widened(cells.data(), longest + _HEADS, numbers[-1]))


def _free_columns(sheet: RawSheet, lacking: Sequence[ListSpec]) -> list[int]:
    """Where lists go: where a new workbook has them, around the columns of the forms; at the right
    of all where something stands there.
    """
    filled = {
        sheet.column_number(index)
        for row in sheet.grid
        for index, cell in enumerate(row)
        if not is_blank(cell)
    }
    titles = {word_key(spec.title) for spec in lists.LISTS}
    heads = sheet.grid[0] if sheet.grid else ()
    fixed = (i for i, one in enumerate(heads) if word_key(str(one or "")) in titles)
    last = max((sheet.column_number(index) for index in fixed), default=0)
    beside = last + 2  # the list of severities is the last of them
    before = range(beside + 2, FORM_COLUMNS.start - 1, 2)
    numbers = chain(before, count(max(FORM_COLUMNS.stop, beside + 2), 2))
    wanted = zip(lists.PACK_LISTS, numbers, strict=False)
    found = [number for spec, number in wanted if spec in lacking]
    if filled.isdisjoint(found):
        return found
    return list(range(max(filled) + 2, max(filled) + 2 + 2 * len(lacking), 2))


def _draw(
    host: Host, pen: Pen, cells: SheetCells, sheet: RawSheet, letters: str, spec: ListSpec
) -> None:
    """One list as a new workbook has it: title, count, values, name."""
    from cedre_xlsx.workbook.template.lists_sheet import count_formula, grown_list

    beside = cells.cell(f"{column_letter(sheet.column_number(0))}1")
    cells.put(f"{letters}1", pen.content(beside.style if beside else "", spec.title))
    cells.put(f"{letters}2", pen.formula("", count_formula(letters), None))
    for number, value in enumerate(spec.values, _HEADS + 1):
        cells.put(f"{letters}{number}", pen.content("", value))
    host.define(spec.name, grown_list(sheet.name, letters), hidden=False)


def _lists_sheet(workbook: RawWorkbook) -> RawSheet | None:
    key = word_key(LISTS_SHEET)
    return next((one for one in workbook.sheets if word_key(one.name) == key), None)


def _put(
    cells: SheetCells, pen: Pen, sheet: RawSheet, spec: ListSpec, values: Sequence[str]
) -> Iterator[tuple[bool, str]]:
    titles = sheet.grid[0] if sheet.grid else []
    index = next(
        (i for i, one in enumerate(titles) if word_key(str(one or "")) == word_key(spec.title)),
        None,
    )
    if index is None:
        yield False, NO_LISTS
        return
    rows = [
        (sheet.row_numbers[row], sheet.cell(row, index))
        for row in range(len(sheet.grid))
        if not is_blank(sheet.cell(row, index)) and sheet.row_numbers[row] > _HEADS
    ]
    known = {word_key(str(value)) for _, value in rows}
    last = max((number for number, _ in rows), default=_HEADS)
    letters = column_letter(sheet.column_number(index))
    above = cells.cell(f"{letters}{last}")
    style = above.style if above is not None else ""
    new = [value for value in values if word_key(value) not in known]
    for number, value in enumerate(new, last + 1):
        cells.put(f"{letters}{number}", pen.content(style, value))
    if new:
        yield True, f"Listes, {spec.title} : {', '.join(new)}"
