"""Generated sheets spliced into living packages: each known fault of a naive splice."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Picture
from python_calamine import CalamineWorkbook

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
    WIDTH,
    edited,
    host,
    members,
    sheet_of,
    splice,
    with_parts,
    with_shared_strings,
    xml,
)

TWO = (("SUI03", "erreur", "un|a.b"), ("ENG01", "info", "deux|c.d"))
WORKBOOK, SHEET_1, SHEET_2 = (
    "xl/workbook.xml",
    "xl/worksheets/sheet1.xml",
    "xl/worksheets/sheet2.xml",
)
#: What a splice may change of a package, the generated sheets' own parts aside.
SHARED = {"[Content_Types].xml", WORKBOOK, "xl/_rels/workbook.xml.rels", "xl/styles.xml",
          "docProps/app.xml"}  # fmt: skip


def spliced(data: bytes, *sheets: object, before: str = "") -> bytes:
    """The splice of `sheets` (TWO lines by default), sound, and the same when done again."""
    made = sheets or (sheet_of(*TWO),)
    result = splice(data, made, before=before).data  # type: ignore[arg-type]
    own_faults = [f for f in check_package(result) if f not in check_package(data)]
    assert own_faults == []
    assert splice(result, made, before=before).data == result  # type: ignore[arg-type]
    return result


def texts(data: bytes, title: str) -> list[list[object]]:
    """The cells of a sheet as a reader sees them."""
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(title).to_python()


def reopened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


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


# What people add to a generated sheet


def test_added_columns_follow_their_lines() -> None:
    book = reopened(spliced(host()))
    sheet = book["Essai"]
    for row, value in ((5, "Qui s'en occupe"), (6, "Anne"), (7, "Bilal")):
        sheet.cell(row, WIDTH + 1, value)
    sheet.cell(6, WIDTH + 3, "loin à droite")
    sheet["F2"] = None
    buffer = io.BytesIO()
    book.save(buffer)
    moved = sheet_of(("NEW01", "x", "zéro|e.f"), *reversed(TWO))
    result = spliced(buffer.getvalue(), moved)
    rows = texts(result, "Essai")[4:]
    assert [(row[0], row[WIDTH]) for row in rows] == [
        ("Code", "Qui s'en occupe"), ("NEW01", ""), ("ENG01", "Bilal"), ("SUI03", "Anne"),
    ]  # fmt: skip
    assert rows[3][WIDTH + 2] == "loin à droite"
    table = xml(result, "xl/tables/table1.xml")
    assert [c.get("name") for c in table.iter(q("tableColumn"))][-2:] == ["Clé", "Qui s'en occupe"]


def test_a_column_inserted_among_ours_goes_right_of_them() -> None:
    book = reopened(spliced(host()))
    sheet = book["Essai"]
    table = sheet.tables.pop("tControle")
    sheet.insert_cols(2)
    sheet["B5"], sheet["B6"] = "Ajoutée", "au milieu"
    table.ref = "A5:L7"
    table.tableColumns = []
    sheet.add_table(table)
    buffer = io.BytesIO()
    book.save(buffer)
    result = spliced(buffer.getvalue())
    rows = texts(result, "Essai")[4:]
    assert rows[0][:2] == ["Code", "Gravité"]
    assert rows[0][WIDTH] == "Ajoutée"
    assert rows[1][WIDTH] == "au milieu"


def test_an_added_cell_whose_line_is_gone_stays_below() -> None:
    book = reopened(spliced(host()))
    sheet = book["Essai"]
    sheet.cell(5, WIDTH + 1, "Ajoutée")
    sheet.cell(7, WIDTH + 1, "de deux")
    buffer = io.BytesIO()
    book.save(buffer)
    result = spliced(buffer.getvalue(), sheet_of(TWO[0]))
    assert texts(result, "Essai")[-1][WIDTH] == "de deux"


def decorate(sheet: Worksheet, picture: Path) -> None:
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=6, max_row=7))
    sheet.add_chart(chart, "P2")
    sheet.add_image(Image(str(picture)), "P20")
    sheet["B6"].comment = Comment("remarque", "Anne")


def our_chart(sheet: Worksheet) -> None:
    chart = BarChart()
    chart.title = "Le nôtre"
    chart.add_data(Reference(sheet, min_col=1, min_row=6, max_row=7))
    sheet.add_chart(chart, "N2")


def test_their_charts_pictures_and_comments_stay_ours_are_made_again(tmp_path: Path) -> None:
    picture = tmp_path / "p.png"
    Picture.new("RGB", (9, 9)).save(picture)
    book = reopened(spliced(host()))
    decorate(book["Essai"], picture)
    buffer = io.BytesIO()
    book.save(buffer)
    data = buffer.getvalue()
    result = spliced(data, sheet_of(*TWO, draw=our_chart))
    before, after = members(data), members(result)
    for part in ("xl/charts/chart1.xml", "xl/media/image1.png", "xl/comments/comment1.xml"):
        assert after[part] == before[part]
    assert b"N\xc3\xb4tre" not in after["xl/charts/chart1.xml"]
    assert "Le nôtre".encode() in after["xl/charts/chart2.xml"]
    anchors = list(xml(result, "xl/drawings/drawing1.xml"))
    assert len(anchors) == 3
    again = spliced(result, sheet_of(*TWO))  # without a chart of ours
    assert "xl/charts/chart2.xml" not in members(again)
    assert len(list(xml(again, "xl/drawings/drawing1.xml"))) == 2


def test_a_copy_that_someone_made_of_our_chart_is_theirs() -> None:
    sheet = sheet_of(*TWO, draw=our_chart)
    first = spliced(host(), sheet)
    part = "xl/drawings/drawing1.xml"
    root = xml(first, part)
    root.append(etree.fromstring(etree.tostring(root[0])))
    first = with_parts(first, {part: etree.tostring(root)})
    result = splice(first, [sheet]).data
    assert len(list(xml(result, part))) == 2


def test_our_chart_reads_the_sheet_by_its_present_title() -> None:
    sheet = sheet_of(*TWO, draw=our_chart)
    first = spliced(host(), sheet)
    first = edited(first, WORKBOOK, 'name="Essai"', 'name="L\'essai &amp; moi"')
    first = edited(first, WORKBOOK, "'Essai'!", "'L''essai &amp; moi'!")
    chart = members(spliced(first, sheet))["xl/charts/chart1.xml"].decode()
    assert "'L''essai &amp; moi'!$A$6:$A$7" in chart


def test_other_tables_and_extensions_of_the_sheet_stay() -> None:
    book = reopened(spliced(host()))
    sheet = book["Essai"]
    sheet["P5"], sheet["P6"] = "autre", 1
    sheet.add_table(Table(displayName="Autre", ref="P5:P6"))
    buffer = io.BytesIO()
    book.save(buffer)
    data = edited(
        buffer.getvalue(), SHEET_2, "</worksheet>",
        '<extLst><ext uri="{A8765BA9-456A-4DAB-B4F3-ACF838C121DE}"/></extLst></worksheet>',
    )  # fmt: skip
    result = spliced(data)
    names = [xml(result, f"xl/tables/table{n}.xml").get("displayName") for n in (1, 2)]
    assert names == ["tControle", "Autre"]
    assert b"A8765BA9" in members(result)[SHEET_2]


def test_rules_that_people_added_stay_ours_are_not_doubled() -> None:
    first = spliced(host())
    first = edited(
        first, SHEET_2, "<conditionalFormatting",
        '<conditionalFormatting sqref="C6:C9"><cfRule type="cellIs" operator="equal" priority="9">'
        "<formula>7</formula></cfRule></conditionalFormatting><conditionalFormatting",
    )  # fmt: skip
    result = spliced(first, sheet_of(TWO[0]))
    rules = list(xml(result, SHEET_2).iter(q("cfRule")))
    assert [(r.get("type"), r.get("priority")) for r in rules] == [
        ("expression", "1"), ("cellIs", "2"),
    ]  # fmt: skip


def test_a_filter_never_hides_new_lines() -> None:
    first = spliced(host())
    first = edited(first, SHEET_2, '<row r="6"', '<row r="6" hidden="1"')
    assert b"hidden" not in members(spliced(first))[SHEET_2].split(b"<sheetData")[1]


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
