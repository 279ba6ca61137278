"""`Engagements`: the conventions of reciprocal commitment (fiche outil n°19), one row each."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from cedre_xlsx.method.values import Deadline
from cedre_xlsx.method.vocabulary import Achieved, EngagementForm
from cedre_xlsx.schema import lists
from cedre_xlsx.schema.columns import WHOSE, Column, Data, EntryRow, Kind, Search, line_key


class EngagementRow(EntryRow):
    """One reciprocal commitment, oral or written."""

    reference: Annotated[
        str,
        Column(
            "Réf. engagement",
            Kind.REFERENCE,
            width=15,
            required=True,
            help="Code, année, numéro : CP-2026-001. Une référence par engagement.",
            aliases=("Référence", "Réf."),
            search=Search.LABEL,
        ),
    ] = ""
    sheet_number: Annotated[
        str,
        Column(
            "Fiche n°",
            width=8,
            help="Le rang de la fiche pour cette personne.",
            search=Search.LABEL,
            data=Data.CODE,
        ),
    ] = ""
    person: Annotated[str, WHOSE] = ""
    agreed: Annotated[
        date | None,
        Column(
            "Date",
            Kind.DATE,
            width=12,
            required=True,
            help="Le jour où l'engagement est pris. jj/mm/aaaa",
            dates_line=True,
        ),
    ] = None
    advisor: Annotated[
        str,
        Column(
            "Accompagnateur",
            width=18,
            help="Qui s'engage pour la structure.",
            search=Search.LABEL,
            data=Data.NAME,
        ),
    ] = ""
    type: Annotated[
        str | None,
        Column(
            "Engagement",
            Kind.CODE,
            width=12,
            required=True,
            help="Code du type d'engagement : CP, SA, T, MPP, D ou VP.",
            aliases=("Type d'engagement", "Code engagement"),
        ),
    ] = None
    needs: Annotated[
        str,
        Column(
            "Besoins et projets exprimés",
            width=36,
            help="Ce que la personne exprime ; cela peut être plus large que le contrat.",
            search=Search.STORY,
        ),
    ] = ""
    object: Annotated[
        str,
        Column(
            "Objet de la contractualisation",
            width=36,
            help="Un aspect précis, une étape.",
            aliases=("Objet",),
            search=Search.STORY,
        ),
    ] = ""
    structure_means: Annotated[
        str,
        Column(
            "Moyens mobilisés par la structure",
            width=34,
            help="Ce que la structure fera.",
            search=Search.STORY,
        ),
    ] = ""
    person_means: Annotated[
        str,
        Column(
            "Moyens mobilisés par la personne",
            width=34,
            help="Ce que la personne fera.",
            search=Search.STORY,
        ),
    ] = ""
    deadline: Annotated[
        Deadline | None,
        Column(
            "Échéance",
            Kind.DEADLINE,
            width=14,
            help="Date maximale ; courte de préférence. jj/mm/aaaa",
            aliases=("Échéance / délai",),
            search=Search.STORY,
        ),
    ] = None
    review_planned: Annotated[
        Deadline | None,
        Column(
            "Date d'évaluation prévue",
            Kind.DEADLINE,
            width=14,
            help="Le jour de l'entretien de bilan. jj/mm/aaaa",
            search=Search.STORY,
        ),
    ] = None
    form: Annotated[
        EngagementForm | None,
        Column(
            "Forme",
            Kind.CHOICE,
            width=13,
            choices=lists.FORM,
            help="Oral, écrit, écrit remis à la personne, ou écrit signé par les deux.",
        ),
    ] = None
    reviewed: Annotated[
        date | None,
        Column(
            "Évaluation réalisée le",
            Kind.DATE,
            width=13,
            help="jj/mm/aaaa. Vide tant que le bilan n'est pas fait.",
        ),
    ] = None
    achieved: Annotated[
        Achieved | None,
        Column(
            "Actions réalisées",
            Kind.CHOICE,
            width=16,
            choices=lists.ACHIEVED,
            help="Les actions envisagées ont-elles été réalisées ?",
        ),
    ] = None
    follow_up: Annotated[
        bool | None,
        Column(
            "Suites envisagées",
            Kind.YES_NO,
            width=12,
            choices=lists.YES_NO,
            help="OUI : une nouvelle fiche est ouverte.",
        ),
    ] = None
    next_type: Annotated[
        str | None,
        Column(
            "Engagement suivant", Kind.CODE, width=12, help="Code du type qui suit, s'il y en a."
        ),
    ] = None
    comments: Annotated[
        str,
        Column(
            "Commentaires",
            width=40,
            help="Événements, difficultés, contraintes, démarches réalisées.",
            search=Search.STORY,
        ),
    ] = ""
    frequency: Annotated[
        str,
        Column(
            "Fréquence des entretiens",
            width=18,
            facultative=True,
            help="Fixée à la signature : tous les quinze jours, par exemple.",
            search=Search.STORY,
        ),
    ] = ""

    @property
    def key(self) -> str:
        """Its reference, else its date and object."""
        return line_key(self.reference) if self.reference else line_key(self.agreed, self.object)

    @property
    def due(self) -> date | None:
        """The deadline that counts for what is late."""
        return self.deadline.day if self.deadline else None

    def is_open(self, on: date) -> bool:
        """Whether it has been agreed by that day and not reviewed by then."""
        if self.agreed is None or self.agreed > on or "reviewed" in self.unreadable:
            return False
        return self.reviewed is None or self.reviewed > on
