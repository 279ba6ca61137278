"""A drop-down list given back to cells that lost it: only the addresses of its rule change."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cedre_xlsx.schema.records import column_number
from cedre_xlsx.schema.state import Area
from cedre_xlsx.workbook.read.state import areas_of

_RULE = re.compile(rb"<(?:[A-Za-z_][\w.\-]*:)?dataValidation\s[^>]*>")
_ADDRESSES = re.compile(rb'(\ssqref=")([^"]*)(")')
_IS_A_LIST = b'type="list"'


def with_lists(xml: bytes, cell: str, rows: Sequence[tuple[int, int]]) -> bytes | None:
    """The sheet whose rule of the column of `cell` reaches those rows too; None where there is no
    such rule of that column alone.
    """
    column = cell.rstrip("0123456789")
    for rule in _RULE.finditer(xml, xml.rfind(b"sheetData")):
        found = _ADDRESSES.search(rule[0])
        if _IS_A_LIST not in rule[0] or found is None:
            continue
        areas = list(areas_of([found[2].decode()]))
        if areas and all(_is_in(area, column) for area in areas):
            whole = _joined([*((a.first_row, a.last_row) for a in areas), *rows])
            addresses = " ".join(_address(column, first, last) for first, last in whole)
            start = rule.start() + found.start(2)
            return xml[:start] + addresses.encode() + xml[start + len(found[2]) :]
    return None


def _is_in(area: Area, column: str) -> bool:
    number = column_number(column)
    return area.first_column == area.last_column == number


def _joined(runs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The rows in as few runs as they make."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(runs):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def _address(column: str, first: int, last: int) -> str:
    return f"{column}{first}" if first == last else f"{column}{first}:{column}{last}"
