"""A Dask cluster that is there already: the same work, by its workers. Files are sent to them.

Their bytes go over the network, and what is made of them comes back: a cluster is for files that
those who keep it may see.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cedre_xlsx._version import __version__
from cedre_xlsx.federation.job import OtherVersionError, Outcome, Task, reason, run
from cedre_xlsx.schema.errors import CedreError

#: Seconds in which a scheduler answers, and a worker is there.
PATIENCE = 15
_ADDRESS = re.compile(r"(?:tcp|tls|ws|wss|ucx)://[^\s/]+:\d{1,5}/?")
_DIED = (
    "les travailleurs du cluster qui le lisaient se sont arrêtés net (mémoire, peut-être). Essayez "
    "« cedre-xlsx stats » sur ce fichier."
)
_CHAIN = 10  # errors that come one of the other
_LOGGERS = ("distributed", "tornado.application")


@dataclass(frozen=True, slots=True)
class _Handle:
    """A batch under way: its files that could be read here, and why the others could not."""

    future: Any
    names: Sequence[str]
    unread: dict[str, Outcome[Any]]


class Cluster:
    """The workers of a scheduler, by its address, `tcp://machine:8786`.

    Raises CedreError when Dask is not installed, the address is none, nobody answers, or there is
    no worker.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        with contextlib.ExitStack() as stack:
            stack.callback(_silence())
            self._client = _client(address)
            stack.callback(self._client.close)
            self.size = _workers(self._client, address)
            self._left = stack.pop_all()

    def submit(self, task: Task[Any], paths: Sequence[Path]) -> _Handle:
        """Send a batch."""
        sent: dict[str, bytes] = {}
        unread: dict[str, Outcome[Any]] = {}
        for path in paths:
            try:
                sent[str(path)] = task.read(path)
            except Exception as error:
                unread[str(path)] = Outcome(why=reason(error, path))
        future = self._client.submit(
            run, task, list(sent), list(sent.values()), __version__, pure=False
        )
        return _Handle(future, [str(path) for path in paths], unread)

    def outcomes(self, handle: _Handle) -> list[Outcome[Any]]:
        """Wait for a batch: the outcome of each of its files."""
        made = iter(self._made(handle))
        return [handle.unread.get(name) or next(made) for name in handle.names]

    def _made(self, handle: _Handle) -> Sequence[Outcome[Any]]:
        from distributed import KilledWorker

        try:
            outcomes = self._waited_for(handle.future)
        except CedreError:
            raise
        except KilledWorker:  # several, one after the other
            return [Outcome(why=_DIED)] * (len(handle.names) - len(handle.unread))
        except OtherVersionError as error:
            raise CedreError(
                f"{self.address} : un travailleur du cluster a la version {error} de cedre-xlsx, "
                f"ce poste la version {__version__}. Installez la même partout."
            ) from None
        except (Exception, asyncio.CancelledError) as error:
            lacking = _lacking(error)
            raise self._incomplete(lacking) if lacking else self._stopped() from None
        return outcomes

    def _waited_for(self, future: Any) -> Sequence[Outcome[Any]]:
        """What a future gives, however long it takes, while somebody works."""
        had_workers = True
        while True:
            try:
                outcomes: Sequence[Outcome[Any]] = future.result(timeout=PATIENCE)
            except TimeoutError:
                has_workers = bool(self._client.nthreads())
                if not has_workers and not had_workers:  # nor have others come meanwhile
                    raise self._stopped() from None
                had_workers = has_workers
            else:
                return outcomes

    def _incomplete(self, module: str) -> CedreError:
        return CedreError(
            f"{self.address} : il manque {module} aux travailleurs du cluster. Installez-y la même "
            "version de cedre-xlsx qu'ici."
        )

    def _stopped(self) -> CedreError:
        return CedreError(
            f"{self.address} : le cluster s'est arrêté en route, ou n'a plus de travailleur. "
            "Recommencez quand il est là ; avec --resume, ce qui est fait reste fait."
        )

    def close(self) -> None:
        """Leave the cluster as it was; what is under way there is forgotten."""
        self._left.close()


def _lacking(error: BaseException) -> str:
    """The module that a worker does not have; "" where it is something else."""
    one: BaseException | None = error
    for _ in range(_CHAIN):
        if isinstance(one, ImportError):
            return (one.name or "cedre_xlsx").partition(".")[0]
        one = one.__cause__ or one.__context__ if one else None
    return ""


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise CedreError(
            "--scheduler demande l'extra « cluster » : pip install 'cedre-xlsx[cluster]'."
        ) from None
    if not _ADDRESS.fullmatch(address):
        raise CedreError(
            f"« {address} » n'est pas l'adresse d'un cluster ; écrire par exemple "
            "tcp://serveur:8786."
        )
    try:
        with warnings.catch_warnings():  # other versions of what Dask stands on
            warnings.simplefilter("ignore")
            return Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, RuntimeError):
        raise CedreError(
            f"{address} : aucun cluster ne répond à cette adresse depuis {PATIENCE} secondes. "
            "Vérifiez-la, et que « dask scheduler » y tourne."
        ) from None


def _workers(client: Any, address: str) -> int:
    """How many batches its workers work at together."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise CedreError(
            f"{address} : ce cluster n'a aucun travailleur. Lancez-en : dask worker {address}."
        ) from None
    threads: dict[str, int] = client.nthreads()
    return max(1, sum(threads.values()))


def _silence() -> Callable[[], None]:
    """Keep to ourselves what Dask logs; what is returned ends it."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [(logger, logger.level) for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)

    def end() -> None:
        for logger, level in before:
            logger.setLevel(level)

    return end
