"""Group actions whose time counts once: lines of one session stay one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from cedre_xlsx.method.text import fold
from cedre_xlsx.schema.follow_up import FollowUpRow

_SESSION = re.compile(r"Séance (\d+)")


def sessions_of(
    lines: Iterable[FollowUpRow], every: Iterable[FollowUpRow], moved: Mapping[int, date]
) -> dict[int, str]:
    """What each collective line says instead of its action, by its row.

    Two say the same where they did, on one day, and still are of one day: `moved` gives the new
    ones by row. No line of `every` says so yet. Lines of a session that people who stay were in are
    a session of their own: what it counts too much is taken off in Mémoire.
    """
    taken = [int(found[1]) for row in every if (found := _SESSION.fullmatch(row.action))]
    number = max(taken, default=0)
    labels: dict[tuple[date | None, date | None, str], str] = {}
    said: dict[int, str] = {}
    for row in sorted(lines, key=lambda row: row.row):
        if not row.collective or row.is_hand_over:
            continue
        key = (row.day, moved.get(row.row), fold(row.action))
        if key not in labels:
            number += 1
            labels[key] = f"Séance {number}"
        said[row.row] = labels[key]
    return said
