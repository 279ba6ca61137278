"""Small tasks for the tests of the driver: functions of a module, as other processes need them."""

from __future__ import annotations

import os
import time
from pathlib import Path

from cedre_xlsx.federation.job import Task
from cedre_xlsx.schema.errors import CedreError

#: What the bytes of a file make of the process that works at it.
KILLS, REFUSED, UNKNOWN, SLOW = b"kill", b"refused", b"unknown", b"slow"


def stored(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise CedreError(f"{path} : ce fichier n'existe pas.") from None


def length(data: bytes, path: Path) -> int:
    if data == KILLS:
        os._exit(9)
    if data == REFUSED:
        raise CedreError(f"{path} : ce n'est pas un classeur.")
    if data == UNKNOWN:
        raise KeyError("un nom que personne ne doit lire")
    if data.startswith(SLOW):
        time.sleep(0.3)
    return len(data)


def dumped(value: int) -> bytes:
    return str(value).encode()


def task(batch: int = 1) -> Task[int]:
    """The number of bytes of each file; results are taken up again by `int`."""
    return Task(stored, length, dumped, int, key="lengths", batch=batch)
