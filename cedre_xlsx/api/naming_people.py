"""Who is in a workbook, by the names that the verbs take."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.collection import without_collection
from cedre_xlsx.api.opening import opened
from cedre_xlsx.method.text import fold
from cedre_xlsx.schema.records import Records


@checked
@without_collection
def people(path: Path | str, *, on: date | None = None) -> tuple[str, ...]:
    """Everyone of Personnes as `Personne` has them, in alphabetical order; a person who came back
    once, lines without a name not at all.

    `on` is the day by which texts are understood (today). Raises CedreError for a workbook that is
    not one of ours, or cannot be read.
    """
    return names_of(opened(Path(path), on or date.today()).records)


def names_of(records: Records) -> tuple[str, ...]:
    """The same of what was read."""
    return tuple(sorted(records.pathways, key=lambda name: (fold(name), name)))
