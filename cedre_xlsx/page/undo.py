"""The last write, so that it can be taken back: what was there before, kept until the page goes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cedre_xlsx import api
from cedre_xlsx.method.french import counted
from cedre_xlsx.method.text import readable
from cedre_xlsx.schema.errors import CedreError


@dataclass(frozen=True, slots=True)
class Before:
    """A workbook as it was before a write; `data` is None where none was there."""

    path: Path | None = None
    data: bytes | None = field(default=None, repr=False)

    @property
    def sha256(self) -> str:
        """The digest of these bytes; "" of none."""
        return hashlib.sha256(self.data).hexdigest() if self.data is not None else ""


@dataclass(frozen=True, slots=True)
class LastWrite:
    """What was written by one action: the workbook, which had other bytes, and new files.

    Both by the SHA-256 that they had just after: what changed since is left as it is.
    """

    title: str
    before: Before
    sha256: str = ""
    made: tuple[tuple[Path, str], ...] = ()

    @property
    def sentence(self) -> str:
        """What taking it back would do."""
        does = []
        if self.sha256 and self.before.path is not None:
            does.append(f"{readable(self.before.path.name)} redevient ce qu'il était")
        if self.made:
            does.append(f"{counted(len(self.made), 'fichier fait', 'fichiers faits')} en moins")
        return f"{self.title} : {', '.join(does)}."


def before(workbook: Path | None) -> Before:
    """What is there now."""
    if workbook is None or not workbook.is_file():
        return Before()
    return Before(workbook, workbook.read_bytes())


def last_write(title: str, was: Before, made: Iterable[Path], sha256: str = "") -> LastWrite | None:
    """What an action wrote; None where it wrote nothing.

    `sha256` is what it wrote into the workbook; where it does not say, what lies there now.
    """
    there = was.path is not None and was.path.is_file()
    if was.path is None or not there:
        sha256 = ""
    elif not sha256:
        sha256 = api.digest(was.path)
    if sha256 == was.sha256:
        sha256 = ""
    files = tuple((path, api.digest(path)) for path in made if path.is_file() and path != was.path)
    return LastWrite(title, was, sha256, files) if sha256 or files else None


def take_back(last: LastWrite) -> str:
    """Undo it, and say what was done. Raises CedreError where the workbook is another now."""
    done: list[str] = []
    if last.sha256 and last.before.path is not None and last.before.data is not None:
        api.undo(last.before.path, last.before.data, sha256=last.sha256)
        done.append(f"{readable(last.before.path.name)} est redevenu ce qu'il était")
    gone = [path for path, sha256 in last.made if api.remove_made(path, sha256=sha256)]
    kept = [path for path, _ in last.made if path not in gone and path.exists()]
    if gone:
        done.append(f"effacé : {_names(gone)}")
    if kept:
        done.append(f"laissé, car changé depuis : {_names(kept)}")
    if not done:
        raise CedreError("ce qui avait été écrit n'est plus là ; rien n'est défait.")
    return " ; ".join(done) + "."


def _names(paths: Sequence[Path]) -> str:
    return ", ".join(readable(path.name) for path in paths)
