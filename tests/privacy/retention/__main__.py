"""Many associations of ten years, three waves of retention each.

Two hundred of them: `python -m tests.privacy.retention --count 200`.
"""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser

from tests.privacy.retention.generated import WAVES, ten_years
from tests.privacy.retention.waves import (
    Told,
    figures,
    moved,
    one_association,
    play_in_workbook,
    workbook_of,
)


def main() -> int:
    """Play them; the exit status says whether a figure moved."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--workbooks", type=int, default=0, help="one of so many as a workbook")
    asked = parser.parse_args()
    told, wrong, start = Told(), 0, time.process_time()
    for seed in range(asked.first, asked.first + asked.count):
        if asked.workbooks and seed % asked.workbooks == 0:
            found = in_workbook(seed, asked.people, told)
        else:
            found = one_association(seed, asked.people, told)
        wrong += bool(found)
        for one in found:
            print(f"association {seed} : {one}")
        print(f"{seed}: {told.people} people, {wrong} wrong", flush=True)
    spent = time.process_time() - start
    print(f"{asked.count} associations, {told.people} people, {wrong} with a figure that moved")
    print(f"{dict(told.tiers)}; {told.exact} people kept to the day by the count; {spent:.0f} s")
    return 1 if wrong else 0


def in_workbook(seed: int, people: int, told: Told) -> list[str]:
    """The same through a workbook, written and read at each wave."""
    from pathlib import Path

    from cedre_xlsx.api.opening import book_of

    last = WAVES[-1]
    data = workbook_of(ten_years(seed, people))
    path = Path("suivi.xlsx")
    before = figures(book_of(data, path, last).reading.records, last)
    after = play_in_workbook(data, told)
    return moved(before, figures(book_of(after, path, last).reading.records, last))


if __name__ == "__main__":
    sys.exit(main())
