"""What was asked of the views: done one after the other by a process, followed, cancelled."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import pickle
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from enum import StrEnum, auto
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

from cedre_xlsx.page.model import Action, Answer, View
from cedre_xlsx.page.worker import (
    Begun,
    Hindrance,
    Over,
    Progress,
    Voice,
    WorkDone,
    WorkFailure,
    WorkTask,
    outcome,
    serve,
)

#: How many answers are kept, for who goes back to one, and of how many bytes in all; the last one
#: is, whatever it weighs.
_KEPT, _KEPT_BYTES = 24, 48 * 1024 * 1024
#: Seconds between two looks at a workbook that is open elsewhere, the first and the longest.
_LOOK, _LONGEST_LOOK = 0.5, 3.0
_DIED = (
    "le travail s'est arrêté net (la mémoire, peut-être) : un fichier qui s'écrivait est l'ancien "
    "ou le nouveau, jamais un morceau. Fermez d'autres programmes, puis recommencez."
)


class State(StrEnum):
    """Where a job is."""

    QUEUED = auto()  # behind others, or until the workbook is closed elsewhere
    RUNNING = auto()
    DONE = auto()
    FAILED = auto()
    CANCELLED = auto()


@dataclass
class Job:
    """One thing asked of a view, from the click to the answer; `action` is None to show it.

    `seen` is the SHA-256 of the workbook that the answer shows, `size` the bytes of the answer,
    `begun` are the files and folders that it made, or was about to make, each with the bytes of
    what it writes over; `clear` what it made without the workbook's password. `is_stopped` once
    somebody cancelled it: it is over when it has really ended.
    """

    view: View
    action: Action | None
    task: WorkTask
    seen: str = ""
    begun: dict[Path, bytes | None] = field(default_factory=dict, repr=False)
    clear: tuple[Path, ...] = ()
    size: int = 0
    number: str = field(default_factory=lambda: secrets.token_hex(8))
    state: State = State.QUEUED
    is_stopped: bool = False
    told: Progress = field(default_factory=Progress)
    answer: Answer | None = None
    failure: WorkFailure | None = None
    began: float = field(default_factory=time.monotonic)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self.state in (State.DONE, State.FAILED, State.CANCELLED)

    @property
    def is_light(self) -> bool:
        """Whether it is done at once, in the server's own process."""
        return self.view.is_light and self.action is None

    @property
    def became(self) -> State:
        """What it has come to, once there is an answer or a failure."""
        if self.answer is not None:
            return State.DONE
        return State.CANCELLED if self.is_stopped else State.FAILED

    def called_off(self, left: str = "Rien n'est écrit.") -> WorkFailure:
        """What is said once it is cancelled; `left` is what that leaves."""
        return WorkFailure(f"Annulé : « {self.view.title} ». {left}")

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
            changed = self.changed  # what happens while the news is told is not missed
            yield
            await changed.wait()
        yield


class Jobs:
    """All of them; one at a time is under way, so that two pages take turns."""

    def __init__(self, starting: Callable[[Job], None], finished: Callable[[Job], None]) -> None:
        """`starting` is called of a job that writes each time that it is tried; `finished` of every
        job, once, before it is over: with its answer, or why there is none.
        """
        self._starting, self._finished = starting, finished
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._turn = asyncio.Lock()
        self._worker = _Worker()
        self._running: set[asyncio.Task[None]] = set()

    def begin(self, view: View, action: Action | None, task: WorkTask) -> Job:
        """Ask for something; it is done when those before it are."""
        job = Job(view, action, task)
        self._jobs[job.number] = job
        self._forget()
        running = asyncio.get_running_loop().create_task(self._run(job))
        self._running.add(running)
        running.add_done_callback(self._running.discard)
        return job

    def _forget(self) -> None:
        """Let the oldest go where they are too many, or weigh too much."""
        over = [job for job in self._jobs.values() if job.is_over]
        weight = sum(job.size for job in over)
        for job in over[:-1]:
            if len(self._jobs) <= _KEPT and weight <= _KEPT_BYTES:
                return
            del self._jobs[job.number]
            weight -= job.size

    def get(self, number: str) -> Job | None:
        """A job that is still known."""
        return self._jobs.get(number)

    @property
    def is_busy(self) -> bool:
        """Whether something is under way or waits."""
        return any(not job.is_over for job in self._jobs.values())

    @property
    def is_writing(self) -> bool:
        """Whether a write is under way or waits."""
        return any(job.task.writes and not job.is_over for job in self._jobs.values())

    def cancel(self, job: Job) -> None:
        """Stop it at once, wherever it is; it is over when it can say what it leaves."""
        if job.is_over:
            return
        job.is_stopped = True
        if job.state is State.RUNNING and not job.is_light:
            self._worker.kill()  # `_tried` goes on once it is gone
        else:
            job.state, job.failure = State.CANCELLED, job.called_off()
            job.move()

    def give_up(self) -> None:
        """Nobody looks any more: what only waits, or only shows, is not done."""
        for job in list(self._jobs.values()):
            if not (job.task.writes and job.state is State.RUNNING):
                self.cancel(job)

    def warm_up(self) -> None:
        """Begin the process, before anybody asks."""
        self._worker.begin()

    def close(self) -> None:
        """End the process."""
        self._worker.close()

    async def _run(self, job: Job) -> None:
        pause = _LOOK
        while True:
            async with contextlib.nullcontext() if job.is_light else self._turn:
                said = None if job.is_over else await self._tried(job)
            if said is None:
                break
            job.state, job.told = State.QUEUED, Progress(said.sentence, waits=True)
            job.move()
            await job.over(pause)
            pause = min(pause * 1.5, _LONGEST_LOOK)
        await asyncio.to_thread(self._finished, job)
        if not job.is_over:
            job.state = job.became
        job.move()

    async def _tried(self, job: Job) -> WorkFailure | None:
        """Have it done; why it has to wait, where the workbook is open elsewhere."""
        job.state = State.RUNNING
        job.move()
        said: WorkDone | WorkFailure = WorkFailure("")
        if job.task.writes:
            await asyncio.to_thread(self._starting, job)
        if not job.is_stopped:
            said = await (_done_here(job) if job.is_light else self._worker.run(job))
        if job.is_over:
            return None
        if isinstance(said, WorkDone):  # a cancel that came too late changes nothing
            job.answer, job.seen, job.clear = said.answer, said.seen, said.clear
        elif job.is_stopped:
            job.failure = job.called_off()
        elif said.kind is Hindrance.OPEN:
            return said
        else:
            job.failure = said
        return None


async def _done_here(job: Job) -> WorkDone | WorkFailure:
    """In the server's own process, where that costs next to nothing."""
    return await asyncio.to_thread(outcome, job.task, Voice(lambda _: None))


class _Worker:
    """The process; started before it is needed, and anew after it was killed."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._one_at_a_time = threading.Lock()
        self._is_killed = False

    def begin(self) -> Connection:
        """Have a process, a new one where there is none, or none any more; the pipe to it."""
        with self._one_at_a_time:
            process, pipe = self._process, self._pipe
            if process is None or pipe is None or self._is_killed or not process.is_alive():
                self._end()
                ours, theirs = self._context.Pipe()
                process = self._context.Process(target=serve, args=(theirs,), daemon=True)
                process.start()
                theirs.close()
                self._process, self._pipe = process, ours
                pipe = ours
            return pipe

    def kill(self) -> None:
        """End it, whatever it does."""
        self._is_killed = True
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """End it for good."""
        with self._one_at_a_time:
            self._end()

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process, self._pipe, self._is_killed = None, None, False

    async def run(self, job: Job) -> WorkDone | WorkFailure:
        """Have a task done; what it tells meanwhile is the job's."""
        loop = asyncio.get_running_loop()

        def told(one: Progress) -> None:
            job.told = one
            job.move()

        def work() -> WorkDone | WorkFailure:
            pipe = self.begin()
            if job.is_over:  # cancelled before there was anything to kill
                return WorkFailure("")
            try:
                pipe.send(job.task)
                while isinstance(one := pickle.loads(data := pipe.recv_bytes()), Progress | Begun):
                    if isinstance(one, Begun):
                        job.begun.setdefault(one.path, one.before)
                    else:
                        loop.call_soon_threadsafe(told, one)
            except (EOFError, OSError):
                self.close()
                return WorkFailure(_DIED, Hindrance.DIED)
            over: Over = one
            job.size = len(data)
            if over.is_large:
                self.close()
            said: WorkDone | WorkFailure = over.outcome
            return said

        try:
            return await asyncio.to_thread(work)
        except Exception as error:  # a task that cannot be sent, an answer that cannot be read
            self.close()
            from cedre_xlsx.api.last_door import what_stopped

            return WorkFailure(what_stopped(error, f"page {job.view.name}"))
