"""Whom a verb is asked for: people named as they are typed, and who may have been meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from cedre_xlsx.method.french import listed
from cedre_xlsx.method.nearest import nearest
from cedre_xlsx.method.text import full_name, name_key
from cedre_xlsx.rules.people import overlap
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.records import Person, Records


def named_people(records: Records, asked: Sequence[str]) -> Iterator[str]:
    """The names, as Personnes has them, of people asked for.

    Raises CedreError, with the nearest ones, for a name that nobody has, or several have.
    """
    known = list(records.persons)
    for typed in asked:
        name = records.canonical_name(typed)
        if name is None:
            why = "désigne plusieurs personnes" if records.is_ambiguous(typed) else "n'existe pas"
            raise CedreError(
                f"« {typed} » {why} dans Personnes"
                f"{suggestion(typed, known, 'Personne de la feuille Personnes')}"
            )
        yield name


def one_person(records: Records, typed: str) -> Person:
    """Someone whose paper is made. Raises CedreError also where the lines of a name may be those of
    two people: their pathways overlap, or their years of birth differ.
    """
    [name] = named_people(records, [typed])
    person = records.persons[name]
    years = {row.birth_year for row in person.pathways} - {None}
    if len(years) > 1 or any(overlap(one, other) for one, other in pairwise(person.pathways)):
        rows = listed([str(row) for row in sorted(row.row for row in person.pathways)])
        raise CedreError(
            f"« {name} » est aux lignes {rows} de Personnes, qui peuvent être deux personnes ; "
            "rien n'est écrit. Remplissez Précision (homonymes) sur chacune, ou gardez une seule "
            "ligne par parcours."
        )
    return person


def name_of_file(records: Records, name: str) -> str:
    """How a file for others names someone: without Précision, which may say anything; of homonyms,
    with the row of Personnes.
    """
    row = records.persons[name].latest
    plain = full_name(row.last_name, row.first_name)
    alike = [
        one
        for one in records.persons.values()
        if name_key(full_name(one.latest.last_name, one.latest.first_name)) == name_key(plain)
    ]
    return f"{plain} (ligne {row.row})" if len(alike) > 1 else plain


def suggestion(typed: str, known: Sequence[str], column: str) -> str:
    """How a sentence ends that says what was not found."""
    close = nearest(typed, known)
    if close:
        return f" ; vouliez-vous dire {' ou '.join(f'« {name} »' for name in close)} ?"
    return f" ; les valeurs sont dans la colonne {column}."
