"""The sheet `Réunion`: the agenda, an advisor a page, with room for what is decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from cedre_xlsx.method.french import counted
from cedre_xlsx.method.text import name_key
from cedre_xlsx.reports.agenda_order import AdvisorAgenda, Point
from cedre_xlsx.reports.agenda_points import Section
from cedre_xlsx.reports.agenda_rest import (
    old_rules,
    other_findings,
    unplaced,
    unplaced_title,
)
from cedre_xlsx.reports.decisions import (
    HEADING,
    PouredDecision,
    hidden_names,
    last_decisions,
    poured_decisions,
)
from cedre_xlsx.reports.identities import with_own_identities
from cedre_xlsx.reports.layout import FIRST_ROW, Frame, Heading, SheetOrigin, height_of
from cedre_xlsx.reports.meeting import agenda, agenda_became, ended_marks
from cedre_xlsx.reports.news import News, news_by_advisor, with_news
from cedre_xlsx.schema.decisions import (
    DECISION_COLUMNS,
    DECISION_PLACES,
    MEETING_HEADINGS,
    meeting_columns,
    meeting_columns_by_key,
)
from cedre_xlsx.schema.findings import Finding, Place
from cedre_xlsx.schema.generated_sheets import MEETING_KIND, POURED_PREFIX
from cedre_xlsx.schema.kept import ended_identity
from cedre_xlsx.schema.records import Records, column_letter
from cedre_xlsx.schema.tables import MEETING_SHEET
from cedre_xlsx.workbook.fingerprint import digest
from cedre_xlsx.workbook.generated import (
    GeneratedSheet,
    HiddenNames,
    Link,
    OpenColumns,
    SheetRow,
    Value,
)
from cedre_xlsx.workbook.since import Since
from cedre_xlsx.workbook.styles import BODY_LINK, CHOICE, DATE_FORMAT, INK, MUTED, SOFT, Style

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_HINT = (
    "En réunion, taper dans les colonnes jaunes : Décision, Qui, Pour quand. C'est conservé, et "
    "suit sa ligne. Tout le reste est refait par « cedre-xlsx refresh »."
)
_LEGEND = (
    "Par accompagnateur, le plus pressant d'abord ; ▸ : autre point de la même personne. Cliquer "
    "sur la cellule y mène. Ce qui est replié s'ouvre par le + à gauche, et ne s'imprime qu'ouvert."
)
# Together they fit the width of an A4 page in landscape at that scale, even where the workbook's
# own font is wide: programs follow page breaks only when the page is not made to fit.
_SCALE = 80
_WIDTHS = {"": 3.5, "Personne": 18, "Action, engagement": 30.2, "À savoir": 27, "Cellule": 14.8}
_WIDTHS |= {column.header: column.width for column in DECISION_COLUMNS.values()}
_HEADINGS = tuple(Heading(text, _WIDTHS[text]) for text in MEETING_HEADINGS)
_ADVISOR = Style(bold=True, size=12, color="FFFFFFFF", fill=INK, vertical="center", wrap=False)
_POINT = Style(bold=True, color=INK, fill=SOFT, vertical="center", wrap=False)
_BOX = Style(border="thin", horizontal="center", size=11, color=INK)
_PERSON = Style(border="thin", bold=True)
_BODY = Style(border="thin")
_OPEN = Style(border="thin", fill=CHOICE)
_POURED = Style(border="thin", color=MUTED)
_NOTHING = Style(italic=True, color=MUTED, vertical="center", wrap=False)
_DECIDED = (_OPEN, _OPEN, replace(_OPEN, number_format=DATE_FORMAT), _POURED)
_LINK = replace(BODY_LINK, horizontal="left")
_STYLES = {
    "advisor": (_ADVISOR,) * len(_HEADINGS),
    "point": (_POINT,) * len(_HEADINGS),
    "item": (_BOX, _PERSON, _BODY, _BODY, *_DECIDED, _LINK),
    "nothing": (_NOTHING,) * len(_HEADINGS),
}
_TICK_BOX = "☐"
_FEW_DECISIONS = 7  # rows, their heading included, that leave room for an advisor on their page


def meeting_sheet(
    records: Records,
    findings: Sequence[Finding],
    on: date,
    *,
    workbook: str,
    version: str,
    known: Mapping[str, str] | None = None,
    since: Since | None = None,
) -> GeneratedSheet:
    """The agenda at that date, ready to be written; `known` says what lines became, `since` what
    changed since the last meeting.
    """
    agendas = agenda(records, findings, on)
    rest = unplaced(records, findings, [item for one in agendas for item in one.items])
    agendas = (*agendas, rest) if rest.points else agendas
    others = other_findings(records, findings, agendas)
    everything = poured_decisions(records, known)
    poured = last_decisions(everything)
    news = news_by_advisor(records, since, everything, on)
    ended = ended_marks(records, on)
    said = ended.sentence(records.follow_ups.sheet)
    over = [_line("nothing", text, 15, "constats" if rank == 0 else "")
            for rank, text in enumerate(others)]  # fmt: skip
    over += [_line("nothing", text, 15, "" if rank else "regles")
             for rank, text in enumerate(old_rules(findings))]  # fmt: skip
    over += [_line("nothing", said, 18, ended_identity(ended.tokens))] if said else []
    shown = with_news(records, agendas, news, on)
    sheet = _sheet(shown, SheetOrigin(workbook, on, version), over, poured, news)
    return replace(
        sheet,
        became=partial(agenda_became, records, agendas, known or {}),
        open_columns=_open_columns(frozenset(one.decision.row for one in everything)),
        hidden_names=HiddenNames(POURED_PREFIX, hidden_names(poured)),
    )


def empty_meeting_sheet() -> GeneratedSheet:
    """The sheet of a new workbook: headings, no row."""
    return _sheet((), SheetOrigin())


def _open_columns(written: frozenset[int] = frozenset()) -> OpenColumns:
    columns = tuple(DECISION_PLACES.values())
    return OpenColumns(columns, meeting_columns, meeting_columns_by_key, written)


def _sheet(
    agendas: Sequence[AdvisorAgenda],
    origin: SheetOrigin,
    over: Sequence[SheetRow] = (),
    poured: Sequence[PouredDecision] = (),
    news: Mapping[str, News] | None = None,
) -> GeneratedSheet:
    frame = Frame(
        title=MEETING_KIND.title,
        hint=_HINT,
        legend=_LEGEND,
        origin=origin,
        headings=_HEADINGS,
        fit=False,
        scale=_SCALE,
        heading_height=20,
    )
    rows, breaks = _rows(agendas, poured, news or {})
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
        open_columns=_open_columns(),
    )


def _rows(
    agendas: Sequence[AdvisorAgenda],
    poured: Sequence[PouredDecision],
    news: Mapping[str, News],
) -> tuple[list[SheetRow], list[int]]:
    """The rows, and the rows after which a new page starts."""
    rows: list[SheetRow] = _decided(poured)
    breaks: list[int] = []
    for advisor in agendas:
        if len(rows) > (_FEW_DECISIONS if advisor is agendas[0] else 0):
            breaks.append(FIRST_ROW + len(rows) - 1)
        rows.append(_line("advisor", _title(advisor), 22, digest(advisor.advisor)))
        if (new := news.get(name_key(advisor.advisor))) is not None:
            rows += _news(advisor.advisor, new)
        for section, points in advisor.by_section():
            if section is not Section.UNPLACED:
                text = f"{section.label} ({_count(points)})"
                rows.append(_line("point", text, 17, digest(advisor.advisor, section.name)))
            rows += [_item(point) for point in points]
    return with_own_identities(rows), breaks


def _news(advisor: str, news: News) -> Iterator[SheetRow]:
    """What is new for an advisor, a row each."""
    yield _line("point", news.heading, 17, digest(advisor, "depuis"))
    for one in news.shown:
        link = _link(one.place) if one.place.row else None
        values = (None, one.person, one.subject, one.remark, None, None, None, None, link)
        yield _with_cells(values, one.identity)
    for rank, text in enumerate(news.rest):
        yield _line("nothing", text, 15, digest(advisor, "depuis", str(rank)))


def _title(group: AdvisorAgenda) -> str:
    if not group.points:
        return group.advisor
    if group.advisor == Section.UNPLACED.label:
        return unplaced_title(group)
    return f"{group.advisor} ({counted(len(group.points), 'point')})"


def _count(points: Sequence[Point]) -> str:
    """How many points, and how many of them are folded."""
    folded = sum(point.folded for point in points)
    if not folded:
        return str(len(points))
    if folded == len(points):
        return f"{len(points)}, {'replié' if folded == 1 else 'repliés'}"
    return f"{len(points)}, dont {folded} {'replié' if folded == 1 else 'repliés'}"


def _decided(poured: Sequence[PouredDecision]) -> list[SheetRow]:
    """What the last meetings decided, a row each."""
    if not poured:
        return []
    title = f"{HEADING} ({counted(len(poured), 'décision')})"
    return [_line("advisor", title, 22, digest(HEADING)), *map(_decision, poured)]


def _decision(poured: PouredDecision) -> SheetRow:
    one = poured.decision
    decided = (one.text, one.who, one.due, poured.reference.text)
    link = _link(poured.place) if poured.place else None
    return _with_cells(
        (None, poured.person, one.subject, poured.remark, *decided, link), poured.identity
    )


def _line(style: str, text: str, height: float, identity: str = "") -> SheetRow:
    """A row that is one text, running over its empty cells."""
    return SheetRow(style, (text, *(None,) * (len(_HEADINGS) - 1)), height, identity)


def _item(point: Point) -> SheetRow:
    item = point.item
    link = _link(item.place) if item.place.row else None
    values = (_TICK_BOX, item.person, item.subject, point.remark, None, None, None, None, link)
    return replace(_with_cells(values, item.identity), folded=point.folded)


def _with_cells(values: Sequence[Value], identity: str) -> SheetRow:
    values = tuple(value or None for value in values)
    height = max(height_of(values[1:], _HEADINGS[1:]), 17.0)
    return SheetRow("item", values, height, identity)


def _link(place: Place) -> Link:
    where = f"{place.sheet} {place.cell or f'ligne {place.row}'}"
    return Link(where, place.sheet, place.cell or f"A{place.row}")


def _draw(frame: Frame, breaks: Sequence[int], sheet: Worksheet, last_row: int) -> None:
    from openpyxl.worksheet.pagebreak import Break

    from cedre_xlsx.workbook.template.validations import validate

    frame.draw(sheet)
    for row in breaks:
        sheet.row_breaks.append(Break(id=row))
    for field, column in DECISION_COLUMNS.items():
        letter = column_letter(DECISION_PLACES[field])
        if column.open:
            rule = validate(sheet, f"{letter}{FIRST_ROW}:{letter}{last_row}", field, column)
            rule.showErrorMessage = rule.type != "list"  # a list that proposes: any name will do
