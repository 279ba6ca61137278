"""An Excel table made again over its lines, or stretched over them; the sheet's cells stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from cedre_xlsx.ooxml.parts import MAIN, REL, Relations, Relationship, new_root
from cedre_xlsx.schema.columns import Column
from cedre_xlsx.schema.losses import TableFate, names_fill
from cedre_xlsx.schema.records import Table, column_letter
from cedre_xlsx.schema.state import Area, is_dead
from cedre_xlsx.workbook.package.frame import SheetFrame, tags_of, with_count
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.package.table_part import TABLE_TYPE, stored
from cedre_xlsx.workbook.read.headings import heading_key
from cedre_xlsx.workbook.read.raw import RawSheet, is_blank, is_error
from cedre_xlsx.workbook.read.state import areas_of, sheet_state

_LOOK = {"name": "TableStyleLight1", "showFirstColumn": "0", "showLastColumn": "0",
         "showRowStripes": "1", "showColumnStripes": "0"}  # fmt: skip

NO_TABLE = "les lignes ne sont plus dans un tableau"
BAD_HEADINGS = "un de ses intitulés est vide, en double, ou n'est pas un texte"
MERGED = "des cellules y sont fusionnées"
OTHER_TABLE = "un autre tableau est au même endroit"
TAKEN = "son nom est pris ailleurs dans le classeur"
FILTERED = "un filtre est posé sur ces colonnes : enlevez-le d'abord (Données, Filtrer)"
CALLED = "d'autres formules l'emploient sous ce nom"
TOTALS = "il a une ligne de total"
OTHER_ROWS = "d'autres lignes sont écrites entre les siennes"


class TableMender:
    """The table of one sheet, as it stands in the package, and as it should."""

    def __init__(self, host: Host, part: str, table: Table[Any], sheet: RawSheet) -> None:
        self._host = host
        self._part = part
        self._table = table
        self._sheet = sheet
        self._relations = Relations(host.package, part)

    def mend(self, fate: TableFate | None) -> str:
        """Make the table again, or stretch it over its lines (without a `fate`); why not, in
        French.
        """
        found = self._found()
        if fate is TableFate.RENAMED and found is not None:
            return self._rename(*found)
        if found is not None and int(found[1].get("totalsRowCount") or 0):
            return TOTALS
        area = self._area(found[1] if found else None)
        headings = self._headings(area)
        why = self._forbidden(area, headings, found[0] if found else None)
        if not why and fate is None and self._has_other_rows(area):
            why = OTHER_ROWS
        if why:
            return why
        old = found[1] if found else None
        root = self._root(area, headings, old)
        if found is not None:
            self._host.package.write_xml(found[0].target, root)
        else:
            self._add(root)
        return ""

    def remember(self) -> str:
        """Have the table fill the columns that compute themselves, on the lines to come."""
        found = self._found()
        columns = None if found is None else found[1].find(q("tableColumns"))
        if found is None or columns is None:
            return NO_TABLE
        names = [column.get("name", "") for column in columns]
        for column, name in zip(columns, names, strict=True):
            self._put_formula(column, name, names)
        self._host.package.write_xml(found[0].target, found[1])
        return ""

    def _found(self) -> tuple[Relationship, etree._Element] | None:
        """The table that lies over the headings; that of our name before any other."""
        mine = [
            (relation, self._host.package.root(relation.target))
            for relation in self._relations.of_kind("table")
            if relation.target in self._host.package
        ]
        named = [one for one in mine if _name(one[1]) == self._table.spec.table.casefold()]
        first = min(self._table.columns.values())
        over = [
            one
            for one in mine
            for area in areas_of([one[1].get("ref", "")])
            if area.overlaps(Area(self._table.header_row, first, self._table.header_row + 1, first))
        ]
        return next(iter((*named, *over)), None)

    def _area(self, old: etree._Element | None) -> Area:
        """The lines with their headings, the team's own columns beside ours included."""
        known = set(self._table.columns.values())
        first, last = min(known), max(known)
        row = self._table.header_row
        taken = self._taken(row, old)
        while last + 1 not in taken and not is_blank(self._heading(row, last + 1)):
            last += 1
        while first - 1 not in taken and not is_blank(self._heading(row, first - 1)):
            first -= 1
        bottom = max((one.row for one in self._table.rows), default=row + 1)
        for area in areas_of([old.get("ref", "")] if old is not None else []):
            if area.last_row > area.first_row and area.first_row <= row:
                bottom = max(bottom, area.last_row)
            first, last = min(first, area.first_column), max(last, area.last_column)
        return Area(row, first, max(bottom, row + 1), last)

    def _taken(self, row: int, old: etree._Element | None) -> set[int]:
        """The columns that other tables have in a row."""
        others = (one for one in self._sheet.tables if old is None or
                  one.name.casefold() != _name(old))  # fmt: skip
        return {
            column
            for one in others
            if one.first_row <= row <= one.last_row
            for column in range(one.first_column, one.last_column + 1)
        }

    def _heading(self, row: int, column: int) -> Any:
        index, place = self._sheet.row_index(row), self._sheet.column_index(column)
        numbers = self._sheet.column_numbers
        if place >= len(numbers) or numbers[place] != column:
            return None
        return self._sheet.cell(index, place)

    def _headings(self, area: Area) -> list[str]:
        """The headings as their cells have them; "" for what cannot be one."""
        cells = (self._heading(area.first_row, c) for c in _columns(area))
        return [cell if isinstance(cell, str) and not is_error(cell) else "" for cell in cells]

    def _forbidden(self, area: Area, headings: Sequence[str], relation: Relationship | None) -> str:
        folded = [heading.casefold() for heading in headings]
        if not all(folded) or len(set(folded)) < len(folded):
            return BAD_HEADINGS
        xml = self._host.package.read(self._part)
        if any(one.overlaps(area) for one in sheet_state(xml, with_formulas=False).merged):
            return MERGED
        for other in self._relations.of_kind("table"):
            if other.target not in self._host.package or (
                relation is not None and other.id == relation.id
            ):
                continue
            reference = self._host.package.root(other.target).get("ref", "")
            if any(one.overlaps(area) for one in areas_of([reference])):
                return OTHER_TABLE
        if self._is_filtered(xml, area):
            return FILTERED
        taken = {_name(root) for part, root in self._host.tables()
                 if relation is None or part != relation.target}  # fmt: skip
        return TAKEN if self._table.spec.table.casefold() in taken | self._names() else ""

    def _names(self) -> set[str]:
        """The defined names. Gnumeric gives the table's own to nothing: that one is forgotten."""
        wanted = self._table.spec.table.casefold()
        for one in list(self._host.root.iter(q("definedName"))):
            holder = one.getparent()
            if one.get("name", "").casefold() == wanted and is_dead(one.text or ""):
                assert holder is not None, "a name is in the list of names"
                holder.remove(one)
        return set(self._host.names())

    def _is_filtered(self, xml: bytes, area: Area) -> bool:
        frame = SheetFrame(xml)
        child = frame.child("autoFilter")
        if child is None:
            return False
        reference = tags_of(frame.content(child))[0].partition(b"ref=")[2][1:].partition(b'"')[0]
        return any(one.overlaps(area) for one in areas_of([reference.decode("ascii", "replace")]))

    def _has_other_rows(self, area: Area) -> bool:
        """Whether a sum, or the headings again, stand among lines that the table had not."""
        excel = self._table.excel
        start = area.first_row if excel is None else excel.area.last_row
        known = {one.row for one in self._table.rows}
        between = (n for n in self._sheet.row_numbers if start < n <= area.last_row)
        return any(
            not is_blank(self._heading(number, column))
            for number in between
            if number not in known
            for column in _columns(area)
        )

    def _root(
        self, area: Area, headings: Sequence[str], old: etree._Element | None
    ) -> etree._Element:
        name = self._table.spec.table
        root = new_root(MAIN, "table") if old is None else old
        if old is None:
            ids = {int(one.get("id") or 0) for _, one in self._host.tables()}
            root.set("id", str(next(n for n in range(1, len(ids) + 2) if n not in ids)))
            root.set("totalsRowShown", "0")
        root.set("name", name)
        root.set("displayName", name)
        root.set("ref", _reference(area))
        root.attrib.pop("headerRowCount", "")
        self._put_filter(root, area)
        self._put_columns(root, headings)
        if root.find(q("tableStyleInfo")) is None:
            root.append(etree.Element(q("tableStyleInfo"), _LOOK))
        return root

    def _put_filter(self, root: etree._Element, area: Area) -> None:
        """The arrows of the headings; what a former one filtered stays where it is the same."""
        found = root.find(q("autoFilter"))
        if found is None:
            found = etree.Element(q("autoFilter"))
            root.insert(0, found)
        first = f"{column_letter(area.first_column)}{area.first_row}:"
        if not found.get("ref", "").startswith(first):
            found[:] = []  # its columns are counted from the first one
        found.set("ref", _reference(area))

    def _put_columns(self, root: etree._Element, headings: Sequence[str]) -> None:
        """A column a heading; those that the table knew keep their ids, looks and formulas."""
        holder = root.find(q("tableColumns"))
        if holder is None:
            holder = etree.Element(q("tableColumns"))
            root.insert(1, holder)
        known = {(one.get("name") or "").casefold(): one for one in holder}
        following = max((int(one.get("id") or 0) for one in holder), default=0)
        made = []
        for heading in headings:
            name = stored(heading)
            column = known.get(name.casefold())
            if column is None:
                following += 1
                column = etree.Element(q("tableColumn"), {"id": str(following), "name": name})
            column.set("name", name)
            self._put_formula(column, heading, headings)
            made.append(column)
        holder[:] = made
        holder.set("count", str(len(made)))

    def _put_formula(self, column: etree._Element, heading: str, known: Sequence[str]) -> None:
        ours = self._ours(heading)
        formula = column.find(q("calculatedColumnFormula"))
        if ours is None or not ours.calculated or not names_fill(self._table, known):
            return
        if formula is None:
            formula = etree.Element(q("calculatedColumnFormula"))
            column.insert(0, formula)
        if is_dead(formula.text or ""):
            formula.text = ours.calculated

    def _ours(self, heading: str) -> Column | None:
        key = heading_key(heading)
        columns = self._table.spec.columns.values()
        return next((one for one in columns if heading_key(one.header) == key), None)

    def _add(self, root: etree._Element) -> None:
        """A new part, and the sheet that says it has it."""
        package = self._host.package
        part = package.free_name("xl/tables/table{}.xml")
        package.write_xml(part, root)
        self._host.types.set(part, TABLE_TYPE)
        identifier = self._relations.add(f"{REL}/table", part)
        self._relations.save()
        frame = SheetFrame(package.read(self._part))
        holder = frame.child("tableParts")
        empty = frame.written(etree.Element(q("tableParts")))
        opening, inner, closing = tags_of(frame.content(holder) if holder else empty)
        made = etree.Element(q("tablePart"), nsmap={"r": REL})
        made.set(f"{{{REL}}}id", identifier)
        counted = with_count(opening, len(self._relations.of_kind("table")))
        frame.put("tableParts", counted + inner + frame.written(made) + closing)
        package.write(self._part, frame.xml)

    def _rename(self, relation: Relationship, root: etree._Element) -> str:
        old = root.get("displayName", "")
        wanted = self._table.spec.table
        if old == wanted:
            return ""  # stretched, and named again at that
        if wanted.casefold() in self._names() | {_name(one) for _, one in self._host.tables()}:
            return TAKEN
        marks = [f"{old}[".encode(), f">{old}<".encode()]
        package = self._host.package
        others = (name for name in package.names() if name.endswith(".xml"))
        if any(package.holds_any(name, marks) for name in others):
            return CALLED
        root.set("name", wanted)
        root.set("displayName", wanted)
        package.write_xml(relation.target, root)
        return ""


def _name(root: etree._Element) -> str:
    return (root.get("displayName") or root.get("name") or "").casefold()


def _columns(area: Area) -> Iterator[int]:
    return iter(range(area.first_column, area.last_column + 1))


def _reference(area: Area) -> str:
    first = f"{column_letter(area.first_column)}{area.first_row}"
    return f"{first}:{column_letter(area.last_column)}{area.last_row}"
