"""Words that tell of health or justice, beside those that a structure lists in Paramètres."""

from __future__ import annotations

#: In one number: the plural is the same word. No paper for others, and no publication, has them.
HEALTH_AND_JUSTICE = (
    "santé", "maladie", "malade", "invalidité", "invalide", "inaptitude", "addiction",
    "handicap", "handicapé", "handicapée", "RQTH", "AAH", "MDPH",
    "CSAPA", "CAARUD", "CMP", "médecin", "traitement médical", "sous traitement",
    "justice", "judiciaire", "pénal", "pénale", "pénitentiaire", "incarcération", "en détention",
    "centre de détention", "SPIP", "PJJ", "TIG",
)  # fmt: skip
