"""The tables that `refresh` makes and reads back: what people type there must stay."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from cedre_xlsx.schema.columns import Column, Kind, Row

KEY_HEADER = "Clé"


class SynthesisRow(Row):
    """One line of `Synthèse` (exemple n°5). `notes` is the open column; `key` finds it again."""

    dates: Annotated[object, Column("Dates", width=12)] = None
    person: Annotated[str, Column("Nom Prénom", width=22)] = ""
    objective: Annotated[str, Column("Objectifs poursuivis (*)", width=28)] = ""
    engagement: Annotated[str, Column("Code engagement", width=11)] = ""
    action: Annotated[str, Column("Actions proposées (ou à rechercher)", width=36)] = ""
    to_propose: Annotated[str, Column("(1)", width=5)] = ""
    under_way: Annotated[str, Column("(2)", width=5)] = ""
    done: Annotated[str, Column("(3)", width=5)] = ""
    deadline: Annotated[object, Column("Échéance / délai", width=16)] = None
    outcome: Annotated[str, Column("Évaluation / Bilan / Commentaires", width=32)] = ""
    notes: Annotated[str, Column("Notes de réunion", width=28)] = ""
    understood: Annotated[object, Column("Échéance comprise", width=12)] = None
    key: Annotated[str, Column(KEY_HEADER, width=12)] = ""


class ControlRow(Row):
    """One line of `Contrôle`. `justification` and `until` are the open columns.

    `until` is a date, or the text that someone typed ("fin juin").
    """

    code: Annotated[str, Column("Code", width=8)] = ""
    severity: Annotated[str, Column("Gravité", width=13)] = ""
    person: Annotated[str, Column("Personne", width=22)] = ""
    sheet: Annotated[str, Column("Feuille", width=13)] = ""
    cell: Annotated[str, Column("Cellule", width=9)] = ""
    message: Annotated[str, Column("Constat", width=48)] = ""
    help: Annotated[str, Column("Que faire", width=44)] = ""
    since: Annotated[date | None, Column("Depuis le", Kind.DATE, width=12)] = None
    justification: Annotated[str, Column("Justification", width=30)] = ""
    until: Annotated[object, Column("Jusqu'au", Kind.DATE, width=12)] = None
    key: Annotated[str, Column(KEY_HEADER, width=12)] = ""
