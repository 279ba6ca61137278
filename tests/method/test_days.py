"""Months and days off, as deadlines are counted in France."""

from __future__ import annotations

from datetime import date

import holidays
import pytest

from cedre_xlsx.method.days import add_months, day_off


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 15), 3, date(2026, 4, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 1, 15), 1.5, date(2026, 3, 2)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
        (date(9999, 11, 1), 3, date.max),
        (date(1, 2, 1), -3, date.min),
    ],
)
def test_months_are_those_of_the_calendar(start: date, months: float, end: date) -> None:
    assert add_months(start, months) == end


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 5, 14), "un jour férié (Ascension)"),
        (date(2026, 5, 16), "un samedi"),
        (date(2026, 5, 17), "un dimanche"),
        (date(2026, 5, 15), ""),
        (date(2026, 7, 14), "un jour férié (Fête nationale)"),
        (date(2027, 3, 29), "un jour férié (Lundi de Pâques)"),
        (date(2150, 7, 14), ""),  # beyond the table
    ],
)
def test_days_off_say_why(day: date, said: str) -> None:
    assert day_off(day) == said


def test_the_table_of_holidays_is_the_librarys() -> None:
    known = holidays.country_holidays("FR", years=range(1950, 2101), language="fr")
    named = {day for day in known if day.weekday() < 5}
    assert all(day_off(day).startswith("un jour férié") for day in named)
    others = (date(year, month, 12) for year in range(1950, 2101) for month in range(1, 13))
    assert not any(day_off(day).startswith("un jour") for day in others if day not in known)
