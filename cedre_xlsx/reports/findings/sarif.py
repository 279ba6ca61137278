"""For tools that collect results: `--format sarif`, the version 2.1.0 of OASIS."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from cedre_xlsx._version import __version__
from cedre_xlsx.reports.findings.report import Report, where
from cedre_xlsx.rules import RULES
from cedre_xlsx.rules.docs import sections
from cedre_xlsx.rules.identity import encode_identity, whole_of
from cedre_xlsx.rules.rule import Rule
from cedre_xlsx.schema.findings import Finding, Severity

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_RANKS = {rule.code: rank for rank, rule in enumerate(RULES)}


def sarif_report(reports: Sequence[Report]) -> str:
    """One run a workbook; a finding that the team accepted is a suppressed result."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(report) for report in reports]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _run(report: Report) -> dict[str, Any]:
    return {
        "tool": {
            "driver": {
                "name": "cedre-xlsx",
                "version": __version__,
                "language": "fr",
                "rules": [_rule(rule) for rule in RULES],
            }
        },
        "language": "fr",
        "artifacts": [{"location": {"uri": _uri(report)}}],
        "results": [_result(report, finding) for finding in report.findings],
        "properties": {
            "date": report.on.isoformat(),
            "filters": report.filters,
            "templateVersion": report.template_version,
        },
    }


def _rule(rule: Rule) -> dict[str, Any]:
    told = sections(rule)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": f"{rule.name}."},
        "fullDescription": {"text": told["Quoi"]},
        "help": {"text": "\n\n".join(f"{name} : {text}" for name, text in told.items())},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"fiche": rule.fiche},
    }


def _result(report: Report, finding: Finding) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": _RANKS[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message} {finding.help}"},
        "locations": [_location(report, finding)],
        "partialFingerprints": {"cedreLine/v1": whole_of(encode_identity(finding.identity))},
        "properties": {
            "person": finding.person,
            "since": finding.since.isoformat() if finding.since else None,
        },
    }
    if finding.waived is not None:
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": finding.waived.reason}
        ]
    return result


def _location(report: Report, finding: Finding) -> dict[str, Any]:
    """The cell as a name: a workbook has no lines of text, its rows stand for them."""
    place = finding.place
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(report), "index": 0}}
    if place.row:
        physical["region"] = {"startLine": place.row}
    return {
        "physicalLocation": physical,
        "logicalLocations": [
            {"name": place.cell or place.sheet, "fullyQualifiedName": where(finding)}
        ],
    }


def _uri(report: Report) -> str:
    return quote(report.workbook)
