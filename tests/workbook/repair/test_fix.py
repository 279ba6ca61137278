"""Repairs: what is repaired and what is left, and that nothing else in the file moves."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cedre_xlsx import api
from cedre_xlsx.api.fixing import find_repairs, fix
from cedre_xlsx.cli.fix import fix as command
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.read import read_workbook
from cedre_xlsx.workbook.template.filling import Filling
from tests.package_checker import check_package
from tests.small_association import clean_workbook
from tests.support import libreoffice_convert, needs_libreoffice

ON = date(2026, 9, 30)
SUIVI, PERSONNES = "xl/worksheets/sheet3.xml", "xl/worksheets/sheet2.xml"

PEOPLE: list[dict[str, Any]] = [
    {"last_name": "Durand ", "first_name": "Marie", "title": "mme", "registered": "02/03/2026",
     "rqth": "oui", "exit_reason": "CDI", "exited": "30/09/26"},
    {"last_name": "Petit", "first_name": "Éva", "title": "Mme", "registered": date(2026, 3, 2)},
]  # fmt: skip
LINES: list[dict[str, Any]] = [
    {"person": "marie DURAND", "dated": "04/05/26", "action": " Appeler  la mairie ",
     "engagement": "Coup de pouce", "status": "en cours", "deadline": "15/05/2026"},
    {"person": "Mme Petit Eva", "dated": "04/05/26 tél", "action": "Écrire",
     "engagement": "Templés", "status": "2", "deadline": "fin juin", "collective": "x"},
    {"person": "Inconnu Paul", "dated": "31/02/26", "action": "Voir", "engagement": "ZZ",
     "status": "peut-être", "deadline": "02/05"},
]  # fmt: skip
EXPECTED = {
    "Personnes!A5": ("Durand", "Durand"),
    "Personnes!E5": ("mme", "Mme"),
    "Personnes!J5": ("02/03/2026", "02/03/2026"),
    "Personnes!L5": ("30/09/26", "30/09/2026"),
    "Personnes!Y5": ("oui", "OUI"),
    "Personnes!M5": ("", "Emploi durable"),
    "Suivi!A5": ("marie DURAND", "Durand Marie"),
    "Suivi!B5": ("04/05/26", "04/05/2026"),
    "Suivi!E5": ("Coup de pouce", "CP"),
    "Suivi!F5": ("15/05/2026", "15/05/2026"),
    "Suivi!G5": ("en cours", "(2) En cours"),
    "Suivi!A6": ("Mme Petit Eva", "Petit Éva"),
    "Suivi!E6": ("Templés", "T"),
    "Suivi!G6": ("2", "(2) En cours"),
    "Suivi!N6": ("x", "OUI"),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "suivi d'été.xlsx"
    made.write_bytes(typed_badly())
    return made


@cache
def typed_badly() -> bytes:
    return api.workbook_bytes(Filling(rows={"tPersonnes": PEOPLE, "tSuivi": LINES}))


def edited(path: Path, part: str, *changes: tuple[str, str]) -> None:
    package = Package(path.read_bytes())
    text = package.read(part).decode()
    for before, after in changes:
        assert re.search(before, text), before
        text = re.sub(before, after, text, count=1)
    package.write(part, text.encode())
    path.write_bytes(package.data())


@pytest.mark.slow
def test_what_cannot_be_wrong_is_repaired_and_nothing_else(path: Path) -> None:
    found = find_repairs(path, on=ON).items
    assert {f"{one.sheet}!{one.cell}": (one.before, one.shown_after) for one in found} == EXPECTED
    assert all(one.line.endswith(")") for one in found)


@pytest.mark.slow
def test_the_records_are_the_same_before_and_after(path: Path) -> None:
    before = read_workbook(path, on=ON)
    done = fix(path, on=ON)
    after = read_workbook(path, on=ON)
    assert len(done.made) == len(EXPECTED)
    assert done.left == ()
    assert {one.code for one in before.problems} >= {"LEC09"}
    assert [one for one in after.problems if one.code == "LEC09"] == []
    first = after.records.follow_ups.rows[0]
    assert (first.person, first.day, first.due) == (
        "Durand Marie", date(2026, 5, 4), date(2026, 5, 15),
    )  # fmt: skip
    assert [row.engagement for row in after.records.follow_ups.rows] == ["CP", "T", None]
    assert [row.status for row in before.records.follow_ups.rows] == [
        row.status for row in after.records.follow_ups.rows
    ]
    assert check_package(path.read_bytes()) == []
    assert find_repairs(path, on=ON).items == ()


CELL = re.compile(r'<c r="([A-Z]+[0-9]+)".*?(?:/>|</c>)', re.DOTALL)


@pytest.mark.slow
def test_every_other_cell_keeps_its_bytes(path: Path) -> None:
    old = Package(path.read_bytes())
    fix(path, on=ON)
    new = Package(path.read_bytes())
    changed = {name for name in old.names() if old.read(name) != new.read(name)}
    assert changed <= {SUIVI, PERSONNES, "xl/workbook.xml", "xl/styles.xml"}
    for part, title in ((SUIVI, "Suivi"), (PERSONNES, "Personnes")):
        repaired = {one.partition("!")[2] for one in EXPECTED if one.startswith(title)}

        def kept(text: str, repaired: set[str] = repaired) -> str:
            return CELL.sub(lambda cell: "" if cell[1] in repaired else cell[0], text)

        assert kept(old.read(part).decode()) == kept(new.read(part).decode())


@pytest.mark.slow
def test_a_date_gets_a_format_where_its_cell_has_none(path: Path) -> None:
    edited(path, SUIVI, (r'(<c r="B5") s="\d+"', r"\1"))
    fix(path, on=ON)
    row = read_workbook(path, on=ON).records.follow_ups.rows[0]
    assert (row.day, row.dated and row.dated.text) == (date(2026, 5, 4), "")
    assert check_package(path.read_bytes()) == []


@pytest.mark.slow
def test_dates_of_a_1904_workbook_are_written_in_its_system(path: Path) -> None:
    edited(path, "xl/workbook.xml", (r"<workbookPr[^/]*/>", '<workbookPr date1904="1"/>'))
    fix(path, on=ON)
    assert read_workbook(path, on=ON).records.follow_ups.rows[0].day == date(2026, 5, 4)


@pytest.fixture
def association_path(tmp_path: Path) -> Path:
    made = tmp_path / "association.xlsx"
    made.write_bytes(clean_workbook(20))
    return made


@pytest.mark.slow
def test_a_clean_workbook_has_nothing_to_repair(association_path: Path) -> None:
    data = association_path.read_bytes()
    assert find_repairs(association_path, on=ON).items == ()
    assert fix(association_path, on=ON).made == ()
    assert association_path.read_bytes() == data


@pytest.mark.slow
def test_a_list_that_pasting_took_is_put_back(association_path: Path) -> None:
    edited(association_path, SUIVI, (r'sqref="G5:G5000"', 'sqref="G5:G9 G12:G20 G23:G5000"'))
    [one] = find_repairs(association_path, on=ON).items
    assert one.line == "Suivi!G10 Statut : liste déroulante remise (4 lignes)"
    fix(association_path, on=ON)
    assert b'sqref="G5:G5000"' in Package(association_path.read_bytes()).read(SUIVI)
    assert api.check(association_path, on=ON, select=["CLA"]).findings == ()


@pytest.mark.slow
def test_a_formula_that_pasting_took_is_put_back(association_path: Path) -> None:
    name = read_workbook(association_path, on=ON).records.people.rows[2].person.upper()
    pattern = r'(<c r="D7"[^>]*?)(?: t="str")?><f>.*?</f><v>.*?</v></c>'
    edited(association_path, PERSONNES, (pattern, rf'\1 t="inlineStr"><is><t>{name}</t></is></c>'))
    assert [f.code for f in api.check(association_path, on=ON, select=["CLA"]).findings] == [
        "CLA05"
    ]
    [one] = find_repairs(association_path, on=ON).items
    assert (one.cell, one.before, one.why) == ("D7", name, "formule remise")
    fix(association_path, on=ON)
    assert api.check(association_path, on=ON, select=["CLA"]).findings == ()
    assert check_package(association_path.read_bytes()) == []


@pytest.mark.slow
def test_a_renamed_person_is_carried_into_the_other_sheets(association_path: Path) -> None:
    records = read_workbook(association_path, on=ON).records
    row = records.people.rows[3]
    old, new = row.person, f"Nouveaunom {row.first_name}"
    lines = sum(one.person == old for one in records.follow_ups.rows)
    edited(association_path, PERSONNES, (rf">{re.escape(row.last_name)}<", ">Nouveaunom<"))
    assert "SUI01" in {f.code for f in api.check(association_path, on=ON).findings}
    with pytest.raises(CedreError, match="Vouliez-vous dire « Nouveaunom"):
        find_repairs(association_path, on=ON, rename=(old, f"Nouveaunon {row.first_name}"))
    with pytest.raises(CedreError, match="encore dans la feuille Personnes"):
        find_repairs(association_path, on=ON, rename=(records.people.rows[5].person, new))
    done = fix(association_path, on=ON, rename=(old.upper(), new))
    assert sum(one.sheet == "Suivi" for one in done.made) == lines > 0
    bad = [f for f in api.check(association_path, on=ON).findings if f.severity.value != "info"]
    assert bad == []


def asked(path: Path, *options: str) -> Any:
    return CliRunner().invoke(command, [str(path), "--date", "2026-09-30", *options])


@pytest.mark.slow
def test_the_command_shows_before_it_writes(path: Path) -> None:
    data = path.read_bytes()
    shown = asked(path, "--dry-run")
    assert "Suivi!E5 Engagement : « Coup de pouce » → « CP » (code du type" in shown.output
    assert shown.output.endswith("15 à faire ; rien n'est écrit.\n")
    assert path.read_bytes() == data
    assert isinstance(asked(path).exception, CedreError)  # nobody to answer
    assert path.read_bytes() == data
    done = asked(path, "--yes")
    assert done.output.endswith("15 réparations faites.\n")
    assert asked(path, "--yes").output.endswith("rien à réparer.\n")


@pytest.mark.slow
def test_what_cannot_be_written_is_said_before_anything(path: Path) -> None:
    data = path.read_bytes()
    (path.parent / f"~${path.name}").write_bytes(b"\x05Linda")
    with pytest.raises(CedreError, match="ouvert"):
        fix(path, on=ON)
    assert path.read_bytes() == data
    with pytest.raises(CedreError):
        find_repairs(path.with_suffix(".csv"), on=ON)


@pytest.mark.slow
def test_a_file_that_changed_meanwhile_is_left_alone(path: Path) -> None:
    found = find_repairs(path, on=ON)
    edited(path, SUIVI, ("la mairie", "la gare"))
    data = path.read_bytes()
    with pytest.raises(CedreError, match="changé"):
        api.fixing.apply_repairs(found)
    assert path.read_bytes() == data


@needs_libreoffice
def test_libreoffices_files_are_repaired_too(path: Path, tmp_path: Path) -> None:
    saved = libreoffice_convert(path, "xlsx", tmp_path / "fait")
    wanted = {f"{one.sheet}!{one.cell}" for one in find_repairs(path, on=ON).items}
    done = fix(saved, on=ON)
    assert {f"{one.sheet}!{one.cell}" for one in done.made} == wanted
    fix(path, on=ON)
    lines = [read_workbook(one, on=ON).records.follow_ups.rows for one in (saved, path)]
    assert lines[0] == lines[1]
