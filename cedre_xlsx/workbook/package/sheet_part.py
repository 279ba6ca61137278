"""The part of a generated sheet: ours in the place of what we wrote before, the rest as it was."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy

from lxml import etree
from openpyxl.utils import get_column_letter

from cedre_xlsx.ooxml.areas import Area, areas
from cedre_xlsx.ooxml.parts import MAIN, REL, drop_attributes, new_root, serialized
from cedre_xlsx.ooxml.style_table import StyleTable
from cedre_xlsx.workbook.package.host import q
from cedre_xlsx.workbook.package.link_part import Links
from cedre_xlsx.workbook.package.making import SheetRows
from cedre_xlsx.workbook.package.moved_areas import MovedAreas
from cedre_xlsx.workbook.package.old_sheet import OldSheet
from cedre_xlsx.workbook.package.rows import FOLDED, MAX_LINKS, sheet_data
from cedre_xlsx.workbook.package.rule_part import mark, replaced_rules
from cedre_xlsx.workbook.package.validation_part import put_validations

#: The children of a worksheet, in the order that its schema demands.
ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
    "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting",
    "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter",
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "drawingHF", "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects",
    "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
_RANK = {name: rank for rank, name in enumerate(ORDER)}
#: What people set up in the sheet, taken from the drawing only when the sheet is new.
_SET_UP = ("sheetPr", "sheetViews", "sheetFormatPr", "printOptions", "pageMargins", "pageSetup",
           "headerFooter")  # fmt: skip
_ROWS = "cedre rows"  # what stands for the rows until the rest is written


class SheetPart:
    """The sheet being written: `root` is the old part's, so that all that we don't write stays.

    `titles` are those of the workbook's sheets.
    """

    def __init__(
        self,
        drawn: etree._Element,
        old: OldSheet | None,
        rows: SheetRows,
        styles: StyleTable,
        titles: Collection[str],
    ) -> None:
        self._drawn = drawn
        self._old = old
        self._rows = rows
        self._styles = styles
        self._titles = titles
        self._is_new = old is None
        fixed = (int(row.get("r", "0")) for row in drawn.iterfind(f"{q('sheetData')}/{q('row')}"))
        self._moved = MovedAreas(rows, frozenset(fixed), old)
        self.root = new_root(MAIN, "worksheet", r=REL) if old is None else _without_rows(old.root)

    def fill(self) -> None:
        """Put in everything but the drawing and the tables."""
        if self._is_new:
            for name in _SET_UP:
                self._put(name, self._drawn.find(q(name)))
            for view in self.root.iterfind(f"{q('sheetViews')}/{q('sheetView')}"):
                drop_attributes(view, "tabSelected")
        if self._rows.has_new_layout:
            self._scale()
        self._put_outline()
        self._drop_lost_selections()
        self._put_dimension()
        self._put_columns()
        self._put_rows_mark()
        self._clear_filter()
        self._put_merged()
        self._put_conditional_formats()
        put_validations(self.root, self._drawn, self._moved, self._put)
        self._put_hyperlinks()
        self._put("rowBreaks", self._drawn.find(q("rowBreaks")))

    def put_drawing(self, identifier: str | None) -> None:
        """The sheet's drawing; None when it has none."""
        self._put("drawing", None if identifier is None else _related("drawing", identifier))

    def put_tables(self, identifiers: Sequence[str], gone: Sequence[str] = ()) -> None:
        """Our tables among those of the sheet, by the ids of their relationships."""
        holder = self.root.find(q("tableParts"))
        kept = {} if holder is None else {part.get(f"{{{REL}}}id", ""): part for part in holder}
        kept = {identifier: part for identifier, part in kept.items() if identifier not in gone}
        parts = [*kept.values(), *(_related("tablePart", one) for one in identifiers
                                   if one not in kept)]  # fmt: skip
        made = etree.Element(q("tableParts"), {"count": str(len(parts))})
        made.extend(parts)
        self._put("tableParts", made if parts else None)

    def content(self) -> bytes:
        """The part as it is written, its rows in their place."""
        before, after = re.split(
            rb"<(?:\w+:)?sheetData>" + _ROWS.encode() + rb"</(?:\w+:)?sheetData>",
            serialized(self.root),
        )
        prefixed = self.root.nsmap.get(None) != MAIN
        return before + sheet_data(self._rows.written.rows, prefixed=prefixed) + after

    def _put(self, name: str, element: etree._Element | None) -> None:
        """An element in the place of all those of its name, where the schema wants it."""
        self._put_all(name, () if element is None else (element,))

    def _put_all(self, name: str, elements: Sequence[etree._Element]) -> None:
        for old in self.root.findall(q(name)):
            self.root.remove(old)
        before = [child for child in self.root if _rank(child) < _RANK[name]]
        index = self.root.index(before[-1]) + 1 if before else 0
        for offset, element in enumerate(elements):
            element.tail = None
            self.root.insert(index + offset, element)

    def _drop_lost_selections(self) -> None:
        """A selection in a pane that is not there, which earlier versions wrote, makes Excel
        repair the file.
        """
        for view in self.root.iterfind(f"{q('sheetViews')}/{q('sheetView')}"):
            if view.find(q("pane")) is None:
                for selection in view.findall(q("selection")):
                    drop_attributes(selection, "pane")
                for doubled in view.findall(q("selection"))[1:]:
                    view.remove(doubled)

    def _scale(self) -> None:
        """The page of a sheet that has more columns than it had: as drawn, unless people chose."""
        mine, drawn = self.root.find(q("pageSetup")), self._drawn.find(q("pageSetup"))
        if mine is not None and drawn is not None and mine.get("scale", "100") == "100":
            mine.set("scale", drawn.get("scale", "100"))

    def _put_outline(self) -> None:
        """Closed groups open from the row above them."""
        if not any(FOLDED in row.attributes for row in self._rows.written.rows.values()):
            return
        shape = self._child("sheetFormatPr", {"defaultRowHeight": "15"})
        if shape.get("outlineLevelRow", "0") == "0":
            shape.set("outlineLevelRow", "1")
        setting = self._child("sheetPr", {})
        outline = setting.find(q("outlinePr"))
        if outline is None:
            outline = etree.Element(q("outlinePr"))
            after = setting.find(q("tabColor"))
            setting.insert(0 if after is None else setting.index(after) + 1, outline)
        outline.set("summaryBelow", "0")

    def _child(self, name: str, attributes: Mapping[str, str]) -> etree._Element:
        """The first element of that name, made where there is none."""
        if (found := self.root.find(q(name))) is None:
            self._put(name, etree.Element(q(name), dict(attributes)))
            found = self.root.find(q(name))
        assert found is not None, "it was just put there"
        return found

    def _put_dimension(self) -> None:
        corner = f"{get_column_letter(self._rows.last_column)}{self._rows.last_row}"
        self._put("dimension", etree.Element(q("dimension"), {"ref": f"A1:{corner}"}))

    def _put_columns(self) -> None:
        """Widths that people chose follow their column; ours are for those they never had."""
        chosen = self._old_columns()
        columns = {number: deepcopy(column) for number, column in self._drawn_columns().items()}
        for number, column in columns.items():
            if column.get("style"):
                column.set("style", str(self._styles.xf(int(column.get("style", "0")))))
            columns[number] = chosen.pop(number, column)
        columns |= chosen
        made = etree.Element(q("cols"))
        for number, column in sorted(columns.items()):
            single = deepcopy(column)
            single.set("min", str(number))
            single.set("max", str(_end(column, number)))
            made.append(single)
        self._put("cols", made if len(made) else None)

    def _drawn_columns(self) -> dict[int, etree._Element]:
        found = {}
        for column in self._drawn.iterfind(f"{q('cols')}/{q('col')}"):
            for number in range(int(column.get("min", "1")), int(column.get("max", "1")) + 1):
                found[number] = _one(column, number)
        hidden = {"width": "12", "customWidth": "1", "hidden": "1"}
        keys = etree.Element(q("col"), hidden)
        found.setdefault(self._rows.width, _one(keys, self._rows.width))
        return found

    def _old_columns(self) -> dict[int, etree._Element]:
        """Each column of the old sheet by its new number; one element for all those far right."""
        found: dict[int, etree._Element] = {}
        if self._is_new:
            return found
        last = max([self._rows.last_column, *self._rows.moves])
        for column in self.root.iterfind(f"{q('cols')}/{q('col')}"):
            first, end = int(column.get("min", "1")), int(column.get("max", "1"))
            for number in range(first, min(end, last) + 1):
                moved = self._rows.moves.get(number, number)
                if self._rows.has_new_layout and moved <= self._rows.width:
                    continue
                if number in self._rows.moves or moved not in self._rows.moves.values():
                    found[moved] = _one(column, moved)
            if end > last:
                rest = max(first, last + 1)
                found[rest] = _one(column, rest)
                found[rest].set("max", str(end))
        return found

    def _put_rows_mark(self) -> None:
        mark = etree.Element(q("sheetData"))
        mark.text = _ROWS
        self._put("sheetData", mark)

    def _clear_filter(self) -> None:
        """The buttons of a filter stay; its choices would hide the wrong rows."""
        for filtered in self.root.iterfind(q("autoFilter")):
            filtered[:] = []
        self._put("sortState", None)

    def _put_merged(self) -> None:
        merged = [] if self._is_new else self.root.findall(f"{q('mergeCells')}/{q('mergeCell')}")
        ours = [
            cell.get("ref", "")
            for cell in self._drawn.iterfind(f"{q('mergeCells')}/{q('mergeCell')}")
        ]
        kept = self._merged_beside([cell.get("ref", "") for cell in merged])
        references = [*ours, *self._rows.merged, *kept]
        made = etree.Element(q("mergeCells"), {"count": str(len(references))})
        for reference in references:
            etree.SubElement(made, q("mergeCell"), {"ref": reference})
        self._put("mergeCells", made if len(made) else None)

    def _merged_beside(self, references: Sequence[str]) -> list[str]:
        """The merged cells right of our columns, where their first cell stands now.

        Those that would lie over others are not: Excel repairs such a file.
        """
        found: list[Area] = []
        has_moved = False
        for area in (area for reference in references for area in areas(reference)):
            corner = self._moved.place(area.first_row, area.first_column)
            if corner is None or not self._moved.is_beside(corner):
                continue
            moved = area.at(corner)
            has_moved = has_moved or moved != area
            if not (has_moved and any(moved.meets(other) for other in found)):
                found.append(moved)
        return [area.text for area in found]

    def _put_conditional_formats(self) -> None:
        """Ours first, then those that people added, their priorities after ours."""
        ours = [deepcopy(one) for one in self._drawn.findall(q("conditionalFormatting"))]
        kept = replaced_rules(self.root, ours, self._moved)
        for rule in (rule for one in ours for rule in one.iterchildren(q("cfRule"))):
            mark(rule)
            if rule.get("dxfId") is not None:
                rule.set("dxfId", str(self._styles.dxf(int(rule.get("dxfId", "0")))))
        rules = (rule for one in (*ours, *kept) for rule in one.iterchildren(q("cfRule")))
        for priority, rule in enumerate(rules, start=1):
            rule.set("priority", str(priority))
        self._put_all("conditionalFormatting", (*ours, *kept))

    def _put_hyperlinks(self) -> None:
        """Ours, and those that people made, as many as a sheet takes."""
        relations = () if self._old is None else self._old.relations.of_kind("hyperlink")
        links = Links(
            self._rows.written.links,
            self._moved,
            addresses={relation.id: relation.target for relation in relations},
            titles=self._titles,
        ).merged(self.root.findall(f"{q('hyperlinks')}/{q('hyperlink')}"))
        self._rows.written.unlinked += len(links[MAX_LINKS:])
        made = etree.Element(q("hyperlinks"))
        made.extend(links[:MAX_LINKS])
        self._put("hyperlinks", made if len(made) else None)


def _without_rows(root: etree._Element) -> etree._Element:
    """A copy of a sheet but for its rows, which may be very many."""
    made = etree.Element(root.tag, nsmap=root.nsmap)  # type: ignore[arg-type]
    for name, value in root.attrib.items():
        made.set(name, value)
    made.extend(deepcopy(child) for child in root if child.tag != q("sheetData"))
    return made


def _one(column: etree._Element, number: int) -> etree._Element:
    single = deepcopy(column)
    single.set("min", str(number))
    single.set("max", str(number))
    return single


def _end(column: etree._Element, number: int) -> int:
    return max(int(column.get("max", "0")), number)


def _rank(element: etree._Element) -> int:
    """The place of a child; a choice between versions stands where its content would."""
    name = etree.QName(element)
    if name.namespace != MAIN:
        inner = next((e for e in element.iter() if etree.QName(e).namespace == MAIN), None)
        return _RANK["webPublishItems"] if inner is None else _rank(inner)
    return _RANK.get(name.localname, len(ORDER))


def _related(name: str, identifier: str) -> etree._Element:
    element = new_root(MAIN, name, r=REL)
    element.set(f"{{{REL}}}id", identifier)
    return element
