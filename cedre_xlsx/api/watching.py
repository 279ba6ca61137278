"""`watch`: each time a workbook is saved and closed, refresh it.

The folder is looked at now and then: what a system tells of changes differs from one to another,
and network drives tell nothing. What is said holds no personal data: the name of the file, and
counts. Locks hold names of people, so do the names of copies in conflict, and errors may quote the
workbook: none is ever said.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
import time
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.opening import lacks_sentence
from cedre_xlsx.api.refreshing import refresh
from cedre_xlsx.files.copies import WHAT_TO_DO, conflict_copies
from cedre_xlsx.files.locks import ensure_writable
from cedre_xlsx.files.protection import is_protected
from cedre_xlsx.files.protection.keyring import without_asking
from cedre_xlsx.files.stand_ins import missing
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.text import readable
from cedre_xlsx.schema.errors import CedreError, ForeignWorkbookError, UnfinishedFileError
from cedre_xlsx.workbook.read.formats import read_bytes

#: A file is dealt with once it has not changed for so long: a burst of saves counts once.
QUIET = 2.0  # seconds
_LOOK, _SELDOM = 1.0, 10.0  # seconds between two looks; at most, at a drive that answers slowly
_SHARE = 50  # how many times longer it waits than it looks
_AGAIN = 30.0  # seconds before what the system refused is tried again
_SUFFIXES = (".xlsx", ".xlsm")
_FOREIGN = "pas un classeur CEDRE, ou sans ses feuilles : laissé tel quel."


class State(StrEnum):
    """What `watch` did, or met, at one look at the file."""

    STARTED = "started"
    REFRESHED = "refreshed"
    UP_TO_DATE = "up to date"
    WAITING = "waiting"  # saved, but open elsewhere, protected, or refused by the system
    FAILED = "failed"
    FOREIGN = "foreign"  # not a workbook of ours: left as it is
    COPY = "copy"  # a copy in conflict has appeared
    LOST = "lost"  # the folder cannot be reached
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Watched:
    """One thing that happened: when, to which file or folder, and its French sentence."""

    at: datetime
    path: Path
    state: State
    sentence: str

    @property
    def line(self) -> str:
        """The event as a log tells it: the moment, then the sentence."""
        return f"{french_day(self.at)} {self.at:%H:%M:%S}  {self.sentence}"


@checked
def watch(path: Path | str, *, stop: threading.Event | None = None) -> Iterator[Watched]:
    """Watch a workbook, or those of a folder (not of its subfolders), until `stop` is set.

    Each time one was saved and closed, it is refreshed at the day's date; what happened is yielded
    as it happens. Never while a lock file of Excel or LibreOffice stands beside it; our own
    writing does not count as a save; copies in conflict are told and left alone. The password of a
    protected workbook is needed at the start, and kept; in a folder, those that are known serve.
    Raises CedreError when there is nothing to watch, and for a workbook that stays closed.
    """
    path = Path(path)
    _open_protected(path)
    return _watching(_Watcher(path, *_place(path)), stop or threading.Event())


def _watching(watcher: _Watcher, stop: threading.Event) -> Iterator[Watched]:
    yield from watcher.start()
    pause = _LOOK
    while not stop.wait(pause):
        begun = time.monotonic()
        files = watcher.seen()
        pause = min(max(_LOOK, _SHARE * (time.monotonic() - begun)), _SELDOM)
        yield from watcher.look(begun, files)


def _place(path: Path) -> tuple[Path, str]:
    """The folder to watch, and the name of the only file in it that counts; "" for all."""
    if path.is_dir():
        return path, ""
    if not path.exists():
        raise CedreError(missing(path))
    if path.suffix.lower() not in _SUFFIXES:
        raise CedreError(f"{path} : seul un classeur .xlsx, ou un dossier, peut être surveillé.")
    target = path.resolve()
    return target.parent, target.name


def _open_protected(path: Path) -> None:
    """Have the password of a protected workbook asked for while somebody is there.

    Raises CedreError where it is not given: nothing could be done at any save.
    """
    if path.is_file() and is_protected(path):
        read_bytes(path)


def _key(name: str) -> str:
    """A file's name whatever way the system writes its accents."""
    return unicodedata.normalize("NFC", name)


@dataclass
class _Watcher:
    """What is known of the files of a folder, and what is done about them.

    `marks` are size, times and number of a file when last looked at; `dealt` the digest of what
    was dealt with; `pending` when the files to deal with last changed; `waiting` those of them
    that were said to be open; `copies` the copies in conflict, each with the workbook that it is a
    copy of, and `told` those that were said.
    """

    given: Path
    folder: Path
    only: str
    marks: dict[Path, tuple[int, ...]] = field(default_factory=dict)
    dealt: dict[Path, str] = field(default_factory=dict)
    pending: dict[Path, float] = field(default_factory=dict)
    waiting: set[Path] = field(default_factory=set)
    copies: dict[Path, Path] = field(default_factory=dict)
    told: set[Path] = field(default_factory=set)
    found: list[str] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    is_lost: bool = False

    def start(self) -> Iterator[Watched]:
        """What is there is known, and left as it is until it is saved."""
        for file in self.seen() or ():
            self._has_changed(file)
        what = readable(self.given.name or str(self.given))
        yield _told(self.given, State.STARTED, f"{what} : surveillance commencée (Ctrl-C : arrêt).")
        yield from self._new_copies()

    def seen(self) -> list[Path] | None:
        """The workbooks that count, copies in conflict left out; None without the folder."""
        try:
            with os.scandir(self.folder) as entries:
                found = sorted(entry.name for entry in entries if _is_workbook(entry))
        except OSError:
            return None
        if found != self.found:
            self.found = found
            wanted = [name for name in found if not self.only or _key(name) == _key(self.only)]
            paths = [self.folder / name for name in wanted]
            self.copies = _copies_of(paths, only=bool(self.only))
            self.files = [path for path in paths if path not in self.copies]
        return self.files

    def look(self, now: float, files: list[Path] | None) -> Iterator[Watched]:
        """Note what was saved; deal with what was closed and has been quiet for a while."""
        if files is None:
            if not self.is_lost:
                self.is_lost = True
                yield _told(self.given, State.LOST, "Dossier inaccessible ; nouvel essai bientôt.")
            return
        if self.is_lost:
            self.is_lost = False
            yield _told(self.given, State.BACK, "Dossier de nouveau accessible.")
        yield from self._new_copies()
        for file in files:
            if self._has_changed(file):
                self.pending[file] = now
        for file, since in list(self.pending.items()):
            if file not in files:
                self._forget(file)
            elif now - since >= QUIET:
                yield from self._closed(file)

    def _new_copies(self) -> Iterator[Watched]:
        for copy in sorted(self.copies.keys() - self.told):
            name = readable(self.copies[copy].name)
            yield _told(
                copy,
                State.COPY,
                f"Attention : une copie en conflit est à côté de {name}. "
                f"{WHAT_TO_DO} ; la copie n'est pas actualisée.",
            )
        there = {self.folder / name for name in self.found}
        self.told = (self.told | self.copies.keys()) & there

    def _has_changed(self, file: Path) -> bool:
        try:
            there = file.stat()
        except OSError:
            return False
        mark = (there.st_size, there.st_mtime_ns, there.st_ctime_ns, there.st_ino)
        before, self.marks[file] = self.marks.get(file), mark
        return mark != before

    def _forget(self, file: Path) -> None:
        self.pending.pop(file, None)
        self.waiting.discard(file)

    def _closed(self, file: Path) -> Iterator[Watched]:
        """A file that was saved: refreshed if it is closed, else kept for later."""
        if not _is_free(file):
            yield from self._wait(
                file, "enregistré, mais encore ouvert (ou protégé) ; attend sa fermeture."
            )
            return
        try:
            before = _digest(file)
            told = None if before == self.dealt.get(file) else self._refreshed(file, before)
        except Exception as error:  # whatever the file holds, the others are still watched
            yield from self._failed(file, error)
            return
        self._forget(file)
        if told is not None:
            yield told

    def _refreshed(self, file: Path, before: str) -> Watched:
        name = readable(file.name)
        try:
            with without_asking():
                done = refresh(file)
        except ForeignWorkbookError:
            self.dealt[file] = before
            return _told(file, State.FOREIGN, f"{name} : {_FOREIGN}")
        self.dealt[file] = done.sha256
        what = "contrôlé et actualisé" if done.changed else "contrôlé, déjà à jour"
        state = State.REFRESHED if done.changed else State.UP_TO_DATE
        copies = "une copie en conflit est à côté." if file in self.copies.values() else ""
        warned = filter(None, (copies, lacks_sentence(done.not_found)))
        said = "".join(f" Attention : {one}" for one in warned)
        return _told(file, state, f"{name} : {what}. {done.summary}{said}")

    def _wait(self, file: Path, why: str) -> Iterator[Watched]:
        if file not in self.waiting:
            self.waiting.add(file)
            yield _told(file, State.WAITING, f"{readable(file.name)} : {why}")

    def _failed(self, file: Path, error: Exception) -> Iterator[Watched]:
        """Said once, unless the file was opened or saved again in the meantime.

        What the system refuses it may allow later: a program that holds a file without a lock
        beside it, a full disk, a network.
        """
        if not file.exists() or self._has_changed(file) or not _is_free(file):
            self.pending[file] = time.monotonic()
            return
        if isinstance(error, UnfinishedFileError):
            self.pending[file] = time.monotonic() + _AGAIN
            yield from self._wait(
                file, "copie ou synchronisation en cours, pas encore entier ; nouvel essai bientôt."
            )
            return
        if isinstance(error, OSError) or isinstance(error.__cause__, OSError):
            self.pending[file] = time.monotonic() + _AGAIN
            yield from self._wait(
                file, "enregistré, mais le système refuse d'y toucher ; nouvel essai bientôt."
            )
            return
        self._forget(file)
        with contextlib.suppress(OSError):
            self.dealt[file] = _digest(file)
        yield _told(
            file,
            State.FAILED,
            f"{readable(file.name)} : n'a pas pu être actualisé. Pour savoir pourquoi : "
            f'cedre-xlsx refresh "{readable(file.name)}"',
        )


def _is_workbook(entry: os.DirEntry[str]) -> bool:
    name = entry.name
    return (
        name.lower().endswith(_SUFFIXES)
        and not name.startswith(("~$", "."))
        and (not entry.is_dir())
    )


def _copies_of(files: Iterable[Path], *, only: bool) -> dict[Path, Path]:
    """The copies in conflict, and what each is a copy of.

    For one file, all that lie beside it; else the longer name of two.
    """
    return {
        copy: file
        for file in sorted(files, key=lambda file: len(file.name), reverse=True)
        for copy in conflict_copies(file)
        if only or len(copy.stem) > len(file.stem)
    }


def _is_free(path: Path) -> bool:
    """Whether nobody has it open, and it may be written."""
    try:
        ensure_writable(path)
    except (CedreError, OSError):
        return False
    return True


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _told(path: Path, state: State, sentence: str) -> Watched:
    return Watched(datetime.now().astimezone(), path, state, sentence)
