"""What headings of other files become, remembered in Paramètres: read, added to, changed."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.settings import HeadingMapping
from cedre_xlsx.schema.tables import MAPPING_TABLE, SETTINGS_SHEET
from cedre_xlsx.workbook.edit.places import FOREIGN
from cedre_xlsx.workbook.edit.side_lines import NO_TABLE, mapping_edits
from cedre_xlsx.workbook.edit.write import edited
from cedre_xlsx.workbook.template.settings_layout import FIRST_ROW, block_of
from tests.hands import part_of, typed
from tests.package_edits import as_range
from tests.support import read_rows
from tests.workbook.edit.edit_support import (
    ON,
    Done,
    cells,
    check,
    raw,
    reading,
    sheet_xml,
    small,
    table_ref,
)

BLOCK = block_of(MAPPING_TABLE)
FIRST, LAST = column_letter(BLOCK.first), column_letter(BLOCK.last)
SEVERAL = [
    HeadingMapping("Suivi", "Observations", "Suites données / Décisions prises"),
    HeadingMapping("Suivi", "Quoi", "Actions proposées par l'AI / ETTI"),
    HeadingMapping("Personnes", "Couleur", ""),
]


def remember(data: bytes, mappings: Sequence[HeadingMapping]) -> Done:
    workbook = raw(data)
    rows, changes = mapping_edits(workbook, mappings)
    done = Done(data, edited(data, reading(data).records, workbook, {"tReprises": rows}, changes))
    check(done, {(one.sheet, one.cell) for one in done.edited.made})
    part = part_of(data, SETTINGS_SHEET)
    was, now = cells(Package(data).read(part)), cells(Package(done.data).read(part))
    own = {column_letter(n) for n in range(BLOCK.first, BLOCK.last + 1)}
    others = [one for one in {*was, *now} if one.rstrip("0123456789") not in own]
    assert {one: was.get(one) for one in others} == {one: now.get(one) for one in others}
    return done


def test_they_are_read() -> None:
    reading = read_rows(ON, tReprises=[
        {"Feuille": "Suivi", "Intitulé du fichier": "Observations", "Devient": "Statut"},
        {"Feuille": "Suivi", "Intitulé du fichier": "Quoi"},
        {"Feuille": "suivi", "Intitulé du fichier": "OBSERVATIONS", "Devient": "Objectifs"},
        {"Feuille": "", "Intitulé du fichier": "Seul", "Devient": "x"},
    ])  # fmt: skip
    assert reading.records.settings.mappings == (
        HeadingMapping("suivi", "OBSERVATIONS", "Objectifs"),
        HeadingMapping("Suivi", "Quoi", ""),
    )
    assert reading.problems == ()


def test_the_first_ones_fill_the_table_of_a_new_workbook() -> None:
    done = remember(small(), SEVERAL)
    assert done.left == []
    assert done.new.settings.mappings == tuple(SEVERAL)
    assert [one.row for one in done.edited.placed] == [FIRST_ROW + n for n in range(3)]
    assert table_ref(done.data, "tReprises") == f"{FIRST}{FIRST_ROW - 1}:{LAST}{FIRST_ROW + 2}"
    styles = re.findall(rf'<c r="{FIRST}(?:8|9|10)"[^>]* s="(\d+)"',
                        sheet_xml(done.data, SETTINGS_SHEET))  # fmt: skip
    assert len(set(styles)) == 1


@pytest.mark.slow
def test_what_is_known_is_not_written_again_and_what_changed_is() -> None:
    once = remember(small(), SEVERAL)
    again = remember(once.data, SEVERAL)
    assert again.data == once.data
    changed = SEVERAL[0]._replace(heading=" observations ", becomes="Objectifs poursuivis")
    new = HeadingMapping("Freins", "Thème", "Frein")
    done = remember(once.data, [changed, new])
    assert done.new.settings.mappings == (
        SEVERAL[0]._replace(becomes="Objectifs poursuivis"), *SEVERAL[1:], new
    )  # fmt: skip
    assert [one.row for one in done.edited.placed] == [FIRST_ROW + 3]


def test_a_range_takes_them_too() -> None:
    done = remember(as_range(small(), SETTINGS_SHEET), SEVERAL)
    assert done.new.settings.mappings == tuple(SEVERAL)


@pytest.mark.slow
@pytest.mark.parametrize("row", [FIRST_ROW + 1, FIRST_ROW + 2])
def test_what_stands_below_is_not_written_over(row: int) -> None:
    below = typed(small(), SETTINGS_SHEET, {f"{LAST}{row}": "Une autre chose"})
    done = remember(below, SEVERAL)
    known = len(done.new.settings.mappings)
    assert known in (0, 3)
    assert sheet_xml(done.data, SETTINGS_SHEET).count("Une autre chose") == 1


def test_another_table_below_is_told() -> None:
    workbook = raw(small())
    sheet = next(one for one in workbook.sheets if one.name == SETTINGS_SHEET)
    mine = next(one for one in sheet.tables if one.name == "tReprises")
    other = next(one for one in sheet.tables if one.name == "tTypes")
    from dataclasses import replace

    moved = replace(other, first_row=FIRST_ROW + 1, last_row=FIRST_ROW + 4,
                    first_column=mine.first_column, last_column=mine.last_column)  # fmt: skip
    sheet.tables = (*(one for one in sheet.tables if one is not other), moved)
    rows, _ = mapping_edits(workbook, SEVERAL)
    done = edited(small(), reading(small()).records, workbook, {"tReprises": rows})
    assert {one.why for one in done.left} == {FOREIGN}
    assert done.data == small()


def test_a_workbook_without_the_table_says_so() -> None:
    from cedre_xlsx.schema.records import Records
    from cedre_xlsx.workbook.read.raw import RawWorkbook

    rows, changes = mapping_edits(RawWorkbook(), SEVERAL)
    done = edited(small(), Records(), RawWorkbook(), {"tReprises": rows}, changes)
    assert [one.why for one in done.left] == [NO_TABLE] * 3
