"""The columns of `Qui compte AAAA` for the figures that funders ask for."""

from __future__ import annotations

from cedre_xlsx.reports.statistics.breakdowns import NOT_SAID
from cedre_xlsx.reports.statistics.counted import Counted
from cedre_xlsx.reports.statistics.owed_tables import CHANGES
from cedre_xlsx.reports.statistics.who_columns import (
    WhoColumn,
    across,
    cells_of,
    figure_column,
)
from cedre_xlsx.workbook.generated import Value


def owed_people(counted: Counted) -> tuple[WhoColumn, ...]:
    """Weeks, ceiling, training, length of the pathway."""
    lengths: dict[int, Value] = {
        place: label
        for column in ("Présentes", "Sorties")
        for place, label in cells_of(counted, "lengths", column).items()
    }
    ceiling = (
        figure_column(counted, identifier, heading, unknown=False)
        for identifier, heading in (
            ("ceiling_near", "Près du plafond"),
            ("ceiling_over", "Au-delà du plafond"),
        )
        if identifier in counted.figures
    )
    return (
        figure_column(counted, "weeks_worked_median", "Semaines travaillées", unknown=False),
        *ceiling,
        figure_column(counted, "people_in_training", "En formation", unknown=False),
        WhoColumn("Durée du parcours", "t", lengths),
        WhoColumn("Fin de contrat", "t", cells_of(counted, "load", "Fins de contrat")),
        WhoColumn("Fin de PASS IAE", "t", cells_of(counted, "load", "Fins de PASS IAE")),
    )


def later_people(counted: Counted) -> tuple[WhoColumn, ...]:
    """What became of those who left, six months later."""
    if "later_known" not in counted.figures:
        return ()
    return (
        figure_column(counted, "later_known", "Situation à 6 mois connue"),
        WhoColumn("Situation à 6 mois", "t", cells_of(counted, "later_situations", "Sorties")),
    )


def owed_missions(counted: Counted) -> tuple[WhoColumn, ...]:
    """Immersions, placements, what they led to, for whom a mission is."""
    columns = [
        figure_column(counted, "immersions", "Immersion"),
        figure_column(counted, "internships", "Stage"),
        figure_column(counted, "people_in_training", "Formation possible", known=False),
    ]
    if "ceiling_near" in counted.figures:
        columns.append(figure_column(counted, "ceiling_near", "Plafond : à compléter", known=False))
    if "clients" in counted.cells:
        kinds = cells_of(counted, "clients", "Missions")
        columns.append(WhoColumn("Type de client", "t", kinds))
    if "outcomes" in counted.cells:
        outcomes: dict[int, Value] = {
            place: label
            for column in ("Immersions", "Stages", "Missions salariées", "Autres")
            for place, label in cells_of(counted, "outcomes", column).items()
        }
        columns.append(WhoColumn("Débouché", "t", outcomes))
    return tuple(columns)


def owed_barriers(counted: Counted) -> tuple[WhoColumn, ...]:
    """What became of a frein, and of an orientation."""
    columns = []
    if "freins_levels" in counted.cells:
        columns.append(WhoColumn("Évolution", "t", across(counted, "freins_levels", CHANGES)))
    if "orientations" in counted.cells:
        shown = cells_of(counted, "orientations", "Orientations")
        rows = counted.cells["orientations"]
        results = [one for one in rows[0].cells if one != "Orientations"] if rows else [NOT_SAID]
        columns.append(WhoColumn("Orientation", "t", shown))
        columns.append(WhoColumn("Résultat", "t", across(counted, "orientations", results)))
    return tuple(columns)
