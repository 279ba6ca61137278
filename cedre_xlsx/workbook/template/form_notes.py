"""The notes that help on the paper forms, in small print, while `Paramètres` asks for them."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from cedre_xlsx.method.choices import NO
from cedre_xlsx.method.form_words import Agreed
from cedre_xlsx.method.french import typeset
from cedre_xlsx.schema.tables import NOTES_NAME
from cedre_xlsx.workbook.styles import Style
from cedre_xlsx.workbook.template.book import Book
from cedre_xlsx.workbook.template.filling import Filling
from cedre_xlsx.workbook.template.form_live import Live, agreed, text
from cedre_xlsx.workbook.template.form_look import put

_GREY = "FF5A5A5A"  # darker than on screen: it is printed small
NOTE = Style(italic=True, color=_GREY, size=7, vertical="center", indent=1)
#: What turns them off, however it is typed: as reading understands it.
_OFF = ",".join(f'"{one}"' for one in sorted(NO))


def put_note(
    book: Book, sheet: Worksheet, cells: str, filling: Filling, words: Agreed | str, title: Live
) -> None:
    """Write a note in merged cells: nothing where the setting is NON; `title` is the Civilité.

    A FAUX that is no text is one for UPPER in the language of the program.
    """
    told = text(typeset(words)) if isinstance(words, str) else agreed(title, _typeset(words))
    typed = f"UPPER(TRIM({NOTES_NAME}))"
    formula = f'IF(ISNUMBER(MATCH({typed},{{{_OFF}}},0)),"",{told.formula})'
    shown = told.value if filling.settings.form_notes else ""
    put(book, sheet, cells, Live(formula, shown), NOTE)


def _typeset(words: Agreed) -> Agreed:
    return Agreed(typeset(words.woman), typeset(words.man), typeset(words.either))
