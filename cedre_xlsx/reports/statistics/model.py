"""The figures of a year, and in private who counts in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cedre_xlsx.method.french import listed
from cedre_xlsx.method.text import fold
from cedre_xlsx.reports.statistics.counted import Counted
from cedre_xlsx.reports.statistics.values import Behind, CountedLine, Indicator, TableRow
from cedre_xlsx.schema.errors import CedreError


@dataclass(frozen=True)
class Statistics:
    """The figures of one year, its tables, and in private the lines that they count.

    `note` is a French sentence when the year is one that the workbook does not tell of, else "".
    When it `is_silent`, no figure has a value, and no table a line. `hidden` is how many numbers a
    publication hides; None when these figures are not for publication. `private` names people: it
    is in no output of these figures, and a publication has none.
    """

    year: int
    indicators: tuple[Indicator, ...]
    tables: Mapping[str, Sequence[TableRow]]
    note: str = ""
    is_silent: bool = False
    hidden: int | None = None
    private: Counted | None = field(default=None, repr=False, compare=False)

    def who(self, identifier: str) -> Behind:
        """The lines behind a figure; nobody in a year without figures.

        CedreError when there is no such figure, and for a publication, which names nobody.
        """
        one = self.indicator(identifier)
        return self._told().who(one.id) if not self.is_silent else Behind()

    def who_in(self, table: str, line: str, column: str) -> tuple[CountedLine, ...]:
        """The lines behind one number of a table, by the label of its line and its column.

        The texts of a line that has several are joined by " · ". CedreError when there is no such
        number, and for a publication.
        """
        return self._told().who_in(table, line, column)

    def _told(self) -> Counted:
        if self.private is None:
            raise CedreError("Une publication ne dit pas qui est compté.")
        return self.private

    @property
    def remark(self) -> str:
        """What is to be said before the figures, if anything."""
        return " ".join(filter(None, (self.note, _hidden_text(self.hidden))))

    def indicator(self, typed: str) -> Indicator:
        """One figure by its id or its French label, in any case; CedreError when there is none, or
        several of that label.
        """
        wanted = fold(typed)
        found = [one for one in self.indicators if one.id == typed]
        found = found or [one for one in self.indicators if fold(one.id) == wanted]
        found = found or [
            one
            for one in self.indicators
            if wanted in (fold(one.label), fold(one.label.removeprefix("dont ")))
        ]
        if len(found) == 1:
            return found[0]
        if found:
            those = listed([one.id for one in found], "ou")
            raise CedreError(
                f"« {typed} » nomme plusieurs chiffres ; donnez un identifiant : {those}."
            )
        known = ", ".join(f"{one.label} ({one.id})" for one in self.indicators)
        raise CedreError(f"« {typed} » n'est le nom d'aucun chiffre. Ce sont : {known}.")

    def to_json_object(self) -> dict[str, Any]:
        """The object of the contract: year, indicators, tables; nobody's name is in it."""
        return {
            "year": self.year,
            "note": self.remark,
            "indicators": [one.to_json_object() for one in self.indicators],
            "tables": {
                name: [dict(zip(row.headings, row.values, strict=True)) for row in rows]
                for name, rows in self.tables.items()
            },
        }


def _hidden_text(hidden: int | None) -> str:
    """How many numbers are hidden, and nothing that tells which of them are small."""
    if hidden is None:
        return ""
    if hidden == 0:
        return "Secret statistique : aucun nombre masqué."
    several = "s" if hidden > 1 else ""
    return f"Secret statistique : {hidden} nombre{several} masqué{several}."
