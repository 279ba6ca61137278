"""Packs of columns: there when they are asked for, known when they are typed, else nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from cedre_xlsx import api
from cedre_xlsx.cli.new import new
from cedre_xlsx.method.pass_number import pass_number, shown_pass_number
from cedre_xlsx.method.vocabulary import (
    AbsenceReason,
    Attendance,
    BarrierLevel,
    ClientKind,
    LaterSituation,
    MissionOutcome,
    OrientationResult,
)
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.packs import PACKS
from cedre_xlsx.schema.settings import StaffYear
from cedre_xlsx.schema.tables import DATA_TABLES, PEOPLE, SETTINGS_SHEET
from cedre_xlsx.workbook.read import read_workbook
from cedre_xlsx.workbook.template.filling import Filling
from tests.cli.test_cli import run
from tests.edited_package import Package
from tests.hands import typed
from tests.support import OLD_TEMPLATES, few, read_rows, saved_workbook
from tests.workbook.edit.edit_support import raw

ON = date(2026, 9, 30)
HEADINGS = ["N° PASS IAE", "Début de PASS IAE", "PASS suspendu jusqu'au", "Début de contrat"]


def headings(path: Path, sheet: str = "Personnes") -> list[str]:
    return list(Package(path.read_bytes()).sheet(sheet).headings)


@pytest.mark.slow
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


OF_MISSIONS = ["Type de client", "Débouché"]
OF_BARRIERS = ["Niveau à l'entrée", "Niveau actuel", "Orientation", "Résultat"]


@pytest.mark.slow
def test_clients_and_levels_are_drawn_with_their_lists(tmp_path: Path) -> None:
    path = api.new(tmp_path / "suivi.xlsx", packs=["clients", "niveaux"])
    assert headings(path, "Missions")[-2:] == OF_MISSIONS
    assert headings(path, "Freins")[-4:] == OF_BARRIERS
    assert sources(path, "Missions") >= {"lstTypeClient", "lstDebouche"}
    assert sources(path, "Freins") >= {"lstNiveau", "lstOrientation", "lstResultat"}
    assert api.check(path, on=ON).findings == ()


def sources(path: Path, sheet: str) -> set[str]:
    """The names that the lists of a sheet point to."""
    rules = Package(path.read_bytes()).sheet(sheet).root.iter("{*}dataValidation")
    return {rule.findtext("{*}formula1") or "" for rule in rules}


@pytest.mark.slow
@pytest.mark.parametrize("old", few(["1.1", "1.0-a"]))
def test_an_older_workbook_gets_them_with_their_lists(old: str, tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes((OLD_TEMPLATES / f"{old}.xlsx").read_bytes())
    done = api.upgrade(path, packs=["clients", "niveaux"])
    assert done.left == ()
    assert headings(path, "Missions")[-2:] == OF_MISSIONS
    assert headings(path, "Freins")[-4:] == OF_BARRIERS
    assert sources(path, "Freins") >= {"lstNiveau", "lstOrientation", "lstResultat"}
    assert "Listes : « Type de client »" in done.done
    assert not [one for one in done.warnings if "liste déroulante" in one]
    assert api.check(path, on=ON).findings == ()
    again = path.read_bytes()
    assert api.upgrade(path, packs=["clients", "niveaux"]).done == ()
    assert path.read_bytes() == again


def test_what_is_typed_under_their_headings_is_understood() -> None:
    reading = read_rows(
        ON,
        tPersonnes=[{"Nom": "Ajonc", "Date d'inscription": "05/01/2026"}],
        tMissions=[
            {"Personne": "Ajonc", "Début": "06/01/2026", "Type de client": "mairie",
             "Débouché": "entrée en formation"},
            {"Personne": "Ajonc", "Début": "06/01/2026", "Type de client": "SOCIÉTÉ"},
        ],
        tFreins=[
            {"Personne": "Ajonc", "Frein": "Mobilité", "Niveau à l'entrée": "fort",
             "Niveau actuel": "(-) Faible", "Orientation": "La ville", "Résultat": "abouti"},
        ],
    )  # fmt: skip
    first, second = reading.records.missions.rows
    assert (first.client_kind, first.outcome) == (ClientKind.PUBLIC, MissionOutcome.TRAINING)
    assert second.client_kind is ClientKind.COMPANY
    [frein] = reading.records.barriers.rows
    assert (frein.entry_level, frein.current_level) == (BarrierLevel.HIGH, BarrierLevel.LOW)
    assert (frein.orientation, frein.result) == ("La ville", OrientationResult.SUCCEEDED)


# The staff, in Paramètres


def staff_of(path: Path, *lines: tuple[object, ...]) -> tuple[tuple[StaffYear, ...], list[str]]:
    """What is read of the lines of a new workbook's staff, and the codes of what is said."""
    sheet = next(one for one in raw(path.read_bytes()).sheets if one.name == SETTINGS_SHEET)
    row = next(i for i, cells in enumerate(sheet.grid) if "ETP d'encadrement" in cells)
    first = list(sheet.grid[row]).index("Année")
    values = {
        sheet.address(row + 1 + down, first + right): value
        for down, line in enumerate(lines)
        for right, value in enumerate(line)
        if value is not None
    }
    path.write_bytes(typed(path.read_bytes(), SETTINGS_SHEET, values))
    reading = read_workbook(path, on=ON)
    return reading.records.settings.staff, [one.code for one in reading.problems]


@pytest.mark.slow
def test_the_staff_of_each_year_is_read(tmp_path: Path) -> None:
    path = api.new(tmp_path / "suivi.xlsx")
    staff, said = staff_of(path, (2025, 1, 2.5), (2026, "1,5", None))
    assert staff == (StaffYear(2025, 1.0, 2.5), StaffYear(2026, 1.5, None))
    assert said == []


def test_what_is_no_staff_is_said(tmp_path: Path) -> None:
    path = api.new(tmp_path / "suivi.xlsx")
    staff, said = staff_of(path, ("cette année", 1, 1), (2026, "deux", 2))
    assert staff == (StaffYear(2026, None, 2.0),)
    assert said == ["LEC12", "LEC12"]


def test_of_two_lines_of_a_year_the_last_one_counts_and_is_said(tmp_path: Path) -> None:
    path = api.new(tmp_path / "suivi.xlsx")
    staff, said = staff_of(path, (2026, 1, 1), (2026, 2, 2), (None, 3, 3))
    assert staff == (StaffYear(2026, 2.0, 2.0),)
    assert said == ["LEC12", "LEC12"]


@pytest.mark.slow
def test_an_older_workbook_has_no_staff_until_it_is_upgraded(tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes((OLD_TEMPLATES / "1.1.xlsx").read_bytes())
    assert read_workbook(path, on=ON).records.settings.staff == ()
    api.upgrade(path)
    staff, said = staff_of(path, (2026, 1, 2))
    assert (staff, said) == ((StaffYear(2026, 1.0, 2.0),), [])


def test_another_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CedreError, match="« carte » n'est pas un jeu de colonnes : pass"):
        api.new(tmp_path / "suivi.xlsx", packs=["carte"])
    assert not (tmp_path / "suivi.xlsx").exists()


@pytest.mark.slow
def test_the_command_takes_it(tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    done = run("new", str(path), "--pack", "pass")
    assert done.returncode == 0, done.stderr
    assert headings(path)[-4:] == HEADINGS


@pytest.mark.slow
@pytest.mark.parametrize(
    "typed", [["clients,niveaux"], ["Niveaux, clients", "clients"], ["clients", "niveaux"]]
)
def test_several_are_named_with_a_comma_or_one_by_one(tmp_path: Path, typed: list[str]) -> None:
    path = tmp_path / "suivi.xlsx"
    flags = [word for names in typed for word in ("--pack", names)]
    result = CliRunner().invoke(new, [str(path), *flags])
    assert result.exit_code == 0, result.output
    records = read_workbook(path, on=ON).records
    assert "client_kind" in records.missions.columns
    assert "current_level" in records.barriers.columns


@pytest.mark.parametrize("typed", ["clients,carte", ","])
def test_of_several_each_is_known(tmp_path: Path, typed: str) -> None:
    refused = CliRunner().invoke(new, [str(tmp_path / "suivi.xlsx"), "--pack", typed])
    assert refused.exit_code == 2
    assert not (tmp_path / "suivi.xlsx").exists()


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


def test_packs_of_the_referent_and_of_what_comes_after() -> None:
    reading = read_rows(ON, tPersonnes=[{
        "Nom": "Ajonc", "Référent unique": "Mme Iris, CCAS", "Catégorie France Travail": "g",
        "Contrat d'engagement le": date(2026, 2, 3), "Autonomie": 3, "Relevée le": "12/09/2026",
        "Situation à 6 mois": "injoignable",
    }, {"Nom": "Bleuet", "Autonomie": 6}],
        tSuivi=[{"Personne": "Ajonc", "Dates": date(2026, 9, 1), "Présence": "absente excusée",
                 "Motif d'absence": "enfant malade"}])  # fmt: skip
    row, other = reading.records.people.rows
    [line] = reading.records.follow_ups.rows
    assert (row.referent, row.france_travail, row.autonomy) == ("Mme Iris, CCAS", "G", 3)
    assert (row.engagement_contract, row.later_on) == (date(2026, 2, 3), date(2026, 9, 12))
    assert row.later_situation is LaterSituation.NOT_REACHED
    assert (line.attendance, line.absence_reason) == (Attendance.EXCUSED, AbsenceReason.CHILDCARE)
    assert other.autonomy is None
    assert [(one.code, one.help) for one in reading.problems if one.code == "LEC05"] == [
        ("LEC05", "Tapez un entier, de 1 à 5.")
    ]
