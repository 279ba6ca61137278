"""Which lines of a table are new, gone or changed, from the prints of two states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cedre_xlsx.workbook.alignment.align import aligned
from cedre_xlsx.workbook.ancestors import Line


@dataclass(frozen=True, slots=True)
class Moves:
    """What became of a table: ranks of lines that only the new or the old state has, and pairs of
    ranks, old and new, of lines that changed, in the order of the new.
    """

    added: tuple[int, ...]
    removed: tuple[int, ...]
    changed: tuple[tuple[int, int], ...]


def moved_lines(table: str, old: Sequence[Line], new: Sequence[Line]) -> Moves:
    """The lines of a table (tSuivi…) that are not in both states as they are."""
    found = aligned(table, old, new)
    changed = [(before, after) for before, after in found.pairs if old[before] != new[after]]
    changed.sort(key=lambda pair: pair[1])
    return Moves(found.right_only, found.left_only, tuple(changed))
