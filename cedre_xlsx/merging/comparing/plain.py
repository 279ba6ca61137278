"""The differences as text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from cedre_xlsx.merging.comparing.changes import Change, Differences, LineChange
from cedre_xlsx.merging.comparing.wording import BLANK, DOUBT, cells, former, place, summary


def plain_lines(found: Differences) -> Iterator[str]:
    """One sentence on the whole, remarks, then each person with the lines about them."""
    yield summary(found)
    for remark in found.remarks:
        yield f"- {remark}"
    for person in found.people:
        yield ""
        beside = [former(person.former)] if person.former else []
        beside += [person.advisor] if person.advisor else []
        yield f"{person.name} ({' ; '.join(beside)})" if beside else person.name
        for line in person.lines:
            yield from _line(line)
    for sheet in found.sheets:
        yield ""
        yield sheet.title
        for line in sheet.lines:
            yield from _line(line)


def _line(line: LineChange) -> Iterator[str]:
    yield f"  {line.change.label} · {place(line)} · {_short(line.line)}"
    if line.doubtful:
        yield f"    {DOUBT}"
    for cell in line.cells:
        heading, where = _short(cell.column), cells(cell)
        told = heading if heading == where else f"{heading} ({where})" if where else heading
        was, now = (_short(text) or BLANK for text in (cell.before, cell.after))
        if line.change is Change.CHANGED:
            yield f"    {told} : {was} → {now}"
        else:
            yield f"    {told} : {was if line.change is Change.REMOVED else now}"


def _short(text: str) -> str:
    return " ".join(text.split())
