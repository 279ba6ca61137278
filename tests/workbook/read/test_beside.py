"""What other programs write in the cells of a sheet: read as Excel means it, or said."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cedre_xlsx.schema.state import Area
from cedre_xlsx.workbook.read import Reading, read_workbook
from cedre_xlsx.workbook.read.repair import with_blanks
from cedre_xlsx.workbook.read.state import areas_of
from cedre_xlsx.workbook.template.filling import Filling
from tests.support import few, saved_workbook

ON = date(2026, 5, 12)

#: Rows 5 and 6 of Suivi.
LINES = [
    {"person": "Essai Anne", "dated": date(2026, 5, 4), "action": "Appeler", "minutes": 15},
    {"person": "Essai Paul", "dated": date(2026, 5, 5), "action": "Écrire", "minutes": 30},
]


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("beside") / "suivi.xlsx"
    people = [{"last_name": "Essai", "first_name": "Anne"}]
    filling = Filling(rows={"tSuivi": LINES, "tPersonnes": people})
    return saved_workbook(path, filling).read_bytes()


def read(workbook: bytes, path: Path, change: Callable[[bytes], bytes], sheet: int = 3) -> Reading:
    """The workbook read, after a change of the XML of a sheet: the third one is Suivi."""
    part = f"xl/worksheets/sheet{sheet}.xml"
    with zipfile.ZipFile(BytesIO(workbook)) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)
    return read_workbook(path, on=ON)


def put(ref: str, cell: str) -> Callable[[bytes], bytes]:
    """A cell of a sheet as a program wrote it."""

    def change(xml: bytes) -> bytes:
        start = xml.index(f'<c r="{ref}"'.encode())
        ends = [xml.find(end, start) + len(end) for end in (b"</c>", b"/>")]
        short = xml.index(b">", start) == ends[1] - 1
        return xml[:start] + cell.encode() + xml[ends[1] if short else ends[0] :]

    return change


#: A cell of Dates, and the day that it means.
DAYS = {
    "ISO": '<c r="B5" t="d"><v>2026-05-04</v></c>',
    "midnight": '<c r="B5" t="d"><v>2026-05-04T00:00:00</v></c>',
    "UTC": '<c r="B5" t="d"><v>2026-05-04T00:00:00Z</v></c>',
    "zone": '<c r="B5" t="d" s="3"><v>2026-05-04T00:00:00.000+02:00</v></c>',
    "number": '<c r="B5" t="d"><v>46146</v></c>',
    "spaces": '<c r="B5" t="n"><v> 46146 </v></c>',
    "exponent": '<c r="B5" t="n"><v>4.6146E4</v></c>',
    "formula": '<c r="B5" t="d"><f>A1</f><v>2026-05-04T08:00:00Z</v></c>',
    "unknown type": '<c r="B5" t="x"><v>46146</v></c>',
}


@pytest.mark.parametrize("case", few(DAYS, 3))
def test_a_day(case: str, workbook: bytes, tmp_path: Path) -> None:
    reading = read(workbook, tmp_path / "suivi.xlsx", put("B5", DAYS[case]))
    assert [row.day for row in reading.records.follow_ups.rows] == [
        date(2026, 5, 4), date(2026, 5, 5),
    ]  # fmt: skip
    assert reading.problems == ()


#: A cell of Temps consacré, and the minutes that it means.
MINUTES = {
    "length": ('t="d"><v>PT36H</v></c>', 2160),
    "clock": ('t="d"><v>01:30:00</v></c>', 90),
    "clock of ISO": ('t="d"><v>T01:30:00Z</v></c>', 90),
    "plus": ("><v>+45</v></c>", 45),
}


@pytest.mark.parametrize("case", MINUTES)
def test_a_time(case: str, workbook: bytes, tmp_path: Path) -> None:
    cell, minutes = MINUTES[case]
    reading = read(workbook, tmp_path / "suivi.xlsx", put("I5", f'<c r="I5" {cell}'))
    assert reading.records.follow_ups.rows[0].minutes == minutes
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("value", "meant"),
    [("1", True), ("true", True), ("1.0", True), ("on", True), (" 0 ", False), ("FAUX", False)],
)
def test_a_boolean(value: str, meant: bool, workbook: bytes, tmp_path: Path) -> None:
    """Column N, Collectif."""
    cell = f'<c r="N5" t="b"><v>{value}</v></c>'
    reading = read(workbook, tmp_path / "suivi.xlsx", put("N5", cell))
    assert reading.records.follow_ups.rows[0].collective is meant
    assert reading.problems == ()


#: A cell of Actions, and the error that is said of it.
ERRORS = {
    "spill": ('t="e"><v>#SPILL!</v></c>', "#SPILL!"),
    "calculation": ('cm="1" t="e"><f t="array" ref="C5">A1</f><v>#CALC!</v></c>', "#CALC!"),
    "field": ('t="e"><v>#FIELD!</v></c>', "#FIELD!"),
    "of tomorrow": ('t="e"><v>#DEMAIN!</v></c>', "#DEMAIN!"),
    "unnamed": ('t="e"><v></v></c>', "#UNKNOWN!"),
    "a text that is nowhere": ('t="s"><v>9999</v></c>', "#UNKNOWN!"),
    "no number of a text": ('t="s"><v>abc</v></c>', "#UNKNOWN!"),
}


@pytest.mark.parametrize("case", ERRORS)
def test_an_error(case: str, workbook: bytes, tmp_path: Path) -> None:
    cell, error = ERRORS[case]
    reading = read(workbook, tmp_path / "suivi.xlsx", put("C5", f'<c r="C5" {cell}'))
    (problem,) = reading.problems
    assert (problem.code, problem.place.cell, error in problem.message) == ("LEC10", "C5", True)
    assert [row.action for row in reading.records.follow_ups.rows] == ["", "Écrire"]


@pytest.mark.parametrize(
    "ref", ["A:B", "1:2", "$A$1:$B$2", "Suivi!A1:B2", "A1:B2 D1:E2", "A1:#REF!", "", "A1:"]
)
def test_any_merge(ref: str, workbook: bytes, tmp_path: Path) -> None:
    def merge(xml: bytes) -> bytes:
        merged = f'<mergeCells count="1"><mergeCell ref="{ref}"/></mergeCells>'.encode()
        start = xml.find(b"<mergeCells")
        end = xml.find(b"</mergeCells>") + len(b"</mergeCells>")
        if start < 0:
            start = end = xml.index(b"</sheetData>") + len(b"</sheetData>")
        return xml[:start] + merged + xml[end:]

    reading = read(workbook, tmp_path / "suivi.xlsx", merge)
    assert [row.person for row in reading.records.follow_ups.rows] == ["Essai Anne", "Essai Paul"]


@pytest.mark.parametrize("ref", ["A:B", "1:2", "", "$A$1:$N$6", "A1:B2 C1:D2"])
def test_any_dimension(ref: str, workbook: bytes, tmp_path: Path) -> None:
    def declare(xml: bytes) -> bytes:
        start = xml.index(b"<dimension")
        return xml[:start] + f'<dimension ref="{ref}"'.encode() + xml[xml.index(b"/>", start) :]

    reading = read(workbook, tmp_path / "suivi.xlsx", declare)
    assert [row.person for row in reading.records.follow_ups.rows] == ["Essai Anne", "Essai Paul"]


def test_an_extension_in_a_cell(workbook: bytes, tmp_path: Path) -> None:
    cell = '<c r="I5"><f>40+5</f><v>45</v><extLst><ext uri="x"/></extLst></c>'
    reading = read(workbook, tmp_path / "suivi.xlsx", put("I5", cell))
    assert reading.records.follow_ups.rows[0].minutes == 45


#: The pieces of an action, and what people see of them.
PIECES = {
    "before": ("<r><t>Appeler</t></r><r><rPr><b/></rPr><t> la CAF</t></r>", "Appeler la CAF"),
    "after": ("<r><t>Appeler </t></r><r><t>la CAF</t></r>", "Appeler la CAF"),
    "alone": ("<r><t>Appeler</t></r> <r><t> </t></r><r><t>la CAF</t></r>", "Appeler la CAF"),
    "line": ("<r><t>Appeler\n</t></r><r>\n<t>la CAF</t>\n</r>", "Appeler\nla CAF"),
    "entity": ("<r><t>Appeler&#10;</t></r><r><t>la CAF</t></r>", "Appeler\nla CAF"),
    "none": ("<r><t>Appe</t></r><r><t>ler &amp; voir</t></r>", "Appeler & voir"),
    "said": (
        '<r><t xml:space="preserve">Appeler </t></r><r><t>la</t></r><r><t> CAF</t></r>',
        "Appeler la CAF",
    ),
    "hint": ("<r><t>Appeler </t></r><r><t>la CAF</t></r><rPh><t> x</t></rPh>", "Appeler la CAF"),
}


@pytest.mark.parametrize("case", few(PIECES, 3))
def test_the_blanks_between_two_looks(case: str, workbook: bytes, tmp_path: Path) -> None:
    pieces, text = PIECES[case]
    cell = f'<c r="C5" t="inlineStr"><is>{pieces}</is></c>'
    reading = read(workbook, tmp_path / "suivi.xlsx", put("C5", cell))
    assert [row.action for row in reading.records.follow_ups.rows] == [text, "Écrire"]


def test_blanks_in_a_sheet_that_is_put_right(workbook: bytes, tmp_path: Path) -> None:
    """One whose numbers calamine would fail on."""
    cell = '<c r="A5" t="inlineStr"><is><r><t>Essai</t></r><r><t> Anne</t></r></is></c>'
    huge = '<c r="I6"><v>-1e300</v></c>'
    reading = read(workbook, tmp_path / "suivi.xlsx", lambda x: put("I6", huge)(put("A5", cell)(x)))
    assert [row.person for row in reading.records.follow_ups.rows] == ["Essai Anne", "Essai Paul"]


def test_what_is_changed_where_pieces_lose_their_blanks() -> None:
    plain = b'<si><t> a </t></si><si><r><t>b</t></r><r><t xml:space="preserve"> c</t></r></si>'
    assert with_blanks(plain) is None
    assert with_blanks(b"<x:r><x:t>b </x:t></x:r><x:rPh><x:t> a</x:t></x:rPh>") == (
        b'<x:r><x:t xml:space="preserve">b </x:t></x:r><x:rPh><x:t> a</x:t></x:rPh>'
    )


def test_whole_columns_and_rows_are_areas() -> None:
    assert list(areas_of(["A:B $1:$2 C5"])) == [
        Area(1, 1, 1048576, 2), Area(1, 1, 2, 16384), Area(5, 3, 5, 3),
    ]  # fmt: skip


#: Cells of Suivi, and where their formulas are said to have no value, with how many.
LACKING: dict[str, tuple[dict[str, str], list[tuple[str, str]]]] = {
    "no value": ({"I5": "<f>1+1</f></c>"}, [("I5", "la formule de I5")]),
    "empty value": ({"I5": "<f>1+1</f><v></v></c>"}, [("I5", "la formule de I5")]),
    "short value": ({"I6": "<f>1+1</f><v/></c>"}, [("I6", "la formule de I6")]),
    "two": ({"I5": "<f>1</f><v/></c>", "I6": "<f>2</f></c>"}, [("I5", "2 formules sans valeur")]),
    "shared": ({"I5": '<f t="shared" ref="I5:I6" si="0">B5</f><v>3</v></c>',
                "I6": '<f t="shared" si="0"/></c>'}, [("I6", "la formule de I6")]),
    "two columns": ({"C5": "<f>A5</f></c>", "I5": "<f>1</f></c>"},
                    [("C5", "la formule de C5"), ("I5", "la formule de I5")]),
    "text without value": ({"C5": 't="str"><f>A5</f></c>'}, [("C5", "la formule de C5")]),
    "empty text": ({"D5": 't="str"><f>""</f><v></v></c>'}, []),
    "value first": ({"D5": 't="str"><v/><f>""</f></c>'}, []),
    "with its value": ({"I5": "<f>1+1</f><v>2</v></c>"}, []),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("case", few(LACKING, 3))
def test_a_formula_without_its_value(case: str, workbook: bytes, tmp_path: Path) -> None:
    cells, said = LACKING[case]

    def change(xml: bytes) -> bytes:
        for ref, end in cells.items():
            cell = f'<c r="{ref}" {end}' if end[0] == "t" else f'<c r="{ref}">{end}'
            xml = put(ref, cell)(xml)
        return xml

    reading = read(workbook, tmp_path / "suivi.xlsx", change)
    found = [one for one in reading.problems if one.code == "LEC15"]
    assert [one.place.cell for one in found] == [cell for cell, _ in said]
    assert all(words in one.message for one, (_, words) in zip(found, said, strict=True))
    assert len(reading.records.follow_ups.rows) == 2


def test_openpyxl_drops_all_values(workbook: bytes, tmp_path: Path) -> None:
    """Lines of formulas alone, a setting; the name is always computed by us, nothing is said."""
    book = load_workbook(BytesIO(workbook))
    suivi, settings = book["Suivi"], book["Paramètres"]
    for row in (8, 9):
        for column, letter in enumerate("ABC", start=1):
            suivi.cell(row, column, f"={letter}5")
    book["Personnes"]["AB4"], book["Personnes"]["AB5"] = "Quartier", '=UPPER("nord")'
    settings["B9"] = "=6*5"
    book.save(tmp_path / "suivi.xlsx")
    reading = read_workbook(tmp_path / "suivi.xlsx", on=ON)
    assert [(one.code, one.place.sheet, one.place.cell) for one in reading.problems] == [
        ("LEC15", "Paramètres", "B9"),
        ("LEC15", "Personnes", "AB5"),
        ("LEC15", "Suivi", "A8"),
        ("LEC15", "Suivi", "B8"),
        ("LEC15", "Suivi", "C8"),
    ]
    assert "2 formules sans valeur, la première en A8" in reading.problems[2].message


def test_hidden_headings_and_empty_columns(workbook: bytes, tmp_path: Path) -> None:
    """Columns that nobody filled have no cell at all where the headings are not shown."""
    book = load_workbook(BytesIO(workbook))
    sheet = book["Suivi"]
    sheet.tables["tSuivi"].headerRowCount = 0
    sheet.tables["tSuivi"].ref = "A5:N6"
    sheet.tables["tSuivi"].autoFilter = None
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(area.coord)
    for row in sheet["A1:N4"]:
        for cell in row:
            cell.value = None
    sheet["XFD2000"] = "loin"  # the sheet is then closed up
    book.save(tmp_path / "suivi.xlsx")
    reading = read_workbook(tmp_path / "suivi.xlsx", on=ON)
    assert [(row.person, row.minutes) for row in reading.records.follow_ups.rows] == [
        ("Essai Anne", 15), ("Essai Paul", 30),
    ]  # fmt: skip
    assert reading.problems == ()
