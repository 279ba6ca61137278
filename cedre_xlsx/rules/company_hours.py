"""MIS10 and MIS11: the ceiling on hours in companies, for an AI whose missions say for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from cedre_xlsx.method.ceiling import ceiling_window
from cedre_xlsx.method.hours import hours_between
from cedre_xlsx.method.vocabulary import ClientKind, StructureKind
from cedre_xlsx.rules.context import Context, PersonLine
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.rules.wording import figure
from cedre_xlsx.schema.findings import Severity
from cedre_xlsx.schema.missions import MissionRow

_HELP = (
    "Cherchez la suite avec la personne : un client particulier, une association, une "
    "collectivité, ou l'embauche ; vérifiez aussi les heures et Type de client de ses missions."
)


class _Total(NamedTuple):
    """The hours in companies of one person, and the latest mission that makes them."""

    line: PersonLine[MissionRow]
    hours: float


@rule("MIS10", "Plafond d'heures en entreprise bientôt atteint", Severity.INFO, "fiche n°16")
def near_ceiling(context: Context) -> Iterator[Fault]:
    """Quoi : dans une AI, les heures de mission en entreprise d'une personne de la file active, sur
    les 24 mois qui finissent à la date du compte, atteignent l'annonce de Paramètres (400) sans
    dépasser le plafond (480).

    Pourquoi : une personne mise à disposition par une AI ne peut pas travailler plus de 480 heures
    en entreprise sur 24 mois (Code du travail, R. 5132-18) ; la suite se prépare avant.

    Exemple qui échoue : 410 heures chez deux entreprises depuis un an.

    Exemple qui passe : 399 heures en entreprise ; 600 heures chez des particuliers, des
    associations ou des collectivités ; un classeur sans la colonne Type de client.

    Comment corriger : préparer la suite avec la personne, et vérifier les heures et le type de
    client de ses missions.
    """
    most, soon = context.settings.company_hours, context.settings.company_hours_soon
    for total in _totals(context):
        if soon <= total.hours <= most:
            yield _fault(
                context,
                total,
                f"{_hours(total.hours)} heures en entreprise sur 24 mois : le plafond est de "
                f"{figure(most)}.",
            )


@rule("MIS11", "Plafond d'heures en entreprise dépassé", Severity.WARNING, "fiche n°16")
def past_ceiling(context: Context) -> Iterator[Fault]:
    """Quoi : dans une AI, les heures de mission en entreprise d'une personne de la file active, sur
    les 24 mois qui finissent à la date du compte, dépassent le plafond de Paramètres (480).

    Pourquoi : une AI ne peut pas mettre quelqu'un à disposition d'entreprises plus de 480 heures
    sur 24 mois (Code du travail, R. 5132-18), sauf dérogation.

    Exemple qui échoue : 35 heures par semaine chez une entreprise depuis quatre mois.

    Exemple qui passe : 480 heures exactement ; des heures en entreprise d'il y a plus de 24 mois.

    Comment corriger : arrêter ou changer la mission ; vérifier les heures et le type de client ;
    avec une dérogation, changer le plafond dans Paramètres ou justifier le constat dans Contrôle.
    """
    most = context.settings.company_hours
    for total in _totals(context):
        if total.hours > most:
            yield _fault(
                context,
                total,
                f"{_hours(total.hours)} heures en entreprise sur 24 mois, pour un plafond de "
                f"{figure(most)}.",
            )


def _hours(hours: float) -> str:
    return figure(round(hours, 1))


def _fault(context: Context, total: _Total, message: str) -> Fault:
    """Known by its person alone: the next mission is not another fault."""
    place = context.records.missions.place(total.line.row, "client_kind")
    return Fault(place, message, _HELP, total.line.name)


def _totals(context: Context) -> Iterator[_Total]:
    """Everyone of the active file with hours in companies, where missions say for whom they are."""
    table = context.records.missions
    if context.settings.kind is not StructureKind.AI or "client_kind" not in table.columns:
        return
    first, last = ceiling_window(context.on)
    by_person: defaultdict[str, list[PersonLine[MissionRow]]] = defaultdict(list)
    for line in context.missions:
        row = line.row
        if row.client_kind is not ClientKind.COMPANY or not row.salaried or line.person is None:
            continue
        if row.start is None or row.start > last or "end" in row.unreadable:
            continue
        if line.person.pathway_on(context.on) is not None:
            by_person[line.name].append(line)
    for lines in by_person.values():
        hours = sum(
            hours_between(r.start, r.end, r.work, first, last, context.on)
            for r in (line.row for line in lines)
        )
        latest = max(lines, key=lambda line: (line.row.start or first, -line.row.row))
        yield _Total(latest, round(hours, 6))
