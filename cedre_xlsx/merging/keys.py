"""What the hidden column of `Fusion` knows a cell or a line by, until someone has chosen."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cedre_xlsx.merging.model import Line, Prints
from cedre_xlsx.workbook.edit.model import CellValue

_LEAST = 0.6  # of the cells of a line that it must still have


@dataclass(frozen=True, slots=True)
class FusionKey:
    """A cell of a line, a whole line, a cell of a sheet, or an open cell of a generated line.

    `line` are the prints of A's line at the merge, `row` its row then; `values` are those of a line
    that is gone, by the names of its columns. `mine` is the print of A's value.
    """

    table: str = ""
    column: str = ""
    row: int = 0
    line: Prints = field(default_factory=dict)
    values: Mapping[str, CellValue] = field(default_factory=dict)
    sheet: str = ""
    cell: str = ""
    identity: str = ""
    mine: str = ""

    @property
    def text(self) -> str:
        """As it stands in its cell."""
        told: dict[str, Any] = {
            "t": self.table, "c": self.column, "r": self.row, "l": dict(self.line),
            "v": {name: _stored(value) for name, value in self.values.items()},
            "s": self.sheet, "a": self.cell, "i": self.identity, "m": self.mine,
        }  # fmt: skip
        kept = {name: one for name, one in told.items() if one}
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def key_in(text: str) -> FusionKey | None:
    """The key that a cell holds; None for another text."""
    try:
        told = json.loads(text)
        values = {str(name): _value(one) for name, one in told.get("v", {}).items()}
        return FusionKey(
            str(told.get("t", "")), str(told.get("c", "")), int(told.get("r", 0)),
            {str(name): str(one) for name, one in told.get("l", {}).items()}, values,
            str(told.get("s", "")), str(told.get("a", "")), str(told.get("i", "")),
            str(told.get("m", "")),
        )  # fmt: skip
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def _stored(value: CellValue) -> Any:
    return {"d": value.isoformat()} if isinstance(value, date) else value


def _value(stored: Any) -> CellValue:
    if isinstance(stored, dict):
        return date.fromisoformat(stored["d"][:10])
    if stored is None or isinstance(stored, (str, int, float, bool)):
        return stored
    raise ValueError(stored)


def line_of(key: FusionKey, lines: Sequence[Line]) -> Line | None:
    """The line that a key means, wherever it was sorted to; None where none is that for certain."""
    wanted = {name: one for name, one in key.line.items() if name != key.column}
    scores = [
        (sum(line.prints.get(name) == one for name, one in wanted.items()), line) for line in lines
    ]
    best = max((score for score, _ in scores), default=0)
    if not wanted or best < _LEAST * len(wanted):
        return None
    found = [line for score, line in scores if score == best]
    if len(found) == 1:
        return found[0]
    return next((line for line in found if line.row == key.row), None)
