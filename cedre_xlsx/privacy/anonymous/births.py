"""Years of birth in bands of five, where an age that a table counts would not be another."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from cedre_xlsx.reports.statistics.breakdowns import field_of
from cedre_xlsx.schema.records import Person
from cedre_xlsx.schema.settings import Settings

_BAND = 5
#: Years of age at which a line of `publics` begins or ends, and one of a breakdown.
_AGES, _AGES_OF_BREAKDOWN = (26, 50), (26, 55)
MIDDLE, OTHER, EXACT = "milieu de la tranche", "autre année de la tranche", "année exacte"


def told_birth(
    year: int, person: Person, settings: Settings, on: date, exact: Collection[str]
) -> tuple[int, str]:
    """The year of birth that is told of someone, and how it was chosen: MIDDLE, OTHER or EXACT."""
    if person.name in exact:
        return year, EXACT
    is_broken_down = any(field_of(one) == "birth_year" for one in settings.breakdowns)
    if is_broken_down and any(row.exited is None for row in person.pathways):
        return year, EXACT  # counted at every age to come
    ages = {*_AGES, *_AGES_OF_BREAKDOWN} if is_broken_down else {*_AGES}
    years = _years(person, on)
    middle = year // _BAND * _BAND + _BAND // 2
    band = range(middle - _BAND // 2, middle + _BAND // 2 + 1)
    for candidate in sorted(band, key=lambda one: (abs(one - middle), one)):
        if candidate == year != middle:
            continue
        if all(_of(candidate, age, years) == _of(year, age, years) for age in ages):
            return candidate, MIDDLE if candidate == middle else OTHER
    return year, MIDDLE if year == middle else EXACT


def _of(birth: int, age: int, years: Sequence[int]) -> list[bool]:
    return [one - birth >= age for one in years]


def _years(person: Person, on: date) -> Sequence[int]:
    """The years in which the person may be counted by age."""
    days = [row.registered for row in person.pathways]
    days += [row.exited for row in person.pathways]
    days += [row.start for row in person.missions]
    days += [row.last_day(on) for row in person.missions]
    years = [day.year for day in days if day is not None]
    return range(min(years), max(years) + 1) if years else ()
