"""What goes into each cell of a form for one person: every cell is written, kept, or left blank."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cedre_xlsx.method.text import squeeze, word_key
from cedre_xlsx.paperwork.answers import Answers
from cedre_xlsx.paperwork.fields import NEED_FIELDS
from cedre_xlsx.paperwork.form import Form, as_listed, is_to_fill
from cedre_xlsx.paperwork.model import (
    Blank,
    FillPlan,
    FormMap,
    Kept,
    Place,
    Slot,
    Written,
)
from cedre_xlsx.paperwork.prolongation import begins
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.edit.foreign import filled_cells
from cedre_xlsx.workbook.edit.model import CellChange, shown
from cedre_xlsx.workbook.edit.pen import PROTECTED

_LONGEST_LABEL = 60  # characters
_REDO = "Rien n'est écrit : refaites la correspondance avec --learn."


@dataclass
class _Fate:
    """What becomes of the cells, as it is found out."""

    written: list[Written] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    blank: list[Blank] = field(default_factory=list)


def filled_form(form: Form, mapping: FormMap, answers: Answers) -> tuple[FillPlan, bytes]:
    """What becomes of a form's cells for one person, and the bytes of the form so filled.

    Raises CedreError, before anything is answered, where the mapping does not fit the form any
    more, and where a cell to fill is locked.
    """
    fate = _Fate()
    for slot, sheet, cell in list(_placed(form, mapping)):
        _decide(form, answers, slot, _place(slot, sheet, cell), fate)
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
        notes=answers.notes if _asks_for_needs(mapping) else (),
    )
    return plan, done.data


def _asks_for_needs(mapping: FormMap) -> bool:
    return any(word_key(slot.field) in NEED_FIELDS for slot in mapping.slots)


def _placed(form: Form, mapping: FormMap) -> Iterator[tuple[Slot, str, str]]:
    """Each cell where the form has it; CedreError for one that is no more, or was moved."""
    for slot in mapping.slots:
        if slot.name:
            place = form.place_named(slot.name)
            if place is None:
                raise CedreError(
                    f"{form.path} : le nom « {slot.name} » n'y désigne plus une case. {_REDO}"
                )
            yield slot, *place
            continue
        if slot.sheet not in form.sheets:
            raise CedreError(f"{form.path} : la feuille « {slot.sheet} » n'y est plus. {_REDO}")
        if slot.label_cell and not _is_there(form, slot, mapping):
            raise _moved(form, slot, mapping)
        if form.first_cell(slot.sheet, slot.cell) != slot.cell:
            raise CedreError(
                f"{form.path} : {slot.cell} de « {slot.sheet} » est maintenant dans une fusion. "
                f"{_REDO}"
            )
        yield slot, slot.sheet, slot.cell


def _is_there(form: Form, slot: Slot, mapping: FormMap) -> bool:
    return _is_label(form.text(slot.sheet, slot.label_cell), slot.label, mapping)


def _is_label(text: str, label: str, mapping: FormMap) -> bool:
    return word_key(text) == word_key(label) if mapping.whole else begins(text, label)


def _moved(form: Form, slot: Slot, mapping: FormMap) -> CedreError:
    texts = form.texts(slot.sheet)
    now = next((cell for cell, text in texts if _is_label(text, slot.label, mapping)), "")
    there = f"il est en {now}" if now else "il n'y est plus"
    return CedreError(
        f"{form.path} : le libellé « {slot.label} » n'est plus en {slot.label_cell} de "
        f"« {slot.sheet} » ({there}). {_REDO}"
    )


def _place(slot: Slot, sheet: str, cell: str) -> Place:
    topic = slot.topic or squeeze(slot.label or slot.name).rstrip(" :")
    if len(topic) > _LONGEST_LABEL:
        topic = f"{topic[: _LONGEST_LABEL - 1].rstrip()}…"
    return Place(sheet, cell, topic, slot.asks)


def _decide(form: Form, answers: Answers, slot: Slot, place: Place, fate: _Fate) -> None:
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
        if why:
            fate.blank.append(Blank(place, why))
        else:
            fate.written.append(Written(place, value, answer.source, text))


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
