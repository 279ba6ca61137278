"""The week of an advisor: what she hands over, what she types in Excel, where she clicks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from cedre_xlsx.schema.tables import HEADER_ROW
from tests.hands import address, grid, typed
from tests.reports.agenda_support import decide, items

#: The table that she has already, and whom she meets this week.
PEOPLE = """Nom;Prénom;Civilité;Accompagnateur;Date d'inscription
Delorme;Inès;Mme;Nadia Ferrand;01/09/2026
Martel;Paul;M.;Nadia Ferrand;08/09/2026
Roseau;Adélaïde;Mme;Nadia Ferrand;15/09/2026
Tilleul;Gaspard;M.;Nadia Ferrand;22/09/2026
"""
ADVISOR, MET = "Nadia Ferrand", "Delorme Inès"
REFERENCE = "CP-2026-001"
OBJECT = "Refaire le CV et le déposer"
DECISION = "Prendre rendez-vous à la mission locale"


def lines_of_the_week(today: date) -> Mapping[str, Mapping[str, object]]:
    """What she types in Suivi and in Engagements: an action that is late, a convention to sign."""
    began, late = today - timedelta(days=40), today - timedelta(days=10)
    return {
        "Suivi": {
            "Personne": MET,
            "Dates": f"{began:%d/%m/%Y} Entretien individuel",
            "Actions proposées par l'AI / ETTI": "Refaire le CV",
            "Objectifs poursuivis": "Répondre aux offres proches",
            "Engagement": "CP",
            "Échéance / délai": f"{late:%d/%m/%Y}",
            "Statut": "(2) En cours",
            "Temps consacré": "45 min",
        },
        "Engagements": {
            "Réf. engagement": REFERENCE,
            "Personne": MET,
            "Date": serial(today),
            "Accompagnateur": ADVISOR,
            "Engagement": "CP",
            "Besoins et projets exprimés": "Un CV à jour",
            "Objet de la contractualisation": OBJECT,
            "Moyens mobilisés par la structure": "Un atelier CV, deux heures",
            "Moyens mobilisés par la personne": "Apporter ses certificats de travail",
            "Échéance": serial(today + timedelta(days=30)),
            "Date d'évaluation prévue": serial(today + timedelta(days=31)),
            "Forme": "Écrit",
        },
    }


def serial(day: date) -> int:
    """A date as Excel keeps it."""
    return (day - date(1899, 12, 30)).days


def type_in_excel(path: Path, today: date) -> None:
    """The lines of the week, typed below those that are there, saved."""
    data = path.read_bytes()
    for sheet, line in lines_of_the_week(today).items():
        data = typed(data, sheet, _cells(data, sheet, line))
    path.write_bytes(data)


def decide_in_excel(path: Path) -> None:
    """What the team decides on the first point of the agenda, typed there, saved."""
    data = path.read_bytes()
    row = next(iter(items(data).values()))
    path.write_bytes(decide(data, row, DECISION, ADVISOR, "sous 15 jours"))


def poured(path: Path) -> list[str]:
    """The actions that stand in Suivi."""
    headings, *lines = grid(path.read_bytes(), "Suivi")[HEADER_ROW - 1 :]
    place = [str(one) for one in headings].index("Actions proposées par l'AI / ETTI")
    return [str(line[place]) for line in lines if line[place]]


def _cells(data: bytes, sheet: str, line: Mapping[str, object]) -> dict[str, object]:
    rows = grid(data, sheet)
    headings = [str(one) for one in rows[HEADER_ROW - 1]]
    who = headings.index("Personne")
    filled = [n for n, row in enumerate(rows) if n >= HEADER_ROW and row[who]]
    row = max(filled, default=HEADER_ROW - 1) + 1
    return {address(row, headings.index(heading)): value for heading, value in line.items()}
