"""New files and folders, told of before they are made: whoever kills what makes them can still take
them back.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from pathlib import Path

#: Told of a new file or folder just before it is made, with the bytes that it writes over.
Begins = Callable[[Path, bytes | None], object]

_BEGINS: ContextVar[Begins | None] = ContextVar("cedre_xlsx_begins", default=None)


@contextlib.contextmanager
def telling_new(begins: Begins) -> Iterator[None]:
    """Meanwhile each new file and folder is told of before it is made, so that it is known even
    where what makes it is killed.
    """
    token = _BEGINS.set(begins)
    try:
        yield
    finally:
        _BEGINS.reset(token)


def note_new(target: Path, *, overwrite: bool = False) -> None:
    """A file, or a folder, is about to be made, perhaps over another one."""
    begins = _BEGINS.get()
    if begins is not None:
        target = target.resolve()
        begins(target, target.read_bytes() if overwrite and target.is_file() else None)


@contextlib.contextmanager
def folder_made(folder: Path) -> Iterator[None]:
    """Make a folder, and those above it, where they lack; they go again when nothing came of it."""
    made = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in made:
        note_new(one)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for one in made:
            with contextlib.suppress(OSError):
                one.rmdir()
        raise
