"""What the agenda brings up of nobody's: lines and people that could not be placed, and the count
of all else that `Contrôle` says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from cedre_xlsx.method.french import counted
from cedre_xlsx.reports.agenda_order import AdvisorAgenda, Point
from cedre_xlsx.reports.agenda_points import SECTION_OF, AgendaItem, Section
from cedre_xlsx.schema.columns import EntryRow
from cedre_xlsx.schema.findings import Finding, Severity
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.generated_sheets import CONTROL_KIND
from cedre_xlsx.schema.records import Records, Table
from cedre_xlsx.workbook.line_prints import twin_of

#: The rules of lines whose name nobody has, or that have none.
_NOBODY = ("SUI01", "ENG05", "MIS01", "PER16")
_UNREADABLE = "LEC03"
#: The rule that says that the rules of the PASS IAE are old.
_OLD_RULES = "PER26"
_LINE_LENGTH = 175  # characters of a sentence that fit the page


def unplaced(
    records: Records, findings: Iterable[Finding], shown: Collection[AgendaItem]
) -> AdvisorAgenda:
    """The lines and the people that could not be placed, but for those `shown` already."""
    seen = {(item.place.sheet, item.place.row) for item in shown if item.line}
    registered = records.people.spec.columns["registered"].header
    found = []
    for finding in findings:
        place = finding.place
        is_person = finding.code == _UNREADABLE and (place.sheet, place.column) == (
            records.people.sheet, registered,
        )  # fmt: skip
        is_line = finding.code in _NOBODY and (place.sheet, place.row) not in seen
        if finding.waived is None and (is_person or is_line):
            found.append(_item(records, finding, is_line=is_line))
    ordered = sorted(found, key=lambda item: (item.rank, item.place.sheet, item.place.row or 0))
    points = tuple(Point(item, Section.UNPLACED) for item in ordered)
    return AdvisorAgenda(Section.UNPLACED.label, points)


def unplaced_title(group: AdvisorAgenda) -> str:
    """The heading: how many people, how many lines."""
    people = sum(not item.line for item in group.items)
    lines = len(group.items) - people
    parts = [counted(people, "personne")] if people else []
    parts += [counted(lines, "ligne")] if lines else []
    return f"{group.advisor} ({', '.join(parts)})"


def _item(records: Records, finding: Finding, *, is_line: bool) -> AgendaItem:
    row = _row(records, finding) if is_line else None
    likely, question, _ = finding.help.partition(" ?")  # whom the name may mean
    text = f"{finding.message} {likely}{question}" if question else finding.message
    return AgendaItem(
        section=Section.UNPLACED,
        person=finding.person,
        subject=_about(row),
        remark=text if is_line else finding.message,
        place=finding.place,
        rank=int(is_line),
        line=(row.key if row else "") or (finding.key if is_line else ""),
        twin=twin_of(records, row),
    )


def _row(records: Records, finding: Finding) -> EntryRow | None:
    tables: Sequence[Table[EntryRow]] = (
        records.follow_ups, records.engagements, records.missions, records.barriers,
    )  # type: ignore[assignment]  # fmt: skip
    for table in tables:
        if table.sheet == finding.place.sheet:
            return next((row for row in table.rows if row.row == finding.place.row), None)
    return None


def _about(row: EntryRow | None) -> str:
    """What a line is about, by the first of its words."""
    if row is None:
        return ""
    if isinstance(row, FollowUpRow):
        return row.action or row.objective
    names = ("reference", "object", "client", "trade", "barrier")
    return next((text for name in names if (text := getattr(row, name, "")) and str(text)), "")


def other_findings(
    records: Records, findings: Iterable[Finding], groups: Iterable[AdvisorAgenda]
) -> list[str]:
    """How many errors and warnings have no point here, and where they are: one sentence, in as
    many lines as the page needs.
    """
    told = {(item.place.sheet, item.place.row, item.place.cell)
            for group in groups for item in group.items}  # fmt: skip
    others = [
        finding
        for finding in findings
        if finding.waived is None
        and finding.severity is not Severity.INFO
        and not _is_told(records, finding, told)
    ]
    if not others:
        return []
    counts = Counter((one.severity.rank, one.code, one.name) for one in others)
    ordered = sorted(counts.items(), key=lambda one: (one[0][0], -one[1], one[0][1]))
    parts = [f"{name} ({code}) : {count}" for (_, code, name), count in ordered]
    tabs = (one.tab for one in records.generated if one.kind == CONTROL_KIND and one.tab)
    sheet = next(tabs, records.control.sheet)
    start = f"Et {counted(len(others), 'autre constat', 'autres constats')} dans {sheet} : "
    return list(_lines([f"{start}{parts[0]}", *parts[1:]]))


def old_rules(findings: Iterable[Finding]) -> tuple[str, ...]:
    """That the rules of the PASS IAE by which points are told may have changed, and where to look:
    two sentences; nothing where they are of late, or the team accepted it.
    """
    said = (one for one in findings if one.code == _OLD_RULES and one.waived is None)
    return next(((one.message, one.help) for one in said), ())


def _is_told(
    records: Records, finding: Finding, told: Collection[tuple[str, int | None, str]]
) -> bool:
    place = finding.place
    if finding.code in SECTION_OF:
        return records.canonical_name(finding.person) is not None if finding.person else False
    return (place.sheet, place.row, place.cell) in told and (
        finding.code in _NOBODY or finding.code == _UNREADABLE
    )


def _lines(parts: Sequence[str]) -> Iterator[str]:
    """The parts of a sentence, as many on each line as the page takes."""
    line = ""
    for part in parts:
        if line and len(line) + len(part) > _LINE_LENGTH:
            yield f"{line} ;"
            line = ""
        line = f"{line} ; {part}" if line else part
    yield f"{line}."
