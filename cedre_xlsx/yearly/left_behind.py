"""The old workbook without the lines that stay behind, and without anything that tells of them."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from cedre_xlsx.method.french import listed
from cedre_xlsx.ooxml.areas import MAX_COLUMN, MAX_ROW, Area
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.reports.forgetting import empty_choices, empty_reports, forget_caches
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.losses import data_tables
from cedre_xlsx.schema.records import Records
from cedre_xlsx.workbook.edit.feet import feet_of
from cedre_xlsx.workbook.edit.kept_lines import Kept, kept_lines
from cedre_xlsx.workbook.edit.pointers import Pointers, astray_sentence
from cedre_xlsx.workbook.package.filters import clear_filters
from cedre_xlsx.workbook.package.host import Host
from cedre_xlsx.workbook.package.stale import drop_stale_values
from cedre_xlsx.workbook.places_read import places_read
from cedre_xlsx.workbook.read.raw import RawWorkbook
from cedre_xlsx.yearly.carried import Carried
from cedre_xlsx.yearly.typed_left import TypedLeft


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """The bytes without what stays behind; `notes` are French sentences on what to look at.

    `feet` are, by table, the rows that were read as lines, and are sums or remarks under them.
    """

    data: bytes
    notes: tuple[str, ...]
    feet: Mapping[str, Collection[int]]


def without_left(
    package: Package,
    workbook: RawWorkbook,
    records: Records,
    carried: Carried,
    typed: TypedLeft,
) -> LeftBehind:
    """The workbook with the carried lines alone; sums and remarks under them stay in their place.

    In the sheets that `refresh` makes, the rows that speak of people who stay behind are emptied,
    and what is `typed` beside lines that do: they are to be made anew. Formulas that read the lines
    lose their values, but where these are read. Raises CedreError for lines that cannot be parted.
    """
    host = Host(package)
    gone = _people_left(records, carried)
    left = {
        table.spec.table: {row.row for row in table.rows} - set(carried.rows[table.spec.table])
        for table in data_tables(records)
    }
    notes = [*_clear_filters(host, workbook, records)]
    feet = feet_of(host, workbook)
    kept = kept_lines(host, workbook, left, feet)
    made_anew = {tab for one in records.generated for tab in one.tabs}
    astray = Pointers(host, kept, made_anew).follow()
    empty_reports(host, workbook, records, gone, typed.rows, typed.cells)
    empty_choices(host, workbook, gone, _references_left(records, carried))
    _drop_values(host, records, kept, feet)
    notes += [*_forget(host, records, kept), *astray_sentence(astray)]
    host.drop_calculation_chain()
    host.ask_for_calculation()
    host.save()
    return LeftBehind(host.package.data(), tuple(notes), feet)


def _people_left(records: Records, carried: Carried) -> frozenset[str]:
    """The names of those whose rows of Personnes stay behind."""
    return frozenset(records.persons) - carried.people


def _references_left(records: Records, carried: Carried) -> set[str]:
    """The references of the engagements that stay behind."""
    engagements = carried.rows[records.engagements.spec.table]
    return {
        row.reference
        for row in records.engagements.rows
        if row.reference and row.row not in engagements
    }


def _clear_filters(host: Host, workbook: RawWorkbook, records: Records) -> Iterator[str]:
    """Choose everything again where the lines are, and where they are shown."""
    titles = {table.sheet for table in data_tables(records)}
    titles |= {sheet.name for sheet in workbook.sheets if sheet.generated_as}
    cleared = clear_filters(host, titles)
    if cleared:
        where = listed([f"« {title} »" for title in cleared], "et")
        yield f"les filtres posés dans {where} sont enlevés : toutes les lignes s'y voient."


def _drop_values(
    host: Host, records: Records, kept: Collection[Kept], feet: Mapping[str, Collection[int]]
) -> None:
    """Take out what formulas show of the lines as they were: a file of ours may hold that too,
    where another program computed it before a refresh.
    """
    changed = {one.sheet: [Area(1, 1, MAX_ROW, MAX_COLUMN)] for one in kept}
    read = places_read(records)
    for one in kept:
        read[one.sheet] = [*_without_rows(read[one.sheet], feet.get(one.table, ()))]
    drop_stale_values(host, changed, read)


def _without_rows(areas: Collection[Area], rows: Collection[int]) -> Iterator[Area]:
    """The areas but for some rows."""
    ends = [0, *sorted(rows), MAX_ROW + 1]
    for one in areas:
        for above, below in itertools.pairwise(ends):
            first, last = max(one.first_row, above + 1), min(one.last_row, below - 1)
            if first <= last:
                yield Area(first, one.first_column, last, one.last_column)


def _forget(host: Host, records: Records, kept: Collection[Kept]) -> Iterator[str]:
    titles, tables = [one.sheet for one in kept], [one.table for one in kept]
    if forget_caches(host, titles, tables, _lines_that_stay(records, kept)):
        yield (
            "Vos tableaux croisés dynamiques se calculent à l'ouverture dans Excel ; d'ici là, "
            "leurs cellules montrent encore l'année d'avant : ouvrez le nouveau classeur dans "
            "Excel et enregistrez-le avant de le transmettre."
        )


def _lines_that_stay(records: Records, kept: Collection[Kept]) -> Iterator[Row]:
    moves: Mapping[str, Kept] = {one.table: one for one in kept}
    for table in data_tables(records):
        known = moves.get(table.spec.table)
        if known is not None:
            yield from (row for row in table.rows if known.moves.get(row.row) is not None)
