"""Mutilations of the catalogue that are done to one workbook together.

What is done to one workbook with each mutilation alone costs a hundred workbooks, and a year does
several of them to each. All are in some group; neighbours of the catalogue, which are alike, are
in different ones.
"""

from __future__ import annotations

from collections.abc import Sequence

from tests import mutilations as m
from tests.edited_package import DATA_SHEETS
from tests.mutilations import Mutilate

#: What leaves other mutilations nothing to find is done after them, in this order.
_LATE: tuple[Mutilate, ...] = (
    m.delete_a_required_column, m.delete_a_sheet, m.rename_a_column, m.rename_a_column_beyond_words,
    m.insert_columns_at_the_left, m.shout_headings, m.decompose_headings, m.break_headings,
    m.star_headings, m.explain_headings, m.space_headings, m.curl_headings, m.number_headings,
    m.headings_of_their_own, m.hide_the_heading_row, m.side_by_side, m.insert_title_row,
    m.insert_many_rows, m.insert_more_rows_above_the_table, m.reverse_columns, m.a_year,
    m.insert_an_own_column, m.rename_tables, m.convert_to_ranges, m.rename_sheets,
    m.rename_sheets_and_tables, m.convert_to_ranges_and_rename_sheets, m.share_strings,
    m.share_rich_strings, m.macros, m.prefixes, m.cells_without_places, m.pretty_print,
    m.backslashes, m.other_case, m.absolute_links, m.unknown_parts, m.broken_names, m.strict,
)  # fmt: skip


#: What leaves the workbook without its tables, or without their names, which is told of each.
_WITHOUT_TABLES = frozenset({
    m.rename_tables, m.rename_sheets_and_tables, m.convert_to_ranges,
    m.convert_to_ranges_and_rename_sheets, m.insert_many_rows, m.insert_an_own_column,
    m.shout_headings, m.decompose_headings, m.break_headings, m.star_headings, m.explain_headings,
    m.space_headings, m.curl_headings, m.a_year,
})  # fmt: skip
#: What is told otherwise there, or not at all.
_OF_A_TABLE = frozenset({
    m.type_below_the_table, m.type_after_blank_rows, m.merge_in_the_table, m.type_personne,
    m.delete_personne, m.break_personne, m.cells_without_places,
})  # fmt: skip
_EVERY = frozenset(DATA_SHEETS)
_OF_PEOPLE, _OF_FOLLOW_UP = frozenset({"Personnes"}), frozenset({"Suivi"})
#: The sheets in which a mutilation changes the table, the headings or the formulas of Personne:
#: there is one of these to a sheet, so that what is told of a table is told of that one.
_SHEETS = {
    **dict.fromkeys((
        *_WITHOUT_TABLES, m.number_headings, m.insert_more_rows_above_the_table,
        m.insert_title_row, m.reverse_columns, m.share_rich_strings,
    ), _EVERY),
    m.hide_the_heading_row: _OF_FOLLOW_UP,
    m.headings_of_their_own: _OF_FOLLOW_UP,
    m.type_below_the_table: _OF_FOLLOW_UP,
    m.type_after_blank_rows: _OF_FOLLOW_UP,
    m.add_totals: frozenset({"Suivi", "Missions"}),
    m.side_by_side: frozenset({"Missions", "Freins"}),
    m.own_table_below: frozenset({"Freins"}),
    m.delete_personne: _OF_PEOPLE,
    m.break_personne: _OF_PEOPLE,
    m.type_personne: _OF_PEOPLE,
}  # fmt: skip
_NONE = frozenset[str]()


#: What else cannot be told apart in one workbook.
_APART = (
    *(
        frozenset({m.merge_names, one})
        for one in (
            m.shout_headings,
            m.decompose_headings,
            m.break_headings,
            m.star_headings,
            m.explain_headings,
            m.space_headings,
            m.curl_headings,
        )
    ),
    frozenset({m.names_in_another_order, m.break_personne}),
    frozenset({m.repeat_headings, m.number_headings}),
    frozenset({m.delete_a_required_column, m.reverse_columns}),
    frozenset({m.cells_without_places, m.break_personne}),
    frozenset({m.cells_without_places, m.delete_personne}),
    frozenset({m.cells_without_places, m.insert_more_rows_above_the_table}),
    *(
        frozenset({renaming, one})
        for one in (m.rename_sheets_and_tables, m.convert_to_ranges_and_rename_sheets, m.a_year)
        for renaming in (m.rename_sheets, m.strict)
    ),
    *(frozenset({m.strict, one}) for one in (m.rename_sheets, m.backslashes, m.other_case)),
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
