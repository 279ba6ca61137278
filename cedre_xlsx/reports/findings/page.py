"""For the meeting: `--format html`, one page that needs nothing else, to project or to print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import groupby

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.text import fold
from cedre_xlsx.reports.filtered_page import (
    NO_ADVISOR,
    NOBODY,
    FilteredPage,
    item,
    section,
    text,
)
from cedre_xlsx.reports.findings.report import (
    Report,
    pressing_first,
    waiver_sentence,
    where,
)
from cedre_xlsx.schema.findings import Finding

_UNIT = "constat"
_KINDS = {"error": "Erreurs", "warning": "Avertissements", "info": "Infos", "waived": "Acceptés"}


def html_report(reports: Sequence[Report]) -> str:
    """The page: the workbooks' findings by person, filtered by the reader without any server."""
    page = FilteredPage(
        title=f"Contrôle · {text(' et '.join(report.workbook for report in reports))}",
        header="<h1>Contrôle avant la réunion</h1>",
        style=(files(__package__) / "page.css").read_text(encoding="utf-8"),
        unit=_UNIT,
        none="aucun constat",
        legend="Gravité",
        kinds=_KINDS,
        placeholder="mot, cellule, code",
    )
    findings = [finding for report in reports for finding in report.findings]
    return page.html(
        "".join(map(_report, reports)),
        count=len(findings),
        people=sorted({finding.person for finding in findings if finding.person}, key=fold),
        advisors={_advisor(report, f) for report in reports for f in report.findings},
    )


def _advisor(report: Report, finding: Finding) -> str:
    return report.advisors.get(finding.person) or NO_ADVISOR


def _report(report: Report) -> str:
    """One workbook: its heading, its counts, its findings by person."""
    ordered = sorted(report.findings, key=lambda f: (f.person != "", fold(f.person)))
    groups = (
        _person(report, person, list(found))
        for person, found in groupby(ordered, key=lambda f: f.person)
    )
    return (
        f'<section class="workbook"><h2>{text(report.heading)}</h2>'
        f'<p class="summary">{text(report.summary_line)}</p>{_forgotten(report)}'
        f"{''.join(groups)}"
        "</section>\n"
    )


def _forgotten(report: Report) -> str:
    said = report.forgotten.sentence
    return f'<p class="told">{text(said)}</p>' if said else ""


def _person(report: Report, person: str, findings: Sequence[Finding]) -> str:
    advisor = report.advisors.get(person, "") if person else ""
    beside = f' <span class="beside">{text(advisor)}</span>' if advisor else ""
    lines = [_line(report, finding) for finding in pressing_first(findings)]
    return section(person or NOBODY, beside, lines, _UNIT, level=3)


def _line(report: Report, finding: Finding) -> str:
    kind = "waived" if finding.waived else finding.severity.value
    label = "Accepté" if finding.waived else finding.severity.label
    said = (finding.person, finding.message, finding.help, finding.code, finding.name)
    searched = " ".join((*said, where(finding)))
    parts = " ".join(_parts(finding, label))
    return item(kind, finding.person, _advisor(report, finding), searched, parts)


def _parts(finding: Finding, label: str) -> Iterator[str]:
    yield f'<span class="kind">{label}</span>'
    yield f'<span class="cell">{text(where(finding))}</span>'
    yield f'<span class="message">{text(finding.message)}</span>'
    accepted = waiver_sentence(finding)
    told = accepted if finding.waived else f"{accepted} {finding.help}".strip()
    yield f'<span class="help">{text(told)}</span>'
    since = f" · depuis le {french_day(finding.since)}" if finding.since else ""
    yield f'<span class="rule">{text(f"{finding.code} {finding.name}")}{since}</span>'
