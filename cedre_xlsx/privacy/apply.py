"""The lines of people whose time is over made anonymous, in the bytes of a workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from cedre_xlsx.privacy.model import Retention
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.open_book import OpenBook

#: Told what is being done, in a few French words.
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people, lines and cells are written, and in which sheets of the team's own."""

    people: int = 0
    lines: int = 0
    cells: int = 0
    own_sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """The whole file once these people are anonymous in it; nothing is written yet.

    `sentences` say what is done, a line each; `left` what still may tell of them, each with its
    place and why it was not touched.
    """

    data: bytes = field(repr=False)
    counts: Counts
    sentences: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def applied(
    book: OpenBook, retention: Retention, on: date, path: Path, *, tell: Tell | None = None
) -> Applied:
    """The workbook without what tells of `retention.due`: nobody else's line changes.

    `path` is what CedreError names, raised where it cannot be done whole.
    """
    raise CedreError(
        f"{path} : rendre anonyme n'est pas encore possible avec cette version ; rien n'est écrit. "
        "La liste, sans --apply, dit qui et depuis quand."
    )
