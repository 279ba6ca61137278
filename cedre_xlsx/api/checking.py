"""`check` and `rules`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cedre_xlsx._version import __version__
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.rules import RULES, find_rule, run
from cedre_xlsx.rules.rule import Rule
from cedre_xlsx.rules.select import filter_findings
from cedre_xlsx.schema.findings import Finding, Severity
from cedre_xlsx.workbook.read import read_workbook


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of one workbook at one date, and the filters they went through."""

    workbook: str
    on: date
    template_version: str
    findings: tuple[Finding, ...]
    filters: str = ""

    def count(self, severity: Severity) -> int:
        """How many findings of a severity are not waived."""
        return sum(f.severity is severity and f.waived is None for f in self.findings)

    @property
    def waived(self) -> int:
        """How many findings the team has accepted."""
        return sum(f.waived is not None for f in self.findings)

    @property
    def counts_as_found(self) -> bool:
        """Whether the exit status is 1: an error or a warning that is not waived."""
        return self.count(Severity.ERROR) + self.count(Severity.WARNING) > 0

    @property
    def heading(self) -> str:
        """One line: the workbook, the date of the count, the filters, the tool's version."""
        filters = f" · {self.filters}" if self.filters else ""
        return (
            f"{self.workbook} · contrôle au {french_day(self.on)}{filters} · "
            f"cedre-xlsx {__version__}"
        )

    @property
    def summary_line(self) -> str:
        """One line that counts the findings by severity."""
        if not self.findings:
            return "Rien à signaler."
        parts = [
            _counted(self.count(Severity.ERROR), "erreur"),
            _counted(self.count(Severity.WARNING), "avertissement"),
            _counted(self.count(Severity.INFO), "information"),
            _counted(self.waived, "constat accepté", "constats acceptés"),
        ]
        return ", ".join(part for part in parts if part) + "."

    def to_json_object(self) -> dict[str, Any]:
        """The object that `--format json` prints."""
        counts = Counter(f.severity.value for f in self.findings if f.waived is None)
        return {
            "workbook": self.workbook,
            "date": self.on.isoformat(),
            "template_version": self.template_version,
            "tool_version": __version__,
            "filters": self.filters,
            "summary": {
                **{severity.value: counts[severity.value] for severity in Severity},
                "waived": self.waived,
            },
            "findings": [_finding_object(finding) for finding in self.findings],
        }


def check(
    path: Path | str,
    *,
    on: date | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    severity: str = "info",
    person: str = "",
    advisor: str = "",
) -> Report:
    """The findings of a workbook, which is only read.

    `select` and `ignore` take codes or families; `severity` is the lowest one kept. Raises
    CedreError when the workbook cannot be read or a filter names nothing.
    """
    path = Path(path)
    day = on or date.today()
    reading = read_workbook(path, on=day)
    found = run(reading.records, reading.problems, on=day)
    kept = filter_findings(
        found,
        select=tuple(select),
        ignore=tuple(ignore),
        severity=Severity(severity),
        person=person,
        advisor=advisor,
        records=reading.records,
    )
    filters = _filters(select, ignore, severity, person, advisor)
    return Report(path.name, day, reading.records.template_version, tuple(kept), filters)


def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of its code."""
    return RULES


def rule(code: str) -> Rule:
    """One rule by its code; CedreError with the nearest code when there is none."""
    return find_rule(code)


def _filters(
    select: Sequence[str], ignore: Sequence[str], severity: str, person: str, advisor: str
) -> str:
    parts = [
        f"règles {', '.join(select)}" if select else "",
        f"sans {', '.join(ignore)}" if ignore else "",
        f"gravité au moins {Severity(severity).label.lower()}" if severity != "info" else "",
        f"personne {person}" if person else "",
        f"accompagnateur {advisor}" if advisor else "",
    ]
    return ", ".join(part for part in parts if part)


def _counted(count: int, singular: str, plural: str = "") -> str:
    if not count:
        return ""
    return f"{count} {singular if count == 1 else plural or singular + 's'}"


def _finding_object(finding: Finding) -> dict[str, Any]:
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
