"""Lines taken out of a living sheet: what stays moves up whole, what goes leaves nothing."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.table import TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from cedre_xlsx.api.opening import OpenBook, book_of
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.edit.kept_lines import kept_lines
from cedre_xlsx.workbook.package.forgotten import forget_texts
from cedre_xlsx.workbook.package.host import Host
from cedre_xlsx.workbook.package.parts import Package
from tests.package_checker import check_package
from tests.small_association import ON, new_workbook

HEADING, FIRST = 4, 5


def edited(change: Callable[[Worksheet], None]) -> bytes:
    """The small association as somebody saved it with another program, Freins changed."""
    book = load_workbook(BytesIO(new_workbook()))
    change(book["Freins"])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def opened(data: bytes) -> OpenBook:
    return book_of(data, Path("suivi.xlsx"), ON)


def without(data: bytes, rows: set[int], table: str = "tFreins") -> bytes:
    book, host = opened(data), Host(Package(data))
    kept_lines(host, book.workbook, {table: rows})
    forget_texts(host)
    host.save()
    made = host.package.data()
    assert check_package(made) == check_package(data)
    return made


def freins(data: bytes) -> Worksheet:
    return load_workbook(BytesIO(data))["Freins"]


def texts(sheet: Worksheet, column: int = 1) -> list[Any]:
    last = opened(new_workbook()).reading.records.barriers.rows[-1].row
    return [sheet.cell(row, column).value for row in range(FIRST, last + 1)]


def last_row() -> int:
    return opened(new_workbook()).reading.records.barriers.rows[-1].row


def test_lines_move_up_in_their_order_and_the_table_ends_with_them() -> None:
    data = new_workbook()
    before = texts(freins(data))
    assert len(before) >= 4
    made = freins(without(data, {FIRST, FIRST + 2}))
    left = [one for index, one in enumerate(before) if index not in (0, 2)]
    assert texts(made) == [*left, None, None]
    assert made.tables["tFreins"].ref.split(":")[1] == f"G{last_row() - 2}"


def test_a_table_without_any_line_keeps_an_empty_one() -> None:
    made = freins(without(new_workbook(), set(range(FIRST, last_row() + 1))))
    assert set(texts(made)) == {None}
    assert made.tables["tFreins"].ref.split(":")[1] == f"G{FIRST}"


def test_what_is_tied_to_a_line_follows_it() -> None:
    def tie(sheet: Worksheet) -> None:
        for row, word in ((FIRST, "partie"), (FIRST + 1, "reste")):
            sheet.cell(row, 2).comment = Comment(f"note {word}", "Linda")
            sheet.cell(row, 3).hyperlink = f"https://exemple.fr/{word}"
            sheet.cell(row, 4).fill = PatternFill("solid", fgColor="FFFF00")
            sheet.row_dimensions[row].height = 41 if word == "reste" else 33
            sheet.cell(row, 10, f"à côté {row}")

    made = freins(without(edited(tie), {FIRST}))
    comment = made.cell(FIRST, 2).comment
    assert comment is not None
    assert comment.text.endswith("note reste")
    assert made.cell(FIRST + 1, 2).comment is None
    assert made.cell(FIRST, 3).hyperlink.target == "https://exemple.fr/reste"
    assert made.cell(FIRST + 1, 3).hyperlink is None
    assert made.cell(FIRST, 4).fill.fgColor.rgb == "00FFFF00"
    assert made.row_dimensions[FIRST].height == 41
    # beside the table, nothing moves
    assert [made.cell(row, 10).value for row in (FIRST, FIRST + 1)] == ["à côté 5", "à côté 6"]


def test_formulas_of_own_columns_follow_their_line() -> None:
    def compute(sheet: Worksheet) -> None:
        sheet.cell(HEADING, 8, "Long")
        table = sheet.tables["tFreins"]
        table.ref = table.autoFilter.ref = f"A4:H{last_row()}"
        table.tableColumns.append(TableColumn(id=8, name="Long"))
        for row in range(FIRST, last_row() + 1):
            sheet.cell(row, 8, f"=LEN(A{row})+$A$1")

    made = freins(without(edited(compute), {FIRST}))
    assert made.cell(FIRST, 8).value == f"=LEN(A{FIRST})+$A$1"
    assert made.cell(last_row(), 8).value is None


def test_a_formula_written_once_for_several_lines_is_written_whole() -> None:
    def compute(sheet: Worksheet) -> None:
        for row in range(FIRST, last_row() + 1):
            sheet.cell(row, 8, f"=LEN(A{row})")
        sheet.cell(HEADING, 8, "Long")

    data = edited(compute)
    package = Package(data)
    part = next(s.part for s in Host(package).sheets() if s.title == "Freins")
    xml = package.read(part)
    for row in range(FIRST, last_row() + 1):
        plain = f"<f>LEN(A{row})</f>".encode()
        first = f'<f t="shared" ref="H{FIRST}:H{last_row()}" si="0">LEN(A{FIRST})</f>'
        shared = first if row == FIRST else '<f t="shared" si="0"/>'
        assert plain in xml
        xml = xml.replace(plain, shared.encode())
    package.write(part, xml)
    made = freins(without(package.data(), {FIRST}))
    told = [made.cell(row, 8).value for row in range(FIRST, last_row() + 1)]
    assert told == [*(f"=LEN(A{row})" for row in range(FIRST, last_row())), None]


def test_the_texts_of_lines_that_go_are_nowhere_in_the_file() -> None:
    def say(sheet: Worksheet) -> None:
        sheet.cell(FIRST, 7, "Texte de la ligne partie")
        sheet.cell(FIRST + 1, 7, "Texte de la ligne qui reste")

    package = Package(without(edited(say), {FIRST}))
    held = b"".join(package.read(name) for name in package.names())
    assert b"Texte de la ligne partie" not in held
    assert b"Texte de la ligne qui reste" in held


@pytest.mark.parametrize("change", ["merge", "array"])
def test_cells_that_go_together_over_lines_are_refused(change: str) -> None:
    def tie(sheet: Worksheet) -> None:
        if change == "merge":
            sheet.merge_cells(f"G{FIRST}:G{FIRST + 1}")
        else:
            from openpyxl.worksheet.formula import ArrayFormula

            sheet["G5"] = ArrayFormula("G5:G6", "=LEN(A5:A6)")

    data = edited(tie)
    with pytest.raises(CedreError, match=r"Freins : .* rien n'est écrit"):
        without(data, {FIRST})


def test_other_parts_keep_their_bytes() -> None:
    data = new_workbook()
    before, after = Package(data), Package(without(data, {FIRST}))
    changed = [name for name in before.names() if before.read(name) != after.read(name)]
    host = Host(before)
    part = next(sheet.part for sheet in host.sheets() if sheet.title == "Freins")
    assert set(changed) <= {part, *(name for name in changed if "/tables/" in name)}
    assert len(changed) == 2


def test_lines_read_as_before() -> None:
    data = new_workbook()
    before = opened(data).reading.records.follow_ups.rows
    gone = {row.row for row in before[::3]}
    after = opened(without(data, gone, "tSuivi")).reading.records.follow_ups.rows
    wanted = [row.model_copy(update={"row": 0}) for row in before if row.row not in gone]
    assert [row.model_copy(update={"row": 0}) for row in after] == wanted
    assert [row.row for row in after] == [row.row for row in before][: len(after)]
