"""The comments of B's cells that A lacks: told, since none is written by a program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cedre_xlsx.merging.model import Note, Spot, TableMerge
from cedre_xlsx.merging.sides import Place
from cedre_xlsx.schema.fusion import REMARK, Sort
from cedre_xlsx.schema.records import column_letter

Remarks = Mapping[Place, str]


def remark_notes(
    title: str,
    mine: Remarks,
    theirs: Remarks,
    pairs: Mapping[int, int],
    tables: Sequence[TableMerge],
) -> Iterator[Note]:
    """The comments of a sheet of B's that A's rows do not have: `pairs` are A's rows by B's,
    `tables` are ours in A's sheet `title`.
    """
    for place, text in missing_remarks(mine, theirs, pairs):
        spot, heading = _spot(title, place, pairs, tables), REMARK
        if spot is None:
            heading = f"{REMARK}, {column_letter(place[1])}{place[0]} de B"
        yield Note(Sort.TO_PLACE, spot, heading=heading, second=text, sheet=title, is_remark=True)


def missing_remarks(
    mine: Remarks, theirs: Remarks, pairs: Mapping[int, int]
) -> Iterator[tuple[Place, str]]:
    """Each of A's comments stands for one of B's: in the row that is the same, else, where that is
    not known, in any that is nobody's.
    """
    left: dict[int, list[str]] = {}
    for (row, _), text in mine.items():
        left.setdefault(row, []).append(text)
    alone = []
    for place, text in theirs.items():
        if place[0] not in pairs:
            alone.append((place, text))
        elif not _taken(left.get(pairs[place[0]], []), text):
            yield place, text
    known = set(pairs.values())
    others = [text for row, texts in left.items() if row not in known for text in texts]
    for place, text in alone:
        if not _taken(others, text):
            yield place, text


def _taken(others: list[str], text: str) -> bool:
    """Whether one of them says the same, which is taken out: some programs forget the authors."""
    for index, other in enumerate(others):
        if other == text or other.endswith(f" : {text}") or text.endswith(f" : {other}"):
            del others[index]
            return True
    return False


def _spot(
    title: str, place: Place, pairs: Mapping[int, int], tables: Sequence[TableMerge]
) -> Spot | None:
    """Where it would stand in A: on the line that both have, or on one that is added."""
    row, column = place
    if row in pairs:
        return Spot(sheet=title, cell=f"{column_letter(column)}{pairs[row]}")
    for one in tables:
        for rank, line in enumerate(one.added):
            if line.row == row:
                return Spot(one.table, added=rank)
    return None
