"""The sheet « Définitions »: what each figure and each table counts."""

from __future__ import annotations

from cedre_xlsx.federation.consolidation import Consolidation, ConsolidationSort
from cedre_xlsx.federation.sheets.figures import origin_of
from cedre_xlsx.federation.sheets.page import LABEL, Page, over_all
from cedre_xlsx.method.french import typeset
from cedre_xlsx.reports.layout import Heading, height_of
from cedre_xlsx.reports.statistics.definitions import PERIOD, definition_of, table_definition
from cedre_xlsx.reports.statistics.shown import shown_label
from cedre_xlsx.workbook.generated import SheetRow

DEFINITIONS = "Définitions"
_COLUMNS = (Heading("Chiffre", LABEL), Heading("Ce qu'il compte", 112))
#: What is said of the people whom several antennas follow.
ONCE = (
    (
        "Personnes suivies dans deux antennes",
        "Même nom (sans compter casse, accents ni ordre des mots) et rien qui contredise : ni "
        "année de naissance, ni N° PASS IAE ; ou même N° PASS IAE, un mot du nom en commun et pas "
        "d'année de naissance différente. Qui peut être deux personnes n'est personne : les doutes "
        "sont listés, chacune compte.",
    ),
    (
        "Compté une fois par personne",
        "File active, personnes en mission, en formation, près du plafond d'heures ou au-delà, "
        "semaines travaillées, freins, et les tableaux de ces personnes : là où deux antennes la "
        "comptent, une personne reste dans une seule : celle de son inscription la plus récente "
        "(de la file active, celle où elle est encore). Ses semaines et ses heures en entreprise "
        "sont celles de toutes les antennes.",
    ),
    (
        "Entrées et sorties",
        "Une par parcours : des inscriptions, ou des sorties, du même jour dans deux antennes sont "
        "un seul parcours noté deux fois, compté une fois ; de jours différents, chacune compte.",
    ),
    (
        "Additionnés",
        "Actions, engagements, missions, heures, orientations, et tous les inconnus qui sont des "
        "lignes à placer. Les colonnes des antennes ne sont pas corrigées : leur somme peut "
        "dépasser le total.",
    ),
)


def definitions_page(consolidation: Consolidation) -> Page:
    """The definitions of all figures and tables that some year has."""
    figures = {
        definition_of(one.id).id: definition_of(one.id)
        for year in consolidation.years
        for one in year.total.indicators
    }
    tables = {name: None for year in consolidation.years for name in year.total.tables}
    rows: list[SheetRow] = []
    if consolidation.sort is ConsolidationSort.ANTENNAS:
        rows.append(over_all("block", "Plusieurs antennes", 2, 20.0))
        rows += (_row(label, text) for label, text in ONCE)
    rows.append(over_all("block", "Chiffres", 2, 20.0))
    rows += (_row(shown_label(one.label.format("…")), one.whole) for one in figures.values())
    rows.append(over_all("block", "Tableaux", 2, 20.0))
    rows += (_row(one.title, one.text) for one in map(table_definition, tables))
    return Page(
        title=DEFINITIONS,
        heading=DEFINITIONS,
        hint="Ce que compte chaque chiffre ; celles de « cedre-xlsx stats » sont les mêmes.",
        legend=PERIOD,
        origin=origin_of(consolidation),
        columns=_COLUMNS,
        rows=rows,
    )


def _row(label: str, text: str) -> SheetRow:
    values = (typeset(label), typeset(text))
    return SheetRow("body:ln", values, height_of(values, _COLUMNS))
