"""What is typed over or beside what a refresh made: said, kept, following its line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from lxml import etree
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple

from cedre_xlsx import api
from cedre_xlsx.ooxml.parts import ContentTypes, Package, Relations
from cedre_xlsx.workbook.package.host import Host, q
from tests.api.refresh_support import refresh_sound
from tests.decorations.decorator import Decorator
from tests.hands import (
    edited_sheet,
    grid,
    kept_lines,
    part_of,
    renumbered,
    typed,
    where,
    with_column,
)
from tests.small_association import LATER, ON
from tests.support import libreoffice_convert, needs_libreoffice

# What is typed over our cells

TYPED: dict[str, tuple[str, dict[str, object], list[str]]] = {
    # sheet, cells typed, how each line kept at the bottom begins
    "a box ticked in the agenda": ("Réunion", {"A8": "☒"}, ["☒ — tapé en A8 ("]),
    "a remark changed": ("Réunion", {"D10": "Appelé lundi"}, ["Appelé lundi — tapé en D10 ("]),
    "beside the list, below it, above it": (
        "Réunion", {"C3": "au titre", "B400": "dessous"},
        ["au titre — tapé en C3,", "dessous — tapé en B400 (« Personne »),"],
    ),
    "a title changed": ("Réunion", {"A1": "Ordre du jour de mai"}, ["Ordre du jour de mai — "]),
    "hours changed": ("Périodes", {"D7": 12.5}, ["12,5 — tapé en D7 ("]),
    "a formula": ("Périodes", {"D8": "=C8*2"}, ["=C8*2 — tapé en D8 ("]),
    "a figure of the year": ("Statistiques 2026", {"B7": 77}, ["77 — tapé en B7 (Entrées"]),
    "on the charts": ("Statistiques 2026", {"H8": "joli"}, ["joli — tapé en H8"]),
    "a name among who counts": (
        "Qui compte 2026", {"A13": "Quelqu'un", "F14": "non"},
        ["Quelqu'un — tapé en A13 (", "non — tapé en F14 ("],
    ),
    "above the table": ("Synthèse", {"D2": "Réunion du 12"}, ["Réunion du 12 — tapé en D2"]),
    "the title of the table": ("Contrôle", {"A1": "À revoir"}, ["À revoir — tapé en A1,"]),
    "an erased cell": ("Périodes", {"A9": None}, []),
    "spaces only": ("Réunion", {"A12": " ☐ "}, []),
    "several lines, long": (
        "Réunion", {"D13": "ligne 1\nligne 2 " + "mot " * 300}, ["ligne 1\nligne 2 mot mot"],
    ),
}  # fmt: skip
#: What is typed in one workbook: above the lines, and in all other places. No two in one cell.
ABOVE = ("a title changed", "above the table", "the title of the table")
AT_ONCE = {"above": ABOVE, "elsewhere": tuple(case for case in TYPED if case not in ABOVE)}


def lines_begin(cases: Sequence[str]) -> dict[str, list[str]]:
    """How the lines kept at the bottom of each sheet begin, in the order of their cells."""
    found: dict[str, list[tuple[tuple[int, int], str]]] = {}
    for title, cells, begins in map(TYPED.__getitem__, cases):
        mine = zip(map(coordinate_to_tuple, cells), begins, strict=True) if begins else ()
        found.setdefault(title, []).extend(mine)
    return {title: [begin for _, begin in sorted(lines)] for title, lines in found.items()}


@pytest.mark.slow
@pytest.mark.parametrize("cases", AT_ONCE.values(), ids=AT_ONCE)
def test_what_is_typed_over_a_generated_sheet_is_said_and_kept(
    path: Path, cases: Sequence[str]
) -> None:
    data = path.read_bytes()
    for title, cells, _ in map(TYPED.__getitem__, cases):
        data = typed(data, title, cells)
    path.write_bytes(data)
    done = refresh_sound(path)
    said = [line for line in done.details if "est gardé au bas de la feuille" in line]
    told = Counter(line.partition(" :")[0] for line in said)
    kept = {}
    for title, begins in lines_begin(cases).items():
        lines = kept[title] = kept_lines(path.read_bytes(), title)
        assert [line[: len(one)] for line, one in zip(lines, begins, strict=True)] == begins
        assert told[title] == len(begins)
        assert all(line.endswith("à l'actualisation du 30/09/2026") for line in lines)
    assert told.total() == sum(map(len, kept.values()))
    later = api.refresh(path, on=LATER)
    for title, lines in kept.items():
        assert kept_lines(path.read_bytes(), title) == lines  # with their first date
    assert not any("tapé en" in line for line in later.details)


@pytest.mark.slow
def test_a_kept_line_goes_when_it_is_erased_and_stays_when_it_is_completed(path: Path) -> None:
    path.write_bytes(typed(path.read_bytes(), "Réunion", {"A8": "un", "A9": "deux"}))
    refresh_sound(path)
    first, second = kept_lines(path.read_bytes(), "Réunion")
    erased = where(path.read_bytes(), "Réunion", first)[0]
    completed = where(path.read_bytes(), "Réunion", second)[0]
    path.write_bytes(typed(path.read_bytes(), "Réunion", {erased: None, completed: "deux, vu"}))
    api.refresh(path, on=LATER)
    assert kept_lines(path.read_bytes(), "Réunion") == ["deux, vu"]


def swapped_names(data: bytes) -> bytes:
    """Two lines of Périodes change places, the hidden prints staying where they are."""
    rows = grid(data, "Périodes")
    width = max(i for i, value in enumerate(rows[4]) if value) + 1
    cells = {}
    for one, other in ((7, 8), (8, 7)):
        for column in range(1, width + 1):
            cells[f"{get_column_letter(column)}{one}"] = rows[other - 1][column - 1]
    return typed(data, "Périodes", {k: None if v == "" else v for k, v in cells.items()})


def swapped_rows(data: bytes) -> bytes:
    return renumbered(data, "Périodes", {7: 8, 8: 7})


def inserted_rows(data: bytes) -> bytes:
    return renumbered(data, "Réunion", {number: number + 3 for number in range(4, 300)})


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        lambda data: inserted_rows(swapped_rows(data)),
        lambda data: with_column(swapped_names(data), "Réunion", 1),
        lambda data: with_column(data, "Périodes", 4),
    ],
    ids=["sorted; rows inserted", "sorted without the prints; first column", "column"],
)
def test_moving_our_cells_is_not_typing(
    path: Path, refreshed: bytes, change: Callable[[bytes], bytes]
) -> None:
    """Of Périodes; of Réunion."""
    path.write_bytes(change(refreshed))
    done = refresh_sound(path)
    assert [line for line in done.details if "tapé" in line] == []
    for title in ("Périodes", "Réunion"):
        assert grid(path.read_bytes(), title) == grid(refreshed, title)


@pytest.mark.slow
def test_cells_beside_a_list_follow_its_lines_and_those_of_a_column_among_ours_are_kept(
    path: Path,
) -> None:
    person = grid(path.read_bytes(), "Réunion")[8][1]
    data = typed(path.read_bytes(), "Réunion", {"K9": "à droite", "L9": "=K9", "N2": 3})
    data = with_column(data, "Périodes", 4)
    path.write_bytes(typed(data, "Périodes", {"D5": "Vu le", "D7": "lundi"}))
    refresh_sound(path, LATER)
    result = path.read_bytes()
    [place] = where(result, "Réunion", "à droite")
    assert grid(result, "Réunion")[int(place[1:]) - 1][1] == person
    assert grid(result, "Réunion")[1][13] == 3
    formulas = [f.text for f in Package(result).root(part_of(result, "Réunion")).iter(q("f"))]
    assert formulas == [place]
    lines = kept_lines(result, "Périodes")
    assert [line.partition(" — ")[0] for line in lines] == ["Vu le", "lundi"]


@needs_libreoffice
def test_saving_in_libreoffice_is_not_typing(path: Path, tmp_path: Path) -> None:
    path.write_bytes(typed(path.read_bytes(), "Réunion", {"A8": "☒"}))
    api.refresh(path, on=ON)
    lines = kept_lines(path.read_bytes(), "Réunion")
    saved = libreoffice_convert(path, "xlsx", tmp_path / "fait")
    done = refresh_sound(saved, LATER)
    assert [line for line in done.details if "tapé" in line] == []
    assert kept_lines(saved.read_bytes(), "Réunion") == lines


# Columns and links that people add to our tables


def synthesis_rows(data: bytes) -> list[int]:
    """The numbers of the lines of Synthèse."""
    return [n for n, row in enumerate(grid(data, "Synthèse"), start=1) if n > 5 and row[1]]


def column_of(data: bytes, title: str, heading: str) -> int:
    head = next(row for row in grid(data, title) if heading in row)
    return head.index(heading) + 1


@pytest.mark.slow
def test_formulas_of_added_columns_follow_their_line(path: Path) -> None:
    """Typed once for several cells, as Excel fills down; then the lines move."""
    first, second = synthesis_rows(path.read_bytes())[:2]
    data = renumbered(path.read_bytes(), "Synthèse", {first: second, second: first})
    data = typed(data, "Synthèse", {
        "N5": "Longueur", f"N{first}": f"=LEN(E{first})+$A$1", f"N{second}": "=?",
    })  # fmt: skip

    def share(root: etree._Element) -> None:
        one, other = (f for f in root.iter(q("f")) if f.text in (f"LEN(E{first})+$A$1", "?"))
        one.attrib.update({"t": "shared", "si": "0", "ref": f"N{first}:N{second}"})
        other.attrib.update({"t": "shared", "si": "0"})
        other.text = None

    path.write_bytes(edited_sheet(data, "Synthèse", share))
    refresh_sound(path)
    result = path.read_bytes()
    column = get_column_letter(column_of(result, "Synthèse", "Longueur"))
    cells = Package(result).root(part_of(result, "Synthèse")).iter(q("c"))
    formulas = {c.get("r"): c.findtext(q("f")) for c in cells if c.find(q("f")) is not None}
    assert formulas == {f"{column}{n}": f"LEN(E{n})+$A$1" for n in (first, second)}


@pytest.mark.slow
def test_a_column_that_computes_goes_on_computing_on_new_lines(path: Path) -> None:
    data = path.read_bytes()
    table = next(
        part for part, root in Host(Package(data)).tables() if root.get("name") == "tSynthese"
    )
    package = Package(data)
    root = package.root(table)
    columns = root.find(q("tableColumns"))
    assert columns is not None
    columns.set("count", "14")
    formula = "LEN(tSynthese[[#This Row],[Nom Prénom]])"
    added = etree.SubElement(columns, q("tableColumn"), {"id": "40", "name": "Long"})
    etree.SubElement(added, q("calculatedColumnFormula")).text = formula
    for element in (root, root.find(q("autoFilter"))):
        assert element is not None
        element.set("ref", element.get("ref", "").replace("M", "N"))
    package.write_xml(table, root)
    rows = synthesis_rows(data)
    cells = {f"N{number}": f"={formula}" for number in rows[1:]}  # one line is a new one
    data = typed(package.data(), "Synthèse", {"N5": "Long", f"M{rows[0]}": "autre|x", **cells})
    path.write_bytes(data)
    refresh_sound(path)
    result = path.read_bytes()
    made = Package(result).root(table)
    assert [f.text for f in made.iter(q("calculatedColumnFormula"))] == [formula]
    found = [f.text for f in Package(result).root(part_of(result, "Synthèse")).iter(q("f"))]
    assert found == [formula] * len(synthesis_rows(result))


def with_web_link(data: bytes, title: str, reference: str, address: str) -> bytes:
    """A cell that leads out of the workbook, as Excel makes of a typed address."""
    made = Decorator(data)
    identifier = made.relate(part_of(data, title), "hyperlink", address, outside=True)
    link = f'<hyperlinks><hyperlink ref="{reference}" r:id="{identifier}"/></hyperlinks>'
    made.element(part_of(data, title), link)
    return made.package.data()


@pytest.mark.slow
def test_web_links_follow_their_note(path: Path) -> None:
    first, second = synthesis_rows(path.read_bytes())[:2]
    data = renumbered(path.read_bytes(), "Synthèse", {first: second, second: first})
    column = get_column_letter(column_of(data, "Synthèse", "Notes de réunion"))
    address = "https://exemple.invalid/note"
    data = typed(data, "Synthèse", {f"{column}{second}": address})
    path.write_bytes(with_web_link(data, "Synthèse", f"{column}{second}", address))
    refresh_sound(path)
    result = path.read_bytes()
    links = list(Package(result).root(part_of(result, "Synthèse")).iter(q("hyperlink")))
    assert [one.get("ref") for one in links] == [f"{column}{first}"]
    assert where(result, "Synthèse", address) == [f"{column}{first}"]


@pytest.mark.slow
def test_a_table_converted_to_a_range_keeps_added_columns_on_their_lines(path: Path) -> None:
    data = path.read_bytes()
    rows = synthesis_rows(data)
    data = typed(data, "Synthèse", {"N5": "Qui", f"N{rows[0]}": "Anne", f"N{rows[-1]}": "Bilal"})
    package = Package(data)
    part = part_of(data, "Synthèse")
    relations = Relations(package, part)
    for relation in relations.of_kind("table"):
        package.delete(relation.target)
        relations.remove(relation.id)
        types = ContentTypes(package)
        types.remove(relation.target)
        types.save()
    relations.save()
    data = edited_sheet(package.data(), "Synthèse", lambda root: root.remove(
        next(root.iter(q("tableParts")))
    ))  # fmt: skip
    path.write_bytes(renumbered(data, "Synthèse", {rows[0]: rows[-1], rows[-1]: rows[0]}))
    refresh_sound(path)
    result = path.read_bytes()
    assert where(result, "Synthèse", "Anne") == [f"N{rows[0]}"]
    assert where(result, "Synthèse", "Bilal") == [f"N{rows[-1]}"]
