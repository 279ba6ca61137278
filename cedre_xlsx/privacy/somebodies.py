"""The people of a workbook, and who else it names, as the search for names asks for them."""

from __future__ import annotations

from collections.abc import Iterable

from cedre_xlsx.privacy.name_forms import NamedPerson
from cedre_xlsx.schema.records import Person, Records


def somebodies(person: Person, code: str = "") -> list[NamedPerson]:
    """A person by each spelling of their rows of Personnes; `code` is what stands for them."""
    return list(
        dict.fromkeys(
            NamedPerson(
                row.last_name,
                row.first_name,
                row.precision,
                code,
                tuple(filter(None, [row.pass_number])),
            )
            for row in person.pathways
        )
    )


def living_but(records: Records, names: Iterable[str]) -> list[tuple[str, Person]]:
    """Everybody who is not anonymous, by name, but for some."""
    gone = set(names)
    return [(name, one) for name, one in records.living.persons.items() if name not in gone]


def named_beside(records: Records) -> frozenset[str]:
    """The names of those who accompany, and of whom people work for or with."""
    named = [*records.settings.advisors, records.settings.structure]
    for person in records.people.rows:
        named += [person.advisor, person.referent]
    named += [line.participant for line in records.follow_ups.rows]
    named += [engagement.advisor for engagement in records.engagements.rows]
    named += [mission.client for mission in records.missions.rows]
    named += [barrier.partner for barrier in records.barriers.rows]
    return frozenset(filter(None, named))
