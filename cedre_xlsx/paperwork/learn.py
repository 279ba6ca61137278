"""What a form seems to ask in its empty cells, by the labels beside them: a proposal to correct."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from cedre_xlsx.intake.aliases import OF_THE_PERSON
from cedre_xlsx.intake.minimised import says_birth
from cedre_xlsx.method.text import word_key
from cedre_xlsx.paperwork.fields import (
    BIRTH_DATE,
    LENGTH_DONE,
    NEED_LEVEL,
    TODAY,
    need_field,
    person_field,
    setting_field,
)
from cedre_xlsx.paperwork.form import Form, is_to_fill
from cedre_xlsx.paperwork.model import Slot
from cedre_xlsx.paperwork.needs import NEEDS
from cedre_xlsx.paperwork.prolongation import begins
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.schema.tables import PEOPLE

_LONGEST = 100  # characters of a label
_MOST = 300  # cells of a form
TO_VERIFY = "à vérifier"
BY_HAND = "seule l'année est gardée : à remplir à la main"

#: What forms call what is in Paramètres, and the day, whatever the case and accents.
_OTHERS = {
    setting_field("structure"): (
        "structure", "nom de la structure", "association", "nom de l'association", "employeur",
        "raison sociale", "nom de l'employeur", "organisme", "nom de l'organisme",
        "nom de l'association intermédiaire",
    ),
    setting_field("siret"): ("siret", "n° siret", "n° de siret", "numéro de siret"),
    setting_field("kind"): ("type de structure",),
    setting_field("place"): ("fait à",),
    TODAY: ("date", "date du jour", "fait le", "le", "date de la demande"),
    LENGTH_DONE: ("durée du parcours déjà réalisé",),
    BIRTH_DATE: ("date de naissance", "né le", "née le", "né(e) le"),
}  # fmt: skip
#: What may follow a label without changing what it asks for.
_WHOSE = re.compile(
    r" (?:du|de la|de l|de) ?(?:salariee?|personne|beneficiaire|candidate?|interessee?|demandeur"
    r"|participante?|usager)(?: .*)?$"
)


def learned_slots(form: Form) -> list[tuple[Slot, str]]:
    """The empty cells of a form beside a label, each with the field that it seems to ask for, and a
    remark for who looks at the proposal.
    """
    named = {place: name for name, place in _named_boxes(form)}
    found: dict[tuple[str, str], tuple[Slot, str]] = {}
    for sheet in form.sheets:
        for label_cell, text in form.texts(sheet):
            cell = _box_of(form, sheet, label_cell, text)
            if not cell or (sheet, cell) in found or is_to_fill(text):
                continue
            field, remark = _field_of(text)
            name = named.pop((sheet, cell), "")
            found[sheet, cell] = (Slot(field, sheet, cell, name, text, label_cell), remark)
    for (sheet, cell), name in named.items():
        field, remark = _field_of(name.replace("_", " "))
        found[sheet, cell] = (Slot(field, sheet, cell, name), remark)
    return [*found.values()][:_MOST]


def _named_boxes(form: Form) -> Iterator[tuple[str, tuple[str, str]]]:
    """The names that stand for one empty cell."""
    for name in form.names:
        place = form.place_named(name)
        if place is not None and not name.startswith("_") and is_to_fill(form.text(*place)):
            yield name, place


def _box_of(form: Form, sheet: str, label_cell: str, text: str) -> str:
    """The empty cell that a label is about: at its right, else below; "" for none."""
    if len(text) > _LONGEST or form.first_cell(sheet, label_cell) != label_cell:
        return ""
    area = form.merge(sheet, label_cell)
    right = f"{column_letter(area.last_column + 1)}{area.first_row}"
    below = f"{column_letter(area.first_column)}{area.last_row + 1}"
    has_colon = text.endswith(":")
    for cell in (right, below):
        is_box = form.is_drawn(sheet, cell) or (has_colon and cell == right)
        if is_box and form.first_cell(sheet, cell) == cell and is_to_fill(form.text(sheet, cell)):
            return cell
    return ""


def _field_of(label: str) -> tuple[str, str]:
    """The field that a label asks for, with a remark; "" for none that is known."""
    key = word_key(label)
    for words in (key, _WHOSE.sub("", key)):
        if words in _others():
            field = _others()[words]
            return ("", BY_HAND) if field == BIRTH_DATE else (field, "")
        if words in _headings():
            return person_field(_headings()[words]), ""
        if words in _aliases() and not says_birth(label):
            return person_field(_aliases()[words]), TO_VERIFY
    need = next((one for one in NEEDS if begins(label, one.label)), None)
    return (need_field(need.name, NEED_LEVEL), TO_VERIFY) if need else ("", "")


@cache
def _others() -> dict[str, str]:
    return {word_key(word): field for field, words in _OTHERS.items() for word in words}


@cache
def _headings() -> dict[str, str]:
    """The headings of Personnes, with the others that people's files have."""
    return {
        word_key(heading): name
        for name, column in PEOPLE.columns.items()
        for heading in (column.header, *column.aliases)
    }


@cache
def _aliases() -> dict[str, str]:
    return {word: name for name, words in OF_THE_PERSON.items() for word in words}
