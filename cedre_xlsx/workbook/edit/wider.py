"""What goes with the columns of a table and follows one that is added at their right: colours,
filter, print area, widths, and the rule for what is typed in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from cedre_xlsx.schema.reach import SHEET_END
from cedre_xlsx.schema.records import column_letter, column_number
from cedre_xlsx.schema.state import Area
from cedre_xlsx.workbook.edit.around import change_names
from cedre_xlsx.workbook.package.frame import SheetFrame, tags_of, with_count
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.read.state import areas_of

_P = rb"(?:[A-Za-z_][\w.\-]*:)?"
_COLOURS = re.compile(
    rb"<(" + _P + rb")conditionalFormatting(?=[\s>]).*?</\1conditionalFormatting\s*>", re.DOTALL
)
_SQREF = re.compile(rb"(\ssqref\s*=\s*[\"']|<" + _P + rb"sqref\s*>)([^\"'<>]*)")
_FILTER = re.compile(rb"(<" + _P + rb"autoFilter\s[^<>]*?\bref\s*=\s*[\"'])([^\"'<>]*)")
_FORMULA = re.compile(rb"(<(" + _P + rb"(?:formula|f))\s*>)([^<]*)(?=</\2\s*>)")
_COLUMN = re.compile(rb"<" + _P + rb"col\s([^<>]*?)\s*(?:/>|>\s*</" + _P + rb"col\s*>)")
_ATTRIBUTE = re.compile(rb"([A-Za-z]+)\s*=\s*[\"']([^\"'<>]*)[\"']")
_RULE = re.compile(rb"<" + _P + rb"dataValidation(?=[\s/>])")
_NAMED = re.compile(r"\$?([A-Z]{1,3})(?:\$?([0-9]+))?:\$?([A-Z]{1,3})(?:\$?([0-9]+))?$")
_LAST_COLUMN = 16_384
_PLAIN = {"width": "13", "customWidth": "1"}


@dataclass(frozen=True, slots=True)
class Widening:
    """Lines that get one column more, at their right.

    `first` is the column where they begin, `lasts` those where they may have ended, `heading` and
    `bottom` their rows, `column` the new one. `ours` is the last of our columns, where the colours
    of a new workbook end; 0 for a column of the team's.
    """

    first: int
    lasts: frozenset[int]
    heading: int
    bottom: int
    column: int
    ours: int = 0

    def is_of_lines(self, area: Area) -> bool:
        """Whether an area is of whole lines, or of all our columns of them."""
        of_lines = area.first_row <= self.bottom and self.heading < area.last_row
        return of_lines and area.first_column <= self.first

    def widened(self, text: str) -> str:
        """A list of areas, those of whole lines having the new column."""
        made = []
        for one in text.split():
            areas = list(areas_of([one]))
            is_of_lines = len(areas) == 1 and self.is_of_lines(areas[0])
            if is_of_lines and areas[0].last_column in self.lasts:
                first, end = one.partition(":")[0], min(areas[0].last_row, SHEET_END)
                made.append(f"{first}:{column_letter(self.column)}{end}")
            elif is_of_lines and areas[0].last_column == self.ours:
                letters, end = column_letter(self.column), min(areas[0].last_row, SHEET_END)
                made += [one, f"{letters}{areas[0].first_row}:{letters}{end}"]
            else:
                made.append(one)
        return text if made == text.split() else " ".join(made)


def with_wider_colours(xml: bytes, widening: Widening) -> bytes:
    """The sheet whose colours of whole lines, and its filter, have the new column too."""
    start = max(xml.rfind(b"sheetData"), 0)
    first, column = column_letter(widening.first), column_letter(widening.column)
    lasts = "|".join(map(column_letter, sorted(widening.lasts)))
    line = re.compile(rf"(?<![\w$])(\$?{first}\$?[0-9]+:\$?)(?:{lasts})(?=\$?[0-9])")

    def wider(found: re.Match[bytes]) -> bytes:
        block = _SQREF.sub(lambda one: one[1] + _wide(one[2], widening), found[0])
        return block if block == found[0] else _FORMULA.sub(wider_formula, block)

    def wider_formula(found: re.Match[bytes]) -> bytes:
        text = found[3].decode("utf-8", "surrogateescape")
        return found[1] + line.sub(rf"\g<1>{column}", text).encode("utf-8", "surrogateescape")

    def wider_filter(found: re.Match[bytes]) -> bytes:
        areas = list(areas_of([found[2].decode("ascii", "replace")]))
        is_ours = len(areas) == 1 and areas[0].first_row == widening.heading
        wide = replace(widening, ours=0)
        return found[1] + (_wide(found[2], wide) if is_ours else found[2])

    around = _FILTER.sub(wider_filter, _COLOURS.sub(wider, xml[start:]))
    return xml[:start] + around


def _wide(text: bytes, widening: Widening) -> bytes:
    known = text.decode("ascii", "replace")
    made = widening.widened(known)
    return text if made == known else made.encode()


def widen_names(host: Host, title: str, widening: Widening) -> None:
    """Have what is printed of a sheet, and its filter, reach the new column."""
    change_names(host, title, lambda area: _wider_name(area, widening))


def _wider_name(text: str, widening: Widening) -> str:
    found = _NAMED.search(text)
    if found is None or column_number(found[3]) not in widening.lasts:
        return text
    first, last = int(found[2] or 1), int(found[4] or widening.heading)
    if not first <= widening.heading <= last:
        return text
    return text[: found.start(3)] + column_letter(widening.column) + text[found.end(3) :]


def with_column_look(xml: bytes, number: int, said: Mapping[str, str], *, in_group: bool) -> bytes:
    """The sheet where a column has these attributes (width, style, hidden…).

    `in_group` is for one of a group that folds: the button of a folded one is that of the column
    after it.
    """
    frame = SheetFrame(xml)
    holder = frame.child("cols")
    empty = frame.written(etree.Element(q("cols")))
    opening, inner, closing = tags_of(frame.content(holder) if holder else empty)
    columns = _columns(inner, (number, number + 1, number + 2))
    former = columns.get((number, number), {})
    kept = {"collapsed": former["collapsed"]} if "collapsed" in former and not in_group else {}
    columns[number, number] = {**said, **kept}
    if in_group and said.get("hidden") and number < _LAST_COLUMN:
        following = columns.setdefault((number + 1, number + 1), dict(_PLAIN))
        columns[number + 1, number + 1] = {**following, "collapsed": "1"}
    tag = f"{frame.prefix}:col" if frame.prefix else "col"
    made = b"".join(_written(tag, place, columns[place]) for place in sorted(columns))
    frame.put("cols", opening + made + closing)
    return _with_outline(frame.xml) if in_group else frame.xml


def _columns(inner: bytes, cuts: Sequence[int]) -> dict[tuple[int, int], dict[str, str]]:
    """The attributes of columns by their first and last number, parted before each of `cuts`."""
    found: dict[tuple[int, int], dict[str, str]] = {}
    for column in _COLUMN.finditer(inner):
        said = {key.decode(): value.decode() for key, value in _ATTRIBUTE.findall(column[1])}
        first, end = int(said.pop("min", "0")), int(said.pop("max", "0"))
        for cut in cuts:
            if first < cut <= end:
                found[first, cut - 1] = dict(said)
                first = cut
        found[first, end] = said
    return found


def _written(tag: str, place: tuple[int, int], said: Mapping[str, str]) -> bytes:
    rest = "".join(f' {key}="{value}"' for key, value in said.items())
    return f'<{tag} min="{place[0]}" max="{place[1]}"{rest}/>'.encode()


def _with_outline(xml: bytes) -> bytes:
    """The sheet, which says that it has columns that fold: they have no button otherwise."""
    frame = SheetFrame(xml)
    holder = frame.child("sheetFormatPr")
    if holder is None:
        made = etree.Element(q("sheetFormatPr"), {"defaultRowHeight": "15", "outlineLevelCol": "1"})
        frame.put("sheetFormatPr", frame.written(made))
        return frame.xml
    opening, inner, closing = tags_of(frame.content(holder))
    said = re.search(rb"\soutlineLevelCol\s*=\s*[\"']([0-9]+)", opening)
    if said and int(said[1]):
        return xml
    opening = re.sub(rb"\soutlineLevelCol\s*=\s*[\"'][0-9]*[\"']", b"", opening)
    frame.put("sheetFormatPr", opening[:-1] + b' outlineLevelCol="1">' + inner + closing)
    return frame.xml


def with_rule(xml: bytes, rule: etree._Element) -> bytes:
    """The sheet with one more rule for what is typed."""
    frame = SheetFrame(xml)
    holder = frame.child("dataValidations")
    empty = frame.written(etree.Element(q("dataValidations")))
    opening, inner, closing = tags_of(frame.content(holder) if holder else empty)
    count = len(_RULE.findall(inner)) + 1
    frame.put("dataValidations", with_count(opening, count) + inner + frame.written(rule) + closing)
    return frame.xml
