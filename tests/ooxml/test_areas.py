"""Addresses as parts write them: every legal one is read, what is not one is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cedre_xlsx.ooxml.areas import MAX_COLUMN, MAX_ROW, Area, areas, rectangles


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("B5", [(5, 2, 5, 2)]),
        ("$B$5:$D$7", [(5, 2, 7, 4)]),
        ("D7:B5", [(5, 2, 7, 4)]),
        ("b5:d7", [(5, 2, 7, 4)]),
        ("B5 D7:D9", [(5, 2, 5, 2), (7, 4, 9, 4)]),
        ("B5,D7", [(5, 2, 5, 2), (7, 4, 7, 4)]),
        ("A:A", [(1, 1, MAX_ROW, 1)]),
        ("$A:$C", [(1, 1, MAX_ROW, 3)]),
        ("3:5", [(3, 1, 5, MAX_COLUMN)]),
        ("A1:XFD1048576", [(1, 1, MAX_ROW, MAX_COLUMN)]),
        ("", []),
        ("A", []),
        ("3", []),
        ("A:3", []),
        ("A1:B", []),
        ("A1:B2:C3", []),
        ("XFE1", []),
        ("A1048577", []),
        ("A0", []),
        ("#REF!", []),
        ("Feuille!A1", []),
        ("A1 #REF!", []),
    ],
)
def test_areas_are_read(text: str, read: list[tuple[int, int, int, int]]) -> None:
    assert [
        (one.first_row, one.first_column, one.last_row, one.last_column) for one in areas(text)
    ] == read


@pytest.mark.parametrize("text", ["B5", "B5:D7", "A:A", "A:C", "3:5", "XFD1048576"])
def test_areas_are_written_as_they_are_read(text: str) -> None:
    assert [one.text for one in areas(text)] == [text]


CELLS = st.sets(st.tuples(st.integers(1, 6), st.integers(1, 6)))


@given(CELLS)
def test_rectangles_hold_each_cell_once(cells: set[tuple[int, int]]) -> None:
    held = [
        (row, column)
        for area in rectangles(cells)
        for row in range(area.first_row, area.last_row + 1)
        for column in range(area.first_column, area.last_column + 1)
    ]
    assert len(held) == len(set(held))
    assert set(held) == cells


def test_a_block_of_cells_is_one_rectangle() -> None:
    assert rectangles((r, c) for r in (5, 6, 7) for c in (2, 3)) == [Area(5, 2, 7, 3)]
