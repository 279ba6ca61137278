"""What goes into each cell of a form for one person: every cell is written, kept, or left blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from cedre_xlsx.method.text import squeeze
from cedre_xlsx.paperwork.answers import Answers
from cedre_xlsx.paperwork.fields import NEED_FIELDS, PROLONGATION_FIELDS
from cedre_xlsx.paperwork.fitting import Placed, placed_slots
from cedre_xlsx.paperwork.form import Form, as_listed, is_to_fill
from cedre_xlsx.paperwork.model import (
    Blank,
    FillPlan,
    FormCell,
    FormMap,
    Kept,
    Slot,
    Written,
)
from cedre_xlsx.paperwork.whose import refuse_anothers
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.edit.foreign import filled_cells
from cedre_xlsx.workbook.edit.model import CellChange, CellValue, shown
from cedre_xlsx.workbook.edit.pen import PROTECTED

_LONGEST_LABEL = 60  # characters


@dataclass
class _Fate:
    """What becomes of the cells, as it is found out."""

    written: list[Written] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    blank: list[Blank] = field(default_factory=list)


def filled_form(form: Form, mapping: FormMap, answers: Answers) -> tuple[FillPlan, bytes]:
    """What becomes of a form's cells for one person, and the bytes of the form so filled.

    Raises CedreError, before anything is answered, where the mapping does not fit the form any
    more, where the form is someone else's, and where a cell to fill is locked.
    """
    fate = _Fate()
    placed = placed_slots(form, mapping)
    refuse_anothers(form, placed, answers.row)
    is_one_of_several = mapping.whole and len(form.shown) > 1
    for slot, sheet, cell in placed:
        place = replace(_place(slot, sheet, cell), is_one_of_several=is_one_of_several)
        _decide(form, answers, slot, place, fate)
    changes = [CellChange(one.place.sheet, one.place.cell, one.value) for one in fate.written]
    done = filled_cells(form.data, changes, form.path)
    why = {(one.sheet, one.cell): one.why for one in done.left}
    _refuse_protected(form, why)
    at = [(one, (one.place.sheet, one.place.cell)) for one in fate.written]
    plan = FillPlan(
        mapping.title,
        written=tuple(one for one, place in at if place not in why),
        kept=tuple(fate.kept),
        blank=(*fate.blank, *(Blank(one.place, why[place]) for one, place in at if place in why)),
        notes=(
            *_hidden_notes(form, placed),
            *(answers.pass_notes if mapping.asks_for(PROLONGATION_FIELDS) else ()),
            *(answers.notes if mapping.asks_for(NEED_FIELDS) else ()),
        ),
    )
    return plan, done.data


def _hidden_notes(form: Form, placed: Sequence[Placed]) -> Iterator[str]:
    for sheet in dict.fromkeys(sheet for _, sheet, _ in placed):
        if sheet in form.hidden:
            yield f"« {sheet} » est une feuille masquée du formulaire : affichez-la pour la relire"


def _place(slot: Slot, sheet: str, cell: str) -> FormCell:
    topic = slot.topic or squeeze(slot.label or slot.name).rstrip(" :")
    if len(topic) > _LONGEST_LABEL:
        topic = f"{topic[: _LONGEST_LABEL - 1].rstrip()}…"
    return FormCell(sheet, cell, topic, slot.asks)


def _decide(form: Form, answers: Answers, slot: Slot, place: FormCell, fate: _Fate) -> None:
    """Whether one cell is written, kept or left."""
    choices = form.choices(place.sheet, place.cell)
    answer = answers.of(slot.field, choices)
    text = form.text(place.sheet, place.cell)
    if not is_to_fill(text):
        fate.kept.append(Kept(place, text, shown(answer.value)))
    elif answer.value is None:
        if answer.why:
            fate.blank.append(Blank(place, answer.why))
    else:
        value, why = as_listed(answer.value, choices)
        why = why or _unsuited(form, place, value)
        if why:
            fate.blank.append(Blank(place, why))
        else:
            fate.written.append(Written(place, value, answer.source, text))


def _unsuited(form: Form, place: FormCell, value: CellValue) -> str:
    """Why a cell would not show a value, or refuses it; "" where it takes it."""
    looks, at = form.looks, (place.sheet, place.cell)
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if is_number and looks.wants_a_date(*at):
        return f"la case attend une date, et non le nombre {shown(value)}"
    guard = looks.guard(*at)
    return guard.why_not(value, is_day_shown=looks.shows_a_day(*at)) if guard else ""


def _refuse_protected(form: Form, why: dict[tuple[str, str], str]) -> None:
    """Raise CedreError where a cell that is to be filled is locked."""
    locked = [(sheet, cell) for (sheet, cell), said in why.items() if said == PROTECTED]
    if locked:
        sheet, cell = locked[0]
        raise CedreError(
            f"{form.path} : la feuille « {sheet} » est protégée, et {cell} y est verrouillée ; "
            "rien n'est écrit. Ôtez la protection dans Excel (Révision, Ôter la protection de la "
            "feuille), ou demandez un modèle qui se remplit."
        )
