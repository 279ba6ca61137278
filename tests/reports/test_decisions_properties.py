"""Decisions of `Réunion` whatever happens between two meetings."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cedre_xlsx import api
from tests.hands import grid
from tests.package_checker import check_package
from tests.reports.agenda_support import (
    ACTION,
    BOX,
    LINK,
    SHEET,
    TEXT,
    agenda_bytes,
    change,
    decide,
    decisions,
    items,
    new_line,
    renamed,
    rows_of,
    sorted_agenda,
    without_line,
    without_name,
)
from tests.small_association import LATER

Step = tuple[str, int]


def steps() -> st.SearchStrategy[list[list[Step]]]:
    """A few refreshes, and before each what the team does."""
    one = st.tuples(
        st.sampled_from(
            [
                "decide",
                "done",
                "reopen",
                "action",
                "day",
                "added",
                "removed",
                "nameless",
                "renamed",
                "sorted",
            ]
        ),
        st.integers(0, 40),
    )
    return st.lists(st.lists(one, max_size=4), min_size=1, max_size=4)


@settings(
    deadline=None, max_examples=4,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(plan=steps())
def test_each_decision_is_on_its_point_or_in_the_block(
    tmp_path: Path, plan: list[list[Step]]
) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(agenda_bytes())
    team = _Team(path)
    for number, actions in enumerate([[("decide", 0), ("decide", 3)], *plan]):
        for what, which in actions:
            team.does(what, which)
        api.refresh(path, on=LATER + timedelta(days=number))
        team.looks()
    assert check_package(path.read_bytes()) == []


class _Team:
    """What a team does to a workbook, and what it remembers of its decisions."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.typed: dict[str, tuple[str, str]] = {}  # decision → who, when
        self.about: dict[str, int] = {}  # decision → the row of Suivi that it is about
        self.count = 0

    @property
    def data(self) -> bytes:
        return self.path.read_bytes()

    def does(self, what: str, which: int) -> None:
        if what == "decide":
            self._decide(which)
            return
        _, rows = rows_of(self.data)
        lines = [n for n, row in rows.items() if row[0]]
        row = lines[which % len(lines)]
        changed = {
            "done": lambda: change(self.data, row, "Statut", "(3) Réalisée"),
            "reopen": lambda: change(self.data, row, "Statut", "(1) À proposer"),
            "action": lambda: change(self.data, row, ACTION, f"Autre action {which} {row}"),
            "day": lambda: change(self.data, row, "Dates", 46_250 + which),
            "added": lambda: self._added(str(rows[row][0]), which),
            "removed": lambda: without_line(self.data, row),
            "nameless": lambda: without_name(self.data, row),
            "renamed": lambda: self._renamed(str(rows[row][0]), which),
            "sorted": lambda: sorted_agenda(self.data),
        }[what]()
        self.path.write_bytes(changed)

    def _decide(self, which: int) -> None:
        rows = grid(self.data, SHEET)
        free = [n for n in items(self.data).values() if not rows[n - 1][TEXT]]
        if not free:
            return
        row = free[which % len(free)]
        self.count += 1
        text, who, due = f"Décision {self.count}", f"Qui {self.count}", f"Quand {self.count}"
        self.typed[text] = who, due
        found = re.fullmatch(r"Suivi [A-Z]+(\d+)", str(rows[row - 1][LINK]))
        if found:
            self.about[text] = int(found[1])
        self.path.write_bytes(decide(self.data, row, text, who, due))

    def _added(self, person: str, which: int) -> bytes:
        return new_line(self.data, person, f"Nouvelle action {which}")[0]

    def _renamed(self, person: str, which: int) -> bytes:
        return renamed(self.data, person) if "Anne-Lise" not in person else self.data

    def looks(self) -> None:
        """Each decision is there once, whole, on the line that it is about or in the block."""
        found = decisions(self.data)
        assert set(found) == set(self.typed)
        rows = grid(self.data, SHEET)
        for text, told in self.typed.items():
            assert tuple(found[text][2:4]) == told
            row = next(row for row in rows if row[TEXT] == text)
            point = re.fullmatch(r"Suivi [A-Z]+(\d+)", str(row[LINK]))
            if row[0] == BOX and point and text in self.about:
                assert int(point[1]) == self.about[text]
