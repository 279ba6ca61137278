"""Whose situation six months after the exit is to be asked, and whose is noted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cedre_xlsx.method.after_exit import LATER_ASKED, is_withdrawn
from cedre_xlsx.method.vocabulary import LaterSituation
from cedre_xlsx.schema.people import PersonRow


def noted_situation(row: PersonRow, on: date) -> LaterSituation | None:
    """The situation noted by a day: *Injoignable* is one (asked, without answer); *Non renseignée*,
    which is still to be asked, is none, nor is what is dated after that day, or before the exit.
    """
    found, asked = row.later_situation, row.later_on
    if found is LaterSituation.UNKNOWN:
        return None
    if asked is not None and (asked > on or (row.exited is not None and asked < row.exited)):
        return None
    return found


def asked_on(row: PersonRow, pathways: Iterable[PersonRow], on: date) -> date | None:
    """The day from which the person of an exit is asked, that day being past or to come.

    None of who has not left by `on`, of a *retrait*, and of who came back by then: `pathways` are
    all rows of the person.
    """
    exited = row.exited
    if exited is None or exited > on or is_withdrawn(row.exit_category, row.exit_reason):
        return None
    if any(other is not row and _goes_past(other, exited, on) for other in pathways):
        return None
    return LATER_ASKED.after(exited)


def _goes_past(other: PersonRow, exited: date, on: date) -> bool:
    """Whether another pathway, begun by `on`, was not over at that exit."""
    is_open = other.exited is None or other.exited > exited
    return is_open and (other.began is None or other.began <= on)
