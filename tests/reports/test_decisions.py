"""Decisions typed in `Réunion`: beside their point, in the block, or poured into `Suivi`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from lxml import etree

from cedre_xlsx import api
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.reports.meeting_sheet import empty_meeting_sheet
from cedre_xlsx.schema.decisions import (
    MEETING_HEADINGS,
    Reference,
    meeting_columns,
    reference_in,
)
from cedre_xlsx.schema.generated_sheets import POURED_PREFIX, poured_in, poured_name
from cedre_xlsx.workbook.line_prints import line_identity
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.read import read_workbook
from tests.hands import edited_sheet, grid, kept_lines, part_of, typed, where
from tests.reports.agenda_support import (
    ACTION,
    BOX,
    LINK,
    MEETING,
    PERSON,
    POURED,
    REMARK,
    SHEET,
    SUBJECT,
    TEXT,
    agenda_bytes,
    change,
    decide,
    decisions,
    follow_up,
    items,
    new_line,
    refreshed,
    renamed,
    some_point,
    sorted_agenda,
    without_line,
)
from tests.small_association import LATER

ACTION_OF_NOBODY = "Appeler la mission locale"


@pytest.fixture(scope="module")
def agenda() -> bytes:
    return agenda_bytes()


@pytest.fixture
def path(agenda: bytes, tmp_path: Path) -> Path:
    made = tmp_path / "suivi.xlsx"
    made.write_bytes(agenda)
    return made


# Typed, and followed


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_date_is_read_as_one(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(decide(data, some_point(data)[2], "Appeler", due=46_310))
    [one] = read_workbook(path, on=LATER).records.decisions
    assert one.due == date(2026, 10, 15)


@pytest.mark.slow
def test_a_decision_stays_on_its_point(path: Path) -> None:
    data = path.read_bytes()
    person, subject, row = some_point(data)
    path.write_bytes(decide(data, row, "Appeler le garage", "Ensemble", "fin juin"))
    assert decisions(refreshed(path)) == {
        "Appeler le garage": (person, subject, "Ensemble", "fin juin", "")
    }
    assert not api.refresh(path, on=LATER).changed


@pytest.mark.slow
@pytest.mark.parametrize("around", ["\n  {}\n", "{}_x000D_"])
def test_a_decision_stays_on_its_point_whatever_stands_around_its_key(
    around: str, path: Path
) -> None:
    """A program laid the texts out, or ended them with a line break of its own."""
    person, subject, row = some_point(path.read_bytes())
    package = Package(decide(path.read_bytes(), row, "Appeler le garage", "Ensemble"))
    part = part_of(package, SHEET)
    laid = re.sub(
        rb"<t(?: xml:space=\"preserve\")?>([^<]*)</t>",
        lambda found: b"<t>%s</t>" % around.format(found[1].decode()).encode(),
        package.read(part),
    )
    package.write(part, laid)
    path.write_bytes(package.data())
    api.refresh(path, on=LATER)
    [(text, where_it_is)] = decisions(path.read_bytes()).items()
    assert (text.strip(), where_it_is[:2]) == ("Appeler le garage", (person, subject))


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


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.parametrize(("which", "kept"), [(0, True), (1, False)])
def test_lines_of_nobody_that_say_the_same_are_told_apart_by_their_deadline(
    path: Path, which: int, kept: bool
) -> None:
    data, numbers = path.read_bytes(), []
    for deadline in ("lundi 12/10/2026", "lundi 19/10/2026"):
        data, number = new_line(data, "", ACTION_OF_NOBODY)
        data = change(data, number, "Échéance / délai", deadline)
        numbers.append(number)
    path.write_bytes(data)
    data = refreshed(path, MEETING)
    [point] = [n for n, row in enumerate(grid(data, SHEET), start=1)
               if str(row[LINK]) == f"Suivi A{numbers[which]}"]  # fmt: skip
    path.write_bytes(without_line(decide(data, point, "Demander à Linda"), numbers[0]))
    result = refreshed(path, MEETING)
    at = next(row for row in grid(result, SHEET) if row[TEXT] == "Demander à Linda")
    assert (at[0] != BOX) is kept
    assert at[LINK] == ("" if kept else f"Suivi A{numbers[1]}")


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


@pytest.mark.slow
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


def poured(path: Path, text: str = "Appeler le garage", rank: int = 1) -> tuple[str, int]:
    """A decision typed and poured as `minutes` does it: who it is about, the line it became."""
    data = path.read_bytes()
    person, _, row = some_point(data)
    data = decide(data, row, text, "Ensemble", "fin juin")
    reference = Reference(MEETING, rank)
    data, number = new_line(data, person, text)
    path.write_bytes(typed(data, SHEET, {f"H{row}": reference.text}))
    records = read_workbook(path, on=MEETING).records
    line = next(one for one in records.follow_ups.rows if one.row == number)
    package = Package(path.read_bytes())
    host = Host(package)
    host.define(*poured_name(reference, line_identity(records, line)), hidden=True)
    host.save()
    path.write_bytes(package.data())
    return person, number


@pytest.fixture(scope="module")
def poured_and_shown(
    agenda: bytes, tmp_path_factory: pytest.TempPathFactory
) -> tuple[bytes, str, int]:
    """A workbook in which that decision was poured, refreshed since: who it is about, its line."""
    path = tmp_path_factory.mktemp("poured") / "suivi.xlsx"
    path.write_bytes(agenda)
    person, number = poured(path)
    return refreshed(path), person, number


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


@pytest.mark.slow
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


CORRECTIONS: dict[str, Callable[[bytes, int, str], bytes]] = {
    "action": lambda data, number, person: change(data, number, ACTION, "Appeler M. Roux"),
    "day": lambda data, number, person: change(data, number, "Dates", 46_295),
    "deadline": lambda data, number, person: change(data, number, "Échéance / délai", "fin mai"),
    "status": lambda data, number, person: change(data, number, "Statut", "(2) En cours"),
    "renamed": lambda data, number, person: renamed(data, person),
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("case", "shown"),
    [*((case, True) for case in CORRECTIONS), *((case, False) for case in CORRECTIONS)],
)
def test_a_corrected_line_is_still_the_one_of_its_decision(
    poured_and_shown: tuple[bytes, str, int], path: Path, case: str, shown: bool
) -> None:
    if shown:
        data, person, number = poured_and_shown
        path.write_bytes(data)
    else:
        person, number = poured(path)
    path.write_bytes(CORRECTIONS[case](path.read_bytes(), number, person))
    first = section(refreshed(path))
    assert first[0][-1] == f"Suivi C{number}"
    if shown:
        assert section(refreshed(path, LATER + timedelta(days=1))) == first
    records = read_workbook(path, on=LATER).records
    line = next(one for one in records.follow_ups.rows if one.row == number)
    assert records.book is not None
    assert poured_in(records.book.names) == {REFERENCE: (line_identity(records, line), "")}


@pytest.mark.slow
def test_a_line_that_was_deleted_is_said_to_be(
    poured_and_shown: tuple[bytes, str, int], path: Path
) -> None:
    data, person, number = poured_and_shown
    path.write_bytes(without_line(data, number))
    [row] = section(refreshed(path))
    assert (row[0], row[1], row[-1]) == (person, "n'est plus dans Suivi", "")


@pytest.mark.slow
def test_a_decision_that_was_edited_is_kept_as_edited(
    poured_and_shown: tuple[bytes, str, int], path: Path
) -> None:
    """What the team types over a poured decision is a correction to propose, not a loss."""
    data, _, _ = poured_and_shown
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
