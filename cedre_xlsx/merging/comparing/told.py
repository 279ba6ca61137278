"""The differences as French says them: what a terminal and a page show, each in its way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cedre_xlsx.merging.comparing.changes import CellDifference, Change, Differences, LineDifference
from cedre_xlsx.merging.comparing.wording import BLANK, DOUBT, cells, former, place, summary


@dataclass(frozen=True, slots=True)
class ToldCell:
    """A cell by its heading and its addresses; what it held and holds, None where there was no
    line, or there is none.
    """

    place: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A line: what became of it, where it is, what it is known by; `doubt` where others are like
    it, "" where none is.
    """

    title: str
    cells: tuple[ToldCell, ...]
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class ToldGroup:
    """The lines of somebody, or of a sheet that is about nobody; `beside` says who follows them."""

    title: str
    lines: tuple[ToldLine, ...]
    beside: str = ""


@dataclass(frozen=True, slots=True)
class ToldDifferences:
    """One sentence on the whole, remarks on sheets and columns, then all lines."""

    summary: str
    remarks: tuple[str, ...]
    groups: tuple[ToldGroup, ...]


def told(found: Differences) -> ToldDifferences:
    """The differences, people first."""
    return ToldDifferences(summary(found), found.remarks, tuple(_groups(found)))


def _groups(found: Differences) -> Iterator[ToldGroup]:
    for person in found.people:
        beside = [former(person.former)] if person.former else []
        beside += [person.advisor] if person.advisor else []
        yield ToldGroup(person.name, tuple(map(_line, person.lines)), " ; ".join(beside))
    for sheet in found.sheets:
        yield ToldGroup(sheet.title, tuple(map(_line, sheet.lines)))


def _line(line: LineDifference) -> ToldLine:
    title = f"{line.change.label} · {place(line)} · {_short(line.line)}"
    told_cells = tuple(_cell(cell, line.change) for cell in line.cells)
    return ToldLine(title, told_cells, DOUBT if line.doubtful else "")


def _cell(cell: CellDifference, change: Change) -> ToldCell:
    heading, where = _short(cell.column), cells(cell)
    told_at = heading if heading == where else f"{heading} ({where})" if where else heading
    was, now = (_short(text) or BLANK for text in (cell.before, cell.after))
    return ToldCell(
        told_at,
        None if change is Change.ADDED else was,
        None if change is Change.REMOVED else now,
    )


def _short(text: str) -> str:
    return " ".join(text.split())
