"""Drop-down lists and what columns accept, given back as a new workbook has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from lxml import etree

from cedre_xlsx.ooxml.parts import MAIN
from cedre_xlsx.schema.state import is_dead
from cedre_xlsx.workbook.package.frame import SheetFrame, joined, tags_of
from cedre_xlsx.workbook.package.host import q
from cedre_xlsx.workbook.read.state import areas_of
from cedre_xlsx.workbook.repair.lists import ValidationRule, rules_in

_DIGITS = re.compile(r"[0-9]+")
_RULES = "dataValidations"


def with_column_rules(xml: bytes, wanted: Sequence[etree._Element]) -> bytes:
    """A sheet whose columns accept what these rules say, each of one column.

    A rule of the same kind that stands there already, broken or not, is replaced; the other rules
    of the team stay, and their columns keep them.
    """
    ours = {column_of(one): one for one in wanted}

    def is_replaced(rule: ValidationRule) -> bool:
        columns = {c for a in rule.areas for c in range(a.first_column, a.last_column + 1)}
        if not columns:
            return rule.is_list and is_dead(rule.formula)
        return all(c in ours and (_is_broken(rule) or is_same(rule, ours[c])) for c in columns)

    return with_rules(
        xml,
        is_replaced,
        lambda kept: [
            rule
            for column, rule in ours.items()
            if not any(area.holds(column) for one in kept for area in one.areas)
        ],
    )


def with_form_rules(xml: bytes, wanted: Sequence[etree._Element]) -> bytes:
    """A sheet of ours without lines, whose cells accept what these rules say."""
    places = [area for one in wanted for area in areas_of([one.get("sqref", "")])]

    def is_replaced(rule: ValidationRule) -> bool:
        return _is_broken(rule) or any(a.overlaps(one) for a in rule.areas for one in places)

    return with_rules(xml, is_replaced, lambda _: wanted)


def with_rules(
    xml: bytes,
    is_replaced: Callable[[ValidationRule], bool],
    added: Callable[[Sequence[ValidationRule]], Iterable[etree._Element]],
) -> bytes:
    """A sheet without the rules that are replaced, and with those that the kept ones call for."""
    frame = SheetFrame(xml)
    holder = frame.child(_RULES)
    content = frame.content(holder) if holder else frame.written(etree.Element(q(_RULES)))
    opening, inner, closing = tags_of(content)
    kept = [rule for rule in rules_in(inner) if not is_replaced(rule)]
    pieces = [inner[rule.start : rule.end] for rule in kept]
    pieces += [frame.written(one) for one in added(kept)]
    frame.put(_RULES, joined(opening, pieces, closing) if pieces else b"")
    return frame.xml


def _is_broken(rule: ValidationRule) -> bool:
    return rule.is_list and (is_dead(rule.formula) or not rule.areas)


def is_same(rule: ValidationRule, ours: etree._Element) -> bool:
    """Whether a rule accepts what ours does, rows aside; or is what a program left of ours: what
    it says, without what it accepts.
    """
    if rule.kind in ("", "none"):
        return bool(rule.title) and rule.title == ours.get("promptTitle")
    formula = ours.findtext(f"{{{MAIN}}}formula1") or ""
    return _kind(rule.kind) == _kind(ours.get("type", "")) and form_of(rule.formula) == form_of(
        formula
    )


def _kind(kind: str) -> str:
    """A rule that only says something has no kind, or says so."""
    return "" if kind == "none" else kind


def form_of(formula: str) -> str:
    """A formula without its rows, as no program spells it otherwise."""
    return _DIGITS.sub("#", "".join(formula.replace("()", "").split()))


def column_of(rule: etree._Element) -> int:
    """The column of a rule of a new workbook."""
    return next(areas_of([rule.get("sqref", "")])).first_column
