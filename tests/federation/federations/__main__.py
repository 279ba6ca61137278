"""A generated federation, counted again line by line.

Sixty of them: `python -m tests.federation.federations --count 60`.
"""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date

from cedre_xlsx.federation.proof import Proof
from cedre_xlsx.method.vocabulary import StructureKind
from tests.federation.federations.generated import added, exact_parts, shared, structure
from tests.federation.federations.plain import wrong_cells, wrong_figures

#: One federation of each kind: its rules of what exit counts are those of all its structures.
KINDS = (StructureKind.AI, StructureKind.ACI, StructureKind.ETTI)
LAST = 2026


def main() -> int:
    """Count them twice; the exit status says whether a number differs."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=60, help="structures, of all kinds")
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--shared", type=int, default=0, help="structures of each, protected too")
    asked = parser.parse_args()
    begun, wrong, compared = time.process_time(), 0, 0
    years = range(LAST - asked.years + 1, LAST + 1)
    for kind in KINDS:
        seeds = range(1000, 1000 + asked.count // len(KINDS))
        for found in one_federation(kind, list(seeds), asked.people, list(years)):
            print(f"{kind} {found}", flush=True)
            wrong += 1
        for found in one_shared(kind, list(seeds)[: asked.shared], asked.people):
            print(f"{kind} protégés {found}", flush=True)
            wrong += 1
        compared += len(seeds)
        print(f"{kind}: {compared} structures, {wrong} wrong numbers", flush=True)
    spent = time.process_time() - begun
    print(f"{compared} structures over {asked.years} years, {wrong} wrong; {spent:.0f} s")
    return 1 if wrong else 0


def one_federation(
    kind: StructureKind, seeds: list[int], people: int, years: list[int]
) -> Iterator[str]:
    """What differs between the sum of exact parts and a count of all lines."""
    start = date(years[0], 1, 1)
    made = [structure(seed, people + seed % 17, kind, start) for seed in seeds]
    parts = [exact_parts(one, years) for one in made]
    for place, year in enumerate(years):
        united = added([own[place] for own in parts])
        yield from wrong_figures(united, made, year)
        yield from wrong_cells(united, made, year)


def one_shared(kind: StructureKind, seeds: list[int], people: int) -> Iterator[str]:
    """What the sum of protected parts says that is not so."""
    if not seeds:
        return
    start, year = date(LAST - 1, 1, 1), LAST - 1
    made = [structure(seed, people, kind, start) for seed in seeds]
    parts = [shared(seed, people, kind, start, year) for seed in seeds]
    united, proof = added(parts), Proof()
    for one in parts:
        proof.add(one)
    yield from map(str, proof.unproven(united))
    yield from wrong_figures(united, made, year)


if __name__ == "__main__":
    sys.exit(main())
