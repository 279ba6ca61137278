"""For a spreadsheet: `--format csv`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.reports.csv_text import csv_text
from cedre_xlsx.reports.findings.report import Report
from cedre_xlsx.schema.findings import Finding

_HEADINGS = (
    "Classeur",
    "Code",
    "Règle",
    "Gravité",
    "Personne",
    "Feuille",
    "Ligne",
    "Colonne",
    "Cellule",
    "Constat",
    "Que faire",
    "Depuis le",
    "Justification",
    "Jusqu'au",
)


def csv_report(reports: Sequence[Report]) -> str:
    """A line a finding; beside the headings, what was counted, when and by what."""
    return csv_text(_rows(reports))


def _rows(reports: Sequence[Report]) -> Iterator[tuple[object, ...]]:
    said = (text for one in reports for text in (one.heading, one.forgotten.sentence) if text)
    yield (*_HEADINGS, *said)
    for report in reports:
        for finding in report.findings:
            yield (report.workbook, *_cells(finding))


def _cells(finding: Finding) -> tuple[object, ...]:
    place, waived = finding.place, finding.waived
    return (
        finding.code,
        finding.name,
        finding.severity.label,
        finding.person,
        place.sheet,
        place.row,
        place.column,
        place.cell,
        finding.message,
        finding.help,
        french_day(finding.since) if finding.since else "",
        waived.reason if waived else "",
        french_day(waived.until) if waived and waived.until else "",
    )
