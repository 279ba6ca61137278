"""The findings as a page shows them: by person, who is pressed most first; the accepted apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from cedre_xlsx.reports.filtered_page import NO_ADVISOR, NOBODY
from cedre_xlsx.reports.findings.report import Report, by_person, waiver_sentence, where
from cedre_xlsx.rules.identity import encode_identity
from cedre_xlsx.schema.findings import Finding, Waiver


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding as it is shown; `key` is what it is asked for by.

    `kind` is its severity, or "waived"; `label` says it in French. `told` is what is said of it
    beneath: the remedy, and the reason that accepts it or did.
    """

    key: str
    code: str
    name: str
    kind: str
    label: str
    where: str
    person: str
    advisor: str
    message: str
    told: str
    since: date | None
    waived: Waiver | None
    expired: Waiver | None


@dataclass(frozen=True, slots=True)
class PersonFindings:
    """The findings on one person, those that press most first; `person` is "" for nobody."""

    person: str
    title: str
    advisor: str
    has_left: bool
    lines: tuple[FindingLine, ...]


@dataclass(frozen=True, slots=True)
class FindingGroups:
    """What waits for someone, and what the team accepted, each by person; by what they may be
    filtered.
    """

    waiting: tuple[PersonFindings, ...]
    accepted: tuple[PersonFindings, ...]
    people: tuple[str, ...]
    advisors: tuple[str, ...]
    rules: tuple[tuple[str, str], ...]

    @property
    def lines(self) -> tuple[FindingLine, ...]:
        """All of them."""
        groups = (*self.waiting, *self.accepted)
        return tuple(line for group in groups for line in group.lines)


def finding_key(finding: Finding) -> str:
    """What a finding is asked for by: it shows no name, and is the same as long as its line is."""
    code, print_of_all, *_ = encode_identity(finding.identity).split(".")
    return f"{code}.{print_of_all}"


def finding_groups(report: Report) -> FindingGroups:
    """The findings of a report, in the order of a meeting."""
    waiting = tuple(one for one in report.findings if one.waived is None)
    accepted = tuple(one for one in report.findings if one.waived is not None)
    lines = [line_of(report, one) for one in report.findings]
    return FindingGroups(
        _groups(report, waiting),
        _groups(report, accepted),
        tuple(sorted({one.person for one in lines if one.person}, key=str.casefold)),
        tuple(sorted({one.advisor for one in lines}, key=str.casefold)),
        tuple(sorted({(one.code, one.name) for one in lines})),
    )


def _groups(report: Report, findings: Sequence[Finding]) -> tuple[PersonFindings, ...]:
    return tuple(
        PersonFindings(
            person,
            person or NOBODY,
            report.advisors.get(person, "") if person else "",
            person in report.gone,
            tuple(line_of(report, finding) for finding in found),
        )
        for person, found in by_person(replace(report, findings=tuple(findings)))
    )


def line_of(report: Report, finding: Finding) -> FindingLine:
    """One finding of a report as it is shown."""
    accepted = waiver_sentence(finding)
    return FindingLine(
        key=finding_key(finding),
        code=finding.code,
        name=finding.name,
        kind="waived" if finding.waived else finding.severity.value,
        label="Accepté" if finding.waived else finding.severity.label,
        where=where(finding),
        person=finding.person,
        advisor=report.advisors.get(finding.person) or NO_ADVISOR,
        message=finding.message,
        told=accepted if finding.waived else f"{accepted} {finding.help}".strip(),
        since=finding.since,
        waived=finding.waived,
        expired=finding.expired,
    )
