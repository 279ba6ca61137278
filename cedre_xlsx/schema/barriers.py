"""`Freins`: what stands between the person and employment, and who helps with it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from cedre_xlsx.method.vocabulary import Accompaniment, BarrierLevel, OrientationResult
from cedre_xlsx.schema import lists
from cedre_xlsx.schema.columns import WHOSE, Column, Data, EntryRow, Kind, Search, line_key
from cedre_xlsx.schema.packs import LEVELS


class BarrierRow(EntryRow):
    """One frein of one person."""

    person: Annotated[str, WHOSE] = ""
    barrier: Annotated[
        str,
        Column(
            "Frein",
            Kind.CHOICE,
            width=28,
            required=True,
            choices=lists.BARRIER,
            help="Le thème seul. Pour la santé et la justice, aucun détail.",
            search=Search.LABEL,
        ),
    ] = ""
    identified: Annotated[
        date | None, Column("Repéré le", Kind.DATE, width=12, help="jj/mm/aaaa", dates_line=True)
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
        str,
        Column("Partenaire", width=20, help="Qui accompagne.", search=Search.LABEL, data=Data.NAME),
    ] = ""
    lifted: Annotated[date | None, Column("Levé le", Kind.DATE, width=12, help="jj/mm/aaaa")] = None
    remarks: Annotated[
        str,
        Column(
            "Remarques",
            width=29,
            help="Des faits, sans détail médical ni pénal.",
            search=Search.STORY,
        ),
    ] = ""
    entry_level: Annotated[
        BarrierLevel | None,
        Column(
            "Niveau à l'entrée",
            Kind.CHOICE,
            width=13,
            facultative=True,
            choices=lists.LEVEL,
            help="Le besoin au début du parcours : de (++) fort à (--) aucun.",
            pack=LEVELS,
        ),
    ] = None
    current_level: Annotated[
        BarrierLevel | None,
        Column(
            "Niveau actuel",
            Kind.CHOICE,
            width=13,
            facultative=True,
            choices=lists.LEVEL,
            help="Le besoin aujourd'hui, ou à la sortie : de (++) fort à (--) aucun.",
            pack=LEVELS,
        ),
    ] = None
    orientation: Annotated[
        str,
        Column(
            "Orientation",
            Kind.CHOICE,
            width=24,
            facultative=True,
            choices=lists.ORIENTATION,
            help="Vers qui la personne a été orientée pour ce frein.",
            search=Search.LABEL,
            pack=LEVELS,
        ),
    ] = ""
    result: Annotated[
        OrientationResult | None,
        Column(
            "Résultat",
            Kind.CHOICE,
            width=13,
            facultative=True,
            choices=lists.RESULT,
            help="Ce que l'orientation a donné.",
            aliases=("Résultat de l'orientation",),
            pack=LEVELS,
        ),
    ] = None

    @property
    def key(self) -> str:
        """What holds the person back, and since when it is known."""
        return line_key(self.barrier, self.identified)
