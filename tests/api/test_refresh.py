"""The whole refresh: the association's workbook, typed in, refreshed, opened again."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from cedre_xlsx import api
from cedre_xlsx.demonstration.association import association
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.findings import Finding
from cedre_xlsx.workbook.package.host import q
from tests.package_checker import check_package
from tests.support import libreoffice_convert, needs_libreoffice
from tests.workbook.package.splice_support import members

ON = date(2026, 9, 30)
GENERATED = (
    "Synthèse", "Réunion", "Périodes", "Contrôle", "Statistiques 2026", "Qui compte 2026",
)  # fmt: skip
#: What a refresh may change besides the generated sheets (design, section 5).
SHARED = re.compile(
    r"\[Content_Types\]\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/styles\.xml"
    r"|docProps/app\.xml|xl/calcChain\.xml"
)
ERRORS = {"#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!", "Err:502", "Err:508"}


@pytest.fixture(scope="module")
def fresh() -> bytes:
    return api.workbook_bytes(association(ON).filling)


@pytest.fixture
def path(fresh: bytes, tmp_path: Path) -> Path:
    made = tmp_path / "dossier à accents" / "classeur de l'équipe.xlsx"
    made.parent.mkdir()
    made.write_bytes(fresh)
    return made


def sheet_parts(data: bytes) -> dict[str, str]:
    """The part of each sheet, by title."""
    package = Package(data)
    root = package.root("xl/workbook.xml")
    rels = package.root("xl/_rels/workbook.xml.rels")
    targets = {rel.get("Id"): rel.get("Target", "") for rel in rels}
    namespace = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    return {
        sheet.get("name", ""): f"xl/{(targets[sheet.get(namespace)] or '').removeprefix('/xl/')}"
        for sheet in root.iter(q("sheet"))
    }


def generated_parts(data: bytes) -> set[str]:
    """The generated sheets' own parts: sheet, relations, tables, drawings, charts."""
    package = Package(data)
    found: set[str] = set()
    for title, part in sheet_parts(data).items():
        if title not in (*GENERATED, "Mémoire"):
            continue
        todo = [part]
        while todo:
            one = todo.pop()
            found.add(one)
            folder, _, name = one.rpartition("/")
            rels = f"{folder}/_rels/{name}.rels"
            if rels in package:
                found.add(rels)
                todo += [
                    str((Path("/") / folder / (rel.get("Target") or "")).resolve())[1:]
                    for rel in package.root(rels)
                    if rel.get("TargetMode") != "External"
                ]
    return found


def typed(path: Path, title: str, where: dict[str, str], text: str) -> tuple[int, list[str]]:
    """Type `text` in the first line whose cells (by heading) hold what `where` says, as Excel
    would: in one cell of the sheet's XML. `where` ends with the heading to type under (→ "").
    Gives the row and its values.
    """
    rows = (
        CalamineWorkbook.from_path(str(path))
        .get_sheet_by_name(title)
        .to_python(skip_empty_area=False)
    )
    head = next(i for i, row in enumerate(rows) if set(where) <= {str(v) for v in row})
    columns = {str(value): index for index, value in enumerate(rows[head])}
    under = next(heading for heading, value in where.items() if not value)
    line = next(
        i
        for i, row in enumerate(rows[head + 1 :], start=head + 1)
        if all(str(row[columns[name]]) == value for name, value in where.items() if value)
    )
    reference = f"{chr(65 + columns[under])}{line + 1}"
    package = Package(path.read_bytes())
    part = sheet_parts(path.read_bytes())[title]
    root = package.root(part)
    cell = next(c for c in root.iter(q("c")) if c.get("r") == reference)
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    etree.SubElement(etree.SubElement(cell, q("is")), q("t")).text = text
    package.write(part, etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
    path.write_bytes(package.data())
    return line + 1, [str(value) for value in rows[line]]


def column(path: Path, title: str, heading: str) -> list[str]:
    rows = (
        CalamineWorkbook.from_path(str(path))
        .get_sheet_by_name(title)
        .to_python(skip_empty_area=False)
    )
    head = next(i for i, row in enumerate(rows) if heading in row)
    return [str(row[rows[head].index(heading)]) for row in rows[head + 1 :]]


@pytest.mark.slow
def test_every_other_part_keeps_its_bytes(path: Path, fresh: bytes) -> None:
    api.refresh(path, on=ON)
    data = path.read_bytes()
    before, after = members(fresh), members(data)
    ours = generated_parts(fresh) | generated_parts(data)
    others = {name for name in before if name not in ours and not SHARED.fullmatch(name)}
    assert len(others) > 20
    assert {name for name in others if before[name] != after.get(name)} == set()
    assert {name for name in after if name not in before} <= ours
    assert check_package(data) == []


@pytest.mark.slow
def test_a_second_refresh_changes_no_byte(path: Path) -> None:
    first = api.refresh(path, on=ON)
    data = path.read_bytes()
    stamp = path.stat().st_mtime_ns
    second = api.refresh(path, on=ON)
    assert (first.changed, second.changed) == (True, False)
    assert path.read_bytes() == data
    assert path.stat().st_mtime_ns == stamp
    assert second.sentence.endswith("déjà à jour au 30/09/2026.")


@pytest.mark.slow
def test_the_sheets_of_the_year_stand_after_control_and_other_years_stay(path: Path) -> None:
    api.refresh(path, on=ON)
    before = members(path.read_bytes())[sheet_parts(path.read_bytes())["Statistiques 2026"]]
    done = api.refresh(path, on=ON, years=(2025, 2024))
    assert done.sheets[-4:] == (
        "Statistiques 2024", "Qui compte 2024", "Statistiques 2025", "Qui compte 2025",
    )  # fmt: skip
    titles = list(sheet_parts(path.read_bytes()))
    assert set(GENERATED) | {"Statistiques 2024", "Statistiques 2025"} <= set(titles)
    data = path.read_bytes()
    assert members(data)[sheet_parts(data)["Statistiques 2026"]] == before
    assert check_package(data) == []


@pytest.mark.slow
def test_what_was_typed_in_the_meeting_survives(path: Path) -> None:
    """A note in Synthèse and a justification in Contrôle, through lines that move."""
    api.refresh(path, on=ON)
    typed(path, "Synthèse", {"Nom Prénom": "Bleuet Bérénice", "Notes de réunion": ""}, "Voir Hugo")
    _, line = typed(
        path, "Contrôle", {"Code": "PER06", "Personne": "Oseille Barnabé", "Justification": ""},
        "En formation jusqu'à Noël",
    )  # fmt: skip
    assert line[0] == "PER06"
    later = date(2026, 10, 15)
    for _ in range(2):
        api.refresh(path, on=later)
        assert column(path, "Synthèse", "Notes de réunion").count("Voir Hugo") == 1
        assert column(path, "Contrôle", "Justification").count("En formation jusqu'à Noël") == 1
    report = api.check(path, on=later)
    waived = [one for one in report.findings if one.waived]
    assert [(one.code, one.person) for one in waived] == [("PER06", "Oseille Barnabé")]
    assert waived[0].waived is not None
    assert waived[0].waived.reason == "En formation jusqu'à Noël"


@pytest.mark.slow
def test_since_is_the_first_refresh_that_saw_it(path: Path) -> None:
    def since(on: date) -> dict[tuple[str, str, str], date | None]:
        return {one.identity: one.since for one in api.check(path, on=on).findings}

    assert set(since(ON).values()) == {None}
    api.refresh(path, on=ON)
    assert set(since(ON).values()) == {ON}
    later = date(2026, 10, 20)
    api.refresh(path, on=later)
    dates = since(later)
    assert set(dates.values()) == {ON, later}


@pytest.mark.slow
def test_findings_are_the_same_before_and_after(path: Path) -> None:
    def told(findings: tuple[Finding, ...]) -> list[tuple[str, str, str, str]]:
        return [(one.code, one.place.sheet, one.place.cell, one.message) for one in findings]

    before = told(api.check(path, on=ON).findings)
    api.refresh(path, on=ON)
    assert told(api.check(path, on=ON).findings) == before


@pytest.mark.slow
def test_dry_run_and_another_file_leave_the_workbook_as_it_is(path: Path, fresh: bytes) -> None:
    done = api.refresh(path, on=ON, dry_run=True)
    assert (done.written, path.read_bytes()) == (False, fresh)
    other = path.with_name("autre.xlsx")
    api.refresh(path, output=other, on=ON)
    assert path.read_bytes() == fresh
    assert not api.refresh(other, on=ON).changed or other.read_bytes() != fresh


@pytest.mark.slow
@pytest.mark.parametrize(
    "lock", ["~$classeur de l'équipe.xlsx", ".~lock.classeur de l'équipe.xlsx#"]
)
def test_an_open_workbook_is_left_alone(path: Path, fresh: bytes, lock: str) -> None:
    (path.parent / lock.format(name=path.name)).write_bytes(
        b",Linda,poste,25.11.2026 10:00,file:///tmp;"
    )
    with pytest.raises(CedreError, match="ouvert"):
        api.refresh(path, on=ON)
    assert path.read_bytes() == fresh
    assert api.check(path, on=ON).findings  # reading goes on


@pytest.mark.slow
def test_openpyxl_opens_the_result(path: Path) -> None:
    api.refresh(path, on=ON)
    book = load_workbook(path)
    assert set(GENERATED) <= set(book.sheetnames)
    assert len(book["Statistiques 2026"]._charts) == 9
    assert "tSynthese" in book["Synthèse"].tables


@needs_libreoffice
def test_libreoffice_computes_no_error_and_what_it_saved_is_refreshed_again(
    path: Path, tmp_path: Path
) -> None:
    api.refresh(path, on=ON)
    told = [(one.code, one.place.cell) for one in api.check(path, on=ON).findings]
    saved = libreoffice_convert(path, "xlsx", tmp_path / "fait")
    book = CalamineWorkbook.from_path(str(saved))
    seen = 0
    wrong = []
    for name in book.sheet_names:
        for row in book.get_sheet_by_name(name).to_python():
            seen += len(row)
            wrong += [(name, value) for value in row if isinstance(value, str) and value in ERRORS]
    assert wrong == []
    assert seen > 20_000
    done = api.refresh(saved, on=ON)
    assert done.written
    assert check_package(saved.read_bytes()) == []
    assert list(sheet_parts(saved.read_bytes())).count("Synthèse") == 1
    assert [(one.code, one.place.cell) for one in api.check(saved, on=ON).findings] == told
    assert not api.refresh(saved, on=ON).changed
