"""SUI, what an action of Suivi promises: its deadline and its state."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cedre_xlsx.method.days import day_off
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.plausibility import YEARS_OF_A_PROMISE, is_far_off
from cedre_xlsx.method.text import fold, name_key
from cedre_xlsx.method.vocabulary import Status
from cedre_xlsx.rules.context import Context, PersonLine
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.rules.wording import deadline_words, quoted, shows_a_day
from cedre_xlsx.schema.findings import Severity
from cedre_xlsx.schema.follow_up import FollowUpRow

_MOST_MOVES = 2
#: Who comes to a workshop, where nobody is named; as `name_key` has it.
_EVERYBODY = frozenset(
    map(
        name_key,
        ("Tous", "Toutes", "Tous et toutes", "Tout le monde", "Tout le groupe", "Groupe",
         "Le groupe", "Collectif", "Tous les salariés", "Tous les présents", "Les salariés",
         "Ensemble", "Plusieurs"),
    )
)  # fmt: skip
#: The same where the line says that it is a group's: "Tous (12 pers.)", "groupe du mardi".
_GROUP = re.compile(
    r"\b(?:tous|toutes|tout le monde|groupes?|ateliers?|equipes?|collectif|ensemble|plusieurs|"
    r"salaries|participants?|presents|stagiaires)\b"
)


def action_fault(
    context: Context, line: PersonLine[FollowUpRow], column: str, message: str, help_text: str
) -> Fault:
    """A fault on a line of Suivi, known by its date and its action."""
    place = context.records.follow_ups.place(line.row, column)
    return Fault(place, message, help_text, line.name, line.row.key)


def action_words(row: FollowUpRow) -> str:
    """How a message names an action, after "l'action"."""
    return quoted(row.action) if row.action.strip() else "sans texte"


@rule("SUI01", "Personne inconnue (Suivi)", Severity.ERROR, "fiche n°17")
def unknown_person(context: Context) -> Iterator[Fault]:
    """Quoi : le nom d'une ligne de Suivi n'est celui de personne dans Personnes, ou il en désigne
    plusieurs.

    Pourquoi : la trace d'une action se retrouve par la personne ; sous un autre nom, elle est
    perdue pour la fiche, la synthèse et les statistiques.

    Exemple qui échoue : « Lefevbre Karine », quand Personnes a « Lefebvre Karine ».

    Exemple qui passe : « karine LEFEBVRE » ou « Mme Lefebvre Karine » : ni la casse, ni l'ordre, ni
    la civilité ne comptent ; « Tous » ou « Groupe du mardi », pour un atelier dont Collectif est à
    OUI.

    Comment corriger : choisir le nom dans la liste, ou ajouter la personne à Personnes.
    """
    if context.records.people.found:
        for line in context.actions:
            if line.person is not None or "person" in line.row.unreadable:
                continue
            message, help_text = context.guesser.say(line.name)
            if line.row.collective and _GROUP.search(fold(line.name)):
                continue
            if name_key(line.name) in _EVERYBODY:
                help_text = "Pour une action de groupe sans noms, mettez OUI dans Collectif."
            yield action_fault(context, line, "person", message, help_text)


@rule("SUI02", "Action sans échéance", Severity.WARNING, "fiche n°18")
def no_deadline(context: Context) -> Iterator[Fault]:
    """Quoi : une action dont le Statut est (1) ou (2) n'a pas d'échéance.

    Pourquoi : on est plus engagé par une promesse datée, et à court terme ; sans échéance,
    l'action échappe aux retards vus en réunion.

    Exemple qui échoue : Statut (2) En cours, Échéance vide.

    Exemple qui passe : Statut (2) et « Se revoir après la première mission » : une condition est
    une échéance ; Statut vide et Échéance vide.

    Comment corriger : fixer une date, ou une condition, avec la personne.
    """
    for line in context.actions:
        row = line.row
        if row.status not in (Status.TO_PROPOSE, Status.UNDER_WAY) or not row.lacks("deadline"):
            continue
        if not context.is_out_of_sight(line):
            yield action_fault(
                context,
                line,
                "deadline",
                f"L'action {action_words(row)} est {quoted(row.status)} sans échéance.",
                "Fixez une date avec la personne, courte de préférence.",
            )


@rule("SUI03", "Échéance dépassée", Severity.WARNING, "fiche n°16")
def late(context: Context) -> Iterator[Fault]:
    """Quoi : l'échéance d'une action à proposer ou en cours est passée.

    Pourquoi : la réunion d'équipe regarde les actions en retard ; une échéance tenue, ou reportée
    avec la personne, garde son sens à l'engagement.

    Exemple qui échoue : au 10/05/2003, Statut (2) et « Entretien dans 15 jours (02/05/03) ».

    Exemple qui passe : la même échéance au 02/05/2003, le jour même ; Statut (3) ou Sans suite ;
    une personne en pause ou sortie.

    Comment corriger : passer l'action en (3) avec ses suites, en Sans suite, ou reporter
    l'échéance : « 02/05/26 reporté au 16/05/26 ».
    """
    for line in context.open_actions:
        row = line.row
        if row.deadline is None or row.due is None or row.due >= context.on:
            continue
        if context.is_followed(line):
            yield action_fault(
                context,
                line,
                "deadline",
                f"Échéance dépassée : {deadline_words(row.deadline)}, "
                f"pour l'action {action_words(row)}.",
                "Notez les suites et passez l'action en « (3) Réalisée » ou « Sans suite », "
                "ou convenez d'une nouvelle échéance.",
            )


@rule("SUI04", "Échéance souvent reportée", Severity.INFO, "fiche n°18")
def moved_often(context: Context) -> Iterator[Fault]:
    """Quoi : l'échéance d'une action encore ouverte a été reportée plus de deux fois.

    Pourquoi : l'objectif doit rester atteignable ; un report de plus dit souvent qu'il ne l'est
    pas, ou que la priorité de la personne a changé.

    Exemple qui échoue : « 13/02/26, 27/02/26, 13/03/26, 27/03/26 ».

    Exemple qui passe : « 13/02/26 reporté au 27/02/26 puis au 13/03/26 » : deux reports.

    Comment corriger : reparler de l'action avec la personne : la réduire, la changer, l'arrêter.
    """
    for line in context.open_actions:
        deadline = line.row.deadline
        if deadline and deadline.moves > _MOST_MOVES and not context.is_out_of_sight(line):
            yield action_fault(
                context,
                line,
                "deadline",
                f"L'échéance de l'action {action_words(line.row)} a été reportée "
                f"{deadline.moves} fois.",
                "Reprenez l'action avec la personne : est-elle atteignable, et prioritaire ?",
            )


@rule("SUI05", "Échéance proche", Severity.INFO, "fiche n°16")
def due_soon(context: Context) -> Iterator[Fault]:
    """Quoi : l'échéance d'une action ouverte tombe dans les jours qui viennent (14, réglables).

    Pourquoi : préparer l'entretien de bilan et la réunion, avant le retard.

    Exemple qui échoue : au 10/05/2026, Statut (2), échéance le 20/05/2026.

    Exemple qui passe : au 10/05/2026, échéance le 25/05/2026, dans quinze jours.

    Comment corriger : rien ; c'est un rappel.
    """
    soon = context.settings.soon_days
    for line in context.open_actions:
        row = line.row
        if row.deadline is None or row.due is None:
            continue
        if not 0 <= (row.due - context.on).days <= soon:
            continue
        if context.is_followed(line):
            yield action_fault(
                context,
                line,
                "deadline",
                f"Échéance proche : {deadline_words(row.deadline)}, "
                f"pour l'action {action_words(row)}.",
                "Faites le point avec la personne d'ici là.",
            )


@rule("SUI06", "Échéance avant la date", Severity.ERROR, "exemple n°4")
def deadline_before_date(context: Context) -> Iterator[Fault]:
    """Quoi : l'échéance d'une action précède la date de sa ligne.

    Pourquoi : une échéance est à venir quand on la fixe ; l'une des deux dates a été mal tapée.

    Exemple qui échoue : Dates 18/04/2026, Échéance 02/04/2026.

    Exemple qui passe : Dates et Échéance le même jour.

    Comment corriger : reprendre les deux dates, l'année surtout.
    """
    for line in context.actions:
        row = line.row
        if row.deadline is None or row.due is None or row.day is None or row.due >= row.day:
            continue
        if is_far_off(row.day, context.on) or is_far_off(row.due, context.on, YEARS_OF_A_PROMISE):
            continue  # SUI17 says it
        yield action_fault(
            context,
            line,
            "deadline",
            f"L'échéance ({deadline_words(row.deadline)}) précède la date de l'action "
            f"({french_day(row.day)}).",
            "Vérifiez les deux dates : l'une des deux a été mal tapée.",
        )


@rule("SUI07", "Réalisée sans suites", Severity.WARNING, "exemple n°4")
def done_without_outcome(context: Context) -> Iterator[Fault]:
    """Quoi : une action est (3) Réalisée, et Suites données / Décisions prises est vide.

    Pourquoi : l'évaluation des actions est l'un des cinq éléments d'un engagement ; sans elle, on
    ne peut ni mesurer le chemin parcouru ni réajuster.

    Exemple qui échoue : Statut (3) Réalisée, suites vides.

    Exemple qui passe : Statut (3) Réalisée, « Mission satisfaisante, à poursuivre ».

    Comment corriger : noter en quelques mots ce qui a été constaté et décidé.
    """
    for line in context.actions:
        row = line.row
        if row.status is Status.DONE and row.lacks("outcome"):
            yield action_fault(
                context,
                line,
                "outcome",
                f"L'action {action_words(row)} est réalisée, sans suites ni décision notées.",
                "Notez ce qui a été constaté ou décidé, même en quelques mots.",
            )


@rule("SUI08", "Réalisée dans le futur", Severity.ERROR, "exemple n°5")
def done_in_the_future(context: Context) -> Iterator[Fault]:
    """Quoi : une action est (3) Réalisée, et sa date est encore à venir.

    Pourquoi : la colonne (3) montre ce qui est fait ; la date ou le statut est faux.

    Exemple qui échoue : au 10/05/2026, Dates 18/06/2026, Statut (3) Réalisée.

    Exemple qui passe : au 10/05/2026, Dates 10/05/2026, Statut (3) ; un rendez-vous à venir, (1).

    Comment corriger : corriger la date, ou remettre le statut à (1) ou (2).
    """
    for line in context.actions:
        row = line.row
        if is_far_off(row.day, context.on):
            continue  # SUI17 says it
        if row.status is Status.DONE and row.day is not None and row.day > context.on:
            yield action_fault(
                context,
                line,
                "dated",
                f"L'action {action_words(row)} est réalisée, mais datée du "
                f"{french_day(row.day)}, qui est à venir.",
                "Corrigez la date, ou remettez le statut à « (1) À proposer » ou « (2) En cours ».",
            )


@rule("SUI23", "Statut à préciser", Severity.WARNING, "exemple n°5")
def status_to_specify(context: Context) -> Iterator[Fault]:
    """Quoi : une action a des suites, une échéance passée, et pas de Statut.

    Pourquoi : des suites ne disent pas si l'action est réalisée, abandonnée ou encore en cours. Un
    Statut vide reste vide : l'action n'est ni en retard ni faite, et les statistiques la comptent
    en « statut non noté ».

    Exemple qui échoue : au 10/05/2003, « Entretien dans 15 jours (02/05/03) », « Mission
    satisfaisante », Statut vide.

    Exemple qui passe : la même au 02/05/2003, le jour même ; la même, (3) Réalisée ; la même sans
    échéance ; sans suites, elle est en retard (SUI03) ; une personne en pause ou sortie.

    Comment corriger : choisir le Statut dans la liste ; si l'action continue, (2) En cours et une
    nouvelle échéance.
    """
    if "status" not in context.records.follow_ups.columns:
        return
    for line in context.actions:
        row = line.row
        if row.deadline is None or not row.needs_status(context.on):
            continue
        if context.is_followed(line):
            yield action_fault(
                context,
                line,
                "status",
                f"Statut à préciser : l'action {action_words(row)} a des suites, et son échéance "
                f"est passée ({deadline_words(row.deadline)}).",
                "Choisissez « (3) Réalisée » ou « Sans suite » ; si elle continue, « (2) En "
                "cours », et une nouvelle échéance.",
            )


@rule("SUI12", "Échéance un jour non travaillé", Severity.INFO, "fiche n°19")
def deadline_on_a_day_off(context: Context) -> Iterator[Fault]:
    """Quoi : l'échéance à venir d'une action ouverte tombe un samedi, un dimanche ou un jour
    férié.

    Pourquoi : l'échéance est le jour d'un entretien de bilan ou d'une démarche : les lieux sont
    souvent fermés ce jour-là.

    Exemple qui échoue : échéance le samedi 16/05/2026, ou le jeudi de l'Ascension.

    Exemple qui passe : échéance le lundi 18/05/2026 ; « fin mai », qui n'est pas un rendez-vous.

    Comment corriger : avancer l'échéance d'un jour ou deux.
    """
    for line in context.open_actions:
        deadline = line.row.deadline
        if deadline is None or deadline.day is None or deadline.day < context.on:
            continue
        if not shows_a_day(deadline.text) or not context.is_followed(line):
            continue
        off = day_off(deadline.day)
        if off:
            yield action_fault(
                context,
                line,
                "deadline",
                f"L'échéance du {french_day(deadline.day)} tombe {off}.",
                "Avancez-la d'un jour ou deux, si ce jour-là personne n'est là.",
            )
