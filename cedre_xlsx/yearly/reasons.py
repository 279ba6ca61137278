"""Why a line goes into the new year's workbook, as people are told."""

from __future__ import annotations

from enum import StrEnum


class CarryReason(StrEnum):
    """One reason a line; the first that holds."""

    # people
    PRESENT = "pas sortie au 1er janvier"
    KEPT = "à garder jusqu'à une date (colonne À garder jusqu'au)"
    ASKED = "situation à 6 mois encore à relever"
    RETAINED = "sortie, encore dans la durée de conservation : sa ligne seule"
    NEEDED = "sortie, mais une ligne emportée est la sienne"
    # their lines
    OF_THE_YEAR = "datée de la nouvelle année"
    OPEN = "pas fini"
    UNCLEAR = "date à compléter ou à corriger"
    DUE = "échéance dans la nouvelle année"
    LATEST = "la dernière de la personne"
    CONTACT = "le dernier contact"
    PATHWAY = "mission d'un parcours qui dure"
    CEILING = "compte dans le plafond d'heures sur 24 mois"
    DISCUSSED = "à discuter"
    ABSENCES = "absences qui se suivent"
    CONTENT = "action d'un engagement ouvert"
    FIRST = "la première action d'un long parcours"
    NAMED = "engagement dont parle une action emportée"
