"""Many pairs of histories of one workbook, merged: `python -m tests.merges --count 200`."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser, Namespace
from collections import Counter

from tests.conftest import short_lists
from tests.merges.people import file_of, hand, work
from tests.merges.playing import play


def main() -> int:
    """Play them; the exit status says whether something went wrong."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--libreoffice", type=int, default=0, help="one of so many is saved by it")
    asked = parser.parse_args()
    with short_lists():
        return many(asked)


def many(asked: Namespace) -> int:
    """Play them, in workbooks whose lists of people are short."""
    seeds = range(asked.first, asked.first + asked.count)
    saved = in_libreoffice([one for one in seeds if asked.libreoffice and
                            one % asked.libreoffice == 0])  # fmt: skip
    wrong, told, start = 0, Counter[str](), time.process_time()
    for seed in seeds:
        played = play(seed, saved)
        told.update(sort.value for sort in played.told.elements())
        wrong += bool(played.faults)
        for fault in played.faults:
            print(f"pair {seed} ({played.did}): {fault}", flush=True)
    spent = time.process_time() - start
    print(f"{asked.count} pairs, {len(saved)} through LibreOffice, {wrong} gone wrong")
    print(f"{spent:.0f} s")
    print(dict(told))
    return 1 if wrong else 0


def in_libreoffice(seeds: list[int]) -> dict[int, bytes]:
    """B's files as LibreOffice saves them, all in one run of it."""
    from tests.programs.drivers import PROGRAMS, Edit

    program = next((one for one in PROGRAMS if one.name == "libreoffice"), None)
    if not seeds or program is None or program.missing:
        return {}
    batch = []
    for seed in seeds:
        other = hand("Basile", seed)
        work(other)
        batch.append((file_of(other), Edit("Accueil", "A200", "vu")))
    made = program.saved(batch)
    return {seed: one.data for seed, one in zip(seeds, made, strict=True) if not one.error}


if __name__ == "__main__":
    sys.exit(main())
