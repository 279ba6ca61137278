"""Whatever became of a generated sheet's table, what was typed in it stays beside its line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from lxml import etree
from openpyxl.utils import get_column_letter, range_boundaries

from cedre_xlsx import api
from cedre_xlsx.ooxml.parts import Package, Relations
from cedre_xlsx.workbook.package.host import q
from tests.hands import grid, kept_lines, part_of, renumbered, typed, where, with_column
from tests.package_checker import check_package
from tests.small_association import LATER, refreshed_workbook

HEADINGS, FIRST = 5, 6  # rows of a generated sheet
NOTE, JUSTIFICATION = "Voir avec la mission locale", "Accepté jusqu'à la rentrée"
OWN, FREE = "colonne de l'équipe", "remarque libre"
UNTIL = date(2027, 6, 30)
SYNTHESIS_KEY, CONTROL_KEY = 13, 11  # the last of our columns
Loss = Callable[[bytes, str], bytes]


def with_table(data: bytes, title: str, change: Callable[[etree._Element], None]) -> bytes:
    package = Package(data)
    [relation] = Relations(package, part_of(data, title)).of_kind("table")
    root = package.root(relation.target)
    change(root)
    package.write(relation.target, etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
    return package.data()


def made_a_range(data: bytes, title: str) -> bytes:
    """ "Convertir en plage": the table's part goes, its cells stay."""
    package, part = Package(data), part_of(data, title)
    relations = Relations(package, part)
    [relation] = relations.of_kind("table")
    package.delete(relation.target)
    relations.remove(relation.id)
    relations.save()
    root, types = package.root(part), package.root("[Content_Types].xml")
    for holder in root.findall(q("tableParts")):
        root.remove(holder)
    for item in list(types):
        if item.get("PartName") == f"/{relation.target}":
            types.remove(item)
    package.write_xml(part, root)
    package.write_xml("[Content_Types].xml", types)
    return package.data()


def renamed(data: bytes, title: str) -> bytes:
    def change(root: etree._Element) -> None:
        root.set("name", "MesLignes")
        root.set("displayName", "MesLignes")

    return with_table(data, title, change)


def ref_of(root: etree._Element, first_row: int = 0, last_row: int = 0, width: int = 0) -> None:
    first, top, last, bottom = range_boundaries(root.get("ref", ""))
    assert first and top and last and bottom  # noqa: PT018 (for the types)
    last = first + width - 1 if width else last
    start, end = f"A{first_row or top}", f"{get_column_letter(last)}{last_row or bottom}"
    root.set("ref", f"{start}:{end}")
    for filtered in root.findall(q("autoFilter")):
        root.remove(filtered)


def headings_unticked(data: bytes, title: str) -> bytes:
    """ "Ligne d'en-tête" unticked: Excel empties the row, and keeps the names in the table."""

    def change(root: etree._Element) -> None:
        ref_of(root, first_row=FIRST)
        root.set("headerRowCount", "0")

    width = len(grid(data, title)[HEADINGS - 1])
    blank = {f"{get_column_letter(c)}{HEADINGS}": None for c in range(1, width + 1)}
    return typed(with_table(data, title, change), title, blank)


def headings_gone_for_good(data: bytes, title: str) -> bytes:
    return made_a_range(headings_unticked(data, title), title)


def one_heading_erased(data: bytes, title: str) -> bytes:
    """The heading of the open column, in a range."""
    letter = "K" if title == "Synthèse" else "I"
    return typed(made_a_range(data, title), title, {f"{letter}{HEADINGS}": None})


def shrunk_to_its_first_line(data: bytes, title: str) -> bytes:
    return with_table(data, title, lambda root: ref_of(root, last_row=FIRST))


def columns_cut(data: bytes, title: str) -> bytes:
    """As exceljs writes a table: the columns after a calculated one gone, and no heading row."""

    def change(root: etree._Element) -> None:
        columns = root.find(q("tableColumns"))
        assert columns is not None
        columns[:] = columns[:4]
        columns.set("count", "4")
        ref_of(root, first_row=FIRST, width=4)
        root.set("headerRowCount", "0")

    return with_table(data, title, change)


def another_table_over_it(data: bytes, title: str) -> bytes:
    """Alternating colours: a table of another program, whose columns have no names of ours."""

    def change(root: etree._Element) -> None:
        renaming = {"name": "Table_1", "displayName": "Table_1", "headerRowCount": "0"}
        root.attrib.update(renaming)
        ref_of(root, first_row=FIRST)
        for number, column in enumerate(root.iter(q("tableColumn")), start=1):
            column.set("name", f"Column{number}")

    return with_table(data, title, change)


def column_inserted_at_the_left(data: bytes, title: str) -> bytes:
    return with_column(made_a_range(data, title), title, 1)


def rows_inserted_above(data: bytes, title: str) -> bytes:
    data = made_a_range(data, title)
    rows = len(grid(data, title))
    return renumbered(data, title, {row: row + 3 for row in range(1, rows + 1)})


LOSSES: tuple[Loss, ...] = (
    made_a_range, renamed, headings_unticked, headings_gone_for_good, one_heading_erased,
    shrunk_to_its_first_line, columns_cut, another_table_over_it, column_inserted_at_the_left,
    rows_inserted_above,
)  # fmt: skip


@cache
def written_on() -> dict[str, int]:
    """A line of each sheet that is there still at the next refresh, and moves: its row."""
    rows = grid(refreshed_workbook(), "Synthèse")
    names = [str(row[1]) for row in rows[FIRST - 1 :]]
    rows = grid(refreshed_workbook(), "Contrôle")
    codes = [str(row[0]) for row in rows[FIRST - 1 :]]
    return {
        "Synthèse": FIRST + names.index(sorted(set(filter(None, names)))[-1]),
        "Contrôle": FIRST + codes.index("PER02"),
    }


@cache
def with_texts(data: bytes) -> bytes:
    row = written_on()["Synthèse"]
    cells: dict[str, object] = {
        f"K{row}": NOTE, f"N{HEADINGS}": "Qui", f"N{row}": OWN, f"Q{row}": FREE
    }  # fmt: skip
    data = typed(data, "Synthèse", cells)
    row = written_on()["Contrôle"]
    serial = (UNTIL - date(1899, 12, 30)).days
    return typed(data, "Contrôle", {f"I{row}": JUSTIFICATION, f"J{row}": serial})


@cache
def with_new_lines(data: bytes) -> bytes:
    """Actions of the first person: the lines of all others go down."""
    rows = grid(data, "Suivi")
    last = max(number for number, row in enumerate(rows, start=1) if row[0])
    first = min(str(row[1]) for row in grid(data, "Synthèse")[FIRST - 1 :] if row[1])
    day = (date(2026, 10, 1) - date(1899, 12, 30)).days
    cells: dict[str, object] = {}
    for number in range(last + 1, last + 6):
        cells |= {
            f"A{number}": first, f"B{number}": day, f"C{number}": f"Une action de plus, {number}",
            f"G{number}": "(1) À proposer",
        }  # fmt: skip
    return typed(data, "Suivi", cells)


@pytest.mark.slow
@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.__name__)
def test_what_was_accepted_is_known_and_what_was_typed_is_beside_its_line(
    loss: Loss, tmp_path: Path
) -> None:
    before = with_new_lines(refreshed_workbook())
    names = {title: grid(before, title)[row - 1][:5] for title, row in written_on().items()}
    data = with_texts(before)
    for title in written_on():
        data = loss(data, title)
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(data)
    assert accepted(path) == [JUSTIFICATION]
    api.refresh(path, on=LATER)
    result = path.read_bytes()
    assert check_package(result) == []
    [note], [own], [free] = (where(result, "Synthèse", text) for text in (NOTE, OWN, FREE))
    rows = grid(result, "Synthèse")
    number = int(note.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    assert number > written_on()["Synthèse"]  # it moved
    assert {own.lstrip("NOPQRS"), free.lstrip("NOPQRST")} == {str(number)}
    assert rows[number - 1][:5] == names["Synthèse"]
    assert rows[HEADINGS - 1][13] in ("Qui", "")  # its heading, unless it stood at the far left
    [justified] = where(result, "Contrôle", JUSTIFICATION)
    line = grid(result, "Contrôle")[int(justified[1:]) - 1]
    assert (line[0], line[2]) == (names["Contrôle"][0], names["Contrôle"][2])
    assert line[9] == UNTIL
    for title in written_on():
        assert len(Relations(Package(result), part_of(result, title)).of_kind("table")) == 1
        assert kept_lines(result, title) == []
    assert not api.refresh(path, on=LATER).changed


def accepted(path: Path) -> list[str]:
    """Why what the check finds is accepted."""
    return [one.waived.reason for one in api.check(path, on=LATER).findings if one.waived]


@pytest.mark.slow
def test_check_knows_it_in_a_sheet_closed_up_around_a_far_cell(tmp_path: Path) -> None:
    data = with_texts(refreshed_workbook())
    left_empty = written_on()["Contrôle"]  # Jusqu'au has no date on any line: no cell in its column
    data = typed(data, "Contrôle", {f"J{left_empty}": None})
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(typed(headings_gone_for_good(data, "Contrôle"), "Contrôle", {"XFD2000": "?"}))
    assert accepted(path) == [JUSTIFICATION]
