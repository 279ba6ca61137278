"""From the cell that was typed to the value that it means, for each kind of column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from math import isfinite
from typing import Any

from cedre_xlsx.method.choices import Choices, find_code, is_doubtful, yes_or_no
from cedre_xlsx.method.date_cells import ReadDate, read_date
from cedre_xlsx.method.dates import (
    NoDate,
    clean,
    from_serial,
    is_plausible,
)
from cedre_xlsx.method.deadlines import ReadDeadline, read_deadline
from cedre_xlsx.method.durations import number_of
from cedre_xlsx.method.grammar.situations import NO_END, NOTHING
from cedre_xlsx.method.nearest import nearest
from cedre_xlsx.method.text import word_key
from cedre_xlsx.method.values import DatedText, Deadline
from cedre_xlsx.schema.columns import Column, Kind
from cedre_xlsx.schema.lists import ListSpec
from cedre_xlsx.schema.missions import HOURS_COLUMNS
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.workbook.read.births import birth_year
from cedre_xlsx.workbook.read.dates import (
    no_date,
    no_deadline,
    only_a_condition,
    said_as_text,
    said_without_year,
    wrong_weekday,
)
from cedre_xlsx.workbook.read.problems import Odd, plain_text, shown
from cedre_xlsx.workbook.read.raw import Cell, is_error
from cedre_xlsx.workbook.read.times import hours, minutes

_DASHES = re.compile(r"^[\s\-–—./\\…_]+$")
_MEASURED = frozenset({Kind.DATE, Kind.DEADLINE, Kind.DURATION, Kind.HOURS, Kind.NUMBER})
#: Texts that are names: on one line, without invisible marks.
_NAMES = frozenset({"last_name", "first_name", "precision", "advisor", "participant"})
#: What a cell means, or what there is to say of it.
Value = object
Converter = Callable[[Cell], Value]
RowConverter = Callable[[Cell, date | None], Value]


@dataclass(frozen=True)
class Reader:
    """What understanding a cell depends on: the day of the count and the workbook's choices.

    `added` holds, by the name of a list, the values that the team added to it in `Listes`.
    """

    on: date
    date1904: bool = False
    settings: Settings = field(default_factory=Settings)
    added: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def converter(self, name: str, column: Column) -> RowConverter:
        """How the cells of a column are understood; the date of the row counts in some."""
        convert = self._converter(name, column)
        kind = column.kind
        if kind is Kind.TEXT:
            return convert
        if name == "end":
            return lambda cell, day: (
                None if _says_nothing(cell, kind) or _goes_on(cell) else convert(cell, day)
            )
        is_sign = _sign_of(column)
        return lambda cell, day: (
            None if _says_nothing(cell, kind) and not is_sign(cell) else convert(cell, day)
        )

    def _converter(self, name: str, column: Column) -> RowConverter:
        if name == "birth_year":
            return _whatever_the_row(lambda cell: birth_year(cell, self.on, date1904=self.date1904))
        if column.kind is Kind.HOURS:
            own = HOURS_COLUMNS[name]
            return _whatever_the_row(lambda cell: hours(cell, own))
        if name in _NAMES:
            return _whatever_the_row(as_word)
        if column.limits is not None:
            return _whatever_the_row(_whole_within(*column.limits))
        match column.kind:
            case Kind.DATE:
                return self._date
            case Kind.DATED_TEXT:
                return self._dated_text
            case Kind.DEADLINE:
                return self._deadline
            case Kind.CHOICE:
                return _whatever_the_row(self._choice(column))
            case Kind.CODE:
                return _whatever_the_row(self._code())
            case kind:
                return _whatever_the_row(_SIMPLE[kind])

    def _date(self, cell: Cell, row_day: date | None) -> Value:
        day = self._typed_day(cell)
        if day is not None:
            return day
        if not isinstance(cell, str):
            return no_date(cell, ReadDate(None, NoDate.UNCLEAR), self.on)
        read = read_date(cell, self.on, row_day)
        if read.fault is not None:
            return no_date(cell, read, self.on)
        said = wrong_weekday(cell, read.day)
        if said is not None or read.remark:
            return said or read.day
        return said_as_text(cell, read.day, read.day)

    def _dated_text(self, cell: Cell, row_day: date | None) -> Value:
        return self.dated(cell, ())

    def dated(self, cell: Cell, near: tuple[date, ...]) -> Value:
        """A date with a remark; `near` are the days of the lines beside it."""
        day = self._typed_day(cell)
        if day is not None:
            return DatedText("", day)
        if not isinstance(cell, str):
            return no_date(cell, ReadDate(None, NoDate.UNCLEAR), self.on)
        read = read_date(cell, self.on, first=True, near=near)
        value = DatedText(as_text(cell), read.day, read.remark)
        if read.fault is not None:
            return no_date(cell, read, self.on, value)
        if read.proposed is not None:
            return said_without_year(cell, read.proposed, value)
        return said_as_text(cell, read.day, value) if not read.remark else value

    def _deadline(self, cell: Cell, row_day: date | None) -> Value:
        day = self._typed_day(cell)
        if day is not None:
            return Deadline("", day, day)
        if not isinstance(cell, str):
            text = plain_text(cell)
            nothing = ReadDeadline(Deadline(text, None, None), NoDate.UNCLEAR)
            return no_deadline(cell, nothing, self.on, row_day)
        read = read_deadline(as_text(cell), row_day, self.on)
        if read.fault is not None:
            return no_deadline(cell, read, self.on, row_day)
        if read.deadline.condition:
            return only_a_condition(cell, read.deadline, row_day)
        if read.plain:
            return said_as_text(cell, read.deadline.day, read.deadline)
        return read.deadline

    def _typed_day(self, cell: Cell) -> date | None:
        """The day of a true date cell, or of a date that lost its format."""
        if isinstance(cell, date):
            day = cell.date() if isinstance(cell, datetime) else cell
            return day if is_plausible(day) else None
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            return from_serial(cell, date1904=self.date1904)
        return None

    def _choice(self, column: Column) -> Converter:
        spec = column.choices
        if spec is None:
            return as_text
        added = self.added.get(spec.name, ())
        choices = Choices((*spec.values, *added), spec.spellings, beginnings=spec.closed)
        return lambda cell: _chosen(cell, spec, choices)

    def _code(self) -> Converter:
        settings = self.settings
        spellings = settings.code_spellings()
        names = [kind.name for kind in settings.types]
        names += [kind.method.name for kind in settings.types if kind.method]

        def convert(cell: Cell) -> Value:
            found = find_code(plain_text(cell), spellings, names)
            if found is not None:
                return found
            codes = [kind.code for kind in settings.types]
            return Odd(
                None,
                "LEC07",
                f"{shown(cell)} n'est pas un type d'engagement de Paramètres.",
                _suggest(cell, [*codes, *names]) or f"Choisissez un code : {', '.join(codes)}.",
            )

        return convert


def _says_nothing(cell: Cell, kind: Kind) -> bool:
    """Whether a text says that there is nothing: a dash, or "néant" where a date is expected."""
    if not isinstance(cell, str):
        return False
    return bool(_DASHES.match(cell)) or (kind in _MEASURED and word_key(cell) in NOTHING)


def _sign_of(column: Column) -> Callable[[Cell], bool]:
    """Whether a dash is the sign of a value of the column's list: "-" for "(-) Faible"."""
    if column.choices is None:
        return lambda cell: False
    choices = Choices(column.choices.values)
    return lambda cell: isinstance(cell, str) and choices.by_sign(cell) is not None


def _goes_on(cell: Cell) -> bool:
    """Whether the end of a mission says that there is none yet."""
    return isinstance(cell, str) and word_key(cell) in NO_END


def _whatever_the_row(convert: Converter) -> RowConverter:
    return lambda cell, _: convert(cell)


def as_text(cell: Cell) -> str:
    """A free text: line breaks kept, accents composed, no space at its ends."""
    text = cell if isinstance(cell, str) else plain_text(cell)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.strip()


def as_word(cell: Cell) -> str:
    """A name, a reference: one line, single spaces."""
    return clean(plain_text(cell))


def _chosen(cell: Cell, spec: ListSpec, choices: Choices) -> Value:
    found = choices.find(plain_text(cell))
    if found is not None:
        return spec.enum(found) if spec.enum else found
    if not spec.closed:
        return Odd(
            as_text(cell),
            "LEC08",
            f"{shown(cell)} n'est pas dans la liste {spec.title}.",
            _suggest(cell, choices.values)
            or "Choisissez dans la liste, ou ajoutez la valeur à la feuille Listes.",
            unreadable=False,
        )
    return Odd(
        None,
        "LEC07",
        f"{shown(cell)} n'est pas dans la liste {spec.title}.",
        _meant_of(cell, choices) or f"Choisissez : {' · '.join(choices.values)}.",
    )


def _meant_of(cell: Cell, choices: Choices) -> str:
    """The value that is probably meant; none for a "not", or where several are named."""
    typed = plain_text(cell)
    words = word_key(typed).split()
    if not words or words[0] in _NOT or len(choices.named(typed)) > 1:
        return ""
    sure = choices.find(re.sub(r"[?~]", "", typed)) if is_doubtful(typed) else None
    return f"Vouliez-vous dire « {sure} » ?" if sure else _suggest(cell, choices.values)


#: Before a value, what makes another of it: "pas réalisé".
_NOT = frozenset({"non", "pas", "jamais", "plus", "ni", "a", "aucun", "aucune"})


def _suggest(cell: Cell, known: Any) -> str:
    likely = nearest(plain_text(cell), known)
    return f"Vouliez-vous dire {' ou '.join(f'« {one} »' for one in likely)} ?" if likely else ""


def _yes_no(cell: Cell) -> Value:
    found = cell if isinstance(cell, bool) else yes_or_no(plain_text(cell))
    if found is not None:
        return found
    return Odd(None, "LEC07", f"{shown(cell)} n'est ni OUI ni NON.", "Tapez OUI ou NON.")


def _number(cell: Cell) -> Value:
    found = as_number(cell)
    if found is not None:
        return found
    return Odd(None, "LEC05", f"{shown(cell)} n'est pas un nombre.", "Tapez un nombre : 12 ou 1,5.")


def _integer(cell: Cell) -> Value:
    found = as_number(cell)
    if found is not None and found.is_integer():
        return int(found)
    return Odd(None, "LEC05", f"{shown(cell)} n'est pas un nombre entier.", "Tapez un entier : 12.")


def _whole_within(least: int, most: int) -> Converter:
    """A whole number within its limits; else nothing is kept, and the limits are said."""

    def converter(cell: Cell) -> Value:
        value = _integer(cell)
        if isinstance(value, int) and not least <= value <= most:
            message = f"{shown(cell)} n'est pas entre {least} et {most}."
            return Odd(None, "LEC05", message, f"Tapez un entier, de {least} à {most}.")
        return value

    return converter


def as_number(cell: Cell, unit: str = "") -> float | None:
    """The number of a cell, typed as a number or as text; None when it is not one."""
    if isinstance(cell, str):
        return number_of(cell, unit)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and isfinite(cell):
        return float(cell)
    return None


_SIMPLE: dict[Kind, Converter] = {
    Kind.TEXT: as_text,
    Kind.PERSON: as_word,
    Kind.REFERENCE: as_word,
    Kind.DURATION: minutes,
    Kind.INTEGER: _integer,
    Kind.NUMBER: _number,
    Kind.YES_NO: _yes_no,
}


def error_cell(cell: Cell) -> Odd:
    """A cell that shows an error instead of a value."""
    said = "NaN" if isinstance(cell, float) else cell
    return Odd(
        None, "LEC10", f"La cellule contient l'erreur {said}.",
        "Refaites la formule, ou tapez la valeur à sa place.",
    )  # fmt: skip


def as_typed(cell: Cell) -> object:
    """A cell that is shown back as it is: a date, or the text; None for an empty one."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if cell is None or is_error(cell):
        return None
    return plain_text(cell) if not isinstance(cell, str) else cell.replace("\r\n", "\n") or None
