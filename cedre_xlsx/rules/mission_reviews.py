"""MIS14: what was thought of a mission that is over is not noted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.text import name_key
from cedre_xlsx.rules.context import Context, PersonLine
from cedre_xlsx.rules.missions import called, mission_fault
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.schema.findings import Severity
from cedre_xlsx.schema.missions import MissionRow

_REVIEWS = ("client_review", "person_review")


class _Placement(NamedTuple):
    """The missions of one person with one client that are over: the last of them, its last day."""

    line: PersonLine[MissionRow]
    last: date
    is_reviewed: bool


@rule("MIS14", "Bilan de mission non noté", Severity.INFO, "fiche n°18")
def mission_without_review(context: Context) -> Iterator[Fault]:
    """Quoi : les missions d'une personne suivie chez un donneur d'ordre sont finies depuis plus que
    le délai de Paramètres (10 jours), et aucune n'a de bilan. Dit une fois par personne, du dernier
    donneur d'ordre. Rien si le classeur n'a pas un seul bilan de mission.

    Pourquoi : faire le point, même quand tout va bien, aide la personne à voir ce qu'elle sait
    faire ; ce qu'en dit l'utilisateur prépare la suite.

    Exemple qui échoue : au 12/05/2026, mission finie le 24/04/2026, les deux bilans vides.

    Exemple qui passe : « reçu autrement » ; cinq passages chez un particulier, un seul bilan ; une
    personne en pause.

    Comment corriger : noter ce qu'en disent le donneur d'ordre et la personne ; si le bilan est
    venu par une autre voie, « reçu autrement » suffit.
    """
    columns = [name for name in _REVIEWS if name in context.records.missions.columns]
    if not columns or all(line.row.lacks(*_REVIEWS) for line in context.missions):
        return
    by_person: defaultdict[str, list[PersonLine[MissionRow]]] = defaultdict(list)
    for line in context.missions:
        by_person[line.name].append(line)
    for followed in context.followed:
        over = [
            one
            for one in _placements(by_person.get(followed.person.name, []), followed.registered)
            if (context.on - one.last).days > context.settings.mission_review_days
        ]
        latest = max(over, key=lambda one: (one.last, one.line.row.row), default=None)
        if latest is not None and not latest.is_reviewed:
            yield mission_fault(
                context,
                latest.line,
                columns[0],
                f"{called(latest.line.row)} est finie depuis le {french_day(latest.last)}, et "
                "aucun bilan n'en est noté.",
                "Notez ce qu'en disent le donneur d'ordre et la personne ; si le bilan est venu "
                "par une autre voie, « reçu autrement » suffit.",
            )


def _placements(lines: list[PersonLine[MissionRow]], since: date) -> Iterator[_Placement]:
    """The clients of a pathway whose missions all have an end; those without a client alone."""
    by_client: defaultdict[str, list[PersonLine[MissionRow]]] = defaultdict(list)
    for line in lines:
        row = line.row
        if row.start is not None and (row.end is None or row.end >= since):
            by_client[name_key(row.client) or f"#{row.row}"].append(line)
    for mine in by_client.values():
        ends = [line.row.end for line in mine if line.row.end is not None]
        if len(ends) == len(mine):
            last = max(mine, key=lambda line: (line.row.end or since, line.row.row))
            reviewed = any(not line.row.lacks(*_REVIEWS) for line in mine)
            yield _Placement(last, max(ends), reviewed)
