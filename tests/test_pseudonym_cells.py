"""Names typed where none is expected: they are gone, and the reader makes the same of the cell."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cedre_xlsx.privacy.pseudonyms.copy import Disguised, disguised
from cedre_xlsx.schema.tables import DATA_TABLES, HEADER_ROW
from cedre_xlsx.workbook.read.assemble import read_raw
from cedre_xlsx.workbook.read.raw import Cell, Laid, RawSheet, RawTable, RawWorkbook

ON = date(2026, 9, 30)
SECRET = "Zorbec"
#: By table: a heading, what is typed there.
CELLS: list[tuple[str, str, Cell]] = [
    ("tPersonnes", "Civilité", "Mme Zorbec"),
    ("tPersonnes", "Année de naissance", "1990 selon Zorbec"),
    ("tPersonnes", "Date d'inscription", "05/01/2026 avec Zorbec"),
    ("tPersonnes", "Motif de sortie", "Parti chez Zorbec"),
    ("tPersonnes", "Orienteur", "Mairie de Zorbec"),
    ("tPersonnes", "RQTH", "oui, dit Zorbec"),
    ("tPersonnes", "N° PASS IAE", "zorbec 12"),
    ("tSuivi", "Dates", "18/04/26 tél Zorbec"),
    ("tSuivi", "Dates", "vu avec Zorbec"),
    ("tSuivi", "Dates", "18/04/26 rappeler Zorbec au 06 12 34 56 78"),
    ("tSuivi", "Échéance / délai", "fin juin avec Zorbec"),
    ("tSuivi", "Échéance / délai", "13/02/26 reporté au 13/03/26 par Zorbec"),
    ("tSuivi", "Échéance / délai", "quand Zorbec aura son permis"),
    ("tSuivi", "Échéance / délai", "fait par Zorbec"),
    ("tSuivi", "Statut", "(3) Réalisée par Zorbec"),
    ("tSuivi", "Engagement", "CP de Zorbec"),
    ("tSuivi", "Temps consacré", "1h30 avec Zorbec"),
    ("tSuivi", "Réf. engagement", "celle de Zorbec"),
    ("tSuivi", "Collectif", "OUI avec Zorbec"),
    ("tMissions", "Heures", "35 h chez Zorbec"),
    ("tMissions", "Nature", "Stage chez Zorbec"),
    ("tMissions", "Métier", "Aide de Zorbec"),
    ("tMissions", "Code ROME", "K1304 Zorbec"),
    ("tFreins", "Frein", "Santé de Zorbec"),
    ("tFreins", "Niveau actuel", "(+) Moyen, dit Zorbec"),
    ("tFreins", "Repéré le", "12/05/2026 par Zorbec"),
]  # fmt: skip


def sheet(table: str, lines: list[dict[str, Cell]]) -> RawSheet:
    spec = next(one for one in DATA_TABLES if one.table == table)
    headings = [column.header for column in spec.columns.values()]
    grid: list[list[Cell]] = [[] for _ in range(HEADER_ROW - 1)]
    grid += [[*headings], *([line.get(one) for one in headings] for line in lines)]
    last = HEADER_ROW + max(len(lines), 1)
    area = RawTable(table, HEADER_ROW, 1, last, len(headings), tuple(headings))
    laid = Laid.of(grid)
    return RawSheet(spec.sheet, lambda: laid, (area,))


def copied(table: str, heading: str, typed: Cell) -> Disguised:
    """A workbook of Léa Zorbec, someone else, and one cell, as it is disguised."""
    people: list[dict[str, Cell]] = [
        {"Nom": SECRET, "Prénom": "Léa", "Date d'inscription": date(2026, 1, 5)},
        {"Nom": "Ajonc", "Prénom": "Omar", "Date d'inscription": date(2026, 1, 5)},
    ]
    lines: dict[str, list[dict[str, Cell]]] = {spec.table: [] for spec in DATA_TABLES}
    lines["tPersonnes"] = people
    if table == "tPersonnes":
        people[1][heading] = typed
    else:
        lines[table] = [{"Personne": "Ajonc Omar", heading: typed}]
    workbook = RawWorkbook(tuple(sheet(name, some) for name, some in lines.items()))
    return disguised(workbook, read_raw(workbook, on=ON).records, ON)


@pytest.mark.parametrize(("table", "heading", "typed"), CELLS)
def test_a_name_is_gone_and_the_check_says_the_same(table: str, heading: str, typed: Cell) -> None:
    made = copied(table, heading, typed)
    cells: list[Any] = [cell for lines in made.lines.values() for one in lines
                        for cell in one.cells.values()]  # fmt: skip
    assert len(cells) >= 6
    assert not any(SECRET.casefold() in str(cell).casefold() for cell in cells)
    assert made.unlike == {}


UNDERSTOOD: list[tuple[str, str, Cell, str]] = [
    ("tSuivi", "Temps consacré", "1h30", "1h30"),
    ("tSuivi", "Échéance / délai", "sous 3 mois", "sous 3 mois"),
    ("tSuivi", "Échéance / délai", "RAS", "RAS"),
    ("tSuivi", "Statut", "fait", "fait"),
    ("tSuivi", "Personne", "Tous (12)", "Tous (12)"),
    ("tMissions", "Heures", "35 h/sem", "35 h/sem"),
    ("tFreins", "Frein", "Mobilité", "Mobilité"),
    ("tPersonnes", "RQTH", "oui", "oui"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "heading", "typed", "kept"), UNDERSTOOD)
def test_what_names_nobody_stays_as_it_is_typed(
    table: str, heading: str, typed: Cell, kept: str
) -> None:
    made = copied(table, heading, typed)
    cells = [cell for one in made.lines[table] for cell in one.cells.values()]
    assert kept in cells
