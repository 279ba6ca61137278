"""SUI24 to SUI27: whether people came, as Présence and Motif d'absence tell it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.vocabulary import Attendance, Status
from cedre_xlsx.rules.context import Context, PersonLine
from cedre_xlsx.rules.follow_up import action_fault, action_words
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.rules.wording import quoted
from cedre_xlsx.schema.findings import Severity
from cedre_xlsx.schema.follow_up import FollowUpRow

#: From so many days without a word on, one after the other, the team talks about it.
_IN_A_ROW = 2


def _has(context: Context, *fields: str) -> bool:
    """Whether the columns are there: they are of a pack."""
    return all(name in context.records.follow_ups.columns for name in fields)


@rule("SUI24", "Motif sans absence", Severity.INFO, "exemple n°4")
def reason_without_absence(context: Context) -> Iterator[Fault]:
    """Quoi : une ligne a un Motif d'absence, et Présence est vide ou dit que la personne est venue.

    Pourquoi : les présences se comptent par la colonne Présence ; un motif seul n'y compte pas.

    Exemple qui échoue : Motif d'absence « Transport », Présence vide.

    Exemple qui passe : « Absence excusée », « Transport » ; un classeur sans la colonne Présence.

    Comment corriger : choisir l'absence dans Présence, ou vider le motif.
    """
    if not _has(context, "attendance", "absence_reason"):
        return
    for line in context.actions:
        row = line.row
        came = row.attendance is Attendance.THERE
        if row.absence_reason is None or context.is_gone(line):
            continue
        if came or row.lacks("attendance"):
            said = f"dit {quoted(Attendance.THERE.value)}" if came else "est vide"
            yield action_fault(
                context,
                line,
                "attendance",
                f"L'action {action_words(row)} a un motif d'absence, et Présence {said}.",
                "Choisissez l'absence dans Présence, ou videz le motif.",
            )


@rule("SUI25", "Absence excusée sans motif", Severity.INFO, "exemple n°4")
def absence_without_reason(context: Context) -> Iterator[Fault]:
    """Quoi : une absence excusée n'a pas de motif. D'une absence non excusée, rien n'est demandé :
    souvent, personne n'en sait la raison.

    Pourquoi : les motifs disent ce qui empêche de venir, le transport ou la garde d'un enfant ; ce
    sont des freins sur lesquels agir.

    Exemple qui échoue : « Absence excusée », Motif d'absence vide.

    Exemple qui passe : « Absence excusée », « Garde d'enfant » ; « Absence non excusée » ; un
    classeur sans la colonne Motif d'absence.

    Comment corriger : choisir le motif dans la liste, sans détail : « Autre » s'il n'y est pas.
    """
    if not _has(context, "attendance", "absence_reason"):
        return
    for line in context.actions:
        row = line.row
        if row.attendance is not Attendance.EXCUSED or context.is_gone(line):
            continue
        if row.lacks("absence_reason"):
            yield action_fault(
                context,
                line,
                "absence_reason",
                f"L'absence excusée à l'action {action_words(row)} n'a pas de motif.",
                "Choisissez-le dans la liste, sans détail : « Autre » s'il n'y est pas.",
            )


@rule("SUI26", "Action réalisée sans la personne", Severity.INFO, "exemple n°4")
def done_without_the_person(context: Context) -> Iterator[Fault]:
    """Quoi : une action individuelle est (3) Réalisée, son temps est compté, et Présence dit que la
    personne n'est pas venue.

    Pourquoi : le rapport d'activité compterait un entretien, et son temps, qui n'ont pas eu lieu.

    Exemple qui échoue : « Entretien individuel », (3) Réalisée, 45 min, « Absence excusée ».

    Exemple qui passe : le même, Sans suite ; un atelier marqué Collectif, qui s'est tenu sans elle.

    Comment corriger : choisir Sans suite et garder le temps passé, ou corriger Présence ; le
    nouveau rendez-vous est une autre ligne.
    """
    if not _has(context, "attendance"):
        return
    for line in context.actions:
        row = line.row
        if row.attendance is None or not row.attendance.is_absence or context.is_gone(line):
            continue
        if row.status is Status.DONE and row.minutes and not row.collective:
            yield action_fault(
                context,
                line,
                "attendance",
                f"L'action {action_words(row)} est (3) Réalisée, {row.minutes} min, et la "
                "personne n'y est pas venue.",
                "Choisissez Sans suite et gardez le temps passé, ou corrigez Présence.",
            )


@rule("SUI27", "Absences non excusées qui se suivent", Severity.INFO, "fiche n°16")
def absences_in_a_row(context: Context) -> Iterator[Fault]:
    """Quoi : une personne suivie n'est pas venue, sans s'excuser, au moins deux jours de suite
    parmi ceux où Présence est notée. Dit une fois, sur la dernière absence, tant qu'elle n'est pas
    plus ancienne que le réglage « À discuter, à l'ordre du jour » (60 jours).

    Pourquoi : plusieurs rendez-vous manqués annoncent souvent une rupture ; l'équipe en parle :
    c'est un point de Réunion.

    Exemple qui échoue : « Absence non excusée » le 20/04/2026, puis le 04/05/2026.

    Exemple qui passe : une présence ou une absence excusée depuis ; une seule absence.

    Comment corriger : en parler en réunion, et reprendre contact avec la personne.
    """
    if not _has(context, "attendance"):
        return
    noted: defaultdict[str, list[PersonLine[FollowUpRow]]] = defaultdict(list)
    for line in context.actions:
        row = line.row
        if row.attendance is not None and row.day is not None and row.day <= context.on:
            noted[line.name].append(line)
    for followed in context.followed:
        lines = noted.get(followed.person.name, [])
        missed = _last_missed(lines)
        days = {line.row.day for line in missed}
        last = missed[0].row.day if missed else None
        if last is None or len(days) < _IN_A_ROW:
            continue
        if (context.on - last).days <= context.settings.discuss_days:
            yield action_fault(
                context,
                missed[0],
                "attendance",
                f"{len(days)} absences non excusées de suite, la dernière le {french_day(last)}.",
                "Parlez-en en réunion, et reprenez contact avec la personne.",
            )


def _last_missed(lines: list[PersonLine[FollowUpRow]]) -> list[PersonLine[FollowUpRow]]:
    """The latest lines that all say that the person did not come, the last one first."""
    missed: list[PersonLine[FollowUpRow]] = []
    for line in sorted(lines, key=lambda line: (line.row.day or date.min, line.row.row))[::-1]:
        if line.row.attendance is not Attendance.ABSENT:
            break
        missed.append(line)
    return missed
