"""The new workbook, read back: what people see, and what guides them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from cedre_xlsx.method.french import typeset
from cedre_xlsx.method.vocabulary import StructureKind
from cedre_xlsx.reports import empty_sheets
from cedre_xlsx.schema import lists
from cedre_xlsx.schema import tables as t
from cedre_xlsx.schema.settings import QUESTIONS, SETTINGS, Settings
from cedre_xlsx.workbook.template.build import build_workbook
from cedre_xlsx.workbook.template.filling import Filling
from cedre_xlsx.workbook.template.lists_sheet import SEVERITY
from cedre_xlsx.workbook.template.settings_layout import BLOCKS, HEADER_ROW, block_of

FILLED = Filling(
    settings=Settings(
        structure="Les Jardins imaginaires", kind=StructureKind.AI, advisors=("Linda Fictive",)
    ),
    rows={
        "tPersonnes": [
            {"last_name": "Durand", "first_name": "Alix", "registered": date(2026, 1, 10)},
            {},
            {"last_name": "Martin", "first_name": "Sacha", "precision": "Lyon"},
            {"last_name": "DURAND", "first_name": " alix ", "request": "=1+1 " * 60},
        ],
        "tSuivi": [{"person": "Durand Alix", "dated": "18/04/26 tél", "minutes": "45 min"}],
        "tEngagements": [{"reference": "CP-2026-001"}, {}, {"reference": "D-2026-002"}],
    },
)
#: Everything that Excel 2010 knows and we use.
KNOWN_FUNCTIONS = {
    "ABS", "AND", "CHAR", "COUNT", "COUNTA", "COUNTIF", "COUNTIFS", "DATE", "DAY", "FALSE", "FIND",
    "IF", "IFERROR", "INDEX", "INT", "ISBLANK", "ISERROR", "ISNUMBER", "ISTEXT", "LARGE", "LEFT",
    "LEN", "LOOKUP", "LOWER", "MATCH", "MAX", "MID", "MIN", "MOD", "MONTH", "N", "NOT", "OR",
    "REPT", "RIGHT", "ROUND", "ROW", "ROWS", "SEARCH", "SUBSTITUTE", "SUM", "SUMPRODUCT", "T",
    "TODAY", "TRIM", "UPPER", "VALUE", "YEAR",
}  # fmt: skip


@pytest.fixture(scope="module")
def data() -> bytes:
    return build_workbook(FILLED, empty_sheets())


@pytest.fixture(scope="module")
def book(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data))


@pytest.fixture(scope="module")
def empty() -> Workbook:
    return load_workbook(BytesIO(build_workbook(Filling())))


@pytest.mark.slow
def test_tabs_stand_in_the_order_of_the_year(book: Workbook) -> None:
    assert book.sheetnames == [
        "Accueil", "Personnes", "Suivi", "Engagements", "Missions", "Freins", "Repérage",
        "Fiche individuelle", "Convention", "Synthèse", "Réunion", "Périodes", "Contrôle",
        "Paramètres", "Listes",
    ]  # fmt: skip
    assert [sheet.title for sheet in book if sheet.sheet_state != "visible"] == ["Listes"]
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == ["Accueil"]
    assert book.active.title == "Accueil"


@pytest.mark.slow
def test_the_same_filling_gives_the_same_bytes(data: bytes) -> None:
    assert build_workbook(FILLED, empty_sheets()) == data


@pytest.mark.slow
@pytest.mark.parametrize("spec", t.DATA_TABLES, ids=lambda spec: spec.sheet)
def test_headings_are_those_of_the_schema_in_their_order(
    data: bytes, book: Workbook, spec: t.TableSpec[Any]
) -> None:
    headings = [column.header for column in spec.drawn().columns.values()]
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(spec.sheet)
    assert rows.to_python(skip_empty_area=False)[t.HEADER_ROW - 1] == headings
    table = book[spec.sheet].tables[spec.table]
    assert table.column_names == headings
    first, last = (int(re.sub(r"\D", "", ref)) for ref in table.ref.split(":"))
    assert (first, last - first) == (t.HEADER_ROW, max(1, len(FILLED.of(spec.table))))


@pytest.mark.slow
def test_only_facultative_columns_are_folded_away(book: Workbook) -> None:
    for spec in t.DATA_TABLES:
        sheet = book[spec.sheet]
        for cell, column in zip(sheet[t.HEADER_ROW], spec.columns.values(), strict=False):
            shape = sheet.column_dimensions[cell.column_letter]
            assert (shape.outlineLevel, shape.hidden) == (
                (1, True) if column.facultative else (0, False)
            ), column.header
    assert book["Personnes"]["O3"].value == "Facultatif"


def test_new_rows_compute_their_name(book: Workbook) -> None:
    columns = {
        column.name: column for column in book["Personnes"].tables["tPersonnes"].tableColumns
    }
    formula = columns["Personne"].calculatedColumnFormula.attr_text
    assert "tPersonnes[[#This Row],[Nom]]" in formula
    assert {book["Personnes"][f"D{row}"].value for row in range(5, 9)} == {f"={formula}"}


def test_cells_hold_what_was_typed(book: Workbook) -> None:
    assert book["Personnes"]["J5"].value.date() == date(2026, 1, 10)
    assert (book["Personnes"]["K8"].data_type, book["Personnes"]["K8"].value[:5]) == ("s", "=1+1 ")
    assert book["Suivi"]["B5"].value == "18/04/26 tél"


def test_rows_are_tall_enough_and_still_adapt(data: bytes) -> None:
    with ZipFile(BytesIO(data)) as package:
        xml = package.read("xl/worksheets/sheet2.xml").decode("utf-8")
    (row,) = re.findall(r'<row [^>]*r="8"[^>]*>', xml) or re.findall(r'<row r="8"[^>]*>', xml)
    height = re.search(r'ht="([\d.]+)"', row)
    assert height is not None
    assert float(height[1]) > 50  # 300 characters in 48
    assert 'customHeight="1"' not in row


# -- what guides --------------------------------------------------------------------------------


def validations(sheet: Worksheet) -> Iterator[tuple[str, DataValidation]]:
    for rule in sheet.data_validations.dataValidation:
        yield str(rule.sqref), rule


@pytest.mark.parametrize("spec", t.DATA_TABLES, ids=lambda spec: spec.sheet)
def test_every_column_says_what_it_expects_far_below_the_table(
    book: Workbook, spec: t.TableSpec[Any]
) -> None:
    covered = dict(validations(book[spec.sheet]))
    for cell, column in zip(book[spec.sheet][t.HEADER_ROW], spec.columns.values(), strict=False):
        rule = covered[f"{cell.column_letter}5:{cell.column_letter}5000"]
        assert rule.prompt, column.header
        assert rule.promptTitle == column.header or rule.promptTitle.endswith("…")
        if rule.type:
            assert rule.error, column.header


@pytest.mark.parametrize(
    ("sheet", "cell", "source", "style"),
    [
        ("Suivi", "A5:A5000", lists.PEOPLE_NAME, "stop"),
        ("Suivi", "E5:E5000", lists.CODES_NAME, "warning"),
        ("Suivi", "G5:G5000", lists.STATUS.name, "stop"),
        ("Suivi", "J5:J5000", lists.REFERENCES_NAME, "warning"),
        ("Personnes", "G5:G5000", lists.ADVISORS_NAME, "warning"),
        ("Personnes", "M5:M5000", lists.EXIT_CATEGORY.name, "stop"),
        ("Personnes", "N5:N5000", lists.EXIT_REASON.name, "warning"),
        ("Freins", "B5:B5000", lists.BARRIER.name, "warning"),
        ("Paramètres", "B9", lists.KIND.name, "stop"),
    ],
)
def test_lists_stop_or_warn(book: Workbook, sheet: str, cell: str, source: str, style: str) -> None:
    rule = dict(validations(book[sheet]))[cell]
    assert (rule.type, rule.formula1) == ("list", source)
    assert (rule.errorStyle or "stop") == style


def test_validations_keep_within_the_limits_of_excel(book: Workbook) -> None:
    for sheet in book:
        for cells, rule in validations(sheet):
            place = f"{sheet.title}!{cells}"
            assert len(rule.promptTitle or "") <= 32, place
            assert len(rule.errorTitle or "") <= 32, place
            assert len(rule.prompt or "") <= 255, place
            assert len(rule.error or "") <= 255, place
            assert len(rule.formula1 or "") <= 255, place
            assert "[" not in (rule.formula1 or ""), place  # Excel refuses structured references
            if rule.type == "list":
                assert rule.formula1 in book.defined_names, place


def test_fixed_lists_hold_the_values_of_the_schema(book: Workbook) -> None:
    for spec in (*lists.LISTS, SEVERITY):
        start = re.match(r"'Listes'!\$([A-Z]+)\$3:INDEX", book.defined_names[spec.name].attr_text)
        assert start is not None
        cells = book["Listes"][start[1]]
        assert [cell.value for cell in cells[2:] if cell.value] == list(spec.values)


def test_names_point_to_sheets_that_exist(book: Workbook) -> None:
    for name, defined in book.defined_names.items():
        sheets = set(re.findall(r"'?([\wÀ-ÿ ]+)'?!", defined.attr_text))
        assert sheets, name
        assert sheets <= set(book.sheetnames), name


def formulas(book: Workbook) -> Iterator[tuple[str, str]]:
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield f"{sheet.title}!{cell.coordinate}", str(cell.value)
        for cells in sheet.conditional_formatting:
            for rule in cells.rules:
                for formula in rule.formula:
                    yield f"{sheet.title}!{cells.sqref}", formula


def test_formulas_need_nothing_newer_than_excel_2010(book: Workbook) -> None:
    unknown = {}
    for place, formula in formulas(book):
        without_texts = re.sub(r'"[^"]*"', '""', formula)
        for name in re.findall(r"([A-Z][A-Z0-9.]*)\(", without_texts):
            if name not in KNOWN_FUNCTIONS:
                unknown[name] = place
    assert unknown == {}


def test_alerts_come_first_and_borders_last(book: Workbook) -> None:
    for spec in t.DATA_TABLES:
        rules = sorted(
            (rule for cells in book[spec.sheet].conditional_formatting for rule in cells.rules),
            key=lambda rule: rule.priority,
        )
        assert rules[-1].formula[0].startswith("COUNTA"), spec.sheet
        assert all(rule.dxf.border is not None for rule in rules), spec.sheet
        # A direct reference to another sheet is refused in a conditional format.
        assert not any("!" in rule.formula[0] for rule in rules), spec.sheet


def test_everything_prints_on_a4_with_its_titles(book: Workbook) -> None:
    for spec in t.DATA_TABLES:
        sheet = book[spec.sheet]
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert not sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$4"
        assert sheet.oddFooter.right.text == "&P / &N"


# -- Paramètres, Accueil, Listes ----------------------------------------------------------------


def test_settings_hold_the_defaults_and_the_choices_given(book: Workbook) -> None:
    sheet = book["Paramètres"]
    rows = {
        sheet[f"A{row}"].value: sheet[f"B{row}"].value
        for row in range(HEADER_ROW + 1, HEADER_ROW + 1 + len(SETTINGS))
    }
    assert rows == {spec.label: spec.typed(FILLED.settings) or None for spec in SETTINGS}


def test_settings_tables_are_whole_and_apart(book: Workbook) -> None:
    tables = book["Paramètres"].tables
    assert set(tables) == {block.spec.table for block in BLOCKS}
    for block in BLOCKS:
        assert tables[block.spec.table].column_names == [
            column.header for column in block.spec.columns.values()
        ]
    columns = [number for block in BLOCKS for number in range(block.first - 1, block.last + 1)]
    assert len(columns) == len(set(columns))  # a free column before each


def test_settings_list_types_advisors_and_questions(book: Workbook) -> None:
    sheet = book["Paramètres"]

    def below(spec: t.TableSpec[Any], field: str) -> list[object]:
        cells = sheet[block_of(spec).letter(field)][HEADER_ROW:]
        return [cell.value for cell in cells if cell.value is not None]

    assert below(t.TYPE_TABLE, "code") == ["CP", "SA", "T", "MPP", "D", "VP"]
    assert below(t.TYPE_TABLE, "max_months") == [3, 24, 24, 24, 24]
    assert below(t.ADVISOR_TABLE, "name") == ["Linda Fictive"]
    assert below(t.QUESTION_TABLE, "question") == list(map(typeset, QUESTIONS))
    assert below(t.QUESTION_TABLE, "answer") == []


@pytest.mark.slow
def test_what_was_typed_stays_and_our_texts_are_typeset() -> None:
    made = load_workbook(
        BytesIO(build_workbook(Filling(settings=Settings(structure="Ici : là !"))))
    )
    texts = {str(cell.value) for row in made["Paramètres"].iter_rows() for cell in row}
    assert "Ici : là !" in texts
    assert typeset("Paramètres : les choix de votre structure (fiche n°16)") in texts


def test_links_of_the_home_page_lead_somewhere(book: Workbook) -> None:
    links = [
        cell.hyperlink for row in book["Accueil"].iter_rows() for cell in row if cell.hyperlink
    ]
    targets = {link.location.partition("!")[0].strip("'") for link in links}
    assert targets == set(book.sheetnames) - {"Accueil", "Listes"}


@pytest.mark.slow
def test_the_home_page_says_the_version_of_the_template(empty: Workbook) -> None:
    (label,) = (
        cell
        for row in empty["Accueil"].iter_rows()
        for cell in row
        if cell.value == t.TEMPLATE_VERSION_LABEL
    )
    assert label.offset(0, 1).value == t.TEMPLATE_VERSION


def test_people_are_listed_once_without_holes(data: bytes) -> None:
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name("Listes").to_python()
    assert [row[:4] for row in rows[1:7]] == [
        ["", "", "", 2],
        ["Durand Alix", "Durand Alix", 1, "Durand Alix"],
        ["", "", 3, "Martin Sacha (Lyon)"],
        ["Martin Sacha (Lyon)", "Martin Sacha (Lyon)", "", ""],
        ["DURAND alix", "", "", ""],
        ["", "", "", ""],
    ]


def test_a_field_that_no_column_has_is_refused() -> None:
    with pytest.raises(KeyError, match="tSuivi: no such field: nom"):
        build_workbook(Filling(rows={"tSuivi": [{"nom": "Durand"}]}))
