"""Columns added to workbooks as they live: the example, those of the catalogue of mutilations,
those that LibreOffice saved; and what LibreOffice makes of them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from cedre_xlsx import api
from cedre_xlsx.schema.tables import DATA_TABLES
from cedre_xlsx.workbook.edit.model import LineChange, NewColumn
from tests.mutilation_groups import in_groups, named
from tests.mutilations import losing
from tests.mutilations.parts import Mutilate
from tests.package_checker import check_package
from tests.small_association import new_workbook, refreshed_workbook
from tests.support import libreoffice_convert, needs_libreoffice, values_of
from tests.workbook.edit.edit_support import ON, Done, add
from tests.workbook.edit.test_other_programs import ROOT
from tests.workbook.repair.test_fix_mutilations import EVERY, REFUSED, mangled

WANTED = [NewColumn(spec.table, "Zone d'habitation") for spec in DATA_TABLES]
#: Those whose sheet is gone: what is told of them.
TOLD: dict[Mutilate, int] = {losing.delete_a_sheet: 1}
#: That one alone; half of the others, four to a workbook.
GROUPS = [(losing.delete_a_sheet,),
          *in_groups([one for one in EVERY if one not in (*TOLD, *REFUSED)][::2], 4)]  # fmt: skip


def check_columns(done: Done, left: int = 0) -> None:
    """Each column that was not refused is known again, and is not added twice."""
    assert len(done.left) == left, done.left
    assert len(done.edited.columns) == len(WANTED) - left
    again = add(done.data, {}, columns=WANTED)
    assert again.data == done.data
    assert [one.number for one in again.edited.columns] == [
        one.number for one in done.edited.columns
    ]


@pytest.mark.slow
def test_columns_go_into_the_example() -> None:
    done = add((ROOT / "examples/association.xlsx").read_bytes(), {}, columns=WANTED)
    check_columns(done)
    assert done.edited.notes == ()


@pytest.mark.slow
def test_nothing_is_to_be_repaired_after(tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(refreshed_workbook())
    before = api.check(path, on=ON, select=["CLA", "LEC"]).findings
    path.write_bytes(add(path.read_bytes(), {}, columns=WANTED).data)
    assert api.check(path, on=ON, select=["CLA", "LEC"]).findings == before


@pytest.mark.slow
@pytest.mark.parametrize("group", GROUPS, ids=named)
def test_columns_go_into_workbooks_of_the_catalogue(
    group: tuple[Mutilate, ...], tmp_path: Path
) -> None:
    path = mangled(tmp_path / "suivi.xlsx", *group)
    check_columns(add(path.read_bytes(), {}, columns=WANTED), sum(TOLD.get(o, 0) for o in group))


@needs_libreoffice
@pytest.mark.slow
@pytest.mark.parametrize("saved_before", [False, True], ids=["ours", "saved by LibreOffice"])
def test_libreoffice_opens_them(saved_before: bool, tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(new_workbook())
    if saved_before:
        path = libreoffice_convert(path, "xlsx", tmp_path / "saved")
    change = LineChange("tPersonnes", 5, {}, {"Zone d'habitation": "Vallon"})
    done = add(path.read_bytes(), {}, change, columns=WANTED)
    check_columns(done)
    assert set(check_package(done.data)) <= set(check_package(path.read_bytes()))
    path = tmp_path / "after.xlsx"
    path.write_bytes(done.data)
    saved = libreoffice_convert(path, "xlsx", tmp_path / "opened").read_bytes()
    rows = values_of(saved)["Personnes"]
    assert (rows[3][-1], rows[4][-1]) == ("Zone d'habitation", "Vallon")
    check_columns(add(saved, {}, columns=WANTED))
