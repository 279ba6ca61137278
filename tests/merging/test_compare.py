"""Two copies of a workbook compared: what a person is told, and what is no difference at all."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_from_string, coordinate_to_tuple

from cedre_xlsx import api
from cedre_xlsx.api.comparing import Compared
from cedre_xlsx.cli.compare import compare as command
from cedre_xlsx.merging.comparing.wording import summary
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.tables import HEADER_ROW
from cedre_xlsx.workbook.template.filling import Filling
from tests.hands import grid, renumbered, typed, where, with_column
from tests.hands_looks import commented
from tests.small_association import ON, refreshed_workbook
from tests.support import ROOT, libreoffice_convert, needs_libreoffice

FIRST = HEADER_ROW + 1


def at(sheet: str, heading: str, row: int = 0) -> str:
    """The cell of a column, in a row of the workbook or in the first one under the headings."""
    [cell] = _headed(sheet, heading)
    column, number = coordinate_from_string(cell)
    return f"{column}{row or number + 1}"


_headed = cache(lambda sheet, heading: where(refreshed_workbook(), sheet, heading))


def compared(folder: Path, after: bytes, before: bytes = b"", **options: str) -> Compared:
    (folder / "avant.xlsx").write_bytes(before or refreshed_workbook())
    (folder / "apres.xlsx").write_bytes(after)
    return api.compare(folder / "avant.xlsx", folder / "apres.xlsx", on=ON, **options)


def told(found: Compared) -> list[tuple[str, ...]]:
    """Each cell that differs: whose, what became of the line, sheet, heading, before, after."""
    lines = [(one.name, line) for one in found.differences.people for line in one.lines]
    lines += [(one.title, line) for one in found.differences.sheets for line in one.lines]
    return [
        (title, line.change.value, line.sheet, cell.column, cell.before, cell.after)
        for title, line in lines
        for cell in line.cells
    ]


def value(sheet: str, cell: str) -> str:
    row, column = coordinate_to_tuple(cell)
    return str(_grid(sheet)[row - 1][column - 1])


_grid = cache(lambda sheet: grid(refreshed_workbook(), sheet))


@pytest.fixture(scope="module")
def someone() -> str:
    return value("Suivi", at("Suivi", "Personne"))


def test_the_same_workbook_has_no_difference(tmp_path: Path) -> None:
    found = compared(tmp_path, refreshed_workbook())
    assert found.nothing_changed
    assert found.to_text().splitlines()[1:] == ["Rien n'a changé."]


def test_what_is_no_difference(tmp_path: Path) -> None:
    """Rows in another order, a column pushed aside, blanks, spaces, a day as a number."""
    rows = range(FIRST, FIRST + 5)
    text = at("Suivi", "Objectifs poursuivis")
    after = typed(refreshed_workbook(), "Suivi", {text: f"  {value('Suivi', text)} "})
    after = typed(after, "Suivi", {at("Suivi", "Motif d'absence"): "'  "})
    turned = dict(zip(rows, reversed(rows), strict=True))
    after = with_column(renumbered(after, "Suivi", turned), "Freins", 3)
    found = compared(tmp_path, after)
    assert told(found) == []
    assert [one for one in found.differences.remarks if "Freins" not in one] == []


@pytest.mark.slow
def test_a_cell_changed_and_one_filled(tmp_path: Path, someone: str) -> None:
    deadline, minutes = at("Suivi", "Échéance / délai"), at("Suivi", "Temps consacré")
    after = typed(refreshed_workbook(), "Suivi", {deadline: "fin juin", minutes: "2 h"})
    found = compared(tmp_path, after)
    assert [(*one[:4], one[5]) for one in told(found)] == [
        (someone, "changed", "Suivi", "Échéance / délai", "fin juin"),
        (someone, "changed", "Suivi", "Temps consacré", "2 h"),
    ]
    [line] = found.differences.people[0].lines
    assert [(cell.before_cell, cell.after_cell) for cell in line.cells] == [
        (deadline, deadline),
        (minutes, minutes),
    ]
    assert (line.before_row, line.after_row, line.doubtful) == (FIRST, FIRST, False)


def test_a_line_deleted_and_a_line_added(tmp_path: Path, someone: str) -> None:
    width = len(grid(refreshed_workbook(), "Suivi")[HEADER_ROW - 1])
    cells: dict[str, object] = {f"{get_column_letter(n)}{FIRST}": None for n in range(1, width + 1)}
    below = len(grid(refreshed_workbook(), "Suivi")) + 1
    cells |= {f"A{below}": someone, f"B{below}": "02/10/2026", f"C{below}": "Visite du jardin"}
    found = compared(tmp_path, typed(refreshed_workbook(), "Suivi", cells))
    removed = [one for one in told(found) if one[1] == "removed"]
    assert ("Personne", someone, "") in [one[3:] for one in removed]
    assert [one[3:] for one in told(found) if one[1] == "added"] == [
        ("Personne", "", someone),
        ("Dates", "", "02/10/2026"),
        ("Actions proposées par l'AI / ETTI", "", "Visite du jardin"),
    ]
    assert summary(found.differences) == (
        "1 ligne ajoutée et 1 ligne supprimée ; 1 personne concernée."
    )


def test_somebody_renamed_is_one_person(tmp_path: Path, someone: str) -> None:
    first, last = at("Personnes", "Prénom"), at("Personnes", "Nom")
    was = f"{value('Personnes', last)} {value('Personnes', first)}"
    now = f"Nouveaunom {value('Personnes', first)}"
    after = typed(refreshed_workbook(), "Personnes", {last: "Nouveaunom"})
    for sheet in ("Suivi", "Engagements", "Missions", "Freins"):
        cells = where(refreshed_workbook(), sheet, was)
        after = typed(after, sheet, dict.fromkeys(cells, now))
    found = compared(tmp_path, after)
    assert [(one.name, one.former) for one in found.differences.people] == [(now, was)]
    assert told(found) == [
        (now, "changed", "Personnes", "Nom", value("Personnes", last), "Nouveaunom")
    ]


def test_a_formula_in_the_place_of_a_value(tmp_path: Path, someone: str) -> None:
    action = at("Suivi", "Actions proposées par l'AI / ETTI")
    after = typed(refreshed_workbook(), "Suivi", {action: "=1-1"})
    [(whose, _, _, _, before, now)] = told(compared(tmp_path, after))
    assert (whose, before, now) == (someone, value("Suivi", action), "0 (formule)")


OWN = {"AA4": "Zone", "AA5": "Nord", "AA6": "Sud", "AA7": "Nord"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after", "remark"),
    [
        ({}, OWN, "Suivi : la colonne « Zone » est ajoutée (3 cellules remplies)."),
        (OWN, {}, "Suivi : la colonne « Zone » est supprimée (3 cellules remplies)."),
        (
            OWN, {**OWN, "AA4": "Secteur"},
            "Suivi : l'intitulé « Zone » est devenu « Secteur ».",
        ),
    ],
)  # fmt: skip
def test_a_column_of_the_team(
    tmp_path: Path, before: dict[str, object], after: dict[str, object], remark: str
) -> None:
    book = refreshed_workbook()
    found = compared(tmp_path, typed(book, "Suivi", after), typed(book, "Suivi", before))
    assert found.differences.remarks == (remark,)
    assert told(found) == []
    assert not found.nothing_changed


def test_what_is_typed_in_the_other_sheets(tmp_path: Path) -> None:
    book = refreshed_workbook()
    advisor = next(cell for cell in where(book, "Paramètres", "Hugo Delmas"))
    notes, reason = at("Synthèse", "Notes de réunion"), at("Contrôle", "Justification")
    headings = coordinate_to_tuple(at("Réunion", "Décision"))[0]
    rows = enumerate(grid(book, "Réunion"), start=1)
    point = next(row for row, cells in rows if row >= headings and cells[1])
    decision = at("Réunion", "Décision", point)
    for sheet, cells in (
        ("Paramètres", {advisor: "Hugo Delmas-Roy"}),
        ("Synthèse", {notes: "à revoir"}),
        ("Contrôle", {reason: "vu avec elle"}),
        ("Réunion", {decision: "appeler la mairie"}),
        ("Accueil", {"H3": "Bienvenue"}),
    ):
        book = typed(book, sheet, cells)
    found = compared(tmp_path, book)
    said = {(one[2], one[3], one[4], one[5]) for one in told(found)}
    assert said == {
        ("Paramètres", "Accompagnateur", "Hugo Delmas", "Hugo Delmas-Roy"),
        ("Synthèse", "Notes de réunion", "", "à revoir"),
        ("Contrôle", "Justification", "", "vu avec elle"),
        ("Réunion", "Décision", "", "appeler la mairie"),
        ("Accueil", "H3", "", "Bienvenue"),
    }


@pytest.mark.slow
def test_only_somebody_or_only_an_advisor(tmp_path: Path, someone: str) -> None:
    minutes = {at("Suivi", "Temps consacré", row) for row in range(FIRST, FIRST + 40)}
    cells = dict.fromkeys(minutes, "3 h")
    after = typed(refreshed_workbook(), "Suivi", cells)
    every = compared(tmp_path, after).differences.people
    assert len(every) > 1
    only = compared(tmp_path, after, person=someone)
    assert [one.name for one in only.differences.people] == [someone]
    assert only.filters == f"personne {someone}"
    advisor = every[0].advisor
    theirs = compared(tmp_path, after, advisor=advisor).differences.people
    assert {one.name for one in theirs} == {one.name for one in every if one.advisor == advisor}
    with pytest.raises(CedreError, match="« Personne Inconnue » n'existe pas dans Personnes"):
        compared(tmp_path, after, person="Personne Inconnue")
    with pytest.raises(CedreError, match="Aucun accompagnateur « Nul »"):
        compared(tmp_path, after, advisor="Nul")


@pytest.mark.slow
def test_two_workbooks_that_have_nothing_in_common(tmp_path: Path) -> None:
    lines = [{"last_name": f"Essai{n}", "first_name": "Alix", "registered": ON} for n in range(30)]
    other = api.workbook_bytes(Filling(rows={"tPersonnes": lines}))
    found = compared(tmp_path, other)
    assert not found.differences.related
    assert "n'ont presque aucune ligne en commun" in found.to_text()


@pytest.mark.slow
def test_an_older_template(tmp_path: Path) -> None:
    old = ROOT / "tests/workbook/upgrade/old_templates/1.0-a.xlsx"
    new = ROOT / "workbook_templates/cedre.xlsx"
    found = api.compare(old, new)
    assert found.differences.remarks[0] == (
        "Le modèle n'est pas le même : version 1.0 dans 1.0-a.xlsx, 1.5 dans cedre.xlsx."
    )
    assert not found.differences.people


@pytest.mark.slow
@needs_libreoffice
def test_a_copy_that_libreoffice_saved(tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(refreshed_workbook())
    saved = libreoffice_convert(path, "xlsx", tmp_path / "lo")
    assert told(api.compare(path, saved, on=ON)) == []
    assert api.compare(path, saved, on=ON).nothing_changed


@pytest.mark.slow
def test_the_command(tmp_path: Path, someone: str) -> None:
    cell = at("Suivi", "Objectifs poursuivis")
    after = typed(refreshed_workbook(), "Suivi", {cell: "cmd <b>& co</b>"})
    compared(tmp_path, after)
    paths = [str(tmp_path / name) for name in ("avant.xlsx", "apres.xlsx")]
    said = CliRunner().invoke(command, paths)
    assert said.exit_code == 0
    assert f"{value('Suivi', cell)} → cmd <b>& co</b>" in said.output

    as_json = json.loads(CliRunner().invoke(command, [*paths, "--format", "json"]).output)
    assert as_json["summary"] == {"added": 0, "removed": 0, "changed": 1, "people": 1}
    [line] = as_json["people"][0]["lines"]
    assert line["cells"][0]["after"] == "cmd <b>& co</b>"

    output = tmp_path / "changements.html"
    for _ in range(2):  # what an earlier run wrote is written over
        done = CliRunner().invoke(command, [*paths, "--format", "html", "-o", str(output)])
        assert done.exit_code == 0
    page = output.read_text(encoding="utf-8")
    assert "cmd &lt;b&gt;&amp; co&lt;/b&gt;" in page
    assert "<b>" not in page
    root = etree.fromstring(page.encode(), etree.HTMLParser())
    assert [one.text for one in root.iter("option")][:1] == ["Tous"]
    assert someone in [one.text for one in root.iter("option")]


@pytest.mark.slow
def test_texts_beside_a_table_and_comments_are_told(tmp_path: Path) -> None:
    before = typed(refreshed_workbook(), "Suivi", {"AZ5": "à rappeler", "AZ6": "vu"})
    before = commented(before, "Suivi", {"D6": "à voir", "D7": "parti"})
    after = typed(refreshed_workbook(), "Suivi", {"AZ9": "à rappeler", "AZ6": "revu"})
    after = commented(after, "Suivi", {"D8": "à voir", "D9": "venu"})
    found = compared(tmp_path, after, before)
    told = [
        (sheet.title, line.change.value, cell.before, cell.after, cell.after_cell)
        for sheet in found.differences.sheets
        for line in sheet.lines
        for cell in line.cells
    ]
    assert told == [
        ("Suivi · à côté et sous le tableau", "changed", "vu", "revu", "AZ6"),
        ("Suivi · commentaires de cellules", "added", "", "venu", "D9"),
        ("Suivi · commentaires de cellules", "removed", "parti", "", ""),
    ]
