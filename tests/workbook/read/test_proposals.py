"""What is said of a cell that is not surely understood: why, and the reading that is proposed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cedre_xlsx.schema.tables import FOLLOW_UP, MISSIONS
from tests.support import read_rows

ON = date(2026, 10, 20)
ROW = date(2026, 10, 5)
DUE = "Échéance / délai"

#: A column, what is typed, a part of the message, a part of the advice.
SAID: list[tuple[str, object, str, str]] = [
    (DUE, "15/1O/2026", "« 15/1O/2026 » semble mal tapée.", "Vouliez-vous dire 15/10/2026 ?"),
    (DUE, "15/11/2026 reporté au 1O/12/2026", "« 1O/12/2026 »", "Vouliez-vous dire 10/12/2026 ?"),
    (DUE, "15/11/2026 20", "contient « 20 », dont le rôle n'est pas clair", "15/11/2026"),
    (DUE, "lundi 6/10", "se contredit", "06/10/2026"),
    (DUE, "à partir du 15/11", "ce n'est pas une échéance", ""),
    (DUE, "S1 2027", "ne donne pas de date", "30/06/2027"),
    (DUE, "15/11 ou 20/11", "donne plusieurs jours", "20/11/2026"),
    (DUE, "15/11 ?", "n'est pas sûr", "15/11/2026"),
    (DUE, "15/11 si permis obtenu", "dépend d'autre chose", "15/11/2026"),
    (DUE, "15/11/2026 reporté", "repoussée, sans nouvelle date", "15/11/2026"),
    ("Dates", "14/O9/2026", "semble mal tapé", "Vouliez-vous dire 14/09/2026 ?"),
    (DUE, "30/09", "peu avant la date de la ligne", "Vouliez-vous dire 30/09/2026 ou 30/09/2027 ?"),
    (DUE, "mi-septembre", "peu avant", "15/09/2026 ou 15/09/2027"),
    (DUE, "au moins 3 mois", "donne un minimum", "05/01/2027"),
    (DUE, "bail de 3 mois", "combien de temps dure quelque chose", "05/01/2027"),
    (DUE, "15/1é/2026", "semble mal tapée", "Vouliez-vous dire 15/12/2026 ?"),
    (DUE, "2 mois 15 jours", "donne plusieurs jours", "20/12/2026"),
    (DUE, "fin octobre 20 26", "« 20 26 »", "31/10/2026"),
    ("Dates", "20/11 tel", "n'a pas d'année", "20/11/2025"),
    ("Dates", "5/10 tel", "n'a pas d'année", "Ajoutez l'année : 05/10/2026."),
    ("Dates", "mardi 14/09", "se contredit", "14/09/2026"),
    ("Dates", "14/09/1026", "vraisemblable", "14/09/2026"),
    ("Temps consacré", 2, "heures ou minutes ?", "Vouliez-vous dire 2 h ?"),
    ("Temps consacré", "1", "heures ou minutes ?", "Vouliez-vous dire 1 h ?"),
    ("Temps consacré", 1.5, "heures ou minutes ?", "Vouliez-vous dire 1h30 ?"),
    ("Temps consacré", "1,5", "n'est pas compris", "Vouliez-vous dire 1h30 ?"),
    ("Temps consacré", "3O min", "n'est pas compris", "Vouliez-vous dire 30 min ?"),
    ("Temps consacré", 5000, "plus d'une journée", ""),
    ("Heures", "environ 35 h/sem", "ne sont pas comprises", "Vouliez-vous dire 35 h/sem ?"),
    ("Heures", "mi-temps", "ne sont pas comprises", "Vouliez-vous dire 17,5 h/sem ?"),
    ("Heures", "151h67", "ne sont pas comprises", "Vouliez-vous dire 151,67 ?"),
    ("Heures par semaine", "mi-temps", "ne sont pas comprises", "Vouliez-vous dire 17,5 ?"),
    ("Heures par semaine", "environ 20h/mois", "pas comprises", "Vouliez-vous dire 20 h/mois ?"),
    ("Heures par semaine", "env. 80 h au total", "pas comprises", "dire 80 h au total ?"),
    ("Heures", "20 à 25 h/sem", "ne sont pas comprises", "Tapez un nombre d'heures"),
]  # fmt: skip


def read(header: str, typed: object, **line: Any) -> Any:
    table = MISSIONS if header.startswith("Heures") else FOLLOW_UP
    base = {"Personne": "Durand", header: typed, **line}
    if header == DUE:
        base["Dates"] = ROW
    return read_rows(ON, tPersonnes=[{"Nom": "Durand"}], **{table.table: [base]})


@pytest.mark.parametrize(("header", "typed", "why", "advice"), SAID)
def test_why_and_what_is_proposed(header: str, typed: object, why: str, advice: str) -> None:
    (problem,) = read(header, typed).problems
    assert why in problem.message
    assert advice in problem.help
    assert "« »" not in problem.message + problem.help


@pytest.mark.parametrize("typed", ["fait", "Fait le 12/10", "ok", "terminé", "annulé", "RAS"])
def test_a_line_may_say_as_its_deadline_that_it_is_done(typed: str) -> None:
    reading = read(DUE, typed)  # whether its status says so too is for a rule
    line = reading.records.follow_ups.rows[0]
    assert (line.deadline.text, line.due, reading.problems) == (typed, None, ())


@pytest.mark.parametrize("typed", ["néant", "sans échéance", "aucun délai"])
def test_nothing_is_nothing_to_say(typed: str) -> None:
    reading = read(DUE, typed)
    assert (reading.problems, reading.records.follow_ups.rows[0].deadline) == ((), None)
