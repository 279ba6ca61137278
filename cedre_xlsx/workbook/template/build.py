"""The whole workbook, from its definition: the same bytes for the same filling."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema import tables as t
from cedre_xlsx.workbook.generated import GeneratedSheet
from cedre_xlsx.workbook.package.finish import finish_template, in_tab_order
from cedre_xlsx.workbook.package.splice import splice
from cedre_xlsx.workbook.saving import saved
from cedre_xlsx.workbook.template.alerts import define_names
from cedre_xlsx.workbook.template.book import Book
from cedre_xlsx.workbook.template.convention import draw_convention
from cedre_xlsx.workbook.template.data_sheet import draw_data_sheet
from cedre_xlsx.workbook.template.filling import Filling
from cedre_xlsx.workbook.template.home_sheet import draw_home
from cedre_xlsx.workbook.template.lists_sheet import draw_lists
from cedre_xlsx.workbook.template.person_form import draw_person_form
from cedre_xlsx.workbook.template.screening_sheet import draw_screening
from cedre_xlsx.workbook.template.settings_sheet import draw_settings

_TITLE = "Suivi des parcours d'insertion"
#: A fixed date: a workbook made twice is the same one.
_MADE = datetime(2026, 1, 1)  # noqa: DTZ001 - a package holds no time zone
_TAB_COLOURS = {
    t.HOME_SHEET: "FF1F3864",
    **{spec.sheet: "FF2F75B5" for spec in t.DATA_TABLES},
    t.SCREENING_SHEET: "FFBF8F00",
    t.PERSON_FORM_SHEET: "FFBF8F00",
    t.CONVENTION_SHEET: "FFBF8F00",
    t.SETTINGS_SHEET: "FF7F7F7F",
}


def build_workbook(filling: Filling, generated: Sequence[GeneratedSheet] = ()) -> bytes:
    """A workbook ready to be opened, its formulas with their values.

    The generated sheets stand between the forms and `Paramètres`; `Listes`, hidden, is the last.
    """
    book = Book()
    _draw(book, filling)
    _put_lists_last(book)
    _set_workbook(book)
    data = finish_template(saved(book.workbook), book.values)
    return in_tab_order(
        splice(Package(data), generated, before=t.SETTINGS_SHEET).data if generated else data
    )


def _draw(book: Book, filling: Filling) -> None:
    """Every sheet, in the order of the tabs."""
    draw_home(book, filling)
    for spec in t.DATA_TABLES:
        draw_data_sheet(book, filling, spec)
    draw_screening(book, filling)
    draw_person_form(book, filling)
    draw_convention(book, filling)
    draw_settings(book, filling)
    draw_lists(book, filling)
    define_names(book)


def _put_lists_last(book: Book) -> None:
    workbook = book.workbook
    workbook.move_sheet(book.lists, len(workbook.sheetnames))


def _set_workbook(book: Book) -> None:
    workbook = book.workbook
    for title, colour in _TAB_COLOURS.items():
        workbook[title].sheet_properties.tabColor = colour
    for sheet in workbook.worksheets:
        sheet.sheet_view.tabSelected = sheet.title == t.HOME_SHEET
    workbook.active = 0
    workbook.calculation.fullCalcOnLoad = True
    workbook.properties.creator = "cedre_xlsx"
    workbook.properties.title = _TITLE
    workbook.properties.language = "fr-FR"
    workbook.properties.created = workbook.properties.modified = _MADE
