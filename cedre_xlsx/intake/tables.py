"""From the cells of a sheet to its tables, of which nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cedre_xlsx.intake.lines import Lines
from cedre_xlsx.intake.model import SourceTable
from cedre_xlsx.intake.region import Region
from cedre_xlsx.intake.segments import Segment, segments
from cedre_xlsx.intake.sheets import Sheet
from cedre_xlsx.intake.side_by_side import bands


def tables_in(sheet: Sheet, file: Path) -> tuple[SourceTable, ...]:
    """The tables of a sheet: from the top, and from the left where they stand side by side."""
    region = Region.of(sheet)
    if not region.grid:
        return ()
    return tuple(
        Lines(segment).table(file, sheet.name)
        for band in bands(region)
        for segment in _parted(band)
    )


def _parted(region: Region) -> Iterator[Segment]:
    """The segments of a region; one with tables side by side is parted again."""
    for segment in segments(region):
        whole = segment.start == 0 and segment.stop == len(region.grid)
        parts = (region,) if whole else bands(region.lines(segment.start, segment.stop))
        if len(parts) == 1:
            yield segment
            continue
        for part in parts:
            yield from segments(part)
