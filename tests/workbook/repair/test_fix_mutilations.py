"""`fix` on every workbook of the catalogue of mutilations, messy at that: what it claims, it does.

The cells are compared by an XML parser that knows nothing of our code: every byte outside the
repaired cells is where it was.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.parsers import expat

import pytest
from lxml import etree

from cedre_xlsx.api.fixing import Fixed, find_repairs, fix
from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.rules import RULES, run
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.records import Records
from cedre_xlsx.workbook.read import Reading, read_workbook
from cedre_xlsx.workbook.repair.claims import CLAIMS, claimed
from tests.edited_package import (
    M,
    Package,
    R,
    letters_of_number,
    number_of_letters,
    set_text,
    set_value,
    text_of,
)
from tests.mutilation_groups import in_groups, named
from tests.mutilations import on_rows, on_sheets, on_storage, on_values, together
from tests.mutilations.parts import Mutilate
from tests.package_checker import check_package
from tests.small_association import clean_workbook
from tests.support import ROOT, libreoffice_converts, needs_libreoffice
from tests.workbook.read.test_mutilations import CASES, LOSSES

ON = date(2026, 9, 30)
#: Kinds of files that are read and not written: refused, and left as they are.
REFUSED: dict[Mutilate, str] = {on_storage.strict: "Strict Open XML"}
#: That of a million rows is read, which is what is long.
EVERY = tuple(dict.fromkeys(
    [one.mutilate for one in (*CASES, *LOSSES) if one.mutilate is not on_rows.style_a_million_rows]
))  # fmt: skip
#: Those that are written, four to a workbook.
TOGETHER = in_groups([one for one in EVERY if one not in REFUSED], 4)


# The mess: all that `fix` repairs, in one workbook


def erase_categories(package: Package) -> None:
    """The category of each exit, beside its motive."""
    for cell in package.sheet("Personnes").column("Catégorie de sortie"):
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)


def lose_lists(package: Package) -> None:
    """Pasting took them from three rows of Statut, and from one of Par qui."""
    sheet = package.sheet("Suivi")
    for heading, lost in (("Statut", (7, 9)), ("Par qui", (12, 12))):
        letters = sheet.headings[heading]
        for rule in sheet.root.iter(f"{M}dataValidation"):
            if (rule.get("sqref") or "").startswith(f"{letters}5:"):
                end = (rule.get("sqref") or "").partition(":")[2]
                above = f"{letters}5:{letters}{lost[0] - 1}"
                rule.set("sqref", f"{above} {letters}{lost[1] + 1}:{end}")


def overtype_personne(package: Package) -> None:
    """The name as it is, in capitals, with a civility, an error, somebody else."""
    cells = list(package.sheet("Personnes").column("Personne"))
    said = ["".join(cell.itertext(f"{M}v")) for cell in cells]
    set_text(cells[1], said[1])
    set_text(cells[2], said[2].upper())
    set_text(cells[3], f"Mme {said[3].partition(' ')[0]}")
    set_value(cells[4], "#REF!", "e")
    set_text(cells[5], "Quelqu'un d'autre")


def space_names(package: Package) -> None:
    for cell in list(package.sheet("Personnes").column("Nom"))[:6]:
        set_text(cell, f" {text_of(cell)}\u00a0")


def doubtful_dates(package: Package) -> None:
    """No year, a weekday that is not that day's, a year of the other century."""
    cells = list(package.sheet("Suivi").column("Échéance / délai"))[-3:]
    for cell, typed in zip(cells, ("02/05", "lundi 5 mai 2026", "05/05/75"), strict=True):
        set_text(cell, typed)


MESS: tuple[Mutilate, ...] = (
    on_values.type_dates_as_text, on_values.type_deadlines_as_text, on_values.shorten_statuses,
    on_values.spell_out_codes, on_values.names_in_another_order, on_values.shout_choices,
    doubtful_dates, erase_categories, lose_lists, overtype_personne, space_names,
)  # fmt: skip


@cache
def whole_example() -> bytes:
    return (ROOT / "examples/association.xlsx").read_bytes()


def mangled(path: Path, *mutilations: Mutilate) -> Path:
    wants_statistics = on_sheets.delete_what_is_not_data in mutilations
    package = Package(whole_example() if wants_statistics else clean_workbook(14))
    for mutilate in mutilations:
        mutilate(package)
    return package.save(path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "suivi d'été.xlsx"


@pytest.mark.slow
@pytest.mark.parametrize("mutilate", REFUSED, ids=lambda one: one.__name__)
def test_a_workbook_that_is_not_written_is_left(mutilate: Mutilate, path: Path) -> None:
    mangled(path, *MESS, mutilate)
    before = path.read_bytes()
    with pytest.raises(CedreError, match=REFUSED[mutilate]):
        fix(path, on=ON)
    assert path.read_bytes() == before


@pytest.mark.slow
@pytest.mark.parametrize("group", TOGETHER, ids=named)
def test_a_mutilated_workbook(group: tuple[Mutilate, ...], path: Path) -> None:
    mangled(path, *MESS, *group)
    before = path.read_bytes()
    records = read_workbook(path, on=ON).records
    done = fix(path, on=ON)
    after = path.read_bytes()
    assert len(done.made) + len(done.left) > 50
    reading = read_workbook(path, on=ON)
    assert what_is_not_done(reading, done) == []
    assert what_moved(before, after, done) == []
    assert differences(records, reading.records, done) == []
    again = fix(path, on=ON)
    assert (again.made, again.left, again.unsure) == ((), done.left, done.unsure)
    assert path.read_bytes() == after


def what_is_not_done(reading: Reading, done: Fixed) -> list[str]:
    """The findings that `fix` undertakes to repair, still there, and not said to be left."""
    said = {(one.repair.sheet, one.repair.cell) for one in done.left}
    whole = {(one.repair.sheet, one.repair.loss.code) for one in done.left if one.repair.loss}
    said |= {(one.place.sheet, one.place.cell) for one in done.unsure}
    return [
        f"{one.code} {one.place.sheet}!{one.place.cell} {one.message}"
        for one in claimed(run(reading.records, reading.problems, on=ON))
        if (one.place.sheet, one.place.cell) not in said
        and (one.place.sheet, one.code) not in whole
    ]


# What moved in the file, by two parsers


def what_moved(before: bytes, after: bytes, done: Fixed) -> list[str]:
    """Everything that differs and is no repair."""
    if not done.made:
        return [] if before == after else ["the file was written for nothing"]
    old, new = zipfile.ZipFile(BytesIO(before)), zipfile.ZipFile(BytesIO(after))
    tables = any(one.loss and one.loss.code in OF_TABLES for one in done.made)
    added = set(new.namelist()) - set(old.namelist())
    if not set(old.namelist()) <= set(new.namelist()) or (added and not tables):
        return ["other parts"]
    sheets = {part: title for title, part in parts_of_sheets(old)}
    moved = []
    for name in old.namelist():
        one, other = old.read(name), new.read(name)
        if one == other:
            continue
        if name in sheets:
            moved += what_moved_in_a_sheet(one, other, done, sheets[name])
        elif tables and (name.startswith(("xl/tables/", "[")) or name.endswith(".xml.rels")):
            continue
        elif name.endswith("workbook.xml"):
            moved += [] if without_recalculation(one) == without_recalculation(other) else [name]
        elif name.endswith("styles.xml"):
            moved += [] if only_styles_at_the_end(one, other) else [name]
        else:
            moved.append(name)
    return moved


#: The losses that change tables, and what they all may change around the cells.
OF_TABLES = frozenset({"LEC02", "CLA09", "CLA10"})
AROUND = frozenset({"dataValidations", "conditionalFormatting", "sheetProtection", "tableParts"})


def parts_of_sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    names = {name.replace("\\", "/").casefold(): name for name in archive.namelist()}
    links = etree.fromstring(archive.read(names["xl/_rels/workbook.xml.rels"]))
    targets = {one.get("Id"): (one.get("Target") or "").replace("\\", "/") for one in links}
    book = etree.fromstring(archive.read(names["xl/workbook.xml"]))
    for sheet in book.iter(f"{M}sheet"):
        target = targets[sheet.get(f"{R}id")]
        whole = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        yield sheet.get("name") or "", names[whole.casefold()]


def what_moved_in_a_sheet(before: bytes, after: bytes, done: Fixed, title: str) -> list[str]:
    made = [one for one in done.made if one.sheet == title]
    cells = {one.cell for one in made if not one.lists and not one.loss}
    lists = any(one.lists for one in made)
    losses = [one.loss for one in made if one.loss]
    for loss in losses:
        column = loss.table.columns.get("typed_person", 0) if loss.table else 0
        cells |= {f"{letters_of_number(column)}{row}" for row in loss.rows}
    old, new = (Spans(xml, cells, lists, around=bool(losses)) for xml in (before, after))
    moved = [f"{title}: not written: {cells - new.found}"] if cells - new.found else []
    moved += [f"{title}: bytes outside the cells"] if old.rest != new.rest else []
    return moved + [
        f"{title}!{address}" for address in old.others if old.others[address] != new.others[address]
    ]


class Spans:
    """A sheet's bytes without some cells (and the addresses of its lists), as expat sees them."""

    def __init__(self, xml: bytes, cells: set[str], lists: bool, *, around: bool) -> None:
        self.others: dict[str, bytes] = {}
        self.found: set[str] = set()
        self._xml, self._cells, self._cuts = xml, cells, list[tuple[int, int]]()
        self._row = self._column = self._start = 0
        self._open = ""
        self._around = AROUND if around else frozenset()
        parser = expat.ParserCreate(namespace_separator="|")
        parser.StartElementHandler = lambda name, of: self._starts(parser, name, of, lists)
        parser.EndElementHandler = lambda name: self._ends(parser, name)
        parser.Parse(xml, True)
        pieces, position = [], 0
        for start, end in self._cuts:
            pieces.append(xml[position:start])
            position = end
        self.rest = b"".join([*pieces, xml[position:]])

    def _starts(self, parser: Any, name: str, of: dict[str, str], lists: bool) -> None:
        match name.rpartition("|")[2]:
            case "row":
                self._row = int(of.get("r") or self._row + 1)
                self._column = 0
            case "c":
                said = (of.get("r") or "").rstrip("0123456789")
                self._column = number_of_letters(said) if said else self._column + 1
                self._open = f"{letters_of_number(self._column)}{self._row}"
                self._start = parser.CurrentByteIndex
            case other if other in self._around:
                self._start = parser.CurrentByteIndex
            case "dataValidation" if lists and of.get("type") == "list":
                start = parser.CurrentByteIndex
                self._cuts.append((start, self._xml.index(b">", start)))

    def _ends(self, parser: Any, name: str) -> None:
        end = parser.CurrentByteIndex
        if name.rpartition("|")[2] in self._around:
            closing = self._xml.index(b">", end) + 1 if self._xml.startswith(b"</", end) else end
            self._cuts.append((self._start, closing))
        if name.rpartition("|")[2] != "c":
            return
        if self._xml.startswith(b"</", end):  # else the tag closed itself
            end = self._xml.index(b">", end) + 1
        if self._open in self._cells:
            self.found.add(self._open)
            self._cuts.append((self._start, end))
        else:
            self.others[self._open] = self._xml[self._start : end]


def without_recalculation(xml: bytes) -> bytes:
    root = etree.fromstring(xml)
    for one in root.iter(f"{M}calcPr"):
        one.attrib.pop("fullCalcOnLoad", None)
    return bytes(etree.tostring(root, method="c14n"))


def only_styles_at_the_end(before: bytes, after: bytes) -> bool:
    old, new = etree.fromstring(before), etree.fromstring(after)
    formats, more = old.find(f"{M}cellXfs"), new.find(f"{M}cellXfs")
    assert formats is not None
    assert more is not None
    for one in more[len(formats) :]:
        more.remove(one)
    formats.attrib.pop("count", None)
    more.attrib.pop("count", None)
    return etree.tostring(old, method="c14n") == etree.tostring(new, method="c14n")


# What the records say


def differences(before: Records, after: Records, done: Fixed) -> list[str]:
    """What the records say otherwise: a repaired cell means the same, but for a category."""
    categories = {
        int(one.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        for one in done.made
        if one.why.startswith("d'après le motif")
    }
    told = []
    for name in ("people", "follow_ups", "engagements", "missions", "barriers"):
        one, other = getattr(before, name).rows, getattr(after, name).rows
        if len(one) != len(other):
            told.append(f"{name}: {len(one)} rows, then {len(other)}")
        for old, new in zip(one, other, strict=False):
            for field in type(old).model_fields:
                if field in ("typed_person", "unreadable") or (
                    field == "exit_category" and old.row in categories and old.exit_category is None
                ):
                    continue
                was, is_now = meaning(getattr(old, field)), meaning(getattr(new, field))
                if field == "person":
                    was, is_now = before.canonical_name(was), after.canonical_name(is_now)
                if was != is_now:
                    told.append(f"{name} {old.row} {field}: {was!r}, then {is_now!r}")
    return told


def meaning(value: Any) -> Any:
    is_one_date = isinstance(value, Deadline) and value.day is not None
    return replace(value, text="") if isinstance(value, DatedText) or is_one_date else value


# What is claimed, and what is said


def test_what_is_claimed_are_rules() -> None:
    assert {claim.code for claim in CLAIMS} <= {rule.code for rule in RULES}


@pytest.mark.slow
def test_what_is_left_is_said_with_what_to_do(path: Path) -> None:
    mangled(path, *MESS)
    lines = find_repairs(path, on=ON).left_lines
    assert len(lines) == 3
    assert any(re.search(r"Personnes!D10 Personne : « Quelqu'un d'autre »", one) for one in lines)
    for typed, advice in (
        ("02/05", "Retapez la date"), ("lundi 5 mai 2026", "Corrigez le jour ou la date"),
    ):  # fmt: skip
        assert any(f"« {typed} »" in one and advice in one for one in lines), typed
    assert not any("05/05/75" in one for one in lines)  # in 1975: another rule says it alone


@needs_libreoffice
def test_libreoffice_opens_what_was_repaired(tmp_path: Path) -> None:
    groups = (
        (together.a_year,),
        (on_storage.share_strings,),
        (on_values.switch_to_1904, on_storage.prefixes),
    )
    paths = [mangled(tmp_path / f"{named(one)}.xlsx", *MESS, *one) for one in groups]
    for path in paths:
        fix(path, on=ON)
    made = libreoffice_converts(paths, "xlsx", tmp_path / "lo")
    for path, converted in zip(paths, made, strict=True):
        before, saved = (read_workbook(one, on=ON).records for one in (path, converted))
        people, days = before.people.rows, before.follow_ups.rows
        assert [row.person for row in saved.people.rows] == [row.person for row in people]
        assert [row.day for row in saved.follow_ups.rows] == [row.day for row in days], path.stem


@pytest.mark.slow
def test_the_repaired_workbook_is_sound_for_excel(path: Path) -> None:
    mangled(path, *MESS)
    faults = check_package(path.read_bytes())
    fix(path, on=ON)
    assert check_package(path.read_bytes()) == faults
