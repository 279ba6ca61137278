"""What the rows of a sheet without a table of its own are known by at the next refresh."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from cedre_xlsx.workbook.fingerprint import digest
from cedre_xlsx.workbook.generated import Link, SheetRow


def unique_identities(identities: Iterable[str]) -> list[str]:
    """The identities, twins numbered: the second of the same is "…~2"."""
    seen: Counter[str] = Counter()
    made = []
    for identity in identities:
        seen[identity] += 1
        made.append(identity if seen[identity] == 1 else f"{identity}~{seen[identity]}")
    return made


def with_own_identities(rows: Sequence[SheetRow]) -> list[SheetRow]:
    """The rows, twins told apart by their order; those without identity have none still."""
    own = iter(unique_identities(row.identity for row in rows if row.identity))
    return [replace(row, identity=next(own)) if row.identity else row for row in rows]


def identified_by(rows: Sequence[SheetRow], block: str, count: int) -> list[SheetRow]:
    """The rows of a block, each known by it and by the row's first texts, so many of them."""
    return [
        replace(row, identity=digest(block, *texts))
        if (texts := [_text(value) for value in row.values[:count] if value is not None])
        else row
        for row in rows
    ]


def _text(value: object) -> str:
    return value.text if isinstance(value, Link) else str(value)
