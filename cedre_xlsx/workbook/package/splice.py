"""Putting generated sheets into a living package: every other part keeps its bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from os.path import commonprefix

from lxml import etree

from cedre_xlsx.ooxml.areas import MAX_ROW, Area
from cedre_xlsx.ooxml.parts import (
    MAIN,
    REL,
    Package,
    Relations,
    drop_attributes,
    new_root,
)
from cedre_xlsx.ooxml.style_table import StyleTable
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.generated_sheets import RENAME_PREFIX, GeneratedKind, kind_of
from cedre_xlsx.workbook.generated import Ageing, GeneratedSheet, Stretch
from cedre_xlsx.workbook.package.carried import shifted
from cedre_xlsx.workbook.package.comments import marked_rows, move_comments
from cedre_xlsx.workbook.package.drawings import delete_unreachable, replace_charts
from cedre_xlsx.workbook.package.host import Host, HostSheet
from cedre_xlsx.workbook.package.making import SheetRows
from cedre_xlsx.workbook.package.old_notes import OldNotes
from cedre_xlsx.workbook.package.old_sheet import OldSheet
from cedre_xlsx.workbook.package.old_tables import OldTable
from cedre_xlsx.workbook.package.places import known_places
from cedre_xlsx.workbook.package.scaffold import Drawn, Scaffold, scaffold_of
from cedre_xlsx.workbook.package.sheet_part import SheetPart
from cedre_xlsx.workbook.package.sheet_rows import sheet_rows
from cedre_xlsx.workbook.package.stale import Kept, drop_stale_values
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


def splice(
    package: Package,
    sheets: Sequence[GeneratedSheet],
    *,
    before: str = "",
    on: date | None = None,
    ageing: Ageing | None = None,
    kept: Kept | None = None,
) -> SpliceResult:
    """The package with these sheets, each in the place of the one that carries its mark.

    A sheet that is not there yet comes before the sheet `before`, else last. What people added to
    a replaced sheet stays; what they typed over our cells is kept at its bottom, with the date
    `on`, and said; with `ageing`, what is kept there for long goes to its own sheet. All other
    parts are copied as they are, but for the values of formulas that read a sheet which has
    changed: they go, but where they are `kept` (by title of sheet). Raises CedreError when a
    user's own sheet has a title that we need, and for a damaged part. The package is changed, and
    of no use afterwards.
    """
    host = Host(package)
    targets = _targets(host, sheets, before)
    scaffold = scaffold_of(sheets, [target.place.title for target in targets])
    styles_part, styles_root = _styles(host)
    styles = StyleTable(styles_root, scaffold.styles)
    notes: list[str] = []
    has_formulas = False
    old_notes = None if ageing is None or on is None else OldNotes(host, ageing, on)
    ours: dict[str, Sequence[Area]] = {}
    changed = []
    for target, drawn in zip(targets, scaffold.sheets, strict=True):
        title, part = target.place.title, target.place.part
        before_it = host.package.checksum(part)
        rows = _replace(host, target, drawn, scaffold, styles, on, old_notes)
        if host.package.checksum(part) != before_it:
            changed.append(title)
        ours[title] = (Area(1, 1, MAX_ROW, rows.width),)
        notes += rows.written.notes()
        notes += (f"{title} : {sentence}" for sentence in rows.said)
        has_formulas |= rows.has_formulas
        host.set_mark(target.sheet.mark, target.place.title)
        if target.sheet.hidden:
            host.hide(title)  # some programs show every sheet
        names = {name: scaffold.in_host(refers_to) for name, refers_to in drawn.names.items()}
        host.set_local_names(target.place.title, names)
    if old_notes is not None:
        notes += old_notes.said
        place = old_notes.write(styles_root)
        if place is not None:
            targets.append(_Target(old_notes.ageing.home, place, is_new=False))
    host.forget(RENAME_PREFIX)
    for hidden in filter(None, (sheet.hidden_names for sheet in sheets)):
        host.forget(hidden.prefix, but=hidden.names)
        for name, refers_to in hidden.names.items():
            host.define(name, refers_to, hidden=True)
    host.drop_calculation_chain()
    if changed:
        stay = drop_stale_values(host, changed, {**(kept or {}), **ours})
        notes += (_stale(title, count) for title, count in stay.items() if title not in ours)
    if has_formulas or _is_read_elsewhere(host, targets):
        host.ask_for_calculation()
    host.package.write_xml(styles_part, styles_root)
    host.save()
    return SpliceResult(host.package.data(), tuple(notes))


def _targets(host: Host, sheets: Sequence[GeneratedSheet], before: str) -> list[_Target]:
    """Each sheet's place; whatever is in doubt is refused before anything is made."""
    kinds = [kind_of(sheet.mark) or GeneratedKind(sheet.mark, sheet.title) for sheet in sheets]
    places = known_places(host, kinds)
    targets = []
    for sheet in sheets:
        place = places.get(sheet.mark)
        is_new = place is None
        if place is None:
            place = host.add_sheet(sheet.title, "" if sheet.hidden else before, hidden=sheet.hidden)
        elif place.part not in host.package:
            raise CedreError(
                f"La feuille « {place.title} » manque dans le fichier, qui est abîmé ; rien n'est "
                "écrit. Ouvrez-le dans Excel, qui peut le réparer, puis enregistrez-le."
            )
        targets.append(_Target(sheet, place, is_new))
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
    old_notes: OldNotes | None,
) -> SheetRows:
    """Write one sheet with its table and its charts."""
    part, sheet = target.place.part, target.sheet
    old = None if target.is_new else OldSheet(host, part)
    if old is not None and sheet.hidden:
        _forget_lines(old, sheet)
    elif old is not None and old_notes is not None:
        sheet = old_notes.take(old, sheet, target.place.title)
    rows = sheet_rows(
        sheet,
        drawn,
        scaffold,
        styles,
        old,
        title=target.place.title,
        date1904=host.date1904,
        on=on,
        marked=set() if old is None else marked_rows(old),
    )
    titles = [sheet.title for sheet in host.sheets()]
    made = SheetPart(scaffold.package.root(drawn.part), old, rows, styles, titles)
    relations = Relations(host.package, part)
    made.fill()
    made.put_drawing(replace_charts(host, relations, scaffold, drawn))
    _put_tables(host, sheet, made, relations, old, rows)
    if old is not None:
        move_comments(host, relations, rows.place)
    host.package.write(part, made.content())
    relations.save()
    return rows


def _forget_lines(old: OldSheet, sheet: GeneratedSheet) -> None:
    """Have a hidden sheet begin anew: nothing under its headings is anybody's typing, nor is it
    the one that is looked at.
    """
    for view in old.root.iterfind(f"{{{MAIN}}}sheetViews/{{{MAIN}}}sheetView"):
        drop_attributes(view, "tabSelected")
    headings = [column.header for column in sheet.table.columns.values()] if sheet.table else []
    lines = old.lines(headings)
    first = lines.header_row + 1 if lines is not None else sheet.first_row
    old.forget([number for number in old.cells if number >= first])


def _put_tables(
    host: Host,
    sheet: GeneratedSheet,
    made: SheetPart,
    relations: Relations,
    old: OldSheet | None,
    rows: SheetRows,
) -> None:
    """Our table, or one over each stretch, in the place of all those that stood on our columns;
    those of the team go where their columns went.
    """
    wanted = list(sheet.tables)
    headings: tuple[str, ...] = ()
    if sheet.table is not None:
        headings = tuple(column.header for column in sheet.table.columns.values())
        wanted = [Stretch(sheet.table.table, headings, sheet.first_row - 1, sheet.last_row)]
    replaced = [] if old is None else _on_our_columns(old, rows)
    formers = {one.name.casefold(): _former(one, replaced, old, headings) for one in wanted}
    reused = {former.relation.id for former in formers.values() if former is not None}
    gone = [one for one in replaced if one.relation.id not in reused]
    for one in gone:
        relations.remove(one.relation.id)
    relations.save()
    delete_unreachable(host, [one.relation.target for one in gone])
    for one in () if old is None else old.tables:
        if one not in replaced:
            _move_table(host, one, rows)
    added = []
    for place in wanted:
        former = formers[place.name.casefold()]
        root = table_root(host, place, former, rows.extras, rows.totals)
        added.append(_related_table(host, relations, root, former))
        relations.save()  # so that the next one takes another id
    made.put_tables(added, [one.relation.id for one in gone])


def _on_our_columns(old: OldSheet, rows: SheetRows) -> list[OldTable]:
    """The tables of the old sheet that reach into columns which are ours, or of our table, now."""
    end = rows.width + len(rows.extras)
    ours = [column for column, now in rows.moves.items() if now <= end]
    return [
        one
        for one in old.tables
        if any(one.first_column <= column <= one.last_column for column in ours)
    ]


def _former(
    place: Stretch, replaced: Sequence[OldTable], old: OldSheet | None, headings: Sequence[str]
) -> OldTable | None:
    """The table that this one takes the place of: by its headings, else by its name."""
    if old is not None and headings:
        known = old.table(headings)
        if known in replaced:
            return known
    return next((one for one in replaced if one.name == place.name.casefold()), None)


def _move_table(host: Host, table: OldTable, rows: SheetRows) -> None:
    """A table of the team, whose columns may have gone some places to the right or left."""
    shift = rows.moves.get(table.first_column, table.first_column) - table.first_column
    if not shift:
        return
    for element in table.root.iter():
        reference = element.get("ref")
        if reference:
            element.set("ref", shifted(reference, 0, shift))
    host.package.write_xml(table.relation.target, table.root)


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


def _stale(title: str, count: int) -> str:
    """What is said of formulas that read our sheets where we read their values."""
    what = "1 formule lit" if count == 1 else f"{count} formules lisent"
    return (
        f"{title} : {what} les feuilles refaites, et le contrôle lit leur résultat, qui reste "
        "celui d'avant : Excel recalcule à l'ouverture, LibreOffice par Ctrl+Maj+F9."
    )


def _in_xml(title: str) -> bytes:
    """A title as the formulas of a part hold it."""
    return title.replace("'", "''").replace("&", "&amp;").replace("<", "&lt;").encode()
