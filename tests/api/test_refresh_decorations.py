"""Whatever else a workbook holds stays as it is, byte for byte, through refresh after refresh."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from cedre_xlsx import api
from cedre_xlsx.ooxml.parts import Package, Relations, normal
from cedre_xlsx.schema.decisions import DECISION_COLUMNS
from cedre_xlsx.workbook.package.host import Host, q
from tests.decorations import KINDS, decorated
from tests.decorations.decorator import OWN, Decorator
from tests.package_checker import check_package
from tests.small_association import example_workbook
from tests.support import libreoffice_convert, needs_libreoffice
from tests.workbook.package.splice_support import members

ON, LATER = date(2026, 9, 30), date(2026, 10, 15)
GENERATED = (
    "Synthèse", "Réunion", "Périodes", "Contrôle", "Statistiques 2026", "Qui compte 2026",
    "Mémoire",
)  # fmt: skip
#: What a refresh may change besides the generated sheets' own parts (design, section 5).
SHARED = re.compile(
    r"\[Content_Types\]\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/styles\.xml"
    r"|docProps/app\.xml|xl/calcChain\.xml"
)
#: What a refresh writes in a generated sheet; everything else of it is people's.
WRITTEN = {"dimension", "cols", "sheetData", "autoFilter", "mergeCells", "conditionalFormatting",
           "dataValidations", "hyperlinks", "rowBreaks", "tableParts"}  # fmt: skip


pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=["as made", "once refreshed"])
def host(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The association's workbook with everything in it."""
    path = tmp_path_factory.mktemp("decorated") / "association.xlsm"
    path.write_bytes(example_workbook())
    if request.param == "once refreshed":
        api.refresh(path, on=date(2026, 9, 1))
    return decorated(path.read_bytes())


@pytest.fixture(scope="module")
def twice(host: bytes, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The same after two refreshes, at two dates."""
    path = tmp_path_factory.mktemp("twice") / "association.xlsm"
    path.write_bytes(host)
    for on in (ON, LATER):
        assert api.refresh(path, on=on).changed
    return path.read_bytes()


def to_be_computed(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts with one change: the user's formula that reads a sheet of ours has no old value."""
    name = "xl/worksheets/mes-calculs.xml"
    return {**parts, name: parts[name].replace(b"</f><v>1</v>", b"</f>")}


def own_parts(data: bytes) -> set[str]:
    """The generated sheets' parts that a refresh writes: sheets, tables, charts of ours, and the
    comments, which follow their lines.
    """
    package = Package(data)
    found = set()
    for sheet in Host(package).sheets():
        if sheet.title in GENERATED:
            found |= {sheet.part, f"xl/worksheets/_rels/{sheet.part.rpartition('/')[2]}.rels"}
            kinds = ("table", "comments", "vmlDrawing")
            found |= {r.target for r in Relations(package, sheet.part) if r.kind in kinds}
        if sheet.title.startswith("Statistiques"):
            for drawing in Relations(package, sheet.part).of_kind("drawing"):
                found |= {drawing.target, f"xl/drawings/_rels/{Path(drawing.target).name}.rels"}
                found |= {r.target for r in Relations(package, drawing.target)}
    return found


def canonical(element: etree._Element) -> bytes:
    return bytes(etree.tostring(element, method="c14n2", strip_text=True))


def test_there_are_at_least_thirty_kinds(host: bytes) -> None:
    assert len(KINDS) >= 30
    assert check_package(host) == []  # they are sound, as far as the checker knows


def test_every_foreign_part_keeps_its_bytes(host: bytes, twice: bytes) -> None:
    before, after = to_be_computed(members(host)), members(twice)
    ours = own_parts(host) | own_parts(twice)
    foreign = {name for name in before if name not in ours and not SHARED.fullmatch(name)}
    assert len(foreign) > 100
    assert {name for name in foreign if before[name] != after.get(name)} == set()
    assert {name for name in after if name not in before} <= ours


def test_foreign_parts_are_copied_without_compressing_again(host: bytes, twice: bytes) -> None:
    from cedre_xlsx.ooxml.members import members_of

    before = {m.name: bytes(m.compressed) for m in members_of(host)}
    after = {m.name: bytes(m.compressed) for m in members_of(twice)}
    assert after["xl/vbaProject.bin"] == before["xl/vbaProject.bin"]
    assert after["xl/worksheets/sheet3.xml"] == before["xl/worksheets/sheet3.xml"]


def test_nothing_new_for_excel_to_repair(twice: bytes) -> None:
    assert check_package(twice) == []


def test_a_further_refresh_changes_no_byte(twice: bytes, tmp_path: Path) -> None:
    path = tmp_path / "association.xlsm"
    path.write_bytes(twice)
    assert not api.refresh(path, on=LATER).changed
    assert path.read_bytes() == twice


def test_types_and_relationships_stay(host: bytes, twice: bytes) -> None:
    before, after = Package(host), Package(twice)
    types = [
        {tuple(sorted(item.attrib.items())) for item in package.root("[Content_Types].xml")}
        for package in (before, after)
    ]
    assert types[0] <= types[1]
    for name in before.names():
        if not name.endswith(".rels"):
            continue
        folder, leaf = name.rsplit("/_rels/" if "/_rels/" in name else "_rels/", 1)
        source = f"{folder}/{leaf.removesuffix('.rels')}" if folder else leaf.removesuffix(".rels")
        if normal(source) in {normal(part) for part in own_parts(host) if "drawing" in part}:
            continue  # our charts are made again
        gone = set(Relations(before, source)) - set(Relations(after, source))
        assert gone == set(), name


def test_the_workbook_keeps_its_views_names_and_extensions(host: bytes, twice: bytes) -> None:
    before, after = (Package(data).root("xl/workbook.xml") for data in (host, twice))
    changed = {"sheets", "definedNames", "calcPr"}
    stays = [
        [canonical(child) for child in root if etree.QName(child).localname not in changed]
        for root in (before, after)
    ]
    assert stays[0] == stays[1]
    titles = [[sheet.title for sheet in Host(Package(data)).sheets()] for data in (host, twice)]
    assert [title for title in titles[1] if title in titles[0]] == titles[0]

    def names(root: etree._Element, order: list[str]) -> set[tuple[str, str, str]]:
        return {
            (
                name.get("name", ""),
                order[int(name.get("localSheetId", "0"))] if name.get("localSheetId") else "",
                name.text or "",
            )
            for name in root.iter(q("definedName"))
        }

    gone = names(before, titles[0]) - names(after, titles[1])
    assert {name[:2] for name in gone} <= {("_xlnm.Print_Area", "Statistiques 2026")}  # ours


def test_the_generated_sheets_keep_what_people_put_in_them(host: bytes, twice: bytes) -> None:
    seen = 0
    for sheet in Host(Package(host)).sheets():
        if sheet.title not in GENERATED:
            continue
        roots = [Package(data).root(sheet.part) for data in (host, twice)]
        for root in roots:
            for one in root.iter(q("outlinePr"), q("sheetFormatPr")):
                for name in ("summaryBelow", "outlineLevelRow"):  # ours, where lines are folded
                    one.attrib.pop(name, None)
        stays = [
            [canonical(child) for child in root if etree.QName(child).localname not in WRITTEN]
            + [
                canonical(one)
                for one in root.iterfind(f"{q('dataValidations')}/{q('dataValidation')}")
                if not _is_ours(one)
            ]
            for root in roots
        ]
        assert stays[0] == stays[1], sheet.title
        seen += len(stays[0])
    assert seen > 40


def _is_ours(validation: etree._Element) -> bool:
    """Whether it is that of a column of decisions: it goes down to the last row of now."""
    return validation.get("promptTitle") in {
        column.header for column in DECISION_COLUMNS.values() if column.open
    }


def test_looks_are_added_after_the_others(host: bytes, twice: bytes) -> None:
    before, after = (Package(data).root("xl/styles.xml") for data in (host, twice))
    for holder in before:
        there = after.find(holder.tag)
        assert there is not None
        kept = [canonical(child) for child in there][: len(holder)]
        assert kept == [canonical(child) for child in holder]


def test_macros_pivot_and_slicer_still_point_at_what_they_did(twice: bytes) -> None:
    package = Package(twice)
    table = next(r for _, r in Host(package).tables() if r.get("name") == "tSynthese")
    cache = package.root("xl/slicerCaches/slicerCache901.xml")
    slicer = next(cache.iter("{*}tableSlicerCache"))
    columns = {c.get("id"): c.get("name") for c in table.iter(q("tableColumn"))}
    assert slicer.get("tableId") == table.get("id")
    assert columns[slicer.get("column")] == "Nom Prénom"
    types = package.read("[Content_Types].xml").decode()
    assert (
        'PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled'
        in types
    )
    codes = {
        sheet.title: package.root(sheet.part).find(q("sheetPr")) for sheet in Host(package).sheets()
    }
    assert codes["Synthèse"] is not None
    assert codes["Synthèse"].get("codeName") == "Feuil1"


FEW = [KINDS[first::13] for first in range(1, 14)]


@pytest.mark.parametrize("kinds", FEW, ids=lambda kinds: "-".join(one.__name__ for one in kinds))
def test_few_kinds_at_once(kinds: tuple[Callable[[Decorator], None], ...], tmp_path: Path) -> None:
    """On a small workbook: sound, the same when refreshed again, every foreign byte there."""
    decorator = Decorator(small(tmp_path))
    for kind in (KINDS[0], *kinds):
        kind(decorator)
    data = decorator.package.data()
    assert check_package(data) == []
    path = tmp_path / "un.xlsx"
    path.write_bytes(data)
    api.refresh(path, on=LATER)
    once = path.read_bytes()
    assert not api.refresh(path, on=LATER).changed
    before, after = to_be_computed(members(data)), members(once)
    ours = own_parts(data) | own_parts(once)
    assert {
        name for name in before
        if name not in ours and not SHARED.fullmatch(name) and before[name] != after.get(name)
    } == set()  # fmt: skip
    assert check_package(once) == []


_SMALL: list[bytes] = []


def small(folder: Path) -> bytes:
    """An empty workbook, refreshed once; made once for all kinds."""
    if not _SMALL:
        path = folder / "petit.xlsx"
        api.new(path, structure="Les Passerelles")
        api.refresh(path, on=ON)
        _SMALL.append(path.read_bytes())
    return _SMALL[0]


@needs_libreoffice
def test_libreoffice_opens_it(twice: bytes, tmp_path: Path) -> None:
    path = tmp_path / "association.xlsm"
    path.write_bytes(twice)
    computed = CalamineWorkbook.from_path(str(libreoffice_convert(path, "xlsx", tmp_path / "lo")))
    assert {*GENERATED, OWN} <= set(computed.sheet_names)
    lines = len(CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Suivi").to_python())
    assert len(computed.get_sheet_by_name("Suivi").to_python()) == lines
    names = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Synthèse").to_python()
    shown = computed.get_sheet_by_name("Synthèse").to_python()
    assert [row[1] for row in shown[5:30]] == [row[1] for row in names[5:30]]
    counted = computed.get_sheet_by_name(OWN).to_python()[1][0]
    assert counted == sum(bool(row[1]) for row in names[5:] if "garde" not in str(row[-1]))
