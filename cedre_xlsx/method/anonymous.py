"""Lines whose person is not known any more: what stands where a name was."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import count

#: `P-2024-017`: the year of the last contact, a number in it.
ANONYMOUS = re.compile(r"P-\d{4}-\d{3,}")


def is_anonymous(name: str) -> bool:
    """Whether a name of Personnes is the code of an anonymous line."""
    return ANONYMOUS.fullmatch(name.strip()) is not None


def anonymous_code(year: int, taken: Collection[str]) -> str:
    """The first code of a year that nobody has."""
    return next(code for n in count(1) if (code := f"P-{year:04}-{n:03}") not in taken)
