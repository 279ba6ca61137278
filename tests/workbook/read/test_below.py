"""Excel tables under our headings: which ones have our lines, and which ones end them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.table import Table, TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from cedre_xlsx.workbook.read import read_workbook
from cedre_xlsx.workbook.template.filling import Filling
from tests.support import saved_workbook

ON = date(2026, 5, 12)
#: Rows 5 to 9 of Suivi: columns A to N, of which the first four are filled.
LINES = tuple(
    {
        "person": f"Essai {letter}",
        "dated": date(2026, 5, day),
        "action": "Appeler",
        "objective": "-",
    }
    for day, letter in enumerate("ABCDE", start=4)
)
ALL = ["Essai A", "Essai B", "Essai C", "Essai D", "Essai E"]


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("below") / "suivi.xlsx"
    return saved_workbook(path, Filling(rows={"tSuivi": list(LINES)}))


def add(sheet: Worksheet, ref: str, headings: list[str], *, shown: bool = True) -> None:
    """A table, with the headings of its definition; `shown` in its first row or not at all."""
    name = f"Table_{len(sheet.tables) + 1}"
    table = Table(displayName=name, name=name, ref=ref, headerRowCount=None if shown else 0)
    table.tableColumns = [TableColumn(id=i, name=name) for i, name in enumerate(headings, 1)]
    sheet.add_table(table)


def numbered(word: str, count: int) -> list[str]:
    return [f"{word}{number}" for number in range(1, count + 1)]


def write(sheet: Worksheet, row: int, cells: list[str]) -> None:
    for column, text in enumerate(cells, start=1):
        sheet.cell(row, column, text)


def without_ours(sheet: Worksheet) -> None:
    del sheet.tables["tSuivi"]


def google(sheet: Worksheet) -> None:
    """Alternating colours under the headings: our table becomes cells."""
    without_ours(sheet)
    add(sheet, "A5:N9", numbered("Column", 14), shown=False)


def google_over_the_headings(sheet: Worksheet) -> None:
    without_ours(sheet)
    add(sheet, "A4:N9", numbered("Column", 14), shown=False)


def cut_to_the_heading_row(sheet: Worksheet) -> None:
    """Some programs leave our table its headings alone."""
    sheet.tables["tSuivi"].ref = "A4:N4"
    add(sheet, "A5:N9", numbered("Column", 14), shown=False)


def headings_unticked(sheet: Worksheet) -> None:
    """Excel inserts a row that numbers the columns, above the lines."""
    without_ours(sheet)
    sheet.insert_rows(5)
    write(sheet, 5, numbered("Colonne", 14))
    add(sheet, "A5:N10", numbered("Colonne", 14))


def headings_unticked_below(sheet: Worksheet) -> None:
    without_ours(sheet)
    sheet.insert_rows(7)
    write(sheet, 7, numbered("Colonne", 14))
    add(sheet, "A7:N10", numbered("Colonne", 14))


def a_line_as_headings(sheet: Worksheet) -> None:
    """The headings ticked: a line becomes the headings, its date a text."""
    without_ours(sheet)
    cells = ["Essai C", "06/05/2026", "Appeler", "-"]
    write(sheet, 7, cells)
    add(sheet, "A7:N9", [*cells, *numbered("Colonne", 14)[4:]])


def the_first_line_as_headings(sheet: Worksheet) -> None:
    without_ours(sheet)
    write(sheet, 5, ["Essai A", "04/05/2026", "Appeler", "-"])
    add(sheet, "A5:D9", ["Essai A", "04/05/2026", "Appeler", "-"])


def some_columns(sheet: Worksheet) -> None:
    without_ours(sheet)
    add(sheet, "C5:D9", ["Colonne1", "Colonne2"], shown=False)


def several(sheet: Worksheet) -> None:
    without_ours(sheet)
    add(sheet, "A5:N6", numbered("Column ", 14), shown=False)
    add(sheet, "A7:N9", numbered("Column ", 14), shown=False)


def own_legend(sheet: Worksheet) -> None:
    """A table of the team's own, with its headings, under ours."""
    for row, cells in enumerate((["Sigle", "Sens"], ["CCAS", "Mairie"]), start=12):
        write(sheet, row, cells)
    add(sheet, "A12:B13", ["Sigle", "Sens"])


def own_legend_without_its_headings(sheet: Worksheet) -> None:
    """Its heading row unticked: the definition keeps them."""
    write(sheet, 12, ["CCAS", "Mairie"])
    add(sheet, "A12:B12", ["Sigle", "Sens"], shown=False)


def colours_then_a_legend(sheet: Worksheet) -> None:
    google(sheet)
    own_legend(sheet)


#: What was done, who is in the lines, what is said and where.
CASES: tuple[tuple[Callable[[Worksheet], None], list[str], list[tuple[str, str]]], ...] = (
    (google, ALL, [("LEC14", "A5")]),
    (google_over_the_headings, ALL, [("LEC14", "A4")]),
    (cut_to_the_heading_row, ALL, [("LEC14", "A5")]),
    (headings_unticked, ALL, [("LEC14", "A5")]),
    (headings_unticked_below, ALL, [("LEC14", "A7")]),
    (a_line_as_headings, ALL, [("LEC14", "A7"), ("LEC09", "B7")]),
    (the_first_line_as_headings, ALL, [("LEC14", "A5"), ("LEC09", "B5")]),
    (some_columns, ALL, [("LEC14", "C5")]),
    (several, ALL, [("LEC14", "A5"), ("LEC14", "A7")]),
    (own_legend, ALL, []),
    (own_legend_without_its_headings, ALL, []),
    (colours_then_a_legend, ALL, [("LEC14", "A5")]),
)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:File may not be readable")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0].__name__)
def test_every_line_is_read_and_the_odd_table_said(
    case: tuple[Callable[[Worksheet], None], list[str], list[tuple[str, str]]],
    workbook: Path,
    tmp_path: Path,
) -> None:
    change, people, said = case
    book = load_workbook(workbook)
    change(book["Suivi"])
    book.save(tmp_path / "suivi.xlsx")
    reading = read_workbook(tmp_path / "suivi.xlsx", on=ON)
    assert [row.person for row in reading.records.follow_ups.rows] == people
    found = [(one.code, one.place.cell) for one in reading.problems]
    assert found == said
