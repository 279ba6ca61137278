"""What our workbook answers for one person: a value, or the reason why there is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any

from cedre_xlsx.method.french import counted
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.pass_number import pass_number, shown_pass_number
from cedre_xlsx.method.text import full_name, squeeze, word_key
from cedre_xlsx.paperwork.actions import NeedAnswers, action_answer, need_answers
from cedre_xlsx.paperwork.fields import (
    ACTION_DONE,
    BIRTH_DATE,
    LENGTH_DONE,
    LENGTH_WISHED,
    NEED_FIELDS,
    NEED_LEVEL,
    OF_PEOPLE,
    OTHER_FIELDS,
    PERSON_FIELDS,
    SETTING_FIELDS,
    TODAY,
    setting_field,
)
from cedre_xlsx.paperwork.model import FieldAnswer
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.records import Person, Records
from cedre_xlsx.workbook.edit.model import CellValue

_SIRET = re.compile(r"\d{14}")
_YEAR = 365  # days of a year of a PASS, which lasts 730
_LONG = 3  # years, from which on the form has one answer
_LENGTHS = ("Moins de 1 an", "1 an", "2 ans", "Plus de 3 ans")


class Answers:
    """What a workbook says of one person on a day; `months` is the prolongation that they want."""

    def __init__(self, records: Records, person: Person, on: date, months: int | None) -> None:
        self._records = records
        self._person = person
        self.row: PersonRow = person.latest
        self._on = on
        self._months = months
        self._left: dict[str, None] = {}

    def of(self, field: str, choices: Sequence[str] | None = None) -> FieldAnswer:
        """The answer to a field, by its words, for a cell with this list (None without one).

        KeyError for a field that is none of ours.
        """
        key = word_key(field)
        if key in SETTING_FIELDS:
            return self._setting(SETTING_FIELDS[key])
        if key in PERSON_FIELDS:
            return self._of_person(PERSON_FIELDS[key])
        if key in NEED_FIELDS:
            return self._of_need(*NEED_FIELDS[key], choices)
        if key in OTHER_FIELDS:
            return self._other(OTHER_FIELDS[key])
        return self._own_column(field)

    @cached_property
    def own_columns(self) -> dict[str, str]:
        """The team's own columns of Personnes: the words that name each, its heading."""
        return own_fields(self._records)

    @property
    def notes(self) -> tuple[str, ...]:
        """What of the person's freins and actions found no cell of those that were asked for."""
        return (*self._needs[1], *self._left)

    @property
    def pass_notes(self) -> tuple[str, ...]:
        """What is to be looked at of the person's PASS before it is prolonged."""
        end = self.row.pass_end
        if end is None or end >= self._on or self._is_inverted:
            return ()
        return (
            f"le PASS est terminé depuis le {french_day(end)} : vérifiez qu'une prolongation peut "
            "encore être demandée",
        )

    @property
    def _is_inverted(self) -> bool:
        start, end = self.row.pass_start, self.row.pass_end
        return start is not None and end is not None and end < start

    @cached_property
    def _needs(self) -> tuple[dict[str, NeedAnswers], tuple[str, ...]]:
        return need_answers(self._records, self._person, self._on)

    def _setting(self, name: str) -> FieldAnswer:
        value = getattr(self._records.settings, name)
        if not value:
            return FieldAnswer(why=f"vide dans {setting_field(name)}")
        text = str(value)
        if name == "siret":
            digits = "".join(text.split())
            if not _SIRET.fullmatch(digits):
                return FieldAnswer(
                    why=f"« {text} » n'a pas les 14 chiffres d'un SIRET (Paramètres)"
                )
            text = f"{digits[:3]} {digits[3:6]} {digits[6:9]} {digits[9:]}"
        return FieldAnswer(text)

    def _of_person(self, name: str) -> FieldAnswer:
        row, table = self.row, self._records.people
        if name == "typed_person":
            return FieldAnswer(full_name(row.last_name, row.first_name))
        header = table.spec.columns[name].header
        if name not in table.columns:
            return FieldAnswer(why=f"la colonne {header} n'est pas dans {table.sheet}")
        if name in row.unreadable:
            return FieldAnswer(why=f"{self._cell(name)} n'est pas compris")
        if name in ("pass_start", "pass_end") and self._is_inverted:
            return FieldAnswer(why=f"le PASS finit avant de commencer (Personnes, ligne {row.row})")
        value: Any = getattr(row, name)
        if value in (None, ""):
            return FieldAnswer(why=f"vide dans {self._cell(name)}")
        if name == "pass_number":
            digits = pass_number(value)
            if not digits:
                return FieldAnswer(why=f"{self._cell(name)}, « {value} », n'a pas 12 chiffres")
            return FieldAnswer(shown_pass_number(digits))
        return FieldAnswer(value if isinstance(value, bool | int | date) else str(value))

    def _cell(self, name: str) -> str:
        return self._records.people.place(self.row, name).address

    def _own_column(self, field: str) -> FieldAnswer:
        heading = self.own_columns[word_key(field)]
        value = self.row.extra.get(heading)
        if value in (None, ""):
            return FieldAnswer(why=f"« {heading} » est vide dans {self._records.people.sheet}")
        return FieldAnswer(_cell_value(value))

    def _of_need(
        self, need: str, what: str, rank: int, choices: Sequence[str] | None
    ) -> FieldAnswer:
        found = self._needs[0][need]
        if what == NEED_LEVEL:
            return found.level
        actions = found.done if what == ACTION_DONE else found.planned
        lack = found.no_action if what == ACTION_DONE else found.no_plan
        answer, left = action_answer(actions, rank, choices, lack)
        self._left |= dict.fromkeys(left)
        return answer

    def _other(self, field: str) -> FieldAnswer:
        if field == TODAY:
            return FieldAnswer(self._on)
        if field == LENGTH_DONE:
            return self._length_done()
        if field == LENGTH_WISHED:
            months = self._months
            return (
                FieldAnswer(f"{months} mois")
                if months
                else FieldAnswer(why="à demander par --months")
            )
        assert field == BIRTH_DATE
        year = self.row.birth_year
        return FieldAnswer(why=f"le classeur ne garde que l'année{f' ({year})' if year else ''}")

    def _length_done(self) -> FieldAnswer:
        """The whole years since the PASS began: the answers of the form are of whole years."""
        start = self._of_person("pass_start")
        if not isinstance(start.value, date):
            return start
        if start.value > self._on:
            return FieldAnswer(why=f"le PASS commence le {french_day(start.value)}")
        if self.row.pass_suspended_until is not None:
            return FieldAnswer(why="PASS suspendu : la durée réalisée est à compter à la main")
        end = min(self._on, self.row.pass_end or self._on)
        days = (end - start.value).days + 1
        years = min(days // _YEAR, _LONG)
        since = f"depuis le {french_day(start.value)}, {counted(days, 'jour')}"
        return FieldAnswer(_LENGTHS[years], f"{since}, en années révolues")


def own_headings(records: Records) -> tuple[str, ...]:
    """The headings of the team's own columns of Personnes."""
    return tuple(dict.fromkeys(heading for row in records.people.rows for heading in row.extra))


def own_fields(records: Records) -> dict[str, str]:
    """The words, as they are compared, that name each of the team's own columns, its heading."""
    return {word_key(f"{OF_PEOPLE}{heading}"): heading for heading in own_headings(records)}


def _cell_value(value: object) -> CellValue:
    """The value of one of the team's own columns, as it can be written."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str):
        return squeeze(value)
    if isinstance(value, bool | int | float | date):
        return value
    return str(value)
