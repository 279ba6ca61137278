"""`check` and `rules`: the findings of a workbook, and what each rule is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from cedre_xlsx.api.arguments import checked, chosen
from cedre_xlsx.api.collection import without_collection
from cedre_xlsx.api.opening import opened, opened_to_count
from cedre_xlsx.method.text import readable
from cedre_xlsx.reports.findings.report import Forgotten, Report
from cedre_xlsx.rules import RULES, find_rule, run
from cedre_xlsx.rules.previous import forgotten_justifications
from cedre_xlsx.rules.rule import Rule
from cedre_xlsx.rules.select import Lets, finding_filter
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.findings import Finding, Place, Severity
from cedre_xlsx.schema.generated import ControlRow
from cedre_xlsx.schema.late import Late
from cedre_xlsx.schema.records import Records, Table


@checked
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
    previous: Path | str | None = None,
) -> Report:
    """The findings of a workbook, which is only read.

    `select` and `ignore` take codes or families; `severity` is the lowest one kept. With
    `previous`, the workbook of the year before, they also say what that says otherwise than when
    this one was begun. Raises CedreError when a workbook cannot be read, or was not begun from
    another, or a filter names nothing.
    """
    path = Path(path)
    day = on or date.today()
    lowest = chosen(Severity, severity, "une gravité")
    reading = opened(path, day)
    late = () if previous is None else _late(path, reading.records, Path(previous), day)
    found = run(reading.records, reading.problems, on=day, late=late)
    lets = finding_filter(
        found,
        select=tuple(select),
        ignore=tuple(ignore),
        severity=lowest,
        person=person,
        advisor=advisor,
        records=reading.records,
    )
    filters = _filters(select, ignore, lowest, person, advisor)
    advisors = {name: one.latest.advisor for name, one in reading.records.persons.items()}
    version = reading.records.template_version
    kept = tuple(filter(lets, found))
    forgotten = _forgotten(reading.records.control, found, lets)
    gone = frozenset(
        name
        for name, one in reading.records.persons.items()
        if all(row.exited is not None and row.exited < day for row in one.pathways)
    )
    return Report(readable(path.name), day, version, kept, filters, advisors, forgotten, gone)


def _late(path: Path, records: Records, previous: Path, day: date) -> tuple[Late, ...]:
    """What the workbook of the year before says otherwise than when this one was begun."""
    from cedre_xlsx.yearly.totals import opened_years

    if not opened_years(records.memory):
        raise CedreError(
            f"{path} : ce classeur n'a pas été commencé par « cedre-xlsx year » : il n'a rien à "
            "comparer à celui d'avant. Enlevez --previous."
        )
    if previous.exists() and path.exists() and previous.samefile(path):
        raise CedreError(
            f"{previous} : c'est le classeur contrôlé lui-même ; donnez après --previous celui de "
            "l'année d'avant."
        )
    old = opened_to_count(previous, day).records
    from cedre_xlsx.yearly.previous import is_the_one_before, late_corrections

    if not is_the_one_before(records, old):
        raise CedreError(
            f"{previous} : ce n'est pas le classeur à partir duquel {path.name} a été commencé : "
            "ses personnes sont d'autres, ou son année n'est pas celle d'avant. Donnez après "
            "--previous celui de l'année d'avant."
        )
    return late_corrections(records, old)


def _forgotten(control: Table[ControlRow], found: Sequence[Finding], lets: Lets) -> Forgotten:
    """The justifications that accept nothing any more, of what the filters let through."""
    rows = [row for row in forgotten_justifications(control.rows, found) if lets(_as_finding(row))]
    texts = (f"{row.code} {row.person or row.sheet} : {row.justification.strip()}" for row in rows)
    first = min((row.row for row in rows), default=0)
    return Forgotten(tuple(texts), control.sheet, first)


def _as_finding(row: ControlRow) -> Finding:
    """What a line of `Contrôle` was about, as far as filters look at it."""
    labels = {severity.label: severity for severity in Severity}
    grave = {rule.code: rule.severity for rule in RULES}.get(row.code, Severity.INFO)
    severity = labels.get(row.severity, grave)
    return Finding(row.code, "", severity, Place(row.sheet), row.person, "", "", "")


def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of its code."""
    return RULES


@checked
def rule(code: str) -> Rule:
    """One rule by its code; CedreError with the nearest code when there is none."""
    return find_rule(code)


def _filters(
    select: Sequence[str], ignore: Sequence[str], severity: Severity, person: str, advisor: str
) -> str:
    parts = [
        f"règles {', '.join(select)}" if select else "",
        f"sans {', '.join(ignore)}" if ignore else "",
        f"gravité au moins {severity.label.lower()}" if severity is not Severity.INFO else "",
        f"personne {person}" if person else "",
        f"accompagnateur {advisor}" if advisor else "",
    ]
    return ", ".join(part for part in parts if part)
