"""Thirteen Mondays of a small association: tests/yearly/years plays five years of a large one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from tests.hands import address, typed
from tests.hands_looks import coloured, commented
from tests.programs.lived import lived
from tests.support import needs_libreoffice
from tests.yearly.years.entries import EntryBook, differences, numbered
from tests.yearly.years.judging import colour_faults, text_faults
from tests.yearly.years.pages import Pages
from tests.yearly.years.scribbles import COLOURS, Colour, Typed
from tests.yearly.years.simulation import Plan, Simulation

ON = date(2026, 10, 15)
#: Weeks in which LibreOffice saves; at the first, every program has saved once.
FIRST, LAST = 4, 12
PLAN = Plan(
    weeks=13, people=8, purge_after=timedelta(days=45), measured=(0, FIRST, LAST), saves=0
)  # fmt: skip
#: A look that a program writes otherwise once; what piles up would be one a turn or more, of the
#: two saves by LibreOffice between the two weeks.
SETTLING = {"dxfs": 1}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Simulation:
    made = Simulation(PLAN, tmp_path_factory.mktemp("years") / "suivi.xlsx")
    for _ in made.play():
        pass
    return made


@needs_libreoffice
@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_in_thirteen_weeks_every_text_stays_with_its_line(played: Simulation) -> None:
    assert len(played.entries) > 60
    assert any(one.purged for one in played.entries)
    assert played.faults.lines == []


@needs_libreoffice
@pytest.mark.parametrize(
    ("title", "since"),
    [
        ("rules of conditional formats", 0),
        ("charts drawn twice", 0),
        ("drawings", 0),
        ("dxfs", FIRST),
        ("defined names", FIRST),
    ],
)
def test_in_thirteen_weeks_nothing_of_ours_accumulates(
    played: Simulation, title: str, since: int
) -> None:
    first, last = (int(str(played.measures[week][title])) for week in (since, LAST))
    assert last <= first + SETTLING.get(title, 0)


# The ledger itself: what it must see


@cache
def begun() -> tuple[bytes, Pages]:
    data = numbered(lived())
    return data, Pages(data, EntryBook(data))


def first_row(pages: Pages) -> tuple[int, str]:
    """A row of Synthèse about one line of Suivi, and that line."""
    page = pages.sheets["Synthèse"]
    return next(
        (row, next(iter(some)))
        for row, some in page.subjects.items()
        if len(some) == 1 and next(iter(some)).startswith("S") and not page.page.rows[row][10]
    )


def entry(kind: str = "note") -> tuple[Typed, int]:
    _, pages = begun()
    row, subject = first_row(pages)
    person = pages.sheets["Synthèse"].page.person(row)
    return Typed(7, kind, "Synthèse", subject, [person], 0), row


def others_row(own: bool) -> int:
    """A row of someone else; of another line of the same person with `own`."""
    one, row = entry()
    page = begun()[1].sheets["Synthèse"]
    return next(
        n
        for n in page.subjects
        if n != row
        and (page.page.person(n) == one.names[0]) is own
        and not any(page.page.rows[n][15:])
    )


def judged(data: bytes, one: Typed, on: date = ON) -> list[str]:
    found = text_faults(Pages(data, EntryBook(data)), [one], on)
    return [kind.partition(": ")[2] for kind, _ in found]


CASES: dict[str, tuple[Callable[[], dict[str, object]], list[str]]] = {
    "beside its line": (lambda: {address(entry()[1], 15): "mot [n7]"}, []),
    "nowhere": (dict, ["lost"]),
    "beside someone else": (
        lambda: {address(others_row(False), 15): "mot [n7]"},
        ["beside another person", "not beside its line, which is shown"],
    ),
    "beside another line": (
        lambda: {address(others_row(True), 15): "mot [n7]"},
        ["beside another line of its person", "not beside its line, which is shown"],
    ),
    "in the block with its line shown, and no name": (
        lambda: {"A900": "Notes conservées, dont…", "D901": "mot [n7]"},
        ["not beside its line, which is shown", "kept without its person's name"],
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_the_ledger_sees_where_a_text_is(case: str) -> None:
    cells, expected = CASES[case]
    assert judged(typed(begun()[0], "Synthèse", cells()), entry()[0]) == expected


@pytest.mark.slow
def test_the_ledger_sees_a_text_that_stays_in_the_block_for_too_long() -> None:
    one = Typed(7, "note", "Synthèse", "Sn999", ["Acacia Basile"], 0)
    cells = {"A900": "Notes conservées, dont…", "B901": "Acacia Basile", "D901": "mot [n7]"}
    data = typed(begun()[0], "Synthèse", cells)
    assert judged(data, one) == []
    assert judged(data, one, ON + timedelta(days=399)) == []
    assert judged(data, one, ON + timedelta(days=430)) == ["in the block for over thirteen months"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("person", "days", "expected"),
    [
        ("Acacia Basile", 380, []),
        ("Acacia Basile", 100, ["in the archive too early"]),
        ("Lilas Ninon", 380, ["in the archive under another person"]),
    ],
)
def test_the_ledger_reads_the_archive(person: str, days: int, expected: list[str]) -> None:
    one = Typed(7, "note", "Synthèse", "Sn999", ["Acacia Basile"], 0, unseen=ON)
    pages = Pages(begun()[0], EntryBook(begun()[0]))
    pages.archive.places[7] = (person, "…")
    found = [kind for kind, _ in text_faults(pages, [one], ON + timedelta(days=days))]
    assert [kind.partition(": ")[2] for kind in found] == expected


@pytest.mark.slow
def test_the_ledger_sees_comments_and_colours_of_another_line() -> None:
    one, row = entry("comment")
    data = commented(begun()[0], "Synthèse", {address(others_row(False), 1): "mot [n7]"})
    assert judged(data, one)[0] == "beside another person"
    data = commented(begun()[0], "Synthèse", {address(row, 1): "mot [n7]"})
    assert judged(data, entry("comment")[0]) == []
    data = coloured(data, "Synthèse", [address(others_row(False), 1)], COLOURS[0])
    mark = Colour("Synthèse", one.subject, COLOURS[0])
    found = [kind for kind, _ in colour_faults(Pages(data, EntryBook(data)), [mark], [])]
    assert found == [
        "colour, Synthèse: not on its line, which is shown",
        "colour, Synthèse: on another line",
    ]


@pytest.mark.slow
def test_the_ledger_sees_typed_rows_that_changed() -> None:
    data = begun()[0]
    book = EntryBook(data)
    line = next(iter(book["Suivi"].lines.values()))
    book["Suivi"].type(line, "objective", "Autre chose")
    assert [kind for kind, _ in differences(book, EntryBook(data))] == ["typed row changed"]
    made = book.written(data)
    assert list(differences(book, EntryBook(made))) == []


@pytest.mark.slow
def test_rows_are_added_sorted_and_deleted_as_excel_does(tmp_path: Path) -> None:
    data = begun()[0]
    book = EntryBook(data)
    sheet = book["Personnes"]
    made = sheet.add("Pn1", {"last_name": "Zinnia", "first_name": "Ulysse", "registered": ON})
    book.sorts.append(("Personnes", lambda line: line.person))
    book.deleted.append(next(iter(sheet.lines.values())))
    count = len(sheet.lines)
    found = EntryBook(book.written(data))
    assert list(differences(book, found)) == []
    assert len(found["Personnes"].lines) == count - 1
    assert found["Personnes"].lines["Pn1"].row == made.row == sheet.bottom
