"""What every column tells of somebody: ours by their declaration, the team's by `Paramètres`."""

from __future__ import annotations

from datetime import date

import pytest

from cedre_xlsx.schema.columns import Column, Data, Kind, Search
from cedre_xlsx.schema.settings import OwnColumn
from cedre_xlsx.schema.tables import CHOICE_TABLES, CONTROL, DATA_TABLES, OLD_NOTES, SYNTHESIS
from cedre_xlsx.workbook.read.typed_rows import records_from_rows

ON = date(2026, 9, 30)
TABLES = (*DATA_TABLES, *CHOICE_TABLES, SYNTHESIS, CONTROL, OLD_NOTES)


@pytest.mark.parametrize("spec", TABLES, ids=lambda spec: spec.table)
def test_every_column_says_what_it_tells(spec: object) -> None:
    columns = spec.columns  # type: ignore[attr-defined]
    assert {field: one.told for field, one in columns.items() if one.told is None} == {}


def test_a_column_of_short_texts_is_not_declared_without_it() -> None:
    with pytest.raises(TypeError, match="what it tells of somebody"):
        Column("Quartier", search=Search.LABEL)
    assert Column("Quartier", search=Search.LABEL, data=Data.KEEP).told is Data.KEEP
    assert Column("Récit", search=Search.STORY).told is Data.TEXT
    assert Column("Jour", Kind.DATE).told is Data.DATE


DECLARED = [
    ("Personnes", "Quartier", "à garder", Data.KEEP),
    ("Suivi", "Lieu", "Texte", Data.TEXT),
    ("Missions", "Tuteur", "nom", Data.NAME),
    ("Personnes", "Vu le", "DATES", Data.DATE),
    ("Personnes", "Dossier", "référence", Data.CODE),
]


def test_columns_of_the_team_are_declared() -> None:
    rows = [
        {"Feuille": sheet, "Colonne": heading, "Contient": holds}
        for sheet, heading, holds, _ in DECLARED
    ]
    read = records_from_rows({"tColonnes": rows}, on=ON)
    found = read.records.settings.own_columns
    assert found == tuple(OwnColumn(sheet, heading, data) for sheet, heading, _, data in DECLARED)
    assert not read.problems


def test_what_is_not_understood_is_said_and_not_taken() -> None:
    rows = [
        {"Feuille": "Suivi", "Colonne": "Lieu", "Contient": "secret"},
        {"Feuille": "Suivi", "Colonne": "Heure"},
        {"Feuille": "Suivi", "Colonne": "Avis", "Contient": "à garder"},
        {"Feuille": "suivi", "Colonne": "AVIS", "Contient": "texte"},
    ]
    read = records_from_rows({"tColonnes": rows}, on=ON)
    assert read.records.settings.own_columns == (OwnColumn("suivi", "AVIS", Data.TEXT),)
    [problem] = read.problems
    assert (problem.code, problem.place.cell) == ("LEC12", "C5")
    assert "« secret » n'existe pas" in problem.message
