"""What stands in the cells of an OpenDocument, element by element."""

from __future__ import annotations

import contextlib
import random
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.read import read_workbook
from cedre_xlsx.workbook.read.open_document import read_sheets
from cedre_xlsx.workbook.read.raw import Cell

ON = date(2026, 5, 12)
NAMESPACES = {
    "office": "office", "table": "table", "text": "text", "style": "style", "draw": "drawing",
    "number": "datastyle",
}  # fmt: skip
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
STYLES = """
<number:date-style style:name="N1"/><number:time-style style:name="N2"/>
<number:number-style style:name="N3"/>
<style:style style:name="day" style:data-style-name="N1"/>
<style:style style:name="clock" style:data-style-name="N2"/>
<style:style style:name="sum" style:data-style-name="N3"/>
"""


def content(table: str, styles: str = "") -> bytearray:
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in NAMESPACES.items()
    )
    return bytearray(
        f'<office:document-content {spaces} xmlns:calcext="{CALC}">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="Suivi">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>".encode()
    )


def cells(row: str) -> list[Cell]:
    """The cells of a document of one row."""
    table = f"<table:table-row>{row}</table:table-row>"
    (sheet,) = read_sheets(content(table, STYLES), Path("suivi.ods"))
    return sheet.grid[0] if sheet.grid else []


def text_cell(inner: str) -> str:
    return f'<table:table-cell office:value-type="string">{inner}</table:table-cell>'


#: What stands in a cell of text, and what the cell says.
TEXTS = {
    "plain": ("<text:p>Appeler</text:p>", "Appeler"),
    "paragraphs": ("<text:p>Appeler</text:p><text:p>Écrire</text:p>", "Appeler\nÉcrire"),
    "indented": ("\n  <text:p>Appeler</text:p>\n  <text:p>Écrire</text:p>\n ", "Appeler\nÉcrire"),
    "line break": ("<text:p>Appeler<text:line-break/>Écrire</text:p>", "Appeler\nÉcrire"),
    "tab": ("<text:p>Appeler<text:tab/>Écrire</text:p>", "Appeler\tÉcrire"),
    "spaces": ('<text:p>a <text:s text:c="2"/>b<text:s/>c</text:p>', "a   b c"),
    "white space of the XML": ("<text:p>\n   Appeler\n   demain\n  </text:p>", "Appeler demain"),
    "spans": ("<text:p>Ap<text:span>pel</text:span>er<text:a> Paul</text:a></text:p>",
              "Appeler Paul"),
    "shape before": ("<draw:frame><draw:text-box><text:p>Rappeler lundi</text:p></draw:text-box>"
                     "</draw:frame><text:p>Testeur Anne</text:p>", "Testeur Anne"),
    "shape after": ("<text:p>Testeur Anne</text:p><draw:custom-shape><text:p>Rappeler lundi"
                    "</text:p></draw:custom-shape>", "Testeur Anne"),
    "shape in the text": ("<text:p>Testeur <draw:frame><text:p>Rappeler lundi</text:p>"
                          "</draw:frame>Anne</text:p>", "Testeur Anne"),
    "comment": ("<office:annotation><text:p>À revoir</text:p></office:annotation>"
                "<text:p>Appeler</text:p>", "Appeler"),
    "table within": ("<text:p>Appeler</text:p><table:table><table:table-row><table:table-cell>"
                     "<text:p>dedans</text:p></table:table-cell></table:table-row></table:table>",
                     "Appeler"),
    "entities": ("<text:p>Dupont &amp; fils &lt;SARL&gt;</text:p>", "Dupont & fils <SARL>"),
}  # fmt: skip


@pytest.mark.parametrize("case", TEXTS)
def test_texts(case: str) -> None:
    inner, expected = TEXTS[case]
    assert cells(text_cell(inner) + text_cell("<text:p>fin</text:p>")) == [expected, "fin"]


#: A cell's attributes, what it shows, what its value is.
VALUES = {
    "number": ('office:value-type="float" office:value="12.5"', "12,5", 12.5),
    "percentage": ('office:value-type="percentage" office:value="0.25"', "25 %", 0.25),
    "money": ('office:value-type="currency" office:value="12"', "12 €", 12.0),
    "day": ('office:value-type="date" office:date-value="2026-05-04"', "", date(2026, 5, 4)),
    "midnight": ('office:value-type="date" office:date-value="2026-05-04T00:00:00"', "",
                 date(2026, 5, 4)),
    "moment": ('office:value-type="date" office:date-value="2026-05-04T14:30:00.5"', "",
               datetime(2026, 5, 4, 14, 30)),
    "zone": ('office:value-type="date" office:date-value="2026-05-04T14:30:00+02:00"', "",
             datetime(2026, 5, 4, 14, 30)),
    "no such day": ('office:value-type="date" office:date-value="2026-02-31"', "", "2026-02-31"),
    "45 minutes": ('office:value-type="time" office:time-value="PT00H45M00S"', "", time(0, 45)),
    "36 hours": ('office:value-type="time" office:time-value="PT36H00M00S"', "",
                 timedelta(hours=36)),
    "49 hours and a half": ('office:value-type="time" office:time-value="PT049H30M00.000S"', "",
                            timedelta(hours=49, minutes=30)),
    "days": ('office:value-type="time" office:time-value="P1DT2H"', "", timedelta(hours=26)),
    "below nothing": ('office:value-type="time" office:time-value="-PT1H"', "",
                      timedelta(hours=-1)),
    "no length": ('office:value-type="time" office:time-value="PT"', "", "PT"),
    "true": ('office:value-type="boolean" office:boolean-value="true"', "VRAI", True),
    "false": ('office:value-type="boolean" office:boolean-value="false"', "FAUX", False),
    "error of LibreOffice": (
        'office:value-type="string" office:string-value="" calcext:value-type="error"', "#REF!",
        "#REF!"),
    "error of Calligra": ('office:value-type="float" office:value="0"', "#DIV/0!", "#DIV/0!"),
    "error of Gnumeric": ('office:value-type="string" office:string-value="#N/A"', "", "#N/A"),
    "day of Calligra": ('table:style-name="day" office:value-type="float" office:value="46146"', "",
                        date(2026, 5, 4)),
    "moment of Calligra": (
        'table:style-name="day" office:value-type="float" office:value="46146.604166667"', "",
        datetime(2026, 5, 4, 14, 30)),
    "minutes of Calligra": (
        'table:style-name="clock" office:value-type="float" office:value="0.03125"', "",
        time(0, 45)),
    "36 hours of Calligra": (
        'table:style-name="clock" office:value-type="float" office:value="1.5"', "",
        timedelta(hours=36)),
    "a number in a style": ('table:style-name="sum" office:value-type="float" office:value="3"', "",
                            3.0),
    "a formula that gives nothing": ('table:formula="of:=&quot;&quot;"', "", ""),
    "no type": ("", "Appeler", "Appeler"),
    "no value": ('office:value-type="float"', "douze", "douze"),
}  # fmt: skip


@pytest.mark.parametrize("case", VALUES)
def test_values(case: str) -> None:
    attributes, shown, expected = VALUES[case]
    cell = f"<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>"
    found = cells(cell + text_cell("<text:p>fin</text:p>"))[0]
    assert (found, isinstance(found, type(expected))) == (expected, True)


def test_rows_and_cells_keep_their_places() -> None:
    """Indentation, groups, rows and cells repeated, covered cells, a shape of the sheet."""
    row = "<table:table-row {0}>\n {1}\n</table:table-row>\n"
    empty = "<table:table-cell/>"
    covered = text_cell("<text:p>c</text:p>").replace("table-cell", "covered-table-cell")
    twice = text_cell("<text:p>b</text:p>").replace(
        "cell ", 'cell table:number-columns-repeated="2" ', 1
    )
    table = (
        "<table:shapes><draw:frame><text:p>dessin</text:p></draw:frame></table:shapes>"
        "<table:table-column/>\n<table:table-header-rows>\n"
        + row.format("", text_cell("<text:p>a</text:p>") + twice)
        + "</table:table-header-rows>\n<table:table-row-group>"
        + row.format('table:number-rows-repeated="7"', empty)
        + row.format('table:number-rows-repeated="2"', f"\n{empty}\n{covered}\n")
        + "</table:table-row-group>"
        + row.format('table:number-rows-repeated="1048567"', empty)
    )
    (sheet,) = read_sheets(content(table), Path("suivi.ods"))
    assert (sheet.rows, sheet.grid) == ([1, 9, 10], [["a", "b", "b"], ["", "c"], ["", "c"]])


def test_damaged_xml_and_definitions_are_refused() -> None:
    good = content("<table:table-row/>")
    for bad, said in ((good[:-40], "abîmé"), (bytearray(b"<!DOCTYPE x []>") + good, "DOCTYPE")):
        with pytest.raises(CedreError, match=said):
            read_sheets(bad, Path("suivi.ods"))


def test_damaged_bytes_end_in_cells_or_in_a_sentence() -> None:
    good = content(
        f"<table:table-row>{text_cell('<text:p>a<text:s/>b</text:p>')}</table:table-row>"
    )
    for seed in range(100):
        chance, damaged = random.Random(seed), bytearray(good)
        at = chance.randrange(len(damaged) - 20)
        damaged[at : at + chance.randrange(1, 20)] = chance.randbytes(chance.randrange(4))
        with contextlib.suppress(CedreError):
            read_sheets(damaged, Path("suivi.ods"))


def test_a_length_of_36_hours_and_a_shape_in_a_workbook(tmp_path: Path) -> None:
    row = "<table:table-row>{0}</table:table-row>"
    headings = ("Personne", "Dates", "Actions proposées par l'AI / ETTI", "Temps consacré")
    shape = (
        "<draw:frame><draw:text-box><text:p>Rappeler lundi</text:p></draw:text-box></draw:frame>"
    )
    line = (
        text_cell(f"<text:p>Testeur Anne</text:p>{shape}")
        + '<table:table-cell office:value-type="date" office:date-value="2026-05-04"/>'
        + text_cell("<text:p>Refaire le CV</text:p>")
        + '<table:table-cell office:value-type="time" office:time-value="PT36H00M00S"/>'
    )
    table = row.format("".join(text_cell(f"<text:p>{one}</text:p>") for one in headings))
    path = tmp_path / "suivi.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", bytes(content(table + row.format(line))))
    (found,) = read_workbook(path, on=ON).records.follow_ups.rows
    assert (found.person, found.day, found.minutes) == ("Testeur Anne", date(2026, 5, 4), 2160)
