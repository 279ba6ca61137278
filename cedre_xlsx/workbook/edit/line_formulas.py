"""Formulas of lines that move together, as sorting a table makes them read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError

_REFERENCE = re.compile(r"(\$?[A-Za-z]{1,3})(\$?)([1-9]\d{0,6})")
#: Rows so near are neighbours: a formula reads those that are now at the same distance.
_NEAR = 5
LOST = "#REF!"


@dataclass(frozen=True, slots=True)
class LineMoves:
    """Where lines go, under which row of headings; `last` is the last row where one stood."""

    heading: int
    last: int
    moves: Mapping[int, int | None]

    def followed(self, row: int) -> int | None:
        """Where a row is now; None when its line was taken out."""
        return self.moves.get(row, row)


def resorted(formula: str, row: int, new_row: int, lines: LineMoves) -> str:
    """A formula whose line goes from `row` to `new_row`.

    A relative address of its own line or of a near one is at the same distance again; one of a
    single line further away follows that line, and is lost with it. Fixed addresses, areas over
    further lines, and other sheets stay.
    """
    try:
        tokens = Tokenizer(f"={formula}").items
    except (TokenizerError, IndexError):
        return formula
    return "".join(_token(token, row, new_row, lines) for token in tokens)


def continues(formula: str, row: int, column: str) -> bool:
    """Whether a formula goes on from the cell right above its own, as a running number does."""
    try:
        tokens = Tokenizer(f"={formula}").items
    except (TokenizerError, IndexError):
        return False
    return any(
        token.subtype == Token.RANGE and str(token.value).replace("$", "") == f"{column}{row - 1}"
        for token in tokens
    )


def _token(token: Token, row: int, new_row: int, lines: LineMoves) -> str:
    value = str(token.value)
    if token.type != Token.OPERAND or token.subtype != Token.RANGE:
        return value
    found = [_REFERENCE.fullmatch(part) for part in value.split(":")]
    ends = [one.groups() for one in found if one is not None]
    if len(ends) < len(found):
        return value
    rows = _rows([(int(digits), bool(fixed)) for _, fixed, digits in ends], row, new_row, lines)
    if rows is None:
        return LOST
    return ":".join(
        f"{column}{fixed}{number}" for (column, fixed, _), number in zip(ends, rows, strict=True)
    )


def _rows(
    ends: Sequence[tuple[int, bool]], row: int, new_row: int, lines: LineMoves
) -> list[int] | None:
    """The rows of an address or an area once its line has moved; None for one that is lost."""
    old = [number for number, _ in ends]
    relative = [number for number, is_fixed in ends if not is_fixed]
    if not relative or not all(lines.heading <= one <= lines.last + 1 for one in relative):
        return old
    if all(abs(one - row) <= _NEAR for one in relative):
        new = [one if is_fixed else one - row + new_row for one, is_fixed in ends]
        if min(new) < 1:
            return None
        return new if (old == sorted(old)) == (new == sorted(new)) else old
    if len(set(old)) > 1 or len(relative) < len(ends):
        return old
    to = lines.followed(old[0])
    return None if to is None else [to] * len(old)
