"""What is known of someone six months after an exit: one line of a table each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cedre_xlsx.method.vocabulary import LaterSituation
from cedre_xlsx.schema.later import asked_on, noted_situation
from cedre_xlsx.schema.people import PersonRow

#: The situations that say how the person is.
TOLD: tuple[str, ...] = tuple(one.value for one in LaterSituation if one.told)
NOT_REACHED, NOT_KNOWN = LaterSituation.NOT_REACHED.value, LaterSituation.UNKNOWN.value
NOT_YET, NOT_TO_ASK = "Pas encore à relever", "Pas à relever"
#: Every exit is in one of these.
STATES: tuple[str, ...] = (*TOLD, NOT_REACHED, NOT_KNOWN, NOT_YET, NOT_TO_ASK)


def later_state(row: PersonRow, pathways: Sequence[PersonRow], on: date) -> str:
    """The line of an exit at a day; `pathways` are all rows of the person.

    What is noted counts, even early, or of someone who came back; without it, what is not to be
    asked, or not yet, is not unknown.
    """
    noted = noted_situation(row, on)
    if noted is not None:
        return noted.value
    asked = asked_on(row, pathways, on)
    if asked is None:
        return NOT_TO_ASK
    return NOT_YET if asked > on else NOT_KNOWN
