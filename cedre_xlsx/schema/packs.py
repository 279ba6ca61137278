"""Packs of columns: off until a team asks for them, so that a small workbook stays small."""

from __future__ import annotations

from collections.abc import Mapping

PASS = "pass"
LEVELS = "niveaux"
CLIENTS = "clients"
REFERENT = "referent"
AFTER = "apres"
KEEPING = "conservation"

#: Each pack, and what it is for.
PACKS: Mapping[str, str] = {
    PASS: "numéro et dates du PASS IAE, début du contrat",
    LEVELS: "niveau d'un frein à l'entrée et aujourd'hui, orientation et son résultat",
    CLIENTS: "type de client et débouché des missions",
    REFERENT: "référent unique, catégorie France Travail, contrat d'engagement, présences",
    AFTER: "autonomie dans la recherche d'emploi, situation six mois après la sortie",
    KEEPING: "garder les données d'une personne au-delà de la durée prévue, et pourquoi",
}
