"""From problems to findings: name, severity, order, and what the previous Contrôle knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from cedre_xlsx.method.nearest import nearest
from cedre_xlsx.method.text import word_key
from cedre_xlsx.rules.previous import seen_before
from cedre_xlsx.rules.rule import Rule
from cedre_xlsx.rules.wording import quoted
from cedre_xlsx.schema.columns import line_key
from cedre_xlsx.schema.findings import Finding, Problem, Severity
from cedre_xlsx.schema.records import Records
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.schema.tables import SEVERITY_TABLE

#: How Paramètres says a severity; None turns the rule off.
_SEVERITIES: dict[str, Severity | None] = {
    "erreur": Severity.ERROR,
    "error": Severity.ERROR,
    "avertissement": Severity.WARNING,
    "warning": Severity.WARNING,
    "info": Severity.INFO,
    "information": Severity.INFO,
    "non": None,
    "off": None,
}


def to_findings(
    records: Records, problems: Iterable[Problem], rules: Mapping[str, Rule], on: date
) -> tuple[Finding, ...]:
    """The problems in the order of the sheets and rows, each a finding of its own identity."""
    severities = _severities(records, rules)
    ordered = sorted((p for p in problems if p.code in severities), key=_order_in(records))
    findings = []
    before = seen_before(records, ordered, on)
    for problem, key, seen in zip(ordered, _distinct_keys(ordered), before, strict=True):
        findings.append(
            Finding(
                code=problem.code,
                name=rules[problem.code].name,
                severity=severities[problem.code],
                place=problem.place,
                person=problem.person,
                message=problem.message,
                help=problem.help,
                key=key,
                since=seen.since,
                waived=seen.waived,
                expired=seen.expired,
                continues=seen.rows,
            )
        )
    return tuple(findings)


def unknown_codes(settings: Settings, rules: Mapping[str, Rule]) -> Iterator[Problem]:
    """The codes whose severity Paramètres sets, and that no rule has."""
    for one in settings.severities:
        if one.code.upper() not in rules:
            likely = nearest(one.code, rules, limit=1)
            yield Problem(
                "LEC12",
                one.place,
                f"{quoted(one.code)} n'est le code d'aucune règle : cette gravité ne sert à rien.",
                f"Vouliez-vous dire {likely[0]} ?"
                if likely
                else "Tapez le code d'une règle, par exemple SUI03.",
                key=line_key(SEVERITY_TABLE.table, "code", one.code),
            )


def _severities(records: Records, rules: Mapping[str, Rule]) -> dict[str, Severity]:
    """The severity of each rule, as Paramètres sets it; a rule turned off has none."""
    found = {code: rule.severity for code, rule in rules.items()}
    for one in records.settings.severities:
        code = one.code.upper()
        said = _SEVERITIES.get(word_key(one.severity), found.get(code))
        if said is None:
            found.pop(code, None)
        elif code in rules:
            found[code] = said
    return found


def _order_in(records: Records) -> Callable[[Problem], tuple[object, ...]]:
    """In the order of the tabs of a new workbook, then down the rows, then across."""
    sheets = (
        records.people.sheet,
        records.follow_ups.sheet,
        records.engagements.sheet,
        records.missions.sheet,
        records.barriers.sheet,
    )
    ranks = {sheet: rank for rank, sheet in enumerate(sheets)}

    def order(problem: Problem) -> tuple[object, ...]:
        place = problem.place
        return (
            ranks.get(place.sheet, len(ranks)),
            place.sheet,
            place.row or 0,
            len(place.cell),
            place.cell,
            problem.code,
            problem.person,
            problem.key,
            problem.message,
        )

    return order


def _distinct_keys(problems: Sequence[Problem]) -> list[str]:
    """The line keys, twins numbered in the order of the sheet: the second of the same is "…~2"."""
    seen: set[tuple[str, str, str]] = set()
    keys = []
    for problem in problems:
        key, number = problem.key, 1
        while (problem.code, problem.person, key) in seen:
            number += 1
            key = f"{problem.key}~{number}"
        seen.add((problem.code, problem.person, key))
        keys.append(key)
    return keys
