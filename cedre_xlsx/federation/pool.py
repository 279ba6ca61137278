"""Several processes of this machine. One that dies takes no other file with it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import connection
from pathlib import Path
from typing import Any

from cedre_xlsx._version import __version__
from cedre_xlsx.federation.job import Outcome, Task, run
from cedre_xlsx.schema.errors import CedreError

#: Windows waits for no more at a time.
_MOST = 60
_DIED = (
    "le processus qui le lisait s'est arrêté net, deux fois (mémoire, peut-être). Essayez "
    "« cedre-xlsx stats » sur ce fichier."
)


@dataclass(frozen=True, slots=True)
class _Handle:
    """A batch under way; without a future, the processes died before it began."""

    task: Task[Any]
    names: Sequence[str]
    future: Future[list[Outcome[Any]]] | None


class Pool:
    """So many processes, each started once: they load what counts once and stay warm.

    When one dies, all that was under way is lost, and whose fault it was is not known: these files
    are done again one after the other, in a process that only works at one. Whose dies again is
    the outcome of its file.
    """

    def __init__(self, processes: int) -> None:
        self.size = min(processes, _MOST)
        self._executor = _processes(self.size)
        self._alone: ProcessPoolExecutor | None = None
        self._has_worked = False

    def submit(self, task: Task[Any], paths: Sequence[Path]) -> _Handle:
        """Begin with a batch."""
        names = [str(path) for path in paths]
        try:
            return _Handle(task, names, self._executor.submit(run, task, names, None, __version__))
        except BrokenProcessPool:
            self._begin_anew()
            return _Handle(task, names, None)

    def outcomes(self, handle: _Handle) -> list[Outcome[Any]]:
        """Wait for a batch: the outcome of each of its files."""
        if handle.future is not None:
            try:
                outcomes = handle.future.result()
            except BrokenProcessPool:
                pass
            else:
                self._has_worked = True
                return outcomes
        return [self._outcome_alone(handle.task, name) for name in handle.names]

    def close(self) -> None:
        """Stop, and leave what is under way."""
        for executor in filter(None, (self._executor, self._alone)):
            executor.shutdown(wait=True, cancel_futures=True)

    def _begin_anew(self) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._executor = _processes(self.size)

    def _outcome_alone(self, task: Task[Any], name: str) -> Outcome[Any]:
        self._ensure_processes_start()
        assert self._alone is not None
        try:
            return self._alone.submit(run, task, [name], None, __version__).result()[0]
        except BrokenProcessPool:
            self._alone.shutdown()
            self._alone = None
            return Outcome(why=_DIED)

    def _ensure_processes_start(self) -> None:
        """CedreError where it is not the files: no process works at all."""
        if self._alone is None:
            self._alone = _processes(1)
        if self._has_worked:
            return
        try:
            self._alone.submit(os.getpid).result()
        except BrokenProcessPool:
            raise CedreError(
                "les processus qui se partagent les fichiers ne démarrent pas. Recommencez avec "
                "--workers 1 (dans un programme en Python : workers=1, ou l'appel sous « if "
                '__name__ == "__main__": »).'
            ) from None
        self._has_worked = True


def _processes(count: int) -> ProcessPoolExecutor:
    """Each begins with nothing of this process, on every system: what runs here cannot hang it."""
    return ProcessPoolExecutor(
        count, mp_context=multiprocessing.get_context("spawn"), initializer=_begin
    )


def _begin() -> None:
    """Ctrl-C is for who started us; when that process ends, however it ends, so does this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
