"""The repairs of what another program took, in the order in which one needs the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cedre_xlsx.method.french import counted
from cedre_xlsx.schema.losses import Loss, TableFate, losses
from cedre_xlsx.schema.records import Records, Table
from cedre_xlsx.workbook.repair.model import Repair

#: Formulas name tables and names; what stands around them comes before.
_ORDER = (
    "CLA09",
    "CLA08",
    "CLA07",
    "CLA18",
    "CLA13",
    "CLA17",
    "CLA10",
    "CLA12",
    "CLA11",
    "CLA14",
    "CLA15",
)
#: What is said of a loss that stays.
_LOST = {
    "LEC02": "lignes sous le tableau",
    "CLA07": "listes déroulantes disparues",
    "CLA08": "listes déroulantes vides",
    "CLA09": "tableau Excel perdu",
    "CLA10": "formule de Personne perdue",
    "CLA11": "formulaire sans protection",
    "CLA12": "formules en erreur",
    "CLA13": "couleurs disparues",
    "CLA14": "feuille cachée qui se montre",
    "CLA15": "marque cachée perdue",
    "CLA17": "listes ou couleurs trop courtes",
    "CLA18": "contrôles de saisie disparus",
}
_TABLES = {
    TableFate.GONE: "tableau refait",
    TableFate.RENAMED: "nom du tableau remis",
    TableFate.CUT: "tableau étendu à toutes ses colonnes et ses lignes",
    TableFate.HEADLESS: "intitulés du tableau remis",
}


def in_order(records: Records) -> list[Loss]:
    """What was lost, what others depend on first."""
    return sorted(losses(records), key=lambda loss: _ORDER.index(loss.code))


def given_back(loss: Loss) -> Repair:
    """The repair that gives back what was lost; which cells change is known once it is made."""
    return Repair(loss.sheet, "", "", _LOST[loss.code], "", _what(loss), loss=loss, rule=loss.code)


def stretched(table: Table[Any]) -> Repair:
    """A table that reaches all its lines again."""
    loss = Loss("LEC02", table.sheet, table)
    why = "tableau étendu à toutes ses lignes"
    return Repair(table.sheet, "", "", _LOST[loss.code], "", why, loss=loss, rule=loss.code)


#: What is done about the others.
_DONE = {
    "CLA07": "listes déroulantes remises",
    "CLA08": "listes déroulantes réparées",
    "CLA11": "protection remise, sans mot de passe",
    "CLA13": "couleurs automatiques remises",
    "CLA14": "feuille cachée de nouveau",
    "CLA15": "marque cachée remise",
    "CLA17": "listes, contrôles de saisie et couleurs prolongés",
    "CLA18": "contrôles de saisie remis",
}


def _what(loss: Loss) -> str:
    match loss.code:
        case "CLA09" if loss.fate is not None and loss.table is not None:
            return f"{_TABLES[loss.fate]} ({loss.table.spec.table})"
        case "CLA10" if loss.rows:
            return f"formule de Personne remise ({counted(len(loss.rows), 'ligne')})"
        case "CLA10":
            return "formule de Personne remise dans le tableau"
        case "CLA12" if loss.cells:
            return f"formules remises ({counted(len(loss.cells), 'cellule')})"
        case "CLA12":
            return "formules remises"
        case _:
            return f"{_DONE[loss.code]}{_of(loss.headings)}"


def _of(headings: Sequence[str]) -> str:
    return f" ({', '.join(headings)})" if headings else ""
