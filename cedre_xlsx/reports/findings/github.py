"""For a repository's checks: `--format github`, one workflow command a finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cedre_xlsx.reports.findings.report import Report, waiver_sentence, where
from cedre_xlsx.schema.findings import Finding, Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def github_report(reports: Sequence[Report]) -> str:
    """The commands that annotate each workbook, and a last notice that counts them."""
    return "\n".join(line for report in reports for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    for finding in report.findings:
        yield _command(report, finding)
    yield f"::notice title={_property(report.heading)}::{_message(report.summary_line)}"


def _command(report: Report, finding: Finding) -> str:
    """A finding that the team accepted is only a notice."""
    name = "notice" if finding.waived else _COMMANDS[finding.severity]
    title = f"{finding.code} {finding.name} · {where(finding)}"
    line = f",line={finding.place.row}" if finding.place.row else ""
    parts = (finding.message, waiver_sentence(finding) or finding.help)
    text = "\n".join(part for part in parts if part)
    return (
        f"::{name} file={_property(report.workbook)}{line},title={_property(title)}"
        f"::{_message(text)}"
    )


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
