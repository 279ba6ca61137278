"""PER, around the exit: what happens after it, what it leaves open, how it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import takewhile

from cedre_xlsx.method.french import counted
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.text import word_key
from cedre_xlsx.method.vocabulary import EXIT_REASONS
from cedre_xlsx.rules.context import Context
from cedre_xlsx.rules.people import person_fault
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.rules.wording import quoted
from cedre_xlsx.schema.findings import Severity
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Person

_CATEGORY_OF = {word_key(reason): category for reason, category in EXIT_REASONS.items()}
#: The day of something, and the row it stands on.
_Event = tuple[date, int]


@rule("PER09", "Mission après la sortie", Severity.ERROR, "exemple n°4")
def mission_after_exit(context: Context) -> Iterator[Fault]:
    """Quoi : une mission salariée commence après la date de sortie, en dehors de tout parcours.

    Pourquoi : on ne travaille plus pour la structure une fois sorti : la date de sortie ou celle
    de la mission est fausse, et les heures de l'année avec elle.

    Exemple qui échoue : sortie le 31/03/2026, mission commencée le 10/04/2026.

    Exemple qui passe : une mission qui commence le jour de la sortie ; une personne revenue, avec
    une nouvelle ligne de Personnes ; un stage après la sortie.

    Comment corriger : corriger la date fausse ; si la personne est revenue, lui ouvrir une
    deuxième ligne dans Personnes.
    """
    sheet = context.records.missions.sheet
    for person in context.records.persons.values():
        if all(row.exited is None for row in person.pathways):
            continue
        events = [
            (row.start, row.row)
            for row in person.missions
            if row.start is not None and row.salaried
        ]
        for pathway, exited, after in _after_exits(person, events):
            first = _first_of(after, "une mission commence", sheet, "mission")
            yield person_fault(
                context,
                pathway,
                "exited",
                f"Sortie le {french_day(exited)}, mais {first}.",
                "Corrigez la date de sortie ou celle de la mission. Si la personne est revenue, "
                "ajoutez-lui une ligne dans Personnes.",
            )


@rule("PER10", "Activité après la sortie", Severity.INFO, "exemple n°4")
def activity_after_exit(context: Context) -> Iterator[Fault]:
    """Quoi : une ligne de suivi, un engagement ou un stage est daté d'après la sortie, en dehors
    de tout parcours.

    Pourquoi : des nouvelles données après la sortie sont normales ; un suivi qui continue dit
    plutôt que la personne n'est pas sortie, ou qu'elle est revenue.

    Exemple qui échoue : sortie le 31/03/2026, entretien le 15/05/2026.

    Exemple qui passe : entretien de sortie le 31/03/2026 ; bilan d'un engagement fait après la
    sortie ; un papier remis (--note).

    Comment corriger : rien, si ce sont des nouvelles ; sinon, corriger la date de sortie, ou
    ajouter une ligne dans Personnes pour le nouveau parcours.
    """
    records = context.records
    for person in context.records.persons.values():
        exits = [row.exited for row in person.pathways if row.exited is not None]
        if not exits:
            continue
        first = min(exits)
        lines = (row for row in reversed(person.follow_ups) if not row.is_hand_over)
        days = _after(first, ((row.day, row.row) for row in lines))
        agreed = _after(first, ((row.agreed, row.row) for row in reversed(person.engagements)))
        stays = (row for row in reversed(person.missions) if not row.salaried)
        placed = _after(first, ((row.start, row.row) for row in stays))
        for events, sheet, said, noun in (
            (days, records.follow_ups.sheet, "une action est notée", "action"),
            (agreed, records.engagements.sheet, "un engagement est pris", "engagement"),
            (placed, records.missions.sheet, "un stage ou autre commence", "mission"),
        ):
            for pathway, exited, after in _after_exits(person, events):
                yield person_fault(
                    context,
                    pathway,
                    "exited",
                    f"Sortie le {french_day(exited)}, mais {_first_of(after, said, sheet, noun)}.",
                    "Rien à faire si ce sont des nouvelles. Si la personne est revenue, "
                    "ajoutez-lui une ligne dans Personnes.",
                    noun,
                )


def _after(day: date, events: Iterable[tuple[date | None, int]]) -> list[_Event]:
    """The events of later days, the latest coming first: hardly anyone has one."""
    dated = ((when, row) for when, row in events if when is not None)
    return list(takewhile(lambda event: event[0] > day, dated))[::-1]


def _after_exits(
    person: Person, events: Iterable[_Event]
) -> Iterator[tuple[PersonRow, date, list[_Event]]]:
    """The pathways after whose exit something happens, outside any other pathway."""
    found: dict[int, tuple[PersonRow, date, list[_Event]]] = {}
    if any({"registered", "exited"} & row.unreadable for row in person.pathways):
        return
    for event in events:
        if any(_covers(row, event[0]) for row in person.pathways):
            continue
        left = [row for row in person.pathways if row.exited and row.exited < event[0]]
        if left:
            last = max(left, key=lambda row: row.exited or date.min)
            found.setdefault(last.row, (last, last.exited or date.min, []))[2].append(event)
    yield from found.values()


def _covers(row: PersonRow, day: date) -> bool:
    """Whether a day is within a pathway, from its pré-accueil to its exit."""
    begins = [d for d in (row.pre_reception, row.interview, row.registered) if d is not None]
    return min(begins, default=date.min) <= day and (row.exited is None or day <= row.exited)


def _first_of(events: list[_Event], said: str, sheet: str, noun: str) -> str:
    day, row = min(events)
    more = len(events) - 1
    others = f", et {counted(more, 'autre ' + noun, 'autres ' + noun + 's')}" if more else ""
    return f"{said} le {french_day(day)} ({sheet}, ligne {row}{others})"


@rule("PER11", "Encore ouvert après la sortie", Severity.WARNING, "fiche n°19")
def open_after_exit(context: Context) -> Iterator[Fault]:
    """Quoi : la personne est sortie, et une action reste à proposer ou en cours, ou un engagement
    n'a pas de bilan. Le constat est sur la ligne ouverte.

    Pourquoi : les deux se retrouvent à la fin de l'engagement pour en faire le bilan, même quand
    il s'arrête tôt parce que la personne a trouvé un emploi.

    Exemple qui échoue : sortie le 31/03/2026, une action (2) En cours.

    Exemple qui passe : la même action en Sans suite ; une personne revenue, dont l'action continue.

    Comment corriger : passer l'action en (3) Réalisée ou Sans suite ; dater le bilan de
    l'engagement et répondre à Actions réalisées.
    """
    records = context.records
    for action in context.open_actions:
        row = action.row
        if not context.is_gone(action) or (row.status is None and row.deadline is None):
            continue
        yield Fault(
            records.follow_ups.place(row, "status"),
            f"{_gone(context, action.name)}, mais l'action {quoted(row.action)} reste ouverte.",
            "Passez-la en « (3) Réalisée », ou en « Sans suite », avec ce qui a été décidé.",
            action.name,
            row.key,
        )
    for line in context.open_engagements:
        if context.is_gone(line):
            yield Fault(
                records.engagements.place(line.row, "reviewed"),
                f"{_gone(context, line.name)}, mais l'engagement "
                f"{line.row.reference or quoted(line.row.object)} n'a pas de bilan.",
                "Datez le bilan, même court, et répondez à Actions réalisées.",
                line.name,
                line.row.key,
            )


def _gone(context: Context, name: str) -> str:
    exits = [row.exited for row in context.records.persons[name].pathways if row.exited]
    return f"Sortie le {french_day(max(exits))}"


@rule("PER12", "Sortie mal renseignée", Severity.WARNING, "fiche n°15")
def exit_without_reason(context: Context) -> Iterator[Fault]:
    """Quoi : une sortie passée n'a pas de catégorie ou pas de motif, les deux se contredisent, ou
    bien ils sont remplis sans date de sortie.

    Pourquoi : la grille donne la sortie comme suite possible d'un engagement ; le rapport
    d'activité compte les sorties par catégorie, et une catégorie vide y est « non documentée ».

    Exemple qui échoue : sortie le 31/03/2026, catégorie vide ; ou motif CDI avec Autre sortie.

    Exemple qui passe : sortie le 31/03/2026, Emploi durable, CDI ; un motif à vous, que le classeur
    ne connaît pas.

    Comment corriger : choisir la catégorie et le motif dans les listes.
    """
    for row in context.records.people.rows:
        if not row.person or "exited" in row.unreadable:
            continue
        if row.exited is None:
            yield from _undated_exit(context, row)
        elif row.exited <= context.on:
            yield from _incomplete_exit(context, row, row.exited)


def _undated_exit(context: Context, row: PersonRow) -> Iterator[Fault]:
    if row.exit_category is not None or row.exit_reason.strip():
        told = row.exit_category or row.exit_reason
        yield person_fault(
            context,
            row,
            "exited",
            f"La sortie de {quoted(row.person)} est notée ({told}), mais n'a pas de date.",
            "Datez la sortie, ou videz la catégorie et le motif.",
            "exited",
        )


def _incomplete_exit(context: Context, row: PersonRow, exited: date) -> Iterator[Fault]:
    columns = context.records.people.columns
    lacking = [
        field for field in ("exit_category", "exit_reason") if field in columns and row.lacks(field)
    ]
    expected = _CATEGORY_OF.get(word_key(row.exit_reason))
    if lacking:
        named = {"exit_category": "catégorie", "exit_reason": "motif"}
        yield person_fault(
            context,
            row,
            lacking[0],
            f"Sortie le {french_day(exited)} sans {' ni '.join(named[f] for f in lacking)}.",
            f"Le motif « {row.exit_reason} » va avec la catégorie « {expected} »."
            if expected
            else "Choisissez-les dans les listes ; un motif à vous est accepté.",
            lacking[0],
        )
    elif expected is not None and row.exit_category is not None and expected != row.exit_category:
        yield person_fault(
            context,
            row,
            "exit_reason",
            f"Le motif « {row.exit_reason} » ne va pas avec la catégorie « {row.exit_category} ».",
            f"Ce motif va d'habitude avec « {expected} » : corrigez l'un des deux.",
            "disagree",
        )
