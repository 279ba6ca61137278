"""PER30 to PER33: the situation six months after the exit, where the workbook has its column."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cedre_xlsx.method.after_exit import (
    LATER_EARLIEST,
    LATER_FORGOTTEN,
    LATER_LATE,
    LATER_LATEST,
)
from cedre_xlsx.method.french import counted
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.plausibility import is_far_off
from cedre_xlsx.method.vocabulary import LaterSituation
from cedre_xlsx.rules.context import Context
from cedre_xlsx.rules.people import person_fault
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.rules.wording import quoted
from cedre_xlsx.schema.findings import Severity
from cedre_xlsx.schema.later import asked_on
from cedre_xlsx.schema.people import PersonRow

_HELP = (
    "Joignez la personne, puis remplissez Situation à 6 mois et Relevée le ; sans réponse de sa "
    "part, choisissez « Injoignable »."
)


@rule("PER30", "Situation à 6 mois à relever", Severity.INFO, "fiche n°15")
def later_to_ask(context: Context) -> Iterator[Fault]:
    """Quoi : une personne est sortie depuis six mois, ou le sera dans le délai « Bientôt » de
    Paramètres (14 jours), et sa situation n'est pas notée.

    Pourquoi : les fonds européens (FSE+) demandent la situation six mois après la sortie ; elle dit
    aussi à l'équipe ce que le parcours a permis.

    Exemple qui échoue : au 12/05/2026, sortie le 12/11/2025, Situation à 6 mois vide ou « Non
    renseignée ».

    Exemple qui passe : « Injoignable », une personne revenue, un retrait des sorties constatées, ou
    un classeur sans cette colonne.

    Comment corriger : joindre la personne, remplir Situation à 6 mois et Relevée le.
    """
    soon = context.settings.soon_days
    for row, exited, due in _to_ask(context):
        if (due - context.on).days <= soon and context.on <= LATER_LATE.after(exited):
            yield _fault(context, row, exited, _when(due, context.on))


def _when(due: date, on: date) -> str:
    days = (due - on).days
    if days > 0:
        return f"est à relever dans {counted(days, 'jour')}, le {french_day(due)}"
    return f"est à relever depuis le {french_day(due)}" if days else "est à relever aujourd'hui"


@rule("PER31", "Situation à 6 mois en retard", Severity.WARNING, "fiche n°15")
def later_overdue(context: Context) -> Iterator[Fault]:
    """Quoi : une personne est sortie depuis plus de sept mois, et sa situation à six mois n'est
    toujours pas notée. Passé douze mois, elle n'est plus demandée.

    Pourquoi : plus on attend, moins la personne se joint, et moins la réponse dit ses six mois. Les
    chiffres de l'année gardent la sortie comme non renseignée.

    Exemple qui échoue : au 12/05/2026, sortie le 11/10/2025, Situation à 6 mois vide.

    Exemple qui passe : au 12/05/2026, sortie le 12/10/2025 ; « Injoignable », avec la date de
    l'appel.

    Comment corriger : joindre la personne ; sans réponse, choisir Injoignable et dater Relevée le.
    """
    for row, exited, due in _to_ask(context):
        if LATER_LATE.after(exited) < context.on <= LATER_FORGOTTEN.after(exited):
            late = counted((context.on - due).days, "jour")
            yield _fault(
                context, row, exited, f"devait être relevée le {french_day(due)}, il y a {late}"
            )


def _to_ask(context: Context) -> Iterator[tuple[PersonRow, date, date]]:
    """The exits of which nobody noted what became of the person, with the day to ask."""
    if "later_situation" not in context.records.people.columns:
        return
    for person in context.records.persons.values():
        for row in person.pathways:
            due = asked_on(row, person.pathways, context.on)
            if due is None or row.exited is None or _is_noted(row):
                continue
            found = _incomplete(context, row)
            if found is None or found[0] != "later_situation":  # PER32 asks for it there
                yield row, row.exited, due


def _is_noted(row: PersonRow) -> bool:
    """Whether the cell says something; what could not be read is another finding's."""
    is_unknown = row.later_situation is LaterSituation.UNKNOWN
    return not row.lacks("later_situation") and not is_unknown


def _fault(context: Context, row: PersonRow, exited: date, said: str) -> Fault:
    return person_fault(
        context,
        row,
        "later_situation",
        f"Sortie le {french_day(exited)} : la situation à 6 mois {said}.",
        _HELP,
        exited,
    )


@rule("PER32", "Situation à 6 mois mal renseignée", Severity.WARNING, "fiche n°15")
def later_incomplete(context: Context) -> Iterator[Fault]:
    """Quoi : une situation à 6 mois n'a pas de date, une date n'a pas de situation, la date est à
    venir ou précède la sortie, ou la personne n'a pas de date de sortie.

    Pourquoi : sans sa date, on ne sait pas si la situation est celle des six mois ; sans situation,
    la date ne dit pas si la personne a été jointe.

    Exemple qui échoue : « Chômage », Relevée le vide ; ou Relevée le 04/05/2026 avec « Non
    renseignée ».

    Exemple qui passe : « Injoignable », relevée le 04/05/2026, sortie le 31/10/2025.

    Comment corriger : compléter les deux cellules ; une personne appelée sans réponse est
    « Injoignable ».
    """
    table = context.records.people
    if "later_situation" not in table.columns:
        return
    for row in table.rows:
        found = _incomplete(context, row)
        if row.person and found:
            field, message, help_text = found
            yield person_fault(context, row, field, message, help_text, field)


def _incomplete(context: Context, row: PersonRow) -> tuple[str, str, str] | None:
    """The cell to go to, what is wrong, what to do; None where all is told."""
    asked = row.later_on
    is_noted = _is_noted(row)
    if (is_noted or asked) and row.lacks("exited"):
        return (
            "exited",
            f"La situation à 6 mois de {quoted(row.person)} est notée, mais sa sortie n'est pas "
            "datée.",
            "Datez la sortie, ou videz Situation à 6 mois et Relevée le.",
        )
    if is_noted and "later_on" in context.records.people.columns and row.lacks("later_on"):
        return (
            "later_on",
            f"Situation à 6 mois notée ({row.later_situation or 'illisible'}), sans le jour où "
            "elle a été relevée.",
            "Remplissez Relevée le : le jour où la personne a été jointe, ou appelée.",
        )
    if asked is None or is_far_off(asked, context.on):
        return None
    if not is_noted:
        return (
            "later_situation",
            f"Situation relevée le {french_day(asked)}, mais pas notée.",
            "Choisissez-la dans la liste ; sans réponse de la personne : « Injoignable ».",
        )
    if asked > context.on:
        return (
            "later_on",
            f"Situation à 6 mois relevée le {french_day(asked)} : cette date est à venir.",
            "Corrigez Relevée le : le jour où la personne a été jointe, ou appelée.",
        )
    if row.exited is not None and asked < row.exited:
        return (
            "later_on",
            f"Situation à 6 mois relevée le {french_day(asked)}, avant la sortie "
            f"({french_day(row.exited)}).",
            "Vérifiez les deux dates : l'une des deux a été mal tapée.",
        )
    return None


@rule("PER33", "Situation relevée loin des six mois", Severity.INFO, "fiche n°15")
def later_far(context: Context) -> Iterator[Fault]:
    """Quoi : la situation à 6 mois a été relevée moins de cinq mois, ou plus de huit mois, après la
    sortie.

    Pourquoi : les fonds européens (FSE+) demandent la situation six mois après la sortie : la
    réponse doit dire ce jour-là.

    Exemple qui échoue : sortie le 12/10/2025, relevée le 11/03/2026.

    Exemple qui passe : sortie le 12/10/2025, relevée le 12/03/2026, cinq mois après.

    Comment corriger : rien, si la personne a dit sa situation à six mois ; relevée trop tôt, la
    redemander.
    """
    if "later_situation" not in context.records.people.columns:
        return
    for row in context.records.people.rows:
        asked, exited = row.later_on, row.exited
        if asked is None or exited is None or not row.person or _incomplete(context, row):
            continue
        if is_far_off(asked, context.on):
            continue
        if asked < LATER_EARLIEST.after(exited):
            said = f"moins de {LATER_EARLIEST.text} après la sortie"
        elif asked > LATER_LATEST.after(exited):
            said = f"plus de {LATER_LATEST.text} après la sortie"
        else:
            continue
        yield person_fault(
            context,
            row,
            "later_on",
            f"Situation à 6 mois relevée le {french_day(asked)}, {said} ({french_day(exited)}).",
            "Rien à faire si la réponse dit la situation à six mois ; sinon, redemandez-la.",
        )
