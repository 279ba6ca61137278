"""MIS12 and MIS13: how long an immersion (PMSMP) lasts, and all those with one host.

An immersion is a mission of the Nature of that name: a Stage has a convention of another kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from cedre_xlsx.method.days import add_months
from cedre_xlsx.method.french import counted, listed
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.immersions import (
    Crowd,
    ImmersionLimits,
    Span,
    calendar_days,
    crowded_window,
    days_of,
    limits_on,
)
from cedre_xlsx.method.plausibility import YEARS_OF_A_PROMISE, is_far_off
from cedre_xlsx.method.text import name_key
from cedre_xlsx.method.vocabulary import Nature
from cedre_xlsx.rules.context import Context, PersonLine
from cedre_xlsx.rules.missions import called, mission_fault
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.rules.wording import quoted
from cedre_xlsx.schema.findings import Severity
from cedre_xlsx.schema.missions import MissionRow

#: What ended longer ago can no more be put right.
_MONTHS_SAID = 12
_MOST_LINES = 8  # named one by one


class _Immersion(NamedTuple):
    """A line of Missions that is one, and its days; counted up to the check while it has no end."""

    line: PersonLine[MissionRow]
    span: Span


@rule("MIS12", "Immersion trop longue", Severity.WARNING, "fiche n°18")
def immersion_too_long(context: Context) -> Iterator[Fault]:
    """Quoi : une Immersion (PMSMP) de plus de 31 jours du calendrier, début et fin compris ; sans
    Fin, elle est comptée jusqu'au jour du contrôle. Dit d'une personne qui n'est pas sortie, tant
    que l'immersion n'est pas finie depuis douze mois.

    Pourquoi : une convention de PMSMP dure un mois au plus, de date à date, que la présence soit
    continue ou non (Code du travail, D. 5135-1 et suivants ; numéro d'article à confirmer).

    Exemple qui échoue : une Immersion du 01/04/2026 au 15/05/2026.

    Exemple qui passe : du 01/04/2026 au 01/05/2026 ; un Stage ou une MAD de trois mois.

    Comment corriger : dater la fin, corriger les dates, ou noter le renouvellement sur une autre
    ligne : c'est une autre convention.
    """
    for one in _immersions(context):
        row, limits = one.line.row, limits_on(one.span.first)
        days = calendar_days(*one.span)
        if limits is None or days <= limits.convention_days or not _is_said(one, context.on):
            continue
        until = "" if row.end else ", sans fin et comptée jusqu'à ce jour"
        yield mission_fault(
            context,
            one.line,
            "end",
            f"{called(row)} est une immersion de {days} jours du calendrier{until} : une "
            f"convention en a {limits.convention_days} au plus.",
            "Datez la fin, ou corrigez les dates ; un renouvellement est une autre convention, sur "
            "une autre ligne.",
        )


@rule("MIS13", "Immersions trop longues chez un même hôte", Severity.WARNING, "fiche n°18")
def too_long_with_one_host(context: Context) -> Iterator[Fault]:
    """Quoi : les Immersions (PMSMP) d'une personne chez un même Donneur d'ordre font plus de 60
    jours sur douze mois. Chaque jour du calendrier compte une fois, début et fin compris ; sans
    Fin, jusqu'au jour du contrôle. Dit une fois, sur la dernière qui dépasse.

    Pourquoi : toutes conventions comprises, une personne passe au plus deux mois sur douze chez un
    même hôte (Code du travail, D. 5135-1 et suivants ; à confirmer).

    Exemple qui échoue : 31 jours en mars, puis 31 en juin, chez « Garage Morel ».

    Exemple qui passe : les mêmes, l'une en mars 2025 et l'autre en juin 2026.

    Comment corriger : chercher un autre hôte, ou vérifier les dates ; si les jours de présence sont
    moins nombreux, justifier le constat dans Contrôle.
    """
    by_host: defaultdict[tuple[str, str], list[_Immersion]] = defaultdict(list)
    for one in _immersions(context):
        host = name_key(one.line.row.client)
        if host:
            by_host[one.line.name, host].append(one)
    for mine in by_host.values():
        yield from _last_over(context, mine)


def _immersions(context: Context) -> Iterator[_Immersion]:
    """The immersions of people who have not left, whose dates can be meant."""
    for line in context.missions:
        row = line.row
        if row.nature is not Nature.IMMERSION or line.person is None or context.is_gone(line):
            continue
        if row.start is None or "end" in row.unreadable or is_far_off(row.start, context.on):
            continue
        last = row.end or context.on
        if row.start <= last and not is_far_off(last, context.on, YEARS_OF_A_PROMISE):
            yield _Immersion(line, Span(row.start, last))


def _is_said(one: _Immersion, on: date) -> bool:
    return one.span.last > add_months(on, -_MONTHS_SAID)


def _last_over(context: Context, mine: list[_Immersion]) -> Iterator[Fault]:
    """The fault on the last immersion with a host that goes over the limit."""
    days = days_of(one.span for one in mine)
    for one in sorted(mine, key=lambda one: (one.span.first, one.line.row.row), reverse=True):
        limits = limits_on(one.span.first)
        if limits is None or not _is_said(one, context.on):
            continue
        crowd = crowded_window(days, one.span, limits.host_months)
        if crowd.days > limits.host_days:
            rows = sorted(
                other.line.row.row
                for other in mine
                if other.span.first <= crowd.last and other.span.last >= crowd.first
            )
            yield _over(context, one, crowd, rows, limits)
            return


def _over(
    context: Context, one: _Immersion, crowd: Crowd, rows: list[int], limits: ImmersionLimits
) -> Fault:
    lines = [str(row) for row in rows[:_MOST_LINES]]
    if len(rows) > _MOST_LINES:
        lines.append(counted(len(rows) - _MOST_LINES, "autre"))
    where = f"ligne {lines[0]}" if len(lines) == 1 else f"lignes {listed(lines)}"
    until = "" if one.line.row.end else ", la dernière jusqu'à ce jour"
    return mission_fault(
        context,
        one.line,
        "client",
        f"{crowd.days} jours d'immersion chez {quoted(one.line.row.client)} du "
        f"{french_day(crowd.first)} au {french_day(crowd.last)} ({where}), comptés en jours du "
        f"calendrier{until} : {limits.host_days} au plus en {limits.host_months} mois chez un même "
        "hôte.",
        "Cherchez un autre hôte, ou vérifiez les dates ; si les jours de présence sont moins "
        "nombreux, justifiez le constat dans Contrôle.",
    )
