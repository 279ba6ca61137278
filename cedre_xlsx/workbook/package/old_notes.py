"""`Notes anciennes`: where what has had no line for long goes. Made once, then only added to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil

from lxml import etree

from cedre_xlsx.method.days import epoch_of
from cedre_xlsx.method.french import counted
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.text import word_key
from cedre_xlsx.ooxml.cell_text import is_too_long, legal
from cedre_xlsx.ooxml.parts import REL, Relations, drop_attributes, serialized
from cedre_xlsx.ooxml.style_table import Looks, StyleTable
from cedre_xlsx.schema.generated_sheets import OLD_NOTES_KIND
from cedre_xlsx.schema.tables import OLD_NOTES
from cedre_xlsx.workbook.generated import LAST_ROW, Ageing, GeneratedSheet, OldNote, Stretch
from cedre_xlsx.workbook.package.ageing import aged_rows, old_notes, take_away, without_aged
from cedre_xlsx.workbook.package.host import Host, HostSheet, q
from cedre_xlsx.workbook.package.old_sheet import OldSheet
from cedre_xlsx.workbook.package.old_tables import OldTable, old_tables
from cedre_xlsx.workbook.package.row_adding import (
    Bottom,
    bottom_of,
    cell,
    extended_table,
    with_rows,
)
from cedre_xlsx.workbook.package.rows import RowXml, inline
from cedre_xlsx.workbook.package.scaffold import Drawn, Scaffold, scaffold_of
from cedre_xlsx.workbook.package.sheet_rows import drawn_text
from cedre_xlsx.workbook.package.table_part import TABLE_TYPE, table_root

_HEADINGS = {name: column.header for name, column in OLD_NOTES.columns.items()}
_ROOM = 100_000  # rows that must be free below
_LONGEST = 16_000  # characters: no cell takes more than 32,767 units of one or two each
_LOOK = "note"
_CHARACTERS = 1.1  # of Arial 9, in one unit of column width: on the safe side
_LINE_HEIGHT, _TALLEST = 11.6, 400.0  # points; Excel stops at 409


@dataclass
class OldNotes:
    """What leaves the blocks at the bottom of the sheets on a day, until it is written."""

    host: Host
    ageing: Ageing
    on: date
    notes: list[OldNote] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    _place: _Place | None = None

    def take(self, old: OldSheet, sheet: GeneratedSheet, title: str) -> GeneratedSheet:
        """The sheet without what leaves its block, which is no longer in the old one either; where
        it has no place to go, nothing leaves.
        """
        aged = aged_rows(old, sheet, self.on, self.ageing.months)
        if not aged:
            return sheet
        self._place = place = self._place or _place(self.host)
        if not place.is_possible:
            self.said.append(
                f"{title} : {counted(len(aged), 'note ancienne', 'notes anciennes')} au bas y "
                f"{'reste' if len(aged) == 1 else 'restent'}, faute de pouvoir écrire dans une "
                f"feuille « {OLD_NOTES.sheet} » : renommez celle qui a ce nom."
            )
            return sheet
        self.notes += old_notes(old, sheet, title, aged)
        lighter = without_aged(sheet, old, aged)
        take_away(old, aged)
        where = place.sheet.title if place.sheet else OLD_NOTES.sheet
        self.said.append(
            f"{title} : {counted(len(aged), 'note')} sans ligne depuis longtemps, "
            f"{'rangée' if len(aged) == 1 else 'rangées'} dans « {where} »."
        )
        return lighter

    def write(self, styles: etree._Element) -> HostSheet | None:
        """Add what was taken below the last row of its sheet, which is made where there is none;
        gives that sheet, None when there was nothing to write.
        """
        if not self.notes or self._place is None:
            return None
        home = self.ageing.home
        place = self._place.sheet
        scaffold = scaffold_of([home], [place.title if place else home.title])
        drawn = scaffold.sheets[0]
        table = StyleTable(styles, scaffold.styles)
        looks = Looks(table, drawn.styles)[_LOOK]
        bottom = self._place.bottom
        if place is None or bottom is None:
            place = self.host.add_sheet(home.title, "")
            _make(self.host, place, home, scaffold, drawn, table, self._rows(looks))
        else:
            self._add(place, bottom, looks)
        self.host.set_mark(home.mark, place.title)
        return place

    def _add(self, sheet: HostSheet, bottom: Bottom, looks: Sequence[int]) -> None:
        place, package = self._place or _Place(), self.host.package
        rows = self._rows(looks, place.columns, bottom.number)
        package.write(sheet.part, with_rows(package.read(sheet.part), bottom, rows))
        table = place.table
        last = bottom.number + len(rows) - 1
        if table is None or table.totals_rows or last <= table.last_row:
            return
        if table.first_row < bottom.number <= table.last_row + 1:
            part = table.relation.target
            package.write(part, extended_table(package.read(part), table.last_row, last))

    def _rows(
        self,
        looks: Sequence[int],
        columns: Mapping[str, int] | None = None,
        first: int | None = None,
    ) -> list[RowXml]:
        """The rows as XML, a text that no cell holds being spread over several."""
        number = self.ageing.home.first_row if first is None else first
        epoch = epoch_of(date1904=self.host.date1904)
        rows = []
        for note in self.notes:
            for row in _told(note, columns):
                cells = {}
                for (name, value), style in zip(row.items(), looks, strict=True):
                    column = (columns or _OWN_COLUMNS).get(name)
                    if column is None:
                        continue
                    if isinstance(value, date):
                        content = f"><v>{(value - epoch).days}</v></c>"
                    else:
                        content = inline(legal(value)) if value else "/>"
                    cells[column] = cell(column, number, style, content)
                height = f' ht="{_height(row):g}" customHeight="1"'
                rows.append(RowXml(height, [cells[column] for column in sorted(cells)]))
                number += 1
        return rows


_OWN_COLUMNS = {name: rank for rank, name in enumerate(_HEADINGS, start=1)}


def _told(note: OldNote, columns: Mapping[str, int] | None) -> Iterator[dict[str, str | date]]:
    """A note by field, in one row or more; what has no column is told in the text."""
    fields: dict[str, str | date] = {
        "person": note.person, "sheet": note.sheet, "line": note.line, "since": note.since,
    }  # fmt: skip
    missing = [name for name in fields if columns is not None and name not in columns]
    known = [f"{_HEADINGS[name]} : {_plain(fields[name])}" for name in missing if fields[name]]
    text = "\n".join([*known, note.text])
    if is_too_long(note.line):
        fields["line"], text = note.line[:_LONGEST], f"{note.line}\n{text}"
    pieces = [text]
    if is_too_long(text):
        pieces = [text[start : start + _LONGEST] for start in range(0, len(text), _LONGEST)]
    for piece in pieces:
        yield {**fields, "text": piece}


def _height(row: Mapping[str, str | date]) -> float:
    """The height, in points, of a row in columns as wide as they are at first."""
    columns = OLD_NOTES.columns
    lines = max(
        sum(ceil(len(line) / columns[name].width / _CHARACTERS) or 1 for line in lines)
        for name, text in row.items()
        if isinstance(text, str)
        for lines in [legal(text).split("\n")]
    )
    return min(lines * _LINE_HEIGHT + 4, _TALLEST)


def _plain(value: str | date) -> str:
    return french_day(value) if isinstance(value, date) else value


@dataclass(frozen=True, slots=True)
class _Place:
    """Where notes go: no `sheet` when it is to be made; it is not `possible` in another's sheet."""

    sheet: HostSheet | None = None
    is_possible: bool = True
    bottom: Bottom | None = None
    columns: Mapping[str, int] = field(default_factory=dict)
    table: OldTable | None = None


def _place(host: Host) -> _Place:
    """The sheet of the notes: by its mark, else the one that shows its headings."""
    sheets = [sheet for sheet in host.sheets() if sheet.is_worksheet and sheet.part in host.package]
    marks = {mark.casefold(): tab for mark, tab in host.marks().items()}
    tab = marks.get(OLD_NOTES_KIND.mark.casefold(), "").casefold()
    found = next((sheet for sheet in sheets if sheet.title.casefold() == tab), None)
    if found is None:
        taken = {tab.casefold() for tab in marks.values()}
        free = [sheet for sheet in sheets if sheet.title.casefold() not in taken]
        shown = [sheet for sheet in free if host.shows_headings_of(sheet, OLD_NOTES_KIND)]
        named = [sheet for sheet in shown if word_key(sheet.title) == word_key(OLD_NOTES.sheet)]
        found = next(iter(named or shown), None)
    if found is None:
        titles = {sheet.title.casefold() for sheet in host.sheets()}
        return _Place(is_possible=OLD_NOTES.sheet.casefold() not in titles)
    bottom = bottom_of(host.package.read(found.part))
    if bottom is None or bottom.number > LAST_ROW - _ROOM:
        return _Place(found, is_possible=False)
    old = OldSheet(host, found.part)
    return _Place(found, True, bottom, _columns(old), _table(host, found))


def _columns(old: OldSheet) -> dict[str, int]:
    """Where each field goes: under its heading; as at first where these are gone."""
    names = {word_key(header): name for name, header in _HEADINGS.items()}
    best: dict[str, int] = {}
    for cells in old.cells.values():
        found: dict[str, int] = {}
        for column, one in sorted(cells.items()):
            name = names.get(word_key(old.text(one)))
            if name is not None:
                found.setdefault(name, column)
        if len(found) > len(best):
            best = found
    return best if len(best) > 1 and "text" in best else dict(_OWN_COLUMNS)


def _table(host: Host, sheet: HostSheet) -> OldTable | None:
    """The Excel table over the notes, whatever its name."""
    wanted = set(map(word_key, _HEADINGS.values()))
    tables = old_tables(host, Relations(host.package, sheet.part))
    return next(
        (one for one in tables if len(wanted & set(map(word_key, one.names))) * 2 > len(wanted)),
        None,
    )


def _make(
    host: Host,
    place: HostSheet,
    home: GeneratedSheet,
    scaffold: Scaffold,
    drawn: Drawn,
    styles: StyleTable,
    rows: Sequence[RowXml],
) -> None:
    """The sheet as drawn, its texts inline, with its first rows and its table."""
    root = scaffold.package.root(drawn.part)
    for one in root.iter(q("c")):
        text = drawn_text(one, scaffold)
        one.set("s", str(styles.xf(int(one.get("s", "0")))))
        one[:] = []
        drop_attributes(one, "t")
        if text:
            one.set("t", "inlineStr")
            etree.SubElement(etree.SubElement(one, q("is")), q("t")).text = text
    for view in root.iter(q("sheetView")):
        drop_attributes(view, "tabSelected")
    relations = Relations(host.package, place.part)
    last = home.first_row + len(rows) - 1
    made = Stretch(OLD_NOTES.table, tuple(_HEADINGS.values()), home.first_row - 1, last)
    part = host.package.free_name("xl/tables/table{}.xml")
    host.package.write_xml(part, table_root(host, made, None))
    host.types.set(part, TABLE_TYPE)
    holder = etree.SubElement(root, q("tableParts"), {"count": "1"})
    identifier = relations.add(f"{REL}/table", part)
    etree.SubElement(holder, q("tablePart"), {f"{{{REL}}}id": identifier})
    relations.save()
    content = serialized(root)
    bottom = bottom_of(content)
    if bottom is None:
        raise ValueError("the sheet of old notes is drawn without rows")
    host.package.write(place.part, with_rows(content, bottom, rows))
    names = {name: scaffold.in_host(refers_to) for name, refers_to in drawn.names.items()}
    host.set_local_names(place.title, names)
