"""What people type in the fields of the page."""

from __future__ import annotations

from datetime import date

import pytest

from cedre_xlsx.page.typed import typed_date, typed_number
from cedre_xlsx.schema.errors import CedreError

ON = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", None),
        ("12/11/2026", date(2026, 11, 12)),
        ("2026-11-12", date(2026, 11, 12)),
        ("29 novembre", date(2026, 11, 29)),  # a meeting is seldom of next year
        ("29/11", date(2026, 11, 29)),
        ("31 janvier", date(2027, 1, 31)),
        ("1er juillet", date(2026, 7, 1)),
    ],
)
def test_a_date_without_its_year_is_the_nearest(typed: str, meant: date | None) -> None:
    assert typed_date(typed, ON, "La date") == meant


@pytest.mark.parametrize("typed", ["31/02/2026", "29/02", "hier", "99", "12/11/2026 ou 13/11/2026"])
def test_what_is_no_date_is_said(typed: str) -> None:
    with pytest.raises(CedreError, match=f"La date : « {typed} » n'est pas une date"):
        typed_date(typed, ON, "La date")


def test_a_number_is_whole() -> None:
    assert (typed_number("", "L'année"), typed_number("2026", "L'année")) == (None, 2026)
    with pytest.raises(CedreError, match="L'année : « 2026,5 » n'est pas un nombre entier"):
        typed_number("2026,5", "L'année")
