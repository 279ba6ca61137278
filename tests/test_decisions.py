"""Decisions typed in `Réunion`: beside their point, in the block, or poured into `Suivi`."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from cedre_xlsx import api
from cedre_xlsx.reports.meeting_sheet import empty_meeting_sheet
from cedre_xlsx.schema.decisions import (
    MEETING_HEADINGS,
    Reference,
    meeting_columns,
    reference_in,
)
from cedre_xlsx.schema.generated_sheets import POURED_PREFIX, poured_in, poured_name
from cedre_xlsx.schema.tables import FOLLOW_UP, PEOPLE
from cedre_xlsx.workbook.line_prints import line_identity
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.package.parts import Package
from cedre_xlsx.workbook.read import read_workbook
from tests.hands import edited_sheet, grid, kept_lines, part_of, typed, where
from tests.package_checker import check_package
from tests.small_association import LATER, refreshed_workbook

SHEET = "Réunion"
PERSON, SUBJECT, REMARK = 1, 2, 3
TEXT, WHO, DUE, POURED, LINK = 4, 5, 6, 7, 8  # places in a row, from 0 on
BOX = "☐"
MEETING = date(2026, 10, 10)


@pytest.fixture(scope="module")
def agenda() -> bytes:
    """An agenda on which actions have waited for long enough to be brought up."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "suivi.xlsx")
        made.write_bytes(refreshed_workbook())
        api.refresh(made, on=MEETING)
        return made.read_bytes()


@pytest.fixture
def path(agenda: bytes, tmp_path: Path) -> Path:
    made = tmp_path / "suivi.xlsx"
    made.write_bytes(agenda)
    return made


def refreshed(path: Path, on: date = LATER) -> bytes:
    """A sound refresh."""
    api.refresh(path, on=on)
    data = path.read_bytes()
    assert check_package(data) == []
    return data


def items(data: bytes) -> dict[tuple[str, str], int]:
    """The rows of the points by person and subject."""
    return {
        (str(row[PERSON]), str(row[SUBJECT])): number
        for number, row in enumerate(grid(data, SHEET), start=1)
        if row[0] == BOX
    }


def decide(data: bytes, row: int, text: str, who: str = "", due: object = None) -> bytes:
    """Someone types a decision on a row of the agenda."""
    return typed(data, SHEET, {f"E{row}": text, f"F{row}": who or None, f"G{row}": due})


def decisions(data: bytes) -> dict[str, tuple[object, ...]]:
    """Each row that holds a decision, by its text: person, subject, who, when, poured."""
    found: dict[str, tuple[object, ...]] = {}
    for row in grid(data, SHEET)[5:]:
        if any(row[place] not in ("", None) for place in (TEXT, WHO, DUE, POURED)):
            assert str(row[TEXT]) not in found, f"twice: {row}"
            found[str(row[TEXT])] = (row[PERSON] or row[0], row[SUBJECT], *row[WHO:LINK])
    return found


def rows_of(data: bytes, spec: str = FOLLOW_UP.sheet) -> tuple[list[str], dict[int, list[object]]]:
    """The headings of an entry sheet, and its rows by number."""
    rows = grid(data, spec)
    return [str(cell) for cell in rows[3]], {n: row for n, row in enumerate(rows, start=1) if n > 4}


def column(headings: Sequence[str], heading: str) -> str:
    return chr(ord("A") + headings.index(heading))


def follow_up(data: bytes, person: str, action: str) -> int:
    """The row of a line of Suivi."""
    headings, rows = rows_of(data)
    who, what = headings.index("Personne"), headings.index("Actions proposées par l'AI / ETTI")
    return next(n for n, row in rows.items() if (row[who], row[what]) == (person, action))


def change(data: bytes, row: int, heading: str, value: object) -> bytes:
    """Someone changes a cell of Suivi."""
    letter = column(rows_of(data)[0], heading)
    return typed(data, FOLLOW_UP.sheet, {f"{letter}{row}": value})


ACTION = "Actions proposées par l'AI / ETTI"


def some_point(data: bytes) -> tuple[str, str, int]:
    """A point of the agenda that stands for an action to propose."""
    rows = grid(data, SHEET)
    return next((person, subject, row) for (person, subject), row in items(data).items()
                if "notée il y a" in str(rows[row - 1][REMARK]))  # fmt: skip


# Typed, and followed


def test_a_decision_is_read_with_the_line_of_its_point(path: Path) -> None:
    data = path.read_bytes()
    person, subject, row = some_point(data)
    path.write_bytes(decide(data, row, "Appeler le garage", "Ensemble", "fin juin"))
    [one] = read_workbook(path, on=LATER).records.decisions
    assert (one.person, one.subject, one.text, one.who, one.due, one.poured, one.gone) == (
        person, subject, "Appeler le garage", "Ensemble", "fin juin", "", False,
    )  # fmt: skip
    assert one.cells == {"text": f"E{row}", "who": f"F{row}", "due": f"G{row}", "poured": f"H{row}"}
    assert one.line is not None
    assert (one.line.person, one.line.row) == (person, follow_up(data, person, subject))


def test_a_date_is_read_as_one(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(decide(data, some_point(data)[2], "Appeler", due=46_310))
    [one] = read_workbook(path, on=LATER).records.decisions
    assert one.due == date(2026, 10, 15)


def test_a_decision_stays_on_its_point(path: Path) -> None:
    data = path.read_bytes()
    person, subject, row = some_point(data)
    path.write_bytes(decide(data, row, "Appeler le garage", "Ensemble", "fin juin"))
    assert decisions(refreshed(path)) == {
        "Appeler le garage": (person, subject, "Ensemble", "fin juin", "")
    }
    assert not api.refresh(path, on=LATER).changed


@pytest.mark.slow
def test_a_decision_whose_point_is_gone_waits_at_the_bottom_and_goes_back(path: Path) -> None:
    data = path.read_bytes()
    person, subject, row = some_point(data)
    line = follow_up(data, person, subject)
    data = decide(data, row, "Appeler le garage", "Ensemble", "fin juin")
    path.write_bytes(change(data, line, "Statut", "(3) Réalisée"))
    result = refreshed(path)
    [label] = [one for one in kept_lines(result, SHEET) if subject in one]
    assert label.endswith(
        "ligne disparue depuis l'actualisation du 15/10/2026 : ce qui était à côté est gardé ici"
    )
    [one] = read_workbook(path, on=LATER).records.decisions
    assert (one.gone, one.person, one.subject, one.text) == (
        True, person, subject, "Appeler le garage",
    )  # fmt: skip
    assert one.line is not None
    assert one.line.row == line
    path.write_bytes(change(result, line, "Statut", "(1) À proposer"))
    assert decisions(refreshed(path)) == {
        "Appeler le garage": (person, subject, "Ensemble", "fin juin", "")
    }


@pytest.mark.slow
def test_two_decisions_never_mix(path: Path) -> None:
    """One waits at the bottom when its point returns, and another was begun there."""
    data = path.read_bytes()
    person, subject, row = some_point(data)
    line = follow_up(data, person, subject)
    data = decide(data, row, "Appeler", "Ensemble")
    path.write_bytes(change(data, line, "Statut", "(3) Réalisée"))
    api.refresh(path, on=LATER)
    path.write_bytes(change(path.read_bytes(), line, "Statut", "(1) À proposer"))
    api.refresh(path, on=LATER)
    data = path.read_bytes()
    row = items(data)[person, subject]
    label = (
        f"{person} · {subject} — ligne disparue depuis l'actualisation du 01/10/2026 : ce qui "
        "était à côté est gardé ici"
    )
    last = len(grid(data, SHEET)) + 3
    identity = str(grid(data, SHEET)[row - 1][-1]).partition("|")[2]
    data = typed(data, SHEET, {  # as an earlier refresh kept it
        f"E{row}": None, f"F{row}": None, f"G{row}": "lundi",
        f"A{last}": label, f"E{last}": "Appeler", f"F{last}": "Ensemble",
        f"J{last}": f"{identity}|garde:cote",
    })  # fmt: skip
    path.write_bytes(data)
    found = [row[4:7] for row in grid(refreshed(path), SHEET)[5:] if any(row[4:7])]
    assert found == [["", "", "lundi"], ["Appeler", "Ensemble", ""]]


TALL = " ".join(["Appeler le garage"] * 20)


@pytest.mark.slow
def test_what_was_typed_is_tall_enough_to_be_read(path: Path) -> None:
    data = path.read_bytes()
    row = some_point(data)[2]
    path.write_bytes(decide(data, row, TALL))
    result = refreshed(path)
    [place] = where(result, SHEET, TALL)
    rows = Package(result).root(part_of(result, SHEET)).iter(q("row"))
    height = next(one.get("ht") for one in rows if one.get("r") == place[1:])
    assert float(height or 0) > 100


def test_the_open_cells_have_their_list_and_their_check(path: Path) -> None:
    root = Package(path.read_bytes()).root(part_of(path.read_bytes(), SHEET))
    found = {
        (one.get("sqref") or "")[:2]: (one.get("type"), one.findtext(q("formula1")))
        for one in root.iter(q("dataValidation"))
    }
    assert found["F6"] == ("list", "lstParQui")
    assert found["G6"][0] == "custom"


@pytest.mark.slow
def test_the_list_that_a_team_gave_to_qui_stays(path: Path) -> None:
    def own_list(root: etree._Element) -> None:
        for one in root.iter(q("dataValidation")):
            if (one.get("sqref") or "").startswith("F"):
                one.set("promptTitle", "")
                one.set("prompt", "")
                formula = one.find(q("formula1"))
                assert formula is not None
                formula.text = '"Linda,Yann"'

    path.write_bytes(edited_sheet(path.read_bytes(), SHEET, own_list))
    result = refreshed(path)
    root = Package(result).root(part_of(result, SHEET))
    formulas = [one.findtext(q("formula1")) for one in root.iter(q("dataValidation"))
                if (one.get("sqref") or "").startswith("F")]  # fmt: skip
    assert formulas == ['"Linda,Yann"']


def sorted_agenda(data: bytes) -> bytes:
    """The points that are seen, the other way round: the hidden keys stay where they were."""
    rows = grid(data, SHEET)
    numbers = [n for n, row in enumerate(rows, start=1) if row[0] == BOX]
    cells: dict[str, object] = {}
    for number, source in zip(numbers, reversed(numbers), strict=True):
        for place, value in enumerate(rows[source - 1][: LINK + 1]):
            cells[f"{chr(ord('A') + place)}{number}"] = value if value != "" else None
    return typed(data, SHEET, cells)


@pytest.mark.slow
def test_decisions_go_with_their_points_when_these_are_sorted(path: Path) -> None:
    data = path.read_bytes()
    for number, row in enumerate(items(data).values()):
        data = decide(data, row, f"Décision {number}", "Ensemble", f"lundi {number}")
    before = decisions(data)
    assert len(before) > 4
    path.write_bytes(sorted_agenda(data))
    for one in read_workbook(path, on=MEETING).records.decisions:
        assert (one.person, one.subject) == before[one.text][:2]
        assert one.line is None or one.line.person == one.person
    result = refreshed(path, MEETING)
    assert decisions(result) == before
    assert kept_lines(result, SHEET) == []


# A workbook of before


def as_before(data: bytes) -> bytes:
    """`Réunion` as it was without the columns of decisions."""

    def edit(root: etree._Element) -> None:
        for row in root.iter(q("row")):
            for cell in list(row):
                letter = (cell.get("r") or "").rstrip("0123456789")
                number = (cell.get("r") or "")[len(letter) :]
                if letter in "EFGH":
                    row.remove(cell)
                elif letter in "IJ":
                    cell.set("r", f"{'EF'['IJ'.index(letter)]}{number}")
        for name in ("dataValidations", "cols"):
            for one in root.findall(q(name)):
                root.remove(one)
        for link in root.iter(q("hyperlink")):
            link.set("ref", (link.get("ref") or "").replace("I", "E"))
        for page in root.iter(q("pageSetup")):
            page.attrib.pop("scale")

    return edited_sheet(data, SHEET, edit)


def test_notes_beside_an_agenda_of_before_stay_notes(path: Path) -> None:
    data = as_before(path.read_bytes())
    numbers = list(items(data).values())
    notes = {f"G{numbers[0]}": "note G", f"H{numbers[1]}": "note H", f"J{numbers[2]}": "note J"}
    path.write_bytes(typed(data, SHEET, notes))
    before = {(row[PERSON], row[SUBJECT]): [cell for cell in row if str(cell).startswith("note")]
              for row in grid(path.read_bytes(), SHEET) if row[0] == BOX}  # fmt: skip
    result = refreshed(path, MEETING)
    after = {(row[PERSON], row[SUBJECT]): [cell for cell in row if str(cell).startswith("note")]
             for row in grid(result, SHEET) if row[0] == BOX}  # fmt: skip
    assert after == before
    assert decisions(result) == {}
    assert kept_lines(result, SHEET) == []
    assert [where(result, SHEET, note)[0][0] for note in notes.values()] == ["K", "L", "N"]


@pytest.mark.slow
def test_what_was_typed_over_an_agenda_of_before_is_kept(path: Path) -> None:
    data = as_before(path.read_bytes())
    row = next(iter(items(data).values()))
    path.write_bytes(typed(data, SHEET, {f"E{row}": "à voir", f"D{row}": "Appelé lundi"}))
    kept = kept_lines(refreshed(path, MEETING), SHEET)
    assert [text.partition(" — ")[0] for text in kept] == ["Appelé lundi", "à voir"]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (MEETING_HEADINGS, {n: n for n in range(1, 10)}),
        (("", "Personne", "Action, engagement", "À savoir", "Cellule"),
         {1: 1, 2: 2, 3: 3, 4: 4, 5: 9}),
        # a column of the team's among ours
        (("", "Personne", "Tél", "Action, engagement", "À savoir", "Cellule"),
         {1: 1, 2: 2, 4: 3, 5: 4, 6: 9}),
        # a heading typed over
        (("", "Personne", "Action, engagement", "À savoir", "Décidé", "Qui", "Pour quand",
          "Versée", "Cellule"), {n: n for n in range(1, 10)}),
        # four columns of the team's, in an agenda of before
        (("", "Personne", "Action, engagement", "À savoir", "A", "B", "C", "D", "Cellule"),
         {1: 1, 2: 2, 3: 3, 4: 4, 9: 9}),
        (("Nadia (3 points)",), {}),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_headings(
    headings: Sequence[str], expected: Mapping[int, int]
) -> None:
    assert meeting_columns(headings) == expected


# Poured into Suivi

REFERENCE = Reference(MEETING, 1)


def test_a_reference_is_read_as_it_is_written() -> None:
    assert REFERENCE.text == "10/10/2026 n° 1"
    assert reference_in("10/10/2026\u00a0n°\u00a01") == REFERENCE
    assert [reference_in(text) for text in ("oui", "", "31/02/2026 n° 1", "01/10/2026")] == [
        None, None, None, None,
    ]  # fmt: skip
    name, refers_to = poured_name(REFERENCE, "a.b~c")
    assert name == "_cedre_Versee_20261010_1"
    assert poured_in({name.casefold(): refers_to, "_cedre_versee_x": '"z"'}) == {
        REFERENCE: ("a.b~c", "")
    }


def new_line(data: bytes, path: Path, person: str, action: str) -> tuple[bytes, int]:
    """A line of Suivi as `minutes` adds it, its Statut (1)."""
    headings, rows = rows_of(data)
    number = max(n for n, row in rows.items() if row[0]) + 1
    cells = {"Personne": person, "Dates": (MEETING - date(1899, 12, 30)).days, ACTION: action,
             "Statut": "(1) À proposer"}  # fmt: skip
    letters = {column(headings, heading): value for heading, value in cells.items()}
    return typed(data, "Suivi", {f"{letter}{number}": v for letter, v in letters.items()}), number


def poured(path: Path, text: str = "Appeler le garage", rank: int = 1) -> tuple[str, int]:
    """A decision typed and poured as `minutes` does it: who it is about, the line it became."""
    data = path.read_bytes()
    person, _, row = some_point(data)
    data = decide(data, row, text, "Ensemble", "fin juin")
    reference = Reference(MEETING, rank)
    data, number = new_line(data, path, person, text)
    path.write_bytes(typed(data, SHEET, {f"H{row}": reference.text}))
    records = read_workbook(path, on=MEETING).records
    line = next(one for one in records.follow_ups.rows if one.row == number)
    package = Package(path.read_bytes())
    host = Host(package)
    host.define(*poured_name(reference, line_identity(records, line)), hidden=True)
    host.save()
    path.write_bytes(package.data())
    return person, number


def section(data: bytes) -> list[tuple[object, ...]]:
    """The rows under *Décisions de la dernière fois*: person, remark, decision, who, when, Versée,
    where.
    """
    rows = iter(grid(data, SHEET))
    for row in rows:
        if str(row[0]).startswith("Décisions de la dernière fois"):
            break
    found = []
    for row in rows:
        if row[0]:
            break
        found.append((row[PERSON], row[REMARK], *row[TEXT : POURED + 1], row[LINK]))
    return found


def names_of(data: bytes) -> set[str]:
    root = Package(data).root("xl/workbook.xml")
    return {name for one in root.iter(q("definedName"))
            if (name := one.get("name") or "").startswith(POURED_PREFIX)}  # fmt: skip


def test_a_poured_decision_opens_the_next_agenda(path: Path) -> None:
    person, number = poured(path)
    result = refreshed(path)
    link = f"Suivi C{number}"
    told = ("Appeler le garage", "Ensemble", "fin juin", REFERENCE.text)
    assert section(result) == [(person, "à commencer", *told, link)]
    assert len(decisions(result)) == 1  # it has left its point
    assert str(grid(result, SHEET)[5][0]).startswith("Décisions de la dernière fois (1 décision)")
    assert names_of(result) == {"_cedre_Versee_20261010_1"}


STATES = {
    "(3) Réalisée": "faite", "(2) En cours": "en cours", "(1) À proposer": "à commencer",
    "Sans suite": "sans suite",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("status", STATES)
def test_the_agenda_says_how_it_is(path: Path, status: str) -> None:
    _, number = poured(path)
    path.write_bytes(change(path.read_bytes(), number, "Statut", status))
    assert section(refreshed(path))[0][1] == STATES[status]


def without_line(data: bytes, number: int) -> bytes:
    headings, _ = rows_of(data)
    cells = {f"{column(headings, heading)}{number}": None for heading in headings[:9]}
    return typed(data, "Suivi", cells)


CORRECTIONS: dict[str, Callable[[bytes, int, str], bytes]] = {
    "action": lambda data, number, person: change(data, number, ACTION, "Appeler M. Roux"),
    "day": lambda data, number, person: change(data, number, "Dates", 46_295),
    "deadline": lambda data, number, person: change(data, number, "Échéance / délai", "fin mai"),
    "status": lambda data, number, person: change(data, number, "Statut", "(2) En cours"),
    "renamed": lambda data, number, person: renamed(data, person),
}


def renamed(data: bytes, person: str) -> bytes:
    """Someone has another first name everywhere."""
    headings, rows = rows_of(data, PEOPLE.sheet)
    last, first = headings.index("Nom"), headings.index("Prénom")
    number = next(n for n, row in rows.items() if f"{row[last]} {row[first]}" == person)
    data = typed(data, PEOPLE.sheet, {f"{column(headings, 'Prénom')}{number}": "Anne-Lise"})
    new = f"{rows[number][last]} Anne-Lise"
    for sheet in ("Suivi", "Engagements", "Missions", "Freins"):
        lines, there = rows_of(data, sheet)
        cells = {f"{column(lines, 'Personne')}{n}": new for n, row in there.items()
                 if row[lines.index("Personne")] == person}  # fmt: skip
        data = typed(data, sheet, cells)
    return data


@pytest.mark.slow
@pytest.mark.parametrize(
    ("case", "shown"),
    [*((case, True) for case in CORRECTIONS), *((case, False) for case in CORRECTIONS)],
)
def test_a_corrected_line_is_still_the_one_of_its_decision(
    path: Path, case: str, shown: bool
) -> None:
    person, number = poured(path)
    if shown:
        refreshed(path)
    path.write_bytes(CORRECTIONS[case](path.read_bytes(), number, person))
    first = section(refreshed(path))
    assert first[0][-1] == f"Suivi C{number}"
    assert section(refreshed(path, LATER + timedelta(days=1))) == first
    records = read_workbook(path, on=LATER).records
    line = next(one for one in records.follow_ups.rows if one.row == number)
    assert records.book is not None
    assert poured_in(records.book.names) == {REFERENCE: (line_identity(records, line), "")}


@pytest.mark.slow
def test_a_line_that_was_deleted_is_said_to_be(path: Path) -> None:
    person, number = poured(path)
    refreshed(path)
    path.write_bytes(without_line(path.read_bytes(), number))
    [row] = section(refreshed(path))
    assert (row[0], row[1], row[-1]) == (person, "n'est plus dans Suivi", "")


@pytest.mark.slow
def test_a_decision_that_was_edited_is_kept_as_edited(path: Path) -> None:
    """What the team types over a poured decision is a correction to propose, not a loss."""
    poured(path)
    data = refreshed(path)
    row = next(n for n, cells in enumerate(grid(data, SHEET), start=1) if n > 5 and cells[POURED])
    path.write_bytes(typed(data, SHEET, {f"E{row}": "Appeler mardi", f"G{row}": "lundi"}))
    assert section(refreshed(path))[0][2:5] == ("Appeler mardi", "Ensemble", "lundi")
    assert kept_lines(path.read_bytes(), SHEET) == []


@pytest.mark.slow
def test_what_is_finished_leaves_with_the_next_meeting(path: Path) -> None:
    _, number = poured(path)
    path.write_bytes(change(path.read_bytes(), number, "Statut", "(3) Réalisée"))
    data = refreshed(path)
    target = next(iter(items(data).values()))
    later = Reference(MEETING + timedelta(days=7), 1)
    data = typed(data, SHEET, {f"E{target}": "Écrire", f"H{target}": later.text})
    path.write_bytes(data)
    assert [one[2] for one in section(refreshed(path))] == ["Écrire"]
    assert names_of(path.read_bytes()) == set()


@pytest.mark.slow
def test_a_lost_name_is_found_by_the_words(path: Path) -> None:
    _, number = poured(path)
    package = Package(path.read_bytes())
    host = Host(package)
    host.forget(POURED_PREFIX)
    host.save()
    path.write_bytes(package.data())
    result = refreshed(path)
    assert section(result)[0][-1] == f"Suivi C{number}"
    assert names_of(result) == {"_cedre_Versee_20261010_1"}


@pytest.mark.slow
def test_a_text_in_versee_that_is_no_reference_pours_nothing(path: Path) -> None:
    data = path.read_bytes()
    row = some_point(data)[2]
    path.write_bytes(typed(decide(data, row, "Appeler"), SHEET, {f"H{row}": "oui"}))
    result = refreshed(path)
    assert section(result) == []
    assert decisions(result)["Appeler"][-1] == "oui"


def test_an_empty_agenda_has_the_columns() -> None:
    assert empty_meeting_sheet().open_columns is not None


# Whatever happens between two meetings

Step = tuple[str, int]


def steps() -> st.SearchStrategy[list[list[Step]]]:
    """A few refreshes, and before each what the team does."""
    one = st.tuples(
        st.sampled_from(
            ["decide", "done", "reopen", "action", "day", "added", "removed", "renamed", "sorted"]
        ),
        st.integers(0, 40),
    )
    return st.lists(st.lists(one, max_size=4), min_size=1, max_size=4)


@settings(
    deadline=None, max_examples=6,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(plan=steps())
def test_each_decision_is_on_its_point_or_in_the_block(
    path: Path, agenda: bytes, plan: list[list[Step]]
) -> None:
    path.write_bytes(agenda)
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
        self.gone: set[int] = set()
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
            "removed": lambda: self._removed(row),
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
        return new_line(self.data, self.path, person, f"Nouvelle action {which}")[0]

    def _removed(self, row: int) -> bytes:
        self.gone.add(row)
        return without_line(self.data, row)

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
