"""What a paper can be asked for in a workbook: its people, references, advisors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.collection import without_collection
from cedre_xlsx.api.opening import opened
from cedre_xlsx.method.text import fold
from cedre_xlsx.schema.records import Records


@dataclass(frozen=True, slots=True)
class Referenced:
    """A reference of Engagements: whose it is, and of what type ("" where it is not said)."""

    reference: str
    person: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """Whom and what a workbook names: people by name, the others in the order of their sheet."""

    people: tuple[str, ...]
    references: tuple[Referenced, ...]
    advisors: tuple[str, ...]


@checked
@without_collection
def choices(path: Path | str, *, on: date | None = None) -> Choices:
    """The people, references and advisors of a workbook, read once.

    Raises CedreError for a workbook that is not ours, or that cannot be read.
    """
    records = opened(Path(path), on or date.today()).records
    return Choices(_names(records), _references(records), records.settings.advisors)


@checked
def references(path: Path | str, *, on: date | None = None) -> tuple[Referenced, ...]:
    """The references of Engagements, each once; errors as for `choices`."""
    return choices(path, on=on).references


@checked
@without_collection
def people(path: Path | str, *, on: date | None = None) -> tuple[str, ...]:
    """Everyone of Personnes as `Personne` has them, in alphabetical order; a person who came back
    once, lines without a name not at all.

    `on` is the day by which texts are understood (today). Raises CedreError for a workbook that is
    not one of ours, or cannot be read.
    """
    return _names(opened(Path(path), on or date.today()).records)


def _names(records: Records) -> tuple[str, ...]:
    """Everyone of Personnes by name, in alphabetical order."""
    return tuple(sorted(records.pathways, key=lambda name: (fold(name), name)))


def _references(records: Records) -> tuple[Referenced, ...]:
    known: dict[str, Referenced] = {}
    for row in records.engagements.rows:
        if row.reference:
            person = records.name_or_typed(row.person)
            known.setdefault(row.reference, Referenced(row.reference, person, row.type or ""))
    return tuple(known.values())
