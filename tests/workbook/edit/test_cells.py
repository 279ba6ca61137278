"""Cells that are changed: those alone, and those that cannot be are told with the reason."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.tables import FOLLOW_UP, PEOPLE
from cedre_xlsx.workbook.edit.model import CellChange, CellValue
from cedre_xlsx.workbook.edit.pen import ABSENT, COMPUTED, FORMATTED, MERGED, PROTECTED
from cedre_xlsx.workbook.edit.write import NO_SHEET, edited
from tests.support import cell_of, libreoffice_convert, needs_libreoffice
from tests.workbook.edit.edit_support import add, filled, raw, reading, sheet_xml, small

DATED, ACTION, MINUTES, OUTCOME = (
    cell_of(FOLLOW_UP, name, 6) for name in ("dated", "action", "minutes", "outcome")
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cell", "value", "field", "read"),
    [
        (ACTION, "Écrire <à> & dire", "action", "Écrire <à> & dire"),
        (OUTCOME, "=2+2", "outcome", "=2+2"),
        (MINUTES, 90, "minutes", 90),
        (MINUTES, None, "minutes", None),
        (OUTCOME, None, "outcome", ""),
    ],
)
def test_a_cell_is_changed(cell: str, value: CellValue, field: str, read: object) -> None:
    done = add(small(), {}, CellChange("Suivi", cell, value))
    assert done.left == []
    assert [getattr(row, field) for row in done.new.follow_ups.rows][1] == read
    others = [(row.row, row.person, row.day) for row in done.new.follow_ups.rows]
    assert others == [(row.row, row.person, row.day) for row in done.old.follow_ups.rows]


@pytest.mark.slow
def test_a_date_and_a_number_go_into_cells_that_were_never_filled() -> None:
    done = add(
        filled({"tSuivi": [{"person": "X"}]}), {},
        CellChange("Suivi", cell_of(FOLLOW_UP, "dated"), date(2026, 5, 4)),
        CellChange("Suivi", cell_of(FOLLOW_UP, "deadline"), date(2026, 6, 4)),
        CellChange("Suivi", "B40", "tout en bas"),
        CellChange("Suivi", "A40", "à gauche"),
    )  # fmt: skip
    first, last = done.new.follow_ups.rows
    assert (first.day, first.due) == (date(2026, 5, 4), date(2026, 6, 4))
    assert (last.row, last.person) == (40, "à gauche")
    assert '<row r="40"><c r="A40"' in sheet_xml(done.data, "Suivi")


def with_xml(old: str, new: str) -> bytes:
    """The small workbook with the first match of a pattern replaced in the sheet of Suivi."""
    package = Package(small())
    part = "xl/worksheets/sheet3.xml"
    text = package.read(part).decode()
    assert re.search(old, text), old
    package.write(part, re.sub(old, new, text, count=1).encode())
    return package.data()


#: What is changed in the XML of Suivi (nothing, without a pattern), then the cell to change.
REASONS: dict[str, tuple[str, str, str, str]] = {
    COMPUTED: (
        f'(<c r="{OUTCOME}"[^>]*?) t="n" ?(?:/>|></c>)', r"\1><f>1+1</f></c>", "Suivi", OUTCOME,
    ),
    FORMATTED: (
        f'<c r="{ACTION}" s="([0-9]+)" t="inlineStr">.*?</c>',
        f'<c r="{ACTION}" s="\\1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>',
        "Suivi", ACTION,
    ),
    MERGED: (
        "</sheetData>",
        '</sheetData><mergeCells count="1">'
        f'<mergeCell ref="{ACTION}:{OUTCOME}"/></mergeCells>',
        "Suivi", OUTCOME,
    ),
    PROTECTED: (
        "</sheetData>", '</sheetData><sheetProtection sheet="1"/>', "Suivi", ACTION,
    ),
    NO_SHEET: ("", "", "Nulle part", "A1"),
    ABSENT: ("", "", "Suivi", "A1:B2"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("why", REASONS)
def test_what_cannot_be_changed_is_told(why: str) -> None:
    old, new, sheet, cell = REASONS[why]
    data = with_xml(old, new) if old else small()
    done = add(data, {}, CellChange(sheet, cell, "autre"))
    assert done.left == [f"{sheet}!{cell} : « autre », {why}"]
    assert done.data == data


@pytest.mark.slow
def test_the_name_of_a_person_is_computed() -> None:
    cell = cell_of(PEOPLE, "typed_person")
    done = add(small(), {}, CellChange("Personnes", cell, "Autre"))
    assert done.left == [f"Personnes!{cell} : « Autre », {COMPUTED}"]


def test_nothing_to_write_changes_nothing() -> None:
    data = small()
    assert add(data, {"tSuivi": []}).data == data


@needs_libreoffice
def test_a_file_that_is_none_of_excel_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(small())
    ods = libreoffice_convert(path, "ods", tmp_path / "ods").read_bytes()
    with pytest.raises(CedreError, match=r"^suivi.ods : c'est un classeur LibreOffice"):
        edited(
            ods, reading(small()).records, raw(small()), {}, [CellChange("Suivi", ACTION, "x")],
            path=Path("suivi.ods"),
        )  # fmt: skip


def test_over_writes_a_text_with_formats_of_its_own() -> None:
    """One that nothing else may write over: what a line says of somebody has to go."""
    data = with_xml(*REASONS[FORMATTED][:2])
    done = add(data, {}, CellChange("Suivi", ACTION, "retiré", over=True))
    assert done.left == []
    assert done.new.follow_ups.rows[1].action == "retiré"


def test_over_a_formula_is_what_it_shows() -> None:
    cell = cell_of(PEOPLE, "typed_person")
    formula = formula_of(sheet_xml(small(), "Personnes"), cell)
    done = add(small(), {}, CellChange("Personnes", cell, "P-2024-001 <&>", over=True))
    assert done.left == []
    xml = sheet_xml(done.data, "Personnes")
    assert formula_of(xml, cell) == formula
    assert "<v>P-2024-001 &lt;&amp;&gt;</v>" in xml


def formula_of(xml: str, cell: str) -> str:
    found = re.search(rf'<c r="{cell}"[^>]*>(<f>.*?</f>)', xml)
    assert found is not None
    return found[1]
