"""What was handed over is a line of `Suivi`: one, whole, once."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from cedre_xlsx import api
from cedre_xlsx.api.noting import HandOver, Noted, Noting, apply_noting, find_noting, open_to_note
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


def found(path: Path, *handed: HandOver, on: date = ON) -> Noting:
    return find_noting(path, open_to_note(path, on), handed, on)


def noted(path: Path, person: str, action: str, on: date = ON, objective: str = "") -> Noted:
    noting = found(path, HandOver(person, action, objective), on=on)
    apply_noting(noting)
    return noting.noted[0]


@pytest.mark.slow
def test_a_hand_over_is_a_line(path: Path) -> None:
    [before] = lines(path)
    one = noted(path, "paul fictif", ACTION, objective=OBJECTIVE)
    assert one.written
    assert one.sentence == (
        "Suivi!C6 : FICTIF Paul, « Bilan d'accompagnement remis au prescripteur » (27/11/2026, "
        "nouvelle ligne)"
    )
    assert check_package(path.read_bytes()) == []
    first, line = lines(path)
    assert first == before
    assert (line.person, line.day, line.action, line.objective, line.status, line.outcome) == (
        "FICTIF Paul", ON, ACTION, OBJECTIVE, Status.DONE, "Remis",
    )  # fmt: skip


@pytest.mark.slow
def test_a_hand_over_is_noted_once(path: Path) -> None:
    noted(path, "FICTIF Paul", ACTION)
    once = path.read_bytes()
    again = noted(path, "FICTIF Paul", ACTION.upper())
    assert (again.written, again.place, path.read_bytes()) == (False, "Suivi!C6", once)
    assert again.sentence.endswith("(27/11/2026, était déjà noté)")
    assert noted(path, "FICTIF Paul", ACTION, date(2026, 11, 30)).place == "Suivi!C7"


@pytest.mark.slow
def test_several_are_noted_at_once(path: Path) -> None:
    handed = [HandOver("FICTIF Paul", ACTION), HandOver("INVENTEE Aïcha (Lyon)", ACTION)]
    noting = found(path, *handed, handed[0])
    assert [one.place for one in noting.noted] == ["Suivi!C6", "Suivi!C7"]
    assert path.read_bytes() == workbook()  # until it is applied
    assert apply_noting(noting) == ()
    assert [row.person for row in lines(path)[1:]] == ["FICTIF Paul", "INVENTEE Aïcha (Lyon)"]


@pytest.mark.parametrize(
    ("name", "why"), [("FICTIF Jean", "n'existe pas"), ("INVENTEE Aïcha", "plusieurs personnes")]
)
def test_someone_who_is_not_known_is_refused(path: Path, name: str, why: str) -> None:
    with pytest.raises(CedreError, match=why):
        noted(path, name, ACTION)
    assert path.read_bytes() == workbook()


def test_a_file_that_changed_or_is_open_is_refused(path: Path) -> None:
    noting = found(path, HandOver("FICTIF Paul", ACTION))
    noted(path, "FICTIF Paul", "Appel au partenaire")
    meanwhile = path.read_bytes()
    with pytest.raises(CedreError, match="a changé pendant le travail"):
        apply_noting(noting)
    (path.parent / "~$suivi.xlsx").write_bytes(b"")
    with pytest.raises(CedreError, match="ouvert"):
        noted(path, "FICTIF Paul", ACTION)
    assert path.read_bytes() == meanwhile
