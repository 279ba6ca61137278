"""The values of any column of Personnes as labels, in an order: dates and numbers in bands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from cedre_xlsx.method.text import fold, word_key
from cedre_xlsx.schema.columns import Column
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.tables import PEOPLE

NOT_SAID = "Non renseigné"

_YOUNG, _SENIOR = 26, 55  # years of age: the State's bands
_AGES = ("Moins de 26 ans", "26 à 54 ans", "55 ans et plus")
#: Whole months since the registration: where the band ends, its label.
_LENGTHS = ((6, "Moins de 6 mois"), (12, "De 6 à 11 mois"), (24, "De 12 à 23 mois"))
_LONGEST = "24 mois et plus"
#: Every band, in their order.
LENGTHS = (*(label for _, label in _LENGTHS), _LONGEST)
_YES_NO = ("OUI", "NON")


class Breakdown:
    """One column of Personnes, by its heading; one of the team's own where we have no such one.

    `day` is the one that ages and lengths of pathway are counted to.
    """

    def __init__(self, heading: str, day: date) -> None:
        self._heading = fold(heading)
        self._field, self._column = _column(self._heading)
        self._day = day
        self._spellings: dict[str, str] = {}

    def labels(self, rows: Sequence[PersonRow]) -> list[str]:
        """The label of each row; texts that differ by their spelling alone have the first one's."""
        return [self._spelled(self._label(self._value(row))) or NOT_SAID for row in rows]

    def ordered(self, labels: Sequence[str]) -> list[str]:
        """Each of the labels once: bands and lists in their order, texts from A to Z."""
        known = {label: rank for rank, label in enumerate(self._order())}
        last = len(known)
        return sorted(
            set(labels),
            key=lambda label: (label == NOT_SAID, known.get(label, last), _natural(label)),
        )

    def _order(self) -> Sequence[str]:
        if self._field == "birth_year":
            return _AGES
        if self._field == "registered":
            return LENGTHS
        if self._column is not None and self._column.choices is not None:
            return self._column.choices.values
        return _YES_NO

    def _value(self, row: PersonRow) -> object:
        if self._field:
            return getattr(row, self._field)
        return next((v for name, v in row.extra.items() if fold(name) == self._heading), None)

    def _label(self, value: object) -> str:
        if value is None or value == "":
            return ""
        if self._field == "birth_year" and isinstance(value, int):
            return _age_band(self._day.year - value)
        if self._field == "registered" and isinstance(value, date):
            return length_band(value, self._day)
        if isinstance(value, bool):
            return "OUI" if value else "NON"
        if isinstance(value, date):
            return str(value.year)
        if isinstance(value, float):
            return f"{value:g}".replace(".", ",")
        return " ".join(str(value).split())

    def _spelled(self, label: str) -> str:
        return self._spellings.setdefault(word_key(label) or label, label) if label else ""


@cache
def _headings() -> Mapping[str, tuple[str, Column]]:
    return {
        fold(heading): (name, column)
        for name, column in reversed(PEOPLE.columns.items())
        for heading in (*column.aliases, column.header)
    }


def _column(heading: str) -> tuple[str, Column | None]:
    return _headings().get(heading, ("", None))


def field_of(heading: str) -> str:
    """The field of Personnes that a heading names; "" for a column of the team's own."""
    return _column(fold(heading))[0]


def listed_labels(heading: str) -> Sequence[str]:
    """The labels of a column of Personnes that has a list or bands, in their order; () of another.

    A list that teams extend holds other labels too in their workbooks.
    """
    name, column = _column(fold(heading))
    if name == "birth_year":
        return _AGES
    if name == "registered":
        return LENGTHS
    if column is None or column.choices is None:
        return ()
    return column.choices.values


def _natural(label: str) -> tuple[float, str]:
    """Numbers by their size, before texts."""
    try:
        return (float(label.replace(",", ".")), "")
    except ValueError:
        return (float("inf"), fold(label))


def _age_band(age: int) -> str:
    young, middle, senior = _AGES
    if age < _YOUNG:
        return young
    return middle if age < _SENIOR else senior


def length_band(registered: date, day: date) -> str:
    """The band of the whole months from a registration to a day."""
    months = (day.year - registered.year) * 12 + day.month - registered.month
    months -= day.day < registered.day
    return next((label for end, label in _LENGTHS if months < end), _LONGEST)
