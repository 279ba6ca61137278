"""The fields of ours that a form may ask for, by the words that a mapping writes."""

from __future__ import annotations

from collections.abc import Iterator

from cedre_xlsx.intake.targets import Target
from cedre_xlsx.method.text import word_key
from cedre_xlsx.paperwork.needs import NEEDS
from cedre_xlsx.schema.settings import SETTINGS
from cedre_xlsx.schema.tables import PEOPLE, SETTINGS_SHEET

#: The settings that say who the structure is: the others are of no use on a paper.
_OF_THE_STRUCTURE = ("structure", "siret", "kind", "place")

TODAY = "Date du jour"
#: Never filled: we keep the year alone.
BIRTH_DATE = "Date de naissance"
LENGTH_DONE = "PASS IAE : durée déjà réalisée"
LENGTH_WISHED = "PASS IAE : prolongation souhaitée"
NEED_LEVEL, ACTION_DONE, ACTION_PLANNED = "niveau", "action menée", "action prévue"
#: Actions that a form asks for in one line, of each kind.
MOST_ACTIONS = 2
OF_PEOPLE = f"{PEOPLE.sheet} : "


def person_field(name: str) -> str:
    """The words for a column of Personnes, by its field; "typed_person" is the whole name."""
    return Target(PEOPLE.table, name).words


def setting_field(name: str) -> str:
    """The words for a setting of Paramètres, by its field."""
    label = next(spec.label for spec in SETTINGS if spec.field == name)
    return f"{SETTINGS_SHEET} : {label}"


def need_field(need: str, what: str) -> str:
    """The words for what is said of a need."""
    return f"Besoin : {need} : {what}"


#: Each setting by its words, each column of Personnes, each thing that is said of a need.
SETTING_FIELDS = {word_key(setting_field(name)): name for name in _OF_THE_STRUCTURE}
PERSON_FIELDS = {word_key(person_field(name)): name for name in PEOPLE.columns}
NEED_FIELDS = {
    word_key(need_field(need.name, f"{what}{number}")): (need.name, what, rank)
    for need in NEEDS
    for what, rank, number in (
        (NEED_LEVEL, 0, ""),
        *((ACTION_DONE, rank, f" {rank + 1}") for rank in range(MOST_ACTIONS)),
        *((ACTION_PLANNED, rank, f" {rank + 1}") for rank in range(MOST_ACTIONS)),
    )
}
OTHER_FIELDS = {word_key(one): one for one in (TODAY, BIRTH_DATE, LENGTH_DONE, LENGTH_WISHED)}
#: Those that are filled when a PASS is to be prolonged.
PROLONGATION_FIELDS = frozenset({word_key(LENGTH_WISHED)})


def known_fields() -> Iterator[str]:
    """Every field that a mapping may name, the team's own columns aside."""
    yield from map(setting_field, SETTING_FIELDS.values())
    yield from map(person_field, PERSON_FIELDS.values())
    yield from OTHER_FIELDS.values()
    for need, what, rank in NEED_FIELDS.values():
        yield need_field(need, what if what == NEED_LEVEL else f"{what} {rank + 1}")


def is_known(field: str) -> bool:
    """Whether a field is one of ours, be it written otherwise."""
    key = word_key(field)
    return any(key in some for some in (SETTING_FIELDS, PERSON_FIELDS, NEED_FIELDS, OTHER_FIELDS))
