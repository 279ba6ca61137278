"""Échéances as people type them: a date in a text, a delay, a condition (exemples n°4 and 5)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from cedre_xlsx.method.dates import Fault, aligned, beside, clean, find_dates
from cedre_xlsx.method.periods import find_periods, find_relative
from cedre_xlsx.method.values import Deadline


@dataclass(frozen=True, slots=True)
class ReadDeadline:
    """A deadline, and why it has no date where it should have one (None for a condition)."""

    deadline: Deadline
    fault: Fault | None = None
    plain: bool = False  # the whole text is one date


@dataclass(frozen=True, slots=True)
class _Moment:
    """A day meant somewhere in the text, or why there is none."""

    start: int
    day: date | Fault


_MOVED = re.compile(
    r"\b(?:report|repouss|decal|prolong|prorog|recul|retard|avance|ramene|puis\b)|->|=>|→|⇒|➔"
)
#: Before a date, what says that it is the one first agreed.
_FORMERLY = re.compile(
    r"(?:au lieu du|a la place du|initialement(?: prevue?s?)?(?: le| au| du| :)?"
    r"|prevue?s? initialement(?: le| au)?|ancienne(?:ment)?(?: date)?(?: :| le)?) ?$"
)
#: Before a date, what says that it is no deadline but a thing done.
_DONE_ON = re.compile(r"\b(?:fait|vu|realise|effectue|recu)e?s?(?: le| du)? $")
#: Between two dates, what makes one stretch of time of them.
_FROM = re.compile(r"\b(?:du|entre(?: le)?) $")
_TO = re.compile(r"^ ?(?:au|et(?: le)?|-) ?$")

#: Days of the year that move, or that nobody dates: a finding, not a condition.
_SEASONS = re.compile(
    r"\b(?:paques|noel|toussaint|pentecote|ascension|rentree|vacances|conges|ete|hiver|automne|"
    r"printemps|ramadan|aid|fetes|carnaval|jour de l'an|nouvel an|saison)\b"
)
_NO_DATE_YET = re.compile(
    r"\ba (?:definir|fixer|preciser|determiner|convenir|confirmer|voir)\b|possible|\basap\b"
)
_EVENT = (
    r"(?:mission|mad|entretien|rencontre|rdv|rendez-vous|formation|stage|contrat|bilan|atelier|"
    r"embauche|demenagement|depart|retour|reponse|reunion|visite|essai|immersion|convocation)s?"
)
_CONDITION = re.compile(
    r"\bapres\b|\bdes (?:que|qu'|le |la |l'|son |sa |reception|retour|obtention)|\bquand\b|"
    r"\blorsqu|\bune fois\b|\ba l'issue\b|\bsuite a\b|\ba la suite\b|\ba reception\b|"
    r"\bau terme\b|\bau retour\b|\ba son retour\b|\ben attente\b|\battente d|\bselon\b|"
    r"\ben fonction\b|\bsi\b|\blors d|\bjusqu'a (?:ce que|l[ae'])|\bau moment\b|\btant que\b|"
    rf"\bsous reserve\b|\b(?:fin|debut) (?:de |du |d')(?:la |sa |son |l')?{_EVENT}\b|"
    rf"\bavant (?:la |le |l'|sa |son |toute )(?:prochaine? |premiere? )?{_EVENT}\b|"
    rf"\b(?:prochaine?|premiere?) {_EVENT}\b"
)


@lru_cache(maxsize=65536)
def read_deadline(text: str, row_day: date | None, on: date) -> ReadDeadline:
    """What a typed deadline means.

    `row_day` is the date of its row, from which delays and days without a year count; `on`
    places two-digit years. A date wins over a delay; of several, the last one counts for what is
    late and the first one is what was agreed.
    """
    tidy = clean(text)
    plain = aligned(tidy)
    undated = Deadline(text.strip(), None, None)
    moments = _moments(tidy, plain, row_day, on)
    if moments:
        faults = [one.day for one in moments if isinstance(one.day, Fault)]
        if faults:
            return ReadDeadline(undated, faults[0])
        days = [one.day for one in moments if isinstance(one.day, date)]
        return ReadDeadline(_moved(text.strip(), days), plain=_is_one_date(tidy))
    if _SEASONS.search(plain) or _NO_DATE_YET.search(plain):
        return ReadDeadline(undated, Fault.UNCLEAR)
    if _CONDITION.search(plain):
        return ReadDeadline(replace(undated, condition=True))
    return ReadDeadline(undated, Fault.UNCLEAR)


def _moved(text: str, days: list[date]) -> Deadline:
    """The deadline that several days make; only a later day puts it off."""
    moves = sum(later > earlier for earlier, later in pairwise(days))
    return Deadline(text, days[-1], days[0], moves)


def _moments(tidy: str, plain: str, row_day: date | None, on: date) -> list[_Moment]:
    dates = _dates(tidy, plain, row_day, on)
    if dates and not _MOVED.search(plain):
        return dates
    rest = _blanked(tidy, plain)
    periods = [
        _Moment(one.start, one.last_day(row_day, on) or Fault.NO_ROW_DATE)
        for one in find_periods(rest)
    ]
    if dates or len(periods) > 1:
        both = sorted((*dates, *periods), key=lambda one: one.start)
        return both if _MOVED.search(plain) else dates or both[-1:]
    if periods:
        return periods
    delay = find_relative(plain, announced=True)
    if delay is None and not _CONDITION.search(plain):
        delay = find_relative(plain, announced=False)
    if delay is None:
        return []
    return [_Moment(delay.start, delay.last_day(row_day, on) or Fault.NO_ROW_DATE)]


def _dates(tidy: str, plain: str, row_day: date | None, on: date) -> list[_Moment]:
    """The dates that the deadline went through, in that order."""
    found = find_dates(tidy)
    agreed: list[_Moment] = []
    former: list[_Moment] = []
    for index, one in enumerate(found):
        before = plain[: one.start]
        if len(found) > 1 and _DONE_ON.search(before):
            continue
        meant = one.on_calendar(on, row_day)
        moment = _Moment(one.start, meant)
        if _FORMERLY.search(before):
            former.append(_Moment(-1, meant))  # before all others
        elif index and _is_stretch(plain, found[index - 1].start, found[index - 1].end, one.start):
            agreed[-1:] = [moment]
        else:
            agreed.append(moment)
    return former + agreed


def _is_stretch(plain: str, start: int, end: int, following: int) -> bool:
    """Whether two dates are the ends of one stretch: "entre le 2 mai et le 5 mai"."""
    if _MOVED.search(plain[:start]):
        return False
    return bool(_FROM.search(plain[:start]) and _TO.match(plain[end:following]))


def _blanked(tidy: str, plain: str) -> str:
    """The text without its dates, so that "2 mai" is not "mai" again."""
    for one in find_dates(tidy):
        plain = plain[: one.start] + " " * (one.end - one.start) + plain[one.end :]
    return plain


def _is_one_date(tidy: str) -> bool:
    found = find_dates(tidy)
    return len(found) == 1 and not beside(tidy, found[0])
