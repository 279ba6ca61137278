"""How differences are said in French, the same on the page and in a terminal."""

from __future__ import annotations

from cedre_xlsx.merging.comparing.changes import CellDifference, Change, Differences, LineDifference
from cedre_xlsx.method.french import counted, listed

NOTHING = "Rien n'a changé."
BLANK = "(vide)"
DOUBT = "D'autres lignes lui ressemblent autant : à vérifier."
OTHERS = (
    "Ces deux classeurs n'ont presque aucune ligne en commun : ce sont sans doute ceux de deux "
    "équipes, ou de deux époques. Rien n'est comparé ; donnez deux copies du même."
)


def summary(found: Differences) -> str:
    """One sentence: how many lines, of how many people."""
    if not found.related:
        return OTHERS
    counts = [
        f"{counted(count, 'ligne')} {word}{'s' if count > 1 else ''}"
        for change, word in (
            (Change.CHANGED, "changée"), (Change.ADDED, "ajoutée"), (Change.REMOVED, "supprimée"),
        )
        if (count := found.count(change))
    ]  # fmt: skip
    if not counts:
        return "Aucune ligne n'a changé." if found.remarks else NOTHING
    people = counted(len(found.people), "personne concernée", "personnes concernées")
    return f"{listed(counts)}{f' ; {people}' if found.people else ''}."


def place(line: LineDifference) -> str:
    """The sheet and the row of the line: "Suivi, ligne 12", "Suivi, ligne 12 → 14"."""
    rows = [str(row) for row in dict.fromkeys((line.before_row, line.after_row)) if row]
    return f"{line.sheet}, ligne {' → '.join(rows)}" if rows else line.sheet


def cells(cell: CellDifference) -> str:
    """The address of the cell: "F12", "F12 → F14"."""
    return " → ".join(filter(None, dict.fromkeys((cell.before_cell, cell.after_cell))))


def former(name: str) -> str:
    """What is said of somebody who had another name."""
    return f"avant : {name}"
