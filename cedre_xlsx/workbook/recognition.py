"""Which sheets of a workbook are those that `refresh` makes: by their marks, and by what they show.

A program may drop the hidden names that mark them, or exchange the contents of two tabs: a mark is
believed only where the sheet holds something of its kind, or nothing and no other sheet shows all
of it; where it was lost, a sheet is
taken for ours when it alone shows all that it should. Reading and writing ask the same questions
here, so that they agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from cedre_xlsx.method.text import word_key
from cedre_xlsx.schema.generated import is_key
from cedre_xlsx.schema.generated_sheets import (
    LASTING_KINDS,
    MARK_PREFIX,
    GeneratedKind,
    Knowledge,
    Recognised,
    kind_of,
    statistics_kind,
    who_kind,
)
from cedre_xlsx.schema.tables import STATISTICS_SHEET, WHO_SHEET

#: The texts of each of some rows, "" for cells that are no text; blank cells are left out.
Rows = tuple[tuple[str, ...], ...]

_MARKED_SHEET = re.compile(r"=?\s*(?:'((?:[^']|'')+)'|([^'!,#]+))!.*", re.DOTALL)
_YEARLY = re.compile(rf"({STATISTICS_SHEET}|{WHO_SHEET})(?: en)? (\d{{1,4}})\b", re.I)
#: How many rows that hold something are looked at.
FIRST_ROWS = 40
_LEAST_HEADINGS = 4  # fewer may be a team's own
_TITLE_ROWS = 10  # the title opens one of the first rows


@dataclass(frozen=True, slots=True)
class Shown:
    """What the beginning of a sheet shows: its tab, the first rows that hold something."""

    tab: str
    rows: Rows = ()
    is_empty: bool = False


def shown_in(tab: str, grid: Sequence[Sequence[object]]) -> Shown:
    """What a sheet shows whose cells are all at hand."""
    rows = ([cell for cell in row if cell is not None and cell != ""] for row in grid)
    filled = islice((row for row in rows if row), FIRST_ROWS)
    texts = tuple(tuple(cell if isinstance(cell, str) else "" for cell in row) for row in filled)
    return Shown(tab, texts, is_empty=not texts)


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells that a sheet is of a kind. `lines`: something stands under its headings."""

    tab: bool
    title: bool
    headings: bool
    keys: bool
    lines: bool
    other: bool  # it shows the title or the headings of another kind


def marks_of(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The tab that each of our marks points to, "" for a broken one, among a workbook's names.

    `names` are those of the workbook as a whole, each with what it refers to.
    """
    return {
        name: sheet_named_in(refers_to)
        for name, refers_to in names
        if name.casefold().startswith(MARK_PREFIX)
    }


def sheet_named_in(refers_to: str) -> str:
    """The sheet of `'Ma synthèse'!$A$1`; "" when there is none (#REF!)."""
    found = _MARKED_SHEET.fullmatch(refers_to.strip())
    return (found[1] or found[2]).replace("''", "'") if found else ""


def signs(sheet: Shown, kind: GeneratedKind) -> Signs:
    """What tells that a sheet is of that kind, or that it is not."""
    row = _heading_row(sheet, kind)
    titles = _titles(sheet)
    return Signs(
        tab=word_key(sheet.tab) == word_key(kind.sheet),
        title=_is_title_of(kind, titles),
        headings=row is not None,
        keys=any(is_key(text) for row in sheet.rows for text in row),
        lines=row is None or row + 1 < len(sheet.rows),
        other=any(
            _is_title_of(other, titles) or _heading_row(sheet, other) is not None
            for other in (*LASTING_KINDS, *_yearly_kinds(titles))
            if other.mark != kind.mark
        ),
    )


def _titles(sheet: Shown) -> list[str]:
    return [row[0] for row in sheet.rows[:_TITLE_ROWS]]


def _is_title_of(kind: GeneratedKind, titles: Sequence[str]) -> bool:
    wanted = word_key(kind.title)
    return bool(wanted) and wanted in map(word_key, titles)


def _heading_row(sheet: Shown, kind: GeneratedKind) -> int | None:
    """The row that holds most of a kind's headings."""
    wanted = {word_key(heading) for heading in kind.headings}
    least = max(len(wanted) // 2 + 1, min(_LEAST_HEADINGS, len(wanted)))
    for index, row in enumerate(sheet.rows):
        if wanted and len(wanted.intersection(map(word_key, row))) >= least:
            return index
    return None


def shows_headings_of(sheet: Shown, kind: GeneratedKind) -> bool:
    """Whether one row of a sheet holds all of a kind's headings."""
    wanted = set(map(word_key, kind.headings))
    return bool(wanted) and any(wanted <= set(map(word_key, row)) for row in sheet.rows)


def _yearly_kinds(texts: Iterable[str]) -> Iterator[GeneratedKind]:
    """The kinds of the years that some titles are of."""
    for text in texts:
        if found := _YEARLY.match(text):
            is_count = found[1].casefold() == STATISTICS_SHEET.casefold()
            yield (statistics_kind if is_count else who_kind)(int(found[2]))


def _is_surely(found: Signs, kind: GeneratedKind) -> bool:
    """Whether a sheet without mark shows all that it should: key, title and headings."""
    if found.other or (kind.headings and not found.headings):
        return False
    if found.title and kind.headings and not found.lines:  # as new workbooks have it
        return True
    return found.keys and (found.title or found.tab)


def _is_perhaps(found: Signs) -> bool:
    """Whether a sheet without mark may be ours: it has our keys, and something else of the kind."""
    return found.keys and (found.title or found.headings) and not found.other


def _is_bare(tab: str, kind: GeneratedKind, show: Callable[[str], Shown]) -> bool:
    """Whether a sheet without mark and keys has the tab of a kind, and looks like it."""
    if word_key(tab) != word_key(kind.sheet):
        return False
    found = signs(show(tab), kind)
    return (found.title or shows_headings_of(show(tab), kind)) and not found.other


def recognise(
    tabs: Sequence[str],
    marks: Mapping[str, str],
    show: Callable[[str], Shown],
    wanted: Iterable[GeneratedKind] = (),
) -> tuple[Recognised, ...]:
    """What is known of each sheet that `refresh` makes.

    `tabs` are the sheets of cells, in their order; `marks` the tab that each mark points to;
    `show` gives what a sheet shows, and is asked about sheets without mark only where a mark was
    lost. Besides those that every workbook has, the kinds are those of the marks, those of the
    years that tabs are named after, and those `wanted`.
    """
    kinds = _kinds(tabs, marks, wanted)
    by_mark = {mark.casefold(): tab for mark, tab in marks.items()}
    by_tab = {tab.casefold(): tab for tab in tabs}
    marked = {
        kind: by_tab[tab.casefold()]
        for kind in kinds
        if (tab := by_mark.get(kind.mark.casefold(), "")) and tab.casefold() in by_tab
    }
    taken: dict[str, GeneratedKind] = {}
    for kind, tab in marked.items():
        if tab not in taken and _holds(show(tab), kind):
            taken[tab] = kind
    free = [tab for tab in tabs if tab not in taken]
    found = []
    for kind in kinds:
        tab = marked.get(kind, "")
        if tab and taken.get(tab) == kind:
            others = _surely(free, kind, show) if kind.title and show(tab).is_empty else ()
            how = Knowledge.UNSURE if others else Knowledge.MARKED
            found.append(Recognised(kind, how, (tab, *others)))
        elif tab:
            instead = tuple(_surely(free, kind, show))
            found.append(Recognised(kind, Knowledge.ELSEWHERE, (tab,), instead))
        else:
            found.append(_unmarked(free, kind, show))
    return tuple(found)


def _holds(sheet: Shown, kind: GeneratedKind) -> bool:
    """Whether a marked sheet is what its mark says."""
    if sheet.is_empty or not kind.title:  # nothing is known of a kind without title
        return True
    if _is_title_of(kind, _titles(sheet)):  # of nearly all: nothing else is looked for
        return True
    found = signs(sheet, kind)
    return (found.headings or found.keys) and not found.other


def _surely(free: Sequence[str], kind: GeneratedKind, show: Callable[[str], Shown]) -> list[str]:
    return [tab for tab in free if _is_surely(signs(show(tab), kind), kind)]


def _unmarked(free: Sequence[str], kind: GeneratedKind, show: Callable[[str], Shown]) -> Recognised:
    """Without its mark, it is the one sheet that shows all; what is left in doubt is said."""
    if not kind.title:
        return Recognised(kind, Knowledge.ABSENT)
    surely = _surely(free, kind, show)
    if len(surely) == 1:
        return Recognised(kind, Knowledge.ADOPTED, tuple(surely))
    perhaps = surely or [tab for tab in free if _is_perhaps(signs(show(tab), kind))]
    if perhaps:
        return Recognised(kind, Knowledge.UNSURE, tuple(perhaps))
    bare = [tab for tab in free if _is_bare(tab, kind, show)]
    return Recognised(kind, Knowledge.BARE if bare else Knowledge.ABSENT, tuple(bare))


def _kinds(
    tabs: Sequence[str], marks: Mapping[str, str], wanted: Iterable[GeneratedKind]
) -> list[GeneratedKind]:
    known = [kind for mark in marks if (kind := kind_of(mark)) is not None]
    every = [*LASTING_KINDS, *known, *_yearly_kinds(tabs), *wanted]
    return list({kind.mark.casefold(): kind for kind in every}.values())
