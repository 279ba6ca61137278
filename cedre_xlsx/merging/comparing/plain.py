"""The differences as text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from cedre_xlsx.merging.comparing.changes import Differences
from cedre_xlsx.merging.comparing.told import ToldLine, told


def plain_lines(found: Differences) -> Iterator[str]:
    """One sentence on the whole, remarks, then each person with the lines about them."""
    all_of_it = told(found)
    yield all_of_it.summary
    for remark in all_of_it.remarks:
        yield f"- {remark}"
    for group in all_of_it.groups:
        yield ""
        yield f"{group.title} ({group.beside})" if group.beside else group.title
        for line in group.lines:
            yield from _line(line)


def _line(line: ToldLine) -> Iterator[str]:
    yield f"  {line.title}"
    if line.doubt:
        yield f"    {line.doubt}"
    for cell in line.cells:
        values = [value for value in (cell.before, cell.after) if value is not None]
        yield f"    {cell.place} : {' → '.join(values)}"
