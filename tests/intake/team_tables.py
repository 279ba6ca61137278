"""Unlike tables as teams make them, each in files of its own, with what must become of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

D = date
Make = Callable[[Path], list[Path]]


@dataclass(frozen=True)
class TeamTable:
    """A way of keeping a table: what makes its files; how many people and lines it holds.

    `lines` counts those of each of our tables; `left` the rows that are none.
    """

    make: Make
    people: int
    lines: dict[str, int] = field(default_factory=dict)
    to_see: int = 0
    left: int = 0


def _book(folder: Path, name: str, **sheets: Sequence[Sequence[Any]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title.replace("_", " "))
        for row in rows:
            sheet.append(list(row))
    path = folder / name
    book.save(path)
    return path


def _one(folder: Path, rows: Sequence[Sequence[Any]], change: Callable[[Worksheet], None]) -> Path:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Liste"
    for row in rows:
        sheet.append(list(row))
    change(sheet)
    path = folder / "liste.xlsx"
    book.save(path)
    return path


def a_list_with_a_title_and_a_total(folder: Path) -> list[Path]:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:H1")
        for cell in sheet[3]:
            cell.fill = PatternFill("solid", fgColor="FFFFCC00")

    rows = [
        ["AI de Kerfleur - Salariés accompagnés"],
        [],
        ["Nom", "Prénom", "Né(e) le", "Tél.", "Entré(e) le", "Sorti(e) le", "Motif", "Permis"],
        ["DURAND", "Lise", D(1980, 2, 3), "01 00 00 00 01", D(2025, 1, 6), None, None, "B"],
        [
            "MARTIN",
            "Paul",
            D(1975, 6, 7),
            "01 00 00 00 02",
            D(2025, 2, 3),
            D(2026, 1, 9),
            "CDI",
            "",
        ],
        ["LE GOFF", "Ines", D(1999, 4, 5), None, D(2026, 3, 2), None, None, "non"],
        ["Total", 3],
    ]
    return [_one(folder, rows, merge)]


def headings_on_two_lines(folder: Path) -> list[Path]:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("D1:E1")

    rows = [
        ["NOM Prénom", "Référent", "Date d'entrée", "Sortie", None],
        [None, None, None, "Date", "Motif"],
        ["DURAND Lise", "Nadia Ferrand", "06/01/2025", None, None],
        ["MARTIN Paul", "Karim Sol", "3/2/25", "09/01/2026", "Formation"],
    ]
    return [_one(folder, rows, merge)]


def names_merged_over_their_lines(folder: Path) -> list[Path]:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:A4")
        sheet.merge_cells("A5:A6")

    rows = [
        ["Salarié", "Date", "Démarche", "Résultat", "Durée"],
        ["Lise DURAND", D(2026, 1, 5), "Point CV", "CV refait", "1h"],
        [None, D(2026, 1, 19), "Inscription au code", None, "30 min"],
        [None, "02/02/26", "Simulation d'entretien", "à refaire", "1h30"],
        ["Paul MARTIN", D(2026, 1, 6), "Bilan santé proposé", "refusé", "20 min"],
        [None, D(2026, 2, 6), "Mobilité : aide au vélo", "vélo prêté", ""],
    ]
    return [_one(folder, rows, merge)]


def one_sheet_a_person(folder: Path) -> list[Path]:
    def lines(*rows: Sequence[Any]) -> list[Sequence[Any]]:
        return [["Fiche de suivi"], [], ["Date", "Action", "Suite donnée"], *rows]

    return [
        _book(
            folder,
            "fiches.xlsx",
            DURAND_Lise=lines([D(2026, 1, 5), "Point CV", "fait"], [D(2026, 2, 5), "Visite", ""]),
            Martin_Paul=lines([D(2026, 1, 6), "Logement : dossier", "déposé"]),
            Le_Goff_Ines=lines([D(2026, 3, 6), "Garde d'enfant", "place trouvée"]),
        )
    ]


def labels_above_interviews(folder: Path) -> list[Path]:
    """One sheet a person with labels above its lines, whose actions look like names."""
    headings = ["Date", "Objet de l'entretien", "Actions à mener", "Durée"]
    lines = [[D(2025, 1, 10), "Accueil", "Faire CV", "1h"], [D(2025, 2, 10), "Bilan", "RDV CAF"]]
    labels = [
        ["Nom", "BRIAND"],
        ["Prénom", "Tom"],
        ["Né le", D(1990, 1, 2)],
        ["Entrée le", D(2024, 3, 4)],
    ]
    row = ["Nom :", "LE GOFF", None, "Prénom :", "Yann"]
    return [_book(folder, "fiches.xlsx", BRIAND=[*labels, [], headings, *lines],
                  LE_GOFF=[["FICHE DE SUIVI"], row, headings, *lines])]  # fmt: skip


def one_person_below_the_other(folder: Path) -> list[Path]:
    headings = ["Date", "Objet de l'entretien", "Suite"]
    rows: list[Sequence[Any]] = [
        ["Nom", "BRIAND"], ["Prénom", "Tom"], [], headings, [D(2025, 1, 6), "CV", "ok"], [],
        ["Nom", "COSTE"], ["Prénom", "Max"], [], headings, [D(2025, 1, 7), "Visite", ""],
    ]  # fmt: skip
    return [_book(folder, "fiches.xlsx", Suivi=rows)]


def one_sheet_a_year(folder: Path) -> list[Path]:
    headings = ["Nom et prénom", "Date de naissance", "Inscription", "Fin", "Observations"]
    return [
        _book(
            folder,
            "annees.xlsx",
            **{
                "2024": [headings, ["Durand Lise", D(1980, 2, 3), D(2024, 1, 8), None, "ménage"]],
                "2025": [
                    headings,
                    ["Durand Lise", D(1980, 2, 3), D(2024, 1, 8), None, "ménage"],
                    ["Martin Paul", D(1975, 6, 7), D(2025, 2, 3), None, None],
                ],
                "2026": [headings, ["Martin Paul", D(1975, 6, 7), D(2025, 2, 3), None, "jardin"]],
            },
        )
    ]


def missions_with_units_and_a_total(folder: Path) -> list[Path]:
    rows = [
        ["Salarié", "Client", "Du", "Au", "Nb d'heures", "Travaux"],
        ["Durand Lise", "Mairie de Kerfleur", D(2026, 1, 5), D(2026, 1, 30), "35 h", "ménage"],
        ["Durand Lise", "M. Dupré", D(2026, 2, 2), D(2026, 2, 6), "12h30", "repassage"],
        ["Martin Paul", "M. Dupré", D(2026, 2, 9), None, 7, "haie"],
        ["TOTAL", None, None, None, 54.5, None],
    ]
    return [_one(folder, rows, lambda _: None)]


def freins_with_a_blank_column(folder: Path) -> list[Path]:
    rows = [
        [None, "Nom", None, "Prénom", "Frein", None, "Partenaire", "Résolu le"],
        [None, "Durand", None, "Lise", "Mobilité", None, "Auto-école sociale", None],
        [None, "Durand", None, "Lise", "Garde d'enfant", None, "Crèche", D(2026, 2, 3)],
        [None, "Martin", None, "Paul", "Logement", None, "SIAO", None],
    ]
    return [_one(folder, rows, lambda _: None)]


def a_text_file_of_another_age(folder: Path) -> list[Path]:
    path = folder / "export.csv"
    text = (
        "Civilité;Nom;Prénom;Date de naissance;Adresse;Embauché le\r\n"
        "Mme;Durand;Lise;03/02/1980;1 rue du Lac;06/01/2025\r\n"
        "M.;Lénaïc;Éloi;07/06/1975;2 rue du Lac;03/02/2025\r\n"
    )
    path.write_bytes(text.encode("cp1252"))
    return [path]


def two_tables_on_one_sheet(folder: Path) -> list[Path]:
    rows = [
        ["Présents"],
        ["Nom Prénom", "Entrée", "Accompagné par"],
        ["DURAND Lise", D(2025, 1, 6), "Nadia Ferrand"],
        ["LE GOFF Ines", D(2026, 3, 2), "Karim Sol"],
        [],
        ["Sortis"],
        ["Nom Prénom", "Entrée", "Sortie", "Type de sortie"],
        ["MARTIN Paul", D(2025, 2, 3), D(2026, 1, 9), "Emploi durable"],
    ]
    return [_one(folder, rows, lambda _: None)]


def blocks_by_person(folder: Path) -> list[Path]:
    rows = [
        ["Date", "Action menée", "Décision"],
        ["DURAND Lise"],
        [D(2026, 1, 5), "Point CV", "à revoir"],
        [D(2026, 2, 5), "Code de la route", None],
        ["MARTIN Paul"],
        [D(2026, 1, 6), "Logement", "dossier"],
        [D(2026, 1, 7), "Banque", "rendez-vous pris"],
    ]
    return [_one(folder, rows, lambda _: None)]


def a_list_and_its_interviews_in_two_files(folder: Path) -> list[Path]:
    people = _book(
        folder,
        "liste.xlsx",
        Liste=[
            ["Prénom", "Nom", "Sexe", "DDN", "Niveau", "RQTH", "Prescripteur", "Date embauche"],
            ["Lise", "Durand", "F", "03/02/1980", "CAP", "non", "Mission locale", "06/01/2025"],
            ["Paul", "Martin", "H", "07/06/1975", "Sans", "oui", "CCAS", "03/02/2025"],
        ],
    )
    interviews = _book(
        folder,
        "entretiens.xlsx",
        Entretiens=[
            ["Date du RDV", "Personne", "Objet", "Échéance", "Statut", "Commentaires"],
            [D(2026, 1, 5), "Lise Durand", "Point CV", "fin janvier", "fait", "CV refait"],
            [D(2026, 1, 6), "MARTIN Paul", "Permis", "sous 3 mois", "en cours", ""],
        ],
    )
    return [people, interviews]


def engagements_of_the_method(folder: Path) -> list[Path]:
    rows = [
        ["Personne", "Signé le", "Type", "Objet du contrat", "La structure s'engage à",
         "La personne s'engage à", "Échéance", "Bilan"],
        ["Durand Lise", D(2026, 2, 2), "Coup de pouce", "Passer le code", "Payer l'inscription",
         "Venir aux cours", D(2026, 5, 2), "code obtenu"],
        ["Martin Paul", D(2026, 2, 9), "CP", "Trouver un logement", "Appeler le SIAO",
         "Monter le dossier", "sous 2 mois", None],
    ]  # fmt: skip
    return [_one(folder, rows, lambda _: None)]


def lines_without_a_name_below_it(folder: Path) -> list[Path]:
    rows = [
        ["Bénéficiaire", "Date", "Action"],
        ["Durand Lise", D(2026, 1, 5), "Point CV"],
        [None, D(2026, 1, 12), "Visite"],
        ["Martin Paul", D(2026, 1, 6), "Logement"],
    ]
    return [_one(folder, rows, lambda _: None)]


def one_form_a_person(folder: Path) -> list[Path]:
    def form(last: str, first: str, entry: date, *rows: Sequence[Any]) -> list[Sequence[Any]]:
        return [
            ["FICHE INDIVIDUELLE"],
            ["Nom :", last, None, "Date d'inscription :", entry],
            ["Prénom :", first, None, "Référent :", "Nadia Ferrand"],
            ["Téléphone : 01 00 00 00 01"],
            [],
            ["Dates", "Actions proposées", "Suites données / Décisions prises"],
            *rows,
        ]

    return [
        _book(
            folder,
            "dossiers.xlsx",
            LD=form("DURAND", "Lise", D(2025, 1, 6), [D(2026, 1, 5), "Point CV", "CV refait"]),
            PM=form("MARTIN", "Paul", D(2025, 2, 3), [D(2026, 1, 6), "Permis", None],
                    [D(2026, 2, 6), "Code", "inscrit"]),
        )
    ]  # fmt: skip


SUIVI, MISSIONS, FREINS, ENGAGEMENTS = "tSuivi", "tMissions", "tFreins", "tEngagements"
TEAM_TABLES: dict[str, TeamTable] = {
    "a list with a title and a total": TeamTable(a_list_with_a_title_and_a_total, 3, left=1),
    "headings on two lines": TeamTable(headings_on_two_lines, 2),
    "names merged over their lines": TeamTable(names_merged_over_their_lines, 2, {SUIVI: 5}),
    "one sheet a person": TeamTable(one_sheet_a_person, 3, {SUIVI: 4}),
    "labels above interviews": TeamTable(labels_above_interviews, 2, {SUIVI: 4}),
    "one person below the other": TeamTable(one_person_below_the_other, 2, {SUIVI: 2}, left=1),
    "one sheet a year": TeamTable(one_sheet_a_year, 2),
    "missions with units and a total": TeamTable(
        missions_with_units_and_a_total, 2, {MISSIONS: 3}, left=1
    ),
    "freins with a blank column": TeamTable(freins_with_a_blank_column, 2, {FREINS: 3}),
    "a text file of another age": TeamTable(a_text_file_of_another_age, 2),
    "two tables on one sheet": TeamTable(two_tables_on_one_sheet, 3),
    "blocks by person": TeamTable(blocks_by_person, 2, {SUIVI: 4}, left=2),
    "a list and its interviews": TeamTable(a_list_and_its_interviews_in_two_files, 2, {SUIVI: 2}),
    "engagements of the method": TeamTable(engagements_of_the_method, 2, {ENGAGEMENTS: 2}),
    "one form a person": TeamTable(one_form_a_person, 2, {SUIVI: 3}),
    "lines without a name": TeamTable(lines_without_a_name_below_it, 2, {SUIVI: 2}, to_see=1),
}
