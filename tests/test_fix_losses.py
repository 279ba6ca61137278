"""What other programs take from a workbook: `check` says it, `fix` gives it back, once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from cedre_xlsx import api
from cedre_xlsx.api.fixing import find_repairs, fix
from cedre_xlsx.workbook.package.parts import Package as Parts
from tests import mutilations as m
from tests.edited_package import M, Package, set_text, set_value
from tests.package_checker import check_package
from tests.small_association import clean_workbook
from tests.support import few, libreoffice_convert, needs_libreoffice

ON = date(2026, 9, 30)
FORMS = ("Repérage", "Fiche individuelle", "Convention")
LISTED = (*m.DATA_SHEETS, *FORMS, "Paramètres")
SUIVI, PERSONNES = "xl/worksheets/sheet3.xml", "xl/worksheets/sheet2.xml"
Take = Callable[[Package], None]


@cache
def whole() -> bytes:
    return clean_workbook(12)


def drop(package: Package, name: str, *sheets: str) -> None:
    for title in sheets:
        root = package.sheet(title).root
        for one in root.findall(f"{M}{name}"):
            root.remove(one)


def take_lists(package: Package) -> None:
    drop(package, "dataValidations", *LISTED)


def leave_what_lists_say(package: Package) -> None:
    """Without what they accept, as a list whose name is dead comes back from an .xls."""
    for title in m.DATA_SHEETS:
        for one in package.sheet(title).root.iter(f"{M}dataValidation"):
            one.set("type", "none")
            one[:] = []


def take_marks(package: Package) -> None:
    """The hidden names by which a refresh knows its sheets."""
    for one in list(package.book.iter(f"{M}definedName")):
        holder = one.getparent()
        if holder is not None and (one.get("name") or "").startswith("_cedre_"):
            holder.remove(one)


def take_one_list(package: Package) -> None:
    """Of one column alone, from its first row to its last."""
    for one in list(package.sheet("Suivi").root.iter(f"{M}dataValidation")):
        if (one.get("sqref") or "").startswith("G5:"):
            holder = one.getparent()
            assert holder is not None
            holder.remove(one)


def take_names(package: Package) -> None:
    """Those with INDEX, as exceljs does; others become errors, as Gnumeric has them."""
    for one in list(package.book.iter(f"{M}definedName")):
        holder = one.getparent()
        assert holder is not None
        if one.get("name") in ("lstStatut", "cedre_Pauses"):
            one.text = '_xlfngnumeric.ERROR("INDEX")'
        elif "INDEX" in (one.text or ""):
            holder.remove(one)


def double_lists(package: Package) -> None:
    for sheet in package.data_sheets():
        for one in list(sheet.root.iter(f"{M}dataValidation")):
            again = etree.fromstring(etree.tostring(one))
            again.set("sqref", re.sub("5:", "10:", again.get("sqref") or "", count=1))
            one.addnext(again)


def break_lists(package: Package) -> None:
    for one in package.sheet("Suivi").root.iter(f"{M}formula1"):
        if one.text == "lstStatut":
            one.text = "#REF!"


def cut_tables(package: Package) -> None:
    for sheet in package.data_sheets():
        sheet.resize_table("A4:D4")
        columns = sheet.table.find(f"{M}tableColumns")
        assert columns is not None
        columns[4:] = []


def cut_columns(package: Package) -> None:
    columns = package.sheet("Personnes").table.find(f"{M}tableColumns")
    assert columns is not None
    columns[4:] = []


def behead_a_table(package: Package) -> None:
    package.sheet("Suivi").table.set("headerRowCount", "0")


def break_formulas(package: Package) -> None:
    """`#NAME?` in each, with the formula that gave it."""
    for cell in package.sheet("Personnes").column("Personne"):
        set_value(cell, "#NAME?", "e")
        cell.insert(0, etree.Element(f"{M}f"))
        cell[0].text = '_xlfngnumeric.ERROR("TRIM(tPersonnes)")'


def type_formulas_over(package: Package) -> None:
    for cell in package.sheet("Personnes").column("Personne"):
        set_text(cell, "".join(cell.itertext(f"{M}v")))


def forget_the_formula(package: Package) -> None:
    for one in list(package.sheet("Personnes").table.iter(f"{M}calculatedColumnFormula")):
        holder = one.getparent()
        assert holder is not None
        holder.remove(one)


def take_protection(package: Package) -> None:
    drop(package, "sheetProtection", *FORMS)


def break_forms(package: Package) -> None:
    """As deleting a column of Suivi, typed again since then, leaves them."""
    for name in ("Fiche individuelle", "Listes"):
        for one in package.sheet(name).root.iter(f"{M}f"):
            one.text = (one.text or "").replace("Suivi!$I:$I", "#REF!")


def take_colours(package: Package) -> None:
    drop(package, "conditionalFormatting", *m.DATA_SHEETS)


def show_lists(package: Package) -> None:
    package.tab("Listes").set("state", "visible")


def take_everything(package: Package) -> None:
    """As SheetJS does."""
    for take in (take_lists, take_colours, take_protection, m.convert_to_ranges, show_lists):
        take(package)


def cut_helps(package: Package) -> None:
    """As LibreOffice saves, then as many lines are typed: near the end of lists and guards."""
    shorten(package, "dataValidation", 120)


def end_helps_before_the_lines(package: Package) -> None:
    """As in a workbook that outgrew what a new one foresaw."""
    shorten(package, "dataValidation", 12)
    shorten(package, "conditionalFormatting", 12)


def shorten(package: Package, name: str, last: int) -> None:
    root = package.sheet("Suivi").root
    for one in root.iter(f"{M}{name}"):
        one.set("sqref", re.sub(r":([A-Z]+)[0-9]+", rf":\g<1>{last}", one.get("sqref", "")))


TAKEN: dict[Take, set[str]] = {
    take_lists: {"CLA07"},
    leave_what_lists_say: {"CLA07"},
    take_one_list: {"CLA01"},
    take_names: {"CLA08", "CLA13"},
    double_lists: {"CLA08"},
    break_lists: {"CLA08"},
    m.convert_to_ranges: {"CLA09", "CLA10"},
    m.rename_tables: {"CLA09", "CLA10"},
    cut_tables: {"CLA09"},
    cut_columns: {"CLA09"},
    behead_a_table: {"CLA09"},
    m.type_below_the_table: {"LEC02"},
    break_formulas: {"CLA10"},
    type_formulas_over: {"CLA10"},
    m.delete_personne: {"CLA10"},
    forget_the_formula: {"CLA10"},
    take_protection: {"CLA11"},
    break_forms: {"CLA12"},
    take_colours: {"CLA13"},
    show_lists: {"CLA14"},
    take_marks: {"CLA15"},
    cut_helps: {"CLA17"},
    end_helps_before_the_lines: {"CLA17"},
    take_everything: {"CLA07", "CLA09", "CLA10", "CLA11", "CLA13", "CLA14"},
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "suivi d'été.xlsx"


def taken(path: Path, *takes: Take) -> Path:
    package = Package(whole())
    for take in takes:
        take(package)
    return package.save(path)


def said(path: Path) -> list[str]:
    return [f"{one.code} {one.place.sheet}!{one.place.cell}"
            for one in api.check(path, on=ON, select=["CLA", "LEC"]).findings]  # fmt: skip


@pytest.mark.parametrize(
    "take",
    few(sorted(TAKEN, key=lambda one: one is not take_everything)),
    ids=lambda take: take.__name__,
)
def test_what_was_taken_is_said_and_given_back_once(take: Take, path: Path) -> None:
    taken(path, take)
    assert {one.partition(" ")[0] for one in said(path)} == TAKEN[take]
    before = api.check(path, on=ON, select=["SUI", "ENG", "PER", "MIS"]).findings
    done = fix(path, on=ON)
    assert done.left == ()
    assert said(path) == []
    assert check_package(path.read_bytes()) == []
    assert api.check(path, on=ON, select=["SUI", "ENG", "PER", "MIS"]).findings == before
    after = path.read_bytes()
    assert fix(path, on=ON).made == ()
    assert path.read_bytes() == after


@pytest.mark.slow
def test_nothing_is_said_of_a_new_workbook_nor_of_one_made_by_hand(path: Path) -> None:
    path.write_bytes(whole())
    assert said(path) == []
    package = Package(whole())
    take_everything(package)
    names = package.book.find(f"{M}definedNames")
    assert names is not None
    names[:] = []  # nothing says any more that it was ours
    package.tab("Accueil").set("name", "Bonjour")
    package.save(path)
    generated = ("CLA10", "CLA15")  # names computed in vain; the sheets that a refresh made
    assert [one for one in said(path) if not one.startswith(generated)] == []


@pytest.mark.slow
def test_the_lists_are_those_of_a_new_workbook(path: Path) -> None:
    taken(path, take_lists)
    fix(path, on=ON)
    for number in range(2, 11):
        part = f"xl/worksheets/sheet{number}.xml"
        assert rules(path.read_bytes(), part) == rules(whole(), part), part


def rules(data: bytes, part: str) -> list[bytes]:
    root = Parts(data).root(part)
    return sorted(etree.tostring(one, method="c14n") for one in root.iter(f"{M}dataValidation"))


@pytest.mark.slow
def test_a_list_of_the_team_stays(path: Path) -> None:
    """Of its own, in a column of ours whose list is gone."""
    package = Package(whole())
    take_lists(package)
    holder = etree.Element(f"{M}dataValidations", {"count": "1"})
    own = etree.SubElement(holder, f"{M}dataValidation", {"type": "textLength", "sqref": "G5:G90"})
    etree.SubElement(own, f"{M}formula1").text = "9"
    package.sheet("Suivi").root.find(f"{M}pageMargins").addprevious(holder)  # type: ignore[union-attr]
    package.save(path)
    fix(path, on=ON)
    found = {one.get("sqref"): one.get("type") for one in
             Parts(path.read_bytes()).root(SUIVI).iter(f"{M}dataValidation")}  # fmt: skip
    assert found["G5:G90"] == "textLength"
    assert found["A5:A5000"] == "list"
    assert "G5:G5000" not in found


@pytest.mark.slow
def test_names_follow_columns_that_moved(path: Path) -> None:
    taken(path, take_names, m.insert_columns_at_the_left)
    fix(path, on=ON)
    book = Parts(path.read_bytes()).root("xl/workbook.xml")
    names = {one.get("name"): one.text for one in book.iter(f"{M}definedName")}
    assert names["cedre_Pauses"] == "Personnes!$Q:$Q"
    assert (names["lstReferences"] or "").startswith("'Engagements'!$C$5:INDEX(")


@pytest.mark.slow
def test_lists_and_colours_follow_columns_that_moved(path: Path) -> None:
    taken(path, take_lists, take_colours, m.insert_columns_at_the_left)
    fix(path, on=ON)
    root = Parts(path.read_bytes()).root(SUIVI)
    assert "I5:I5000" in {one.get("sqref") for one in root.iter(f"{M}dataValidation")}
    areas = [one.get("sqref") for one in root.iter(f"{M}conditionalFormatting")]
    assert areas == ["C5:P1048576", "H5:H1048576"]
    assert "$I5" in "".join(one.text or "" for one in root.iter(f"{M}formula"))


@pytest.mark.slow
def test_the_teams_own_columns_are_in_the_table(path: Path) -> None:
    package = Package(whole())
    m.convert_to_ranges(package)
    sheet = package.sheet("Suivi")
    heading = etree.SubElement(sheet.heading_row, f"{M}c", {"r": "O4"})
    set_text(heading, "Vu en réunion")
    package.save(path)
    fix(path, on=ON)
    root = Parts(path.read_bytes()).root("xl/tables/table1.xml")
    tables = [Parts(path.read_bytes()).root(name) for name in Parts(path.read_bytes()).names()
              if name.startswith("xl/tables/")]  # fmt: skip
    [mine] = [one for one in tables if one.get("displayName") == "tSuivi"]
    assert root is not None
    names = [one.get("name") for one in mine.iter(f"{M}tableColumn")]
    assert names[-1] == "Vu en réunion"
    assert (mine.get("ref") or "").startswith("A4:O")


@pytest.mark.slow
def test_protection_leaves_the_choices_free(path: Path) -> None:
    package = Package(whole())
    take_protection(package)
    for name in FORMS:
        for cell in package.sheet(name).root.iter(f"{M}c"):
            cell.attrib.pop("s", None)  # SheetJS drops the looks
    package.save(path)
    fix(path, on=ON)
    from openpyxl import load_workbook

    sheet = load_workbook(path)["Fiche individuelle"]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert not sheet["F2"].protection.locked
    assert sheet["A5"].protection.locked


@pytest.mark.slow
def test_every_other_byte_of_the_sheet_stays(path: Path) -> None:
    taken(path, take_lists, take_colours)
    before = Parts(path.read_bytes()).read(SUIVI)
    fix(path, on=ON)
    after = Parts(path.read_bytes()).read(SUIVI)
    for name in (b"dataValidations", b"conditionalFormatting"):
        after = re.sub(b"<" + name + b"[ >].*?</" + name + b">", b"", after, flags=re.DOTALL)
    assert after == before


LEFT: dict[str, tuple[tuple[Take, ...], str]] = {
    "a heading is empty": ((m.convert_to_ranges, lambda p: set_text(
        p.sheet("Missions").heading_row[3], "Heures")), "un de ses intitulés"),
    "merged cells": ((m.convert_to_ranges, m.merge_in_the_table), "fusionnées"),
    "the list of lists is gone": (
        (take_names, lambda p: p.tab("Listes").set("name", "Ailleurs")), "la feuille Listes"),
    "a column is gone": (
        (break_forms, lambda p: set_text(p.sheet("Suivi").heading_row[8], "Où")),
        "la colonne « Temps consacré » manque dans Suivi"),
    "rules of the team": (
        (leave_what_lists_say, lambda p: [
            one.set("promptTitle", "À nous") for one in p.sheet("Freins").root.iter(
                f"{M}dataValidation")] and None),
        "ces lignes ont une autre validation"),
    "the only sheet": (
        (lambda p: [one.set("state", "hidden") for one in p.book.iter(f"{M}sheet")] and None,
         show_lists), "seule feuille visible"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("case", LEFT)
def test_what_cannot_be_given_back_is_left_with_why(case: str, path: Path) -> None:
    takes, why = LEFT[case]
    taken(path, *takes)
    lines = find_repairs(path, on=ON).left_lines
    assert any(why in line for line in lines), lines
    fix(path, on=ON)
    assert fix(path, on=ON).made == ()


@pytest.mark.slow
def test_what_the_team_accepted_stays(path: Path) -> None:
    taken(path, take_protection)
    api.refresh(path, on=ON)
    package = Package(path.read_bytes())
    sheet = package.sheet("Contrôle")
    for row in sheet.data:
        if any("CLA11" in "".join(cell.itertext()) for cell in row):
            cell = next((c for c in row if (c.get("r") or "").startswith("I")), None)
            if cell is None:
                cell = etree.Element(f"{M}c", {"r": f"I{row.get('r')}"})
                row.insert(8, cell)
            set_text(cell, "Voulu")
    package.save(path)
    found = find_repairs(path, on=ON)
    assert [one.loss.code for one in found.items if one.loss] == []
    assert len([one for one in found.left_lines if "accepté dans Contrôle" in one]) == len(FORMS)


@pytest.mark.slow
def test_the_program_is_named(path: Path) -> None:
    package = Package(whole())
    take_colours(package)
    app = package.members["docProps/app.xml"]
    package.members["docProps/app.xml"] = app.replace(b"cedre_xlsx", b"SheetJS")
    package.save(path)
    messages = {one.message for one in api.check(path, on=ON, select=["CLA13"]).findings}
    assert len(messages) == 1
    assert "SheetJS" in messages.pop()


@pytest.mark.slow
@needs_libreoffice
def test_libreoffice_opens_what_was_given_back(path: Path, tmp_path: Path) -> None:
    taken(path, take_everything, take_names)
    fix(path, on=ON)
    saved = libreoffice_convert(path, "xlsx", tmp_path / "lo")
    assert said(saved) == []
