"""A line is known by all that it shows: after a sort that left the keys behind, a correction, a new
name; what was typed on it, its colour and its formulas stay with it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter

from cedre_xlsx import api
from cedre_xlsx.ooxml.parts import Package
from tests.hands import Grid, grid, part_of, typed, where
from tests.hands_looks import coloured, colours
from tests.package_checker import check_package
from tests.small_association import LATER, refreshed_workbook
from tests.workbook.package.test_tables_lost import with_new_lines

SOON = date(2026, 10, 1)  # nothing else changes by then
HEADINGS, FIRST = 5, 6
#: By sheet: our columns, the key aside; the open one; those that tell a line; an own column.
SHAPES = {"Synthèse": ("L", "K", (1, 2, 5), "N"), "Contrôle": ("J", "I", (1, 3, 6), "L")}
ACTION = "Actions proposées par l'AI / ETTI"


def lines(data: bytes, title: str) -> dict[int, tuple[str, ...]]:
    """What tells the lines of a sheet, by row."""
    telling = SHAPES[title][2]
    found = {}
    for number, row in enumerate(grid(data, title)[FIRST - 1 :], start=FIRST):
        if not any(row):
            break
        found[number] = tuple(str(row[column - 1]) for column in telling)
    return found


def beside(data: bytes, title: str) -> dict[str, tuple[str, ...]]:
    """The texts in the open column, and in the column of the team, with the line of each."""
    _, column, _, own = SHAPES[title]
    rows = grid(data, title)
    places = [openpyxl.utils.column_index_from_string(letter) - 1 for letter in (column, own)]
    return {
        str(rows[number - 1][place]): line
        for number, line in lines(data, title).items()
        for place in places
        if place < len(rows[number - 1]) and rows[number - 1][place]
    }


@cache
def annotated() -> bytes:
    """A text of the open column and of an own one on each line of both sheets."""
    data = refreshed_workbook()
    for title, (_, column, _, own) in SHAPES.items():
        cells: dict[str, object] = {f"{own}{HEADINGS}": "Salle"}
        for number in lines(data, title):
            cells |= {f"{column}{number}": f"note {number}", f"{own}{number}": f"salle {number}"}
        data = typed(data, title, cells)
    return data


def sorted_without_keys(data: bytes, title: str) -> bytes:
    """The columns that are seen, sorted the other way round; the hidden keys stay."""
    last, _, _, own = SHAPES[title]
    numbers = list(lines(data, title))
    rows = grid(data, title)
    columns = [*range(1, openpyxl.utils.column_index_from_string(last) + 1)]
    columns.append(openpyxl.utils.column_index_from_string(own))
    cells: dict[str, object] = {}
    for number, source in zip(numbers, reversed(numbers), strict=True):
        for column in columns:
            value = rows[source - 1][column - 1]
            if isinstance(value, date):
                value = (value - date(1899, 12, 30)).days
            cells[f"{get_column_letter(column)}{number}"] = value if value != "" else None
    return typed(data, title, cells)


def refreshed(data: bytes, path: Path, on: date = LATER) -> tuple[bytes, tuple[str, ...]]:
    path.write_bytes(data)
    details = api.refresh(path, on=on).details
    result = path.read_bytes()
    assert check_package(result) == []
    assert not api.refresh(path, on=on).changed
    return result, details


@pytest.mark.slow
def test_sorting_what_is_seen_gives_nothing_to_anyone_else(tmp_path: Path) -> None:
    data = annotated()
    before = {title: beside(data, title) for title in SHAPES}
    plain, _ = refreshed(data, tmp_path / "suivi.xlsx")
    for title in SHAPES:
        data = sorted_without_keys(data, title)
    result, details = refreshed(data, tmp_path / "suivi.xlsx")
    for title in SHAPES:
        assert {text: line for text, line in beside(result, title).items()
                if before[title].get(text) != line} == {}  # fmt: skip
        mine, theirs = (sorted(map(str, grid(one, title))) for one in (result, plain))
        assert mine == theirs  # as if nobody had sorted; what is kept below is in another order
    assert not [line for line in details if "changée à la main" in line]


def test_check_believes_no_key_of_another_line(tmp_path: Path) -> None:
    def accepted(data: bytes) -> set[tuple[str, ...]]:
        path = tmp_path / "suivi.xlsx"
        path.write_bytes(data)
        return {
            (one.code, one.person, one.message, one.waived.reason)
            for one in api.check(path, on=LATER).findings
            if one.waived
        }

    data = annotated()
    assert accepted(sorted_without_keys(data, "Contrôle")) == accepted(data) != set()


# Corrections and new names


def follow_up_rows(data: bytes) -> tuple[Grid, int, list[str]]:
    rows = grid(data, "Suivi")
    top = next(n for n, row in enumerate(rows) if "Dates" in row)
    return rows, top, [str(value) for value in rows[top]]


def corrected(data: bytes, heading: str, code: str) -> bytes:
    """A cell of the line of Suivi to which a finding of that code is tied."""
    control = grid(data, "Contrôle")
    _, _, person, sheet, cell, *_ = next(row for row in control if row[0] == code and row[3])
    assert sheet == "Suivi"
    assert person
    number = int(str(cell).lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    _, _, titles = follow_up_rows(data)
    letter = get_column_letter(titles.index(heading) + 1)
    new: object = "Une action dite autrement" if heading == ACTION else 46_290
    return typed(data, "Suivi", {f"{letter}{number}": new})


def dated(data: bytes) -> dict[tuple[str, str], tuple[object, str]]:
    """Since when each finding of a line of Suivi is seen, and its justification, by code and
    person.
    """
    return {
        (str(row[0]), str(row[2])): (row[7], str(row[8]))
        for row in grid(data, "Contrôle")[FIRST - 1 :]
        if row[3] == "Suivi"
    }


@pytest.mark.slow
@pytest.mark.parametrize("heading", [ACTION, "Dates"])
def test_a_finding_of_a_corrected_line_is_still_accepted(heading: str, tmp_path: Path) -> None:
    data = annotated()
    [code, *_] = [c for c, _ in dated(data) if c in ("SUI08", "SUI09", "SUI03", "SUI05", "SUI14")]
    before = dated(data)
    result, _ = refreshed(corrected(data, heading, code), tmp_path / "suivi.xlsx")
    after = dated(result)
    [who] = {person for one, person in before if one == code and (one, person) in after}
    assert after[code, who] == before[code, who]


def renamed(data: bytes, old: str, new: str) -> bytes:
    """Someone's last name changed in Personnes, and there alone."""
    rows = grid(data, "Personnes")
    number = next(n for n, row in enumerate(rows, start=1) if row[0] == old)
    return typed(data, "Personnes", {f"A{number}": new, f"D{number}": None})


def people_with_lines(data: bytes) -> Iterator[tuple[str, str]]:
    """Last and first names of those who have findings and lines."""
    shown = {str(row[1]) for row in grid(data, "Synthèse")[FIRST - 1 :]}
    found = {str(row[2]) for row in grid(data, "Contrôle")[FIRST - 1 :] if row[3] == "Suivi"}
    for row in grid(data, "Personnes"):
        if f"{row[0]} {row[1]}" in shown & found:
            yield str(row[0]), str(row[1])


@pytest.mark.slow
def test_everything_follows_someone_who_has_a_new_name(tmp_path: Path) -> None:
    data = annotated()
    last, first = next(people_with_lines(data))
    old, new = f"{last} {first}", f"Nouvelune {first}"
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(renamed(data, last, "Nouvelune"))
    api.fix(path, on=SOON, rename=(old, new))
    found = [one for one in api.check(path, on=SOON).findings if one.person == new]
    accepted = [one.waived for one in found if one.place.sheet == "Suivi"]
    assert accepted
    assert None not in accepted
    result, _ = refreshed(path.read_bytes(), path, SOON)
    for title in SHAPES:
        before = {text: line for text, line in beside(data, title).items() if old in line}
        after = beside(result, title)
        assert before
        assert {text: after[text] for text in before} == {
            text: tuple(part.replace(old, new) for part in line) for text, line in before.items()
        }
    assert {since for (_, who), (since, _) in dated(result).items() if who == new} == {
        since for (_, who), (since, _) in dated(data).items() if who == old
    }


def renamed_everywhere(data: bytes, last: str, new: str) -> bytes:
    """The name replaced in the whole workbook, as Ctrl+H does."""
    for title in ("Personnes", "Suivi", "Engagements", "Missions", "Freins", "Synthèse", "Réunion",
                  "Périodes", "Contrôle", "Qui compte 2026"):  # fmt: skip
        cells: dict[str, object] = {
            f"{get_column_letter(column)}{number}": value.replace(last, new)
            for number, row in enumerate(grid(data, title), start=1)
            for column, value in enumerate(row, start=1)
            if isinstance(value, str) and last in value and "|" not in value
        }
        data = typed(data, title, cells)
    return data


@pytest.mark.slow
@pytest.mark.parametrize("everywhere", [False, True])
def test_what_is_beside_people_without_a_line_follows_a_new_name(
    everywhere: bool, tmp_path: Path
) -> None:
    """Nothing but the name tells them: `fix --rename` says it, or their own keys do."""
    data, path = annotated(), tmp_path / "suivi.xlsx"
    with_lines = {last for last, _ in people_with_lines(data)}
    people = [str(row[1]) for row in grid(data, "Synthèse")[FIRST - 1 :]
              if str(row[4]).startswith("Aucune action") and row[1]]  # fmt: skip
    old = next(name for name in people if name.split()[0] not in with_lines)
    last, first = old.split()
    before = {title: {text: line for text, line in beside(data, title).items() if old in line}
              for title in SHAPES}  # fmt: skip
    assert all(before.values())
    if everywhere:
        path.write_bytes(renamed_everywhere(data, last, "Nouvelune"))
    else:
        path.write_bytes(renamed(data, last, "Nouvelune"))
        made = api.fix(path, on=SOON, rename=(old, f"Nouvelune {first}")).made
        assert "suivront" in made[-1].line
        assert not api.find_repairs(path, on=SOON, rename=(old, f"Nouvelune {first}")).items
    result, details = refreshed(path.read_bytes(), path, SOON)
    assert {text: beside(result, title)[text] for title in SHAPES for text in before[title]} == {
        text: tuple(part.replace(old, f"Nouvelune {first}") for part in line)
        for some in before.values() for text, line in some.items()
    }  # fmt: skip
    assert [one for one in details if "tapé en" in one or "changée à la main" in one] == []
    assert "_cedre_Renom" not in Package(result).read("xl/workbook.xml").decode()


@pytest.mark.slow
def test_what_stands_beside_the_agenda_follows_a_new_name(tmp_path: Path) -> None:
    data = refreshed_workbook()
    rows = grid(data, "Réunion")
    last, first = next(people_with_lines(data))
    number = next(n for n, row in enumerate(rows, start=1) if row[1] == f"{last} {first}")
    data = typed(data, "Réunion", {f"H{number}": "décidé hier"})
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(renamed(data, last, "Nouvelune"))
    api.fix(path, on=LATER, rename=(f"{last} {first}", f"Nouvelune {first}"))
    result, _ = refreshed(path.read_bytes(), path)
    [cell] = where(result, "Réunion", "décidé hier")
    assert grid(result, "Réunion")[int(cell[1:]) - 1][1] == f"Nouvelune {first}"


# Colours and formulas


@pytest.mark.slow
def test_a_colour_and_a_formula_stay_on_their_line(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(refreshed_workbook()))
    sheet = book["Synthèse"]
    number = max(lines(refreshed_workbook(), "Synthèse"))
    line = lines(refreshed_workbook(), "Synthèse")[number]
    for column in "ABCDEFGHIJKL":
        sheet[f"{column}{number}"].fill = PatternFill("solid", fgColor="FF00B0F0")
    sheet[f"K{number}"] = f'=B{number}&" : à voir"'
    saved = io.BytesIO()
    book.save(saved)
    result, _ = refreshed(with_new_lines(saved.getvalue()), tmp_path / "suivi.xlsx")
    [now] = [n for n, one in lines(result, "Synthèse").items() if one == line]
    assert now > number  # it moved
    sheet = openpyxl.load_workbook(io.BytesIO(result))["Synthèse"]
    coloured = {cell.row for cell in sheet["B"] if cell.fill.fgColor.rgb == "FF00B0F0"}
    assert coloured == {now}
    assert sheet[f"K{now}"].value == f'=B{now}&" : à voir"'


@pytest.mark.slow
def test_a_picture_in_a_note_waits_for_its_line(tmp_path: Path) -> None:
    data = refreshed_workbook()
    rows, _, titles = follow_up_rows(data)
    action = titles.index(ACTION)
    number, line = next((n, one) for n, one in lines(data, "Synthèse").items()
                        if sum(row[action] == one[2] for row in rows) == 1)  # fmt: skip
    part, package = part_of(data, "Synthèse"), Package(data)
    picture = f'<c r="K{number}" t="e" vm="1"><v>#VALUE!</v></c>'
    text = re.sub(rf'<c r="K{number}"[^>]*/>', picture, package.read(part).decode())
    package.write(part, text.encode())
    suivi = next(n for n, row in enumerate(rows, start=1) if row[action] == line[2])
    cell, day = (f"{get_column_letter(titles.index(t) + 1)}{suivi}" for t in (ACTION, "Dates"))
    other = typed(package.data(), "Suivi", {cell: "Tout autre chose", day: None})
    gone, said = refreshed(other, tmp_path / "suivi.xlsx")
    assert [one for one in said if line[2] in one and "gardé au bas" in one]
    before = {cell: line[2], day: (date.fromisoformat(line[0]) - date(1899, 12, 30)).days}
    back, _ = refreshed(typed(gone, "Suivi", before), tmp_path / "suivi.xlsx")
    [now] = [n for n, one in lines(back, "Synthèse").items() if one == line]
    after = Package(back).read(part).decode()
    assert re.search(rf'<c r="K{now}"[^>]* vm="1"', after)


@pytest.mark.slow
@pytest.mark.parametrize("column", ["K", "N"])
def test_a_colour_waits_with_the_text_of_its_line(column: str, tmp_path: Path) -> None:
    """The line leaves Suivi and comes back; its text stood in the open column, or in their own."""
    data = refreshed_workbook()
    rows, _, titles = follow_up_rows(data)
    action = titles.index(ACTION)
    number, line = next((n, one) for n, one in lines(data, "Synthèse").items()
                        if sum(row[action] == one[2] for row in rows) == 1)  # fmt: skip
    cells: dict[str, object] = {"N5": "Salle", f"{column}{number}": "salle 7"}
    data = typed(data, "Synthèse", cells)
    data = coloured(data, "Synthèse", [f"A{number}", f"B{number}", f"E{number}"], "00B0F0")
    suivi = next(n for n, row in enumerate(rows, start=1) if row[action] == line[2])
    cell, day = (f"{get_column_letter(titles.index(t) + 1)}{suivi}" for t in (ACTION, "Dates"))
    other = typed(data, "Suivi", {cell: "Tout autre chose", day: None})
    gone, _ = refreshed(other, tmp_path / "suivi.xlsx")
    [kept] = where(gone, "Synthèse", "salle 7")
    assert int(kept[1:]) > max(lines(gone, "Synthèse"))
    gone, _ = refreshed(with_new_lines(gone), tmp_path / "suivi.xlsx")
    before = {cell: line[2], day: (date.fromisoformat(line[0]) - date(1899, 12, 30)).days}
    back, _ = refreshed(typed(gone, "Suivi", before), tmp_path / "suivi.xlsx")
    [now] = [n for n, one in lines(back, "Synthèse").items() if one == line]
    assert colours(Package(back), "Synthèse", ["00B0F0"]) == {
        (now - 1, column): "00B0F0" for column in (0, 1, 4)
    }


@pytest.mark.slow
@pytest.mark.parametrize(("number", "text"), [(45, "45"), (45.5, "45,5"), (0, "0")])
def test_a_number_in_a_column_of_dates_stays_what_it_is(
    number: float, text: str, tmp_path: Path
) -> None:
    """45 typed for 45 days: the cell shows 14/02/1900, and grew by one at each refresh."""
    data = typed(refreshed_workbook(), "Contrôle", {"I7": "vu", "J7": number})
    result, _ = refreshed(data, tmp_path / "suivi.xlsx")
    assert [row[9] for row in grid(result, "Contrôle") if row[8] == "vu"] == [text]


#: What someone may put in Notes de réunion that is more than a text, and what must not change.
PUT: dict[str, tuple[str, str]] = {
    "a share": ('<c r="K{row}" s="{percent}"><v>0.25</v></c>', "<v>0.25</v>"),
    "a day": ('<c r="K{row}" s="{day}"><v>46300</v></c>', "<v>46300</v>"),
    "yes": ('<c r="K{row}" t="b"><v>1</v></c>', "<v>1</v>"),
    "a picture": ('<c r="K{row}" t="e" vm="1"><v>#VALUE!</v></c>', 'vm="1"'),
    "a spill that has no room": ('<c r="K{row}" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "<f>1/0</f>"),
    "words like an error": ('<c r="K{row}" t="inlineStr"><is><t>#REF!</t></is></c>', "#REF!"),
    "a bold word": (
        '<c r="K{row}" t="inlineStr"><is><r><t xml:space="preserve">Voir </t></r>'
        "<r><rPr><b/></rPr><t>Anne</t></r></is></c>",
        "<rPr><b/></rPr>",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", PUT)
def test_what_is_more_than_a_text_stays_as_it_is(case: str, tmp_path: Path) -> None:
    xml, told = PUT[case]
    book = openpyxl.load_workbook(io.BytesIO(refreshed_workbook()))
    number, line = next(iter(lines(refreshed_workbook(), "Synthèse").items()))
    book["Synthèse"][f"K{number}"].number_format = "0%"
    book["Synthèse"][f"K{number + 1}"].number_format = "dd/mm/yyyy"
    saved = io.BytesIO()
    book.save(saved)
    part = part_of(saved.getvalue(), "Synthèse")
    package = Package(saved.getvalue())
    text = package.read(part).decode()
    cells = {place: re.search(rf'<c r="K{place}" s="(\d+)"[^>]*?(/>|>.*?</c>)', text)
             for place in (number, number + 1)}  # fmt: skip
    percent, day = (found[1] for found in cells.values() if found)
    mine = cells[number]
    assert mine
    new = xml.format(row=number, percent=percent, day=day)
    package.write(part, text.replace(mine[0], new).encode())
    result, _ = refreshed(with_new_lines(package.data()), tmp_path / "suivi.xlsx")
    [now] = [n for n, one in lines(result, "Synthèse").items() if one == line]
    after = Package(result).read(part_of(result, "Synthèse")).decode()
    found = re.search(rf'<c r="K{now}"[^>]*?(/>|>.*?</c>)', after)
    assert found
    assert told in found[0]
    formats = {"a share": "0%", "a day": "dd/mm/yyyy"}
    if case in formats:
        sheet = openpyxl.load_workbook(io.BytesIO(result))["Synthèse"]
        assert sheet[f"K{now}"].number_format == formats[case]
