"""Some generated histories: see histories.py, which runs hundreds by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hands import typed, where
from tests.programs.histories import run, usable_programs
from tests.programs.ledger import Entry, Page, faults
from tests.programs.lived import lived

SEEDS = range(1, 2)
#: Starting these takes long; `python -m tests.programs.histories` has them too.
SLOW = ("libreoffice-ods", "libreoffice-xls", "calligra-libreoffice")


@pytest.mark.slow
@pytest.mark.program
@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_no_text_is_lost_in_some_histories(tmp_path: Path) -> None:
    programs = [one for one in usable_programs() if one is None or one.name not in SLOW]
    wrong = [fault for one in run(SEEDS, programs, tmp_path) for fault in one.said]
    assert not wrong, "\n".join(wrong[:10])


# The ledger itself: what it must see


def entry(text: str) -> tuple[bytes, Entry, Page, int]:
    """A note on the first line of Synthèse, in a workbook that holds it."""
    page = Page(lived(), "Synthèse")
    row = next(page.lines())
    return lived(), Entry(text, "Synthèse", page.person(row), page.line(row)), page, row


def other_line(page: Page, row: int) -> int:
    return next(n for n in page.lines() if page.person(n) != page.person(row))


SEEN: dict[str, tuple[Callable[[Page, int], dict[str, object]], list[str]]] = {
    "beside its line": (lambda page, row: {f"P{row + 1}": "mot"}, []),
    "nowhere": (lambda page, row: {}, ["lost"]),
    "beside another's line": (
        lambda page, row: {f"P{other_line(page, row) + 1}": "mot"},
        ["beside another's line", "no more beside its line"],
    ),
    "in the block, its line being there": (
        lambda page, row: {"A900": "Notes conservées, dont…", "D901": "mot — tapé en P6"},
        ["no more beside its line"],
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", SEEN)
def test_the_ledger_sees_what_became_of_a_text(case: str) -> None:
    cells, begins = SEEN[case]
    data, one, page, row = entry("mot")
    found = faults(typed(data, "Synthèse", cells(page, row)), [one])
    assert [fault.startswith(begin) for fault, begin in zip(found, begins, strict=True)] == [
        True
    ] * len(begins)


@pytest.mark.slow
def test_the_ledger_lets_a_text_go_to_the_block_when_its_line_is_gone() -> None:
    gone = Entry("mot", "Synthèse", "Personne Partie", ("", "Une action ancienne"))
    data = typed(lived(), "Synthèse", {"A900": "Notes conservées, dont…", "D901": "mot"})
    assert where(data, "Synthèse", "mot") == ["D901"]
    assert faults(data, [gone]) == []
