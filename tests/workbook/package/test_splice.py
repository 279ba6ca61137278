"""Generated sheets spliced into living packages: each known fault of a naive splice."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from lxml import etree
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from cedre_xlsx.ooxml.parts import MAIN, REL, Package
from cedre_xlsx.reports import empty_sheets
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.generated import Link
from cedre_xlsx.workbook.package import rows, sheet_part
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.package.old_cells import read_cells
from tests.package_checker import check_package
from tests.workbook.package.splice_support import (
    MARK,
    SHARED,
    SHEET_2,
    TWO,
    WORKBOOK,
    edited,
    host,
    members,
    reopened,
    sheet_of,
    splice,
    spliced,
    texts,
    with_parts,
    with_shared_strings,
    xml,
)

# What stays


def test_every_other_part_keeps_its_bytes() -> None:
    data = host()
    result = spliced(data)
    before, after = members(data), members(result)
    assert {n for n in before if before[n] != after[n]} <= SHARED
    assert texts(result, "Feuille") == [["à moi"]]
    assert [row[:2] for row in texts(result, "Essai")[5:]] == [
        ["SUI03", "erreur"], ["ENG01", "info"],
    ]  # fmt: skip


def test_untouched_parts_are_copied_compressed() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(host())) as old, zipfile.ZipFile(buffer, "w") as new:
        for info in old.infolist():  # stored: a compressor would make something else of it
            new.writestr(info.filename, old.read(info.filename))
    result = spliced(buffer.getvalue())
    with zipfile.ZipFile(io.BytesIO(result)) as archive:
        kept = archive.getinfo("xl/worksheets/sheet1.xml")
    assert kept.compress_type == zipfile.ZIP_STORED


def test_the_sheets_of_a_refresh_are_sound() -> None:
    result = spliced(host(), *empty_sheets())
    assert [s.title for s in reopened(result).worksheets] == [
        "Feuille", "Synthèse", "Réunion", "Périodes", "Contrôle",
    ]  # fmt: skip


# The package


def test_main_part_anywhere_and_strange_targets() -> None:
    data = host()
    package = Package(data)
    moved = {
        name.replace("xl/", "Dossier/Sous/"): content
        for name, content in members(data).items()
        if name.startswith("xl/")
    }
    for name in [n for n in package.names() if n.startswith("xl/")]:
        package.delete(name)
    for name, content in moved.items():
        package.write(name, content.replace(b"/xl/", b"/Dossier/Sous/"))
    for name in ("[Content_Types].xml", "_rels/.rels"):
        content = package.read(name)
        package.write(name, content.replace(b"xl/", b"Dossier/Sous/"))
    data = edited(
        package.data(), "Dossier/Sous/_rels/workbook.xml.rels",
        "/Dossier/Sous/worksheets/sheet1.xml", "..\\Sous/./worksheets/SHEET1.xml",
    )  # fmt: skip
    result = splice(data, [sheet_of(*TWO)]).data
    titles = [(sheet.title, sheet.part) for sheet in Host(Package(result)).sheets()]
    assert titles == [
        ("Feuille", "Dossier/Sous/worksheets/SHEET1.xml"), ("Essai", "xl/worksheets/sheet2.xml"),
    ]  # fmt: skip
    assert b"SUI03" in members(result)["xl/worksheets/sheet2.xml"]
    assert splice(result, [sheet_of(*TWO)]).data == result


def test_prefixed_roots() -> None:
    root = xml(host(), WORKBOOK)
    prefixed = etree.tostring(root).decode().replace("xmlns=", "xmlns:x=")
    for name in ("workbook", "sheets", "sheet ", "bookViews", "workbookView", "calcPr",
                 "workbookPr", "workbookProtection", "definedNames"):  # fmt: skip
        prefixed = prefixed.replace(f"<{name}", f"<x:{name}").replace(f"</{name}", f"</x:{name}")
    result = spliced(with_parts(host(), {WORKBOOK: prefixed}))
    assert b"<x:sheet " in members(result)[WORKBOOK]
    assert reopened(result).sheetnames == ["Feuille", "Essai"]


def test_prefixed_old_sheet_keeps_its_prefix() -> None:
    first = spliced(host())
    root = members(first)[SHEET_2].decode()
    start = root.index("<sheetData")
    head, tail = root[:start], root[root.index("</sheetData>") + len("</sheetData>") :]
    for name in (
        "worksheet",
        "sheetPr",
        "dimension",
        "sheetViews",
        "sheetView",
        "cols",
        "col ",
        "sheetFormatPr",
        "pane",
        "selection",
        "outlinePr",
        "pageSetUpPr",
        "tableParts",
        "tablePart ",
        "pageMargins",
        "conditionalFormatting",
        "cfRule",
        "formula",
    ):
        head = head.replace(f"<{name}", f"<x:{name}").replace(f"</{name}", f"</x:{name}")
        tail = tail.replace(f"<{name}", f"<x:{name}").replace(f"</{name}", f"</x:{name}")
    head = head.replace("xmlns=", "xmlns:x=").replace("x:x:", "x:")
    tail = tail.replace("x:x:", "x:")
    result = spliced(with_parts(first, {SHEET_2: f"{head}<x:sheetData/>{tail}"}))
    assert texts(result, "Essai")[5][0] == "SUI03"


def test_no_default_for_xml() -> None:
    data = edited(host(), "[Content_Types].xml", 'Extension="xml"', 'Extension="bizarre"')
    types = members(spliced(data))["[Content_Types].xml"].decode()
    for part in ("/xl/worksheets/sheet2.xml", "/xl/tables/table1.xml"):
        assert f'PartName="{part}"' in types


def test_ids_are_allocated_against_the_real_ones() -> None:
    data = edited(host(), WORKBOOK, 'sheetId="1"', 'sheetId="77"')
    data = with_parts(data, {"xl/worksheets/sheet2.xml": "<orphan/>"})
    data = edited(
        data, "[Content_Types].xml", "</Types>",
        '<Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/xml"/></Types>',
    )  # fmt: skip
    result = spliced(data)
    sheets = xml(result, WORKBOOK).findall(f"{q('sheets')}/{q('sheet')}")
    assert [s.get("sheetId") for s in sheets] == ["77", "78"]
    assert members(result)["xl/worksheets/sheet2.xml"] == b"<orphan/>"


def test_a_corrupt_member_is_refused() -> None:
    data = bytearray(host())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        info = archive.getinfo("xl/theme/theme1.xml")
    data[info.header_offset + 60] ^= 0xFF
    with pytest.raises(CedreError, match="abîmé"):
        splice(bytes(data), [sheet_of(*TWO)])


@pytest.mark.parametrize("kind", ["styles", "theme"])
def test_missing_parts_are_fine(kind: str) -> None:
    data = host()
    package = Package(data)
    part = {"styles": "xl/styles.xml", "theme": "xl/theme/theme1.xml"}[kind]
    package.delete(part)
    for holder in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        root = package.root(holder)
        for item in list(root):
            if any(value.endswith(part.rpartition("/")[2]) for value in item.attrib.values()):
                root.remove(item)
        package.write_xml(holder, root)
    result = spliced(package.data())
    assert texts(result, "Essai")[5][0] == "SUI03"
    if kind == "styles":
        fonts = xml(result, "xl/styles1.xml").findall(f"{q('fonts')}/{q('font')}")
        assert all(font.find(q("name")) is not None for font in fonts)


# The workbook


def many(workbook: Workbook) -> None:
    for title in ("Deux", "Trois"):
        workbook.create_sheet(title)
    workbook["Trois"].print_title_rows = "1:2"
    workbook["Deux"].defined_names["local"] = DefinedName("local", attr_text="Deux!$A$1")
    workbook.active = 2


def test_inserting_shifts_local_names_and_the_active_tab() -> None:
    result = spliced(host(many), before="Deux")
    workbook = reopened(result)
    assert workbook.sheetnames == ["Feuille", "Essai", "Deux", "Trois"]
    assert workbook.active is not None
    assert workbook.active.title == "Trois"
    assert workbook["Trois"].print_title_rows == "$1:$2"
    assert workbook["Essai"].print_title_rows == "$1:$5"
    assert list(workbook["Deux"].defined_names) == ["local"]


def test_a_replaced_sheet_keeps_part_id_place_and_state() -> None:
    first = spliced(host(many), before="Deux")
    first = edited(first, WORKBOOK, 'name="Essai"', 'name="Ma feuille à moi" state="hidden"')
    first = edited(first, WORKBOOK, "'Essai'!$A$1", "'Ma feuille à moi'!$A$3")
    result = spliced(first, sheet_of(("SUI04", "x", "trois|e.f")), before="Deux")
    sheets = xml(result, WORKBOOK).findall(f"{q('sheets')}/{q('sheet')}")
    assert [s.get("name") for s in sheets] == ["Feuille", "Ma feuille à moi", "Deux", "Trois"]
    assert sheets[1].get("state") == "hidden"
    assert texts(result, "Ma feuille à moi")[5][0] == "SUI04"


def test_users_local_names_stay() -> None:
    first = spliced(host())
    first = edited(
        first, WORKBOOK, "</definedNames>",
        '<definedName name="_xlnm.Print_Area" localSheetId="1">Essai!$A$1:$C$9</definedName>'
        '<definedName name="aMoi" localSheetId="1">Essai!$B$2</definedName></definedNames>',
    )  # fmt: skip
    names = xml(spliced(first), WORKBOOK).findall(f"{q('definedNames')}/{q('definedName')}")
    assert {"_xlnm.Print_Area", "aMoi", "_xlnm.Print_Titles", MARK} == {
        n.get("name") for n in names
    }


def test_one_selected_tab() -> None:
    def draw(sheet: Worksheet) -> None:
        sheet.sheet_view.tabSelected = True

    result = spliced(host(), sheet_of(*TWO, draw=draw))
    assert b"tabSelected" not in members(result)[SHEET_2]
    chosen = edited(result, SHEET_2, "<sheetView ", '<sheetView tabSelected="1" ')
    assert b'tabSelected="1"' in members(spliced(chosen))[SHEET_2]


def test_what_people_set_up_stays() -> None:
    first = spliced(host())
    for old, new in (
        ("<sheetPr>", '<sheetPr codeName="Feuil7"><tabColor rgb="FFFF0000"/>'),
        ('workbookViewId="0"', 'workbookViewId="0" zoomScale="85"'),
        ('width="8"', 'width="33"'),
        ("</cols>", '</cols><!-- -->'),
        ("<pageMargins ", '<pageMargins '),
        ("</sheetData>",
         '</sheetData><sheetProtection sheet="1"/><customSheetViews><customSheetView '
         'guid="{00000000-0000-0000-0000-000000000001}"/></customSheetViews>'),
    ):  # fmt: skip
        first = edited(first, SHEET_2, old, new)
    result = members(spliced(first))[SHEET_2].decode()
    for kept in ('codeName="Feuil7"', 'tabColor rgb="FFFF0000"', 'zoomScale="85"', 'width="33"',
                 'sheetProtection sheet="1"', "customSheetView "):  # fmt: skip
        assert kept in result


def test_printer_settings_stay() -> None:
    first = spliced(host())
    first = edited(first, SHEET_2, "<tableParts",
                   f'<pageSetup xmlns:r="{REL}" r:id="rId9"/><tableParts')  # fmt: skip
    first = edited(
        first, "xl/worksheets/_rels/sheet2.xml.rels", "</Relationships>",
        f'<Relationship Id="rId9" Type="{REL}/printerSettings" '
        'Target="../printerSettings/p1.bin"/></Relationships>',
    )  # fmt: skip
    first = with_parts(first, {"xl/printerSettings/p1.bin": b"\x01\x02"})
    first = edited(first, "[Content_Types].xml", "</Types>",
                   '<Default Extension="bin" ContentType="a/b"/></Types>')  # fmt: skip
    result = spliced(first)
    assert members(result)["xl/printerSettings/p1.bin"] == b"\x01\x02"
    assert b'r:id="rId9"' in members(result)[SHEET_2]


def test_the_calculation_chain_goes() -> None:
    data = with_parts(host(), {"xl/calcChain.xml": f'<calcChain xmlns="{q("")[1:-1]}"/>'})
    data = edited(
        data, "xl/_rels/workbook.xml.rels", "</Relationships>",
        f'<Relationship Id="rId99" Type="{REL}/calcChain" Target="calcChain.xml"/></Relationships>',
    )  # fmt: skip
    data = edited(
        data, "[Content_Types].xml", "</Types>",
        '<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.calcChain+xml"/></Types>',
    )  # fmt: skip
    result = members(spliced(data))
    assert "xl/calcChain.xml" not in result
    assert b"calcChain" not in result["[Content_Types].xml"]
    assert b"calcChain" not in result["xl/_rels/workbook.xml.rels"]


@pytest.mark.parametrize(("formula", "asked"), [("=Essai!A6", True), ("=1+1", False)])
def test_formulas_that_read_our_sheets_are_computed_again(formula: str, asked: bool) -> None:
    def build(workbook: Workbook) -> None:
        workbook.calculation.fullCalcOnLoad = None
        workbook["Feuille"]["A2"] = formula

    result = spliced(host(build))
    calculation = xml(result, WORKBOOK).find(q("calcPr"))
    assert calculation is not None
    assert (calculation.get("fullCalcOnLoad") == "1") is asked


@pytest.mark.parametrize(("system", "serial"), [("", 46290), (' date1904="1"', 44828)])
def test_dates_are_written_in_the_hosts_system(system: str, serial: int) -> None:
    data = edited(host(), WORKBOOK, "<workbookPr/>", f"<workbookPr{system}/>")
    result = spliced(data, sheet_of((date(2026, 9, 25), "k|a.b")))
    cell = next(c for c in xml(result, SHEET_2).iter(q("c")) if c.get("r") == "A6")
    assert cell.findtext(q("v")) == str(serial)


def chart_sheet(workbook: Workbook) -> None:
    made = workbook.create_chartsheet("essai")
    chart = BarChart()
    chart.add_data(Reference(workbook["Feuille"], min_col=1, min_row=1))
    made.add_chart(chart)


@pytest.mark.parametrize(
    "build", [lambda workbook: workbook.create_sheet("ESSAI"), chart_sheet], ids=["own", "chart"]
)
def test_a_users_sheet_of_that_name_is_never_ours(build: object) -> None:
    with pytest.raises(CedreError, match="« Essai » existe déjà"):
        splice(host(build), [sheet_of(*TWO)])  # type: ignore[arg-type]


def test_a_mark_that_points_nowhere_is_used_again() -> None:
    data = host(lambda w: w.defined_names.add(
        DefinedName(MARK, attr_text="#REF!$A$1", hidden=True)))  # fmt: skip
    result = spliced(data)
    names = xml(result, WORKBOOK).findall(f"{q('definedNames')}/{q('definedName')}")
    assert [n.text for n in names if n.get("name") == MARK] == ["'Essai'!$A$1"]


# Tables


def own_table(workbook: Workbook) -> None:
    sheet = workbook["Feuille"]
    sheet.append(["a", "b"])
    sheet.append([1, 2])
    sheet.add_table(Table(displayName="TCONTROLE", ref="A2:B3", id=1))
    workbook.defined_names["tControle_2"] = DefinedName("tControle_2", attr_text="Feuille!$A$1")


def test_table_ids_and_names_are_unique_without_case() -> None:
    result = spliced(host(own_table))
    table = xml(result, "xl/tables/table2.xml")
    assert (table.get("id"), table.get("displayName")) == ("2", "tControle_3")


def test_a_replaced_table_keeps_its_ids_its_name_and_its_look() -> None:
    first = spliced(host())
    part = "xl/tables/table1.xml"
    for old, new in (
        ('id="1" name="tControle" displayName="tControle"', 'id="9" name="x" displayName="Mon"'),
        ('id="2" name="Gravité"', 'id="42" name="Gravité"'),
        ("TableStyleLight1", "TableStyleDark3"),
        ('<autoFilter ref="A5:K7"/>',
         '<autoFilter ref="A5:K7"><filterColumn colId="0"/></autoFilter>'),
    ):  # fmt: skip
        first = edited(first, part, old, new)
    table = xml(spliced(first), part)
    assert (table.get("id"), table.get("displayName")) == ("9", "Mon")
    ids = {c.get("name"): c.get("id") for c in table.iter(q("tableColumn"))}
    assert ids["Gravité"] == "42"
    look = table.find(q("tableStyleInfo"))
    assert look is not None
    assert look.get("name") == "TableStyleDark3"
    assert table.find(f"{q('autoFilter')}/{q('filterColumn')}") is None


# Styles and content


def test_styles_are_added_once_whatever_the_program_that_saved_them() -> None:
    first = spliced(host())
    part = "xl/styles.xml"
    count = len(xml(first, part).findall(f"{q('cellXfs')}/{q('xf')}"))
    for old, new in (
        ('wrapText="1"', 'wrapText="true" textRotation="0" indent="0" shrinkToFit="false"'),
        ('applyFont="1" ', ""),
        ("<bgColor rgb=\"FFDDE6F3\"/>", '<bgColor indexed="64"/>'),
        ('<name val="Arial"/>', '<name val="Arial"/><family val="2"/><charset val="1"/>'),
    ):  # fmt: skip
        first = edited(first, part, old, new)
    again = xml(splice(first, [sheet_of(*TWO)]).data, part)
    assert len(again.findall(f"{q('cellXfs')}/{q('xf')}")) == count


def test_a_host_without_rule_looks() -> None:
    data = host()
    root = xml(data, "xl/styles.xml")
    for name in ("dxfs", "cellStyles", "numFmts"):
        for element in root.findall(q(name)):
            root.remove(element)
    result = spliced(with_parts(data, {"xl/styles.xml": etree.tostring(root)}))
    assert len(xml(result, "xl/styles.xml").findall(f"{q('dxfs')}/{q('dxf')}")) == 1


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("=1+1", "=1+1"),
        ("  deux espaces ", "  deux espaces "),
        ("_x0041_", "_x0041_"),
        ("a\x00b\x1fc", "abc"),
        ("ligne\r\nsuite", "ligne\nsuite"),
        ("<&>\"'", "<&>\"'"),
        ("😀 ‏עברית", "😀 ‏עברית"),
    ],
)
def test_texts_are_written_as_texts(typed: str, read: str) -> None:
    assert texts(spliced(host(), sheet_of((typed, "k|a.b"))), "Essai")[5][0] == read


def test_a_text_beyond_excels_limit_is_shortened_and_said() -> None:
    result = splice(host(), [sheet_of(("é" * 40_000, "k|a.b"))])
    assert check_package(result.data)[1:] == []
    assert any("raccourci" in note for note in result.notes)


def test_more_links_than_excel_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert rows.MAX_LINKS == sheet_part.MAX_LINKS == 65_530
    for module in (rows, sheet_part):
        monkeypatch.setattr(module, "MAX_LINKS", 30)
    lines = [(Link("aller", "Feuille", "A1"), f"{n}|a.b") for n in range(40)]
    result = splice(host(), [sheet_of(*lines)])
    assert len(list(xml(result.data, SHEET_2).iter(q("hyperlink")))) == 30
    assert any("10 liens de trop" in note for note in result.notes)


def test_links_lead_to_sheets_whatever_their_name() -> None:
    result = spliced(host(), sheet_of((Link("F5", "L'été", "F5"), "k|a.b")))
    link = next(xml(result, SHEET_2).iter(q("hyperlink")))
    assert (link.get("ref"), link.get("location")) == ("A6", "'L''été'!F5")


def test_shared_strings_are_untouched() -> None:
    data = with_shared_strings(host())
    assert texts(data, "Feuille") == [["partagé"]]
    result = spliced(data)
    assert texts(result, "Feuille") == [["partagé"]]
    assert members(result)["xl/sharedStrings.xml"] == members(data)["xl/sharedStrings.xml"]


@pytest.mark.parametrize(
    "inside",
    ["<t>à moi</t>", "<r><t>à moi</t></r>", "<r><t>à </t></r><r><t>moi</t></r>"],
)
def test_an_old_text_is_read_however_it_is_written(inside: str) -> None:
    cell = f'<c r="B2" t="inlineStr"><is>{inside}</is></c>'
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row r="2">{cell}</row></sheetData></worksheet>'
    assert read_cells(sheet.encode(), ()).rows[2][2].text == "à moi"
