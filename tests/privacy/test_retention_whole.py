"""Somebody whose time is over, in a workbook that holds the name in every kind of place: after
`retention --apply`, nowhere, and every figure is what it was.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cedre_xlsx import api
from cedre_xlsx.api.opening import opened_to_count
from cedre_xlsx.reports.statistics.public.series import series_up_to
from cedre_xlsx.schema.packs import PASS
from cedre_xlsx.workbook.ancestor_rows import remembered
from cedre_xlsx.workbook.ancestors import PrintBook
from cedre_xlsx.workbook.cell_prints import CellPrints
from cedre_xlsx.workbook.read import read_workbook
from cedre_xlsx.workbook.template.filling import Filling
from tests.decorations.decorator import OWN
from tests.hands import grid, typed, where
from tests.privacy.leaks import leaks, plain
from tests.privacy.test_traces import SOPHIE, holds_sophie, planted
from tests.small_association import small_filling
from tests.workbook.package.splice_support import members

ON = date(2026, 9, 30)
GONE, HOMONYM = "Martin Sophie", "Martin Paul"
#: Each is typed in one place about her, and nowhere else.
TEXTS = {
    "request": "Retrouver un travail près de la gare",
    "action": "Entretien sur ses horaires décalés",
    "outcome": "Elle préfère commencer le matin tôt",
    "object": "Chercher une garde pour le mercredi",
    "person_means": "Prendre contact avec la crèche voisine",
    "remarks": "Dettes de loyer à étaler longtemps",
    "note": "À revoir avec la directrice du foyer",
    "justification": "La préfète a donné son accord oral",
}
PEOPLE: list[dict[str, Any]] = [
    {
        "last_name": "Martin", "first_name": "Sophie", "title": "Mme", "birth_year": 1988,
        "registered": date(2023, 3, 13), "request": TEXTS["request"], "rqth": True,
        "pass_number": "999992112345", "advisor": "Anne Roux",
    },
    {
        "last_name": "Martin", "first_name": "Paul", "registered": date(2026, 2, 2),
        "request": "Passer le permis", "advisor": "Anne Roux",
    },
]  # fmt: skip
LINES: list[dict[str, Any]] = [
    {
        "person": GONE, "dated": date(2024, 5, 17), "action": TEXTS["action"],
        "status": "(2) En cours", "deadline": date(2024, 7, 17), "outcome": TEXTS["outcome"],
        "minutes": 45,
    },
    {
        "person": GONE, "dated": date(2023, 4, 4), "action": "Atelier CV", "collective": True,
        "minutes": 90, "outcome": "Fait", "status": "(3) Réalisée",
    },
    {"person": HOMONYM, "dated": date(2026, 9, 8), "action": "Point avec Paul", "minutes": 20},
]  # fmt: skip
ENGAGEMENTS: list[dict[str, Any]] = [
    {
        "reference": "CP-2023-801", "person": GONE, "agreed": date(2023, 5, 9), "type": "CP",
        "object": TEXTS["object"], "person_means": TEXTS["person_means"],
        "deadline": date(2023, 8, 9), "reviewed": date(2023, 8, 21), "achieved": "OUI, en partie",
    },
]  # fmt: skip
BARRIERS: list[dict[str, Any]] = [
    {"person": GONE, "barrier": "Problèmes de santé", "identified": date(2023, 5, 9)},
    {"person": GONE, "barrier": "Mobilité", "remarks": TEXTS["remarks"]},
]


@pytest.fixture(scope="module")
def host() -> bytes:
    """The small association with these two, refreshed; notes typed about her; then decorated."""
    base = small_filling()
    rows = {name: list(lines) for name, lines in base.rows.items()}
    for table, own in (
        ("tPersonnes", PEOPLE), ("tSuivi", LINES), ("tEngagements", ENGAGEMENTS),
        ("tFreins", BARRIERS),
    ):  # fmt: skip
        rows[table] = [*rows[table], *own]
    filling = Filling(settings=base.settings, rows=rows, packs={*base.packs, PASS})
    return planted(_with_notes(api.workbook_bytes(filling)))


def _with_notes(data: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "suivi.xlsx")
        path.write_bytes(data)
        api.refresh(path, on=ON)
        data = path.read_bytes()
        line = where(data, "Synthèse", TEXTS["action"])[0]
        data = typed(data, "Synthèse", {f"K{line.lstrip('ABCDEFGHIJKLM')}": TEXTS["note"]})
        finding = where(data, "Contrôle", GONE)[0]
        data = typed(
            data, "Contrôle", {f"I{finding.lstrip('ABCDEFGHIJK')}": TEXTS["justification"]}
        )
        path.write_bytes(data)
        api.refresh(path, on=ON)
        return path.read_bytes()


@pytest.fixture(scope="module")
def before(host: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("avant") / "suivi.xlsx"
    path.write_bytes(host)
    return path


@pytest.fixture(scope="module")
def after(before: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    asked: list[str] = []

    def consent(titles: Any) -> Any:
        asked.extend(titles)
        return titles

    path = tmp_path_factory.mktemp("apres") / "suivi.xlsx"
    found = api.find_anonymisation(before, on=ON, output=path, consent=consent)
    assert [one.person.name for one in found.found.due] == [GONE]
    assert asked == [OWN]
    assert found.made is not None
    assert found.made.counts.own_sheets == (OWN,)
    api.apply_anonymisation(found)
    return path


def figures(path: Path, year: int) -> dict[str, Any]:
    return api.stats(path, year=year, on=ON).statistics.to_json_object()


@pytest.mark.slow
def test_all_that_is_planted_is_there_before(before: Path) -> None:
    data = before.read_bytes()
    assert {word for _, word in leaks(data, TEXTS.values())} == set(map(plain, TEXTS.values()))


@pytest.mark.slow
def test_nothing_of_her_is_left(after: Path) -> None:
    data = after.read_bytes()
    assert [name for name, part in members(data).items() if holds_sophie(part)] == []
    assert leaks(data, [*TEXTS.values(), "CP-2023-801", "13/03/2023", SOPHIE.first_name]) == []


@pytest.mark.slow
@pytest.mark.parametrize("year", [2023, 2024, 2026])
def test_no_figure_moves(before: Path, after: Path, year: int) -> None:
    assert figures(after, year) == figures(before, year)


@pytest.mark.slow
def test_no_published_figure_moves(before: Path, after: Path) -> None:
    """Of any year: what one hides does not depend on the years after."""
    was, now = (
        series_up_to(opened_to_count(one, ON).records, 2026, on=ON) for one in (before, after)
    )
    assert [one.year for one in was.published] == [2023, 2024, 2025, 2026]
    for one, other in zip(was.published, now.published, strict=True):
        assert other.to_json_object() == one.to_json_object(), one.year


@pytest.mark.slow
def test_an_anonymous_line_stands_where_she_was(before: Path, after: Path) -> None:
    old, new = (read_workbook(one, on=ON).records for one in (before, after))
    who = next(row for row in new.people.rows if row.last_name == "P-2024-001")
    assert (who.person, who.birth_year, who.rqth, who.pass_number) == ("P-2024-001", 1987, None, "")
    assert who.registered is not None
    assert (who.registered.year, who.registered.month) == (2023, 3)
    assert [row.barrier for row in new.persons["P-2024-001"].barriers] == ["Mobilité"]
    others = [row for row in old.people.rows if row.person != GONE]
    assert [row for row in new.people.rows if row.person != "P-2024-001"] == others
    assert new.persons[HOMONYM] == old.persons[HOMONYM]


@pytest.mark.slow
def test_a_second_time_nobody_is_due(after: Path) -> None:
    found = api.find_anonymisation(after, on=ON)
    assert (found.found.due, found.made) == ((), None)


@pytest.mark.slow
def test_the_prints_of_her_lines_are_forgotten(before: Path, after: Path) -> None:
    old = remembered(read_workbook(before, on=ON).records.memory)
    new = remembered(read_workbook(after, on=ON).records.memory)
    assert old is not None
    assert new is not None
    assert [one.on for one in new.states] == [ON]
    name = GONE.rpartition(" ")[2]
    assert _has(old, CellPrints(old.salt).of(name))
    assert not _has(new, CellPrints(old.salt).of(name))
    assert not _has(new, CellPrints(new.salt).of(name))
    shown = [str(cell) for row in grid(after.read_bytes(), "Mémoire") for cell in row]
    assert old.states[0].id not in "".join(shown)


def _has(book: PrintBook, one: str) -> bool:
    return any(one in line.values() for line in book.states[0].tables["tPersonnes"])
