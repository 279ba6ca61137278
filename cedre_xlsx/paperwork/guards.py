"""The rules by which a form's cells refuse what is typed: a length, a number, a day."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from lxml import etree

from cedre_xlsx.method.days import EPOCH
from cedre_xlsx.schema.state import Area
from cedre_xlsx.workbook.edit.model import CellValue, shown
from cedre_xlsx.workbook.read.state import areas_of, around_cells

_NO_RULES = ("", "none", "list")
_TRUE = ("1", "true")
_UNREAD = "sa règle de saisie ne se lit pas"
_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "equal": operator.eq, "notEqual": operator.ne,
    "lessThan": operator.lt, "lessThanOrEqual": operator.le,
    "greaterThan": operator.gt, "greaterThanOrEqual": operator.ge,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Guard:
    """A rule: its kind (textLength, date, whole…), how it compares, with what, and its cells."""

    kind: str
    comparison: str
    bounds: tuple[str, ...]
    areas: tuple[Area, ...]

    def why_not(self, value: CellValue, *, is_day_shown: bool) -> str:
        """Why the cells refuse a value, in French; "" where they take it.

        `is_day_shown` says that a day is written as a day, and not as a text.
        """
        said = f"« {shown(value)} »"
        measure = self._measure(value, is_day_shown=is_day_shown)
        if measure is None:
            what = {"date": "une date", "time": "une heure"}.get(self.kind, "un nombre")
            return _UNREAD if self.kind == "custom" else f"la case n'accepte qu'{what}, non {said}"
        bounds = [_number(one) for one in self.bounds]
        sure = [one for one in bounds if one is not None]
        if len(sure) < len(bounds) or not sure:
            return _UNREAD
        return "" if self._holds(measure, sure) else f"la règle de la case refuse {said}"

    def _measure(self, value: CellValue, *, is_day_shown: bool) -> float | None:
        """What the rule looks at; None for a value of another kind."""
        if self.kind == "textLength":
            return len(shown(value))
        if self.kind == "date" and isinstance(value, date) and is_day_shown:
            return (value - EPOCH).days
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if self.kind in ("whole", "decimal") and is_number:
            assert isinstance(value, (int, float))
            return float(value) if self.kind == "decimal" or value == int(value) else None
        return None

    def _holds(self, measure: float, bounds: list[float]) -> bool:
        if self.comparison in _COMPARISONS:
            return _COMPARISONS[self.comparison](measure, bounds[0])
        is_between = bounds[0] <= measure <= bounds[-1]
        return is_between == (self.comparison == "between")


def guards_of(xml: bytes) -> tuple[Guard, ...]:
    """The rules of a sheet that refuse something, lists aside."""
    around = around_cells(xml)
    return () if around is None else tuple(_guards(around))


def _guards(around: etree._Element) -> Iterator[Guard]:
    for one in around.iter("{*}dataValidation"):
        kind = one.get("type") or ""
        if kind in _NO_RULES or one.get("showErrorMessage") not in _TRUE:
            continue
        said = {
            str(child.tag).rpartition("}")[2]: "".join(map(str, child.itertext())) for child in one
        }
        cells = one.get("sqref") or said.get("sqref", "")
        bounds = tuple(said[name].strip() for name in ("formula1", "formula2") if said.get(name))
        yield Guard(kind, one.get("operator") or "between", bounds, tuple(areas_of([cells])))


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
