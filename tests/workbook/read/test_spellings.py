"""One line a spelling, through the whole reading: column, what is typed, what comes of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cedre_xlsx.method.hours import Hours, Per
from cedre_xlsx.schema.tables import FOLLOW_UP, MISSIONS
from tests.support import read_rows

ON = date(2026, 5, 12)
ROW = "2026-04-15"  # a Wednesday

#: A deadline as typed, the date of its row, the date that counts, or the finding.
DEADLINES: list[tuple[str, str, str]] = [
    ("au plus vite", ROW, "LEC04"),
    ("dès maintenant", ROW, "LEC04"),
    ("immédiatement", ROW, "2026-04-15"),
    ("urgent : cette semaine", ROW, "2026-04-19"),
    ("dans les 15 jours", ROW, "2026-04-30"),
    ("dans les 48 h", ROW, "2026-04-17"),
    ("sous 1 mois et demi", ROW, "2026-05-30"),
    ("sous 2 mois max.", ROW, "2026-06-15"),
    ("d'ici la fin du mois", ROW, "2026-04-30"),
    ("d'ici à fin juin", ROW, "2026-06-30"),
    ("avant le 15/6", ROW, "2026-06-15"),
    ("avant le 15 juin 2026 impérativement", ROW, "2026-06-15"),
    ("pour le 15", ROW, "2026-04-15"),
    ("le 15 du mois", ROW, "2026-04-15"),
    ("15 juin", ROW, "2026-06-15"),
    ("15.06.26", ROW, "2026-06-15"),
    ("lundi 15 juin", ROW, "2026-06-15"),
    ("le quinze juin", ROW, "2026-06-15"),
    ("le vingt et un juin 2026", ROW, "2026-06-21"),
    ("1er/06/2026", ROW, "2026-06-01"),
    ("1ier juin", ROW, "2026-06-01"),
    ("5 juill. 2026", ROW, "2026-07-05"),
    ("jeudi 18", ROW, "LEC04"),
    ("semaine du 15 juin", ROW, "2026-06-21"),
    ("semaine n°25", ROW, "2026-06-21"),
    ("sem.25/2026", ROW, "2026-06-21"),
    ("première semaine de juin", ROW, "2026-06-07"),
    ("2e semaine de juin", ROW, "2026-06-14"),
    ("4ème semaine de juin", ROW, "2026-06-30"),
    ("dernière semaine de juin", ROW, "2026-06-30"),
    ("1ère quinzaine de juin", ROW, "2026-06-15"),
    ("première quinzaine du mois de juin", ROW, "2026-06-15"),
    ("deuxième quinzaine de mai", ROW, "2026-05-31"),
    ("seconde quinzaine d'août 2026", ROW, "2026-08-31"),
    ("06/2026", ROW, "2026-06-30"),
    ("fin 06/2026", ROW, "2026-06-30"),
    ("mi-06/2026", ROW, "2026-06-15"),
    ("13/2026", ROW, "LEC04"),
    ("mi-06", ROW, "LEC04"),
    ("juin 26", ROW, "2026-06-30"),
    ("courant 2e semestre", ROW, "2026-12-31"),
    ("deuxième trimestre", ROW, "2026-06-30"),
    ("second semestre", ROW, "2026-12-31"),
    ("quatrième trimestre 2026", ROW, "2026-12-31"),
    ("fin du trimestre", ROW, "2026-06-30"),
    ("fin d'année", ROW, "2026-12-31"),
    ("fin de l'année scolaire", ROW, "LEC04"),
    ("été 2026", ROW, "LEC04"),
    ("RDV le 01/06 à 10h", ROW, "2026-06-01"),
    ("02/06/2026 14:30", ROW, "2026-06-02"),
    ("RDV Mission locale 20/05/26 9h", ROW, "2026-05-20"),
    ("20/05/26 (tél 06 12 34 56 78)", ROW, "2026-05-20"),
    ("06 12 34 56 78", ROW, "LEC04"),
    ("reporté au 15/06", ROW, "2026-06-15"),
    ("15/05 puis 15/06", ROW, "2026-06-15"),
    ("15/05→15/06", ROW, "2026-06-15"),
    ("décalé au 15/06/26 (initialement 15/05/26)", ROW, "2026-06-15"),
    ("reporté au 15/06/26 au lieu du 15/05/26", ROW, "2026-06-15"),
    ("du 15 au 22 mai", ROW, "2026-05-22"),
    ("15-22 mai", ROW, "2026-05-22"),
    ("15-22/05/26", ROW, "2026-05-22"),
    ("entre le 15/05 et le 22/05", ROW, "2026-05-22"),
    ("3 mois renouvelables", ROW, "2026-07-15"),
    ("6 mois (jusqu'au 15/10/26)", ROW, "2026-10-15"),
    ("jusqu'à la fin du contrat", ROW, "LEC06"),
    ("prochaine réunion d'équipe", ROW, "LEC06"),
    ("bilan à 3 mois", ROW, "2026-07-15"),
    ("huit jours", ROW, "2026-04-23"),
    ("+15j", ROW, "2026-04-30"),
    ("2 sem.", ROW, "2026-04-29"),
    ("délai 15j", ROW, "2026-04-30"),
    ("dans 10 jours ouvrés", ROW, "LEC04"),
    ("permanent", ROW, "LEC04"),
    ("tout au long du parcours", ROW, "LEC04"),
    ("30/02", ROW, "LEC04"),
    ("15/13/26", ROW, "LEC04"),
    ("20260615", ROW, "LEC04"),
    ("20/05/2o26", ROW, "LEC04"),
    ("avant mi-juin", ROW, "2026-06-15"),
    ("avant juillet", ROW, "2026-06-30"),
    ("pour septembre", ROW, "2026-09-30"),
    ("pour début septembre", ROW, "2026-09-10"),
    ("sous 15 jours", "", "LEC04"),
    ("fin juin", "", "LEC04"),
    ("15/06", "", "LEC04"),
    ("fin juin 2026", "", "2026-06-30"),
    ("06/2026", "", "2026-06-30"),
    ("15/06/26", "", "2026-06-15"),
]

#: A cell of Dates as typed, its day and what stands beside it, or the finding.
DATES: list[tuple[str, str, str]] = [
    ("12/05/26 matin", "2026-05-12", "matin"),
    ("12/05/26 9h30 à 11h", "2026-05-12", "9h30 à 11h"),
    ("12/05/26tel", "2026-05-12", "tel"),
    ("12.05.2026 - visite", "2026-05-12", "visite"),
    ('"12/05/26"', "2026-05-12", ""),
    ("« 12/05/26 »", "2026-05-12", ""),
    ("[12/05/26]", "2026-05-12", ""),
    ("mar 12/05/26", "2026-05-12", ""),
    ("12mai26", "2026-05-12", ""),
    ("12 Mai, 2026", "2026-05-12", ""),
    ("le douze mai 2026", "2026-05-12", ""),
    ("12/05/26 au 15/05/26", "2026-05-12", "au 15/05/26"),
    ("12 et 13/05/26", "2026-05-12", "et 13/05/26"),
    ("du 12 au 15 mai 2026", "2026-05-12", "au 15 mai 2026"),
    ("12-13 mai 2026", "2026-05-12", "13 mai 2026"),
    ("salle 3 - 12/05/26", "2026-05-12", "salle 3"),
    ("atelier 2, 12/05/26", "2026-05-12", "atelier 2"),
    ("12-13/05/26", "LEC03", ""),
    ("CP-2026-001 du 12/05/26", "2026-05-12", "CP-2026-001"),
    ("06.12.34.56.78 le 12/05/26", "2026-05-12", "06.12.34.56.78"),
    ("12/05/26 RDV 15/05", "2026-05-12", "RDV 15/05"),
    ("12/05", "LEC03", ""),
    ("18/04/26-20/04/26", "LEC03", ""),
    ("12/05/26 et 14/05/26", "LEC03", ""),
    ("5/6 mai 2026", "LEC03", ""),
    ("13/05", "LEC03", ""),
    ("12/05 (2026)", "LEC03", ""),
    ("120526", "LEC03", ""),
    ("26/05/12", "2012-05-26", ""),
    ("05/12/2026", "2026-12-05", ""),
    ("31 avril 2026", "LEC03", ""),
    ("29 février 2025", "LEC03", ""),
    ("semaine 20", "LEC03", ""),
    ("mai 2026", "LEC03", ""),
]

#: A time spent as typed, its minutes, or the finding.
TIMES: list[tuple[object, int | str]] = [
    ("1h5", "LEC05"),
    ("1h5min", 65),
    ("1h05", 65),
    ("1:5", "LEC05"),
    ("1h 30", 90),
    ("1h30'", 90),
    ("env 1h30", 90),
    ("1.30", "LEC05"),
    ("1h + 30 min", 90),
    ("2x45 min", 90),
    ("30 à 45 min", 38),
    ("90 mn (dont trajet)", 90),
    ("1/2 journée", 210),
    ("une heure et demie", 90),
    ("1h60", "LEC05"),
    ("néant", ""),
    ("…", ""),
    (1e308, "LEC05"),
    (float("inf"), "LEC10"),
]

#: Hours of a mission as typed, or the finding.
HOURS: list[tuple[object, float | Hours | str]] = [
    ("151,67", 151.67),
    ("151.67 h", 151.67),
    ("1 607", 1607),
    ("35 h/semaine", Hours(35, Per.WEEK)),
    ("80 h au total", 80),
    ("7h30", 7.5),
    ("1.607", "LEC05"),
    ("20 à 25", "LEC05"),
    ("plein temps", "LEC05"),
    (float("inf"), "LEC10"),
    (float("nan"), "LEC10"),
]


def read(spec_table: str, line: dict[str, Any]) -> tuple[Any, list[str]]:
    """The only row of a table, and the codes of what is said of it."""
    reading = read_rows(ON, tPersonnes=[{"Nom": "Durand"}], **{spec_table: [line]})
    records = reading.records
    table = records.follow_ups if spec_table == FOLLOW_UP.table else records.missions
    return table.rows[0], [problem.code for problem in reading.problems]


def a_finding(expected: object) -> bool:
    return isinstance(expected, str) and expected.startswith("LEC")


@pytest.mark.parametrize(("typed", "row", "expected"), DEADLINES)
def test_a_deadline(typed: str, row: str, expected: str) -> None:
    day = date.fromisoformat(row) if row else None
    line = {"Personne": "Durand", "Dates": day, "Échéance / délai": typed}
    found, said = read(FOLLOW_UP.table, line)
    assert found.deadline.text == typed
    if a_finding(expected):
        assert (found.due, said) == (None, [expected])
    else:
        assert (str(found.due), set(said) - {"LEC09"}) == (expected, set())


@pytest.mark.parametrize(("typed", "expected", "remark"), DATES)
def test_a_date(typed: str, expected: str, remark: str) -> None:
    found, said = read(FOLLOW_UP.table, {"Personne": "Durand", "Dates": typed})
    if a_finding(expected):
        assert (found.day, said) == (None, [expected])
    else:
        assert (str(found.day), found.dated.remark) == (expected, remark)
        assert said == ([] if remark else ["LEC09"])


#: What stands in Dates on the lines above and below, what is typed, its day or the finding.
AMONG_LINES: list[tuple[date | None, date | None, str, str]] = [
    (date(2026, 5, 4), None, "5/5 tél", "2026-05-05"),
    (None, date(2026, 5, 11), "5/5 tél", "2026-05-05"),
    (date(2026, 1, 5), date(2026, 5, 11), "20/12 tél", "2025-12-20"),
    (date(2024, 12, 20), None, "05/01", "2025-01-05"),
    (date(2024, 5, 4), date(2026, 5, 11), "5/5 tél", "LEC03"),  # of which of the two?
    (date(2026, 5, 4), None, "13/05", "LEC03"),  # still to come
    (date(2026, 5, 4), None, "15/12", "LEC03"),  # too far to be sure
    (date(2026, 5, 4), None, "jeudi 5/5", "LEC03"),  # a Tuesday
]


@pytest.mark.parametrize("later", [0, 1, 3])
@pytest.mark.parametrize(("above", "below", "typed", "expected"), AMONG_LINES)
def test_a_day_without_a_year_is_of_the_time_of_its_neighbours(
    above: date | None, below: date | None, typed: str, expected: str, later: int
) -> None:
    lines = [{"Personne": "Durand", "Dates": day} for day in (above, typed, below)]
    on = ON.replace(year=ON.year + later)
    if later and typed == "13/05":
        return
    reading = read_rows(on, tPersonnes=[{"Nom": "Durand"}], tSuivi=lines)
    row = reading.records.follow_ups.rows[1]
    codes = [problem.code for problem in reading.problems]
    assert (str(row.day), codes) == (
        ("None", ["LEC03"]) if a_finding(expected) else (expected, ["LEC09"])
    )


@pytest.mark.parametrize(("typed", "expected"), TIMES)
def test_a_time(typed: object, expected: int | str) -> None:
    found, said = read(FOLLOW_UP.table, {"Personne": "Durand", "Temps consacré": typed})
    minutes = expected if isinstance(expected, int) else None
    assert (found.minutes, said) == (minutes, [expected] if a_finding(expected) else [])


@pytest.mark.parametrize(("typed", "expected"), HOURS)
def test_hours(typed: object, expected: float | Hours | str) -> None:
    found, said = read(MISSIONS.table, {"Personne": "Durand", "Heures": typed})
    hours = None if isinstance(expected, str) else expected
    assert (found.hours, said) == (hours, [expected] if a_finding(expected) else [])
