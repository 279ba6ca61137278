"""What is wrong or worth saying, and where: values, never exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Severity(StrEnum):
    """Error: contradicts itself or cannot be read. Warning: not the method, or late. Info."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """The severity as the workbook and the reports print it."""
        return {"error": "Erreur", "warning": "Avertissement", "info": "Info"}[self.value]

    @property
    def rank(self) -> int:
        """Where it comes in the order of findings: 0 for the gravest."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader goes to: sheet, row number, heading, A1 address ("" or None: not one cell)."""

    sheet: str
    row: int | None = None
    column: str = ""
    cell: str = ""

    @property
    def address(self) -> str:
        """The cell as Excel writes it: Suivi!C12."""
        return f"{self.sheet}!{self.cell}"


@dataclass(frozen=True, slots=True)
class Problem:
    """A data fault as its discoverer says it: rule code, place, person, message and remedy.

    `key` is the line's own identity within its sheet (Suivi: date and action; Engagements: the
    reference; Missions: start and client), so that the fault is the same one after sorting.
    """

    code: str
    place: Place
    message: str
    help: str
    person: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A team's justification of a finding; without `until` it has no end."""

    reason: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with its rule's name and severity, since when it is seen, and its waiver.

    `expired` is a waiver whose date is past; `continues` are the rows of the last `Contrôle` that
    say the same.
    """

    code: str
    name: str
    severity: Severity
    place: Place
    person: str
    message: str
    help: str
    key: str
    since: date | None = None
    waived: Waiver | None = None
    expired: Waiver | None = None
    continues: tuple[int, ...] = ()

    @property
    def identity(self) -> tuple[str, str, str]:
        """What makes it the same finding at the next refresh: code, person, line."""
        return (self.code, self.person, self.key)

    @property
    def line_identity(self) -> tuple[str, str, str]:
        """What makes it one of the findings of a code on the same line: code, person, line."""
        return (self.code, self.person, self.key.partition("~")[0])
