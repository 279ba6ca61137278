"""Play years of Mondays, and say what went wrong and what the workbook weighs.

`python -m tests.yearly.years --weeks 261` takes a long time; `--keep-going` counts the
faults by kind instead of ending at the first week that has any. With `--state FILE`, what was
interrupted goes on where it was written down last.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import tempfile
import time
import warnings
from pathlib import Path

from tests.yearly.years.measures import table
from tests.yearly.years.simulation import Plan, Simulation

_SAID_EVERY = 13


def main() -> int:
    """Play, print, 1 when something went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.yearly.years", description=__doc__)
    parser.add_argument("--weeks", type=int, default=261)
    parser.add_argument("--people", type=int, default=70, help="who are there at one time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--saves", type=int, default=3, help="of LibreOffice, to time it")
    parser.add_argument("--keep-going", action="store_true", help="play on when faults are met")
    parser.add_argument("--keep", type=Path, help="where the workbook stays at the end")
    parser.add_argument("--state", type=Path, help="where to write down how far it is")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder) / "suivi.xlsx"
        plan = Plan(options.weeks, options.people, options.seed, saves=options.saves)
        state = options.state
        played = (
            pickle.loads(state.read_bytes())  # our own file
            if state and state.exists()
            else Simulation(plan, path)
        )
        for week in played.play():
            count = played.faults.counts.total()
            if week % _SAID_EVERY == 0:
                spent = time.monotonic() - begun
                print(f"week {week}: {count} faults, {spent:.0f} s", file=sys.stderr, flush=True)
                if state:
                    state.write_bytes(pickle.dumps(played))
            if week in played.measures:
                print(table(played.measures), flush=True)
            if count and not options.keep_going:
                break
    print("\n".join(played.faults.lines) or "no fault")
    print(f"{len(played.entries)} texts typed, {time.monotonic() - begun:.0f} s")
    return 1 if played.faults.counts else 0


if __name__ == "__main__":
    sys.exit(main())
