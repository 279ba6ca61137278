"""One line of someone as a line of nobody: what stays, what goes, what each cell says then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.hand_overs import REVIEW_HANDED, SHEET_HANDED
from cedre_xlsx.method.hours import Hours
from cedre_xlsx.method.references import reference_key
from cedre_xlsx.method.text import fold, word_key
from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.privacy.anonymous.model import REMOVED, UNREADABLE, DateKey, NewLine
from cedre_xlsx.schema.barriers import BarrierRow
from cedre_xlsx.schema.columns import Column, Data, Kind, Row
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.missions import HOURS_COLUMNS
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.tables import TableSpec
from cedre_xlsx.workbook.edit.model import CellValue
from cedre_xlsx.workbook.read.times import french_hours

#: Some fields of rows of some tables.
_Fields = Mapping[type[Row], tuple[str, ...]]

#: Health, and what a date that cannot be read does to a figure.
_HEALTH: _Fields = {PersonRow: ("aah", "rqth"), FollowUpRow: ("absence_reason",)}
_COUNTED_UNREADABLE: _Fields = {PersonRow: ("registered", "exited"), EngagementRow: ("reviewed",)}
#: Names that stay: the team's own, by whom a table counts.
_STAYING_NAMES: _Fields = {PersonRow: ("advisor",)}
#: Texts that a table counts as they are, or only as being there.
_COUNTED_TEXTS: _Fields = {PersonRow: ("exit_reason",), BarrierRow: ("barrier", "orientation")}
_COUNTED_FILLED: _Fields = {PersonRow: ("education", "unemployment", "rsa")}


@dataclass(frozen=True)
class Neutral:
    """What makes lines neutral: where the days went, and what stands for names and references.

    `births` are the years of birth by row of Personnes, `references` by what references are
    compared by, `sessions` the words of collective lines by row of Suivi. `breakdowns` are the
    fields and the folded headings by which tables count; `is_sensitive` tells of health and
    justice.
    """

    moved: Mapping[DateKey, date]
    births: Mapping[int, int]
    references: Mapping[str, str]
    sessions: Mapping[int, str]
    breakdowns: Set[str]
    is_sensitive: Callable[..., bool]

    def line(self, spec: TableSpec[Any], row: Row, code: str, own: Mapping[str, object]) -> NewLine:
        """What becomes of a line; `own` is what stands under the team's own headings."""
        if isinstance(row, BarrierRow) and self.is_sensitive(row.barrier):
            nothing: dict[str, CellValue] = dict.fromkeys(spec.columns, None)
            return NewLine(spec.table, row.row, None, nothing, dict.fromkeys(own, None))
        facts: dict[str, Any] = {"row": row.row}
        cells: dict[str, CellValue] = {}
        for name, column in spec.columns.items():
            facts[name], cells[name] = self._cell(spec, row, name, column, code)
        counted = _COUNTED_UNREADABLE.get(type(row), ())
        lost = frozenset(name for name in row.unreadable if name in counted)
        cells.update(dict.fromkeys(lost, UNREADABLE))
        facts["unreadable"] = lost
        gone = {heading: None for heading in own if not self._stays(heading, own[heading])}
        if isinstance(row, PersonRow):
            facts["extra"] = {name: one for name, one in row.extra.items() if name not in gone}
        model: Any = type(row)
        fields = {name: one for name, one in facts.items() if one is not None}
        return NewLine(spec.table, row.row, model(**fields), cells, gone)

    def _stays(self, heading: str, value: object) -> bool:
        """Whether a cell of the team's own column stays: a table counts by it."""
        told = isinstance(value, str) and self.is_sensitive(value)
        return fold(heading) in self.breakdowns and not self.is_sensitive(heading) and not told

    def _cell(
        self, spec: TableSpec[Any], row: Row, name: str, column: Column, code: str
    ) -> tuple[Any, CellValue]:
        """What a field means from now on, and what its cell holds."""
        value = getattr(row, name)
        special = self._special(row, name, value, code)
        if special is not None:
            return special
        match value:
            case None | "":
                return None, None
            case DatedText():
                day = self.moved.get((spec.table, row.row, name, ""))
                return (None, None) if day is None else (DatedText("", day), day)
            case Deadline():
                return self._deadline((spec.table, row.row, name))
            case date():
                day = self.moved[spec.table, row.row, name, ""]
                return day, day
        if column.told is not Data.KEEP and name not in self.breakdowns:
            return None, None
        if isinstance(value, str):
            return self._text(row, name, column, value)
        return value, _cell_of(value, name)

    def _special(self, row: Row, name: str, value: Any, code: str) -> tuple[Any, CellValue] | None:
        """Fields that nobody else's rule fits; None for the others."""
        if name in _HEALTH.get(type(row), ()):
            return None, None
        if isinstance(row, BarrierRow) and name in ("orientation", "result"):
            return (None, None) if self.is_sensitive(row.orientation) else None
        if name in _STAYING_NAMES.get(type(row), ()) and value:
            return value, value
        match row, name:
            case (PersonRow(), "last_name" | "typed_person") | (_, "person"):
                return code, code
            case PersonRow(), "birth_year" if value is not None:
                year = self.births[row.row]
                return year, year
            case FollowUpRow(), "action" if value:
                said = self._action(row)
                return said, said
            case (EngagementRow() | FollowUpRow(), "reference") if value:
                found = self.references.get(reference_key(value))
                return found, found
        return None

    def _action(self, row: FollowUpRow) -> str:
        if row.is_hand_over:
            papers = {word_key(one): one for one in (SHEET_HANDED, REVIEW_HANDED)}
            return papers[word_key(row.action)]
        return self.sessions.get(row.row, REMOVED)

    def _deadline(self, place: tuple[str, int, str]) -> tuple[Any, CellValue]:
        """The first day and the last, without what was said beside; a condition has none."""
        last, first = self.moved.get((*place, "")), self.moved.get((*place, "first"))
        if last is None or first is None:
            return None, None
        if first == last:
            return Deadline("", last, last), last
        text = f"{french_day(first)} reporté au {french_day(last)}"
        return Deadline(text, last, first, int(last > first)), text

    def _text(self, row: Row, name: str, column: Column, value: str) -> tuple[Any, CellValue]:
        """A word of a list stays, unless it tells of health or justice; others, where counted."""
        if self.is_sensitive(value):
            return self._filled(row, name)
        is_known = column.choices is None or value in column.choices.values
        counted = name in _COUNTED_TEXTS.get(type(row), ()) or name in self.breakdowns
        if is_known or counted or column.kind is Kind.CODE:
            return value, value
        return self._filled(row, name)

    def _filled(self, row: Row, name: str) -> tuple[Any, CellValue]:
        """What stands for a word that goes: a mark where a figure counts whether one is there."""
        kept = name in _COUNTED_FILLED.get(type(row), ()) and name not in self.breakdowns
        return (REMOVED, REMOVED) if kept else (None, None)


def _cell_of(value: Any, name: str) -> CellValue:
    """A value as a cell holds it."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Hours):
        return french_hours(value, HOURS_COLUMNS[name])
    return value  # type: ignore[no-any-return]
