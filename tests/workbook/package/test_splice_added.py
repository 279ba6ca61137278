"""What people add to a generated sheet lives through a splice."""

from __future__ import annotations

import io
from pathlib import Path

from lxml import etree
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Picture

from cedre_xlsx.workbook.package.host import q
from tests.workbook.package.splice_support import (
    SHEET_2,
    TWO,
    WIDTH,
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
    xml,
)


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
