"""What people and programs do to a workbook in a year, each as a function on its package."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from copy import deepcopy
from datetime import date

from lxml import etree

from cedre_xlsx.ooxml.parts import resolved
from cedre_xlsx.schema.columns import Kind
from cedre_xlsx.schema.tables import FOLLOW_UP, MISSIONS
from tests.edited_package import (
    DATA_SHEETS,
    HEADINGS,
    MAIN,
    OFFICE,
    Element,
    M,
    Package,
    R,
    Sheet,
    cell_at,
    cells_of_kind,
    day_of,
    letters_of,
    letters_of_number,
    number_of,
    number_of_letters,
    set_text,
    set_value,
    text_of,
    texts,
)
from tests.support import cell_of

Mutilate = Callable[["Package"], None]
_REF = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([0-9]+)")
_BETWEEN_EPOCHS = 1462  # days


# Sheets and tables


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
            cell.set("r", _moved(cell.get("r") or "", columns=shift))
            target.append(cell)
    part = barriers.table_part
    package.xml(part).set("ref", _moved(ref, columns=shift))
    for one in package.xml(part).findall(f"{M}autoFilter"):
        package.xml(part).remove(one)
    links = package.xml(missions.links)
    link = {"Id": "rId91", "Type": f"{OFFICE}/table", "Target": f"/{part}"}
    etree.SubElement(links, links[0].tag, link)
    _delete_sheet(package, "Freins")


def _delete_sheet(package: Package, name: str) -> None:
    tab = package.tab(name)
    tabs = tab.getparent()
    assert tabs is not None
    tabs.remove(tab)


def delete_what_is_not_data(package: Package) -> None:
    for name in ("Accueil", "Repérage", "Fiche individuelle", "Convention", "Réunion", "Périodes",
                 "Statistiques 2026", "Qui compte 2026"):  # fmt: skip
        _delete_sheet(package, name)


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


# Rows and columns


def _moved(refs: str, rows: int = 0, columns: int = 0) -> str:
    """References, each moved: as Excel does when rows or columns are inserted."""

    def move(found: re.Match[str]) -> str:
        letters = letters_of_number(number_of_letters(found[2]) + columns)
        return f"{found[1]}{letters}{found[3]}{int(found[4]) + rows}"

    return _REF.sub(move, refs)


def _insert(package: Package, rows: int = 0, columns: int = 0) -> None:
    """Rows above everything, columns at the left of everything, in the data sheets."""
    for sheet in package.data_sheets():
        for row in sheet.data:
            row.set("r", str(int(row.get("r") or 0) + rows))
            row.attrib.pop("spans", "")
            for cell in row:
                cell.set("r", _moved(cell.get("r") or "", rows, columns))
        for one in (*sheet.root.iter(), *sheet.table.iter()):
            for name in ("ref", "sqref"):
                if name in one.attrib:
                    one.set(name, _moved(one.get(name) or "", rows, columns))


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
                cell.set("r", _moved(cell.get("r") or "", columns=1))
        own = etree.Element(f"{M}c", {"r": f"C{row.get('r')}"})
        set_text(own, "Vu en réunion" if row is sheet.heading_row else "oui")
        row.insert(2, own)
    _move_lists(sheet, "C", 1)


def _move_lists(sheet: Sheet, first: str, by: int) -> None:
    """Drop-down lists and colours follow their columns, from `first` on."""
    for one in sheet.root.iter(f"{M}dataValidation", f"{M}conditionalFormatting"):
        refs = (one.get("sqref") or "").split()
        one.set("sqref", " ".join(_moved(ref, 0, by) if ref >= first else ref for ref in refs))


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
    ends = [(last - number_of_letters(found[2]), int(found[4])) for found in _REF.finditer(ref)]
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
        _merge(sheet, "A1:H1", "A2:H2")


def merge_in_the_table(package: Package) -> None:
    """Two empty cells of a line, which lose nothing."""
    sheet = package.sheet("Suivi")
    row = next(row for row in sheet.rows if not any(_full(row, letters) for letters in "MN"))
    _merge(sheet, f"M{row.get('r')}:N{row.get('r')}")


def _full(row: Element, letters: str) -> bool:
    cell = cell_at(row, letters)
    return cell is not None and len(cell) > 0


def _merge(sheet: Sheet, *refs: str) -> None:
    merged = sheet.root.find(f"{M}mergeCells")
    if merged is None:
        merged = etree.Element(f"{M}mergeCells")
        sheet.data.addnext(merged)
    for ref in refs:
        etree.SubElement(merged, f"{M}mergeCell", {"ref": ref})


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


# Headings


def _rewrite_headings(package: Package, change: Callable[[str], str], unlist: bool = True) -> None:
    if unlist:
        convert_to_ranges(package)
    for sheet in package.data_sheets():
        for cell in sheet.heading_row:
            if text_of(cell):
                set_text(cell, change(text_of(cell)))


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def shout_headings(package: Package) -> None:
    _rewrite_headings(package, lambda text: _bare(text).upper())


def decompose_headings(package: Package) -> None:
    _rewrite_headings(package, lambda text: unicodedata.normalize("NFD", text))


def break_headings(package: Package) -> None:
    _rewrite_headings(package, lambda text: text.replace(" ", "\n", 1))


def star_headings(package: Package) -> None:
    _rewrite_headings(package, lambda text: f"{text} *")


def explain_headings(package: Package) -> None:
    _rewrite_headings(package, lambda text: f"{text} (à remplir)")


def space_headings(package: Package) -> None:
    _rewrite_headings(package, lambda text: f"\u00a0{text.replace(' ', chr(0x202F))}  ")


def curl_headings(package: Package) -> None:
    _rewrite_headings(package, lambda text: text.replace("'", "’"))


def number_headings(package: Package) -> None:
    """As a form numbers its boxes."""
    for sheet in package.data_sheets():
        for rank, cell in enumerate(sheet.heading_row, start=1):
            if text_of(cell):
                set_text(cell, f"{rank}. {text_of(cell)}")


def headings_of_their_own(package: Package) -> None:
    """Slips and shorter words, in a table that keeps its name."""
    sheet = package.sheet("Suivi")
    said = {"Personne": "Personnne", "Objectifs poursuivis": "Objectifs",
            "Échéance / délai": "Echéances / délais", "Statut": "STATUT :",
            "Suites données / Décisions prises": "Suites données"}  # fmt: skip
    for cell in sheet.heading_row:
        set_text(cell, said.get(text_of(cell), text_of(cell)))


# Values


def switch_to_1904(package: Package) -> None:
    """As Excel for Mac once did: every date is counted from 1904."""
    properties = package.book.find(f"{M}workbookPr")
    assert properties is not None
    properties.set("date1904", "1")
    dated = _date_styles(package.xml("xl/styles.xml"))
    for part in [name for name in package.members if name.startswith("xl/worksheets/sheet")]:
        for cell in package.xml(part).iter(f"{M}c"):
            number = number_of(cell)
            if number is not None and number > _BETWEEN_EPOCHS and cell.get("s") in dated:
                set_value(cell, f"{number - _BETWEEN_EPOCHS:.0f}")


def _date_styles(styles: Element) -> set[str]:
    """The cell styles that show a date."""
    formats = {
        one.get("numFmtId")
        for one in styles.iter(f"{M}numFmt")
        if "yy" in (one.get("formatCode") or "").lower()
    } | {"14", "15", "16", "17", "22"}
    xfs = styles.find(f"{M}cellXfs")
    assert xfs is not None
    return {str(index) for index, xf in enumerate(xfs) if xf.get("numFmtId") in formats}


def lose_the_format_of_dates(package: Package) -> None:
    for cell in cells_of_kind(package, Kind.DATE, Kind.DATED_TEXT, Kind.DEADLINE):
        if number_of(cell) is not None:
            cell.attrib.pop("s", "")


def add_hours_to_dates(package: Package) -> None:
    for cell in cells_of_kind(package, Kind.DATE, Kind.DATED_TEXT, Kind.DEADLINE):
        number = number_of(cell)
        if number is not None:
            set_value(cell, f"{number + 0.604166}")


def store_dates_as_iso(package: Package) -> None:
    """As Strict files do: `t="d"`."""
    for cell in cells_of_kind(package, Kind.DATE, Kind.DATED_TEXT, Kind.DEADLINE):
        day = day_of(cell)
        if day is not None:
            set_value(cell, f"{day.isoformat()}T00:00:00", "d")


_MONTHS = ("janvier", "févr.", "mars", "avr", "mai", "juin", "juil.", "AOÛT", "septembre", "oct.",
           "nov", "décembre")  # fmt: skip
#: Ten ways to type a date.
DATE_FORMS: tuple[Callable[[date], str], ...] = (
    lambda d: f"{d:%d/%m/%Y}",
    lambda d: f"{d:%d/%m/%y}",
    lambda d: f"{d.day}/{d.month}/{d:%y}",
    lambda d: f"{d:%d.%m.%Y}",
    lambda d: f"{d:%d-%m-%y}",
    lambda d: f"{d:%d %m %Y}",
    lambda d: f"{d.isoformat()} 00:00:00",
    lambda d: f"{d.day}{'er' if d.day == 1 else ''} {_MONTHS[d.month - 1]} {d.year}",
    lambda d: f"'{d:%d/%m/%Y}\u00a0",
    lambda d: f"le {d.day} {_bare(_MONTHS[d.month - 1])} {d:%y}",
)
TYPED_DATES = 40


def type_dates_as_text(package: Package) -> None:
    """The first dates of Suivi, each form in its turn."""
    cells = [cell for cell in package.sheet("Suivi").column("Dates") if day_of(cell)]
    for rank, cell in enumerate(cells[:TYPED_DATES]):
        day = day_of(cell)
        assert day is not None
        set_text(cell, DATE_FORMS[rank % len(DATE_FORMS)](day))


def type_deadlines_as_text(package: Package) -> None:
    cells = [cell for cell in package.sheet("Suivi").column("Échéance / délai") if day_of(cell)]
    for rank, cell in enumerate(cells[:TYPED_DATES]):
        day = day_of(cell)
        assert day is not None
        set_text(cell, DATE_FORMS[rank % len(DATE_FORMS)](day))


def delete_personne(package: Package) -> None:
    for cell in package.sheet("Personnes").column("Personne"):
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", "")


def formulas_without_values(package: Package) -> None:
    """As openpyxl writes them."""
    for cell in package.sheet("Personnes").column("Personne"):
        for value in cell.findall(f"{M}v"):
            value.text = None


TYPED_NAMES = 5


def type_personne(package: Package) -> None:
    for cell in list(package.sheet("Personnes").column("Personne"))[:TYPED_NAMES]:
        set_text(cell, "M. Untel")


def break_personne(package: Package) -> None:
    """A required column of the formula was deleted, then typed again."""
    for cell in list(package.sheet("Personnes").column("Personne"))[:TYPED_NAMES]:
        set_value(cell, "#REF!", "e")


def _rewrite_texts(package: Package, change: Callable[[str], str]) -> None:
    for sheet in package.data_sheets():
        for one in texts(sheet):
            one.text = change(one.text or "")


def decompose_accents(package: Package) -> None:
    """As macOS writes them."""
    _rewrite_texts(package, lambda text: unicodedata.normalize("NFD", text))


def pad_texts(package: Package) -> None:
    _rewrite_texts(package, lambda text: f"  {text}\u00a0 ")


_WORDS = (Kind.PERSON, Kind.CHOICE, Kind.CODE, Kind.REFERENCE)


def _rewrite_words(package: Package, change: Callable[[str], str], *kinds: Kind) -> None:
    for cell in cells_of_kind(package, *kinds):
        if text_of(cell):
            set_text(cell, change(text_of(cell)))


def unbreakable_spaces(package: Package) -> None:
    _rewrite_words(package, lambda text: text.replace(" ", "\u00a0"), *_WORDS)


def invisible_marks(package: Package) -> None:
    _rewrite_words(package, lambda text: f"\ufeff{text[:2]}\u200b{text[2:]}\u200e", *_WORDS)


def curl_quotes(package: Package) -> None:
    _rewrite_words(package, lambda text: text.replace("'", "’"), Kind.CHOICE)


def shout_choices(package: Package) -> None:
    _rewrite_words(package, lambda text: _bare(text).upper(), Kind.CHOICE, Kind.CODE, Kind.YES_NO)


def shorten_statuses(package: Package) -> None:
    shorter = {"(1) À proposer": "à proposer", "(2) En cours": "2", "(3) Réalisée": "3 - réalisé"}
    for cell in package.sheet("Suivi").column("Statut"):
        set_text(cell, shorter.get(text_of(cell), text_of(cell)))


def spell_out_codes(package: Package) -> None:
    names = {"CP": "Coup de pouce", "SA": "soutien actif", "T": "Templés", "D": "découverte",
             "MPP": "mobilisation", "VP": "Validation prof."}  # fmt: skip
    _rewrite_words(package, lambda text: names.get(text, text), Kind.CODE)


def tick_yes_and_no(package: Package) -> None:
    """Check boxes of Excel instead of OUI and NON."""
    for cell in cells_of_kind(package, Kind.YES_NO):
        if text_of(cell) in ("OUI", "NON"):
            set_value(cell, str(int(text_of(cell) == "OUI")), "b")


def times_of_day(package: Package) -> None:
    """A time spent in a cell of that format: 45 minutes are the 32nd part of a day."""
    xfs = package.xml("xl/styles.xml").find(f"{M}cellXfs")
    assert xfs is not None
    etree.SubElement(xfs, f"{M}xf", {"numFmtId": "20", "fontId": "0", "fillId": "0",
                                     "borderId": "0", "applyNumberFormat": "1"})  # fmt: skip
    for cell in package.sheet("Suivi").column("Temps consacré"):
        minutes = number_of(cell)
        if minutes and minutes < 1440:
            set_value(cell, f"{minutes / 1440:.15g}")
            cell.set("s", str(len(xfs) - 1))


def spell_out_times(package: Package) -> None:
    forms = (
        lambda m: f"{m} min",
        lambda m: f"{m // 60}h{m % 60:02}",
        lambda m: f"{m // 60}:{m % 60:02}",
        lambda m: f"{m / 60:.4g} h".replace(".", ","),
    )
    for rank, cell in enumerate(package.sheet("Suivi").column("Temps consacré")):
        minutes = number_of(cell)
        if minutes is not None:
            set_text(cell, forms[rank % len(forms)](int(minutes)))


def store_numbers_as_text(package: Package) -> None:
    kinds = (Kind.HOURS, Kind.INTEGER, Kind.NUMBER, Kind.DURATION)
    for cell in cells_of_kind(package, *kinds):
        number = number_of(cell)
        if number is not None:
            set_text(cell, f"{number:.10g}".replace(".", ","))


def names_in_another_order(package: Package) -> None:
    """A civility, the first name first, the last one in capitals."""
    people = package.sheet("Personnes").column("Personne")
    known = {"".join(cell.itertext(f"{M}v")) for cell in people}
    for name in DATA_SHEETS[1:]:
        for cell in package.sheet(name).column("Personne"):
            last, _, first = text_of(cell).partition(" ")
            if text_of(cell) in known and first:
                set_text(cell, f"Mme {first} {last.upper()}")


def empty_texts_in_blank_cells(package: Package) -> None:
    """Formulas that give nothing, and spaces."""
    sheet = package.sheet("Suivi")
    for rank, row in enumerate(sheet.rows):
        for letters in "JKLMN":
            if not _full(row, letters):
                cell = cell_at(row, letters)
                if cell is None:
                    cell = etree.SubElement(row, f"{M}c", {"r": f"{letters}{row.get('r')}"})
                if rank % 2:
                    set_text(cell, " \u00a0\n")
                else:
                    set_value(cell, "", "str")
                    etree.SubElement(cell, f"{M}f").text = '""'


def values_from_formulas(package: Package) -> None:
    """Names and hours that a formula gives, with their cached values."""
    for cell in package.sheet("Missions").column("Personne"):
        text = text_of(cell)
        set_value(cell, text, "str")
        cell.insert(0, etree.Element(f"{M}f"))
        cell[0].text = "INDEX(Personnes!$D:$D,5)"
    for cell in package.sheet("Missions").column("Heures"):
        formula = etree.Element(f"{M}f", {"t": "shared", "si": "0", "ref": "E5:E900"})
        formula.text = "7*C5"
        cell.insert(0, formula)


# The same cells, stored in another way


def rich_texts(package: Package) -> None:
    """Half of each text in bold, with a reading aid that is no part of it."""
    for sheet in package.data_sheets():
        for row in sheet.rows:
            for cell in row:
                inner = cell.find(f"{M}is")
                if inner is not None:
                    _enrich(inner, text_of(cell))


def _enrich(inner: Element, text: str) -> None:
    for child in list(inner):
        inner.remove(child)
    half = len(text) // 2
    for part in filter(None, (text[:half], text[half:])):
        run = etree.SubElement(inner, f"{M}r")
        etree.SubElement(etree.SubElement(run, f"{M}rPr"), f"{M}b")
        one = etree.SubElement(
            run, f"{M}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
        )
        one.text = part
    reading = etree.SubElement(inner, f"{M}rPh", {"sb": "0", "eb": "1"})
    etree.SubElement(reading, f"{M}t").text = "aide"


def share_strings(package: Package) -> None:
    """As Excel saves them: each text once, in a part of its own."""
    ranks: dict[bytes, int] = {}
    kept: list[Element] = []
    for part in [name for name in package.members if name.startswith("xl/worksheets/sheet")]:
        for cell in package.xml(part).iter(f"{M}c"):
            inner = cell.find(f"{M}is")
            if inner is None:
                continue
            inner.tag = f"{M}si"
            key = etree.tostring(inner)
            if key not in ranks:
                ranks[key] = len(ranks)
                kept.append(deepcopy(inner))
            set_value(cell, str(ranks[key]), "s")
    root = etree.Element(f"{M}sst", {"count": "1", "uniqueCount": str(len(kept))})
    root.extend(kept)
    package.members["xl/sharedStrings.xml"] = etree.tostring(root)
    _declare(package, "/xl/sharedStrings.xml", "sharedStrings", "sharedStrings.xml")


def _declare(package: Package, part: str, kind: str, target: str) -> None:
    types = package.xml("[Content_Types].xml")
    content = f"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"
    tag = f"{{{etree.QName(types).namespace}}}Override"
    etree.SubElement(types, tag, {"PartName": part, "ContentType": content})
    links = package.xml("xl/_rels/workbook.xml.rels")
    link = {"Id": "rId98", "Type": f"{OFFICE}/{kind}", "Target": target}
    etree.SubElement(links, links[0].tag, link)


def share_rich_strings(package: Package) -> None:
    """As Gnumeric saves them: it says nowhere that blanks between two looks are to be kept."""
    rich_texts(package)
    share_strings(package)
    part = "xl/sharedStrings.xml"
    package.members[part] = package.members[part].replace(b' xml:space="preserve"', b"")


_STRICT = (
    (MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    ("http://schemas.openxmlformats.org/drawingml/2006/main",
     "http://purl.oclc.org/ooxml/drawingml/main"),
)  # fmt: skip


def strict(package: Package) -> None:
    """Strict Open XML: other namespaces, and dates as ISO texts."""
    store_dates_as_iso(package)
    package.book.set("conformance", "strict")
    package.flush()
    for name, data in package.members.items():
        for old, new in _STRICT:
            data = data.replace(old.encode(), new.encode())
        package.members[name] = data


def macros(package: Package) -> None:
    """An .xlsm: another main type, and a part of code."""
    package.flush()
    types = package.members["[Content_Types].xml"]
    package.members["[Content_Types].xml"] = types.replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    package.members["xl/vbaProject.bin"] = bytes(range(256)) * 8


def prefixes(package: Package) -> None:
    """`<x:row>` for `<row>`, as some programs write."""
    package.flush()
    for name, data in package.members.items():
        if name.startswith(("xl/worksheets/sheet", "xl/workbook", "xl/tables/")):
            old = etree.fromstring(data)
            new = etree.Element(
                old.tag, {str(k): str(v) for k, v in old.attrib.items()}, {"x": MAIN}
            )
            new.extend(old)
            etree.cleanup_namespaces(new, {"x": MAIN}, ["x"])
            package.members[name] = etree.tostring(new)


def cells_without_places(package: Package) -> None:
    """Neither rows nor cells say where they stand: each follows the one before."""
    for sheet in package.data_sheets():
        for row in sheet.data:
            cells = {number_of_letters(letters_of(cell)): cell for cell in row}
            row[:] = [
                cells.get(number, etree.Element(f"{M}c"))
                for number in range(1, max(cells, default=0) + 1)
            ]
            for one in (row, *row):
                one.attrib.pop("r", "")


def pretty_print(package: Package) -> None:
    """Each element on a line of its own, attributes in another order, comments between."""
    for sheet in package.data_sheets():
        for row in sheet.rows:
            for cell in row:
                attributes = [(str(name), str(value)) for name, value in cell.attrib.items()]
                cell.attrib.clear()
                cell.attrib.update(sorted(attributes, reverse=True))
        sheet.data.insert(0, etree.Comment(" Ctrl+S "))
        etree.indent(sheet.root)


def backslashes(package: Package) -> None:
    package.flush()
    package.members = {name.replace("/", "\\"): data for name, data in package.members.items()}


def other_case(package: Package) -> None:
    """`XL/Worksheets/Sheet1.xml`, while relationships say it in small letters."""
    package.flush()
    package.members = {
        name if name.startswith(("[", "_")) else name.replace("worksheets", "Worksheets"): data
        for name, data in package.members.items()
    }


def absolute_links(package: Package) -> None:
    """`/xl/tables/table1.xml`, `/xl/worksheets/sheet1.xml`, as openpyxl writes them."""
    for part in [name for name in package.members if name.endswith(".rels")]:
        source = part.replace("_rels/", "").removesuffix(".rels")
        for one in package.xml(part):
            if one.get("TargetMode") != "External":
                one.set("Target", "/" + resolved(source, one.get("Target") or ""))


def unknown_parts(package: Package) -> None:
    """What other programs leave: custom XML, threaded comments, printer settings."""
    package.members["customXml/item1.xml"] = b"<a/>"
    package.members["xl/persons/person.xml"] = b"<personList/>"
    package.members["xl/printerSettings/printerSettings1.bin"] = bytes(3000)
    package.members["xl/calcChain.xml"] = f'<calcChain xmlns="{MAIN}"/>'.encode()


def broken_names(package: Package) -> None:
    """Names that point to nothing any more, as deleting a sheet leaves them."""
    names = package.book.find(f"{M}definedNames")
    assert names is not None
    for name, target in (("_cedre_ancien", "#REF!$A$1"), ("Ancien", "[1]Feuil1!$A$1")):
        etree.SubElement(names, f"{M}definedName", {"name": name}).text = target


# What loses something, which is then said


def delete_a_required_column(package: Package) -> None:
    """Frein, its heading and its cells: Excel shrinks the table."""
    sheet = package.sheet("Freins")
    letters = sheet.headings["Frein"]
    for row in [sheet.heading_row, *sheet.rows]:
        row[:] = [cell for cell in row if letters_of(cell) != letters]
        for cell in row:
            if number_of_letters(letters_of(cell)) > number_of_letters(letters):
                cell.set("r", _moved(cell.get("r") or "", columns=-1))
    sheet.resize_table((sheet.table.get("ref") or "").replace("G", "F"))
    for one in [*sheet.root.iter(f"{M}dataValidation"), *sheet.table.iter(f"{M}tableColumn")]:
        holder = one.getparent()
        if (one.get("sqref") or "").startswith(letters) or one.get("name") == "Frein":
            assert holder is not None
            holder.remove(one)
    _move_lists(sheet, letters, -1)


def delete_a_sheet(package: Package) -> None:
    _delete_sheet(package, "Freins")


def rename_a_column(package: Package) -> None:
    """A word near the printed one, a required column."""
    _rename(package.sheet("Missions"), "Début", "Débute le")


def rename_a_column_beyond_words(package: Package) -> None:
    """Nothing but its place says what it is."""
    _rename(package.sheet("Missions"), "Heures", "Combien")


def _rename(sheet: Sheet, heading: str, other: str) -> None:
    for cell in sheet.heading_row:
        if text_of(cell) == heading:
            set_text(cell, other)


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
    _merge(sheet, f"{cells[0].get('r')}:{cells[-1].get('r')}")


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


def a_year(package: Package) -> None:
    """Much of the above at once, as it comes."""
    for mutilate in (
        type_below_the_table, hide_rows, decompose_accents, shorten_statuses,
        spell_out_codes, unbreakable_spaces, store_numbers_as_text, lose_the_format_of_dates,
        insert_columns_at_the_left, insert_title_row, share_rich_strings, broken_names,
        move_sheets, rename_sheets_and_tables,
    ):  # fmt: skip
        mutilate(package)
