"""What goes with the lines of a sheet and follows them down: rules, colours, filter, print area."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.state import Area
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.read.state import areas_of

_P = rb"(?:[A-Za-z_][\w.\-]*:)?"
_INNER = rb"(?:\s+[\w:.\-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*?"
#: The addresses of a rule: an attribute, or in Excel's extension an element.
_RULE = re.compile(
    rb"(<" + _P + rb"(dataValidation|conditionalFormatting)" + _INNER + rb"\s+sqref\s*=\s*[\"'])"
    rb"([^\"'<>]*)|(<" + _P + rb"sqref\s*>)([^<]*)"
)
_FILTER = re.compile(rb"(<" + _P + rb"autoFilter" + _INNER + rb"\s+ref\s*=\s*[\"'])([^\"'<>]*)")
_ROWS_END = re.compile(rb"</" + _P + rb"sheetData\s*>")
_TYPING = b"dataValidation"
_NAMES = ("_xlnm.Print_Area", "_xlnm._FilterDatabase")
_END = re.compile(r"(\$?[A-Z]{1,3}\$?)([0-9]+)(:\$?)([A-Z]{1,3})(\$?)([0-9]+)$")


@dataclass(frozen=True, slots=True)
class Growth:
    """Lines that have grown: their columns, their heading, the last line there was with the one
    above it, and where they end now. `ends` are the rows where what goes with them may end.
    """

    columns: range
    heading: int
    above: int
    last: int
    ends: tuple[int, ...]
    new_last: int

    def follows(self, area: Area) -> bool:
        """Whether an area goes with the last lines, and ends too early."""
        covers = area.first_row <= self.above and self.last <= area.last_row
        return covers and area.last_row < self.new_last and self._meets(area)

    def ends_there(self, first: int, end: int) -> bool:
        """Whether rows that something was said of ended with the lines."""
        return first <= self.last and end in self.ends and end < self.new_last

    def _meets(self, area: Area) -> bool:
        return area.first_column <= self.columns[-1] and self.columns[0] <= area.last_column


def with_longer_rules(xml: bytes, growth: Growth) -> bytes:
    """The sheet whose rules of the last lines reach down to the new ones, and its filter."""
    end = _ROWS_END.search(xml, xml.rfind(b"sheetData") - 100)
    start = end.end() if end else len(xml)
    around = xml[start:]
    guarded = [
        (found.start(), area)
        for found in _RULE.finditer(around)
        if _is_of_typing(around, found)
        for area in areas_of([(found[3] or found[5] or b"").decode("ascii", "replace")])
    ]

    def longer(found: re.Match[bytes]) -> bytes:
        others: Sequence[Area] = ()
        if _is_of_typing(around, found):  # no cell may have two rules for what is typed
            others = [area for place, area in guarded if place != found.start()]
        text = (found[3] or found[5] or b"").decode("ascii", "replace")
        made = " ".join(_longer(one, growth, others) for one in text.split())
        kept = text if made.split() == text.split() else made
        return (found[1] or found[4]) + kept.encode("ascii", "replace")

    def longer_filter(found: re.Match[bytes]) -> bytes:
        text = found[2].decode("ascii", "replace")
        areas = list(areas_of([text]))
        if len(areas) != 1 or areas[0].first_row != growth.heading or not growth.follows(areas[0]):
            return found[0]
        return found[1] + _text(areas[0], growth.new_last).encode()

    return xml[:start] + _FILTER.sub(longer_filter, _RULE.sub(longer, around))


def _is_of_typing(around: bytes, found: re.Match[bytes]) -> bool:
    """Whether addresses are those of a rule for what is typed, and not of colours."""
    if found[2]:
        return found[2] == _TYPING
    start = found.start()
    return around.rfind(_TYPING, 0, start) > around.rfind(b"conditionalFormatting", 0, start)


def _longer(text: str, growth: Growth, others: Sequence[Area]) -> str:
    areas = list(areas_of([text]))
    if len(areas) != 1 or not growth.follows(areas[0]):
        return text
    one = areas[0]
    added = Area(one.last_row + 1, one.first_column, growth.new_last, one.last_column)
    return text if any(added.overlaps(other) for other in others) else _text(one, growth.new_last)


def _text(area: Area, last: int) -> str:
    first = f"{column_letter(area.first_column)}{area.first_row}"
    return f"{first}:{column_letter(area.last_column)}{last}"


def stretch_names(host: Host, title: str, growth: Growth) -> None:
    """Have what is printed of a sheet, and what its filter hides, end with its lines."""
    change_names(host, title, lambda area: _stretched(area, growth))


def change_names(host: Host, title: str, made: Callable[[str], str]) -> None:
    """Write anew each area that is printed of a sheet, or that its filter is over."""
    titles = [sheet.title for sheet in host.sheets()]
    index = str(titles.index(title))
    for name in host.root.iterfind(f"{q('definedNames')}/{q('definedName')}"):
        if name.get("localSheetId") == index and name.get("name") in _NAMES and name.text:
            name.text = ",".join(map(made, name.text.split(",")))


def _stretched(text: str, growth: Growth) -> str:
    found = _END.search(text)
    if found is None or not growth.ends_there(int(found[2]), int(found[6])):
        return text
    return f"{text[: found.start(6)]}{growth.new_last}"
