"""What was asked of the views: done one after the other by a process, followed, cancelled."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from enum import StrEnum, auto
from multiprocessing.connection import Connection

from cedre_xlsx.page.model import Action, Answer, View
from cedre_xlsx.page.worker import Failure, Task, Told, Voice, outcome, serve

#: How many answers are kept, for who goes back to one.
_KEPT = 24
_DIED = (
    "le travail s'est arrêté net (la mémoire, peut-être) : un fichier qui s'écrivait est l'ancien "
    "ou le nouveau, jamais un morceau. Fermez d'autres programmes, puis recommencez."
)
_CANCELLED = "Annulé. Un fichier qui s'écrivait est l'ancien ou le nouveau, jamais un morceau."


class State(StrEnum):
    """Where a job is."""

    QUEUED = auto()
    RUNNING = auto()
    DONE = auto()
    FAILED = auto()
    CANCELLED = auto()


@dataclass
class Job:
    """One thing asked of a view, from the click to the answer; `action` is None to show it.

    `seen` is the SHA-256 that the workbook had when it was asked for.
    """

    view: View
    action: Action | None
    task: Task
    seen: str = ""
    number: str = field(default_factory=lambda: secrets.token_hex(8))
    state: State = State.QUEUED
    told: Told = field(default_factory=Told)
    answer: Answer | None = None
    failure: Failure | None = None
    began: float = field(default_factory=time.monotonic)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self.state in (State.DONE, State.FAILED, State.CANCELLED)

    def move(self) -> None:
        """Wake up who follows it."""
        self.changed.set()
        self.changed = asyncio.Event()

    async def over(self, seconds: float | None = None) -> bool:
        """Wait until it is over, so long at most; whether it is."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not self.is_over:
                    await self.changed.wait()
        return self.is_over

    async def news(self) -> AsyncIterator[None]:
        """Each time that something changed, until it is over."""
        while not self.is_over:
            yield
            await self.changed.wait()
        yield


class Jobs:
    """All of them; one at a time is under way, so that two pages take turns."""

    def __init__(self, finished: Callable[[Job], None] = lambda _: None) -> None:
        """`finished` is called once of each, whatever became of it."""
        self._finished = finished
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._turn = asyncio.Lock()
        self._worker = _Worker()
        self._running: set[asyncio.Task[None]] = set()

    def begin(self, view: View, action: Action | None, task: Task, seen: str = "") -> Job:
        """Ask for something; it is done when those before it are."""
        job = Job(view, action, task, seen)
        self._jobs[job.number] = job
        while len(self._jobs) > _KEPT and next(iter(self._jobs.values())).is_over:
            self._jobs.popitem(last=False)
        running = asyncio.get_running_loop().create_task(self._run(job))
        self._running.add(running)
        running.add_done_callback(self._running.discard)
        return job

    def get(self, number: str) -> Job | None:
        """A job that is still known."""
        return self._jobs.get(number)

    @property
    def is_busy(self) -> bool:
        """Whether something is under way or waits."""
        return any(not job.is_over for job in self._jobs.values())

    def cancel(self, job: Job) -> None:
        """Stop it at once, wherever it is."""
        if job.is_over:
            return
        was_running = job.state is State.RUNNING
        job.state, job.failure = State.CANCELLED, Failure(_CANCELLED)
        if was_running:
            self._worker.kill()  # `_run` goes on once it is gone
        else:
            job.move()

    def close(self) -> None:
        """End the process."""
        self._worker.kill()

    async def _run(self, job: Job) -> None:
        is_light = job.view.is_light and job.action is None
        async with contextlib.nullcontext() if is_light else self._turn:
            if job.is_over:
                return
            job.state = State.RUNNING
            job.move()
            said = await (_done_here(job) if is_light else self._worker.run(job))
            if not job.is_over:
                job.answer = said if isinstance(said, Answer) else None
                job.failure = said if isinstance(said, Failure) else None
                job.state = State.DONE if job.answer else State.FAILED
            self._finished(job)
            job.move()


async def _done_here(job: Job) -> Answer | Failure:
    """In the server's own process, where that costs next to nothing."""
    return await asyncio.to_thread(outcome, job.task, Voice(lambda _: None))


class _Worker:
    """The process; started before it is needed, and anew after it was killed."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._begin()

    def _begin(self) -> None:
        ours, theirs = self._context.Pipe()
        self._pipe: Connection = ours
        self._process = self._context.Process(target=serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def kill(self) -> None:
        """End it, whatever it does."""
        self._process.kill()

    async def run(self, job: Job) -> Answer | Failure:
        """Have a task done; what it tells meanwhile is the job's."""
        loop = asyncio.get_running_loop()
        if not self._process.is_alive():
            self._renew()
        said: asyncio.Queue[Answer | Failure | Told] = asyncio.Queue()

        def listen(pipe: Connection) -> None:
            one: Answer | Failure | Told = Told()
            while isinstance(one, Told):
                try:
                    one = pipe.recv()
                except (EOFError, OSError):
                    one = Failure(_DIED)
                loop.call_soon_threadsafe(said.put_nowait, one)

        try:
            self._pipe.send(job.task)
        except OSError:
            return Failure(_DIED)
        threading.Thread(target=listen, args=(self._pipe,), daemon=True).start()
        while isinstance(one := await said.get(), Told):
            job.told = one
            job.move()
        if one == Failure(_DIED):  # the pipe is closed a little before the process is gone
            self.kill()
            self._renew()
        return one

    def _renew(self) -> None:
        self._process.join()
        self._pipe.close()
        self._begin()
