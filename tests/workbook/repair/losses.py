"""What other programs take from a workbook: each one loss, and the codes that say it."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from tests.edited_package import DATA_SHEETS, M, Package, set_text, set_value
from tests.mutilations import on_rows, on_sheets, on_values

FORMS = ("Repérage", "Fiche individuelle", "Convention")
LISTED = (*DATA_SHEETS, *FORMS, "Paramètres")
Take = Callable[[Package], None]


def drop(package: Package, name: str, *sheets: str) -> None:
    for title in sheets:
        root = package.sheet(title).root
        for one in root.findall(f"{M}{name}"):
            root.remove(one)


def take_lists(package: Package) -> None:
    drop(package, "dataValidations", *LISTED)


def leave_what_lists_say(package: Package) -> None:
    """Without what they accept, as a list whose name is dead comes back from an .xls."""
    for title in DATA_SHEETS:
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


def erase_values_of_lists(package: Package) -> None:
    """The constants of Listes, titles included; its formulas stay."""
    for cell in package.sheet("Listes").root.iter(f"{M}c"):
        if cell.find(f"{M}f") is None:
            cell[:] = []
            cell.attrib.pop("t", None)


def erase_listes(package: Package) -> None:
    """Its cells; every other row is left, as some programs write them."""
    data = package.sheet("Listes").data
    data[:] = [row for row in data if int(row.get("r") or 0) % 2]
    for row in data:
        row[:] = []


def delete_listes(package: Package) -> None:
    """As Excel does: what named its cells names nothing any more."""
    delete_listes_alone(package)
    for one in package.book.iter(f"{M}definedName"):
        one.text = re.sub(r"'?Listes'?!", "#REF!", one.text or "")
    for name in FORMS:
        for one in package.sheet(name).root.iter(f"{M}f"):
            one.text = re.sub(r"'?Listes'?!\$[A-Z]+\$[0-9]+(:\$[A-Z]+\$[0-9]+)?", "#REF!",
                              one.text or "")  # fmt: skip


def delete_listes_alone(package: Package) -> None:
    """As openpyxl does: names and formulas go on naming it."""
    on_sheets.delete_sheet(package, "Listes")


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


def take_guards(package: Package) -> None:
    """Every rule for what is typed that is no list."""
    for title in LISTED:
        for one in list(package.sheet(title).root.iter(f"{M}dataValidation")):
            if one.get("type") != "list":
                remove(one)


def leave_what_guards_say(package: Package) -> None:
    """Without what they accept."""
    for title in DATA_SHEETS:
        for one in package.sheet(title).root.iter(f"{M}dataValidation"):
            if one.get("type") != "list":
                one.set("type", "none")
                one[:] = []


def take_two_columns(package: Package) -> None:
    """The list of Personne, and the guard of Dates."""
    for one in list(package.sheet("Suivi").root.iter(f"{M}dataValidation")):
        if re.match("[AB]5:", one.get("sqref") or ""):
            remove(one)


def remove(element: etree._Element) -> None:
    holder = element.getparent()
    assert holder is not None
    holder.remove(element)


def take_colours_of_lines(package: Package) -> None:
    """Of Suivi; that of its deadlines stays."""
    for one in list(package.sheet("Suivi").root.iter(f"{M}conditionalFormatting")):
        if (one.get("sqref") or "").startswith("A5:"):
            remove(one)


def take_one_colour(package: Package) -> None:
    """Of each sheet, in its turn; the first one of Suivi lost what it named."""
    for rank, title in enumerate(DATA_SHEETS):
        rules = list(package.sheet(title).root.iter(f"{M}cfRule"))
        if title == "Suivi":
            rules[0][0].text = 'LEFT(#REF!,3)="(3)"'
        else:
            remove(rules[rank % len(rules)])


def take_protection(package: Package) -> None:
    drop(package, "sheetProtection", *FORMS)


def break_forms(package: Package) -> None:
    """As deleting a column of Suivi, typed again since then, leaves them."""
    for name in ("Fiche individuelle", "Listes"):
        for one in package.sheet(name).root.iter(f"{M}f"):
            one.text = (one.text or "").replace("Suivi!$I:$I", "#REF!")


#: What programs left as the value of a formula: its type, its text.
NO_VALUES = (
    ("", "NaN"), ("n", "NaN"), ("n", "-Infinity"), ("", "1E999"), ("n", "02/05/2003"), ("b", "oui"),
    ("s", "NaN"), ("d", "hier"), ("x", "1"), ("", "1_000"), ("", "0x1F"),
)  # fmt: skip


def spoil_values(package: Package) -> None:
    """Of forms, as exceljs does with a text that looks like a date."""
    for name in FORMS:
        computed = [one for one in package.sheet(name).root.iter(f"{M}c") if len(one.xpath("*"))
                    and one.find(f"{M}f") is not None]  # fmt: skip
        for cell, (kind, text) in zip(computed, NO_VALUES, strict=False):
            for value in cell.findall(f"{M}v"):
                cell.remove(value)
            etree.SubElement(cell, f"{M}v").text = text
            cell.set("t", kind)
            if not kind:
                del cell.attrib["t"]


def spoil_names(package: Package) -> None:
    """Of people whose formula stands: their names are numbers that are none."""
    for cell in package.sheet("Personnes").column("Personne"):
        cell.attrib.pop("t", None)
        for value in cell.iter(f"{M}v"):
            value.text = "NaN"


def take_colours(package: Package) -> None:
    drop(package, "conditionalFormatting", *DATA_SHEETS)


def show_lists(package: Package) -> None:
    package.tab("Listes").set("state", "visible")


def take_everything(package: Package) -> None:
    """As SheetJS does."""
    for take in (
        take_lists,
        take_colours,
        take_protection,
        on_sheets.convert_to_ranges,
        show_lists,
    ):
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
    erase_values_of_lists: {"CLA08"},
    erase_listes: {"CLA08", "CLA12"},
    delete_listes: {"CLA08", "CLA12"},
    delete_listes_alone: {"CLA08"},
    double_lists: {"CLA08"},
    break_lists: {"CLA08"},
    on_sheets.convert_to_ranges: {"CLA09", "CLA10"},
    on_sheets.rename_tables: {"CLA09", "CLA10"},
    cut_tables: {"CLA09"},
    cut_columns: {"CLA09"},
    behead_a_table: {"CLA09"},
    on_rows.type_below_the_table: {"LEC02"},
    break_formulas: {"CLA10"},
    type_formulas_over: {"CLA10"},
    on_values.delete_personne: {"CLA10"},
    forget_the_formula: {"CLA10"},
    take_protection: {"CLA11"},
    break_forms: {"CLA12"},
    spoil_values: {"CLA12"},
    spoil_names: {"CLA10"},
    take_colours: {"CLA13"},
    take_colours_of_lines: {"CLA13"},
    take_one_colour: {"CLA13"},
    take_guards: {"CLA18"},
    leave_what_guards_say: {"CLA18"},
    take_two_columns: {"CLA01", "CLA18"},
    show_lists: {"CLA14"},
    take_marks: {"CLA15"},
    cut_helps: {"CLA17"},
    end_helps_before_the_lines: {"CLA17"},
    take_everything: {"CLA07", "CLA09", "CLA10", "CLA11", "CLA13", "CLA14"},
}
