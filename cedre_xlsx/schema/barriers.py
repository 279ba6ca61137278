"""`Freins`: what stands between the person and employment, and who helps with it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from cedre_xlsx.method.vocabulary import Accompaniment
from cedre_xlsx.schema import lists
from cedre_xlsx.schema.columns import Column, Kind, Row, Search


class BarrierRow(Row):
    """One frein of one person."""

    person: Annotated[
        str,
        Column(
            "Personne",
            Kind.PERSON,
            width=24,
            required=True,
            help="Choisir dans la liste : elle vient de la feuille Personnes.",
            search=Search.LABEL,
        ),
    ] = ""
    barrier: Annotated[
        str,
        Column(
            "Frein",
            Kind.CHOICE,
            width=32,
            required=True,
            choices=lists.BARRIER,
            help="Le thème seul. Pour la santé et la justice, aucun détail.",
            search=Search.LABEL,
        ),
    ] = ""
    identified: Annotated[
        date | None, Column("Repéré le", Kind.DATE, width=12, help="jj/mm/aaaa")
    ] = None
    accompaniment: Annotated[
        Accompaniment | None,
        Column(
            "Accompagnement",
            Kind.CHOICE,
            width=15,
            choices=lists.ACCOMPANIMENT,
            help="Dans la structure, par un partenaire, les deux, ou aucun.",
        ),
    ] = None
    partner: Annotated[
        str, Column("Partenaire", width=24, help="Qui accompagne.", search=Search.LABEL)
    ] = ""
    lifted: Annotated[date | None, Column("Levé le", Kind.DATE, width=12, help="jj/mm/aaaa")] = None
    remarks: Annotated[
        str,
        Column(
            "Remarques",
            width=40,
            help="Des faits, sans détail médical ni pénal.",
            search=Search.STORY,
        ),
    ] = ""
