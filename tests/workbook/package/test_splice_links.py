"""Links and merged cells of generated sheets: the team's follow their cells, ours are made anew."""

from __future__ import annotations

import pytest

from cedre_xlsx.ooxml.parts import REL, Package, Relations
from cedre_xlsx.workbook.generated import GeneratedSheet, Link
from cedre_xlsx.workbook.package.host import q
from tests.decorations.decorator import Decorator
from tests.package_checker import check_package
from tests.support import few
from tests.workbook.package.splice_support import host, sheet_of, splice, xml

SHEET = "xl/worksheets/sheet2.xml"
LINES = (
    ("SUI03", "erreur", "un|a.b"),
    ("ENG01", "info", "deux|c.d"),
    ("MIS01", "info", "trois|e.f"),
)
#: Rows 6 to 8 become 7, 6 and 9: the first two change places, a new line stands before the third.
NOW = sheet_of(LINES[1], LINES[0], ("PER01", "info", "quatre|a.d"), LINES[2])
WEB = "https://exemple.invalid/"


def with_links(data: bytes, *links: tuple[str, str]) -> bytes:
    """Links on some areas; one that starts with https or # is of a relationship outside."""
    made = Decorator(data)
    for reference, target in links:
        link = f'<hyperlink ref="{reference}" location="{target}"/>'
        if target.startswith(("https:", "#")):
            identifier = made.relate(SHEET, "hyperlink", target, outside=True)
            link = f'<hyperlink ref="{reference}" r:id="{identifier}"/>'
        made.element(SHEET, f"<hyperlinks>{link}</hyperlinks>")
    return made.package.data()


def links_of(data: bytes) -> list[tuple[str, str]]:
    """Each link of the sheet: its area, and where it leads."""
    relations = Relations(Package(data), SHEET)
    found = []
    for link in xml(data, SHEET).iter(q("hyperlink")):
        relation = relations.by_id(link.get(f"{{{REL}}}id", ""))
        target = relation.target if relation else link.get("location", "")
        found.append((link.get("ref", ""), target))
    return found


def spliced(data: bytes, sheet: GeneratedSheet) -> bytes:
    """Sound, and the same when done again."""
    result = splice(data, [sheet]).data
    assert [fault for fault in check_package(result) if fault not in check_package(data)] == []
    assert splice(result, [sheet]).data == result
    return result


@pytest.mark.parametrize(
    ("reference", "now"),
    few(
        [
            ("B6", ["B7"]),
            ("B8", ["B9"]),
            ("B6:B7", ["B6:B7"]),
            ("B7:B8", ["B6", "B9"]),
            ("A6:C6", ["A7:C7"]),
            ("A5:A6", ["A5", "A7"]),
            ("A1:C1", ["A1:C1"]),
            ("B6 D8", ["B7", "D9"]),
            ("A:A", ["A:A"]),
            ("$B:$C", ["B:C"]),
            ("3:5", ["3:5"]),
            ("P6", ["P7"]),
            ("B8:B2000", ["B9:B2000"]),
            ("A1:XFD1048576", ["1:1048576"]),
            ("#REF!", ["#REF!"]),
        ],
        5,
    ),
)
def test_a_link_of_the_team_follows_its_cells(reference: str, now: list[str]) -> None:
    data = with_links(splice(host(), [sheet_of(*LINES)]).data, (reference, WEB))
    assert links_of(spliced(data, NOW)) == [(one, WEB) for one in now]


@pytest.mark.parametrize(
    ("reference", "now"),
    [
        ("A6", ["A6"]),
        ("A6:A8", ["A6:A7"]),  # the third line is now the second
        ("A:A", ["A:A"]),
        ("3:5", ["3:5"]),
        ("B5 D9", ["B5", "D9"]),
        ("A5:C5", ["A5:C5"]),
        ("P6:P7", ["P6:P7"]),
        ("A7", ["A11"]),  # with its line, which is gone, in the block
    ],
)
def test_without_a_table_a_link_follows_the_same_text(reference: str, now: list[str]) -> None:
    data = splice(host(), [sheet_of(*LINES, table=False)]).data
    moved = sheet_of(LINES[0], LINES[2], ("ENG01", "autre", "deux|c.d"), table=False)
    data = with_links(data, (reference, WEB))
    assert links_of(spliced(data, moved)) == [(one, WEB) for one in now]


def linked(*targets: tuple[str, str]) -> GeneratedSheet:
    """Two lines; the second column of each leads somewhere: its sheet and its cell, or nowhere."""
    lines = [
        (code, Link(cell, sheet, cell) if cell else "sans lien", key)
        for (code, _, key), (sheet, cell) in zip(LINES, targets, strict=False)
    ]
    return sheet_of(*lines)


@pytest.mark.parametrize(
    ("reference", "target", "kept"),
    few(
        [
            ("B6", "'Feuille'!A9", False),  # ours, before a line was inserted there
            ("B6", "Feuille!$A$9", False),  # the same as another program writes it
            ("B6", "#Feuille!A9", False),
            ("B6", "'Ancien nom'!A9", False),  # ours, before that sheet was renamed
            ("B7", "'Feuille'!A9", False),  # ours, on a cell that has no link any more
            ("B6", "'Essai'!A1", True),
            ("B6", "Mon_nom", True),
            ("B6", "'Feuille'!A9:B12", True),
            ("B6", WEB, True),
            ("B7", WEB, True),
            ("C6", "'Feuille'!A9", True),  # a column where we put no link
            ("P6", "'Feuille'!A9", True),
        ],
        4,
    ),
)
def test_a_link_that_we_do_not_write_is_theirs(reference: str, target: str, kept: bool) -> None:
    sheet = linked(("Feuille", "A1"), ("", ""))
    bare = sheet_of(*((code, "sans lien", key) for code, _, key in LINES[:2]))
    data = with_links(splice(host(), [bare]).data, (reference, target))
    ours = [] if kept and reference == "B6" else [("B6", "'Feuille'!A1")]
    assert links_of(spliced(data, sheet)) == [*ours, *([(reference, target)] if kept else [])]


@pytest.mark.parametrize(
    ("reference", "now"),
    [
        ("P6:Q7", ["P7:Q8"]),
        ("P:Q", ["P:Q"]),
        ("A:B", []),
        ("3:5", []),
        ("J6:P6", []),
        ("A6:B6", []),
        ("$P$6:$Q$7", ["P7:Q8"]),
    ],
)
def test_merged_cells_beside_ours_stay(reference: str, now: list[str]) -> None:
    data = splice(host(), [sheet_of(*LINES)]).data
    made = Decorator(data)
    made.element(SHEET, f'<mergeCells><mergeCell ref="{reference}"/></mergeCells>')
    result = spliced(made.package.data(), NOW)
    assert [one.get("ref") for one in xml(result, SHEET).iter(q("mergeCell"))] == now
