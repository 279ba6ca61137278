"""The distinct contents of the lines of one side, and the lines that still have no partner."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

#: A content as it is put in order, whatever the order of its columns.
Canonical = tuple[tuple[str, str], ...]


class Content:
    """What one line says, or several that say the same: `free` are those without partner."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self.cells = cells
        self.free: deque[int] = deque()

    @cached_property
    def canonical(self) -> Canonical:
        """The cells in the order of their columns."""
        return tuple(sorted(self.cells.items()))

    @cached_property
    def hashes(self) -> tuple[int, ...]:
        """A number for what is left without each cell in turn, then for all of them."""
        each = [hash(cell) for cell in self.cells.items()]
        whole = 0
        for one in each:
            whole ^= one
        return (*(whole ^ one for one in each), whole)


class Side:
    """The lines of one copy, by what they say."""

    def __init__(self, lines: Sequence[Mapping[str, str]]) -> None:
        self.by_cells: dict[frozenset[tuple[str, str]], Content] = {}
        for index, line in enumerate(lines):
            cells = frozenset(line.items())
            if any(not content for _, content in cells):
                cells = frozenset(cell for cell in cells if cell[1])
            content = self.by_cells.get(cells)
            if content is None:
                filled = line if len(cells) == len(line) else dict(cells)
                content = self.by_cells[cells] = Content(filled)
            content.free.append(index)

    @property
    def columns(self) -> set[str]:
        """The columns in which a line says something."""
        return {column for content in self.by_cells.values() for column in content.cells}

    def free(self) -> list[Content]:
        """The contents of which a line is without partner."""
        return [content for content in self.by_cells.values() if content.free]

    def left_over(self) -> tuple[int, ...]:
        """The lines without partner, in their order."""
        return tuple(sorted(index for content in self.free() for index in content.free))


def by_key(
    contents: Iterable[Content], columns: Collection[str]
) -> Iterator[tuple[frozenset[tuple[str, str]], Content]]:
    """Each content with what it says in some columns."""
    for content in contents:
        yield (
            frozenset(cell for cell in content.cells.items() if cell[0] in columns),
            content,
        )
