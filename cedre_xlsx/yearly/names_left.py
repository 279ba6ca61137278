"""The names of people who stay behind that the new workbook still holds, where nothing was carried:
what the team wrote itself in titles, headers, sheets and comments of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cedre_xlsx.method.french import counted
from cedre_xlsx.privacy.name_forms import Strength
from cedre_xlsx.privacy.somebodies import named_beside, somebodies
from cedre_xlsx.privacy.traces.model import Trace
from cedre_xlsx.privacy.traces.search import traces
from cedre_xlsx.schema.records import Records
from cedre_xlsx.yearly.carried import Carried

#: How many places are said one by one.
_MOST = 20


def names_left(data: bytes, records: Records, carried: Carried) -> tuple[str, ...]:
    """Where the finished workbook still names somebody who stays behind, one sentence a place; the
    last one counts those that are not said. Only whole names, and numbers, are told.

    `records` is what the old workbook holds.
    """
    persons = records.persons.items()
    gone = [one for name, who in persons if name not in carried.people for one in somebodies(who)]
    if not gone:
        return ()
    living = [one for name, who in persons if name in carried.people for one in somebodies(who)]
    found = traces(data, gone, living=living, others=named_beside(records))
    return tuple(_told(found))


def _told(found: Iterable[Trace]) -> Iterator[str]:
    sure = (one for one in found if one.strength is Strength.SURE)
    lines = list(dict.fromkeys(f"{one.place} : « {one.form} »" for one in sure))
    yield from lines[:_MOST]
    if len(lines) > _MOST:
        yield f"et {counted(len(lines) - _MOST, 'autre endroit', 'autres endroits')}"
