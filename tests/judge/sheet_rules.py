"""Colours by condition, and what cells accept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from tests.judge.formulas import formula_faults, is_structured
from tests.judge.xml import Range, address, first_overlap, number, q, ranges_of, twice, units

_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_XM = "http://schemas.microsoft.com/office/excel/2006/main"
MAX_VALIDATIONS, MAX_INLINE, MAX_TITLE, MAX_PROMPT = 65_534, 255, 32, 255
#: How many formulas a rule needs, by its type.
_FORMULAS = {
    "expression": 1, "cellIs": 1, "containsText": 1, "notContainsText": 1, "beginsWith": 1,
    "endsWith": 1, "containsBlanks": 1, "notContainsBlanks": 1, "containsErrors": 1,
    "notContainsErrors": 1, "timePeriod": 1,
}  # fmt: skip
_HOLDERS = {"colorScale": "colorScale", "dataBar": "dataBar", "iconSet": "iconSet"}
_TWO = ("between", "notBetween")


def rule_faults(root: etree._Element) -> Iterator[str]:
    """Conditional formats, then validations, those of Excel's extension too."""
    yield from _formats(root)
    yield from _validations(root)
    for holder in root.iter(q("extLst")):
        yield from twice((one.get("uri", "") for one in holder), "extension")
    for place in root.iter(f"{{{_XM}}}sqref"):
        if ranges_of(place.text or "") is None:
            yield f"an extension on {place.text!r}"


def _formats(root: etree._Element) -> Iterator[str]:
    priorities: Counter[int] = Counter()
    for one in root.iterfind(q("conditionalFormatting")):
        where = one.get("sqref", "")
        if ranges_of(where) is None:
            yield f"conditional format on {where!r}"
        for rule in one.iterchildren(q("cfRule")):
            priority = number(rule, "priority")
            priorities[priority] += 1
            if priority < 1:
                yield f"{where}: a rule of priority {rule.get('priority')}"
            for fault in _rule(rule):
                yield f"{where}: {fault}"
    yield from (f"priority twice: {one}" for one, count in priorities.items() if count > 1)


def _rule(rule: etree._Element) -> Iterator[str]:
    kind = rule.get("type", "")
    formulas = [one.text or "" for one in rule.iterchildren(q("formula"))]
    needed = 2 if kind == "cellIs" and rule.get("operator") in _TWO else _FORMULAS.get(kind, 0)
    if len(formulas) < needed:
        yield f"a rule {kind} with {len(formulas)} formulas"
    for formula in formulas:
        if fault := formula_faults(formula):
            yield fault
        if is_structured(formula):
            yield f"a rule names a column of a table: {formula}"
    if kind == "cellIs" and not rule.get("operator"):
        yield "a comparison without operator"
    if kind == "top10" and not 1 <= number(rule, "rank") <= 1000:
        yield f"a rank of {rule.get('rank')}"
    if kind == "timePeriod" and not rule.get("timePeriod"):
        yield "a rule on dates without period"
    if kind in _HOLDERS:
        yield from _scale(rule, kind)


def _scale(rule: etree._Element, kind: str) -> Iterator[str]:
    holder = rule.find(q(_HOLDERS[kind]))
    if holder is None:
        yield f"a rule {kind} without content"
        return
    steps, colors = len(holder.findall(q("cfvo"))), len(holder.findall(q("color")))
    if kind == "colorScale" and not (steps == colors and steps in (2, 3)):
        yield f"a scale of {steps} steps and {colors} colours"
    if kind == "dataBar" and (steps, colors) != (2, 1):
        yield f"a bar of {steps} steps and {colors} colours"
    expected = int(holder.get("iconSet", "3TrafficLights1")[0])
    if kind == "iconSet" and steps != expected:
        yield f"a set of {expected} icons with {steps} steps"


def _validations(root: etree._Element) -> Iterator[str]:
    holder = root.find(q("dataValidations"))
    if holder is None:
        return
    rules = holder.findall(q("dataValidation"))
    if len(rules) > MAX_VALIDATIONS:
        yield "too many validations"
    if not rules:
        yield "a list of no validation"
    if holder.get("count") and number(holder, "count") != len(rules):
        yield "count of dataValidations"
    places: list[Range] = []
    for rule in rules:
        where = rule.get("sqref", "")
        found = ranges_of(where)
        if found is None:
            yield f"validation on {where!r}"
        places += dict.fromkeys(found or ())
        for fault in _validation(rule):
            yield f"validation of {where[:20]}: {fault}"
    if (pair := first_overlap(places)) is not None:
        yield f"validations overlap: {address(pair[0])} and {address(pair[1])}"


def _validation(rule: etree._Element) -> Iterator[str]:
    for names, longest in (
        (("promptTitle", "errorTitle"), MAX_TITLE), (("prompt", "error"), MAX_PROMPT),
    ):  # fmt: skip
        yield from (f"{name} is too long" for name in names if _length(rule, name) > longest)
    kind = rule.get("type", "none")
    first, second = (rule.findtext(q(name)) or "" for name in ("formula1", "formula2"))
    if kind == "none":
        return
    if not first:
        yield "no formula"
        return
    if kind not in ("list", "custom") and rule.get("operator", "between") in _TWO and not second:
        yield "no second formula"
    if kind == "list" and first.startswith('"') and units(first) - 2 > MAX_INLINE:
        yield "a list too long"
    for formula in filter(None, (first, second)):
        if not formula.startswith('"') and (fault := formula_faults(formula)):
            yield fault
        if is_structured(formula):
            yield f"a list names a column of a table: {formula}"


def _length(rule: etree._Element, name: str) -> int:
    return units(re.sub(r"_x[0-9A-Fa-f]{4}_", "?", rule.get(name, "")))
