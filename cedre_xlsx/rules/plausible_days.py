"""What happens before anyone came, or is told before it happened; deadlines ten times too long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cedre_xlsx.method.days import add_months
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.plausibility import is_far_off, likely_year
from cedre_xlsx.method.values import Deadline
from cedre_xlsx.method.vocabulary import EngagementForm, Status
from cedre_xlsx.rules.context import Context
from cedre_xlsx.rules.engagements import called, engagement_fault
from cedre_xlsx.rules.follow_up import action_fault, action_words
from cedre_xlsx.rules.missions import called as called_mission
from cedre_xlsx.rules.missions import mission_fault
from cedre_xlsx.rules.plausible_years import deadline_is_far_off
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.rules.wording import deadline_words, figure
from cedre_xlsx.schema.findings import Severity

#: A first call, or a visit, comes some time before the dates that Personnes has.
_DAYS_BEFORE = 30
_TIMES = 10


def _begins_before(context: Context, name: str, day: date | None) -> date | None:
    """The first day of someone's pathways, where that day comes long before it."""
    first = context.first_days.get(name)
    if first is None or day is None or (first - day).days <= _DAYS_BEFORE:
        return None
    return None if is_far_off(day, context.on) else first


def _dated_before(day: date, first: date, on: date) -> str:
    """The help: the same day in a year of the pathway, where the year is the slip."""
    likely = likely_year(day, first.year, on.year)
    if likely and (first - likely).days <= _DAYS_BEFORE:
        return f"Vouliez-vous dire {french_day(likely)} ? Sinon, corrigez les dates de Personnes."
    return "Corrigez la date, ou celles du parcours dans Personnes."


@rule("SUI18", "Action avant le parcours", Severity.WARNING, "exemple n°4")
def action_before_pathway(context: Context) -> Iterator[Fault]:
    """Quoi : une action est datée de plus de trente jours avant la première date du parcours
    (pré-accueil, entretien d'accueil, inscription).

    Pourquoi : on ne suit personne avant de l'avoir reçu ; une année tapée pour une autre sort
    l'action des comptes de l'année.

    Exemple qui échoue : inscription le 05/01/2026, action du 08/01/2025.

    Exemple qui passe : un appel le 20/12/2025, deux semaines avant ; une personne revenue, dont
    l'action est du premier parcours.

    Comment corriger : corriger la date de l'action, l'année surtout, ou noter le pré-accueil.
    """
    for line in context.actions:
        day = line.row.day
        first = _begins_before(context, line.name, day)
        if day and first:
            yield action_fault(
                context,
                line,
                "dated",
                f"L'action {action_words(line.row)} est du {french_day(day)}, bien avant le "
                f"parcours, qui commence le {french_day(first)}.",
                _dated_before(day, first, context.on),
            )


@rule("SUI19", "Action à venir déjà racontée", Severity.WARNING, "exemple n°4")
def told_in_advance(context: Context) -> Iterator[Fault]:
    """Quoi : une action qui n'est pas (3) Réalisée a une date à venir, et déjà des suites et un
    temps consacré. Pour une action (3), voir SUI08.

    Pourquoi : le temps et les suites se notent après ; c'est la date qui est fausse, l'année ou le
    mois souvent, et l'action compte dans une autre période.

    Exemple qui échoue : au 12/05/2026, Dates 04/06/2026, « A retiré son dossier », 45 min.

    Exemple qui passe : un rendez-vous du 04/06/2026, avec seulement « Apporter le CV » ; la même
    ligne au 04/06/2026.

    Comment corriger : corriger la date.
    """
    for line in context.actions:
        row = line.row
        if row.day is None or row.day <= context.on or row.status in _CLOSED:
            continue
        if row.outcome and row.minutes and not is_far_off(row.day, context.on):
            yield action_fault(
                context,
                line,
                "dated",
                f"L'action {action_words(row)} a des suites et un temps consacré, mais sa date, le "
                f"{french_day(row.day)}, est à venir.",
                "Corrigez la date, ou videz ce qui n'a pas encore eu lieu.",
            )


_CLOSED = (Status.DONE, Status.DROPPED)


def ten_times_too_long(
    deadline: Deadline | None, day: date | None, months: float | None, on: date
) -> date | None:
    """The longest date that a type has, where the deadline is ten times further."""
    if deadline is None or deadline.day is None or day is None or not months:
        return None
    if deadline_is_far_off(deadline, on) or is_far_off(day, on):
        return None
    return add_months(day, months) if deadline.day > add_months(day, _TIMES * months) else None


def _shorter(deadline: date, day: date, longest: date) -> str:
    """The help: the same day in a year that the type has, where only one is there."""
    likely = likely_year(deadline, day.year, longest.year)
    if likely and day <= likely <= longest:
        return f"Vouliez-vous dire {french_day(likely)} ?"
    return "Vérifiez l'année de l'échéance."


@rule("SUI20", "Échéance dix fois trop longue", Severity.WARNING, "fiche n°15")
def action_ten_times(context: Context) -> Iterator[Fault]:
    """Quoi : l'échéance d'une action est dix fois plus loin que celle du type d'engagement de sa
    ligne (courte, 3 mois ; moyenne, 24 mois ; réglables dans Paramètres).

    Pourquoi : une année de trop, et l'action ne sera jamais vue en retard.

    Exemple qui échoue : une action CP du 04/05/2026, échéance le 15/01/2029.

    Exemple qui passe : la même, échéance en 2027 ; une action TEMPLUS, sans limite.

    Comment corriger : retaper l'année de l'échéance.
    """
    for line in context.actions:
        row = line.row
        kind = context.settings.type_of(row.engagement)
        months = kind.max_months if kind else None
        longest = ten_times_too_long(row.deadline, row.day, months, context.on)
        if longest and kind and months and row.deadline and row.due and row.day:
            yield action_fault(
                context,
                line,
                "deadline",
                f"L'échéance de l'action {action_words(row)} ({deadline_words(row.deadline)}) est "
                f"plus de dix fois trop loin pour {kind.name} : {figure(months)} mois au plus.",
                _shorter(row.due, row.day, longest),
            )


@rule("ENG21", "Engagement avant le parcours", Severity.WARNING, "fiche n°19")
def engagement_before_pathway(context: Context) -> Iterator[Fault]:
    """Quoi : un engagement est daté de plus de trente jours avant la première date du parcours
    (pré-accueil, entretien d'accueil, inscription).

    Pourquoi : on ne s'engage pas avec qui l'on n'a pas reçu ; une fausse année change les
    engagements comptés.

    Exemple qui échoue : inscription le 05/01/2026, engagement du 01/04/2025.

    Exemple qui passe : engagement pris à l'entretien d'accueil, avant l'inscription.

    Comment corriger : corriger la date de l'engagement, l'année surtout, ou celles de Personnes.
    """
    for line in context.engagements:
        day = line.row.agreed
        first = _begins_before(context, line.name, day)
        if day and first:
            yield engagement_fault(
                context,
                line,
                "agreed",
                f"L'engagement {called(line.row)} est du {french_day(day)}, bien avant le "
                f"parcours, qui commence le {french_day(first)}.",
                _dated_before(day, first, context.on),
            )


@rule("ENG22", "Bilan ou signature à venir", Severity.ERROR, "fiche n°19")
def engagement_told_in_advance(context: Context) -> Iterator[Fault]:
    """Quoi : le bilan d'un engagement est réalisé à une date à venir, ou sa convention est déjà
    signée à une date à venir.

    Pourquoi : ce qui est fait a une date passée ; avec une fausse date, le bilan ou la signature
    comptent dans une autre année.

    Exemple qui échoue : au 12/05/2026, Évaluation réalisée le 15/06/2026.

    Exemple qui passe : Date d'évaluation prévue le 15/06/2026 ; une convention à signer le
    20/05/2026, Forme Oral ou vide.

    Comment corriger : corriger la date ; un bilan à venir se note dans Date d'évaluation prévue.
    """
    for line in context.engagements:
        row = line.row
        for column, day, said in (
            ("reviewed", row.reviewed, "Le bilan"),
            ("agreed", row.agreed if row.form is EngagementForm.SIGNED else None, "La signature"),
        ):
            if day is None or day <= context.on or is_far_off(day, context.on):
                continue
            yield engagement_fault(
                context,
                line,
                column,
                f"{said} de {called(row)} est à une date à venir, le {french_day(day)}.",
                "Corrigez la date ; ce qui est prévu se note dans Date d'évaluation prévue."
                if column == "reviewed"
                else "Corrigez la date, ou la forme si elle n'est pas encore signée.",
                column,
            )


@rule("ENG23", "Échéance dix fois trop longue (Engagements)", Severity.WARNING, "fiche n°15")
def engagement_ten_times(context: Context) -> Iterator[Fault]:
    """Quoi : l'échéance d'un engagement est dix fois plus loin que celle de son type (courte,
    3 mois ; moyenne, 24 mois ; réglables). Pour une échéance un peu trop longue, voir ENG06.

    Pourquoi : c'est une année mal tapée plutôt qu'un choix, et le bilan ne sera jamais en retard.

    Exemple qui échoue : coup de pouce pris le 15/01/2026, échéance le 15/10/2028.

    Exemple qui passe : le même, échéance le 15/04/2026 ; un TEMPLUS, sans limite.

    Comment corriger : retaper l'année de l'échéance, d'après la convention.
    """
    for line in context.engagements:
        row = line.row
        kind = context.settings.type_of(row.type)
        months = kind.max_months if kind else None
        longest = ten_times_too_long(row.deadline, row.agreed, months, context.on)
        if longest and kind and months and row.deadline and row.due and row.agreed:
            yield engagement_fault(
                context,
                line,
                "deadline",
                f"L'échéance de {called(row)} ({deadline_words(row.deadline)}) est plus de dix "
                f"fois trop loin pour {kind.name} : {figure(months)} mois au plus.",
                _shorter(row.due, row.agreed, longest),
            )


@rule("MIS08", "Bilan d'une mission à venir", Severity.WARNING, "exemple n°4")
def mission_told_in_advance(context: Context) -> Iterator[Fault]:
    """Quoi : une mission commence à une date à venir, et son bilan est déjà noté.

    Pourquoi : le bilan se fait après ; la date est fausse, et les heures de la mission comptent
    dans un autre mois ou une autre année.

    Exemple qui échoue : au 12/05/2026, Début 20/06/2026, « Très satisfait ».

    Exemple qui passe : une mission convenue pour le 20/06/2026, sans bilan.

    Comment corriger : corriger la date de début, l'année surtout.
    """
    for line in context.missions:
        row = line.row
        if row.start is None or row.start <= context.on or is_far_off(row.start, context.on):
            continue
        column = "client_review" if row.client_review else "person_review"
        if row.client_review or row.person_review:
            yield mission_fault(
                context,
                line,
                "start",
                f"{called_mission(row)} est à venir, et son bilan est déjà noté "
                f"({context.records.missions.spec.columns[column].header}).",
                "Corrigez la date de début, l'année surtout.",
            )
