"""`minutes`: what is decided in `Réunion` becomes lines of `Suivi`, each once."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from cedre_xlsx import api
from cedre_xlsx.api.pouring import Minutes
from cedre_xlsx.cli.main import group
from cedre_xlsx.demonstration.association import association
from cedre_xlsx.method.vocabulary import Status
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.records import Records
from cedre_xlsx.workbook.read import read_workbook
from tests.hands import edited_sheet, grid, renumbered, typed
from tests.package_checker import check_package
from tests.small_association import LATER, ON, refreshed_workbook
from tests.yearly.years.entries import EntryBook, numbered

SHEET = "Réunion"
BOX = "☐"
FIRST_ROW = 6
PERSON, SUBJECT, TEXT, POURED, LINK = 1, 2, 4, 7, 8


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "suivi.xlsx"
    made.write_bytes(refreshed_workbook())
    return made


def points(data: bytes) -> list[tuple[int, str, str]]:
    """The rows of the agenda: number, person, subject; those of lines of Suivi first."""
    rows = [(n, row) for n, row in enumerate(grid(data, SHEET), start=1) if row[0] == BOX]
    rows.sort(key=lambda one: not str(one[1][LINK]).startswith("Suivi"))
    return [(n, str(row[PERSON]), str(row[SUBJECT])) for n, row in rows]


def decide(path: Path, row: int, text: str, who: str = "", due: object = None) -> None:
    cells = {f"E{row}": text or None, f"F{row}": who or None, f"G{row}": due}
    path.write_bytes(typed(path.read_bytes(), SHEET, cells))


def records(path: Path, on: date = LATER) -> Records:
    return read_workbook(path, on=on).records


def lines_saying(path: Path, text: str) -> list[FollowUpRow]:
    return [row for row in records(path).follow_ups.rows if row.action == text]


def poured(path: Path, on: date = LATER) -> Minutes:
    """What was done; the file is sound, and doing it again does nothing."""
    done = api.minutes(path, on=on)
    once = path.read_bytes()
    assert check_package(once) == []
    again = api.minutes(path, on=on)
    assert (again.poured, path.read_bytes()) == ((), once)
    return done


@pytest.mark.slow
def test_a_decision_becomes_a_line(path: Path) -> None:
    before = records(path).follow_ups.rows
    row, person, subject = points(path.read_bytes())[0]
    decide(path, row, "Appeler le garage", "ensemble", "fin juin")
    about = next(one for one in before if (one.person, one.action) == (person, subject))
    done = poured(path)
    assert done.sentence == f"{path} : 1 décision versée dans Suivi, réunion du 15/10/2026."
    [line] = lines_saying(path, "Appeler le garage")
    assert tuple(one for one in records(path).follow_ups.rows if one != line) == before
    assert line.deadline is not None
    assert line.by_whom is not None
    assert (
        line.person, line.day, line.objective, line.engagement, line.deadline.text, line.status,
        line.by_whom.value,
    ) == (
        person, LATER, about.objective, about.engagement, "fin juin", Status.TO_PROPOSE, "Ensemble",
    )  # fmt: skip
    [one] = done.poured
    assert one.place == f"Suivi!C{line.row}"
    assert grid(path.read_bytes(), SHEET)[row - 1][POURED] == "15/10/2026 n° 1"


@pytest.mark.slow
def test_who_is_no_side_is_who_leads_it(path: Path) -> None:
    decide(path, points(path.read_bytes())[0][0], "Appeler", "Linda Fictive", 46_310)
    poured(path)
    [line] = lines_saying(path, "Appeler")
    assert (line.participant, line.by_whom, line.due) == ("Linda Fictive", None, date(2026, 10, 15))


@pytest.mark.slow
def test_a_dry_run_writes_nothing(path: Path) -> None:
    decide(path, points(path.read_bytes())[0][0], "Appeler")
    before = path.read_bytes()
    done = api.minutes(path, on=LATER, dry_run=True)
    assert (len(done.poured), done.written, path.read_bytes()) == (1, False, before)


@pytest.mark.slow
def test_the_same_words_on_two_points_are_two_lines(path: Path) -> None:
    for row, *_ in points(path.read_bytes())[:2]:
        decide(path, row, "Rappeler")
    assert [one.reference for one in poured(path).poured] == ["15/10/2026 n° 1", "15/10/2026 n° 2"]
    assert len(lines_saying(path, "Rappeler")) == 2


@pytest.mark.slow
def test_a_line_that_is_there_is_not_added(path: Path) -> None:
    """Someone typed it in Suivi in the meeting, or erased the reference afterwards."""
    row = points(path.read_bytes())[0][0]
    decide(path, row, "Appeler le garage")
    poured(path)
    path.write_bytes(typed(path.read_bytes(), SHEET, {f"H{row}": None}))
    done = api.minutes(path, on=LATER)
    assert [(one.reference, one.was_there) for one in done.poured] == [("15/10/2026 n° 1", True)]
    path.write_bytes(typed(path.read_bytes(), SHEET, {f"H{row}": None}))
    done = api.minutes(path, on=LATER + timedelta(days=7))  # of another day: its name tells
    assert [(one.reference, one.was_there) for one in done.poured] == [("15/10/2026 n° 1", True)]
    assert len(lines_saying(path, "Appeler le garage")) == 1


@pytest.mark.slow
def test_a_decision_changed_since_is_proposed(path: Path) -> None:
    row = points(path.read_bytes())[0][0]
    decide(path, row, "Appeler le garage", "Ensemble", "fin juin")
    poured(path)
    [line] = lines_saying(path, "Appeler le garage")
    decide(path, row, "Appeler la mairie", "La structure", "fin mai")
    before = path.read_bytes()
    done = api.minutes(path, on=LATER)
    assert done.to_correct == (
        f"Réunion!E{row} dit « Appeler la mairie », Suivi!C{line.row} (Actions proposées par l'AI "
        "/ ETTI) dit « Appeler le garage » : corrigez celle des deux qui doit l'être.",
        f"Réunion!E{row} dit « La structure », Suivi!K{line.row} (Par qui) dit « Ensemble » : "
        "corrigez celle des deux qui doit l'être.",
        f"Réunion!E{row} dit « fin mai », Suivi!F{line.row} (Échéance / délai) dit « fin juin » : "
        "corrigez celle des deux qui doit l'être.",
    )
    assert path.read_bytes() == before


@pytest.mark.slow
def test_a_deleted_line_is_not_made_again(path: Path) -> None:
    row, person, _ = points(path.read_bytes())[0]
    decide(path, row, "Appeler le garage")
    poured(path)
    [line] = lines_saying(path, "Appeler le garage")
    erased = {f"{letter}{line.row}": None for letter in "ABCDEFGHIJKLMN"}
    path.write_bytes(typed(path.read_bytes(), "Suivi", erased))
    for refreshed in (False, True):
        if refreshed:
            api.refresh(path, on=LATER)
        done = api.minutes(path, on=LATER)
        assert (done.poured, len(done.deleted)) == ((), 1)
        assert f"{person}, « Appeler le garage » (15/10/2026 n° 1)" in done.deleted[0]
    assert lines_saying(path, "Appeler le garage") == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cells", "left"),
    [
        ({"G": "fin juin"}, "Réunion!E{row} : il n'y a rien sous Décision : écrivez ce qui est "
         "décidé, ou videz Qui et Pour quand."),
        ({"E": "Appeler", "H": "oui"}, "Réunion!E{row} « Appeler » : Versée contient déjà « oui » "
         ": effacez cette cellule pour que la décision soit versée."),
    ],
)  # fmt: skip
def test_what_is_not_poured_is_said(path: Path, cells: dict[str, str], left: str) -> None:
    row = points(path.read_bytes())[0][0]
    found = {f"{letter}{row}": text for letter, text in cells.items()}
    path.write_bytes(typed(path.read_bytes(), SHEET, found))
    before = path.read_bytes()
    done = api.minutes(path, on=LATER)
    assert (done.poured, done.left) == ((), (left.format(row=row),))
    assert path.read_bytes() == before


def test_a_decision_of_nobody_is_said(path: Path) -> None:
    last = len(grid(path.read_bytes(), SHEET)) + 1
    decide(path, last, "Changer l'heure de la réunion")
    [left] = api.minutes(path, on=LATER).left
    assert "rien ne dit pour qui" in left


def test_a_protected_suivi_is_refused(path: Path) -> None:
    def protect(root) -> None:  # type: ignore[no-untyped-def]
        holder = root.find(f"{{{root.nsmap[None]}}}sheetData")
        holder.addnext(root.makeelement(f"{{{root.nsmap[None]}}}sheetProtection", {"sheet": "1"}))

    decide(path, points(path.read_bytes())[0][0], "Appeler")
    path.write_bytes(edited_sheet(path.read_bytes(), "Suivi", protect))
    before = path.read_bytes()
    with pytest.raises(CedreError, match=r"Suivi : .*protég.* Rien n'est écrit"):
        api.minutes(path, on=LATER)
    assert path.read_bytes() == before


@pytest.mark.slow
def test_a_workbook_without_an_agenda_is_refused(path: Path) -> None:
    book = load_workbook(path)
    del book[SHEET]
    book.save(path)
    with pytest.raises(CedreError, match="« Réunion » n'a pas été trouvée"):
        api.minutes(path, on=LATER)


def test_the_command_says_what_it_did(path: Path) -> None:
    decide(path, points(path.read_bytes())[0][0], "Appeler le garage")
    run = CliRunner().invoke(group, ["minutes", str(path), "--date", "2026-10-15"])
    assert run.exit_code == 0
    assert "1 décision versée dans Suivi, réunion du 15/10/2026." in run.output
    assert "« Appeler le garage » (15/10/2026 n° 1, nouvelle ligne)" in run.output
    wrong = CliRunner().invoke(group, ["minutes", str(path), "--force"])
    assert wrong.exit_code == 2


@pytest.mark.slow
def test_the_compte_rendu_is_written_once(path: Path, tmp_path: Path) -> None:
    decide(path, points(path.read_bytes())[0][0], "Appeler le garage")
    done = api.minutes(path, on=LATER, folder=tmp_path / "cr", present=("Linda",))
    assert done.pdf == tmp_path / "cr" / "Compte rendu 2026-10-15.pdf"
    assert done.pdf.read_bytes().startswith(b"%PDF")
    before = path.read_bytes()
    decide(path, points(path.read_bytes())[1][0], "Écrire à la mairie")
    typed_since = path.read_bytes()
    with pytest.raises(CedreError, match="existe déjà"):
        api.minutes(path, on=LATER, folder=tmp_path / "cr")
    assert path.read_bytes() == typed_since != before
    assert len(api.minutes(path, on=LATER, folder=tmp_path / "cr", force=True).poured) == 1


@pytest.mark.slow
def test_four_meetings(tmp_path: Path) -> None:
    """Decisions typed, rows sorted and deleted between, names corrected; minutes run twice: each
    decision is once in Suivi, beside the right person, or listed.
    """
    chance = Random(5)
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(numbered(api.workbook_bytes(association(ON, people=40).filling)))
    decided: dict[str, str] = {}  # the words, whose
    deleted: set[str] = set()
    for meeting in range(4):
        on = ON + timedelta(days=14 * meeting)
        api.refresh(path, on=on)
        chosen = chance.sample(points(path.read_bytes()), 6)
        for number, (row, person, _) in enumerate(chosen):
            text = f"Décision {meeting}.{number} : appeler"
            decide(path, row, text, chance.choice(["", "Ensemble", "Linda"]), "sous 15 jours")
            decided[text] = person
        if meeting % 2:  # the agenda was sorted before it was poured
            rows = [row for row, *_ in points(path.read_bytes())]
            moved = dict(zip(rows, chance.sample(rows, len(rows)), strict=True))
            path.write_bytes(renumbered(path.read_bytes(), SHEET, moved))
        done = poured(path, on)
        assert len(done.poured) + len(done.left) >= 6
        book = EntryBook(path.read_bytes())
        lines = [one for one in book["Suivi"].lines.values() if one.cells.get("action") in decided]
        gone = chance.choice(lines)
        deleted.add(str(gone.cells["action"]))
        book.deleted.append(gone)
        book.sorts.append(("Suivi", lambda line: line.cells.get(chance.choice(["person"]), "")))
        path.write_bytes(book.written(path.read_bytes()))
        assert api.minutes(path, on=on).poured == ()
    found: dict[str, list[str]] = {}
    for row in records(path).follow_ups.rows:
        if row.action in decided:
            found.setdefault(row.action, []).append(row.person)
    assert {text: [person] for text, person in decided.items() if text not in deleted} == found


@pytest.mark.slow
def test_a_reference_that_was_copied_to_another_row_is_said(path: Path) -> None:
    """Filled down: the decision of the second person is not taken for the first one's line."""
    (row, person, _), (other, someone, _) = points(path.read_bytes())[:2]
    decide(path, row, "Appeler le garage")
    poured(path)
    decide(path, other, "Appeler le garage")
    path.write_bytes(typed(path.read_bytes(), SHEET, {f"H{other}": "15/10/2026 n° 1"}))
    left = (
        f"Réunion!E{other} « Appeler le garage » : Versée y répète « 15/10/2026 n° 1 », qui est "
        "celle d'une autre décision : effacez cette cellule pour que la décision soit versée."
    )
    assert api.minutes(path, on=LATER).left == (left,)
    api.refresh(path, on=LATER)
    first = grid(path.read_bytes(), SHEET)[6]
    assert (first[PERSON], first[TEXT]) == (person, "Appeler le garage")
    [there] = [n for n, row in enumerate(grid(path.read_bytes(), SHEET), start=1)
               if n > 8 and row[TEXT] == "Appeler le garage"]  # fmt: skip
    path.write_bytes(typed(path.read_bytes(), SHEET, {f"H{there}": None}))
    assert [one.person for one in poured(path).poured] == [someone]


@pytest.mark.slow
@pytest.mark.parametrize("verb", ["minutes", "refresh"])
def test_rows_sorted_without_their_link_and_key(path: Path, verb: str) -> None:
    """B:H sorted alone: a decision is of the person beside it, not of the key that is there."""
    data = path.read_bytes()
    (row, person, subject), (other, someone, _) = points(data)[0], points(data)[-1]
    assert person != someone
    decide(path, row, "Appeler le garage")
    rows = grid(path.read_bytes(), SHEET)
    swapped = {
        f"{letter}{to}": rows[frm - 1]["ABCDEFGH".index(letter)] or None
        for frm, to in ((row, other), (other, row))
        for letter in "BCDEFGH"
    }
    path.write_bytes(typed(path.read_bytes(), SHEET, swapped))
    if verb == "minutes":
        poured(path)
        [line] = lines_saying(path, "Appeler le garage")
        [about] = [one for one in records(path).follow_ups.rows
                   if (one.person, one.action) == (person, subject)]  # fmt: skip
        assert (line.person, line.objective) == (person, about.objective)
    else:
        api.refresh(path, on=LATER)
        [there] = [
            one for one in grid(path.read_bytes(), SHEET) if one[TEXT] == "Appeler le garage"
        ]
        assert (there[PERSON], there[SUBJECT]) == (person, subject)


@pytest.mark.slow
def test_a_line_corrected_in_suivi_needs_nothing(path: Path) -> None:
    """And is still known where the reference was erased: its words are not those of its line."""
    row = points(path.read_bytes())[0][0]
    decide(path, row, "Appeler le garage", "Ensemble", "fin juin")
    poured(path)
    [line] = lines_saying(path, "Appeler le garage")
    changed = {f"C{line.row}": "Appeler le garage de Lyon", f"F{line.row}": "fin mai"}
    path.write_bytes(typed(path.read_bytes(), "Suivi", changed))
    assert api.minutes(path, on=LATER).to_correct == ()
    path.write_bytes(typed(path.read_bytes(), SHEET, {f"H{row}": None}))
    again = api.minutes(path, on=LATER + timedelta(days=1))
    assert [(one.reference, one.was_there) for one in again.poured] == [("15/10/2026 n° 1", True)]
    api.refresh(path, on=LATER)
    after = api.minutes(path, on=LATER)
    assert (after.to_correct, after.deleted, after.settled) == ((), (), 1)


@pytest.mark.slow
def test_a_deleted_line_whose_reference_was_erased_is_not_made_again(path: Path) -> None:
    row = points(path.read_bytes())[0][0]
    decide(path, row, "Appeler le garage")
    poured(path)
    [line] = lines_saying(path, "Appeler le garage")
    erased = {f"{letter}{line.row}": None for letter in "ABCDEFGHIJKLMN"}
    path.write_bytes(typed(path.read_bytes(), "Suivi", erased))
    path.write_bytes(typed(path.read_bytes(), SHEET, {f"H{row}": None}))
    done = api.minutes(path, on=LATER)
    assert done.poured == ()
    assert "sa ligne n'est plus dans Suivi" in done.left[0]


@pytest.mark.slow
def test_a_name_changed_in_personnes_then_in_suivi(path: Path) -> None:
    row, person, _ = points(path.read_bytes())[0]
    decide(path, row, "Appeler le garage")
    poured(path)
    people = grid(path.read_bytes(), "Personnes")
    last, _, first = person.rpartition(" ")
    [number] = [n for n, cells in enumerate(people, start=1) if cells[0] == last
                and cells[1] == first]  # fmt: skip
    path.write_bytes(typed(path.read_bytes(), "Personnes", {f"A{number}": "Zélie"}))
    api.refresh(path, on=LATER)
    lines = [row.row for row in records(path).follow_ups.rows if row.person == person]
    named = dict.fromkeys((f"A{line}" for line in lines), f"Zélie {first}")
    path.write_bytes(typed(path.read_bytes(), "Suivi", named))
    done = api.minutes(path, on=LATER)
    assert (done.poured, done.deleted, done.settled) == ((), (), 1)
    api.refresh(path, on=LATER)
    assert grid(path.read_bytes(), SHEET)[6][PERSON] == f"Zélie {first}"


def test_a_compte_rendu_that_cannot_be_written_stops_all(path: Path, tmp_path: Path) -> None:
    decide(path, points(path.read_bytes())[0][0], "Appeler")
    before = path.read_bytes()
    (tmp_path / "occupé").write_text("", encoding="utf-8")
    with pytest.raises(CedreError, match=r"ce n'est pas un dossier .* Rien n'est écrit"):
        api.minutes(path, on=LATER, folder=tmp_path / "occupé" / "cr")
    assert path.read_bytes() == before


@pytest.mark.slow
def test_an_edited_decision_is_shown_until_its_line_says_so(path: Path) -> None:
    """Its line is done and another meeting was held: what was edited stays all the same."""
    (row, *_), (other, *_) = points(path.read_bytes())[:2]
    decide(path, row, "Appeler le garage")
    poured(path)
    [line] = lines_saying(path, "Appeler le garage")
    path.write_bytes(typed(path.read_bytes(), "Suivi", {f"G{line.row}": "(3) Réalisée"}))
    decide(path, row, "Appeler le garage et l'assurance")
    decide(path, other, "Écrire à la mairie")
    next_day = LATER + timedelta(days=14)
    poured(path, next_day)

    def shown() -> list[object]:
        api.refresh(path, on=next_day)
        return [one[TEXT] for one in grid(path.read_bytes(), SHEET)[6:8] if one[POURED]]

    assert shown() == ["Écrire à la mairie", "Appeler le garage et l'assurance"]
    said = {f"C{line.row}": "Appeler le garage et l'assurance"}
    path.write_bytes(typed(path.read_bytes(), "Suivi", said))
    assert shown() == ["Écrire à la mairie"]


@pytest.mark.slow
def test_a_decision_beside_a_name_typed_by_hand(path: Path) -> None:
    """On a row below the agenda: it is that person's, in the block too."""
    person = points(path.read_bytes())[0][1]
    last = len(grid(path.read_bytes(), SHEET)) + 1
    cells = {f"B{last}": person, f"E{last}": "Appeler le garage"}
    path.write_bytes(typed(path.read_bytes(), SHEET, cells))
    api.refresh(path, on=LATER)
    assert [one.person for one in poured(path).poured] == [person]


@pytest.mark.slow
def test_of_two_lines_that_say_the_same_the_deleted_one_is_told(path: Path) -> None:
    """Two decisions of one person in the same words: each has its own line."""
    data = path.read_bytes()
    (row, person, _), *others = points(data)
    other = next((n for n, someone, _ in others if someone == person), 0)
    if not other:
        other = next(n for n, *_ in others)
        data = typed(data, SHEET, {f"B{other}": person})
        path.write_bytes(data)
    decide(path, row, "Appeler", "Ensemble", "fin juin")
    decide(path, other, "Appeler", "La personne", "fin mai")
    assert len(poured(path).poured) == 2
    first, second = lines_saying(path, "Appeler")
    erased = {f"{letter}{first.row}": None for letter in "ABCDEFGHIJKLMN"}
    path.write_bytes(typed(path.read_bytes(), "Suivi", erased))
    [gone] = api.minutes(path, on=LATER).deleted
    assert "(15/10/2026 n° 1)" in gone
    api.refresh(path, on=LATER)
    shown = [one for one in grid(path.read_bytes(), SHEET) if one[TEXT] == "Appeler"]
    assert [(one[3], one[LINK]) for one in shown] == [
        ("n'est plus dans Suivi", ""),
        ("à commencer", f"Suivi C{second.row}"),
    ]
