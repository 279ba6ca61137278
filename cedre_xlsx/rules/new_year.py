"""ANN: what the workbook of the year before says otherwise than when this one was begun.

Silent unless that workbook is given: `check NOUVEAU --previous ANCIEN`.
"""

from __future__ import annotations

from collections.abc import Iterator

from cedre_xlsx.rules.context import Context
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.schema.columns import line_key
from cedre_xlsx.schema.findings import Place, Severity
from cedre_xlsx.schema.tables import MEMORY


@rule("ANN01", "Report de l'année qui ne tient plus", Severity.WARNING, "fiche n°17")
def total_changed(context: Context) -> Iterator[Fault]:
    """Quoi : un total de contrôle, égal des deux côtés quand le classeur de l'année a été commencé,
    ne l'est plus : l'ancien classeur, donné par --previous, a été corrigé depuis.

    Pourquoi : une correction tardive reste dans l'ancien classeur ; le nouveau ne la connaît pas,
    et compterait une personne ou un engagement de trop, ou de moins.

    Exemple qui échoue : une sortie du 20/12/2026 notée dans l'ancien classeur le 12/01/2027 : 53
    personnes ouvertes au 31/12, 54 reprises au 01/01.

    Exemple qui passe : l'ancien classeur comme il était, ou sans --previous.

    Comment corriger : faire la même correction dans le nouveau classeur, ou la défaire dans
    l'ancien si elle est de trop.
    """
    for late in context.late:
        if late.year:
            continue
        is_count = late.before != late.now
        yield Fault(
            Place(MEMORY.sheet),
            f"{late.label} : l'ancien classeur en a {late.now} au 31/12, {late.before} ont été "
            "repris au 01/01."
            if is_count
            else f"{late.label} : {late.now} des deux côtés, mais plus les mêmes lignes.",
            "Faites aussi dans ce classeur la correction qui a été faite dans l'ancien.",
            key=line_key(late.label),
        )


@rule("ANN02", "Chiffre clos qui a changé", Severity.WARNING, "fiche n°17")
def figure_changed(context: Context) -> Iterator[Fault]:
    """Quoi : un chiffre d'une année close, gardé quand ce classeur a été commencé, n'est plus celui
    que compte l'ancien classeur, donné par --previous.

    Pourquoi : le rapport d'activité, et les trois années côte à côte, montrent le chiffre gardé.

    Exemple qui échoue : 12 sorties gardées pour 2026, 13 comptées aujourd'hui dans l'ancien.

    Exemple qui passe : l'ancien classeur comme il était, ou sans --previous.

    Comment corriger : si la correction est juste, le dire à qui le chiffre a été donné, et tirer
    les chiffres de cette année de l'ancien classeur (cedre-xlsx stats) ; sinon, la défaire.
    """
    for late in context.late:
        if late.year:
            yield Fault(
                Place(MEMORY.sheet),
                f"{late.label}, {late.year} : {late.before} gardé à la clôture, {late.now} dans "
                "l'ancien classeur aujourd'hui."
                if late.before or late.now
                else f"{late.label}, {late.year} : l'ancien classeur y compte autrement qu'à la "
                "clôture.",
                "Tirez les chiffres de cette année de l'ancien classeur, ou défaites-y la "
                "correction.",
                key=line_key(late.year, late.label),
            )
