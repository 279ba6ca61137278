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
from dataclasses import dataclass
from enum import StrEnum, auto
from multiprocessing.connection import Connection

from cedre_xlsx.page.model import Answer, Ask, Work
from cedre_xlsx.page.shortened import shortened

#: Seconds between two looks at a workbook that is open elsewhere; between two words of how far.
_LOOK, _PAUSE = 1.0, 0.1


class Hindrance(StrEnum):
    """What kind of thing stopped a work, for what the page does then."""

    SAID = auto()  # one sentence says it all
    PASSWORD = auto()  # the workbook's password is to be typed
    CHANGED = auto()  # the workbook is no more what was shown


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no answer, in one French sentence."""

    sentence: str
    kind: Hindrance = Hindrance.SAID


@dataclass(frozen=True, slots=True)
class Told:
    """How far the work is: what is being done, how many of how many; `waits` for a workbook that is
    open elsewhere.
    """

    sentence: str = ""
    done: int = 0
    total: int = 0
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done; `seen` is the SHA-256 of the workbook that was shown before a write."""

    work: Work
    ask: Ask
    writes: bool = False
    seen: str = ""
    passwords: Sequence[str] = ()


@dataclass
class Voice:
    """`Says` for a view: to `send`, seldom enough to cost nothing."""

    send: Callable[[Told], object]
    sentence: str = ""
    said_at: float = 0.0

    def tell(self, sentence: str) -> None:
        """What is being done."""
        self.sentence = sentence
        self.send(Told(sentence))

    def progress(self, done: int, total: int) -> None:
        """How many are done, of how many."""
        now = time.monotonic()
        if done >= total or now - self.said_at >= _PAUSE:
            self.said_at = now
            self.send(Told(self.sentence, done, total))


def serve(pipe: Connection) -> None:
    """Do the tasks that come through the pipe until it is closed."""
    for one in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(ValueError):  # not in the main thread
            signal.signal(one, signal.SIG_IGN if one is signal.SIGINT else signal.SIG_DFL)
    _warm_up()
    with contextlib.suppress(EOFError, OSError):
        while True:
            task = pipe.recv()
            pipe.send(outcome(task, Voice(pipe.send)))


def outcome(task: Task, voice: Voice) -> Answer | Failure:
    """What a task gives, or why not."""
    from cedre_xlsx import api
    from cedre_xlsx.api.last_door import what_stopped
    from cedre_xlsx.schema.errors import OpenElsewhereError, PasswordError

    try:
        with api.passwords(*task.passwords):
            while True:
                try:
                    if task.writes and task.seen and api.digest(task.ask.book) != task.seen:
                        return Failure(CHANGED, Hindrance.CHANGED)
                    return task.work(task.ask, voice)
                except OpenElsewhereError as error:
                    if not task.writes:
                        raise
                    voice.send(Told(shortened(task.ask, str(error)), waits=True))
                    time.sleep(_LOOK)
    except PasswordError as error:
        return Failure(shortened(task.ask, str(error)), Hindrance.PASSWORD)
    except Exception as error:
        said = what_stopped(error, f"page {task.work.__module__.rpartition('.')[2]}")
        return Failure(shortened(task.ask, said))


CHANGED = (
    "le classeur a changé depuis ce que la page montrait ; rien n'est écrit. Regardez de nouveau, "
    "puis recommencez."
)


def _warm_up() -> None:
    """Load what most views need, before anybody asks."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    sys.stdin = None
    from cedre_xlsx.api import checking  # noqa: F401
