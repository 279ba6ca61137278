"""Formulas of cells that people added, when their cell goes where its line goes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError
from openpyxl.formula.translate import Translator, TranslatorError
from openpyxl.utils import column_index_from_string, get_column_letter

_REFERENCE = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([1-9]\d{0,6})")


def copied(formula: str, origin: str, cell: str) -> str:
    """A formula written in `origin` as it reads in `cell`; "" when it cannot be told."""
    try:
        return str(Translator(f"={formula}", origin).translate_formula(cell)).removeprefix("=")
    except (TokenizerError, TranslatorError, ValueError):
        return ""


def moved(formula: str, row: int, new_row: int, columns: Mapping[int, int]) -> str:
    """A formula whose line goes from `row` to `new_row`, and its sheet's columns as told.

    Addresses in its own line follow it; those of other lines and of other sheets stay. An area
    that reaches into other lines stays too, or half of it would follow; but from a row that is
    fixed to its own, as in a running total, it grows or shrinks.
    """
    try:
        tokens = Tokenizer(f"={formula}").items
    except TokenizerError:
        return formula
    return "".join(_moved_token(token, row, new_row, columns) for token in tokens)


def _moved_token(token: Token, row: int, new_row: int, columns: Mapping[int, int]) -> str:
    value = str(token.value)
    if token.type != Token.OPERAND or token.subtype != Token.RANGE:
        return value
    parts = value.split(":")
    found = [_REFERENCE.fullmatch(part) for part in parts]
    if not all(found):
        return value
    ends = [match.groups() for match in found if match is not None]
    rows = _rows([(int(digits), bool(fixed)) for _, _, fixed, digits in ends], row, new_row)
    made = []
    for (fixed_column, letters, fixed_row, _), number in zip(ends, rows, strict=True):
        column = column_index_from_string(letters)
        letters = get_column_letter(columns.get(column, column))
        made.append(f"{fixed_column}{letters}{fixed_row}{number}")
    return ":".join(made)


def _rows(ends: Sequence[tuple[int, bool]], row: int, new_row: int) -> list[int]:
    """The rows of an address or an area, each with whether it is fixed, once its line has moved."""
    old = [number for number, _ in ends]
    if any(number != row for number, is_fixed in ends if not is_fixed):
        return old
    new = [number if is_fixed else new_row for number, is_fixed in ends]
    return new if (old == sorted(old)) == (new == sorted(new)) else old
