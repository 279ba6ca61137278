"""Which type of engagement fits: the indicators of fiches outils n°14 and 15 as questions.

A type's line of the grid says what is expected of each answer. What an answer lacks is weighed in
points, and the points of a type tell whether it fits. The workbook's sheet `Repérage` is made of
formulas over the same points and words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cedre_xlsx.method.types import (
    COUP_DE_POUCE,
    DECOUVERTE,
    MOBILISATION,
    SOUTIEN_ACTIF,
    TEMPLUS,
    TYPES,
    VALIDATION,
    DeadlineClass,
    EngagementType,
)


class Level(StrEnum):
    """How well a type fits; `UNSAID` while no question is answered."""

    FITS = "convient"
    DISCUSS = "à discuter"
    NO = "non"
    UNSAID = ""


#: From so many points on, a type does not fit; below, at least one is to be discussed.
EXCLUDED = 4
_DOUBT, _FAR = 1, 2


@dataclass(frozen=True, slots=True)
class Weight:
    """What one answer means for one type: `points` against it, and why.

    No points and no reason: the answer says nothing about this type.
    """

    points: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a question; `weights` are its meaning for each type, in the order of TYPES."""

    text: str
    weights: tuple[Weight, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One indicator, asked. `list_name` is the defined name of its answers in the workbook."""

    id: str
    text: str
    help: str
    list_name: str
    answers: tuple[Answer, ...]


EMPLOYMENT, PERIPHERAL, BOTH = "Le rapport à l'emploi", "Un frein à lever", "Les deux à égalité"
YES, NO = "OUI", "NON"
CLEAR = "Oui, il est clair"
SOUGHT = "En recherche ou à confirmer"
SECONDARY = "Secondaire ou pas exprimé"
NONE = "Non, pas pour l'instant"
SOCIAL = "Non : garder un lien social, sans sortie possible"


def _weights(meaning: Mapping[EngagementType, Weight]) -> tuple[Weight, ...]:
    return tuple(meaning.get(kind, Weight()) for kind in TYPES)


def _priority() -> Question:
    """The person's priority decides; two that compete are to be talked over (fiche n°16)."""
    balanced = Weight(_DOUBT, "deux priorités : laquelle est la plus urgente pour la personne ?")
    employment = {
        kind: Weight(0, "priorité à l'emploi")
        if kind.employment_priority
        else Weight(EXCLUDED, "la priorité est l'emploi")
        for kind in TYPES
    }
    peripheral = {
        kind: Weight(0, "priorité à un frein")
        if kind.peripheral_priority
        else Weight(EXCLUDED, "la priorité n'est pas l'emploi")
        for kind in TYPES
    }
    return Question(
        "priority",
        "Qu'est-ce qui compte le plus pour la personne, en ce moment ?",
        "L'objectif de la personne, pas ce que fait la structure. Un frein : logement, santé, "
        "ressources, famille, mobilité, discrimination…",
        "lstReperagePriorite",
        (
            Answer(EMPLOYMENT, _weights(employment)),
            Answer(PERIPHERAL, _weights(peripheral)),
            Answer(BOTH, _weights(dict.fromkeys(TYPES, balanced))),
        ),
    )


def _urgency() -> Question:
    """Urgency is what makes a Coup de pouce, and comes before anything else."""
    first = Weight(_DOUBT, "une urgence est à résoudre d'abord")
    urgent = dict.fromkeys(TYPES, first) | {COUP_DE_POUCE: Weight(0, "urgence")}
    calm = {COUP_DE_POUCE: Weight(EXCLUDED, "aucune urgence")}
    return Question(
        "urgency",
        "Y a-t-il une urgence ?",
        "Plus de ressources pour finir la semaine, choc familial ou social, droits à ouvrir "
        "vite, risque de rupture dans le parcours.",
        "lstReperageUrgence",
        (Answer(YES, _weights(urgent)), Answer(NO, _weights(calm))),
    )


def _request() -> Question:
    """A Soutien actif answers an actual request."""
    asked = {SOUTIEN_ACTIF: Weight(0, "aide demandée")}
    silent = {SOUTIEN_ACTIF: Weight(EXCLUDED, "aucune aide demandée")}
    return Question(
        "request",
        "La personne demande-t-elle une aide pour lever ce frein ?",
        "Une demande effective, exprimée par la personne elle-même.",
        "lstReperageDemande",
        (Answer(YES, _weights(asked)), Answer(NO, _weights(silent))),
    )


def _deadline() -> Question:
    """The further from the type's classes, the more points."""
    classes = tuple(DeadlineClass)
    labels = {
        DeadlineClass.SHORT: "Courte : moins de trois mois",
        DeadlineClass.MEDIUM: "Moyenne : trois mois à deux ans",
        DeadlineClass.LONG: "Longue : plus de deux ans",
    }

    def weight(kind: EngagementType, asked: DeadlineClass) -> Weight:
        gap = min(abs(classes.index(asked) - classes.index(own)) for own in kind.classes)
        if not gap:
            return Weight(0, f"échéance {asked}")
        return Weight(gap * _DOUBT, f"échéance {asked} (grille : {kind.deadline_label})")

    return Question(
        "deadline",
        "Quelle échéance est utile à l'action ?",
        "Le temps que demandent les démarches. Une échéance courte engage davantage (fiche n°18).",
        "lstReperageEcheance",
        tuple(
            Answer(labels[one], _weights({kind: weight(kind, one) for kind in TYPES}))
            for one in classes
        ),
    )


#: Points of each answer about the project, by type; None where the answer is no matter.
_PROJECT: Mapping[EngagementType, Mapping[str, int]] = {
    COUP_DE_POUCE: {CLEAR: _DOUBT, SOUGHT: 0, SECONDARY: 0, NONE: 0, SOCIAL: _DOUBT},
    SOUTIEN_ACTIF: {CLEAR: _DOUBT, SOUGHT: _DOUBT, SECONDARY: 0, NONE: 0, SOCIAL: _DOUBT},
    TEMPLUS: {CLEAR: EXCLUDED, SOUGHT: _FAR, SECONDARY: _DOUBT, NONE: _DOUBT, SOCIAL: 0},
    MOBILISATION: {CLEAR: _FAR, SOUGHT: _DOUBT, SECONDARY: 0, NONE: 0, SOCIAL: _DOUBT},
    DECOUVERTE: {CLEAR: _FAR, SOUGHT: 0, SECONDARY: _DOUBT, NONE: _DOUBT, SOCIAL: _FAR},
    VALIDATION: {CLEAR: 0, SOUGHT: _DOUBT, SECONDARY: EXCLUDED, NONE: EXCLUDED, SOCIAL: EXCLUDED},
}
_PROJECT_WORDS = {
    CLEAR: "projet clair",
    SOUGHT: "projet en recherche ou à confirmer",
    SECONDARY: "projet secondaire ou pas exprimé",
    NONE: "pas de projet pour l'instant",
    SOCIAL: "lien social à maintenir, pas de sortie possible",
}


def _project() -> Question:
    """The reference to a professional project, from none to a clear one."""
    return Question(
        "project",
        "A-t-elle un projet professionnel ?",
        "Ce qu'elle en dit aujourd'hui.",
        "lstReperageProjet",
        tuple(
            Answer(
                text,
                _weights({kind: Weight(points[text], words) for kind, points in _PROJECT.items()}),
            )
            for text, words in _PROJECT_WORDS.items()
        ),
    )


def _mission() -> Question:
    """The capacity to take a mission at once."""
    able = {
        kind: Weight(0, "mission possible tout de suite")
        if kind.immediate_mission
        else Weight(_DOUBT, "peut déjà assurer une mission")
        for kind in TYPES
    }
    unable = {
        kind: Weight(_FAR, "pas de mission possible tout de suite")
        if kind.immediate_mission
        else Weight(0, "pas encore de mission")
        for kind in TYPES
    }
    return Question(
        "mission",
        "Peut-elle assurer tout de suite une mission de travail ?",
        "Avec ce que la structure peut proposer maintenant.",
        "lstReperageMission",
        (Answer(YES, _weights(able)), Answer(NO, _weights(unable))),
    )


#: In the order in which they are asked: the priority first, it decides.
QUESTIONS: tuple[Question, ...] = (
    _priority(), _urgency(), _request(), _deadline(), _project(), _mission(),
)  # fmt: skip

NOTHING_SAID = "Répondez aux questions : chaque type s'éclaire au fur et à mesure."
PRIORITY_UNSAID = "la priorité de la personne reste à dire"
PRIORITY_FIRST = "Répondez d'abord à la première question : la priorité de la personne décide."
ONE_FITS = "Un type convient : à proposer, et à choisir avec la personne."
SEVERAL_FIT = (
    "Plusieurs types conviennent : demandez à la personne ce qui est le plus urgent pour elle, "
    "maintenant (fiche n°16)."
)
NONE_FITS = "Aucun type ne convient tout à fait : à discuter en équipe, puis avec la personne."
