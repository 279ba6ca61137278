"""How a workbook is laid out or stored is nothing to repair: only how its values are typed is, and
what it lost around them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from cedre_xlsx.api.fixing import find_repairs
from tests.mutilation_groups import in_groups, named
from tests.mutilations import on_headings, on_rows, on_sheets, on_values, together
from tests.mutilations.parts import Mutilate
from tests.workbook.repair.test_fix_mutilations import EVERY, ON, REFUSED, mangled

#: Those that change how values are typed, and no more.
TYPED: tuple[Mutilate, ...] = (
    on_values.type_dates_as_text, on_values.type_deadlines_as_text, on_values.break_personne,
    on_values.decompose_accents, on_values.pad_texts, on_values.unbreakable_spaces,
    on_values.invisible_marks, on_values.curl_quotes, on_values.shout_choices,
    on_values.shorten_statuses, on_values.spell_out_codes, on_values.names_in_another_order,
    together.a_year,
)  # fmt: skip

#: Those that take tables, formulas or lists, or leave lines out of a table.
LOST: tuple[Mutilate, ...] = (
    on_sheets.rename_tables, on_sheets.rename_sheets_and_tables, on_sheets.convert_to_ranges,
    on_sheets.convert_to_ranges_and_rename_sheets, on_rows.insert_many_rows,
    on_rows.insert_an_own_column, on_headings.shout_headings, on_headings.decompose_headings,
    on_headings.break_headings, on_headings.star_headings, on_headings.explain_headings,
    on_headings.space_headings, on_headings.curl_headings, on_sheets.side_by_side,
    on_values.delete_personne, on_rows.type_below_the_table, on_rows.type_after_blank_rows,
)  # fmt: skip


#: All others that are written: nothing is repaired, however many of them there are.
UNUSUAL = [one for one in EVERY if one not in (*TYPED, *LOST, *REFUSED)]


@pytest.mark.slow
@pytest.mark.parametrize("group", in_groups(UNUSUAL, 5), ids=named)
def test_what_is_merely_unusual_is_left(group: tuple[Mutilate, ...], tmp_path: Path) -> None:
    path = mangled(tmp_path / "suivi.xlsx", *group)
    assert find_repairs(path, on=ON).items == ()


@pytest.mark.slow
@pytest.mark.parametrize("mutilate", [*TYPED, *LOST], ids=lambda one: one.__name__)
def test_what_is_typed_otherwise_or_lost_is_repaired(mutilate: Mutilate, tmp_path: Path) -> None:
    path = mangled(tmp_path / "suivi.xlsx", mutilate)
    assert find_repairs(path, on=ON).items
