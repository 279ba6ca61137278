"""`Missions`: paid work placements and other experiences of work (METS, MAD)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from cedre_xlsx.method.hours import Hours, Per
from cedre_xlsx.method.vocabulary import ClientKind, MissionOutcome, Nature
from cedre_xlsx.schema import lists
from cedre_xlsx.schema.columns import WHOSE, Column, Data, EntryRow, Kind, Search, line_key
from cedre_xlsx.schema.packs import CLIENTS


class MissionRow(EntryRow):
    """One mission at one client.

    A number of hours is of the unit of its column; one of another unit says its own.
    """

    person: Annotated[str, WHOSE] = ""
    nature: Annotated[
        Nature | None,
        Column(
            "Nature",
            Kind.CHOICE,
            width=12,
            choices=lists.NATURE,
            help="Stage, immersion et autre ne comptent pas dans les heures.",
        ),
    ] = None
    start: Annotated[
        date | None,
        Column("Début", Kind.DATE, width=12, required=True, help="jj/mm/aaaa", dates_line=True),
    ] = None
    end: Annotated[
        date | None,
        Column("Fin", Kind.DATE, width=12, help="jj/mm/aaaa. Vide si la mission continue."),
    ] = None
    hours: Annotated[
        float | Hours | None,
        Column("Heures", Kind.HOURS, width=9, help="Total des heures de la mission."),
    ] = None
    weekly_hours: Annotated[
        float | Hours | None,
        Column(
            "Heures par semaine",
            Kind.HOURS,
            width=11,
            help="À remplir à la place du total, si la mission dure.",
        ),
    ] = None
    client: Annotated[
        str,
        Column(
            "Donneur d'ordre",
            width=24,
            help="Où la mission a lieu : client, utilisateur.",
            aliases=("DO", "Client", "Utilisateur"),
            search=Search.LABEL,
            data=Data.NAME,
        ),
    ] = ""
    trade: Annotated[
        str,
        Column("Métier", width=22, help="Le métier exercé.", search=Search.LABEL, data=Data.KEEP),
    ] = ""
    rome: Annotated[
        str,
        Column(
            "Code ROME",
            width=10,
            help="Une lettre et quatre chiffres : K1304.",
            search=Search.LABEL,
            data=Data.KEEP,
        ),
    ] = ""
    client_review: Annotated[
        str,
        Column(
            "Bilan du donneur d'ordre",
            width=30,
            help="Ce qu'en dit le donneur d'ordre.",
            search=Search.STORY,
        ),
    ] = ""
    person_review: Annotated[
        str,
        Column(
            "Bilan de la personne", width=30, help="Ce qu'en dit la personne.", search=Search.STORY
        ),
    ] = ""

    client_kind: Annotated[
        ClientKind | None,
        Column(
            "Type de client",
            Kind.CHOICE,
            width=15,
            facultative=True,
            choices=lists.CLIENT_KIND,
            help="Qui paie la mission : en AI, les heures en entreprise ont un plafond.",
            aliases=("Type de donneur d'ordre", "Catégorie de client"),
            pack=CLIENTS,
        ),
    ] = None
    outcome: Annotated[
        MissionOutcome | None,
        Column(
            "Débouché",
            Kind.CHOICE,
            width=20,
            facultative=True,
            choices=lists.OUTCOME,
            help="Ce que la mission, le stage ou l'immersion a donné, une fois fini.",
            pack=CLIENTS,
        ),
    ] = None

    @property
    def key(self) -> str:
        """Its start and its client."""
        return line_key(self.start, self.client)

    @property
    def salaried(self) -> bool:
        """Whether its hours count; a mission without Nature is taken as a MAD."""
        return self.nature is None or self.nature.salaried

    @property
    def hours_field(self) -> str:
        """Which of the two columns of hours counts: that of the total, where it is filled."""
        return "weekly_hours" if self.hours is None else "hours"

    @property
    def work(self) -> Hours | None:
        """The hours of the mission, with their unit; None where none are known."""
        found: float | Hours | None = getattr(self, self.hours_field)
        if found is None or isinstance(found, Hours):
            return found
        return Hours(found, HOURS_COLUMNS[self.hours_field])

    def last_day(self, on: date) -> date | None:
        """The last day of the mission by `on`; `on` itself while it has no end."""
        if self.start is None or self.start > on:
            return None
        return on if self.end is None or self.end > on else self.end


#: What a number is of, in each column of hours.
HOURS_COLUMNS = {"hours": Per.MISSION, "weekly_hours": Per.WEEK}
