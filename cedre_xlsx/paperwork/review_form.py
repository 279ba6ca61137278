"""The review of a pathway that a prescriber gets: the platform's labels, as in September 2026.

What its author answers alone stays blank here, but for what an exit that was recorded says.
"""

from __future__ import annotations

from cedre_xlsx.method.vocabulary import EXIT_REASONS, ExitCategory, Title

TITLE = "Bilan d'accompagnement"
CONTRACT = "Situation du contrat"
BARRIERS = "Freins périphériques"
AUTONOMY = "Autonomie dans la recherche d'emploi"
SOLUTION = "Une solution est-elle prévue ?"
ORIENTATION = "Orientation la plus adaptée"

RENEWED = "Contrat renouvelé dans notre structure"
DURABLE = "Emploi durable (CDD de plus de 6 mois, CDI, création d'entreprise)"
TRANSITION = "Emploi transitoire (CDD de moins de 6 mois)"
TRAINING = "Entrée en formation"
OTHER = "Autre"
#: The answers where there is a solution, and those where there is none.
SOLUTIONS = (RENEWED, DURABLE, TRANSITION, TRAINING, OTHER)
ORIENTATIONS = (
    "Sociale", "Socio-professionnelle", "Professionnelle", "À définir avec le prescripteur",
)  # fmt: skip

#: The scale of autonomy, from 1 to 5: for a woman, a man, and whom Civilité does not say.
_SCALE = (
    "{0} a besoin d'être {1} à chaque étape (rédaction du CV, identification d'offres…).",
    "{0} a besoin d'un appui régulier pour mener ses démarches à terme.",
    "{0} mène la plupart des démarches {2}, mais sollicite un accompagnement ponctuel.",
    "{0} est autonome et sollicite l'accompagnement seulement en cas de blocage.",
    "{0} est autonome (recherche, candidature, entretien) sans besoin d'accompagnement.",
)
_AGREED = {
    Title.MRS: ("Elle", "accompagnée", "seule"),
    Title.MR: ("Il", "accompagné", "seul"),
    None: ("Il ou elle", "accompagné(e)", "seul(e)"),
}

#: What an exit is in the form, by its category and reason: only what both say.
_BY_EXIT = {
    (ExitCategory.DURABLE, "CDI"): DURABLE,
    (ExitCategory.DURABLE, "CDD ou intérim de 6 mois et plus"): DURABLE,
    (ExitCategory.DURABLE, "Titularisation"): DURABLE,
    (ExitCategory.DURABLE, "Création ou reprise d'entreprise"): DURABLE,
    (ExitCategory.TRANSITION, "CDD ou intérim de moins de 6 mois"): TRANSITION,
    (ExitCategory.POSITIVE, "Formation"): TRAINING,
}
#: The only reason of an exit that says that nothing is found.
_NOTHING_FOUND = "Sans emploi"


def autonomy_scale(title: Title | None) -> tuple[str, ...]:
    """What each number of the scale says of the person, from 1 on."""
    return tuple(text.format(*_AGREED[title]) for text in _SCALE)


def solution_of_exit(category: ExitCategory | None, reason: str) -> tuple[bool | None, str]:
    """What an exit answers: whether there is a solution (None: it does not say), and which box.

    Where the reason is of another category than the one noted, it answers nothing.
    """
    if category is ExitCategory.OTHER and reason == _NOTHING_FOUND:
        return False, ""
    if category is None or EXIT_REASONS.get(reason, category) is not category:
        return None, ""
    box = _BY_EXIT.get((category, reason), "")
    return (True, box) if box else (None, "")
