"""Lines that tell of one pathway of someone: one row is made of them, and the first line wins."""

from __future__ import annotations

from collections.abc import Iterable

from cedre_xlsx.intake.people import Line
from cedre_xlsx.workbook.edit.model import CellValue, shown

#: What to do where two lines of one table differ.
REMEDY = (
    "si les deux valent, écrivez-les sur une seule ligne de votre fichier ; si ce sont deux "
    "parcours, corrigez la date d'inscription"
)


def kept_instead(heading: str, value: CellValue, kept: CellValue, place: str) -> str:
    """What is said of a value that is left out: one from `place` stands there."""
    return f"{heading} : « {shown(value)} » ici, « {shown(kept)} » en {place}, qui est gardé"


def joins(place: str) -> str:
    """What is said of a line that says again who that of `place` is about."""
    return f"à réunir avec {place} : même personne, même inscription"


def later_lines(lines: Iterable[Line]) -> list[tuple[Line, Line]]:
    """Each line of a pathway but the first, with the first one of its own table, which for a table
    that has no other is the first of all.
    """
    first: dict[int, Line] = {}
    found: list[tuple[Line, Line]] = []
    for line in lines:
        if first:
            found.append((line, first.get(line[0], next(iter(first.values())))))
        first.setdefault(line[0], line)
    return found
