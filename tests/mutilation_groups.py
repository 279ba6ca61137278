"""Mutilations of the catalogue that are done to one workbook together.

What is done to one workbook with each mutilation alone costs a hundred workbooks, and a year does
several of them to each. All are in some group; neighbours of the catalogue, which are alike, are
in different ones.
"""

from __future__ import annotations

from collections.abc import Sequence

from tests.edited_package import DATA_SHEETS
from tests.mutilations import (
    losing,
    on_headings,
    on_rows,
    on_sheets,
    on_storage,
    on_values,
    together,
)
from tests.mutilations.parts import Mutilate

#: What leaves other mutilations nothing to find is done after them, in this order.
_LATE: tuple[Mutilate, ...] = (
    losing.delete_a_required_column, losing.delete_a_sheet, losing.rename_a_column,
    losing.rename_a_column_beyond_words, on_rows.insert_columns_at_the_left,
    on_headings.shout_headings, on_headings.decompose_headings, on_headings.break_headings,
    on_headings.star_headings, on_headings.explain_headings, on_headings.space_headings,
    on_headings.curl_headings, on_headings.number_headings, on_headings.headings_of_their_own,
    on_sheets.hide_the_heading_row, on_sheets.side_by_side, on_rows.insert_title_row,
    on_rows.insert_many_rows, on_rows.insert_more_rows_above_the_table, on_rows.reverse_columns,
    together.a_year, on_rows.insert_an_own_column, on_sheets.rename_tables,
    on_sheets.convert_to_ranges, on_sheets.rename_sheets, on_sheets.rename_sheets_and_tables,
    on_sheets.convert_to_ranges_and_rename_sheets, on_storage.share_strings,
    on_storage.share_rich_strings, on_storage.macros, on_storage.prefixes,
    on_storage.cells_without_places, on_storage.pretty_print, on_storage.backslashes,
    on_storage.other_case, on_storage.absolute_links, on_storage.unknown_parts,
    on_storage.broken_names, on_storage.strict,
)  # fmt: skip


#: What leaves the workbook without its tables, or without their names, which is told of each.
_WITHOUT_TABLES = frozenset({
    on_sheets.rename_tables, on_sheets.rename_sheets_and_tables, on_sheets.convert_to_ranges,
    on_sheets.convert_to_ranges_and_rename_sheets, on_rows.insert_many_rows,
    on_rows.insert_an_own_column, on_headings.shout_headings, on_headings.decompose_headings,
    on_headings.break_headings, on_headings.star_headings, on_headings.explain_headings,
    on_headings.space_headings, on_headings.curl_headings, together.a_year,
})  # fmt: skip
#: What is told otherwise there, or not at all.
_OF_A_TABLE = frozenset({
    on_rows.type_below_the_table, on_rows.type_after_blank_rows, on_rows.merge_in_the_table,
    on_values.type_personne, on_values.delete_personne, on_values.break_personne,
    on_storage.cells_without_places,
})  # fmt: skip
_EVERY = frozenset(DATA_SHEETS)
_OF_PEOPLE, _OF_FOLLOW_UP = frozenset({"Personnes"}), frozenset({"Suivi"})
#: The sheets in which a mutilation changes the table, the headings or the formulas of Personne:
#: there is one of these to a sheet, so that what is told of a table is told of that one.
_SHEETS = {
    **dict.fromkeys((
        *_WITHOUT_TABLES, on_headings.number_headings, on_rows.insert_more_rows_above_the_table,
        on_rows.insert_title_row, on_rows.reverse_columns, on_storage.share_rich_strings,
    ), _EVERY),
    on_sheets.hide_the_heading_row: _OF_FOLLOW_UP,
    on_headings.headings_of_their_own: _OF_FOLLOW_UP,
    on_rows.type_below_the_table: _OF_FOLLOW_UP,
    on_rows.type_after_blank_rows: _OF_FOLLOW_UP,
    on_rows.add_totals: frozenset({"Suivi", "Missions"}),
    on_sheets.side_by_side: frozenset({"Missions", "Freins"}),
    on_sheets.own_table_below: frozenset({"Freins"}),
    on_values.delete_personne: _OF_PEOPLE,
    on_values.break_personne: _OF_PEOPLE,
    on_values.type_personne: _OF_PEOPLE,
}  # fmt: skip
_NONE = frozenset[str]()


#: What else cannot be told apart in one workbook.
_APART = (
    *(
        frozenset({losing.merge_names, one})
        for one in (
            on_headings.shout_headings,
            on_headings.decompose_headings,
            on_headings.break_headings,
            on_headings.star_headings,
            on_headings.explain_headings,
            on_headings.space_headings,
            on_headings.curl_headings,
        )
    ),
    frozenset({on_values.names_in_another_order, on_values.break_personne}),
    frozenset({on_rows.repeat_headings, on_headings.number_headings}),
    frozenset({losing.delete_a_required_column, on_rows.reverse_columns}),
    frozenset({on_storage.cells_without_places, on_values.break_personne}),
    frozenset({on_storage.cells_without_places, on_values.delete_personne}),
    frozenset({on_storage.cells_without_places, on_rows.insert_more_rows_above_the_table}),
    *(
        frozenset({renaming, one})
        for one in (
            on_sheets.rename_sheets_and_tables,
            on_sheets.convert_to_ranges_and_rename_sheets,
            together.a_year,
        )
        for renaming in (on_sheets.rename_sheets, on_storage.strict)
    ),
    *(
        frozenset({on_storage.strict, one})
        for one in (on_sheets.rename_sheets, on_storage.backslashes, on_storage.other_case)
    ),
)


def in_groups(every: Sequence[Mutilate], size: int) -> list[tuple[Mutilate, ...]]:
    """All of them, so many to a workbook at most."""
    groups: list[list[Mutilate]] = [[] for _ in range(-(-len(every) // size))]
    for one in sorted(every, key=lambda one: (-len(_sheets(one)), one not in _OF_A_TABLE)):
        fitting = [group for group in groups if len(group) < size and _go_together(one, group)]
        if fitting:
            min(fitting, key=len).append(one)
        else:
            groups.append([one])
    return [tuple(sorted(group, key=_rank)) for group in groups]


def _go_together(one: Mutilate, group: Sequence[Mutilate]) -> bool:
    if any({one, other} == set(two) for other in group for two in _APART):
        return False
    for some, others in ((_WITHOUT_TABLES, _OF_A_TABLE), (_OF_A_TABLE, _WITHOUT_TABLES)):
        if one in some and not others.isdisjoint(group):
            return False
    return all(_sheets(one).isdisjoint(_sheets(other)) for other in group)


def _sheets(one: Mutilate) -> frozenset[str]:
    return _SHEETS.get(one, _NONE)


def _rank(mutilate: Mutilate) -> int:
    return _LATE.index(mutilate) + 1 if mutilate in _LATE else 0


def named(group: Sequence[Mutilate]) -> str:
    """What a group is called among the cases of a test."""
    return "-".join(one.__name__ for one in group)
