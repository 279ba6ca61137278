"""The invented association: quiet when clean, each planted fault found on its cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cedre_xlsx import api
from cedre_xlsx.demonstration import content
from cedre_xlsx.demonstration.association import Association, association
from cedre_xlsx.demonstration.content import WORDS
from cedre_xlsx.demonstration.seed_examples import examples_4_and_5
from cedre_xlsx.method.types import TYPES
from cedre_xlsx.method.vocabulary import BARRIERS, EXIT_REASONS, REFERRERS
from cedre_xlsx.reports.synthesis import synthesis_lines
from cedre_xlsx.rules import RULES, run
from cedre_xlsx.schema.findings import Finding, Severity
from cedre_xlsx.schema.tables import DATA_TABLES
from cedre_xlsx.workbook.read import Reading, read_workbook
from tests.support import few

ON = date(2026, 9, 30)
#: What is planted to be told, and is no fault.
TOLD = {"PER14", "PER23", "PER24", "PER25", "PER27", "PER30", "PER33"}
SHEETS = {spec.table: spec.sheet for spec in DATA_TABLES}


def written(made: Association, folder: Path) -> Path:
    path = folder / "association.xlsx"
    path.write_bytes(api.workbook_bytes(made.filling))
    return path


def wrong(path: Path, on: date) -> list[Finding]:
    """The errors and warnings."""
    return [one for one in api.check(path, on=on).findings if one.severity is not Severity.INFO]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("on", "seed", "people", "years"),
    [
        (ON, 2026, 60, 3),
        (ON, 1, 200, 1),
        (date(2024, 2, 29), 2, 60, 3),
        (date(2027, 1, 1), 3, 60, 2),  # a holiday
        (date(2026, 6, 14), 4, 40, 3),  # a Sunday
    ],
)
def test_a_clean_association_has_no_error_and_no_warning(
    on: date, seed: int, people: int, years: int, tmp_path: Path
) -> None:
    path = written(association(on, seed=seed, people=people, years=years, clean=True), tmp_path)
    assert [(one.code, one.place.cell, one.message) for one in wrong(path, on)] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("on", "seed"), few([(ON, 2026), (date(2027, 1, 4), 1), (date(2026, 11, 25), 5)])
)
def test_the_planted_faults_are_found_on_their_cells_and_nothing_else(
    on: date, seed: int, tmp_path: Path
) -> None:
    made = association(on, seed=seed)
    planted = [(one.code, SHEETS[one.table], one.row, one.heading) for one in made.faults]
    findings = api.check(written(made, tmp_path), on=on).findings
    found = [
        (one.code, one.place.sheet, one.place.row, one.place.column)
        for one in findings
        if one.severity is not Severity.INFO or one.code in TOLD
    ]
    grave = [one for one in planted if one[0] not in TOLD]
    assert sorted((one for one in found if one[0] not in TOLD), key=str) == sorted(grave, key=str)
    assert set(planted) <= set(found)


def test_faults_of_every_family_are_planted() -> None:
    codes = {fault.code for fault in association(ON).faults}
    families = {code[:3] for code in codes}
    # rows cannot tell of the file, nor of another one
    assert families == {rule.code[:3] for rule in RULES} - {"CLA", "ANN"}
    assert len(codes) > 40


@pytest.mark.slow
def test_the_same_day_and_seed_make_the_same_bytes() -> None:
    one, other, another = (association(ON, seed=seed).filling for seed in (7, 7, 8))
    assert api.workbook_bytes(one) == api.workbook_bytes(other)
    assert one.rows != another.rows


def test_the_association_is_of_the_size_told() -> None:
    rows = association(ON, clean=True).filling.rows
    people = rows["tPersonnes"]
    assert (
        len({(row["last_name"], row["first_name"], row.get("precision")) for row in people}) == 60
    )
    assert len(people) == 61  # somebody came back
    registered = [row["registered"] for row in people if row.get("registered")]
    assert min(registered) < date(2024, 9, 30)  # type: ignore[type-var,operator]
    assert {len(rows[table]) > least for table, least in (("tSuivi", 500), ("tMissions", 200))} == {
        True
    }


def test_the_words_are_of_the_method_and_of_the_official_lists() -> None:
    assert set(WORDS) == {kind.code for kind in TYPES}
    assert {barrier for barrier, _ in content.BARRIERS} <= set(BARRIERS)
    assert set(content.REFERRERS) <= set(REFERRERS)
    assert all(EXIT_REASONS[reason].value == category for category, reason in content.EXITS)


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    path = tmp_path_factory.mktemp("seed") / "exemples.xlsx"
    path.write_bytes(api.workbook_bytes(examples_4_and_5()))
    return read_workbook(path, on=date(2003, 5, 10))


@pytest.mark.slow
def test_the_forms_of_the_guide_are_understood(seed: Reading) -> None:
    read = [
        (row.person, row.day, row.engagement, row.due, row.minutes)
        for row in seed.records.follow_ups.rows
    ]
    april = [date(2003, 4, day) for day in range(1, 31)]
    assert read == [
        ("Christian", april[17], "CP", date(2003, 5, 2), 45),
        ("Christian", april[19], "CP", None, 15),
        ("Christian", april[23], "CP", None, 15),
        ("Christian", date(2003, 5, 2), None, None, None),
        ("M. Christian", april[17], "CP", date(2003, 4, 25), None),
        ("M. Christian", april[17], "CP", date(2003, 5, 2), None),
        ("Mme Carine", april[17], "D", date(2003, 5, 15), None),
    ]
    deadlines = [row.deadline.text for row in seed.records.follow_ups.rows if row.deadline]
    assert deadlines == [
        "Se revoir après la première mission\nEntretien dans 15 jours (02/05/03)",
        "Prioritaire Dans la semaine",
        "02/05/03 pour entretien bilan",
        "15/05/03 pour entretien bilan",
    ]
    assert seed.problems == () or all(one.code == "LEC09" for one in seed.problems)


@pytest.mark.slow
def test_the_status_of_what_is_told_is_all_that_lacks(seed: Reading) -> None:
    """The guide prints no cross: three lines have an outcome, and a deadline that is past."""
    found = run(seed.records, seed.problems, on=date(2003, 5, 10))
    wrong_ones = [one for one in found if one.severity is not Severity.INFO]
    assert [(one.code, one.place.sheet, one.place.cell, one.person) for one in wrong_ones] == [
        ("SUI23", "Suivi", cell, "Christian") for cell in ("G5", "G9", "G10")
    ]
    shown = [line.cells for line in synthesis_lines(seed.records, date(2003, 5, 10))]
    crosses = ("to_propose", "under_way", "done")
    assert {cells[cross] for cells in shown for cross in crosses} == {""}
