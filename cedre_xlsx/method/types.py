"""The six types of reciprocal commitment, as fiches outils n°14 and 15 define them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DeadlineClass(StrEnum):
    """The useful deadline of an action (fiche n°15, note 4)."""

    SHORT = "courte"
    MEDIUM = "moyenne"
    LONG = "longue"

    @property
    def max_months(self) -> int | None:
        """The longest deadline of the class in months, included; None where there is none."""
        return {"courte": 3, "moyenne": 24, "longue": None}[self.value]


@dataclass(frozen=True, slots=True)
class EngagementType:
    """One line of the grid of fiche n°15.

    `urgent` and `on_request` qualify the priority on peripheral matters; `next_codes` are the
    types named as a possible next step, the same type again and Coup de pouce aside.
    """

    code: str
    name: str
    employment_priority: bool
    peripheral_priority: bool
    peripheral_note: str
    classes: tuple[DeadlineClass, ...]
    project: str
    immediate_mission: bool
    use_of_missions: str
    next_step: str
    next_codes: tuple[str, ...]
    summary: str
    spellings: tuple[str, ...] = ()

    @property
    def max_months(self) -> int | None:
        """The longest useful deadline in months, included; None for a long one."""
        longest = [deadline_class.max_months for deadline_class in self.classes]
        bounded = [months for months in longest if months is not None]
        return max(bounded) if len(bounded) == len(longest) else None

    @property
    def deadline_label(self) -> str:
        """The classes as the grid prints them: "courte ou moyenne"."""
        return " ou ".join(self.classes)


COUP_DE_POUCE = EngagementType(
    code="CP",
    name="Coup de pouce",
    employment_priority=False,
    peripheral_priority=True,
    peripheral_note="caractère d'urgence",
    classes=(DeadlineClass.SHORT,),
    project="Non",
    immediate_mission=True,
    use_of_missions="Aide à résoudre la situation et prépare une démarche d'insertion",
    next_step="Sortie, ou un engagement plus structuré",
    next_codes=("SA", "T", "MPP", "D", "VP"),
    summary="Répondre tout de suite à une situation difficile ; un premier pas dans le parcours.",
    spellings=("coup de pouce", "coups de pouce", "cdp"),
)
SOUTIEN_ACTIF = EngagementType(
    code="SA",
    name="Soutien actif",
    employment_priority=False,
    peripheral_priority=True,
    peripheral_note="en réponse à une demande effective",
    classes=(DeadlineClass.MEDIUM,),
    project="Secondaire ou non exprimé",
    immediate_mission=False,
    use_of_missions="Aide à résoudre le problème qui fait obstacle",
    next_step="Sortie, ou un engagement centré sur l'emploi",
    next_codes=("MPP", "D", "VP"),
    summary="Lever avec la personne les problèmes sociaux qui bloquent l'accès à l'emploi.",
    spellings=("soutien",),
)
TEMPLUS = EngagementType(
    code="T",
    name="TEMPLUS",
    employment_priority=False,
    peripheral_priority=True,
    peripheral_note="",
    classes=(DeadlineClass.LONG,),
    project="Maintien du lien social ; pas de « sortie » possible",
    immediate_mission=False,
    use_of_missions="Stabilise et prévient une désinsertion",
    next_step=(
        "Ni sortie ni engagement centré sur l'emploi prévisibles à court ou moyen terme ; "
        "les deux restent possibles"
    ),
    next_codes=("MPP", "D", "VP"),
    summary="Assurer dans la durée une activité, des droits et des liens.",
    spellings=("templus", "temples", "temps plus"),
)
MOBILISATION = EngagementType(
    code="MPP",
    name="Mobilisation et préparation professionnelle",
    employment_priority=True,
    peripheral_priority=False,
    peripheral_note="",
    classes=(DeadlineClass.MEDIUM,),
    project="Secondaire ; compétences sociales ou d'organisation",
    immediate_mission=False,
    use_of_missions="Support d'une socialisation professionnelle",
    next_step="Sortie, ou découverte, ou validation professionnelle",
    next_codes=("D", "VP"),
    summary="Se remettre en mouvement par le travail ou des activités, pas à pas.",
    spellings=("mobilisation", "mobilisation preparation professionnelle", "preparation"),
)
DECOUVERTE = EngagementType(
    code="D",
    name="Découverte",
    employment_priority=True,
    peripheral_priority=False,
    peripheral_note="",
    classes=(DeadlineClass.SHORT, DeadlineClass.MEDIUM),
    project="En recherche ou à confirmer",
    immediate_mission=True,
    use_of_missions="Découverte d'un poste ou d'une activité, reprise de confiance en soi",
    next_step="Sortie, ou validation professionnelle",
    next_codes=("VP",),
    summary="Découvrir ses capacités, un poste, un métier ; construire un projet.",
    spellings=("decouvertes",),
)
VALIDATION = EngagementType(
    code="VP",
    name="Validation professionnelle",
    employment_priority=True,
    peripheral_priority=False,
    peripheral_note="",
    classes=(DeadlineClass.SHORT, DeadlineClass.MEDIUM),
    project="Oui",
    immediate_mission=True,
    use_of_missions="Support d'une requalification, maintien d'une dynamique d'emploi",
    next_step="Sortie",
    next_codes=(),
    summary="Conforter et faire reconnaître des compétences utiles sur le marché de l'emploi.",
    spellings=("validation",),
)

#: In the order of the grid of fiche n°15.
TYPES: tuple[EngagementType, ...] = (
    COUP_DE_POUCE,
    SOUTIEN_ACTIF,
    TEMPLUS,
    MOBILISATION,
    DECOUVERTE,
    VALIDATION,
)


def is_grid_step(current: EngagementType, following: EngagementType) -> bool:
    """Whether the grid allows `following` after `current` (fiche n°15).

    The same type again (a prolongation) and a Coup de pouce (a risk of breaking off, at any
    time) always are.
    """
    return following in (current, COUP_DE_POUCE) or following.code in current.next_codes
