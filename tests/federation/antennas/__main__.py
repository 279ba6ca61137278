"""Many associations of several antennas: `python -m tests.federation.antennas --count 60`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser

from cedre_xlsx.method.vocabulary import StructureKind
from tests.federation.antennas.compared import consolidated, differences
from tests.federation.antennas.generated import antennas

_KINDS = (StructureKind.AI, StructureKind.ACI, StructureKind.ETTI, None)


def main() -> int:
    """Count them; the exit status says whether a figure differs."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--people", type=int, default=40)
    asked = parser.parse_args()
    wrong = 0
    for seed in range(asked.first, asked.first + asked.count):
        made = antennas(seed, 2 + seed % 5, asked.people, _KINDS[seed % len(_KINDS)])
        found = differences(made, consolidated(made, range(2022, 2027)))
        wrong += bool(found)
        print(f"{seed}: {wrong} wrong", flush=True)
        for one in found:
            print(f"association {seed} : {one}", flush=True)
    print(f"{asked.count} associations, {wrong} with a figure that differs")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
