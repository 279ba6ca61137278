"""The tool's own sheets in workbooks that programs and people have changed: known, or refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest

from cedre_xlsx import api
from cedre_xlsx.ooxml.parts import Package as Parts
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.generated_sheets import (
    LASTING_KINDS,
    MEMORY_KIND,
    Knowledge,
    statistics_kind,
    who_kind,
)
from cedre_xlsx.workbook.first_rows import shown
from cedre_xlsx.workbook.package.host import Host
from cedre_xlsx.workbook.read import read_workbook
from cedre_xlsx.workbook.recognition import sheet_named_in
from cedre_xlsx.workbook.template.filling import Filling
from tests.edited_package import Element, M, Package, R, cell_at, set_text, text_of
from tests.package_checker import check_package
from tests.support import few

#: The rules about marks lost, or on other sheets.
MARKS = ("CLA15", "CLA16")
ON, LATER = date(2026, 9, 30), date(2026, 10, 1)
KINDS = (*LASTING_KINDS, statistics_kind(2026), who_kind(2026))
OURS = tuple(kind.sheet for kind in KINDS)
NOTE, REASON = "Rappeler la mairie", "Vu en équipe"

Damage = Callable[[Package], object]


@pytest.fixture(scope="module")
def new() -> bytes:
    rows = {
        "tPersonnes": [
            {"last_name": "Durand", "first_name": "Alix", "registered": date(2026, 5, 4)},
            {"last_name": "Petit", "first_name": "Lou", "registered": date(2026, 6, 1)},
        ],
        "tSuivi": [
            {"person": "Durand Alix", "dated": date(2026, 5, 4), "action": "Refaire le CV"},
        ],
    }
    return api.workbook_bytes(Filling(rows=rows))


@pytest.fixture(scope="module")
def refreshed(new: bytes, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A refreshed workbook in which a note and a justification were typed."""
    path = tmp_path_factory.mktemp("made") / "classeur.xlsx"
    path.write_bytes(new)
    api.refresh(path, on=ON)
    package = Package(path.read_bytes())
    type_in(package, "Synthèse", "K6", NOTE)
    type_in(package, "Contrôle", "I6", REASON)
    return package.save(path).read_bytes()


def row_of(package: Package, tab: str, number: int) -> Element:
    return next(row for row in package.sheet(tab).data if row.get("r") == str(number))


def type_in(package: Package, tab: str, reference: str, text: str) -> None:
    letters, number = reference[0], int(reference[1:])
    cell = cell_at(row_of(package, tab, number), letters)
    assert cell is not None
    set_text(cell, text)


# What programs and people do


def names(package: Package) -> list[Element]:
    holder = package.book.find(f"{M}definedNames")
    assert holder is not None
    return [one for one in holder if (one.get("name") or "").lower().startswith("_cedre_")]


def remove(element: Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def drop_names(package: Package) -> None:
    for one in names(package):
        remove(one)


def break_names(package: Package) -> None:
    texts = [
        "#REF!",
        '_xlfngnumeric.ERROR("#REF!")',
        "#REF!$A$1",
        "[1]Feuil1!$A$1",
        "",
        "1",
        "#NAME?",
    ]
    for one, text in zip(names(package), texts, strict=True):
        one.text = text


def names_without_cell(package: Package) -> None:
    """The first row was deleted, or the area doubled."""
    first, *others = names(package)
    first.text = f"{first.text},{first.text}"
    for one in others:
        one.text = (one.text or "").replace("$A$1", "#REF!")


def names_in_another_case(package: Package) -> None:
    for one in names(package):
        one.set("name", (one.get("name") or "").upper())
        one.text = (one.text or "").upper()


def exchange(one: str, other: str) -> Damage:
    """The contents of two tabs."""

    def damage(package: Package) -> None:
        tabs = package.tab(one), package.tab(other)
        ids = [tab.get(f"{R}id") or "" for tab in tabs]
        for tab, ident in zip(tabs, reversed(ids), strict=True):
            tab.set(f"{R}id", ident)

    return damage


def rename(tab: str, title: str, *, follow: bool = True) -> Damage:
    def damage(package: Package) -> None:
        package.tab(tab).set("name", title)
        for one in names(package) if follow else ():
            one.text = (one.text or "").replace(f"'{tab}'", f"'{title}'")

    return damage


def retitle(tab: str, text: str = "Notre tableau") -> Damage:
    return lambda package: type_in(package, tab, "A1", text)


def rename_headings(tab: str) -> Damage:
    def damage(package: Package) -> None:
        for cell in row_of(package, tab, 5):
            if len(cell):
                set_text(cell, f"Le nôtre {text_of(cell)}")

    return damage


def drop_keys(tab: str) -> Damage:
    """The last column, hidden, of every row."""

    def damage(package: Package) -> None:
        for row in package.sheet(tab).data:
            for cell in list(row):
                if re.match(r"cedre|\S+\|[0-9a-f.]+$|\S+\|garde|Clé$", text_of(cell)):
                    row.remove(cell)

    return damage


def to_range(tab: str) -> Damage:
    def damage(package: Package) -> None:
        sheet = package.sheet(tab)
        for one in list(package.xml(sheet.links) if sheet.links in package.members else ()):
            if (one.get("Type") or "").endswith("/table"):
                package.xml(sheet.links).remove(one)
        for parts in sheet.root.findall(f"{M}tableParts"):
            sheet.root.remove(parts)

    return damage


def rename_table(tab: str) -> Damage:
    def damage(package: Package) -> None:
        links = package.xml(package.sheet(tab).links)
        link = next(one for one in links if (one.get("Type") or "").endswith("/table"))
        part = f"xl/tables/{(link.get('Target') or '').rpartition('/')[2]}"
        for name in ("name", "displayName"):
            package.xml(part).set(name, f"Tableau_{tab}")

    return damage


def empty(tab: str) -> Damage:
    def damage(package: Package) -> None:
        for row in list(package.sheet(tab).data):
            package.sheet(tab).data.remove(row)
        to_range(tab)(package)

    return damage


def copy(tab: str, title: str) -> Damage:
    """As Excel duplicates a sheet: all its cells, and a local name of its own."""

    def damage(package: Package) -> None:
        part = "xl/worksheets/sheet99.xml"
        package.flush()
        package.members[part] = package.members[package.part_of(tab)]
        for child in list(package.xml(part)):
            if child.tag in (f"{M}tableParts", f"{M}drawing", f"{M}hyperlinks"):
                package.xml(part).remove(child)
        links = package.xml("xl/_rels/workbook.xml.rels")
        link = deepcopy(links[0])
        link.set("Id", "rId99")
        link.set("Type", f"{R[1:-1]}/worksheet")
        link.set("Target", "/xl/worksheets/sheet99.xml")
        links.append(link)
        types = package.xml("[Content_Types].xml")
        own = next(t for t in types if (t.get("PartName") or "").endswith("/sheet1.xml"))
        made = deepcopy(own)
        made.set("PartName", f"/{part}")
        types.append(made)
        sheet = deepcopy(package.tab(tab))
        sheet.attrib.update({"name": title, "sheetId": "99", f"{R}id": "rId99"})
        tabs = package.book.find(f"{M}sheets")
        assert tabs is not None
        tabs.append(sheet)
        for one in [one for one in names(package) if f"'{tab}'" in (one.text or "")]:
            local = deepcopy(one)
            local.set("localSheetId", str(len(tabs) - 1))
            local.text = f"'{title}'!$A$1"
            one.addnext(local)

    return damage


def all_of(*damages: Damage) -> Damage:
    def damage(package: Package) -> None:
        for one in damages:
            one(package)
            package.flush()

    return damage


def damaged(data: bytes, damage: Damage, path: Path) -> Path:
    package = Package(data)
    damage(package)
    return package.save(path)


def typed_in(path: Path) -> tuple[set[str], set[str]]:
    """The notes and the justifications that are read back."""
    records = read_workbook(path, on=LATER).records
    notes = {row.notes for row in records.synthesis.rows if row.notes}
    reasons = {row.justification for row in records.control.rows if row.justification}
    return notes, reasons


KNOWN: dict[str, tuple[Damage, tuple[str, ...]]] = {
    # what happened, and the tabs of our sheets
    "nothing": (lambda package: None, OURS),
    "names dropped": (drop_names, OURS),
    "names broken": (break_names, OURS),
    "names without a cell": (names_without_cell, OURS),
    "names in capitals": (names_in_another_case, OURS),
    "tab renamed": (rename("Synthèse", "Suivi d'équipe"), ("Suivi d'équipe", *OURS[1:])),
    "tab renamed, names dropped": (
        all_of(rename("Réunion", "Ordre du jour"), drop_names),
        ("Synthèse", "Ordre du jour", *OURS[2:]),
    ),
    "titles edited": (all_of(*map(retitle, OURS[:5])), OURS),
    "titles edited, names dropped": (all_of(*map(retitle, OURS), drop_names), OURS),
    "headings edited": (all_of(*map(rename_headings, ("Réunion", "Périodes"))), OURS),
    "keys lost": (all_of(*map(drop_keys, OURS)), OURS),
    "title edited, keys lost": (all_of(*map(retitle, OURS[:5]), *map(drop_keys, OURS[:5])), OURS),
    "tables renamed": (all_of(rename_table("Synthèse"), rename_table("Contrôle")), OURS),
    "tables become ranges": (all_of(to_range("Synthèse"), to_range("Contrôle")), OURS),
    "ranges, names dropped": (
        all_of(to_range("Synthèse"), to_range("Contrôle"), drop_names), OURS,
    ),
    "a sheet emptied": (empty("Périodes"), OURS),
    "duplicated in Excel": (copy("Synthèse", "Synthèse (2)"), OURS),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("case", KNOWN)
def test_a_sheet_of_ours_is_known_again(case: str, refreshed: bytes, tmp_path: Path) -> None:
    damage, tabs = KNOWN[case]
    path = damaged(refreshed, damage, tmp_path / "classeur.xlsx")
    before = [tab for tab, _ in tabs_of(path)]
    assert typed_in(path) == ({NOTE}, {REASON})
    api.refresh(path, on=LATER)
    assert [tab for tab, _ in tabs_of(path)] == before
    assert dict(marked(path)) == {
        kind.mark.casefold(): tab.casefold()
        for kind, tab in ((MEMORY_KIND, MEMORY_KIND.sheet), *zip(KINDS, tabs, strict=True))
    }
    assert typed_in(path) == ({NOTE}, {REASON})
    assert check_package(path.read_bytes()) == []
    assert not any(one.code in MARKS for one in api.check(path, on=LATER).findings)
    once = path.read_bytes()
    api.refresh(path, on=LATER)
    assert path.read_bytes() == once


def tabs_of(path: Path) -> list[tuple[str, str]]:
    host = Host(Parts(path.read_bytes()))
    return [(sheet.title, sheet.part) for sheet in host.sheets()]


def marked(path: Path) -> list[tuple[str, str]]:
    """What our global names point to."""
    package = Package(path.read_bytes())
    return [
        ((one.get("name") or "").casefold(), sheet_named_in(one.text or "").casefold())
        for one in names(package)
        if one.get("localSheetId") is None
    ]


REFUSED: dict[str, tuple[Damage, str, set[str]]] = {
    # what happened, what refresh says, what check finds
    "a mark on an entry sheet": (
        exchange("Réunion", "Paramètres"),
        r"« Réunion » à la place de la feuille Réunion, qui semble être dans « Paramètres »",
        {"CLA16"},
    ),
    "marks on entry sheets and a form": (
        all_of(
            exchange("Synthèse", "Suivi"),
            exchange("Contrôle", "Convention"),
            exchange("Périodes", "Listes"),
        ),
        r"« Synthèse » .*« Suivi » ; « Périodes » .*« Listes » ; « Contrôle » .*« Convention »",
        {"CLA16"},
    ),
    "two of ours exchanged": (
        exchange("Synthèse", "Contrôle"),
        r"« Synthèse » à la place .* « Contrôle » ; « Contrôle » à la place .* « Synthèse »",
        {"CLA16"},
    ),
    "the years' sheets exchanged": (
        exchange("Statistiques 2026", "Qui compte 2026"),
        r"« Statistiques 2026 » à la place .* « Qui compte 2026 » à la place",
        {"CLA16"},
    ),
    "two candidates": (
        all_of(copy("Synthèse", "Synthèse (2)"), drop_names),
        r"« Synthèse » et « Synthèse \(2\) » pour Synthèse\.",
        {"CLA15"},
    ),
    "emptied, and another one shows all": (
        all_of(copy("Synthèse", "Synthèse de mai"), empty("Synthèse")),
        r"« Synthèse » et « Synthèse de mai » pour Synthèse\. Supprimez une feuille vide",
        {"CLA15"},
    ),
    "one in doubt": (
        all_of(retitle("Réunion"), rename("Réunion", "Ordre du jour"), drop_names),
        r"« Ordre du jour » pour Réunion\.",
        {"CLA15"},
    ),
    "titles of the team's own sheets": (
        all_of(
            *map(drop_keys, OURS[:4]), *map(retitle, OURS[:4]), *map(rename_headings, OURS[:4]),
            drop_names,
        ),
        r"Les feuilles « Synthèse », « Réunion », « Périodes » et « Contrôle » existent déjà",
        {"CLA15"},  # the years' sheets are known
    ),
    "nothing hidden is left": (
        all_of(*map(drop_keys, OURS), drop_names),
        r"Les feuilles « Synthèse », « Réunion », « Périodes », « Contrôle », .* ont l'aspect .*"
        r"Reprenez une copie d'avant ; ou renommez ces feuilles \(« Synthèse ancienne »\)",
        {"CLA15"},
    ),
    "nothing hidden is left of one, nothing at all of another": (
        all_of(
            drop_keys("Synthèse"), drop_keys("Réunion"), retitle("Réunion"),
            rename_headings("Réunion"), drop_names,
        ),
        r"La feuille « Synthèse » a l'aspect de celle .* Une feuille « Réunion » existe déjà",
        {"CLA15"},
    ),
    "all at once": (
        all_of(
            exchange("Périodes", "Missions"), copy("Réunion", "Réunion de mai"),
            lambda package: remove(names(package)[1]),
        ),
        r"« Périodes » à la place .* « Réunion » et « Réunion de mai » pour Réunion\.",
        {"CLA15", "CLA16"},
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("case", few(REFUSED))
def test_what_is_in_doubt_is_refused_at_once(case: str, refreshed: bytes, tmp_path: Path) -> None:
    damage, said, codes = REFUSED[case]
    path = damaged(refreshed, damage, tmp_path / "classeur.xlsx")
    before = path.read_bytes()
    with pytest.raises(CedreError, match=said) as refusal:
        api.refresh(path, on=LATER)
    assert str(refusal.value).endswith("Rien n'est écrit.")
    found = {one.code for one in api.check(path, on=LATER).findings if one.code in MARKS}
    assert found == codes
    assert path.read_bytes() == before
    records = read_workbook(path, on=LATER).records  # what people filled is read all the same
    assert (len(records.people.rows), len(records.follow_ups.rows)) == (2, 1)


@pytest.mark.slow
def test_what_is_advised_where_nothing_hidden_is_left_works(
    refreshed: bytes, tmp_path: Path
) -> None:
    lost = all_of(*map(drop_keys, OURS), drop_names)
    path = damaged(refreshed, lost, tmp_path / "classeur.xlsx")
    found = [one for one in api.check(path, on=LATER).findings if one.code == "CLA15"]
    assert sorted(one.place.sheet for one in found) == sorted(OURS)
    assert all("sa marque et ses clés" in one.message for one in found)
    package = Package(path.read_bytes())
    for tab in OURS:
        rename(tab, f"{tab} ancienne")(package)
        for one in package.book.iter(f"{M}definedName"):  # as Excel does
            one.text = (one.text or "").replace(f"'{tab}'!", f"'{tab} ancienne'!")
    package.save(path)
    faults = set(check_package(path.read_bytes()))  # tables without the heading of their keys
    api.refresh(path, on=LATER)
    assert [one for one in api.check(path, on=LATER).findings if one.code in MARKS] == []
    assert {tab for tab, _ in tabs_of(path)} >= {*OURS, *(f"{tab} ancienne" for tab in OURS)}
    note = cell_at(row_of(Package(path.read_bytes()), "Synthèse ancienne", 6), "K")
    assert note is not None
    assert text_of(note) == NOTE
    assert not api.refresh(path, on=LATER).changed
    assert set(check_package(path.read_bytes())) <= faults


@pytest.mark.slow
@pytest.mark.parametrize("made", ["new", "refreshed"])
def test_each_sheet_that_refresh_makes_is_of_its_kind(
    made: str, request: pytest.FixtureRequest
) -> None:
    package = Package(request.getfixturevalue(made))
    drop_names(package)
    package.flush()
    kinds = KINDS if made == "refreshed" else LASTING_KINDS
    host = Host(Parts(package.save_bytes()))
    found = {one.kind.mark: (one.how, one.tab) for one in host.recognised(())}
    assert found == {kind.mark: (Knowledge.ADOPTED, kind.sheet) for kind in kinds}


@pytest.mark.parametrize(
    ("refers_to", "sheet"),
    [
        ("'Ma synthèse'!$A$1", "Ma synthèse"),
        ("Synthèse!$A$1", "Synthèse"),
        ("='L''équipe'!A1", "L'équipe"),
        ("'a!b'!$A$1", "a!b"),
        ("'Synthèse'!#REF!", "Synthèse"),
        ("'Synthèse'!$A$1,'Synthèse'!$A$1", "Synthèse"),
        ("#REF!", ""),
        ("1", ""),
        ("", ""),
    ],
)
def test_the_sheet_that_a_name_points_to(refers_to: str, sheet: str) -> None:
    assert sheet_named_in(refers_to) == sheet


#: A sheet's XML of several megabytes: whether it is empty, and which texts it shows first.
LONG_SHEETS = {
    "blank cells alone": ("", "", True),
    "a text far below": ("", '<row r="999999"><c r="A1" t="str"><v>x</v></c></row>', False),
    "a formula far below": ("", '<x:row xmlns:x="urn:x"><x:c><x:f>A1</x:f></x:c></x:row>', False),
    "a text above": ('<row r="1"><c r="A1" t="str"><v>x</v></c></row>', "", False),
}


def test_columns_written_one_by_one_hide_no_row() -> None:
    """As R openxlsx writes them: more than a megabyte before the first row."""
    columns = "".join(f'<col min="{n}" max="{n}" width="11.5707317307692" customWidth="1"/>'
                      for n in range(1, 16_385))  # fmt: skip
    row = '<row r="1"><c r="A1" t="str"><v>x</v></c></row>'
    xml = f"<worksheet><cols>{columns}</cols><sheetData>{row}</sheetData></worksheet>".encode()
    assert len(xml) > 1024**2
    assert shown("Feuille", [xml], lambda wanted: {}).rows == (("x",),)


@pytest.mark.slow
@pytest.mark.parametrize("case", few(LONG_SHEETS))
def test_a_long_sheet_is_empty_when_nothing_stands_in_it(case: str) -> None:
    above, below, is_empty = LONG_SHEETS[case]
    blank = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(2, 60_000))
    xml = f"<worksheet><sheetData>{above}{blank}{below}</sheetData></worksheet>".encode()
    for size in (1_000, 65_536, len(xml)):
        pieces = [xml[start : start + size] for start in range(0, len(xml), size)]
        found = shown("Feuille", pieces, lambda wanted: {})
        assert (found.is_empty, found.rows) == (is_empty, (("x",),) if above else ())
