"""The one line that makes up more than half of a sum: a slip, or a case to know of."""

from __future__ import annotations

from collections.abc import Iterator

from cedre_xlsx.reports.statistics.model import Statistics
from cedre_xlsx.reports.statistics.shown import number_text
from cedre_xlsx.reports.statistics.who_blocks import Block
from cedre_xlsx.reports.statistics.who_columns import WhoColumn
from cedre_xlsx.workbook.generated import Link

#: Of two lines, one nearly always makes up more than half.
_FEWEST = 3
_SHARE = 0.5


def heavy_lines(statistics: Statistics, block: Block) -> Iterator[str]:
    """What to say of each sum of a list that loses more than half of itself without one line."""
    for column in block.columns:
        is_sum = column.figure and statistics.indicator(column.figure).numerator is not None
        place = _heaviest(column) if is_sum and column.tells_known else None
        if place is None:
            continue
        person, link = (one.values[place] for one in block.columns[:2])
        assert isinstance(link, Link), "the second column leads to the line"
        amounts = _amounts(column)
        yield (
            f"{column.heading} : sans une ligne, le chiffre perdrait plus de la moitié "
            f"({number_text(amounts[place], 2)} sur {number_text(sum(amounts.values()), 2)}). "
            f"À vérifier : {person}, {link.text} de {link.sheet}."
        )


def _heaviest(column: WhoColumn) -> int | None:
    """The place of the line that is more than half of a sum of several lines."""
    amounts = _amounts(column)
    if len(amounts) < _FEWEST:
        return None
    place = max(amounts, key=amounts.__getitem__)
    return place if amounts[place] > _SHARE * sum(amounts.values()) else None


def _amounts(column: WhoColumn) -> dict[int, float]:
    """What each line adds, those that add nothing aside."""
    return {
        place: float(value)
        for place, value in column.values.items()
        if isinstance(value, int | float) and value
    }
