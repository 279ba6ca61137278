"""Every trace of given people in a workbook, wherever it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.privacy.name_forms import NamedPerson, NameSearch
from cedre_xlsx.privacy.traces.book import BookParts
from cedre_xlsx.privacy.traces.judged import beyond, judged
from cedre_xlsx.privacy.traces.model import Trace
from cedre_xlsx.privacy.traces.survey import survey


def traces(
    data: bytes,
    people: Sequence[NamedPerson],
    *,
    living: Iterable[NamedPerson] = (),
    others: Collection[str] = (),
) -> tuple[Trace, ...]:
    """The traces of some people in the bytes of a workbook.

    `living` are those who stay in it, `others` the names of advisors, places, clients: what is
    theirs is no trace. CedreError where the file cannot be read.
    """
    search = NameSearch(people, living, others)
    book = BookParts(Package(data))
    found = judged(book, survey(book, search), search, lambda _: "")
    return (*(one.trace for one in found), *beyond(book, search))
