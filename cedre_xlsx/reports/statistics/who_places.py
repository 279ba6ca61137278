"""Where the sheet `Qui compte AAAA` shows who counts in each figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WhoPlace:
    """A list of the sheet and its column; `also` are others to filter by, one or the other."""

    block: str
    column: str
    also: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Where the lines behind a figure are listed, in French."""
        also = " ou ".join(f"« {name} »" for name in self.also)
        told = f", avec la colonne {also}" if also else ""
        return f"liste {self.block}, colonne « {self.column} »{told}"


_PEOPLE, _ENGAGEMENTS, _ACTIONS, _MISSIONS = "Personnes", "Engagements", "Suivi", "Missions"

#: By the id of the definition.
PLACES: Mapping[str, WhoPlace] = {
    "active": WhoPlace(_PEOPLE, "File active"),
    "entries": WhoPlace(_PEOPLE, "Entrée"),
    "exits": WhoPlace(_PEOPLE, "Sortie"),
    "exits_countable": WhoPlace(_PEOPLE, "Sortie comptée"),
    "dynamic_exit_rate": WhoPlace(_PEOPLE, "Sortie dynamique"),
    "durable_exit_rate": WhoPlace(_PEOPLE, "Sortie comptée", ("Catégorie de sortie",)),
    "later_known": WhoPlace(_PEOPLE, "Situation à 6 mois connue"),
    "engagements_signed": WhoPlace(_ENGAGEMENTS, "Conclu"),
    "engagements_signed.*": WhoPlace(_ENGAGEMENTS, "Conclu", ("Type",)),
    "engagements_with_signature": WhoPlace(_ENGAGEMENTS, "Signé"),
    "engagements_open": WhoPlace(_ENGAGEMENTS, "En cours"),
    "engagements_reviewed": WhoPlace(_ENGAGEMENTS, "Évalué"),
    "engagements_reviewed.*": WhoPlace(_ENGAGEMENTS, "Évalué", ("Actions réalisées",)),
    "reviewed_on_time_rate": WhoPlace(_ENGAGEMENTS, "À l'échéance"),
    "planned_days_median": WhoPlace(_ENGAGEMENTS, "Durée prévue (jours)"),
    "actual_days_median": WhoPlace(_ENGAGEMENTS, "Durée réelle (jours)"),
    "first_proposal_days_median": WhoPlace(_PEOPLE, "Première proposition (jours)"),
    "first_proposal_on_time_rate": WhoPlace(_PEOPLE, "Proposée dans le délai"),
    "first_mission_days_median": WhoPlace(_PEOPLE, "Première mission (jours)"),
    "actions": WhoPlace(_ACTIONS, "Compte"),
    "actions.*": WhoPlace(_ACTIONS, "Compte", ("Statut", "Type")),
    "minutes": WhoPlace(_ACTIONS, "Minutes"),
    "missions": WhoPlace(_MISSIONS, "Compte"),
    "people_in_mission": WhoPlace(_PEOPLE, "En mission"),
    "mission_hours": WhoPlace(_MISSIONS, "Heures"),
    "etp": WhoPlace(_MISSIONS, "Heures"),
    "weeks_worked_median": WhoPlace(_PEOPLE, "Semaines travaillées"),
    "ceiling_near": WhoPlace(_PEOPLE, "Près du plafond"),
    "ceiling_over": WhoPlace(_PEOPLE, "Au-delà du plafond"),
    "immersions": WhoPlace(_MISSIONS, "Immersion"),
    "internships": WhoPlace(_MISSIONS, "Stage"),
    "people_in_training": WhoPlace(_PEOPLE, "En formation"),
    "active_per_support": WhoPlace(_PEOPLE, "File active"),
    "active_per_supervision": WhoPlace(_PEOPLE, "File active"),
}
#: Where the unknowns of a figure stand in another list than its value.
UNKNOWN_PLACES: Mapping[str, WhoPlace] = {
    "people_in_mission": WhoPlace(_MISSIONS, "Personne en mission"),
    "weeks_worked_median": WhoPlace(_MISSIONS, "Heures"),
    "ceiling_near": WhoPlace(_MISSIONS, "Plafond : à compléter"),
    "ceiling_over": WhoPlace(_MISSIONS, "Plafond : à compléter"),
    "people_in_training": WhoPlace(_MISSIONS, "Formation possible"),
}
