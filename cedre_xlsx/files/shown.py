"""What somebody saw of a workbook before asking to write it: another is not written over."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from cedre_xlsx.schema.errors import ChangedError


@dataclass
class Shown:
    """The workbook that was shown, by the SHA-256 of its bytes on the disk.

    A write makes it what was written: who sees its outcome sees that.
    """

    path: Path
    sha256: str


_SHOWN: ContextVar[Shown | None] = ContextVar("cedre_xlsx_shown", default=None)


@contextlib.contextmanager
def only_over(path: Path, sha256: str) -> Iterator[Shown]:
    """Meanwhile that file is replaced only where it is still the one of this digest."""
    shown = Shown(path.resolve(), sha256)
    token = _SHOWN.set(shown)
    try:
        yield shown
    finally:
        _SHOWN.reset(token)


def ensure_shown(target: Path, sha256: str) -> None:
    """Raise ChangedError where what is to be replaced is not what was shown."""
    shown = _SHOWN.get()
    if shown is not None and shown.path == target and shown.sha256 != sha256:
        raise ChangedError(
            f"{target.name} : le classeur a changé depuis ce qui a été montré ; rien n'est écrit. "
            "Regardez de nouveau, puis recommencez."
        )


def note_replaced(target: Path, sha256: str) -> None:
    """What was written is what is shown from now on."""
    shown = _SHOWN.get()
    if shown is not None and shown.path == target:
        shown.sha256 = sha256
