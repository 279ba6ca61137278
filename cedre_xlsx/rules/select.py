"""Keeping only some findings: by rule, family, gravity, person or advisor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from cedre_xlsx.method.french import listed
from cedre_xlsx.method.nearest import nearest
from cedre_xlsx.method.text import name_key
from cedre_xlsx.rules import RULES
from cedre_xlsx.rules.wording import quoted
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.findings import Finding, Severity
from cedre_xlsx.schema.records import Records

#: What lets a finding through.
Lets = Callable[[Finding], bool]


def finding_filter(
    findings: Iterable[Finding],
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    severity: Severity = Severity.INFO,
    person: str = "",
    advisor: str = "",
    records: Records,
) -> Lets:
    """What every filter lets through; the names given are looked for among the `findings` too.

    `select` and `ignore` take codes or families; `severity` is the lowest one kept. A filter that
    names nothing raises CedreError with the nearest name.
    """
    findings = tuple(findings)
    wanted, unwanted = _codes(select), _codes(ignore)
    is_about = _about_person(person, findings, records)
    is_with = _with_advisor(advisor, records)
    return lambda finding: (
        (not select or finding.code in wanted)
        and finding.code not in unwanted
        and finding.severity.rank <= severity.rank
        and is_about(finding)
        and is_with(finding)
    )


def _codes(filters: Sequence[str]) -> frozenset[str]:
    """The codes that a filter names, one by one or by family."""
    families = dict.fromkeys(rule.family for rule in RULES)
    found: set[str] = set()
    for text in filters:
        name = text.strip().upper()
        if name in families:
            found.update(rule.code for rule in RULES if rule.family == name)
        elif any(rule.code == name for rule in RULES):
            found.add(name)
        else:
            likely = nearest(name, (*families, *(rule.code for rule in RULES)), limit=1)
            raise CedreError(
                f"Ni règle ni famille {quoted(text)}."
                + (f" Vouliez-vous dire {likely[0]} ?" if likely else "")
                + f" Familles : {', '.join(families)} ; les règles : cedre-xlsx rules."
            )
    return frozenset(found)


def _about_person(
    typed: str, findings: Sequence[Finding], records: Records
) -> Callable[[Finding], bool]:
    """Findings on a person of Personnes, or on a name that only other sheets have."""
    if not typed.strip():
        return lambda _: True
    name = records.canonical_name(typed)
    if name is None and records.is_ambiguous(typed):
        names = [person for person in records.persons if _starts_as(person, typed)]
        raise CedreError(
            f"{quoted(typed)} désigne plusieurs personnes : précisez "
            f"{listed([quoted(name) for name in names], 'ou')}."
        )
    key = name_key(name or typed)
    if name is None and all(name_key(finding.person) != key for finding in findings):
        raise CedreError(
            f"Personne ne s'appelle {quoted(typed)} dans ce classeur."
            + _suggestion(typed, records.persons)
        )
    return lambda finding: bool(finding.person) and name_key(finding.person) == key


def _starts_as(person: str, typed: str) -> bool:
    return name_key(person.partition(" (")[0]) == name_key(typed)


def _with_advisor(typed: str, records: Records) -> Callable[[Finding], bool]:
    """Findings on the people whom the advisor follows (their latest pathway)."""
    if not typed.strip():
        return lambda _: True
    key = name_key(typed)
    advisors = {name: name_key(p.latest.advisor) for name, p in records.persons.items()}
    known = {name_key(name) for name in records.settings.advisors} | set(advisors.values())
    if key not in known:
        spellings = dict.fromkeys(
            (*records.settings.advisors, *(p.latest.advisor for p in records.persons.values()))
        )
        raise CedreError(
            f"Aucun accompagnateur {quoted(typed)} dans ce classeur."
            + _suggestion(typed, [name for name in spellings if name])
        )
    theirs = {name for name, advisor in advisors.items() if advisor == key}
    return lambda finding: finding.person in theirs


def _suggestion(typed: str, names: Iterable[str]) -> str:
    likely = nearest(typed, names)
    return f" Vouliez-vous dire {listed([quoted(n) for n in likely], 'ou')} ?" if likely else ""
