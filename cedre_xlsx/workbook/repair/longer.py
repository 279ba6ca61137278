"""Lists, guards and colours that end too early, made longer: with room for the lines to come."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import replace

from lxml import etree
from openpyxl.formula.translate import Translator

from cedre_xlsx.ooxml.areas import runs
from cedre_xlsx.schema.reach import SHEET_END
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.state import Area, rows_outside
from cedre_xlsx.workbook.edit.formulas import depends_on_row
from cedre_xlsx.workbook.package.frame import SheetFrame
from cedre_xlsx.workbook.package.host import q
from cedre_xlsx.workbook.read.state import areas_of
from cedre_xlsx.workbook.repair.given_lists import column_of, is_same, with_rules
from cedre_xlsx.workbook.repair.lists import ValidationRule, address_of, rules_in

_COLOURS = "conditionalFormatting"
_ADDRESSES = re.compile(rb"(\ssqref\s*=\s*[\"'])([^\"']*)")


def with_longer_rules(xml: bytes, wanted: Sequence[etree._Element]) -> bytes:
    """A sheet whose columns are helped as far as these rules, each of one column, reach.

    A rule that accepts the same takes their place, with their messages. What the team put on some
    cells of such a column stays there; a rule of theirs for a whole column reaches as far.
    """
    ours = {column_of(one): one for one in wanted}
    replaced: set[int] = set()

    def is_replaced(rule: ValidationRule) -> bool:
        columns = _columns_of(rule.areas)
        if not columns or not all(c in ours and is_same(rule, ours[c]) for c in columns):
            return False
        replaced.update(columns)
        return True

    def added(kept: Sequence[ValidationRule]) -> Iterator[etree._Element]:
        for column, rule in ours.items():
            theirs = [area for one in kept for area in one.areas if area.holds(column)]
            if column in replaced or not theirs:
                yield from _beside(rule, theirs)

    xml = with_rules(xml, is_replaced, added)
    last = max((_area_of(rule).last_row for rule in wanted), default=0)
    return _with_longer_tails(xml, ours.keys() - replaced, last)


def with_longer_colours(xml: bytes, first: int, end: int) -> bytes:
    """A sheet whose colours of all the lines, from `first` to `end`, go to the end of the sheet."""
    frame = SheetFrame(xml)
    for child in sorted(frame.children, key=lambda one: one.start, reverse=True):
        found = _ADDRESSES.search(xml, child.start, xml.index(b">", child.start))
        if child.name != _COLOURS or found is None:
            continue
        areas = areas_of([found[2].decode("ascii", "replace")])
        longer = [
            replace(area, last_row=SHEET_END)
            if area.first_row <= first and area.last_row >= end
            else area
            for area in areas
        ]
        xml = xml[: found.start(2)] + _text(longer) + xml[found.end(2) :]
    return xml


def _beside(rule: etree._Element, theirs: Sequence[Area]) -> Iterator[etree._Element]:
    """A rule for the rows of its column that others leave; none where they leave none."""
    area = _area_of(rule)
    rows = rows_outside(range(area.first_row, area.last_row + 1), theirs) if theirs else []
    if not theirs:
        yield rule
    elif rows:
        made = deepcopy(rule)
        pieces = [replace(area, first_row=top, last_row=end) for top, end in runs(rows)]
        made.set("sqref", _text(pieces).decode())
        origin, place = (
            f"{column_letter(area.first_column)}{r}" for r in (area.first_row, rows[0])
        )
        for formula in made.iter(q("formula1"), q("formula2")):
            if origin != place and depends_on_row(formula.text or ""):
                moved = Translator(f"={formula.text}", origin).translate_formula(place)
                formula.text = str(moved).removeprefix("=")
        yield made


def _with_longer_tails(xml: bytes, columns: Collection[int], last: int) -> bytes:
    """The rules that are alone in one of those columns, and hold it from its top, reach `last`."""
    rules = rules_in(xml, max(xml.rfind(b"sheetData"), 0))
    for rule in reversed(rules):
        mine = _columns_of(rule.areas)
        others = [area for one in rules if one is not rule for area in one.areas]
        alone = mine and mine <= set(columns) and not any(
            area.holds(column) for area in others for column in mine
        )  # fmt: skip
        if alone and rule.addresses and len(rule.areas) == 1:
            start, end = rule.addresses
            [area] = rule.areas
            longer = replace(area, last_row=max(last, area.last_row))
            xml = xml[:start] + _text([longer]) + xml[end:]
    return xml


def _area_of(rule: etree._Element) -> Area:
    """The cells of a rule of a new workbook."""
    [area] = areas_of([rule.get("sqref", "")])
    return area


def _columns_of(areas: Iterable[Area]) -> set[int]:
    return {column for area in areas for column in range(area.first_column, area.last_column + 1)}


def _text(areas: Iterable[Area]) -> bytes:
    return " ".join(map(address_of, areas)).encode()
