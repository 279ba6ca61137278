"""Hours spread over the days of missions, and the months worked and not worked."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cedre_xlsx.method.hours import hours_between
from cedre_xlsx.method.vocabulary import Nature
from cedre_xlsx.reports.periods import last_months, periods
from cedre_xlsx.reports.periods_sheet import periods_sheet
from cedre_xlsx.reports.statistics import compute
from cedre_xlsx.schema.missions import MissionRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Records, Table
from cedre_xlsx.schema.tables import MISSIONS, PEOPLE

ON = date(2026, 5, 12)
MAY = (date(2026, 5, 1), date(2026, 5, 31))
APRIL = (date(2026, 4, 1), date(2026, 4, 30))


@pytest.mark.parametrize(
    ("start", "end", "hours", "weekly", "window", "expected"),
    [
        (date(2026, 5, 4), date(2026, 5, 8), 30, None, MAY, 30),  # wholly inside
        (date(2026, 4, 26), date(2026, 5, 5), 100, None, MAY, 50),  # 5 days of 10
        (date(2026, 4, 26), date(2026, 5, 5), 100, None, APRIL, 50),
        (date(2026, 5, 3), None, 100, None, MAY, 100),  # no end: up to the 12th, 10 days
        (date(2026, 4, 29), None, None, 14, MAY, 24),  # 2 hours a day, 12 days
        (date(2026, 5, 4), date(2026, 5, 10), 20, 14, MAY, 20),  # the total wins
        (date(2026, 5, 4), date(2026, 5, 10), None, 14, MAY, 14),
        (date(2026, 5, 4), date(2026, 5, 4), 6, None, MAY, 6),  # one day
        (date(2026, 5, 4), date(2026, 5, 10), None, None, MAY, 0),  # no hours typed
        (date(2026, 5, 10), date(2026, 5, 4), 20, None, MAY, 0),  # dates reversed
        (date(2026, 5, 20), None, 20, None, MAY, 0),  # begins after the date of the count
        (date(2026, 3, 2), date(2026, 3, 8), 20, None, MAY, 0),  # elsewhere
        (None, date(2026, 5, 4), 20, None, MAY, 0),
    ],
)
def test_hours_are_spread_evenly(
    start: date | None,
    end: date | None,
    hours: float | None,
    weekly: float | None,
    window: tuple[date, date],
    expected: float,
) -> None:
    assert hours_between(start, end, hours, weekly, *window, ON) == pytest.approx(expected)


@settings(deadline=None, max_examples=60)
@given(
    st.dates(date(2025, 6, 1), ON),
    st.integers(0, 300),
    st.floats(0.5, 500),
    st.booleans(),
)
def test_no_hour_is_lost_between_months(start: date, days: int, hours: float, total: bool) -> None:
    end = min(date.fromordinal(start.toordinal() + days), ON)
    typed = (hours, None) if total else (None, hours)
    months = [
        hours_between(start, end, *typed, month.first, month.last, ON)
        for month in last_months(ON, 12)
    ]
    length = (end - start).days + 1
    assert sum(months) == pytest.approx(hours if total else hours * length / 7)


def person(name: str, registered: date, **cells: object) -> PersonRow:
    return PersonRow(row=5, last_name=name, registered=registered, advisor="Linda", **cells)


def mission(name: str, start: date, end: date | None, hours: float, nature: Nature) -> MissionRow:
    return MissionRow(row=5, person=name, start=start, end=end, hours=hours, nature=nature)


def test_months_of_everyone_in_the_active_file() -> None:
    records = Records(
        people=Table.of(
            PEOPLE,
            (
                person("Zoé", date(2026, 3, 20)),
                person("Ali", date(2025, 1, 5), paused_until=date(2026, 8, 1)),
                person("Parti", date(2025, 1, 5), exited=date(2026, 5, 11)),
                person("Demain", date(2026, 5, 13)),
            ),
        ),
        missions=Table.of(
            MISSIONS,
            (
                mission("Zoé", date(2026, 4, 1), date(2026, 4, 10), 40, Nature.MAD),
                mission("Zoé", date(2026, 5, 1), date(2026, 5, 3), 21, Nature.INTERNSHIP),
                mission("Parti", date(2026, 4, 1), date(2026, 4, 10), 40, Nature.MAD),
            ),
        ),
    )
    table = periods(records, ON)
    assert [(m.year, m.month) for m in table.months][::11] == [(2025, 6), (2026, 5)]
    ali, zoe = table.lines
    assert (ali.person, ali.hours, ali.idle_days, ali.paused) == ("Ali", (0,) * 12, None, True)
    assert (ali.long_idle, zoe.long_idle) == (False, False)
    assert (zoe.person, zoe.hours) == ("Zoé", (*(None,) * 9, 0, 40, 0))  # the stage is not paid
    assert (zoe.total, zoe.idle_days) == (40, 32)
    assert (table.people_at_work[10], table.hours[10]) == (1, 40)


@pytest.mark.parametrize(
    ("registered", "worked", "long_idle"),
    [
        (date(2026, 3, 13), None, False),  # 60 days: the setting itself
        (date(2026, 3, 12), None, True),
        (date(2025, 1, 5), date(2026, 3, 13), False),
        (date(2025, 1, 5), date(2026, 3, 12), True),
        (date(2026, 5, 1), date(2024, 1, 1), False),  # came back lately
    ],
)
def test_who_waits_for_work_for_long(
    registered: date, worked: date | None, long_idle: bool
) -> None:
    missions = (mission("Zoé", worked, worked, 7, Nature.MAD),) if worked else ()
    records = Records(
        people=Table.of(PEOPLE, (person("Zoé", registered),)),
        missions=Table.of(MISSIONS, missions),
    )
    assert [line.long_idle for line in periods(records, ON).lines] == [long_idle]


def test_the_sheet_has_a_month_a_column() -> None:
    records = Records(
        people=Table.of(PEOPLE, (person("Zoé", date(2026, 3, 20)),)),
        missions=Table.of(
            MISSIONS, (mission("Zoé", date(2026, 5, 11), None, 7, Nature.OTHER_METS),)
        ),
    )
    sheet = periods_sheet(records, ON, workbook="essai.xlsx", version="1")
    assert sheet.rows[0].values == ("Zoé", "Linda", *(None,) * 9, 0, 0, 7, 7, 0)
    assert [row.values[0] for row in sheet.footer] == ["Personnes au travail", "Heures"]


def test_the_first_year_of_the_calendar_does_no_harm() -> None:
    assert len(last_months(date(1, 3, 1), 12)) == 3


def test_hours_are_those_of_the_statistics_or_the_difference_is_said() -> None:
    """Somebody who left, a name that nobody has, and someone received only have hours too."""
    records = Records(
        people=Table.of(
            PEOPLE,
            (
                person("Zoé", date(2026, 1, 5)),
                person("Parti", date(2025, 1, 5), exited=date(2026, 4, 30)),
                PersonRow(row=7, last_name="Reçue", pre_reception=date(2026, 3, 2)),
            ),
        ),
        missions=Table.of(
            MISSIONS,
            (
                mission("Zoé", date(2026, 3, 30), date(2026, 4, 8), 40, Nature.MAD),
                mission("Parti", date(2026, 4, 1), date(2026, 4, 10), 30, Nature.MAD),
                mission("Inconnu", date(2026, 5, 4), None, 9, Nature.OTHER_METS),
                mission("Reçue", date(2026, 3, 2), date(2026, 3, 3), 14, Nature.MAD),
                mission("Parti", date(2026, 4, 1), date(2026, 4, 10), 30, Nature.INTERNSHIP),
            ),
        ),
    )
    sheet = periods_sheet(records, ON, workbook="essai.xlsx", version="1")
    footer = {str(row.values[0]): row.values[10:] for row in sheet.footer}  # from February on
    assert footer["Heures"] == (0, 8, 32, 0, 40)
    assert footer["Personnes sorties, autres noms"] == (0, 14, 30, 9, 53)
    assert footer["Heures, comme Statistiques"] == (0, 22, 62, 9, 93)
    told = [
        row.cells["Heures de mission"] for row in compute(records, 2026, on=ON).tables["months"]
    ]
    assert told[1:5] == [0, 22, 62, 9]
