"""Words that tell of health or justice, beside those that a structure lists in Paramètres.

No paper for others, and no publication, has them. They are more than the words that a check asks
about: here a text that is left out for nothing costs less than one that is handed on.
"""

from __future__ import annotations

import re

_POINTED = re.compile(r"(?<![a-z0-9])[a-z](?:\.[a-z])+(?![a-z0-9])")

#: In one number: the plural is the same word.
HEALTH_AND_JUSTICE = (
    "santé", "maladie", "malade", "invalidité", "invalide",
    "RQTH", "AAH", "PCH", "MDPH", "ESAT", "SAVS", "SAMSAH", "IME", "ITEP",
    "BOETH", "OETH", "ALD", "affection de longue durée",
    "CSAPA", "CAARUD", "CMP", "CMPP", "CATTP", "EPSM", "CHU", "CHRU", "aux urgences",
    "médecin", "médical", "médicaux", "traitement médical", "sous traitement", "ordonnance",
    "psy", "kiné", "infirmier", "infirmière", "dentiste", "clinique", "rééducation",
    "opération du", "opération de la", "opéré", "enceinte", "grossesse", "accouchement",
    "arrêt de travail", "accident du travail", "médecine du travail",
    "SIDA", "VIH", "HIV", "AVC", "TDAH", "TOC", "infarctus", "cardiaque", "tumeur", "leucémie",
    "sclérose", "parkinson", "alzheimer", "hernie", "sciatique", "prothèse", "mal de dos",
    "bipolaire", "burn-out", "burn out", "tentative de suicide", "violence", "viol",
    "drogue", "drogué", "stupéfiant", "cannabis", "cocaïne", "héroïne", "crack", "cure", "sevrage",
    "rechute", "overdose", "subutex", "tutelle", "curatelle",
    "justice", "tribunal", "tribunaux", "procès", "procureur", "avocat", "SPIP", "CPIP", "PJJ",
    "JAP", "TIG", "travail d'intérêt général", "travaux d'intérêt général", "garde à vue",
    "sursis", "probation", "probatoire", "semi-liberté", "liberté conditionnelle", "écrou",
    "libération conditionnelle", "casier", "délit", "plainte", "en détention", "pénal", "pénaux",
    "détention provisoire", "centre de détention", "sortie de détention", "mandat de dépôt",
    "maison d'arrêt", "permission de sortir", "stage de citoyenneté", "bracelet électronique",
    "aménagement de peine", "sa peine", "fin de peine", "peine de",
)  # fmt: skip

#: Their beginning is enough, whatever the word ends with.
STEMS = (
    "addict", "alcool", "allerg", "amput", "antidépress", "anxi", "arthros",
    "asthm", "autis", "cancer", "cardiolog", "chimio", "chirurg", "correctionnel", "condamn",
    "criminel", "délinqu", "dépressi", "désintox", "détenu", "diabèt", "dialys", "dyslexi",
    "épilep", "ergothérap", "fibromyalg", "gynécolog", "handicap", "hépatit", "hôpita",
    "hospitalis", "inapt", "incarcér", "infirmité", "judiciair", "kinésithérap", "lombalg",
    "méthadone", "médicament", "neurolep", "neurolog", "oncolog", "ophtalm", "orthophoni",
    "pathologi", "pénale", "pénitenti", "polyarthr", "prison", "psych",
    "radiothérap", "récidiv", "rhumat", "schizo", "séropositi", "suicid", "surdité",
    "thérap", "toxico", "tubercul",
)  # fmt: skip

#: On a paper about one person they tell of it; in a table of figures, only where they stand alone:
#: "Détention du permis" does not.
ON_PAPERS = ("détention", "bracelet", "juge", "jugement")


def without_points(folded: str) -> str:
    """A folded text with the abbreviations as one word: `rqth` for `r.q.t.h`."""
    return _POINTED.sub(lambda found: found[0].replace(".", ""), folded)
