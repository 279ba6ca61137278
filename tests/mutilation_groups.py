"""Mutilations of the catalogue that are done to one workbook together.

What is done to one workbook with each mutilation alone costs a hundred workbooks, and a year does
several of them to each. All are in some group; neighbours of the catalogue, which are alike, are
in different ones.
"""

from __future__ import annotations

from collections.abc import Sequence

from tests import mutilations as m
from tests.mutilations import Mutilate

#: What leaves other mutilations nothing to find is done after them, in this order.
_LATE: tuple[Mutilate, ...] = (
    m.delete_a_required_column, m.delete_a_sheet, m.rename_a_column,
    m.rename_a_column_beyond_words, m.shout_headings, m.decompose_headings, m.break_headings,
    m.star_headings, m.explain_headings, m.space_headings, m.curl_headings, m.number_headings,
    m.headings_of_their_own, m.hide_the_heading_row, m.side_by_side, m.insert_title_row,
    m.insert_many_rows, m.insert_more_rows_above_the_table, m.insert_columns_at_the_left,
    m.reverse_columns, m.a_year, m.insert_an_own_column, m.rename_tables, m.convert_to_ranges,
    m.rename_sheets, m.rename_sheets_and_tables, m.convert_to_ranges_and_rename_sheets,
    m.share_strings, m.share_rich_strings, m.macros, m.prefixes, m.cells_without_places,
    m.pretty_print, m.backslashes, m.other_case, m.absolute_links, m.unknown_parts, m.broken_names,
)  # fmt: skip


#: What is done to tables, headings and the formulas of Personne, and what is told otherwise where
#: there is no table: one of these in a workbook.
_OF_TABLES = frozenset({
    m.rename_tables, m.rename_sheets_and_tables, m.convert_to_ranges,
    m.convert_to_ranges_and_rename_sheets, m.hide_the_heading_row, m.own_table_below,
    m.side_by_side, m.insert_many_rows, m.insert_an_own_column, m.shout_headings,
    m.decompose_headings, m.break_headings, m.star_headings, m.explain_headings, m.space_headings,
    m.curl_headings, m.number_headings, m.headings_of_their_own, m.delete_personne,
    m.break_personne, m.share_rich_strings, m.a_year, m.add_totals, m.rich_texts,
    m.insert_more_rows_above_the_table, m.values_from_formulas, m.type_far_away,
    m.delete_what_is_not_data, m.own_sheets, m.insert_title_row, m.reverse_columns,
    m.merge_in_the_table, m.break_an_own_column,
})  # fmt: skip


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
)


def in_groups(every: Sequence[Mutilate], size: int) -> list[tuple[Mutilate, ...]]:
    """All of them, so many to a workbook at most."""
    groups: list[list[Mutilate]] = [[] for _ in range(-(-len(every) // size))]
    for one in sorted(every, key=lambda one: one not in _OF_TABLES):
        fitting = [group for group in groups if len(group) < size and _go_together(one, group)]
        if fitting:
            min(fitting, key=len).append(one)
        else:
            groups.append([one])
    return [tuple(sorted(group, key=_rank)) for group in groups]


def _go_together(one: Mutilate, group: Sequence[Mutilate]) -> bool:
    if any({one, other} == set(two) for other in group for two in _APART):
        return False
    return one not in _OF_TABLES or _OF_TABLES.isdisjoint(group)


def _rank(mutilate: Mutilate) -> int:
    return _LATE.index(mutilate) + 1 if mutilate in _LATE else 0


def named(group: Sequence[Mutilate]) -> str:
    """What a group is called among the cases of a test."""
    return "-".join(one.__name__ for one in group)
