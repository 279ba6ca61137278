"""Where the columns of a team's tables go, as somebody chooses it without a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cedre_xlsx.api.importing import Import
from cedre_xlsx.intake.map_file import NEW_PERSON as NEW_PERSON
from cedre_xlsx.intake.map_file import NOT_WANTED, map_of, target_names
from cedre_xlsx.intake.minimised import says_birth
from cedre_xlsx.intake.targets import NOWHERE as NOWHERE
from cedre_xlsx.intake.targets import SPECS, Target
from cedre_xlsx.schema.tables import PEOPLE

if TYPE_CHECKING:
    from cedre_xlsx.intake.map_file import MapFile
    from cedre_xlsx.intake.mapping import MappedTable

#: What CedreError names where a file of correspondences would be.
_NAME = Path("Où vont les colonnes")


@dataclass(frozen=True, slots=True)
class TableCorrection:
    """What is said of one table, which is told by its file, its sheet and the first cell of its
    headings.

    `goes_to` is a sheet of ours, "" for the one proposed, `NOWHERE` for none; `person` is whose
    all its lines are, where no column says it; `columns` gives for the names of some columns one of
    the targets that `TableChoices` lists.
    """

    file: str
    sheet: str
    head: str
    goes_to: str = ""
    person: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column of a table: where it goes and why, some of its values (none of what is left out).

    `is_kept_out` says that it is left out for what it would tell of someone, `is_birth` that
    nothing but a year is taken from it; `is_made` that it is none of the file.
    """

    name: str
    goes_to: str
    why: str = ""
    samples: str = ""
    is_kept_out: bool = False
    is_birth: bool = False
    is_made: bool = False


@dataclass(frozen=True, slots=True)
class TableChoices:
    """A table that was found, where its lines and columns go, and where they could.

    `sheets` are the sheets of ours, `targets` where a column may go, `birth_targets` where one of
    births may. Without `may_be_corrected`, it is a known export, whose columns are known as well.
    """

    file: str
    sheet: str
    head: str
    place: str
    title: str
    goes_to: str
    person: str
    columns: tuple[ColumnChoice, ...]
    is_sure: bool
    may_be_corrected: bool
    sheets: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    birth_targets: tuple[str, ...] = ()


def table_choices(found: Import) -> tuple[TableChoices, ...]:
    """The tables that were found, each with what can be corrected of it."""
    sheets = (*(spec.sheet for spec in SPECS.values()), NOWHERE)
    births = (Target(PEOPLE.table, "birth_year").words, NOWHERE)
    return tuple(
        TableChoices(
            one.map.source.file.name, one.map.source.sheet, one.map.source.head,
            one.map.source.place, one.title, one.map.spec.sheet, one.map.person,
            tuple(_columns(one)), one.is_sure, not one.map.form, sheets,
            target_names(one.map.spec), births,
        )
        for one in found.tables
    )  # fmt: skip


def _columns(table: MappedTable) -> list[ColumnChoice]:
    source = table.map.source
    found = []
    told = zip(table.lines(), table.map.targets, source.columns, strict=True)
    for (name, _, samples), target, number in told:
        why = target.why or ("" if target.sure else "à vérifier")
        found.append(
            ColumnChoice(
                name, target.words, why, samples,
                is_kept_out=not target.table and bool(target.why) and target != NOT_WANTED,
                is_birth=says_birth(name), is_made=not number,
            )
        )  # fmt: skip
    return found


def correspondence(
    tables: Sequence[TableCorrection], people: Mapping[str, str] | None = None
) -> MapFile:
    """What a file of correspondences would say; `people` has, for names left to be seen, who they
    are in the workbook ("" for somebody new).

    Raises CedreError for what is no sheet and no column of ours.
    """
    told: dict[str, Any] = {
        "table": [
            {
                "fichier": one.file, "feuille": one.sheet, "titres": one.head,
                "vers": one.goes_to, "personne": one.person, "colonnes": dict(one.columns),
            }
            for one in tables
        ],
        "personnes": {name: whose or NEW_PERSON for name, whose in (people or {}).items()},
    }  # fmt: skip
    return map_of(_NAME, told)


def sheets_of(source: Path | str) -> tuple[str, ...]:
    """The sheets of a file of which one may be chosen, in their order; none of a text file.

    Raises CedreError for a file that cannot be read.
    """
    from cedre_xlsx.intake.reading import sheet_names

    return sheet_names(Path(source))
