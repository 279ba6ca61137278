"""From foreign tables once read to what pouring them would do, person by person, line by line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from cedre_xlsx.intake.comparing import Comparer, Said, same
from cedre_xlsx.intake.drafts import (
    Draft,
    Pathway,
    day_first,
    filled,
    is_undated,
    precision_of,
    row_of,
)
from cedre_xlsx.intake.joined import REMEDY, joins, kept_instead, later_lines
from cedre_xlsx.intake.living import Living, Register, rows_of
from cedre_xlsx.intake.needed_columns import IDENTITY, needed_columns
from cedre_xlsx.intake.people import Crowd, Line, Someone, gather
from cedre_xlsx.intake.plan import CellFill, Fate, ImportPlan, ToSee
from cedre_xlsx.intake.recognise import recognise
from cedre_xlsx.intake.targets import SPECS
from cedre_xlsx.intake.understood import as_typed
from cedre_xlsx.intake.understood_table import UnderstoodTable
from cedre_xlsx.method.references import FreeNumbers
from cedre_xlsx.method.text import full_name, name_key
from cedre_xlsx.schema import tables as t
from cedre_xlsx.schema.columns import EntryRow
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Person
from cedre_xlsx.workbook.edit.model import CellValue, NewColumn

_PEOPLE = t.PEOPLE.table


def plan_import(
    tables: Sequence[UnderstoodTable], living: Living, told: Mapping[str, str] | None = None
) -> ImportPlan:
    """What pouring the tables into a workbook would do.

    `told` says of some names whose they are, "" for someone new.
    """
    people = {name_key(name): whose for name, whose in (told or {}).items()}
    crowd = gather(tables, {key: name_key(whose) for key, whose in people.items() if whose})
    recognise(crowd, living.records, told or {})
    return _Planning(tables, living, crowd).plan()


@dataclass
class _Planning:
    tables: Sequence[UnderstoodTable]
    living: Living
    crowd: Crowd
    columns: dict[tuple[str, str], NewColumn] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    fills: list[CellFill] = field(default_factory=list)
    to_see: list[ToSee] = field(default_factory=list)
    remarks: list[ToSee] = field(default_factory=list)
    fates: dict[Line, Fate] = field(default_factory=dict)
    differing: set[Line] = field(default_factory=set)
    register: Register = field(default_factory=Register)
    names: dict[int, str] = field(default_factory=dict)
    origins: dict[Line, list[int]] = field(default_factory=dict)

    @cached_property
    def numbers(self) -> FreeNumbers:
        """The references that engagements without one are given."""
        rows = [row.reference for row in self.living.records.engagements.rows]
        for table in self.tables:
            if table.lines is not None and table.map.spec is t.ENGAGEMENTS:
                rows += (row.reference for row in table.lines.rows)
        return FreeNumbers(rows)

    @cached_property
    def _has_own(self) -> bool:
        """Whether some column is the team's own."""
        return any(table.own for table in self.tables)

    @cached_property
    def cells(self) -> Comparer:
        """What compares a foreign line with a row of the workbook."""
        return Comparer(self.living)

    def plan(self) -> ImportPlan:
        """The plan, lines in the order of their sources."""
        self._aside()
        self._name_everyone()
        for rank, someone in enumerate(self.crowd.people):
            self._person(someone, self.names.get(rank, ""))
        self._lines()
        left = {line for line, fate in self.fates.items() if fate is Fate.TO_SEE}
        self.columns = needed_columns(self.tables, left - self.differing, self.living)
        rows = tuple(one.planned for one in self.drafts)
        return ImportPlan(
            columns=tuple(self.columns.values()),
            rows=rows,
            fills=tuple(one for one in self.fills if not one.replaces),
            changes=tuple(one for one in self.fills if one.replaces),
            to_see=tuple(self.to_see),
            remarks=tuple(self.remarks),
            fates=self.fates,
            differing=self.differing,
            origins={line: tuple(some) for line, some in self.origins.items()},
            weights={
                (at, rank): len(numbers)
                for at, table in enumerate(self.tables)
                for rank, numbers in enumerate(table.together)
            },
        )

    # Whose lines

    def _aside(self) -> None:
        for at, table in enumerate(self.tables):
            for rank in range(table.count):
                why = table.aside.get(rank) or self.crowd.doubts.get((at, rank))
                if why:
                    self._see((at, rank), table.people.rows[rank].person, why)

    def _see(self, line: Line, person: str, why: str) -> None:
        self.fates[line] = Fate.TO_SEE
        self.to_see.append(ToSee(self._place(line), person, why))

    def _place(self, line: Line) -> str:
        return self.tables[line[0]].place(line[1])

    def _name_everyone(self) -> None:
        """`Personne` of each: as the workbook has it, else told apart by a Précision."""
        new = defaultdict(list)
        for rank, one in enumerate(self.crowd.people):
            if one.known is not None:
                self.names[rank] = one.known.name
            elif not one.doubt:
                new[one.key].append(rank)
        records = self.living.records
        for ranks in new.values():
            some = [self.crowd.people[rank] for rank in ranks]
            is_there = bool(records.pathways) and records.canonical_name(some[0].name) is not None
            for rank, one in zip(ranks, some, strict=True):
                row = self._first(one)
                precision = row.precision
                if not precision and (len(ranks) > 1 or is_there):
                    precision = f"né(e) en {one.year}" if one.year else ""
                if is_there and not precision:
                    one.doubt = "même nom qu'une personne du classeur, sans précision ni naissance"
                is_said = precision == row.precision
                self.names[rank] = (
                    row.person if is_said else full_name(row.last_name, row.first_name, precision)
                )
            if len(ranks) > 1 and len({self.names[rank] for rank in ranks}) < len(ranks):
                for one in some:
                    one.doubt = "plusieurs personnes de ce nom, que rien ne distingue"

    def _first(self, someone: Someone) -> PersonRow:
        """The row of the lines that spells the name best."""
        lines = someone.naming_lines
        if len(lines) == 1:
            return self._people_row(lines[0])
        rows = [self._people_row(line) for line in self._ranked(lines)]
        own = (row for row in rows if name_key(row.person) == someone.key)
        return next(own, rows[0])

    def _ranked(self, lines: Sequence[Line]) -> list[Line]:
        """The lines of someone, those that win first."""

        def weight(line: Line) -> tuple[int, ...]:
            ranking = self.tables[line[0]].ranking
            return tuple(-one for one in ranking[line[1]]) if ranking else ()

        return sorted(lines, key=weight)

    # People

    def _person(self, someone: Someone, name: str) -> None:
        if someone.doubt:
            for line in someone.lines:
                self._see(line, someone.name, someone.doubt)
            return
        for pathway in self._pathways(someone):
            if pathway.row is not None:
                self._complete(pathway, name)
            else:
                self._create(pathway, name, someone)
            self.fates.update(dict.fromkeys(pathway.lines, pathway.fate))
            self._join(pathway, name)
        if someone.known is not None:
            self._know_lines(someone.known)

    def _join(self, pathway: Pathway, name: str) -> None:
        """Tell apart the lines of people that make no row of their own."""
        for line, first in later_lines(filter(self._is_of_people, pathway.lines)):
            is_seen = line in self.differing
            self.fates[line] = Fate.TO_SEE if is_seen else Fate.JOINED
            if line[0] == first[0] and not is_seen:
                self.remarks.append(ToSee(self._place(line), name, joins(self._place(first))))

    def _is_of_people(self, line: Line) -> bool:
        return self.tables[line[0]].map.spec.table == _PEOPLE

    def _pathways(self, someone: Someone) -> list[Pathway]:
        """The pathways that the lines tell: one for each day of registration, one else."""
        lines = [*someone.lines]
        pathways = self._by_day(self._ranked(lines)) if len(lines) > 1 else [Pathway(lines)]
        if someone.known is not None:
            for one in pathways:
                one.row = row_of([self._people_row(line) for line in one.lines], someone.known)
        return pathways

    def _by_day(self, lines: Sequence[Line]) -> list[Pathway]:
        """Lines by the day of registration that they say; those without one go to the last."""
        by_day: dict[date | None, list[Line]] = {}
        for line in lines:
            is_dated = self._is_of_people(line) and not self.tables[line[0]].ranking
            day = self._people_row(line).registered if is_dated else None
            by_day.setdefault(day, []).append(line)
        undated = by_day.pop(None, [])
        pathways = [Pathway(some) for _, some in sorted(by_day.items(), key=day_first)]
        if not pathways:
            pathways = [Pathway([])]
        pathways[-1].lines += undated
        return pathways

    def _people_row(self, line: Line) -> PersonRow:
        row: PersonRow = self.tables[line[0]].people.rows[line[1]]
        return row

    def _create(self, pathway: Pathway, name: str, someone: Someone) -> None:
        values = self._values(pathway, name)
        own = self._own(pathway, name) if self._has_own else ()
        extra = {heading: value for heading, _, value in own}
        row = someone.known.latest if someone.known else self._first(someone)
        if someone.known and values.get("contract_start"):  # who comes back begins again
            values["registered"] = values["contract_start"]
        for one, typed in (("last_name", row.last_name), ("first_name", row.first_name)):
            if typed:
                values[one] = typed
            else:
                values.pop(one, None)
        precision = precision_of(name)
        if precision:
            values["precision"] = precision
        self._draft(_PEOPLE, name, values, extra, pathway.lines)
        pathway.fate = Fate.CREATED

    def _draft(
        self, table: str, name: str, values: dict[str, CellValue], extra: dict[str, CellValue],
        lines: Sequence[Line],
    ) -> Draft:  # fmt: skip
        """A line to add, which tells of some lines; its place is that of the first."""
        draft = Draft(len(self.drafts), table, name, self._place(lines[0]), values, extra)
        self.drafts.append(draft)
        for line in lines:
            self.origins.setdefault(line, []).append(draft.rank)
        return draft

    def _complete(self, pathway: Pathway, name: str) -> None:
        """Fill what a row of Personnes lacks, and say what differs."""
        row = pathway.row
        assert row is not None
        before = len(self.fills)
        for one, line, value in self._told(pathway, name):
            if one not in IDENTITY:
                said = Said(name, self._place(line), value)
                fills = self.cells.field(_PEOPLE, row, one, self._people_row(line), said)
                only = self.tables[line[0]].only_fills
                self.fills += (fill for fill in fills if one not in only or not fill.replaces)
        for heading, line, value in self._own(pathway, name):
            said = Said(name, self._place(line), value)
            self.fills += self.cells.own(_PEOPLE, row, heading, said)
        if len(self.fills) > before:
            pathway.fate = Fate.UPDATED

    def _values(self, pathway: Pathway, name: str) -> dict[str, CellValue]:
        """What the lines tell of someone, by field."""
        if len(pathway.lines) == 1:
            [(at, rank)] = pathway.lines
            return {**self.tables[at].people.told[rank]}
        return {one: value for one, _, value in self._told(pathway, name)}

    def _told(self, pathway: Pathway, name: str) -> Iterator[tuple[str, Line, CellValue]]:
        """What the lines tell of someone, field by field: the first that does, or that wins."""
        first: dict[str, tuple[Line, CellValue]] = {}
        for line in pathway.lines:
            table = self.tables[line[0]]
            for one, value in table.people.told[line[1]].items():
                there = first.setdefault(one, (line, value))
                if not table.ranking and one not in IDENTITY and not same(there[1], value):
                    self._remark(line, name, SPECS[_PEOPLE].columns[one].header, value, there)
        for one, (line, value) in first.items():
            yield one, line, value

    def _own(self, pathway: Pathway, name: str) -> Iterator[tuple[str, Line, CellValue]]:
        first: dict[str, tuple[Line, CellValue]] = {}
        for line in pathway.lines:
            table = self.tables[line[0]]
            if not self._is_of_people(line):
                continue
            for heading, cells in table.own.items():
                value = as_typed(cells[line[1]])
                if value is None:
                    continue
                there = first.setdefault(heading, (line, value))
                if not same(there[1], value):
                    self._remark(line, name, heading, value, there)
        for heading, (line, value) in first.items():
            yield heading, line, value

    def _remark(
        self, line: Line, name: str, heading: str, value: CellValue, there: tuple[Line, CellValue]
    ) -> None:
        """Say that another line is followed: one of the same table is to be seen."""
        why = kept_instead(heading, value, there[1], self._place(there[0]))
        is_ranked = bool(self.tables[line[0]].ranking)
        if line[0] != there[0][0] or is_ranked or not self._is_of_people(line):
            self.remarks.append(ToSee(self._place(line), name, why))
            return
        self.differing.add(line)
        self._see(line, name, f"{why} ; {REMEDY}")

    # Lines of the other sheets

    def _know_lines(self, person: Person) -> None:
        for spec in t.DATA_TABLES:
            if spec.table != _PEOPLE:
                for row in rows_of(person, spec.table):
                    self.register.know(spec.table, person.name, row)

    def _lines(self) -> None:
        names = {
            line: self.names[rank]
            for rank, one in enumerate(self.crowd.people)
            if not one.doubt
            for line in one.lines
        }
        for at, table in enumerate(self.tables):
            for rank in range(table.count) if table.lines is not None else ():
                if (at, rank) in names and (at, rank) in self.fates:
                    self._line((at, rank), table, names[at, rank])

    def _line(self, line: Line, read: UnderstoodTable, name: str) -> None:
        """A line that is new, or says again one that is there."""
        table, some = read.map.spec.table, read.lines
        assert some is not None
        row: EntryRow = some.rows[line[1]]
        values = {**some.told[line[1]]}
        extra = filled({one: as_typed(cells[line[1]]) for one, cells in read.own.items()})
        if not values and not extra:
            return  # it only told who someone is
        source = None if is_undated(row) else line[0]
        there = self.register.find(source, table, name, row)
        if there is None:
            if isinstance(row, EngagementRow) and row.type and row.agreed and not row.reference:
                values["reference"] = self.numbers.take(row.type, row.agreed.year)
            draft = self._draft(table, name, {"person": name, **values}, extra, [line])
            self.register.add(source, table, name, row, draft)
            self.fates[line] = Fate.CREATED
        elif isinstance(there, Draft):
            self._again(there, line, name, values, extra)
        else:
            self._there(there, table, line, name, values, extra)

    def _there(
        self, row: EntryRow, table: str, line: Line, name: str,
        values: Mapping[str, CellValue], extra: Mapping[str, CellValue],
    ) -> None:  # fmt: skip
        """A line that the workbook has: what it lacks, and what it says otherwise."""
        some = self.tables[line[0]].lines
        foreign: EntryRow = some.rows[line[1]] if some else row
        before, place = len(self.fills), self._place(line)
        for one, value in values.items():
            said = Said(name, place, value)
            self.fills += self.cells.field(table, row, one, foreign, said)
        for heading, value in extra.items():
            self.fills += self.cells.own(table, row, heading, Said(name, place, value))
        if len(self.fills) > before and self.fates[line] is not Fate.CREATED:
            self.fates[line] = Fate.UPDATED

    def _again(
        self, draft: Draft, line: Line, name: str,
        values: Mapping[str, CellValue], extra: Mapping[str, CellValue],
    ) -> None:  # fmt: skip
        """The same line from another source: it completes the first; what differs is said."""
        self.origins.setdefault(line, []).append(draft.rank)
        for mine, theirs in ((draft.values, values), (draft.extra, extra)):
            for one, value in theirs.items():
                kept = mine.setdefault(one, value)
                if not same(kept, value):
                    columns = SPECS[draft.table].columns
                    heading = columns[one].header if one in columns else one
                    why = kept_instead(heading, value, kept, draft.place)
                    self.remarks.append(ToSee(self._place(line), name, why))
