"""Short digests of cells and of lines: what we wrote is known again when it is read back."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from functools import lru_cache

from cedre_xlsx.workbook.generated import Link
from cedre_xlsx.workbook.package.cell_text import compared

_PRINT_LENGTH = 6  # hexadecimal digits: a change goes unseen once in 16 million
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
    return _text_fingerprint(value if type(value) is str else plain(value))


@lru_cache(maxsize=4096)
def _text_fingerprint(text: str) -> str:
    """The same of a text: the columns of a table repeat themselves."""
    kept = compared(text)
    return _hash(kept)[:_PRINT_LENGTH] if kept else ""


def digest(*parts: str) -> str:
    """A short print of several texts together."""
    return _hash("\0".join(parts))[:_DIGEST_LENGTH]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
