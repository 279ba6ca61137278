"""The papers that are handed over, as the lines of `Suivi` that note it call them."""

from __future__ import annotations

from cedre_xlsx.method.text import word_key

#: What the line of each paper says under Actions proposées.
REVIEW_HANDED = "Bilan d'accompagnement remis au prescripteur"
SHEET_HANDED = "Fiche remise au référent unique"
ACCESS_HANDED = "Dossier remis à la personne (droit d'accès)"

_HANDED = frozenset(map(word_key, (REVIEW_HANDED, SHEET_HANDED, ACCESS_HANDED)))


def is_hand_over(action: str) -> bool:
    """Whether an action is that a paper was handed over, whatever its case and accents.

    Nothing was done with the person that day: it is neither a contact nor a proposal.
    """
    return word_key(action) in _HANDED
