"""The mapping of each table of the sources: a known export, what a file says, else a proposal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from cedre_xlsx.intake.applications import read_applications
from cedre_xlsx.intake.forms import APPLICATIONS, Form, age_of_applications, known_form
from cedre_xlsx.intake.map_file import MapFile, as_wished, column_names
from cedre_xlsx.intake.model import SourceRow, SourceTable
from cedre_xlsx.intake.names import may_name
from cedre_xlsx.intake.propose import Known, propose
from cedre_xlsx.intake.structures import of_others
from cedre_xlsx.intake.targets import TableMap, Target
from cedre_xlsx.intake.understood_table import UnderstoodTable, understood_table
from cedre_xlsx.intake.whose import known_names, with_people
from cedre_xlsx.intake.words import is_period
from cedre_xlsx.method.text import word_key
from cedre_xlsx.schema import tables as t
from cedre_xlsx.schema.tables import TableSpec
from cedre_xlsx.workbook.read.headings import match_headings
from cedre_xlsx.workbook.read.problems import plain_text
from cedre_xlsx.workbook.read.raw import Cell, is_blank

#: The share of its headings from which a table is a copy of one of ours.
_ENOUGH = 0.7
#: The sheets of a workbook of ours that people fill, and those that no one has to take over.
_FILLED = frozenset(spec.sheet for spec in t.DATA_TABLES)
_MADE = frozenset({
    t.HOME_SHEET, t.SETTINGS_SHEET, t.MEETING_SHEET, t.PERIODS_SHEET, t.SYNTHESIS.sheet,
    t.CONTROL.sheet, t.OLD_NOTES.sheet, *t.COMPUTED_SHEETS,
})  # fmt: skip
#: What a column that the file lacks is made of.
MADE_OF = "(titres des lignes, ou nom de la feuille)"
_SAMPLES = 3
_LONGEST = 30  # characters of a sample


@dataclass(frozen=True, slots=True)
class MappedTable:
    """A table under its mapping. `title` says what it is, `notes` what there is to know of it;
    `is_sure` is False for a proposal that nobody has looked at yet, `is_copy` True for a sheet of
    ours.
    """

    read: UnderstoodTable
    title: str
    is_sure: bool
    notes: tuple[str, ...] = ()
    is_copy: bool = False

    @property
    def map(self) -> TableMap:
        """Where its columns go."""
        return self.read.map

    @property
    def is_known(self) -> bool:
        """Whether it is a known export, or a copy of a sheet of ours: nothing to remember."""
        return bool(self.map.form) or self.is_copy

    @property
    def left_out(self) -> tuple[tuple[str, str], ...]:
        """The columns that are not poured, and why."""
        return tuple(
            (name, target.why)
            for name, target in zip(column_names(self.map.source), self.map.targets, strict=True)
            if not target.table and target.why
        )

    def lines(self) -> Iterator[tuple[str, str, str]]:
        """Each column of the file: its name, where it goes, up to three of its values."""
        source = self.map.source
        for rank, name in enumerate(column_names(source)):
            target = self.map.targets[rank]
            why = f" ({target.why})" if target.why else "" if target.sure else " (à vérifier)"
            is_shown = bool(target.table) and target.field != "birth_year"  # a birth is a year
            shown = " · ".join(_samples(source, rank)) if is_shown else ""
            yield name if source.columns[rank] else MADE_OF, target.words + why, shown


def _samples(source: SourceTable, rank: int) -> list[str]:
    found: dict[str, None] = {}
    for row in source.rows:
        if not is_blank(row.cells[rank]):
            text = " ".join(plain_text(row.cells[rank]).split())
            found[text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"] = None
            if len(found) == _SAMPLES:
                break
    return list(found)


def map_tables(
    sources: Sequence[SourceTable], known: Known, file: MapFile | None
) -> tuple[MappedTable, ...]:
    """The mapping of each table that is wanted, in the order of the sources."""
    if file is not None:
        file.refuse_strangers(sources)
    made = [_map_table(one, known, file) for one in _poured(sources)]
    there = known_names(chain(known.records.pathways, _names_in(made)))
    return tuple(
        _whose(one, there, known) if isinstance(one, _Proposed) else one
        for one in made
        if one is not None
    )


def _poured(sources: Sequence[SourceTable]) -> list[SourceTable]:
    """The tables without those of our own sheets that are made or computed from the others."""
    ours = {one.file for one in sources if one.sheet in _FILLED and _copied(one)}
    return [one for one in sources if not (one.file in ours and _is_made(one.sheet))]


def _is_made(sheet: str) -> bool:
    return sheet in _MADE or sheet.startswith((t.STATISTICS_SHEET, t.WHO_SHEET))


@dataclass(frozen=True, slots=True)
class _Proposed:
    """A mapping that is not read yet: no column may say whose its lines are."""

    map: TableMap
    title: str
    is_sure: bool
    is_copy: bool


def _map_table(
    source: SourceTable, known: Known, file: MapFile | None
) -> MappedTable | _Proposed | None:
    form = known_form(source)
    if form is APPLICATIONS:
        return _applications(source, known)
    if form is not None:
        return _form(source, form, known)
    wish = file.wish(source) if file else None
    if wish is not None and not wish.is_wanted:
        return None
    copied = _copied(source)
    proposed = propose(source, known, (wish.spec if wish else None) or copied)
    if not source.has_headings:  # what values look like is no heading: nothing is guessed
        own = (one if not one.table else Target(proposed.spec.table) for one in proposed.targets)
        proposed = replace(proposed, targets=tuple(own))
    if file is not None and wish is not None:
        proposed = as_wished(proposed, file, wish)
    is_sure = wish is not None or copied is not None or _is_remembered(proposed, known)
    title = f"copie de notre feuille {copied.sheet}" if copied else "tableau de l'équipe"
    return _Proposed(proposed, title, is_sure, copied is not None)


def _whose(one: _Proposed, there: Callable[[str], bool], known: Known) -> MappedTable:
    made = with_periods(with_people(one.map, there))
    read = understood_table(made, known.reader)
    return MappedTable(read, one.title, one.is_sure, is_copy=one.is_copy)


def _names_in(made: Sequence[MappedTable | _Proposed | None]) -> Iterator[str]:
    """The names that the columns of the tables hold."""
    for one in made:
        table = one.map if one else None
        if table is not None:
            whole, apart = _name_ranks(table)
            for row in table.source.rows if whole or apart else ():
                is_apart = apart and not any(may_name(row.cells[rank]) for rank in whole)
                yield " ".join(
                    plain_text(row.cells[rank]) for rank in (apart if is_apart else whole)
                )


def _name_ranks(table: TableMap) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The column of whole names, and those of Nom and Prénom."""
    whole, *apart = (
        () if (rank := table.index_of(t.PEOPLE.table, name)) is None else (rank,)
        for name in ("typed_person", "last_name", "first_name")
    )
    return whole, tuple(chain.from_iterable(apart))


def _applications(source: SourceTable, known: Known) -> MappedTable:
    read, notes = read_applications(source, known.records.settings, known.reader)
    headings = APPLICATIONS.headings_of(source)
    dated = [rank for rank, one in enumerate(headings) if one == "Date de la candidature"]
    dates = [cell for rank in dated for cell in source.column(rank)]
    title = ", ".join(filter(None, (APPLICATIONS.title, age_of_applications(source, dates))))
    return MappedTable(read, title, is_sure=True, notes=notes)


def _form(source: SourceTable, form: Form, known: Known) -> MappedTable:
    spec = next(one for one in t.DATA_TABLES if one.sheet == form.sheet)
    targets = [form.targets.get(one, form.other) for one in form.headings_of(source)]
    made = TableMap(source, spec, tuple(targets), form.key)
    aside, notes = of_others(source, _bodies(source, form, known), known.records.settings)
    read = understood_table(made, known.reader, aside=aside)
    return MappedTable(read, form.title, is_sure=True, notes=notes)


def _bodies(source: SourceTable, form: Form, known: Known) -> Sequence[Cell]:
    """The organisation of each line, where Paramètres says which one is the workbook's."""
    headings = form.headings_of(source)
    if form.body not in headings or not known.records.settings.structure.strip():
        return []
    return source.column(headings.index(form.body))


def _copied(source: SourceTable) -> TableSpec[Any] | None:
    """The sheet of ours that a table is a copy of; None for another table."""
    headed = [one for one in source.headings if one]
    for spec in t.DATA_TABLES:
        found = match_headings(spec.model, source.headings)
        needed = {name for name, column in spec.columns.items() if column.required}
        if headed and needed <= set(found) and len(found) >= _ENOUGH * len(headed):
            return spec
    return None


def _is_remembered(made: TableMap, known: Known) -> bool:
    keys = [(made.spec.sheet, word_key(heading)) for heading in made.source.headings if heading]
    return bool(keys) and all(key in known.remembered for key in keys)


#: The field that dates a line of each sheet.
_DATED = {t.FOLLOW_UP.table: "dated", t.MISSIONS.table: "start"}


def with_periods(made: TableMap) -> TableMap:
    """The mapping with the month of each line as it is written above it, or on the tab.

    It is no day: what reads the workbook says so, beside the line.
    """
    name = _DATED.get(made.spec.table)
    source = made.source
    if name is None or made.index_of(made.spec.table, name) is not None:
        return made
    texts = [_period(source, row) for row in source.rows]
    if not any(texts):
        return made
    return made.with_column(Target(made.spec.table, name, sure=False), texts)


def _period(source: SourceTable, row: SourceRow) -> str:
    parts = (*reversed(row.under.split(" / ")), source.sheet, *reversed(source.titles))
    return next((part for part in parts if part and is_period(part)), "")
