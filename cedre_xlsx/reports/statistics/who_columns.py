"""One column of a list of `Qui compte AAAA`: each cell from the selection behind a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cedre_xlsx.reports.statistics.counted import Counted
from cedre_xlsx.reports.statistics.tables import TOTAL
from cedre_xlsx.workbook.generated import Value

YES, NO, UNKNOWN = "oui", "non", "inconnu"
ROUNDED = 2  # decimals, of hours

Values = Mapping[int, Value]  # by the place of the line in its table


@dataclass(frozen=True, slots=True)
class WhoColumn:
    """One column of a list: its heading, the letter of its look, its cells.

    `figure` is the id of the figure that it tells of, "" for what a line is: of its value, of its
    unknowns, or of both.
    """

    heading: str
    kind: str
    values: Values
    figure: str = ""
    tells_known: bool = True
    tells_unknown: bool = True


def figure_column(
    counted: Counted, identifier: str, heading: str, *, known: bool = True, unknown: bool = True
) -> WhoColumn:
    """The cells that tell of a figure; only what is known of it, or what is not, where asked."""
    figure = counted.figures[identifier]
    lost = figure.unknown.by_place() if unknown and figure.unknown is not None else {}
    values: dict[int, Value] = dict.fromkeys(lost, UNKNOWN)
    for lines, word in ((figure.others, NO), (figure.counted, YES)) if known else ():
        if lines is not None and lines.amounts is not None:
            values.update((p, _number(amount)) for p, amount in lines.by_place().items())
        elif lines is not None:
            values.update(
                (place, f"{word} ({UNKNOWN})" if place in lost else word)
                for place in lines.by_place()
            )
    kind = "c" if figure.counted.amounts is None else "d"
    return WhoColumn(heading, kind, values, identifier, known, unknown)


def _number(amount: float) -> int | float:
    return int(amount) if amount.is_integer() else round(amount, ROUNDED)


def cells_of(counted: Counted, table: str, column: str) -> dict[int, Value]:
    """The label of the line of a table that each line of the workbook counts in, in a column."""
    found: dict[int, Value] = {}
    for row in counted.cells[table]:
        lines = row.cells[column]
        if lines is not None and not row.is_total:
            *_, label = row.labels.values()
            found.update(dict.fromkeys(lines.by_place(), label))
    return found


def across(counted: Counted, table: str, columns: Sequence[str] = ()) -> dict[int, Value]:
    """The column of a table that each line of the workbook counts in; all but the total."""
    found: dict[int, Value] = {}
    for row in counted.cells[table]:
        for column in columns or row.cells:
            lines = row.cells[column]
            if lines is not None and column != TOTAL:
                found.update(dict.fromkeys(lines.by_place(), column))
    return found
