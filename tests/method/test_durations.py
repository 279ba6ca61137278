"""Times and numbers as people type them, each with what it means."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cedre_xlsx.method.durations import (
    hours_of_cell,
    minutes_of_cell,
    number_of,
    read_hours,
    read_minutes,
)
from cedre_xlsx.method.hours import Hours, Per

MINUTES = {
    "45 min": 45, "15 min": 15,  # as the method's own example types them
    "45min": 45, "45 mn": 45, "45mn": 45, "45 minutes": 45, "45'": 45, "45 MIN.": 45, "45 m": 45,
    "45": 45, "0": 0, " 45 ": 45, "1 minute": 1,
    "1h": 60, "1 h": 60, "1H": 60, "2 heures": 120, "1 heure": 60, "une heure": 60,
    "1h30": 90, "1 h 30": 90, "1H30": 90, "1h30min": 90, "1 h 30 min": 90, "1h30mn": 90,
    "1 heure 30": 90, "1 heure 30 minutes": 90, "1h05": 65, "0h45": 45, "10h00": 600,
    "1:30": 90, "01:30": 90, "01:30:00": 90, "0:45": 45,
    "1,5 h": 90, "1.5 h": 90, "1,5h": 90, "0,25 h": 15, "1,5 heures": 90,
    "1/2 h": 30, "½ h": 30, "1/2 heure": 30, "demi-heure": 30, "une demi-heure": 30,
    "1/4 h": 15, "1/4 d'heure": 15, "un quart d'heure": 15, "3/4 d'heure": 45, "¾ h": 45,
    "trois quarts d'heure": 45, "1h1/2": 90, "1h et demie": 90, "une heure et demie": 90,
    "deux heures": 120,
    "environ 45 min": 45, "~45 min": 45, "env. 1h30": 90, "~1h": 60, "1h30 env.": 90,
    "1h et quart": 75, "1 jour": 420, "30-45 min": 38, "2 x 45 min": 90, "9h-10h30": 90,
    "45 min au téléphone": 45, "entretien 1h30": 90, "45\u00a0min": 45, "1\u202fh\u202f30": 90,
}  # fmt: skip
NOT_MINUTES = (
    "une matinée", "1h30 et 15 min", "1h par personne",
    "1h trente", "6h-7h", "1h dont 15 min", "45 min ?", "1h max", "1", "4", "?", "", "1,5", "1.30",
    "-45", "45 euros", "1h75", "999999999",
)  # fmt: skip


@pytest.mark.parametrize(("typed", "minutes"), MINUTES.items())
def test_a_time_is_understood(typed: str, minutes: int) -> None:
    assert read_minutes(typed).minutes == minutes


@pytest.mark.parametrize("typed", NOT_MINUTES)
def test_what_is_not_a_time_is_not_guessed(typed: str) -> None:
    assert read_minutes(typed).minutes is None


#: A cell that is not text, its minutes, its hours.
CELLS: list[tuple[time | timedelta | datetime | date | float, int | None, float | None]] = [
    (float("inf"), None, None),
    (-1, None, None),
    (True, None, None),
    (0, 0, 0),
    (timedelta(0), 0, 0),
    (1_000_000.0, None, 1_000_000),
    (999_999.0, None, 999_999),
    (time(1, 30), 90, 1.5),
    (time(0, 45), 45, 0.75),
    (timedelta(hours=30, minutes=15), 1815, 30.25),
    (datetime(1900, 1, 1, 6, 0), 1800, 30.0),  # 30:00 under the format of a time of day
    (datetime(1904, 1, 2, 6, 0), 1800, 30.0),
    (45, 45, 45.0),
    (45.0, 45, 45.0),
    (0.03125, 45, 0.03125),  # a time that lost its format
    (0.5, None, 0.5),  # half an hour, or half a day?
    (1.5, None, 1.5),
    (-5, None, None),
    (timedelta(hours=-1), None, None),
    (date(2026, 5, 2), None, None),
    (True, None, None),
]


@pytest.mark.parametrize(("cell", "minutes", "hours"), CELLS)
def test_cells_that_are_not_text(
    cell: time | timedelta | datetime | date | float, minutes: int | None, hours: float | None
) -> None:
    assert (minutes_of_cell(cell), hours_of_cell(cell)) == (minutes, hours)


HOURS = {
    "5": 5, "5 h": 5, "5h": 5, "5h30": 5.5, "5:30": 5.5, "5,5": 5.5, "5.5": 5.5, "151,67": 151.67,
    "35 heures": 35, "1 820": 1820, "1\u202f820": 1820,
    "1 820,5 h": 1820.5, "20 h (test)": 20,
}  # fmt: skip


@pytest.mark.parametrize(("typed", "hours"), HOURS.items())
def test_hours_are_understood(typed: str, hours: float) -> None:
    assert read_hours(typed).hours == Hours(hours)


@pytest.mark.parametrize(
    "typed", ["", "x", "-5", "5 à 6 h", "1.820", "151h67", "5 h de jour", "35 h par personne"]
)
def test_what_is_not_hours_is_not_guessed(typed: str) -> None:
    assert read_hours(typed).hours is None


NUMBERS = [
    ("12", "", 12), ("1,5", "", 1.5), ("1.5", "", 1.5), ("1 234", "", 1234),
    ("1 234,5", "", 1234.5), ("12 345 678", "", 12345678), ("-3", "", -3),
    ("30 jours", "jours", 30), ("1 jour", "jours", 1), ("60 %", "%", 60), ("60%", "%", 60),
    ("30 jours", "", None),
    ("deux", "", None), ("1.234", "", None), ("12 34", "", None), ("", "", None),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "unit", "number"), NUMBERS)
def test_numbers_are_french(typed: str, unit: str, number: float | None) -> None:
    assert number_of(typed, unit) == number


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 99), st.integers(0, 59))
def test_hours_and_minutes_in_every_form(hours: int, minutes: int) -> None:
    total = 60 * hours + minutes
    for form in (
        "{h}h{m:02}",
        "{h} h {m:02}",
        "{h}:{m:02}",
        "{h:02}:{m:02}:00",
        "{h} h {m:02} min",
    ):
        assert read_minutes(form.format(h=hours, m=minutes)).minutes == total


@settings(deadline=None, max_examples=200)
@given(st.text(st.sampled_from("0123456789 h:min,./½'"), max_size=12))
def test_no_text_breaks_the_parsers(text: str) -> None:
    read = read_hours(text).hours
    for found in (read_minutes(text).minutes, read and read.amount, number_of(text)):
        assert found is None or found >= 0


Read = tuple[float, Per] | tuple[str, float, Per] | None
#: What is typed, the minutes where they are sure, those that are proposed.
EDGES = [
    ("4", None, 240),
    ("5", 5, None),
    ("1440", 1440, None),
    ("1441", None, None),
    ("12345678", None, None),
    ("00000045", 45, None),
    ("9" * 5000, None, None),
    ("4 x 4", None, None),
    ("2x5", 10, None),
    ("2x4", None, None),
    ("7h-8h", 60, None),
    ("6h-7h", None, None),
    ("7h-24h", 1020, None),
    ("7h-25h", None, None),
    ("22h-24h10", None, None),
    ("22h-24h30", None, None),
    ("8h-8h", None, None),
    ("9h-8h", None, None),
    ("9:00-10:30", 90, None),
    ("5h à 6h", 330, None),
    ("6h-6h30", 375, None),
    ("6h30-7h", None, None),
    ("5h-7h", None, None),
    ("30-45 min", 38, None),
    ("45-30 min", None, None),
    ("30-30 min", None, None),
    ("1h5", None, 65),
    ("1h60", None, None),
    ("1:5", None, None),
    ("1,25h", 75, None),
    ("1,20 h", None, 80),
    ("1,50h", 90, None),
    ("0,5", None, 30),
    ("23,5", None, 1410),
    ("24,5", None, None),
    ("1h et 15 min", 75, None),
    ("1h30 et 15", None, None),
    ("1h30, 15 min, 10 min", None, 115),
    ("1h + 15", None, None),
    ("30 + 15 min", 45, None),
    ("30 + 15", 45, None),
    ("10 + x", None, None),
    ("60 min (2h)", None, None),
    ("1,5 jour", 630, None),
    ("2 jours et demi", 1050, None),
    ("une matinée", None, 210),
    ("9h-12h / 14h-13h", None, None),
    ("2h moins le quart", 105, None),
    ("une heure trente", 90, None),
    ("quarante-cinq minutes", 45, None),
    ("1h3O", None, 90),
    ("l h", None, None),
    ("45 min au téléphone", 45, None),
    ("45 min et 10", None, None),
    ("2 fois 20", 40, None),
    ("3h (2 personnes)", None, None),
    ("1:30:15.5", 90, None),
    ("un jour", 420, None),
    ("une heure", 60, None),
    ("deux heures", 120, None),
    ("trois heures", 180, None),
    ("quatre heures", 240, None),
    ("cinq heures", 300, None),
    ("six heures", 360, None),
    ("dix minutes", 10, None),
    ("quinze minutes", 15, None),
    ("vingt minutes", 20, None),
    ("trente minutes", 30, None),
    ("quarante minutes", 40, None),
    ("une heure quarante", 100, None),
    ("une heure vingt", 80, None),
    ("une heure dix", 70, None),
    ("deux heures quinze", 135, None),
    ("1h 1/4", 75, None),
    ("1h ¼", 75, None),
    ("1h un quart", 75, None),
    ("1h et quart", 75, None),
    ("1h 1/2", 90, None),
    ("1h ½", 90, None),
    ("1h une demi", 90, None),
    ("1h une demie", 90, None),
    ("1h et demi", 90, None),
    ("1h et demie", 90, None),
    ("1h 3/4", 105, None),
    ("1h ¾", 105, None),
    ("1h trois quarts", 105, None),
    ("1h trois quart", 105, None),
    ("1h 3 quarts", 105, None),
    ("quart d'heure", 15, None),
    ("1/4 d'heure", 15, None),
    ("demi heure", 30, None),
    ("une demi-heure", 30, None),
    ("3 quarts d'heure", 45, None),
    ("2h moins 1/2", 90, None),
    ("3h moins le quart", 165, None),
    ("la journée", 420, None),
    ("trois jours", 1260, None),
    ("deux fois 1h", 120, None),
    ("trois fois 20 min", 60, None),
    ("dix fois 6 min", 60, None),
    ("1 jour 1/2", 630, None),
    ("1 jour ½", 630, None),
    ("2 x 1h30", 180, None),
    ("15 min x 10", 150, None),
    ("1,75h", 105, None),
    ("1,5h", 90, None),
    ("1,20h", None, 80),
    ("1,10h", None, 70),
    ("0,25 h", 15, None),
    ("1.5 h", 90, None),
    ("2,75h", 165, None),
    ("1,750 h", None, None),
    ("7h-7h01", 1, None),
    ("7h-7h00", None, None),
    ("10h-24h", 840, None),
    ("1 h 05 m", 65, None),
    ("1h30'", 90, None),
    ("90'", 90, None),
    ("1 heure 30 minutes", 90, None),
    ("10:59", 659, None),
    ("10:60", None, None),
    ("99h59", 5999, None),
    ("1h-2h", 90, None),
    ("6h30-6h45 min", None, None),
    ("30 à 90 min", 60, None),
    ("10-11 min", 10, None),
    ("1h à 7h", None, None),
    ("1h à 6h59", 240, None),
    ("5h30-7h30", None, None),
    ("100 min", 100, None),
    ("999 min", 999, None),
    ("2 matin", None, None),
    ("la matinée", None, 210),
    ("une soirée", None, 210),
    ("10 à 20 minutes", 15, None),
    ("1h30 (90 min)", 90, None),
    ("1h30 (91 min)", None, None),
    ("9h à 10h et 14h à 15h", 120, None),
    ("9h-10h, 11h-12h", 120, None),
    ("9h-10h + 11h-12h", 120, None),
    ("9h-10h puis 11h-11h30", 90, None),
    ("1 + 2", None, None),
    ("5 + 5", 10, None),
    ("10 min + 1h", 70, None),
    ("10 + 20 mn", 30, None),
    ("10 + 20 h", None, None),
    ("1,25", None, 75),
    ("1,50", None, 90),
    ("1,75", None, None),
]


@pytest.mark.parametrize(("typed", "minutes", "proposed"), EDGES)
def test_the_edges_of_times(typed: str, minutes: int | None, proposed: int | None) -> None:
    read = read_minutes(typed)
    assert (read.minutes, read.proposed) == (minutes, proposed)


MISSION, DAY, WEEK, MONTH, YEAR = Per
#: What is typed; in a column of totals, then in one of hours a week: the hours that are sure, else
#: those that are proposed after a "?", with what they are of.
HOURS_EDGES: list[tuple[str, Read, Read]] = [
    ("35", (35, MISSION), (35, WEEK)),
    ("151,67", (151.67, MISSION), (151.67, WEEK)),
    ("1,200", None, None),
    ("-3", None, None),
    ("0", (0, MISSION), (0, WEEK)),
    ("-0,5", None, None),
    ("12 h/sem", (12, WEEK), (12, WEEK)),
    ("24 heures semaine", (24, WEEK), (24, WEEK)),
    ("24 h la semaine", (24, WEEK), (24, WEEK)),
    ("24h (hebdo)", (24, WEEK), (24, WEEK)),
    ("3h hebdo", (3, WEEK), (3, WEEK)),
    ("7h/jour", (7, DAY), (7, DAY)),
    ("7 heures journalières", (7, DAY), (7, DAY)),
    ("7h quotidien", (7, DAY), (7, DAY)),
    ("5 h de jour", None, None),
    ("20h/mois", (20, MONTH), (20, MONTH)),
    ("20 heures mensuelles", (20, MONTH), (20, MONTH)),
    ("20h/m", None, None),  # a month, or a morning?
    ("100 h/an", (100, YEAR), (100, YEAR)),
    ("10h annuelles", (10, YEAR), (10, YEAR)),
    ("80 h au total", (80, MISSION), (80, MISSION)),
    ("total : 80 h", (80, MISSION), (80, MISSION)),
    ("20 h total", (20, MISSION), (20, MISSION)),
    ("35 (s 12)", (35, MISSION), (35, WEEK)),
    ("2x7", (14, MISSION), (14, WEEK)),
    ("8 x 7h", (56, MISSION), ("?", 56, WEEK)),
    ("7 x 7h", (49, MISSION), (49, WEEK)),
    ("7 jours x 7h", (49, MISSION), (49, WEEK)),
    ("8 jours de 7h", (56, MISSION), None),
    ("7h x 5", (35, MISSION), (35, WEEK)),
    ("35h x 2 sem", (70, MISSION), None),
    ("5 x 7h/sem", (35, WEEK), (35, WEEK)),
    ("7h/jour x 5j/sem", (35, WEEK), (35, WEEK)),
    ("7h/j 5 j/s", (35, WEEK), (35, WEEK)),
    ("7h/j 7 j/s", (49, WEEK), (49, WEEK)),
    ("7h/j 8 j/s", None, None),
    ("7h/j x 10 jours", (70, MISSION), None),
    ("7 h par jour sur 7 jours", (49, MISSION), (49, WEEK)),
    ("7h-12h", (5, MISSION), None),
    ("7h-13h", None, None),
    ("6h-11h", None, None),
    ("14h-19h", (5, MISSION), None),
    ("15h-18h", None, None),
    ("12h-12h", None, None),
    ("environ 20 h", ("?", 20, MISSION), ("?", 20, WEEK)),
    ("35 h par semaine environ", ("?", 35, WEEK), ("?", 35, WEEK)),
    ("20 à 25 h", None, None),
    ("1h67", ("?", 1.67, MISSION), ("?", 1.67, WEEK)),
    ("151h67", ("?", 151.67, MISSION), ("?", 151.67, WEEK)),
    ("7+7", (14, MISSION), (14, WEEK)),
    ("7h+7h30", ("?", 14.5, MISSION), ("?", 14.5, WEEK)),
    ("7+x", None, None),
    ("2 jours", ("?", 14, MISSION), ("?", 14, WEEK)),
    ("1 jour/sem", ("?", 7, WEEK), ("?", 7, WEEK)),
    ("mi-temps", ("?", 17.5, WEEK), ("?", 17.5, WEEK)),
    ("temps plein", ("?", 35, WEEK), ("?", 35, WEEK)),
    ("80 %", ("?", 28, WEEK), ("?", 28, WEEK)),
    ("100 %", ("?", 35, WEEK), ("?", 35, WEEK)),
    ("101 %", None, None),
    ("0 %", None, None),
    ("0,5 ETP", ("?", 17.5, WEEK), ("?", 17.5, WEEK)),
    ("1,5 ETP", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "total", "weekly"), HOURS_EDGES)
def test_the_edges_of_hours(typed: str, total: Read, weekly: Read) -> None:
    for own, expected in ((MISSION, total), (WEEK, weekly)):
        read = read_hours(typed, own)
        if expected is None:
            assert (read.hours, read.proposed) == (None, None)
        elif expected[0] == "?":
            assert (read.hours, read.proposed) == (None, Hours(*expected[1:]))
        else:
            assert (read.hours, read.proposed) == (Hours(*expected), None)
