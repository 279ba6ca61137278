"""Putting generated sheets into a living package: every other part keeps its bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from os.path import commonprefix
from pathlib import Path

from lxml import etree

from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.generated import GeneratedSheet, Stretch
from cedre_xlsx.workbook.package.drawings import replace_charts
from cedre_xlsx.workbook.package.host import Host, HostSheet
from cedre_xlsx.workbook.package.old_sheet import OldSheet, OldTable
from cedre_xlsx.workbook.package.parts import MAIN, REL, Package, Relations, new_root
from cedre_xlsx.workbook.package.refusals import refuse_unspliceable
from cedre_xlsx.workbook.package.scaffold import Drawn, Scaffold, scaffold_of
from cedre_xlsx.workbook.package.sheet_part import SheetPart
from cedre_xlsx.workbook.package.sheet_rows import SheetRows, sheet_rows
from cedre_xlsx.workbook.package.style_table import StyleTable
from cedre_xlsx.workbook.package.table_part import TABLE_TYPE, table_root

_STYLES = "xl/styles.xml"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


@dataclass(frozen=True, slots=True)
class SpliceResult:
    """The whole file, and what could not be written as it was (French sentences)."""

    data: bytes
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a sheet goes: its place in the host, and the part that it replaces, if any."""

    sheet: GeneratedSheet
    place: HostSheet
    is_new: bool


def examine(data: bytes, path: Path) -> None:
    """Raise CedreError, before any work, for a file that a splice would break."""
    refuse_unspliceable(data, path)


def splice(
    data: bytes,
    sheets: Sequence[GeneratedSheet],
    *,
    before: str = "",
    on: date | None = None,
) -> SpliceResult:
    """The package with these sheets, each in the place of the one that carries its mark.

    A sheet that is not there yet comes after the one before it in `sheets`, else before the
    sheet `before`, else last. What people added to a replaced sheet stays; what they typed over
    our cells is kept at its bottom, with the date `on`, and said. All other parts are copied as
    they are. Raises CedreError when a user's own sheet has a title that we need, and for a
    damaged part.
    """
    host = Host(Package(data))
    targets = _targets(host, sheets, before)
    scaffold = scaffold_of(sheets, [target.place.title for target in targets])
    styles_part, styles_root = _styles(host)
    styles = StyleTable(styles_root, scaffold.styles)
    notes: list[str] = []
    has_formulas = False
    for target, drawn in zip(targets, scaffold.sheets, strict=True):
        rows = _replace(host, target, drawn, scaffold, styles, on)
        title = target.place.title
        notes += rows.written.notes()
        notes += (f"{title} : {typed.sentence}" for typed in rows.typed)
        has_formulas |= rows.has_formulas
        host.set_mark(target.sheet.mark, target.place.title)
        names = {name: scaffold.in_host(refers_to) for name, refers_to in drawn.names.items()}
        host.set_local_names(target.place.title, names)
    host.drop_calculation_chain()
    if has_formulas or _is_read_elsewhere(host, targets):
        host.ask_for_calculation()
    host.package.write_xml(styles_part, styles_root)
    host.save()
    return SpliceResult(host.package.data(), tuple(notes))


def _targets(host: Host, sheets: Sequence[GeneratedSheet], before: str) -> list[_Target]:
    """Each sheet's place; every conflict of titles is found before anything is made."""
    targets = []
    previous = ""
    for sheet in sheets:
        place = host.marked(sheet.mark)
        is_new = place is None
        if place is None:
            place = host.add_sheet(sheet.title, previous, before)
        elif place.part not in host.package:
            raise CedreError(
                f"La feuille « {place.title} » manque dans le fichier, qui est abîmé ; rien n'est "
                "écrit. Ouvrez-le dans Excel, qui peut le réparer, puis enregistrez-le."
            )
        targets.append(_Target(sheet, place, is_new))
        previous = place.title
    return targets


def _styles(host: Host) -> tuple[str, etree._Element]:
    """The host's styles, made where it has none."""
    related = host.related("styles")
    if related is not None:
        return related.target, host.package.root(related.target)
    part = host.package.free_name(_STYLES.replace("styles", "styles{}"))
    host.types.set(part, _STYLES_TYPE)
    host.relations.add(f"{REL}/styles", part)
    return part, new_root(MAIN, "styleSheet")


def _replace(
    host: Host,
    target: _Target,
    drawn: Drawn,
    scaffold: Scaffold,
    styles: StyleTable,
    on: date | None,
) -> SheetRows:
    """Write one sheet with its table and its charts."""
    part = target.place.part
    old = None if target.is_new else OldSheet(host, part)
    rows = sheet_rows(
        target.sheet,
        drawn,
        scaffold,
        styles,
        old,
        title=target.place.title,
        date1904=host.date1904,
        on=on,
    )
    titles = [sheet.title for sheet in host.sheets()]
    made = SheetPart(scaffold.package.root(drawn.part), old, rows, styles, titles)
    relations = Relations(host.package, part)
    made.fill()
    made.put_drawing(replace_charts(host, relations, scaffold, drawn))
    if target.sheet.table is not None:
        _put_table(host, target.sheet, made, relations, old, rows)
    _put_stretches(host, target.sheet, made, relations, old, rows)
    host.package.write(part, made.content())
    relations.save()
    return rows


def _put_table(
    host: Host,
    sheet: GeneratedSheet,
    made: SheetPart,
    relations: Relations,
    old: OldSheet | None,
    rows: SheetRows,
) -> None:
    assert sheet.table is not None
    headings = tuple(column.header for column in sheet.table.columns.values())
    former: OldTable | None = old.table(headings) if old is not None else None
    place = Stretch(sheet.table.table, headings, sheet.first_row - 1, sheet.last_row)
    root = table_root(host, place, former, rows.extras)
    made.put_tables([_related_table(host, relations, root, former)])


def _put_stretches(
    host: Host,
    sheet: GeneratedSheet,
    made: SheetPart,
    relations: Relations,
    old: OldSheet | None,
    rows: SheetRows,
) -> None:
    """A table over each stretch; of the tables that stood on our columns, the others go."""
    if sheet.table is not None:
        return
    formers = {} if old is None else {t.name: t for t in old.tables() if t.is_within(rows.width)}
    tables = list(sheet.tables)
    kept = {one.name.casefold() for one in tables}
    gone = [former for name, former in formers.items() if name not in kept]
    for former in gone:
        relations.remove(former.relation.id)
        host.package.delete(former.relation.target)
        host.types.remove(former.relation.target)
    added = []
    for one in tables:
        former_table = formers.get(one.name.casefold())
        root = table_root(host, one, former_table)
        added.append(_related_table(host, relations, root, former_table))
        relations.save()  # so that the next one takes another id
    made.put_tables(added, [former.relation.id for former in gone])


def _related_table(
    host: Host, relations: Relations, root: etree._Element, former: OldTable | None
) -> str:
    """Write the part of a table; gives the id of its relationship."""
    part = former.relation.target if former else host.package.free_name("xl/tables/table{}.xml")
    host.package.write_xml(part, root)
    host.types.set(part, TABLE_TYPE)
    return former.relation.id if former else relations.add(f"{REL}/table", part)


def _is_read_elsewhere(host: Host, targets: Sequence[_Target]) -> bool:
    """Whether a formula of another sheet may read one of ours: that part holds its title."""
    ours = {target.place.part for target in targets}
    titles = [_in_xml(target.place.title) for target in targets]
    titles += [t.sheet.table.table.encode() for t in targets if t.sheet.table is not None]
    titles += [
        commonprefix([one.name for one in t.sheet.stretches]).encode()  # noqa: RUF071 (names)
        for t in targets
        if t.sheet.stretches
    ]
    others = (
        sheet.part
        for sheet in host.sheets()
        if sheet.is_worksheet and sheet.part not in ours and sheet.part in host.package
    )
    return any(host.package.holds_any(part, titles) for part in others)


def _in_xml(title: str) -> bytes:
    """A title as the formulas of a part hold it."""
    return title.replace("'", "''").replace("&", "&amp;").replace("<", "&lt;").encode()
