"""The decisions that stand in `Réunion`, on their points and in the block at its bottom."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cedre_xlsx.schema.decisions import (
    DECISION_PLACES,
    MEETING_HEADINGS,
    Decision,
    meeting_columns,
    meeting_columns_by_key,
    reference_in,
)
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.generated import identity_in, is_kept_key, is_key
from cedre_xlsx.schema.generated_sheets import MEETING_KIND
from cedre_xlsx.schema.kept import BETWEEN, kept_line
from cedre_xlsx.schema.records import Records, column_letter
from cedre_xlsx.workbook.fingerprint import digest
from cedre_xlsx.workbook.following import taken_apart
from cedre_xlsx.workbook.line_prints import parts_of, twin_of
from cedre_xlsx.workbook.read.generated import date_or_text
from cedre_xlsx.workbook.read.problems import plain_text
from cedre_xlsx.workbook.read.raw import Cell, RawSheet, RawWorkbook, is_blank, is_error
from cedre_xlsx.workbook.row_keys import RowKeys

_HEADING_ROWS = 50  # of the sheet, in which the headings are looked for
_MOST_COLUMNS = 60  # from the left, among which they are
_PERSON, _SUBJECT = MEETING_HEADINGS.index("Personne"), MEETING_HEADINGS.index("À savoir") - 1
_CLOSED = [place for place in range(1, len(MEETING_HEADINGS) + 1)
           if place not in DECISION_PLACES.values()]  # fmt: skip

Line = FollowUpRow | EngagementRow


def with_decisions(records: Records, workbook: RawWorkbook) -> Records:
    """The records with what was decided, each on the line that its point came from."""
    for sheet in workbook.sheets:
        if sheet.generated_as == MEETING_KIND.mark:
            found = [_with_person(one, records)
                     for one in _decisions(sheet, date1904=records.date1904)]  # fmt: skip
            return replace(records, decisions=tuple(_on_lines(found, records)))
    return records


def _with_person(decision: Decision, records: Records) -> Decision:
    """A decision in the block whose line said nothing but a name: that is whose it is."""
    name = records.canonical_name(decision.subject) if decision.gone else None
    if decision.person or name is None:
        return decision
    return replace(decision, person=name, subject="")


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the columns of `Réunion` are in the grid, by their place in a new one."""

    columns: Mapping[int, int]
    first_row: int

    def cell(self, sheet: RawSheet, row: int, place: int) -> Cell:
        """The cell of a column of ours in a row."""
        index = self.columns.get(place)
        return None if index is None else sheet.cell(row, index)


def _layout(sheet: RawSheet) -> _Layout | None:
    """By the headings, else by the column of the keys; None where neither tells."""
    best: dict[int, int] = {}
    heading_row = -1
    for index, row in enumerate(sheet.grid[:_HEADING_ROWS]):
        found = meeting_columns(_names(sheet, row))
        if len(found) > len(best):
            best, heading_row = found, index
    if not best:
        best = meeting_columns_by_key(_key_column(sheet))
    places = {sheet.column_index(number): place for number, place in best.items()}
    if not places:
        return None
    return _Layout({place: index for index, place in places.items()}, heading_row + 1)


def _names(sheet: RawSheet, row: Sequence[Cell]) -> list[str]:
    """The texts of a row by column, those far right aside."""
    names = [""] * _MOST_COLUMNS
    for index, cell in enumerate(row):
        number = sheet.column_number(index)
        if number <= _MOST_COLUMNS and isinstance(cell, str):
            names[number - 1] = cell
    return names


def _key_column(sheet: RawSheet) -> int:
    for row in sheet.grid:
        for index, cell in enumerate(row):
            if isinstance(cell, str) and is_key(cell):
                return sheet.column_number(index)
    return 0


def _decisions(sheet: RawSheet, *, date1904: bool) -> Iterator[Decision]:
    layout = _layout(sheet)
    if layout is None or not layout.columns.keys() & set(DECISION_PLACES.values()):
        return
    keys = [_key(row) for row in sheet.grid]
    row_keys = RowKeys(keys)
    for index in range(layout.first_row, len(sheet.grid)):
        values = {name: layout.cell(sheet, index, place) for name, place in DECISION_PLACES.items()}
        if all(is_blank(cell) or is_error(cell) for cell in values.values()):
            continue
        shown = [_text(layout.cell(sheet, index, place)) for place in _CLOSED]
        key = keys[index]
        if not is_kept_key(key):  # it may have been sorted without its key
            key = row_keys.key_of(shown, key)
        yield _decision(sheet, layout, index, key, values, date1904=date1904)


def agenda_cells(workbook: RawWorkbook) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """The rows of `Réunion`: what each is known by, its sheet, the address of each field's cell."""
    for sheet in workbook.sheets:
        layout = _layout(sheet) if sheet.generated_as == MEETING_KIND.mark else None
        if layout is None:
            continue
        for index in range(layout.first_row, len(sheet.grid)):
            key = _key(sheet.grid[index])
            if identity_in(key) and not is_kept_key(key):
                yield identity_in(key), sheet.name, _addresses(sheet, layout, index)


def _addresses(sheet: RawSheet, layout: _Layout, index: int) -> dict[str, str]:
    """The address of each field's cell in a row."""
    return {
        name: f"{column_letter(sheet.column_number(layout.columns[place]))}"
        f"{sheet.row_numbers[index]}"
        for name, place in DECISION_PLACES.items()
        if place in layout.columns
    }


def _decision(
    sheet: RawSheet,
    layout: _Layout,
    index: int,
    key: str,
    values: Mapping[str, Cell],
    *,
    date1904: bool,
) -> Decision:
    number = sheet.row_numbers[index]
    gone = is_kept_key(key)
    person = _text(layout.cell(sheet, index, _PERSON + 1))
    subject = _text(layout.cell(sheet, index, _SUBJECT + 1))
    first = _text(layout.cell(sheet, index, 1)) or _first(sheet, index)
    if gone:
        told = kept_line(first, MEETING_KIND.mark)
        person = told.person if told else ""
        subject = _subject(told.line if told else first, person)
    said = _text(values["poured"])
    due = values["due"]
    return Decision(
        person=person,
        text=_text(values["text"]),
        who=_text(values["who"]),
        due=None if is_blank(due) or is_error(due) else date_or_text(due, date1904=date1904),
        poured=said.strip() if reference_in(said) else "",
        said=said,
        sheet=sheet.name,
        row=number,
        cells=_addresses(sheet, layout, index),
        identity=identity_in(key),
        subject=subject,
        gone=gone,
    )


def _first(sheet: RawSheet, index: int) -> str:
    return next((_text(cell) for cell in sheet.grid[index] if not is_blank(cell)), "")


def _subject(line: str, person: str) -> str:
    """What a line that is gone was about, among the texts that the block names it by."""
    parts = line.split(BETWEEN)
    if person in parts:
        parts = parts[parts.index(person) + 1 :]
    return parts[0] if parts else ""


def _text(cell: Cell) -> str:
    if cell is None or is_error(cell):
        return ""
    return cell.replace("\r\n", "\n").strip() if isinstance(cell, str) else plain_text(cell)


def _key(row: Sequence[Cell]) -> str:
    """The hidden key of a row; "" for one without."""
    return next((c for c in row if isinstance(c, str) and "|" in c and is_key(c)), "")


def _on_lines(decisions: Sequence[Decision], records: Records) -> Iterator[Decision]:
    """The decisions, each with the line of its point; one of someone who was renamed since is
    known by the rest, where that tells one line alone.
    """
    wanted = {taken_apart(one.identity)[0] for one in decisions if one.identity}
    people = {name.partition(".")[0] for name in wanted if "." in name}
    found: dict[str, list[Line]] = {}
    for name, line in _lines(records, people):
        found.setdefault(name, []).append(line)
    rest: dict[str, list[Line]] = {}
    if any("." in name and name not in found for name in wanted):
        for name, line in _lines(records, None):
            rest.setdefault(name.partition(".")[2], []).append(line)
    for one in decisions:
        name, mark, _ = taken_apart(one.identity)
        lines = found.get(name) or (rest.get(name.partition(".")[2], []) if "." in name else [])
        told = [line for line in lines if mark and twin_of(records, line) == mark]
        chosen = told or lines
        yield replace(one, line=chosen[0]) if chosen and (told or len(chosen) == 1) else one


def _lines(records: Records, people: Collection[str] | None) -> Iterator[tuple[str, Line]]:
    """What the agenda knows each line by, twins aside; of some people, or of all."""
    if people is not None and not people:
        return
    for table in (records.follow_ups, records.engagements):
        sheet = digest(table.sheet)
        for row in table.rows:
            person = records.name_or_typed(row.person)
            first = parts_of(person, "")[0]
            if people is None or first in people:
                yield ".".join((first, sheet, *parts_of(person, row.key)[1:])), row
