"""Lines taken out of a living sheet: what stays moves up whole, what goes leaves nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.table import Table, TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from cedre_xlsx.api.opening import OpenBook, book_of
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.edit.feet import feet_of
from cedre_xlsx.workbook.edit.kept_lines import kept_lines
from cedre_xlsx.workbook.package.forgotten import forget_texts
from cedre_xlsx.workbook.package.host import Host
from tests.package_checker import check_package
from tests.small_association import ON, lines_alone, new_workbook

HEADING, FIRST = 4, 5


def edited(change: Callable[[Worksheet], None]) -> bytes:
    """The small association as somebody saved it with another program, Freins changed."""
    book = load_workbook(BytesIO(lines_alone()))
    change(book["Freins"])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def opened(data: bytes) -> OpenBook:
    return book_of(data, Path("suivi.xlsx"), ON)


def without(data: bytes, rows: set[int], table: str = "tFreins") -> bytes:
    book, host = opened(data), Host(Package(data))
    kept_lines(host, book.workbook, {table: rows}, feet_of(host, book.workbook))
    forget_texts(host)
    host.save()
    made = host.package.data()
    assert check_package(made) == check_package(data)
    return made


def freins(data: bytes) -> Worksheet:
    return load_workbook(BytesIO(data))["Freins"]


def texts(sheet: Worksheet, column: int = 1) -> list[Any]:
    return [sheet.cell(row, column).value for row in range(FIRST, last_row() + 1)]


@cache
def last_row() -> int:
    return opened(new_workbook()).reading.records.barriers.rows[-1].row


@pytest.mark.slow
def test_lines_move_up_in_their_order_and_the_table_ends_with_them() -> None:
    data = new_workbook()
    before = texts(freins(data))
    assert len(before) >= 4
    made = freins(without(data, {FIRST, FIRST + 2}))
    left = [one for index, one in enumerate(before) if index not in (0, 2)]
    assert texts(made) == [*left, None, None]
    assert made.tables["tFreins"].ref.split(":")[1] == f"G{last_row() - 2}"


@pytest.mark.slow
def test_a_table_without_any_line_keeps_an_empty_one() -> None:
    made = freins(without(lines_alone(), set(range(FIRST, last_row() + 1))))
    assert set(texts(made)) == {None}
    assert made.tables["tFreins"].ref.split(":")[1] == f"G{FIRST}"


@pytest.mark.slow
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
    # beside the table, so does what stands on its row
    assert [made.cell(row, 10).value for row in (FIRST, FIRST + 1)] == ["à côté 6", None]


@pytest.mark.slow
@pytest.mark.parametrize("column", [8, 9, 40])
def test_what_stands_on_the_row_of_a_line_goes_with_it(column: int) -> None:
    def remark(sheet: Worksheet) -> None:
        sheet.cell(HEADING - 2, 4, "au-dessus")
        for row in range(FIRST, last_row() + 1):
            sheet.cell(row, column, f"à côté de {row}")
            sheet.cell(row, column).comment = Comment(f"note de {row}", "Linda")
        sheet.cell(last_row() + 2, column, "sous le tableau")

    data = without(edited(remark), {FIRST})
    made = freins(data)
    told = [made.cell(row, column).value for row in range(FIRST, last_row() + 1)]
    assert told == [*(f"à côté de {row}" for row in range(FIRST + 1, last_row() + 1)), None]
    comment = made.cell(FIRST, column).comment
    assert comment is not None
    assert comment.text.endswith(f"note de {FIRST + 1}")
    assert made.cell(last_row() + 2, column).value == "sous le tableau"
    package = Package(data)
    held = b"".join(package.read(name) for name in package.names())
    assert f"de {FIRST}<".encode() not in held


def _titled(sheet: Worksheet) -> None:
    sheet.cell(HEADING - 1, 10, "Barème")


def _summed(sheet: Worksheet) -> None:
    sheet.cell(FIRST, 11, f"=COUNTA(A{FIRST}:A{last_row()})")


def _merged(sheet: Worksheet) -> None:
    sheet.merge_cells(f"J{FIRST}:J{FIRST + 1}")


def _tabled(sheet: Worksheet) -> None:
    sheet.cell(FIRST, 10, "Code")
    sheet.add_table(Table(displayName="tCodes", ref=f"J{FIRST}:J{FIRST + 2}"))


@pytest.mark.slow
@pytest.mark.parametrize("own", [_titled, _summed, _merged, _tabled])
def test_a_block_of_its_own_beside_the_lines_stays(own: Callable[[Worksheet], None]) -> None:
    def put(sheet: Worksheet) -> None:
        sheet.cell(FIRST, 10, "Un")
        sheet.cell(FIRST, 8, "à la ligne")
        own(sheet)
        sheet.cell(FIRST + 2, 10, "Trois")

    data = edited(put)
    before, made = freins(data), freins(without(data, {FIRST}))
    for row in range(HEADING, FIRST + 3):
        for column in (10, 11):
            assert made.cell(row, column).value == before.cell(row, column).value
    assert made.cell(FIRST, 8).value is None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=H{above}+1", "=H{above}+1"),
        ('=IF(A{row}=A{above},"idem",A{row})', '=IF(A{row}=A{above},"idem",A{row})'),
        ("=A{below}", "=A{below}"),
        ("=SUM(H{above}:H{row})", "=SUM(H{above}:H{row})"),
        ("=$B$2*2", "=$B$2*2"),
        ("=COUNTIF($A$5:$A$99,A{row})", "=COUNTIF($A$5:$A$99,A{row})"),
        ("=ROW(Suivi!A{row})", "=ROW(Suivi!A{old})"),
    ],
)
def test_a_formula_reads_the_lines_that_are_around_it_now(formula: str, expected: str) -> None:
    def compute(sheet: Worksheet) -> None:
        sheet.cell(HEADING, 8, "Calcul")
        sheet.cell(FIRST, 8, 1)
        for row in range(FIRST + 1, last_row() + 1):
            sheet.cell(row, 8, formula.format(row=row, above=row - 1, below=row + 1))

    made = freins(without(edited(compute), {FIRST + 1}))
    told = [made.cell(row, 8).value for row in range(FIRST, last_row())]
    wanted = [
        expected.format(row=row, above=row - 1, below=row + 1, old=row + 1)
        for row in range(FIRST + 1, last_row())
    ]
    assert told == [1, *wanted]


@pytest.mark.slow
def test_a_running_number_whose_first_line_goes_starts_again() -> None:
    def number(sheet: Worksheet) -> None:
        sheet.cell(HEADING, 8, "N°")
        for row in range(FIRST, last_row() + 1):
            sheet.cell(row, 8, 1 if row == FIRST else f"=H{row - 1}+1")

    made = freins(without(edited(number), {FIRST}))
    assert [made.cell(FIRST, 8).value, made.cell(FIRST + 1, 8).value] == [1, f"=H{FIRST}+1"]


@pytest.mark.slow
@pytest.mark.parametrize("blank", [1, 2, 3])
@pytest.mark.parametrize("label", ["TOTAL équipe", "Ensemble", None])
def test_sums_and_remarks_under_the_table_stay_there(blank: int, label: str | None) -> None:
    foot = last_row() + blank

    def put(sheet: Worksheet) -> None:
        sheet.cell(foot, 1, label)
        sheet.cell(foot, 5, f"=SUM(E{FIRST}:E{last_row()})")
        sheet.cell(foot + 1, 1, "Note du bas")
        sheet.merge_cells(f"A{foot + 1}:D{foot + 1}")

    before = texts(freins(lines_alone()))
    made = freins(without(edited(put), {FIRST}))
    assert texts(made) == [*before[1:], None]
    assert [made.cell(foot, column).value for column in (1, 5)] == [
        label,
        f"=SUM(E{FIRST}:E{last_row()})",
    ]
    assert made.cell(foot + 1, 1).value == "Note du bas"
    assert f"A{foot + 1}:D{foot + 1}" in made.merged_cells


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
