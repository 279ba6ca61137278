"""One run of the page: its folder, its secrets, what it does, who looks at it."""

from __future__ import annotations

import secrets
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cedre_xlsx.page.jobs import Job, Jobs
from cedre_xlsx.page.model import Action, View
from cedre_xlsx.page.undo import Before, LastWrite, before, last_write
from cedre_xlsx.page.worker import Task

#: Seconds without a sign of a page before it counts as closed: a browser wakes hidden ones once a
#: minute.
_SILENCE = 150.0
#: Seconds that are waited for a page after the last one was closed: going from one to the next
#: closes the first.
_BETWEEN = 6.0
#: Seconds that are waited for the first page.
_FIRST = 300.0


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
        self.jobs = Jobs(self._finished)
        self._before: dict[str, Before] = {}
        self._uploads = tempfile.TemporaryDirectory(prefix="cedre-page-")
        self._emptied_at = self.clock() + _FIRST

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
        return Path(tempfile.mkdtemp(dir=self._uploads.name))

    def hand_over(self, path: Path) -> None:
        """Keep a file that was handed over for the next form."""
        self.handed[secrets.token_hex(8)] = path

    def handed_number(self, path: Path) -> str:
        """Under which number such a file is asked for again."""
        return next(number for number, handed in self.handed.items() if handed == path)

    def begin(self, view: View, action: Action | None, task: Task) -> Job:
        """Have something done, and remember what was there before it writes."""
        workbook = task.ask.workbook
        was = before(workbook)
        job = self.jobs.begin(view, action, task, was.sha256)
        if task.writes:
            self._before[job.number] = was
        return job

    def _finished(self, job: Job) -> None:
        for path in job.answer.made if job.answer else ():
            if path not in self.made.values():
                self.made[secrets.token_hex(8)] = path
        was = self._before.pop(job.number, None)
        if was is not None and job.action is not None:
            made = job.answer.made if job.answer else ()
            self.undo = last_write(job.view.title, was, made) or self.undo

    def number_of(self, path: Path) -> str:
        """Under which number a made file is opened; "" where it is none."""
        return next((number for number, made in self.made.items() if made == path), "")

    def seen(self, page: str) -> None:
        """A page says that it is open."""
        self.pages[page] = self.clock()

    def left(self, page: str) -> None:
        """A page says that it is closed."""
        if self.pages.pop(page, None) is not None and not self.pages:
            self._emptied_at = self.clock() + _BETWEEN

    @property
    def is_over(self) -> bool:
        """Whether nobody looks any more, and nothing is under way."""
        now = self.clock()
        for page in [page for page, at in self.pages.items() if now - at > _SILENCE]:
            self.left(page)
        if self.is_closing:
            return True
        return not self.pages and now > self._emptied_at and not self.jobs.is_busy

    def close(self) -> None:
        """Leave nothing: neither the process nor what was handed over."""
        self.jobs.close()
        self._uploads.cleanup()
