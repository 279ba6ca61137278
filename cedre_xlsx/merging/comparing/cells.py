"""Cells as they are compared, and as a reader is shown them."""

from __future__ import annotations

from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.workbook.read.problems import plain_text
from cedre_xlsx.workbook.read.raw import Cell

#: What makes the prints of both copies.
SALT = b"compare"
#: What is said beside a cell that a formula computes.
COMPUTED = " (formule)"


def shown(cell: Cell, *, computed: bool = False) -> str:
    """A cell's text, and that a formula makes it; "" for a blank one."""
    text = plain_text(cell).replace("\r\n", "\n").strip()
    return text + COMPUTED if computed else text


def address(column: int, row: int) -> str:
    """The address of a cell, from 1 on: "D12"; "" for one that is nowhere."""
    return f"{column_letter(column)}{row}" if column and row else ""
