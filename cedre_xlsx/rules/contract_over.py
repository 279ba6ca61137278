"""PER27 to PER29: a contract is over, and the exit is to be recorded in time for European funds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from cedre_xlsx.method.after_exit import EXIT_PRESSED, EXIT_RECORDED, EXIT_TOLD
from cedre_xlsx.method.french import counted
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.plausibility import is_far_off
from cedre_xlsx.rules.context import Context
from cedre_xlsx.rules.people import person_fault
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.schema.findings import Severity
from cedre_xlsx.schema.missions import MissionRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Person

_HELP = (
    "Datez la sortie, avec sa catégorie et son motif ; si le contrat continue, mettez Fin de "
    "contrat à jour."
)


class ContractOver(NamedTuple):
    """Someone of the active file whose contract `ended`; `mission` says that they still work."""

    pathway: PersonRow
    ended: date
    mission: MissionRow | None
    is_exit_due: bool  # nothing says that the person stays, nor that the exit is dated
    pass_until: date | None  # the last day of a PASS that runs on

    @property
    def last_day(self) -> date:
        """The last day to record the exit."""
        return EXIT_RECORDED.after(self.ended)


def contracts_over(context: Context) -> Iterator[ContractOver]:
    """Everyone followed whose contract is over, and who has no later one in another row."""
    for person, pathway, registered in context.followed:
        ended = pathway.contract_end
        if ended is None or ended >= context.on or _has_later_contract(person, pathway, ended):
            continue
        mission = _mission_after(person, ended, context.on)
        is_of_pathway = registered <= ended and not is_far_off(ended, context.on)
        is_idle = mission is None and _all_begin(person)
        is_due = is_idle and is_of_pathway and pathway.lacks("exited")
        pass_until = _pass_runs_until(pathway, context.on)
        yield ContractOver(pathway, ended, mission, is_due, pass_until)


def _pass_runs_until(row: PersonRow, on: date) -> date | None:
    """The last day of a PASS that runs that day; None for one over or suspended."""
    if row.pass_end is None or row.pass_end < on:
        return None
    suspended = row.pass_suspended_until
    return None if suspended is not None and suspended >= on else row.pass_end


def _has_later_contract(person: Person, pathway: PersonRow, ended: date) -> bool:
    return any(
        row.contract_end is not None and row.contract_end > ended
        for row in person.pathways
        if row is not pathway and row.exited is None
    )


def _mission_after(person: Person, ended: date, on: date) -> MissionRow | None:
    """The latest salaried mission with a day after the end of the contract, or to come."""
    for row in reversed(person.missions):
        if not row.salaried or row.start is None:
            continue
        if max(row.start, row.last_day(on) or row.start) > ended:
            return row
    return None


def _all_begin(person: Person) -> bool:
    """Whether the day on which each salaried mission begins is known."""
    return all(row.start is not None for row in person.missions if row.salaried)


def still_working(context: Context, over: ContractOver, mission: MissionRow) -> tuple[str, str]:
    """What is said of a mission after the end of the contract, and what to do."""
    begins = french_day(mission.start) if mission.start else ""
    where = f"({context.records.missions.sheet}, ligne {mission.row})"
    start = f"Le contrat est fini depuis le {french_day(over.ended)}, mais"
    if mission.start is not None and mission.start <= over.ended and mission.end is None:
        return (
            f"{start} la mission commencée le {begins} {where} n'a pas de fin.",
            "Contrat renouvelé : mettez Fin de contrat à jour. Sinon, datez la fin de la mission, "
            f"et {date_the_exit(over.pathway)}.",
        )
    said = f"une mission du {begins} {where} vient après"
    if mission.start is not None and mission.start <= over.ended and mission.end is not None:
        goes_on = "court encore" if mission.end >= context.on else "a continué"
        said = f"la mission du {begins} {where} {goes_on} jusqu'au {french_day(mission.end)}"
    return (
        f"{start} {said} : il a sans doute été renouvelé.",
        "Mettez Fin de contrat à jour ; si la personne est partie, corrigez la mission et "
        f"{date_the_exit(over.pathway)}.",
    )


def date_the_exit(row: PersonRow) -> str:
    """What to do with the day of the exit, which may be typed for a day to come."""
    if row.exited is None:
        return "datez la sortie"
    return f"vérifiez la date de sortie ({french_day(row.exited)})"


@rule("PER27", "Sortie à enregistrer bientôt", Severity.INFO, "fiche n°15")
def exit_to_record(context: Context) -> Iterator[Fault]:
    """Quoi : le contrat d'une personne suivie est fini depuis 15 à 24 jours, sans date de sortie,
    sans mission depuis et sans autre contrat.

    Pourquoi : les fonds européens (FSE+) veulent la sortie enregistrée dans les 30 jours qui
    suivent la fin du contrat.

    Exemple qui échoue : au 12/05/2026, Fin de contrat le 27/04/2026, Date de sortie vide.

    Exemple qui passe : au 12/05/2026, Fin de contrat le 28/04/2026 ; ou une mission commencée
    depuis : le contrat a sans doute été renouvelé, et PER15 demande la nouvelle date.

    Comment corriger : dater la sortie, avec sa catégorie et son motif ; ou mettre Fin de contrat à
    jour.
    """
    for over in _between(context, EXIT_TOLD.length, EXIT_PRESSED.length - 1):
        yield _to_record(context, over)


@rule("PER28", "Sortie à enregistrer sans attendre", Severity.WARNING, "fiche n°15")
def exit_pressing(context: Context) -> Iterator[Fault]:
    """Quoi : le contrat d'une personne suivie est fini depuis 25 à 30 jours, sans date de sortie,
    sans mission depuis et sans autre contrat.

    Pourquoi : il reste cinq jours au plus sur les 30 que laissent les fonds européens (FSE+).

    Exemple qui échoue : au 12/05/2026, Fin de contrat le 17/04/2026, Date de sortie vide.

    Exemple qui passe : au 12/05/2026, Fin de contrat le 18/04/2026 : PER27 l'annonce encore.

    Comment corriger : dater la sortie, avec sa catégorie et son motif ; ou mettre Fin de contrat à
    jour.
    """
    for over in _between(context, EXIT_PRESSED.length, EXIT_RECORDED.length):
        yield _to_record(context, over)


@rule("PER29", "Délai pour enregistrer la sortie dépassé", Severity.WARNING, "fiche n°15")
def exit_overdue(context: Context) -> Iterator[Fault]:
    """Quoi : le contrat d'une personne suivie est fini depuis plus de 30 jours, sans date de
    sortie, sans mission depuis et sans autre contrat.

    Pourquoi : le délai des fonds européens (FSE+) est dépassé ; une sortie datée reste utile à
    tous les chiffres de l'année.

    Exemple qui échoue : au 12/05/2026, Fin de contrat le 11/04/2026, Date de sortie vide.

    Exemple qui passe : au 12/05/2026, Fin de contrat le 12/04/2026 ; une personne en pause, ou dont
    la sortie est datée.

    Comment corriger : dater la sortie, du jour où la personne est partie, avec sa catégorie et son
    motif ; ou mettre Fin de contrat à jour.
    """
    for over in _between(context, EXIT_RECORDED.length + 1, (date.max - date.min).days):
        late = (context.on - over.last_day).days
        yield _fault(
            context,
            over,
            f"la sortie était à enregistrer au plus tard le {french_day(over.last_day)}, délai "
            f"dépassé depuis {counted(late, 'jour')}.",
        )


def _between(context: Context, least: int, most: int) -> Iterator[ContractOver]:
    """The exits due, their contract over for so many days."""
    for over in contracts_over(context):
        if over.is_exit_due and least <= (context.on - over.ended).days <= most:
            yield over


def _to_record(context: Context, over: ContractOver) -> Fault:
    rest = (over.last_day - context.on).days
    days = f"{EXIT_RECORDED.length} jours"
    left = f"il reste {counted(rest, 'jour')} sur {EXIT_RECORDED.length}"
    return _fault(
        context,
        over,
        f"la sortie est à enregistrer au plus tard le {french_day(over.last_day)}, "
        f"{left if rest else f'dernier des {days}'}.",
    )


def _fault(context: Context, over: ContractOver, said: str) -> Fault:
    """A finding on the empty cell of the exit; another end of contract makes another."""
    message = f"Contrat fini le {french_day(over.ended)} : {said}"
    help_text = _HELP
    if over.pass_until is not None:
        until = french_day(over.pass_until)
        help_text += f" Le PASS IAE court jusqu'au {until} : voyez s'il faut le suspendre."
    return person_fault(context, over.pathway, "exited", message, help_text, over.ended)
