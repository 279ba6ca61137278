"""The workbook in which some people are anonymous: planned, proved, written, read back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from cedre_xlsx._version import __version__
from cedre_xlsx.method.french import counted, listed
from cedre_xlsx.method.text import readable
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.privacy.anonymous.model import Anonymous, Book, NewLine, Progress, Tier
from cedre_xlsx.privacy.anonymous.plan import Asked, broken_down, codes_of
from cedre_xlsx.privacy.anonymous.prove import Proved, proved
from cedre_xlsx.privacy.anonymous.read_back import refuse_unlike
from cedre_xlsx.privacy.anonymous.typed import Typed
from cedre_xlsx.reports.memory_sheet import memory_sheet
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.records import Person, Records
from cedre_xlsx.workbook.edit.model import Edited, LineChange
from cedre_xlsx.workbook.edit.write import edited
from cedre_xlsx.workbook.package.splice import splice
from cedre_xlsx.workbook.places_read import places_read

#: Columns that name or tell of each person: no table of figures can be kept by them.
_OF_ONE = ("last_name", "first_name", "precision", "typed_person", "request", "pass_number",
           "keep_reason")  # fmt: skip


def anonymised(
    book: Book, names: Sequence[str], on: date, path: Path, progress: Progress | None = None
) -> Anonymous:
    """The workbook with the lines of these people anonymous, and every figure as it was.

    `names` are those of Personnes; `path` is what CedreError names. Raises it, and gives nothing,
    for a name that nobody has, where a figure would move, where a cell cannot be written, and
    where what was written does not read as it was meant.
    """
    records = book.reading.records
    people = _people(records, names, path)
    _refuse_tables_of_names(records, path)
    typed = Typed(book.workbook, records)
    own = {(spec, row): typed.own(spec, row) for spec, row in typed.lines_of(people)}
    asked = Asked(people, codes_of(records, people, on), on, own)
    found = proved(records, asked, progress)
    changes = [_change(line, typed) for line in found.plan.lines]
    made = edited(book.data, records, book.workbook, {}, changes, path=path)
    _refuse_left(made, path)
    data = _remembering(made.data, found, records, on, path)
    refuse_unlike(data, found.records, on, path)
    if progress is not None:
        progress(4, 4)
    return Anonymous(
        data,
        asked.codes,
        frozenset(typed.dropped(people, changes)),
        typed.addresses(people),
        dict(found.plan.tiers),
        tuple(_sentences(found, people)),
        made.left,
    )


def _people(records: Records, names: Sequence[str], path: Path) -> tuple[Person, ...]:
    """The people of these names, in the order of Personnes."""
    unknown = [name for name in names if name not in records.persons]
    if unknown:
        raise CedreError(
            f"{path} : « {unknown[0]} » n'est le nom de personne dans {records.people.sheet} ; "
            "donnez un nom tel que la colonne Personne le montre."
        )
    wanted = set(names)
    return tuple(one for name, one in records.persons.items() if name in wanted)


def _refuse_tables_of_names(records: Records, path: Path) -> None:
    told = broken_down(records)
    for field in _OF_ONE:
        if field in told:
            heading = records.people.spec.columns[field].header
            raise CedreError(
                f"{path} : Paramètres ventile les statistiques par « {heading} », qui dit de qui "
                "est chaque ligne ; retirez cette ventilation, puis recommencez."
            )


def _change(line: NewLine, typed: Typed) -> LineChange:
    """What is written: of a line, the cells that hold something, or will."""
    values = {
        name: value
        for name, value in line.values.items()
        if typed.must_be_written(line, name, value)
    }
    return LineChange(line.table, line.row, values, line.extra, over=True)


def _refuse_left(made: Edited, path: Path) -> None:
    if made.left:
        raise CedreError(
            f"{path} : {made.left[0].line}. Rien n'est écrit : rendez cette cellule modifiable "
            "(ni protégée, ni fusionnée), puis recommencez."
        )


def _remembering(data: bytes, found: Proved, records: Records, on: date, path: Path) -> bytes:
    if not found.memory and not records.memory:
        return data
    sheet = memory_sheet(found.memory, on, workbook=readable(path.name), version=__version__)
    return splice(Package(data), (sheet,), on=on, kept=places_read(records)).data


def _sentences(found: Proved, people: Sequence[Person]) -> list[str]:
    lines = Counter(line.table for line in found.plan.lines)
    said = [
        f"{counted(len(people), 'personne')} et {counted(sum(lines.values()), 'ligne')} rendues "
        "anonymes ; aucun chiffre ne change.",
    ]
    tiers = found.plan.tiers
    dates = [f"{tiers[tier.value]} {tier.value}" for tier in Tier if tiers[tier.value]]
    if dates:
        said.append(f"Dates : {listed(dates)}.")
    if tiers[Tier.EXACT.value]:
        said.append(
            "Gardées au jour : surtout les missions à cheval sur plusieurs mois, dont les heures "
            "se répartissent par jour."
        )
    if found.added:
        said.append(
            f"Santé, justice et actions collectives : {counted(found.added, 'nombre')} sans nom "
            "dans la feuille Mémoire."
        )
    return said
