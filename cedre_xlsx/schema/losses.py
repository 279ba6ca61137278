"""What another program took from the workbook: lists, tables, formulas, protection, colours.

Of a workbook of ours alone: a sheet that a team made by hand never had them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

from cedre_xlsx.method.text import fold, name_key, squeeze
from cedre_xlsx.schema.generated_sheets import Knowledge
from cedre_xlsx.schema.helps import bare_columns, colours_left, short_colours, short_columns
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Records, Table
from cedre_xlsx.schema.state import (
    Area,
    BookState,
    FormState,
    ListRule,
    SheetState,
    is_dead,
)
from cedre_xlsx.schema.tables import (
    COLOUR_NAMES,
    COMPUTED_SHEETS,
    LISTED_SHEETS,
    LISTS_SHEET,
    NAMES_SINCE,
    PROTECTED_SHEETS,
    SETTINGS_SHEET,
    listed_fields,
    version_numbers,
)

#: How the names that no one else gives begin.
_OUR_NAMES = ("cedre_", "_cedre_")
_LIBREOFFICE = "libreoffice"


class TableFate(StrEnum):
    """What became of an Excel table."""

    GONE = "gone"
    RENAMED = "renamed"
    CUT = "cut"  # it leaves out columns of ours, or all of the lines
    HEADLESS = "headless"  # its headings count as a line


@dataclass(frozen=True, slots=True)
class Loss:
    """What one sheet lost, as the rule of that code says it.

    `sheet` is its name now; `table` or `form` say which one it is. `headings` are the columns
    concerned, `rows` their rows, `cells` single addresses, `names` the defined names; `hollow` is
    for lists whose values are gone.
    """

    code: str
    sheet: str
    table: Table[Any] | None = None
    form: FormState | None = None
    headings: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    cells: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    hollow: bool = False
    fate: TableFate | None = None


def losses(records: Records) -> Iterator[Loss]:
    """All that other programs took from the workbook, a kind after the other."""
    for find in (
        lists_gone, lists_dead, tables_lost, formulas_lost, protection_gone, forms_broken,
        guards_gone, colours_gone, helps_short, sheets_shown, marks_lost,
    ):  # fmt: skip
        yield from find(records)


def marks_lost(records: Records) -> Iterator[Loss]:
    """The sheets that `refresh` makes whose hidden mark is no more, and that are known without."""
    for one in records.generated:
        if one.how is Knowledge.ADOPTED:
            yield Loss("CLA15", one.tab, names=(one.kind.mark,))


def is_made_by_us(records: Records) -> bool:
    """Whether the workbook was made by the tool: its template's version, a name, or a table."""
    book = records.book
    if book is None:
        return False
    named = any(name.startswith(_OUR_NAMES) for name in book.names)
    tables = {table.spec.table.casefold() for table in data_tables(records)}
    return named or bool(records.template_version) or bool(tables & book.tables)


def data_tables(records: Records) -> tuple[Table[Any], ...]:
    """The tables that people fill, in the order of their tabs."""
    return (
        records.people, records.follow_ups, records.engagements, records.missions,
        records.barriers,
    )  # fmt: skip


def _ours(records: Records) -> Iterator[tuple[Table[Any], SheetState]]:
    """The tables whose file tells the state of their sheet, of a workbook of ours."""
    for table in data_tables(records) if is_made_by_us(records) else ():
        if table.found and table.state is not None and table.columns:
            yield table, table.state


def _forms(records: Records, *names: str) -> Iterator[FormState]:
    if is_made_by_us(records):
        yield from (form for form in records.forms if form.name in names)


def lists_gone(records: Records) -> Iterator[Loss]:
    """The sheets that have none of their drop-down lists any more."""
    for table, state in _ours(records):
        columns = listed_columns(table)
        if columns and not any(a.holds(c) for a in state.listed for c in columns.values()):
            yield Loss("CLA07", table.sheet, table, headings=_headers(table, columns))
    for form in _forms(records, *LISTED_SHEETS):
        if not form.state.lists:
            yield Loss("CLA07", form.sheet, form=form)


def listed_columns(table: Table[Any]) -> dict[str, int]:
    """The columns that have a list in a new workbook, where they are now."""
    return {f: table.columns[f] for f in listed_fields(table.spec) if f in table.columns}


def _headers(table: Table[Any], fields: dict[str, int]) -> tuple[str, ...]:
    return tuple(table.spec.columns[field].header for field in fields)


def lists_dead(records: Records) -> Iterator[Loss]:
    """The sheets with lists that show nothing: what they are drawn from is no more, or they are
    there twice.
    """
    book = records.book
    if book is None:
        return
    for table, state in _ours(records):
        found = dead_columns(table, state, book)
        if found:
            rules = [rule for column in found.values() for rule in rules_of(state, column)]
            yield Loss(
                "CLA08", table.sheet, table, headings=_headers(table, found),
                names=_dead_names(rules, book), hollow=_are_hollow(rules, book),
            )  # fmt: skip
    for form in _forms(records, *LISTED_SHEETS):
        dead = [rule for rule in form.state.lists if rule_is_dead(rule, book)]
        if dead:
            yield Loss(
                "CLA08", form.sheet, form=form,
                names=_dead_names(dead, book), hollow=_are_hollow(dead, book),
            )  # fmt: skip


def dead_columns(table: Table[Any], state: SheetState, book: BookState) -> dict[str, int]:
    """The columns whose list shows nothing, or is there twice."""
    return {
        field: column
        for field, column in listed_columns(table).items()
        if any(rule_is_dead(rule, book) for rule in rules_of(state, column))
        or _overlap(state, column)
    }


def rules_of(state: SheetState, column: int) -> list[ListRule]:
    """The lists that have cells in a column."""
    return [rule for rule in state.lists if any(area.holds(column) for area in rule.areas)]


def rule_is_dead(rule: ListRule, book: BookState) -> bool:
    """Whether a list has nothing to show, or no cell to show it in."""
    if is_dead(rule.source) or not rule.areas:
        return True
    name = rule.source.casefold()
    return _is_name(name) and (name in book.hollow or is_dead(book.names.get(name, "")))


def _is_name(source: str) -> bool:
    return source.replace("_", "").isalnum() and not source[-1:].isdigit()


def _dead_names(rules: list[ListRule], book: BookState) -> tuple[str, ...]:
    names = (
        r.source for r in rules if _is_name(r.source) and r.source.casefold() not in book.hollow
    )
    return tuple(dict.fromkeys(n for n in names if is_dead(book.names.get(n.casefold(), ""))))


def _are_hollow(rules: list[ListRule], book: BookState) -> bool:
    """Whether the values of some lists are gone."""
    return any(rule.source.casefold() in book.hollow for rule in rules)


def _overlap(state: SheetState, column: int) -> bool:
    """Whether two lists of a column have cells in common: Excel does not allow it."""
    areas = [
        Area(area.first_row, column, area.last_row, column)
        for area in state.listed
        if area.holds(column)
    ]
    areas.sort(key=lambda area: area.first_row)
    return any(one.last_row >= other.first_row for one, other in pairwise(areas))


def tables_lost(records: Records) -> Iterator[Loss]:
    """The Excel tables that are gone, renamed, or that leave out what they held."""
    tables = [table for table, _ in _ours(records)]
    for table in (*tables, *(records.choices if is_made_by_us(records) else ())):
        fate = _fate(table)
        if fate is not None:
            yield Loss("CLA09", table.sheet, table, fate=fate)


def _fate(table: Table[Any]) -> TableFate | None:
    excel = table.excel
    if excel is None:
        return TableFate.GONE
    columns = table.columns.values()
    area = excel.area
    width = area.last_column - area.first_column + 1
    if not excel.has_headings and table.header_row >= area.first_row:
        return TableFate.HEADLESS
    if (
        len(excel.headings) != width
        or not all(area.holds(column) for column in columns)
        or (excel.has_headings and area.last_row <= area.first_row)
    ):
        return TableFate.CUT
    return None if excel.name.casefold() == table.spec.table.casefold() else TableFate.RENAMED


def is_cut(table: Table[Any]) -> bool:
    """Whether more is wrong with an Excel table than the lines below it."""
    return _fate(table) not in (None, TableFate.RENAMED)


def formulas_lost(records: Records) -> Iterator[Loss]:
    """The columns that compute themselves no more."""
    people = records.people
    for field, column in people.spec.columns.items():
        if not column.calculated or field not in people.columns:
            continue
        rows = _rows_lost(records, people, field)
        if rows or _will_not_fill(records, people, people.columns[field]):
            yield Loss("CLA10", people.sheet, people, headings=(column.header,), rows=rows)


def _rows_lost(records: Records, people: Table[PersonRow], field: str) -> tuple[int, ...]:
    """The rows whose formula is in error, or gone with all the others."""
    errors = people.errors.get(field, frozenset())
    state, book, column = people.state, records.book, people.columns[field]
    if state is None or book is None or not state.placed or not is_made_by_us(records):
        return tuple(sorted(errors))
    computed = state.formulas.get(column, frozenset())
    lost = set(errors | state.broken.get(column, frozenset()))
    if state.called.get(column, frozenset()) - book.tables:
        lost |= computed
    if computed <= lost:
        lost |= {row.row for row in people.rows if row.person and says_no_more(row)}
    return tuple(sorted(lost & {row.row for row in people.rows}))


def says_no_more(row: PersonRow) -> bool:
    """Whether what stands in Personne is nothing, or only words of the name."""
    typed = squeeze(row.typed_person)
    return fold(typed) == fold(row.person) or set(name_key(typed).split()) <= set(
        name_key(row.person).split()
    )


def _will_not_fill(records: Records, people: Table[PersonRow], column: int) -> bool:
    """Whether the table forgot the formula of the lines to come. LibreOffice, which always forgets
    it, fills no line anyway: nothing is lost to who works with it.
    """
    excel, book = people.excel, records.book
    if excel is None or book is None or not is_made_by_us(records) or _fate(people) is not None:
        return False
    heading = excel.headings[column - excel.area.first_column]
    forgot = heading not in excel.computed and names_fill(people, excel.headings)
    return forgot and not book.program.casefold().startswith(_LIBREOFFICE)


def names_fill(people: Table[PersonRow], headings: Iterable[str]) -> bool:
    """Whether the columns that the formula of Personne names have those headings."""
    known = {heading.casefold() for heading in headings}
    fields = ("last_name", "first_name", "precision")
    return all(people.spec.columns[field].header.casefold() in known for field in fields)


def protection_gone(records: Records) -> Iterator[Loss]:
    """The forms whose formulas may be typed over."""
    for form in _forms(records, *PROTECTED_SHEETS):
        if not form.state.protected:
            yield Loss("CLA11", form.sheet, form=form)


def forms_broken(records: Records) -> Iterator[Loss]:
    """The sheets that compute nothing any more, or errors."""
    for form in _forms(records, *COMPUTED_SHEETS):
        if form.errors or (form.state.placed and not form.state.formulas):
            yield Loss("CLA12", form.sheet, form=form, cells=form.errors)


def colours_gone(records: Records) -> Iterator[Loss]:
    """The data sheets without some of their colours, or whose colours lost a name."""
    book = records.book
    for table, state in _ours(records):
        names = tuple(
            name
            for name in COLOUR_NAMES.get(table.spec.table, ())
            if book is not None and is_dead(book.names.get(name.casefold(), ""))
            if name not in NAMES_SINCE or _is_since(records.template_version, NAMES_SINCE[name])
        )
        left, wanted = colours_left(table, state)
        if left < wanted or names:
            yield Loss("CLA13", table.sheet, table, names=names if left == wanted else ())


def _is_since(version: str, since: str) -> bool:
    return version_numbers(version) >= version_numbers(since)


def guards_gone(records: Records) -> Iterator[Loss]:
    """The sheets with columns that accept anything now, those aside that lost all of their lists:
    what is guarded comes back with these.
    """
    without = {loss.sheet for loss in lists_gone(records)}
    for table, state in _ours(records):
        columns = bare_columns(table, state)
        if columns and table.sheet not in without:
            yield Loss("CLA18", table.sheet, table, headings=_headers(table, columns))
    for form in _forms(records, SETTINGS_SHEET):
        if not form.state.guards and form.sheet not in without:
            yield Loss("CLA18", form.sheet, form=form)


def helps_short(records: Records) -> Iterator[Loss]:
    """The data sheets whose lists, guards or colours end before their lines, or soon after."""
    for table, state in _ours(records):
        columns = short_columns(table, state)
        if columns or short_colours(table, state):
            yield Loss("CLA17", table.sheet, table, headings=_headers(table, columns))


def sheets_shown(records: Records) -> Iterator[Loss]:
    """What a new workbook hides, and which is to be seen."""
    book = records.book
    for form in _forms(records, LISTS_SHEET):
        if book is not None and form.sheet.casefold() in book.shown:
            yield Loss("CLA14", form.sheet, form=form)
