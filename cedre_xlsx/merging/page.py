"""The differences as one page that needs nothing else, to read together or to print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files
from string import Template

from cedre_xlsx.merging.changes import CellChange, Change, Differences, LineChange
from cedre_xlsx.merging.wording import BLANK, DOUBT, cells, former, place, summary
from cedre_xlsx.method.french import counted, typeset
from cedre_xlsx.method.text import fold
from cedre_xlsx.reports.csv_text import guarded

_NO_ADVISOR = "Sans accompagnateur"
_NOBODY = "Le classeur"


def html_page(before: str, after: str, told: str, found: Differences) -> str:
    """The page; `before` and `after` are the names of the files, `told` what was asked for."""
    page = Template((files(__package__) / "page.html").read_text(encoding="utf-8"))
    advisors = {one.advisor or _NO_ADVISOR for one in found.people}
    people = {one.name for one in found.people}
    return page.substitute(
        title=_text(f"{before} → {after}"),
        before=_text(before),
        after=_text(after),
        told=f'<p class="told">{_text(told)}</p>' if told else "",
        summary=_text(summary(found)),
        remarks=_remarks(found.remarks),
        advisors=_options(sorted(advisors, key=fold)),
        people=_options(sorted(people, key=fold)),
        sections="".join(_sections(found)),
        count=counted(sum(1 for _ in found.lines), "ligne"),
    )


def _text(text: str) -> str:
    """A text as the page holds it: no tag, and no formula for who copies it to a spreadsheet."""
    return escape(typeset(guarded(text)))


def _options(names: Iterable[str]) -> str:
    return "".join(f'<option value="{escape(name)}">{_text(name)}</option>' for name in names)


def _remarks(remarks: Sequence[str]) -> str:
    lines = "".join(f"<li>{_text(one)}</li>" for one in remarks)
    return f'<ul class="remarks">{lines}</ul>' if lines else ""


def _sections(found: Differences) -> Iterator[str]:
    for person in found.people:
        advisor = person.advisor or _NO_ADVISOR
        beside = "".join(
            f' <span class="beside">{_text(text)}</span>'
            for text in (former(person.former) if person.former else "", person.advisor)
            if text
        )
        yield _section(person.name, beside, person.lines, person.name, advisor)
    for sheet in found.sheets:
        yield _section(sheet.title, "", sheet.lines, "", "")


def _section(
    title: str, beside: str, lines: Sequence[LineChange], person: str, advisor: str
) -> str:
    told = "\n".join(_line(line, person, advisor, title) for line in lines)
    return (
        f'<section class="person"><h2><span>{_text(title)}</span>{beside}'
        f' <span class="many">{counted(len(lines), "ligne")}</span></h2>\n'
        f'<ul class="lines" role="list">\n{told}\n</ul></section>\n'
    )


def _line(line: LineChange, person: str, advisor: str, title: str) -> str:
    said = (text for cell in line.cells for text in (cell.column, cell.before, cell.after))
    attributes = {
        "class": f"line {line.change.value}",
        "data-change": line.change.value,
        "data-person": person or _NOBODY,
        "data-advisor": advisor,
        "data-text": fold(" ".join((title, place(line), line.line, *said))),
    }
    opened = " ".join(f'{name}="{escape(value)}"' for name, value in attributes.items())
    doubt = f'<span class="doubt">{_text(DOUBT)}</span>' if line.doubtful else ""
    return (
        f'<li {opened}><span class="change">{line.change.label}</span>'
        f'<span class="place">{_text(place(line))}</span><div class="what">'
        f'<span class="name">{_text(line.line)}</span>{doubt}'
        f"<dl>{''.join(_cell(cell, line.change) for cell in line.cells)}</dl></div></li>"
    )


def _cell(cell: CellChange, change: Change) -> str:
    where = cells(cell)
    beside = f' <span class="where">{_text(where)}</span>' if where != cell.column else ""
    was = f"<del>{_text(cell.before or BLANK)}</del>"
    now = f"<ins>{_text(cell.after or BLANK)}</ins>"
    if change is Change.CHANGED:
        told = f'{was} <span class="arrow" aria-label="devient">→</span> {now}'
    else:
        told = now if change is Change.ADDED else was
    return f"<div><dt>{_text(cell.column)}{beside}</dt><dd>{told}</dd></div>"
