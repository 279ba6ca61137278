"""Values typed beside their label, as on a form: the head of a sheet that is one person's.

"Nom :" and "DURAND" in the next cell, or "Nom : DURAND" in one. Such a block is a table of one
line, whose headings are the labels; its name is a title of the tables that follow it on the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    for row in range(len(region.grid)):
        labels = _labels(region, row)
        if labels:
            current += labels
        elif current and region.filled(row):
            blocks.append(current)
            current = []
    blocks.append(current)
    return [one for one in blocks if _is_block(region, one)]


def _is_block(region: Region, labels: Sequence[Label]) -> bool:
    if len(labels) >= _FEWEST and any(_has_colon(label) for label in labels):
        return True
    return _are_a_column(region, labels)


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


def _labels(region: Region, row: int) -> list[Label]:
    """The labels of a row in which there is nothing else; none for another row."""
    cells = region.grid[row]
    first = next((cell for cell in cells if cell != ""), "")
    if not isinstance(first, str) or (row >= _TOP and ":" not in first):
        return []
    found: list[Label] = []
    filled = region.filled(row)
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
    return found if any(not is_blank(label.value) for label in found) else []


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
    by_key = {word_key(_heading(label)): label.value for label in block}
    whole = next(_said(by_key, _WHOLE), "")
    parts = (next(_said(by_key, _LAST), ""), next(_said(by_key, _FIRST), ""))
    return whole or " ".join(filter(None, parts))


def _said(by_key: dict[str, Cell], keys: Sequence[str]) -> Iterator[str]:
    values = (by_key.get(key) for key in keys)
    return (squeeze(value) for value in values if isinstance(value, str) and value.strip())
