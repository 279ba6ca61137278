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
    publication says nothing of; None when these figures are not for publication. `classes` are the
    numbers that it gives by the least and the most that they may be: by the id or the table, the
    index of the line (None of a figure), the part or the column. `coarsened` are the sentences that
    say what it merges or leaves out. `private` names people: it is in no output of these figures,
    and a publication has none, nor has a year whose lines are in a workbook of before.
    """

    year: int
    indicators: tuple[Indicator, ...]
    tables: Mapping[str, Sequence[TableRow]]
    note: str = ""
    is_silent: bool = False
    hidden: int | None = None
    coarsened: tuple[str, ...] = ()
    classes: Mapping[tuple[str, int | None, str], tuple[float, float]] = field(default_factory=dict)
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
        if self.private is None and self.hidden is None:
            raise CedreError(
                f"Qui est compté en {self.year} n'est plus dans ce classeur : demandez-le au "
                "classeur d'avant, qui a ses lignes."
            )
        if self.private is None:
            raise CedreError("Une publication ne dit pas qui est compté.")
        return self.private

    @property
    def remark(self) -> str:
        """What is to be said before the figures, if anything."""
        said = _hidden_text(self.hidden, len(self.classes))
        return " ".join(filter(None, (self.note, said, *self.coarsened)))

    def known(self, identifier: str) -> Indicator | None:
        """One figure by its id; None where the year has none."""
        return next((one for one in self.indicators if one.id == identifier), None)

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
        told = {} if self.hidden is None else {"classes": self._classes_told()}
        return {
            "year": self.year,
            "note": self.remark,
            "indicators": [one.to_json_object() for one in self.indicators],
            "tables": {
                name: [dict(zip(row.headings, row.values, strict=True)) for row in rows]
                for name, rows in self.tables.items()
            },
            **told,
        }

    def _classes_told(self) -> list[dict[str, Any]]:
        """The classes, each with where its number would stand; a line counts from 0."""
        return [
            {"in": holder, "row": row, "part": part, "least": least, "most": most}
            for (holder, row, part), (least, most) in self.classes.items()
        ]


def _hidden_text(hidden: int | None, classes: int) -> str:
    """How many numbers are hidden or given by a class, and nothing that tells which are small."""
    if hidden is None:
        return ""
    if not hidden and not classes:
        return "Secret statistique : aucun nombre masqué."
    told = [
        f"{classes} nombre{_s(classes)} donné{_s(classes)} par une fourchette" if classes else "",
        f"{hidden} nombre{_s(hidden)} masqué{_s(hidden)}" if hidden else "",
    ]
    return f"Secret statistique : {listed(list(filter(None, told)), 'et')}."


def _s(count: int) -> str:
    return "s" if count > 1 else ""
