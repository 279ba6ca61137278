"""What the rest of a row, or of a column, leaves no doubt about: categories, formulas, lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cedre_xlsx.method.text import name_key, word_key
from cedre_xlsx.method.vocabulary import EXIT_REASONS
from cedre_xlsx.schema.helps import rows_without_list
from cedre_xlsx.schema.losses import Loss, listed_columns
from cedre_xlsx.schema.records import Records, Table, column_letter
from cedre_xlsx.schema.state import SheetState
from cedre_xlsx.workbook.read.locate import Located
from cedre_xlsx.workbook.read.raw import Cell, is_blank, is_error
from cedre_xlsx.workbook.repair.model import Repair

_CATEGORY_OF = {word_key(reason): category for reason, category in EXIT_REASONS.items()}


def categories(people: Located, records: Records) -> Iterator[Repair]:
    """The category of a dated exit, where its motive leaves no doubt."""
    rows = {row.row: row for row in records.people.rows}
    position = people.columns.get("exit_category")
    for index in people.rows if position is not None else ():
        row = rows.get(people.sheet.row_numbers[index])
        if position is None or row is None or row.exited is None:
            continue
        meant = _CATEGORY_OF.get(word_key(row.exit_reason))
        if meant is not None and is_blank(people.sheet.cell(index, position)):
            yield Repair(
                people.sheet.name,
                people.sheet.address(index, position),
                people.spec.columns["exit_category"].header,
                "",
                meant.value,
                f"d'après le motif « {row.exit_reason} »",
                rule="PER12",
            )


def formulas(people: Located, records: Records) -> Iterator[Repair]:
    """The formula of Personne, typed over in some rows of a column that is computed.

    A text that does not say the name of its row may be the only trace of another one: it stays.
    So does a name that stands there alone, with neither Nom nor Prénom.
    """
    position = people.columns.get("typed_person")
    state = people.sheet.state
    if position is None or state is None:
        return
    column = people.sheet.column_number(position)
    computed = state.formulas.get(column, frozenset()) - state.broken.get(column, frozenset())
    names = {row.row: row.person for row in records.people.rows}
    parts = [people.columns.get(name) for name in ("last_name", "first_name")]
    for index in people.rows if computed else ():
        row, cell = people.sheet.row_numbers[index], people.sheet.cell(index, position)
        if row in computed or not isinstance(cell, str) or is_blank(cell) or is_error(cell):
            continue
        told = [people.sheet.cell(index, part) for part in parts if part is not None]
        if all(map(is_blank, told)) or not _says_no_more(cell, names.get(row, "")):
            continue
        yield Repair(
            people.sheet.name,
            people.sheet.address(index, position),
            people.spec.columns["typed_person"].header,
            cell.strip(),
            names[row],
            "formule remise",
            formula=True,
            rule="CLA05",
        )


def _says_no_more(cell: Cell, name: str) -> bool:
    """Whether a text is only words of the name."""
    if not name or not isinstance(cell, str):
        return False
    return set(name_key(cell).split()) <= set(name_key(name).split())


def lists(table: Table[Any], state: SheetState, *, ours: bool) -> Iterator[Repair]:
    """The drop-down lists that pasting took from some rows of a column; from all of them too,
    in a workbook of ours.
    """
    columns = listed_columns(table)
    if not any(area.holds(column) for area in state.listed for column in columns.values()):
        return
    for field, column in columns.items():
        holding = [area for area in state.listed if area.holds(column)]
        lost = rows_without_list(table, state, column, ours=ours)
        if lost and (holding or ours):
            heading = table.spec.columns[field].header
            rows = f"ligne {lost[0]}" if len(lost) == 1 else f"{len(lost)} lignes"
            yield Repair(
                table.sheet,
                f"{column_letter(column)}{lost[0]}",
                heading,
                "",
                "",
                f"liste déroulante remise ({rows})",
                lists=tuple(_runs(lost)) if holding else (),
                loss=None if holding else Loss("CLA01", table.sheet, table, headings=(heading,)),
                rule="CLA01",
            )


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Consecutive rows as their first and last."""
    first = last = rows[0]
    for row in rows[1:]:
        if row != last + 1:
            yield first, last
            first = row
        last = row
    yield first, last
