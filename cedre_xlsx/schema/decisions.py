"""What a meeting decided: the open columns of `Réunion`, and the lines that were typed there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Annotated

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.text import word_key
from cedre_xlsx.schema.columns import Column, Data, Kind, Row, Search, columns_of
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.lists import ACTOR


class DecisionRow(Row):
    """A decision as its row of `Réunion` holds it; the last column is the tool's."""

    person: str = ""
    text: Annotated[
        str,
        Column(
            "Décision",
            width=28,
            help="Ce que l'équipe décide : une action, qui deviendra une ligne de Suivi.",
            search=Search.STORY,
            open=True,
        ),
    ] = ""
    who: Annotated[
        str,
        Column(
            "Qui",
            width=11,
            help="La structure, La personne, Ensemble, ou le nom de qui s'en charge.",
            choices=replace(ACTOR, closed=False),
            search=Search.LABEL,
            data=Data.NAME,
            open=True,
        ),
    ] = ""
    due: Annotated[
        object,
        Column(
            "Pour quand",
            Kind.DEADLINE,
            width=11,
            help="Une date, ou un texte : fin juin, sous 15 jours.",
            search=Search.STORY,
            open=True,
        ),
    ] = None
    poured: Annotated[str, Column("Versée", width=12, search=Search.NO)] = ""


#: The columns of a decision by field, in their order.
DECISION_COLUMNS: Mapping[str, Column] = columns_of(DecisionRow)
#: The headings of `Réunion`, in their order; what has none is the box to tick.
MEETING_HEADINGS = (
    "", "Personne", "Action, engagement", "À savoir",
    *(column.header for column in DECISION_COLUMNS.values()), "Cellule",
)  # fmt: skip
#: Where the columns of a decision stand among them, from 1 on.
DECISION_PLACES = {
    name: MEETING_HEADINGS.index(column.header) + 1 for name, column in DECISION_COLUMNS.items()
}
_REFERENCE = re.compile(r"\s*(\d{2})/(\d{2})/(\d{4})\s+n°\s*(\d{1,4})\s*")


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """What a decision that became a line of `Suivi` is known by: its meeting, its rank there."""

    on: date
    rank: int

    @property
    def text(self) -> str:
        """As it stands in the column `Versée`."""
        return f"{french_day(self.on)} n° {self.rank}"


def reference_in(text: str) -> Reference | None:
    """The reference that a cell of `Versée` holds; None for any other text."""
    found = _REFERENCE.fullmatch(text)
    if found is None:
        return None
    day, month, year, rank = map(int, found.groups())
    try:
        return Reference(date(year, month, day), rank)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision, on the point that it was typed on; `due` as typed: a date, or a text.

    `poured` is the reference of the line of `Suivi` that it became ("29/11/2026 n° 3"), "" where it
    is none yet; `said` is what its cell of `Versée` holds, whatever that is. `row` is the number of
    its row in `sheet`, `cells` the address of each field's cell. `identity` is what the agenda
    knows its point by ("" for a row that nobody made), `subject` what that was about; `line` is
    the line of Suivi or Engagements that the point came from, None for what was said of the person.
    One whose point is `gone` stands in the block at the bottom.
    """

    person: str = ""
    text: str = ""
    who: str = ""
    due: date | str | None = None
    poured: str = ""
    said: str = ""
    sheet: str = ""
    row: int = 0
    cells: Mapping[str, str] = field(default_factory=dict)
    identity: str = ""
    subject: str = ""
    gone: bool = False
    line: FollowUpRow | EngagementRow | None = None

    @property
    def reference(self) -> Reference | None:
        """What it is known by once it is a line of Suivi."""
        return reference_in(self.poured)

    @property
    def objective(self) -> str:
        """The objective of the line that its point came from."""
        if isinstance(self.line, FollowUpRow):
            return self.line.objective
        return (self.line.object or self.line.needs) if self.line is not None else ""

    @property
    def engagement(self) -> str:
        """The code of the engagement that its point came under."""
        if isinstance(self.line, FollowUpRow):
            return self.line.engagement or ""
        return (self.line.type or "") if self.line is not None else ""

    @property
    def engagement_reference(self) -> str:
        """The reference of that engagement."""
        return self.line.reference if self.line is not None else ""


def meeting_columns(names: Sequence[str]) -> dict[int, int]:
    """The places, from 1 on, of a heading row of `Réunion`, each with that of the heading in
    `MEETING_HEADINGS`; none for another row.

    A heading that someone typed over is still ours between two that are known, where as many
    stand between them as there should.
    """
    wanted = {word_key(heading): place for place, heading in enumerate(MEETING_HEADINGS, start=1)}
    del wanted[""]
    found: dict[int, int] = {}
    for place, name in enumerate(names, start=1):
        target = wanted.get(word_key(name)) if name else None
        if target is not None and target not in found.values():
            found[place] = target
    if len(found) < _FEWEST:
        return {}
    is_ours = any(place in found.values() for place in DECISION_PLACES.values())
    for before, after in pairwise(sorted(found)):
        between = range(before + 1, after)
        same = after - before == found[after] - found[before]
        if same and (is_ours or not any(names[place - 1] for place in between)):
            found |= {place: found[before] + place - before for place in between}
    first = min(found)
    if found[first] == _SECOND and first > 1:
        found[first - 1] = 1
    return dict(sorted(found.items()))


_FEWEST = 3  # headings that make a row ours
_SECOND = 2  # the place of the first one that has a text
#: `Réunion` before it had the columns of decisions: the places of its headings among those of now.
_FORMER = (1, 2, 3, 4, len(MEETING_HEADINGS))


def meeting_columns_by_key(key_column: int) -> dict[int, int]:
    """What `meeting_columns` tells, of a sheet that lost its headings: by the column of its keys,
    which stands right after ours.
    """
    for places in (range(1, len(MEETING_HEADINGS) + 1), _FORMER):
        if key_column == len(places) + 1:
            return dict(enumerate(places, start=1))
    return {}
