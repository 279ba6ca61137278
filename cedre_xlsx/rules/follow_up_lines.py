"""SUI, what a line of Suivi says of itself: time, objective, engagement, status."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from cedre_xlsx.method.french import counted, listed
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.nearest import nearest
from cedre_xlsx.method.references import reference_key
from cedre_xlsx.method.text import fold
from cedre_xlsx.method.vocabulary import Status
from cedre_xlsx.rules.context import Context, PersonLine
from cedre_xlsx.rules.follow_up import action_fault, action_words
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.rules.wording import quoted
from cedre_xlsx.schema.findings import Severity
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.records import Person

#: Who an engagement is of, while its name is unknown: that is found on the engagement.
_NOBODY = ""
#: With more unknown references than this, a guess for each would only cost time.
_MOST_GUESSES = 200
#: What is done with one person at a time, however alike the lines look.
INDIVIDUAL = re.compile(r"\b(individuel|entretien|rdv|rendez-vous|tel|telephone|appel|mail|sms)")
COLLECTIVE = re.compile(r"\b(collecti|atelier|groupe|reunion)")


@rule("SUI09", "Temps non noté", Severity.INFO, "exemple n°4")
def no_time(context: Context) -> Iterator[Fault]:
    """Quoi : une action (3) Réalisée, ou sans Statut mais qui a des suites et plus d'échéance à
    venir, n'a pas de Temps consacré.

    Pourquoi : le temps noté rend visible le travail d'accompagnement ; le rapport d'activité en
    donne le total.

    Exemple qui échoue : Statut (3) Réalisée, Temps consacré vide.

    Exemple qui passe : « 45 min » ; une action encore en cours ; un atelier marqué Collectif, dont
    le temps est noté sur une autre de ses lignes ; un papier remis (--note).

    Comment corriger : noter le temps, même arrondi : 15 min, 1h30.
    """
    if "minutes" not in context.records.follow_ups.columns:
        return
    timed = {
        (line.row.day, fold(line.row.action))
        for line in context.actions
        if line.row.collective and line.row.minutes is not None
    }
    for line in context.actions:
        row = line.row
        if row.minutes is not None or not row.lacks("minutes") or context.is_gone(line):
            continue
        if row.is_open(context.on) or row.status is Status.DROPPED or "status" in row.unreadable:
            continue
        if row.day is None or row.day > context.on:
            continue
        if row.is_hand_over or (row.collective and (row.day, fold(row.action)) in timed):
            continue
        yield action_fault(
            context,
            line,
            "minutes",
            f"Le temps de l'action {action_words(row)} n'est pas noté.",
            "Notez le temps consacré, même arrondi : 15 min, 1h30.",
        )


@rule("SUI10", "Temps invraisemblable", Severity.WARNING, "exemple n°4")
def implausible_time(context: Context) -> Iterator[Fault]:
    """Quoi : le temps d'une action dépasse celui de Paramètres (480 minutes), ou il est négatif.

    Pourquoi : une virgule ou une unité de trop fausse le temps d'accompagnement de l'année.

    Exemple qui échoue : « 45 h », pour 45 min.

    Exemple qui passe : « 7h30 », une journée d'atelier.

    Comment corriger : noter le temps en minutes, ou en heures : 45 min, 1h30.
    """
    most = context.settings.max_minutes
    for line in context.actions:
        minutes = line.row.minutes
        if minutes is not None and not 0 <= minutes <= most:
            yield action_fault(
                context,
                line,
                "minutes",
                f"{minutes} minutes pour l'action {action_words(line.row)} : "
                f"le temps vraisemblable va de 0 à {most} minutes.",
                "Vérifiez l'unité : 45 min, 1h30, ou un nombre de minutes.",
            )


@rule("SUI11", "Objectif non noté", Severity.INFO, "fiche n°18, exemple n°4")
def no_objective(context: Context) -> Iterator[Fault]:
    """Quoi : une action n'a pas d'objectif poursuivi.

    Pourquoi : les objectifs et les actes clairement nommés engagent ; l'objectif dit pourquoi
    cette action, et permet d'en faire le bilan.

    Exemple qui échoue : « Proposition MAD jardinage », Objectifs poursuivis vide.

    Exemple qui passe : le même, « Urgence financière, apporter une source de revenu » ; une action
    Sans suite.

    Comment corriger : reprendre l'objectif de l'engagement, ou une étape vers lui.
    """
    if "objective" not in context.records.follow_ups.columns:
        return
    for line in context.actions:
        row = line.row
        if row.objective or not row.lacks("objective") or row.status is Status.DROPPED:
            continue
        if not context.is_gone(line) and not row.is_hand_over:
            yield action_fault(
                context,
                line,
                "objective",
                f"L'action {action_words(row)} n'a pas d'objectif.",
                "Notez pourquoi cette action est menée, avec les mots de l'engagement.",
            )


@rule("SUI13", "Code sans engagement ouvert", Severity.INFO, "fiche n°17")
def code_without_engagement(context: Context) -> Iterator[Fault]:
    """Quoi : une ligne porte le code d'un type d'engagement, et la personne n'a pas d'engagement
    de ce type ouvert à cette date. Dit une fois par personne.

    Pourquoi : même oral, un engagement laisse une trace : la succession des engagements d'une
    personne se lit dans la feuille Engagements.

    Exemple qui échoue : une action du 20/04/2026 codée CP, aucun engagement CP.

    Exemple qui passe : la même, avec un engagement CP pris le 18/04/2026 et pas encore évalué.

    Comment corriger : ajouter l'engagement, avec la forme Oral s'il n'est pas écrit, ou corriger le
    code de la ligne.
    """
    if not context.records.engagements.found:
        return
    seen: set[str] = set()
    for line in context.actions:
        row = line.row
        if not row.engagement or row.day is None or line.person is None or line.name in seen:
            continue
        if context.is_gone(line) or _has_open(line.person, row.engagement, row.day):
            continue
        seen.add(line.name)
        place = context.records.follow_ups.place(row, "engagement")
        yield Fault(
            place,
            f"Code {row.engagement} le {french_day(row.day)}, mais aucun engagement "
            f"{row.engagement} de {quoted(line.name)} n'est ouvert à cette date.",
            "Ajoutez l'engagement à la feuille Engagements (forme Oral s'il n'est pas écrit), "
            "ou corrigez le code.",
            line.name,
        )


def _has_open(person: Person, code: str, day: date) -> bool:
    """Whether an engagement of that type is open that day, as far as its cells are understood."""
    return any(
        row.unreadable & {"agreed", "type", "reviewed"}
        or (
            row.type == code
            and row.agreed is not None
            and row.agreed <= day
            and (row.reviewed is None or day <= row.reviewed)
        )
        for row in person.engagements
    )


@rule("SUI14", "Référence inconnue", Severity.ERROR, "fiche n°19")
def unknown_reference(context: Context) -> Iterator[Fault]:
    """Quoi : la référence d'engagement d'une ligne n'est pas dans Engagements, ou elle est celle
    d'une autre personne.

    Pourquoi : la référence identifie l'engagement et permet de compter ; une référence fausse
    rattache l'action à rien, ou à quelqu'un d'autre.

    Exemple qui échoue : « CP-2026-012 », quand Engagements s'arrête à CP-2026-011.

    Exemple qui passe : « cp-2026-011 » : la casse ne compte pas.

    Comment corriger : choisir la référence dans la liste, qui vient d'Engagements.
    """
    typed_lines = [line for line in context.actions if line.row.reference]
    if not typed_lines or not context.records.engagements.found:
        return
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for engagement in context.engagements:
        if engagement.row.reference:
            owner = engagement.name if engagement.person is not None else _NOBODY
            owners[reference_key(engagement.row.reference)].add(owner)
    guesses = _References()
    for line in typed_lines:
        typed = line.row.reference
        of = owners.get(reference_key(typed))
        if of is None:
            yield action_fault(
                context,
                line,
                "reference",
                f"La référence {quoted(typed)} n'est pas dans la feuille Engagements.",
                guesses.say(typed, line.person),
            )
        elif line.person is not None and line.name not in of and _NOBODY not in of:
            yield action_fault(
                context,
                line,
                "reference",
                f"La référence {quoted(typed)} est celle de "
                f"{listed([quoted(name) for name in sorted(of)])}.",
                "Choisissez une référence de la personne, ou corrigez le nom de la ligne.",
            )


class _References:
    """Says which reference of the person a wrong one probably is: never someone else's."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, str], str] = {}

    def say(self, typed: str, person: Person | None) -> str:
        key = (typed, person.name if person else _NOBODY)
        if key not in self._said:
            full = len(self._said) >= _MOST_GUESSES
            self._said[key] = _guess(typed, None if full else person)
        return self._said[key]


def _guess(typed: str, person: Person | None) -> str:
    own = [row.reference for row in person.engagements if row.reference] if person else []
    likely = nearest(typed, own)
    if likely:
        return f"Vouliez-vous dire {listed(list(likely), 'ou')} ?"
    return "Choisissez-la dans la liste, ou ajoutez l'engagement."


@rule("SUI15", "Statut non noté", Severity.INFO, "exemple n°5")
def no_status(context: Context) -> Iterator[Fault]:
    """Quoi : une action n'a pas de Statut, et quelque chose y est encore attendu : elle n'a pas de
    suites, ou son échéance est à venir.

    Pourquoi : le tableau de synthèse range les actions en (1) à proposer, (2) en cours,
    (3) réalisées. Un Statut vide reste vide : l'action n'a de croix nulle part, et les
    statistiques la comptent en « statut non noté ».

    Exemple qui échoue : « Bilan des MAD », Statut et suites vides.

    Exemple qui passe : le même, (3) Réalisée ; une ligne sans Statut, avec ses suites, comme sur la
    fiche papier.

    Comment corriger : choisir le statut dans la liste.
    """
    if "status" not in context.records.follow_ups.columns:
        return
    for line in context.open_actions:
        row = line.row
        if row.status is None and row.lacks("status") and not context.is_gone(line):
            yield action_fault(
                context,
                line,
                "status",
                f"Statut vide : l'action {action_words(row)} n'est ni à proposer, ni en cours, "
                "ni réalisée.",
                "Choisissez le statut dans la liste.",
            )


@rule("SUI16", "Action de groupe non marquée", Severity.INFO, "exemple n°4")
def group_not_marked(context: Context) -> Iterator[Fault]:
    """Quoi : la même action, du même temps, le même jour, pour plusieurs personnes, sans
    Collectif à OUI. Dit une fois par action.

    Pourquoi : le temps d'une action de groupe compte une seule fois ; sinon, un atelier de deux
    heures pour quatre personnes en compte huit.

    Exemple qui échoue : « Atelier CV », 120 min, le 12/05/2026, pour quatre personnes.

    Exemple qui passe : les mêmes lignes, Collectif à OUI ; « Entretien individuel », 30 min, pour
    trois personnes le même jour.

    Comment corriger : mettre OUI dans Collectif sur chaque ligne, ou NON si ce n'en est pas une.
    """
    for lines in _alike(context):
        first = lines[0].row
        people = {line.name for line in lines}
        unmarked = [line for line in lines if line.row.lacks("collective")]
        if len(people) < 2 or not unmarked or is_individual(first.action) or first.day is None:
            continue
        yield action_fault(
            context,
            unmarked[0],
            "collective",
            f"{quoted(first.action)}, {first.minutes} min, le {french_day(first.day)}, pour "
            f"{counted(len(people), 'personne')} : le temps est compté autant de fois.",
            "Mettez OUI dans Collectif sur chaque ligne si c'est une action de groupe, NON sinon.",
        )


def _alike(context: Context) -> Iterable[list[PersonLine[FollowUpRow]]]:
    """The lines of the same day, action and time, where there are several."""
    first: dict[object, PersonLine[FollowUpRow]] = {}
    shared: dict[object, list[PersonLine[FollowUpRow]]] = {}
    for line in context.actions:
        row = line.row
        if row.minutes and row.action and (day := row.day) is not None:
            key = (day, row.minutes, row.action.casefold().strip())
            other = first.setdefault(key, line)
            if other is not line:
                shared.setdefault(key, [other]).append(line)
    return shared.values()


def is_individual(action: str) -> bool:
    """Whether an action says that it is one person's, and not a group's."""
    plain = fold(action)
    return bool(INDIVIDUAL.search(plain)) and not COLLECTIVE.search(plain)
