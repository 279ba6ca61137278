"""`watch`: each time a workbook is saved and closed, check it and refresh it.

What is told holds no personal data: the name of the file, and counts. Locks hold names of people,
so do the names of copies in conflict, and errors may quote the workbook: none is ever told.
"""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
import threading
import time
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from cedre_xlsx.api.checking import check
from cedre_xlsx.api.opening import lacks_sentence
from cedre_xlsx.api.refreshing import refresh
from cedre_xlsx.method.text import readable
from cedre_xlsx.reports.findings.report import Report
from cedre_xlsx.schema.errors import CedreError, ForeignWorkbookError, UnfinishedFileError
from cedre_xlsx.schema.system_errors import system_words
from cedre_xlsx.schema.tables import PEOPLE
from cedre_xlsx.workbook.package.copies import conflict_copies
from cedre_xlsx.workbook.package.locks import ensure_writable
from cedre_xlsx.workbook.package.replace import replace_file
from cedre_xlsx.workbook.read.stand_ins import missing

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import BaseObserver

#: A file is dealt with once it has not changed for so long: a burst of saves counts once.
QUIET = 2.0  # seconds
_PAUSE = 0.5  # seconds between two looks at what the system told
_LOOK = 5.0  # seconds between two looks at the folder when it told nothing, or with `poll`
_AGAIN = 30.0  # seconds before what the system refused is tried again
_SUFFIXES = (".xlsx", ".xlsm")
#: What changes a file; that it was opened and read, by us mostly, does not.
_CHANGES = ("created", "modified", "moved", "closed", "deleted")


class State(StrEnum):
    """What happened."""

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
        """The line of a log."""
        return f"{self.at:%d/%m/%Y %H:%M:%S}  {self.sentence}"


def watch(
    path: Path | str, *, poll: bool = False, stop: threading.Event | None = None
) -> Iterator[Watched]:
    """Watch a workbook, or those of a folder (not of its subfolders), until `stop` is set.

    Each time one was saved and closed, it is checked and refreshed at the day's date; what
    happened is yielded as it happens. Never while a lock file of Excel or LibreOffice stands
    beside it; our own writing does not count as a save; copies in conflict are told and left
    alone. `poll` looks every five seconds, for network drives, which tell nothing. Raises
    CedreError when there is nothing to watch, or watchdog (the extra "watch") is not installed.
    """
    path = Path(path)
    watcher = _Watcher(path, *_place(path))
    changed = _Changed()
    observer = _observer(watcher.folder, changed, poll=poll)
    return _watching(watcher, changed, observer, stop or threading.Event())


def _watching(
    watcher: _Watcher, changed: _Changed, observer: BaseObserver, stop: threading.Event
) -> Iterator[Watched]:
    _start(observer, watcher.given)
    try:
        yield from watcher.start()
        looked = time.monotonic()
        while not stop.wait(_PAUSE):
            now, names = time.monotonic(), changed.take()
            if names or watcher.is_busy or now - looked >= _LOOK:
                looked = now
                yield from watcher.look(now, names)
    finally:
        observer.stop()
        observer.join()


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


def _observer(folder: Path, changed: _Changed, *, poll: bool) -> BaseObserver:
    """What listens to the system, or looks by itself."""
    try:
        from watchdog.events import FileSystemEventHandler
        from watchdog.observers import Observer
        from watchdog.observers.polling import PollingObserver
    except ImportError as error:
        raise CedreError(
            "La surveillance demande l'extra « watch » : "
            'pip install "cedre-xlsx[watch]", puis recommencez.'
        ) from error

    class Handler(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            changed.add(event)

    observer: BaseObserver = PollingObserver(timeout=_LOOK) if poll else Observer()
    observer.schedule(Handler(), str(folder), recursive=False)
    return observer


def _start(observer: BaseObserver, shown: Path) -> None:
    try:
        observer.start()
    except OSError as error:
        raise CedreError(
            f"{shown} : le système refuse de surveiller ce dossier ({system_words(error)}) ; "
            "essayez avec --poll."
        ) from error


class _Changed:
    """The names of the files that the system says have changed since they were last taken."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._lock = threading.Lock()

    def add(self, event: FileSystemEvent) -> None:
        if event.event_type in _CHANGES and not event.is_directory:
            paths = (str(event.src_path), str(event.dest_path))
            with self._lock:
                self._names.update(_key(Path(path).name) for path in paths if path)

    def take(self) -> set[str]:
        with self._lock:
            names, self._names = self._names, set()
        return names


def _key(name: str) -> str:
    """A file's name whatever way the system writes its accents."""
    return unicodedata.normalize("NFC", name)


@dataclass
class _Watcher:
    """What is known of the files of a folder, and what is done about them.

    `marks` are size, time and number of a file when last looked at; `dealt` the digest of what
    was dealt with; `pending` when the files to deal with last changed; `waiting` those of them
    that were said to be open; `copies` the copies in conflict, each with the workbook that it is a
    copy of, and `told` those that were said.
    """

    given: Path
    folder: Path
    only: str
    marks: dict[Path, tuple[int, int, int]] = field(default_factory=dict)
    dealt: dict[Path, str] = field(default_factory=dict)
    pending: dict[Path, float] = field(default_factory=dict)
    waiting: set[Path] = field(default_factory=set)
    copies: dict[Path, Path] = field(default_factory=dict)
    told: set[Path] = field(default_factory=set)
    found: list[Path] = field(default_factory=list)
    is_lost: bool = False

    @property
    def is_busy(self) -> bool:
        """Whether something was saved that is not yet quiet."""
        return not self.pending.keys() <= self.waiting

    def start(self) -> Iterator[Watched]:
        """What is there is known, and left as it is until it is saved."""
        files = self._files()
        for file in files:
            self._has_changed(file)
        what = readable(self.given.name or str(self.given))
        yield _told(self.given, State.STARTED, f"{what} : surveillance commencée (Ctrl-C : arrêt).")
        yield from self._new_copies()

    def look(self, now: float, changed: set[str]) -> Iterator[Watched]:
        """Note what was saved; deal with what was closed and has been quiet for a while."""
        try:
            files = self._files()
        except OSError:
            if not self.is_lost:
                self.is_lost = True
                yield _told(self.given, State.LOST, "Dossier inaccessible ; nouvel essai bientôt.")
            return
        if self.is_lost:
            self.is_lost = False
            yield _told(self.given, State.BACK, "Dossier de nouveau accessible.")
        yield from self._new_copies()
        for file in files:
            if self._has_changed(file) or _key(file.name) in changed:
                self.pending[file] = now
        for file, since in list(self.pending.items()):
            if file not in files:
                self._forget(file)
            elif now - since >= QUIET:
                yield from self._closed(file)

    def _files(self) -> list[Path]:
        """The workbooks that count, copies in conflict left out."""
        found = sorted(path for path in self.folder.iterdir() if _is_workbook(path))
        wanted = [path for path in found if not self.only or _key(path.name) == _key(self.only)]
        if found != self.found:
            self.found = found
            self.copies = _copies_of(wanted, only=bool(self.only))
        return [path for path in wanted if path not in self.copies]

    def _new_copies(self) -> Iterator[Watched]:
        for copy in sorted(self.copies.keys() - self.told):
            name = readable(self.copies[copy].name)
            yield _told(
                copy,
                State.COPY,
                f"Attention : une copie en conflit est à côté de {name}. "
                "Vérifiez laquelle est la bonne ; la copie n'est pas actualisée.",
            )
        self.told = (self.told | self.copies.keys()).intersection(self.found)

    def _has_changed(self, file: Path) -> bool:
        try:
            there = file.stat()
        except OSError:
            return False
        mark = (there.st_size, there.st_mtime_ns, there.st_ino)
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
            done = None if before == self.dealt.get(file) else _checked_and_refreshed(file, before)
        except Exception as error:  # whatever the file holds, the others are still watched
            yield from self._failed(file, error)
            return
        self._forget(file)
        if done is not None:
            self.dealt[file] = done.sha256
            yield _told(file, done.state, f"{readable(file.name)} : {done.sentence}")

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


def _is_workbook(path: Path) -> bool:
    is_mark = path.name.startswith(("~$", "."))
    return path.suffix.lower() in _SUFFIXES and not is_mark and not path.is_dir()


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


@dataclass(frozen=True, slots=True)
class _Done:
    """What became of a file, and the digest of what it holds now."""

    state: State
    sentence: str
    sha256: str


def _checked_and_refreshed(path: Path, sha256: str) -> _Done:
    """Refresh the file that has this digest; what is written is known to the byte: it is made
    aside first, so that a save in the meantime is never taken for ours.
    """
    try:
        report = check(path)
    except ForeignWorkbookError:
        return _Done(State.FOREIGN, "pas un classeur CEDRE : laissé tel quel.", sha256)
    if _is_foreign(report):
        return _Done(State.FOREIGN, "pas de feuille Personnes : laissé tel quel.", sha256)
    with tempfile.TemporaryDirectory(prefix="cedre-xlsx-") as aside:
        made = Path(aside) / path.name
        refreshed = refresh(path, output=made)
        data = made.read_bytes()
    if refreshed.changed:
        ensure_writable(path)
        replace_file(path, data, expected_sha256=sha256)
    state = State.REFRESHED if refreshed.changed else State.UP_TO_DATE
    what = "contrôlé et actualisé" if refreshed.changed else "contrôlé, déjà à jour"
    copies = "une copie en conflit est à côté." if conflict_copies(path) else ""
    warned = filter(None, (copies, lacks_sentence(refreshed.not_found)))
    said = "".join(f" Attention : {one}" for one in warned)
    return _Done(state, f"{what}. {report.summary_line}{said}", hashlib.sha256(data).hexdigest())


def _is_foreign(report: Report) -> bool:
    """Whether the sheet Personnes was not found: such a workbook is not touched unasked."""
    return any(
        one.code == "LEC01" and one.place.sheet == PEOPLE.sheet and not one.place.column
        for one in report.findings
    )


def _told(path: Path, state: State, sentence: str) -> Watched:
    return Watched(datetime.now().astimezone(), path, state, sentence)
