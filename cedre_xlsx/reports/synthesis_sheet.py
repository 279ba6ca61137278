"""The sheet `Synthèse`, as exemple n°5 prints it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from cedre_xlsx.reports.layout import FIRST_ROW, Frame, SheetOrigin, colour_when
from cedre_xlsx.reports.synthesis import MARKED, PAUSED, TO_SPECIFY, Synthesis, synthesis
from cedre_xlsx.reports.tables import headings, kept_rows, styles_of, table_rows
from cedre_xlsx.schema.generated_sheets import SYNTHESIS_KIND
from cedre_xlsx.schema.records import Records, column_letter
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.schema.tables import SYNTHESIS
from cedre_xlsx.workbook.generated import GeneratedSheet
from cedre_xlsx.workbook.styles import (
    BODY_CENTER,
    BODY_DATE,
    DATE_FORMAT,
    DONE_FILL,
    LATE,
    LATE_FILL,
    MUTED,
    SOON_FILL,
    TEXT,
    Style,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LEGEND = (
    "(*) objectifs, et engagements sous-jacents     (1) action à proposer, en attente     "
    "(2) action en cours     (3) action réalisée     "
    "sans croix : statut non noté, sans suite, ou engagement     "
    "rouge : échéance dépassée     jaune : échéance proche, ou statut à préciser"
)
_KEPT_TITLE = (
    "Notes conservées, dont la ligne n'est plus dans le tableau. "
    "Effacer une note ici l'enlève à la prochaine actualisation."
)
_LOOKS = {
    "open": Style(border="thin"),
    "done": Style(border="thin", color=TEXT, fill=DONE_FILL),
    "dropped": Style(border="thin", color=MUTED),
    "untold": Style(border="thin"),
    "none": Style(border="thin", color=MUTED, italic=True),
}
_TYPED_DATE = Style(border="thin", number_format=DATE_FORMAT)
_COLUMNS = {
    "dates": _TYPED_DATE,
    "person": Style(border="thin", bold=True),
    "engagement": BODY_CENTER,
    "to_propose": BODY_CENTER,
    "under_way": BODY_CENTER,
    "done": BODY_CENTER,
    "deadline": _TYPED_DATE,
    "understood": BODY_DATE,
}


def synthesis_sheet(records: Records, on: date, *, workbook: str, version: str) -> GeneratedSheet:
    """The synthesis at that date, ready to be written."""
    return drawn_synthesis(synthesis(records, on), records, on, workbook=workbook, version=version)


def drawn_synthesis(
    table: Synthesis, records: Records, on: date, *, workbook: str, version: str
) -> GeneratedSheet:
    """The sheet of a synthesis that is made already."""
    return _sheet(table, SheetOrigin(workbook, on, version), records.settings)


def empty_synthesis_sheet() -> GeneratedSheet:
    """The sheet of a new workbook: headings, no row."""
    return _sheet(None, SheetOrigin(), Settings())


def _sheet(table: Synthesis | None, origin: SheetOrigin, settings: Settings) -> GeneratedSheet:
    carried = table.carried if table else None
    frame = Frame(
        title=SYNTHESIS.title,
        hint=SYNTHESIS.hint,
        legend=_LEGEND,
        origin=origin,
        headings=headings(SYNTHESIS),
        frozen_columns=2,
        repeated=2,
        hidden=1,
        fit=False,
        heading_height=40,
    )
    rows = table_rows(SYNTHESIS, table.lines, table.carried) if table else []
    return GeneratedSheet(
        mark=SYNTHESIS_KIND.mark,
        title=SYNTHESIS.sheet,
        draw=partial(_draw, frame, settings.soon_days),
        first_row=FIRST_ROW,
        styles=styles_of(SYNTHESIS, _LOOKS, _COLUMNS, ("notes",)),
        rows=rows,
        table=SYNTHESIS,
        footer=kept_rows(SYNTHESIS, _KEPT_TITLE, carried.kept if carried else ()),
        notes=carried.notes if carried else (),
        places=carried.places if carried else {},
    )


def _draw(frame: Frame, soon_days: int, sheet: Worksheet, last_row: int) -> None:
    frame.draw(sheet)
    _colour_deadlines(sheet, last_row, soon_days)


def _colour_deadlines(sheet: Worksheet, last_row: int, soon_days: int) -> None:
    """Late in red, soon in yellow: what is not done, and nobody who is on pause. What has a Statut
    to be specified is not late; an action without follow-up has no deadline understood.
    """
    letter = {name: column_letter(index) for index, name in enumerate(SYNTHESIS.columns, start=1)}
    due, first, outcome = letter["understood"], letter["deadline"], letter["outcome"]
    cells = " ".join(f"{column}{FIRST_ROW}:{column}{last_row}" for column in (first, due))
    watched = (
        f"ISNUMBER(${due}{FIRST_ROW}),"
        f'${letter["done"]}{FIRST_ROW}<>"{MARKED}",'
        f'LEFT(${outcome}{FIRST_ROW},{len(PAUSED)})<>"{PAUSED}"'
    )
    told = f'LEFT(${outcome}{FIRST_ROW},{len(TO_SPECIFY)})<>"{TO_SPECIFY}"'
    late = f"AND({watched},{told},${due}{FIRST_ROW}<TODAY())"
    soon = f"AND({watched},${due}{FIRST_ROW}<=TODAY()+{soon_days})"
    colour_when(sheet, cells, late, fill=LATE_FILL, color=LATE, bold=True)
    colour_when(sheet, cells, soon, fill=SOON_FILL)
