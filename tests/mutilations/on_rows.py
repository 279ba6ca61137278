"""What people do to rows and columns."""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree

from cedre_xlsx.schema.tables import FOLLOW_UP, MISSIONS
from tests.edited_package import (
    HEADINGS,
    Element,
    M,
    Package,
    Sheet,
    cell_at,
    letters_of,
    letters_of_number,
    number_of_letters,
    set_text,
    set_value,
    text_of,
)
from tests.mutilations.on_sheets import convert_to_ranges
from tests.mutilations.parts import REF, merge, moved
from tests.support import cell_of


def _insert(package: Package, rows: int = 0, columns: int = 0) -> None:
    """Rows above everything, columns at the left of everything, in the data sheets."""
    for sheet in package.data_sheets():
        for row in sheet.data:
            row.set("r", str(int(row.get("r") or 0) + rows))
            row.attrib.pop("spans", "")
            for cell in row:
                cell.set("r", moved(cell.get("r") or "", rows, columns))
        for one in (*sheet.root.iter(), *sheet.table.iter()):
            for name in ("ref", "sqref"):
                if name in one.attrib:
                    one.set(name, moved(one.get(name) or "", rows, columns))


def _type_above(package: Package, text: str) -> None:
    for sheet in package.data_sheets():
        row = etree.Element(f"{M}row", {"r": "1"})
        set_text(etree.SubElement(row, f"{M}c", {"r": "A1"}), text)
        sheet.data.insert(0, row)


def insert_title_row(package: Package) -> None:
    _insert(package, rows=1)
    _type_above(package, "Suivi 2026 : ne pas diffuser")


def insert_many_rows(package: Package) -> None:
    """The headings on the last row where they are looked for, without a table."""
    _insert(package, rows=50 - HEADINGS)
    _type_above(package, "Personne")
    convert_to_ranges(package)


def insert_more_rows_above_the_table(package: Package) -> None:
    _insert(package, rows=200)


def insert_columns_at_the_left(package: Package) -> None:
    _insert(package, columns=2)


def insert_an_own_column(package: Package) -> None:
    """In the middle of Suivi: what is at its right moves."""
    convert_to_ranges(package)
    sheet = package.sheet("Suivi")
    for row in [sheet.heading_row, *sheet.rows]:
        for cell in row:
            if number_of_letters(letters_of(cell)) >= 3:
                cell.set("r", moved(cell.get("r") or "", columns=1))
        own = etree.Element(f"{M}c", {"r": f"C{row.get('r')}"})
        set_text(own, "Vu en réunion" if row is sheet.heading_row else "oui")
        row.insert(2, own)
    move_lists(sheet, "C", 1)


def move_lists(sheet: Sheet, first: str, by: int) -> None:
    """Drop-down lists and colours follow their columns, from `first` on."""
    for one in sheet.root.iter(f"{M}dataValidation", f"{M}conditionalFormatting"):
        refs = (one.get("sqref") or "").split()
        one.set("sqref", " ".join(moved(ref, 0, by) if ref >= first else ref for ref in refs))


def reverse_columns(package: Package) -> None:
    """The last column first, in the sheets and in their tables."""
    for sheet in package.data_sheets():
        last = len(sheet.headings) + 1
        for row in [sheet.heading_row, *sheet.rows]:
            for cell in row:
                letters = letters_of_number(last - number_of_letters(letters_of(cell)))
                cell.set("r", f"{letters}{row.get('r')}")
            row[:] = reversed(row)
        columns = sheet.table.find(f"{M}tableColumns")
        assert columns is not None
        columns[:] = reversed(columns)
        for one in sheet.root.iter(f"{M}dataValidation", f"{M}conditionalFormatting"):
            one.set("sqref", " ".join(_mirrored(ref, last) for ref in one.get("sqref", "").split()))


def _mirrored(ref: str, last: int) -> str:
    ends = [(last - number_of_letters(found[2]), int(found[4])) for found in REF.finditer(ref)]
    columns, rows = zip(*ends, strict=True)
    return (
        f"{letters_of_number(min(columns))}{min(rows)}:{letters_of_number(max(columns))}{max(rows)}"
    )


def move_rows(sheet: Sheet, rows: list[Element], by: int) -> None:
    for row in rows:
        number = int(row.get("r") or 0) + by
        row.set("r", str(number))
        for cell in row:
            cell.set("r", f"{letters_of(cell)}{number}")


def type_below_the_table(package: Package) -> None:
    """The last three lines stand under the table, as LibreOffice leaves them."""
    sheet = package.sheet("Suivi")
    _resize(sheet, sheet.last_row - 3)


def type_after_blank_rows(package: Package) -> None:
    """The last three lines stand 40 rows under the table."""
    type_below_the_table(package)
    sheet = package.sheet("Suivi")
    move_rows(sheet, sheet.rows[-3:], 40)


def leave_blank_rows(package: Package) -> None:
    sheet = package.sheet("Suivi")
    for number, row in enumerate(sheet.rows):
        move_rows(sheet, [row], number // 5)
    _resize(sheet, sheet.last_row)


def stretch_the_table(package: Package) -> None:
    """Rows in advance: a table that goes down to row 5,000."""
    for sheet in package.data_sheets():
        _resize(sheet, 5000)


def _resize(sheet: Sheet, last: int) -> None:
    """The table over all of its columns, down to that row."""
    sheet.resize_table(f"A{HEADINGS}:{letters_of_number(len(sheet.headings))}{last}")


def sort_lines(package: Package) -> None:
    """By the texts of the third column."""
    sheet = package.sheet("Suivi")
    rows = sorted(sheet.rows, key=lambda row: text_of(row[2]))
    for number, row in enumerate(rows, start=HEADINGS + 1):
        move_rows(sheet, [row], number - int(row.get("r") or 0))
        sheet.data.append(row)


def merge_titles(package: Package) -> None:
    for sheet in package.data_sheets():
        merge(sheet, "A1:H1", "A2:H2")


def merge_in_the_table(package: Package) -> None:
    """Two empty cells of a line, which lose nothing."""
    sheet = package.sheet("Suivi")
    row = next(row for row in sheet.rows if not any(full(row, letters) for letters in "MN"))
    merge(sheet, f"M{row.get('r')}:N{row.get('r')}")


def full(row: Element, letters: str) -> bool:
    cell = cell_at(row, letters)
    return cell is not None and len(cell) > 0


def hide_rows(package: Package) -> None:
    for row in package.sheet("Suivi").rows[::2]:
        row.set("hidden", "1")


def filter_lines(package: Package) -> None:
    """A filter left on the status, as Excel stores it: the rows that it hides, and why."""
    sheet = package.sheet("Suivi")
    for one in sheet.table.findall(f"{M}autoFilter"):
        column = etree.SubElement(one, f"{M}filterColumn", {"colId": "6"})
        etree.SubElement(
            etree.SubElement(column, f"{M}filters"), f"{M}filter", {"val": "(2) En cours"}
        )
    for row in sheet.rows:
        status = cell_at(row, "G")
        if status is None or text_of(status) != "(2) En cours":
            row.set("hidden", "true")


def hide_columns(package: Package) -> None:
    for sheet in package.data_sheets():
        for column in sheet.root.iter(f"{M}col"):
            column.set("hidden", "1")


def repeat_headings(package: Package) -> None:
    """Every hundred lines, as on paper."""
    sheet = package.sheet("Suivi")
    heading = sheet.heading_row
    rows = sheet.rows
    for number, row in enumerate(rows):
        move_rows(sheet, [row], number // 100)
        if number % 100 == 0 and number:
            again = deepcopy(heading)
            move_rows(sheet, [again], int(row.get("r") or 0) - 1 - HEADINGS)
            row.addprevious(again)
    _resize(sheet, sheet.last_row)


def add_totals(package: Package) -> None:
    """A totals row of Excel's, and one typed by hand below a table."""
    sheet = package.sheet("Missions")
    last = sheet.last_row + 1
    row = etree.SubElement(sheet.data, f"{M}row", {"r": str(last)})
    set_text(etree.SubElement(row, f"{M}c", {"r": f"A{last}"}), "Total des heures")
    set_value(etree.SubElement(row, f"{M}c", {"r": cell_of(MISSIONS, "hours", last)}), "1234.5")
    sheet.resize_table(re.sub("[0-9]+$", str(last), sheet.table.get("ref", "")))
    sheet.table.set("totalsRowCount", "1")
    sheet = package.sheet("Suivi")
    last = sheet.last_row + 2
    row = etree.SubElement(sheet.data, f"{M}row", {"r": str(last)})
    set_text(etree.SubElement(row, f"{M}c", {"r": f"A{last}"}), "TOTAL GÉNÉRAL :")
    set_value(etree.SubElement(row, f"{M}c", {"r": cell_of(FOLLOW_UP, "minutes", last)}), "1234")


def style_a_million_rows(package: Package) -> None:
    sheet = package.sheet("Suivi")
    package.flush()
    start = sheet.last_row + 1
    rows = "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(start, 1_048_577))
    data = package.members[sheet.part]
    package.members[sheet.part] = data.replace(b"</sheetData>", rows.encode() + b"</sheetData>")


def type_far_away(package: Package) -> None:
    sheet = package.sheet("Suivi")
    row = etree.SubElement(sheet.data, f"{M}row", {"r": "1048576"})
    set_text(etree.SubElement(row, f"{M}c", {"r": "XFD1048576"}), "?")


def break_an_own_column(package: Package) -> None:
    """A formula of the team's own, at the right of the table, that lost what it pointed to."""
    sheet = package.sheet("Missions")
    for row in sheet.rows:
        cell = etree.SubElement(row, f"{M}c", {"r": f"P{row.get('r')}"})
        set_value(cell, "#REF!", "e")
