"""References of engagements: CODE-AAAA-NNN, as they are written and as they are compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from cedre_xlsx.method.text import fold

_SHAPE = re.compile(r"(?P<code>\S+)-(?P<year>\d{4})-(?P<number>\d{3,})")
_LOOSE = re.compile(r"(?P<code>.*?[^\W\d_])[\s/_.-]*(?P<year>\d{4})[\s/_.-]+(?P<number>\d+)")


def code_of(reference: str) -> str | None:
    """The type's code that a well-formed reference starts with; None when it is malformed."""
    found = _SHAPE.fullmatch(reference.strip())
    return found["code"] if found else None


class FreeNumbers:
    """The next number of each type and year: what may be proposed is nobody's reference."""

    def __init__(self, references: Iterable[str]) -> None:
        self._last: Counter[tuple[str, int]] = Counter()
        for reference in references:
            found = _SHAPE.fullmatch(reference.strip())
            if found:
                key = (fold(found["code"]), int(found["year"]))
                self._last[key] = max(self._last[key], int(found["number"]))

    def take(self, code: str, year: int) -> str:
        """A reference that no line has, and that is not given twice."""
        key = (fold(code), year)
        self._last[key] += 1
        return f"{code}-{year}-{self._last[key]:03}"


def reference_key(reference: str) -> str:
    """What references are compared by: case, spaces and leading zeros do not count."""
    plain = fold(reference)
    found = _LOOSE.fullmatch(plain)
    if not found:
        return plain
    return f"{found['code']}-{found['year']}-{found['number'].lstrip('0')}"
