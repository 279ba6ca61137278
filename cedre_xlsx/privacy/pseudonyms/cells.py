"""What stands for each cell, by the class of its column; the reader makes the same of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain
from random import Random
from typing import Any

from cedre_xlsx.method.text import fold, word_key
from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.privacy.pseudonyms.dates import moved_day, moved_text
from cedre_xlsx.privacy.pseudonyms.labels import Codes, Labels, References
from cedre_xlsx.privacy.pseudonyms.names import Names
from cedre_xlsx.privacy.pseudonyms.neutral import (
    OF_SOMEBODY,
    births,
    first_alike,
    plain,
    tells,
    tells_numbers,
    without_days,
)
from cedre_xlsx.privacy.pseudonyms.settings import is_of_the_method, type_codes
from cedre_xlsx.privacy.pseudonyms.source import CopiedRow, CopiedTable
from cedre_xlsx.privacy.pseudonyms.texts import Texts
from cedre_xlsx.privacy.pseudonyms.trades import Trades
from cedre_xlsx.privacy.pseudonyms.vocabulary import MEASURED, Filter, words_of
from cedre_xlsx.rules.missions import is_rome
from cedre_xlsx.schema.columns import Column, Data, Kind
from cedre_xlsx.schema.tables import FOLLOW_UP, TableSpec
from cedre_xlsx.workbook.read.cells import Reader
from cedre_xlsx.workbook.read.problems import Odd
from cedre_xlsx.workbook.read.raw import Cell, is_error
from cedre_xlsx.workbook.read.rows import unless_done

_NO_OFFSET = timedelta(0)
_LONGEST_LINK = 3  # letters of the first word of a heading that is none: Par qui
#: The nouns of what stands for organisations and staff, by field.
_NOUNS = {
    "advisor": "Accompagnateur", "participant": "Intervenant", "client": "Client",
    "partner": "Partenaire", "referent": "Référent", "who": "Intervenant",
}  # fmt: skip
#: The fields of the names of people.
PERSON_FIELDS = frozenset({"last_name", "first_name", "precision", "typed_person", "person"})


@dataclass
class Disguise:
    """All that stands for what a workbook holds: made once, the same wherever it is used.

    `private` are the folded words of names that may stand nowhere.
    """

    reader: Reader
    names: Names
    texts: Texts
    references: References
    trades: Trades
    filter: Filter
    private: frozenset[str]
    random: Random
    codes: Codes = field(init=False)
    staff: Labels = field(init=False)
    _type_codes: dict[str, str] = field(init=False)
    _labels: dict[str, Labels] = field(default_factory=dict)
    _values: dict[str, Labels] = field(default_factory=dict)
    _made: dict[tuple[str, str, str, date | None, timedelta], str] = field(default_factory=dict)
    _converters: dict[tuple[str, str], Callable[[Cell, date | None], object]] = field(
        default_factory=dict
    )

    def __post_init__(self) -> None:
        self.codes = Codes(self.random)
        self._type_codes = type_codes(self.reader.settings)
        self.staff = Labels("Accompagnateur", self.random, letters=True)

    def row(self, table: CopiedTable, row: CopiedRow, offset: timedelta) -> dict[str, Cell]:
        """The cells of a line by field, its dates so much later."""
        day = self._row_day(table.spec, row)
        return {
            name: self._cell(table.spec, name, cell, day, offset)
            for name, cell in row.cells.items()
        }

    def own(self, table: CopiedTable, row: CopiedRow, offset: timedelta) -> dict[str, Cell]:
        """The cells of a line in the columns of the team that stay, by heading."""
        return {
            heading: self._own(heading, table.own[heading], cell, offset)
            for heading, cell in row.own.items()
        }

    def _row_day(self, spec: TableSpec[Any], row: CopiedRow) -> date | None:
        name = spec.line_date
        if name not in row.cells or is_error(row.cells[name]):
            return None
        value = self._converter(spec, name)(row.cells[name], None)
        value = value.value if isinstance(value, Odd) else value
        day = value.day if isinstance(value, DatedText) else value
        return day if isinstance(day, date) else None

    def _cell(
        self, spec: TableSpec[Any], name: str, cell: Cell, day: date | None, offset: timedelta
    ) -> Cell:
        column = spec.columns[name]
        if is_error(cell):
            return cell if isinstance(cell, str) and cell.startswith("#") else "#N/A"
        told = column.told
        if name in PERSON_FIELDS:
            return self.names.of(cell) if isinstance(cell, str) else self._number(cell)
        if told is Data.NAME:
            return self._labels_of(name).of(str(cell)) if not isinstance(cell, bool) else cell
        if told is Data.CODE:
            return self._code(column, cell)
        if column.kind is Kind.TEXT and told is Data.TEXT:
            return self.texts.of(cell) if isinstance(cell, str) else self._number(cell)
        if not isinstance(cell, str):
            return self._not_text(spec, name, cell, offset)
        counts = column.told is Data.DATE
        key = (spec.table, name, cell, day if counts else None, offset if counts else _NO_OFFSET)
        if key not in self._made:
            self._made[key] = self._typed(spec, name, cell, *key[3:])
        return self._made[key]

    def _labels_of(self, name: str) -> Labels:
        if name == "advisor":
            return self.staff
        noun = _NOUNS.get(name, "Nom")
        return self._labels.setdefault(noun, Labels(noun, self.random))

    def _number(self, cell: Cell) -> Cell:
        """A number where words are expected: another of as many figures."""
        return cell if isinstance(cell, bool) else self.codes.of(str(cell))

    def _code(self, column: Column, cell: Cell) -> Cell:
        if column.kind is Kind.REFERENCE:
            return self.references.of(str(cell))
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            typed = str(int(cell)) if float(cell).is_integer() else str(cell)
            return cell if len(typed) <= 2 else int(self.codes.of(typed).replace(".", "") or 0)
        typed = str(cell)
        return typed if typed.isdigit() and len(typed) <= 2 else self.codes.of(typed)

    def _not_text(self, spec: TableSpec[Any], name: str, cell: Cell, offset: timedelta) -> Cell:
        if spec.columns[name].told is not Data.DATE:
            return self._neutral(spec, name, cell)
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            from cedre_xlsx.method.dates import from_serial

            day = from_serial(cell, date1904=self.reader.date1904)
            return cell if day is None else moved_day(day, offset)
        return moved_day(cell, offset)

    def _neutral(self, spec: TableSpec[Any], name: str, cell: Cell) -> Cell:
        """A number or a day in a column of choices and measures: of a birth, the year stays."""
        convert, column = self._converter(spec, name), spec.columns[name]
        value = convert(cell, None)
        is_birth = name == "birth_year"
        is_right = column.kind in MEASURED and not isinstance(value, Odd)
        if not tells(cell) and not (is_birth and isinstance(cell, date)):
            return cell
        if is_right and not is_birth:
            return cell
        wanted = _meant(value, _NO_OFFSET, column)
        return first_alike(
            births(cell, value) if is_birth else plain(cell),
            lambda made: _meant(convert(made, None), _NO_OFFSET, column) == wanted,
            self._value(column, str(cell)),
        )

    def _typed(
        self, spec: TableSpec[Any], name: str, text: str, day: date | None, offset: timedelta
    ) -> str:
        """A text in a column of dates, numbers or choices: the first that is read as it is."""
        convert = self._converter(spec, name)
        column = spec.columns[name]
        if column.kind is Kind.CODE and isinstance(code := convert(text, day), str):
            made = self._type_codes[code]
            if made != code:
                return made
        wanted = _meant(convert(text, day), offset, column)
        later = None if day is None else moved_day(day, offset)
        first = ""
        holds = any(char.isalnum() for char in text)
        candidates = self._candidates(name, column, text, day, offset)
        if name == "birth_year":
            years = births(text, convert(text, day))
            candidates = chain(map(str, years), [self._value(column, text)])
        for made in candidates:
            if holds and not any(char.isalnum() for char in made):
                continue  # an empty cell would be read as one
            first = first or made
            if _meant(convert(made, later), _NO_OFFSET, column) == wanted:  # type: ignore[arg-type]
                return made
        return first

    def _may_stay(self, name: str, text: str) -> bool:
        """Whether a short text that is kept names nobody."""
        if not self._says_nothing_private(text):
            return False
        if name == "trade":
            return self.trades.may_stay(text)
        return is_rome(text) if name == "rome" else not tells_numbers(text)

    def _candidates(
        self, name: str, column: Column, text: str, day: date | None, offset: timedelta
    ) -> Iterator[str]:
        if column.kind in MEASURED:
            yield from self._measured(column, text, day, offset)
        elif column.kind is Kind.TEXT:
            yield text if self._may_stay(name, text) else self._value(column, text)
        else:
            words = self._words_of(column)
            if self.filter.is_known(text, words):
                yield text
            found = self._converter_of(column, text)
            if isinstance(found, str) and self.filter.is_known(found, words):
                yield str(found)
            yield self.filter.known(text, words)
        yield self._value(column, text)
        yield self._values.setdefault("Valeur", Labels("Valeur n°", self.random)).of(text)

    def _measured(
        self, column: Column, text: str, day: date | None, offset: timedelta
    ) -> Iterator[str]:
        shift = offset if column.told is Data.DATE else _NO_OFFSET
        signs = "".join(f" ({one})" for one in self.texts.signs_of(text))
        timed = text if column.told is Data.DATE else without_days(text)
        bare = moved_text(timed, shift, self.reader.on, day) if shift else " ".join(timed.split())
        for made in self.filter.grammar(bare):
            yield made + signs
        for made in self.filter.grammar(bare):
            yield made

    def _converter_of(self, column: Column, text: str) -> object:
        value = self.reader.converter("", column)(text, None)
        return value.value if isinstance(value, Odd) else value

    def _words_of(self, column: Column) -> frozenset[str]:
        settings = self.reader.settings
        if column.kind is Kind.CODE:
            types = [kind for kind in settings.types if is_of_the_method(kind)]
            methods = [kind.method for kind in settings.types if kind.method]
            spellings = [one for kind in methods for one in (kind.code, kind.name, *kind.spellings)]
            return words_of([*spellings, *(kind.code for kind in types)])
        if column.choices is not None:
            return words_of([*column.choices.values, *column.choices.spellings])
        return words_of(["oui non o n x vrai faux yes no ok 1 0"])

    def _says_nothing_private(self, text: str) -> bool:
        words = set(word_key(text).split())
        return words.isdisjoint(self.private) and not self.texts.signs_of(text)

    def _value(self, column: Column, text: str) -> str:
        noun = column.header.split()[0].strip("(,.")
        noun = noun if len(noun) > _LONGEST_LINK else "Valeur"
        return self._values.setdefault(noun, Labels(f"{noun} n°", self.random)).of(text)

    def _converter(self, spec: TableSpec[Any], name: str) -> Callable[[Cell, date | None], object]:
        key = (spec.table, name)
        if key not in self._converters:
            convert = self.reader.converter(name, spec.columns[name])
            is_done = spec is FOLLOW_UP and spec.columns[name].kind is Kind.DEADLINE
            self._converters[key] = unless_done(convert) if is_done else convert
        return self._converters[key]

    def _own(self, heading: str, holds: Data, cell: Cell, offset: timedelta) -> Cell:
        if isinstance(cell, bool):
            return cell
        if holds is Data.KEEP:
            return self._kept(heading, cell)
        if holds is Data.DATE:
            if not isinstance(cell, str):
                return moved_day(cell, offset)
            moved = moved_text(cell, offset, self.reader.on, None)
            return self.filter.grammar(moved)[0]
        if holds is Data.NAME:
            known = all(fold(word) in self.names.words for word in str(cell).split())
            return self.names.of(str(cell)) if known else self._labels_of(heading).of(str(cell))
        return self.texts.of(str(cell)) if holds is Data.TEXT else self.codes.of(str(cell))

    def _kept(self, heading: str, cell: Cell) -> Cell:
        """A cell of a column that stays: a day keeps its year, a long number nothing."""
        if not isinstance(cell, str):
            return next(plain(cell)) if tells(cell, OF_SOMEBODY) else cell
        is_safe = self._says_nothing_private(cell) and not tells_numbers(cell)
        return cell if is_safe else self._labels_of(heading).of(cell)


def _meant(value: object, offset: timedelta, column: Column) -> object:
    """What the reader makes of a cell, its days so much later, to be compared."""
    if isinstance(value, Odd):
        return value.code, value.unreadable, _meant(value.value, offset, column)
    if isinstance(value, DatedText):
        return moved_day(value.day, offset), bool(value.remark)
    if isinstance(value, Deadline):
        days = (moved_day(value.day, offset), moved_day(value.first, offset))
        return *days, value.moves, value.condition
    if isinstance(value, date):
        return moved_day(value, offset)
    is_open = column.choices is not None and not column.choices.closed
    if isinstance(value, str) and (column.kind is Kind.TEXT or is_open):
        return bool(value)
    return repr(value)
