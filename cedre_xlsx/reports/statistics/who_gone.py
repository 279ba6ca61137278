"""What the lists of who counts lack: numbers of lines made anonymous, which no line tells."""

from __future__ import annotations

from collections.abc import Iterator

from cedre_xlsx.reports.statistics.counted import Counted
from cedre_xlsx.reports.statistics.gone import COUNTED

#: The table that each list adds up to, and its column; what it counts, in French.
_TABLES = {
    "Personnes": ("exit_reasons", "Sorties", "motifs de sortie"),
    "Freins": ("freins", "Personnes", "freins"),
    "Publics": ("publics", "Personnes", "personnes"),
}


def gone_lines(counted: Counted, block: str) -> Iterator[str]:
    """What is to be said under the title of a list, by its name."""
    gone = counted.year.frames.gone.of(counted.year.year)
    if block in _TABLES:
        table, column, what = _TABLES[block]
        numbers = (line.cells.get(column, 0) for line in gone.tables.get(table, {}).values())
        many = sum(number for number in numbers if number > 0)
        if many:
            yield (
                f"Santé et justice : dont {many} sur des lignes rendues anonymes ({what}), que la "
                "liste ne montre pas ; les tableaux les comptent (feuille Mémoire)."
            )
    minutes = gone.figures.get(("minutes", COUNTED), 0)
    if block == "Suivi" and minutes:
        how, many = ("à retirer", -minutes) if minutes < 0 else ("à ajouter", minutes)
        yield (
            f"Minutes : {many} {how} à la liste pour des actions collectives sur des lignes "
            "rendues anonymes ; le chiffre en tient compte (feuille Mémoire)."
        )
