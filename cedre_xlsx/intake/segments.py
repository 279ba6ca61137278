"""Where the tables of a region begin and end: stacked, side by side, or one over many pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from cedre_xlsx.intake.heading_rows import Candidate, first_heading_row
from cedre_xlsx.intake.headings import Headings, headings_at, repeated_rows
from cedre_xlsx.intake.region import Cells, Region, how_filled
from cedre_xlsx.intake.words import first_headings


@dataclass(frozen=True)
class Segment:
    """The rows of one table in its region: from its titles on, up to the titles of the next.

    `headings` is None where no row is one of headings; `repeated` are the rows of headings that
    are there once more.
    """

    region: Region
    start: int
    stop: int
    headings: Headings | None
    repeated: dict[int, int] = field(default_factory=dict)  # first row: how many


def segments(region: Region) -> Iterator[Segment]:
    """The tables of a region, one below the other."""
    first = first_heading_row(region)
    headings = None if first is None else headings_at(region, first)
    current = Segment(region, 0, len(region.grid), headings)
    row = 0 if headings is None else headings.bottom + 1
    while (found := _next_headings(current, row)) is not None:
        now = current.headings
        if now is not None and now.is_repeated_by(region, found):
            count = repeated_rows(region, now, found)
            current.repeated[found] = count
            row = found + count
            continue
        headings = headings_at(region, found)
        start = _start_of_titles(region, row, headings.top)
        yield replace(current, stop=start)
        current = Segment(region, start, len(region.grid), headings)
        row = headings.bottom + 1
    yield current


def _next_headings(segment: Segment, row: int) -> int | None:
    """The next row that is one of headings, from a row on."""
    region, headings = segment.region, segment.headings
    grid, width = region.grid, region.width
    beginnings = first_headings()
    own = (
        set()
        if headings is None
        else {_first_text(grid[i]) for i in (headings.top, headings.bottom)}
    )
    apart = False
    for i in range(row, len(grid)):
        cells = grid[i]
        count = how_filled(cells)
        if count < 2 and width > 1:
            apart = True
            continue
        text = _first_text(cells)
        if apart or text in own or text.strip().lower() in beginnings:
            if headings is not None and text and headings.is_repeated_by(region, i):
                return i
            if Candidate(region, i).is_sure_among_rows(apart=apart):
                return i
        apart = count == 0
    return None


def _first_text(cells: Cells) -> str:
    """The first cell of a row that is not empty, where it is a text."""
    first = cells[0]
    if first == "":
        first = next((cell for cell in cells if cell != ""), "")
    return first if isinstance(first, str) else ""


def _start_of_titles(region: Region, least: int, top: int) -> int:
    """The first of the rows above the headings that have one text, or nothing."""
    start = top
    while start > least and len(region.filled(start - 1)) < 2:
        start -= 1
    return start
