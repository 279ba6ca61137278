"""The last part of the sheet: the definition of each figure and table, numbered, linked to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cedre_xlsx.method.french import typeset
from cedre_xlsx.reports.layout import lines_of
from cedre_xlsx.reports.statistics.definitions import (
    DEFINITIONS,
    Definition,
    TableDefinition,
    definition_of,
)
from cedre_xlsx.reports.statistics.sections import (
    COLUMNS,
    LABEL,
    NARROW,
    Section,
    banner,
    gap,
    row,
)
from cedre_xlsx.reports.statistics.shown import shown_label
from cedre_xlsx.workbook.fingerprint import digest
from cedre_xlsx.workbook.generated import Link, SheetRow, Value

_TITLE = "Définitions"
_PART = "dont "
_LINE, _PADDING = 10.4, 5.0  # points, of Arial 8
_SMALLER = 9 / 8  # how many more characters of Arial 8 than of Arial 9 a line holds
#: A page may end between two definitions, at hardly any cost.
_CUT = 0.1


@dataclass(frozen=True, slots=True)
class _Entry:
    """One definition: what it is known by, whose it is, what it says."""

    key: str
    label: str
    text: str


class Definitions:
    """The definitions of some figures and tables, in their order, each with its number."""

    def __init__(self, figures: Iterable[str], tables: Iterable[TableDefinition]) -> None:
        definitions = dict.fromkeys(map(definition_of, figures))
        self._entries = [
            *(_Entry(one.id, _label(one), one.whole) for one in definitions),
            *(_Entry(f"table:{one.name}", one.title, one.text) for one in tables),
        ]
        self._numbers = {entry.key: number for number, entry in enumerate(self._entries, 1)}

    def of_figure(self, identifier: str) -> Link:
        """What leads to the definition of a figure, once `led` knows where that stands."""
        return self._link(definition_of(identifier).id)

    def of_table(self, name: str) -> Link:
        """A link to the definition of a table."""
        return self._link(f"table:{name}")

    def number_of_figure(self, identifier: str) -> int:
        """The number of the definition of a figure."""
        return self._numbers[definition_of(identifier).id]

    def number_of_table(self, name: str) -> int:
        """The number of the definition of a table."""
        return self._numbers[f"table:{name}"]

    @property
    def texts(self) -> tuple[tuple[int, str, str], ...]:
        """Each of them: its number, what it is of, what it says."""
        return tuple(
            (number, entry.label, entry.text) for number, entry in enumerate(self._entries, 1)
        )

    def _link(self, key: str) -> Link:
        number = self._numbers[key]
        return Link(f"déf. {number}", "", str(number))

    @property
    def section(self) -> Section:
        """The definitions, a row each under their title."""
        top = (gap(), banner("title", _TITLE), gap(4))
        rows = tuple(self._row(number, one) for number, one in enumerate(self._entries, 1))
        return Section(
            (*top, *rows),
            head=len(top) + 1,
            cut=_CUT,
            merged=tuple((len(top) + at, 2, COLUMNS) for at in range(len(self._entries))),
        )

    def _row(self, number: int, entry: _Entry) -> SheetRow:
        label, text = f"{number}. {entry.label}", typeset(entry.text)
        room = NARROW * (COLUMNS - 1) * _SMALLER
        lines = max(lines_of(text, room), lines_of(label, LABEL))
        values: list[Value] = [label, text, *(None,) * (COLUMNS - 2)]
        made = row("body", "l" + "n" * (COLUMNS - 1), values, max(lines * _LINE + _PADDING, 16.0))
        return replace(made, identity=digest(_TITLE, entry.key))

    def led(self, sections: Sequence[Section], starts: Sequence[int]) -> list[Section]:
        """The sections, each link leading to its definition: they stand in the last section, and
        `starts` says in which row of the sheet each section begins.
        """
        above = starts[-1] + len(sections[-1].rows) - len(self._entries) - 1
        return [replace(one, rows=tuple(_led(one.rows, above))) for one in sections]


def _led(rows: Iterable[SheetRow], above: int) -> Iterator[SheetRow]:
    for one in rows:
        if any(isinstance(value, Link) for value in one.values):
            yield replace(one, values=tuple(_placed(value, above) for value in one.values))
        else:
            yield one


def _placed(value: Value, above: int) -> Value:
    return replace(value, cell=f"A{above + int(value.cell)}") if isinstance(value, Link) else value


def _label(definition: Definition) -> str:
    """The label of a figure, with that of the whole for one that is a part."""
    label = shown_label(definition.label.format("…"))
    if not label.startswith(_PART):
        return label
    before = DEFINITIONS[: DEFINITIONS.index(definition)]
    whole = next(one for one in reversed(before) if not one.label.startswith(_PART))
    return f"{whole.label}, {label}"
