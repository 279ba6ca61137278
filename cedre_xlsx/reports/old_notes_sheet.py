"""The sheet `Notes anciennes` as it is when it is made: titles and headings."""

from __future__ import annotations

from datetime import date

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.reports.layout import FIRST_ROW, Frame, SheetOrigin
from cedre_xlsx.reports.tables import headings
from cedre_xlsx.schema.generated_sheets import OLD_NOTES_KIND
from cedre_xlsx.schema.tables import OLD_NOTES
from cedre_xlsx.workbook.generated import GeneratedSheet
from cedre_xlsx.workbook.styles import BODY, BODY_DATE, Style

_LEGEND = (
    "Depuis le : le jour où la ligne n'était plus là. La durée se règle dans Paramètres (Notes "
    "sans ligne, au bas des feuilles)."
)


class _Start(SheetOrigin):
    """The sheet is made once: it says when."""

    @property
    def line(self) -> str:
        """The subtitle: the workbook, the day when the sheet was begun, the tool."""
        assert self.on is not None
        return f"{self.workbook} · commencée le {french_day(self.on)} · cedre-xlsx {self.version}"


def old_notes_sheet(on: date, *, workbook: str, version: str) -> GeneratedSheet:
    """The sheet without its rows."""
    frame = Frame(
        title=OLD_NOTES.title,
        hint=OLD_NOTES.hint,
        legend=_LEGEND,
        origin=_Start(workbook, on, version),
        headings=headings(OLD_NOTES),
        frozen_columns=1,
        heading_height=20,
    )
    return GeneratedSheet(
        mark=OLD_NOTES_KIND.mark,
        title=OLD_NOTES.sheet,
        draw=lambda sheet, last_row: frame.draw(sheet),
        first_row=FIRST_ROW,
        styles={"note": (Style(border="thin", bold=True), BODY, BODY, BODY_DATE, BODY)},
        table=OLD_NOTES,
    )
