"""The lines that people typed, cell by cell, and the prints of their cells."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from cedre_xlsx.workbook.cell_prints import LENGTH, CellPrints
from cedre_xlsx.workbook.read.raw import Cell
from cedre_xlsx.workbook.read.source import raw_workbook
from cedre_xlsx.workbook.typed_lines import typed_tables
from tests.support import ROOT

EXAMPLE = ROOT / "examples/association.xlsx"


@pytest.mark.slow
def test_every_line_of_the_example_is_there_by_the_fields_of_its_columns() -> None:
    tables = {one.table: one for one in typed_tables(raw_workbook(EXAMPLE.read_bytes(), EXAMPLE))}
    assert list(tables) == ["tPersonnes", "tSuivi", "tEngagements", "tMissions", "tFreins"]
    people = tables["tPersonnes"]
    assert people.sheet == "Personnes"
    assert people.columns["last_name"] == "Nom"
    assert "typed_person" not in people.columns  # Excel computes it
    assert people.lines[0].row == 5
    assert {"last_name", "first_name", "registered"} <= people.lines[0].cells.keys()
    assert all(line.cells for one in tables.values() for line in one.lines)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (3, 3.0),
        (0.1 + 0.2, 0.3),
        (date(2026, 3, 1), datetime(2026, 3, 1)),
        ("Se revoir  bientôt ", "Se revoir bientôt"),
        ("a\r\nb", "a\nb"),
        (None, "  "),
    ],
)
def test_what_a_program_changes_when_it_saves_does_not_change_a_print(
    one: Cell, other: Cell
) -> None:
    prints = CellPrints(b"a secret")
    assert prints.of(one) == prints.of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CP", "cp"),
        ("fait", "fait."),
        (date(2026, 3, 1), date(2026, 3, 2)),
        (datetime(2026, 3, 1, 9), datetime(2026, 3, 1, 10)),
        (timedelta(minutes=45), timedelta(minutes=46)),
        ("", 0),
    ],
)
def test_what_a_person_changes_changes_the_print(one: Cell, other: Cell) -> None:
    prints = CellPrints(b"a secret")
    assert prints.of(one) != prints.of(other)


@pytest.mark.parametrize("cells", [(1, True), (True, 1), (10**17, 1e17), (1e17, 10**17)])
def test_prints_do_not_depend_on_what_was_printed_before(cells: tuple[Cell, Cell]) -> None:
    prints = CellPrints(b"a secret")
    alone = [CellPrints(b"a secret").of(one) for one in cells]
    assert [prints.of(one) for one in cells] == alone
    lines = [prints.of_line({"a": one}, frozenset({"a"}), date1904=False) for one in cells]
    assert [one["a"] for one in lines] == alone


def test_what_is_no_number_has_a_print() -> None:
    prints = CellPrints(b"a secret")
    assert len({prints.of(float(one)) for one in ("nan", "inf", "-inf")}) == 3


def test_a_print_says_nothing_to_another_workbook() -> None:
    mine, theirs = CellPrints(b"one"), CellPrints(b"two")
    assert len(mine.of("Martin")) == LENGTH
    assert mine.of("Martin") != theirs.of("Martin")
