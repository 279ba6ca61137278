"""ENG, the life of an engagement: signature, deadline, review, and what follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from cedre_xlsx.method.french import counted, listed
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.references import reference_key
from cedre_xlsx.method.types import is_grid_step
from cedre_xlsx.method.vocabulary import Achieved, EngagementForm
from cedre_xlsx.rules.context import Context, PersonLine
from cedre_xlsx.rules.engagements import called, engagement_fault
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.rules.wording import deadline_words
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.findings import Severity
from cedre_xlsx.schema.records import Person


@rule("ENG08", "Bilan en retard", Severity.WARNING, "fiches n°16 et 19")
def late_review(context: Context) -> Iterator[Fault]:
    """Quoi : l'échéance d'un engagement est passée (à défaut d'échéance, la date d'évaluation
    prévue), et son bilan n'est pas daté.

    Pourquoi : les deux se retrouvent à la fin de l'engagement pour évaluer les actions et décider
    de la suite ; l'échéance est un maximum.

    Exemple qui échoue : au 10/05/2026, échéance le 30/04/2026, Évaluation réalisée le vide.

    Exemple qui passe : au 10/05/2026, échéance ce jour-là ; une personne en pause ou sortie.

    Comment corriger : faire le bilan et le dater, ou convenir d'une nouvelle échéance.
    """
    for line in context.open_engagements:
        row = line.row
        column = "deadline" if row.due is not None else "review_planned"
        promised = row.deadline if row.due is not None else row.review_planned
        if promised is None or promised.day is None or promised.day >= context.on:
            continue
        if not context.is_followed(line) or "deadline" in row.unreadable:
            continue
        help_text = (
            "Actions réalisées est déjà rempli : datez le bilan dans Évaluation réalisée le."
            if row.achieved is not None
            else "Faites le bilan avec la personne et datez-le, ou reportez l'échéance."
        )
        yield engagement_fault(
            context,
            line,
            column,
            f"L'échéance de {called(row)} est passée ({deadline_words(promised)}), "
            "et son bilan n'est pas daté.",
            help_text,
        )


@rule("ENG09", "Bilan proche", Severity.INFO, "fiche n°16")
def review_soon(context: Context) -> Iterator[Fault]:
    """Quoi : l'échéance d'un engagement, ou son évaluation prévue, tombe dans les jours qui
    viennent (14, réglables).

    Pourquoi : préparer l'entretien de bilan avec la personne.

    Exemple qui échoue : au 10/05/2026, Date d'évaluation prévue le 20/05/2026.

    Exemple qui passe : au 10/05/2026, échéance et évaluation le 25/05/2026, dans quinze jours.

    Comment corriger : rien ; c'est un rappel.
    """
    for line in context.open_engagements:
        row = line.row
        days = {
            column: day
            for column, day in (
                ("review_planned", row.review_planned.day if row.review_planned else None),
                ("deadline", row.due),
            )
            if day is not None and 0 <= (day - context.on).days <= context.settings.soon_days
        }
        late = row.due is not None and row.due < context.on
        if not days or late or not context.is_followed(line):
            continue
        column = min(days, key=lambda name: days[name])
        yield engagement_fault(
            context,
            line,
            column,
            f"Le bilan de {called(row)} approche : {french_day(days[column])}.",
            "Convenez du jour de l'entretien de bilan avec la personne.",
        )


@rule("ENG10", "Bilan avant l'engagement", Severity.ERROR, "fiche n°19")
def review_before_date(context: Context) -> Iterator[Fault]:
    """Quoi : l'évaluation, prévue ou réalisée, précède la date de l'engagement.

    Pourquoi : on évalue ce qui a été convenu avant ; l'une des deux dates a été mal tapée.

    Exemple qui échoue : Date 15/01/2026, Évaluation réalisée le 15/12/2025.

    Exemple qui passe : Évaluation réalisée le jour même.

    Comment corriger : reprendre les deux dates sur la convention.
    """
    for line in context.engagements:
        row = line.row
        planned = row.review_planned.day if row.review_planned else None
        for column, day, name in (
            ("reviewed", row.reviewed, "Le bilan"),
            ("review_planned", planned, "L'évaluation prévue"),
        ):
            if day is not None and row.agreed is not None and day < row.agreed:
                yield engagement_fault(
                    context,
                    line,
                    column,
                    f"{name} de {called(row)} ({french_day(day)}) précède la date de "
                    f"l'engagement ({french_day(row.agreed)}).",
                    "Vérifiez les deux dates : l'une des deux a été mal tapée.",
                    column,
                )


@rule("ENG11", "Bilan sans réponse", Severity.WARNING, "fiche n°19")
def review_without_answer(context: Context) -> Iterator[Fault]:
    """Quoi : le bilan est daté, et Actions réalisées est vide.

    Pourquoi : la première question du bilan : les actions envisagées ont-elles été réalisées ?
    Le rapport d'activité compte les réponses.

    Exemple qui échoue : Évaluation réalisée le 15/04/2026, Actions réalisées vide.

    Exemple qui passe : la même, « OUI, en partie ».

    Comment corriger : répondre OUI, totalement ; OUI, en partie ; ou NON.
    """
    if "achieved" not in context.records.engagements.columns:
        return
    for line in context.engagements:
        row = line.row
        if row.reviewed is not None and row.lacks("achieved"):
            yield engagement_fault(
                context,
                line,
                "achieved",
                f"Le bilan de {called(row)} est daté du {french_day(row.reviewed)}, "
                "sans réponse à Actions réalisées.",
                "Répondez « OUI, totalement », « OUI, en partie » ou « NON ».",
            )


@rule("ENG12", "NON sans commentaire", Severity.INFO, "fiche n°19")
def no_without_comment(context: Context) -> Iterator[Fault]:
    """Quoi : les actions n'ont pas été réalisées (NON), et Commentaires est vide.

    Pourquoi : les commentaires gardent ce qui a empêché les actions : événements, difficultés de
    la personne, contraintes de la structure, démarches faites quand même.

    Exemple qui échoue : Actions réalisées NON, Commentaires vide.

    Exemple qui passe : NON, « A trouvé un CDD avant le début ».

    Comment corriger : noter en une phrase ce qui s'est passé.
    """
    if "comments" not in context.records.engagements.columns:
        return
    for line in context.engagements:
        if line.row.achieved is Achieved.NO and line.row.lacks("comments"):
            yield engagement_fault(
                context,
                line,
                "comments",
                f"Les actions de {called(line.row)} n'ont pas été réalisées, sans explication.",
                "Notez en une phrase ce qui l'a empêché.",
            )


@rule("ENG13", "Suite promise, rien d'ouvert", Severity.WARNING, "fiche n°19")
def follow_up_not_opened(context: Context) -> Iterator[Fault]:
    """Quoi : le bilan envisage une suite (OUI), et aucun engagement n'a été pris depuis.

    Pourquoi : si une suite est envisagée, on passe à une nouvelle fiche, avec un nouvel objet et
    de nouveaux moyens.

    Exemple qui échoue : bilan le 15/04/2026, Suites envisagées OUI, pas d'autre engagement.

    Exemple qui passe : un nouvel engagement, du même type ou d'un autre, le 15/04/2026 ou après ;
    une personne sortie depuis, ou en pause.

    Comment corriger : convenir du nouvel engagement et l'ajouter, ou répondre NON si la suite
    n'est plus d'actualité.
    """
    for line in context.engagements:
        row = line.row
        if row.follow_up is not True or row.reviewed is None or row.reviewed >= context.on:
            continue
        if line.person is None or not context.is_followed(line):
            continue
        if not any(_follows(other, row, row.reviewed) for other in line.person.engagements):
            suggestion = f" ({row.next_type})" if row.next_type else ""
            yield engagement_fault(
                context,
                line,
                "follow_up",
                f"Le bilan de {called(row)}, le {french_day(row.reviewed)}, envisage une suite"
                f"{suggestion} : aucun engagement n'est pris depuis.",
                "Ouvrez une nouvelle fiche dans Engagements, ou répondez NON.",
            )


def _follows(other: EngagementRow, row: EngagementRow, reviewed: date) -> bool:
    """Whether an engagement may be the promised one: taken from the review on, or just before.

    Just before: taken after the reviewed one, and still open at its review.
    """
    if other.row == row.row:
        return False
    if other.agreed is None:
        return True  # when it was taken, nobody can say
    if other.agreed >= reviewed:
        return True
    after = row.agreed is not None and other.agreed > row.agreed
    return after and (other.reviewed is None or other.reviewed > reviewed)


@rule("ENG14", "Suite hors de la grille", Severity.INFO, "fiche n°15")
def step_outside_the_grid(context: Context) -> Iterator[Fault]:
    """Quoi : l'engagement suivant n'est pas l'une des suites que la grille donne au type.

    Pourquoi : la grille propose, elle n'oblige pas : deux types en concurrence se discutent en
    équipe, d'après ce qui est le plus urgent pour la personne.

    Exemple qui échoue : Validation professionnelle suivie de Soutien actif.

    Exemple qui passe : le même type, prolongé ; un coup de pouce, à tout moment ; Découverte suivie
    de Validation professionnelle.

    Comment corriger : rien, si l'équipe en a parlé ; sinon, revoir le type qui suit.
    """
    for line in context.engagements:
        current = context.settings.type_of(line.row.type)
        following = context.settings.type_of(line.row.next_type)
        if current is None or following is None or not current.method or not following.method:
            continue
        if not is_grid_step(current.method, following.method):
            yield engagement_fault(
                context,
                line,
                "next_type",
                f"Après {current.name}, la grille ne donne pas {following.name} comme suite.",
                f"Suite de la grille : {current.method.next_step}. Parlez-en en équipe.",
            )


@rule("ENG16", "Écrit ni remis ni signé", Severity.WARNING, "fiche n°17")
def not_handed_over(context: Context) -> Iterator[Fault]:
    """Quoi : un engagement ouvert est resté « Écrit » au-delà du délai de Paramètres (15 jours) :
    ni remis, ni signé.

    Pourquoi : la personne reçoit une copie de ce qui a été écrit avec elle ; la signature des deux
    n'est pas obligatoire.

    Exemple qui échoue : au 10/05/2026, pris le 15/04/2026, Forme Écrit.

    Exemple qui passe : Forme Oral ; Forme Écrit remis ; Forme Écrit, quinze jours après.

    Comment corriger : remettre la convention, ou la signer, et changer la forme.
    """
    limit = context.settings.signature_days
    for line in context.open_engagements:
        row = line.row
        if (
            row.form is not EngagementForm.WRITTEN
            or row.agreed is None
            or not context.is_followed(line)
        ):
            continue
        if (context.on - row.agreed).days > limit:
            yield engagement_fault(
                context,
                line,
                "form",
                f"L'engagement {called(row)} est écrit depuis le {french_day(row.agreed)}, "
                f"ni remis ni signé. Le délai est de {counted(limit, 'jour')}.",
                "Remettez la convention à la personne, ou signez-la, puis changez la forme.",
            )


@rule("ENG17", "Deux engagements ouverts", Severity.INFO, "fiche n°16")
def several_open(context: Context) -> Iterator[Fault]:
    """Quoi : une personne a plusieurs engagements ouverts en même temps ; dit sur le dernier.

    Pourquoi : le type suit la priorité du moment ; quand deux types sont en concurrence, la
    question est de savoir ce qui est le plus urgent pour la personne.

    Exemple qui échoue : CP-2026-001 et D-2026-002, tous deux sans bilan.

    Exemple qui passe : CP-2026-001 évalué le 15/04/2026, et D-2026-002 pris le même jour.

    Comment corriger : faire le bilan de celui qui est fini ; sinon, en parler en équipe.
    """
    by_name: defaultdict[str, list[PersonLine[EngagementRow]]] = defaultdict(list)
    for line in context.open_engagements:
        if context.is_followed(line):
            by_name[line.name].append(line)
    for lines in by_name.values():
        if len(lines) > 1:
            ordered = sorted(lines, key=lambda line: (line.row.agreed or date.max, line.row.row))
            last = ordered[-1]
            others = listed([called(line.row) for line in ordered[:-1]])
            yield engagement_fault(
                context,
                last,
                "reference",
                f"{called(last.row)} est ouvert en même temps que {others}.",
                "Faites le bilan de celui qui est fini, ou voyez ce qui est le plus urgent.",
            )


@rule("ENG18", "Engagement sans action ni mission", Severity.INFO, "fiche n°14")
def nothing_under_it(context: Context) -> Iterator[Fault]:
    """Quoi : un engagement est ouvert depuis plus longtemps que le délai d'une proposition
    (30 jours, réglables), et ni action ni mission n'a eu lieu depuis.

    Pourquoi : chaque type se construit par des mises en situation de travail et d'autres actions ;
    la réunion d'équipe suit les engagements dont les actions n'ont pas démarré.

    Exemple qui échoue : pris le 15/01/2026, aucune ligne de suivi ni mission depuis.

    Exemple qui passe : une action du 20/01/2026, ou qui porte la référence de l'engagement ; une
    mission en cours à cette date.

    Comment corriger : proposer une action ou une mission et la noter.
    """
    for line in context.open_engagements:
        row = line.row
        if row.agreed is None or line.person is None or not context.is_followed(line):
            continue
        waited = (context.on - row.agreed).days
        if waited > context.settings.proposal_days and not _has_content(
            line.person, row, row.agreed, context.on
        ):
            yield engagement_fault(
                context,
                line,
                "object",
                f"Depuis {called(row)}, pris le {french_day(row.agreed)}, aucune action ni mission "
                "n'est notée.",
                "Proposez une action ou une mission qui serve son objet, et notez-la.",
            )


def _has_content(person: Person, row: EngagementRow, agreed: date, on: date) -> bool:
    """Whether an action or a mission is under the engagement; an undated one may be."""
    mine = reference_key(row.reference)
    for action in (one for one in person.follow_ups if not one.is_hand_over):
        if action.reference and reference_key(action.reference) == mine:
            return True
        if action.day is None or (action.day >= agreed and not action.reference):
            return True
    for mission in person.missions:
        last = mission.last_day(on)
        if mission.start is None or mission.start >= agreed or (last and last >= agreed):
            return True
    return False
