"""The ceiling on the hours that someone of an AI works in companies.

Code du travail, L. 5132-9 and R. 5132-18: 480 hours over 24 months; hours for private persons,
associations and local authorities do not count (URSSAF, read in November 2026). The hours are a
setting of each structure, for a prefect may allow more.
"""

from __future__ import annotations

from datetime import date, timedelta

from cedre_xlsx.method.days import add_months

MONTHS = 24


def ceiling_window(last: date) -> tuple[date, date]:
    """The first and the last day of the 24 months that end with a day."""
    return add_months(last, -MONTHS) + timedelta(days=1), last
