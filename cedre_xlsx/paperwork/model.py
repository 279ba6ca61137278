"""A form's cells with the fields of ours that go into them, and what becomes of each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from cedre_xlsx.method.text import word_key
from cedre_xlsx.workbook.edit.model import CellValue, shown


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell of a form, and the field of ours that goes into it ("" for none).

    The cell is told by its address, or by a defined name. `label` is the text beside it, which
    stands in `label_cell` ("" where nothing was beside): it says whether the form is still the same
    one, as does the `heading` above, in `heading_cell`, that says about whom it is. In lines that
    people read, a known form's cell is called by its `topic`, and by what it `asks` of it where
    several cells are about one.
    """

    field: str
    sheet: str = ""
    cell: str = ""
    name: str = ""
    label: str = ""
    label_cell: str = ""
    topic: str = ""
    asks: str = ""
    heading: str = ""
    heading_cell: str = ""


@dataclass(frozen=True, slots=True)
class FormMap:
    """All cells of a form that may be filled; `title` is what the form is called in French.

    `whole` is False where the labels are only the beginnings of the texts that stand in the form.
    `last_columns` are the letters of the last column that each sheet had when it was learned.
    """

    title: str
    slots: tuple[Slot, ...]
    whole: bool = True
    last_columns: tuple[tuple[str, str], ...] = ()

    def asks_for(self, fields: Collection[str]) -> bool:
        """Whether one of these fields is asked for, by the words that fields are compared by."""
        return any(word_key(slot.field) in fields for slot in self.slots)


@dataclass(frozen=True, slots=True)
class FieldAnswer:
    """What we have for a field: a value, with where it comes from, else why there is none.

    Without a value and a reason, there is nothing to say: the cell may stay blank.
    """

    value: CellValue = None
    source: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell of the form that is spoken of: its sheet, its address, what it is about in short.

    `is_one_of_several` says that its sheet is to be named.
    """

    sheet: str
    cell: str
    topic: str
    asks: str = ""
    is_one_of_several: bool = False

    @property
    def address(self) -> str:
        """The cell, with its sheet where the form has several."""
        return f"{self.sheet}!{self.cell}" if self.is_one_of_several else self.cell

    @property
    def label(self) -> str:
        """What the cell is called."""
        return f"{self.topic}, {self.asks}" if self.asks else self.topic


@dataclass(frozen=True, slots=True)
class Written:
    """A cell that is filled; `instead` is the blank to fill in that stood there ("…/…/20..")."""

    place: FormCell
    value: CellValue
    source: str = ""
    instead: str = ""

    @property
    def text(self) -> str:
        """What goes into the cell, as it is read there."""
        return shown(self.value)

    @property
    def line(self) -> str:
        """The cell in one line."""
        source = f"   [{self.source}]" if self.source else ""
        instead = f" (à la place de « {self.instead} »)" if self.instead else ""
        return f"{self.place.address} {self.place.label} : {self.text}{instead}{source}"


@dataclass(frozen=True, slots=True)
class Kept:
    """A cell that held something already, which stays; `ours` is what we would have written."""

    place: FormCell
    text: str
    ours: str = ""

    @property
    def line(self) -> str:
        """The cell in one line."""
        is_same = self.text == self.ours
        other = f" (le classeur dit « {self.ours} »)" if self.ours and not is_same else ""
        return f"{self.place.address} {self.place.label} : « {self.text} »{other}"


@dataclass(frozen=True, slots=True)
class Blank:
    """A cell that is left to be filled by hand, and why."""

    place: FormCell
    why: str


@dataclass(frozen=True, slots=True)
class FillPlan:
    """What becomes of the cells of a form for one person."""

    title: str
    written: tuple[Written, ...] = ()
    kept: tuple[Kept, ...] = ()
    blank: tuple[Blank, ...] = ()
    notes: tuple[str, ...] = ()

    def blank_lines(self) -> tuple[str, ...]:
        """The cells that are left, those of one reason together."""
        found: dict[str, dict[str, list[str]]] = {}
        for one in self.blank:
            found.setdefault(one.why, {}).setdefault(one.place.topic, []).append(one.place.address)
        return tuple(_reason(why, labels) for why, labels in found.items())


def _reason(why: str, labels: dict[str, list[str]]) -> str:
    places = [f"{label} ({', '.join(cells)})" for label, cells in labels.items()]
    said = f"{places[0]} : {why}" if len(places) == 1 else f"{why} : {' ; '.join(places)}"
    return f"{said[:1].upper()}{said[1:]}"
