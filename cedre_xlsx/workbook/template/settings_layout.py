"""Where everything stands in `Paramètres`: tables side by side, so that each may grow downwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.settings import SETTINGS
from cedre_xlsx.schema.tables import (
    ADVISOR_TABLE,
    BREAKDOWN_TABLE,
    MAPPING_TABLE,
    OWN_COLUMN_TABLE,
    QUESTION_TABLE,
    SETTING_TABLE,
    SETTINGS_SHEET,
    SEVERITY_TABLE,
    STAFF_TABLE,
    TYPE_TABLE,
    WORD_TABLE,
    TableSpec,
)

TITLE_ROW = 5
HINT_ROW = 6
HEADER_ROW = 7
FIRST_ROW = HEADER_ROW + 1


@dataclass(frozen=True, slots=True)
class Block:
    """A table of `Paramètres`: what it is for, and its first column (1-based)."""

    spec: TableSpec[Any]
    hint: str
    first: int
    new_page: bool

    @property
    def last(self) -> int:
        """The last column of the table (1-based)."""
        return self.first + len(self.spec.columns) - 1

    def letter(self, field: str) -> str:
        """The letters of a field's column."""
        return column_letter(self.first + list(self.spec.columns).index(field))


def _blocks() -> tuple[Block, ...]:
    made: list[Block] = []
    first = 1
    for spec, new_page, hint in (
        (SETTING_TABLE, False, "Seule la colonne Valeur se change."),
        (TYPE_TABLE, True, "Les codes se changent ; une ligne de plus ajoute un type à vous."),
        (ADVISOR_TABLE, False, "Une ligne par personne qui accompagne."),
        (QUESTION_TABLE, True, "Les choix de l'équipe, écrits : qui, quand, comment."),
        (SEVERITY_TABLE, True, "Pour changer la gravité d'une règle, ou l'éteindre (Non)."),
        (BREAKDOWN_TABLE, False, "Colonnes de Personnes que les statistiques comptent aussi."),
        (WORD_TABLE, False, "Signalés quand un texte libre les contient."),
        (MAPPING_TABLE, True, "Ce que deviennent les colonnes d'autres fichiers, une fois choisi."),
        (STAFF_TABLE, True, "Pour la file active par ETP : une ligne par année."),
        (OWN_COLUMN_TABLE, False, "Une colonne à vous qui n'est pas ici n'est pas dans la copie."),
    ):
        block = Block(spec, hint, first, new_page)
        made.append(block)
        first = block.last + 2  # a narrow column between two tables
    return tuple(made)


#: From left to right.
BLOCKS = _blocks()


def block_of(spec: TableSpec[Any]) -> Block:
    """The place of one of the tables of `Paramètres`."""
    return next(block for block in BLOCKS if block.spec.table == spec.table)


def setting_cell(field: str) -> str:
    """The absolute address of a setting's value, its sheet included."""
    row = FIRST_ROW + [spec.field for spec in SETTINGS].index(field)
    return f"'{SETTINGS_SHEET}'!${block_of(SETTING_TABLE).letter('value')}${row}"
