"""Sheets as teams have them, each with the tables expected: what intake is tried on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from cedre_xlsx.intake.model import SourceTable
from cedre_xlsx.intake.sheets import Sheet
from cedre_xlsx.schema.state import Area

__ = ""  # an empty cell
D = date


@dataclass(frozen=True)
class Expected:
    """A table: its headings with their columns, its lines by row number, what else there is.

    A line that stands under a title has it behind a third place.
    """

    headings: Sequence[str]
    rows: Sequence[tuple[Any, ...]]  # number, cells[, under]
    header_row: int
    first_column: int = 1
    titles: Sequence[str] = ()
    left: Sequence[tuple[int, str]] = ()
    columns: Sequence[int] = ()


@dataclass(frozen=True)
class Shape:
    """A sheet: its cells from A1 on, its merged areas, its tables; `csv` where a text file, which
    tells no merges, has the same."""

    grid: Sequence[Sequence[Any]]
    tables: Sequence[Expected]
    merged: Sequence[str] = ()
    csv: bool = True


def area(ref: str) -> Area:
    """An area by its address."""
    from openpyxl.utils.cell import range_boundaries

    left, top, right, bottom = range_boundaries(ref)
    return Area(top or 1, left or 1, bottom or 1, right or 1)


def sheet_of(shape: Shape) -> Sheet:
    """The sheet as the reading gives it."""
    width = max(map(len, shape.grid), default=0)
    return Sheet(
        "Feuille", shape.grid, range(1, len(shape.grid) + 1), range(1, width + 1),
        tuple(map(area, shape.merged)),
    )  # fmt: skip


def told(table: SourceTable) -> Expected:
    """A table as it is compared."""
    contiguous = (
        range(table.columns[0], table.columns[0] + len(table.columns)) if table.columns else ()
    )
    return Expected(
        list(table.headings),
        [
            (row.number, list(row.cells), row.under) if row.under else (row.number, list(row.cells))
            for row in table.rows
        ],
        table.header_row,
        table.columns[0] if table.columns else 1,
        list(table.titles),
        [(one.number, one.text) for one in table.left],
        () if tuple(table.columns) == tuple(contiguous) else list(table.columns),
    )


def plain(expected: Expected) -> Expected:
    """The same with lists wherever there are several."""
    return Expected(
        list(expected.headings),
        [(row[0], list(row[1]), *row[2:]) for row in expected.rows],
        expected.header_row,
        expected.first_column,
        list(expected.titles),
        sorted(expected.left),
        list(expected.columns) if expected.columns else (),
    )


def saved(shapes: dict[str, Shape], path: Path) -> Path:
    """A workbook with a sheet for each shape."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, shape in shapes.items():
        sheet = book.create_sheet(name[:31])
        for i, row in enumerate(shape.grid, 1):
            for j, value in enumerate(row, 1):
                if value == __:
                    continue
                cell = sheet.cell(i, j)
                cell.value = value
                if isinstance(value, datetime):
                    cell.number_format = "dd/mm/yyyy hh:mm"
                elif isinstance(value, date):
                    cell.number_format = "dd/mm/yyyy"
                elif isinstance(value, time):
                    cell.number_format = "hh:mm"
                elif isinstance(value, str):
                    cell.data_type = "s"
        for ref in shape.merged:
            sheet.merge_cells(ref)
    book.save(path)
    return path


SHAPES: dict[str, Shape] = {
    "Simple": Shape(
        [
            ["Nom", "Prénom", "Date d'entrée", "Observations"],
            ["LUNE", "Ida", D(2025, 1, 12), "Cherche un garage"],
            ["LE CHÊNE", "Anatole", D(2025, 2, 3), __],
        ],
        [
            Expected(
                ["Nom", "Prénom", "Date d'entrée", "Observations"],
                [
                    (2, ["LUNE", "Ida", D(2025, 1, 12), "Cherche un garage"]),
                    (3, ["LE CHÊNE", "Anatole", D(2025, 2, 3), __]),
                ],
                1,
            )
        ],
    ),
    "Débute en D7": Shape(
        [
            [__] * 6,
            [__, "AI des Trois Rivières", __, __, __, __],
            [__] * 6,
            [__, __, __, "Suivi des salariés 2025", __, __],
            [__, __, __, "Édité le", D(2025, 3, 1), __],
            [__] * 6,
            [__, __, __, "Salarié", "Échéance", "Statut"],
            [__, __, __, "LUNE Ida", D(2025, 4, 1), "en cours"],
            [__, __, __, "D'ÉPINE-NOIRE Léo", D(2025, 5, 2), "fait"],
        ],
        [
            Expected(
                ["Salarié", "Échéance", "Statut"],
                [
                    (8, ["LUNE Ida", D(2025, 4, 1), "en cours"]),
                    (9, ["D'ÉPINE-NOIRE Léo", D(2025, 5, 2), "fait"]),
                ],
                7,
                4,
                ["AI des Trois Rivières", "Suivi des salariés 2025", "Édité le | 01/03/2025"],
            )
        ],
        ["D4:F4"],
    ),
    "Groupes": Shape(
        [
            ["Nom", "Prénom", "Entrée", __, "Sortie", __],
            [__, __, "Date", "Référent", "Date", "Motif"],
            ["LUNE", "Ida", D(2024, 1, 8), "Sophie Mars", D(2025, 1, 7), "CDI"],
            ["LE CHÊNE", "Anatole", D(2024, 2, 5), "Paul Vent", __, __],
        ],
        [
            Expected(
                ["Nom", "Prénom", "Entrée Date", "Entrée Référent", "Sortie Date", "Sortie Motif"],
                [
                    (3, ["LUNE", "Ida", D(2024, 1, 8), "Sophie Mars", D(2025, 1, 7), "CDI"]),
                    (4, ["LE CHÊNE", "Anatole", D(2024, 2, 5), "Paul Vent", __, __]),
                ],
                2,
            )
        ],
        ["A1:A2", "B1:B2", "C1:D1", "E1:F1"],
    ),
    "Groupe sous titre": Shape(
        [
            ["Suivi 2025", __, __, __, __],
            [__, __, __, "Sortie", __],
            ["Nom", "Prénom", "Date", "Date", "Motif"],
            ["LUNE", "Ida", D(2024, 1, 8), D(2025, 1, 7), "CDI"],
        ],
        [
            Expected(
                ["Nom", "Prénom", "Date", "Sortie Date", "Sortie Motif"],
                [(4, ["LUNE", "Ida", D(2024, 1, 8), D(2025, 1, 7), "CDI"])],
                3,
                titles=["Suivi 2025"],
            )
        ],
        ["A1:C1", "D2:E2"],
    ),
    "Titres coupés": Shape(
        [
            ["Nom", "Date de", "N° PASS"],
            [__, "naissance", "(12 chiffres)"],
            ["LUNE", D(1985, 3, 4), "999992612345"],
            ["LE CHÊNE", D(1968, 11, 30), "999992534567"],
        ],
        [
            Expected(
                ["Nom", "Date de naissance", "N° PASS (12 chiffres)"],
                [
                    (3, ["LUNE", D(1985, 3, 4), "999992612345"]),
                    (4, ["LE CHÊNE", D(1968, 11, 30), "999992534567"]),
                ],
                2,
            )
        ],
    ),
    "Colonne vide": Shape(
        [
            ["Nom", "Prénom", __, "Date", "Action", __, "Statut"],
            ["LUNE", "Ida", __, D(2025, 1, 6), "CV", __, "fait"],
            ["LE CHÊNE", "Anatole", __, D(2025, 1, 7), "Permis", __, __],
            ["SABLE", "Rose", __, D(2025, 1, 9), "Logement", __, "en cours"],
        ],
        [
            Expected(
                ["Nom", "Prénom", "Date", "Action", "Statut"],
                [
                    (2, ["LUNE", "Ida", D(2025, 1, 6), "CV", "fait"]),
                    (3, ["LE CHÊNE", "Anatole", D(2025, 1, 7), "Permis", __]),
                    (4, ["SABLE", "Rose", D(2025, 1, 9), "Logement", "en cours"]),
                ],
                1,
                columns=[1, 2, 4, 5, 7],
            )
        ],
    ),
    "L'un sous l'autre": Shape(
        [
            ["Salariés", __, __],
            ["Nom", "Prénom", "Référent"],
            ["LUNE", "Ida", "Sophie"],
            ["LE CHÊNE", "Anatole", "Paul"],
            [__, __, __],
            ["Missions de l'année", __, __],
            ["Client", "Heures", "Début"],
            ["Mairie", 12.5, D(2025, 1, 6)],
            ["École", 7, D(2025, 1, 9)],
        ],
        [
            Expected(
                ["Nom", "Prénom", "Référent"],
                [(3, ["LUNE", "Ida", "Sophie"]), (4, ["LE CHÊNE", "Anatole", "Paul"])],
                2,
                titles=["Salariés"],
            ),
            Expected(
                ["Client", "Heures", "Début"],
                [(8, ["Mairie", 12.5, D(2025, 1, 6)]), (9, ["École", 7, D(2025, 1, 9)])],
                7,
                titles=["Missions de l'année"],
            ),
        ],
    ),
    "Pages": Shape(
        [
            ["Nom", "Date", "Action"],
            ["LUNE Ida", D(2025, 1, 6), "Refaire le CV"],
            ["Nom", "Date", "Action"],
            ["SABLE Rose", D(2025, 1, 7), "Visite"],
            [__, __, __],
            ["Nom", "Date", "Action"],
            ["LE CHÊNE Anatole", D(2025, 1, 8), "Permis"],
        ],
        [
            Expected(
                ["Nom", "Date", "Action"],
                [
                    (2, ["LUNE Ida", D(2025, 1, 6), "Refaire le CV"]),
                    (4, ["SABLE Rose", D(2025, 1, 7), "Visite"]),
                    (7, ["LE CHÊNE Anatole", D(2025, 1, 8), "Permis"]),
                ],
                1,
                left=[(3, "Nom | Date | Action"), (6, "Nom | Date | Action")],
            )
        ],
    ),
    "Pages avec titres": Shape(
        [
            ["Janvier 2025", __, __],
            ["Nom", "Date", "Action"],
            ["LUNE Ida", D(2025, 1, 6), "Refaire le CV"],
            [__, __, __],
            ["Février 2025", __, __],
            ["Nom", "Date", "Action"],
            ["LUNE Ida", D(2025, 2, 7), "Visite"],
        ],
        [
            Expected(
                ["Nom", "Date", "Action"],
                [
                    (3, ["LUNE Ida", D(2025, 1, 6), "Refaire le CV"], "Janvier 2025"),
                    (7, ["LUNE Ida", D(2025, 2, 7), "Visite"], "Février 2025"),
                ],
                2,
                titles=["Janvier 2025"],
                left=[(6, "Nom | Date | Action"), (5, "Février 2025")],
            )
        ],
    ),
    "Côte à côte": Shape(
        [
            ["Hommes", __, __, "Femmes", __],
            ["Nom", "Prénom", __, "Nom", "Prénom"],
            ["LE CHÊNE", "Anatole", __, "LUNE", "Ida"],
            ["VENT", "Paul", __, "SABLE", "Rose"],
            [__, __, __, "MARS", "Sophie"],
        ],
        [
            Expected(
                ["Nom", "Prénom"],
                [(3, ["LE CHÊNE", "Anatole"]), (4, ["VENT", "Paul"])],
                2,
                titles=["Hommes"],
            ),
            Expected(
                ["Nom", "Prénom"],
                [(3, ["LUNE", "Ida"]), (4, ["SABLE", "Rose"]), (5, ["MARS", "Sophie"])],
                2,
                4,
                ["Femmes"],
            ),
        ],
    ),
    "Liste à droite": Shape(
        [
            ["Suivi de l'année", __, __, __, __, __],
            ["Nom", "Date", "Action", __, "Code", "Signification"],
            ["LUNE Ida", D(2025, 1, 6), "E", __, "E", "Entretien"],
            ["SABLE Rose", D(2025, 1, 7), "V", __, "V", "Visite"],
            ["LE CHÊNE Anatole", D(2025, 1, 8), "E", __, __, __],
            ["VENT Paul", D(2025, 1, 9), "E", __, __, __],
            ["MARS Sophie", D(2025, 1, 10), "V", __, __, __],
        ],
        [
            Expected(
                ["Nom", "Date", "Action"],
                [
                    (3, ["LUNE Ida", D(2025, 1, 6), "E"]),
                    (4, ["SABLE Rose", D(2025, 1, 7), "V"]),
                    (5, ["LE CHÊNE Anatole", D(2025, 1, 8), "E"]),
                    (6, ["VENT Paul", D(2025, 1, 9), "E"]),
                    (7, ["MARS Sophie", D(2025, 1, 10), "V"]),
                ],
                2,
                titles=["Suivi de l'année"],
            ),
            Expected(
                ["Code", "Signification"],
                [(3, ["E", "Entretien"]), (4, ["V", "Visite"])],
                2,
                5,
            ),
        ],
    ),
    "Totaux": Shape(
        [
            ["Salarié", "Mission", "Heures"],
            ["LUNE Ida", "Ménage", 12],
            ["TOTAL", "Jeanne", 8],
            ["Moyenne", "Jardin", 4.5],
            ["Sous-total", __, 24.5],
            ["SABLE Rose", "Ménage", 10],
            ["VENT Paul", "Cantine", 3],
            ["TOTAL", __, 37.5],
            [__, __, 37.5],
            ["Nombre de salariés : 5", __, __],
        ],
        [
            Expected(
                ["Salarié", "Mission", "Heures"],
                [
                    (2, ["LUNE Ida", "Ménage", 12]),
                    (3, ["TOTAL", "Jeanne", 8]),
                    (4, ["Moyenne", "Jardin", 4.5]),
                    (6, ["SABLE Rose", "Ménage", 10]),
                    (7, ["VENT Paul", "Cantine", 3]),
                ],
                1,
                left=[
                    (5, "Sous-total | 24,5"),
                    (8, "TOTAL | 37,5"),
                    (9, "37,5"),
                    (10, "Nombre de salariés : 5"),
                ],
            )
        ],
    ),
    "Mois": Shape(
        [
            ["Suivi", __, __],
            ["Salarié", "Date", "Action"],
            ["2025", __, __],
            ["Janvier", __, __],
            ["LUNE Ida", D(2025, 1, 6), "Visite"],
            ["SABLE Rose", D(2025, 1, 7), "Visite"],
            ["Février", __, __],
            ["LUNE Ida", D(2025, 2, 6), "Bilan"],
        ],
        [
            Expected(
                ["Salarié", "Date", "Action"],
                [
                    (5, ["LUNE Ida", D(2025, 1, 6), "Visite"], "2025 / Janvier"),
                    (6, ["SABLE Rose", D(2025, 1, 7), "Visite"], "2025 / Janvier"),
                    (8, ["LUNE Ida", D(2025, 2, 6), "Bilan"], "2025 / Février"),
                ],
                2,
                titles=["Suivi"],
                left=[(3, "2025"), (4, "Janvier"), (7, "Février")],
            )
        ],
        ["A4:C4", "A7:C7"],
    ),
    "Personnes en titre": Shape(
        [
            ["Date", "Action", "Suite"],
            ["LUNE Ida", __, __],
            [D(2025, 1, 6), "Refaire le CV", "fait"],
            [D(2025, 2, 3), "Permis", __],
            ["LE CHÊNE Anatole", __, __],
            [D(2025, 1, 9), "Visite du logement", "à revoir"],
        ],
        [
            Expected(
                ["Date", "Action", "Suite"],
                [
                    (3, [D(2025, 1, 6), "Refaire le CV", "fait"], "LUNE Ida"),
                    (4, [D(2025, 2, 3), "Permis", __], "LUNE Ida"),
                    (6, [D(2025, 1, 9), "Visite du logement", "à revoir"], "LE CHÊNE Anatole"),
                ],
                1,
                left=[(2, "LUNE Ida"), (5, "LE CHÊNE Anatole")],
            )
        ],
    ),
    "Par accompagnatrice": Shape(
        [
            ["Nom", "Prénom", "Entrée le"],
            ["Accompagnées par Sophie", __, __],
            ["LUNE", "Ida", D(2025, 1, 6)],
            ["SABLE", "Rose", D(2025, 2, 3)],
            ["NUAGE", __, __],
            ["Accompagnées par Paul", __, __],
            ["LE CHÊNE", "Anatole", D(2025, 1, 9)],
        ],
        [
            Expected(
                ["Nom", "Prénom", "Entrée le"],
                [
                    (3, ["LUNE", "Ida", D(2025, 1, 6)], "Accompagnées par Sophie"),
                    (4, ["SABLE", "Rose", D(2025, 2, 3)], "Accompagnées par Sophie"),
                    (5, ["NUAGE", __, __], "Accompagnées par Sophie"),
                    (7, ["LE CHÊNE", "Anatole", D(2025, 1, 9)], "Accompagnées par Paul"),
                ],
                1,
                left=[(2, "Accompagnées par Sophie"), (6, "Accompagnées par Paul")],
            )
        ],
    ),
    "Note dessous": Shape(
        [
            ["Nom", "Frein", "Repéré le"],
            ["LUNE Ida", "Mobilité", D(2025, 1, 6)],
            ["SABLE Rose", "Garde d'enfants", D(2025, 2, 3)],
            [__, __, __],
            ["Ce tableau est à jour au premier mars ; le demander avant de l'imprimer.", __, __],
            [__, __, __],
            ["Légende", __, __],
            ["M", "Mobilité", __],
            ["G", "Garde", __],
        ],
        [
            Expected(
                ["Nom", "Frein", "Repéré le"],
                [
                    (2, ["LUNE Ida", "Mobilité", D(2025, 1, 6)]),
                    (3, ["SABLE Rose", "Garde d'enfants", D(2025, 2, 3)]),
                ],
                1,
                left=[
                    (8, "M | Mobilité"),
                    (9, "G | Garde"),
                    (5, "Ce tableau est à jour au premier mars ; le demander avant de l'imprimer."),
                    (7, "Légende"),
                ],
            )
        ],
    ),
    "Sans titres": Shape(
        [
            ["LUNE Ida", D(2025, 1, 6), 12],
            ["SABLE Rose", D(2025, 2, 3), 8],
            ["LE CHÊNE Anatole", D(2025, 2, 4), 9.5],
        ],
        [
            Expected(
                [__, __, __],
                [
                    (1, ["LUNE Ida", D(2025, 1, 6), 12]),
                    (2, ["SABLE Rose", D(2025, 2, 3), 8]),
                    (3, ["LE CHÊNE Anatole", D(2025, 2, 4), 9.5]),
                ],
                0,
            )
        ],
    ),
    "Noms fusionnés": Shape(
        [
            ["Salarié", "Date", "Action"],
            ["LUNE Ida", D(2025, 1, 6), "Refaire le CV"],
            [__, D(2025, 2, 3), "Permis"],
            [__, __, "Logement"],
            ["SABLE Rose", D(2025, 1, 9), "Visite"],
            [__, D(2025, 1, 10), "Bilan"],
        ],
        [
            Expected(
                ["Salarié", "Date", "Action"],
                [
                    (2, ["LUNE Ida", D(2025, 1, 6), "Refaire le CV"]),
                    (3, ["LUNE Ida", D(2025, 2, 3), "Permis"]),
                    (4, ["LUNE Ida", __, "Logement"]),
                    (5, ["SABLE Rose", D(2025, 1, 9), "Visite"]),
                    (6, [__, D(2025, 1, 10), "Bilan"]),
                ],
                1,
            )
        ],
        ["A2:A4"],
        csv=False,
    ),
    "Liste": Shape(
        [["Nom et prénom"], ["LUNE Ida"], ["SABLE Rose"], ["LE CHÊNE Anatole"]],
        [
            Expected(
                ["Nom et prénom"],
                [(2, ["LUNE Ida"]), (3, ["SABLE Rose"]), (4, ["LE CHÊNE Anatole"])],
                1,
            )
        ],
    ),
    "Années": Shape(
        [
            ["Salarié", 2023, 2024, 2025],
            ["LUNE Ida", 120, 300.5, __],
            ["SABLE Rose", __, 80, 12],
        ],
        [
            Expected(
                ["Salarié", "2023", "2024", "2025"],
                [(2, ["LUNE Ida", 120, 300.5, __]), (3, ["SABLE Rose", __, 80, 12])],
                1,
            )
        ],
    ),
    "Colonne sans titre": Shape(
        [
            ["Nom", "Date", __, "Action"],
            ["LUNE Ida", D(2025, 1, 6), "urgent", "CV"],
            ["SABLE Rose", D(2025, 1, 7), __, "Permis"],
        ],
        [
            Expected(
                ["Nom", "Date", __, "Action"],
                [
                    (2, ["LUNE Ida", D(2025, 1, 6), "urgent", "CV"]),
                    (3, ["SABLE Rose", D(2025, 1, 7), __, "Permis"]),
                ],
                1,
            )
        ],
    ),
    "Mots inconnus": Shape(
        [
            ["Zébrure", "Quidam", "Pointage"],
            ["a1", "LUNE Ida", D(2025, 1, 6)],
            ["a2", "SABLE Rose", D(2025, 1, 7)],
        ],
        [
            Expected(
                ["Zébrure", "Quidam", "Pointage"],
                [(2, ["a1", "LUNE Ida", D(2025, 1, 6)]), (3, ["a2", "SABLE Rose", D(2025, 1, 7)])],
                1,
            )
        ],
    ),
    "Suites sans nom": Shape(
        [
            ["Salarié", "Date", "Action"],
            ["LUNE Ida", D(2025, 1, 6), "Refaire le CV"],
            [__, D(2025, 2, 3), "Permis"],
            [__, __, "Atelier CV"],
            ["SABLE Rose", D(2025, 1, 9), "Visite"],
            [__, __, "Bilan"],
        ],
        [
            Expected(
                ["Salarié", "Date", "Action"],
                [
                    (2, ["LUNE Ida", D(2025, 1, 6), "Refaire le CV"]),
                    (3, [__, D(2025, 2, 3), "Permis"]),
                    (4, [__, __, "Atelier CV"]),
                    (5, ["SABLE Rose", D(2025, 1, 9), "Visite"]),
                    (6, [__, __, "Bilan"]),
                ],
                1,
            )
        ],
    ),
    "Mois au milieu": Shape(
        [
            ["Salarié", "Date", "Action"],
            [__, "Mars 2025", __],
            ["LUNE Ida", D(2025, 3, 6), "Visite"],
            [__, "2e trimestre 2025", __],
            ["SABLE Rose", D(2025, 4, 9), "Visite"],
        ],
        [
            Expected(
                ["Salarié", "Date", "Action"],
                [
                    (3, ["LUNE Ida", D(2025, 3, 6), "Visite"], "Mars 2025"),
                    (5, ["SABLE Rose", D(2025, 4, 9), "Visite"], "2e trimestre 2025"),
                ],
                1,
                left=[(2, "Mars 2025"), (4, "2e trimestre 2025")],
            )
        ],
    ),
    "Serrés": Shape(
        [
            ["Nom", "Prénom", "Référent"],
            ["LUNE", "Ida", "Sophie"],
            ["SABLE", "Rose", "Paul"],
            ["Client", "Mission", "Heures"],
            ["Mairie", "Ménage", 12],
        ],
        [
            Expected(
                ["Nom", "Prénom", "Référent"],
                [(2, ["LUNE", "Ida", "Sophie"]), (3, ["SABLE", "Rose", "Paul"])],
                1,
            ),
            Expected(["Client", "Mission", "Heures"], [(5, ["Mairie", "Ménage", 12])], 4),
        ],
    ),
    "Côte à côte décalés": Shape(
        [
            [__, __, __, __, "Client", "Heures"],
            ["Nom", "Date", "Action", __, "Mairie", 12],
            ["LUNE Ida", D(2025, 1, 6), "Visite", __, "École", 3],
            ["SABLE Rose", D(2025, 1, 7), "Bilan", __, __, __],
        ],
        [
            Expected(
                ["Nom", "Date", "Action"],
                [
                    (3, ["LUNE Ida", D(2025, 1, 6), "Visite"]),
                    (4, ["SABLE Rose", D(2025, 1, 7), "Bilan"]),
                ],
                2,
            ),
            Expected(["Client", "Heures"], [(2, ["Mairie", 12]), (3, ["École", 3])], 1, 5),
        ],
    ),
    "Une page par personne": Shape(
        [
            ["LUNE Ida", __, __],
            ["Date", "Action", "Suite"],
            [D(2025, 1, 6), "Refaire le CV", "fait"],
            [__, __, __],
            ["LE CHÊNE Anatole", __, __],
            ["Date", "Action", "Suite"],
            [D(2025, 1, 9), "Visite", __],
        ],
        [
            Expected(
                ["Date", "Action", "Suite"],
                [
                    (3, [D(2025, 1, 6), "Refaire le CV", "fait"], "LUNE Ida"),
                    (7, [D(2025, 1, 9), "Visite", __], "LE CHÊNE Anatole"),
                ],
                2,
                titles=["LUNE Ida"],
                left=[(6, "Date | Action | Suite"), (5, "LE CHÊNE Anatole")],
            )
        ],
    ),
    "Jours": Shape(
        [
            ["Salarié", D(2025, 1, 6), D(2025, 1, 7), D(2025, 1, 8), "Total"],
            ["LUNE Ida", 7, "AB", 3.5, 10.5],
            ["SABLE Rose", __, 7, 7, 14],
            ["Total", 7, 7, 10.5, 24.5],
        ],
        [
            Expected(
                ["Salarié", "06/01/2025", "07/01/2025", "08/01/2025", "Total"],
                [(2, ["LUNE Ida", 7, "AB", 3.5, 10.5]), (3, ["SABLE Rose", __, 7, 7, 14])],
                1,
                left=[(4, "Total | 7 | 7 | 10,5 | 24,5")],
            )
        ],
    ),
    "Textes seuls": Shape(
        [
            ["LUNE Ida", "Logement", "en cours"],
            ["SABLE Rose", "Mobilité", "levé"],
            ["VENT Paul", "Logement", "levé"],
        ],
        [
            Expected(
                [__, __, __],
                [
                    (1, ["LUNE Ida", "Logement", "en cours"]),
                    (2, ["SABLE Rose", "Mobilité", "levé"]),
                    (3, ["VENT Paul", "Logement", "levé"]),
                ],
                0,
            )
        ],
    ),
    "En cours": Shape(
        [
            ["LUNE Ida", "en cours", "Visite"],
            ["SABLE Rose", D(2025, 1, 7), "Bilan"],
            ["VENT Paul", D(2025, 1, 9), "Bilan"],
        ],
        [
            Expected(
                [__, __, __],
                [
                    (1, ["LUNE Ida", "en cours", "Visite"]),
                    (2, ["SABLE Rose", D(2025, 1, 7), "Bilan"]),
                    (3, ["VENT Paul", D(2025, 1, 9), "Bilan"]),
                ],
                0,
            )
        ],
    ),
    "Tour à tour": Shape(
        [
            ["Nom", "Date", "Action", "Heures"],
            ["LUNE Ida", D(2025, 1, 6), "Visite", 1],
            [__, __, __, __],
            ["Client", "Mission", "Début", "Heures"],
            ["Mairie", "Ménage", D(2025, 1, 6), 12],
            [__, __, __, __],
            ["Nom", "Date", "Action", "Heures"],
            ["SABLE Rose", D(2025, 1, 7), "Bilan", 2],
        ],
        [
            Expected(
                ["Nom", "Date", "Action", "Heures"],
                [(2, ["LUNE Ida", D(2025, 1, 6), "Visite", 1])],
                1,
            ),
            Expected(
                ["Client", "Mission", "Début", "Heures"],
                [(5, ["Mairie", "Ménage", D(2025, 1, 6), 12])],
                4,
            ),
            Expected(
                ["Nom", "Date", "Action", "Heures"],
                [(8, ["SABLE Rose", D(2025, 1, 7), "Bilan", 2])],
                7,
            ),
        ],
    ),
    "Titre @": Shape(
        [
            ["Nom", "Prénom", "@", "Entrée"],
            ["LUNE", "Ida", "ida@exemple.fr", D(2025, 1, 6)],
            ["SABLE", "Rose", "rose@exemple.fr", D(2025, 1, 7)],
        ],
        [
            Expected(
                ["Nom", "Prénom", "@", "Entrée"],
                [
                    (2, ["LUNE", "Ida", "ida@exemple.fr", D(2025, 1, 6)]),
                    (3, ["SABLE", "Rose", "rose@exemple.fr", D(2025, 1, 7)]),
                ],
                1,
            )
        ],
    ),
    "Titre en chiffres": Shape(
        [
            ["Nom", "Prénom", 2025, "Suite"],
            ["LUNE", "Ida", 3, "Permis"],
            ["SABLE", "Rose", 4, "CV"],
        ],
        [
            Expected(
                ["Nom", "Prénom", "2025", "Suite"],
                [(2, ["LUNE", "Ida", 3, "Permis"]), (3, ["SABLE", "Rose", 4, "CV"])],
                1,
            )
        ],
    ),
    "Titres numérotés": Shape(
        [
            ["Nom", "Prénom", 1, 2, 3],
            ["LUNE", "Ida", "x", __, "x"],
            ["SABLE", "Rose", "x", "x", __],
        ],
        [
            Expected(
                ["Nom", "Prénom", "1", "2", "3"],
                [(2, ["LUNE", "Ida", "x", __, "x"]), (3, ["SABLE", "Rose", "x", "x", __])],
                1,
            )
        ],
    ),
    "Indications": Shape(
        [
            ["Nom", "Prénom", "Entrée", "RQTH", "Heures"],
            [__, __, "jj/mm/aaaa", "oui/non", "en heures"],
            ["LUNE", "Ida", D(2025, 1, 6), "oui", 12],
            ["SABLE", "Rose", D(2025, 1, 7), "non", 13.5],
        ],
        [
            Expected(
                ["Nom", "Prénom", "Entrée", "RQTH", "Heures"],
                [
                    (3, ["LUNE", "Ida", D(2025, 1, 6), "oui", 12]),
                    (4, ["SABLE", "Rose", D(2025, 1, 7), "non", 13.5]),
                ],
                1,
                left=[(2, "jj/mm/aaaa | oui/non | en heures")],
            )
        ],
    ),
    "Groupes sans fusion": Shape(
        [
            ["Identité", __, "Parcours", __],
            ["Nom", "Prénom", "Entrée", "Sortie"],
            ["LUNE", "Ida", D(2025, 1, 6), D(2025, 2, 6)],
            ["SABLE", "Rose", D(2025, 1, 7), __],
        ],
        [
            Expected(
                ["Identité Nom", "Identité Prénom", "Parcours Entrée", "Parcours Sortie"],
                [
                    (3, ["LUNE", "Ida", D(2025, 1, 6), D(2025, 2, 6)]),
                    (4, ["SABLE", "Rose", D(2025, 1, 7), __]),
                ],
                2,
            )
        ],
    ),
}  # fmt: skip
