"""Many pairs of histories of one workbook, merged: `python -m tests.merging.merges --count 200`."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Sequence

from tests.conftest import SHORT, lists_of
from tests.merging.merges.people import file_of, hand, lighten, work
from tests.merging.merges.playing import play

_TOGETHER = 3  # files in one run of LibreOffice


def main() -> int:
    """Play them; the exit status says whether something went wrong."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--libreoffice", type=int, default=0, help="one of so many is saved by it")
    asked = parser.parse_args()
    lighten()
    with lists_of(*SHORT):
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


def in_libreoffice(seeds: Sequence[int]) -> dict[int, bytes]:
    """B's files as LibreOffice saves them; those that it takes too long for are as they were."""
    from tests.programs.drivers import PROGRAMS, Edit

    program = next((one for one in PROGRAMS if one.name == "libreoffice"), None)
    found: dict[int, bytes] = {}
    if program is None or program.missing:
        return found
    for at in range(0, len(seeds), _TOGETHER):
        some = seeds[at : at + _TOGETHER]
        files = [(saved_copy(seed), Edit("Accueil", "A200", "vu")) for seed in some]
        with contextlib.suppress(subprocess.TimeoutExpired):
            made = program.saved(files)
            found |= {seed: one.data for seed, one in zip(some, made, strict=True) if not one.error}
    return found


def saved_copy(seed: int) -> bytes:
    """B's file of a pair."""
    other = hand("Basile", seed)
    work(other)
    return file_of(other)


if __name__ == "__main__":
    sys.exit(main())
