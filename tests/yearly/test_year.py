"""`year`: the new year's workbook beside the old one."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

import cedre_xlsx
from cedre_xlsx import api
from cedre_xlsx.api.starting_year import name_of_new
from cedre_xlsx.cli import main
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.losses import data_tables
from cedre_xlsx.schema.memory import CLOSED, OPENING
from cedre_xlsx.schema.records import Records
from cedre_xlsx.workbook.ancestor_rows import remembered
from cedre_xlsx.workbook.edit.sheet_cells import SheetCells
from cedre_xlsx.workbook.package.host import Host
from cedre_xlsx.workbook.read import read_workbook
from cedre_xlsx.workbook.template.person_form import CHOICE_CELL
from cedre_xlsx.yearly.carried import what_is_carried
from tests.decorations import decorated
from tests.hands import typed
from tests.package_checker import check_package
from tests.small_association import new_workbook, refreshed_workbook
from tests.support import ROOT, cell_of, libreoffice_convert, needs_libreoffice

NEW_YEAR = date(2027, 1, 5)
#: Someone who left long ago, added to the small association, with lines of every table.
GONE = {
    "Personnes": {"A": "Dupré", "B": "Solange", "J": date(2022, 1, 10), "L": date(2023, 3, 1)},
    "Suivi": {"A": "Dupré Solange", "B": date(2022, 2, 1), "C": "Atelier autour du potager"},
    "Freins": {"A": "Dupré Solange", "B": "Logement", "G": "Hébergée au foyer"},
}  # fmt: skip


def records(path: Path, on: date = NEW_YEAR) -> Records:
    return read_workbook(path, on=on).records


@pytest.fixture(scope="module")
def old_data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The small association, somebody gone for long in it, refreshed."""
    path = tmp_path_factory.mktemp("old") / "suivi.xlsx"
    path.write_bytes(refreshed_workbook())
    data = path.read_bytes()
    for table in data_tables(records(path)):
        if table.sheet in GONE:
            row = max(one.row for one in table.rows) + 1
            cells = {f"{letter}{row}": value for letter, value in GONE[table.sheet].items()}
            data = typed(data, table.sheet, cells)
    data = typed(data, "Fiche individuelle", {CHOICE_CELL: "Dupré Solange"})
    path.write_bytes(data)
    api.refresh(path, on=date(2026, 12, 20))
    return path.read_bytes()


@pytest.fixture(scope="module")
def started(old_data: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with both workbooks."""
    folder = tmp_path_factory.mktemp("both")
    old = folder / "suivi.xlsx"
    old.write_bytes(old_data)
    done = api.start_year(old, 2027, on=NEW_YEAR)
    assert done.written
    return folder


@pytest.fixture
def old(old_data: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(old_data)
    return path


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("suivi.xlsx", "suivi 2027.xlsx"),
        ("suivi 2026.xlsx", "suivi 2027.xlsx"),
        ("2025 puis 2026.xlsm", "2025 puis 2027.xlsm"),
        ("suivi 12026.xlsx", "suivi 12026 2027.xlsx"),
    ],
)
def test_the_new_workbook_has_the_name_of_its_year(before: str, after: str) -> None:
    assert name_of_new(Path("dossier", before), 2027) == Path("dossier", after)


@pytest.mark.slow
def test_the_old_workbook_keeps_its_bytes_and_a_dry_run_writes_nothing(
    old: Path, old_data: bytes
) -> None:
    done = cedre_xlsx.start_year(old, 2027, on=NEW_YEAR, dry_run=True)
    assert not done.written
    assert done.sentence.endswith("serait commencé ; rien n'est écrit.")
    assert (old.read_bytes(), names(old.parent)) == (old_data, ["suivi.xlsx"])
    assert all(" = " in line for line in done.totals)


@pytest.mark.slow
def test_both_are_there_with_equal_totals(started: Path, old_data: bytes) -> None:
    assert names(started) == ["suivi 2027.xlsx", "suivi.xlsx"]
    assert (started / "suivi.xlsx").read_bytes() == old_data
    before, after = records(started / "suivi.xlsx"), records(started / "suivi 2027.xlsx")
    carried = what_is_carried(before, 2027)
    for one, other in zip(data_tables(before), data_tables(after), strict=True):
        wanted = [row.row for row in one.rows if row.row in carried.rows[one.spec.table]]
        assert len(wanted) == len(other.rows)
        assert other.excel is not None
        assert other.excel.area.last_row == other.rows[-1].row
    assert {row.year for row in after.memory if row.sort == OPENING} == {2027}
    assert max(row.year for row in after.memory if row.sort == CLOSED) == 2026
    lines = remembered(after.memory)
    assert lines is not None
    assert [one.on for one in lines.states] == [NEW_YEAR]  # those that are left behind are not told


@pytest.mark.slow
def test_nothing_of_those_left_behind_is_in_the_new_file(started: Path) -> None:
    parts = {}
    for name in ("suivi.xlsx", "suivi 2027.xlsx"):
        package = Package((started / name).read_bytes())
        parts[name] = b"".join(package.read(part) for part in package.names()).decode()
    for text in ("Solange", "potager", "Hébergée au foyer"):
        assert text in parts["suivi.xlsx"]
        assert text not in parts["suivi 2027.xlsx"]


@pytest.mark.slow
def test_notes_and_justifications_of_carried_lines_stay_those_of_others_go(
    old: Path, old_data: bytes
) -> None:
    before = records(old)
    gone = "Dupré Solange"
    action = next(row for row in before.synthesis.rows if row.dates and row.person != gone)
    waived = next(row for row in before.control.rows if row.person == action.person)
    cells = {before.synthesis.place(action, "notes").cell: "Voir avec Paul"}
    data = typed(old_data, "Synthèse", cells)
    accepted = {
        before.control.place(waived, "justification").cell: "Vu en équipe",
        before.control.place(waived, "until").cell: date(2027, 6, 30),
    }
    of_gone = [row for row in before.control.rows if row.person == gone]
    assert of_gone
    accepted[before.control.place(of_gone[0], "justification").cell] = "Laissé en paix"
    old.write_bytes(typed(data, "Contrôle", accepted))
    new = api.start_year(old, 2027, on=NEW_YEAR).path
    after = records(new)
    kept = [row for row in after.synthesis.rows if row.notes == "Voir avec Paul"]
    assert [(row.person, row.action) for row in kept] == [(action.person, action.action)]
    [found] = [one for one in api.check(new, on=NEW_YEAR).findings if one.waived is not None]
    assert (found.code, found.person) == (waived.code, waived.person)
    package = Package(new.read_bytes())
    held = b"".join(package.read(part) for part in package.names()).decode()
    assert "Laissé en paix" not in held


@pytest.mark.slow
def test_what_a_team_added_stays_and_remembers_nobody(old: Path, old_data: bytes) -> None:
    data = decorated(old_data)
    old.write_bytes(data)
    done = api.start_year(old, 2027, on=NEW_YEAR)
    new = done.path.read_bytes()
    assert set(check_package(new)) <= set(check_package(data))
    assert any("tableaux croisés" in one for one in done.warnings)
    before, after = Package(data), Package(new)
    gone = {one for one in before.names() if one not in after}
    assert {one for one in gone if "pivotCacheRecords" in one}
    assert not {one for one in gone if "pivot" not in one and "_rels" not in one}
    [cache] = [one for one in after.names() if "pivotCacheDefinition" in one and "rels" not in one]
    assert after.root(cache).get("refreshOnLoad") == "1"
    held = b"".join(after.read(part) for part in after.names()).decode("utf-8", "replace")
    assert "potager" not in held


@pytest.mark.slow
def test_closed_years_are_counted_from_what_is_kept(started: Path) -> None:
    before = api.stats(started / "suivi.xlsx", year=2026, on=NEW_YEAR).statistics
    after = api.stats(started / "suivi 2027.xlsx", year=2026, on=NEW_YEAR).statistics
    assert after.indicators == before.indicators
    assert {
        name: rows for name, rows in before.tables.items() if name != "advisors"
    } == after.tables
    assert after.note.startswith("Année close")
    with pytest.raises(CedreError, match="demandez-le au classeur d'avant"):
        after.who("entries")
    silent = api.stats(started / "suivi 2027.xlsx", year=2015, on=NEW_YEAR).statistics
    assert silent.is_silent


@pytest.mark.slow
def test_a_closed_year_is_published_as_before(started: Path) -> None:
    before = api.stats(started / "suivi.xlsx", year=2026, on=NEW_YEAR, public=True).statistics
    after = api.stats(started / "suivi 2027.xlsx", year=2026, on=NEW_YEAR, public=True).statistics
    assert (after.indicators, after.classes) == (before.indicators, before.classes)
    assert after.tables == before.tables


@pytest.mark.slow
def test_what_is_remembered_names_nobody(started: Path) -> None:
    found = records(started / "suivi 2027.xlsx")
    told = " ".join(f"{row.holder} {row.line} {row.part}" for row in found.memory)
    people = records(started / "suivi.xlsx")
    advisors = {row.advisor for row in people.people.rows if row.advisor}
    assert advisors
    assert not [name for name in (*people.persons, *advisors) if name in told]
    assert all(isinstance(json.loads(row.number), (int, float, type(None))) for row in found.memory)


@pytest.mark.slow
def test_a_refresh_keeps_it_and_the_next_year_goes_on_from_it(
    started: Path, tmp_path: Path
) -> None:
    path = tmp_path / "suivi 2027.xlsx"
    path.write_bytes((started / path.name).read_bytes())
    api.refresh(path, on=NEW_YEAR)
    kept = records(path).memory
    api.refresh(path, on=date(2027, 1, 20))
    assert [row.number for row in records(path).memory] == [row.number for row in kept]
    done = api.start_year(path, 2028, on=date(2028, 1, 4))
    assert done.path.name == "suivi 2028.xlsx"
    before = api.stats(started / "suivi.xlsx", year=2026, on=NEW_YEAR).statistics
    after = api.stats(done.path, year=2026, on=date(2028, 1, 4)).statistics
    assert after.indicator("active").value == before.indicator("active").value
    assert done.closed[-1] == 2027


@pytest.mark.slow
def test_check_says_what_a_late_correction_breaks(started: Path, tmp_path: Path) -> None:
    old = tmp_path / "suivi.xlsx"
    data = (started / "suivi.xlsx").read_bytes()
    new = started / "suivi 2027.xlsx"
    assert not api.check(new, on=NEW_YEAR, select=["ANN"], previous=started / "suivi.xlsx").findings
    found = records(started / "suivi.xlsx")
    someone = next(row for row in found.people.rows if row.exited is None and row.registered)
    cell = cell_of(found.people.spec, "exited", someone.row)
    old.write_bytes(typed(data, "Personnes", {cell: date(2026, 12, 20)}))
    late = api.check(new, on=NEW_YEAR, select=["ANN"], previous=old).findings
    assert {one.code for one in late} == {"ANN01", "ANN02"}
    assert any(one.message.startswith("Personnes ouvertes : ") for one in late)
    assert any(one.message.startswith("Sorties, 2026 : ") for one in late)


@pytest.mark.parametrize(
    ("year", "output", "said"),
    [
        (2031, None, "l'année 2031 est trop loin du 05/01/2027 ; rien n'est écrit. Donnez 2027"),
        (2027, "suivi.xlsx", "suivi.xlsx existe déjà ; rien n'est écrit."),
        (2027, "suivi.xlsm", "le résultat est un classeur .xlsx"),
        (2027, "absent/suivi.xlsx", "n'existe pas"),
    ],
)
def test_what_cannot_be_is_refused(
    old: Path, old_data: bytes, year: int, output: str | None, said: str
) -> None:
    place = None if output is None else old.parent / output
    with pytest.raises(CedreError, match=said):
        api.start_year(old, year, output=place, on=NEW_YEAR)
    assert (old.read_bytes(), names(old.parent)) == (old_data, ["suivi.xlsx"])


def test_an_old_workbook_that_is_open_is_refused(old: Path) -> None:
    old.with_name("~$suivi.xlsx").write_bytes(b"\x05Linda")
    with pytest.raises(CedreError, match="est ouvert par Linda dans Excel"):
        api.start_year(old, 2027, on=NEW_YEAR)
    assert not old.with_name("suivi 2027.xlsx").exists()


def test_a_workbook_is_not_compared_with_nothing(started: Path) -> None:
    old, new = started / "suivi.xlsx", started / "suivi 2027.xlsx"
    with pytest.raises(CedreError, match="n'a pas été commencé par « cedre-xlsx year »"):
        api.check(old, on=NEW_YEAR, previous=old)
    with pytest.raises(CedreError, match="c'est le classeur contrôlé lui-même"):
        api.check(new, on=NEW_YEAR, previous=new)
    with pytest.raises(CedreError, match="c'est déjà le classeur de 2027"):
        api.start_year(new, 2027, output=started / "autre.xlsx", on=NEW_YEAR)


@pytest.mark.slow
def test_the_command_shows_what_goes_and_the_totals(
    old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["year", str(old), "2027", "--date", "2027-01-05", "--dry-run"])
    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert f"{old.with_name('suivi 2027.xlsx')} : classeur de 2027, serait commencé" in said
    assert "pas sortie au 1er janvier" in said
    assert re.search(r"^  (\d+) personnes ouvertes au 31/12 = \1 au 01/01$", said, re.MULTILINE)
    assert names(old.parent) == ["suivi.xlsx"]


@pytest.mark.slow
def test_nothing_of_the_file_itself_is_lost(started: Path) -> None:
    def told(name: str) -> set[tuple[str, str]]:
        found = api.check(started / name, on=NEW_YEAR, select=["CLA", "LEC"]).findings
        return {(one.code, one.place.sheet) for one in found}

    assert told("suivi 2027.xlsx") <= told("suivi.xlsx")


@pytest.mark.slow
def test_a_year_that_is_not_over_is_warned_of(old: Path) -> None:
    done = api.start_year(old, 2027, on=date(2026, 12, 28), dry_run=True)
    assert done.warnings[0].startswith("l'année 2026 n'est pas finie")


_KILLED = """
import os, signal, sys
from datetime import date
from cedre_xlsx import api
from tests.conftest import SHORT, lists_of
written = os.fsync
def fsync(number):
    written(number)
    os.kill(os.getpid(), signal.SIGKILL)
os.fsync = fsync
with lists_of(*SHORT):
    api.start_year(sys.argv[1], 2027, on=date(2027, 1, 5))
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_killed_once_all_is_written_it_leaves_the_old_file_and_no_half_of_a_new_one(
    old: Path, old_data: bytes
) -> None:
    command = [sys.executable, "-c", _KILLED, str(old)]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert old.read_bytes() == old_data
    assert len(names(old.parent)) == 2  # what was written has not its name yet
    assert "suivi 2027.xlsx" not in names(old.parent)
    assert api.start_year(old, 2027, on=NEW_YEAR).written
    assert names(old.parent) == ["suivi 2027.xlsx", "suivi.xlsx"]


@needs_libreoffice
def test_libreoffice_opens_it_and_computes_the_names(started: Path, tmp_path: Path) -> None:
    new = started / "suivi 2027.xlsx"
    saved = libreoffice_convert(new, "xlsx", tmp_path)
    before, after = records(new), records(saved)
    assert [row.person for row in after.people.rows] == [row.person for row in before.people.rows]
    sheet = load_workbook(saved, data_only=True)["Personnes"]
    shown = [sheet.cell(row.row, 4).value for row in after.people.rows]
    assert shown == [row.person for row in after.people.rows]


@pytest.mark.slow
def test_sums_under_a_table_and_what_reads_single_lines(tmp_path: Path) -> None:
    old = tmp_path / "suivi.xlsx"
    old.write_bytes(new_workbook())
    barriers = records(old).barriers.rows
    gone = max(row.row for row in barriers)
    foot = gone + 3
    book = load_workbook(old)
    sheet = book["Freins"]
    sheet[f"F{gone}"] = date(2026, 3, 2)  # lifted: the line stays behind
    sheet[f"A{foot}"], sheet[f"E{foot}"] = "TOTAL équipe", f"=SUM(E5:E{gone})"
    sheet[f"J{gone}"] = "Solange dort au foyer"
    book.create_sheet("Pilotage")["B3"] = f"=Freins!A{gone}"
    book.save(old)
    before = old.read_bytes()
    shown = api.start_year(old, 2027, on=NEW_YEAR, dry_run=True)
    done = api.start_year(old, 2027, on=NEW_YEAR)
    assert shown.warnings == done.warnings
    assert any(f"Pilotage!B3 vise Freins!A{gone}" in one for one in done.warnings)
    table = next(one for one in done.tables if one.sheet == "Freins")
    assert table.total == len(barriers)
    package = Package(done.path.read_bytes())
    part = next(one.part for one in Host(package).sheets() if one.title == "Freins")
    cells = SheetCells(package.read(part))
    assert cells.formula_text(foot, 5) == f"SUM(E5:E{gone})"
    held = b"".join(package.read(name) for name in package.names())
    assert b"Solange dort au foyer" not in held
    assert old.read_bytes() == before
