"""The differences as one page that needs nothing else, to read together or to print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files

from cedre_xlsx.merging.comparing.changes import CellDifference, Change, Differences, LineDifference
from cedre_xlsx.merging.comparing.wording import BLANK, DOUBT, cells, former, place, summary
from cedre_xlsx.method.text import fold
from cedre_xlsx.reports.filtered_page import (
    NO_ADVISOR,
    NOBODY,
    FilteredPage,
    item,
    section,
    text,
)

_UNIT = "ligne"
_KINDS = {"changed": "Changées", "added": "Ajoutées", "removed": "Supprimées"}
_BLANK = f'<span class="arrow">{BLANK}</span>'


def html_page(before: str, after: str, told: str, found: Differences) -> str:
    """The page; `before` and `after` are the names of the files, `told` what was asked for."""
    page = FilteredPage(
        title=f"Comparaison · {text(f'{before} → {after}')}",
        header=_header(before, after, told, found),
        style=(files(__package__) / "page.css").read_text(encoding="utf-8"),
        unit=_UNIT,
        none="aucune ligne",
        legend="Lignes",
        kinds=_KINDS,
        placeholder="mot, feuille, colonne",
    )
    return page.html(
        "".join(_sections(found)),
        count=sum(1 for _ in found.lines),
        people=[*sorted({one.name for one in found.people}, key=fold), NOBODY],
        advisors={one.advisor or NO_ADVISOR for one in found.people},
    )


def _header(before: str, after: str, told: str, found: Differences) -> str:
    asked = f'<p class="told">{text(told)}</p>' if told else ""
    return (
        f'<h1>Ce qui a changé</h1>\n<p class="files">De {text(before)} à {text(after)}</p>\n{asked}'
        f'<p class="summary">{text(summary(found))}</p>{_remarks(found.remarks)}'
    )


def _remarks(remarks: Sequence[str]) -> str:
    lines = "".join(f"<li>{text(one)}</li>" for one in remarks)
    return f'<ul class="remarks">{lines}</ul>' if lines else ""


def _sections(found: Differences) -> Iterator[str]:
    for person in found.people:
        advisor = person.advisor or NO_ADVISOR
        said = (former(person.former) if person.former else "", person.advisor)
        beside = "".join(f' <span class="beside">{text(one)}</span>' for one in said if one)
        lines = [_line(line, person.name, advisor, person.name) for line in person.lines]
        yield section(person.name, beside, lines, _UNIT, level=2)
    for sheet in found.sheets:
        lines = [_line(line, NOBODY, "", sheet.title) for line in sheet.lines]
        yield section(sheet.title, "", lines, _UNIT, level=2)


def _line(line: LineDifference, person: str, advisor: str, title: str) -> str:
    said = (one for cell in line.cells for one in (cell.column, cell.before, cell.after))
    searched = " ".join((title, place(line), line.line, *said))
    doubt = f'<span class="doubt">{text(DOUBT)}</span>' if line.doubtful else ""
    content = (
        f'<span class="kind">{line.change.label}</span>'
        f'<span class="place">{text(place(line))}</span><div class="what">'
        f'<span class="name">{text(line.line)}</span>{doubt}'
        f"<dl>{''.join(_cell(cell, line.change) for cell in line.cells)}</dl></div>"
    )
    return item(line.change.value, person, advisor, searched, content)


def _cell(cell: CellDifference, change: Change) -> str:
    where = cells(cell)
    beside = f' <span class="where">{text(where)}</span>' if where != cell.column else ""
    was = f"<del>{text(cell.before)}</del>" if cell.before else _BLANK
    now = f"<ins>{text(cell.after)}</ins>" if cell.after else _BLANK
    if change is Change.CHANGED:
        told = f'{was} <span class="arrow" aria-label="devient">→</span> {now}'
    else:
        told = now if change is Change.ADDED else was
    return f"<div><dt>{text(cell.column)}{beside}</dt><dd>{told}</dd></div>"
