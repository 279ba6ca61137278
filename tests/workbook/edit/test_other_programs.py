"""Lines added to workbooks as they live: ours, the example, those that other programs saved, those
of the catalogue of mutilations; and what LibreOffice makes of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cedre_xlsx import api
from cedre_xlsx.schema.tables import LISTS_SHEET, PEOPLE
from cedre_xlsx.workbook.edit.model import CellChange
from tests.edited_package import Package
from tests.mutilation_groups import in_groups, named
from tests.mutilations import losing, on_rows
from tests.mutilations.parts import Mutilate
from tests.package_checker import check_package
from tests.small_association import new_workbook, refreshed_workbook
from tests.support import (
    ROOT,
    cell_of,
    libreoffice_convert,
    libreoffice_converts,
    needs_libreoffice,
    values_of,
)
from tests.workbook.edit.edit_support import ON, Done, add
from tests.workbook.repair.test_fix_mutilations import EVERY, REFUSED, mangled

LINES: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "tPersonnes": [{"last_name": "Zinnia", "first_name": "Léa", "registered": date(2026, 9, 1)}],
    "tSuivi": [
        {"person": "Zinnia Léa", "dated": date(2026, 9, 2), "action": "Appeler", "minutes": 45},
        {"person": "Zinnia Léa", "dated": date(2026, 9, 3), "action": "Écrire"},
    ],
    "tEngagements": [{"person": "Zinnia Léa", "reference": "CP-2026-900", "type": "CP"}],
    "tMissions": [{"person": "Zinnia Léa", "start": date(2026, 9, 2), "hours": 12.5}],
    "tFreins": [{"person": "Zinnia Léa", "barrier": "Mobilité"}],
}
#: What may change: the sheets that were written, their tables, what is printed, new looks.
MAY_CHANGE = {
    *(f"xl/worksheets/sheet{number}.xml" for number in range(2, 7)),
    *(f"xl/tables/table{number}.xml" for number in range(1, 6)),
    "xl/workbook.xml", "xl/styles.xml",
}  # fmt: skip
#: Those that lack a column or a sheet, or end in sums: what is told of them.
TOLD: dict[Mutilate, int] = {
    on_rows.add_totals: 1, losing.delete_a_required_column: 1, losing.delete_a_sheet: 1,
    losing.rename_a_column: 1, losing.rename_a_column_beyond_words: 1,
}  # fmt: skip
#: Those that make a difference, each alone; the others, four to a workbook.
GROUPS = [*((one,) for one in TOLD),
          *in_groups([one for one in EVERY if one not in (*TOLD, *REFUSED)], 4)]  # fmt: skip


def check_lines(done: Done, left: int = 0) -> None:
    """Each value that was not told to be left is read back."""
    assert len(done.left) == left, done.left
    told = {(one.table, one.index, one.field) for one in done.edited.left}
    for table, lines in LINES.items():
        whole = [line for index, line in enumerate(lines) if (table, index, "") not in told]
        rows = done.added(table)
        assert len(rows) == len(whole)
        for index, (line, row) in enumerate(zip(whole, rows, strict=True)):
            for name, value in line.items():
                read = getattr(row, name)
                found = getattr(read, "day", read) if not isinstance(read, date) else read
                assert found == value or (table, index, name) in told, (table, name, read)


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", [ROOT / "workbook_templates/cedre.xlsx", ROOT / "examples/association.xlsx"],
    ids=lambda path: path.stem,
)  # fmt: skip
def test_lines_go_into_the_template_and_the_example(path: Path) -> None:
    done = add(path.read_bytes(), LINES)
    check_lines(done)
    assert done.changed_parts <= MAY_CHANGE
    assert done.edited.notes == ()


@pytest.mark.slow
def test_nothing_is_to_be_repaired_after(tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(new_workbook())
    before = api.check(path, on=ON, select=["CLA", "LEC"]).findings
    path.write_bytes(add(path.read_bytes(), LINES).data)
    assert api.check(path, on=ON, select=["CLA", "LEC"]).findings == before


@pytest.mark.slow
def test_a_refreshed_workbook_keeps_what_was_made() -> None:
    done = add(refreshed_workbook(), LINES)
    check_lines(done)
    assert done.changed_parts <= MAY_CHANGE


@pytest.mark.slow
def test_lines_go_into_what_openpyxl_saves() -> None:
    made = BytesIO()
    load_workbook(BytesIO(new_workbook())).save(made)
    done = add(made.getvalue(), LINES)
    check_lines(done)


@pytest.mark.slow
@pytest.mark.parametrize("group", GROUPS, ids=named)
def test_lines_go_into_workbooks_of_the_catalogue(
    group: tuple[Mutilate, ...], tmp_path: Path
) -> None:
    path = mangled(tmp_path / "suivi.xlsx", *group)
    check_lines(add(path.read_bytes(), LINES), sum(TOLD.get(one, 0) for one in group))


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A workbook that LibreOffice saved, some of its lines under their table."""
    folder = tmp_path_factory.mktemp("saved")
    package = Package(new_workbook())
    on_rows.type_below_the_table(package)
    path = package.save(folder / "suivi.xlsx")
    return libreoffice_convert(path, "xlsx", folder / "after").read_bytes()


@needs_libreoffice
@pytest.mark.slow
def test_libreoffice_computes_names_and_lists_of_the_new_lines(
    saved: bytes, tmp_path: Path
) -> None:
    """In a workbook of ours, and in one that it saved."""
    change = CellChange("Personnes", cell_of(PEOPLE, "first_name"), "Changé")
    paths = [tmp_path / "ours.xlsx", tmp_path / "saved.xlsx"]
    for path, data in zip(paths, (new_workbook(), saved), strict=True):
        done = add(data, LINES, change)
        check_lines(done)
        path.write_bytes(done.data)
    for path in libreoffice_converts(paths, "xlsx", tmp_path / "opened"):
        values = values_of(path.read_bytes())
        column = list(PEOPLE.columns).index("typed_person")
        names = [row[column] for row in values["Personnes"][4:]]
        assert names[-1] == "Zinnia Léa"
        assert names[0].endswith(" Changé")
        listed = {cell for row in values[LISTS_SHEET] for cell in row}
        assert {"Zinnia Léa", names[0]} <= listed


@needs_libreoffice
@pytest.mark.slow
def test_other_programs_leave_nothing_that_excel_would_repair(saved: bytes) -> None:
    done = add(saved, LINES)
    check_lines(done)
    assert set(check_package(done.data)) <= set(check_package(saved))
