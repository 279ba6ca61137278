"""What the review of a pathway says, as texts; "" is left to be written by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cedre_xlsx.method.vocabulary import Title


@dataclass(frozen=True, slots=True)
class Head:
    """Whose review it is, of which structure, by whom."""

    structure: str
    structure_details: str
    title: Title | None
    person: str
    birth_year: str
    author: str
    place: str
    pathway: str = ""
    pass_number: str = ""
    pass_dates: str = ""
    contract_end: str = ""


@dataclass(frozen=True, slots=True)
class FreinLine:
    """One frein: its level, who helps with it, what was done, when it was lifted.

    `barrier` is "" where its area says enough, and for what is nobody else's matter.
    """

    barrier: str = ""
    level: str = ""
    support: str = ""
    actions: tuple[str, ...] = ()
    lifted: str = ""


@dataclass(frozen=True, slots=True)
class BarrierArea:
    """One of the form's freins, with those of ours that it is made of, as far as they are told.

    `is_there` is whether one of them was found and is not lifted, be it told or not.
    """

    label: str
    lines: tuple[FreinLine, ...] = ()
    is_there: bool = False


@dataclass(frozen=True, slots=True)
class EngagementLine:
    """One engagement and its review."""

    name: str
    agreed: str
    object: str
    review: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words as they were typed, and of which mission."""

    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Work:
    """The missions: how many, the hours, the trades; what clients and the person say of them."""

    count: str = ""
    trades: str = ""
    clients: tuple[Quote, ...] = ()
    person: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class PathwayReview:
    """The review of someone's latest pathway on a day.

    `name` is `Personne`, by which the team knows them; papers have the name of the `head` alone.
    `has_solution` and `solution` are None and "" unless the exit that is recorded says it.
    `gaps` are what is to be filled, or written by hand, `withheld` the texts that stay out, `names`
    what is found in the names, printed all the same: each names its cell.
    """

    name: str
    on: date
    head: Head
    areas: tuple[BarrierArea, ...]
    others: BarrierArea
    autonomy: int | None = None
    has_solution: bool | None = None
    solution: str = ""
    engagements: tuple[EngagementLine, ...] = ()
    work: Work = Work()
    request: str = ""
    gaps: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
