"""The sheet `Réunion`: the agenda, an advisor a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from cedre_xlsx.reports.identities import with_own_identities
from cedre_xlsx.reports.layout import FIRST_ROW, Frame, Heading, Origin, height_of
from cedre_xlsx.reports.meeting import (
    AdvisorAgenda,
    AgendaItem,
    agenda,
    agenda_became,
    ended_marks,
)
from cedre_xlsx.schema.findings import Finding
from cedre_xlsx.schema.generated_sheets import MEETING_KIND
from cedre_xlsx.schema.kept import ended_identity
from cedre_xlsx.schema.records import Records
from cedre_xlsx.schema.tables import MEETING_SHEET
from cedre_xlsx.workbook.fingerprint import digest
from cedre_xlsx.workbook.generated import GeneratedSheet, Link, SheetRow
from cedre_xlsx.workbook.styles import BODY_LINK, INK, MUTED, SOFT, Style

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_HINT = (
    "Cette feuille est refaite par la commande « cedre-xlsx refresh » : ne rien y taper. "
    "Les décisions se notent dans Synthèse (Notes de réunion)."
)
_LEGEND = "Par accompagnateur, ce qui se décide d'abord en premier. Cliquer sur la cellule y mène."
# Together they fit the width of an A4 page in landscape at full scale, even where the workbook's
# own font is wide: programs follow page breaks only when the page is not made to fit.
_HEADINGS = (
    Heading("", 3.5),
    Heading("Personne", 22),
    Heading("Action, engagement", 39),
    Heading("À savoir", 32),
    Heading("Cellule", 14),
)
_ADVISOR = Style(bold=True, size=12, color="FFFFFFFF", fill=INK, vertical="center", wrap=False)
_POINT = Style(bold=True, color=INK, fill=SOFT, vertical="center", wrap=False)
_BOX = Style(border="thin", horizontal="center", size=11, color=INK)
_PERSON = Style(border="thin", bold=True)
_BODY = Style(border="thin")
_NOTHING = Style(italic=True, color=MUTED, vertical="center", wrap=False)
_STYLES = {
    "advisor": (_ADVISOR,) * len(_HEADINGS),
    "point": (_POINT,) * len(_HEADINGS),
    "item": (_BOX, _PERSON, _BODY, _BODY, replace(BODY_LINK, horizontal="left")),
    "nothing": (_NOTHING,) * len(_HEADINGS),
}
_TICK_BOX = "☐"


def meeting_sheet(
    records: Records,
    findings: Sequence[Finding],
    on: date,
    *,
    workbook: str,
    version: str,
    known: Mapping[str, str] | None = None,
) -> GeneratedSheet:
    """The agenda at that date, ready to be written; `known` says what lines became."""
    agendas = agenda(records, findings, on)
    ended = ended_marks(records, on)
    said = ended.sentence(records.follow_ups.sheet)
    over = [_line("nothing", said, 18, ended_identity(ended.tokens))] if said else []
    sheet = _sheet(agendas, Origin(workbook, on, version), over)
    return replace(sheet, became=partial(agenda_became, records, agendas, known or {}))


def empty_meeting_sheet() -> GeneratedSheet:
    """The sheet of a new workbook: headings, no row."""
    return _sheet((), Origin())


def _sheet(
    agendas: Sequence[AdvisorAgenda], origin: Origin, over: Sequence[SheetRow] = ()
) -> GeneratedSheet:
    frame = Frame(
        title=MEETING_KIND.title,
        hint=_HINT,
        legend=_LEGEND,
        origin=origin,
        headings=_HEADINGS,
        fit=False,
        heading_height=20,
    )
    rows, breaks = _rows(agendas)
    if not rows and origin.on is not None:
        rows = [_line("nothing", "Rien à l'ordre du jour.", 18)]
    rows += over
    return GeneratedSheet(
        mark=MEETING_KIND.mark,
        title=MEETING_SHEET,
        draw=partial(_draw, frame, tuple(breaks)),
        first_row=FIRST_ROW,
        styles=_STYLES,
        rows=rows,
    )


def _rows(agendas: Sequence[AdvisorAgenda]) -> tuple[list[SheetRow], list[int]]:
    """The rows, and the rows after which a new page starts."""
    rows: list[SheetRow] = []
    breaks: list[int] = []
    for advisor in agendas:
        if rows:
            breaks.append(FIRST_ROW + len(rows) - 1)
        count = len(advisor.items)
        points = f"{count} point" if count == 1 else f"{count} points"
        name = f"{advisor.advisor} ({points})"
        rows.append(_line("advisor", name, 22, digest(advisor.advisor)))
        for section, items in advisor.by_section():
            rows.append(_line("point", section.label, 17, digest(advisor.advisor, section.name)))
            rows += [_item(item) for item in items]
    return with_own_identities(rows), breaks


def _line(style: str, text: str, height: float, identity: str = "") -> SheetRow:
    """A row that is one text, running over its empty cells."""
    return SheetRow(style, (text, *(None,) * (len(_HEADINGS) - 1)), height, identity)


def _item(item: AgendaItem) -> SheetRow:
    place = item.place
    where = f"{place.sheet} {place.cell or f'ligne {place.row}'}"
    link = Link(where, place.sheet, place.cell or f"A{place.row}") if place.row else None
    values = (_TICK_BOX, item.person, item.subject or None, item.remark or None, link)
    height = max(height_of(values[1:], _HEADINGS[1:]), 17.0)
    return SheetRow("item", values, height, item.identity)


def _draw(frame: Frame, breaks: Sequence[int], sheet: Worksheet, last_row: int) -> None:
    from openpyxl.worksheet.pagebreak import Break

    frame.draw(sheet)
    for row in breaks:
        sheet.row_breaks.append(Break(id=row))
