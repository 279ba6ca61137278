"""The hidden keys of generated lines, each on the row that shows its line.

People sort the columns that they see, and the keys stay behind: each then stands on somebody
else's line. A key holds prints of the cells that we wrote beside it, so it is believed only where
the row agrees with them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.generated import is_line_key
from cedre_xlsx.schema.tables import TableSpec
from cedre_xlsx.workbook.fingerprint import fingerprint

Prints = tuple[str, ...]
Told = Callable[[Prints], Prints]
R = TypeVar("R", bound=Row)

_MOST_CHANGED = 1  # of the cells that tell a line, those that someone may have typed over


def prints_in(key: str) -> Prints:
    """The prints of the cells that were written beside a key."""
    return tuple(key.rpartition("|")[2].split("."))


class _Keyed(NamedTuple):
    """A row of the table: its place among all, what it shows, its key."""

    rank: int
    shows: Prints
    key: str


def on_their_lines(rows: Sequence[R], spec: TableSpec[Any]) -> tuple[R, ...]:
    """The rows, each with the key of the line that it shows; "" where no key is of that line.

    Rows kept below the table, and keys of another version, are left as they are.
    """
    written = spec.written
    keyed = [
        _Keyed(rank, tuple([fingerprint(getattr(row, name)) for name in written]), row_key)
        for rank, row in enumerate(rows)
        if not (row_key := getattr(row, "key", "")) or _is_whole(row_key, len(written))
    ]
    moved = _moved([one for one in keyed if prints_in(one.key) != one.shows], spec)
    if not moved:
        return tuple(rows)
    return tuple(
        row.model_copy(update={"key": moved[rank]}) if rank in moved else row
        for rank, row in enumerate(rows)
    )


def _is_whole(key: str, count: int) -> bool:
    return is_line_key(key) and len(prints_in(key)) == count


def _moved(rows: Sequence[_Keyed], spec: TableSpec[Any]) -> dict[int, str]:
    """The keys of rows that do not show exactly what their own one says, by rank."""
    telling = [spec.written.index(name) for name in spec.telling]
    left = {one.rank: one for one in rows}
    free = {one.rank: one.key for one in rows if one.key}
    found: dict[int, str] = {}

    def settle(told: Told) -> None:
        """Give each row a free key that tells the same: its own one, else one that nobody has."""
        waiting = _by(told, free.items())
        for wants_own in (True, False):
            for rank, row in list(left.items()):
                ranks = waiting.get(told(row.shows), []) if any(told(row.shows)) else []
                if (rank in ranks) if wants_own else ranks:
                    owner = rank if wants_own else ranks[0]
                    ranks.remove(owner)
                    found[rank] = free.pop(owner)
                    del left[rank]

    settle(lambda prints: prints)
    settle(lambda prints: tuple(prints[index] for index in telling))
    for rank, row in left.items():
        mine = free.get(rank, "")
        agrees = bool(mine) and _changed(row.shows, prints_in(mine), telling) <= _MOST_CHANGED
        found[rank] = mine if agrees else ""
    own = {one.rank: one.key for one in rows}
    return {rank: key for rank, key in found.items() if key != own[rank]}


def _by(told: Told, keys: Iterable[tuple[int, str]]) -> dict[Prints, list[int]]:
    found: defaultdict[Prints, list[int]] = defaultdict(list)
    for rank, key in keys:
        found[told(prints_in(key))].append(rank)
    return found


def _changed(shows: Prints, said: Prints, telling: Sequence[int]) -> int:
    """How many of the telling cells hold something else than what was written there."""
    return sum(bool(shows[index]) and shows[index] != said[index] for index in telling)
