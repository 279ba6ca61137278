"""The rows that keep what has no line any more, as the sheets themselves tell it: since when, of
whom, which line it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cedre_xlsx.schema.generated_sheets import (
    CONTROL_KIND,
    MEETING_KIND,
    PERIODS_KIND,
    SYNTHESIS_KIND,
)
from cedre_xlsx.schema.tables import DATA_TABLES, HOME_SHEET, SETTINGS_SHEET

#: What stands between the texts of a line in the row that stands for it.
BETWEEN = " · "
_DAY = r"(\d{2})/(\d{2})/(\d{4})"
_SINCE = re.compile(rf"(?:actualisation du|gardée? ici depuis le) {_DAY}")
_GONE = re.compile(
    rf"(.*) — ligne disparue depuis l['’]actualisation du {_DAY} : "
    r"ce qui était à côté est gardé ici",
    re.DOTALL,
)
_TYPED = re.compile(
    rf"(.*) — tapé en (\$?[A-Z]+\$?\d+(?: \((.*?)\))?), gardé ici à l['’]actualisation du {_DAY}",
    re.DOTALL,
)
#: What a kept row says of itself, and nothing else.
_EXPLAINED = re.compile(
    rf"Cette ligne n['’]est plus dans le tableau depuis l['’]actualisation du {_DAY}\."
    rf"|Sa ligne porte déjà autre chose, à l['’]actualisation du {_DAY}\."
    rf"|Cellule « .* » changée à la main, refaite à l['’]actualisation du {_DAY}\. Le texte tapé "
    r"est gardé ici ; reportez-le dans sa feuille\."
    rf"|Ligne ajoutée à la main, gardée ici depuis le {_DAY}\."
)
_SEEN = re.compile(r"« .* »", re.DOTALL)
#: What stands where a person may: rows of `Périodes` that are nobody's, sheets of a finding.
_NOBODY = frozenset({
    "Personnes au travail", "Heures", HOME_SHEET, SETTINGS_SHEET,
    *(spec.sheet for spec in DATA_TABLES),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class KeptLine:
    """What a kept row without cells of its own tells: whose it is, which line, what was typed."""

    person: str = ""
    line: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class KeptNote:
    """A note in the block at the bottom of a sheet without table: where, and of whom."""

    sheet: str
    row: int
    cell: str
    person: str


@dataclass(frozen=True, slots=True)
class LastAgenda:
    """What the last `Réunion` tells: its day (None when it tells none), the identities of the lines
    that were under *À discuter*, and the tokens of the marks that had ended.
    """

    on: date | None = None
    discussed: frozenset[str] = frozenset()
    ended: frozenset[str] = frozenset()


#: The point of the agenda under which marked lines stand.
TO_DISCUSS = "À discuter"
#: What the words of a point begin with that stands under another kind than its own.
UNDER_ANOTHER = "▸ "
_ENDED = "fini"
_MOST_TOKENS = 2_500  # a cell holds no more


def ended_identity(tokens: Iterable[str]) -> str:
    """What the row of the agenda is known by that counts the marks which have ended."""
    return ".".join((_ENDED, *sorted(tokens)[:_MOST_TOKENS]))


def ended_in(identity: str) -> frozenset[str]:
    """The tokens of the marks that had ended, in the identity of a row; none in another's."""
    first, *tokens = identity.split(".")
    return frozenset(tokens if first == _ENDED else ())


def since_in(texts: str) -> date | None:
    """Since when a row is kept, by our own sentences; the last date where there are several."""
    days = [_day(*found.groups()) for found in _SINCE.finditer(texts)]
    return max((day for day in days if day is not None), default=None)


def is_explanation(text: str) -> bool:
    """Whether a text is what we say of a kept row, word for word."""
    return _EXPLAINED.fullmatch(" ".join(text.split())) is not None


def kept_line(text: str, mark: str) -> KeptLine | None:
    """What the one text of a kept row tells, in the sheet of that mark; None for another text."""
    gone = _GONE.fullmatch(text)
    if gone is not None:
        return KeptLine(_person(gone[1].split(BETWEEN), mark), gone[1])
    typed = _TYPED.fullmatch(text)
    if typed is None:
        return None
    person = ""
    if mark in (MEETING_KIND.mark, PERIODS_KIND.mark):
        around = typed[3] or ""
        person = "" if "« Personne »" in around else _SEEN.sub("", around).strip(" ,")
    return KeptLine("" if person in _NOBODY else person, f"tapé en {typed[2]}", typed[1])


def _person(parts: list[str], mark: str) -> str:
    """The person among the texts of a line, blank cells aside; "" where that is not certain."""
    if mark == SYNTHESIS_KIND.mark:
        parts = parts[1:] if any(map(str.isdigit, parts[0])) else parts
    elif mark == CONTROL_KIND.mark:
        parts = parts[2:]
    elif mark not in (MEETING_KIND.mark, PERIODS_KIND.mark):
        return ""
    return parts[0] if len(parts) > 1 and parts[0] not in _NOBODY else ""


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
