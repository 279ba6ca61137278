"""What the views that make papers share: their folder, their day, the names that lie there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cedre_xlsx.method.french import listed
from cedre_xlsx.page.model import Answer, Ask
from cedre_xlsx.schema.errors import CedreError, OpenElsewhereError, PasswordError

if TYPE_CHECKING:
    from cedre_xlsx.api import Noted


def folder_of(ask: Ask, proposed: str) -> Path:
    """The folder for the papers, below the page's. Raises CedreError for one outside."""
    return ask.path("dossier") or ask.folder / proposed


def folder_name(ask: Ask, folder: Path) -> str:
    """How that folder is called in a form."""
    return folder.relative_to(ask.folder).as_posix()


def day_of(ask: Ask, label: str = "La date") -> date:
    """The day of a paper, which the preview told; today where none was."""
    return ask.date("jour", label) or ask.day


def names_of(paths: Iterable[Path]) -> tuple[str, ...]:
    """The names of files, without their folder."""
    return tuple(path.name for path in paths)


def undrawn_lines(paths: Iterable[Path]) -> tuple[str, ...]:
    """What is said of PDF files with a sign that no font has."""
    return tuple(
        f"{path.name} contient un signe que la police n'a pas (un emoji, peut-être) : une case "
        "barrée le remplace."
        for path in paths
    )


def papers_made(
    ask: Ask,
    files: Sequence[Path],
    *,
    back: str,
    noted: Iterable[Noted] = (),
    to_see_to: Sequence[str] = (),
    warnings: Sequence[str] = (),
    undrawn: Iterable[Path] = (),
) -> Answer:
    """The page that shows papers which were made; `back` is the view to go on with."""
    return Answer(
        "papiers_faits.html",
        {
            "files": files,
            "place": folder_name(ask, files[0].parent) if files else "",
            "noted": tuple(one.sentence for one in noted),
            "to_see_to": to_see_to,
            "warnings": (*warnings, *undrawn_lines(undrawn)),
            "back": back,
        },
        made=tuple(files),
    )


def refuse_unagreed(ask: Ask, name: str, sentence: str) -> None:
    """Raise CedreError where the box that is asked for was not ticked."""
    if not ask.ticked(name):
        raise CedreError(sentence)


@contextmanager
def telling_what_exists(ask: Ask, existing: Callable[[], Iterable[Path]]) -> Iterator[None]:
    """Say of a failure that files lie there, in the words of the page, where that is why.

    `existing` finds them; it is called where the work failed alone.
    """
    try:
        yield
    except (PasswordError, OpenElsewhereError):
        raise
    except CedreError:
        if not ask.ticked("remplacer"):
            refuse_existing(existing())
        raise


def refuse_existing(paths: Iterable[Path]) -> None:
    """Raise CedreError where files lie there that nobody allowed to replace."""
    there = names_of(paths)
    if there:
        raise CedreError(
            f"{listed([*there])} : existe déjà ; rien n'est écrit. Cochez « Remplacer », ou donnez "
            "un autre dossier."
        )
