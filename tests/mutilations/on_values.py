"""What people and programs do to what is typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date

from lxml import etree

from cedre_xlsx.schema.columns import Kind
from tests.edited_package import (
    DATA_SHEETS,
    Element,
    M,
    Package,
    cell_at,
    cells_of_kind,
    day_of,
    number_of,
    set_text,
    set_value,
    text_of,
    texts,
)
from tests.mutilations.on_headings import bare
from tests.mutilations.on_rows import full

_BETWEEN_EPOCHS = 1462  # days


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
    lambda d: f"le {d.day} {bare(_MONTHS[d.month - 1])} {d:%y}",
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
    _rewrite_words(package, lambda text: bare(text).upper(), Kind.CHOICE, Kind.CODE, Kind.YES_NO)


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
            if not full(row, letters):
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
