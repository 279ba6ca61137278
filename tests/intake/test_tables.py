"""From the cells of a sheet to its tables: grids as teams have them, the tables beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cedre_xlsx.intake.looks import shown
from cedre_xlsx.intake.model import SourceTable
from cedre_xlsx.intake.sheets import Sheet
from cedre_xlsx.intake.tables import tables_in
from cedre_xlsx.schema.state import Area
from cedre_xlsx.workbook.read.raw import is_blank
from tests.intake.shapes import SHAPES, plain, sheet_of, told

FILE = Path("suivi.xlsx")
#: What the cells of random sheets hold.
_CELLS = (
    "", "", "", "", "Nom", "Prénom", "Date", "Total", "LUNE Ida", "oui", "Janvier 2025", "Légende",
    "Sortie", "Date de", "naissance", "Nom :", "Prénom : Ida",
    12, 3.5, 2024, 2025, date(2025, 1, 6), " ", True,
)  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_the_tables_of_a_sheet(name: str) -> None:
    shape = SHAPES[name]
    found = tables_in(sheet_of(shape), FILE)
    assert [told(table) for table in found] == [plain(one) for one in shape.tables]


@given(
    st.lists(st.lists(st.sampled_from(_CELLS), min_size=5, max_size=5), min_size=1, max_size=14),
    st.lists(st.tuples(*[st.integers(0, 13), st.integers(0, 4)] * 2), max_size=3),
)
@settings(max_examples=400, deadline=None)
def test_no_cell_is_lost(grid: list[list[Any]], merges: list[tuple[int, int, int, int]]) -> None:
    cells = [[cell if cell == "" else f"{cell}{i}.{j}" if isinstance(cell, str) and i % 2 else cell
              for j, cell in enumerate(row)] for i, row in enumerate(grid)]  # fmt: skip
    merged = [
        Area(min(a, c) + 1, min(b, d) + 1, max(a, c) + 1, max(b, d) + 1) for a, b, c, d in merges
    ]
    sheet = Sheet("Feuille", cells, range(1, len(cells) + 1), range(1, 6), merged)
    found = tables_in(sheet, FILE)
    told_once = Counter(text for table in found for text in _texts(table))
    there = Counter(
        part for row in cells for cell in row if not is_blank(cell) for part in _parts(shown(cell))
    )
    assert {text: n for text, n in there.items() if not _is_told(text, n, told_once, found)} == {}


def _texts(table: SourceTable) -> Iterator[str]:
    """The cells of its lines, and what is told of the other rows, cell by cell."""
    for row in table.rows:
        for cell in row.cells:
            yield from _parts(shown(cell)) if not is_blank(cell) else ()
    for text in (*table.titles, *(one.text for one in table.left)):
        for cell in text.split(" | "):
            yield from _parts(cell)


def _parts(text: str) -> list[str]:
    """A label and its value apart, whichever of them is a heading."""
    return [part.rstrip(" :") for part in text.split(" : ")]


def _is_told(text: str, count: int, told: Counter[str], found: Sequence[SourceTable]) -> bool:
    """Whether a text is told as often as it is there; in a heading it may be once for many."""
    in_headings = sum(one.count(text) for table in found for one in table.headings)
    return told[text] + in_headings >= count or (in_headings > 0 and told[text] + in_headings > 0)


def _tables(grid: list[list[Any]]) -> tuple[SourceTable, ...]:
    width = max(map(len, grid))
    cells = [[*("" if cell is None else cell for cell in row), *[""] * (width - len(row))]
             for row in grid]  # fmt: skip
    return tables_in(Sheet("Feuille", cells, range(1, len(grid) + 1), range(1, width + 1)), FILE)


def test_labels_with_their_values_are_a_table_of_one_line() -> None:
    """The head of a sheet that is one person's: beside their labels, or in one cell with them."""
    grid: list[list[Any]] = [
        ["FICHE INDIVIDUELLE"],
        ["Nom :", "DURAND", None, "Date d'inscription :", date(2025, 1, 6)],
        ["Prénom : Lise", None, None, "Référent :"],
        [],
        ["Dates", "Actions proposées", "Suites données"],
        [date(2026, 1, 5), "Point CV", "ok"],
    ]
    head, lines = _tables(grid)
    assert head.headings == ("Nom", "Date d'inscription", "Prénom", "Référent")
    assert [list(row.cells) for row in head.rows] == [["DURAND", date(2025, 1, 6), "Lise", ""]]
    assert lines.titles == ("FICHE INDIVIDUELLE", "DURAND Lise")
    assert len(lines.rows) == 1


def test_labels_without_a_colon_are_one_below_the_other() -> None:
    grid: list[list[Any]] = [["Nom", "DURAND"], ["Prénom", "Lise"], ["Entrée", date(2025, 1, 6)]]
    [head] = _tables(grid)
    assert head.headings == ("Nom", "Prénom", "Entrée")


def test_a_heading_row_of_two_columns_is_no_label() -> None:
    grid: list[list[Any]] = [["Nom", "Atelier"], ["DURAND", "vélo"], ["MARTIN", "bois"]]
    [table] = _tables(grid)
    assert table.headings == ("Nom", "Atelier")


def test_without_a_row_of_headings_nothing_says_what_columns_hold() -> None:
    lines: list[list[Any]] = [
        ["BRIAND", "Tom", "04/03/1980", "0612345678", "en cours"],
        ["COSTE", "Max", "05/03/1981", "0612345679", "en cours"],
    ]
    [bare] = _tables(lines)
    assert bare.header_row == 0
    assert set(bare.headings) == {""}
    assert not bare.has_headings
    [headed] = _tables([["Nom", "Prénom", "Né le", "Tél", "Statut"], *lines])
    assert headed.has_headings
    [block] = _tables([["Nom :", "DURAND"], ["Prénom :", "Lise"]])
    assert block.has_headings


def test_lines_side_by_side_are_told_apart() -> None:
    """Each row of the sheet is a line of both tables: a remark on one is none on the other."""
    day = date(2025, 1, 6)
    grid: list[list[Any]] = [
        ["Entrées", None, None, None, "Sorties"],
        ["Nom", "Date", "Motif", None, "Nom", "Date", "Motif"],
        ["BRIAND Tom", day, "x", None, "COSTE Max", day, "y"],
    ]
    left, right = _tables(grid)
    assert left.row_place(3) == "suivi.xlsx!Feuille!3"
    assert right.row_place(3) == "suivi.xlsx!Feuille (E:G)!3"
    assert right.cell_place(3, 1) == "suivi.xlsx!Feuille!F3"


_LINES: list[list[Any]] = [
    ["Date", "Objet de l'entretien", "Suite"],
    [date(2025, 1, 6), "CV", "ok"],
    [date(2025, 2, 6), "Permis"],
]
_HEAD: list[list[Any]] = [
    ["Nom", "BRIAND"],
    ["Prénom", "Tom"],
    ["Né le", date(1990, 1, 2)],
    ["Entrée le", date(2024, 3, 4)],
    ["Tél", "0612345678"],
]
_ONE_ROW = ["Nom :", "LE GOFF", None, "Prénom :", "Yann"]


@pytest.mark.parametrize("between", [[], [[]], [["Suivi des entretiens"]]])
@pytest.mark.parametrize(
    ("head", "labels", "name"),
    [
        (_HEAD, ("Nom", "Prénom", "Né le", "Entrée le", "Tél"), "BRIAND Tom"),
        (_HEAD[:2], ("Nom", "Prénom"), "BRIAND Tom"),
        (
            [*_HEAD[:3], ["Situation", "DELD"], ["Référent"]],
            ("Nom", "Prénom", "Né le", "Situation", "Référent"),
            "BRIAND Tom",
        ),
        ([_ONE_ROW], ("Nom", "Prénom"), "LE GOFF Yann"),
        (
            [_ONE_ROW, ["Date de naissance :", date(1978, 3, 12)]],
            ("Nom", "Prénom", "Date de naissance"),
            "LE GOFF Yann",
        ),
        ([["Nom", "LE GOFF", None, "Prénom", "Yann"]], ("Nom", "Prénom"), "LE GOFF Yann"),
        ([["Salarié :", "LE GOFF Yann"]], ("Salarié",), "LE GOFF Yann"),
    ],
)
def test_the_head_of_the_sheet_of_one_person(
    head: list[list[Any]], labels: tuple[str, ...], name: str, between: list[list[Any]]
) -> None:
    """Its labels, with a colon or without, right above a table or not, are no lines of people."""
    block, lines = _tables([*head, *between, *_LINES])
    assert block.headings == labels
    assert len(block.rows) == 1
    assert lines.headings == ("Date", "Objet de l'entretien", "Suite")
    assert lines.titles[-1] == name
    assert [row.cells[1] for row in lines.rows] == ["CV", "Permis"]


@pytest.mark.parametrize("between", [[], [[]]])
def test_a_table_of_two_columns_below_labels(between: list[list[Any]]) -> None:
    rows: list[list[Any]] = [["Date", "Entretien"], [date(2025, 1, 6), "CV"]]
    block, lines = _tables([*_HEAD, *between, *rows])
    assert block.headings == ("Nom", "Prénom", "Né le", "Entrée le", "Tél")
    assert lines.headings == ("Date", "Entretien")


def test_each_line_is_under_the_block_of_its_person() -> None:
    """One person below the other, each with a table of the same headings."""
    other: list[list[Any]] = [["Nom", "COSTE"], ["Prénom", "Max"]]
    first, second, lines = _tables([*_HEAD[:3], [], *_LINES, [], *other, [], *_LINES[:2]])
    assert [list(one.rows[0].cells)[:2] for one in (first, second)] == [
        ["BRIAND", "Tom"],
        ["COSTE", "Max"],
    ]
    assert [row.under for row in lines.rows] == ["BRIAND Tom", "BRIAND Tom", "COSTE Max"]


def test_blocks_of_labels_after_each_other_are_of_several_people() -> None:
    first, second = _tables([*_HEAD, [], ["Nom", "COSTE"], ["Prénom", "Max"]])
    assert list(first.rows[0].cells)[:2] == ["BRIAND", "Tom"]
    assert list(second.rows[0].cells) == ["COSTE", "Max"]


@pytest.mark.parametrize(
    "grid",
    [
        [["Nom", "Atelier", "Prénom", "Groupe"], ["DURAND", "vélo", "Ida", "A"],
         ["MARTIN", "bois", "Max", "B"]],
        [["Nom", "Atelier", "Prénom", "Groupe"], [], ["DURAND", "vélo", "Ida", "A"],
         ["MARTIN", "bois", "Max", "A"]],
        [["Nom", "Atelier"], [], ["DURAND", "vélo"], ["MARTIN", "bois"]],
        [["Date", "Entretien"], [date(2025, 1, 6), "CV"], [date(2025, 1, 7), "ok"]],
    ],
)  # fmt: skip
def test_headings_that_alternate_with_unknown_ones_are_no_labels(grid: list[list[Any]]) -> None:
    [table] = _tables(grid)
    assert table.headings == tuple(grid[0])
    assert len(table.rows) == 2
