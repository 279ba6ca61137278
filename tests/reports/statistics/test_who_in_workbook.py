"""`Qui compte AAAA` in the file: its tables, its links, what LibreOffice makes of it."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cedre_xlsx import api
from cedre_xlsx.demonstration.association import association as demonstration
from cedre_xlsx.ooxml.parts import Package, Relations
from cedre_xlsx.schema.tables import DATA_TABLES
from cedre_xlsx.workbook.generated import SheetRow
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.read import read_workbook
from tests.package_checker import check_package
from tests.reports.statistics.test_who_sheet import drawn, made_from, records_of, sheets, texts
from tests.rules.rule_cases import action, person, workbook
from tests.support import libreoffice_convert, needs_libreoffice
from tests.workbook.package.splice_support import splice


@pytest.fixture(scope="module")
def fresh() -> bytes:
    return api.workbook_bytes(demonstration(date(2026, 9, 30)).filling)


@pytest.fixture
def path(fresh: bytes, tmp_path: Path) -> Path:
    made = tmp_path / "suivi.xlsx"
    made.write_bytes(fresh)
    return made


WHEN = date(2026, 9, 30)
WHO = "Qui compte 2026"


def cells(data: bytes, title: str) -> list[tuple[Any, ...]]:
    return list(load_workbook(io.BytesIO(data))[title].iter_rows(values_only=True))


def ways(sheet: Any) -> dict[str, str]:
    """Where each link leads, by its cell."""
    return {
        cell.coordinate: cell.hyperlink.location
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink
    }


def table_names(data: bytes, title: str) -> list[str]:
    package = Package(data)
    part = next(sheet.part for sheet in Host(package).sheets() if sheet.title == title)
    links = Relations(package, part).of_kind("table")
    return [package.root(link.target).get("displayName", "") for link in links]


@pytest.mark.slow
def test_each_list_is_a_table_that_can_be_filtered(path: Path) -> None:
    api.refresh(path, on=WHEN)
    data = path.read_bytes()
    assert check_package(data) == []
    book = load_workbook(path)
    assert len(book[WHO].tables) == 6
    for table in book[WHO].tables.values():
        assert table.autoFilter is not None
        assert table.autoFilter.ref == table.ref
    links = ways(book[WHO])
    first = book[WHO].tables["tQuiCompte2026Engagements"].ref.partition(":")[0]
    assert links["E5"] == f"'{WHO}'!A{int(first[1:]) - 4}"  # the title of the list
    assert links[f"B{int(first[1:]) + 1}"].startswith("'Engagements'!")
    title = "Qui compte en 2026\N{NO-BREAK SPACE}: liste nominative, ne pas diffuser"
    assert book[WHO]["A1"].value == title


@pytest.mark.slow
def test_links_lead_to_the_name_of_the_person(path: Path) -> None:
    api.refresh(path, on=WHEN)
    book = load_workbook(path, data_only=True)
    links = ways(book[WHO])
    people = records_of(path.read_bytes(), WHEN)
    seen = 0
    for table in book[WHO].tables.values():
        top, bottom = (int(re.sub(r"\D", "", corner)) for corner in table.ref.split(":"))
        for row in range(top + 1, bottom + 1):
            title, cell = re.fullmatch(r"'(.+)'!([A-Z]+\d+)", links[f"B{row}"]).groups()  # type: ignore[union-attr]
            name = str(book[WHO][f"A{row}"].value)
            typed = str(book[title][cell].value or "")
            if name == "(sans nom)":
                assert not typed
            elif title == "Personnes":
                assert name.startswith(typed)
            else:
                assert (people.canonical_name(typed) or typed) == name
            seen += 1
    assert seen > 500


@pytest.mark.slow
def test_a_sheet_renamed_keeps_its_links_and_its_tables(path: Path) -> None:
    api.refresh(path, on=WHEN)
    package = Package(path.read_bytes())
    root = package.root("xl/workbook.xml")
    tab = next(e for e in root.iter(q("sheet")) if e.get("name") == WHO)
    tab.set("name", "L'année")
    for name in root.iter(q("definedName")):
        name.text = (name.text or "").replace(f"'{WHO}'", "'L''année'")
    package.write_xml("xl/workbook.xml", root)
    path.write_bytes(package.data())
    done = api.refresh(path, on=WHEN)
    data = path.read_bytes()
    assert (done.changed, check_package(data)) == (True, [])
    links = ways(load_workbook(path)["L'année"])
    assert links["C5"].startswith("'L''année'!A")
    assert len(table_names(data, "L'année")) == 6
    assert not api.refresh(path, on=WHEN).changed


@pytest.mark.slow
def test_a_table_that_someone_renamed_is_ours_again(path: Path) -> None:
    """Two tables would stand on the same cells otherwise, which Excel calls a damaged file."""
    api.refresh(path, on=WHEN)
    before = path.read_bytes()
    package = Package(before)
    part = next(
        name
        for name in package.names()
        if b'displayName="tQuiCompte2026Suivi"' in package.read(name)
    )
    package.write(part, package.read(part).replace(b"tQuiCompte2026Suivi", b"MesActions"))
    path.write_bytes(package.data())
    api.refresh(path, on=WHEN)
    data = path.read_bytes()
    assert check_package(data) == []
    assert sorted(table_names(data, WHO)) == sorted(table_names(before, WHO))
    assert not api.refresh(path, on=WHEN).changed


@pytest.mark.slow
def test_lists_that_grow_and_shrink_stay_sound(path: Path) -> None:
    for on in (WHEN, date(2026, 2, 1), date(2026, 12, 31), WHEN):
        done = api.refresh(path, on=on)
        assert check_package(path.read_bytes()) == []
        assert not any("tapé en" in line for line in done.details)
    assert not api.refresh(path, on=WHEN).changed


@pytest.mark.slow
def test_the_names_of_an_old_sheet_of_statistics_go(path: Path, fresh: bytes) -> None:
    """Until now, the list of people stood at the bottom of the sheet."""
    now = made_from(demonstration(WHEN).filling, WHEN)[0]
    listed = SheetRow("body:l", ("Ancolie Tiphaine",), 16.0)
    old = replace(
        now,
        rows=[*now.rows, listed],
        styles={**now.styles, "body:l": now.styles[now.rows[0].style]},
    )
    path.write_bytes(splice(fresh, [old], on=WHEN).data)
    assert any("Ancolie Tiphaine" in row for row in cells(path.read_bytes(), "Statistiques 2026"))
    done = api.refresh(path, on=WHEN)
    assert not any("tapé en" in line for line in done.details)
    data = path.read_bytes()
    assert check_package(data) == []
    assert not any("Ancolie Tiphaine" in row for row in cells(data, "Statistiques 2026"))
    assert any("Ancolie Tiphaine" in row for row in cells(data, WHO))


@pytest.mark.slow
def test_a_silent_year_has_no_list(path: Path) -> None:
    records = workbook([person("A", registered=date(2026, 1, 5)), action("A")])
    made = sheets(records, 2020)[1]
    assert not made.stretches
    assert not [text for text in texts(made.rows) if "A" in text]
    assert str(drawn(made)["A3"].value).startswith("Le classeur ne dit rien de 2020")
    # lists that were there before go with their tables
    api.refresh(path, on=WHEN)
    silent = replace(made, mark="_cedre_Qui_compte_2026")
    data = splice(path.read_bytes(), [silent], on=WHEN).data
    assert check_package(data) == []
    assert table_names(data, WHO) == []


@pytest.mark.slow
def test_the_sheet_is_not_read_as_data(path: Path) -> None:
    """Its lists have the headings of the sheets that they come from."""
    before = read_workbook(path, on=WHEN)
    api.refresh(path, on=WHEN)
    package = Package(path.read_bytes())
    root = package.root("xl/workbook.xml")
    for name in list(root.iter(q("definedName"))):
        if name.get("name", "").startswith("_cedre_Qui"):
            name.getparent().remove(name)  # type: ignore[union-attr]
    package.write_xml("xl/workbook.xml", root)
    path.write_bytes(package.data())
    after = read_workbook(path, on=WHEN)
    assert after.problems == before.problems
    for spec, field in zip(DATA_TABLES, ("people", "follow_ups", "engagements"), strict=False):
        assert getattr(after.records, field).rows == getattr(before.records, field).rows, spec.sheet


def alone(data: bytes, title: str) -> bytes:
    """The workbook with its other sheets hidden: they are not printed."""
    package = Package(data)
    root = package.root("xl/workbook.xml")
    for sheet in root.iter(q("sheet")):
        if sheet.get("name") != title:
            sheet.set("state", "hidden")
    for view in root.iter(q("workbookView")):
        view.attrib.clear()
    package.write_xml("xl/workbook.xml", root)
    return package.data()


@needs_libreoffice
def test_libreoffice_shows_it_without_errors_and_keeps_its_filters(
    path: Path, tmp_path: Path
) -> None:
    api.refresh(path, on=WHEN)
    saved = libreoffice_convert(path, "xlsx", tmp_path / "saved")
    before, after = (cells(file.read_bytes(), WHO) for file in (path, saved))
    words = [str(value) for row in after for value in row if value is not None]
    assert not [word for word in words if word.startswith("#") or word.startswith("Err:")]
    assert [row[:8] for row in after[: len(before)]] == [row[:8] for row in before]
    book = load_workbook(saved)
    assert len(book[WHO].tables) == 6
    # refreshed after LibreOffice, nothing of it is taken for somebody's
    done = api.refresh(saved, on=WHEN)
    assert not [line for line in done.details if line.startswith(WHO) and "tapé en" in line]
    assert check_package(saved.read_bytes()) == []
    path.write_bytes(alone(path.read_bytes(), WHO))
    pdf = libreoffice_convert(path, "pdf", tmp_path / "pdf")
    from pypdf import PdfReader

    pages = [page.extract_text() for page in PdfReader(pdf).pages]
    mine = [text for text in pages if "Qui compte en 2026" in text]
    assert len(mine) > 4
    assert all("ne pas diffuser" in text for text in mine)
    assert not [text for text in mine if "RQTH" in text or "Santé" in text]
