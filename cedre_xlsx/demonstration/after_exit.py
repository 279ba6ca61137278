"""What became of invented people six months after they left, and how they looked for work."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from cedre_xlsx.demonstration.days import next_working_day
from cedre_xlsx.demonstration.draft import Draft
from cedre_xlsx.demonstration.lines import Row
from cedre_xlsx.method.after_exit import LATER_ASKED, LATER_FORGOTTEN, LATER_LATE
from cedre_xlsx.method.vocabulary import LaterSituation as Later
from cedre_xlsx.schema import tables as t

#: What may become of someone, by the category of their exit; some cannot be reached.
_BECAME: dict[str, tuple[Later, ...]] = {
    "Emploi durable": (Later.DURABLE, Later.DURABLE, Later.DURABLE, Later.UNEMPLOYED),
    "Emploi de transition": (Later.DURABLE, Later.TRANSITION, Later.TRANSITION, Later.UNEMPLOYED),
    "Sortie positive": (Later.TRAINING, Later.TRANSITION, Later.POSITIVE, Later.NOT_REACHED),
    "Autre sortie": (Later.UNEMPLOYED, Later.UNEMPLOYED, Later.INACTIVE, Later.NOT_REACHED),
}
_FORGOTTEN = 0.15  # share of the old exits of which nothing was noted
_LONGEST_DELAY = 20  # days, of a call


def note_what_became(chance: Random, made: Draft) -> None:
    """Fill the columns of the pack: the situations in their time, those of the last month aside."""
    for row in made.rows[t.PEOPLE.table]:
        exited = row.get("exited")
        if row.get("registered"):
            row["autonomy"] = chance.choice((1, 2, 2, 3, 3, 3, 4, 4, 5))
        if isinstance(exited, date):
            row |= _situation(chance, row, exited, made.on)


def _situation(chance: Random, row: Row, exited: date, on: date) -> Row:
    asked = next_working_day(
        LATER_ASKED.after(exited) + timedelta(days=chance.randint(0, _LONGEST_DELAY))
    )
    became = _BECAME.get(str(row.get("exit_category")))
    is_forgotten = LATER_FORGOTTEN.after(exited) < on and chance.random() < _FORGOTTEN
    if became is None or is_forgotten or LATER_LATE.after(exited) >= on:
        return {}
    return {"later_situation": str(chance.choice(became).value), "later_on": min(asked, on)}
