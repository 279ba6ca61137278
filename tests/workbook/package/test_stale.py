"""Formulas of the team that read our sheets: right after a refresh, whatever opens the file."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from cedre_xlsx import api
from cedre_xlsx.ooxml.areas import Area
from cedre_xlsx.ooxml.formula_cells import FormulaCells
from cedre_xlsx.ooxml.parts import MAIN, REL, Package
from cedre_xlsx.ooxml.references import Names, TablePlace, reads
from cedre_xlsx.workbook.package.host import q
from cedre_xlsx.workbook.read import read_workbook
from tests.decorations.decorator import SHEET, WORKBOOK, Decorator
from tests.small_association import LATER, ON, new_workbook
from tests.support import (
    gnumeric_convert,
    libreoffice_convert,
    needs_gnumeric,
    needs_libreoffice,
)
from tests.workbook.package.splice_support import members

OWN, OWN_PART = "Mes calculs", "xl/worksheets/own.xml"
OLD = 4242

#: Cells of the team's sheet that read ours, even through others.
STALE = {
    "A1": "<f>COUNTA('Synthèse'!B5:B5000)</f>",
    "A2": "<f>A1*2</f>",
    "A3": '<f>COUNTIF(tSynthese[Nom Prénom],"?*")</f>',
    "A4": "<f>ROWS(tSynthese[[Dates]:[Nom Prénom]])</f>",
    "A5": "<f>LesNoms+1</f>",
    "A6": '<f t="shared" ref="A6:A8" si="0">COUNTA(\'Synthèse\'!B5:B5000)+A5</f>',
    "A7": '<f t="shared" si="0"/>',
    "A8": '<f t="shared" si="0"/>',
    "A9": '<f>LEN(INDIRECT("\'Synth"&amp;"èse\'!B5"))</f>',
    "A10": "<f>COUNTA(OFFSET('Synthèse'!B5,0,0,2,1))</f>",
    "A11": "<f>SUM(A12:A13)</f>",
    "A12": "<f>A13</f>",
    "A13": "<f>A14</f>",
    "A14": "<f>A3</f>",
    "C1": '<f t="array" ref="C1:C2">LEN(\'Synthèse\'!B5:B6)</f>',
    "C2": "",
}
#: Those that do not.
FREE = {
    "E1": "<f>COUNTA(Personnes!A5:A500)</f>",
    "E2": "<f>1+1</f>",
    "E3": '<f>LEN("Synthèse!A1")</f>',
    "E4": "<f>E2*2</f>",
    "E5": "<f>COUNTA(tPersonnes[Nom])</f>",
    "E6": "",
}
CELLS = {**STALE, **FREE}


def sheet_xml(cells: Mapping[str, str], prefix: str = "") -> str:
    """A sheet with these formulas, each with an old value."""
    rows: dict[int, str] = {}
    for ref in sorted(cells):
        number = int(re.sub(r"\D", "", ref))
        rows[number] = rows.get(number, "") + f'<c r="{ref}">{cells[ref]}<v>{OLD}</v></c>'
    lines = "".join(f'<row r="{number}">{held}</row>' for number, held in sorted(rows.items()))
    xml = f"<worksheet><sheetData>{lines}</sheetData></worksheet>"
    if prefix:
        xml = re.sub(r"<(/?)(?=[a-z])", rf"<\1{prefix}:", xml)
    name = f"xmlns:{prefix}" if prefix else "xmlns"
    return re.sub(r"worksheet>", f'worksheet {name}="{MAIN}">', xml, count=1)


def with_own(data: bytes, xml: str) -> bytes:
    """The workbook with a sheet of the team, and a name that stands for some of ours."""
    d = Decorator(data)
    part = d.part(OWN_PART, xml, f"{SHEET}.worksheet+xml")
    root = d.package.root(WORKBOOK)
    sheets, names = root.find(q("sheets")), root.find(q("definedNames"))
    assert sheets is not None
    assert names is not None
    made = etree.SubElement(sheets, q("sheet"), {"name": OWN, "sheetId": "990"})
    made.set(f"{{{REL}}}id", d.relate(WORKBOOK, "worksheet", part))
    meaning = "COUNTA('Synthèse'!$B$5:$B$5000)"
    etree.SubElement(names, q("definedName"), {"name": "LesNoms"}).text = meaning
    d.package.write_xml(WORKBOOK, root)
    app = d.package.read("docProps/app.xml").replace(b">cedre_xlsx<", b">Microsoft Excel<")
    d.package.write("docProps/app.xml", app)
    return d.package.data()


@pytest.fixture(scope="module")
def fresh() -> bytes:
    return new_workbook()


@pytest.fixture(scope="module")
def own(fresh: bytes) -> bytes:
    return with_own(fresh, sheet_xml(CELLS))


def refreshed(data: bytes, path: Path, on: date = ON) -> bytes:
    path.write_bytes(data)
    api.refresh(path, on=on)
    return path.read_bytes()


def values(path: Path, sheet: str = OWN) -> dict[str, object]:
    """The values of the team's sheet, as `openpyxl` gives those that a file holds."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tab = load_workbook(path, data_only=True)[sheet]
    return {ref: tab[ref].value for ref in CELLS}


@pytest.mark.slow
def test_what_reads_ours_is_to_be_computed_and_nothing_else(own: bytes, tmp_path: Path) -> None:
    """The old values are nowhere; no other byte of the sheet is another."""
    path = tmp_path / "suivi.xlsx"
    after = members(refreshed(own, path))[OWN_PART].decode()
    expected = sheet_xml(CELLS)
    for ref, formula in STALE.items():
        expected = expected.replace(
            f'<c r="{ref}">{formula}<v>{OLD}</v></c>', f'<c r="{ref}">{formula}</c>'
        )
    assert after == expected
    assert values(path) == {ref: None if ref in STALE else OLD for ref in CELLS}


@pytest.mark.slow
def test_a_second_refresh_changes_nothing(own: bytes, tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    first = refreshed(own, path)
    assert not api.refresh(path, on=ON).changed
    assert path.read_bytes() == first


@pytest.mark.slow
def test_nothing_is_dropped_when_our_sheets_did_not_change(own: bytes, tmp_path: Path) -> None:
    """A program has computed the values since the last refresh: they are right, and stay."""
    path = tmp_path / "suivi.xlsx"
    package = Package(refreshed(own, path))
    package.write(OWN_PART, sheet_xml(CELLS).encode())
    data = package.data()
    assert refreshed(data, path) == data
    assert set(values(path).values()) == {OLD}
    refreshed(data, path, LATER)
    assert values(path)["A2"] is None


def computed(after: Mapping[str, object], path: Path) -> None:
    """What a program shows is what our sheet holds now."""
    tab = load_workbook(path)["Synthèse"]
    names = [row[0] for row in tab.iter_rows(5, tab.max_row, 2, 2, values_only=True)]
    count = sum(name is not None for name in names)
    assert count > 5
    assert (after["A1"], after["A2"], after["A5"]) == (count, 2 * count, count + 1)
    assert after["A3"] == after["A14"] == after["A13"] == after["A12"]
    assert after["A11"] == 2 * int(str(after["A12"]))
    assert after["A8"] == count - 2 + int(str(after["A7"]))
    assert after["A9"] == after["C1"] == len(str(tab["B5"].value)) > 0
    assert after["A10"] == 2
    assert after["C2"] == len(str(tab["B6"].value)) > 0


@needs_libreoffice
def test_libreoffice_shows_what_is(own: bytes, tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    refreshed(own, path)
    computed(values(libreoffice_convert(path, "xlsx", tmp_path / "lo")), path)


@needs_gnumeric
def test_gnumeric_shows_what_is(fresh: bytes, tmp_path: Path) -> None:
    """It knows no structured reference: what reads one is an error in it, before and after."""
    path = tmp_path / "suivi.xlsx"
    names = "'Synthèse'!B5:B900"
    plain = {ref: xml.replace("tSynthese[Nom Prénom]", names) for ref, xml in CELLS.items()}
    refreshed(with_own(fresh, sheet_xml(plain)), path)
    computed(values(gnumeric_convert(path, tmp_path / "g.xlsx")), path)


@pytest.mark.slow
@pytest.mark.parametrize("prefix", ["", "x"])
def test_types_and_prefixes(fresh: bytes, tmp_path: Path, prefix: str) -> None:
    """A text, an error, a yes or no: what a cell was goes with its value."""
    xml = sheet_xml({"A1": "<f>'Synthèse'!B4</f>", "A2": "<f>ISTEXT(A1)</f>"}, prefix)
    xml = xml.replace('r="A1"', 'r="A1" t="str"').replace('r="A2"', 'r="A2" s="0" t="b" vm="1"')
    data = refreshed(with_own(fresh, xml), tmp_path / "suivi.xlsx")
    cells = list(Package(data).root(OWN_PART).iter(q("c")))
    assert [dict(cell.attrib) for cell in cells] == [{"r": "A1"}, {"r": "A2", "s": "0"}]
    assert [len(cell) for cell in cells] == [1, 1]


def put(data: bytes, title: str, cell: str, formula: str) -> bytes:
    """A formula with an old value in a cell of a sheet that is there."""
    d = Decorator(data)
    part = d.sheet(title)
    root = d.package.root(part)
    found = next((one for one in root.iter(q("c")) if one.get("r") == cell), None)
    if found is None:
        number = re.sub(r"\D", "", cell)
        row = next(one for one in root.iter(q("row")) if one.get("r") == number)
        found = etree.SubElement(row, q("c"), {"r": cell})
    found.attrib.pop("t", None)
    found[:] = []
    etree.SubElement(found, q("f")).text = formula
    etree.SubElement(found, q("v")).text = str(OLD)
    d.package.write_xml(part, root)
    return d.package.data()


@pytest.mark.slow
def test_values_that_we_read_stay(fresh: bytes, tmp_path: Path) -> None:
    """A setting, a column of ours, one of the team in Personnes: without their values, they would
    be read as empty. It is said; what reads them is computed all the same.
    """
    path = tmp_path / "suivi.xlsx"
    people = load_workbook(BytesIO(fresh))["Personnes"]
    own = get_column_letter(people.max_column + 1)
    data = with_own(fresh, sheet_xml({"A1": f"<f>Personnes!{own}5</f>", "A2": "<f>Suivi!I5</f>"}))
    data = put(data, "Personnes", f"{own}4", '"Lignes"')
    data = put(data, "Personnes", f"{own}5", "COUNTIF(tSynthese[Nom Prénom],D5)")
    data = put(data, "Suivi", "I5", "ROWS('Synthèse'!A1:A9)")
    path.write_bytes(data)
    said = api.refresh(path, on=ON).details
    assert any(line.startswith("Personnes : 1 formule lit les feuilles refaites") for line in said)
    assert any(line.startswith("Suivi : 1 formule lit les feuilles refaites") for line in said)
    assert values(path, "Personnes")["A1"] is not None
    tab = load_workbook(path, data_only=True)
    assert tab["Personnes"][f"{own}5"].value == OLD
    assert tab["Suivi"]["I5"].value == OLD
    assert tab["Personnes"]["D5"].value
    assert tab[OWN]["A1"].value is None
    assert tab[OWN]["A2"].value is None
    assert not api.refresh(path, on=ON).changed
    reading = read_workbook(path, on=ON)
    assert not [one for one in reading.problems if one.code == "LEC15"]


@pytest.mark.slow
def test_a_cell_above_a_table_of_ours_is_computed(fresh: bytes, tmp_path: Path) -> None:
    """It is not read: no finding comes of it."""
    path = tmp_path / "suivi.xlsx"
    data = put(fresh, "Suivi", "N1", "COUNTA('Synthèse'!B5:B5000)")
    refreshed(data, path)
    assert load_workbook(path, data_only=True)["Suivi"]["N1"].value is None
    assert not [p for p in read_workbook(path, on=ON).problems if p.code == "LEC15"]
    assert not api.refresh(path, on=ON).changed


@pytest.mark.slow
def test_our_own_formulas_keep_their_values(fresh: bytes, tmp_path: Path) -> None:
    """The forms and the lists read none of our sheets."""
    before = members(fresh)
    after = members(refreshed(fresh, tmp_path / "suivi.xlsx"))
    package = Package(fresh)
    for title in ("Personnes", "Suivi", "Listes", "Fiche individuelle", "Convention", "Accueil"):
        part = Decorator(package.data()).sheet(title)
        assert after[part] == before[part], title


AREA = Area(4, 1, 20, 3)
NAMES = Names(
    ["synthèse", "perso", "it's"],
    {"tsynthese": TablePlace("synthèse", AREA, ("dates", "nom prénom", "x]y"))},
    {
        ("", "nb"): "COUNTA('Synthèse'!$A:$A)",
        ("", "other"): "Nb",
        ("perso", "local"): "Perso!$B$2",
        ("", "moving"): "Perso!B2",
        ("", "loop"): "loop",
    },
)
READS = {
    "SUM('Synthèse'!A1:A5)": {"synthèse!A1:A5"},
    "$B$2+C3": {"perso!B2", "perso!C3"},
    "tSynthese[Nom Prénom]": {"synthèse!B5:B20"},
    "tsynthese[[dates]:[nom prénom]]": {"synthèse!A5:B20"},
    "tSynthese[[#This Row],[Dates]]": {"synthèse!A7"},
    "tSynthese[#All]": {"synthèse!A4:C20"},
    "tSynthese[[#Headers],[Dates]]": {"synthèse!A4"},
    "tSynthese[x']y]": {"synthèse!C5:C20"},
    "tSynthese[Autre]": set(),
    "Nb*2": {"synthèse!A:A"},
    "[0]!Nb": {"synthèse!A:A"},
    "Other": {"synthèse!A:A"},
    "local": {"perso!B2"},
    "Perso!local": {"perso!B2"},
    "moving": {"perso!1:1048576"},
    "'It''s'!$B$2": {"it's!B2"},
    "'Synthèse:It''s'!A1": {"synthèse!A1", "perso!A1", "it's!A1"},
    "'Synthèse:Perso'!A1:B2": {"synthèse!A1:B2", "perso!A1:B2"},
    "[1]Feuil!A1+'[1]Feuil 2'!A1": set(),
    "INDEX(A:A,1):INDEX(C:C,3)": {"perso!A:C"},
    "B1:INDEX(D:D,2)": {"perso!B:D"},
    "INDEX(B:B,2):D1": {"perso!B:D"},
    "OFFSET(B2,1,1)": {"perso!1:1048576"},
    '"Synthèse!A1"&TRUE': set(),
    "#REF!+Synthèse!#REF!": set(),
}


@pytest.mark.parametrize("formula", READS)
def test_what_a_formula_reads(formula: str) -> None:
    found = reads(formula, "perso", (7, 1), NAMES)
    assert found is not None
    assert {f"{one.sheet}!{one.area.text}" for one in found} == READS[formula]


@pytest.mark.parametrize("formula", ['INDIRECT("A"&B1)', 'A1&"', "loop"])
def test_what_may_read_anything(formula: str) -> None:
    assert reads(formula, "perso", (7, 1), NAMES) is None


def test_cells_that_look_like_others_are_left() -> None:
    xml = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><!--<c r="A1"><f>B1</f><v>1</v></c>-->'
        '<c r="A1"><f>B1</f><v>2</v></c><c r="B1"><v>3</v></c><c><f>B1</f><v>4</v></c></row>'
        "</sheetData></worksheet>"
    ).encode()
    cells = FormulaCells(xml)
    assert [(one.cell, one.text) for one in cells.formulas()] == [((1, 1), "B1")]
    assert cells.without_values({(1, 1)}, []) == xml.replace(b"<v>2</v>", b"")
