"""What the sheet *Fusion* holds: what `merge` could not decide, and what it did that may matter."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Annotated

from cedre_xlsx.schema.columns import Column, Row, Search

#: What the tool writes there is searched where it came from.
_Plain = partial(Column, search=Search.NO)


class Sort(StrEnum):
    """What a row of `Fusion` tells; the first three are to be decided."""

    CONFLICT = "Conflit"
    TO_PLACE = "À placer"
    REMOVED = "Ligne supprimée"
    DOUBT = "Doute"
    PARALLEL = "Parallèle"

    @property
    def is_open(self) -> bool:
        """Whether someone has to choose."""
        return self in (Sort.CONFLICT, Sort.TO_PLACE, Sort.REMOVED)


class Choice(StrEnum):
    """What can be chosen of a row that is to be decided."""

    FIRST = "A"
    SECOND = "B"
    BOTH = "les deux"
    SEEN = "vu"


#: What `merge --apply` leaves under Choix once it has done what was chosen.
DONE = "fait"
#: What stands for a line that one of the files does not have any more.
NO_LINE = "(ligne supprimée)"
#: What stands under Colonne for the comment of a cell, which goes in no cell.
REMARK = "Commentaire de cellule"


@dataclass(frozen=True, slots=True)
class Waiting:
    """The sheet `Fusion` of a workbook: its tab, and the cells where a choice is still to be typed;
    `chosen` counts the choices that are not done yet.
    """

    sheet: str
    cells: tuple[str, ...] = ()
    chosen: int = 0


class FusionRow(Row):
    """One row of `Fusion`: two values of one cell, of two files, or what is told of a line.

    `first` is that of the first file, which is in the workbook; `second` that of `file`. `before`
    is what both had, where it is known. `key` finds the cell again.
    """

    sort: Annotated[str, _Plain("Sorte", width=11)] = ""
    person: Annotated[str, _Plain("Personne", width=18)] = ""
    sheet: Annotated[str, _Plain("Feuille", width=12)] = ""
    cell: Annotated[str, _Plain("Cellule", width=8)] = ""
    column: Annotated[str, _Plain("Colonne", width=17)] = ""
    before: Annotated[object, _Plain("Avant", width=18)] = None
    first: Annotated[object, _Plain("Valeur de A", width=27)] = None
    second: Annotated[object, _Plain("Valeur de B", width=27)] = None
    file: Annotated[str, _Plain("Fichier B", width=18)] = ""
    choice: Annotated[str, Column("Choix", width=9, open=True, search=Search.NO)] = ""
    key: Annotated[str, _Plain("Clé", width=12)] = ""
