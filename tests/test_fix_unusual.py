"""How a workbook is laid out or stored is nothing to repair: only how its values are typed is."""

from __future__ import annotations

from pathlib import Path

import pytest

from cedre_xlsx.api.fixing import find_repairs
from tests import mutilations as m
from tests.test_fix_mutilations import EVERY, ON, REFUSED, Mutilate, mangled

#: Those that change how values are typed, and no more.
TYPED: tuple[Mutilate, ...] = (
    m.type_dates_as_text, m.type_deadlines_as_text, m.break_personne, m.decompose_accents,
    m.pad_texts, m.unbreakable_spaces, m.invisible_marks, m.curl_quotes, m.shout_choices,
    m.shorten_statuses, m.spell_out_codes, m.names_in_another_order, m.a_year,
)  # fmt: skip


@pytest.mark.parametrize("mutilate", EVERY, ids=lambda one: one.__name__)
def test_what_is_merely_unusual_is_left(mutilate: Mutilate, tmp_path: Path) -> None:
    path = mangled(tmp_path / "suivi.xlsx", mutilate)
    if mutilate not in REFUSED:
        assert bool(find_repairs(path, on=ON).items) == (mutilate in TYPED)
