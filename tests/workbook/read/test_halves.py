"""A large sheet is parsed as two halves: its cells are those of the whole."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.read import parsers
from cedre_xlsx.workbook.read.halves import halves
from cedre_xlsx.workbook.read.raw import Grid
from cedre_xlsx.workbook.read.source import raw_workbook

_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MEMBERS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    ),
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" '
    f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Feuille" sheetId="1" r:id="r1"/></sheets></workbook>',
}


def text(ref: str, held: str) -> str:
    return f'<c r="{ref}" t="inlineStr"><is><t>{held}</t></is></c>'


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def sheet(*rows: str, after: str = "") -> bytes:
    return (
        f'<worksheet xmlns="{_SPREADSHEET}"><sheetData>{"".join(rows)}</sheetData>{after}'
        "</worksheet>"
    ).encode()


def cells(xml: bytes) -> Grid:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, held in (*_MEMBERS.items(), ("xl/worksheets/sheet1.xml", xml)):
            package.writestr(name, held)
    [one] = raw_workbook(made.getvalue(), Path("essai.xlsx"), lambda names: names).sheets
    return one.grid


def cells_by_halves(xml: bytes) -> Grid:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parsers, "LARGE", 0)
        return cells(xml)


#: Sheets that are cut in two, and what they hold.
CUT: dict[str, tuple[bytes, Grid]] = {
    "rows": (sheet(row(1, text("A1", "a")), row(2, text("A2", "b"))), [["a"], ["b"]]),
    "far rows": (
        sheet(row(2, text("A2", "a")), row(5, text("A5", "b"))),
        [[""], ["a"], [""], [""], ["b"]],
    ),
    "far columns": (
        sheet(row(1, text("B1", "a")), row(2, text("D2", "b"))),
        [["", "a", "", ""], ["", "", "", "b"]],
    ),
    "a wide half, then a narrow one": (
        sheet(row(1, text("C1", "a")), row(2, text("A2", "b"))),
        [["", "", "a"], ["b", "", ""]],
    ),
    "nothing in the first": (
        sheet(row(1, *('<c r="A1"/>' for _ in range(9))), row(2, text("B2", "b"))),
        [["", ""], ["", "b"]],
    ),
    "nothing in the second": (sheet(row(1, text("A1", "a")), row(2, '<c r="B2"/>')), [["a"]]),
    "merged cells after": (
        sheet(
            row(1, text("A1", "a")), row(2, text("A2", "b")),
            after='<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>',
        ),
        [["a"], ["b"]],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CUT)
def test_the_cells_of_two_halves(case: str) -> None:
    xml, expected = CUT[case]
    assert halves(xml) is not None
    assert (cells_by_halves(xml), cells(xml)) == (expected, expected)


def test_halves_that_are_longer_than_what_is_read_at_once() -> None:
    said = [[f"{number} {'x' * 900}"] for number in range(1, 801)]
    xml = sheet(*(row(n, text(f"A{n}", held)) for n, [held] in enumerate(said, start=1)))
    assert cells_by_halves(xml) == said


#: Sheets whose middle is no row, or whose rows do not follow each other: read as a whole.
NOT_CUT = {
    "a text that says a row": sheet(
        row(1, text("A1", "<![CDATA[" + "x" * 40 + '<row r="2">' + "x" * 40 + "]]>"))
    ),
    "a comment that says a row": sheet(
        row(1, text("A1", "a")), "<!--" + "x" * 99 + row(7, text("A7", "b")) + "x" * 99 + "-->",
        row(2, text("A2", "b")),
    ),
    "a row twice": sheet(row(1, text("A1", "a")), row(1, text("B1", "b"))),
    "one row": sheet(row(1, text("A1", "a"))),
    "rows without number": sheet("<row>" + text("A1", "a") + "</row>"),
}  # fmt: skip


@pytest.mark.parametrize("case", NOT_CUT)
def test_a_sheet_that_cannot_be_cut(case: str) -> None:
    assert cells_by_halves(NOT_CUT[case]) == cells(NOT_CUT[case])


def test_what_is_damaged_after_the_rows_is_refused_all_the_same() -> None:
    damaged = sheet(row(1, text("A1", "a")), row(2, text("A2", "b")), after="<mergeCells></x>")
    assert halves(damaged) is None
    with pytest.raises(CedreError, match="abîmé"):
        cells_by_halves(damaged)


@settings(max_examples=25)
@given(
    st.lists(
        st.dictionaries(st.sampled_from("ABCDE"), st.integers(0, 9), max_size=4),
        min_size=2, max_size=9,
    )
)  # fmt: skip
def test_any_rows(lines: list[dict[str, int]]) -> None:
    numbers = (
        [f'<c r="{letter}{number}"><v>{held}</v></c>' for letter, held in sorted(line.items())]
        for number, line in enumerate(lines, start=1)
    )
    xml = sheet(*(row(number, *some) for number, some in enumerate(numbers, start=1)))
    assert cells_by_halves(xml) == cells(xml)
