"""What points at one line of a table follows it, or is said to be astray."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.hyperlink import Hyperlink

from cedre_xlsx.api.opening import book_of
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.workbook.edit.kept_lines import kept_lines
from cedre_xlsx.workbook.edit.pointers import Astray, Pointers, astray_sentence
from cedre_xlsx.workbook.package.host import Host
from tests.package_checker import check_package
from tests.small_association import ON, lines_alone

#: What is taken out of Freins, and a line below, which moves up.
GONE, STAYS = 5, 7


def edited(formula: str) -> bytes:
    """The small association with a sheet of the team that reads Freins."""
    book = load_workbook(BytesIO(lines_alone()))
    own = book.create_sheet("Pilotage")
    own["B3"] = formula
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def followed(data: bytes, unsaid: tuple[str, ...] = ()) -> tuple[Workbook, tuple[Astray, ...]]:
    book, host = book_of(data, Path("suivi.xlsx"), ON), Host(Package(data))
    kept = kept_lines(host, book.workbook, {"tFreins": {GONE}})
    astray = Pointers(host, kept, unsaid).follow()
    host.save()
    made = host.package.data()
    assert check_package(made) == check_package(data)
    return load_workbook(BytesIO(made)), astray


@pytest.mark.slow
@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=Freins!A7", "=Freins!A6"),
        ("=$A$1&\" \"&'Freins'!$B$7", "=$A$1&\" \"&'Freins'!$B$6"),
        ("=COUNTA(Freins!A7:C7)", "=COUNTA(Freins!A6:C6)"),
        ('=INDIRECT("Freins!A7")', '=INDIRECT("Freins!A6")'),
        ('=HYPERLINK("#Freins!A7","voir A7")', '=HYPERLINK("#Freins!A6","voir A7")'),
        ("=COUNTA(Freins!A5:A8)", "=COUNTA(Freins!A5:A8)"),
        ("=OFFSET(Freins!A7,0,1)", "=OFFSET(Freins!A7,0,1)"),
        ("=COUNTA(Freins!A7:INDEX(Freins!A:A,9))", "=COUNTA(Freins!A7:INDEX(Freins!A:A,9))"),
        ("=Freins!A4", "=Freins!A4"),
        ("=Suivi!A7", "=Suivi!A7"),
        ('="Freins!A7"', '="Freins!A7"'),
        ("=A7", "=A7"),
    ],
)
def test_a_formula_that_reads_one_line_follows_it(formula: str, expected: str) -> None:
    made, astray = followed(edited(formula))
    assert made["Pilotage"]["B3"].value == expected
    assert astray == ()


@pytest.mark.slow
def test_what_reads_a_line_that_is_gone_is_told() -> None:
    made, astray = followed(edited("=Freins!$A$5"))
    assert made["Pilotage"]["B3"].value == "=Freins!$A$5"
    assert [one.text for one in astray] == [
        "Pilotage!B3 vise Freins!A5, où est maintenant une autre ligne"
    ]
    assert followed(edited("=Freins!$A$5"), ("Pilotage",))[1] == ()


@pytest.mark.slow
def test_names_and_links_follow_their_line() -> None:
    book = load_workbook(BytesIO(edited("=Un+Deux")))
    own = book["Pilotage"]
    for row, line in ((1, STAYS), (2, GONE)):
        own.cell(row, 1, "voir").hyperlink = Hyperlink(f"A{row}", location=f"Freins!A{line}")
    for name, line in (("Un", STAYS), ("Deux", GONE)):
        book.defined_names[name] = DefinedName(name, attr_text=f"Freins!$A${line}:$B${line}")
    made, astray = followed(_saved(book))
    assert [made["Pilotage"].cell(row, 1).hyperlink.location for row in (1, 2)] == [
        "Freins!A6",
        "Freins!A5",
    ]
    assert made.defined_names["Un"].attr_text == "Freins!$A$6:$B$6"
    assert [(one.place, one.target) for one in astray] == [
        ("Pilotage!A2", "Freins!A5"),
        ("le nom Deux", "Freins!A5:B5"),
    ]


@pytest.mark.slow
def test_a_cell_above_the_table_follows_too() -> None:
    book = load_workbook(BytesIO(lines_alone()))
    book["Freins"]["J1"] = "=A7"
    made, _ = followed(_saved(book))
    assert made["Freins"]["J1"].value == "=A6"


@pytest.mark.slow
def test_a_formula_written_once_for_several_cells_is_written_whole() -> None:
    data = edited("=Freins!A6")
    book = load_workbook(BytesIO(data))
    book["Pilotage"]["B4"], book["Pilotage"]["B5"] = "=Freins!A7", "=Freins!A8"
    package = Package(_saved(book))
    part = next(one.part for one in Host(package).sheets() if one.title == "Pilotage")
    xml = package.read(part)
    xml = xml.replace(b"<f>Freins!A6</f>", b'<f t="shared" ref="B3:B5" si="0">Freins!A6</f>')
    for row in (7, 8):
        old = b"<f>Freins!A%d</f>" % row
        assert old in xml
        xml = xml.replace(old, b'<f t="shared" si="0"/>')
    package.write(part, xml)
    made, _ = followed(package.data())
    told = [made["Pilotage"][f"B{row}"].value for row in (3, 4, 5)]
    assert told == ["=Freins!A5", "=Freins!A6", "=Freins!A7"]


def test_the_sentence_counts_all_and_names_the_first() -> None:
    found = [Astray(f"Pilotage!B{row}", "Personnes!A7", row == 2) for row in range(1, 4)]
    assert [*astray_sentence(found, 2)] == [
        "3 renvois visent une ligne laissée dans l'ancien classeur : "
        "Pilotage!B1 vise Personnes!A7, où est maintenant une autre ligne ; "
        "Pilotage!B2 vise Personnes!A7, qui est maintenant vide ; et 1 de plus. "
        "Corrigez-les dans le nouveau."
    ]
    assert [*astray_sentence(())] == []
