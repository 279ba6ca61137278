"""The people of a workbook by name, for who chooses one of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.collection import without_collection
from cedre_xlsx.api.opening import opened


@checked
@without_collection
def people(path: Path | str, *, on: date | None = None) -> tuple[str, ...]:
    """The names of Personnes, in the order of the sheet, without those made anonymous.

    Raises CedreError for a workbook that is not ours, or that cannot be read.
    """
    return tuple(opened(Path(path), on or date.today()).records.persons)
