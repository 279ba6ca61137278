"""What a rule is: its code, its name, its gravity, the fiche it rests on, and how it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from cedre_xlsx.rules.context import Context
from cedre_xlsx.schema.findings import Place, Problem, Severity


class Fault(NamedTuple):
    """What a rule says of one place; the rule itself adds its code."""

    place: Place
    message: str
    help: str
    person: str = ""
    key: str = ""


Finder = Callable[[Context], Iterable[Fault]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One check. `doc` is its documentation in French, the sections of `rules.docs`.

    `find` is None for what only the reader of the workbook can see: its problems come ready.
    """

    code: str
    name: str
    severity: Severity
    fiche: str
    doc: str
    find: Finder | None

    @property
    def family(self) -> str:
        """The three letters that start the code."""
        return self.code[:3]

    def problems(self, context: Context) -> Iterator[Problem]:
        """Everything in the workbook that this rule objects to."""
        for fault in self.find(context) if self.find else ():
            yield Problem(
                self.code, fault.place, fault.message, fault.help, fault.person, fault.key
            )


def rule(code: str, name: str, severity: Severity, fiche: str) -> Callable[[Finder], Rule]:
    """Make a rule of the function that finds; its docstring is the documentation."""

    def make(find: Finder) -> Rule:
        return Rule(code, name, severity, fiche, find.__doc__ or "", find)

    return make


def reader_rule(
    code: str, name: str, severity: Severity, fiche: str
) -> Callable[[Callable[[], None]], Rule]:
    """Make a rule that the reader applies; the function only carries the documentation."""

    def make(documented: Callable[[], None]) -> Rule:
        return Rule(code, name, severity, fiche, documented.__doc__ or "", None)

    return make
