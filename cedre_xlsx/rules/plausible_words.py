"""What the words of a line contradict: a weekday, a deadline that is done, a name, a footnote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from cedre_xlsx.method.french import counted
from cedre_xlsx.method.plausibility import has_weekday, says_done, says_dropped, wrong_weekdays
from cedre_xlsx.method.text import squeeze
from cedre_xlsx.method.vocabulary import Status
from cedre_xlsx.rules.context import Context, PersonLine
from cedre_xlsx.rules.engagements import engagement_fault
from cedre_xlsx.rules.follow_up import action_fault, action_words
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.rules.wording import quoted
from cedre_xlsx.schema.columns import line_key
from cedre_xlsx.schema.findings import Severity
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.workbook.read.dates import weekday_words


@rule("LEC16", "Jour de la semaine et date en désaccord", Severity.WARNING, "exemple n°4")
def wrong_weekday(context: Context) -> Iterator[Fault]:
    """Quoi : le jour de la semaine tapé avec une date n'est pas celui de cette date.

    Pourquoi : l'un des deux est faux, et le rendez-vous manqué. La date est lue telle quelle.

    Exemple qui échoue : « lundi 06/10/2026 », qui est un mardi.

    Exemple qui passe : « mardi 06/10/2026 », « mar. 6/10/26 ».

    Comment corriger : corriger le jour ou la date, d'après l'agenda.
    """
    for line in context.actions:
        row = line.row
        if row.dated and row.dated.day:
            for said in _weekdays(row.dated.text, row.dated.day, None):
                yield action_fault(context, line, "dated", *said)
        if row.deadline and row.deadline.day:
            for said in _weekdays(row.deadline.text, row.deadline.day, row.day):
                yield action_fault(context, line, "deadline", *said)
    for engagement in context.engagements:
        for field in ("deadline", "review_planned"):
            promised = getattr(engagement.row, field)
            if promised and promised.day:
                for said in _weekdays(promised.text, promised.day, engagement.row.agreed):
                    yield engagement_fault(context, engagement, field, *said, field)


def _weekdays(text: str, day: date, after: date | None) -> Iterator[tuple[str, str]]:
    """What to say of the first weekday that is wrong."""
    if text and has_weekday(text):
        for typed, other in wrong_weekdays(text, day, after):
            yield weekday_words(text, typed, other)
            return


@rule("LEC17", "Texte seul sur sa ligne", Severity.INFO, "fiche n°17")
def text_alone(context: Context) -> Iterator[Fault]:
    """Quoi : une ligne de Suivi, d'Engagements, de Missions ou de Freins n'a qu'un texte, dans la
    colonne Personne ou Réf. engagement, et ce n'est ni un nom ni une référence.

    Pourquoi : c'est une note au bas du tableau plutôt qu'une action ; elle n'est ni contrôlée, ni
    comptée.

    Exemple qui échoue : « * vu avec Sophie », seul sur la ligne 30 de Suivi.

    Exemple qui passe : un nom de Personnes, seul sur une ligne à compléter ; une note à côté du
    tableau ou sur une autre feuille.

    Comment corriger : rien si c'est une note ; mieux, l'écrire à côté du tableau.
    """
    for note in context.notes:
        if not note.outside:
            yield Fault(
                note.place,
                f"{quoted(note.text)} est seul sur sa ligne : c'est lu comme une note, pas comme "
                "une action.",
                "Rien à faire si c'est une note ; sinon, complétez la ligne.",
                key=line_key(note.text),
            )


@rule("SUI21", "Échéance « fait », action ouverte", Severity.WARNING, "exemple n°5")
def done_but_open(context: Context) -> Iterator[Fault]:
    """Quoi : l'échéance d'une action dit qu'elle est faite, et son Statut qu'elle ne l'est pas, ou
    rien.

    Pourquoi : l'échéance dite a été écrasée, et l'action reste dans les actions ouvertes de la
    synthèse, sans jamais être en retard.

    Exemple qui échoue : Échéance « fait le 12/10 » ou « RAS », Statut (2) En cours.

    Exemple qui passe : Échéance « fait », Statut (3) Réalisée ou Sans suite.

    Comment corriger : passer l'action en (3), avec ses suites ; ou remettre l'échéance.
    """
    for line in context.open_actions:
        row = line.row
        if row.deadline and row.deadline.day is None and says_done(row.deadline.text):
            if context.is_out_of_sight(line):
                continue
            state = f"son Statut est {quoted(row.status)}" if row.status else "son Statut est vide"
            yield action_fault(
                context,
                line,
                "deadline",
                f"L'échéance de l'action {action_words(row)} est {quoted(row.deadline.text)}, mais "
                f"{state}.",
                f"Passez l'action en « {Status.DROPPED} », ou remettez l'échéance."
                if says_dropped(row.deadline.text)
                else "Passez l'action en « (3) Réalisée » avec ses suites, ou remettez l'échéance.",
            )


@rule("SUI22", "Nom écrit autrement", Severity.INFO, "fiche n°17")
def name_written_otherwise(context: Context) -> Iterator[Fault]:
    """Quoi : des lignes de Suivi sont d'une personne de Personnes, mais son nom y est écrit sans
    ses accents, dans un autre ordre ou avec une civilité. Dit une fois par personne.

    Pourquoi : les commandes les comptent, mais la Fiche individuelle du classeur ne les montre
    pas : Excel ne retrouve un nom qu'avec ses accents et dans le même ordre.

    Exemple qui échoue : « FATIMA BENSAID », quand Personnes a « Bensaïd Fatima ».

    Exemple qui passe : « BENSAÏD FATIMA » : la casse seule ne compte pas.

    Comment corriger : choisir le nom dans la liste ; cedre-xlsx fix le récrit sur chaque ligne.
    """
    found: defaultdict[str, list[PersonLine[FollowUpRow]]] = defaultdict(list)
    for line in context.actions:
        if line.person and not _is_shown(line.row.person, line.name):
            found[line.name].append(line)
    for name, lines in found.items():
        if context.is_gone(lines[0]):
            continue
        place = context.records.follow_ups.place(lines[0].row, "person")
        many = len(lines) > 1
        yield Fault(
            place,
            f"{quoted(lines[0].row.person)} est lu {quoted(name)}, mais la Fiche individuelle ne "
            f"montre pas {'ces' if many else 'cette'} {_lines(len(lines))}.",
            "Choisissez le nom dans la liste, ou lancez cedre-xlsx fix, qui le récrit.",
            name,
        )


def _lines(count: int) -> str:
    return counted(count, "ligne") if count > 1 else "ligne"


def _is_shown(typed: str, name: str) -> bool:
    """Whether the formulas of the form find a typed name: case does not count, accents do."""
    return squeeze(typed).casefold() == squeeze(name).casefold()
