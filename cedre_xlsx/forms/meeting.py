"""The papers of a team meeting: the agenda of each advisor, then the table of exemple n°5."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from cedre_xlsx.forms.content import Origin
from cedre_xlsx.forms.typesetting import Form
from cedre_xlsx.forms.typography import french
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.text import name_key
from cedre_xlsx.reports.agenda_order import AdvisorAgenda, Point
from cedre_xlsx.reports.agenda_rest import old_rules, other_findings, unplaced
from cedre_xlsx.reports.decisions import HEADING, PouredDecision, last_decisions, poured_decisions
from cedre_xlsx.reports.meeting import agenda, ended_marks
from cedre_xlsx.reports.news import News, news_by_advisor, with_news
from cedre_xlsx.reports.synthesis import synthesis_lines
from cedre_xlsx.schema.findings import Finding
from cedre_xlsx.schema.records import Records
from cedre_xlsx.schema.tables import SYNTHESIS
from cedre_xlsx.workbook.since import Since

#: The columns of exemple n°5; what the workbook adds to them is not printed.
_PRINTED = (
    "dates",
    "person",
    "objective",
    "engagement",
    "action",
    "to_propose",
    "under_way",
    "done",
    "deadline",
    "outcome",
)


def meeting_form(
    records: Records, findings: Sequence[Finding], origin: Origin, since: Since | None = None
) -> Form:
    """The agenda and the synthesis of the pathways at the date of `origin`; `since` says what
    changed since the last meeting.
    """
    columns = SYNTHESIS.columns
    day = french_day(origin.on)
    groups = agenda(records, findings, origin.on)
    rest = unplaced(records, findings, [item for one in groups for item in one.items])
    groups = (*groups, rest) if rest.points else groups
    ended = ended_marks(records, origin.on).sentence(records.follow_ups.sheet)
    others = " ".join(other_findings(records, findings, groups))
    poured = poured_decisions(records)
    news = news_by_advisor(records, since, poured, origin.on)
    groups = with_news(records, groups, news, origin.on)
    return {
        "form": "meeting",
        "running": french(f"Réunion d'équipe du {day}"),
        "foot": origin.foot,
        "structure": french(records.settings.structure),
        "title": french(f"RÉUNION D'ÉQUIPE DU {day}"),
        "agenda": french("Ordre du jour : "),
        "groups": [
            *_decided(last_decisions(poured)),
            *(_group(group, news.get(name_key(group.advisor))) for group in groups),
        ],
        "ended": french(" ".join(filter(None, (others, *old_rules(findings), ended)))),
        "headings": [french(columns[field].header) for field in _PRINTED],
        "synthesis": [
            [_printed(line.cells[field]) for field in _PRINTED]
            for line in synthesis_lines(records, origin.on)
        ],
    }


def _decided(poured: Sequence[PouredDecision]) -> Iterator[dict[str, object]]:
    """What the last meetings decided, how it is said first."""
    lines = []
    for one in poured:
        decided = one.decision
        due = french_day(decided.due) if isinstance(decided.due, date) else decided.due
        said = " · ".join(filter(None, (decided.who, due, one.reference.text)))
        text = "\n".join(filter(None, (decided.text, said)))
        lines.append([french(one.remark), french(one.person), french(text)])
    if lines:
        yield {"advisor": french(HEADING), "lines": lines}


def _group(group: AdvisorAgenda, news: News | None) -> dict[str, object]:
    """The lines of an advisor: what is new first."""
    lines = [*(_news(news) if news is not None else ()), *_lines(group)]
    return {"advisor": french(group.advisor), "lines": lines}


def _news(news: News) -> Iterator[list[str]]:
    """What is new since the last meeting: since when once, the person, what it is."""
    lines = [(one.person, "\n".join(filter(None, (one.subject, one.remark)))) for one in news.shown]
    lines += [("", text) for text in news.rest]
    for index, (person, text) in enumerate(lines):
        yield [french(news.heading if index == 0 else ""), french(person), french(text)]


def _lines(group: AdvisorAgenda) -> Iterator[list[str]]:
    """The lines of an advisor, each point of the agenda named once: point, person, what it is."""
    for section, points in group.by_section():
        for index, point in enumerate(points):
            topic = section.label if index == 0 else ""
            yield [french(topic), french(point.item.person), french(_text(point))]


def _text(point: Point) -> str:
    return "\n".join(part for part in (point.item.subject, point.remark) if part)


def _printed(value: object) -> str:
    if isinstance(value, date):
        return french_day(value)
    return french(str(value)) if value else ""
