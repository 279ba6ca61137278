"""What is handed over to be poured, and how it is to be read: shared by two views."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cedre_xlsx import api
from cedre_xlsx.method.text import word_key
from cedre_xlsx.page.folder import inside
from cedre_xlsx.page.model import Ask
from cedre_xlsx.page.views.as_seen import ensure_as_seen
from cedre_xlsx.schema.errors import CedreError

if TYPE_CHECKING:
    from cedre_xlsx.api import TableCorrection
    from cedre_xlsx.api.importing import Import

#: Fields: files handed over and those of the folder, the sheet that is read, what was corrected.
FILES, LYING, SHEET, CHOICES = "sources", "du_dossier", "feuille", "choix"
#: Files that are read; what they are, their content says.
ACCEPTED = ".xlsx,.xlsm,.xls,.ods,.csv,.txt,.tsv"
#: Of a table of this number: what was shown of it, the sheet chosen, whose it is, its columns.
_SHOWN, _SHEET, _WHOSE, _COLUMN = "montre", "vers", "personne", "colonne"
_PEOPLE_NAMES, _PEOPLE_WHO = "nom_a_voir", "qui_est_ce"
#: Of a table, the most columns whose places can be corrected; of all, the most tables.
MOST_COLUMNS, MOST_TABLES = 120, 20


@dataclass(frozen=True, slots=True)
class Sources:
    """The files to pour and how to read them.

    `lying` are those of the folder, by their names there; `prints` tell whether the files are still
    the same; `sheets` are those of which one may be chosen.
    """

    paths: tuple[Path, ...]
    lying: tuple[str, ...]
    sheet: str
    sheets: tuple[str, ...]
    prints: str
    corrections: tuple[TableCorrection, ...]
    people: Mapping[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files."""
        return tuple(path.name for path in self.paths)

    @property
    def mapping(self) -> Any:
        """What was corrected, as the verbs take it; None where nothing was."""
        if not self.corrections and not self.people:
            return None
        return api.correspondence(self.corrections, self.people)

    @property
    def told(self) -> str:
        """What was corrected, as the next form hides it."""
        tables = [
            [one.file, one.sheet, one.head, one.goes_to, one.person, dict(one.columns)]
            for one in self.corrections
        ]
        return json.dumps([tables, dict(self.people)]) if tables or self.people else ""


def sources_of(ask: Ask) -> Sources:
    """What a form hands over. Raises CedreError where that is nothing, or not what was shown."""
    lying = ask.texts(LYING)
    paths = (*ask.uploads.get(FILES, ()), *(inside(ask.folder, name) for name in lying))
    if not paths:
        raise CedreError("aucun fichier n'est choisi. Déposez au moins un tableau ou un export.")
    twice = [name for name, count in Counter(path.name for path in paths).items() if count > 1]
    if twice:
        raise CedreError(
            f"deux fichiers s'appellent « {twice[0]} » ; renommez l'un, puis déposez-les."
        )
    prints = ensure_as_seen(ask, "lus", *paths, remedy="Refaites l'aperçu.")
    corrections, people = _corrected(ask)
    sheets = _sheets(paths)
    return Sources(paths, lying, ask.text(SHEET), sheets, prints, corrections, people)


def _sheets(paths: Sequence[Path]) -> tuple[str, ...]:
    """The sheets that each of the files has, where that leaves a choice."""
    first, *others = (api.sheets_of(path) for path in paths)
    common = tuple(name for name in first if all(name in one for one in others))
    return common if len(first) > 1 or any(len(one) > 1 for one in others) else ()


def _corrected(ask: Ask) -> tuple[tuple[TableCorrection, ...], dict[str, str]]:
    """What was corrected before, and now."""
    from cedre_xlsx.api.corresponding import NEW_PERSON

    tables, people = _told(ask.text(CHOICES))
    if not ask.ticked("corrige"):
        return tables, people
    taken_again = set(ask.texts("reprendre"))
    known = {
        (one.file, one.sheet, one.head): one
        for rank, one in enumerate(tables)
        if str(rank) not in taken_again
    }
    for rank, shown in enumerate(_each_shown(ask)):
        one = _correction(ask, rank, shown, known)
        known[one.file, one.sheet, one.head] = one
    names, whose = ask.fields.get(_PEOPLE_NAMES, ()), ask.fields.get(_PEOPLE_WHO, ())
    for name, who in zip(names, whose, strict=False):
        if who.strip():
            people[name] = "" if word_key(who) == word_key(NEW_PERSON) else who.strip()
    return tuple(known.values()), people


def _each_shown(ask: Ask) -> Iterator[dict[str, Any]]:
    rank = 0
    while text := ask.text(f"{_SHOWN}{rank}"):
        shown = _json(text)
        if not isinstance(shown, dict):
            raise _garbled()
        yield shown
        rank += 1


def _correction(
    ask: Ask,
    rank: int,
    shown: dict[str, Any],
    known: Mapping[tuple[str, str, str], TableCorrection],
) -> TableCorrection:
    """One table as it is corrected: only what was changed is said, the rest is proposed again."""
    key = (str(shown["file"]), str(shown["sheet"]), str(shown["head"]))
    before = known.get(key) or api.TableCorrection(*key)
    person = ask.text(f"{_WHOSE}{rank}")
    sheet = ask.text(f"{_SHEET}{rank}") or str(shown["goes_to"])
    if sheet != shown["goes_to"]:
        return api.TableCorrection(*key, sheet, person)
    columns = dict(before.columns)
    for at, (name, goes_to) in enumerate(shown["columns"]):
        chosen = ask.text(f"{_COLUMN}{rank}.{at}")
        if chosen and chosen != goes_to:
            columns[str(name)] = chosen
    return replace(before, person=person, columns=columns)


def _told(text: str) -> tuple[tuple[TableCorrection, ...], dict[str, str]]:
    if not text:
        return (), {}
    try:
        tables, people = _json(text)
        found = tuple(
            api.TableCorrection(file, sheet, head, goes_to, person, dict(columns))
            for file, sheet, head, goes_to, person, columns in tables
        )
        return found, dict(people)
    except (TypeError, ValueError) as error:
        raise _garbled() from error


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise _garbled() from error


def _garbled() -> CedreError:
    return CedreError("le formulaire n'est pas arrivé entier ; rien n'est écrit. Recommencez.")


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table with what its form hides of it."""

    table: api.TableChoices
    hidden: str
    may_be_corrected: bool


def shown_tables(found: Sequence[api.TableChoices]) -> tuple[ShownTable, ...]:
    """The tables, those that can be corrected first: they are numbered in the form."""
    made = []
    ordered = sorted(found, key=lambda one: not one.may_be_corrected)
    for rank, one in enumerate(ordered):
        may = one.may_be_corrected and rank < MOST_TABLES
        hidden = json.dumps({
            "file": one.file, "sheet": one.sheet, "head": one.head, "goes_to": one.goes_to,
            "columns": [[column.name, column.goes_to] for column in one.columns[:MOST_COLUMNS]],
        })  # fmt: skip
        made.append(ShownTable(one, hidden, may))
    return tuple(made)


def preview(found: Import, sources: Sources) -> dict[str, object]:
    """What the template of a preview is filled with."""
    from cedre_xlsx.api.corresponding import NEW_PERSON, NOWHERE

    shown = api.import_preview(found)
    return {
        "found": shown,
        "tables": shown_tables(shown.tables),
        "sources": sources,
        "to_name": shown.doubtful[:MOST_TABLES],
        "aside": tuple(
            (rank, "!".join(filter(None, (one.file, one.sheet))))
            for rank, one in enumerate(sources.corrections)
            if one.goes_to == NOWHERE
        ),
        "new_person": NEW_PERSON,
        "most_columns": MOST_COLUMNS,
    }
