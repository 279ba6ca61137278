"""The process that does the work of the views, one thing at a time, and tells how far it is.

It can be killed at any instant: the file that it was writing is the old one or the new one.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum, auto
from multiprocessing.connection import Connection
from pathlib import Path

from cedre_xlsx.method.text import readable
from cedre_xlsx.page.model import Answer, Ask, Work
from cedre_xlsx.schema.errors import ChangedError, OpenElsewhereError, PasswordError

_PAUSE = 0.1  # seconds between two words of how far it is
CHANGED = (
    "le classeur a changé depuis ce que la page montrait ; rien n'est écrit. Regardez de nouveau, "
    "puis recommencez."
)
_GONE = (
    "{name} n'est plus dans le dossier, ou plus sous ce nom : il a été supprimé, déplacé ou "
    "renommé{nothing}. Remettez-le à sa place, ou choisissez-le sous son nouveau nom."
)
#: Bytes of memory after which the process is ended, and another begins: what was taken is not given
#: back otherwise. An association of sixty people takes 160 million.
LARGE = 250_000_000


class Hindrance(StrEnum):
    """What kind of thing stopped a work, for what the page does then."""

    SAID = auto()  # one sentence says it all
    DIED = auto()  # the process that worked is gone
    PASSWORD = auto()  # the workbook's password is to be typed
    CHANGED = auto()  # the workbook is no more what was shown
    GONE = auto()  # it is no more where it was
    OPEN = auto()  # it can be written once the program that has it open closes it


@dataclass(frozen=True, slots=True)
class WorkFailure:
    """Why there is no answer, in one French sentence; `wrote` where the workbook was written
    before.
    """

    sentence: str
    kind: Hindrance = Hindrance.SAID
    wrote: bool = False


@dataclass(frozen=True, slots=True)
class WorkDone:
    """What a work gave; `seen` is the SHA-256 of the workbook that it shows, "" of none, and
    `clear` the files that it made out of a protected workbook without its password.
    """

    answer: Answer
    seen: str = ""
    clear: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work is: what is being done, how many of how many; `waits` for a workbook that is
    open elsewhere.
    """

    sentence: str = ""
    done: int = 0
    total: int = 0
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Begun:
    """A new file or folder is about to be made: `before` are the bytes that it writes over. Told
    first, so that it can be taken back even where the process is killed.
    """

    path: Path
    before: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class WorkTask:
    """What is to be done; `seen` is the SHA-256 of the workbook that was shown before a write.
    Without `needs_workbook`, the one that is chosen has nothing to do with it.
    """

    work: Work
    ask: Ask
    writes: bool = False
    seen: str = ""
    passwords: Sequence[str] = ()
    needs_workbook: bool = True


@dataclass(frozen=True, slots=True)
class Over:
    """The end of a task: what it gave; `is_large` when the process took much memory for it, which
    it would keep.
    """

    outcome: WorkDone | WorkFailure
    is_large: bool = False


@dataclass
class Voice:
    """`Says` for a view: to `send`, seldom enough to cost nothing."""

    send: Callable[[Progress | Begun], object]
    sentence: str = ""
    said_at: float = 0.0

    def tell(self, sentence: str) -> None:
        """What is being done."""
        self.sentence = sentence
        self.send(Progress(sentence))

    def progress(self, done: int, total: int) -> None:
        """How many are done, of how many."""
        now = time.monotonic()
        if done >= total or now - self.said_at >= _PAUSE:
            self.said_at = now
            self.send(Progress(self.sentence, done, total))

    def begins(self, path: Path, before: bytes | None) -> None:
        """A file or a folder that is about to be made."""
        self.send(Begun(path, before))


def serve(pipe: Connection) -> None:
    """Do the tasks that come through the pipe until it is closed."""
    for one in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(ValueError):  # not in the main thread
            signal.signal(one, signal.SIG_IGN if one is signal.SIGINT else signal.SIG_DFL)
    with contextlib.suppress(EOFError, OSError):
        _warm_up()
        while True:
            task = pipe.recv()
            said = outcome(task, Voice(pipe.send))
            try:
                pipe.send(Over(said, is_large()))
            except OSError:
                raise
            except Exception as error:  # what cannot be sent, and a view should not answer
                pipe.send(Over(WorkFailure(_unknown(error, task)), is_large()))


def is_large() -> bool:
    """Whether this process took more memory than it should keep; not told on Windows."""
    return _peak() > LARGE


def _peak() -> int:
    """The bytes of memory that this process had at most; 0 where the system does not say it.

    Linux tells it itself: what `resource` says there begins with what the parent had.
    """
    with contextlib.suppress(OSError, IndexError, ValueError):
        told = Path("/proc/self/status").read_text(encoding="utf-8")
        return int(told.partition("VmHWM:")[2].split()[0]) * 1024
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def outcome(task: WorkTask, voice: Voice) -> WorkDone | WorkFailure:
    """What a task gives, or why not: with what was shown before a write, over nothing else."""
    from cedre_xlsx import api

    path = task.ask.workbook
    with api.passwords(*task.passwords) as keyring, api.telling_new(voice.begins):
        try:
            there = api.digest(path) if path is not None and path.is_file() else ""
            if path is None or not (task.writes and task.seen):
                return WorkDone(task.work(task.ask, voice), there, tuple(keyring.clear))
            if not there:
                return _gone(path, task)
            if there != task.seen:
                return WorkFailure(CHANGED, Hindrance.CHANGED)
        except Exception as error:
            return _failure(error, task)
        with api.as_shown(path, task.seen) as shown:
            try:
                return WorkDone(task.work(task.ask, voice), shown.sha256, tuple(keyring.clear))
            except Exception as error:
                return _failure(error, task, wrote=shown.sha256 != task.seen)


def _gone(path: Path, task: WorkTask) -> WorkFailure:
    nothing = " ; rien n'est écrit" if task.writes else ""
    return WorkFailure(_GONE.format(name=readable(path.name), nothing=nothing), Hindrance.GONE)


def _failure(error: Exception, task: WorkTask, *, wrote: bool = False) -> WorkFailure:
    path = task.ask.workbook
    if path is not None and task.needs_workbook and not path.exists() and not wrote:
        return _gone(path, task)
    match error:
        case PasswordError():
            kind = Hindrance.PASSWORD
        case ChangedError():
            kind = Hindrance.CHANGED
        case OpenElsewhereError() if task.writes and not wrote:
            kind = Hindrance.OPEN
        case _:
            kind = Hindrance.SAID
    return WorkFailure(_unknown(error, task), kind, wrote)


def _unknown(error: Exception, task: WorkTask) -> str:
    from cedre_xlsx.api.last_door import what_stopped

    return what_stopped(error, f"page {task.work.__module__.rpartition('.')[2]}")


def _warm_up() -> None:
    """Load what most views need, before anybody asks."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    sys.stdin = None
    from cedre_xlsx.api import checking  # noqa: F401
