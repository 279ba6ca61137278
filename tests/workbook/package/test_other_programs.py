"""The spellings that other programs need in the packages we write, Excel doing without them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Picture

from cedre_xlsx import api
from cedre_xlsx.demonstration.seed_examples import examples_4_and_5
from cedre_xlsx.ooxml.cell_text import text_element
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.reports import empty_sheets
from cedre_xlsx.workbook.package.host import Host
from cedre_xlsx.workbook.template.build import build_workbook
from cedre_xlsx.workbook.template.filling import Filling
from tests.package_checker import check_package
from tests.workbook.package.splice_support import edited, host, members, sheet_of, splice

TYPES, SHEET_2 = "[Content_Types].xml", "xl/worksheets/sheet2.xml"
RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The parts of a new workbook with a logo, refreshed once: its statistics have charts."""
    folder = tmp_path_factory.mktemp("made")
    Picture.new("RGB", (40, 20), "navy").save(folder / "logo.png")
    filling = replace(examples_4_and_5(), logo=folder / "logo.png")
    path = folder / "classeur.xlsx"
    path.write_bytes(api.workbook_bytes(filling))
    api.refresh(path, on=date(2003, 5, 10))
    return members(path.read_bytes())


@pytest.mark.slow
def test_targets_are_relative(made: Mapping[str, bytes]) -> None:
    absolute = {
        name: found
        for name, part in made.items()
        if name.endswith(".rels") and (found := re.findall(rb'Target="/[^"]*"', part))
    }
    assert absolute == {}


@pytest.mark.slow
def test_drawings_and_charts_have_their_usual_prefixes(made: Mapping[str, bytes]) -> None:
    roots = {
        name: re.search(rb"<([\w:]+)[ >]", part.partition(b"?>")[2])[1]  # type: ignore[index]
        for name, part in made.items()
        if re.fullmatch(r"xl/(charts|drawings)/\w+\.xml", name)
    }
    assert set(roots.values()) == {b"c:chartSpace", b"xdr:wsDr"}
    for name in roots:
        prefixes = set(re.findall(rb"</?([\w:]*?):?\w+[ />]", made[name].partition(b"?>")[2]))
        assert prefixes <= {b"c", b"xdr", b"a"}, name


@pytest.mark.slow
def test_rows_declare_no_namespace(made: Mapping[str, bytes]) -> None:
    sheets = [part for name, part in made.items() if name.startswith("xl/worksheets/sheet")]
    assert sheets
    assert all(b"<sheetData>" in part or b"<sheetData/>" in part for part in sheets)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Entretien", False), ("deux  blancs", False), (" avant", True), ("après ", True),
        ("ligne\nsuivante", False), ("colonne\tsuivante", False), ("\u00a0insécable", True),
        ("", False),
    ],
)  # fmt: skip
def test_blanks_are_kept_where_they_need_it(text: str, kept: bool) -> None:
    expected = f'<t xml:space="preserve">{text}</t>' if kept else f"<t>{text}</t>"
    assert text_element(text) == expected


def part_numbers(data: bytes) -> list[int]:
    """The numbers of the sheets' parts, in the order of the tabs."""
    return [int(re.sub(r"\D", "", sheet.part)) for sheet in Host(Package(data)).sheets()]


@pytest.mark.slow
def test_a_new_workbook_numbers_its_parts_as_its_tabs() -> None:
    data = build_workbook(Filling(), empty_sheets())
    numbers = part_numbers(data)
    assert numbers == list(range(1, len(numbers) + 1))
    assert check_package(data) == []


def test_an_added_sheet_takes_the_number_of_its_tab_where_it_is_free() -> None:
    def gap(workbook: Workbook) -> None:
        workbook.create_sheet("À nous")

    spread = Package(host(gap))  # as when the second of three sheets was deleted
    relations = "xl/_rels/workbook.xml.rels"
    for name in (relations, TYPES):
        spread.write(name, spread.read(name).replace(b"sheet2.xml", b"sheet3.xml"))
    spread.write("xl/worksheets/sheet3.xml", spread.read(SHEET_2))
    spread.delete(SHEET_2)
    result = splice(spread.data(), [sheet_of(("SUI03", "a|b.c"))], before="À nous").data
    assert part_numbers(result) == [1, 2, 3]
    crowded = splice(host(gap), [sheet_of(("SUI03", "a|b.c"))], before="À nous").data
    assert part_numbers(crowded) == [1, 3, 2]


def with_types_one_by_one(data: bytes) -> bytes:
    """No type for an extension: every part is declared, its relationships too."""
    package = Package(data)
    text = re.sub(r"<Default [^>]*>", "", package.read(TYPES).decode())
    for name in package.names():
        if name.endswith(".rels"):
            override = f'<Override PartName="/{name}" ContentType="{RELS_TYPE}"/></Types>'
            text = text.replace("</Types>", override)
    package.write(TYPES, text.encode())
    return package.data()


def test_new_relationships_are_declared_as_the_package_does() -> None:
    data = with_types_one_by_one(host())
    assert check_package(data) == []
    result = splice(data, [sheet_of(("SUI03", "a|b.c"))]).data
    assert check_package(result) == []
    without_table = splice(result, [sheet_of(("SUI03", "a|b.c"), table=False)]).data
    assert check_package(without_table) == []
    assert splice(result, [sheet_of(("SUI03", "a|b.c"))]).data == result


def test_a_selection_in_a_pane_that_is_not_there_is_mended() -> None:
    def frozen(sheet: Worksheet) -> None:
        sheet.freeze_panes = "B6"

    def chart(sheet: Worksheet) -> None:
        frozen(sheet)
        bars = BarChart()
        bars.add_data(Reference(sheet, min_col=1, min_row=5, max_row=6))
        sheet.add_chart(bars, "A20")

    sheets = [sheet_of(("SUI03", "a|b.c"), draw=chart)]
    sound = splice(host(), sheets).data
    view = re.search(r"<pane[^>]*>", Package(sound).read(SHEET_2).decode())
    assert view is not None
    lost = edited(sound, SHEET_2, view[0], "")
    assert any("a pane that does not exist" in fault for fault in check_package(lost))
    result = splice(lost, sheets).data
    assert check_package(result) == []
    assert splice(result, sheets).data == result
