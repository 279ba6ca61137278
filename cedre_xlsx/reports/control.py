"""Every finding as a line, with the justification that the team gave it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cedre_xlsx.method.text import fold
from cedre_xlsx.reports.carry_over import Carried, Draft, Layout, carry_over
from cedre_xlsx.reports.identities import unique_identities
from cedre_xlsx.rules.identity import encode_identity
from cedre_xlsx.schema.findings import Finding
from cedre_xlsx.schema.records import Records
from cedre_xlsx.schema.tables import CONTROL
from cedre_xlsx.workbook.generated import Link

_LAYOUT = Layout(
    headers={name: column.header for name, column in CONTROL.columns.items()},
    open=("justification", "until"),
    known_by=("code", "person", "sheet", "message"),
    label=("code", "person", "sheet"),
    explained_in="help",
    kept_in="justification",
)


@dataclass(frozen=True, slots=True)
class ControlLine:
    """One finding as it is shown; `look` is its severity, or "waived"."""

    look: str
    cells: dict[str, object]


@dataclass(frozen=True, slots=True)
class Control:
    """The lines of the table, and what was typed on the previous one."""

    lines: tuple[ControlLine, ...]
    carried: Carried


def control(records: Records, findings: Sequence[Finding], on: date) -> Control:
    """The findings, those that wait for someone first, the gravest before the others."""
    ordered = sorted(findings, key=_order)
    identities = unique_identities(encode_identity(finding.identity) for finding in ordered)
    lines = tuple(_line(finding, on) for finding in ordered)
    drafts = [Draft(identity, line.cells) for identity, line in zip(identities, lines, strict=True)]
    return Control(lines, carry_over(records.control.rows, drafts, _LAYOUT, on))


def _order(finding: Finding) -> tuple[object, ...]:
    place = finding.place
    return (
        finding.waived is not None,
        finding.severity.rank,
        fold(finding.person),
        finding.code,
        place.sheet,
        place.row or 0,
        place.cell or "",
        finding.key,
        finding.message,
    )


def _line(finding: Finding, on: date) -> ControlLine:
    look = "waived" if finding.waived is not None else finding.severity.value
    cells: dict[str, object] = {
        "code": finding.code,
        "severity": finding.severity.label,
        "person": finding.person,
        "sheet": finding.place.sheet,
        "cell": link_to(finding),
        "message": finding.message,
        "help": finding.help,
        "since": finding.since or on,
    }
    return ControlLine(look, cells)


def link_to(finding: Finding) -> Link | str:
    """A link to the finding's cell, else to its row; "" when it is of the whole workbook."""
    place = finding.place
    if place.cell:
        return Link(place.cell, place.sheet, place.cell)
    return Link(f"ligne {place.row}", place.sheet, f"A{place.row}") if place.row else ""
