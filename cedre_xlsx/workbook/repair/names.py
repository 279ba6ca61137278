"""Names of people, where what is typed is one person's name spelled otherwise, and no other's."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict

from cedre_xlsx.method.text import fold, full_name, name_key, squeeze
from cedre_xlsx.method.vocabulary import Title
from cedre_xlsx.schema.records import Records
from cedre_xlsx.workbook.read.locate import Located

_MEN, _WOMEN = frozenset({"m", "mr", "monsieur"}), frozenset({"mme", "mlle", "madame",
                                                              "mademoiselle"})  # fmt: skip
#: Marks without width that copying leaves; those that some scripts need in a word stay.
_MARKS = dict.fromkeys(map(ord, "\ufeff\u200b\u2060\u00ad\u200e"))


def tidy(name: str) -> str:
    """A name with single spaces, composed accents, and none of the marks that copying leaves."""
    return squeeze(name.translate(_MARKS))


def why_tidied(name: str) -> str:
    """What `tidy` changes in a name."""
    seen = unicodedata.normalize("NFC", name)
    return "espaces en trop" if tidy(name) != seen else "accents en un seul signe"


def same_person(name: str, other: str) -> bool:
    """Whether two texts are the same words, a civility that only one of them has aside."""
    said, meant = _title(name), _title(other)
    return name_key(name) == name_key(other) and (None in (said, meant) or said == meant)


class KnownNames:
    """The names of Personnes, and what a typed one can only mean."""

    def __init__(self, records: Records, people: Located | None) -> None:
        self._spelled: defaultdict[str, set[str]] = defaultdict(set)
        self._titles: defaultdict[str, set[Title]] = defaultdict(set)
        shown = _shown(people) if people is not None else {}
        for row in records.people.rows:
            if row.person:
                key = name_key(row.person)
                name = shown.get(row.row, row.person)
                self._spelled[key].add(name if name_key(name) == key else row.person)
                self._titles[key].update({row.title} if row.title else ())

    def meant(self, typed: str) -> str | None:
        """The name as Personnes has it.

        None when nobody has it, when two people do, one by the first name of the other, or when
        the civility typed is not the person's. A Précision is never added.
        """
        key = name_key(typed)
        known = self._spelled.get(key, set())
        if tidy(typed) in known:
            return tidy(typed)
        if len(known) != 1 or _has_an_initial(typed):
            return None
        title, titles = _title(typed), self._titles[key]
        if title is not None and titles and titles != {title}:
            return None
        return next(iter(known))


def _shown(people: Located) -> dict[int, str]:
    """The names as the cells of Personnes have them: reading takes an apostrophe at the beginning
    ("'t Hooft") for a mark of text.
    """
    places = [people.columns.get(name) for name in ("last_name", "first_name", "precision")]
    names = {}
    for index in people.rows:
        cells = [None if one is None else people.sheet.cell(index, one) for one in places]
        names[people.sheet.row_numbers[index]] = tidy(
            full_name(*(one if isinstance(one, str) else "" for one in cells))
        )
    return names


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[^\w]+", fold(name)) if word]


def _title(name: str) -> Title | None:
    """The civility that a name begins with."""
    first = next(iter(_words(name)), "")
    return Title.MR if first in _MEN else Title.MRS if first in _WOMEN else None


def _has_an_initial(name: str) -> bool:
    """Whether what looks like a civility stands after the name: "Durand M." is not "Durand"."""
    return any(word in _MEN or word in _WOMEN for word in _words(name)[1:])
