"""Looks, rules and charts of ours: known again whoever saved the file, theirs left alone."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.worksheet import Worksheet

from cedre_xlsx.ooxml import style_table
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.ooxml.style_shape import format_shape
from cedre_xlsx.reports.layout import colour_when
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.generated import GeneratedSheet
from cedre_xlsx.workbook.package.host import q
from tests.decorations.decorator import Decorator
from tests.support import libreoffice_convert, needs_libreoffice
from tests.workbook.package.splice_support import (
    edited,
    host,
    members,
    sheet_of,
    splice,
    with_parts,
    xml,
)

SHEET, STYLES, WORKBOOK = "xl/worksheets/sheet2.xml", "xl/styles.xml", "xl/workbook.xml"
LINES = (("SUI03", "erreur", "un|a.b"), ("ENG01", "info", "deux|c.d"))
MARK = ',N("cedre_xlsx")=0)'


def chart(sheet: Worksheet) -> None:
    made = BarChart()
    made.title = "Le nôtre"
    made.add_data(Reference(sheet, min_col=1, min_row=6, max_row=7))
    sheet.add_chart(made, "N2")


def rules(days: int = 14) -> GeneratedSheet:
    """Three rules: that of `sheet_of`, one with a text, one with a number of `days`."""

    def draw(sheet: Worksheet) -> None:
        chart(sheet)
        colour_when(sheet, "C6:C7 E6:E7", 'AND($C6<>"a b",$D6="X")', color="FFC00000", bold=True)
        colour_when(sheet, "C6:C7 E6:E7", f"$C6<=TODAY()+{days}", fill="FFFFF2CC")

    return sheet_of(*LINES, draw=draw)


def counts(data: bytes) -> Counter[str]:
    """What must not pile up."""
    found = Counter(re.sub(r"\d+", "", name) for name in members(data))
    found["rules"] = len(list(xml(data, SHEET).iter(q("cfRule"))))
    found["names"] = len(list(xml(data, WORKBOOK).iter(q("definedName"))))
    for name in ("numFmts", "fonts", "fills", "borders", "cellXfs", "dxfs"):
        found[name] = len(xml(data, STYLES).findall(f"{q(name)}/*"))
    return found


def resaved(data: bytes) -> bytes:
    buffer = io.BytesIO()
    load_workbook(io.BytesIO(data)).save(buffer)
    return buffer.getvalue()


def shown_rules(data: bytes) -> list[tuple[str, str]]:
    """Each rule's cells and formula, by priority."""
    found = [
        (int(rule.get("priority", "0")), block.get("sqref", ""), rule.findtext(q("formula"), ""))
        for block in xml(data, SHEET).iter(q("conditionalFormatting"))
        for rule in block.iter(q("cfRule"))
    ]
    return [(cells, formula) for _, cells, formula in sorted(found)]


@pytest.mark.slow
def test_nothing_piles_up_in_six_turns_of_openpyxl() -> None:
    data = splice(resaved(splice(host(), [rules()]).data), [rules()]).data
    first = counts(data)
    for _ in range(6):
        data = splice(resaved(data), [rules()]).data
        assert counts(data) == first
    assert splice(data, [rules()]).data == data


@needs_libreoffice
def test_nothing_piles_up_with_libreoffice(tmp_path: Path) -> None:
    path = tmp_path / "essai.xlsx"
    data = splice(host(), [rules()]).data
    seen = []
    for turn in range(2):
        path.write_bytes(data)
        saved = libreoffice_convert(path, "xlsx", tmp_path / str(turn))
        data = splice(saved.read_bytes(), [rules()]).data
        assert splice(data, [rules()]).data == data
        seen.append(counts(data))
    assert seen[0] == seen[1]
    assert seen[0]["rules"] == 3
    assert [name for name in members(data) if "/charts/chart" in name] == ["xl/charts/chart1.xml"]
    names = {
        one.get("name"): one.get("hidden") for one in xml(data, WORKBOOK).iter(q("definedName"))
    }
    assert names["_cedre_Essai"] == "1"


# Rules


OURS = [
    ("A6:B7", "AND($A6>9" + MARK),
    ("C6:C7 E6:E7", 'AND(AND($C6<>"a b",$D6="X")' + MARK),
    ("C6:C7 E6:E7", "AND($C6<=TODAY()+14" + MARK),
]


def old_rules(data: bytes, edit: dict[str, str]) -> bytes:
    for old, new in edit.items():
        data = edited(data, SHEET, old, new)
    return data


WITHOUT_MARKS = {
    "AND($A6&gt;9" + MARK: "$A6&gt;9",
    'AND(AND($C6&lt;&gt;"a b",$D6="X")' + MARK: 'AND($C6&lt;&gt;"a b",$D6="X")',
    "AND($C6&lt;=TODAY()+14" + MARK: "$C6&lt;=TODAY()+14",
}


@pytest.mark.parametrize(
    "edit",
    [
        {'dxfId="0"': 'dxfId="2"'},
        {'N("cedre_xlsx")=0': 'N( "cedre_xlsx" ) = 0'},
        {"$A6&gt;9": "$A6 &gt; 9.0"},
        {'sqref="C6:C7 E6:E7"': 'sqref="C6:C7"'},
        {'sqref="C6:C7 E6:E7"': 'sqref="A1:K90"'},
        {'type="expression"': 'type="expression" stopIfTrue="1" rank="0" text=""'},
        WITHOUT_MARKS,
        {**WITHOUT_MARKS, 'dxfId="0"': 'dxfId="2"'},
        {**WITHOUT_MARKS, '$D6="X"': '$D6 = "X"'},
        {**WITHOUT_MARKS, "TODAY()+14": "TODAY()+30"},  # of settings that changed since
    ],
)
def test_our_rules_are_known_however_they_are_written(edit: dict[str, str]) -> None:
    data = old_rules(splice(host(), [rules()]).data, edit)
    result = splice(data, [rules()]).data
    assert shown_rules(result) == OURS
    assert splice(result, [rules()]).data == result


def with_rule(data: bytes, cells: str, rule: str) -> bytes:
    """A rule of the team before ours."""
    first = "<conditionalFormatting"
    package = Package(data)
    content = package.read(SHEET).decode()
    block = f'<conditionalFormatting sqref="{cells}">{rule}</conditionalFormatting>'
    package.write(SHEET, content.replace(first, f"{block}{first}", 1).encode())
    return package.data()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cells", "kind", "inside"),
    [
        ("C6:C9", 'type="expression"', "<formula>$A6&gt;9</formula>"),
        ("C6:C7", 'type="expression"', "<formula>$C6&lt;=TODAY()+7</formula>"),
        ("C6:C9", 'type="cellIs" operator="equal"', "<formula>7</formula>"),
        ("P6:P9", 'type="duplicateValues"', ""),
        (
            "C6:C9",
            'type="colorScale"',
            '<colorScale><cfvo type="min"/><cfvo type="max"/>'
            '<color rgb="FFFFFFFF"/><color rgb="FF5B84C4"/></colorScale>',
        ),
    ],
)
def test_a_rule_of_the_team_stays_after_ours(cells: str, kind: str, inside: str) -> None:
    rule = f'<cfRule {kind} priority="1">{inside}</cfRule>'
    data = with_rule(splice(host(), [rules()]).data, cells, rule)
    result = splice(data, [rules()]).data
    found = list(xml(result, SHEET).iter(q("conditionalFormatting")))
    assert found[-1].get("sqref") == cells
    assert found[-1][0].get("type") == etree.fromstring(rule).get("type")
    assert [one.get("priority") for block in found for one in block] == ["1", "2", "3", "4"]
    assert splice(result, [rules()]).data == result


def test_a_rule_of_ours_copied_beside_is_whoevers_copied_it() -> None:
    data = edited(
        splice(host(), [rules()]).data, SHEET, 'sqref="A6:B7"', 'sqref="A6:B7 P8:P9"'
    )  # fmt: skip
    result = splice(data, [rules()]).data
    assert shown_rules(result) == [*OURS, ("P8:P9", "$A8>9")]
    assert splice(result, [rules()]).data == result


EXTENSION = (
    '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><x14:conditionalFormattings>'
    "%s</x14:conditionalFormattings></ext></extLst>"
)


def extended(formula: str, identifier: str = "{1}") -> str:
    return (
        f'<x14:conditionalFormatting><x14:cfRule type="expression" id="{identifier}">'
        f"<xm:f>{formula}</xm:f></x14:cfRule><xm:sqref>A6:B7</xm:sqref></x14:conditionalFormatting>"
    )


@pytest.mark.parametrize(
    ("blocks", "kept"),
    [
        (extended("AND($A6&gt;9" + MARK), []),
        (extended("$A6=1"), ["$A6=1"]),
        (extended("AND($A6&gt;9" + MARK) + extended("$A6=1", "{2}"), ["$A6=1"]),
    ],
)
def test_our_extended_rules_go_with_ours(blocks: str, kept: list[str]) -> None:
    made = Decorator(splice(host(), [rules()]).data)
    made.element(SHEET, EXTENSION % blocks)
    result = splice(made.package.data(), [rules()]).data
    left = list(xml(result, SHEET).iter("{*}f"))
    assert [one.text for one in left] == kept
    assert (xml(result, SHEET).find(q("extLst")) is None) == (kept == [])
    assert shown_rules(result) == OURS


def test_what_extended_a_rule_of_ours_goes_with_it() -> None:
    made = Decorator(splice(host(), [rules()]).data)
    made.element(SHEET, EXTENSION % extended("ISBLANK(A6)", "{7}"))
    x14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    data = edited(
        made.package.data(), SHEET, "</formula></cfRule>",
        f'</formula><extLst><ext uri="{{B025F937-C7B1-47D3-B67F-A62EFF666E3E}}">'
        f'<x14:id xmlns:x14="{x14}">{{7}}</x14:id></ext></extLst></cfRule>',
    )  # fmt: skip
    result = splice(data, [rules()]).data
    assert b"extLst" not in members(result)[SHEET]


# Cell formats


@pytest.mark.parametrize(
    "edit",
    [
        {'numFmtId="0"': 'numFmtId="164"'},
        {"<left/>": '<left style="none"><color rgb="FFC7C7C7"/></left>'},
        {"<left": "<start", "</left": "</start"},
        {'rgb="FF': 'rgb="00'},
        {'<sz val="9"/>': '<sz val="9.0"/>'},
        {"<diagonal/>": ""},
        {'<patternFill patternType="solid">': '<patternFill patternType="solid" >'},
        {'applyAlignment="1"': 'applyAlignment="1" applyProtection="false"'},
        {"<alignment": '<protection locked="true" hidden="false"/><alignment'},
    ],
)
def test_our_looks_are_known_however_they_are_written(edit: dict[str, str]) -> None:
    first = splice(host(), [rules()]).data
    package = Package(first)
    content = package.read(STYLES).decode()
    formats = '<numFmts count="1"><numFmt numFmtId="164" formatCode="General"/></numFmts>'
    content = content.replace('<numFmts count="0"/>', formats)
    for old, new in edit.items():
        assert old in content
        content = content.replace(old, new)
    before = with_parts(first, {STYLES: content})
    after = splice(before, [rules()]).data
    assert counts(after) == counts(before)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("0 %", r"0\ %", True),
        ("0 %", '0" "%', True),
        ("General", "GENERAL", True),
        ('[<0.05]"–";0.0', r"[<0.05]\–;0.0", True),
        ("#,##0;-#,##0;;", r"#,##0;\-#,##0;;", True),
        ("0.0", "0.00", False),
        ('"d"', "d", False),
        ('"A"', '"a"', False),
    ],
)
def test_number_formats_have_one_spelling(one: str, other: str, same: bool) -> None:
    assert (format_shape(one) == format_shape(other)) is same


@pytest.mark.parametrize(
    ("most", "said"),
    [
        (2, "2 mises en forme de cellules"),  # one of them is of a named style
        (3, "3 mises en forme de cellules"),
    ],
)
def test_more_looks_than_excel_takes_are_refused(
    most: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(style_table, "MOST_LOOKS", most)
    with pytest.raises(CedreError, match=f"a déjà {said}, la limite d'Excel.* rien n'est écrit"):
        splice(host(), [rules()])


@pytest.mark.slow
def test_as_many_looks_as_excel_takes_are_written() -> None:
    """The looks are all different; ours are the last ones that fit."""
    data = splice(host(), [rules()]).data
    missing = len(xml(data, STYLES).findall(f"{q('cellXfs')}/*")) - 1
    for free, fits in ((missing, True), (missing - 1, False)):
        root = xml(host(), STYLES)
        holder = root.find(q("cellXfs"))
        assert holder is not None
        for number in range(style_table.MOST_LOOKS - 2 - free):
            etree.SubElement(holder, q("xf"), {"numFmtId": str(number + 1_000)})
        full = with_parts(host(), {STYLES: etree.tostring(root)})
        if fits:
            result = xml(splice(full, [rules()]).data, STYLES)
            assert len(result.findall(f"{q('cellXfs')}/*")) == style_table.MOST_LOOKS - 1
        else:
            with pytest.raises(CedreError, match="64\N{NO-BREAK SPACE}000"):
                splice(full, [rules()])


def test_a_number_format_of_ours_takes_a_number_that_is_free() -> None:
    """LibreOffice numbers « General » 164 and 165, as if it were not built in."""

    def draw(sheet: Worksheet) -> None:
        sheet["C3"].number_format = "0.000 %"

    root = xml(host(), STYLES)
    for old in root.findall(q("numFmts")):
        root.remove(old)
    formats = etree.Element(q("numFmts"), {"count": "2"})
    for number in ("164", "165"):
        etree.SubElement(formats, q("numFmt"), {"numFmtId": number, "formatCode": "General"})
    root.insert(0, formats)
    given = with_parts(host(), {STYLES: etree.tostring(root)})
    styles = xml(splice(given, [sheet_of(*LINES, draw=draw)]).data, STYLES)
    numbers = [one.get("numFmtId") for one in styles.iter(q("numFmt"))]
    assert len(numbers) > 2
    assert len(set(numbers)) == len(numbers)


# Charts


def drawn(data: bytes) -> list[str]:
    """The names of the charts of the sheet."""
    root = xml(data, "xl/drawings/drawing1.xml")
    return [one.get("name", "") for one in root.iter("{*}cNvPr")]


def test_a_chart_of_ours_with_another_name_is_ours() -> None:
    first = edited(
        splice(host(), [rules()]).data, "xl/drawings/drawing1.xml", "cedre_xlsx 1", "Graphique 4"
    )  # fmt: skip
    result = splice(first, [rules()]).data
    assert drawn(result) == ["cedre_xlsx 1"]
    assert [name for name in members(result) if "/charts/" in name] == ["xl/charts/chart1.xml"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("Le nôtre", "Le mien"), ("'Essai'!$A$6:$A$7", "'Feuille'!$A$6:$A$7")],
)
def test_a_chart_of_theirs_stays(old: str, new: str) -> None:
    first = splice(host(), [rules()]).data
    first = edited(first, "xl/drawings/drawing1.xml", "cedre_xlsx 1", "Graphique 4")
    first = edited(first, "xl/charts/chart1.xml", old, new)
    assert drawn(splice(first, [rules()]).data) == ["Graphique 4", "cedre_xlsx 1"]


def test_charts_that_lie_on_ours_go() -> None:
    """As they are in workbooks that another program saved when charts were known by their names."""
    book = load_workbook(io.BytesIO(splice(host(), [rules()]).data))
    chart(book["Essai"])
    chart(book["Essai"])
    buffer = io.BytesIO()
    book.save(buffer)
    assert drawn(splice(buffer.getvalue(), [rules()]).data) == ["cedre_xlsx 1"]


# Names


def test_names_of_ours_are_hidden_again() -> None:
    first = splice(host(), [rules()]).data
    first = edited(first, WORKBOOK, ' hidden="1"', ' hidden="false"')
    first = edited(
        first, WORKBOOK, "</definedNames>",
        '<definedName name="cedre_Noms">Feuille!$A$1</definedName>'
        '<definedName name="Budget">Feuille!$A$1</definedName></definedNames>',
    )  # fmt: skip
    names = xml(splice(first, [rules()]).data, WORKBOOK).iter(q("definedName"))
    hidden = {name.get("name"): name.get("hidden") for name in names}
    assert hidden == {
        "_cedre_Essai": "1", "_xlnm.Print_Titles": None, "cedre_Noms": "1", "Budget": None,
    }  # fmt: skip
