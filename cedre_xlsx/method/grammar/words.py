"""The words that the expressions are made of: numbers, units, parts, ranks, as regular "
"expressions."""

from __future__ import annotations

from cedre_xlsx.method.dates import WEEKDAYS

COUNTS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7,
    "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "quinze": 15, "vingt": 20,
    "trente": 30,
}  # fmt: skip
#: The rank of a day in its week, under its name and under its beginning.
WEEKDAY_RANKS = {
    **{name: rank for rank, name in enumerate(WEEKDAYS)},
    "vend": 4,
    "merc": 2,
    **{name[:3]: rank for rank, name in enumerate(WEEKDAYS)},
}
RANKS = {"1": 1, "p": 1, "2": 2, "d": 2, "s": 2, "3": 3, "t": 3, "4": 4, "q": 4}

#: Where parts of a week end, Monday being 1.
WEEK_PARTS = {"deb": 2, "mi": 4, "mil": 4}

COUNT = rf"(?:[0-9]{{1,2}}[.,]5|[0-9]{{1,3}}|{'|'.join(COUNTS)})"
UNIT = r"(?:jours?|jrs?|j|semaines?|sem|mois|ans?|annees?|trimestres?|semestres?|heures?|hrs?|h)"
YEAR = r"(?:[0-9]{4}|'?[0-9]{2})(?![0-9a-z/]| ?h\b| ?:)"
WEEKDAY = "|".join(
    (
        *WEEKDAYS,
        *(rf"{name[:3]}\.?(?![a-z])" for name in WEEKDAYS),
        r"vend\.?(?![a-z])",
        r"merc\.?(?![a-z])",
    )
)
NEXT = r"(?:prochaine?|suivante?|d'apres|qui vient|proch\.?|pro\b\.?)"
MONTH_PART = r"(?:debut|deb\.?|mi|milieu|fin|avant|courant)"
RANK = (
    r"(?:1er|1e?re|premiere?|2e|2eme|2nde?|deuxieme|seconde?|3e|3eme|troisieme|4e|4eme|quatrieme)"
)
#: Before a number or after it, these give it no role.
LINKS = frozenset({
    "le", "la", "les", "l", "un", "une", "du", "de", "des", "d", "au", "aux", "et", "ou", "a", "en",
    "par", "pour", "sur", "puis", "avant", "apres", "vers", "ni", "soit", "max", "maxi", "maximum",
    "jusqu", "jusqu'au", "d'ici", "ici", "entre", "plus", "tard", "non", "oui", "ok",
    "fin", "debut",
    "mi", "courant", "report", "reporte", "reportee", "repousse", "repoussee", "decale", "decalee",
    "dans", "sous",
})  # fmt: skip


def number(count: str) -> float:
    """The number of a count in figures or in letters: "quinze", "1,5"."""
    return float(COUNTS[count]) if count in COUNTS else float(count.replace(",", "."))
