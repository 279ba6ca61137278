"""A workbook once read: its tables with their places, and its people with all that is theirs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

from cedre_xlsx.method.anonymous import is_anonymous
from cedre_xlsx.method.text import name_key
from cedre_xlsx.schema.barriers import BarrierRow
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.decisions import Decision
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.findings import Place
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.fusion import Waiting
from cedre_xlsx.schema.generated import ControlRow, OldNoteRow, SynthesisRow
from cedre_xlsx.schema.generated_sheets import Recognised
from cedre_xlsx.schema.kept import KeptNote, LastAgenda
from cedre_xlsx.schema.memory import MemoryRow
from cedre_xlsx.schema.missions import MissionRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.schema.state import BookState, FormState, SheetState, TableState
from cedre_xlsx.schema.tables import (
    BARRIERS,
    CONTROL,
    ENGAGEMENTS,
    FOLLOW_UP,
    HEADER_ROW,
    MISSIONS,
    OLD_NOTES,
    PEOPLE,
    SYNTHESIS,
    TableSpec,
)

R = TypeVar("R", bound=Row)


def column_letter(index: int) -> str:
    """The letters of a 1-based column index: 1 is A, 27 is AA."""
    letters = ""
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The 1-based index of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@dataclass(frozen=True, slots=True)
class Table(Generic[R]):
    """The rows of one table, and where they stand.

    `sheet` is the sheet's name as it is now; `columns` gives the 1-based column of each field
    that was found; `found` is False when the workbook has no such table; `state` is None where
    the file does not tell it. `excel` is the Excel table over the lines, None without one;
    `errors` are the rows where a column that computes itself shows an error.
    """

    spec: TableSpec[R]
    sheet: str
    header_row: int
    columns: Mapping[str, int]
    rows: tuple[R, ...]
    found: bool = True
    state: SheetState | None = None
    excel: TableState | None = None
    errors: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, spec: TableSpec[R], rows: tuple[R, ...] = (), *, found: bool = True) -> Table[R]:
        """A table laid out as a new workbook lays it out."""
        columns = {name: index for index, name in enumerate(spec.columns, start=1)}
        return cls(spec, spec.sheet, HEADER_ROW, columns, rows, found)

    def place(self, row: R, column: str) -> Place:
        """The place of one field of one row."""
        index = self.columns.get(column)
        cell = f"{column_letter(index)}{row.row}" if index else ""
        return Place(self.sheet, row.row, self.spec.columns[column].header, cell)


class Contact(NamedTuple):
    """A day on which something was done with a person, and the cell that says it."""

    day: date
    row: Row
    field: str


@dataclass(frozen=True, slots=True)
class Person:
    """One person and all that the workbook holds of them, in date order.

    `pathways` are their rows of Personnes by registration; most people have one.
    """

    name: str
    pathways: tuple[PersonRow, ...]
    follow_ups: tuple[FollowUpRow, ...] = ()
    engagements: tuple[EngagementRow, ...] = ()
    missions: tuple[MissionRow, ...] = ()
    barriers: tuple[BarrierRow, ...] = ()

    @property
    def latest(self) -> PersonRow:
        """The pathway that the forms show."""
        return self.pathways[-1]

    def pathway_on(self, day: date) -> PersonRow | None:
        """The pathway that is in the active file that day; None when there is none."""
        return next((row for row in reversed(self.pathways) if row.is_active(day)), None)

    def is_followed(self, day: date) -> bool:
        """In the active file that day, and not on pause: what may be called late is late."""
        pathway = self.pathway_on(day)
        return pathway is not None and not pathway.is_paused(day)

    def contacts(self, day: date) -> Iterator[Contact]:
        """Each engagement, review and mission by that day, and the latest follow-up line.

        A paper that was handed over is no contact. Of a mission, it is its last day by then.
        """
        for row in reversed(self.follow_ups):
            held = row.day
            if held is not None and held <= day and not row.is_hand_over:
                yield Contact(held, row, "dated")
                break
        for signed in self.engagements:
            if signed.agreed is not None and signed.agreed <= day:
                yield Contact(signed.agreed, signed, "agreed")
            if signed.reviewed is not None and signed.reviewed <= day:
                yield Contact(signed.reviewed, signed, "reviewed")
        for mission in self.missions:
            last = mission.last_day(day)
            if last is not None:
                yield Contact(last, mission, "end" if last == mission.end else "start")

    def last_contact(self, day: date) -> date | None:
        """The latest follow-up line, engagement, review or day of mission by that day."""
        return max((found.day for found in self.contacts(day)), default=None)

    def last_work(self, day: date) -> date | None:
        """The latest day of a salaried mission by that day."""
        days = [row.last_day(day) for row in self.missions if row.salaried]
        return max((found for found in days if found is not None), default=None)

    def proposals_since(self, start: date, until: date) -> tuple[date, ...]:
        """The days of follow-up lines, engagements and missions from `start` to `until`.

        A paper that was handed over is no proposal.
        """
        days = [row.day for row in self.follow_ups if not row.is_hand_over]
        days += [row.agreed for row in self.engagements]
        days += [row.start for row in self.missions]
        return tuple(sorted(d for d in days if d is not None and start <= d <= until))


_LAST = date.max


def _begun(row: PersonRow) -> date:
    return row.began or _LAST


@dataclass(frozen=True)
class Records:
    """Everything that was read, typed; `people` and the index tie the tables together."""

    settings: Settings = field(default_factory=Settings)
    people: Table[PersonRow] = field(default_factory=lambda: Table.of(PEOPLE))
    follow_ups: Table[FollowUpRow] = field(default_factory=lambda: Table.of(FOLLOW_UP))
    engagements: Table[EngagementRow] = field(default_factory=lambda: Table.of(ENGAGEMENTS))
    missions: Table[MissionRow] = field(default_factory=lambda: Table.of(MISSIONS))
    barriers: Table[BarrierRow] = field(default_factory=lambda: Table.of(BARRIERS))
    synthesis: Table[SynthesisRow] = field(default_factory=lambda: Table.of(SYNTHESIS))
    control: Table[ControlRow] = field(default_factory=lambda: Table.of(CONTROL))
    template_version: str = ""
    date1904: bool = False
    old_notes: Table[OldNoteRow] = field(default_factory=lambda: Table.of(OLD_NOTES, found=False))
    memory: tuple[MemoryRow, ...] = ()
    kept: tuple[KeptNote, ...] = ()  # in the blocks of the sheets without table
    last_agenda: LastAgenda = field(default_factory=LastAgenda)
    decisions: tuple[Decision, ...] = ()  # typed in `Réunion`, in the order of their rows
    fusion: Waiting | None = None  # None where the workbook has no sheet `Fusion`
    rival_copies: tuple[str, ...] = ()  # names of files beside the workbook
    likely_copies: tuple[str, ...] = ()  # those with the same people, which may be people's own
    generated: tuple[Recognised, ...] = ()  # the sheets that `refresh` makes
    book: BookState | None = None  # None where the file does not tell it
    forms: tuple[FormState, ...] = ()
    choices: tuple[Table[Row], ...] = ()  # the tables of Paramètres, by their places alone

    @cached_property
    def _names(self) -> dict[str, str | None]:
        """Each matching key and the name it stands for; None when it stands for several."""
        names: dict[str, str | None] = {}
        short: defaultdict[str, set[str]] = defaultdict(set)
        for row in self.people.rows:
            if row.person:
                names[name_key(row.person)] = row.person
                short[name_key(f"{row.last_name} {row.first_name}")].add(name_key(row.person))
        for key, keys in short.items():
            if key not in names:  # only told apart by their Précision
                names[key] = names[next(iter(keys))] if len(keys) == 1 else None
        return names

    def canonical_name(self, typed: str) -> str | None:
        """`Personne` of the person that a typed name means; None when unknown or ambiguous."""
        known = self._typed_names
        if typed not in known:
            known[typed] = self._names.get(name_key(typed))
        return known[typed]

    def name_or_typed(self, typed: str) -> str:
        """`Personne` of the person that a typed name means; the name itself where unsure."""
        return self.canonical_name(typed) or typed

    @cached_property
    def _typed_names(self) -> dict[str, str | None]:
        """The names asked for, once each: the same one stands on many lines."""
        return {}

    def is_ambiguous(self, typed: str) -> bool:
        """Whether the typed name means several people that only a Précision tells apart."""
        key = name_key(typed)
        return key in self._names and self._names[key] is None

    @cached_property
    def pathways(self) -> dict[str, tuple[PersonRow, ...]]:
        """The rows of Personnes of each person by name, in date order."""
        found: defaultdict[str, list[PersonRow]] = defaultdict(list)
        for row in self.people.rows:
            name = self.canonical_name(row.person) if row.person else None
            if name:
                found[name].append(row)
        return {name: tuple(sorted(rows, key=_begun)) for name, rows in found.items()}

    @cached_property
    def persons(self) -> dict[str, Person]:
        """Everyone of Personnes by name, in the order of their first row."""
        follow_ups = self._by_person(self.follow_ups)
        engagements = self._by_person(self.engagements)
        missions = self._by_person(self.missions)
        barriers = self._by_person(self.barriers)
        return {
            name: Person(
                name=name,
                pathways=rows,
                follow_ups=tuple(sorted(follow_ups[name], key=lambda r: r.day or _LAST)),
                engagements=tuple(sorted(engagements[name], key=lambda r: r.agreed or _LAST)),
                missions=tuple(sorted(missions[name], key=lambda r: r.start or _LAST)),
                barriers=tuple(sorted(barriers[name], key=lambda r: r.identified or _LAST)),
            )
            for name, rows in self.pathways.items()
        }

    @cached_property
    def living(self) -> Records:
        """The records without the anonymous lines: statistics alone count these."""
        if not any(is_anonymous(row.person) for row in self.people.rows):
            return self
        return self.with_data_tables(_without_anonymous)

    def with_data_tables(self, made: Callable[[Table[Any]], Table[Any]]) -> Records:
        """The records with other tables in the place of those that people fill."""
        return replace(
            self,
            people=made(self.people),
            follow_ups=made(self.follow_ups),
            engagements=made(self.engagements),
            missions=made(self.missions),
            barriers=made(self.barriers),
        )

    @cached_property
    def anonymous_rows(self) -> frozenset[tuple[str, int]]:
        """Where the anonymous lines stand, by sheet and row."""
        tables = (self.people, self.follow_ups, self.engagements, self.missions, self.barriers)
        return frozenset(
            (table.sheet, row.row)
            for table in tables
            for row in table.rows
            if is_anonymous(str(getattr(row, "person", "")))
        )

    @cached_property
    def twins(self) -> frozenset[tuple[str, str]]:
        """The person and the key of lines of Suivi that others share: same day, same action."""
        together: defaultdict[tuple[str, date | None], list[FollowUpRow]] = defaultdict(list)
        for row in self.follow_ups.rows:
            together[self.name_or_typed(row.person), row.day].append(row)
        counts = Counter(
            (name, row.key) for (name, _), rows in together.items() if len(rows) > 1 for row in rows
        )
        return frozenset(line for line, count in counts.items() if count > 1)

    def _by_person(self, table: Table[R]) -> defaultdict[str, list[R]]:
        grouped: defaultdict[str, list[R]] = defaultdict(list)
        for row in table.rows:
            typed = getattr(row, "person", "")
            name = self.canonical_name(typed) if typed else None
            if name:
                grouped[name].append(row)
        return grouped


def _without_anonymous(table: Table[R]) -> Table[R]:
    rows = tuple(row for row in table.rows if not is_anonymous(str(getattr(row, "person", ""))))
    return replace(table, rows=rows)
