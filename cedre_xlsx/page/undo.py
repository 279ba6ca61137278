"""The last write, so that it can be taken back: what was there before, kept until the page goes."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from cedre_xlsx import api
from cedre_xlsx.api.last_door import what_stopped
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
    def workbook(self) -> Made | None:
        """The workbook as it was written; None where it was not."""
        path, data = self.before.path, self.before.data
        return Made(path, self.sha256, data) if self.sha256 and path and data is not None else None

    @property
    def new(self) -> tuple[Made, ...]:
        """The files that took no other's place."""
        return tuple(one for one in self.made if one.before is None)

    @property
    def replaced(self) -> tuple[Made, ...]:
        """The files that took another's place."""
        return tuple(one for one in self.made if one.before is not None)

    @property
    def paths(self) -> tuple[Path, ...]:
        """All that was written."""
        written = (self.workbook, *self.made)
        return tuple(one.path for one in written if one is not None)

    @property
    def sentence(self) -> str:
        """What taking it back would do."""
        does = []
        if self.workbook is not None:
            does.append(f"{readable(self.workbook.path.name)} redevient ce qu'il était")
        if self.new:
            does.append(f"{counted(len(self.new), 'fichier fait', 'fichiers faits')} en moins")
        if self.replaced:
            old, several = "fichier remplacé tel qu'avant", "fichiers remplacés tels qu'avant"
            does.append(counted(len(self.replaced), old, several))
        return f"{self.title} : {', '.join(does)}."


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What taking back did, as a sentence; `left` is what can still be taken back, None where
    nothing can.
    """

    sentence: str
    left: LastWrite | None = None


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


def remove_unfinished(begun: Iterable[Path]) -> None:
    """Remove what a work that was killed was writing into these files, and the folders where it had
    put nothing yet.
    """
    paths = sorted(begun, reverse=True)
    for path in paths:
        api.remove_unfinished(path)
    for folder in paths:
        if folder.is_dir():
            api.remove_folder(folder)


def take_back(last: LastWrite) -> TakenBack:
    """Undo it, and say what was done and what was left, as it is another now, or cannot be written.

    Raises CedreError where nothing was undone: all of it can then be taken back later. A workbook
    that cannot be written leaves the files that were made with it.
    """
    for path in last.paths:
        api.remove_unfinished(path)
    became = _Became()
    if last.workbook is not None:
        _take_one_back(last.workbook, became)
        if became.refused:
            raise became.why
        became.book, became.back = became.back, []
    for one in last.made:
        _take_one_back(one, became)
    removed = [one for one in last.folders if api.remove_folder(one)]
    done = became.sentences
    if removed:
        done.append(_told("dossier effacé", "dossiers effacés", removed))
    if not done:
        raise became.why
    left = _left(last, became)
    if there := [one.path for one in became.kept if one.path.exists()]:
        done.append(_told("laissé, car changé depuis", "laissés, car changés depuis", there))
    if filled := [one for one in last.folders if one.is_dir() and not _holds(one, left)]:
        not_empty = "dossiers laissés, car ils ne sont pas vides"
        done.append(_told("dossier laissé, car il n'est pas vide", not_empty, filled))
    if left is not None and (away := [one for one in left.paths if not one.exists()]):
        done.append(_told("pas retrouvé", "pas retrouvés", away))
    if not became.refused:
        return TakenBack(" ; ".join(done) + ".", left)
    waits = _told("reste à défaire", "restent à défaire", [one.path for one in became.refused])
    why = str(became.why).replace(" ; rien n'est écrit", "")
    return TakenBack(f"{' ; '.join([*done, waits])}. {why}", left)


@dataclass
class _Became:
    """What became of what was written: `book` and `back` have their bytes of before again, `gone`
    are removed, `kept` changed since, `refused` could not be written, for the first reason `error`.
    """

    book: list[Made] = field(default_factory=list)
    back: list[Made] = field(default_factory=list)
    gone: list[Made] = field(default_factory=list)
    kept: list[Made] = field(default_factory=list)
    refused: list[Made] = field(default_factory=list)
    error: CedreError | None = None

    @property
    def sentences(self) -> list[str]:
        """What was done."""
        done = [f"{readable(one.path.name)} est redevenu ce qu'il était" for one in self.book]
        if self.gone:
            done.append(_told("effacé", "effacés", [one.path for one in self.gone]))
        if self.back:
            done.append(_told("tel qu'avant", "tels qu'avant", [one.path for one in self.back]))
        return done

    @property
    def why(self) -> CedreError:
        """Why something was not done."""
        if self.error is not None:
            return self.error
        if there := [one.path for one in self.kept if one.path.exists()]:
            changed = _told("changé depuis", "changés depuis", there)
            return CedreError(f"{changed} ; rien n'est défait.")
        if away := [one.path for one in self.kept if one.before is not None]:
            gone, put = (
                ("n'est plus là, ou plus sous ce nom", "Remettez-le à sa place")
                if len(away) == 1
                else ("ne sont plus là, ou plus sous ces noms", "Remettez-les à leur place")
            )
            return CedreError(
                f"{_names(away)} {gone} ; rien n'est défait. {put}, puis recommencez."
            )
        return CedreError("ce qui avait été écrit n'est plus là ; rien n'est défait.")


def _take_one_back(one: Made, became: _Became) -> None:
    try:
        if not one.path.is_file() or api.digest(one.path) != one.sha256:
            became.kept.append(one)
        elif one.before is not None:
            api.undo(one.path, one.before, sha256=one.sha256)
            became.back.append(one)
        else:
            removed = api.remove_made(one.path, sha256=one.sha256)
            (became.gone if removed else became.kept).append(one)
    except (CedreError, OSError) as error:
        became.refused.append(one)
        became.error = became.error or CedreError(what_stopped(error, "page defaire"))


def _left(last: LastWrite, became: _Became) -> LastWrite | None:
    """What stays to be taken back: what was refused, and what only these bytes can bring back."""
    stays = [*became.refused, *(one for one in became.kept if one.before is not None)]
    made = tuple(one for one in last.made if one in stays)
    is_book_left = last.workbook in stays
    if not made and not is_book_left:
        return None
    before, sha256 = (last.before, last.sha256) if is_book_left else (Before(), "")
    folders = tuple(one for one in last.folders if one.is_dir())
    return replace(last, before=before, sha256=sha256, made=made, folders=folders)


def _holds(folder: Path, left: LastWrite | None) -> bool:
    """Whether something of what stays to be taken back lies in a folder."""
    return left is not None and any(path.is_relative_to(folder) for path in left.paths)


def _told(one: str, several: str, paths: Sequence[Path]) -> str:
    return f"{one if len(paths) == 1 else several} : {_names(paths)}"


def _names(paths: Sequence[Path]) -> str:
    return ", ".join(readable(path.name) for path in paths)
