"""Faults put on purpose into a draft: each on a row of its own, one of nearly every kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cedre_xlsx.demonstration.days import next_working_day, working_day
from cedre_xlsx.demonstration.draft import Draft
from cedre_xlsx.demonstration.leavers import LEAVERS
from cedre_xlsx.demonstration.lines import Row
from cedre_xlsx.demonstration.newcomers import NEWCOMERS, Newcomer
from cedre_xlsx.demonstration.pass_holders import PASS_HOLDERS
from cedre_xlsx.demonstration.people_faults import PEOPLE_FAULTS
from cedre_xlsx.method.days import add_months
from cedre_xlsx.schema import tables as t

_SUIVI, _ENGAGEMENTS = t.FOLLOW_UP.table, t.ENGAGEMENTS.table
_MISSIONS, _FREINS = t.MISSIONS.table, t.BARRIERS.table
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault: the rule's code, the row (the very one of the draft) and the cell's heading."""

    code: str
    table: str
    row: Row
    heading: str


#: What makes a good row a bad one; the second argument is the day of the count.
_Change = Callable[[Row, date], Row]


@dataclass(frozen=True, slots=True)
class _Kind:
    """A fault made by changing the cells of one good row of a table."""

    code: str
    table: str
    field: str
    suits: Callable[[Row, date], bool]
    change: _Change


def _day(row: Row, name: str) -> date:
    value = row.get(name)
    return value if isinstance(value, date) else date.min


def _number(row: Row, name: str) -> float:
    value = row.get(name)
    return float(value) if isinstance(value, int | float) else 0


def _misspelt(row: Row, _: date) -> Row:
    """The name without its fourth letter."""
    name = str(row["person"])
    return {"person": name[:3] + name[4:]}


def _put(**cells: str | None) -> _Change:
    return lambda row, on: dict(cells)


def _past(row: Row, on: date) -> bool:
    """A plain line of the past, done, without a deadline."""
    return (
        _day(row, "dated") < on - 40 * _DAY
        and isinstance(row["dated"], date)
        and row.get("status") == "(3) Réalisée"
        and not row.get("deadline")
        and not row.get("collective")
        and not str(row["action"]).startswith("Bilan")
    )


def _waiting(row: Row, on: date) -> bool:
    return row.get("status") == "(2) En cours" and isinstance(row.get("deadline"), date)


def _closed(row: Row, on: date) -> bool:
    return row.get("reviewed") is not None and row.get("follow_up") == "NON"


def _reviewed(row: Row, on: date) -> bool:
    return row.get("reviewed") is not None


def _open(row: Row, on: date) -> bool:
    return row.get("reviewed") is None and _day(row, "agreed") < on - 30 * _DAY


def _ended(row: Row, on: date) -> bool:
    start, end = _day(row, "start"), _day(row, "end")
    return start + 3 * _DAY < end < on - 40 * _DAY and row.get("nature") == "MAD"


def _any(row: Row, on: date) -> bool:
    return True


_KINDS: tuple[_Kind, ...] = (
    _Kind("LEC03", _SUIVI, "dated", _past, lambda row, _: {"dated": f"31/02/{_yy(row)}"}),
    _Kind("LEC04", _SUIVI, "deadline", _past, _put(deadline="Pâques")),
    _Kind("LEC05", _SUIVI, "minutes", _past, _put(minutes="un bon moment")),
    _Kind("LEC07", _SUIVI, "status", _past, _put(status="Presque fini")),
    _Kind("SUI01", _SUIVI, "person", _past, _misspelt),
    _Kind("SUI02", _SUIVI, "deadline", _waiting, _put(deadline=None)),
    _Kind(
        "SUI03", _SUIVI, "deadline", _waiting,
        lambda row, on: {"dated": on - 31 * _DAY, "deadline": next_working_day(on - 12 * _DAY)},
    ),
    _Kind("SUI06", _SUIVI, "deadline", _past, lambda row, _: {"deadline": _before(row, "dated")}),
    _Kind("SUI07", _SUIVI, "outcome", _past, _put(outcome="")),
    _Kind("SUI10", _SUIVI, "minutes", _past, _put(minutes="12h")),
    _Kind("SUI14", _SUIVI, "reference", _past, _put(reference="CP-2019-404")),
    _Kind("ENG01", _ENGAGEMENTS, "needs", _reviewed, _put(needs="")),
    _Kind("ENG01", _ENGAGEMENTS, "object", _reviewed, _put(object="")),
    _Kind(
        "ENG01", _ENGAGEMENTS, "structure_means", _reviewed,
        _put(structure_means="", person_means=""),
    ),
    _Kind("ENG01", _ENGAGEMENTS, "deadline", _reviewed, _put(deadline=None)),
    _Kind("ENG02", _ENGAGEMENTS, "reference", _reviewed, _put(reference="CP-26/1")),
    _Kind("ENG05", _ENGAGEMENTS, "person", _closed, _misspelt),
    _Kind(
        "ENG06", _ENGAGEMENTS, "deadline",
        lambda row, on: row["type"] == "CP" and _reviewed(row, on),
        lambda row, _: {"deadline": working_day(add_months(_day(row, "agreed"), 5))},
    ),
    _Kind(
        "ENG07", _ENGAGEMENTS, "deadline", _reviewed,
        lambda row, _: {"deadline": _before(row, "agreed")},
    ),
    _Kind(
        "ENG08", _ENGAGEMENTS, "deadline", _open,
        lambda row, on: {"deadline": working_day(on - 10 * _DAY)},
    ),
    _Kind(
        "ENG10", _ENGAGEMENTS, "reviewed", _closed,
        lambda row, _: {"reviewed": _before(row, "agreed")},
    ),
    _Kind("ENG11", _ENGAGEMENTS, "achieved", _reviewed, _put(achieved=None)),
    _Kind("ENG15", _ENGAGEMENTS, "person_means", _reviewed, _put(person_means="")),
    _Kind("ENG16", _ENGAGEMENTS, "form", _open, _put(form="Écrit")),
    _Kind("MIS01", _MISSIONS, "person", _ended, _misspelt),
    _Kind("MIS02", _MISSIONS, "end", _ended, lambda row, _: {"end": _before(row, "start")}),
    _Kind(
        "MIS04", _MISSIONS, "hours", _ended,
        lambda row, _: {"hours": 10 * _number(row, "hours") + 500},
    ),
    _Kind("MIS05", _MISSIONS, "rome", _ended, _put(rome="K13")),
    _Kind("PER16", _FREINS, "person", _any, _misspelt),
)  # fmt: skip


def _yy(row: Row) -> str:
    return f"{_day(row, 'dated'):%y}"


def _before(row: Row, name: str) -> date:
    return working_day(_day(row, name) - 5 * _DAY)


def plant(made: Draft) -> tuple[Planted, ...]:
    """Put the faults into the draft, and say where."""
    planters: tuple[Newcomer, ...] = (*PEOPLE_FAULTS, *NEWCOMERS, *PASS_HOLDERS, *LEAVERS)
    by_person = (found for planter in planters for found in planter(made))
    return (
        *(Planted(code, table, row, _heading(table, name)) for code, table, row, name in by_person),
        *_in_cells(made),
    )


def _heading(table: str, name: str) -> str:
    spec = next(spec for spec in t.DATA_TABLES if spec.table == table)
    return spec.columns[name].header


def _in_cells(made: Draft) -> Iterator[Planted]:
    """One good row changed for each kind, each of another person, none of them on pause."""
    used: set[object] = {one.name.person for one in made.pathways if one.paused_until}
    for kind in _KINDS:
        row = next(
            row
            for row in made.rows[kind.table]
            if row["person"] not in used and kind.suits(row, made.on)
        )
        used.add(row["person"])
        old = row.get("reference")
        row.update(kind.change(row, made.on))
        if kind.table == _ENGAGEMENTS and row["reference"] != old:
            _forget(made, str(old))
        yield Planted(kind.code, kind.table, row, _heading(kind.table, kind.field))


def _forget(made: Draft, reference: str) -> None:
    """No line of follow-up names that reference any more."""
    for row in made.rows[_SUIVI]:
        if row.get("reference") == reference:
            row["reference"] = ""
