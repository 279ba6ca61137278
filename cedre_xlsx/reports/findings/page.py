"""For the meeting: `--format html`, one page that needs nothing else, to project or to print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files
from itertools import groupby
from string import Template

from cedre_xlsx.method.french import counted, typeset
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.text import fold
from cedre_xlsx.reports.csv_text import guarded
from cedre_xlsx.reports.findings.report import (
    Report,
    pressing_first,
    waiver_sentence,
    where,
)
from cedre_xlsx.schema.findings import Finding

_NOBODY = "Le classeur"
_NO_ADVISOR = "Sans accompagnateur"


def html_report(reports: Sequence[Report]) -> str:
    """The page: the workbooks' findings by person, filtered by the reader without any server."""
    page = Template((files(__package__) / "page.html").read_text(encoding="utf-8"))
    findings = [finding for report in reports for finding in report.findings]
    people = sorted({finding.person for finding in findings if finding.person}, key=fold)
    advisors = sorted(
        {_advisor(report, f) for report in reports for f in report.findings}, key=fold
    )
    return page.substitute(
        title=_text(" et ".join(report.workbook for report in reports)),
        advisors=_options(sorted(advisors, key=fold)),
        people=_options(people),
        reports="".join(map(_report, reports)),
        count=counted(len(findings), "constat"),
    )


def _text(text: str) -> str:
    """A text as the page holds it: no tag, and no formula for who copies it to a spreadsheet."""
    return escape(typeset(guarded(text)))


def _options(names: Iterable[str]) -> str:
    return "".join(f'<option value="{escape(name)}">{_text(name)}</option>' for name in names)


def _advisor(report: Report, finding: Finding) -> str:
    return report.advisors.get(finding.person) or _NO_ADVISOR


def _report(report: Report) -> str:
    """One workbook: its heading, its counts, its findings by person."""
    ordered = sorted(report.findings, key=lambda f: (f.person != "", fold(f.person)))
    groups = (
        _person(report, person, list(found))
        for person, found in groupby(ordered, key=lambda f: f.person)
    )
    return (
        f'<section class="workbook"><h2>{_text(report.heading)}</h2>'
        f'<p class="summary">{_text(report.summary_line)}</p>{_forgotten(report)}'
        f"{''.join(groups)}"
        "</section>\n"
    )


def _forgotten(report: Report) -> str:
    said = report.forgotten.sentence
    return f'<p class="forgotten">{_text(said)}</p>' if said else ""


def _person(report: Report, person: str, findings: Sequence[Finding]) -> str:
    advisor = report.advisors.get(person, "") if person else ""
    beside = f' <span class="advisor">{_text(advisor)}</span>' if advisor else ""
    lines = "\n".join(_line(report, finding) for finding in pressing_first(findings))
    return (
        f'<section class="person"><h3><span>{_text(person or _NOBODY)}</span>{beside}'
        f' <span class="many">{counted(len(findings), "constat")}</span></h3>\n'
        f'<ul role="list">\n{lines}\n</ul></section>\n'
    )


def _line(report: Report, finding: Finding) -> str:
    kind = "waived" if finding.waived else finding.severity.value
    label = "Accepté" if finding.waived else finding.severity.label
    searched = " ".join((finding.person, finding.message, finding.help, finding.code, finding.name))
    attributes = {
        "class": f"finding {kind}",
        "data-severity": kind,
        "data-person": finding.person,
        "data-advisor": _advisor(report, finding),
        "data-text": fold(f"{searched} {where(finding)}"),
    }
    opened = " ".join(f'{name}="{escape(value)}"' for name, value in attributes.items())
    return f"<li {opened}>{' '.join(_parts(finding, label))}</li>"


def _parts(finding: Finding, label: str) -> Iterator[str]:
    yield f'<span class="severity">{label}</span>'
    yield f'<span class="cell">{_text(where(finding))}</span>'
    yield f'<span class="message">{_text(finding.message)}</span>'
    accepted = waiver_sentence(finding)
    told = accepted if finding.waived else f"{accepted} {finding.help}".strip()
    yield f'<span class="help">{_text(told)}</span>'
    since = f" · depuis le {french_day(finding.since)}" if finding.since else ""
    yield f'<span class="rule">{_text(f"{finding.code} {finding.name}")}{since}</span>'
