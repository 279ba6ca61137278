"""Other people's names, masked in what is given to somebody."""

from __future__ import annotations

import re
from collections.abc import Callable

from cedre_xlsx.method.personal_numbers import MAIL
from cedre_xlsx.privacy.name_forms import FormKind, Hit, NameSearch
from cedre_xlsx.privacy.somebodies import living_but, somebodies
from cedre_xlsx.schema.records import Person, Records

#: A text without the names of others.
Mask = Callable[[str], str]
MASKED = "[autre personne]"
_SHORTEST = 3
#: Between two words of one name.
_GAP = re.compile(r"[\s\-'’.]{1,3}")
#: What makes a name of a word in small letters, before it.
_CIVILITY = re.compile(r"(?<!\w)(?:mr?|mme|mlle|madame|monsieur|mademoiselle)\b\.?\s*$", re.I)
#: An initial after a first name: Sidonie A.
_INITIAL = re.compile(r"\s[^\W\d_]\.")
Span = tuple[int, int]


def mask_of(records: Records, person: Person) -> Mask:
    """What masks the others accompanied, whole names however typed, a word alone as names are.

    Her own words, and those of the team, stay: she knows them. An e-mail address with another's
    name goes whole.
    """
    others = [one for _, other in living_but(records, [person.name]) for one in somebodies(other)]
    team = [*records.settings.advisors, *(row.advisor for row in records.people.rows)]
    search = NameSearch(others, somebodies(person), [name for name in team if name])
    return lambda text: _masked(text, search)


def _masked(text: str, search: NameSearch) -> str:
    made, done = [], 0
    for start, end in _spans(text, search):
        made += [text[done:start], MASKED]
        done = end
    return "".join([*made, text[done:]]) if made else text


def _spans(text: str, search: NameSearch) -> list[Span]:
    """Where names stand, the words of one name together."""
    spans: list[Span] = []
    addresses = [found.span() for found in MAIL.finditer(text)] if "@" in text else []
    for hit in search.find(text):
        around = next((one for one in addresses if one[0] <= hit.start < one[1]), None)
        start, end = around or (hit.start, _end(hit, text))
        follows = bool(spans) and (
            start < spans[-1][1] or _GAP.fullmatch(text, spans[-1][1], start) is not None
        )
        if not _is_others(hit, text, search, sure=follows or around is not None):
            continue
        if follows:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _is_others(hit: Hit, text: str, search: NameSearch, *, sure: bool) -> bool:
    """Whether a form names another, and neither her nor one of the team; `sure` where a word in
    small letters is a name: in an address, right after a name.
    """
    if not hit.people or hit.others or hit.kind is FormKind.INITIALS:
        return False
    if hit.is_sure_kind:
        return True
    is_name = hit.is_capital or sure or _CIVILITY.search(text, 0, hit.start) is not None
    return is_name and len(hit.letters) >= _SHORTEST and hit.letters not in search.shared


def _end(hit: Hit, text: str) -> int:
    after = _INITIAL.match(text, hit.end) if hit.kind is FormKind.FIRST else None
    return after.end() if after else hit.end
