"""The lines of an export that are of other structures than the workbook's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cedre_xlsx.intake.model import SourceTable
from cedre_xlsx.method.french import listed
from cedre_xlsx.method.text import word_key
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.workbook.read.raw import Cell


def of_others(
    source: SourceTable, bodies: Sequence[Cell], settings: Settings
) -> tuple[dict[int, str], tuple[str, ...]]:
    """Why some lines are not ours, by rank, and what is said of them together.

    `bodies` names the structure of each line; one that names none is ours. Raises CedreError where
    all are of others, or where nothing says which one is ours.
    """
    names: Counter[str] = Counter()
    for one, count in Counter(bodies).items():
        if isinstance(one, str) and one.strip():
            names[one.strip()] += count
    ours = [name for name in names if _is_ours(name, settings.structure)]
    if not settings.structure.strip() and len(names) == 1:
        ours = list(names)
    if names and not ours:
        raise _refusal(source, list(names), settings)
    others = {name: count for name, count in names.items() if name not in ours}
    if not others:
        return {}, ()
    aside = {
        rank: "ligne d'une autre structure"
        for rank, one in enumerate(bodies)
        if isinstance(one, str) and one.strip() in others
    }
    told = listed([f"« {name} » ({count})" for name, count in others.items()])
    return aside, (f"{source.place} : lignes d'autres structures laissées : {told}.",)


def _is_ours(name: str, structure: str) -> bool:
    """Whether a name is that of the structure, or has it in it."""
    mine, theirs = word_key(structure), word_key(name)
    return bool(mine) and (mine == theirs or mine in theirs or theirs in mine)


def _refusal(source: SourceTable, names: Sequence[str], settings: Settings) -> CedreError:
    said = listed([f"« {name} »" for name in names])
    if not settings.structure.strip():
        return CedreError(
            f"{source.place} : l'export est de plusieurs structures, {said}, et Paramètres ne dit "
            "pas laquelle est la vôtre ; rien n'est écrit. Notez-y « Nom de la structure »."
        )
    return CedreError(
        f"{source.place} : l'export est de {said}, et le classeur de « {settings.structure} » "
        "(Paramètres) ; rien n'est écrit. Corrigez ce nom dans Paramètres si c'est bien la vôtre."
    )
