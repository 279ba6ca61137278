"""What people do to sheets and tables."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from tests.edited_package import (
    DATA_SHEETS,
    HEADINGS,
    MAIN,
    OFFICE,
    M,
    Package,
    R,
    set_text,
)
from tests.mutilations.parts import moved


def rename_sheets(package: Package) -> None:
    for number, name in enumerate(DATA_SHEETS):
        package.tab(name).set("name", f"Onglet {number}")


def rename_tables(package: Package) -> None:
    for number, sheet in enumerate(package.data_sheets()):
        sheet.table.set("name", f"Tableau{number}")
        sheet.table.set("displayName", f"Tableau{number}")


def rename_sheets_and_tables(package: Package) -> None:
    rename_tables(package)
    rename_sheets(package)


def move_sheets(package: Package) -> None:
    tabs = package.book.find(f"{M}sheets")
    assert tabs is not None
    tabs[:] = reversed(tabs)


def hide_sheets(package: Package) -> None:
    for name in DATA_SHEETS:
        package.tab(name).set("state", "veryHidden")


def convert_to_ranges(package: Package) -> None:
    for sheet in package.data_sheets():
        package.remove(sheet.table_part)
        package.remove(sheet.links)
        for one in sheet.root.findall(f"{M}tableParts"):
            sheet.root.remove(one)


def convert_to_ranges_and_rename_sheets(package: Package) -> None:
    convert_to_ranges(package)
    rename_sheets(package)


def hide_the_heading_row(package: Package) -> None:
    """Excel's own way: the table keeps its headings, the sheet has them no more."""
    sheet = package.sheet("Suivi")
    ref = sheet.table.get("ref") or ""
    sheet.resize_table(ref.replace(f"A{HEADINGS}", f"A{HEADINGS + 1}"))
    sheet.table.set("headerRowCount", "0")
    sheet.data.remove(sheet.heading_row)


def own_sheets(package: Package) -> None:
    """A list of telephone numbers by `Personne`, before all the others."""
    sheet = package.sheet("Repérage")
    for row in list(sheet.data):
        sheet.data.remove(row)
    for number, words in enumerate((("Personne", "Poste"), ("Chicorée Ulysse", "12")), start=1):
        row = etree.SubElement(sheet.data, f"{M}row", {"r": str(number)})
        for letter, word in zip("AB", words, strict=True):
            set_text(etree.SubElement(row, f"{M}c", {"r": f"{letter}{number}"}), word)
    package.tab("Repérage").set("name", "Postes")


def own_table_below(package: Package) -> None:
    """A legend with a table of its own, under that of Freins."""
    sheet = package.sheet("Freins")
    first = sheet.last_row + 3
    for number, words in enumerate((("Sigle", "Sens"), ("CCAS", "Mairie"), ("ML", "Jeunes"))):
        row = etree.SubElement(sheet.data, f"{M}row", {"r": str(first + number)})
        for letter, word in zip("AB", words, strict=True):
            set_text(etree.SubElement(row, f"{M}c", {"r": f"{letter}{first + number}"}), word)
    package.members["xl/tables/legende.xml"] = (
        f'<table xmlns="{MAIN}" id="90" name="tLegende" displayName="tLegende" '
        f'ref="A{first}:B{first + 2}"><tableColumns count="2"><tableColumn id="1" name="Sigle"/>'
        '<tableColumn id="2" name="Sens"/></tableColumns></table>'
    ).encode()
    link = {"Id": "rId90", "Type": f"{OFFICE}/table", "Target": "/xl/tables/legende.xml"}
    links = package.xml(sheet.links)
    etree.SubElement(links, links[0].tag, link)


def side_by_side(package: Package) -> None:
    """The table of Freins cut and pasted at the right of Missions, its sheet deleted."""
    missions, barriers = package.sheet("Missions"), package.sheet("Freins")
    shift = len(missions.headings) + 2
    ref = barriers.table.get("ref") or ""
    by_number = {row.get("r"): row for row in missions.data}
    for row in [barriers.heading_row, *barriers.rows]:
        target = by_number[row.get("r")]
        for cell in deepcopy(row):
            cell.set("r", moved(cell.get("r") or "", columns=shift))
            target.append(cell)
    part = barriers.table_part
    package.xml(part).set("ref", moved(ref, columns=shift))
    for one in package.xml(part).findall(f"{M}autoFilter"):
        package.xml(part).remove(one)
    links = package.xml(missions.links)
    link = {"Id": "rId91", "Type": f"{OFFICE}/table", "Target": f"/{part}"}
    etree.SubElement(links, links[0].tag, link)
    delete_sheet(package, "Freins")


def delete_sheet(package: Package, name: str) -> None:
    tab = package.tab(name)
    tabs = tab.getparent()
    assert tabs is not None
    tabs.remove(tab)


def delete_what_is_not_data(package: Package) -> None:
    for name in ("Accueil", "Repérage", "Fiche individuelle", "Convention", "Réunion", "Périodes",
                 "Statistiques 2026", "Qui compte 2026"):  # fmt: skip
        delete_sheet(package, name)


def copy_a_sheet(package: Package) -> None:
    """Suivi again, further to the right, as Excel copies it: its table under another name."""
    part = package.part_of("Suivi")
    package.flush()
    package.members["xl/worksheets/copie.xml"] = package.members[part]
    links = package.xml("xl/_rels/workbook.xml.rels")
    kind = f"{OFFICE}/worksheet"
    etree.SubElement(links, links[0].tag, {"Id": "rId99", "Type": kind,
                                           "Target": "worksheets/copie.xml"})  # fmt: skip
    tabs = package.tab("Suivi").getparent()
    assert tabs is not None
    etree.SubElement(tabs, f"{M}sheet", {"name": "Suivi (2)", "sheetId": "99", f"{R}id": "rId99"})
