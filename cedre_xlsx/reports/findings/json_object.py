"""For programs: the object that `--format json` prints; its keys are a contract."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from cedre_xlsx._version import __version__
from cedre_xlsx.reports.findings.report import Report
from cedre_xlsx.schema.findings import Finding, Severity


def json_text(reports: Sequence[Report]) -> str:
    """One object, or a list of them for several workbooks."""
    objects = [json_object(report) for report in reports]
    return json.dumps(objects[0] if len(objects) == 1 else objects, ensure_ascii=False, indent=2)


def json_object(report: Report) -> dict[str, Any]:
    """One workbook's findings; dates are ISO 8601, what is unknown is null."""
    return {
        "workbook": report.workbook,
        "date": report.on.isoformat(),
        "template_version": report.template_version,
        "tool_version": __version__,
        "filters": report.filters,
        "summary": {
            **{severity.value: report.count(severity) for severity in Severity},
            "waived": report.waived,
        },
        "forgotten": list(report.forgotten.texts),
        "findings": [_finding(finding) for finding in report.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    waived = finding.waived
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "sheet": finding.place.sheet,
        "row": finding.place.row,
        "column": finding.place.column,
        "cell": finding.place.cell,
        "person": finding.person,
        "message": finding.message,
        "help": finding.help,
        "since": finding.since.isoformat() if finding.since else None,
        "waived": None
        if waived is None
        else {"reason": waived.reason, "until": waived.until.isoformat() if waived.until else None},
    }
