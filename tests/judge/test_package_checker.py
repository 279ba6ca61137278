"""The judge itself: a sound workbook has no fault, and each fault planted in it is told."""

from __future__ import annotations

import io
import re
from functools import cache

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import ColorScaleRule, FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from cedre_xlsx.ooxml.parts import Package
from tests.judge.formulas import sheets_named
from tests.judge.names import is_a_name
from tests.judge.xml import range_of
from tests.package_checker import check_package

BOOK, SHEET, STYLES = "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"
TABLE, CHART, DRAWING = "xl/tables/table1.xml", "xl/charts/chart1.xml", "xl/drawings/drawing1.xml"
COMMENTS, SHAPES = "xl/comments/comment1.xml", "xl/drawings/commentsDrawing1.vml"
TYPES, RELATIONS, SHEET_RELATIONS = (
    "[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/_rels/sheet1.xml.rels",
)  # fmt: skip


@cache
def sound() -> bytes:
    """One of everything: a table, a chart, a comment, a list, colours, names, a link, a pane."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Feuille"
    for row in (("Nom", "Heures"), ("Un", 3), ("Deux", 5)):
        sheet.append(row)
    sheet["D1"], sheet["D2"] = "=SUM(B2:B3)", "=Autre!A1"
    sheet["A2"].hyperlink = "https://example.org/"
    sheet["A3"].comment = Comment("À revoir", "Une personne")
    sheet["B2"].number_format = "0.0000"
    sheet.merge_cells("F1:G2")
    sheet.freeze_panes = "B2"
    sheet.add_table(Table(displayName="tHeures", ref="A1:B3"))
    rule = DataValidation("list", formula1='"OUI,NON"', promptTitle="Choix", prompt="Oui ou non")
    rule.add("D5:D9")
    sheet.add_data_validation(rule)
    red = PatternFill(bgColor="FFFF0000")
    sheet.conditional_formatting.add("B2:B3", FormulaRule(formula=["$B2>4"], fill=red))
    scale = ColorScaleRule("min", start_color="FFFFFFFF", end_type="max", end_color="FF00FF00")
    sheet.conditional_formatting.add("D1:D3", scale)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "D12")
    sheet.print_title_rows = "1:1"
    sheet.print_area = "A1:G30"
    workbook.create_sheet("Autre")["A1"] = 1
    workbook.defined_names["lstHeures"] = DefinedName("lstHeures", attr_text="Feuille!$B$2:$B$3")
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def changed(part: str, pattern: str, new: str) -> bytes:
    """The sound workbook but for one text of one part; "" as pattern puts it at the end."""
    package = Package(sound())
    text = package.read(part).decode()
    found, count = re.subn(pattern, new, text, count=1)
    assert count == 1, f"{pattern} is not in {text[:3000]}"
    package.write(part, found.encode())
    return package.data()


def test_a_sound_workbook() -> None:
    assert check_package(sound()) == []


FAULTS = [
    # the package
    (TYPES, r'<Default Extension="rels"[^>]*>', "", "no type: _rels/.rels"),
    (
        TYPES, r'(<Override PartName="/xl/tables/table1.xml" ContentType=)"[^"]*"',
        r'\1"x/y"', "is a table, of type x/y",
    ),
    (TYPES, r'(<Override PartName="/xl/styles.xml"[^>]*>)', r"\1\1", "type twice: xl/styles.xml"),
    (RELATIONS, r"styles.xml", "style.xml", "no part xl/style.xml"),
    (RELATIONS, r'Id="rId2"', 'Id="rId1"', "id twice: rId1"),
    (RELATIONS, r'Id="rId2"', 'Id="2"', "id '2'"),
    ("docProps/core.xml", r' xsi:type="dcterms:W3CDTF"', "", "a date without its type"),
    ("docProps/core.xml", r"</cp:coreProperties>", "", "not XML"),
    # the workbook
    (BOOK, r'name="Autre"', 'name="FEUILLE"', "sheet title twice: feuille"),
    (BOOK, r'name="Autre"', 'name="Au/tre"', "title with a forbidden sign"),
    (BOOK, r'name="Autre"', "name=\"Autre'\"", "between quotes"),
    (BOOK, r'name="Autre"', f'name="{"a" * 32}"', "title too long"),
    (BOOK, r'sheetId="2"', 'sheetId="1"', "sheetId twice"),
    (BOOK, r'sheetId="2"', 'sheetId="70000"', "a sheetId out of range"),
    (BOOK, r'activeTab="0"', 'activeTab="2"', "activeTab out of range"),
    (
        BOOK, r'state="visible"(.*)state="visible"',
        r'state="hidden"\1state="hidden"', "no sheet is visible",
    ),
    (BOOK, r"(<workbookPr/?>)(.*)(<calcPr[^>]*>)", r"\3\1\2", "children out of order"),
    (BOOK, r"<calcPr", '<calcPr calcMode="never"', "calcPr: calcMode='never'"),
    # names
    (BOOK, "lstHeures", "lst Heures", "no valid name"),
    (BOOK, "lstHeures", "HEU1", "no valid name"),
    (BOOK, "lstHeures", "THEURES", "table or defined name twice: theures"),
    (BOOK, "Feuille!\\$B\\$2", "Partie!$B$2", "names no sheet: partie"),
    (BOOK, "Feuille!\\$B\\$2:\\$B\\$3", "", "an empty formula"),
    (BOOK, "Feuille!\\$B\\$2", "=Feuille!$B$2", "begins with ="),
    (BOOK, r'localSheetId="0"', 'localSheetId="5"', "of no sheet: 5"),
    (BOOK, r"'Feuille'!\$1:\$1", "'Feuille'!$A$1:$B$1", "titles that are not whole rows"),
    (BOOK, r"'Feuille'!\$1:\$1", "'Autre'!$1:$1", "another sheet's range"),
    (BOOK, r"_xlnm.Print_Area", "_xlnm.Print_Aria", "no built-in name"),
    # the view
    (
        SHEET, r'(<selection pane=)"topRight"',
        r'\1"bottomLeft"', "selection in pane twice: bottomLeft",
    ),
    (SHEET, r'xSplit="1" ', "", "the active pane does not exist: bottomRight"),
    (SHEET, r"<pane[^>]*/>", "", "a selection in a pane that does not exist: topRight"),
    (SHEET, r'topLeftCell="B2"', 'topLeftCell="2B"', "a pane begins at '2B'"),
    (
        SHEET, r'activeCell="A1" sqref="A1"',
        'activeCell="A1" sqref="C3"', "the active cell A1 is not in C3",
    ),
    (SHEET, r'workbookViewId="0"', 'workbookViewId="1"', "a view of no window"),
    # rows, cells, columns
    (SHEET, r'<row r="2"', '<row r="1"', "row 1 is not in its place"),
    (SHEET, r'<c r="B1"', '<c r="A1"', "cell A1 is not in its place"),
    (SHEET, r"<v>3</v>", "<v>trois</v>", "no number: 'trois'"),
    (SHEET, r'<c r="B2" s="\d"', '<c r="B2" s="99"', "a cell's style is out of range"),
    (SHEET, r"<f>SUM", "<f>=SUM", "a formula begins with ="),
    (SHEET, r"Autre!A1", "Partie!A1", "a formula names no sheet: partie"),
    (SHEET, r"<t>Un</t>", f"<t>{'a' * 32_768}</t>", "A2: text too long"),
    (
        SHEET, r"<sheetData>",
        '<cols><col min="2" max="3"/><col min="3" max="3"/></cols><sheetData>', "columns overlap",
    ),
    (SHEET, r"<sheetData>", '<sheetData couleur="1">', "sheetData: unknown attribute couleur"),
    (SHEET, r"<sheetData>", "<rows/><sheetData>", "worksheet: unknown child rows"),
    (
        SHEET, r"(<mergeCells.*</mergeCells>)(.*)(<dataValidations.*</dataValidations>)",
        r"\3\2\1", "children out of order",
    ),
    # merged cells
    (SHEET, r'<mergeCell ref="F1:G2"', '<mergeCell ref="F1"', "merge of one cell: F1"),
    (
        SHEET, r'<mergeCells count="1">',
        '<mergeCells count="2"><mergeCell ref="E1:F1"/>', "merged cells overlap: E1:F1 and F1:G2",
    ),
    (
        SHEET, r'<mergeCell ref="F1:G2"',
        '<mergeCell ref="B3:C4"', "merged cells in the table tHeures: B3:C4",
    ),
    # colours and lists
    (SHEET, r'priority="2"', 'priority="1"', "priority twice: 1"),
    (SHEET, r' priority="1"', "", "cfRule: no priority"),
    (SHEET, r'dxfId="0"', 'dxfId="1"', "a rule's dxfId is out of range"),
    (SHEET, r"<formula>[^<]*</formula>", "", "a rule expression with 0 formulas"),
    (
        SHEET, r"<formula>[^<]*</formula>",
        "<formula>tHeures[Heures]&gt;4</formula>", "names a column of a table",
    ),
    (SHEET, r"(<colorScale>.*?)<color [^>]*/>", r"\1", "a scale of 2 steps and 1 colours"),
    (SHEET, r"OUI,NON", "x" * 256, "a list too long"),
    (SHEET, r'"OUI,NON"', "", "no formula"),
    (SHEET, r'"OUI,NON"', "tHeures[Nom]", "a list names a column of a table"),
    (SHEET, r'promptTitle="Choix"', f'promptTitle="{"x" * 33}"', "promptTitle is too long"),
    (SHEET, r'prompt="Oui ou non"', f'prompt="{"x" * 256}"', "prompt is too long"),
    (SHEET, r'sqref="D5:D9"', 'sqref="D5:D9 D7"', "validations overlap"),
    (
        SHEET, r'<dataValidations count="1"',
        '<dataValidations count="3"', "count of dataValidations",
    ),
    (SHEET, r'sqref="D5:D9"', 'sqref="D9:D5"', "validation on 'D9:D5'"),
    # links, filters, relationships
    (SHEET, r"<hyperlink [^>]*>", '<hyperlink ref="A2"/>', "link without address: A2"),
    (SHEET, r'(<drawing [^>]*)r:id="rId\d"', r'\1r:id="rId9"', "drawing: no relationship 'rId9'"),
    (
        SHEET, r"</sheetData>",
        '</sheetData><autoFilter ref="A1:B3"/>', "the sheet's filter is over the table",
    ),
    # tables
    (TABLE, r'ref="A1:B3"(.*?)ref="A1:B3"', r'ref="A1:B1"\1ref="A1:B1"', "no body in A1:B1"),
    (TABLE, r'displayName="tHeures"', 'displayName="t Heures"', "no valid name: 't Heures'"),
    (TABLE, r'displayName="tHeures"', 'displayName="AB12"', "no valid name: 'AB12'"),
    (TABLE, r'name="Heures"', 'name="heures"', "B1 is 'Heures', not 'heures'"),
    (TABLE, r'name="Heures"', 'name="NOM"', "column twice: nom"),
    (TABLE, r'ref="A1:B3"', 'ref="A1:C3"', "2 columns in A1:C3"),
    (TABLE, r'(<autoFilter )ref="A1:B3"', r'\1ref="A1:B9"', "its filter is on A1:B9"),
    (
        TABLE, r'<autoFilter ref="A1:B3"/>',
        '<autoFilter ref="A1:B3"><filterColumn colId="2"/></autoFilter>',
        "a filter stands outside A1:B3",
    ),
    (
        TABLE, r'<tableColumn id="2" name="Heures"/>',
        '<tableColumn id="2" name="Heures">'
        "<calculatedColumnFormula>tHeures[@Nom]</calculatedColumnFormula></tableColumn>",
        "@ is for the screen",
    ),
    (
        TABLE, r'<tableColumn id="2"',
        '<tableColumn dataDxfId="7" id="2"', "tHeures: a dxfId is out of range",
    ),
    (
        SHEET, r'<c r="B1" t="inlineStr"><is><t>Heures</t></is></c>',
        '<c r="B1"><v>2026</v></c>', "B1 is None, not 'Heures'",
    ),
    # drawings, charts, comments
    (DRAWING, r"<row>11</row>", "<row>-1</row>", "an anchor off the sheet"),
    (DRAWING, r"(<clientData ?/>)", "", "no clientData"),
    (CHART, r'<crossAx val="100" ?/>', '<crossAx val="7"/>', "crosses none: 7"),
    (CHART, r'(<axId val=)"10"( ?/><axId)', r'\1"12"\2', "barChart: no axis 12"),
    (CHART, r"'Feuille'!\$B\$2", "'Partie'!$B$2", "names no sheet: partie"),
    (COMMENTS, r'authorId="0"', 'authorId="4"', "the comment of A3 has no author"),
    (COMMENTS, r'ref="A3"', 'ref="C9"', "comments without a shape: C9"),
    # styles
    (STYLES, r'<cellXfs count="\d+"', '<cellXfs count="17"', "count of cellXfs"),
    (STYLES, r'fontId="0"', 'fontId="9"', "fontId out of range"),
    (STYLES, r"gray125", "solid", "the fill that Excel takes for gray125 is another"),
    (STYLES, r'numFmtId="164" (fontId)', r'numFmtId="165" \1', "no number format 165"),
    (STYLES, r'rgb="FFFF0000"', 'rgb="F00"', "colour 'F00'"),
    (STYLES, r'formatCode="0.0000"', f'formatCode="{"0" * 256}"', "the code of number format 164"),
    (STYLES, r"(<fonts.*</fonts>)(<fills.*</fills>)", r"\2\1", "children out of order"),
]  # fmt: skip


@pytest.mark.parametrize(("part", "pattern", "new", "fault"), FAULTS)
def test_a_fault_is_told(part: str, pattern: str, new: str, fault: str) -> None:
    assert any(fault in one for one in check_package(changed(part, pattern, new)))


def test_a_stale_chain_of_calculation() -> None:
    package = Package(sound())
    package.write(
        "xl/calcChain.xml",
        b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<c r="D1" i="1"/><c r="D3" i="1"/></calcChain>',
    )
    types = package.read(TYPES).replace(
        b"</Types>",
        b'<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-'
        b'officedocument.spreadsheetml.calcChain+xml"/></Types>',
    )
    package.write(TYPES, types)
    relations = package.read(RELATIONS).replace(
        b"</Relationships>",
        b'<Relationship Id="rId90" Target="calcChain.xml" Type="http://schemas.openxmlformats.org'
        b'/officeDocument/2006/relationships/calcChain"/></Relationships>',
    )
    package.write(RELATIONS, relations)
    assert check_package(package.data()) == ["calcChain: no formula in D3 of sheet 1"]


@pytest.mark.parametrize(
    ("name", "is_good"),
    [
        ("tHeures", True), ("_cedre_Synthèse", True), ("Été.2026", True), ("XFE1", True),
        ("A1048577", True), ("a\\b", True), ("R2D2", True), ("Rc", False), ("r", False),
        ("XFD1", False), ("1er", False), ("deux mots", False), ("a-b", False), ("", False),
        ("R1C1", False), ("a" * 256, False),
    ],
)  # fmt: skip
def test_names_that_excel_takes(name: str, is_good: bool) -> None:
    assert is_a_name(name) is is_good


@pytest.mark.parametrize(
    ("formula", "sheets"),
    [
        ("SUM(A1:B2)", set()),
        ("Suivi!A1+'Ma feuille'!B2", {"suivi", "ma feuille"}),
        ("'L''été'!A1", {"l'été"}),
        ("'Janvier:Mars'!A1", {"janvier", "mars"}),
        ("Janvier:Mars!A1", {"janvier", "mars"}),
        ('"Suivi!A1"&B2', set()),
        ("#REF!A1", set()),
        ("[1]Suivi!A1+'C:\\[b.xlsx]Suivi'!A1", set()),
        ("tSuivi[Oui!]", set()),
    ],
)
def test_sheets_that_a_formula_names(formula: str, sheets: set[str]) -> None:
    assert sheets_named(formula) == sheets


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A1", (1, 1, 1, 1)), ("$B$2:$C$3", (2, 2, 3, 3)), ("A:B", (1, 1, 1_048_576, 2)),
        ("1:2", (1, 1, 2, 16_384)), ("B2:A1", None), ("A", None), ("XFE1", None), ("", None),
        ("A1:B", None),
    ],
)  # fmt: skip
def test_ranges(text: str, place: tuple[int, ...] | None) -> None:
    assert range_of(text) == place
