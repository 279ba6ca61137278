"""The small TOML file in which a team corrects where the columns of its tables go."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cedre_xlsx.intake.minimised import says_birth
from cedre_xlsx.intake.model import SourceTable
from cedre_xlsx.intake.targets import NOWHERE, OWN_COLUMN, SPECS, WHOLE_NAME, TableMap, Target
from cedre_xlsx.method.nearest import nearest
from cedre_xlsx.method.text import word_key
from cedre_xlsx.schema import tables as t
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.system_errors import system_words
from cedre_xlsx.schema.tables import TableSpec

NEW_PERSON = "nouvelle personne"
#: Where a column goes that somebody does not want.
NOT_WANTED = Target(why="écartée dans la correspondance")
_HEAD = f"""\
# Où vont les colonnes de vos tableaux. Corrigez ce qui est à droite des signes =, enregistrez, puis
# relancez la commande avec --map et ce fichier. À droite, l'une de ces formes :
#   "Feuille : Intitulé"           une colonne du classeur ("Suivi : Statut")
#   "Feuille : {OWN_COLUMN}"   une colonne à vous, ajoutée à droite de la feuille
#   "Personnes : {WHOLE_NAME}"    les noms dans une seule colonne
#   "{NOWHERE}"
# vers : la feuille où vont les lignes. personne : à qui elles sont toutes, si le tableau ne le dit
# pas. "{NOWHERE}" à droite de vers écarte le tableau. titres : la première cellule des titres de
# colonnes, là où une feuille a plusieurs tableaux.

[personnes]
# Pour un nom laissé « à voir » : de qui il s'agit dans le classeur, ou "{NEW_PERSON}".
# "Martin Sofie" = "Martin Sophie"
# "Martin Sofia" = "{NEW_PERSON}"
"""


@dataclass(frozen=True, slots=True)
class TableWish:
    """What the file says of one table: the sheet ("" as proposed, None for none), whose lines,
    the targets by column.
    """

    spec: TableSpec[Any] | None
    is_wanted: bool
    person: str
    targets: Mapping[str, Target]


@dataclass(frozen=True, slots=True)
class MapFile:
    """What a file of correspondences says: of tables by file, sheet and first cell of their
    headings ("" for any), and of some names.
    """

    path: Path
    tables: Mapping[tuple[str, str, str], TableWish] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)

    def refuse_strangers(self, sources: Sequence[SourceTable]) -> None:
        """Raise CedreError for a table that the file speaks of and that is not there."""
        there = {(one.file.name, one.sheet, cell) for one in sources for cell in ("", one.head)}
        for file, sheet, cell in self.tables:
            if (file, sheet, cell) not in there:
                known = ", ".join(f"{one.file.name} / {one.sheet}" for one in sources[:6])
                at = f", titres = « {cell} »" if cell else ""
                raise CedreError(
                    f"{self.path} : il n'y a pas de tableau fichier = « {file} », feuille = "
                    f"« {sheet} »{at}. Ceux qui sont lus : {known}."
                )

    def wish(self, source: SourceTable) -> TableWish | None:
        """What it says of a table; None when nothing."""
        name, sheet = source.file.name, source.sheet
        return self.tables.get((name, sheet, source.head)) or self.tables.get((name, sheet, ""))


def map_text(maps: Sequence[TableMap], among: Sequence[TableMap] = ()) -> str:
    """A mapping as the file to correct; no value of the tables is in it.

    `among` are all the tables that were read, where these are not.
    """
    parts = [_HEAD]
    tables = Counter((one.source.file.name, one.source.sheet) for one in among or maps)
    for one in maps:
        source = one.source
        parts.append("\n[[table]]\n")
        parts.append(f"fichier = {toml_text(source.file.name)}\n")
        if source.sheet:
            parts.append(f"feuille = {toml_text(source.sheet)}\n")
        if tables[source.file.name, source.sheet] > 1:
            parts.append(f"titres = {toml_text(source.head)}\n")
        parts.append(f"vers = {toml_text(one.spec.sheet)}\n")
        if one.person:
            parts.append(f"personne = {toml_text(one.person)}\n")
        parts.append("[table.colonnes]\n")
        pairs = zip(source.columns, column_names(source), one.targets, strict=True)
        for name, target in ((name, target) for number, name, target in pairs if number):
            why = f"  # {target.why}" if target.why else ""
            unsure = "" if target.sure else "  # à vérifier"
            parts.append(f"{toml_text(name)} = {toml_text(target.words)}{why}{unsure}\n")
    return "".join(parts)


def toml_text(text: str) -> str:
    """A text as a file of correspondences writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def column_names(source: SourceTable) -> tuple[str, ...]:
    """The columns of a table, each by a name that no other has: its heading, else its letters."""
    names: list[str] = []
    for heading, number in zip(source.headings, source.columns, strict=True):
        letters = f"colonne {column_letter(number)}"
        name = heading or letters
        names.append(name if name not in names else f"{name} ({letters})")
    return tuple(names)


def read_map(path: Path) -> MapFile:
    """A file of correspondences. Raises CedreError for one that cannot be read or understood."""
    return map_of(path, read_toml(path, '"Intitulé" = "Feuille : Intitulé"'))


def map_of(path: Path, data: Mapping[str, Any]) -> MapFile:
    """What such a file says, from what it holds; `path` is what CedreError names."""
    tables = dict(_wishes(path, data))
    people = data.get("personnes", {})
    if not isinstance(people, dict):
        raise _misshapen(path, "personnes")
    told = {
        name: "" if word_key(str(whose)) == word_key(NEW_PERSON) else str(whose)
        for name, whose in people.items()
    }
    return MapFile(path, tables, told)


def read_toml(path: Path, line: str) -> dict[str, Any]:
    """What a file of correspondences holds; `line` shows how its lines are written.

    Raises CedreError for one that cannot be read, or is no such file.
    """
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise CedreError(
            f"{path} : ce fichier de correspondances n'a pas pu être lu : {system_words(error)}."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CedreError(
            f"{path} : ce n'est pas un fichier de correspondances lisible ({_where(error)}). "
            f"Chaque ligne s'écrit {line}, guillemets compris."
        ) from error


def _where(error: Exception) -> str:
    said = str(error)
    line = said.rpartition("line ")[2].split(",")[0] if "line " in said else ""
    return f"ligne {line}" if line.isdigit() else "il n'est pas en UTF-8, ou est coupé"


def _misshapen(path: Path, name: str) -> CedreError:
    return CedreError(
        f"{path} : « {name} » n'est pas de la forme attendue. Refaites le fichier en relançant la "
        "commande sans --map, et ne corrigez que ce qui est à droite des signes =."
    )


def _wishes(
    path: Path, data: Mapping[str, Any]
) -> Iterator[tuple[tuple[str, str, str], TableWish]]:
    tables = data.get("table", [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise _misshapen(path, "table")
    for one in tables:
        columns = one.get("colonnes", {})
        if not isinstance(columns, dict):
            raise _misshapen(path, "colonnes")
        sheet = str(one.get("vers", ""))
        is_wanted = word_key(sheet) != word_key(NOWHERE)
        spec = _spec_of(path, sheet) if sheet and is_wanted else None
        targets = {name: _target(path, name, str(said)) for name, said in columns.items()}
        wish = TableWish(spec, is_wanted, str(one.get("personne", "")), targets)
        yield (
            (
                str(one.get("fichier", "")),
                str(one.get("feuille", "")),
                str(one.get("titres", "")).upper(),
            ),
            wish,
        )


def _spec_of(path: Path, sheet: str) -> TableSpec[Any]:
    for spec in t.DATA_TABLES:
        if word_key(spec.sheet) == word_key(sheet):
            return spec
    names = [spec.sheet for spec in t.DATA_TABLES]
    raise CedreError(
        f"{path} : « {sheet} » n'est pas une feuille que l'on remplit. {_guess(sheet, names)}"
    )


def _guess(typed: str, known: Sequence[str]) -> str:
    likely = nearest(typed, known)
    if likely:
        return f"Vouliez-vous dire {' ou '.join(f'« {one} »' for one in likely)} ?"
    return f"Choisissez : {' · '.join(known)}."


def _target(path: Path, name: str, said: str) -> Target:
    """What one line says; CedreError for what is no column."""
    found = target_of(said)
    if found is None:
        sheet = said.partition(" : ")[0]
        known = [
            one for one in _all_targets() if word_key(one.partition(" : ")[0]) == word_key(sheet)
        ]
        known = known or [spec.sheet for spec in t.DATA_TABLES]
        raise CedreError(
            f"{path} : « {name} » va à « {said} », qui n'existe pas. {_guess(said, known)}"
        )
    return found


def target_of(said: str) -> Target | None:
    """The target that words name; None for none."""
    key = word_key(said)
    if key == word_key(NOWHERE):
        return NOT_WANTED
    return next((one for words, one in _all_targets().items() if word_key(words) == key), None)


def _all_targets() -> dict[str, Target]:
    found = {}
    for table, spec in SPECS.items():
        own = Target(table)
        found[own.words] = own
        for name in spec.columns:
            if table == t.PEOPLE.table or name != "person":
                target = Target(table, name)
                found[target.words] = target
    return found


def target_names(spec: TableSpec[Any]) -> tuple[str, ...]:
    """Where a column may go of a table whose lines go to a sheet of ours, that sheet's first."""
    tables = dict.fromkeys((spec.table, t.PEOPLE.table))
    known = _all_targets()
    found = [words for table in tables for words, one in known.items() if one.table == table]
    return (*found, NOWHERE)


def as_wished(proposed: TableMap, file: MapFile, wish: TableWish) -> TableMap:
    """A mapping with what the file says of it; CedreError where it fits the table no more."""
    names = column_names(proposed.source)
    spec = wish.spec or proposed.spec
    for name, target in wish.targets.items():
        if name not in names:
            raise CedreError(
                f"{file.path} : {proposed.source.place} n'a pas de colonne « {name} ». "
                f"{_guess(name, names)}"
            )
        if says_birth(name) and target.table and target.field != "birth_year":
            raise CedreError(
                f"{file.path} : « {name} » dit une naissance, dont seule l'année est gardée : "
                f"« {Target(t.PEOPLE.table, 'birth_year').words} », ou « {NOWHERE} »."
            )
        if target.table not in (spec.table, t.PEOPLE.table, ""):
            raise CedreError(
                f"{file.path} : « {name} » va à « {target.words} », et les lignes de "
                f"{proposed.source.place} vont à « {spec.sheet} » (vers). Accordez les deux."
            )
    targets = [
        wish.targets.get(name, target) for name, target in zip(names, proposed.targets, strict=True)
    ]
    return replace(
        proposed, spec=spec, targets=tuple(targets), person=wish.person or proposed.person
    )
