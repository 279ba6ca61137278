"""Whose the lines of a table without a column of names are: one sheet a person, one block a person.

The sheet's name, what stands above the table or above a block says it; a name that other tables or
the workbook know is surer than one that only looks like a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache

from cedre_xlsx.intake.content import share_of_names
from cedre_xlsx.intake.names import split_names
from cedre_xlsx.intake.targets import TableMap, Target
from cedre_xlsx.intake.words import is_naming
from cedre_xlsx.method.text import fold, full_name, name_key, squeeze, word_key
from cedre_xlsx.schema import tables as t

#: What precedes a name in a title: "Fiche de suivi de", "Nom :".
_BEFORE = re.compile(
    r"^(?:.*?(?:nom(?: et)?(?: prénom)?s?|salariée?|bénéficiaire|personne|participante?)\s*:\s*"
    r"|(?:fiche|dossier|suivi|parcours|accompagnement)(?: (?:individuelle?|de suivi|suivi))?"
    r"(?: (?:de|d'|du|:|-))?\s+)",
    re.IGNORECASE,
)
#: Words that no name has.
_NO_NAME = frozenset({
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre",
    "octobre", "novembre", "decembre", "feuil", "feuille", "sheet", "feuil1", "feuil2",
    "feuil3", "sheet1", "suivi", "suivis", "fiche", "fiches", "liste", "tableau", "annee",
    "total", "trimestre", "semestre", "mois", "semaine", "actions", "action", "entretiens",
    "missions", "freins", "salaries", "personnes", "accompagnement", "synthese", "bilan",
    "planning", "sorties", "entrees", "inscrits", "presents", "equipe", "association",
    "atelier", "chantier", "site", "antenne", "structure", "modele", "vierge", "archives",
    "anciens", "divers", "notes",
})  # fmt: skip
_MOST_WORDS = 5
#: The block titles of a table that must look like names, from 0 to 1.
_MOST = 0.7


def with_people(made: TableMap, known: Callable[[str], bool]) -> TableMap:
    """The mapping with whose lines these are, where no column says it and something else does.

    `known` says whether a name is that of someone of the workbook, or of another table.
    """
    made = _without_guess(made, known)
    if made.names_people or not made.source.has_headings:  # what it is about is not known
        return made
    if _are_names([row.under for row in made.source.rows], known):
        return _with_blocks(made)
    source = made.source
    for text in (*reversed(source.titles), source.sheet, source.file.stem):
        name = name_in(text, known)
        if name:
            return replace(made, person=name)
    return made


def _without_guess(made: TableMap, known: Callable[[str], bool]) -> TableMap:
    """The mapping without names that only look so, where labels above the lines say whose they are.

    "Faire CV" in a column of actions is nobody, on the sheet of someone who has a table of labels.
    """
    rank, source = made.index_of(t.PEOPLE.table, "typed_person"), made.source
    if rank is None or made.targets[rank].sure or is_naming(source.headings[rank]):
        return made
    said = {_last(row.under) for row in source.rows} | {*source.titles[-1:]} - {""}
    if not source.has_headings or not any(map(known, said)):
        return made
    own = (Target(made.spec.table),)
    return replace(made, targets=(*made.targets[:rank], *own, *made.targets[rank + 1 :]))


def name_in(text: str, known: Callable[[str], bool]) -> str:
    """The name of a person that a title says; "" for none."""
    bare = squeeze(_BEFORE.sub("", squeeze(text)))
    for one in (squeeze(text), bare):
        if known(one):
            return one
    return bare if _looks_like_a_name(bare) else ""


def _looks_like_a_name(text: str) -> bool:
    words = word_key(text).split()
    if not 2 <= len(words) <= _MOST_WORDS or not _NO_NAME.isdisjoint(words):
        return False
    names = split_names(text)
    return share_of_names([full_name(names.last, names.first)]) > 0 and text[:1].isupper()


def _are_names(blocks: Sequence[str], known: Callable[[str], bool]) -> bool:
    """Whether the titles of the blocks are people, for nearly all lines."""
    titles = set(blocks)
    if titles == {""}:
        return False
    named = {title for title in titles if name_in(title, known) or name_in(_last(title), known)}
    return sum(one in named for one in blocks) > len(blocks) * _MOST


def _with_blocks(made: TableMap) -> TableMap:
    """A column of names made of the titles of the blocks."""
    target = Target(t.PEOPLE.table, "typed_person", sure=False)
    return made.with_column(target, [_name_of(row.under) for row in made.source.rows])


def _name_of(title: str) -> str:
    return squeeze(_BEFORE.sub("", squeeze(_last(title))))


def _last(title: str) -> str:
    """The nearest of the titles that lines stand under."""
    return title.rsplit(" / ", maxsplit=1)[-1]


def known_names(names: Iterable[str]) -> Callable[[str], bool]:
    """Whether a text is one of some names, as reading compares them; they are gone through once,
    when it is first asked.
    """

    @cache
    def keys() -> frozenset[str]:
        return frozenset(name_key(name) for name in names if len(fold(name)) > 2)

    return lambda text: name_key(text) in keys()
