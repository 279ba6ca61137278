"""Other people's names, masked in what is given to somebody."""

from __future__ import annotations

import re
from collections.abc import Callable

from cedre_xlsx.method.text import fold
from cedre_xlsx.schema.records import Person, Records

#: A text without the names of others.
Mask = Callable[[str], str]
MASKED = "[autre personne]"
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 3
#: Between two words of one name.
_GAP = re.compile(r"[\s\-'’.]{1,3}")


def mask_of(records: Records, person: Person) -> Mask:
    """What masks the others accompanied, by any word of their names that is typed as a name is.

    Her own words, and those of the team, stay: she knows them.
    """
    mine = {word for row in person.pathways for word in _words(row.person)}
    team = [*records.settings.advisors, *(row.advisor for row in records.people.rows)]
    known = mine | {word for name in team for word in _words(name)}
    others = {
        word
        for row in records.people.rows
        for word in _words(f"{row.last_name} {row.first_name}")
        if records.canonical_name(row.person) != person.name and len(word) >= _SHORTEST
    }
    wanted = others - known
    return lambda text: _masked(text, wanted)


def _words(name: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(name)]


def _masked(text: str, wanted: set[str]) -> str:
    made, done = [], 0
    for start, end in _spans(text, wanted):
        made += [text[done:start], MASKED]
        done = end
    return "".join([*made, text[done:]]) if made else text


def _spans(text: str, wanted: set[str]) -> list[tuple[int, int]]:
    """Where names stand, the words of one name together."""
    spans: list[tuple[int, int]] = []
    for found in _WORD.finditer(text):
        if not found[0][0].isupper() or fold(found[0]) not in wanted:
            continue
        if spans and _GAP.fullmatch(text, spans[-1][1], found.start()):
            spans[-1] = (spans[-1][0], found.end())
        else:
            spans.append((found.start(), found.end()))
    return spans
