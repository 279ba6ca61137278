"""The situation six months after the exits of a year: each limit, before, on it and after."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cedre_xlsx.method.vocabulary import ExitCategory, LaterSituation
from cedre_xlsx.reports.statistics import Statistics, compute
from cedre_xlsx.reports.statistics.later_states import STATES
from cedre_xlsx.reports.statistics.public import publish
from tests.rules.rule_cases import left, person, with_settings, workbook

ON = date(2026, 5, 12)
JOB, TRAINING = LaterSituation.DURABLE, LaterSituation.TRAINING
NOBODY, NOT_ASKED = LaterSituation.NOT_REACHED, LaterSituation.UNKNOWN
LATER: dict[str, Any] = {"registered": "05/01/24", "interview": None}


def gone(exited: str = "12/11/25", name: str = "Martin Paul", **cells: Any) -> Any:
    return left(name, exited=exited, **{**LATER, **cells})


def counted(rows: list[Any], year: int = 2025, on: date = ON) -> Statistics:
    return compute(workbook(rows), year, on=on)


def lines(told: Statistics) -> dict[str, Any]:
    """The lines of the table that are not zero, the total aside."""
    rows = told.tables["later_situations"]
    return {row.label: row.cells["Sorties"] for row in rows[:-1] if row.cells["Sorties"]}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("row", "line"),
    [
        (gone("11/11/25"), "Non renseignée"),
        (gone("12/11/25"), "Non renseignée"),  # six months today
        (gone("13/11/25"), "Pas encore à relever"),
        (gone("12/11/25", later_situation=NOT_ASKED), "Non renseignée"),
        (gone("13/11/25", later_situation=NOT_ASKED), "Pas encore à relever"),
        (gone("13/11/25", later_situation=JOB, later_on="11/05"), "Emploi durable"),  # early
        (gone("12/11/25", later_situation=JOB), "Emploi durable"),  # without its day
        (gone("12/11/25", later_situation=JOB, later_on="12/05"), "Emploi durable"),
        (gone("12/11/25", later_situation=JOB, later_on="13/05"), "Non renseignée"),  # to come
        (gone("12/11/25", later_situation=JOB, later_on="12/11/25"), "Emploi durable"),
        (gone("12/11/25", later_situation=JOB, later_on="11/11/25"), "Non renseignée"),  # before
        (gone("12/11/25", later_situation=NOBODY, later_on="12/05"), "Injoignable"),
        (gone("12/11/25", exit_category=ExitCategory.WITHDRAWN), "Pas à relever"),
        (gone("12/11/25", exit_category=None, exit_reason="Décès"), "Pas à relever"),
        (
            gone("12/11/25", exit_category=ExitCategory.WITHDRAWN, later_situation=JOB),
            "Emploi durable",
        ),  # what is noted counts
        (gone("02/01/25"), "Non renseignée"),  # no longer asked for, not known for all that
    ],
)
def test_each_exit_is_in_one_line(row: Any, line: str) -> None:
    assert lines(counted([row])) == {line: 1}


@pytest.mark.parametrize(
    ("again", "line"),
    [
        (person(registered="12/05", interview=None), "Pas à relever"),
        (person(registered="13/05", interview=None), "Non renseignée"),  # to come
        (person(registered=None, interview=None, pre_reception="11/05"), "Pas à relever"),
    ],
)
def test_who_came_back_is_not_asked(again: Any, line: str) -> None:
    assert lines(counted([gone(), again])) == {line: 1}


MIXED = [
    *(gone(name=f"Emploi{n} A", later_situation=JOB) for n in range(3)),
    gone(name="Formation A", later_situation=TRAINING),
    gone(name="Muet A", later_situation=NOBODY),
    gone(name="Vide A"),
    gone(name="Vague A", later_situation=NOT_ASKED),
    gone("20/12/25", name="Récent A"),
    gone(name="Retrait A", exit_category=ExitCategory.WITHDRAWN),
]


def test_the_figure_divides_the_known_by_those_whose_six_months_are_over() -> None:
    told = counted(MIXED)
    one = told.indicator("later_known")
    assert (one.numerator, one.denominator, one.unknown) == (4, 7, 2)
    rows = told.tables["later_situations"]
    assert [row.label for row in rows] == [*STATES, "Total"]
    assert rows[-1].cells["Sorties"] == told.indicator("exits").value == 9
    assert {line.person: one for one, mine in (
        ("oui", told.who("later_known").counted), ("non", told.who("later_known").others),
        ) for line in mine} == {
        "Emploi0 A": "oui", "Emploi1 A": "oui", "Emploi2 A": "oui", "Formation A": "oui",
        "Muet A": "non", "Vide A": "non", "Vague A": "non",
    }  # fmt: skip


def test_the_six_months_end_in_the_following_year() -> None:
    [soon, then] = (counted(MIXED, on=day).indicator("later_known")
                    for day in (date(2026, 1, 1), date(2026, 6, 20)))  # fmt: skip
    assert (soon.denominator, soon.unknown) == (5, 0)  # what is noted already
    assert (then.denominator, then.unknown) == (8, 3)  # the exit of December with them


def test_what_is_to_be_filled_is_said() -> None:
    table = counted(MIXED).tables["completeness"]
    [line] = [row for row in table if row.labels["Colonne"] == "Personnes, Situation à 6 mois"]
    assert list(line.cells.values()) == [7, 5, 2]
    assert (
        line.labels["Chiffres"] == "Situation à 6 mois connue ; Situation six mois après la sortie"
    )


def test_nothing_is_to_be_filled_where_no_exit_is_to_be_asked() -> None:
    rows = [gone(exit_category=ExitCategory.WITHDRAWN)]
    table = counted(rows).tables["completeness"]
    [line] = [row for row in table if row.labels["Colonne"] == "Personnes, Situation à 6 mois"]
    assert list(line.cells.values()) == [0, 0, 0]


@pytest.mark.slow
def test_a_publication_does_not_give_back_who_was_not_reached() -> None:
    """Fourteen known of fifteen: neither the line, nor the rate, nor what it divides says it."""
    rows = [
        *(gone(name=f"Emploi{n} A", later_situation=JOB) for n in range(14)),
        gone(name="Muet A", later_situation=NOBODY),
    ]
    records = workbook([*rows, with_settings()])
    told = publish(records, 2025, on=ON)
    one = told.indicator("later_known")
    shown = lines(told)
    assert shown.get("Injoignable") is None
    assert None in (one.numerator, one.denominator)
    assert one.value is None
