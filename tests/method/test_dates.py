"""Dates as people type them, each with what it means."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cedre_xlsx.method.date_cells import ReadDate, read_date
from cedre_xlsx.method.dates import (
    MONTHS,
    WEEKDAYS,
    NoDate,
    find_dates,
    from_serial,
    nearest_century,
)

ON = date(2026, 5, 1)
SEED = date(2003, 5, 10)

#: What is typed, the day of the count, the day meant as ISO, what is typed beside it.
UNDERSTOOD: list[tuple[str, date, str, str]] = [
    # as the method's own examples type them
    ("18/04/03 Entretien individuel", SEED, "2003-04-18", "Entretien individuel"),
    ("20/04/03 tél", SEED, "2003-04-20", "tél"),
    ("24/04/03 Entretien individuel", SEED, "2003-04-24", "Entretien individuel"),
    ("02/05/03", SEED, "2003-05-02", ""),
    ("10/04/03", SEED, "2003-04-10", ""),
    # figures
    ("18/04/2003", ON, "2003-04-18", ""),
    ("18/4/03", ON, "2003-04-18", ""),
    ("8/4/03", ON, "2003-04-08", ""),
    ("18.04.2003", ON, "2003-04-18", ""),
    ("18.4.03", ON, "2003-04-18", ""),
    ("18-04-2003", ON, "2003-04-18", ""),
    ("18-04-03", ON, "2003-04-18", ""),
    ("18 04 03", ON, "2003-04-18", ""),
    ("18 04 2003", ON, "2003-04-18", ""),
    ("8 4 2003", ON, "2003-04-08", ""),
    ("18 / 04 / 2003", ON, "2003-04-18", ""),
    ("18 - 04 - 2003", ON, "2003-04-18", ""),
    ("18/04-03", ON, "2003-04-18", ""),
    ("18//04/03", ON, "2003-04-18", ""),
    (r"18\04\03", ON, "2003-04-18", ""),
    ("18–04–2003", ON, "2003-04-18", ""),
    ("18/04/2003.", ON, "2003-04-18", ""),
    ("'18/04/2003", ON, "2003-04-18", ""),
    ("  18/04/2003  ", ON, "2003-04-18", ""),
    ("\u200e18/04/2003\ufeff", ON, "2003-04-18", ""),
    ("18/04/03\u00a0tél", ON, "2003-04-18", "tél"),
    ("18/04/03\u202ftél", ON, "2003-04-18", "tél"),
    ("18/04/03\ntél", ON, "2003-04-18", "tél"),
    ("１８/０４/２００３", ON, "2003-04-18", ""),
    ("2003-04-18", ON, "2003-04-18", ""),
    ("2003/04/18", ON, "2003-04-18", ""),
    ("2003-04-18T00:00:00", ON, "2003-04-18", ""),
    ("2003-04-18 00:00:00", ON, "2003-04-18", ""),
    ("18/04/2003 00:00", ON, "2003-04-18", ""),
    # the day comes before the month, always
    ("05/06/2003", ON, "2003-06-05", ""),
    # names of months
    ("2 mai 2003", ON, "2003-05-02", ""),
    ("02 mai 03", ON, "2003-05-02", ""),
    ("1er juin 03", ON, "2003-06-01", ""),
    ("1 er juin 2003", ON, "2003-06-01", ""),
    ("premier juin 2003", ON, "2003-06-01", ""),
    ("18 avr. 2003", ON, "2003-04-18", ""),
    ("18-avr-03", ON, "2003-04-18", ""),
    ("18/avril/2003", ON, "2003-04-18", ""),
    ("18avril2003", ON, "2003-04-18", ""),
    ("5 août 2003", ON, "2003-08-05", ""),
    ("5 aout 2003", ON, "2003-08-05", ""),
    ("5 AOÛT 2003", ON, "2003-08-05", ""),
    ("5 aou\u0302t 2003", ON, "2003-08-05", ""),
    ("3 févr. 2003", ON, "2003-02-03", ""),
    ("3 fevrier 2003", ON, "2003-02-03", ""),
    ("25 déc. '25", ON, "2025-12-25", ""),
    ("9 sept. 2025", ON, "2025-09-09", ""),
    ("14 juillet 2025", ON, "2025-07-14", ""),
    ("vendredi 18 avril 2003", ON, "2003-04-18", ""),
    ("le vendredi 18/04/2003", ON, "2003-04-18", ""),
    ("ven. 18/04/2003", ON, "2003-04-18", ""),
    ("Le 18/04/2003", ON, "2003-04-18", ""),
    # remarks
    ("18/04/03 : tél", ON, "2003-04-18", "tél"),
    ("18/04/03 - tél.", ON, "2003-04-18", "tél."),
    ("18/04/03 (tél)", ON, "2003-04-18", "tél"),
    ("tél 20/04/03", ON, "2003-04-20", "tél"),
    ("Entretien du 18/04/03", ON, "2003-04-18", "Entretien"),
    ("18/04/03 14h30", ON, "2003-04-18", "14h30"),
    ("18 avril 14h30", date(2026, 1, 1), "", ""),
    ("18/04/03 tél 06 12 34 56 78", ON, "2003-04-18", "tél 06 12 34 56 78"),
    ("du 18/04/26 au 20/04/26", ON, "2026-04-18", "au 20/04/26"),
    # two digits: the century nearest to the day of the count, the past one if equal
    ("01/01/75", ON, "2075-01-01", ""),
    ("01/01/76", ON, "1976-01-01", ""),
    ("01/01/77", ON, "1977-01-01", ""),
    ("01/01/99", SEED, "1999-01-01", ""),
    ("01/01/52", SEED, "2052-01-01", ""),
    # leap days
    ("29/02/2024", ON, "2024-02-29", ""),
    ("29/02/00", ON, "2000-02-29", ""),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "on", "day", "remark"), UNDERSTOOD)
def test_a_date_is_understood(typed: str, on: date, day: str, remark: str) -> None:
    read = read_date(typed, on, first=True)
    assert ((read.day.isoformat() if read.day else ""), read.remark) == (day, remark)


REFUSED: list[tuple[str, NoDate]] = [
    ("31/02/2026", NoDate.IMPOSSIBLE),
    ("29/02/2023", NoDate.IMPOSSIBLE),
    ("31 juin 2026", NoDate.IMPOSSIBLE),
    ("12/13/2026", NoDate.IMPOSSIBLE),
    ("05/24/2026", NoDate.IMPOSSIBLE),
    ("00/05/2026", NoDate.IMPOSSIBLE),
    ("2026-13-01", NoDate.IMPOSSIBLE),
    ("31/02", NoDate.IMPOSSIBLE),
    ("18/04/1803", NoDate.IMPLAUSIBLE),
    ("18/04/2620", NoDate.IMPLAUSIBLE),
    ("18/04", NoDate.NO_YEAR),
    ("02 mai", NoDate.NO_YEAR),
    ("18/04 - 14h30", NoDate.NO_YEAR),
    ("18/04/03 et 20/04/03", NoDate.SEVERAL),
    ("printemps", NoDate.UNCLEAR),
    ("2026", NoDate.UNCLEAR),
    ("mai 2026", NoDate.UNCLEAR),
    ("18/04/203", NoDate.SLIP),
    ("18/04/20033", NoDate.SLIP),
    ("06 12 34 56 78", NoDate.UNCLEAR),
    ("06.12.34.56.78", NoDate.UNCLEAR),
    ("06-12-34-56-78", NoDate.UNCLEAR),
    ("1/2 journée", NoDate.UNCLEAR),
    ("3/4 temps", NoDate.UNCLEAR),
    ("10-12 jours", NoDate.UNCLEAR),
    ("24/24", NoDate.UNCLEAR),
    ("14 au 18/09/26", NoDate.SEVERAL),
    ("14/09/2026 annulé", NoDate.NOT_A_DAY),
    ("avant le 14/09/2026", NoDate.NOT_A_DAY),
    ("14/09/2026 à confirmer", NoDate.NOT_A_DAY),
    ("vers le 14/09/2026", NoDate.VAGUE),
    ("14/09/2026 16", NoDate.NO_ROLE),
    ("mardi 14/09", NoDate.WEEKDAY),
    ("l8/O4/03", NoDate.SLIP),
    ("?", NoDate.UNCLEAR),
    ("", NoDate.UNCLEAR),
]


@pytest.mark.parametrize(("typed", "fault"), REFUSED)
def test_what_is_not_a_date_is_said(typed: str, fault: NoDate) -> None:
    assert (read_date(typed, ON).day, read_date(typed, ON).fault) == (None, fault)


#: A day without a year, the date of the row, the first such day on or after it.
WITHOUT_YEAR = [
    ("18/04", "2026-01-10", "2026-04-18"),
    ("18/04", "2026-04-18", "2026-04-18"),
    ("18/04", "2026-07-20", "2027-04-18"),
    ("le 2 mai", "2025-12-31", "2026-05-02"),
    ("29/02", "2027-06-01", "2028-02-29"),
    ("02.05", "2026-01-01", "2026-05-02"),
]


@pytest.mark.parametrize(("typed", "row", "day"), WITHOUT_YEAR)
def test_without_a_year_the_date_of_the_row_counts(typed: str, row: str, day: str) -> None:
    assert read_date(typed, ON, date.fromisoformat(row)).day == date.fromisoformat(day)


days = st.dates(date(1977, 1, 1), date(2075, 12, 31))
_LONG = {1: "janvier", 2: "février", 3: "mars", 4: "avril", 5: "mai", 6: "juin", 7: "juillet",
         8: "août", 9: "septembre", 10: "octobre", 11: "novembre", 12: "décembre"}  # fmt: skip
_SHORT = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
          "déc.")  # fmt: skip
FORMS: dict[str, Callable[[date], str]] = {
    "dd/mm/yyyy": lambda d: f"{d:%d/%m/%Y}",
    "dd/mm/yy": lambda d: f"{d:%d/%m/%y}",
    "d/m/yy": lambda d: f"{d.day}/{d.month}/{d:%y}",
    "d.m.yyyy": lambda d: f"{d.day}.{d.month}.{d.year}",
    "dd-mm-yy": lambda d: f"{d:%d-%m-%y}",
    "dd mm yyyy": lambda d: f"{d:%d %m %Y}",
    "iso": lambda d: d.isoformat(),
    "in words": lambda d: f"{d.day} {_LONG[d.month]} {d.year}",
    "in words, short": lambda d: f"{d.day:02} {_SHORT[d.month - 1].upper()} {d:%y}",
    "with its weekday": lambda d: f"{WEEKDAYS[d.weekday()]} {d.day} {_LONG[d.month]} {d.year}",
    "first of the month": lambda d: (
        f"{d.day}{'er' if d.day == 1 else ''} {_LONG[d.month]} {d.year}"
    ),
}


@settings(deadline=None, max_examples=200)
@given(days, st.sampled_from(sorted(FORMS)))
def test_any_date_in_any_form_comes_back(day: date, form: str) -> None:
    read = read_date(FORMS[form](day), ON)
    assert (read.day, read.remark) == (day, "")


@settings(deadline=None, max_examples=200)
@given(days, st.sampled_from(sorted(FORMS)), st.sampled_from(["tél", "pour bilan", "(RDV CAF)"]))
def test_any_date_with_a_remark_comes_back(day: date, form: str, remark: str) -> None:
    read = read_date(f"{FORMS[form](day)} {remark}", ON)
    assert (read.day, read.remark) == (day, remark.strip("()"))


@settings(deadline=None, max_examples=200)
@given(st.text(st.sampled_from("0123456789/.- maijué"), max_size=20))
def test_no_text_breaks_the_parser(text: str) -> None:
    read = read_date(text, ON)
    assert (read.day is None) != (read.fault is None)
    assert all(0 <= one.start < one.end <= len(text) for one in find_dates(text))


def test_every_name_of_a_month_is_understood() -> None:
    for name, month in MONTHS.items():
        assert read_date(f"7 {name} 2025", ON).day == date(2025, month, 7)


@settings(deadline=None, max_examples=100)
@given(st.dates(date(1920, 1, 2), date(2119, 1, 1)))
def test_serials_of_both_systems_are_days(day: date) -> None:
    assert from_serial((day - date(1899, 12, 30)).days) == day
    assert from_serial((day - date(1904, 1, 1)).days + 0.75, date1904=True) == day


@pytest.mark.parametrize("number", [-5, 0, 15, 45.5, 1990, 2026, 180403, 18042003])
def test_other_numbers_are_no_dates(number: float) -> None:
    assert from_serial(number) is None


def test_the_century_moves_with_the_day_of_the_count() -> None:
    assert [nearest_century(3, on) for on in (SEED, ON, date(2090, 1, 1))] == [2003, 2003, 2103]
    assert nearest_century(76, ON + timedelta(days=365)) == 2076


#: What is typed, the day of a line beside it; what a cell of Dates, then one of another column on
#: a row of 5 October 2026, say of it: the day, else what is wrong and what is proposed.
EDGES = [
    ("05/10", "", "NO_YEAR 2026-10-05", "2026-10-05"),
    ("05/10", "2026-09-01", "2026-10-05", "2026-10-05"),
    ("05/10", "2026-07-05", "2026-10-05", "2026-10-05"),
    ("05/10", "2026-07-04", "NO_YEAR 2026-10-05", "2026-10-05"),
    ("05/10", "2027-01-05", "2026-10-05", "2026-10-05"),
    ("05/10", "2027-02-04", "2026-10-05", "2026-10-05"),
    ("05/10", "2027-02-05", "NO_YEAR 2026-10-05", "2026-10-05"),
    ("20/10", "2026-10-01", "2026-10-20", "2026-10-20"),
    ("21/10", "2026-10-01", "NO_YEAR 2025-10-21", "2026-10-21"),
    ("05/02", "2026-06-07", "2026-02-05", "2027-02-05"),
    ("05/02", "2026-06-08", "NO_YEAR 2026-02-05", "2027-02-05"),
    ("05/02", "2025-11-05", "2026-02-05", "2027-02-05"),
    ("05/02", "2025-11-04", "NO_YEAR 2026-02-05", "2027-02-05"),
    ("20/10", "", "NO_YEAR 2026-10-20", "2026-10-20"),
    ("21/10", "", "NO_YEAR 2025-10-21", "2026-10-21"),
    ("lundi 5/10", "", "2026-10-05", "2026-10-05"),
    ("mardi 5/10", "", "WEEKDAY 2026-10-05", "WEEKDAY 2026-10-05"),
    ("mardi 5/10/2026", "", "2026-10-05", "2026-10-05"),
    ("5 ou 6/10/2026", "", "SEVERAL 2026-10-06", "SEVERAL 2026-10-06"),
    ("5/6 octobre", "", "SEVERAL 2026-10-06", "SEVERAL 2026-10-06"),
    ("12 au 15 mai 2026", "", "2026-05-12", "SEVERAL 2026-05-15"),
    ("1 au 2 mai 2026", "", "2026-05-01", "SEVERAL 2026-05-02"),
    ("du 28 au 3 mai 2026", "", "SEVERAL 2026-05-03", "SEVERAL 2026-05-03"),
    ("15 au 15 mai 2026", "", "SEVERAL 2026-05-15", "SEVERAL 2026-05-15"),
    ("0 au 12 mai 2026", "", "SEVERAL 2026-05-12", "SEVERAL 2026-05-12"),
    ("12-15 mai 2026", "", "2026-05-12", "SEVERAL 2026-05-15"),
    ("05/10/26 et 12/10/26", "", "SEVERAL 2026-10-05", "SEVERAL 2026-10-05"),
    ("05/10/25 et 12/10/25", "", "SEVERAL 2025-10-05", "SEVERAL 2025-10-05"),
    ("05/10/26, 12/10/26, 19/10/26", "", "SEVERAL 2026-10-05", "SEVERAL 2026-10-05"),
    ("05/10/26 puis deux novembre", "", "SEVERAL 2026-10-05", "SEVERAL 2026-10-05"),
    ("05/10/26jullet", "", "SLIP 2026-10-05", "SLIP 2026-10-05"),
    ("05/10/26 report 12/10/26", "", "SEVERAL 2026-10-05", "SEVERAL 2026-10-05"),
    ("05/10/26 jusqu'au 12/10/26", "", "2026-10-05", "SEVERAL 2026-10-05"),
    ("05/10/26 -> reporté", "", "PUT_OFF 2026-10-05", "2026-10-05"),
    ("05/10/2026 5", "", "NO_ROLE 2026-10-05", "NO_ROLE 2026-10-05"),
    ("5 05/10/2026", "", "NO_ROLE 2026-10-05", "NO_ROLE 2026-10-05"),
    ("05/10/2026 (tel 5)", "", "2026-10-05", "2026-10-05"),
    ("05/10/2026 ?", "", "VAGUE 2026-10-05", "VAGUE 2026-10-05"),
    ("05/10/2026 vu ?", "", "2026-10-05", "NOT_A_DAY 2026-10-05"),
    ("vers le 05/10/2026", "", "VAGUE 2026-10-05", "VAGUE 2026-10-05"),
    ("avant le 05/10/2026", "", "NOT_A_DAY 2026-10-05", "NOT_A_DAY 2026-10-05"),
    ("31/02/2026", "", "IMPOSSIBLE", "IMPOSSIBLE"),
    ("05/1O/2026", "", "SLIP 2026-10-05", "SLIP 2026-10-05"),
    ("05/1O", "", "SLIP 2026-10-05", "SLIP 2026-10-05"),
    ("05/10/2026 vu le 1O/10", "", "2026-10-05", "SLIP 2026-10-05"),
    ("1O/10 vu le 05/10/2026", "", "SLIP 2026-10-10", "SLIP 2026-10-10"),
    ("05/10 vu le 1O/10", "", "SLIP 2026-10-05", "SLIP 2026-10-05"),
    ("05/10/26 05/10/26", "", "2026-10-05", "2026-10-05"),
    ("05/10 et 05/10", "", "NO_YEAR 2026-10-05", "2026-10-05"),
    ("05 10 26", "", "2026-10-05", "2026-10-05"),
]


@pytest.mark.parametrize(("typed", "beside", "of_line", "of_other"), EDGES)
def test_the_edges_of_dates(typed: str, beside: str, of_line: str, of_other: str) -> None:
    on, near = date(2026, 10, 20), (date.fromisoformat(beside),) if beside else ()
    assert _said(read_date(typed, on, first=True, near=near)) == of_line
    assert _said(read_date(typed, on, date(2026, 10, 5), near=near)) == of_other


def _said(read: ReadDate) -> str:
    if read.day is not None:
        return str(read.day)
    return f"{read.fault.name if read.fault else ''} {read.proposed or ''}".strip()
