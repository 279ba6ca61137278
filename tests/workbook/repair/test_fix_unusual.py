"""How a workbook is laid out or stored is nothing to repair: only how its values are typed is, and
what it lost around them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from cedre_xlsx.api.fixing import find_repairs
from tests import mutilations as m
from tests.mutilation_groups import in_groups, named
from tests.mutilations import Mutilate
from tests.workbook.repair.test_fix_mutilations import EVERY, ON, REFUSED, mangled

#: Those that change how values are typed, and no more.
TYPED: tuple[Mutilate, ...] = (
    m.type_dates_as_text, m.type_deadlines_as_text, m.break_personne, m.decompose_accents,
    m.pad_texts, m.unbreakable_spaces, m.invisible_marks, m.curl_quotes, m.shout_choices,
    m.shorten_statuses, m.spell_out_codes, m.names_in_another_order, m.a_year,
)  # fmt: skip

#: Those that take tables, formulas or lists, or leave lines out of a table.
LOST: tuple[Mutilate, ...] = (
    m.rename_tables, m.rename_sheets_and_tables, m.convert_to_ranges,
    m.convert_to_ranges_and_rename_sheets, m.insert_many_rows, m.insert_an_own_column,
    m.shout_headings, m.decompose_headings, m.break_headings, m.star_headings, m.explain_headings,
    m.space_headings, m.curl_headings, m.side_by_side, m.delete_personne, m.type_below_the_table,
    m.type_after_blank_rows,
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
