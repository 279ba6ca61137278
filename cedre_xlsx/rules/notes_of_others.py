"""DCP, notes of people who are no longer in `Personnes`: where the last refresh keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from cedre_xlsx.method.french import counted
from cedre_xlsx.method.text import name_key
from cedre_xlsx.rules.context import Context
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.schema.columns import line_key
from cedre_xlsx.schema.findings import Place, Severity
from cedre_xlsx.schema.generated import ControlRow, SynthesisRow, is_kept_key
from cedre_xlsx.schema.generated_sheets import CONTROL_KIND, SYNTHESIS_KIND
from cedre_xlsx.schema.kept import kept_line
from cedre_xlsx.schema.records import Records, Table


class _Note(NamedTuple):
    """Something typed about someone: whose it is, and where."""

    person: str
    place: Place


@rule(
    "DCP06", "Note de quelqu'un qui n'est plus là", Severity.WARNING, "CNIL, délibération 2021-028"
)
def note_of_nobody(context: Context) -> Iterator[Fault]:
    """Quoi : une note, une justification ou ce qui en est gardé (Synthèse, Contrôle, Réunion,
    Périodes, Notes anciennes) est au nom d'une personne qui n'est plus dans Personnes, ni dans
    aucune feuille de saisie. Un constat par feuille ; la commande check le dit, et non la feuille
    Contrôle : ces notes changent de place à chaque actualisation.

    Pourquoi : effacer une personne, c'est effacer aussi ce qui est écrit d'elle ailleurs ; et la
    note d'une personne renommée ne se retrouve plus.

    Exemple qui échoue : « Martin Paul » est retiré de Personnes et de Suivi ; une note à son nom
    reste au bas de Synthèse.

    Exemple qui passe : la même note, tant que Personnes a « Martin Paul », même sorti.

    Comment corriger : effacer ces notes, au bas de la feuille ou dans Notes anciennes ; si la
    personne a changé de nom, y reprendre le nouveau. Un filtre sur la colonne Personne les montre.
    """
    known = _standing(context.records)
    notes = [note for note in _notes(context.records) if _is_unknown(context.records, note, known)]
    for sheet, found in groupby(notes, key=lambda note: note.place.sheet):
        mine = list(found)
        people = len({name_key(note.person) for note in mine})
        whose = "d'une personne qui n'est" if people == 1 else f"de {people} personnes qui ne sont"
        more = " ; la première est là" if len(mine) > 1 else ""
        yield Fault(
            mine[0].place,
            f"{counted(len(mine), 'note')} {whose} plus dans Personnes{more}.",
            "Effacez ces notes ; si la personne a changé de nom, reprenez-y le nouveau.",
            key=line_key(sheet),
        )


def _standing(records: Records) -> frozenset[str]:
    """The names on the lines that people fill: other rules speak of those that nobody has."""
    tables = (records.follow_ups, records.engagements, records.missions, records.barriers)
    names = {row.person for table in tables for row in table.rows if row.person}
    return frozenset(map(name_key, names))


def _is_unknown(records: Records, note: _Note, standing: frozenset[str]) -> bool:
    name = note.person.strip()
    if not name or name_key(name) in standing or records.is_ambiguous(name):
        return False
    return records.canonical_name(name) is None


def _notes(records: Records) -> Iterator[_Note]:
    """What was typed about someone, sheet by sheet."""
    yield from _table_notes(records.synthesis, "notes", SYNTHESIS_KIND.mark)
    yield from _table_notes(records.control, "justification", CONTROL_KIND.mark)
    for kept in sorted(records.kept, key=lambda one: (one.sheet, one.row)):
        yield _Note(kept.person, Place(kept.sheet, kept.row, "", kept.cell))
    for row in records.old_notes.rows:
        yield _Note(row.person, records.old_notes.place(row, "person"))


def _table_notes(
    table: Table[SynthesisRow] | Table[ControlRow], open_field: str, mark: str
) -> Iterator[_Note]:
    """The lines with a note, and the rows of the block."""
    first = next(iter(table.spec.columns))
    for row in table.rows:
        typed = str(getattr(row, open_field) or "").strip()
        if not typed and not is_kept_key(row.key):
            continue
        kept = kept_line(str(getattr(row, first) or ""), mark)  # one that stands for a whole line
        field = first if kept else open_field if typed else "person"
        yield _Note(kept.person if kept else row.person, table.place(row, field))  # type: ignore[arg-type]
