"""People made anonymous in a workbook: every figure as before, nobody to be found."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cedre_xlsx import api
from cedre_xlsx.api.opening import book_of
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.privacy.anonymous import Anonymous, anonymised
from cedre_xlsx.reports.statistics.public import publish
from cedre_xlsx.reports.statistics.public.sensitive import sensitive_teller
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.records import Records
from cedre_xlsx.schema.tables import PEOPLE
from tests.privacy.retention.generated import SECRETS, WAVES, due, ten_years
from tests.privacy.retention.waves import Told, figures, moved, one_association, workbook_of
from tests.workbook.edit.edit_support import sheet_xml

ON = WAVES[-1]
PATH = Path("suivi.xlsx")
SHEETS = ("Personnes", "Suivi", "Engagements", "Missions", "Freins")


@cache
def before() -> bytes:
    return workbook_of(ten_years(3, 30))


def read(data: bytes) -> Records:
    return book_of(data, PATH, ON).reading.records


@cache
def made() -> Anonymous:
    book = book_of(before(), PATH, ON)
    return anonymised(book, due(book.reading.records, ON), ON, PATH)


@pytest.mark.slow
def test_every_figure_of_every_year_is_the_same() -> None:
    assert moved(figures(read(before()), ON), figures(read(made().data), ON)) == []


@pytest.mark.slow
def test_a_publication_is_the_same() -> None:
    old, new = (publish(read(one), 2021, on=ON) for one in (before(), made().data))
    assert new.to_json_object() == old.to_json_object()


@pytest.mark.slow
def test_nothing_of_them_is_left_in_the_sheets_that_people_fill() -> None:
    names = {row.last_name for row in read(before()).people.rows if row.person in made().codes}
    assert names
    tells = sensitive_teller(read(before()).settings)
    book = load_workbook_of(made().data)
    rows = read(made().data).anonymous_rows
    cells = [
        cell.value
        for title in SHEETS
        for line in book[title].iter_rows()
        for cell in line
        if (title, cell.row) in rows and isinstance(cell.value, str)
    ]
    assert cells
    for text in cells:
        assert not any(word in text for word in (*SECRETS, *names))
        assert not tells(text), text


def load_workbook_of(data: bytes) -> Any:
    from io import BytesIO

    return load_workbook(BytesIO(data), data_only=True)


@pytest.mark.slow
def test_the_column_that_computes_itself_still_does() -> None:
    xml = sheet_xml(made().data, "Personnes")
    code = min(made().codes.values())
    assert f"<v>{code}</v>" in xml
    assert xml.count("<f>") == sheet_xml(before(), "Personnes").count("<f>")


@pytest.mark.slow
def test_only_statistics_see_them(tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(made().data)
    api.refresh(path, on=ON, years=(2021,))
    book = load_workbook(path, data_only=True)
    told = {
        title: [cell for line in book[title].iter_rows(values_only=True) for cell in line]
        for title in book.sheetnames
    }
    codes = {*made().codes.values()}
    showing = {title for title, cells in told.items() if codes & {*map(str, cells)}}
    assert showing <= {*SHEETS, "Qui compte 2021"}
    rows = read(made().data).anonymous_rows
    findings = api.check(path, on=ON).findings
    assert [one for one in findings if (one.place.sheet, one.place.row) in rows] == []


@pytest.mark.slow
def test_all_that_went_is_told() -> None:
    assert {*made().codes} <= made().dropped_texts
    assert any(SECRETS[0] in text for text in made().dropped_texts)
    first = read(made().data).people.rows
    rows = [row.row for row in first if row.person in made().codes.values()]
    assert f"A{rows[0]}" in made().comment_lines[PEOPLE.sheet]
    assert made().sentences[0].startswith(f"{len(made().codes)} personnes")


@pytest.mark.slow
def test_nobody_of_that_name() -> None:
    book = book_of(before(), PATH, ON)
    with pytest.raises(CedreError, match="« Personne Dutout » n'est le nom de personne"):
        anonymised(book, ["Personne Dutout"], ON, PATH)


@pytest.mark.slow
def test_a_protected_sheet_is_left_as_it_is() -> None:
    package = Package(before())
    part = "xl/worksheets/sheet3.xml"
    xml = package.read(part)
    package.write(part, xml.replace(b"</sheetData>", b'</sheetData><sheetProtection sheet="1"/>'))
    book = book_of(package.data(), PATH, ON)
    with pytest.raises(CedreError, match="la feuille est protégée"):
        anonymised(book, due(book.reading.records, ON), ON, PATH)


@pytest.mark.slow
def test_figures_by_name_cannot_stay() -> None:
    made = ten_years(3, 4)
    named = replace(made, settings=replace(made.settings, breakdowns=("Nom",)))
    book = book_of(workbook_of(named), PATH, ON)
    with pytest.raises(CedreError, match="ventile les statistiques par « Nom »"):
        anonymised(book, [*book.reading.records.persons][:1], ON, PATH)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [5])
def test_three_waves_over_ten_years(seed: int) -> None:
    told = Told()
    assert one_association(seed, 30, told) == []
    assert told.people
