"""What is new since the last meeting: told from the prints that the last refreshes left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from cedre_xlsx import api
from cedre_xlsx.reports.news import MOST, News, NewsLine, news_by_advisor
from cedre_xlsx.schema.findings import Place
from cedre_xlsx.workbook.ancestor_rows import remembered
from cedre_xlsx.workbook.ancestors import PrintBook, State, common
from cedre_xlsx.workbook.read import read_workbook
from cedre_xlsx.workbook.since import Changed, Moves, Since, moved_lines, reference
from tests.hands import typed
from tests.privacy.retention_support import ON as ITS_DAY
from tests.privacy.retention_support import small
from tests.reports.agenda_support import (
    LINK,
    MEETING,
    PERSON,
    REMARK,
    SHEET,
    SUBJECT,
    agenda_bytes,
    change,
    decide,
    follow_up,
    grid,
    new_line,
    refreshed,
    some_point,
)
from tests.small_association import refreshed_workbook
from tests.support import read_rows

A = {"person": "a1", "dated": "d1", "action": "x1", "deadline": "e1"}
B = {"person": "a1", "dated": "d2", "action": "x2"}
C = {"person": "b1", "dated": "d1", "action": "x1", "status": "s1"}
Lines = Sequence[Mapping[str, str]]


@pytest.mark.parametrize(
    ("old", "new", "moves"),
    [
        ([A, B], [B, A], Moves((), (), ())),
        ([A, A], [A], Moves((), (1,), ())),
        ([A], [A, A], Moves((1,), (), ())),
        ([A], [B, {**A, "deadline": "e2"}, C], Moves((0, 2), (), ((0, 1),))),
        ([A, B], [{**A, "action": "x9"}, B], Moves((), (), ((0, 0),))),
        ([A, C], [C, {**A, "person": "z1"}], Moves((), (), ((0, 1),))),
        ([A, C], [B], Moves((0,), (0, 1), ())),
        ([], [A], Moves((0,), (), ())),
        ([{"action": "x1"}], [{"action": "x2"}], Moves((0,), (0,), ())),
    ],
)
def test_lines_are_known_again_by_what_they_say(old: Lines, new: Lines, moves: Moves) -> None:
    assert moved_lines("tSuivi", old, new) == moves


D = [date(2026, 7, day) for day in range(1, 31)]


def state(*days: int) -> State:
    """The lines as refreshes of those days of July found them."""
    return State(str(days), D[days[0] - 1], {}, tuple(D[day - 1] for day in days))


@pytest.mark.parametrize(
    ("states", "meetings", "expected"),
    [
        ([state(20)], [], None),
        ([state(20), state(6)], [], (1, 6)),
        ([state(20), state(19), state(6)], [], (1, 19)),
        ([state(6, 13, 20)], [], (0, 13)),
        ([state(17), state(13), state(6)], [13], (1, 13)),
        ([state(17), state(12), state(6)], [13], (1, 12)),
        ([state(17), state(12, 17), state(6)], [13], (1, 13)),
        ([state(17), state(16)], [13], (1, 16)),
        ([state(17), state(13), state(6)], [6, 20], (2, 6)),
        ([state(17), state(13), state(13), state(6)], [13], (1, 13)),
    ],
)
def test_the_last_meeting_is_what_the_lines_are_compared_with(
    states: list[State], meetings: list[int], expected: tuple[int, int] | None
) -> None:
    found = reference(states, D[19], [D[day - 1] for day in meetings])
    assert found == (expected and (states[expected[0]], D[expected[1] - 1]))


def told(data: bytes) -> list[tuple[object, ...]]:
    """The rows of the sections that say what is new: heading; person, subject, remark, place."""
    found, inside = [], False
    for row in grid(data, SHEET)[5:]:
        if str(row[0]).startswith("Depuis le "):
            inside = True
            found.append((row[0],))
        elif row[0] and not str(row[0]).startswith("Sans mouvement"):
            inside = False
        elif inside:
            found.append(
                (row[0],) if row[0] else (row[PERSON], row[SUBJECT], row[REMARK], row[LINK])
            )
    return found


WEEK = MEETING + timedelta(days=7)


def book(path: Path, on: date = WEEK) -> PrintBook | None:
    return remembered(read_workbook(path, on=on).records.memory)


@pytest.fixture(scope="module")
def since(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str, int, int]:
    """A week after a refresh: a deadline that moved, a line that was added."""
    path = tmp_path_factory.mktemp("since") / "suivi.xlsx"
    person, action, _ = some_point(agenda_bytes())
    data = agenda_bytes()
    moved = follow_up(data, person, action)
    data = change(data, moved, "Échéance / délai", "30/11/2026")
    data, added = new_line(data, person, "Visiter l'atelier")
    path.write_bytes(data)
    refreshed(path, WEEK)
    return path, person, action, moved, added


@pytest.mark.slow
def test_the_agenda_says_what_is_new(since: tuple[Path, str, str, int, int]) -> None:
    path, person, action, moved, added = since
    found = told(path.read_bytes())
    assert ("Depuis le 10/10/2026 (2 changements)",) in found
    lines = [one for one in found if one[0] == person]
    assert lines == [
        (person, action, "échéance déplacée : 30/11/2026", f"Suivi F{moved}"),
        (person, "Visiter l'atelier", "action ajoutée", f"Suivi C{added}"),
    ]
    still = " ".join(str(one[0]) for one in found if str(one[0]).startswith("Sans mouvement"))
    assert still
    assert person not in still


def test_nothing_is_new_at_the_first_refresh_of_all() -> None:
    assert told(refreshed_workbook()) == []


@pytest.mark.slow
def test_a_second_refresh_changes_nothing(since: tuple[Path, str, str, int, int]) -> None:
    path = since[0]
    before = path.read_bytes()
    assert refreshed(path, WEEK) == before


@pytest.mark.slow
def test_copies_know_what_they_had_in_common(
    since: tuple[Path, str, str, int, int], tmp_path: Path
) -> None:
    path, person, *_ = since
    copy = tmp_path / "copie.xlsx"
    copy.write_bytes(new_line(path.read_bytes(), person, "Acheter un vélo")[0])
    refreshed(copy, WEEK + timedelta(days=1))
    mine, theirs = book(path), book(copy)
    assert mine is not None
    assert theirs is not None
    assert common(mine, theirs) == mine.states[0] == theirs.states[1]


@pytest.mark.slow
def test_a_decision_typed_beside_what_is_new_is_kept(
    since: tuple[Path, str, str, int, int], tmp_path: Path
) -> None:
    path = tmp_path / "suivi.xlsx"
    data = since[0].read_bytes()
    wanted = ("Visiter l'atelier", "action ajoutée")
    rows = enumerate(grid(data, SHEET), 1)
    row = next(n for n, one in rows if (one[SUBJECT], one[REMARK]) == wanted)
    path.write_bytes(decide(data, row, "Y aller ensemble"))
    done = api.minutes(path, on=WEEK)
    assert [(one.person, one.text) for one in done.poured] == [(since[1], "Y aller ensemble")]
    data = refreshed(path, WEEK)
    assert "Y aller ensemble" not in {one[1] for one in told(data) if len(one) > 1}  # told above


@pytest.mark.slow
def test_a_spoilt_memory_begins_again(
    since: tuple[Path, str, str, int, int], tmp_path: Path
) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(typed(since[0].read_bytes(), "Mémoire", {"D12": "x"}))
    assert told(refreshed(path, WEEK + timedelta(days=1))) == []
    found = book(path)
    assert found is not None
    assert [one.on for one in found.states] == [WEEK + timedelta(days=1)]
    assert "x" not in {cell for row in grid(path.read_bytes(), "Mémoire") for cell in row}


@pytest.mark.slow
def test_a_sheet_of_the_team_that_is_called_so_is_left_alone(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "suivi.xlsx"
    path.write_bytes(small())
    own = load_workbook(path)
    own.create_sheet("Mémoire")["A1"] = "nos souvenirs"
    own.save(path)
    data = refreshed(path, ITS_DAY)
    assert [row[0] for row in grid(data, "Mémoire")] == ["nos souvenirs"]


def line(number: int) -> NewsLine:
    return NewsLine("Noé", f"Action {number}", "action ajoutée", Place("Suivi", number), 3, "")


@pytest.mark.parametrize(
    ("lines", "still", "shown", "rest"),
    [
        (0, [], 0, []),
        (MOST, [], MOST, []),
        (MOST + 1, [], MOST, ["… et 1 autre."]),
        (30, ["Ali"], MOST, ["… et 18 autres.", "Sans mouvement : Ali."]),
        (1, ["A" * 100, "B" * 100, "C"], 1, [f"Sans mouvement : {'A' * 100} et 2 autres."]),
    ],
)
def test_what_there_is_no_room_for_is_counted(
    lines: int, still: list[str], shown: int, rest: list[str]
) -> None:
    news = News(MEETING, tuple(map(line, range(lines))), tuple(still))
    assert (len(news.shown), list(news.rest)) == (shown, rest)


def test_the_heading_says_since_when() -> None:
    assert News(MEETING).heading == "Depuis le 10/10/2026 (rien de nouveau)"
    assert News(MEETING, (line(1),)).heading == "Depuis le 10/10/2026 (1 changement)"


def test_what_a_team_notes_in_its_own_columns_moves_nobody() -> None:
    people = [
        {"Nom": name, "Prénom": "Zoé", "Date inscription": "01/06/2026", "Accompagnateur": "CP"}
        for name in ("Bleuet", "Martin")
    ]
    records = read_rows(WEEK, tPersonnes=people).records
    first, second = (row.row for row in records.people.rows)
    own, field = frozenset({"+vu par", "first_name"}), frozenset({"+vu par", "phone"})
    changed = {"tPersonnes": Changed((), {first: own, second: field})}
    [news] = news_by_advisor(records, Since(MEETING, changed), (), WEEK).values()
    assert news.still == ("Bleuet Zoé",)
