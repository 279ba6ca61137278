"""Hours spread over the days of missions, and the months worked and not worked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cedre_xlsx.method.hours import Hours, Per, hours_between
from cedre_xlsx.method.vocabulary import Nature
from cedre_xlsx.reports.periods import last_months, periods
from cedre_xlsx.reports.periods_sheet import periods_sheet
from cedre_xlsx.reports.statistics import compute
from cedre_xlsx.reports.statistics.compute import compute_years
from cedre_xlsx.schema.missions import MissionRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Records, Table
from cedre_xlsx.schema.tables import MISSIONS, PEOPLE
from tests.reports.statistics.hours_by_hand import hours_by_hand
from tests.rules.rule_cases import day

ON = date(2026, 5, 12)
MAY = (date(2026, 5, 1), date(2026, 5, 31))
APRIL = (date(2026, 4, 1), date(2026, 4, 30))
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


#: Start and end, hours, the days that are asked for, what falls on them.
SPREAD = [
    ("04/05/26", "08/05/26", Hours(30), MAY, 30),  # wholly inside
    ("26/04/26", "05/05/26", Hours(100), MAY, 50),  # 5 days of 10
    ("26/04/26", "05/05/26", Hours(100), APRIL, 50),
    ("03/05/26", None, Hours(100), MAY, 100),  # no end: up to the 12th, 10 days
    ("04/05/26", "04/05/26", Hours(6), MAY, 6),  # one day
    ("04/05/26", "10/05/26", None, MAY, 0),  # no hours typed
    ("10/05/26", "04/05/26", Hours(20), MAY, 0),  # dates reversed
    ("20/05/26", None, Hours(20), MAY, 0),  # begins after the date of the count
    ("02/03/26", "08/03/26", Hours(20), MAY, 0),  # elsewhere
    (None, "04/05/26", Hours(20), MAY, 0),
    ("29/04/26", None, Hours(14, Per.WEEK), MAY, 24),  # 2 hours a day, 12 days
    ("04/05/26", "10/05/26", Hours(14, Per.WEEK), MAY, 14),
    ("05/10/26", "18/10/26", Hours(35, Per.WEEK), YEAR, 70),
    ("04/05/26", "08/05/26", Hours(7, Per.DAY), MAY, 28),  # the 8th of May is off
    ("04/05/26", "15/05/26", Hours(7, Per.DAY), MAY, 56),  # and Ascension Day
    ("09/05/26", "10/05/26", Hours(7, Per.DAY), MAY, 0),  # a week-end
    ("04/05/26", None, Hours(7, Per.DAY), MAY, 42),  # up to the 12th
    ("01/05/26", "31/05/26", Hours(20, Per.MONTH), MAY, 20),
    ("16/04/26", "10/05/26", Hours(30, Per.MONTH), APRIL, 15),  # 15 days of 30
    ("01/10/26", "15/11/26", Hours(20, Per.MONTH), YEAR, 30),
    ("01/01/25", "31/12/26", Hours(1607, Per.YEAR), YEAR, 1607),
    ("01/01/24", "02/01/24", Hours(366, Per.YEAR), (day("01/01/24"), day("31/12/24")), 2),
]


@pytest.mark.parametrize(("start", "end", "hours", "window", "expected"), SPREAD)
def test_hours_are_laid_on_days(
    start: str | None,
    end: str | None,
    hours: Hours | None,
    window: tuple[date, date],
    expected: float,
) -> None:
    found = hours_between(start and day(start), end and day(end), hours, *window, ON)
    assert found == pytest.approx(expected)


@pytest.mark.parametrize(
    ("hours", "weekly", "expected"),
    [
        (20.0, 14.0, Hours(20)),  # the total wins
        (0.0, 14.0, Hours(0)),
        (None, 14.0, Hours(14, Per.WEEK)),
        (Hours(7, Per.DAY), 14.0, Hours(7, Per.DAY)),
        (None, Hours(80), Hours(80)),
        (None, None, None),
    ],
)
def test_which_hours_count(
    hours: float | Hours | None, weekly: float | Hours | None, expected: Hours | None
) -> None:
    assert MissionRow(row=5, hours=hours, weekly_hours=weekly).work == expected


_UNTIL = date(2026, 9, 30)
_HOURS = st.builds(Hours, st.floats(0.5, 500), st.sampled_from(Per))
_MISSIONS = st.builds(
    lambda name, start, days, hours: MissionRow(
        row=5, person=name, start=start, end=start + timedelta(days=days) if days >= 0 else None,
        hours=hours,
    ),
    st.sampled_from(["Zoé", "Parti", "Inconnu"]),
    st.dates(date(2024, 6, 1), date(2026, 10, 31)),
    st.integers(-1, 900),
    _HOURS,
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(_MISSIONS, st.dates(date(2024, 1, 1), date(2029, 1, 1)), st.integers(0, 800))
def test_hours_are_those_of_each_day(mission: MissionRow, first: date, days: int) -> None:
    assert mission.start is not None
    last, end = first + timedelta(days=days), mission.end or _UNTIL
    found = hours_between(mission.start, mission.end, mission.work, first, last, _UNTIL)
    expected = hours_by_hand(mission.start, end, mission.work, first, last)
    assert found == pytest.approx(expected, abs=1e-6)


@settings(deadline=None, max_examples=8)
@given(st.lists(_MISSIONS, min_size=1, max_size=8))
def test_both_sheets_give_the_hours_of_each_day(missions: list[MissionRow]) -> None:
    """Périodes and Statistiques, over missions that cross years: the hours of each month."""
    people = (person("Zoé", date(2024, 6, 1)), person("Parti", date(2024, 6, 1), exited=ON))
    records = Records(people=Table.of(PEOPLE, people), missions=Table.of(MISSIONS, tuple(missions)))
    table = periods(records, _UNTIL)
    shown = [sum(both) for both in zip(table.hours, table.others, strict=True)]
    counted = [
        row.cells["Heures de mission"]
        for statistics in compute_years(records, (2025, 2026), on=_UNTIL)
        for row in statistics.tables["months"][:12]
    ]
    expected = [
        sum(
            hours_by_hand(row.start, row.end or _UNTIL, row.work, month.first, month.last)
            for row in missions
            if row.start
        )
        for month in last_months(_UNTIL, 12)
    ]
    assert shown == pytest.approx(expected, abs=1e-6)
    assert counted[9:21] == pytest.approx(shown, abs=0.006)


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
