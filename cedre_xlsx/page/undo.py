"""The last write, so that it can be taken back: what was there before, kept until the page goes."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

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
class Made:
    """A file that an action made, by the SHA-256 that it had then; `before` are the bytes of that
    whose place it took.
    """

    path: Path
    sha256: str
    before: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class LastWrite:
    """What was written by one action: the workbook, which had other bytes, and files.

    Both by the SHA-256 that they had just after: what changed since is left as it is. `folders` are
    those that were made for the files, the deepest first. `number` is that by which a form names
    it.
    """

    title: str
    before: Before
    sha256: str = ""
    made: tuple[Made, ...] = ()
    folders: tuple[Path, ...] = ()
    number: str = field(default_factory=lambda: secrets.token_hex(8))

    @property
    def sentence(self) -> str:
        """What taking it back would do."""
        does = []
        if self.sha256 and self.before.path is not None:
            does.append(f"{readable(self.before.path.name)} redevient ce qu'il était")
        new = sum(one.before is None for one in self.made)
        if new:
            does.append(f"{counted(new, 'fichier fait', 'fichiers faits')} en moins")
        if new < len(self.made):
            old = counted(len(self.made) - new, "fichier remplacé", "fichiers remplacés")
            does.append(f"{old} tel qu'avant")
        return f"{self.title} : {', '.join(does)}."


def before(workbook: Path | None) -> Before:
    """What is there now."""
    if workbook is None or not workbook.is_file():
        return Before()
    return Before(workbook, workbook.read_bytes())


def last_write(
    title: str,
    was: Before,
    made: Iterable[Path],
    sha256: str = "",
    begun: Mapping[Path, bytes | None] = MappingProxyType({}),
) -> LastWrite | None:
    """What an action wrote; None where it wrote nothing.

    `sha256` is what it wrote into the workbook; where it does not say, what lies there now. `begun`
    are the files and folders that it made or was about to make, with the bytes of those whose place
    they took.
    """
    there = was.path is not None and was.path.is_file()
    if was.path is None or not there:
        sha256 = ""
    elif not sha256:
        sha256 = api.digest(was.path)
    if sha256 == was.sha256:
        sha256 = ""
    paths = {path.resolve(): path for path in (*begun, *made)}
    if was.path is not None:
        paths.pop(was.path.resolve(), None)
    files = tuple(
        Made(path, api.digest(path), begun.get(key))
        for key, path in paths.items()
        if path.is_file() and (begun.get(key) is None or path.read_bytes() != begun[key])
    )
    folders = tuple(sorted((one for one in begun if one.is_dir()), reverse=True))
    return LastWrite(title, was, sha256, files, folders) if sha256 or files else None


def take_back(last: LastWrite) -> str:
    """Undo it, and say what was done and what was left, as it is another now.

    Raises CedreError where the workbook is open elsewhere, or nothing of it is there any more.
    """
    done, kept = [], []
    path = last.before.path
    if last.sha256 and path is not None and last.before.data is not None:
        if path.is_file() and api.digest(path) == last.sha256:
            api.undo(path, last.before.data, sha256=last.sha256)
            done.append(f"{readable(path.name)} est redevenu ce qu'il était")
        else:
            kept.append(path)
    gone, back = [], []
    for one in last.made:
        if not one.path.is_file() or api.digest(one.path) != one.sha256:
            kept.append(one.path)
        elif one.before is None:
            api.remove_made(one.path, sha256=one.sha256)
            gone.append(one.path)
        else:
            api.undo(one.path, one.before, sha256=one.sha256)
            back.append(one.path)
    for folder in last.folders:
        api.remove_folder(folder)
    if gone:
        done.append(f"effacé : {_names(gone)}")
    if back:
        done.append(f"tel qu'avant : {_names(back)}")
    there = [one for one in kept if one.exists()]
    if not done:
        why = (
            f"changé depuis : {_names(there)}" if there else "ce qui avait été écrit n'est plus là"
        )
        raise CedreError(f"{why} ; rien n'est défait.")
    if there:
        done.append(f"laissé, car changé depuis : {_names(there)}")
    return " ; ".join(done) + "."


def _names(paths: Sequence[Path]) -> str:
    return ", ".join(readable(path.name) for path in paths)
