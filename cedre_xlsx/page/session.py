"""One run of the page: its folder, its secrets, what it does, who looks at it."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from cedre_xlsx.api.scratch import Scratch
from cedre_xlsx.method.french import counted
from cedre_xlsx.page.jobs import Job, Jobs
from cedre_xlsx.page.model import Action, View
from cedre_xlsx.page.undo import Before, LastWrite, before, last_write, remove_unfinished
from cedre_xlsx.page.worker import Hindrance, WorkFailure, WorkTask

#: Seconds without a sign of a page before it counts as closed: a browser wakes hidden ones once a
#: minute.
_SILENCE = 150.0
#: Seconds that are waited for a page after the last one was closed: going from one to the next
#: closes the first.
_BETWEEN = 6.0
#: Seconds that are waited for the first page.
_FIRST = 300.0
#: Seconds that a page counts as open once the browser put it to sleep: it will not say more.
_ASLEEP = 12 * 3600.0
#: Seconds between two looks after which the machine itself was asleep, and its pages with it.
_NAP = 20.0
#: How many passwords are kept: each is tried on each protected workbook.
_PASSWORDS = 6
_WRITTEN = "Le classeur était déjà écrit : « Défaire » le remet comme il était."
_UNTOUCHED = "Le classeur est resté tel quel."
_NOTHING = "Rien n'est écrit."
_NOTHING_IN_IT = "Rien n'est écrit : le classeur est resté tel quel."


@dataclass
class Session:
    """What the server knows, in memory alone.

    `ticket` opens the page once; `key` is then the first part of every address, `token` what every
    form that changes something must hold. `made` are the files that can be opened, and `handed`
    those that were handed over, by a number.
    """

    folder: Path
    workbook: Path | None
    clock: Callable[[], float] = time.monotonic
    ticket: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    passwords: list[str] = field(default_factory=list)
    made: dict[str, Path] = field(default_factory=dict)
    handed: dict[str, Path] = field(default_factory=dict)
    undo: LastWrite | None = None
    pages: dict[str, float] = field(default_factory=dict)
    is_closing: bool = False

    def __post_init__(self) -> None:
        self.jobs = Jobs(self._starting, self._finished)
        self._before: dict[str, Before] = {}
        self._scratch = Scratch()
        self._looked_at = self.clock()
        self._ends_at = self._looked_at + _FIRST

    @property
    def within(self) -> str:
        """How the whole path of a file of the folder begins, which nobody needs to read."""
        return f"{self.folder}{os.sep}"

    def redeem(self, ticket: str) -> bool:
        """Whether this opens the page: the first time only."""
        if not self.ticket or not secrets.compare_digest(ticket.encode(), self.ticket.encode()):
            return False
        self.ticket = ""
        return True

    def knows(self, key: str) -> bool:
        """Whether an address is of this session."""
        return secrets.compare_digest(key.encode(), self.key.encode())

    def allows(self, token: str) -> bool:
        """Whether a form is of this session."""
        return secrets.compare_digest(token.encode(), self.token.encode())

    def upload_folder(self) -> Path:
        """A new folder for what is handed over, which goes with the session."""
        return self._scratch.folder()

    def hand_over(self, path: Path) -> None:
        """Keep a file that was handed over for the next form."""
        self.handed[secrets.token_hex(8)] = path

    def handed_number(self, path: Path) -> str:
        """Under which number such a file is asked for again."""
        return next(number for number, handed in self.handed.items() if handed == path)

    def try_password(self, password: str) -> None:
        """Keep a password, to be tried first."""
        if password in self.passwords:
            self.passwords.remove(password)
        self.passwords.insert(0, password)
        del self.passwords[_PASSWORDS:]

    def begin(self, view: View, action: Action | None, task: WorkTask) -> Job:
        """Have something done."""
        return self.jobs.begin(view, action, task)

    def _starting(self, job: Job) -> None:
        self._before[job.number] = before(job.task.ask.workbook)

    def _finished(self, job: Job) -> None:
        """Remember what it made and what was there before, and say what became of one that was
        stopped.
        """
        begun, job.begun = job.begun, {}
        made = job.answer.made if job.answer else ()
        for path in made:
            if path not in self.made.values():
                self.made[secrets.token_hex(8)] = path
        was = self._before.pop(job.number, None)
        if was is None or job.is_over:  # one that shows, or was cancelled while it waited
            return
        failure = job.failure
        stopped = job.is_stopped or (failure is not None and failure.kind is Hindrance.DIED)
        begun = {path: old for path, old in begun.items() if path.is_relative_to(self.folder)}
        if stopped:
            remove_unfinished((*begun, was.path) if was.path else begun)
        wrote = last_write(
            job.view.title,
            was if failure is None or stopped or failure.wrote else Before(),
            made,
            job.seen,
            begun,
        )
        self.undo = wrote or self.undo
        if failure is not None:
            job.failure = _with_what_it_left(job, failure, was, wrote, stopped=stopped)

    def leave(self, left: LastWrite | None) -> None:
        """Keep what stays to be taken back, unless something was written meanwhile."""
        self.undo = self.undo or left

    def number_of(self, path: Path) -> str:
        """Under which number a made file is opened; "" where it is none."""
        return next((number for number, made in self.made.items() if made == path), "")

    def seen(self, page: str, *, sleeps: bool = False) -> None:
        """A page says that it is open, or that the browser puts it to sleep."""
        self.pages[page] = self.clock() + (_ASLEEP if sleeps else _SILENCE)

    def left(self, page: str) -> None:
        """A page says that it is closed."""
        if self.pages.pop(page, None) is not None and not self.pages:
            self._ends_at = self.clock() + _BETWEEN

    def look(self) -> None:
        """See who is there; called every second.

        A machine that was asleep let no page say anything meanwhile.
        """
        now = self.clock()
        nap = now - self._looked_at
        self._looked_at = now
        if nap > _NAP:
            self.pages = {page: until + nap for page, until in self.pages.items()}
            self._ends_at += nap
        for page in [page for page, until in self.pages.items() if now > until]:
            self.left(page)
        if self.is_closing or self._is_alone:
            self.jobs.give_up()

    @property
    def _is_alone(self) -> bool:
        return not self.pages and self.clock() > self._ends_at

    @property
    def is_over(self) -> bool:
        """Whether nobody looks any more, or somebody closed it, and nothing is being written."""
        return (self.is_closing or self._is_alone) and not self.jobs.is_busy

    def close(self) -> None:
        """Leave nothing: neither the process nor what was handed over."""
        self.jobs.close()
        self._scratch.close()


def _with_what_it_left(
    job: Job, failure: WorkFailure, was: Before, wrote: LastWrite | None, *, stopped: bool
) -> WorkFailure:
    """A failure that says what was written before it came."""
    left = []
    if stopped and wrote is None:
        left.append(_NOTHING if was.path is None else _NOTHING_IN_IT)
    elif stopped and was.path is not None:
        left.append(_WRITTEN if wrote and wrote.sha256 else _UNTOUCHED)
    if wrote and wrote.made:
        count = counted(len(wrote.made), "fichier était déjà fait", "fichiers étaient déjà faits")
        left.append(f"{count} : « Défaire » remet tout comme avant.")
    if job.is_stopped:
        return job.called_off(" ".join(left))
    return replace(failure, sentence=" ".join([failure.sentence, *left]))
