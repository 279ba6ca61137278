"""What was handed over is a line of `Suivi`: one, whole, once."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from cedre_xlsx import api
from cedre_xlsx.api.noting import HandOver, apply_noting, find_noting, note_handing_over
from cedre_xlsx.method.vocabulary import Status
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.workbook.read import read_workbook
from cedre_xlsx.workbook.template.filling import Filling
from tests.package_checker import check_package

ON = date(2026, 11, 27)
ACTION = "Bilan d'accompagnement remis au prescripteur"
OBJECTIVE = "Faire le point avec le prescripteur"


@cache
def workbook() -> bytes:
    rows = {
        "tPersonnes": [
            {"last_name": "FICTIF", "first_name": "Paul", "title": "M."},
            {"last_name": "INVENTEE", "first_name": "Aïcha", "precision": "Lyon"},
            {"last_name": "INVENTEE", "first_name": "Aïcha", "precision": "Lille"},
        ],
        "tSuivi": [{"person": "FICTIF Paul", "dated": date(2026, 10, 2), "action": "Entretien"}],
    }
    return api.workbook_bytes(Filling(rows=rows))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "suivi.xlsx"
    made.write_bytes(workbook())
    return made


def lines(path: Path) -> tuple[FollowUpRow, ...]:
    return read_workbook(path, on=ON).records.follow_ups.rows


def test_a_hand_over_is_a_line(path: Path) -> None:
    [before] = lines(path)
    noted = note_handing_over(path, "paul fictif", ACTION, ON, objective=OBJECTIVE)
    assert noted.written
    assert noted.sentence == (
        "Suivi!C6 : FICTIF Paul, « Bilan d'accompagnement remis au prescripteur » (27/11/2026, "
        "nouvelle ligne)"
    )
    assert check_package(path.read_bytes()) == []
    first, line = lines(path)
    assert first == before
    assert (line.person, line.day, line.action, line.objective, line.status, line.outcome) == (
        "FICTIF Paul", ON, ACTION, OBJECTIVE, Status.DONE, "Remis",
    )  # fmt: skip


def test_a_hand_over_is_noted_once(path: Path) -> None:
    note_handing_over(path, "FICTIF Paul", ACTION, ON)
    once = path.read_bytes()
    again = note_handing_over(path, "FICTIF Paul", ACTION.upper(), ON)
    assert (again.written, again.place, path.read_bytes()) == (False, "Suivi!C6", once)
    assert again.sentence.endswith("(27/11/2026, était déjà noté)")
    assert note_handing_over(path, "FICTIF Paul", ACTION, date(2026, 11, 30)).place == "Suivi!C7"


def test_several_are_noted_at_once(path: Path) -> None:
    handed = [HandOver("FICTIF Paul", ACTION), HandOver("INVENTEE Aïcha (Lyon)", ACTION)]
    found = find_noting(path, [*handed, handed[0]], ON)
    assert [one.place for one in found.noted] == ["Suivi!C6", "Suivi!C7"]
    assert path.read_bytes() == workbook()  # until it is applied
    assert apply_noting(found) == ()
    assert [row.person for row in lines(path)[1:]] == ["FICTIF Paul", "INVENTEE Aïcha (Lyon)"]


@pytest.mark.parametrize(
    ("name", "why"), [("FICTIF Jean", "n'existe pas"), ("INVENTEE Aïcha", "plusieurs personnes")]
)
def test_someone_who_is_not_known_is_refused(path: Path, name: str, why: str) -> None:
    with pytest.raises(CedreError, match=why):
        note_handing_over(path, name, ACTION, ON)
    assert path.read_bytes() == workbook()


def test_a_file_that_changed_or_is_open_is_refused(path: Path) -> None:
    found = find_noting(path, [HandOver("FICTIF Paul", ACTION)], ON)
    note_handing_over(path, "FICTIF Paul", "Appel au partenaire", ON)
    meanwhile = path.read_bytes()
    with pytest.raises(CedreError, match="a changé pendant le travail"):
        apply_noting(found)
    (path.parent / "~$suivi.xlsx").write_bytes(b"")
    with pytest.raises(CedreError, match="ouvert"):
        note_handing_over(path, "FICTIF Paul", ACTION, ON)
    assert path.read_bytes() == meanwhile
