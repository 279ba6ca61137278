"""The State's workbook by which a structure asks that a PASS IAE be prolonged, cell by cell.

Known as it was in November 2026: the sheet *Bilan SIAE Appui DSP*, whose labels stand in column B.
"""

from __future__ import annotations

from collections.abc import Iterator

from cedre_xlsx.method.text import word_key
from cedre_xlsx.paperwork.fields import (
    ACTION_DONE,
    ACTION_PLANNED,
    BIRTH_DATE,
    LENGTH_DONE,
    LENGTH_WISHED,
    NEED_LEVEL,
    need_field,
    person_field,
    setting_field,
)
from cedre_xlsx.paperwork.form import Form
from cedre_xlsx.paperwork.model import FormMap, Slot
from cedre_xlsx.paperwork.needs import NEEDS
from cedre_xlsx.schema.errors import CedreError

TITLE = "bilan de prolongation d'un PASS IAE (classeur officiel)"
SHEET = "Bilan SIAE Appui DSP"
_FIRST_NEED = 12  # its row; each need takes two
_HEAD = (
    ("C2", "Nom de l'association intermédiaire", setting_field("structure")),
    ("C3", "N° de SIRET", setting_field("siret")),
    ("C4", "Nom & Prénom du salarié", person_field("typed_person")),
    ("C5", "Date de naissance", BIRTH_DATE),
    ("C6", "Numéro de PASS IAE", person_field("pass_number")),
    ("C7", "Durée du parcours déjà réalisé", LENGTH_DONE),
    ("C8", "Date de fin du PASS", person_field("pass_end")),
)
_WISHED = ("C54", "L'association Intermédiaire demande la prolongation", LENGTH_WISHED)
#: What these are called in short, where it is not how they begin.
_CALLED = {LENGTH_WISHED: "Durée de prolongation souhaitée"}
#: From this share of its labels on, a form is this one, be it that something has moved.
_ENOUGH = 0.5


def official_map(form: Form) -> FormMap | None:
    """The map of the official workbook, where a form is this one; None for any other.

    Raises CedreError where it is this one and a label is no more where it was.
    """
    for title in form.sheets:
        slots = tuple(_slots(title))
        labels = {slot.label_cell: slot.label for slot in slots}
        there = [cell for cell, label in labels.items() if begins(form.text(title, cell), label)]
        if len(there) == len(labels):
            return FormMap(TITLE, slots, whole=False)
        known = _seen(form, title, list(labels.values()))
        is_named = word_key(title) == word_key(SHEET)
        if known >= _ENOUGH * len(labels) or (is_named and known):
            raise _changed(form, title, labels)
    return None


def begins(text: str, label: str) -> bool:
    """Whether a text of the form begins with a label of ours: words alone count."""
    return f"{word_key(text)} ".startswith(f"{word_key(label)} ")


def _seen(form: Form, title: str, labels: list[str]) -> int:
    """How many of these labels a sheet has, wherever they are."""
    texts = [text for _, text in form.texts(title)]
    return sum(any(begins(text, label) for text in texts) for label in labels)


def _changed(form: Form, title: str, labels: dict[str, str]) -> CedreError:
    cell, label = next(
        (cell, label) for cell, label in labels.items() if not begins(form.text(title, cell), label)
    )
    now = next((place for place, text in form.texts(title) if begins(text, label)), "")
    moved = f"est en {now}" if now else "n'y est plus"
    return CedreError(
        f"{form.path} : ce n'est pas le classeur officiel tel qu'il est connu ; le libellé "
        f"« {label} » {moved}, et non en {cell} de « {title} ». Rien n'est écrit : prenez le "
        "modèle d'origine, ou faites sa correspondance avec --learn."
    )


def _slots(title: str) -> Iterator[Slot]:
    for cell, label, field in (*_HEAD, _WISHED):
        topic = _CALLED.get(field, label)
        yield Slot(field, title, cell, label=label, label_cell=f"B{cell[1:]}", topic=topic)
    for rank, need in enumerate(NEEDS):
        row = _FIRST_NEED + 2 * rank
        for letter, field, line in (
            ("C", NEED_LEVEL, 0),
            ("D", ACTION_DONE, 0),
            ("D", ACTION_DONE, 1),
            ("E", ACTION_PLANNED, 0),
            ("E", ACTION_PLANNED, 1),
        ):
            number = "" if field == NEED_LEVEL else f" {line + 1}"
            yield Slot(
                need_field(need.name, f"{field}{number}"),
                title,
                f"{letter}{row + line}",
                label=need.label,
                label_cell=f"B{row}",
                topic=need.name,
                asks=field,
            )
