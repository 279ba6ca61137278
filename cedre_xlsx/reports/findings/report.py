"""The findings of one workbook at one date, and what every rendering says about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from cedre_xlsx._version import __version__
from cedre_xlsx.method.french import counted
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.text import fold
from cedre_xlsx.schema.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The justifications that accept nothing any more: what they say, and where the first is."""

    texts: tuple[str, ...] = ()
    sheet: str = ""
    first_row: int = 0

    @property
    def sentence(self) -> str:
        """One line that counts them and says where they are; "" for none."""
        count = len(self.texts)
        if not count:
            return ""
        accept, where = (
            ("n'accepte plus aucun constat", f"ligne {self.first_row}")
            if count == 1
            else ("n'acceptent plus aucun constat", f"à partir de la ligne {self.first_row}")
        )
        return f"{counted(count, 'justification')} {accept} : feuille {self.sheet}, {where}."


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of one workbook at one date, and the filters they went through.

    `advisors` gives the advisor of each person (of their latest pathway); `gone` are those who left
    and did not come back; `forgotten` tells the justifications of `Contrôle` that accept nothing
    any more.
    """

    workbook: str
    on: date
    template_version: str
    findings: tuple[Finding, ...]
    filters: str = ""
    advisors: Mapping[str, str] = field(default_factory=dict)
    forgotten: Forgotten = field(default_factory=Forgotten)
    gone: frozenset[str] = frozenset()

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
        counts = (
            (self.count(Severity.ERROR), "erreur", ""),
            (self.count(Severity.WARNING), "avertissement", ""),
            (self.count(Severity.INFO), "information", ""),
            (self.waived, "constat accepté", "constats acceptés"),
        )
        parts = [counted(count, one, many) for count, one, many in counts if count]
        return ", ".join(parts) + "."


def pressing_first(findings: Iterable[Finding]) -> list[Finding]:
    """The gravest first, those that the team accepted last."""
    return sorted(findings, key=lambda one: (one.waived is not None, one.severity.rank))


#: Who waits, and what is late with somebody: what a meeting looks at before anything else.
_LATE = frozenset(
    {"PER06", "PER07", "PER08", "PER15", "PER21", "PER28", "PER29", "SUI03", "ENG08"}
)  # fmt: skip


class Pressing(IntEnum):
    """How much a finding presses, the most first."""

    LATE = 0
    CONTRADICTION = 1
    WARNING = 2
    INFO = 3
    ACCEPTED = 4


def pressing(finding: Finding) -> Pressing:
    """How much a finding presses: late people, contradictions, then the rest."""
    if finding.waived is not None:
        return Pressing.ACCEPTED
    if finding.severity is Severity.INFO:
        return Pressing.INFO
    if finding.code in _LATE:
        return Pressing.LATE
    is_error = finding.severity is Severity.ERROR
    return Pressing.CONTRADICTION if is_error else Pressing.WARNING


def by_person(report: Report) -> list[tuple[str, list[Finding]]]:
    """The findings by person, "" for those of nobody: who is pressed most first, with the most
    findings of that kind; people who left last.
    """
    people: dict[str, list[Finding]] = {}
    for finding in sorted(report.findings, key=pressing):
        people.setdefault(finding.person, []).append(finding)

    def order(one: tuple[str, list[Finding]]) -> tuple[object, ...]:
        name, found = one
        first = pressing(found[0])
        many = sum(pressing(finding) is first for finding in found)
        return (name in report.gone, first, -many, not name, fold(name))

    return sorted(people.items(), key=order)


def where(finding: Finding) -> str:
    """The sheet and the cell, as Excel's name box takes them: Suivi!F5."""
    place = finding.place
    return f"{place.sheet}!{place.cell}" if place.cell else place.sheet


def waiver_sentence(finding: Finding) -> str:
    """Why and until when a finding is accepted, or was; "" when it never was."""
    if finding.expired is not None and finding.expired.until is not None:
        return (
            f"Accepté jusqu'au {french_day(finding.expired.until)} : "
            f"{finding.expired.reason}. Cette date est passée."
        )
    if finding.waived is None:
        return ""
    until = finding.waived.until
    return f"Accepté : {finding.waived.reason}" + (
        f", jusqu'au {french_day(until)}" if until else ""
    )
