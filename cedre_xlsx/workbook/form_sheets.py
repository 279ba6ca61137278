"""Which sheets are Accueil and the paper forms: by their names, else by what they show."""

from __future__ import annotations

from itertools import islice

from cedre_xlsx.method.text import fold, word_key
from cedre_xlsx.schema import tables as t
from cedre_xlsx.workbook.read.raw import RawSheet, RawWorkbook

#: Texts that a sheet shows, each in a cell of its own, whatever the version that drew it. A table
#: of people may have such a title, and headings of these words, but none with its colon.
_SIGNS = {
    t.HOME_SHEET: (t.TEMPLATE_VERSION_LABEL, "En cinq étapes", "Les couleurs"),
    t.PERSON_FORM_SHEET: ("FICHE INDIVIDUELLE DE SUIVI", "Personne :", "Prénom :"),
    t.CONVENTION_SHEET: (
        "CONVENTION D'ENGAGEMENT RÉCIPROQUE", "Réf. engagement :", "Nom de l'accompagnateur :",
    ),
}  # fmt: skip
#: Them all, by their names in a new workbook.
FORMS = tuple(_SIGNS)
_ROWS = 80  # none of these sheets is longer, whatever a team wrote above


def shows_form(sheet: RawSheet, name: str) -> bool:
    """Whether a sheet shows what the one that has that name in a new workbook shows."""
    texts = {
        fold(cell) for row in islice(sheet.grid, _ROWS) for cell in row if isinstance(cell, str)
    }
    return {fold(sign) for sign in _SIGNS[name]} <= texts


def form_sheet(workbook: RawWorkbook, name: str) -> RawSheet | None:
    """The sheet that has that name, else the only one that shows what it should."""
    key = word_key(name)
    named = [sheet for sheet in workbook.sheets if word_key(sheet.name) == key]
    found = named or [sheet for sheet in workbook.sheets if shows_form(sheet, name)]
    return found[0] if len(found) == 1 else None


def is_renamed_form(sheet: RawSheet) -> bool:
    """Whether a sheet is a paper form, or a copy of one, under whatever name."""
    return shows_form(sheet, t.PERSON_FORM_SHEET) or shows_form(sheet, t.CONVENTION_SHEET)
