"""What a workbook of before says otherwise than when the new one was begun."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Late:
    """A number that was kept when the year began, and what the old workbook says today.

    `label` is what it counts, in French; both numbers as they are shown. Where they are the same,
    it is the lines counted that are others. A `year` other than 0 is that of a closed figure,
    or of tables, which are told without their numbers: both are "".
    """

    label: str
    before: str
    now: str
    year: int = 0
