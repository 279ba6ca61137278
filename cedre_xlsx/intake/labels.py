"""Values typed beside their label, as on a form: the head of a sheet that is one person's.

"Nom :" and "DURAND" in the next cell, or "Nom : DURAND" in one. Such a block is a table of one
line, whose headings are the labels; its name is a title of the tables that follow it on the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

from cedre_xlsx.intake.looks import Look, look_of
from cedre_xlsx.intake.model import SourceRow, SourceTable
from cedre_xlsx.intake.region import Region
from cedre_xlsx.intake.words import is_known_heading
from cedre_xlsx.method.text import squeeze, word_key
from cedre_xlsx.workbook.read.raw import Cell, is_blank

#: Rows from the top of a sheet where a label needs no colon.
_TOP = 60
_LONGEST = 60  # characters of a label
_ENDLESS = 400  # characters of a label with its value
_FEWEST = 2  # labels of a block
_TYPED = frozenset({Look.NUMBER, Look.DATE})
_LAST, _FIRST = ("nom", "nom de famille", "nom d usage"), ("prenom", "prenoms")
_WHOLE = (
    "nom prenom", "nom et prenom", "prenom nom", "prenom et nom", "personne", "salarie",
    "beneficiaire", "identite",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
    """A label and its value ("" for a blank to fill), by their place in a region."""

    text: str
    value: Cell
    row: int
    columns: tuple[int, ...]  # of the cells that both take
    column: int  # of the value


def label_blocks(region: Region) -> list[list[Label]]:
    """The blocks of labels of a region, from the top: rows that follow, blank ones between."""
    blocks: list[list[Label]] = []
    current: list[Label] = []
    beginnings = _beginnings(region)
    for row in range(len(region.grid)):
        if not current and row not in beginnings:
            continue
        labels = _labels(region, row, current)
        if labels and not _heads_lines(region, row, labels):
            if current and _begins_again(current, labels):
                blocks.append(current)
                current = []
            current += labels
        elif current and region.filled(row):
            blocks.append(current)
            current = []
    blocks.append(current)
    return [one for one in blocks if _is_block(region, one)]


def _beginnings(region: Region) -> Set[int]:
    """The rows in which a block may begin; what stands first is looked at once for each value."""
    first = [cells[0] if cells else "" for cells in region.grid]
    said = {cell for cell in dict.fromkeys(first) if isinstance(cell, str) and _may_be_said(cell)}
    below = {row for row, cell in enumerate(first) if cell in said}
    return below | {*range(min(_TOP, len(first)))}


def _may_be_said(first: str) -> bool:
    """Whether the first cell of a row below the top may be a label; an empty one is passed over."""
    return not first or ":" in first or first.strip().lower() in _LAST


def _begins_again(current: Sequence[Label], labels: Sequence[Label]) -> bool:
    """Whether the labels are those of the next person, after a blank row."""
    same = word_key(_heading(current[0])) == word_key(_heading(labels[0]))
    return same and labels[0].row > current[-1].row + 1


def _heads_lines(region: Region, row: int, labels: Sequence[Label]) -> bool:
    """Whether what may be labels without a colon are headings: of the lines below."""
    below = next(region.rows_after(row, 2), None)
    if below is None or any(map(_has_colon, labels)):
        return False
    cells, filled = region.grid[below], region.filled(below)
    if len(filled) < 2 or _labels(region, below, labels):
        return False
    known = sum(is_known_heading(cell) for cell in cells if isinstance(cell, str))
    used = {column for one in labels for column in one.columns}
    if len(labels) > 1 and known < 2 and used <= {*filled}:
        return True
    if below > row + 1:
        return False
    is_apart = row == 0 or not region.filled(row - 1)
    return look_of(cells[labels[0].columns[0]]) in _TYPED or (is_apart and known < 2)


def _is_block(region: Region, labels: Sequence[Label]) -> bool:
    with_colon = [label for label in labels if _has_colon(label)]
    if len(labels) >= _FEWEST and with_colon:
        return True
    if len(labels) == 1 and with_colon:
        return labels[0].column != labels[0].columns[0] and bool(name_of(labels))
    return bool(labels) and (_are_a_column(region, labels) or _say_a_name(labels))


def _has_colon(label: Label) -> bool:
    return label.text.endswith(":")


def _are_a_column(region: Region, labels: Sequence[Label]) -> bool:
    """Whether labels without a colon are one below the other, with nothing else in their rows."""
    rows = [label.row for label in labels]
    return (
        len(labels) > _FEWEST
        and len(set(rows)) == len(rows)
        and len({label.columns[0] for label in labels}) == 1
        and all(len(region.filled(row)) <= 2 for row in rows)
    )


def _say_a_name(labels: Sequence[Label]) -> bool:
    """Whether labels without a colon are those of somebody: a last name and a first name."""
    by_key = _by_key(labels)
    last, first = (next(_said(by_key, keys), "") for keys in (_LAST, _FIRST))
    return bool(last and first) or (len(labels) > _FEWEST and bool(name_of(labels)))


def _labels(region: Region, row: int, above: Sequence[Label]) -> list[Label]:
    """The labels of a row in which there is nothing else; none for another row.

    `above` are those of its block until now.
    """
    cells = region.grid[row]
    first = cells[0] if cells else ""
    if first == "":
        first = next((cell for cell in cells if cell != ""), "")
    if not isinstance(first, str):
        return []
    if row >= _TOP and not above and not (first and _may_be_said(first)):
        return []
    found = _parsed(region, row)
    if any(map(_has_colon, found)):
        is_said = any(not is_blank(label.value) for label in found)
    else:
        is_said = all(not is_blank(label.value) for label in found)
    return found if is_said and found else _go_on(region, row, above)


def _parsed(region: Region, row: int) -> list[Label]:
    """The labels of a row, each with the cell that it stands before."""
    cells, filled = region.grid[row], region.filled(row)
    found: list[Label] = []
    while filled:
        column = filled.pop(0)
        text = cells[column]
        if not isinstance(text, str) or len(text) > _ENDLESS:
            return []
        text = squeeze(text)
        label, colon, value = text.partition(" : ") if " : " in text else text.partition(": ")
        if colon and value and _is_label(f"{label}:"):
            found.append(Label(f"{label} :", value.strip(), row, (column,), column))
        elif not _is_label(text):
            return []
        elif filled and not _is_label(str(cells[filled[0]])):
            place = filled.pop(0)
            found.append(Label(text, cells[place], row, (column, place), place))
        else:
            found.append(Label(text, "", row, (column,), column))
    return found


def _go_on(region: Region, row: int, above: Sequence[Label]) -> list[Label]:
    """A label of the team's own, or one without a value, right below those of somebody."""
    filled = region.filled(row)
    if not above or above[-1].row != row - 1 or not 0 < len(filled) <= 2:
        return []
    places = {label.columns for label in above if len(label.columns) > 1}
    text = region.grid[row][filled[0]]
    if len(places) != 1 or not isinstance(text, str) or not name_of(above):
        return []
    [(column, place)] = places
    if filled == [column] and is_known_heading(text):
        return [Label(squeeze(text), "", row, (column,), place)]
    if filled != [column, place] or len(text) > _LONGEST or look_of(text) is not Look.TEXT:
        return []
    is_somebody = len(above) >= _FEWEST and not any(map(_has_colon, above))
    value = region.grid[row][place]
    return [Label(squeeze(text), value, row, (column, place), place)] if is_somebody else []


def _is_label(text: str) -> bool:
    text = squeeze(text)
    if not text or len(text) > _LONGEST or look_of(text) is not Look.TEXT:
        return False
    return text.endswith(":") or is_known_heading(text)


def without_labels(region: Region, blocks: Sequence[Sequence[Label]]) -> Region:
    """The region without the cells of its blocks."""
    if not blocks:
        return region
    grid = list(region.grid)
    for label in (one for block in blocks for one in block):
        row = list(grid[label.row])
        for column in label.columns:
            row[column] = ""
        grid[label.row] = row
    return replace(region, grid=grid)


def block_table(region: Region, block: Sequence[Label], file: Path, sheet: str) -> SourceTable:
    """A block as a table of one line."""
    first = next(label for label in block if not is_blank(label.value))
    return SourceTable(
        file,
        sheet,
        tuple(_heading(label) for label in block),
        tuple(region.columns[label.column] for label in block),
        0,
        (SourceRow(region.rows[first.row], tuple(label.value for label in block)),),
    )


def _heading(label: Label) -> str:
    return label.text.rstrip(" :")


def name_of(block: Sequence[Label]) -> str:
    """The name that the labels of a block say; "" for none."""
    by_key = _by_key(block)
    whole = next(_said(by_key, _WHOLE), "")
    parts = (next(_said(by_key, _LAST), ""), next(_said(by_key, _FIRST), ""))
    return whole or " ".join(filter(None, parts))


def _by_key(block: Sequence[Label]) -> dict[str, Cell]:
    return {word_key(_heading(label)): label.value for label in block}


def _said(by_key: dict[str, Cell], keys: Sequence[str]) -> Iterator[str]:
    values = (by_key.get(key) for key in keys)
    return (squeeze(value) for value in values if isinstance(value, str) and value.strip())
