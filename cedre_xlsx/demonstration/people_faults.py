"""Faults in the rows of people who are there, or who left: dates, exits, numbers in texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from cedre_xlsx.demonstration.days import next_working_day, working_day
from cedre_xlsx.demonstration.draft import Draft
from cedre_xlsx.demonstration.lines import Row
from cedre_xlsx.demonstration.newcomers import Found
from cedre_xlsx.demonstration.pathways import Pathway
from cedre_xlsx.schema import tables as t

_PEOPLE, _SUIVI, _MISSIONS = t.PEOPLE.table, t.FOLLOW_UP.table, t.MISSIONS.table
#: Specimens that public notices print: they are nobody's.
_NIR = "2 69 05 49 588 157 80"
_IBAN = "FR14 2004 1010 0505 0001 3M02 606"


@dataclass(frozen=True, slots=True)
class _Fault:
    """A fault planted with one person, `present` or gone."""

    code: str
    table: str
    field: str
    present: bool
    spoil: Callable[[Draft, Pathway], Row]

    def __call__(self, made: Draft) -> Iterator[Found]:
        """Spoil the pathway that comes at this fault's rank among those that suit."""
        rank = [fault for fault in PEOPLE_FAULTS if fault.present == self.present].index(self)
        suited = [one for one in made.pathways if _suits(one, self.present, made)]
        yield self.code, self.table, self.spoil(made, suited[rank]), self.field


def _suits(pathway: Pathway, present: bool, made: Draft) -> bool:
    """Plain cases only: not on pause, once in the workbook, there for some months."""
    if pathway.paused_until or pathway.name.precision:
        return False
    if sum(one.name == pathway.name for one in made.pathways) > 1:
        return False
    if present:
        return pathway.exited is None and (made.on - pathway.registered).days > 100
    return pathway.exited is not None and (made.on - pathway.exited).days > 40


def _person_row(made: Draft, pathway: Pathway) -> Row:
    name = pathway.name
    return next(
        row
        for row in made.rows[_PEOPLE]
        if (row["last_name"], row["first_name"]) == (name.last, name.first)
    )


def _cells(**cells: str | None) -> Callable[[Draft, Pathway], Row]:
    def spoil(made: Draft, pathway: Pathway) -> Row:
        row = _person_row(made, pathway)
        row.update(cells)
        return row

    return spoil


def _twice(made: Draft, pathway: Pathway) -> Row:
    again = dict(_person_row(made, pathway))
    again["registered"] = working_day(pathway.registered + timedelta(days=20))
    made.add(_PEOPLE, again)
    return again


def _received_after(made: Draft, pathway: Pathway) -> Row:
    row = _person_row(made, pathway)
    row["pre_reception"] = next_working_day(pathway.registered + timedelta(days=9))
    return row


def _contract_over(made: Draft, pathway: Pathway) -> Row:
    row = _person_row(made, pathway)
    row["contract_end"] = working_day(made.on - timedelta(days=9))
    return row


def _tomorrow(made: Draft, pathway: Pathway) -> Row:
    row = dict(made.of_person(_SUIVI, pathway.name.person)[0])
    row |= {"dated": next_working_day(made.on + timedelta(days=6)), "reference": ""}
    row |= {"action": "Entretien individuel", "deadline": None, "engagement": None}
    made.add(_SUIVI, row)
    return row


def _left_open(made: Draft, pathway: Pathway) -> Row:
    row = made.of_person(_SUIVI, pathway.name.person)[-1]
    due = next_working_day(pathway.until + timedelta(days=20))
    row |= {"status": "(2) En cours", "outcome": "", "deadline": due}
    return row


def _after_the_exit(made: Draft, pathway: Pathway) -> Row:
    start = next_working_day(pathway.until + timedelta(days=12))
    _add_mission(made, pathway, start=start, end=start + timedelta(days=2), hours=12)
    return _person_row(made, pathway)


def _before_registration(made: Draft, pathway: Pathway) -> Row:
    start = working_day(pathway.registered - timedelta(days=60))
    return _add_mission(made, pathway, start=start, end=start + timedelta(days=1), hours=8)


def _mission_twice(made: Draft, pathway: Pathway) -> Row:
    start = next_working_day(pathway.registered + timedelta(days=1))
    cells: Row = {"start": start, "end": start, "hours": 3}
    _add_mission(made, pathway, **cells)
    return _add_mission(made, pathway, **cells)


def _add_mission(made: Draft, pathway: Pathway, **cells: object) -> Row:
    row: Row = {
        "person": pathway.name.person,
        "nature": "MAD",
        "client": "Mairie de Valbruyère",
        "trade": pathway.trade.name,
        "rome": pathway.trade.rome,
    }
    row.update(cells)  # type: ignore[arg-type]
    made.add(_MISSIONS, row)
    return row


#: Each with another person.
PEOPLE_FAULTS: tuple[_Fault, ...] = (
    _Fault("PER01", _PEOPLE, "last_name", True, _twice),
    _Fault("PER03", _PEOPLE, "interview", False, _received_after),
    _Fault("PER04", _PEOPLE, "advisor", True, _cells(advisor="")),
    _Fault("PER09", _PEOPLE, "exited", False, _after_the_exit),
    _Fault("PER11", _SUIVI, "status", False, _left_open),
    _Fault("PER12", _PEOPLE, "exit_category", False, _cells(exit_category=None, exit_reason="")),
    _Fault("PER15", _PEOPLE, "contract_end", True, _contract_over),
    _Fault("SUI08", _SUIVI, "dated", True, _tomorrow),
    _Fault("PER22", _PEOPLE, "pass_number", True, _cells(pass_number="00000 26 0001")),
    _Fault("MIS03", _MISSIONS, "start", False, _mission_twice),
    _Fault("MIS06", _MISSIONS, "start", False, _before_registration),
    _Fault("DCP01", _PEOPLE, "request", False, _cells(request=f"Dossier CAF : {_NIR}")),
    _Fault("DCP02", _PEOPLE, "request", False, _cells(request=f"Paie à verser sur {_IBAN}")),
)
