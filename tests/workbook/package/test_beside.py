"""What people put beside generated lines follows its line, or goes to the block at the bottom."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from cedre_xlsx import api
from cedre_xlsx.ooxml.parts import MAIN, REL, ContentTypes, Package, Relations
from cedre_xlsx.workbook.generated import GeneratedSheet, SheetRow
from cedre_xlsx.workbook.package.host import q
from cedre_xlsx.workbook.package.splice import SpliceResult
from cedre_xlsx.workbook.styles import BODY, Style
from tests.hands import edited_sheet, grid, kept_lines, part_of, renumbered, typed, where
from tests.package_checker import check_package
from tests.small_association import LATER, refreshed_workbook
from tests.workbook.package.splice_support import MARK, WIDTH, host, sheet_of, splice
from tests.workbook.package.test_tables_lost import with_new_lines

ON = date(2026, 10, 15)
#: Lines of a table: code, gravity, person, key.
MARTIN, DUPONT, NEW = (
    ("SUI03", "erreur", "Martin Paul", "martin|a.b"),
    ("ENG01", "info", "Dupont Lise", "dupont|c.d"),
    ("MIS01", "info", "Abeille Zoé", "abeille|e.f"),
)
FREE = "N"  # the second column right of ours: not headed, not added to the table
THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"


def spliced(data: bytes, *lines: tuple[str, ...]) -> SpliceResult:
    """A sound splice of these lines, the same when done again."""
    sheet = sheet_of(*lines)
    result = splice(data, [sheet], on=ON)
    assert check_package(result.data) == check_package(data)
    assert splice(result.data, [sheet], on=ON).data == result.data
    return result


def two_lines() -> bytes:
    """Martin on row 6, Dupont on row 7."""
    return splice(host(), [sheet_of(MARTIN, DUPONT)]).data


def agenda(*lines: tuple[str, str]) -> GeneratedSheet:
    """A sheet without table: each line gives its identity and its text."""
    return GeneratedSheet(
        mark=MARK,
        title="Essai",
        draw=lambda sheet, last_row: sheet.cell(1, 1, "Ordre du jour"),
        first_row=6,
        styles={"body": (Style(), BODY)},
        rows=[SheetRow("body", (text, None), identity=identity) for identity, text in lines],
    )


def place_of(data: bytes, text: str) -> str:
    [place] = where(data, "Essai", text)
    return place


# Cells


def test_a_free_cell_follows_its_line() -> None:
    data = typed(two_lines(), "Essai", {f"{FREE}6": "pour Martin", f"{FREE}7": "=C7", "P2": "haut"})
    result = spliced(data, NEW, DUPONT, MARTIN).data
    assert place_of(result, "pour Martin") == f"{FREE}8"
    assert place_of(result, "haut") == "P2"
    formulas = {c.get("r"): c.findtext(q("f")) for c in Package(result).root(
        part_of(result, "Essai")).iter(q("c")) if c.find(q("f")) is not None}  # fmt: skip
    assert formulas == {f"{FREE}7": "C7"}


def test_what_has_no_line_any_more_says_which_it_was_and_comes_back() -> None:
    data = typed(two_lines(), "Essai", {f"{FREE}6": "pour Martin"})
    result = spliced(data, DUPONT)
    assert [note for note in result.notes if "Martin Paul" in note]
    place = place_of(result.data, "pour Martin")
    line = grid(result.data, "Essai")[int(place[1:]) - 1]
    assert line[0].startswith("SUI03 · erreur · Martin Paul — ligne disparue depuis l'actu")
    assert kept_lines(result.data, "Essai") == [line[0]]
    later = spliced(result.data, DUPONT, NEW).data  # it waits there, and says no more
    assert grid(later, "Essai")[int(place_of(later, "pour Martin")[1:]) - 1][0] == line[0]
    back = spliced(later, DUPONT, MARTIN).data
    assert place_of(back, "pour Martin") == f"{FREE}7"
    assert kept_lines(back, "Essai") == []


def test_two_texts_of_one_place_are_both_there() -> None:
    """The line returns, and someone has typed there meanwhile."""
    data = spliced(typed(two_lines(), "Essai", {f"{FREE}6": "avant"}), DUPONT).data
    data = typed(spliced(typed(data, "Essai", {}), DUPONT, NEW).data, "Essai", {f"{FREE}7": "zoé"})
    data = typed(data, "Essai", {f"{FREE}6": "lise"})
    result = spliced(data, MARTIN, DUPONT, NEW).data
    assert [place_of(result, text) for text in ("avant", "lise", "zoé")] == ["N6", "N7", "N8"]


def test_what_stands_below_stays_as_far_below() -> None:
    data = typed(two_lines(), "Essai", {f"{FREE}20": "en bas"})
    result = spliced(data, MARTIN, DUPONT, NEW).data
    assert place_of(result, "en bas") == f"{FREE}21"


def test_a_row_between_ours_keeps_its_free_cells() -> None:
    """A row inserted in a table, with nothing in our columns."""
    data = renumbered(two_lines(), "Essai", {7: 8})
    result = spliced(typed(data, "Essai", {f"{FREE}7": "seul"}), MARTIN, DUPONT).data
    assert place_of(result, "seul") == f"{FREE}10"
    assert kept_lines(result, "Essai") == [
        "Une ligne sans texte — ligne disparue depuis l'actualisation du 15/10/2026 : "
        "ce qui était à côté est gardé ici"
    ]


def test_a_column_without_heading_inside_ours_is_kept() -> None:
    """A column inserted in a range of ours, and typed in without a heading."""
    data = two_lines()
    part = part_of(data, "Essai")
    package = Package(data)
    relations = Relations(package, part)
    [relation] = relations.of_kind("table")
    relations.remove(relation.id)
    relations.save()
    package.delete(relation.target)
    root = package.root(part)
    for holder in root.findall(q("tableParts")):
        root.remove(holder)
    for cell in root.iter(q("c")):
        letters = cell.get("r", "").rstrip("0123456789")
        if letters >= "D":
            cell.set("r", cell.get("r", "").replace(letters, chr(ord(letters) + 1)))
    package.write_xml(part, root)
    types = package.root("[Content_Types].xml")
    for item in list(types):
        if item.get("PartName") == f"/{relation.target}":
            types.remove(item)
    package.write_xml("[Content_Types].xml", types)
    result = spliced(typed(package.data(), "Essai", {"D7": "entre"}), NEW, MARTIN, DUPONT).data
    assert place_of(result, "entre") == "L8"


def test_lines_sorted_without_their_keys_keep_what_is_beside() -> None:
    first = agenda(("un", "Martin Paul"), ("deux", "Dupont Lise"))
    data = typed(splice(host(), [first]).data, "Essai", {"F6": "pour Martin", "F7": "pour Dupont"})
    data = typed(data, "Essai", {"A6": "Dupont Lise", "A7": "Martin Paul",
                                 "F6": "pour Dupont", "F7": "pour Martin"})  # fmt: skip
    now = agenda(("trois", "Abeille Zoé"), ("un", "Martin Paul"), ("deux", "Dupont Lise"))
    result = splice(data, [now], on=ON).data
    assert (place_of(result, "pour Martin"), place_of(result, "pour Dupont")) == ("F7", "F8")


def test_a_line_of_a_sheet_without_table_is_known_whatever_it_says() -> None:
    data = splice(host(), [agenda(("un", "depuis 3 jours"), ("deux", "bientôt"))]).data
    data = typed(data, "Essai", {"F6": "à rappeler", "F7": "attendre"})
    now = agenda(("trois", "nouveau"), ("un", "depuis 18 jours"))
    result = splice(data, [now], on=ON).data
    assert place_of(result, "à rappeler") == "F7"
    assert kept_lines(result, "Essai")[0].startswith("bientôt — ligne disparue")
    assert splice(result, [now], on=ON).data == result


# Comments


def with_comments(data: bytes, *places: str) -> bytes:
    """Notes of Anne with their boxes, and a thread on the first of them."""
    package, part = Package(data), part_of(data, "Essai")
    notes = "".join(
        f'<comment ref="{place}" authorId="0"><text><t>sur {place}</t></text></comment>'
        for place in places
    )
    comments = (
        f'<comments xmlns="{MAIN}"><authors><author>Anne</author></authors>'
        f"<commentList>{notes}</commentList></comments>"
    )
    boxes = "".join(
        f'<v:shape id="_x0000_s{n}" type="#_x0000_t202"><x:ClientData ObjectType="Note">'
        f"<x:Anchor>{ord(place[0]) - 64}, 15, {int(place[1:]) - 2}, 10, "
        f"{ord(place[0]) - 62}, 15, {int(place[1:]) + 2}, 4</x:Anchor>"
        f"<x:Row>{int(place[1:]) - 1}</x:Row><x:Column>{ord(place[0]) - 65}</x:Column>"
        "</x:ClientData></v:shape>"
        for n, place in enumerate(places, start=1025)
    )
    drawing = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" '
        f'xmlns:x="urn:schemas-microsoft-com:office:excel">{boxes}</xml>'
    )
    thread = (
        f'<ThreadedComments xmlns="{THREADS}"><threadedComment ref="{places[0]}" id="{{1}}">'
        "<text>?</text></threadedComment></ThreadedComments>"
    )
    types, relations = ContentTypes(package), Relations(package, part)
    base = "application/vnd.openxmlformats-officedocument"
    microsoft = "http://schemas.microsoft.com/office/2017/10/relationships"
    identifier = ""
    for name, content, kind, relation in (
        ("xl/comments1.xml", comments, f"{base}.spreadsheetml.comments+xml", f"{REL}/comments"),
        ("xl/drawings/vmlDrawing1.vml", drawing, f"{base}.vmlDrawing", f"{REL}/vmlDrawing"),
        ("xl/threadedComments/threadedComment1.xml", thread,
         "application/vnd.ms-excel.threadedcomments+xml", f"{microsoft}/threadedComment"),
    ):  # fmt: skip
        package.write(name, content.encode())
        types.set(name, kind)
        made = relations.add(relation, name)
        relations.save()
        identifier = made if kind.endswith("vmlDrawing") else identifier
    types.save()
    root = package.root(part)
    legacy = etree.Element(q("legacyDrawing"), {f"{{{REL}}}id": identifier})
    parts = root.find(q("tableParts"))
    root.insert(len(root) if parts is None else root.index(parts), legacy)
    package.write_xml(part, root)
    return package.data()


def comments_of(data: bytes) -> dict[str, str]:
    root = Package(data).root("xl/comments1.xml")
    return {"".join(c.itertext()): c.get("ref", "") for c in root.iter(q("comment"))}


def test_a_comment_follows_its_line_with_its_thread_and_its_box() -> None:
    data = with_comments(two_lines(), "C6", "A1")
    result = spliced(data, NEW, DUPONT, MARTIN).data
    assert comments_of(result) == {"sur C6": "C8", "sur A1": "A1"}
    package = Package(result)
    threads = package.root("xl/threadedComments/threadedComment1.xml")
    assert [one.get("ref") for one in threads] == ["C8"]
    boxes = package.read("xl/drawings/vmlDrawing1.vml").decode()
    assert re.findall(r"<x:(?:Anchor|Row|Column)>([^<]*)", boxes)[:3] == [
        "3, 15, 6, 10, 5, 15, 10, 4", "7", "2",
    ]  # fmt: skip


def test_comments_of_a_line_that_is_gone_are_kept_with_what_it_was() -> None:
    data = with_comments(two_lines(), "C6", "E6", "C7")
    result = spliced(data, DUPONT).data
    places = comments_of(result)
    [kept] = kept_lines(result, "Essai")
    row = int(place_of(result, kept)[1:])
    assert places == {"sur C6": f"C{row}", "sur E6": f"E{row}", "sur C7": "C6"}
    back = spliced(result, MARTIN, DUPONT).data
    assert comments_of(back) == {"sur C6": "C6", "sur E6": "E6", "sur C7": "C7"}


def test_comments_that_do_not_move_keep_their_bytes() -> None:
    data = with_comments(two_lines(), "C6")
    result = spliced(data, MARTIN, DUPONT).data
    for part in ("xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"):
        assert Package(result).read(part) == Package(data).read(part)


# What spans rows, pictures in cells, tables of the team, sums


def with_row_xml(data: bytes, row: int, cells: str) -> bytes:
    def edit(root: etree._Element) -> None:
        found = next(r for r in root.iter(q("row")) if r.get("r") == str(row))
        found.extend(etree.fromstring(f'<x xmlns="{MAIN}">{cells}</x>'))

    return edited_sheet(data, "Essai", edit)


def test_a_picture_in_a_cell_and_a_spilled_formula_keep_what_makes_them() -> None:
    picture = f'<c r="{FREE}7" t="e" vm="1"><v>#VALUE!</v></c>'
    spill = (
        '<c r="P6" cm="1" t="str"><f t="array" ref="P6:P7">_xlfn._xlws.SORT(C6:C7)</f>'
        "<v>Dupont Lise</v></c>"
    )
    data = with_row_xml(two_lines(), 6, spill)
    data = with_row_xml(data, 7, picture + '<c r="P7" t="str"><v>Martin Paul</v></c>')
    result = spliced(data, NEW, MARTIN, DUPONT).data
    root = Package(result).root(part_of(result, "Essai"))
    cells = {cell.get("r"): cell for cell in root.iter(q("c"))}
    assert cells[f"{FREE}8"].get("vm") == "1"
    assert (cells["P7"].get("cm"), cells["P7"].find(q("f")).get("ref")) == ("1", "P7:P8")  # type: ignore[union-attr]
    assert cells["P8"].findtext(q("v")) == "Martin Paul"


def with_team_table(data: bytes) -> bytes:
    """A table of the team right of ours: its headings on P6, two lines below."""
    cells: dict[str, object] = {"P6": "Salle", "Q6": "Places", "P7": "Bleue", "P8": "Verte"}
    data = typed(data, "Essai", cells)
    package, part = Package(data), part_of(data, "Essai")
    package.write("xl/tables/table9.xml", (
        f'<table xmlns="{MAIN}" id="9" name="Salles" displayName="Salles" ref="P6:Q8">'
        '<autoFilter ref="P6:Q8"/><tableColumns count="2"><tableColumn id="1" name="Salle"/>'
        '<tableColumn id="2" name="Places"/></tableColumns></table>'
    ).encode())  # fmt: skip
    types, relations = ContentTypes(package), Relations(package, part)
    types.set("xl/tables/table9.xml",
              "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml")  # fmt: skip
    identifier = relations.add(f"{REL}/table", "xl/tables/table9.xml")
    relations.save()
    types.save()
    root = package.root(part)
    [holder] = root.findall(q("tableParts"))
    etree.SubElement(holder, q("tablePart"), {f"{{{REL}}}id": identifier})
    holder.set("count", "2")
    package.write_xml(part, root)
    return package.data()


def test_a_table_of_the_team_stays_whole_where_it_is() -> None:
    result = spliced(with_team_table(two_lines()), NEW, DUPONT, MARTIN).data
    assert [place_of(result, text) for text in ("Salle", "Bleue", "Verte")] == ["P6", "P7", "P8"]
    assert Package(result).root("xl/tables/table9.xml").get("ref") == "P6:Q8"


def test_a_table_of_the_team_right_beside_ours_is_not_made_ours() -> None:
    data = two_lines()
    cells: dict[str, object] = {"L5": "Salle", "L6": "Bleue", "L7": "Verte"}
    data = with_team_table(typed(data, "Essai", cells))
    package = Package(data)
    root = package.root("xl/tables/table9.xml")
    root.set("ref", "L5:L7")
    [filtered] = root.findall(q("autoFilter"))
    filtered.set("ref", "L5:L7")
    columns = root.find(q("tableColumns"))
    assert columns is not None
    columns.remove(columns[1])
    columns.set("count", "1")
    package.write_xml("xl/tables/table9.xml", root)
    result = spliced(package.data(), NEW, DUPONT, MARTIN).data
    assert Package(result).root("xl/tables/table9.xml").get("ref") == "L5:L7"
    assert (WIDTH, grid(result, "Essai")[5][11]) == (11, "Bleue")


def test_a_row_of_sums_stays_below_the_lines_with_what_was_typed_in_it() -> None:
    data = typed(
        two_lines(), "Essai", {"A8": "Total", "B8": "=SUBTOTAL(103,B6:B7)", "D8": "revoir"}
    )
    package, part = Package(data), part_of(data, "Essai")
    [relation] = Relations(package, part).of_kind("table")
    root = package.root(relation.target)
    root.set("ref", "A5:K8")
    root.set("totalsRowCount", "1")
    del root.attrib["totalsRowShown"]
    first, second = list(root.iter(q("tableColumn")))[:2]
    first.set("totalsRowLabel", "Total")
    second.set("totalsRowFunction", "count")
    package.write_xml(relation.target, root)
    result = spliced(package.data(), NEW, DUPONT, MARTIN).data
    rows = grid(result, "Essai")
    assert (rows[8][0], rows[8][3]) == ("Total", "revoir")
    table = Package(result).root(relation.target)
    assert (table.get("ref"), table.get("totalsRowCount")) == ("A5:K9", "1")
    assert table.find(q("autoFilter")).get("ref") == "A5:K8"  # type: ignore[union-attr]


# The whole way, from typing to the next refresh


@pytest.mark.slow
@pytest.mark.parametrize("title", ["Réunion", "Périodes", "Qui compte 2026"])
def test_a_remark_beside_a_person_stays_beside_that_person(title: str, tmp_path: Path) -> None:
    data = with_new_lines(refreshed_workbook())
    rows = grid(data, title)
    names = 1 if title == "Réunion" else 0
    people = {
        number: str(row[names])
        for number, row in enumerate(rows, start=1)
        if number > 6 and len(str(row[names]).split()) == 2 and row[names + 1]
    }
    cells = {f"AC{number}": f"remarque {number}, {name}" for number, name in people.items()}
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(typed(data, title, dict(cells)))
    api.refresh(path, on=LATER)
    result = path.read_bytes()
    assert check_package(result) == []
    after = grid(result, title)
    moved = 0
    for number, name in people.items():
        [place] = where(result, title, f"remarque {number}, {name}")
        line = after[int(place[2:]) - 1]
        assert name in str(line[names]) or name in str(line[0]), (place, line)
        moved += place != f"AC{number}"
    assert moved or title != "Réunion"
    assert not api.refresh(path, on=LATER).changed
