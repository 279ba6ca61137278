"""A foreign table under its mapping: cells by field, names apart, what must not be kept gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from cedre_xlsx.intake.births import birth_years, untold
from cedre_xlsx.intake.free_texts import may_tell, without_personal_data
from cedre_xlsx.intake.names import (
    Names,
    doubtful,
    is_masked,
    may_name,
    names_nobody,
    split_names,
    without_birth,
    without_marks,
)
from cedre_xlsx.intake.targets import SPECS, TableMap
from cedre_xlsx.intake.understood import Understood, understood
from cedre_xlsx.method.personal_numbers import TAKEN_OUT, without_personal_numbers
from cedre_xlsx.method.text import squeeze, word_key
from cedre_xlsx.schema import tables as t
from cedre_xlsx.schema.columns import Kind
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.tables import TableSpec
from cedre_xlsx.workbook.read.cells import Reader
from cedre_xlsx.workbook.read.headings import match_headings
from cedre_xlsx.workbook.read.problems import plain_text
from cedre_xlsx.workbook.read.raw import Cell, is_blank, is_error

_PEOPLE = t.PEOPLE.table
#: A text that is not longer holds no number of anyone.
_SHORTEST = 5
_SMALL = 10_000
MASKED = "nom masqué par la plateforme : la ligne n'est à personne"
NO_NAME = "aucun nom de personne"
NOBODY = "n'est pas un nom de personne"
_WHICH_NAME = (
    "nom et prénom à distinguer : les capitales contredisent « {} » ; tapez « Nom, Prénom »"
)
#: Names, in which nothing stays of what is taken out.
_NAMES = ("typed_person", "last_name", "first_name")
_PARTS = ("last_name", "first_name")
_SHORT = frozenset({*_NAMES, "precision", "advisor"})


@dataclass(frozen=True, slots=True)
class UnderstoodTable:
    """The lines of a foreign table, understood.

    `people` is what they tell of their person, `lines` what goes in the sheet of their table (None
    for Personnes), `own` the columns of the team's by heading. `aside` says by rank why a line is
    nobody's, `unparted` why nobody can tell its Nom from its Prénom, `ranking` which line of a
    person wins (the highest first; empty: the first typed). `taken_out` says where numbers of
    people were taken out of texts; `together` the numbers of the lines of the file that each line
    here is made of (empty: of one); `only_fills` the fields that never replace what is noted.
    """

    map: TableMap
    people: Understood
    lines: Understood | None
    own: Mapping[str, Sequence[Cell]]
    aside: Mapping[int, str]
    unparted: Mapping[int, str]
    ranking: Sequence[tuple[int, ...]] = ()
    taken_out: tuple[str, ...] = ()
    together: Sequence[tuple[int, ...]] = ()
    only_fills: frozenset[str] = frozenset()

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.map.source.rows)

    def numbers(self, rank: int) -> tuple[int, ...]:
        """The lines of the file that a line is made of."""
        return self.together[rank] if self.together else (self.map.source.rows[rank].number,)

    def place(self, rank: int) -> str:
        """A line as it is told: file, sheet, number."""
        return self.map.source.row_place(self.map.source.rows[rank].number)


def understood_table(
    table: TableMap,
    reader: Reader,
    *,
    aside: Mapping[int, str] | None = None,
    ranking: Sequence[tuple[int, ...]] = (),
    made: Mapping[str, Sequence[Cell]] | None = None,
    together: Sequence[tuple[int, ...]] = (),
) -> UnderstoodTable:
    """Understand a table under its mapping; `made` are cells of people that no column has."""
    columns = _Columns(table)
    people = {**columns.of_people(), **(made or {})}
    count = len(table.source.rows)
    births = columns.births(people, reader)
    rows = understood(t.PEOPLE, people, count, reader)
    lines = None
    if table.spec.table != _PEOPLE:
        lines = understood(table.spec, columns.of(table.spec.table), count, reader)
    left = dict(aside or {})
    for rank, row in enumerate(rows.rows):
        if rank not in left and (why := _whose_not(row)):
            left[rank] = columns.no_name(rank) if why == NO_NAME else why
    own = columns.own()
    untaken = (told for rank, told in births.items() if not left.get(rank, "").startswith(NO_NAME))
    taken_out = (*columns.taken_out, *untaken)
    unparted = columns.unparted
    return UnderstoodTable(table, rows, lines, own, left, unparted, ranking, taken_out, together)


def _whose_not(row: PersonRow) -> str:
    """Why a line is nobody's; "" where it names someone."""
    if not row.person:
        return NO_NAME
    last, first = row.last_name, row.first_name
    if is_masked(last, first):
        return MASKED
    return NOBODY if names_nobody(f"{last} {first}") else ""


class _Columns:
    """The cells of a table by where they go."""

    def __init__(self, table: TableMap) -> None:
        self._table = table
        self._rows = table.source.rows
        self.taken_out: list[str] = []
        self.unparted: dict[int, str] = {}

    def of(self, name: str) -> dict[str, Sequence[Cell]]:
        """The cells of each field of one of our tables; several columns of a field as one text."""
        ranks: defaultdict[str, list[int]] = defaultdict(list)
        for rank, target in enumerate(self._table.targets):
            if target.table == name and target.field:
                ranks[target.field].append(rank)
        kinds = {field: column.kind for field, column in SPECS[name].columns.items()}
        found: dict[str, Sequence[Cell]] = {
            field: self._cleaned(some[0], field) if kinds[field] in _CLEAN_TEXTS and len(some) == 1
            else self._cells(some[0]) if len(some) == 1
            else self._joined(some)
            for field, some in ranks.items()
        }  # fmt: skip
        for field in _SHORT & found.keys():
            found[field] = _unmarked(found[field])
        return found

    def of_people(self) -> dict[str, Sequence[Cell]]:
        """The cells of Personnes by field, names in one column parted."""
        found = self.of(_PEOPLE)
        whole = found.pop("typed_person", None)
        if self._table.person:
            whole = [self._table.person] * len(self._rows)
        if whole is not None:
            rank = self._table.index_of(_PEOPLE, "typed_person")
            heading = "" if rank is None else self._table.source.headings[rank]
            self._part(found, whole, heading)
        else:
            self._without_births(found)
        return found

    def no_name(self, rank: int) -> str:
        """Why a line names nobody: what stands in its column of names, where that is no text."""
        column = self._table.index_of(_PEOPLE, "typed_person")
        cell = None if column is None else self._rows[rank].cells[column]
        if column is None or is_blank(cell) or (isinstance(cell, str) and not is_error(cell)):
            return NO_NAME
        source = self._table.source
        where = source.cell_place(self._rows[rank].number, column)
        is_old = not isinstance(cell, str) and source.file.suffix.lower() == ".xls"
        advice = " ; si c'est une formule, enregistrez le fichier en .xlsx" if is_old else ""
        return f"{NO_NAME} : {where} contient {_told(cell)}{advice}"

    def births(self, people: dict[str, Sequence[Cell]], reader: Reader) -> dict[int, str]:
        """Put years in place of births; by line, what is said of those that say no year."""
        cells = people.get("birth_year")
        if cells is None:
            return {}
        people["birth_year"] = years = birth_years(cells, reader)
        column = self._table.index_of(_PEOPLE, "birth_year")
        return {
            rank: f"{self._place(rank, column)} : {untold(cell)}"
            for rank, (cell, year) in enumerate(zip(cells, years, strict=True))
            if year is None and not is_blank(cell)
        }

    def own(self) -> dict[str, Sequence[Cell]]:
        """The columns of the team's, by heading; those that hold something."""
        own: dict[str, Sequence[Cell]] = {}
        for rank, target in enumerate(self._table.targets):
            heading = self._table.source.headings[rank]
            if target.table == self._table.spec.table and not target.field:
                cells = self._cleaned(rank)
                if any(not is_blank(cell) for cell in cells):
                    own[_free_heading(_own_heading(self._table.spec, heading), own)] = cells
        return own

    def _part(self, found: dict[str, Sequence[Cell]], whole: Sequence[Cell], heading: str) -> None:
        memo = {cell: split_names(cell, heading) for cell in set(whole) if isinstance(cell, str)}
        names = [memo.get(cell) if isinstance(cell, str) else None for cell in whole]
        apart = self._named_apart(found, whole, names)
        if doubtful(names):
            self.unparted = {
                rank: _WHICH_NAME.format(heading)
                for rank, one in enumerate(names)
                if one and one.follows is False and rank not in apart
            }
            names = [
                one.unparted if one and rank in self.unparted else one
                for rank, one in enumerate(names)
            ]
        for field, part in (("last_name", "last"), ("first_name", "first")):
            cells = found.get(field, (None,) * len(whole))
            found[field] = [
                cells[rank] if rank in apart else getattr(one, part) if one else None
                for rank, one in enumerate(names)
            ]
        for field, said in (("title", "title"), ("precision", "precision")):
            cells = [getattr(one, said) or None if one else None for one in names]
            if field not in found and any(cells):
                found[field] = cells
        column = self._table.index_of(_PEOPLE, "typed_person")
        self._born(found, [one.born if one else "" for one in names], column)

    def _named_apart(
        self,
        found: dict[str, Sequence[Cell]],
        whole: Sequence[Cell],
        names: Sequence[Names | None],
    ) -> frozenset[int]:
        """The lines that Nom and Prénom name: the column of whole names holds none there (the
        result of a formula that a program lost is 0), or the same words.
        """
        if found.keys().isdisjoint(_PARTS):
            return frozenset()
        self._without_births(found)
        parts = zip(*(found[field] for field in _PARTS if field in found), strict=True)
        return frozenset(
            rank
            for rank, (line, cell, one) in enumerate(zip(parts, whole, names, strict=True))
            if any(map(may_name, line))
            and (not may_name(cell) or (one and _words(line) == _words((one.last, one.first))))
        )

    def _without_births(self, found: dict[str, Sequence[Cell]]) -> None:
        """Take the births out of Nom and Prénom."""
        for field in _NAMES:
            cells = found.get(field, ())
            if not may_tell(_texts(cells)):
                continue
            parted = [without_birth(one) if isinstance(one, str) else (one, "") for one in cells]
            if any(born for _, born in parted):
                found[field] = [name for name, _ in parted]
                column = self._table.index_of(_PEOPLE, field)
                self._born(found, [born for _, born in parted], column)

    def _born(
        self, found: dict[str, Sequence[Cell]], births: Sequence[str], column: int | None
    ) -> None:
        """The births beside names, where no column has them; else they are only taken out."""
        if any(births) and "birth_year" not in found:
            found["birth_year"] = [born or None for born in births]
            return
        self.taken_out += [
            f"{self._place(rank, column)} : date de naissance"
            for rank, born in enumerate(births)
            if born
        ]

    def _place(self, rank: int, column: int | None) -> str:
        source, number = self._table.source, self._rows[rank].number
        return source.row_place(number) if column is None else source.cell_place(number, column)

    def _cells(self, rank: int) -> list[Cell]:
        return self._table.source.column(rank)

    def _cleaned(self, rank: int, field: str = "") -> list[Cell]:
        """Texts without the numbers and addresses of people; where some were is kept.

        A birth beside a name is taken out of it afterwards.
        """
        without = without_personal_numbers if field in _NAMES else without_personal_data
        cells = self._cells(rank)
        texts = [cell for cell in _texts(cells) if len(cell) > _SHORTEST]
        if not may_tell(texts):
            return cells
        cleaned = {text: found for text in texts if (found := without(text))[1]}
        for index, cell in enumerate(cells if cleaned else ()):
            if isinstance(cell, str) and cell in cleaned:
                cells[index], kinds = cleaned[cell]
                place = self._table.source.cell_place(self._rows[index].number, rank)
                self.taken_out.append(f"{place} : {', '.join(kinds)}")
        return cells

    def _joined(self, ranks: Sequence[int]) -> list[Cell]:
        headings = [self._table.source.headings[rank] for rank in ranks]
        columns = [self._cleaned(rank) for rank in ranks]
        return [
            "\n".join(
                f"{heading} : {plain_text(cell)}" if heading else plain_text(cell)
                for heading, cell in zip(headings, line, strict=True)
                if not is_blank(cell)
            )
            for line in zip(*columns, strict=True)
        ]


_CLEAN_TEXTS = frozenset(
    {Kind.TEXT, Kind.DATED_TEXT, Kind.DEADLINE, Kind.CHOICE, Kind.REFERENCE, Kind.PERSON}
)


def _unmarked(cells: Sequence[Cell]) -> Sequence[Cell]:
    """Short texts without the marks of what was taken out of them."""
    if TAKEN_OUT not in "\n".join(_texts(cells)):
        return cells
    return [
        without_marks(cell) if isinstance(cell, str) and TAKEN_OUT in cell else cell
        for cell in cells
    ]


def _words(parts: Iterable[Cell]) -> list[str]:
    """The words of a name, in whatever order."""
    return sorted(word_key(" ".join(map(plain_text, parts))).split())


def _told(cell: Cell) -> str:
    """What is no name as it is told: neither a day nor a long number, which may be someone's."""
    if isinstance(cell, date | time | timedelta):
        return "une date ou une heure"
    if isinstance(cell, int | float) and not abs(cell) < _SMALL:
        return "un nombre"
    return plain_text(cell)


def _texts(cells: Sequence[Cell]) -> list[str]:
    """The texts of a column, each once."""
    return [cell for cell in dict.fromkeys(cells) if isinstance(cell, str)]


def _free_heading(heading: str, taken: Mapping[str, object]) -> str:
    """A heading for a column that has none, or the same as another."""
    heading = squeeze(heading) or "Sans intitulé"
    number, free = 2, heading
    while free in taken:
        free, number = f"{heading} {number}", number + 1
    return free


def _own_heading(spec: TableSpec[Any], heading: str) -> str:
    """The heading of a column of the team's; one that reading would take for ours is told apart."""
    forms = (heading, f"Origine : {heading}", f"Colonne de l'ancien fichier : {heading}")
    return next((one for one in forms if not match_headings(spec.model, [one])), forms[-1])
