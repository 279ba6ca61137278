"""A drop-down list given back to cells that lost it: only the addresses of its rule change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from cedre_xlsx.schema.records import column_letter, column_number
from cedre_xlsx.schema.state import Area
from cedre_xlsx.workbook.edit.formulas import depends_on_row
from cedre_xlsx.workbook.read.state import areas_of

_P = rb"(?:[A-Za-z_][\w.\-]*:)?"
_ATTRIBUTES = rb"(?:\s+[\w:.\-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*"
_RULE = re.compile(
    rb"<(" + _P + rb")dataValidation(" + _ATTRIBUTES + rb")(?:/>|>(.*?)</\1dataValidation\s*>)",
    re.DOTALL,
)
_ADDRESSES = re.compile(rb"(\ssqref\s*=\s*[\"'])([^\"']*)")
_INNER_ADDRESSES = re.compile(rb"sqref\s*>([^<]*)<")
_KIND = re.compile(rb"\stype\s*=\s*[\"']([A-Za-z]+)[\"']")
_TITLE = re.compile(rb"\spromptTitle\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_FORMULA = re.compile(rb"formula1\s*>(.*?)</" + _P + rb"formula1", re.DOTALL)

OTHER_RULE = "ces lignes ont une autre validation, à vous"
SEVERAL = "la colonne a plusieurs listes différentes"
RELATIVE = "sa liste dépend de la ligne"
UNUSUAL = "sa liste est rangée d'une façon inhabituelle"


@dataclass(frozen=True, slots=True)
class ValidationRule:
    """A validation rule: where it stands in what was searched, and its addresses; its cells, its
    kind ("list", "date"…), its formula, the title of what it says when a cell is chosen.

    Without addresses, they are no attribute, as in Excel's extension.
    """

    start: int
    end: int
    addresses: tuple[int, int] | None
    areas: tuple[Area, ...]
    formula: str
    kind: str
    title: str

    @property
    def is_list(self) -> bool:
        """Whether it is a drop-down list."""
        return self.kind == "list"


def with_lists(xml: bytes, cell: str, rows: Sequence[tuple[int, int]]) -> tuple[bytes, str]:
    """The sheet whose list of the column of `cell` reaches those rows too; else the same sheet,
    and why in French.
    """
    letters = cell.rstrip("0123456789")
    column = column_number(letters)
    rules = rules_in(xml, max(xml.rfind(b"sheetData"), 0))
    lost = [Area(first, column, last, column) for first, last in rows]
    if any(area.overlaps(one) for rule in rules for area in rule.areas for one in lost):
        return xml, OTHER_RULE
    mine = [rule for rule in rules if rule.is_list and any(a.holds(column) for a in rule.areas)]
    plain = [rule for rule in mine if rule.addresses]
    if not plain:
        return xml, UNUSUAL
    if len({rule.formula for rule in mine}) > 1:
        return xml, SEVERAL
    rule = plain[0]
    if depends_on_row(rule.formula):
        return xml, RELATIVE
    addresses = " ".join(_addresses(rule.areas, column, rows))
    start, end = rule.addresses or (0, 0)
    return xml[:start] + addresses.encode() + xml[end:], ""


def rules_in(xml: bytes, start: int = 0) -> list[ValidationRule]:
    """The validation rules of a sheet, or of a part of it, from a place on."""
    found = []
    for one in _RULE.finditer(xml, start):
        plain = _ADDRESSES.search(one[2])
        inner = _INNER_ADDRESSES.search(one[3] or b"")
        text = plain[2] if plain else inner[1] if inner else b""
        place = one.start(2) + plain.start(2) if plain else 0
        formula = _FORMULA.search(one[3] or b"")
        kind = _KIND.search(one[2])
        title = _TITLE.search(one[2])
        found.append(
            ValidationRule(
                one.start(),
                one.end(),
                (place, place + len(text)) if plain else None,
                tuple(areas_of([text.decode("ascii", "replace")])),
                _text(formula[1]) if formula else "",
                kind[1].decode() if kind else "",
                _text(title[1] or title[2] or b"") if title else "",
            )
        )
    return found


def _text(xml: bytes) -> str:
    """A text of the sheet, without the tags that Excel's extension puts around a formula."""
    text = re.sub(rb"<[^>]*>", b"", xml)
    root = etree.fromstring(b"<t>" + text + b"</t>", etree.XMLParser(resolve_entities=False))
    return (root.text or "").strip()


def _addresses(areas: Sequence[Area], column: int, rows: Sequence[tuple[int, int]]) -> list[str]:
    """The areas of a rule with more rows of one column, these in as few runs as they make."""
    alone = [area for area in areas if area.first_column == area.last_column == column]
    others = [area for area in areas if area not in alone]
    runs = sorted([*((area.first_row, area.last_row) for area in alone), *rows])
    joined: list[tuple[int, int]] = []
    for first, last in runs:
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return [address_of(one) for one in others] + [
        address_of(Area(first, column, last, column)) for first, last in joined
    ]


def address_of(area: Area) -> str:
    """A cell or an area, as a sheet's part writes it."""
    first = f"{column_letter(area.first_column)}{area.first_row}"
    last = f"{column_letter(area.last_column)}{area.last_row}"
    return first if first == last else f"{first}:{last}"
