"""What a view is asked, what it answers, and what a view is."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from cedre_xlsx.page.folder import inside
from cedre_xlsx.page.typed import typed_date, typed_number
from cedre_xlsx.schema.errors import CedreError


@dataclass(frozen=True, slots=True)
class Ask:
    """What somebody asks of a view, as a process of its own is given it.

    `folder` is what the page may read and write in, and `workbook` the one that was chosen there;
    `fields` are the texts of a form or of an address, `uploads` the files that were handed over, in
    a folder that goes with the page. `day` is today.
    """

    folder: Path
    workbook: Path | None
    day: date
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    uploads: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)

    @property
    def book(self) -> Path:
        """The workbook; CedreError where none was chosen."""
        if self.workbook is None:
            raise CedreError("aucun classeur n'est choisi. Choisissez-en un à l'accueil.")
        return self.workbook

    def text(self, name: str) -> str:
        """What was typed in a field; "" where it is not there."""
        return next(iter(self.texts(name)), "")

    def texts(self, name: str) -> tuple[str, ...]:
        """All that was typed or chosen under one name, without what is blank."""
        return tuple(filter(None, (one.strip() for one in self.fields.get(name, ()))))

    def ticked(self, name: str) -> bool:
        """Whether a box was ticked."""
        return bool(self.texts(name))

    def date(self, name: str, label: str = "La date") -> date | None:
        """A date as people type them; None where nothing is typed.

        Raises CedreError for what is no date.
        """
        return typed_date(self.text(name), self.day, label)

    def number(self, name: str, label: str) -> int | None:
        """A whole number; None where nothing is typed. Raises CedreError for what is none."""
        return typed_number(self.text(name), label)

    def path(self, name: str) -> Path | None:
        """A file or a folder of the page's folder; None where nothing is typed.

        Raises CedreError for one outside.
        """
        typed = self.text(name)
        return self.within(typed) if typed else None

    def within(self, typed: str) -> Path:
        """A file or a folder of the page's folder by what names it there.

        Raises CedreError for one outside.
        """
        return inside(self.folder, typed)

    @property
    def handed_in(self) -> tuple[str, ...]:
        """The folders in which the files lie that were handed over, with a stroke at their end."""
        paths = (path for some in self.uploads.values() for path in some)
        return tuple({f"{path.parent}{os.sep}" for path in paths})

    def beside(self, name: str) -> Path | None:
        """A file beside the workbook, of its kind where no other is typed; None for nothing typed.

        Raises CedreError for one outside the folder.
        """
        typed = self.text(name)
        if not typed:
            return None
        if "." not in typed:
            typed += self.book.suffix
        return inside(self.folder, (self.book.parent.relative_to(self.folder) / typed).as_posix())


class Says(Protocol):
    """How a view tells, while it works, what it does and how far it is."""

    def tell(self, sentence: str) -> None:
        """What is being done."""

    def progress(self, done: int, total: int) -> None:
        """How many are done, of how many."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a view shows: a template of `templates/` and what it is filled with, as plain values.

    `made` are the files that were written besides the workbook, or instead of it: they can be
    opened from the page. `opens` is the workbook that the page goes on with, where it is another.
    """

    template: str
    context: Mapping[str, object] = field(default_factory=dict)
    made: tuple[Path, ...] = ()
    opens: Path | None = None


#: What does the work, in another process than the server's: a function of a module.
Work = Callable[[Ask, Says], Answer]


@dataclass(frozen=True, slots=True)
class Action:
    """What a form of a view does: `work`, under the address `name`.

    With `writes`, the page waits for a workbook that is open elsewhere, refuses one that changed
    since it was shown, and can undo; without, it is a preview.
    """

    name: str
    work: Work
    writes: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """One page: its address and its entry of the menu, what it is for in one sentence.

    `show` is what is done to see it; of a view that `is_light` it opens no workbook, and waits for
    nothing else. With `needs_workbook`, one is chosen before. `group` is its part of the menu.
    """

    name: str
    title: str
    purpose: str
    show: Work
    actions: tuple[Action, ...] = ()
    needs_workbook: bool = True
    is_light: bool = False
    group: str = ""

    def action(self, name: str) -> Action | None:
        """The action at an address."""
        return next((one for one in self.actions if one.name == name), None)
