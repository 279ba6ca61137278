"""Packs of columns: there when they are asked for, known when they are typed, else nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cedre_xlsx import api
from cedre_xlsx.method.pass_number import pass_number, shown_pass_number
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.packs import PACKS
from cedre_xlsx.schema.tables import DATA_TABLES, PEOPLE
from cedre_xlsx.workbook.read import read_workbook
from cedre_xlsx.workbook.template.filling import Filling
from tests.edited_package import Package
from tests.support import read_rows, saved_workbook
from tests.test_cli import run

ON = date(2026, 9, 30)
HEADINGS = ["N° PASS IAE", "Début de PASS IAE", "PASS suspendu jusqu'au", "Début de contrat"]


def headings(path: Path, sheet: str = "Personnes") -> list[str]:
    return list(Package(path.read_bytes()).sheet(sheet).headings)


def test_a_pack_is_drawn_when_it_is_asked_for(tmp_path: Path) -> None:
    path = api.new(tmp_path / "suivi.xlsx", packs=["PASS"])
    assert headings(path)[-4:] == HEADINGS
    columns = Package(path.read_bytes()).sheet("Personnes").root.iter("{*}col")
    looks = [(one.get("outlineLevel"), one.get("hidden")) for one in columns]
    assert looks[-5:-1] == [("1", "1")] * 4
    assert api.check(path, on=ON).findings == ()


def test_without_it_nothing_is_there(tmp_path: Path) -> None:
    path = saved_workbook(tmp_path / "suivi.xlsx", Filling())
    assert not {*HEADINGS} & {*headings(path)}
    for spec in DATA_TABLES:
        known = [column for column in spec.columns.values() if not column.pack]
        assert headings(path, spec.sheet) == [column.header for column in known]
        assert list(spec.columns.values())[: len(known)] == known  # those of packs come last


def test_no_rule_asks_for_it(tmp_path: Path) -> None:
    assert api.check(api.new(tmp_path / "suivi.xlsx"), on=ON).findings == ()


def test_its_headings_are_known_without_it() -> None:
    reading = read_rows(ON, tPersonnes=[{
        "Nom": "Ajonc", "Numéro de PASS IAE": 999992112345.0, "Début de PASS IAE": "05/01/2026",
        "PASS suspendu jusqu'au": "05/12/2026", "Début du contrat": "06/01/2026",
    }])  # fmt: skip
    [row] = reading.records.people.rows
    assert (row.pass_number, row.pass_start) == ("999992112345", date(2026, 1, 5))
    assert (row.pass_suspended_until, row.contract_start) == (date(2026, 12, 5), date(2026, 1, 6))
    assert row.extra == {}
    assert [one.code for one in reading.problems] == ["LEC09"] * 3


def test_lines_of_a_pack_are_written_and_read(tmp_path: Path) -> None:
    row = {"last_name": "Ajonc", "pass_number": "99999 21 12345", "pass_start": date(2026, 1, 5)}
    filling = Filling(rows={PEOPLE.table: [row]}, packs=frozenset(PACKS))
    path = saved_workbook(tmp_path / "suivi.xlsx", filling)
    [read] = read_workbook(path, on=ON).records.people.rows
    assert (read.pass_number, read.pass_start) == ("99999 21 12345", date(2026, 1, 5))


def test_another_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CedreError, match="« carte » n'est pas un jeu de colonnes : pass"):
        api.new(tmp_path / "suivi.xlsx", packs=["carte"])
    assert not (tmp_path / "suivi.xlsx").exists()


def test_the_command_takes_it(tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    done = run("new", str(path), "--pack", "pass")
    assert done.returncode == 0, done.stderr
    assert headings(path)[-4:] == HEADINGS


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("999992112345", "999992112345"),
        ("99999 21 12345", "999992112345"),
        ("99999-21-12345", "999992112345"),
        ("99999\u00a021\u202f12345", "999992112345"),
        ("99999211234", ""),
        ("XXXXX2112345", ""),
        ("", ""),
    ],
)
def test_numbers_of_a_pass(typed: str, number: str) -> None:
    assert pass_number(typed) == number


def test_a_number_is_shown_in_groups() -> None:
    assert shown_pass_number("999992112345") == "99999 21 12345"
