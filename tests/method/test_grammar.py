"""Each line of the tables of the grammar says what it means, and means it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from cedre_xlsx.method.date_cells import read_date
from cedre_xlsx.method.dates import NoDate
from cedre_xlsx.method.deadline_parts import TABLE
from cedre_xlsx.method.deadlines import read_deadline
from cedre_xlsx.method.durations import read_minutes
from cedre_xlsx.method.grammar.expression import ON, ROW, Sort
from cedre_xlsx.method.grammar.situations import EXAMPLES
from cedre_xlsx.method.grammar.times import TIMES
from docs.typing_page import _DATES, _SAID_OF_DATES, _SURE

LINES = [(one.sort, typed, day) for one in TABLE for typed, day in one.examples]


@pytest.mark.parametrize(("sort", "typed", "day"), LINES)
def test_an_expression_means_what_its_line_says(sort: Sort, typed: str, day: str) -> None:
    read = read_deadline(typed, ROW, ON)
    expected = date.fromisoformat(day)
    if sort is Sort.UNCLEAR:
        assert (read.deadline.day, read.fault, read.proposed) == (None, NoDate.UNCLEAR, expected)
    else:
        assert (read.deadline.day, read.fault) == (expected, None)


@pytest.mark.parametrize(("typed", "said"), EXAMPLES)
def test_a_situation_has_no_day(typed: str, said: str) -> None:
    read = read_deadline(typed, ROW, ON)
    assert read.deadline.day is None
    assert read.deadline.condition == (said == "condition")
    assert (read.fault is NoDate.START) == (said == "début")
    assert (read.fault is NoDate.DONE) == (said == "fait")
    assert (read.fault is NoDate.PAST) == (said == "passé")
    assert (read.fault is NoDate.AT_LEAST) == (said == "minimum")
    assert (read.fault is NoDate.LASTS) == (said == "durée")


@pytest.mark.parametrize("typed", re.findall("`([^`]+)`", _SURE))
def test_what_the_page_says_is_always_told_is(typed: str) -> None:
    read = read_deadline(typed, ROW, ON)
    assert read.deadline.day is None
    assert read.fault is not None


@pytest.mark.parametrize(
    "typed", [typed for typed in re.findall("`([^`]+)`", _DATES) if "tél" in typed or "/" in typed]
)
def test_what_the_page_says_of_a_date(typed: str) -> None:
    read = read_date(typed, ON, first=True)
    assert (read.day is None) == (typed in _SAID_OF_DATES)


@pytest.mark.parametrize("line", TIMES, ids=lambda line: line.examples[0][0])
def test_a_time_means_what_its_line_says(line) -> None:  # type: ignore[no-untyped-def]
    for typed, minutes in line.examples:
        read = read_minutes(typed)
        assert (read.minutes, read.proposed) == ((minutes, None) if line.sure else (None, minutes))


#: A row, what is typed, the day meant: the edges of the months, of the weeks and of the years.
EDGES = [
    ("2026-10-05", "le 31", "2026-10-31"),
    ("2026-11-05", "le 31", "2026-12-31"),
    ("2026-10-05", "le 1", "2026-11-01"),
    ("2026-10-01", "le 1", "2026-10-01"),
    ("2026-10-05", "le 5", "2026-10-05"),
    ("2026-10-05", "le 32", ""),
    ("2026-10-05", "le 0", ""),
    ("2027-01-30", "le 30", "2027-01-30"),
    ("2027-01-31", "le 30", "2027-03-30"),
    ("2028-02-01", "le 29", "2028-02-29"),
    ("2026-10-05", "le 31 du mois prochain", "2026-12-31"),
    ("2026-12-31", "mois prochain", "2027-01-31"),
    ("2026-12-31", "début du mois prochain", "2027-01-10"),
    ("2026-10-10", "début du mois", "2026-10-10"),
    ("2026-10-11", "début du mois", "2026-11-10"),
    ("2026-10-15", "milieu du mois", "2026-10-15"),
    ("2026-10-16", "mi-mois", "2026-11-15"),
    ("2026-10-31", "fin du mois", "2026-10-31"),
    ("2026-12-31", "trimestre prochain", "2027-03-31"),
    ("2027-01-01", "trimestre prochain", "2027-06-30"),
    ("2027-06-30", "semestre prochain", "2027-12-31"),
    ("2027-07-01", "semestre prochain", "2028-06-30"),
    ("2026-01-01", "année prochaine", "2027-12-31"),
    ("2026-10-11", "cette semaine", "2026-10-11"),
    ("2026-10-12", "cette semaine", "2026-10-18"),
    ("2026-10-11", "semaine prochaine", "2026-10-18"),
    ("2026-10-06", "début de semaine", "2026-10-06"),
    ("2026-10-07", "début de semaine", "2026-10-13"),
    ("2026-10-08", "milieu de semaine", "2026-10-08"),
    ("2026-10-05", "ce lundi", "2026-10-05"),
    ("2026-10-06", "ce lundi", "2026-10-12"),
    ("2026-10-11", "dimanche", "2026-10-18"),
    ("2026-10-05", "dimanche", "2026-10-11"),
    ("2026-10-05", "lundi semaine prochaine", "2026-10-12"),
    ("2026-10-11", "dimanche semaine prochaine", "2026-10-18"),
    ("2026-10-05", "semaine 1", "2027-01-10"),
    ("2026-10-05", "semaine 53", "2027-01-03"),
    ("2027-02-01", "semaine 53", ""),
    ("2026-10-05", "semaine 53 de 2027", ""),
    ("2029-06-01", "semaine 53", ""),  # the next one is of 2032
    ("2026-10-05", "semaine 54", ""),
    ("2026-10-05", "semaine 0", ""),
    ("2026-12-25", "avant Noël", ""),  # of this year, or of the next?
    ("2027-04-05", "avant Noël", "2027-12-24"),
    ("2026-12-24", "avant Noël", "2026-12-24"),
    ("2026-12-25", "à Noël", "2026-12-25"),
    ("2026-10-05", "jour de l'an", "2027-01-01"),
    ("2026-10-05", "avant Noël 2027", "2027-12-24"),
    ("2026-03-31", "T1", "2026-03-31"),
    ("2026-04-01", "T1", ""),
    ("2026-07-02", "T1", "2027-03-31"),
    ("2026-07-01", "T1", ""),
    ("2026-10-05", "T3", ""),
    ("2026-10-05", "3e trimestre", ""),
    ("2026-10-05", "4e semestre", ""),
    ("2026-10-05", "3e semestre", ""),
    ("2026-10-05", "2e semestre", "2026-12-31"),
    ("2026-10-05", "sous 12h", "2026-10-06"),
    ("2026-10-05", "sous 36h", "2026-10-07"),
    ("2026-10-05", "sous 72h", "2026-10-08"),
    ("2026-10-05", "sous 600h", "2026-10-30"),
    ("2026-10-05", "11h", ""),
    ("2026-10-05", "2 trimestres", "2027-04-05"),
    ("2026-10-05", "1 semestre", "2027-04-05"),
    ("2026-10-05", "2 ans et demi", "2029-04-05"),
    ("2026-10-05", "2 jours et demi", ""),
    ("2026-10-05", "S+1", "2026-10-12"),
    ("2026-10-05", "J+0", "2026-10-05"),
    ("2026-10-05", "M+1", "2026-11-05"),
    ("2026-10-05", "1-5 jours", "2026-10-10"),
    ("2026-10-05", "2/3 mois", "2027-01-05"),
    ("2026-10-05", "1/2 mois", ""),
    ("2026-10-05", "1/3 mois", ""),
    ("2026-10-05", "2/5 mois", ""),
    ("2026-10-05", "2/4 mois", "2027-02-05"),
    ("2026-10-05", "3-2 mois", ""),
    ("2026-10-05", "3-3 mois", ""),
    ("2026-10-05", "0 jours", ""),
    ("2026-10-05", "1,5 jours", ""),
    ("2026-10-05", "1,5 semaine", "2026-10-16"),
    ("2026-10-05", "2 semaines et demie", "2026-10-23"),
    ("2026-10-05", "1 trimestre et demi", ""),
    ("2026-10-05", "1 semestre et demi", ""),
    ("2026-10-05", "sous 2 ou trois mois", "2027-01-05"),
    ("2026-10-05", "mardi en 8", "2026-10-13"),
    ("2026-10-05", "mardi en 15", "2026-10-20"),
    ("2026-10-05", "mi-semaine", "2026-10-08"),
    ("2026-10-05", "une dizaine de jours", "2026-10-15"),
    ("2026-10-05", "J+100", "2027-01-13"),
    ("2026-10-05", "J+365", "2027-10-05"),
    ("2026-10-05", "S+10", "2026-12-14"),
    ("2026-10-05", "trois trimestres", "2027-07-05"),
    ("2026-10-05", "2 semestres", "2027-10-05"),
    ("2026-10-05", "dans 100 jours", "2027-01-13"),
    ("2026-10-05", "sem du 12", "2026-10-18"),
    ("2026-10-05", "mardi 13 du mois prochain", ""),
    ("2026-10-05", "mardi 14", ""),
    ("2026-10-05", "semaine du 12/10", "2026-10-18"),
    ("2026-10-05", "début année prochaine", "2027-01-31"),
    ("2026-10-09", "mi-semaine", "2026-10-15"),
    ("2026-12-31", "fin du semestre", "2026-12-31"),
    ("2026-06-30", "fin du semestre", "2026-06-30"),
    ("2026-07-01", "fin du semestre", "2026-12-31"),
    ("2026-12-15", "début année prochaine", "2027-01-31"),
    ("2026-10-05", "1ère quinzaine de février 2027", "2027-02-15"),
    ("2026-10-05", "2e quinzaine de février 2027", "2027-02-28"),
    ("2026-10-05", "3e semaine de février 2027", "2027-02-21"),
    ("2026-10-05", "4e semaine de février 2027", "2027-02-28"),
    ("2026-10-05", "dernière semaine de février 2028", "2028-02-29"),
    ("2026-10-05", "juin 31", "2031-06-30"),
    ("2026-10-05", "juin 32", ""),
    ("2026-10-05", "juin '28", "2028-06-30"),
    ("2026-10-05", "T4 31", "2031-12-31"),
    ("2026-10-05", "T1 32", ""),
    ("2026-10-05", "fin 31", "2031-12-31"),
    ("2026-10-05", "fin 32", ""),
    ("2026-10-05", "fin octobre 31", "2031-10-31"),
    ("2026-10-05", "fin octobre 32", ""),
    ("2026-10-05", "début 27", "2027-01-31"),
    ("2026-10-05", "mi 2027", "2027-06-30"),
    ("2026-10-05", "courant 2027", "2027-12-31"),
    ("2026-10-05", "1ère semaine de novembre", "2026-11-07"),
    ("2026-10-05", "2e semaine de novembre", "2026-11-14"),
    ("2026-10-05", "troisième semaine de novembre", "2026-11-21"),
    ("2026-10-05", "4e semaine de novembre", "2026-11-30"),
    ("2026-10-05", "seconde quinzaine de novembre", "2026-11-30"),
    ("2026-10-05", "première quinzaine de novembre", "2026-11-15"),
    ("2026-10-05", "dernière quinzaine de novembre", "2026-11-30"),
    ("2026-10-05", "quatrième trimestre", "2026-12-31"),
    ("2026-10-05", "troisième trimestre 2027", "2027-09-30"),
    ("2026-10-05", "mi sem. 48", "2026-11-26"),
    ("2026-10-05", "milieu semaine 48", "2026-11-26"),
    ("2026-10-05", "jour de l'an 2027", "2027-01-01"),
    ("2026-10-05", "la Saint-Sylvestre", "2026-12-31"),
    ("2026-10-05", "avant novembre", "2026-10-31"),
    ("2026-10-05", "avant janvier", "2026-12-31"),
    ("2026-10-05", "avant mars 2027", "2027-02-28"),
    ("2026-10-05", "sem 53", "2027-01-03"),
    ("2026-10-05", "semaine 1 de 2027", "2027-01-10"),
    ("2026-10-05", "semaine 52", "2026-12-27"),
    ("2026-10-05", "6-2027", "2027-06-30"),
    ("2026-10-05", "fin octobre (21/10/2026)", "2026-10-21"),
    ("2026-10-05", "fin octobre (20/10/2026)", ""),
    ("2026-10-05", "octobre (01/10/2026)", "2026-10-01"),
    ("2026-10-05", "octobre (30/09/2026)", ""),
    ("2026-10-05", "novembre (01/11/2026)", "2026-11-01"),
    ("2026-10-05", "novembre (31/10/2026)", ""),
    ("2026-10-05", "début novembre (01/11/2026)", "2026-11-01"),
    ("2026-10-05", "début novembre (31/10/2026)", ""),
    ("2026-10-05", "début novembre (10/11/2026)", "2026-11-10"),
    ("2026-10-05", "début novembre (11/11/2026)", ""),
    ("2026-10-05", "mi-novembre (05/11/2026)", "2026-11-05"),
    ("2026-10-05", "mi-novembre (04/11/2026)", ""),
    ("2026-10-05", "avant juillet (01/06/2027)", "2027-06-01"),
    ("2026-10-05", "avant juillet (31/05/2027)", ""),
    ("2026-10-05", "fin 06/2027 (19/06/2027)", ""),
    ("2026-10-05", "fin 06/2027 (20/06/2027)", "2027-06-20"),
    ("2026-10-05", "06/2027 (01/06/2027)", "2027-06-01"),
    ("2026-10-05", "T4 (01/10/2026)", "2026-10-01"),
    ("2026-10-05", "T4 (30/09/2026)", ""),
    ("2026-10-05", "4e trimestre 2026 (01/10/2026)", "2026-10-01"),
    ("2026-10-05", "4e trimestre 2026 (30/09/2026)", ""),
    ("2026-10-05", "2e semestre (01/07/2026)", "2026-07-01"),
    ("2026-10-05", "2e semestre (30/06/2026)", ""),
    ("2026-10-05", "en 2027 (01/01/2027)", "2027-01-01"),
    ("2026-10-05", "en 2027 (31/12/2026)", ""),
    ("2026-10-05", "courant 2027 (01/01/2027)", "2027-01-01"),
    ("2026-10-05", "début 2027 (01/01/2027)", "2027-01-01"),
    ("2026-10-05", "début 2027 (31/12/2026)", ""),
    ("2026-10-05", "fin 2026 (01/10/2026)", "2026-10-01"),
    ("2026-10-05", "fin 2026 (30/09/2026)", ""),
    ("2026-10-05", "mi 2027 (01/04/2027)", "2027-04-01"),
    ("2026-10-05", "mi 2027 (31/03/2027)", ""),
    ("2026-10-05", "semaine 48 (23/11/2026)", "2026-11-23"),
    ("2026-10-05", "semaine 48 (22/11/2026)", ""),
    ("2026-10-05", "semaine 48 (29/11/2026)", "2026-11-29"),
    ("2026-10-05", "semaine 48 (30/11/2026)", ""),
    ("2026-10-05", "début sem. 48 (23/11/2026)", "2026-11-23"),
    ("2026-10-05", "début sem. 48 (25/11/2026)", ""),
    ("2026-10-05", "à Noël (25/12/2026)", "2026-12-25"),
    ("2026-10-05", "à Noël (24/12/2026)", ""),
    ("2026-10-05", "avant Noël (01/12/2026)", "2026-12-01"),
    ("2026-10-05", "avant Noël (30/11/2026)", ""),
    ("2026-10-05", "le 20, 20/10/2026", "2026-10-20"),
    ("2026-10-05", "le 20, 19/10/2026", ""),
    ("2026-10-05", "semaine prochaine (12/10/2026)", "2026-10-12"),
    ("2026-10-05", "semaine prochaine (18/10/2026)", "2026-10-18"),
    ("2026-10-05", "cette semaine (05/10/2026)", "2026-10-05"),
    ("2026-10-05", "fin de semaine (09/10/2026)", "2026-10-09"),
    ("2026-10-05", "dans la semaine (07/10/2026)", "2026-10-07"),
    ("2026-10-05", "dans la semaine (12/10/2026)", "2026-10-12"),
    ("2026-10-05", "dans la semaine (13/10/2026)", "2026-10-13"),
    ("2026-10-05", "début de semaine prochaine (12/10/2026)", "2026-10-12"),
    ("2026-10-05", "mois prochain (01/11/2026)", "2026-11-01"),
    ("2026-10-05", "début du mois prochain (01/11/2026)", "2026-11-01"),
    ("2026-10-05", "fin du mois (21/10/2026)", "2026-10-21"),
    ("2026-10-05", "ce mois-ci (01/10/2026)", "2026-10-01"),
    ("2026-10-05", "trimestre prochain (01/01/2027)", "2027-01-01"),
    ("2026-10-05", "fin de trimestre (01/10/2026)", "2026-10-01"),
    ("2026-10-05", "semestre prochain (01/01/2027)", "2027-01-01"),
    ("2026-10-05", "fin du semestre (01/07/2026)", "2026-07-01"),
    ("2026-10-05", "année prochaine (01/01/2027)", "2027-01-01"),
    ("2026-10-05", "fin d'année (01/10/2026)", "2026-10-01"),
    ("2026-10-05", "début année prochaine (01/01/2027)", "2027-01-01"),
    ("2026-10-05", "ce week-end (10/10/2026)", "2026-10-10"),
    ("2026-10-05", "sous 15 jours (20/10/2026)", "2026-10-20"),
    ("2026-10-05", "sous 15 jours (22/10/2026)", "2026-10-22"),
    ("2026-10-05", "sous 15 jours (18/10/2026)", "2026-10-18"),
    ("2026-10-05", "sous 15 jours (17/10/2026)", "2026-10-17"),
    ("2026-10-05", "sous 3 mois (05/01/2027)", "2027-01-05"),
    ("2026-10-05", "sous 3 mois (12/01/2027)", "2027-01-12"),
    ("2026-10-05", "sous 3 mois (29/12/2026)", "2026-12-29"),
    ("2026-10-05", "sous 3 mois (28/12/2026)", "2026-12-28"),
    ("2026-10-05", "au plus tard sous 15 jours (06/10/2026)", "2026-10-06"),
    ("2026-10-05", "15 jours (20/10/2026)", "2026-10-20"),
    ("2026-10-05", "15 jours soit le 20/10/2026", "2026-10-20"),
    ("2026-10-05", "semaine prochaine (14/10/2026)", "2026-10-14"),
    ("2026-10-05", "demain (06/10/2026)", "2026-10-06"),
    ("2026-10-05", "J+3 (07/10/2026)", "2026-10-07"),
    ("2026-10-05", "13/02/26 reporté au 13/03/26", "2026-03-13"),
    ("2026-10-05", "13/02/26 reporté au 13/03/26 puis au 13/04/26", "2026-04-13"),
    ("2026-10-05", "13/03/26 reporté au 13/02/26", "2026-02-13"),
    ("2026-10-05", "13/02/26, 13/03/26", "2026-03-13"),
    ("2026-10-05", "13/02/26 13/02/26", "2026-02-13"),
    ("2026-10-05", "13/02/26 13/03/26", "2026-03-13"),
    ("2026-10-05", "entre le 2/11 et le 5/11/2026", "2026-11-05"),
    ("2026-10-05", "du 2/11 au 5/11/2026", "2026-11-05"),
    ("2026-10-05", "10/10/2026 (initialement 01/10/2026)", "2026-10-10"),
    ("2026-10-05", "12/10/2026 au lieu du 01/10/2026", "2026-10-12"),
    ("2026-10-05", "12/10/2026 et non le 13/10/2026", "2026-10-12"),
    ("2026-10-05", "15/10/2026 reporté de 15 jours", "2026-10-30"),
    ("2026-10-05", "15/10/2026 reporté d'un mois", "2026-11-15"),
    ("2026-10-05", "15/10/2026 reporté à fin octobre", "2026-10-31"),
    ("2026-10-05", "reporté au mois prochain", "2026-11-30"),
    ("2026-10-05", "T4 d'ici 3 mois", "2026-12-31"),
    ("2026-10-05", "T4 d'ici 6 mois", "2026-12-31"),
    ("2026-10-05", "fin octobre sous 26 jours", "2026-10-31"),
    ("2026-10-05", "fin octobre, fin novembre", "2026-11-30"),
    ("2026-10-05", "bilan à 3 mois", "2027-01-05"),
    ("2026-10-05", "60 mois", "2031-10-05"),
    ("2026-10-05", "5 ans", "2031-10-05"),
    ("2026-10-05", "si besoin le 15/11", "2026-11-15"),
    ("2026-10-05", "le 15/11 si possible", "2026-11-15"),
    ("2026-10-05", "semaine du 12/10/2026 (14/10/2026)", "2026-10-14"),
    ("2026-10-05", "vendredi 16/10", "2026-10-16"),
    ("2026-10-05", "16/10 vendredi", "2026-10-16"),
    ("2026-10-05", "relance le 10/10/2026", "2026-10-10"),
    ("2026-10-05", "avant fin novembre", "2026-11-30"),
    ("2026-10-05", "04/07", "2027-07-04"),
    ("2026-10-05", "05/10", "2026-10-05"),
    ("2026-10-05", "06/10", "2026-10-06"),
    ("2026-10-05", "10/07 puis 15/11", "2026-11-15"),
    ("2026-10-05", "10/07 reporté au 15/11", "2026-11-15"),
    ("2026-10-05", "15/11/25 puis 15/11", "2026-11-15"),
    ("2026-10-05", "la Toussaint", "2026-11-01"),
    ("2026-10-05", "le jour de l'an", "2027-01-01"),
    ("2026-10-05", "le nouvel an", "2027-01-01"),
    ("2026-10-05", "nouvel an", "2027-01-01"),
    ("2026-10-05", "la St Sylvestre", "2026-12-31"),
    ("2026-10-05", "St-Sylvestre", "2026-12-31"),
    ("2026-10-05", "Saint-Sylvestre", "2026-12-31"),
    ("2026-10-05", "milieu 2027", "2027-06-30"),
    ("2026-10-31", "fin octobre 26", "2026-10-31"),
    ("2026-10-05", "courant 2027 (31/12/2026)", ""),
    ("2026-10-05", "sous deux jours", "2026-10-07"),
    ("2026-10-05", "sous trois jours", "2026-10-08"),
    ("2026-10-05", "sous quatre jours", "2026-10-09"),
    ("2026-10-05", "sous cinq jours", "2026-10-10"),
    ("2026-10-05", "sous six jours", "2026-10-11"),
    ("2026-10-05", "sous sept jours", "2026-10-12"),
    ("2026-10-05", "sous huit jours", "2026-10-13"),
    ("2026-10-05", "sous neuf jours", "2026-10-14"),
    ("2026-10-05", "sous dix jours", "2026-10-15"),
    ("2026-10-05", "sous onze jours", "2026-10-16"),
    ("2026-10-05", "sous douze jours", "2026-10-17"),
    ("2026-10-05", "sous quinze jours", "2026-10-20"),
    ("2026-10-05", "sous vingt jours", "2026-10-25"),
    ("2026-10-05", "sous trente jours", "2026-11-04"),
    ("2026-10-05", "merc.", "2026-10-07"),
    ("2026-10-05", "vend.", "2026-10-09"),
    ("2026-10-05", "merc", "2026-10-07"),
    ("2026-10-05", "lun.", "2026-10-12"),
    ("2026-10-05", "sam. prochain", "2026-10-10"),
    ("2026-10-05", "semaine prochaine avant le 16", "2026-10-16"),
    ("2026-10-05", "semaine prochaine, lundi", "2026-10-12"),
    ("2026-10-05", "demain, mardi", "2026-10-06"),
    ("2026-10-05", "vu ce jour, revoir fin novembre", "2026-11-30"),
    ("2026-10-05", "demain reporté à lundi", "2026-10-12"),
    ("2026-10-05", "demain avant 10h", "2026-10-06"),
    ("2026-10-05", "15/10/2026 avant 12h", "2026-10-15"),
    ("2026-10-05", "15/10/2026 d'ici 12h", "2026-10-15"),
    ("2026-10-05", "06/10/2026 sous 24h", "2026-10-06"),
    ("2026-10-05", "sous 15 jours (05/10/2026)", "2026-10-05"),
    ("2026-10-05", "15/10/2026 et 15/10/2026", "2026-10-15"),
    ("2026-10-05", "28/10/2026, CDD 3 mois", "2026-10-28"),
    ("2026-10-05", "reporté d'un mois, au 15/11/2026", "2026-11-15"),
]


@pytest.mark.parametrize(("row", "typed", "day"), EDGES)
def test_the_edges_of_months_weeks_and_years(row: str, typed: str, day: str) -> None:
    found = read_deadline(typed, date.fromisoformat(row), ON).deadline.day
    assert (str(found) if found else "") == day


#: A row, what is typed, what is wrong with it, the day that it may mean, the other one.
FAULTS = [
    ("2027-01-05", "à Noël", NoDate.PAST, "2026-12-25", "2027-12-25"),
    ("2027-03-27", "à Noël", NoDate.PAST, "2026-12-25", "2027-12-25"),
    ("2027-01-30", "semaine 53", NoDate.PAST, "2027-01-03", ""),
    ("2029-06-01", "semaine 53", NoDate.IMPOSSIBLE, "", ""),
    ("2026-10-05", "semaine prochaine (11/10/2026)", NoDate.SEVERAL, "2026-10-11", ""),
    ("2026-10-05", "semaine prochaine (19/10/2026)", NoDate.SEVERAL, "2026-10-19", ""),
    ("2026-10-05", "cette semaine (04/10/2026)", NoDate.SEVERAL, "2026-10-04", ""),
    ("2026-10-05", "début de semaine prochaine (14/10/2026)", NoDate.SEVERAL, "2026-10-14", ""),
    ("2026-10-05", "mois prochain (31/10/2026)", NoDate.SEVERAL, "2026-10-31", ""),
    ("2026-10-05", "début du mois prochain (11/11/2026)", NoDate.SEVERAL, "2026-11-11", ""),
    ("2026-10-05", "fin du mois (20/10/2026)", NoDate.SEVERAL, "2026-10-20", ""),
    ("2026-10-05", "ce mois-ci (30/09/2026)", NoDate.SEVERAL, "2026-09-30", ""),
    ("2026-10-05", "trimestre prochain (31/12/2026)", NoDate.SEVERAL, "2026-12-31", ""),
    ("2026-10-05", "fin de trimestre (30/09/2026)", NoDate.SEVERAL, "2026-09-30", ""),
    ("2026-10-05", "semestre prochain (31/12/2026)", NoDate.SEVERAL, "2026-12-31", ""),
    ("2026-10-05", "fin du semestre (30/06/2026)", NoDate.SEVERAL, "2026-06-30", ""),
    ("2026-10-05", "année prochaine (31/12/2026)", NoDate.SEVERAL, "2026-12-31", ""),
    ("2026-10-05", "fin d'année (30/09/2026)", NoDate.SEVERAL, "2026-09-30", ""),
    ("2026-10-05", "début année prochaine (31/12/2026)", NoDate.SEVERAL, "2026-12-31", ""),
    ("2026-10-05", "ce week-end (09/10/2026)", NoDate.SEVERAL, "2026-10-09", ""),
    ("2026-10-05", "sous 15 jours (23/10/2026)", NoDate.SEVERAL, "2026-10-23", ""),
    ("2026-10-05", "sous 3 mois (13/01/2027)", NoDate.SEVERAL, "2027-01-13", ""),
    ("2026-10-05", "dans 3 mois maximum (05/11/2026)", NoDate.SEVERAL, "2026-11-05", ""),
    ("2026-10-05", "15 jours (28/10/2026)", NoDate.SEVERAL, "2026-10-28", ""),
    ("2026-10-05", "15 jours soit le 28/10/2026", NoDate.SEVERAL, "2026-10-28", ""),
    ("2026-10-05", "semaine prochaine (05/10/2026)", NoDate.SEVERAL, "2026-10-05", ""),
    ("2026-10-05", "semaine prochaine (04/10/2026)", NoDate.SEVERAL, "2026-10-04", ""),
    ("2026-10-05", "demain (07/10/2026)", NoDate.SEVERAL, "2026-10-07", ""),
    ("2026-10-05", "J+2 (06/10/2026)", NoDate.SEVERAL, "2026-10-06", ""),
    ("2026-10-05", "plus de 48h", NoDate.AT_LEAST, "2026-10-07", ""),
    ("2026-10-05", "48h mini", NoDate.AT_LEAST, "2026-10-07", ""),
    ("2026-10-05", "demain (08/10/2026)", NoDate.SEVERAL, "2026-10-08", ""),
    ("2026-10-05", "après-demain (06/10/2026)", NoDate.SEVERAL, "2026-10-06", ""),
    ("2026-10-05", "13/02/26 et 13/03/26", NoDate.SEVERAL, "2026-03-13", ""),
    ("2026-10-05", "13/02/26 ou 13/03/26", NoDate.SEVERAL, "2026-03-13", ""),
    ("2026-10-05", "13/03/26, 13/02/26", NoDate.SEVERAL, "2026-02-13", ""),
    ("2026-10-05", "initialement prévu le 10/10/2026", NoDate.VAGUE, "2026-10-10", ""),
    ("2026-10-05", "15/10/2026 reporté", NoDate.PUT_OFF, "2026-10-15", ""),
    ("2026-10-05", "15/10/2026 reporté au 20/10/2026, reporté", NoDate.PUT_OFF, "2026-10-20", ""),
    ("2026-10-05", "reporté", NoDate.UNCLEAR, "", ""),
    ("2026-10-05", "fin octobre sous 15 jours", NoDate.SEVERAL, "2026-10-31", ""),
    ("2026-10-05", "2 mois 15 jours", NoDate.SEVERAL, "2026-12-20", ""),
    ("2026-10-05", "2 mois et 15 jours", NoDate.SEVERAL, "2026-12-20", ""),
    ("2026-10-05", "1 an 6 mois", NoDate.SEVERAL, "2028-04-05", ""),
    ("2026-10-05", "sous 2 mois 15 jours", NoDate.SEVERAL, "2026-12-20", ""),
    ("2026-10-05", "sous 15 jours ou 3 semaines", NoDate.SEVERAL, "2026-10-20", ""),
    ("2026-10-05", "fin octobre ou fin novembre", NoDate.SEVERAL, "2026-11-30", ""),
    ("2026-10-05", "le 20 ou le 25", NoDate.NO_ROLE, "2026-10-25", ""),
    ("2026-10-05", "lundi ou mardi", NoDate.NO_ROLE, "2026-10-06", ""),
    ("2026-10-05", "lundi fin octobre", NoDate.NO_ROLE, "2026-10-31", ""),
    ("2026-10-05", "dès le 15/11", NoDate.START, "", ""),
    ("2026-10-05", "à partir de fin novembre", NoDate.START, "", ""),
    ("2026-10-05", "après le 15/11", NoDate.START, "", ""),
    ("2026-10-05", "tous les 15 jours", NoDate.UNCLEAR, "", ""),
    ("2026-10-05", "chaque mois", NoDate.UNCLEAR, "", ""),
    ("2026-10-05", "3 mois d'essai", NoDate.LASTS, "2027-01-05", ""),
    ("2026-10-05", "61 mois", NoDate.LASTS, "", ""),
    ("2026-10-05", "6 ans", NoDate.LASTS, "", ""),
    ("2026-10-05", "sous 61 mois", NoDate.LASTS, "", ""),
    ("2026-10-05", "jeudi 16/10", NoDate.WEEKDAY, "2026-10-16", ""),
    ("2026-10-05", "16/10 (jeudi)", NoDate.WEEKDAY, "2026-10-16", ""),
    ("2026-10-05", "reçu le 10/10/2026", NoDate.DONE, "", ""),
    ("2026-10-05", "fait le 12/10", NoDate.DONE, "", ""),
    ("2026-10-05", "pas avant le 15/11", NoDate.START, "", ""),
    ("2026-10-05", "15/11 au plus tôt", NoDate.START, "2026-11-15", ""),
    ("2026-10-05", "15/11 ?", NoDate.VAGUE, "2026-11-15", ""),
    ("2026-10-05", "vers le 15/11", NoDate.VAGUE, "2026-11-15", ""),
    ("2026-10-05", "environ 15 jours", NoDate.VAGUE, "2026-10-20", ""),
    ("2026-10-05", "10/07", NoDate.PAST, "2026-07-10", "2027-07-10"),
    ("2026-10-05", "05/07", NoDate.PAST, "2026-07-05", "2027-07-05"),
    ("2026-10-05", "04/10", NoDate.PAST, "2026-10-04", "2027-10-04"),
    ("2026-10-05", "30/09", NoDate.PAST, "2026-09-30", "2027-09-30"),
    ("2026-10-05", "31/02", NoDate.IMPOSSIBLE, "", ""),
    ("2026-10-05", "début d'année", NoDate.UNCLEAR, "2027-03-31", ""),
    ("2026-10-05", "milieu de trimestre", NoDate.UNCLEAR, "2027-03-31", ""),
    ("2026-10-05", "3e semestre 2027", NoDate.IMPOSSIBLE, "", ""),
    ("2026-10-05", "semaine 54 de 2027", NoDate.IMPOSSIBLE, "", ""),
    ("2026-10-05", "semaine 0", NoDate.IMPOSSIBLE, "", ""),
    ("2026-10-05", "pendant 3 mois", NoDate.UNCLEAR, "", ""),
    ("2026-10-05", "il y a 15 jours", NoDate.UNCLEAR, "", ""),
    ("2026-10-05", "sous 0 jours", NoDate.UNCLEAR, "", ""),
    ("2026-10-05", "31/02/2026 et 15/11/2026", NoDate.IMPOSSIBLE, "", ""),
    ("2026-10-05", "15/10/2026, du 2/11 au 5/11/2026", NoDate.SEVERAL, "2026-11-05", ""),
    ("2027-02-05", "vendredi 16/10", NoDate.WEEKDAY, "2027-10-16", ""),
    ("2026-10-05", "lundi, mardi", NoDate.SEVERAL, "2026-10-12", ""),
    ("2026-10-05", "demain, lundi", NoDate.SEVERAL, "2026-10-06", ""),
    ("2026-10-05", "demain avant le 20", NoDate.SEVERAL, "2026-10-06", ""),
    ("2026-10-05", "mois prochain, le 5", NoDate.SEVERAL, "2026-11-30", ""),
    ("2026-10-05", "fin octobre, mois prochain", NoDate.SEVERAL, "2026-10-31", ""),
    ("2026-10-05", "15/10/2026 sous 48h", NoDate.SEVERAL, "2026-10-15", ""),
    ("2026-10-05", "15/10/2026 sous 24h", NoDate.SEVERAL, "2026-10-15", ""),
]


@pytest.mark.parametrize(("row", "typed", "fault", "day", "other"), FAULTS)
def test_what_is_wrong_and_what_may_be_meant(
    row: str, typed: str, fault: NoDate, day: str, other: str
) -> None:
    read = read_deadline(typed, date.fromisoformat(row), ON)
    assert (read.deadline.day, read.fault) == (None, fault)
    assert (str(read.proposed or ""), str(read.or_else or "")) == (day, other)


@pytest.mark.parametrize(
    "typed",
    [
        "après 15 jours",
        "au bout de 3 mois",
        "15 jours après l'entretien",
    ],
)
def test_a_condition_has_no_date(typed: str) -> None:
    deadline = read_deadline(typed, ROW, ON).deadline
    assert (deadline.day, deadline.condition) == (None, True)


#: What is typed, the first day that was agreed, the last one, how often it was put off.
MOVES = [
    ("13/02/26 reporté au 13/03/26", "2026-02-13", "2026-03-13", 1),
    ("13/02/26 reporté au 13/03/26 puis au 13/04/26", "2026-02-13", "2026-04-13", 2),
    ("13/03/26 reporté au 13/02/26", "2026-03-13", "2026-02-13", 0),
    ("13/02/26, 13/03/26", "2026-02-13", "2026-03-13", 1),
    ("12/10/2026 au lieu du 01/10/2026", "2026-10-01", "2026-10-12", 1),
    ("15/10/2026 reporté de 15 jours", "2026-10-15", "2026-10-30", 1),
    ("15/10/2026 reporté à fin octobre", "2026-10-15", "2026-10-31", 1),
    ("d'ici fin octobre reporté à fin novembre", "2026-10-31", "2026-11-30", 1),
    ("10/07 reporté au 15/11", "2026-07-10", "2026-11-15", 1),
    ("15/10/2026", "2026-10-15", "2026-10-15", 0),
    ("15/10/2026 reporté la semaine prochaine", "2026-10-15", "2026-10-25", 1),
    ("15/10/2026 reporté au mois prochain", "2026-10-15", "2026-11-30", 1),
    ("reporté d'un mois, au 15/11/2026", "2026-11-15", "2026-11-15", 0),
]


@pytest.mark.parametrize(("typed", "first", "last", "moves"), MOVES)
def test_a_deadline_that_was_put_off(typed: str, first: str, last: str, moves: int) -> None:
    read = read_deadline(typed, ROW, ON).deadline
    assert (str(read.first), str(read.day), read.moves) == (first, last, moves)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [("15/10/2026", True), ("15 octobre 2026", True), ("15 octobre 2026 tél", False),
     ("15/10 puis 20/10", False), ("fin octobre", False)],
)  # fmt: skip
def test_a_deadline_that_is_one_date_alone(typed: str, plain: bool) -> None:
    assert read_deadline(typed, ROW, ON).plain == plain
