"""Short digests of cells and of lines: what we wrote is known again when it is read back."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from cedre_xlsx.ooxml.cell_text import compared, line_print, text_digest
from cedre_xlsx.workbook.generated import Link

_DIGEST_LENGTH = 10


def plain(value: object) -> str:
    """A cell as it is compared: spaces, and what writing may change in it, do not count."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return compared(value.text if isinstance(value, Link) else str(value))


def fingerprint(value: object) -> str:
    """A short print of one cell; "" for an empty one."""
    return line_print(value if type(value) is str else plain(value))


@lru_cache(maxsize=65536)  # the same people and days come back on many lines
def digest(*parts: str) -> str:
    """A short print of several texts together."""
    return text_digest("\0".join(parts))[:_DIGEST_LENGTH]
