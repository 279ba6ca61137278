"""Associations made at random, with all that a line may tell of somebody, and who is due."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.method.vocabulary import AbsenceReason, StructureKind
from cedre_xlsx.schema.records import Records, Table
from tests.reports.statistics.test_oracle import association

START = date(2016, 1, 1)
#: Days of the three waves.
WAVES = (date(2022, 3, 17), date(2024, 9, 30), date(2026, 9, 30))
KINDS = (StructureKind.AI, StructureKind.ACI, StructureKind.ETTI, StructureKind.EI, None)
SECRETS = ("Mme Zéphirine", "sa tutelle", "dépression", "sous main de justice")


def ten_years(seed: int, people: int) -> Records:
    """An association with texts, health, justice, shared sessions and moved deadlines."""
    made = association(seed, people, KINDS[seed % len(KINDS)], START)
    chance = random.Random(f"{seed} words")
    workshops = [START + timedelta(days=chance.randrange(3900)) for _ in range(12)]

    def words() -> str:
        return f"Vu avec {chance.choice(SECRETS)}" if chance.random() < 0.5 else ""

    def person(row: Any) -> dict[str, Any]:
        reasons = ("Santé", "Incarcération", "Formation", row.exit_reason)
        return {
            "first_name": chance.choice(("Ana", "Bo", "")),
            "request": words(),
            "aah": chance.choice((None, True, False)),
            "exit_reason": chance.choice(reasons) if row.exit_reason else "",
            "education": chance.choice(("", "Bac pro", "Personne avec qualifications non cert")),
            "extra": {**row.extra, "Suivi santé": chance.choice(("CMP", "", "non"))},
        }

    def action(row: Any) -> dict[str, Any]:
        shared = row.day is not None and chance.random() < 0.3
        day = chance.choice(workshops) if shared else row.day
        moved = row.deadline and Deadline(
            "x", row.deadline.day + timedelta(days=9), row.deadline.day
        )
        return {
            "dated": row.dated and DatedText(words(), day),
            "collective": True if shared else row.collective,
            "action": row.action if row.is_hand_over else f"{row.action} {words()}".strip(),
            "objective": words(),
            "deadline": moved,
            "absence_reason": chance.choice((None, *AbsenceReason)),
        }

    def engagement(row: Any) -> dict[str, Any]:
        return {
            "needs": words(), "object": words(), "comments": words(),
            "unreadable": frozenset({"reviewed"} if chance.random() < 0.03 else ()),
        }  # fmt: skip

    def mission(row: Any) -> dict[str, Any]:
        return {"client": words(), "trade": chance.choice(("Ménage", "Espaces verts", ""))}

    def barrier(row: Any) -> dict[str, Any]:
        return {"remarks": words(), "orientation": chance.choice((row.orientation, "CSAPA", ""))}

    def table(one: Table[Any], change: Any) -> Table[Any]:
        rows = []
        for number, row in enumerate(one.rows, 5):
            facts = {name: getattr(row, name) for name in type(row).model_fields}
            new = {**facts, **change(row), "row": number}
            if "reviewed" in new["unreadable"]:
                new["reviewed"] = None
            rows.append(type(row)(**new))
        return replace(one, rows=tuple(rows))

    named = replace(made, people=table(made.people, person))
    full = {row.last_name: row.person for row in named.people.rows}
    named = _one_name_each(named)
    full = {row.last_name: row.person for row in named.people.rows}

    def whose(change: Any) -> Any:
        return lambda row: {"person": full[row.person], **change(row)}

    settings = replace(
        made.settings, breakdowns=("Civilité", "Commune", "Suivi santé", "RQTH", *_ages(seed))
    )
    return replace(
        named,
        settings=settings,
        follow_ups=table(made.follow_ups, whose(action)),
        engagements=table(made.engagements, whose(engagement)),
        missions=table(made.missions, whose(mission)),
        barriers=table(made.barriers, whose(barrier)),
    )


def _ages(seed: int) -> Sequence[str]:
    return ("Année de naissance", "Date d'inscription") if seed % 2 else ()


def _one_name_each(records: Records) -> Records:
    """The two pathways of someone have one first name."""
    first: dict[str, str] = {}
    rows = []
    for row in records.people.rows:
        name = first.setdefault(row.last_name, row.first_name)
        facts = {one: getattr(row, one) for one in type(row).model_fields}
        rows.append(type(row)(**{**facts, "first_name": name}))
    return replace(records, people=replace(records.people, rows=tuple(rows)))


def due(records: Records, on: date) -> list[str]:
    """Who was last seen, or left, or began, more than two years ago."""
    long_ago = on - timedelta(days=731)
    found = []
    for name, person in records.living.persons.items():
        days = [row.exited or row.began for row in person.pathways]
        known = [day for day in days if day is not None]
        last = person.last_contact(on) or max(known, default=None)
        if person.last_contact(date.max) != person.last_contact(on) or max(known, default=on) > on:
            continue  # of this association, what comes after that day is not typed yet
        if last is not None and last < long_ago:
            found.append(name)
    return found
