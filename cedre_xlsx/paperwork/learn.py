"""What a form seems to ask in its empty cells, by the labels beside them: a proposal to correct."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from cedre_xlsx.method.text import name_key, word_key
from cedre_xlsx.paperwork.boxes import Box, SheetBoxes
from cedre_xlsx.paperwork.form import Form, is_to_fill
from cedre_xlsx.paperwork.model import Slot
from cedre_xlsx.paperwork.questions import TO_VERIFY, field_of, says_another

MOST_BOXES = 300  # of a form
_LEAST_WORDS = 2  # of a name that is looked for

Proposal = tuple[Slot, str]


@dataclass(frozen=True, slots=True)
class Proposals:
    """The boxes of a form, each with the field that it seems to ask for, and a remark for who looks
    at it.

    `left` are those beyond the most that are proposed, `missed` the framed cells without a label,
    `hidden` the sheets that are not shown, `answered` the cells that are filled; `last_columns` how
    far each sheet goes.
    """

    slots: tuple[Proposal, ...]
    left: int = 0
    missed: tuple[tuple[str, str], ...] = ()
    hidden: tuple[str, ...] = ()
    answered: tuple[tuple[str, str], ...] = ()
    last_columns: tuple[tuple[str, str], ...] = ()

    @property
    def mapped(self) -> int:
        """How many have a field."""
        return sum(bool(slot.field) for slot, _ in self.slots)


def learned(form: Form, own: Mapping[str, str], people: Collection[str]) -> Proposals:
    """The boxes of the sheets that are shown; `own` are the team's own columns, `people` the names
    that no label of a mapping may have.
    """
    named = {place: name for name, place in _named_boxes(form)}
    names = _names(people)
    found: list[Proposal] = []
    missed: list[tuple[str, str]] = []
    answered: list[tuple[str, str]] = []
    for sheet in form.shown:
        boxes = SheetBoxes.of(form, sheet, lambda text: any(field_of(text, own)))
        answered += ((sheet, cell) for cell in boxes.answered)
        missed += ((sheet, cell) for cell in boxes.missed if (sheet, cell) not in named)
        for box in boxes.boxes.values():
            if any(_names_someone(one, names) for one in (box.label, box.heading, sheet)):
                missed.append((sheet, box.cell))
                continue
            name = named.pop((sheet, box.cell), "")
            found.append(_proposed(sheet, box, name, own))
    found += (
        (Slot(field, sheet, cell, name), remark)
        for (sheet, cell), name in named.items()
        if not _names_someone(f"{name.replace('_', ' ')} {sheet}", names)
        for field, remark in [field_of(name.replace("_", " "), own)]
    )
    sheets = dict.fromkeys(slot.sheet for slot, _ in found)
    return Proposals(
        tuple(_repeated(found[:MOST_BOXES])),
        max(len(found) - MOST_BOXES, 0),
        tuple(missed),
        tuple(one for one in form.sheets if one in form.hidden),
        tuple(answered),
        tuple((sheet, form.last_column(sheet)) for sheet in sheets),
    )


def _named_boxes(form: Form) -> Iterator[tuple[str, tuple[str, str]]]:
    """The names that stand for one empty cell of a sheet that is shown."""
    for name in form.names:
        place = form.place_named(name)
        if place is None or name.startswith("_") or place[0] in form.hidden:
            continue
        if is_to_fill(form.text(*place)) and not form.looks.is_computed(*place):
            yield name, place


def _proposed(sheet: str, box: Box, name: str, own: Mapping[str, str]) -> Proposal:
    field, remark = field_of(box.label, own)
    if box.is_taken:
        field, remark = "", f"{TO_VERIFY} : ce tableau a déjà des lignes"
    elif field and says_another(box.heading):
        field, remark = "", f"{TO_VERIFY} : sous « {box.heading} », peut-être un autre"
    elif field and box.is_far:
        remark = f"{TO_VERIFY} : le libellé n'est ni à gauche de la case, ni au-dessus"
    slot = Slot(field, sheet, box.cell, name, box.label, box.label_cell)
    return replace(slot, heading=box.heading, heading_cell=box.heading_cell), remark


def _repeated(found: list[Proposal]) -> Iterator[Proposal]:
    """The proposals, those of a label that the form has several times to be looked at."""
    counts = Counter(word_key(slot.label) for slot, _ in found if slot.label)
    for slot, remark in found:
        count = counts[word_key(slot.label)]
        if slot.field and count > 1 and remark in ("", TO_VERIFY):
            yield slot, f"{TO_VERIFY} : ce libellé y est {count} fois"
        else:
            yield slot, remark


def names_someone(text: str, people: Collection[str]) -> bool:
    """Whether a text, such as the name of a file, has the whole name of one of these people."""
    return _names_someone(text, _names(people))


def _names(people: Collection[str]) -> list[frozenset[str]]:
    words = (frozenset(name_key(one).split()) for one in people)
    return [one for one in words if len(one) >= _LEAST_WORDS]


def _names_someone(text: str, names: list[frozenset[str]]) -> bool:
    """Whether a text has someone's whole name."""
    words = set(name_key(text).split())
    return len(words) >= _LEAST_WORDS and any(name <= words for name in names)
