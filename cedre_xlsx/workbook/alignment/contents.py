"""The distinct contents of the lines of one side, and the lines that still have no partner."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

#: A content as it is put in order, whatever the order of its columns.
Canonical = tuple[tuple[str, str], ...]


class Content:
    """What one line says, or several that say the same: `free` are those without partner."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self.cells = cells
        self.free: list[int] = []

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


class Contents:
    """The lines of one side, by what they say in the columns of both."""

    def __init__(self, lines: Sequence[Mapping[str, str]], columns: Sequence[str]) -> None:
        self.by_cells: dict[tuple[str | None, ...], Content] = {}
        for index, line in enumerate(lines):
            filled = _filled(line) if "" in line.values() else line
            said = tuple(map(filled.get, columns))
            content = self.by_cells.get(said)
            if content is None:
                content = self.by_cells[said] = Content(filled)
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


def _filled(line: Mapping[str, str]) -> Mapping[str, str]:
    return {name: one for name, one in line.items() if one}


def by_key(
    contents: Iterable[Content], columns: Collection[str]
) -> Iterator[tuple[frozenset[tuple[str, str]], Content]]:
    """Each content with what it says in some columns."""
    for content in contents:
        yield (
            frozenset(cell for cell in content.cells.items() if cell[0] in columns),
            content,
        )
