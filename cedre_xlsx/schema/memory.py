"""What the hidden sheet *Mémoire* keeps: numbers of years, prints of lines; no name, no text."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from cedre_xlsx.schema.columns import Column, Kind, Row, Search

#: What the tool writes tells of nobody.
_Plain = partial(Column, search=Search.NO)

#: `sort`: a number that stands for lines made anonymous that no longer say it, to be added to what
#: the lines give.
GONE = "retirée"
#: `sort`: a number of a year whose lines stayed in the workbook of before, as it was then.
CLOSED = "close"
#: `sort`: a number that the workbook of before and this one had in common when the year began;
#: `holder` is the control total, `part` what it is of it.
OPENING = "reprise"
#: `sort`: prints of the lines that people typed, as they were at the last refreshes.
LINES = "lignes"
#: Parts of a control total: how many lines, and the print of them all.
COUNT, PRINT = "lignes", "empreinte"
#: `part` of the row that tells the day of the count: 20270105 is 5 January 2027.
DAY = "jour"


class MemoryRow(Row):
    """One number of one year; of sort LINES, what `workbook/ancestor_rows.py` says.

    `holder` is the id of a figure, or the name of a table after a "*"; `line` the labels of the
    table's line as a JSON object, or ""; `part` the part of the figure, or the heading of the cell.
    `number` is a JSON number, or null.
    """

    sort: Annotated[str, _Plain("Sorte", width=10)] = ""
    year: Annotated[int, Column("Année", Kind.INTEGER, width=8)] = 0
    holder: Annotated[str, _Plain("Chiffre", width=28)] = ""
    line: Annotated[str, _Plain("Ligne", width=40)] = ""
    part: Annotated[str, _Plain("Partie", width=24)] = ""
    number: Annotated[str, _Plain("Nombre", width=14)] = ""
