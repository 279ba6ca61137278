"""Files mapped to results: in this process, over several of this machine, or over a cluster.

Results come in the order of the files, whoever ends first, so that what is made of them is the same
everywhere. A few batches are under way at a time: memory does not grow with the number of files.
"""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from cedre_xlsx._version import __version__
from cedre_xlsx.federation.job import Outcome, Task, digest_of, run
from cedre_xlsx.federation.kept import Kept
from cedre_xlsx.federation.sources import LeftOut

R = TypeVar("R")

#: Batches under way for each process: one is worked at, others wait, or wait to be fetched.
AHEAD = 3
#: What is told of the work: files that are dealt with, of how many.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Done(Generic[R]):
    """The result of a file; `is_kept` when an earlier run had made it."""

    path: Path
    value: R
    is_kept: bool = False


class Failed(LeftOut):
    """A file without a result, and why: the end of a sentence."""

    __slots__ = ()


class Crew(Protocol):
    """Who does the work. A handle is what a batch under way is known by."""

    size: int  # batches at a time

    def submit(self, task: Task[Any], paths: Sequence[Path]) -> Any:
        """Begin with a batch."""

    def outcomes(self, handle: Any) -> list[Outcome[Any]]:
        """Wait for a batch: the outcome of each of its files."""

    def close(self) -> None:
        """Stop, and leave what is under way."""


class _Here:
    """This process alone: a batch is worked at when it is waited for."""

    size = 1

    def submit(self, task: Task[Any], paths: Sequence[Path]) -> Any:
        return task, [str(path) for path in paths]

    def outcomes(self, handle: Any) -> list[Outcome[Any]]:
        task, names = handle
        return run(task, names, None, __version__)

    def close(self) -> None:
        pass


@dataclass(slots=True)
class _UnderWay(Generic[R]):
    """A batch: what was kept of its files, and the handle of the others."""

    paths: Sequence[Path]
    kept: dict[Path, R]
    handle: Any = None


def results(
    files: Sequence[Path],
    task: Task[R],
    *,
    workers: int | None = None,
    scheduler: str = "",
    resume: Kept | None = None,
    progress: Progress | None = None,
) -> Iterator[Done[R] | Failed]:
    """What `task` makes of each file, in their order.

    As many processes as processors, or `workers`, when there are files enough for them; with
    `scheduler`, the address of a Dask cluster, its workers, to which the files are sent. `resume`
    has the results of an earlier run and gets those of this one. Raises CedreError when the cluster
    cannot be used; what is wrong with a file is its `Failed`.
    """
    with contextlib.closing(_crew(task, len(files), workers, scheduler)) as crew:
        batches = (files[at : at + task.batch] for at in range(0, len(files), task.batch))
        under_way: deque[_UnderWay[R]] = deque()
        told = 0
        for batch in batches:
            under_way.append(_begun(crew, task, batch, resume))
            if len(under_way) > crew.size * AHEAD:
                told += len(under_way[0].paths)
                yield from _ended(crew, task, under_way.popleft(), resume)
                _tell(progress, told, len(files))
        while under_way:
            told += len(under_way[0].paths)
            yield from _ended(crew, task, under_way.popleft(), resume)
            _tell(progress, told, len(files))


def _crew(task: Task[Any], files: int, workers: int | None, scheduler: str) -> Crew:
    if scheduler:
        from cedre_xlsx.federation.cluster import Cluster

        return Cluster(scheduler)
    processes = min(processors(), files // task.worth) if workers is None else min(workers, files)
    if processes <= 1:
        return _Here()
    from cedre_xlsx.federation.pool import Pool

    return Pool(processes)


def processors() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _begun(crew: Crew, task: Task[R], paths: Sequence[Path], resume: Kept | None) -> _UnderWay[R]:
    """A batch, of which only what was not kept is worked at."""
    kept = {} if resume is None else _taken_up(task, paths, resume)
    left = [path for path in paths if path not in kept]
    return _UnderWay(paths, kept, crew.submit(task, left) if left else None)


def _taken_up(task: Task[R], paths: Sequence[Path], resume: Kept) -> dict[Path, R]:
    """What an earlier run made of those files as they are now; nothing that does not hold."""
    kept = {}
    for path in paths:
        try:
            line = resume.get(digest_of(task.read(path), path))
            if line is not None:
                kept[path] = task.load(line)
        except Exception:  # whatever it is, the file is read again, which says so
            continue
    return kept


def _ended(
    crew: Crew, task: Task[R], batch: _UnderWay[R], resume: Kept | None
) -> Iterator[Done[R] | Failed]:
    outcomes = iter(() if batch.handle is None else crew.outcomes(batch.handle))
    for path in batch.paths:
        if path in batch.kept:
            yield Done(path, batch.kept[path], is_kept=True)
            continue
        outcome = next(outcomes)
        if outcome.value is None:
            yield Failed(path, outcome.why)
            continue
        if resume is not None:
            resume.put(outcome.digest, task.dump(outcome.value))
        yield Done(path, outcome.value)


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)
