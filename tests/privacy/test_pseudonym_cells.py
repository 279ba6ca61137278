"""Names typed where none is expected: they are gone, and the reader makes the same of the cell."""

from __future__ import annotations

from datetime import date, datetime
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


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.parametrize(("table", "heading", "typed", "kept"), UNDERSTOOD)
def test_what_names_nobody_stays_as_it_is_typed(
    table: str, heading: str, typed: Cell, kept: str
) -> None:
    made = copied(table, heading, typed)
    cells = [cell for one in made.lines[table] for cell in one.cells.values()]
    assert kept in cells


NUMBERS: list[tuple[str, str, Cell, str]] = [
    ("tPersonnes", "RQTH", "OUI 06 12 34 56 78", "12 34"),
    ("tPersonnes", "QPV", "1 84 05 75 116 001 42", "84 05"),
    ("tPersonnes", "QPV", 612345678, "612"),
    ("tPersonnes", "Orienteur", "CCAS 04 75 11 22 33", "75 11"),
    ("tPersonnes", "Motif de sortie", "CDI 04 75 11 22 33", "75 11"),
    ("tPersonnes", "Motif de sortie", "CDI 04 75 11 22", "75 11"),  # not even a whole phone
    ("tPersonnes", "Niveau de formation", "CAP 12/05/1984", "12/05"),
    ("tPersonnes", "Durée d'inscription à France Travail", "depuis le 12/05/2019", "12/05"),
    ("tPersonnes", "RQTH", date(1984, 5, 12), "05-12"),
    ("tPersonnes", "Autonomie (1 à 5)", date(1984, 5, 12), "05-12"),
    ("tSuivi", "Statut", "(3) Réalisée 06 12 34 56 78", "12 34"),
    ("tSuivi", "Temps consacré", "1h né le 12/05/1984", "1984"),
    ("tSuivi", "Engagement", "CP 0612345678", "612"),
    ("tPersonnes", "Année de naissance", "12/05/1984", "12"),
    ("tPersonnes", "Année de naissance", "né le 12 mai 1984", "mai"),
    ("tPersonnes", "Année de naissance", "1984-85, le 12", "12"),
    ("tPersonnes", "Année de naissance", "12/05/2084", "12"),
    ("tPersonnes", "Année de naissance", date(1984, 5, 12), "05-12"),
    ("tPersonnes", "Année de naissance", datetime(1984, 5, 12, 0, 0), "05-12"),
    ("tPersonnes", "Année de naissance", 30814, "30814"),  # the same day without its format
    ("tPersonnes", "Année de naissance", 12051984, "1205"),
]


@pytest.mark.parametrize(("table", "heading", "typed", "told"), NUMBERS)
def test_a_number_of_somebody_is_gone_and_the_check_says_the_same(
    table: str, heading: str, typed: Cell, told: str
) -> None:
    made = copied(table, heading, typed)
    field = next(
        name
        for spec in DATA_TABLES
        if spec.table == table
        for name, column in spec.columns.items()
        if column.header == heading
    )
    [cell] = [line.cells[field] for line in made.lines[table] if field in line.cells]
    assert told not in str(cell)
    assert str(cell).strip()
    assert made.unlike == {}


BIRTHS: list[tuple[Cell, Cell]] = [
    ("12/05/1984", "1984"),
    (date(1984, 5, 12), 1984),
    (1984, 1984),
    ("1984", "1984"),
    ("vers 1984", "vers 1984"),
]


@pytest.mark.parametrize(("typed", "kept"), BIRTHS)
def test_of_a_birth_the_year_stays(typed: Cell, kept: Cell) -> None:
    made = copied("tPersonnes", "Année de naissance", typed)
    assert made.lines["tPersonnes"][1].cells["birth_year"] == kept


UNKNOWN = [
    ("tSuivi", "Par qui", "Nadia Ferrand"),
    ("tSuivi", "Par qui", "Nadia"),
    ("tSuivi", "Motif d'absence", "Chez sa mère"),
    ("tSuivi", "Statut", "Attente de Nadia"),
    ("tFreins", "Frein", "Sa mère"),
    ("tPersonnes", "Civilité", "Nadia"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("table", "heading", "typed"), UNKNOWN)
def test_words_that_are_in_no_list_stay_an_unknown_value(
    table: str, heading: str, typed: str
) -> None:
    made = copied(table, heading, typed)
    cells = [cell for one in made.lines[table] for cell in one.cells.values()]
    assert all(str(cell).strip() for cell in cells)
    assert not any(word in str(cell) for cell in cells for word in ("Nadia", "mère"))
    assert made.unlike == {}


def test_a_value_of_a_list_stays_though_a_client_has_its_words() -> None:
    lines: dict[str, list[dict[str, Cell]]] = {spec.table: [] for spec in DATA_TABLES}
    lines["tPersonnes"] = [{"Nom": "Ajonc", "Prénom": "Omar", "Orienteur": "Cap emploi",
                            "Catégorie de sortie": "Emploi durable"}]  # fmt: skip
    lines["tMissions"] = [{"Personne": "Ajonc Omar", "Donneur d'ordre": "Cap Emploi Durable"}]
    workbook = RawWorkbook(tuple(sheet(name, some) for name, some in lines.items()))
    made = disguised(workbook, read_raw(workbook, on=ON).records, ON)
    cells = made.lines["tPersonnes"][0].cells
    assert (cells["referrer"], cells["exit_category"]) == ("Cap emploi", "Emploi durable")
    assert made.unlike == {}
