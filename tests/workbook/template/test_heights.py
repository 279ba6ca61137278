"""Rows of a new workbook are tall enough for their texts, before anybody opens it."""

from __future__ import annotations

from datetime import date

import pytest

from cedre_xlsx.workbook.template.heights import LINE, TALLEST, lines_of, row_height


@pytest.mark.parametrize(
    ("value", "width", "lines"),
    [
        (None, 10, 1),
        ("", 10, 1),
        (date(2026, 1, 1), 3, 1),
        ("Entretien", 20, 1),
        ("Se revoir après la première mission", 18, 2),
        ("un\ndeux\ntrois", 20, 3),
        ("anticonstitutionnellement", 9, 3),
        ("mot " * 40, 22, 7),
        (12345, 2, 1),
    ],
)
def test_lines_that_a_value_takes(value: object, width: float, lines: int) -> None:
    assert lines_of(value, width) == lines


def test_a_row_is_as_tall_as_its_tallest_cell_but_never_too_tall() -> None:
    assert row_height([("court", 20), ("un\ndeux\ntrois", 20)]) == pytest.approx(3 * LINE + 4)
    assert row_height([("mot " * 5000, 10)]) == TALLEST
    assert row_height([]) == pytest.approx(LINE + 4)
