"""What goes into the cells of someone else's form, as somebody chooses it without a file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.form_maps import (
    fits,
    form_of,
    notes_of,
    proposals_of,
    refuse_known,
    refuse_name,
)
from cedre_xlsx.api.opening import opened
from cedre_xlsx.schema.errors import CedreError

if TYPE_CHECKING:
    from cedre_xlsx.paperwork.form import Form
    from cedre_xlsx.paperwork.learn import Proposals
    from cedre_xlsx.paperwork.model import FormMap, Slot
    from cedre_xlsx.schema.records import Records

#: What CedreError names where a file of correspondences would be.
_NAME = Path("Ce qui va dans chaque case")
_OTHERS = "Autres"


@dataclass(frozen=True, slots=True)
class FormBox:
    """An empty cell of a form; `key` is what it is corrected by, `place` how people call it.

    `label` is the text beside it, `heading` the one above that says about whom it is; `field` is
    what goes into it, "" for nothing, and `remark` why that is to be looked at.
    """

    key: str
    place: str
    label: str
    heading: str
    field: str
    remark: str


@dataclass(frozen=True, slots=True)
class FormChoices:
    """The empty cells of a form, and what may go into each.

    `fields` are what may, by groups; `notes` say which of its cells are not here. `path` is the
    file that keeps it for the next time, `is_kept` where it lies there and is followed, and
    `not_kept` why none can be.
    """

    model: Path
    boxes: tuple[FormBox, ...]
    fields: tuple[tuple[str, tuple[str, ...]], ...]
    notes: tuple[str, ...]
    path: Path
    is_kept: bool = False
    not_kept: str = ""


@dataclass(frozen=True, slots=True)
class FormCorrespondence:
    """What goes into each cell of a form: `map` is for `find_fill`, `text` the file that `path`
    would hold. With `is_anothers`, that file is there, and does not fit this form: it is of another
    one of that name, or of this one as it was.
    """

    map: FormMap
    path: Path
    not_kept: str = ""
    is_anothers: bool = False
    text: str = field(default="", repr=False)


@checked
def form_choices(
    model: Path | str, path: Path | str, fields: Mapping[str, str] | None = None
) -> FormChoices:
    """What seems to go into each empty cell of a form, to be corrected; nothing is written.

    Where a file beside the workbook says it already, what it says; `fields` are what somebody chose
    since, by the keys of the cells. Raises CedreError as `learn_form`, but for a file that is
    there.
    """
    from cedre_xlsx.paperwork.map_file import map_path

    model, path = Path(model), Path(path)
    form, records, proposed = _proposed(model, path)
    target = map_path(model, path)
    kept = _kept(form, target, records)
    several = len({slot.sheet for slot, _ in proposed.slots}) > 1
    said = fields if fields is not None else kept
    boxes = []
    for slot, remark in proposed.slots:
        key = _key(slot)
        chosen = slot.field if said is None else said.get(key, "" if fields is None else slot.field)
        place = f"{slot.sheet}!{slot.cell}" if several else slot.cell
        unseen = remark if said is None or not chosen else ""
        label = slot.label or slot.name.replace("_", " ")
        boxes.append(FormBox(key, place, label, slot.heading, chosen, unseen))
    return FormChoices(
        model,
        tuple(boxes),
        tuple(_field_groups(records)),
        tuple(notes_of(proposed.missed, proposed.answered, proposed.left, proposed.hidden)),
        target,
        kept is not None,
        _why_not_kept(model, records),
    )


@checked
def form_correspondence(
    model: Path | str, path: Path | str, fields: Mapping[str, str]
) -> FormCorrespondence:
    """What a file of correspondences would say, from what somebody chose by the keys of the cells;
    those that are not in `fields` are as proposed.

    Raises CedreError as `form_choices`, for a field that is none, and where nothing is chosen.
    """
    from cedre_xlsx.paperwork.answers import own_fields
    from cedre_xlsx.paperwork.map_file import form_map_of, form_map_text, map_path

    model, path = Path(model), Path(path)
    form, records, proposed = _proposed(model, path)
    chosen = [
        (replace(slot, field=fields.get(_key(slot), slot.field)), remark)
        for slot, remark in proposed.slots
    ]
    looked_at = [(slot, "" if slot.field else remark) for slot, remark in chosen]
    text = form_map_text(model, looked_at, proposed.last_columns)
    if not any(slot.field for slot, _ in chosen):
        raise CedreError(
            f"{model} : aucune case n'a de champ ; rien n'est écrit. Choisissez ce qui va dans une "
            "case au moins."
        )
    own = own_fields(records)
    mapping = form_map_of(_NAME, tomllib.loads(text), own)
    target = map_path(model, path)
    is_anothers = target.exists() and not fits(form, target, own)
    return FormCorrespondence(mapping, target, _why_not_kept(model, records), is_anothers, text)


def keep_correspondence(found: FormCorrespondence) -> Path:
    """Write the file that says it for the next time, in the place of the one that is there.

    Raises CedreError where it may not be kept, and as every verb that writes.
    """
    from cedre_xlsx.files.replace import write_new

    if found.not_kept:
        raise CedreError(found.not_kept)
    write_new(found.path, found.text.encode(), overwrite=True)
    return found.path


def _proposed(model: Path, path: Path) -> tuple[Form, Records, Proposals]:
    form = form_of(model, path)
    records = opened(path, date.today()).records
    refuse_known(form, path)
    return form, records, proposals_of(form, records)


def _key(slot: Slot) -> str:
    return slot.name or f"{slot.sheet}!{slot.cell}"


def _kept(form: Form, target: Path, records: Records) -> dict[str, str] | None:
    """What the file beside the workbook says of each cell; None where it says nothing of this
    form.
    """
    from cedre_xlsx.paperwork.answers import own_fields
    from cedre_xlsx.paperwork.map_file import read_form_map

    own = own_fields(records)
    if not target.exists() or not fits(form, target, own):
        return None
    return {_key(slot): slot.field for slot in read_form_map(target, own).slots}


def _why_not_kept(model: Path, records: Records) -> str:
    try:
        refuse_name(model, records)
    except CedreError as error:
        return str(error)
    return ""


def _field_groups(records: Records) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every field that a cell may have, the team's own columns too, by what they are of."""
    from cedre_xlsx.paperwork.answers import own_headings
    from cedre_xlsx.paperwork.fields import BIRTH_DATE, OF_PEOPLE, known_fields

    own = [f"{OF_PEOPLE}{heading}" for heading in own_headings(records)]
    fields = [one for one in known_fields() if one != BIRTH_DATE]  # never filled: not kept
    groups: dict[str, list[str]] = {}
    for one in [*fields, *own]:
        groups.setdefault(one.partition(" : ")[0] if " : " in one else _OTHERS, []).append(one)
    yield from ((title, tuple(ours)) for title, ours in groups.items())
