"""Tables that stand side by side, each with its headings, and one table with an empty column."""

from __future__ import annotations

from collections.abc import Sequence

from cedre_xlsx.intake.heading_rows import first_heading_row
from cedre_xlsx.intake.headings import Headings, headings_at
from cedre_xlsx.intake.region import Region
from cedre_xlsx.method.text import word_key

_BEYOND = 2  # rows
_MUCH_LONGER = 3  # rows


def bands(region: Region) -> tuple[Region, ...]:
    """The region, or the regions of the tables that stand side by side in it."""
    used = region.used_columns()
    runs = _runs(used)
    if len(runs) < 2:
        return (region,)
    found = [runs[0]]
    for first, end in runs[1:]:
        if _are_two_tables(region.part(*found[-1]), region.part(first, end)):
            found.append((first, end))
        else:
            found[-1] = (found[-1][0], end)
    return tuple(region.part(first, end) for first, end in found)


def _runs(used: Sequence[int]) -> list[tuple[int, int]]:
    """The stretches of columns in use, each with its end."""
    runs: list[tuple[int, int]] = []
    for column in used:
        if runs and runs[-1][1] == column:
            runs[-1] = (runs[-1][0], column + 1)
        else:
            runs.append((column, column + 1))
    return runs


def _are_two_tables(left: Region, right: Region) -> bool:
    ours, theirs = _headings(left), _headings(right)
    if ours is None or theirs is None:
        return False
    if ours.top != theirs.top and ours.bottom != theirs.bottom:
        return True
    if _shared(ours, theirs) or _are_two_excel_tables(left, right):
        return True
    return _goes_beyond(left, right, ours) or _is_a_short_list(left, right, ours)


def _headings(region: Region) -> Headings | None:
    """The headings of a region that may be a table of its own."""
    row = first_heading_row(region)
    headings = None if row is None else headings_at(region, row)
    return headings if headings and sum(map(bool, headings.texts)) > 1 else None


def _shared(ours: Headings, theirs: Headings) -> bool:
    """Whether the headings recur: of one table, they would not."""
    mine, other = ({word_key(text) for text in one.texts if text} for one in (ours, theirs))
    return len(mine & other) * 2 >= min(len(mine), len(other))


def _are_two_excel_tables(left: Region, right: Region) -> bool:
    """Whether the file itself has a table in each."""
    mine, other = (
        {one.name for one in region.tables if first <= one.first_column <= last}
        for region in (left, right)
        for first, last in [(region.columns[0], region.columns[-1])]
    )
    return bool(mine) and bool(other) and mine.isdisjoint(other)


def _filled_rows(region: Region, headings: Headings) -> list[int]:
    return [i for i in range(headings.bottom + 1, len(region.grid)) if region.filled(i)]


def _is_unbroken(rows: Sequence[int]) -> bool:
    return bool(rows) and rows[-1] - rows[0] + 1 == len(rows)


def _goes_beyond(left: Region, right: Region, headings: Headings) -> bool:
    """Whether the lines at the left follow each other, and those at the right go on after them."""
    mine, theirs = _filled_rows(left, headings), _filled_rows(right, headings)
    if not mine or not theirs:
        return False
    return _is_unbroken(mine) and theirs[-1] >= mine[-1] + _BEYOND


def _is_a_short_list(left: Region, right: Region, headings: Headings) -> bool:
    """Whether the right is a list without a gap that ends long before the lines at the left."""
    mine, theirs = _filled_rows(left, headings), _filled_rows(right, headings)
    if len(mine) < max(2 * len(theirs), len(theirs) + _MUCH_LONGER):
        return False
    whole = all(len(right.filled(i)) == right.width for i in theirs)
    return whole and _is_unbroken(theirs) and theirs[0] == mine[0]
