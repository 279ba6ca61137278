"""Where the cells of a mapping are in a form, if it is the one that the mapping was made for."""

from __future__ import annotations

from collections.abc import Iterator

from cedre_xlsx.method.text import word_key
from cedre_xlsx.paperwork.form import Form
from cedre_xlsx.paperwork.model import FormMap, Slot
from cedre_xlsx.paperwork.prolongation import begins
from cedre_xlsx.schema.errors import CedreError

_REDO = (
    "Rien n'est écrit : refaites la correspondance (--learn --force), ou donnez celle de ce "
    "formulaire par --map."
)

Placed = tuple[Slot, str, str]


def placed_slots(form: Form, mapping: FormMap) -> list[Placed]:
    """Each cell of a mapping, with its sheet and its address in the form.

    Raises CedreError where a cell is no more, a label or a heading has moved, a column came in, and
    where two lines of the mapping are one cell.
    """
    for sheet, column in mapping.last_columns:
        if sheet in form.sheets and form.last_column(sheet) != column:
            raise CedreError(
                f"{form.path} : « {sheet} » va maintenant jusqu'à la colonne "
                f"{form.last_column(sheet)}, et non {column} ; une case peut avoir changé de "
                f"place. {_REDO}"
            )
    placed = list(_placed(form, mapping))
    seen: dict[tuple[str, str], Slot] = {}
    for slot, sheet, cell in placed:
        other = seen.setdefault((sheet, cell), slot)
        if other is not slot:
            name = slot.name or other.name
            raise CedreError(
                f"{form.path} : le nom « {name} » désigne {cell} de « {sheet} », que la "
                "correspondance remplit déjà ; rien n'est écrit. Gardez l'une des deux lignes."
            )
    return placed


def _placed(form: Form, mapping: FormMap) -> Iterator[Placed]:
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
        _refuse_moved(form, slot.sheet, slot.label, slot.label_cell, mapping)
        _refuse_moved(form, slot.sheet, slot.heading, slot.heading_cell, mapping)
        if form.first_cell(slot.sheet, slot.cell) != slot.cell:
            raise CedreError(
                f"{form.path} : {slot.cell} de « {slot.sheet} » est maintenant dans une fusion. "
                f"{_REDO}"
            )
        yield slot, slot.sheet, slot.cell


def _refuse_moved(form: Form, sheet: str, label: str, cell: str, mapping: FormMap) -> None:
    """Raise CedreError where a label is not in its cell any more."""
    if not cell or _is_label(form.text(sheet, cell), label, mapping):
        return
    now = next((at for at, text in form.texts(sheet) if _is_label(text, label, mapping)), "")
    there = f"il est en {now}" if now else "il n'y est plus"
    raise CedreError(
        f"{form.path} : le libellé « {label} » n'est plus en {cell} de « {sheet} » ({there}). "
        f"{_REDO}"
    )


def _is_label(text: str, label: str, mapping: FormMap) -> bool:
    return word_key(text) == word_key(label) if mapping.whole else begins(text, label)
