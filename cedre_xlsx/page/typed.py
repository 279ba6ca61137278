"""What people type in the fields of a form: dates as they write them, numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cedre_xlsx.method.dates import find_dates
from cedre_xlsx.schema.errors import CedreError


def typed_date(text: str, on: date, label: str) -> date | None:
    """The day meant by one date: `31/01/2026`, `2026-01-31`, `31 janvier`; None for no text.

    Where no year is typed it is the one that brings the day nearest to `on`. Raises CedreError for
    what is no date.
    """
    if not text:
        return None
    found = find_dates(text)
    if len(found) == 1 and text[found[0].start : found[0].end] == text:
        one = found[0]
        years = (one.year,) if one.year is not None else (on.year - 1, on.year, on.year + 1)
        meant = [replace(one, year=year).on_calendar(on) for year in years]
        days = [day for day in meant if isinstance(day, date)]
        if days:
            return min(days, key=lambda day: abs(day - on))
    raise CedreError(f"{label} : « {text} » n'est pas une date ; écrire par exemple 31/01/2026.")


def typed_number(text: str, label: str) -> int | None:
    """A whole number; None for no text. Raises CedreError for what is none."""
    if not text:
        return None
    try:
        return int(text)
    except ValueError:
        raise CedreError(
            f"{label} : « {text} » n'est pas un nombre entier ; écrire par exemple 2026."
        ) from None
