"""The sheets that a splice may replace; everything that is in doubt is refused at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cedre_xlsx.method.french import listed
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.generated_sheets import GeneratedKind, Knowledge, Recognised
from cedre_xlsx.workbook.package.host import Host, HostSheet


def known_places(host: Host, kinds: Sequence[GeneratedKind]) -> dict[str, HostSheet]:
    """Where the sheets of these kinds stand, by their mark; those that are new have no place.

    Raises CedreError when a mark stands on a sheet that holds something else, when several sheets
    may be the one, when one looks like it without mark and keys, and when a sheet that is not ours
    has a title that we need.
    """
    marks = {kind.mark for kind in kinds}
    found = [one for one in host.recognised(kinds) if one.kind.mark in marks]
    sheets = {sheet.title: sheet for sheet in host.sheets()}
    taken = {title.casefold() for title in sheets}
    needed = [one.kind.sheet for one in found if one.how is Knowledge.ABSENT]
    conflicts = [title for title in needed if title.casefold() in taken]
    refusals = [*_elsewhere(found), *_unsure(found), *_bare(found), *_conflicts(conflicts)]
    if refusals:
        raise CedreError(f"{' '.join(refusals)} Rien n'est écrit.")
    return {one.kind.mark: sheets[one.tab] for one in found if one.tab}


def _elsewhere(found: Sequence[Recognised]) -> Iterator[str]:
    """What is said of marks that stand on other sheets."""
    wrong = [one for one in found if one.how is Knowledge.ELSEWHERE]
    if not wrong:
        return
    said = []
    for one in wrong:
        where = f", qui semble être dans {_tabs(one.instead)}" if one.instead else ""
        said.append(f"{_tabs(one.tabs)} à la place de la feuille {one.kind.sheet}{where}")
    yield (
        f"Le classeur désigne comme refaites par l'outil des feuilles qui contiennent autre chose "
        f"({' ; '.join(said)}) : un autre programme a sans doute échangé le contenu de deux "
        "onglets. Reprenez une copie d'avant ; ou, si ce contenu est à vous, recopiez-le dans une "
        "feuille neuve, puis supprimez l'ancienne."
    )


def _unsure(found: Sequence[Recognised]) -> Iterator[str]:
    """What is said of sheets that may be ours, without a mark."""
    several = [one for one in found if one.how is Knowledge.UNSURE]
    if not several:
        return
    said = [f"{_tabs(one.tabs)} pour {one.kind.sheet}" for one in several]
    yield (
        "Le nom caché qui désigne les feuilles refaites par l'outil est perdu, ou mène à une "
        f"feuille vide, et il ne peut les reconnaître avec certitude : {listed(said)}. Supprimez "
        "une feuille vide et redonnez son nom à la vraie ; pour une copie que vous gardez, effacez "
        "sa cellule A1 et supprimez sa dernière colonne, cachée."
    )


def _bare(found: Sequence[Recognised]) -> Iterator[str]:
    """What is said of sheets that look like ours, of whose lines nothing says any more which they
    are.
    """
    tabs = [one.tabs[0] for one in found if one.how is Knowledge.BARE]
    if not tabs:
        return
    looks, theirs, these, old = (
        ("La feuille", "a l'aspect de celle", "cette feuille", "l'ancienne")
        if len(tabs) == 1
        else ("Les feuilles", "ont l'aspect de celles", "ces feuilles", "les anciennes")
    )
    lost = (
        "sa marque et ses clés, cachées, ont"
        if len(tabs) == 1
        else ("leurs marques et leurs clés, cachées, ont")
    )
    yield (
        f"{looks} {_tabs(tabs)} {theirs} que l'outil refait, mais {lost} disparu : ce que vous y "
        "avez tapé ne peut plus être rattaché à ses lignes. Reprenez une copie d'avant ; ou "
        f"renommez {these} (« {tabs[0]} ancienne »), actualisez, recopiez vos notes et vos "
        f"justifications dans ce qui est refait, puis supprimez {old}."
    )


def _conflicts(titles: Sequence[str]) -> Iterator[str]:
    """What is said of a team's own sheets whose titles we need."""
    if len(titles) == 1:
        yield (
            f"Une feuille « {titles[0]} » existe déjà, et elle n'est pas de l'outil : elle n'est "
            "pas touchée. Renommez-la, puis recommencez."
        )
    elif titles:
        yield (
            f"Les feuilles {_tabs(titles)} existent déjà, et elles ne sont pas de l'outil : elles "
            "ne sont pas touchées. Renommez-les, puis recommencez."
        )


def _tabs(titles: Sequence[str]) -> str:
    return listed([f"« {title} »" for title in titles])
