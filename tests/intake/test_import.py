"""`import`: exports and tables poured into a living workbook, once, and nothing forbidden."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from cedre_xlsx import api
from cedre_xlsx.cli.main import group
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.tables import LISTS_SHEET
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.read import read_workbook
from tests.hands import edited_sheet
from tests.intake.intake_support import empty_book
from tests.intake.platform_export import FORBIDDEN, LINES, OURS, application, platform_export
from tests.support import ROOT, libreoffice_convert, needs_libreoffice, values_of

ON = date(2026, 11, 29)
ASSOCIATION = ROOT / "examples/association.xlsx"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(empty_book(OURS))
    return path


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return platform_export(tmp_path / "candidatures-2026-11.xlsx")


def people(path: Path) -> dict[str, PersonRow]:
    return {row.person: row for row in read_workbook(path, on=ON).records.people.rows}


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(group, ["import", *map(str, words), "--date", "2026-11-29"])


@pytest.mark.slow
@pytest.mark.parametrize("older", [False, True], ids=["today", "before 2025"])
def test_an_export_fills_a_new_workbook(older: bool, book: Path, tmp_path: Path) -> None:
    source = platform_export(tmp_path / "export.xlsx", older=older)
    done = api.import_tables([source], book, on=ON)
    assert done.left == ()
    found = people(book)
    assert list(found) == ["BRUYÈRE Jeanne", "LE ROUVRE Anatole", "D'AUBÉPINE Léo", "=SOMME Aya"]
    jeanne = found["BRUYÈRE Jeanne"]
    assert (jeanne.title, jeanne.birth_year, jeanne.referrer) == ("Mme", 1985, "Mission locale")
    assert (jeanne.registered, jeanne.contract_start) == (date(2026, 2, 2), date(2026, 2, 2))
    assert (jeanne.contract_end, jeanne.pass_end) == (date(2026, 12, 31), date(2028, 2, 1))
    assert (jeanne.pass_number, jeanne.pass_start) == ("999992612345", date(2026, 2, 2))
    assert found["LE ROUVRE Anatole"].referrer == "CCAS"
    assert found["D'AUBÉPINE Léo"].registered is None
    assert [one.why for one in done.plan.to_see] == [
        "nom masqué par la plateforme : la ligne n'est à personne"
    ]
    assert done.plan.totals == (
        "6 lignes lues = 5 à créer + 0 à mettre à jour + 0 à jour + 1 à voir"
    )


@pytest.mark.slow
def test_an_export_goes_into_a_workbook_that_lives(export: Path, tmp_path: Path) -> None:
    path = tmp_path / "association.xlsx"
    path.write_bytes(ASSOCIATION.read_bytes())
    before = people(path)
    done = api.import_tables([export], path, on=ON)
    after = people(path)
    assert done.left == ()
    assert {name: after[name] for name in before} == before
    assert len(after) == len(before) + 4
    problems = read_workbook(path, on=ON).problems
    assert not [one for one in problems if one.place.row > max(row.row for row in before.values())]
    _nothing_forbidden(path, allowed=ASSOCIATION)


def _nothing_forbidden(path: Path, allowed: Path | None = None) -> None:
    """No part of the file holds what must not come in, beyond what was there."""
    known = _parts(allowed) if allowed else {}
    for name, data in _parts(path).items():
        for word in FORBIDDEN:
            assert data.count(word) <= known.get(name, "").count(word), (name, word)


def _parts(path: Path) -> dict[str, str]:
    with ZipFile(path) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def test_nothing_forbidden_and_twice_is_once(book: Path, export: Path) -> None:
    api.import_tables([export], book, on=ON)
    _nothing_forbidden(book)
    once = book.read_bytes()
    again = api.import_tables([export], book, on=ON, replace_all=True)
    assert book.read_bytes() == once
    assert again.plan.totals == (
        "6 lignes lues = 0 à créer + 0 à mettre à jour + 5 à jour + 1 à voir"
    )
    assert again.sentence.endswith("rien de nouveau ; le fichier n'est pas touché.")


def test_a_text_that_looks_like_a_formula_stays_a_text(book: Path, export: Path) -> None:
    api.import_tables([export], book, on=ON)
    cells = [cell for row in load_workbook(book)["Personnes"].iter_rows() for cell in row]
    [typed] = [cell for cell in cells if cell.value == "=SOMME"]
    assert typed.data_type in ("s", "inlineStr")


@pytest.mark.slow
def test_the_rest_of_the_file_stays_as_it_is(export: Path, tmp_path: Path) -> None:
    path = tmp_path / "association.xlsx"
    path.write_bytes(ASSOCIATION.read_bytes())
    api.import_tables([export], path, on=ON)
    old, new = Package(ASSOCIATION.read_bytes()), Package(path.read_bytes())
    assert set(old.names()) == set(new.names())
    changed = {name for name in old.names() if old.read(name) != new.read(name)}
    host = Host(new)
    sheet = next(one.part for one in host.sheets() if one.title == "Personnes")
    assert changed <= {sheet, "xl/styles.xml", "xl/workbook.xml", "xl/tables/table1.xml"}


@pytest.mark.slow
def test_what_changed_since_is_shown_and_kept(book: Path, export: Path, tmp_path: Path) -> None:
    """A month later: the PASS is longer, the contract was noted by hand."""
    api.import_tables([export], book, on=ON)
    later = [
        line | {"Fin PASS IAE": date(2029, 2, 1)} if line["Nom candidat"] == "BRUYÈRE" else line
        for line in LINES
    ]
    later.append(application("NOUVEL", "Ange", date(1995, 5, 5)))
    source = platform_export(tmp_path / "candidatures-2026-12.xlsx", later)
    shown = run(source, book)
    assert shown.exit_code == 0
    assert "« 01/02/2028 » → « 01/02/2029 »" in shown.output
    assert "1 ligne ajoutée" in shown.output
    assert people(book)["BRUYÈRE Jeanne"].pass_end == date(2028, 2, 1)
    assert run(source, book, "--replace", "Bruyère Jeanne").exit_code == 0
    assert people(book)["BRUYÈRE Jeanne"].pass_end == date(2029, 2, 1)


def test_a_dry_run_writes_nothing(book: Path, export: Path) -> None:
    before = book.read_bytes()
    done = run(export, book, "--dry-run")
    assert done.exit_code == 0
    assert "6 lignes lues = 5 à créer" in done.output
    assert book.read_bytes() == before
    assert sorted(one.name for one in book.parent.iterdir()) == [
        "candidatures-2026-11.xlsx", "suivi.xlsx",
    ]  # fmt: skip


def test_another_file_may_be_written(book: Path, export: Path, tmp_path: Path) -> None:
    before = book.read_bytes()
    output = tmp_path / "verse.xlsx"
    assert run(export, book, "-o", output).exit_code == 0
    assert book.read_bytes() == before
    assert len(people(output)) == 4
    with pytest.raises(CedreError, match="existe déjà"):
        api.import_tables([export], book, on=ON, output=output)


TABLE = "Date;Salarié;Ce qui a été fait;Bureau\r\n12/01/2026;Durand Lise;Point CV;2\r\n"


def test_an_unknown_table_waits_until_its_mapping_was_read(book: Path, tmp_path: Path) -> None:
    source = tmp_path / "entretiens.csv"
    source.write_bytes(TABLE.encode("cp1252"))
    before = book.read_bytes()
    done = CliRunner().invoke(group, ["import", str(source), str(book)])
    assert isinstance(done.exception, CedreError)
    assert "corrigez-le, puis relancez avec --map" in str(done.exception)
    assert "Bureau → Suivi : colonne de l'équipe   [2]" in done.output
    assert book.read_bytes() == before
    mapping = tmp_path / "entretiens.correspondances.toml"
    text = mapping.read_text(encoding="utf-8")
    mapping.write_text(text.replace('"Bureau" = "Suivi : colonne de l\'équipe"',
                                    '"Bureau" = "ne pas reprendre"'), encoding="utf-8")  # fmt: skip
    assert run(source, book, "--map", mapping).exit_code == 0
    [line] = read_workbook(book, on=ON).records.follow_ups.rows
    assert (line.person, line.day, line.action) == ("Durand Lise", date(2026, 1, 12), "Point CV")


def test_what_was_mapped_once_is_remembered(book: Path, tmp_path: Path) -> None:
    test_an_unknown_table_waits_until_its_mapping_was_read(book, tmp_path)
    source = tmp_path / "entretiens-suite.csv"
    source.write_bytes(TABLE.replace("12/01", "19/01").encode("cp1252"))
    done = run(source, book)
    assert done.exit_code == 0, done.exception
    assert len(read_workbook(book, on=ON).records.follow_ups.rows) == 2


#: What is given, and what is answered.
REFUSED = {
    "the workbook itself": (("suivi.xlsx",), "c'est le classeur lui-même"),
    "a file that is not there": (("rien.xlsx",), "rien.xlsx"),
    "another kind of file": (("candidatures-2026-11.xlsx", "-o", "verse.ods"), "par .xlsx"),
    "a sheet that is not there": (("candidatures-2026-11.xlsx", "--sheet", "Shet"), "« Sheet »"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", REFUSED)
def test_refusals(name: str, book: Path, export: Path) -> None:
    (first, *others), said = REFUSED[name]
    before = book.read_bytes()
    done = run(book.parent / first, book, *others)
    assert isinstance(done.exception, CedreError)
    assert said in str(done.exception)
    assert book.read_bytes() == before


def test_a_protected_sheet_is_no_success(book: Path, export: Path) -> None:
    def protect(root: Any) -> None:
        rows = root.find(q("sheetData"))
        rows.addnext(rows.makeelement(q("sheetProtection"), {"sheet": "1"}))

    data = edited_sheet(book.read_bytes(), "Personnes", protect)
    book.write_bytes(data)
    with pytest.raises(CedreError, match="rien n'est écrit"):
        api.import_tables([export], book, on=ON)
    assert book.read_bytes() == data


@needs_libreoffice
@pytest.mark.slow
@pytest.mark.parametrize("living", [False, True], ids=["new", "example"])
def test_lists_and_forms_work_on_the_new_lines(living: bool, export: Path, tmp_path: Path) -> None:
    """LibreOffice computes the names of the new people, and lists them."""
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(ASSOCIATION.read_bytes() if living else empty_book(OURS))
    api.import_tables([export], path, on=ON)
    opened = libreoffice_convert(path, "xlsx", tmp_path / "opened")
    values = values_of(opened.read_bytes())
    listed = {cell for row in values[LISTS_SHEET] for cell in row}
    assert {"BRUYÈRE Jeanne", "LE ROUVRE Anatole", "D'AUBÉPINE Léo"} <= listed
    assert people(opened) == people(path)
