"""Every finding as a line, with the justification that the team gave it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cedre_xlsx.method.french import typeset
from cedre_xlsx.method.text import fold
from cedre_xlsx.reports.carry_over import CarriedOver, Draft, Layout, carry_over, line_of
from cedre_xlsx.rules.identity import base_of, encode_identity, twin_lines
from cedre_xlsx.rules.renamed import renamed
from cedre_xlsx.schema.findings import Finding
from cedre_xlsx.schema.records import Records
from cedre_xlsx.schema.tables import CONTROL
from cedre_xlsx.workbook.following import identities
from cedre_xlsx.workbook.generated import Link

_LAYOUT = Layout(
    spec=CONTROL,
    label=("code", "person", "sheet"),
    told_by=("message",),
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
    carried: CarriedOver


def control(
    records: Records, findings: Sequence[Finding], on: date, corrected: Mapping[str, str]
) -> Control:
    """The findings, those that wait for someone first, the gravest before the others; `corrected`
    are lines as `Synthesis` has them.
    """
    ordered = sorted(findings, key=_order)
    lines = tuple(_line(finding, on) for finding in ordered)
    names = _identities(ordered, lines)
    follows = {
        row: name for name, finding in zip(names, ordered, strict=True) for row in finding.continues
    }
    carried = carry_over(
        records.control.rows,
        [Draft(name, line.cells) for name, line in zip(names, lines, strict=True)],
        _LAYOUT,
        on,
        follows=follows,
        renamed=renamed(records),
        corrected=corrected,
        twins=twin_lines(records),
    )
    return Control(lines, carried)


def _identities(findings: Sequence[Finding], lines: Sequence[ControlLine]) -> list[str]:
    """What each finding is known by; twins in the order of their rows in their sheet."""
    in_turn = sorted(range(len(findings)), key=lambda index: findings[index].place.row or 0)
    known_by = [encode_identity(findings[index].line_identity) for index in in_turn]
    told = [
        line_of(base_of(name), lines[index].cells, _LAYOUT)
        for name, index in zip(known_by, in_turn, strict=True)
    ]
    made = dict(zip(in_turn, identities(told, known_by), strict=True))
    return [made[index] for index in range(len(findings))]


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
        "message": typeset(finding.message),
        "help": typeset(finding.help),
        "since": finding.since or on,
    }
    return ControlLine(look, cells)


def link_to(finding: Finding) -> Link | str:
    """A link to the finding's cell, else to its row; "" when it is of the whole workbook."""
    place = finding.place
    if place.cell:
        return Link(place.cell, place.sheet, place.cell)
    return Link(f"ligne {place.row}", place.sheet, f"A{place.row}") if place.row else ""
