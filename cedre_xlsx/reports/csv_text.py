"""Tables as CSV that a French Excel opens as a table, and that never runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

#: A cell that starts so would be run by a spreadsheet.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """The rows, separated by semicolons as French Excel expects; texts that look like formulas
    are kept from running by an apostrophe.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([_safe(value) for value in row])
    return buffer.getvalue()


def guarded(text: str) -> str:
    """The text, kept by an apostrophe from running where a spreadsheet would run it."""
    return f"'{text}" if text.lstrip(" ").startswith(_DANGEROUS) else text


def _safe(value: object) -> object:
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, float):
        return str(value).replace(".", ",")
    return "" if value is None else value
