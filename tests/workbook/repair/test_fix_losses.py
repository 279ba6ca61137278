"""What other programs take from a workbook: `check` says it, `fix` gives it back, once."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from cedre_xlsx import api
from cedre_xlsx.api.fixing import find_repairs, fix
from cedre_xlsx.ooxml.parts import Package as Parts
from cedre_xlsx.schema.findings import Finding
from cedre_xlsx.schema.tables import TEMPLATE_VERSION_LABEL
from tests.edited_package import (
    DATA_SHEETS,
    M,
    Package,
    number_of_letters,
    set_text,
    set_value,
    text_of,
)
from tests.hands import grid
from tests.mutilations import on_rows, on_sheets
from tests.package_checker import check_package
from tests.small_association import clean_workbook
from tests.support import few, libreoffice_converts, needs_libreoffice
from tests.workbook.repair.losses import (
    FORMS,
    NO_VALUES,
    TAKEN,
    Take,
    break_forms,
    delete_listes,
    delete_listes_alone,
    erase_listes,
    erase_values_of_lists,
    leave_what_guards_say,
    leave_what_lists_say,
    show_lists,
    take_colours,
    take_colours_of_lines,
    take_everything,
    take_guards,
    take_lists,
    take_names,
    take_one_colour,
    take_protection,
    take_two_columns,
)

ON = date(2026, 9, 30)
SUIVI, PERSONNES = "xl/worksheets/sheet3.xml", "xl/worksheets/sheet2.xml"


@cache
def whole() -> bytes:
    return clean_workbook(12)


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


def of_the_file_and_of_the_lines(path: Path) -> tuple[list[Finding], list[Finding]]:
    """The findings about what the workbook is, and those about what people typed."""
    found = api.check(path, on=ON, select=["CLA", "LEC", "SUI", "ENG", "PER", "MIS"]).findings
    of_the_file = ("CLA", "LEC")
    return (
        [one for one in found if one.code.startswith(of_the_file)],
        [one for one in found if not one.code.startswith(of_the_file)],
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "take",
    few(sorted(TAKEN, key=lambda one: one is not take_everything)),
    ids=lambda take: take.__name__,
)
def test_what_was_taken_is_said_and_given_back_once(take: Take, path: Path) -> None:
    taken(path, take)
    lost, before = of_the_file_and_of_the_lines(path)
    assert {one.code for one in lost} == TAKEN[take]
    done = fix(path, on=ON)
    assert done.left == ()
    assert of_the_file_and_of_the_lines(path) == ([], before)
    assert check_package(path.read_bytes()) == []
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
    for cell in package.sheet("Accueil").root.iter(f"{M}c"):
        if text_of(cell).startswith(TEMPLATE_VERSION_LABEL):
            set_text(cell, "Bonjour")
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


@pytest.mark.slow
@pytest.mark.parametrize("take", [take_guards, leave_what_guards_say, take_two_columns])
def test_guards_are_those_of_a_new_workbook(take: Take, path: Path) -> None:
    taken(path, take)
    fix(path, on=ON)
    wanted = {"date", "custom", "whole", "decimal"}
    for number in range(2, 11):
        part = f"xl/worksheets/sheet{number}.xml"
        found, ours = rules(path.read_bytes(), part), rules(whole(), part)
        kinds = [[re.findall(rb'sqref="([^"]*)" type="(\w+)"', one) for one in some]
                 for some in (found, ours)]  # fmt: skip
        guards = [{tuple(one[0]) for one in some if one and one[0][1].decode() in wanted}
                  for some in kinds]  # fmt: skip
        assert guards[0] == guards[1], part


@pytest.mark.slow
@pytest.mark.parametrize("take", [take_colours, take_colours_of_lines, take_one_colour])
def test_colours_are_asked_in_the_order_of_a_new_workbook(take: Take, path: Path) -> None:
    package = Package(whole())
    own = etree.fromstring(
        f'<conditionalFormatting xmlns="{M[1:-1]}" sqref="C5:C9"><cfRule type="expression" '
        'priority="3"><formula>C5="x"</formula></cfRule></conditionalFormatting>'
    )
    take(package)
    for title in DATA_SHEETS:
        for one in package.sheet(title).root.iter(f"{M}cfRule"):
            one.set("priority", str(int(one.get("priority") or 0) * 7))
        after = package.sheet(title).root.find(f"{M}dataValidations")
        assert after is not None
        after.addprevious(etree.fromstring(etree.tostring(own)))
    package.save(path)
    fix(path, on=ON)
    for title in DATA_SHEETS:
        found, expected = (asked(data, title) for data in (path.read_bytes(), whole()))
        assert [one for one in found if one[1] != 'C5="x"' and "#REF!" not in one[1]] == expected
        assert len([one for one in found if one[1] == 'C5="x"']) == 1


def asked(data: bytes, title: str) -> list[tuple[str, str]]:
    """The colours of a sheet in the order of their priorities."""
    found = [
        (
            int(rule.get("priority") or 0),
            block.get("sqref") or "",
            "".join(map(str, rule.itertext())),
        )
        for block in Package(data).sheet(title).root.iter(f"{M}conditionalFormatting")
        for rule in block
    ]
    return [(cells, formula) for _, cells, formula in sorted(found)]


@pytest.mark.slow
def test_what_a_new_workbook_guards_and_colours_is_what_is_asked_for() -> None:
    """The schema names them, the template draws them."""
    from cedre_xlsx.schema.packs import AFTER
    from cedre_xlsx.schema.tables import COLOURED, DATA_TABLES, guarded_fields

    for spec in (one.drawn({AFTER}) for one in DATA_TABLES):  # as the demonstration is
        root, letters = Package(whole()).sheet(spec.sheet).root, list(spec.columns)
        guards = {
            letters[number_of_letters((one.get("sqref") or "").split("5:")[0]) - 1]
            for one in root.iter(f"{M}dataValidation")
            if one.get("type") not in (None, "list")
        }
        assert guards == set(guarded_fields(spec))
        found: dict[tuple[str, ...], list[set[str]]] = {}
        for block in root.iter(f"{M}conditionalFormatting"):
            cells = (block.get("sqref") or "").split(":")
            is_line = cells[0].startswith("A5")
            place = () if is_line else (letters[number_of_letters(cells[0][:-1]) - 1],)
            for rule in block:
                named = set(re.findall(r"\$([A-Z]{1,2})5", "".join(map(str, rule.itertext()))))
                is_border = "COUNTA($A5" in "".join(map(str, rule.itertext()))
                reads = set() if is_border else {letters[number_of_letters(n) - 1] for n in named}
                found.setdefault(place, []).append(reads)
        for place, needs in COLOURED[spec.table].items():
            assert sorted(map(sorted, found.pop(place))) == sorted(map(sorted, map(set, needs)))
        assert found == {}


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
    taken(path, take_names, on_rows.insert_columns_at_the_left)
    fix(path, on=ON)
    book = Parts(path.read_bytes()).root("xl/workbook.xml")
    names = {one.get("name"): one.text for one in book.iter(f"{M}definedName")}
    assert names["cedre_Pauses"] == "Personnes!$Q:$Q"
    assert (names["lstReferences"] or "").startswith("'Engagements'!$C$5:INDEX(")


@pytest.mark.slow
def test_lists_and_colours_follow_columns_that_moved(path: Path) -> None:
    taken(path, take_lists, take_colours, on_rows.insert_columns_at_the_left)
    fix(path, on=ON)
    root = Parts(path.read_bytes()).root(SUIVI)
    assert "I5:I5000" in {one.get("sqref") for one in root.iter(f"{M}dataValidation")}
    areas = [one.get("sqref") for one in root.iter(f"{M}conditionalFormatting")]
    assert areas == ["C5:P1048576", "H5:H1048576"]
    assert "$I5" in "".join(one.text or "" for one in root.iter(f"{M}formula"))


@pytest.mark.slow
def test_the_teams_own_columns_are_in_the_table(path: Path) -> None:
    package = Package(whole())
    on_sheets.convert_to_ranges(package)
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


def set_cells(package: Package, title: str, texts: dict[str, str]) -> None:
    for row in package.sheet(title).data:
        for address, text in texts.items():
            if address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == row.get("r"):
                cell = next((one for one in row if one.get("r") == address), None)
                if cell is None:
                    cell = etree.SubElement(row, f"{M}c", {"r": address})
                set_text(cell, text)


def cells_of(data: bytes, title: str) -> dict[str, str]:
    """The formulas and the constants of a sheet."""
    root = Package(data).sheet(title).root
    held = {
        one.get("r") or "": one.findtext(f"{M}f") or "".join(map(str, one.itertext()))
        for one in root.iter(f"{M}c")
    }
    return {address: text for address, text in held.items() if text}


@pytest.mark.slow
@pytest.mark.parametrize(
    "take", [erase_values_of_lists, erase_listes, delete_listes, delete_listes_alone]
)
def test_the_sheet_of_the_lists_is_that_of_a_new_workbook(take: Take, path: Path) -> None:
    taken(path, take)
    fix(path, on=ON)
    assert cells_of(path.read_bytes(), "Listes") == cells_of(whole(), "Listes")
    assert Package(path.read_bytes()).tab("Listes").get("state") == "hidden"


@pytest.mark.slow
def test_the_sheet_of_the_lists_follows_columns_that_moved(path: Path) -> None:
    taken(path, on_rows.insert_columns_at_the_left, delete_listes)
    fix(path, on=ON)
    found = cells_of(path.read_bytes(), "Listes")
    assert found["A3"].startswith("IFERROR(TRIM(INDEX(Personnes!$C:$C,ROW()+ROW(Personnes!$C$4)")
    assert "'Engagements'!$C$5:$C$5000" in found["F2"]
    assert "Suivi!$C:$C" in found["BM3"]


@pytest.mark.slow
def test_what_the_team_made_of_its_lists_stays(path: Path) -> None:
    """One list with a value more, one with a single value left, and all the others erased."""
    package = Package(whole())
    for row in package.sheet("Listes").data[2:]:
        for cell in row:
            if cell.find(f"{M}f") is None:
                cell[:] = []
    set_cells(package, "Listes", {"DZ1": "À nous", "N3": "En pause", "AF4": "Garde d'enfants"})
    package.save(path)
    fix(path, on=ON)
    found = cells_of(path.read_bytes(), "Listes")
    assert found["DZ1"] == "À nous"
    assert {one: text for one, text in found.items() if re.fullmatch("(N|AF)[3-9]", one)} == {
        "N3": "En pause", "AF4": "Garde d'enfants",
    }  # fmt: skip
    assert (found["L1"], found["L3"], found["L4"]) == ("Civilité", "M.", "Mme")
    assert said(path) == []


@pytest.mark.slow
def test_a_sheet_of_lists_by_another_name_is_not_made_twice(path: Path) -> None:
    """Excel tells the names and formulas that read it."""
    package = Package(whole())
    package.tab("Listes").set("name", "Nos listes")
    for root in (package.book, *(package.sheet(name).root for name in (*FORMS, "Nos listes"))):
        for one in root.iter(f"{M}definedName", f"{M}f"):
            one.text = re.sub(r"'?Listes'?!", "'Nos listes'!", one.text or "")
    take_colours(package)
    package.save(path)
    fix(path, on=ON)
    assert "Listes" not in {
        one.get("name") for one in Package(path.read_bytes()).book.iter(f"{M}sheet")
    }
    assert [one for one in said(path) if not one.startswith("LEC13")] == []


LEFT: dict[str, tuple[tuple[Take, ...], str]] = {
    "a heading is empty": ((on_sheets.convert_to_ranges, lambda p: set_text(
        p.sheet("Missions").heading_row[3], "Heures")), "un de ses intitulés"),
    "merged cells": ((on_sheets.convert_to_ranges, on_rows.merge_in_the_table), "fusionnées"),
    "another sheet is called as that of the lists": (
        (erase_listes, lambda p: set_cells(p, "Listes", {f"L{n}": "à nous" for n in (1, 3, 5)})),
        "la feuille Listes n'est pas disposée"),
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
@pytest.mark.parametrize(("kind", "text"), few(NO_VALUES, 2))
def test_a_value_that_is_none_of_its_type_is_said_by_its_cell(
    kind: str, text: str, path: Path
) -> None:
    package = Package(whole())
    [cell] = [
        c for c in package.sheet("Fiche individuelle").root.iter(f"{M}c") if c.get("r") == "A14"
    ]
    assert cell.find(f"{M}f") is not None
    for value in cell.iter(f"{M}v"):
        value.text = text
    cell.attrib.pop("t", None)
    if kind:
        cell.set("t", kind)
    package.save(path)
    assert said(path) == ["CLA12 Fiche individuelle!A14"]


@pytest.mark.parametrize(
    ("kind", "text"),
    [("", "-12.5E3"), ("n", ".5"), ("", " 45000 "), ("b", "1"), ("b", "TRUE"), ("str", "NaN"),
     ("d", "2026-09-30T10:00:00Z"), ("d", "45000"), ("s", "0"), ("", "")],
)  # fmt: skip
def test_a_value_of_its_type_is_left(kind: str, text: str) -> None:
    from cedre_xlsx.ooxml.stored import stores_unreadable

    said_type = f' t="{kind}"' if kind else ""
    cell = f'<x:c r="A1"{said_type}><x:f>B1</x:f><x:v>{text}</x:v></x:c>'.encode()
    assert not stores_unreadable(cell)


def test_a_number_that_is_none_is_an_error_in_every_table(path: Path) -> None:
    package = Package(whole())
    sheet = package.sheet("Suivi")
    row = sheet.rows[0]
    for cell in row:
        if cell.get("r") in ("B5", "I5"):
            set_value(cell, "NaN")
    package.save(path)
    found = api.check(path, on=ON, select=["LEC"]).findings
    assert [(one.code, one.place.cell) for one in found] == [("LEC10", "B5"), ("LEC10", "I5")]
    assert "l'erreur NaN" in found[0].message


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
def test_libreoffice_opens_what_was_given_back(tmp_path: Path) -> None:
    cases = ((take_everything, take_names), (erase_listes,), (delete_listes,))
    paths = [tmp_path / f"{takes[0].__name__}.xlsx" for takes in cases]
    for path, takes in zip(paths, cases, strict=True):
        taken(path, *takes)
        fix(path, on=ON)
    for saved in libreoffice_converts(paths, "xlsx", tmp_path / "lo"):
        assert said(saved) == [], saved.stem
        assert people_listed(saved.read_bytes()) == people_listed(whole()), saved.stem


def people_listed(data: bytes) -> list[object]:
    """What the list of people shows, once it is computed."""
    rows = grid(data, "Listes")[2:]
    return [row[3] for row in rows if row[3]]
