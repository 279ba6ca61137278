"""What a cell of a form means once understood: the text as typed beside its meaning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DatedText:
    """A date with a remark, as in exemple n°4: "18/04/03 Entretien individuel".

    `text` is the cell as typed ("" for a true date cell), `day` None when no date was understood.
    """

    text: str
    day: date | None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """An échéance: a maximum, possibly moved, possibly only a condition (fiche n°19).

    `day` is the date that counts for what is late (the last one typed), `first` the one first
    agreed (it counts for what was kept on time), `moves` how often it was put off. A condition
    ("Se revoir après la première mission") and an unclear text have no date.
    """

    text: str
    day: date | None
    first: date | None
    moves: int = 0
    condition: bool = False
