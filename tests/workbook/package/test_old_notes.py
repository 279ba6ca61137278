"""What has had no line for long leaves the blocks, whole, for a sheet that is only added to."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from cedre_xlsx.ooxml.parts import Package, Relations
from cedre_xlsx.reports.old_notes_sheet import old_notes_sheet
from cedre_xlsx.schema.generated_sheets import MEETING_KIND, PERIODS_KIND, kind_of
from cedre_xlsx.schema.kept import kept_line, since_in
from cedre_xlsx.workbook.generated import Ageing, GeneratedSheet
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.package.row_adding import bottom_of, with_rows
from cedre_xlsx.workbook.package.rows import RowXml
from cedre_xlsx.workbook.package.splice import SpliceResult
from tests.hands import edited_sheet, grid, kept_lines, part_of, renumbered, typed, where
from tests.package_checker import check_package
from tests.package_edits import as_range, renamed_table
from tests.support import few
from tests.workbook.package.splice_support import MARK, host, sheet_of, splice
from tests.workbook.package.test_beside import (
    DUPONT,
    FREE,
    MARTIN,
    NEW,
    agenda,
    comments_of,
    with_comments,
)

GONE, AGED = date(2026, 10, 15), date(2027, 10, 16)  # the line goes; a year and a day later
TITLE = "Notes anciennes"
LABEL = "SUI03 · erreur · Martin Paul"


def spliced(data: bytes, sheet: GeneratedSheet, on: date, months: int = 12) -> SpliceResult:
    """A sound splice, the same when done again."""
    ageing = Ageing(old_notes_sheet(on, workbook="essai.xlsx", version="1"), months)
    result = splice(data, [sheet], on=on, ageing=ageing)
    assert check_package(result.data) == check_package(data)
    assert splice(result.data, [sheet], on=on, ageing=ageing).data == result.data
    return result


def left(**cells: object) -> bytes:
    """Martin's line has gone, with what stood beside it."""
    data = splice(host(), [sheet_of(MARTIN, DUPONT)]).data
    data = typed(data, "Essai", cells or {f"{FREE}6": "pour Martin"})
    return spliced(data, sheet_of(DUPONT), GONE).data


def aged(data: bytes, on: date = AGED) -> SpliceResult:
    return spliced(data, sheet_of(DUPONT), on)


def notes(data: bytes, title: str = TITLE) -> list[list[object]]:
    """The rows under the headings."""
    return grid(data, title)[5:]


def has_notes(data: bytes) -> bool:
    return any(sheet.title == TITLE for sheet in Host(Package(data)).sheets())


ROW = ["", "Essai", LABEL, GONE, "pour Martin"]


def test_after_the_time_of_the_setting_a_row_leaves_and_its_block_with_it() -> None:
    data = left()
    day = aged(data, date(2027, 10, 15)).data  # a year to the day
    assert not has_notes(day)
    assert len(kept_lines(day, "Essai")) == 1
    result = aged(data)
    assert notes(result.data) == [ROW]
    assert where(result.data, "Essai", "pour Martin") == []
    assert kept_lines(result.data, "Essai") == []
    assert result.notes == (
        f"Essai : 1 note sans ligne depuis longtemps, rangée dans « {TITLE} ».",
    )


def test_a_line_that_returns_has_its_note_back_however_old() -> None:
    result = spliced(left(), sheet_of(MARTIN, DUPONT), date(2030, 1, 1)).data
    assert where(result, "Essai", "pour Martin") == [f"{FREE}6"]
    assert not has_notes(result)


def test_a_line_that_returns_under_another_name_has_it_back_too() -> None:
    data = typed(splice(host(), [agenda(("un", "Martin"), ("deux", "Lise"))]).data, "Essai",
                 {"F6": "pour Martin"})  # fmt: skip
    data = spliced(data, agenda(("deux", "Lise")), GONE).data
    now = replace(agenda(("neuf", "Martin Paul"), ("deux", "Lise")),
                  became=lambda known, living: {one: "neuf" for one in known if one == "un"},
                  )  # fmt: skip
    result = spliced(data, now, AGED).data
    assert where(result, "Essai", "pour Martin") == ["F6"]
    assert not has_notes(result)


def test_all_that_was_typed_on_a_row_goes_together() -> None:
    data = splice(host(), [sheet_of(MARTIN, DUPONT)]).data
    data = typed(data, "Essai", {"L5": "Salle", "L6": "B12", f"{FREE}6": "=1+1", "P6": "fin"})
    data = with_comments(data, "E6")
    result = aged(spliced(data, sheet_of(DUPONT), GONE).data).data
    [row] = notes(result)
    assert str(row[4]).split("\n") == [
        "Salle : B12",
        "0 (=1+1)",
        "fin",
        "Commentaire : Anne : sur E6",
        "Commentaire : ?",
    ]
    assert comments_of(result) == {}


def test_the_second_time_rows_are_added_below_and_no_other_byte_changes() -> None:
    first = aged(left()).data
    data = typed(first, TITLE, {"A6": "Martin Paul", "G6": "à nous"})  # by hand
    before = Package(data).read(part_of(data, TITLE))
    data = spliced(typed(data, "Essai", {f"{FREE}6": "pour Dupont"}), sheet_of(NEW), AGED).data
    later = date(2029, 1, 1)
    result = spliced(data, sheet_of(NEW), later).data
    now = Package(result).read(part_of(result, TITLE))
    assert [row[:5] for row in notes(result)] == [
        ["Martin Paul", *ROW[1:]], ["", "Essai", "ENG01 · info · Dupont Lise", AGED, "pour Dupont"],
    ]  # fmt: skip
    start, end = before.split(b"</sheetData>")
    assert now.endswith(b"</sheetData>" + end)
    row = now.rindex(b"<row ")
    assert re.sub(rb'dimension ref="[^"]*"', b"", now[:row]) == re.sub(
        rb'dimension ref="[^"]*"', b"", start
    )
    [table] = Relations(Package(result), part_of(result, TITLE)).of_kind("table")
    assert Package(result).root(table.target).get("ref") == "A5:E7"


def without_columns(data: bytes) -> bytes:
    """Two headings are erased with their cells, and another column stands first."""
    return typed(data, TITLE, {"B5": None, "B6": None, "C5": None, "C6": None})


def emptied(data: bytes) -> bytes:
    return typed(data, TITLE, {f"{column}6": None for column in "ABCDE"})


def retitled(data: bytes) -> bytes:
    package = Package(data)
    own = Host(package)
    for element in own.root.iter(q("sheet")):
        if element.get("name") == TITLE:
            element.set("name", "Archives")
    for name in own.root.iter(q("definedName")):
        name.text = (name.text or "").replace(TITLE, "Archives")
    own.save()
    return package.data()


def unmarked(data: bytes) -> bytes:
    package = Package(data)
    own = Host(package)
    for holder in own.root.iter(q("definedNames")):
        for name in list(holder):
            if "Notes_anciennes" in name.get("name", ""):
                holder.remove(name)
    own.save()
    return package.data()


SECOND = ["", "Essai", "ENG01 · info · Dupont Lise", AGED, "pour Dupont"]
#: What the team did to the sheet; its tab then, and the row that is added.
TOUCHED = {
    "nothing": (lambda data: data, TITLE, SECOND),
    "a range": (lambda data: as_range(data, TITLE), TITLE, SECOND),
    "another table": (lambda data: renamed_table(data, TITLE), TITLE, SECOND),
    "another tab": (retitled, "Archives", SECOND),
    "without its mark": (unmarked, TITLE, SECOND),
    "every row erased": (emptied, TITLE, SECOND),
    "moved down": (lambda data: renumbered(data, TITLE, {6: 20}), TITLE, SECOND),
    "without two columns": (
        lambda data: without_columns(as_range(data, TITLE)), TITLE,
        ["", "", "", AGED, "Feuille : Essai\nLigne : ENG01 · info · Dupont Lise\npour Dupont"]),
}  # fmt: skip


@pytest.mark.parametrize("case", few(TOUCHED, 2))
def test_whatever_the_team_made_of_the_sheet_it_is_added_to(case: str) -> None:
    touch, tab, expected = TOUCHED[case]
    data = touch(aged(left()).data)
    data = spliced(typed(data, "Essai", {f"{FREE}6": "pour Dupont"}), sheet_of(NEW), AGED).data
    result = spliced(data, sheet_of(NEW), date(2029, 1, 1)).data
    assert [row for row in notes(result, tab) if any(row)][-1] == expected
    titles = [sheet.title for sheet in Host(Package(result)).sheets()]
    assert sum(title in (TITLE, "Archives") for title in titles) == 1


def test_a_sheet_of_the_team_with_that_name_is_not_touched() -> None:
    data = left()
    package = Package(data)
    own = Host(package)
    added = own.add_sheet(TITLE, "")
    package.write(added.part, package.read(part_of(data, "Essai")).split(b"<sheetData>")[0]
                  + b"<sheetData/></worksheet>")  # fmt: skip
    own.save()
    data = edited_sheet(package.data(), TITLE, lambda root: root.__setitem__(
        slice(None), [child for child in root if child.tag == q("sheetData")]))  # fmt: skip
    result = aged(data)
    assert len(kept_lines(result.data, "Essai")) == 1
    assert "restent" in result.notes[0] or "reste," in result.notes[0]
    assert Package(result.data).read(part_of(result.data, TITLE)) == Package(data).read(
        part_of(data, TITLE)
    )


def test_a_row_that_nothing_dates_stays() -> None:
    data = left()
    [line] = kept_lines(data, "Essai")
    [place] = where(data, "Essai", line)
    result = aged(typed(data, "Essai", {place: "sans date"}), date(2040, 1, 1)).data
    assert where(result, "Essai", "pour Martin") != []
    assert not has_notes(result)


def test_texts_typed_over_ours_leave_too() -> None:
    data = splice(host(), [agenda(("un", "Martin Paul"))]).data
    data = spliced(typed(data, "Essai", {"A6": "j'efface"}), agenda(("un", "Martin Paul")), GONE)
    result = spliced(data.data, agenda(("un", "Martin Paul")), AGED).data
    assert [row[1:] for row in notes(result)] == [["Essai", "tapé en A6", GONE, "j'efface"]]


KEPT = {
    f"{LABEL} — ligne disparue depuis l'actualisation du 15/10/2026 : ce qui était à côté est "
    "gardé ici": (GONE, "", LABEL),
    "ici — tapé en B9 (Martin Paul, « À savoir »), gardé ici à l'actualisation du 15/10/2026": (
        GONE, "Martin Paul", "tapé en B9 (Martin Paul, « À savoir »)"),
    "Paul — tapé en B9 (CV, « Personne »), gardé ici à l'actualisation du 15/10/2026": (
        GONE, "", "tapé en B9 (CV, « Personne »)"),
}  # fmt: skip


@pytest.mark.parametrize("text", KEPT)
def test_what_a_kept_row_tells(text: str) -> None:
    since, person, line = KEPT[text]
    told = kept_line(text, PERIODS_KIND.mark if person else MARK)
    assert told is not None
    assert (since_in(text), told.person, told.line) == (since, person, line)


def test_the_person_of_an_item_of_the_agenda_is_known() -> None:
    text = ("Martin Paul · CV · notée hier · Suivi C5 — ligne disparue depuis l'actualisation du "
            "15/10/2026 : ce qui était à côté est gardé ici")  # fmt: skip
    told = kept_line(text, MEETING_KIND.mark)
    assert told is not None
    assert told.person == "Martin Paul"


def test_its_mark_is_known() -> None:
    kind = kind_of("_cedre_notes_Anciennes")
    assert kind is not None
    assert kind.sheet == TITLE


#: The rows of a sheet as programs write them, and the number of the row that is added.
PARTS = {
    b"<x><sheetData/></x>": 1,
    b'<x><sheetData><row r="3"><c r="A3"><v>1</v></c></row></sheetData></x>': 4,
    b'<x><sheetData><row r="3"><c r="A3"><v>1</v></c></row><row r="1048576" ht="2"/>'
    b"</sheetData></x>": 4,
    b'<x><sheetData><row><c><v>1</v></c></row><row r="2" s="1"></row><row r="4"/>'
    b"</sheetData></x>": 2,
    b'<a:x><a:sheetData><a:row r="1"><a:c r="A1"><a:v>1</a:v></a:c></a:row></a:sheetData></a:x>': 2,
    b'<x><sheetData><row r="1"><c><v>1</v></c></row></sheetData><mergeCell ref="A1:A5"/></x>': 6,
}  # fmt: skip


@pytest.mark.parametrize("xml", PARTS)
def test_rows_are_added_below_the_last_one_that_holds_something(xml: bytes) -> None:
    number = PARTS[xml]
    bottom = bottom_of(xml)
    assert bottom is not None
    assert bottom.number == number
    made = with_rows(xml, bottom, [RowXml("", [f'<c r="A{number}"><v>9</v></c>'])])
    numbers = [int(n) for n in re.findall(rb'row r="(\d+)"', made)]
    assert numbers == sorted(set(numbers))
    assert b"<v>9</v>" in made or b"<a:v>9</a:v>" in made
