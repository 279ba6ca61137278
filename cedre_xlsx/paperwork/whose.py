"""Whether a form is someone else's already: their name in a cell, or in the line that is filled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cedre_xlsx.intake.names import names_nobody
from cedre_xlsx.method.pass_number import pass_number
from cedre_xlsx.method.text import name_key, word_key
from cedre_xlsx.paperwork.boxes import SheetBoxes
from cedre_xlsx.paperwork.fields import PERSON_FIELDS
from cedre_xlsx.paperwork.fitting import Placed
from cedre_xlsx.paperwork.form import Form, is_to_fill
from cedre_xlsx.paperwork.questions import field_of, says_another
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.people import PersonRow

_NAMES = frozenset({"typed_person", "last_name", "first_name"})
#: Words of a cell that names nobody yet: "Nom : ……".
_NOT_NAMES = frozenset({"nom", "prenom", "noms", "prenoms", "et"})
#: What makes one name of two: "Martin née Durand".
_ALSO_CALLED = frozenset({"ne", "nee", "epouse", "ep", "epse", "veuve", "vve", "dit", "dite"})
_EMPTY = "Prenez un formulaire vide"


def refuse_anothers(form: Form, placed: Sequence[Placed], row: PersonRow) -> None:
    """Raise CedreError where a form names someone else, or has another PASS, in a cell that would
    be filled, and where the line of a table that would be filled is someone else's.
    """
    _refuse_answered(form, placed, row)
    for slot, sheet, cell in placed:
        name = PERSON_FIELDS.get(word_key(slot.field), "")
        text = form.text(sheet, cell)
        if (name in _NAMES and _is_another(text, name, row)) or (
            name == "pass_number" and _is_another_pass(text, row)
        ):
            raise _not_theirs(form, sheet, cell, text, row)
        for other, held in _names_of_the_line(form, slot.label_cell, sheet, cell, row):
            raise CedreError(
                f"{form.path} : la ligne de {cell} de « {sheet} » est celle de « {held} » "
                f"({other}), et non de {row.person} ; rien n'est écrit. {_EMPTY}, ou notez dans la "
                "correspondance les cases d'une ligne libre."
            )


def _refuse_answered(form: Form, placed: Sequence[Placed], row: PersonRow) -> None:
    """Raise CedreError for someone else's name where the mapping has no cell for a name: the form
    was filled when it was learned, or is now.
    """
    asked = {PERSON_FIELDS.get(word_key(slot.field), "") for slot, _, _ in placed}
    if asked & _NAMES:
        return
    tables = {
        (sheet, form.row_of(slot.label_cell))
        for slot, sheet, cell in placed
        if slot.label_cell and form.column_of(slot.label_cell) == form.column_of(cell)
    }
    for sheet in dict.fromkeys(sheet for _, sheet, _ in placed):
        boxes = SheetBoxes.of(form, sheet, lambda text: any(field_of(text)))
        for cell, label in boxes.answers.items():
            if (sheet, form.row_of(label)) in tables:
                continue  # the lines of others
            field = field_of(form.text(sheet, label))[0]
            name, text = PERSON_FIELDS.get(word_key(field), ""), form.text(sheet, cell)
            is_of_the_person = not says_another(form.text(sheet, boxes.heading_of(label) or label))
            if name in _NAMES and is_of_the_person and _is_another(text, name, row):
                raise _not_theirs(form, sheet, cell, text, row)


def _names_of_the_line(
    form: Form, label_cell: str, sheet: str, cell: str, row: PersonRow
) -> Iterator[tuple[str, str]]:
    """The names of others in the line of a cell whose label heads its column."""
    if not label_cell or form.column_of(label_cell) != form.column_of(cell):
        return
    line, head = form.row_of(cell), form.row_of(label_cell)
    for heading, text in form.texts(sheet):
        if form.row_of(heading) != head or head >= line:
            continue
        name = PERSON_FIELDS.get(word_key(field_of(text)[0]), "")
        place = f"{form.column_of(heading)}{line}"
        held = form.text(sheet, place)
        if name in _NAMES and place != cell and _is_another(held, name, row):
            yield place, held


def _not_theirs(form: Form, sheet: str, cell: str, text: str, row: PersonRow) -> CedreError:
    return CedreError(
        f"{form.path} : {cell} de « {sheet} » contient « {text} », et non {row.person} ; "
        f"rien n'est écrit. {_EMPTY}, ou celui de cette personne."
    )


def _is_another(text: str, name: str, row: PersonRow) -> bool:
    """Whether a text names someone else: the words of a name count, not their order nor how they
    are parted.
    """
    words = set(name_key(text).split()) - _NOT_NAMES
    if is_to_fill(text) or not words or names_nobody(text):
        return False
    whole = set(name_key(f"{row.last_name} {row.first_name} {row.precision}").split())
    asked = {"last_name": row.last_name, "first_name": row.first_name}.get(
        name, f"{row.last_name} {row.first_name}"
    )
    ours = set(name_key(asked).split())
    has_more = name == "last_name" and not words & _ALSO_CALLED
    is_same = words <= whole or (bool(ours) and ours <= words and not has_more)
    return not is_same and sorted("".join(words)) != sorted("".join(ours))


def _is_another_pass(text: str, row: PersonRow) -> bool:
    held, ours = pass_number(text), pass_number(row.pass_number)
    return bool(held and ours) and held != ours
