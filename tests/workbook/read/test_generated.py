"""What a generated sheet gives back of the cells that were written in it."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cedre_xlsx.method.dates import FIRST_YEAR, LAST_YEAR
from cedre_xlsx.method.days import EPOCH, EPOCH_1904
from cedre_xlsx.workbook.meant import meant_day
from cedre_xlsx.workbook.read.generated import date_or_text
from cedre_xlsx.workbook.read.raw import Cell


@given(st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)), st.booleans())
def test_a_day_that_may_be_meant_is_read_as_it_was_written(day: date, date1904: bool) -> None:
    """1926 typed for 2026 came back as a number, and looked like a cell that someone changed."""
    number = (day - (EPOCH_1904 if date1904 else EPOCH)).days  # where its format was dropped
    for cell in (day, datetime.combine(day, time()), number, float(number)):
        assert date_or_text(cell, date1904=date1904) == day
    assert meant_day(number, date1904=date1904) == day


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (date(1900, 2, 14), "45"),
        (datetime(1900, 2, 14, 12), "45,5"),
        (45, "45"),
        (46290.5, "46290,5"),
        ("03/11/1926", "03/11/1926"),
    ],
)
def test_what_is_no_day_stays_what_was_typed(cell: Cell, text: str) -> None:
    assert date_or_text(cell, date1904=False) == text
