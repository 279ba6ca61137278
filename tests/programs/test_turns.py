"""Nothing of ours piles up: after many turns of another program and `refresh`, as much as at first.

The programs that people use go three turns, enough to see what every turn adds; the fastest goes
four. All of them go twenty with `CEDRE_TURNS=20 pytest tests/programs/test_turns.py`, which takes
long: Gnumeric needs a minute to save what it has saved before.
"""

from __future__ import annotations

import os

import pytest

from tests.programs.drivers import PROGRAMS
from tests.programs.lived import action_cell, lived
from tests.programs.measure import BY_NAME, EXPECTED
from tests.programs.once import refreshed_once
from tests.programs.turns import STYLES, Counts, counts, grown, turned

pytestmark = [pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")]

FEW, MANY = 3, 4
FASTEST = "openpyxl"
#: Those that other programs are made with: the rest goes by hand.
USED = frozenset({"libreoffice", "openpyxl", "sheetjs", "excelize"})
#: Looks that programs write otherwise than we do: they settle at the second turn.
SETTLING = frozenset({"cellXfs", "borders", "dxfs"})
_MOST_SETTLING = 3
#: These take looks from our cells at each save, and leave them in the file: a refresh gives them
#: back. oxlsx drops borders and alignments, rustypyxl escapes number formats once more each time.
LOSING_LOOKS = frozenset({"oxlsx", "rustypyxl"})
#: Those that ruin the texts are not in question.
WRITTEN = [
    one.name
    for one in PROGRAMS
    if one.writes == "xlsx" and not EXPECTED[one.name].ruins
    and (one.name in USED or "CEDRE_TURNS" in os.environ)
]  # fmt: skip


def turns_of(name: str) -> int:
    return int(os.environ.get("CEDRE_TURNS", MANY if name == FASTEST else FEW))


def counted(data: bytes, name: str) -> Counts:
    ignored = STYLES if name in LOSING_LOOKS else ()
    return {kind: n for kind, n in counts(data).items() if kind not in ignored}


@pytest.mark.slow
@pytest.mark.parametrize("name", WRITTEN)
def test_nothing_is_more_after_many_turns(name: str) -> None:
    program = BY_NAME[name]
    if program.missing and not os.environ.get("CI"):
        pytest.skip(program.missing)
    assert not program.missing, program.missing
    edit = action_cell(lived())
    data = refreshed_once(name)
    first = counted(data, name)
    data = turned(data, program, edit)
    second = counted(data, name)
    for _ in range(turns_of(name) - 2):
        data = turned(data, program, edit)
    settled = grown(first, second)
    assert settled.keys() <= SETTLING
    assert all(after - before <= _MOST_SETTLING for before, after in settled.values())
    assert grown(second, counted(data, name)) == {}
