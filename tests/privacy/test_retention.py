"""Whose time is over: the day before, the day and the day after of each limit, with its cell."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cedre_xlsx import api
from cedre_xlsx.method.hand_overs import SHEET_HANDED
from cedre_xlsx.method.text import fold
from cedre_xlsx.privacy.due import NOTICE_DAYS, whose_time_is_over
from cedre_xlsx.privacy.model import Reason, Retention, where
from cedre_xlsx.privacy.report import counts_line, report
from cedre_xlsx.rules import run
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.tables import ENGAGEMENTS, FOLLOW_UP, MISSIONS, PEOPLE
from tests.rules.rule_cases import (
    ON,
    action,
    day,
    engagement,
    left,
    mission,
    person,
    reviewed,
    with_settings,
    workbook,
)
from tests.support import ROOT, cell_of

EXAMPLE = ROOT / "examples" / "association.xlsx"
#: Two years before the day of the count, to the day.
LIMIT = date(2024, 5, 12)
DAY = timedelta(days=1)


def old(name: str = "Martin Paul", **cells: Any) -> Any:
    """Someone who came and went long ago."""
    good = {"registered": "01/01/22", "interview": None, "exited": "01/01/23"}
    return left(name, **{**good, **cells})


def found(*rows: Any, on: date = ON) -> Retention:
    return whose_time_is_over(workbook(rows), on)


def kinds(retention: Retention) -> str:
    """Where the people are: "due", "soon", "spared", "check"; "" for nobody."""
    named = ("due", "soon", "spared", "to_check")
    return " ".join(name.removeprefix("to_") for name in named for _ in getattr(retention, name))


def told(reasons: tuple[Reason, ...]) -> list[tuple[str, str]]:
    return [(reason.text, where(reason.place)) for reason in reasons]


# The last contact, and the two years after it


@pytest.mark.parametrize(
    ("rows", "cell", "what"),
    [
        ([old(), action(day=LIMIT - DAY)], f"Suivi!{cell_of(FOLLOW_UP, 'dated')}",
         "dernier contact"),
        ([old(), reviewed(agreed="01/02/22", on="11/05/24")],
         f"Engagements!{cell_of(ENGAGEMENTS, 'reviewed')}", "dernier contact"),
        ([old(), reviewed(agreed=LIMIT - DAY, on="01/02/24")],
         f"Engagements!{cell_of(ENGAGEMENTS, 'agreed')}", "dernier contact"),
        ([old(), mission(start="01/05/24", end="11/05/24")],
         f"Missions!{cell_of(MISSIONS, 'end')}", "dernier contact"),
        ([old(exited="11/05/24")], f"Personnes!{cell_of(PEOPLE, 'exited')}", "sortie"),
        ([old(registered="11/05/24", exited=None)], f"Personnes!{cell_of(PEOPLE, 'registered')}",
         "arrivée"),
        ([old(registered=None, pre_reception="11/05/24", exited=None)],
         f"Personnes!{cell_of(PEOPLE, 'pre_reception')}", "arrivée"),
        ([old(), action(day=LIMIT - DAY), action(day="01/03/22")],
         f"Suivi!{cell_of(FOLLOW_UP, 'dated')}", "dernier contact"),
        ([old(), action(day="01/03/22"), action(day=LIMIT - DAY)],
         f"Suivi!{cell_of(FOLLOW_UP, 'dated', 6)}", "dernier contact"),
    ],
)  # fmt: skip
def test_the_last_trace_has_its_cell_and_its_limits(rows: list[Any], cell: str, what: str) -> None:
    [due] = found(*rows).due
    assert (where(due.last.place), due.last.day, due.last.what) == (cell, LIMIT - DAY, what)
    assert due.since == ON
    assert kinds(found(*rows, on=ON + DAY)) == "due"
    [soon] = found(*rows, on=ON - DAY).soon
    assert soon.day == ON


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, "due"), (1, "soon"), (NOTICE_DAYS - 1, "soon"), (NOTICE_DAYS, "soon"),
     (NOTICE_DAYS + 1, "")],
)  # fmt: skip
def test_what_comes_within_sixty_days_is_announced(days: int, expected: str) -> None:
    assert kinds(found(old(), action(day=LIMIT - DAY), on=ON - days * DAY)) == expected


def test_the_delay_is_that_of_the_structure() -> None:
    rows = [old(), action(day="01/02/26"), with_settings(retention_months=3)]
    assert kinds(found(*rows, on=date(2026, 5, 1))) == "soon"
    assert kinds(found(*rows, on=date(2026, 5, 2))) == "due"


def test_a_paper_handed_over_is_no_contact() -> None:
    [due] = found(old(), action(day="01/03/22"), action(day="04/05", action=SHEET_HANDED)).due
    assert due.last.day == day("01/03/22")


def test_an_exit_after_the_last_contact_does_not_put_it_off() -> None:
    [due] = found(old(exited="11/04"), action(day="01/03/22")).due
    assert due.last.day == day("01/03/22")


def test_several_pathways_are_one_person() -> None:
    rows = [old(), old(registered="01/03/23", exited="01/06/23"), action(day="01/02/22")]
    [due] = found(*rows).due
    assert due.last.day == day("01/03/23")
    assert kinds(found(*rows, person(registered="01/04/26"))) == ""


def test_who_has_no_exit_is_said_to_go_on_counting() -> None:
    [gone], [there] = found(old()).due, found(old(exited=None)).due
    assert (gone.is_still_active, there.is_still_active) == (False, True)
    lines = list(report(found(old(exited=None))))
    assert any("sans date de sortie : notez-la d'abord" in line for line in lines)


def test_a_pause_changes_nothing() -> None:
    assert kinds(found(old(exited=None, paused_until="31/12"))) == "due"


def test_anonymous_lines_are_left_aside() -> None:
    assert kinds(found(old(last_name="P-2023-001", first_name=""))) == ""
    assert kinds(found(old(last_name="P-2023-001", first_name="Lise"))) == "due"


# Who is spared


def _engaged(**cells: Any) -> Any:
    return engagement(agreed="01/02/22", deadline=None, review_planned=None, **cells)


@pytest.mark.parametrize(
    ("rows", "said", "cell"),
    [
        ([old(contract_end=ON)], "contrat jusqu'au 12/05/2026",
         f"Personnes!{cell_of(PEOPLE, 'contract_end')}"),
        ([old(pass_end=ON)], "PASS IAE jusqu'au 12/05/2026",
         f"Personnes!{cell_of(PEOPLE, 'pass_end')}"),
        ([old(pass_suspended_until=ON)], "PASS IAE suspendu jusqu'au 12/05/2026",
         f"Personnes!{cell_of(PEOPLE, 'pass_suspended_until')}"),
        ([old(), mission(start="01/02/22", end=ON)],
         "mission depuis le 01/02/2022, jusqu'au 12/05/2026",
         f"Missions!{cell_of(MISSIONS, 'end')}"),
        ([old(exited=ON)], "sortie notée pour le 12/05/2026",
         f"Personnes!{cell_of(PEOPLE, 'exited')}"),
        ([old(keep_until=ON, keep_reason="contrôle du FSE")],
         "à garder jusqu'au 12/05/2026 : « contrôle du FSE »",
         f"Personnes!{cell_of(PEOPLE, 'keep_until')}"),
        ([old(keep_until=ON)], "à garder jusqu'au 12/05/2026, sans motif",
         f"Personnes!{cell_of(PEOPLE, 'keep_until')}"),
    ],
)  # fmt: skip
def test_what_runs_spares_up_to_its_day(rows: list[Any], said: str, cell: str) -> None:
    for on in (ON - DAY, ON):
        [spared] = found(*rows, action(day="01/03/22"), on=on).spared
        assert (said, cell) in told(spared.reasons)
        assert spared.until == ON
    after = found(*rows, action(day="01/03/22"), on=ON + DAY)
    assert kinds(after) in ("due", "")  # "": a mission is a contact, to its last day


@pytest.mark.parametrize(
    ("rows", "said", "cell"),
    [
        ([old(), _engaged()], "engagement D-2026-001 du 01/02/2022 ouvert, sans bilan",
         f"Engagements!{cell_of(ENGAGEMENTS, 'agreed')}"),
        ([old(), mission(start="01/02/22", end=None)], "mission depuis le 01/02/2022, sans fin",
         f"Missions!{cell_of(MISSIONS, 'start')}"),
        ([old(keep_reason="contentieux")], "à garder, sans date : « contentieux »",
         f"Personnes!{cell_of(PEOPLE, 'keep_reason')}"),
        ([old(unreadable=frozenset({"keep_until"}))], "À garder jusqu'au n'est pas lisible",
         f"Personnes!{cell_of(PEOPLE, 'keep_until')}"),
    ],
)  # fmt: skip
def test_what_has_no_end_spares_for_ever(rows: list[Any], said: str, cell: str) -> None:
    [spared] = found(*rows).spared
    assert told(spared.reasons) == [(said, cell)]
    assert spared.until is None


def test_all_the_reasons_are_said_and_the_last_day_is_the_latest() -> None:
    [spared] = found(old(contract_end=ON, keep_until=ON + DAY, keep_reason="FSE")).spared
    assert len(spared.reasons) == 2
    assert spared.until == ON + DAY


def test_half_a_request_to_keep_is_to_correct() -> None:
    for row in (old(keep_until=ON), old(keep_reason="FSE")):
        lines = list(report(found(row)))
        assert any(line.startswith("    à corriger : à garder") for line in lines)
    [spared] = found(old(keep_until=ON, keep_reason="FSE")).spared
    assert not any(reason.to_correct for reason in spared.reasons)


def test_a_review_ends_an_engagement() -> None:
    assert kinds(found(old(), _engaged(reviewed="01/03/22"))) == "due"


def test_what_ends_before_the_time_is_over_spares_nobody() -> None:
    rows = [old(contract_end=ON), action(day=LIMIT + 9 * DAY)]
    assert kinds(found(*rows)) == "soon"


# What is not clear


@pytest.mark.parametrize(
    ("rows", "said", "cell"),
    [
        ([old(), action(day=None, unreadable=frozenset({"dated"}))], "date qui n'est pas comprise",
         f"Suivi!{cell_of(FOLLOW_UP, 'dated')}"),
        ([old(), action(day=None)], "ligne sans date", f"Suivi!{cell_of(FOLLOW_UP, 'dated')}"),
        ([old(), engagement(agreed=None, reviewed="01/02/22")], "ligne sans date",
         f"Engagements!{cell_of(ENGAGEMENTS, 'agreed')}"),
        ([old(), mission(start=None)], "ligne sans date",
         f"Missions!{cell_of(MISSIONS, 'start')}"),
        ([old(unreadable=frozenset({"contract_end"}))], "date qui n'est pas comprise",
         f"Personnes!{cell_of(PEOPLE, 'contract_end')}"),
        ([old(), action(day="13/05")], "date à venir, le 13/05/2026",
         f"Suivi!{cell_of(FOLLOW_UP, 'dated')}"),
        ([old(), action(day=date(1926, 5, 4)), action(day=None, action=SHEET_HANDED)],
         "ligne sans date", f"Suivi!{cell_of(FOLLOW_UP, 'dated', 6)}"),
        ([old(interview="05/01/26")], "date du 05/01/2026, après celle de l'inscription",
         f"Personnes!{cell_of(PEOPLE, 'interview')}"),
        ([old(registered=None, exited=None)], "aucune date, dans aucune feuille",
         f"Personnes!{cell_of(PEOPLE, 'registered')}"),
        ([old(registered=None, exited=None, unreadable=frozenset({"registered"}))],
         "date qui n'est pas comprise", f"Personnes!{cell_of(PEOPLE, 'registered')}"),
        ([old(registered=date(1922, 1, 1), exited=None)],
         "date du 01/01/1922, l'année est à vérifier",
         f"Personnes!{cell_of(PEOPLE, 'registered')}"),
        ([old(), action("Martin Pauul", day="04/05")],
         "ligne au nom de « Martin Pauul » : est-ce la même personne ?",
         f"Suivi!{cell_of(FOLLOW_UP, 'person')}"),
        ([old(birth_year=1980), old(birth_year=1990, registered="01/02/23", exited="01/03/23")],
         "les lignes 5 et 6 de Personnes peuvent être deux personnes",
         f"Personnes!{cell_of(PEOPLE, 'last_name', 6)}"),
    ],
)  # fmt: skip
def test_what_is_not_clear_is_to_check_with_its_cell(rows: list[Any], said: str, cell: str) -> None:
    retention = found(*rows)
    assert kinds(retention) == "check"
    assert (said, cell) in told(retention.to_check[0].doubts)


def test_what_is_not_clear_is_not_asked_of_who_is_in_touch() -> None:
    assert kinds(found(person(), action(), action(day=None))) == ""


def test_a_line_of_homonyms_may_be_each_of_theirs() -> None:
    rows = [old(precision="1980"), old(precision="1990"), old("Autre Lise")]
    assert kinds(found(*rows, action("Martin Paul", day="04/05"))) == "due check check"
    assert kinds(found(*rows, action("Martin Paul", day="04/05/22"))) == "due due due"


def test_lines_of_nobody_are_counted() -> None:
    retention = found(old(), action("Zoé Néant", day="04/05"), mission(""))
    assert retention.unplaced == 2
    assert kinds(retention) == "due"
    assert any(line.startswith("2 lignes ne sont au nom de personne") for line in report(retention))


def test_someone_at_work_without_a_day_is_nobody_to_check() -> None:
    rows = [old(registered=None, exited=None), mission(start="01/04", end=None)]
    assert kinds(found(*rows)) == ""


# One law, here and in the rule


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    last=st.integers(-1200, 30), gone=st.booleans(), until=st.none() | st.integers(-90, 90),
    reason=st.sampled_from(["", "FSE"]), months=st.sampled_from([1, 24, 36]),
)  # fmt: skip
def test_whoever_is_due_is_said_by_the_rules_too(
    last: int, gone: bool, until: int | None, reason: str, months: int
) -> None:
    row = old(
        registered=date(2020, 1, 1),
        exited=date(2021, 1, 1) if gone else None,
        keep_until=None if until is None else ON + until * DAY,
        keep_reason=reason,
    )
    records = workbook([row, action(day=ON + last * DAY), with_settings(retention_months=months)])
    retention = whose_time_is_over(records, ON)
    said = {one.code for one in run(records, (), on=ON)} & {"DCP05", "DCP08"}
    if retention.due:
        assert len(said) == 1
    elif said:  # the rule speaks of what is kept for half a reason, or not clear
        assert "spared" in kinds(retention) or "check" in kinds(retention)


# The command


def test_the_example_tells_each_with_its_cell_and_writes_nothing() -> None:
    before = EXAMPLE.read_bytes()
    retention = api.find_retention(EXAMPLE, on=date(2026, 9, 30))
    assert EXAMPLE.read_bytes() == before
    assert retention.sentence == (
        "1 personne dont le temps est passé ; 0 dans les 60 jours ; 0 gardée ; 0 à vérifier."
    )
    [due] = retention.due
    assert retention.lines[:3] == (
        "",
        "Le temps est passé, à rendre anonymes :",
        f"  Ciguë Anselme : depuis le 25/01/2026 ; dernier contact le 24/01/2024 "
        f"({where(due.last.place)})",
    )
    assert fold(due.last.place.column) == "dates"


def test_counts_are_in_the_plural() -> None:
    retention = found(old(), old("Autre Lise"), old("Autre Zoé", keep_until=ON, keep_reason="FSE"))
    assert counts_line(retention) == (
        "2 personnes dont le temps est passé ; 0 dans les 60 jours ; 1 gardée ; 0 à vérifier."
    )


def test_a_workbook_without_lines_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "autre.xlsx"
    with pytest.raises(CedreError):
        api.find_retention(path, on=ON)
