"""What loses something, which is then said."""

from __future__ import annotations

from tests.edited_package import (
    M,
    Package,
    letters_of,
    number_of_letters,
    set_text,
    set_value,
)
from tests.mutilations.on_rows import move_lists
from tests.mutilations.on_sheets import delete_sheet
from tests.mutilations.parts import merge, moved, rename


def delete_a_required_column(package: Package) -> None:
    """Frein, its heading and its cells: Excel shrinks the table."""
    sheet = package.sheet("Freins")
    letters = sheet.headings["Frein"]
    for row in [sheet.heading_row, *sheet.rows]:
        row[:] = [cell for cell in row if letters_of(cell) != letters]
        for cell in row:
            if number_of_letters(letters_of(cell)) > number_of_letters(letters):
                cell.set("r", moved(cell.get("r") or "", columns=-1))
    sheet.resize_table((sheet.table.get("ref") or "").replace("G", "F"))
    for one in [*sheet.root.iter(f"{M}dataValidation"), *sheet.table.iter(f"{M}tableColumn")]:
        holder = one.getparent()
        if (one.get("sqref") or "").startswith(letters) or one.get("name") == "Frein":
            assert holder is not None
            holder.remove(one)
    move_lists(sheet, letters, -1)


def delete_a_sheet(package: Package) -> None:
    delete_sheet(package, "Freins")


def rename_a_column(package: Package) -> None:
    """A word near the printed one, a required column."""
    rename(package.sheet("Missions"), "Début", "Débute le")


def rename_a_column_beyond_words(package: Package) -> None:
    """Nothing but its place says what it is."""
    rename(package.sheet("Missions"), "Heures", "Combien")


def lose_names(package: Package) -> None:
    """Two lines whose name was erased."""
    for cell in list(package.sheet("Freins").column("Personne"))[:2]:
        for child in list(cell):
            cell.remove(child)


def merge_names(package: Package) -> None:
    """A name merged over three lines: the first line alone keeps it."""
    sheet = package.sheet("Freins")
    cells = list(sheet.column("Personne"))[:3]
    for cell in cells[1:]:
        for child in list(cell):
            cell.remove(child)
    merge(sheet, f"{cells[0].get('r')}:{cells[-1].get('r')}")


def break_cells(package: Package) -> None:
    """Errors of Excel, of Excel in French pasted as text, and of LibreOffice."""
    cells = list(package.sheet("Freins").column("Partenaire"))
    set_value(cells[0], "#REF!", "e")
    set_text(cells[1], "#NOM?")
    set_value(cells[2], "Err:508", "str")
    set_value(cells[3], "#SPILL!", "e")


def type_impossible_dates(package: Package) -> None:
    cells = list(package.sheet("Freins").column("Repéré le"))
    for cell, typed in zip(cells, ("31/02/2026", "printemps", "05/24/2026", "2026"), strict=False):
        set_text(cell, typed)
    set_value(cells[4], "2026")


def type_huge_numbers(package: Package) -> None:
    """A social-security number, a phone number and worse, in cells of dates and of hours."""
    cells = list(package.sheet("Freins").column("Repéré le"))
    for cell, typed in zip(cells, ("285057511600112", "33612345678", "-1E+12"), strict=False):
        set_value(cell, typed)
    set_value(next(package.sheet("Freins").column("Levé le")), "2", "b")


def type_other_values(package: Package) -> None:
    sheet = package.sheet("Freins")
    cells = list(sheet.column("Accompagnement"))
    set_text(cells[0], "Mairie")
    set_text(next(sheet.column("Frein")), "Voiture")
