"""Why somebody whose time is over is spared: what still runs, and what the team asked to keep."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.privacy.model import Reason
from cedre_xlsx.rules.wording import quoted
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Person, Records
from cedre_xlsx.schema.retention import goes_on, place_of

#: The days of Personnes up to which something runs, and how it is said.
_RUNNING = (
    ("exited", "sortie notée pour le {}"),
    ("contract_end", "contrat jusqu'au {}"),
    ("pass_end", "PASS IAE jusqu'au {}"),
    ("pass_suspended_until", "PASS IAE suspendu jusqu'au {}"),
)


def reasons_of(records: Records, person: Person, on: date) -> Iterator[Reason]:
    """Everything that spares a person on that day, the day itself included."""
    for row in person.pathways:
        for field, said in _RUNNING:
            until: date | None = getattr(row, field)
            if until is not None and until >= on:
                yield Reason(said.format(french_day(until)), place_of(records, row, field), until)
    yield from _open_engagements(records, person, on)
    yield from _missions(records, person, on)
    for row in person.pathways:
        yield from _kept(records, row, on)


def _open_engagements(records: Records, person: Person, on: date) -> Iterator[Reason]:
    for row in person.engagements:
        if row.agreed is not None and row.is_open(on):
            called = f"engagement {row.reference}".strip()
            yield Reason(
                f"{called} du {french_day(row.agreed)} ouvert, sans bilan",
                place_of(records, row, "agreed"),
            )


def _missions(records: Records, person: Person, on: date) -> Iterator[Reason]:
    for row in person.missions:
        if goes_on(row, on) and "end" not in row.unreadable:
            since = f" depuis le {french_day(row.start)}" if row.start else ""
            end = f"jusqu'au {french_day(row.end)}" if row.end else "sans fin"
            field = "end" if row.end else "start"
            yield Reason(f"mission{since}, {end}", place_of(records, row, field), row.end)


def _kept(records: Records, row: PersonRow, on: date) -> Iterator[Reason]:
    """What À garder jusqu'au and Parce que ask: half of it, or what cannot be read, keeps too."""
    why = row.keep_reason.strip()
    day, reason = place_of(records, row, "keep_until"), place_of(records, row, "keep_reason")
    if "keep_until" in row.unreadable:
        yield Reason("À garder jusqu'au n'est pas lisible", day, to_correct=True)
    elif row.keep_until is None and why:
        yield Reason(f"à garder, sans date : {quoted(why)}", reason, to_correct=True)
    elif row.keep_until is not None and row.keep_until >= on:
        until = f"à garder jusqu'au {french_day(row.keep_until)}"
        if why:
            yield Reason(f"{until} : {quoted(why)}", day, row.keep_until)
        else:
            yield Reason(f"{until}, sans motif", day, row.keep_until, to_correct=True)
