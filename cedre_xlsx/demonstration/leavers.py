"""People added for the end of their contract, and for what became of them six months later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from cedre_xlsx.demonstration.days import next_working_day, working_day
from cedre_xlsx.demonstration.draft import Draft
from cedre_xlsx.demonstration.lines import Row
from cedre_xlsx.demonstration.newcomers import (
    Found,
    Newcomer,
    ago,
    contact,
    mobilisation,
    newcomer_row,
)
from cedre_xlsx.method.days import add_months
from cedre_xlsx.schema import tables as t
from cedre_xlsx.workbook.template.filling import Cell

_PEOPLE, _SUIVI, _ENGAGEMENTS = t.PEOPLE.table, t.FOLLOW_UP.table, t.ENGAGEMENTS.table


def _under_contract(made: Draft, last: str, first: str, days: int) -> Row:
    """Somebody followed as the method asks, whose contract is over for so many days."""
    row = newcomer_row(last, first, ago(made, 210), contract_end=made.on - timedelta(days=days))
    made.add(_PEOPLE, row)
    person = f"{last} {first}"
    for past in (210, 170, 130, 90, 55, 20):
        made.add(_SUIVI, contact(person, ago(made, past)))
    agreed, due = ago(made, 190), next_working_day(made.on + timedelta(days=60))
    made.add(_ENGAGEMENTS, mobilisation(made, person, agreed, due))
    return row


def _exit_to_record(made: Draft) -> Iterator[Found]:
    """For eighteen days: the end of the contract, and what is left of thirty."""
    row = _under_contract(made, "Mélisse", "Firmin", 18)
    yield "PER15", _PEOPLE, row, "contract_end"
    yield "PER27", _PEOPLE, row, "exited"


def _exit_pressing(made: Draft) -> Iterator[Found]:
    yield "PER28", _PEOPLE, _under_contract(made, "Sureau", "Hortense", 27), "exited"


def _exit_overdue(made: Draft) -> Iterator[Found]:
    yield "PER29", _PEOPLE, _under_contract(made, "Genêt", "Aristide", 38), "exited"


def _renewed(made: Draft) -> Iterator[Found]:
    """A mission began after the end of the contract, which nobody brought up to date."""
    row = _under_contract(made, "Bourrache", "Sidonie", 33)
    start = next_working_day(made.on - timedelta(days=20))
    mission: Row = {
        "person": "Bourrache Sidonie",
        "nature": "MAD",
        "start": start,
        "weekly_hours": 12,
        "client": "Mairie de Valbruyère",
    }
    made.add(t.MISSIONS.table, mission)
    yield "PER15", _PEOPLE, row, "contract_end"


def _left(made: Draft, last: str, first: str, months: int, **cells: Cell) -> Row:
    """Somebody who left so many months ago, and a day."""
    exited = add_months(made.on, -months) - timedelta(days=1)
    row = newcomer_row(
        last, first, working_day(exited - timedelta(days=260)), exited=exited,
        exit_category="Emploi de transition", exit_reason="Contrat aidé", **cells,
    )  # fmt: skip
    made.add(_PEOPLE, row)
    for days in (250, 140, 35):
        made.add(_SUIVI, contact(f"{last} {first}", working_day(exited - timedelta(days=days))))
    return row


def _situation_to_ask(made: Draft) -> Iterator[Found]:
    row = _left(made, "Aubépine", "Lucien", 6)
    yield "PER30", _PEOPLE, row, "later_situation"


def _situation_overdue(made: Draft) -> Iterator[Found]:
    row = _left(made, "Verveine", "Apolline", 8, later_situation="Non renseignée")
    yield "PER31", _PEOPLE, row, "later_situation"


def _situation_without_day(made: Draft) -> Iterator[Found]:
    row = _left(made, "Chardon", "Ferdinand", 9, later_situation="Injoignable")
    yield "PER32", _PEOPLE, row, "later_on"


def _situation_asked_early(made: Draft) -> Iterator[Found]:
    """Less than five months after the exit."""
    asked = ago(made, 120)
    row = _left(made, "Lavande", "Clovis", 8, later_situation="Chômage", later_on=asked)
    yield "PER33", _PEOPLE, row, "later_on"


#: Each adds a person, and the cells where a rule finds something.
LEAVERS: tuple[Newcomer, ...] = (
    _exit_to_record,
    _exit_pressing,
    _exit_overdue,
    _renewed,
    _situation_to_ask,
    _situation_overdue,
    _situation_without_day,
    _situation_asked_early,
)
