"""From a file to raw cells: its kind, its safety, its extent, then calamine."""

from __future__ import annotations

import zipfile
from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from cedre_xlsx.files.protection import digest_on_disk
from cedre_xlsx.method.text import word_key
from cedre_xlsx.ooxml.extent import MOST_CELLS, ClosedUp, close_up, proved_box
from cedre_xlsx.ooxml.members import File, OpenZip
from cedre_xlsx.ooxml.merged import merged_areas
from cedre_xlsx.ooxml.safety import damaged, open_package, oversized, read_member
from cedre_xlsx.ooxml.texts import MOST_TEXT, TextBudget
from cedre_xlsx.schema import tables as t
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.generated_sheets import (
    FUSION_KIND,
    LASTING_KINDS,
    MEMORY_KIND,
    OLD_NOTES_KIND,
)
from cedre_xlsx.schema.state import Area, SheetState
from cedre_xlsx.workbook.read.beside import Places, lacking_values, values_beside
from cedre_xlsx.workbook.read.formats import (
    Storage,
    container_of,
    read_bytes,
    refuse_unless_zip,
)
from cedre_xlsx.workbook.read.parsers import (
    MAIN,
    STRINGS,
    Parsers,
    calamine_gives,
    grid_of,
    load,
)
from cedre_xlsx.workbook.read.parts import ReadPackage, ReadSheet, read_parts
from cedre_xlsx.workbook.read.raw import Cell, Grid, Laid, RawSheet, RawWorkbook
from cedre_xlsx.workbook.read.repair import mended_sheet, repaired, with_blanks
from cedre_xlsx.workbook.read.state import sheet_state
from cedre_xlsx.workbook.recognition import recognise, shown_in

#: What calamine reads besides the sheets: verified before it does.
_SHARED = ("xl/styles.xml", "[Content_Types].xml")
_READ_BACK = frozenset(
    kind.mark for kind in (*LASTING_KINDS, OLD_NOTES_KIND, FUSION_KIND, MEMORY_KIND)
)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a sheet's XML tells and calamine does not."""

    values: list[tuple[int, int, Cell]]
    state: SheetState | None = None
    lacking: Places = field(default_factory=dict)
    merged: tuple[Area, ...] = ()


#: Which sheets of a foreign workbook are read, of all that it has.
Choose = Callable[[Sequence[str]], Collection[str]]


def read_raw_workbook(path: Path) -> tuple[RawWorkbook, str]:
    """The raw cells of a file, and its SHA-256 on the disk. CedreError when it cannot be read."""
    data = read_bytes(path)
    return raw_workbook(data, path), digest_on_disk(data)


def open_file(data: bytes, path: Path) -> OpenZip:
    """The bytes of a file once they are opened, safe to inflate; CedreError, which says what else
    they are, when they are no workbook, damaged, or made to do harm.
    """
    refuse_unless_zip(data, path)
    return open_package(data, path)


def raw_workbook(file: File, path: Path, choose: Choose | None = None) -> RawWorkbook:
    """The raw cells of a file; `path` is what CedreError names when they cannot be read.

    With `choose`, it is none of ours: the sheets chosen are read alike, with their merged areas,
    and nothing is looked for that only our sheets have.
    """
    package = file if isinstance(file, OpenZip) else open_file(file, path)
    names = package.archive.namelist()
    mimetype = read_member(package, "mimetype", path)
    manifest = read_member(package, "META-INF/manifest.xml", path) if mimetype else bytearray()
    if container_of(names, mimetype, manifest, path) is Storage.OPEN_DOCUMENT:
        return _open_document(package, path, choose)
    return _excel(ReadPackage(package, path), choose)


def _open_document(package: OpenZip, path: Path, choose: Choose | None) -> RawWorkbook:
    from cedre_xlsx.workbook.read.open_document import read_sheets

    content = read_member(package, "content.xml", path)
    read = read_sheets(content, path)
    if choose is not None:
        chosen = choose([one.name for one in read])
        there = [one for one in read if one.name in chosen]
        return RawWorkbook(tuple(RawSheet(o.name, o.laid, merged=o.merged) for o in there))
    sheets = {one.name: RawSheet(one.name, one.laid) for one in read}
    # Its marks are not read, and nothing is written there: what is not sure needs not be said.
    known = recognise(list(sheets), {}, lambda tab: shown_in(tab, sheets[tab].grid))
    for one in known:
        if one.tab:
            sheets[one.tab].generated_as = one.kind.mark
    return RawWorkbook(tuple(sheets.values()))


def _excel(package: ReadPackage, choose: Choose | None) -> RawWorkbook:
    path, data = package.path, package.file.data
    parts = read_parts(package)
    if package.member(MAIN) is None or parts.main.casefold() != MAIN:
        raise CedreError(
            f"{path} : le classeur est rangé d'une façon inhabituelle. Enregistrez-le à nouveau "
            "dans Excel ou LibreOffice."
        )
    for part in _SHARED:
        package.read(part)
    if package.size(STRINGS) > MOST_TEXT:
        raise oversized(path)
    strings = package.read(STRINGS)
    texts, spaced = TextBudget(strings, path), with_blanks(strings)
    if spaced is not None:
        data = _repacked(package, {STRINGS: spaced})
        package = ReadPackage(open_package(data, path), path)
    del strings, spaced  # as large as all texts together
    if choose is None:
        wanted, see = [one for one in parts.sheets if _may_hold_rows(one)], _seen
    else:
        chosen = choose([one.name for one in parts.sheets])
        wanted, see = [one for one in parts.sheets if one.name in chosen], _seen_in_foreign
    sheets = tuple(_sheets(data, package, wanted, texts, see))
    return RawWorkbook(sheets, parts.date1904, parts.recognised, parts.state)


def _seen(xml: bytearray, sheet: ReadSheet) -> _Seen:
    state = sheet_state(xml, with_formulas=_may_compute(sheet))
    lacking = lacking_values(xml) if _may_be_typed_in(sheet) else {}
    return _Seen(values_beside(xml), state, lacking)


def _seen_in_foreign(xml: bytearray, sheet: ReadSheet) -> _Seen:
    return _Seen(values_beside(xml), merged=merged_areas(xml))


@dataclass(frozen=True, slots=True)
class _Judged:
    """A sheet whose cells take `box` places once laid out; `changed` is parsed in its place."""

    box: int
    closed: ClosedUp | None = None
    changed: bytes | None = None


def _judged(xml: bytearray, sheet: ReadSheet, path: Path, most: int, strings: int) -> _Judged:
    """Prove that a sheet may be parsed, or make it so; CedreError when it cannot be."""
    if b"\0" in xml[:64]:  # UTF-16, which no program writes here: it would hide its cells
        raise damaged(path)
    box = proved_box(xml, most)
    if box is not None:
        return _Judged(box, changed=mended_sheet(xml, strings))
    closed = _closed_up(xml, sheet, path, most)
    return _Judged(len(closed.rows) * len(closed.columns), closed, repaired(closed.xml, strings))


def _sheets(
    data: bytes,
    package: ReadPackage,
    wanted: list[ReadSheet],
    texts: TextBudget,
    see: Callable[[bytearray, ReadSheet], _Seen],
) -> list[RawSheet]:
    """The sheets in their order. While some are parsed, the next is proved to be safe."""
    path = package.path
    parsers = Parsers(data, package, len(wanted))
    judged: dict[str, _Judged] = {}
    grids: dict[str, Future[Any]] = {}
    seen: dict[str, _Seen] = {}
    left = MOST_CELLS
    try:
        for one in sorted(wanted, key=lambda one: package.size(one.part), reverse=True):
            xml = package.read(one.part)
            texts.spend(xml)
            judged[one.part] = _judged(xml, one, path, left, texts.count)
            left -= judged[one.part].box
            if judged[one.part].changed is None:
                grids[one.part] = parsers.parse(one, xml)
            seen[one.part] = see(xml, one)
            del xml  # as large as everything else together
        changed = {part: one.changed for part, one in judged.items() if one.changed is not None}
        if changed:
            book = calamine_gives(lambda: load(_repacked(package, changed)), path)
            grids.update((o.part, parsers.parse_in(book, o)) for o in wanted if o.part in changed)
    finally:
        parsers.close()
    return [
        RawSheet(
            one.name,
            partial(
                _lay, data, path, one, grids[one.part], judged[one.part].closed, seen[one.part]
            ),
            one.tables,
            one.mark,
            seen[one.part].state,
            seen[one.part].lacking,
            seen[one.part].merged,
        )
        for one in wanted
    ]


def _lay(
    data: bytes,
    path: Path,
    sheet: ReadSheet,
    parsed: Future[Any],
    closed: ClosedUp | None,
    seen: _Seen,
) -> Laid:
    """The cells of a sheet once parsed; those that calamine refuses are mended first."""
    grid = (
        calamine_gives(parsed.result, path)
        if parsed.exception() is None or closed is not None
        else _mended(data, path, sheet)
    )
    laid = Laid(grid, closed.rows, closed.columns) if closed else Laid.of(grid)
    return _with_values(laid, seen.values, closed_up=closed is not None)


def _mended(data: bytes, path: Path, sheet: ReadSheet) -> Grid:
    """The cells of a sheet that calamine refuses as it is."""
    package = ReadPackage(open_package(data, path), path)
    strings = TextBudget(package.read(STRINGS), path).count
    mended = _repacked(package, {sheet.part: repaired(package.read(sheet.part), strings)})
    grid: Grid = calamine_gives(lambda: grid_of(load(mended), sheet.name), path)
    return grid


def _closed_up(xml: bytearray, sheet: ReadSheet, path: Path, most: int) -> ClosedUp:
    closed = close_up(xml, most)
    if closed is None:
        raise CedreError(
            f"{path} : la feuille {sheet.name} s'étend trop loin pour être lue. Supprimez ses "
            "lignes et colonnes vides, puis enregistrez."
        )
    return closed


def _may_compute(sheet: ReadSheet) -> bool:
    """Whether it may be Personnes, whose names are computed in their cells, or a form."""
    wanted, name = t.PEOPLE.table.casefold(), word_key(sheet.name)
    return (
        word_key(t.PEOPLE.sheet) in name
        or name in map(word_key, t.COMPUTED_SHEETS)
        or any(table.name.casefold() == wanted for table in sheet.tables)
    )


def _may_be_typed_in(sheet: ReadSheet) -> bool:
    """Not the sheet of the lists: thousands of formulas of ours."""
    return word_key(sheet.name) != word_key(t.LISTS_SHEET)


def _may_hold_rows(sheet: ReadSheet) -> bool:
    """Of the sheets that `refresh` makes, all but those of a year: nothing is read back there."""
    return not sheet.mark or sheet.mark in _READ_BACK


def _with_values(laid: Laid, values: list[tuple[int, int, Cell]], *, closed_up: bool) -> Laid:
    """What was read beside, where calamine leaves something else; the grid as large as it takes."""
    if not values:
        return laid
    grid = laid.grid
    for row, column, value in values:
        if closed_up and (row not in laid.rows or column not in laid.columns):
            continue
        i = bisect_left(laid.rows, row) if closed_up else row - 1
        j = bisect_left(laid.columns, column) if closed_up else column - 1
        grid.extend([] for _ in range(i + 1 - len(grid)))
        grid[i].extend([""] * (j + 1 - len(grid[i])))
        grid[i][j] = value
    return laid if closed_up else Laid.of(grid)


def _repacked(package: ReadPackage, changed: Mapping[str, bytes]) -> bytes:
    """The package in memory with the XML of some sheets changed."""
    replaced = {package.member(part): xml for part, xml in changed.items()}
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as copy:
        archive = package.file.archive
        for name in archive.namelist():
            copy.writestr(name, replaced[name] if name in replaced else archive.read(name))
    return made.getvalue()
