"""`check` and `rules`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from cedre_xlsx.api.collection import without_collection
from cedre_xlsx.api.opening import opened
from cedre_xlsx.method.text import readable
from cedre_xlsx.reports.findings.report import Report
from cedre_xlsx.rules import RULES, find_rule, run
from cedre_xlsx.rules.previous import forgotten_justifications
from cedre_xlsx.rules.rule import Rule
from cedre_xlsx.rules.select import filter_findings
from cedre_xlsx.schema.findings import Severity


@without_collection
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
    reading = opened(path, day)
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
    advisors = {name: one.latest.advisor for name, one in reading.records.persons.items()}
    version = reading.records.template_version
    forgotten = tuple(
        f"{row.code} {row.person or row.sheet} : {row.justification.strip()}"
        for row in forgotten_justifications(reading.records.control.rows, found)
    )
    return Report(readable(path.name), day, version, tuple(kept), filters, advisors, forgotten)


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
