"""How far below its lines a sheet that people fill is helped: lists, messages, guards, colours.

Below a table neither Excel nor LibreOffice extends them, so they are there beforehand. LibreOffice
saves a list or a guard down to 1,000 rows below the last cell in use, whatever its form (whole
columns, rows with a height, empty cells with a style): only contents or borders that would be
printed make it keep more. It keeps conditional formats as far as they go.
"""

from __future__ import annotations

#: Where an Excel sheet ends; colours go so far, which costs nothing.
SHEET_END = 1_048_576
#: Where lists and guards of a new sheet end, which some programs write cell by cell.
LAST_ROW = 5_000
#: Fewer rows than that below the last line: it is time to say so.
CLOSE = 250
_YEAR = 2_000  # lines; a team of seventy people types 1,800


def reach_below(last: int) -> int:
    """The last row that lists and guards reach in a sheet whose last line is in row `last`.

    A year's worth of lines stays free; in a large sheet, which has lived for years, a quarter.
    """
    return min(max(LAST_ROW, last + max(_YEAR, last // 4)), SHEET_END)
